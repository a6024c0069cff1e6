/* SPDX-License-Identifier: MIT */
#include "intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

enum { FIRST_CAPACITY = 256 * 1024 };

void intake_begin(intake *in) {
  *in = (intake){.source = source_stdin(), .data = memory_resize(NULL, FIRST_CAPACITY, 1), .capacity = FIRST_CAPACITY};
}

void intake_end(intake *in) { free(in->data); }

/* Reads more behind what is there, which may move; false at the end of the input. */
static bool read_more(intake *in) {
  if (in->begin) {
    memmove(in->data, in->data + in->begin, in->end - in->begin);
    in->end -= in->begin;
    in->begin = 0;
  }
  if (in->end == in->capacity) {
    /* Items are limited, so this does not go on. */
    const size_t capacity = in->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : 2 * in->capacity;
    char *data = memory_resize(in->data, capacity, 1);
    in->data = data;
    in->capacity = capacity;
  }
  long n = source_read(&in->source, in->data + in->end, in->capacity - in->end);
  if (n < 0) in->why = errno;
  if (n > 0) in->end += (size_t)n;
  return n > 0;
}

/* Skips what is left of an item that was too long. */
static void skip_rest(intake *in, char delimiter) {
  do {
    const char *at = in->data + in->begin;
    const char *found = memchr(at, delimiter, in->end - in->begin);
    in->begin = found ? (size_t)(found - in->data) + 1 : in->end;
    in->skipping = !found;
  } while (in->skipping && read_more(in));
}

bool intake_until(intake *in, char delimiter, size_t limit, intake_item *item) {
  size_t looked = 0;
  if (in->skipping) skip_rest(in, delimiter);
  for (;;) {
    char *at = in->data + in->begin;
    const size_t there = in->end - in->begin;
    const char *found = memchr(at + looked, delimiter, there - looked);
    *item = (intake_item){at, found ? (size_t)(found - at) : there, true};
    if (item->len > limit) {
      item->whole = false;
      in->skipping = true;
      return true;
    }
    if (found) {
      in->begin += item->len + 1;
      return true;
    }
    looked = there;
    if (!read_more(in)) {
      item->data = in->data + in->begin;
      in->begin = in->end;
      return there > 0 && !in->why;
    }
  }
}

intake_item intake_bytes(intake *in, size_t len) {
  while (in->end - in->begin < len && read_more(in)) continue;
  const size_t there = in->end - in->begin;
  const intake_item item = {in->data + in->begin, there < len ? there : len, there >= len};
  in->begin += item.len;
  return item;
}
