/* SPDX-License-Identifier: MIT */
/* Converts errors, options and text. */
#include "native.h"

#include <stdlib.h>

/* ---- errors ---- */

PyObject *new_error(State *state, const trpt_error *e) {
  if (e->status == TRPT_E_MEMORY) return PyErr_NoMemory();
  return PyObject_CallFunction(state->objects[ERROR], "sszsIIK", trpt_status_name(e->status), e->message, e->code,
                               e->where, e->line, e->column, (unsigned long long)e->offset);
}

PyObject *raise_error(State *state, const trpt_error *e) {
  PyObject *error = new_error(state, e);
  if (error) PyErr_SetObject(state->objects[ERROR], error);
  Py_XDECREF(error);
  return NULL;
}

PyObject *raise_status(State *state, trpt_status status) {
  trpt_error error = {.status = status};
  PyOS_snprintf(error.message, sizeof error.message, "%s", trpt_status_message(status));
  return raise_error(state, &error);
}

/* ---- options ---- */

static const Limit report_limits[] = {
    LIMIT(trpt_options, max_depth),    LIMIT(trpt_options, max_string),   LIMIT(trpt_options, max_strings),
    LIMIT(trpt_options, max_entry),    LIMIT(trpt_options, max_held),     LIMIT(trpt_options, max_policies),
    LIMIT(trpt_options, max_ratio),    LIMIT(trpt_options, max_failures), LIMIT(trpt_options, max_diagnostics),
    LIMIT(trpt_options, max_inflated), LIMIT(trpt_options, max_input),    LIMIT(trpt_options, max_memory),
};

/* Returns 1 if there is no limit with this name. */
static int set_limit(const Limit *limits, size_t count, void *to, PyObject *name, PyObject *value) {
  const Limit *limit = limits;
  while (limit < limits + count && PyUnicode_CompareWithASCIIString(name, limit->name)) limit++;
  if (limit == limits + count) return 1;
  const unsigned long long number = PyLong_AsUnsignedLongLong(value);
  char *at = (char *)to + limit->offset;
  if (PyErr_Occurred()) return -1;
  if (limit->size == sizeof(uint64_t)) {
    *(uint64_t *)(void *)at = number;
  } else if (number <= UINT32_MAX) {
    *(uint32_t *)(void *)at = (uint32_t)number;
  } else {
    PyErr_Format(PyExc_OverflowError, "%s is at most 4294967295", limit->name);
    return -1;
  }
  return 0;
}

static int set_now(State *state, trpt_options *options, PyObject *value) {
  PyObject *seconds;
  if (value == Py_None) return 0;
  seconds = PyObject_CallFunctionObjArgs(state->objects[SECONDS], value, NULL);
  if (!seconds) return -1;
  options->now = PyLong_AsLongLong(seconds);
  Py_DECREF(seconds);
  return PyErr_Occurred() ? -1 : 0;
}

static int set_flag(trpt_options *options, uint32_t flag, PyObject *value, int if_true) {
  const int is_true = PyObject_IsTrue(value);
  if (is_true < 0) return -1;
  if (is_true == if_true) options->flags |= flag;
  return 0;
}

static int set_option(State *state, trpt_options *options, const MoreLimits *more, PyObject *name, PyObject *value) {
  int missing = 1;
  if (!PyUnicode_CompareWithASCIIString(name, "strict")) return set_flag(options, TRPT_STRICT, value, 1);
  if (!PyUnicode_CompareWithASCIIString(name, "diagnostics")) return set_flag(options, TRPT_NO_DIAGNOSTICS, value, 0);
  if (!PyUnicode_CompareWithASCIIString(name, "now")) return set_now(state, options, value);
  if (more) missing = set_limit(more->limits, more->count, more->to, name, value);
  if (missing == 1) missing = set_limit(report_limits, COUNT(report_limits), options, name, value);
  if (missing == 1)
    PyErr_Format(PyExc_TypeError, "no option %R; use strict, diagnostics, now, or a limit such as max_input", name);
  return missing ? -1 : 0;
}

int read_options(State *state, PyObject *keywords, trpt_options *options, const MoreLimits *more) {
  PyObject *name, *value;
  Py_ssize_t i = 0;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  while (keywords && PyDict_Next(keywords, &i, &name, &value))
    if (set_option(state, options, more, name, value)) return -1;
  return 0;
}

/* ---- text ---- */

PyObject *text_of(trpt_str text) {
  if (!text.ptr) return new_ref(Py_None);
  return PyUnicode_DecodeUTF8(text.ptr, (Py_ssize_t)text.len, "replace");
}

PyObject *static_text(const char *text) {
  if (!text) return new_ref(Py_None);
  return PyUnicode_FromString(text);
}

/* The library replaces each byte of a lone surrogate by U+FFFD. */
PyObject *encoded(PyObject *text) {
  if (PyBytes_Check(text)) return new_ref(text);
  if (PyUnicode_Check(text)) return PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
  return PyErr_Format(PyExc_TypeError, "text is needed here, a str, not %R", (PyObject *)Py_TYPE(text));
}

trpt_str bytes_of(PyObject *bytes) { return (trpt_str){PyBytes_AsString(bytes), (size_t)PyBytes_Size(bytes)}; }

int keep(PyObject *list, PyObject *item) {
  const int failed = item ? PyList_Append(list, item) : -1;
  Py_XDECREF(item);
  return failed;
}

int write_text(void *user, const char *data, size_t len) {
  Text *text = user;
  if (len > text->capacity - text->len) {
    const size_t needed = text->len + len, capacity = needed > SIZE_MAX / 2 ? needed : needed * 2;
    char *grown = needed < len ? NULL : realloc(text->data, capacity);
    if (!grown) return 1;
    text->data = grown;
    text->capacity = capacity;
  }
  memcpy(text->data + text->len, data, len);
  text->len += len;
  return 0;
}

PyObject *end_text(State *state, Text *text, trpt_status status) {
  PyObject *bytes = NULL;
  if (status == TRPT_OK)
    bytes = PyBytes_FromStringAndSize(text->data, (Py_ssize_t)text->len);
  else if (!PyErr_Occurred())
    raise_status(state, status == TRPT_E_CANCELED ? TRPT_E_MEMORY : status);
  free(text->data);
  return bytes;
}

/* Others than bytes are copied, since the limited API of 3.9 has no buffers. */
PyObject *report_bytes(PyObject *data, const char *who) {
  if (PyBytes_Check(data)) return new_ref(data);
  if (PyByteArray_Check(data) || PyMemoryView_Check(data)) return PyBytes_FromObject(data);
  return PyErr_Format(PyExc_TypeError, "%s needs the bytes of a report, such as open(path, 'rb').read(), not %R", who,
                      (PyObject *)Py_TYPE(data));
}

int read_chunk(PyObject *read, PyObject **chunk, trpt_str *data) {
  enum { CHUNK = 65536 };
  PyObject *read_bytes = PyObject_CallFunction(read, "i", CHUNK), *old = *chunk;
  if (read_bytes && !PyBytes_Check(read_bytes)) {
    if (PyUnicode_Check(read_bytes))
      PyErr_SetString(PyExc_TypeError, "the file was opened in text mode; open it with mode 'rb'");
    else
      PyErr_Format(PyExc_TypeError, "the file returned %R instead of bytes", (PyObject *)Py_TYPE(read_bytes));
    Py_CLEAR(read_bytes);
  }
  if (!read_bytes) return -1;
  *chunk = read_bytes;
  *data = bytes_of(read_bytes);
  if (!data->len) data->ptr = NULL;
  Py_XDECREF(old);
  return 0;
}
