/* SPDX-License-Identifier: MIT */
/* Texts that come again and again, such as names of types and of hosts, are created once and looked up after that. */
#include "native.h"

/* The place of a text in the table. The first, last and middle bytes distinguish the texts of reports well enough. Others that share a
   place replace each other. */
static size_t slot_of(trpt_str text) {
  uint64_t first = 0, middle = 0, last = 0;
  if (text.len >= sizeof first) {
    memcpy(&first, text.ptr, sizeof first);
    memcpy(&middle, text.ptr + (text.len - sizeof middle) / 2, sizeof middle);
    memcpy(&last, text.ptr + text.len - sizeof last, sizeof last);
  } else {
    memcpy(&first, text.ptr, text.len);
  }
  const uint64_t sum = (first ^ text.len) * UINT64_C(0x9E3779B97F4A7C15) + middle * UINT64_C(0xC2B2AE3D27D4EB4F) +
                       last * UINT64_C(0x165667B19E3779F9);
  return sum >> 32 & (TEXT_COUNT - 1);
}

PyObject *repeated_text(State *state, trpt_str text) {
  if (!text.ptr) return new_ref(Py_None);
  if (text.len > TEXT_MAX_LEN) return text_of(text);
  CachedText *cached = &state->texts[slot_of(text)];
  if (cached->object && cached->len == text.len && !memcmp(cached->bytes, text.ptr, text.len))
    return new_ref(cached->object);
  PyObject *object = text_of(text), *old;
  if (!object) return NULL;
  old = cached->object;
  cached->object = new_ref(object);
  cached->len = (uint32_t)text.len;
  memcpy(cached->bytes, text.ptr, text.len);
  Py_XDECREF(old);
  return object;
}

PyObject *repeated_static(State *state, const char *address) {
  const uint64_t product = (uintptr_t)address * UINT64_C(0x9E3779B97F4A7C15);
  StaticText *cached = &state->static_texts[product >> 32 & (STATIC_COUNT - 1)];
  if (!cached->object || cached->address != address) {
    PyObject *object = repeated_text(state, (trpt_str){address, address ? strlen(address) : 0}), *old = cached->object;
    if (!object) return NULL;
    *cached = (StaticText){object, address};
    Py_XDECREF(old);
  }
  return new_ref(cached->object);
}

void clear_texts(State *state) {
  for (int i = 0; i < TEXT_COUNT; i++) Py_CLEAR(state->texts[i].object);
  for (int i = 0; i < STATIC_COUNT; i++) Py_CLEAR(state->static_texts[i].object);
}
