/* SPDX-License-Identifier: MIT */
#include "stdin_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "allocate.h"

enum { FIRST_CAPACITY = 256 * 1024 };

void stdin_reader_begin(stdin_reader *in) {
  *in =
      (stdin_reader){.source = input_stdin(), .data = reallocate(NULL, FIRST_CAPACITY, 1), .capacity = FIRST_CAPACITY};
}

void stdin_reader_end(stdin_reader *in) { free(in->data); }

/* Reads more behind what is there, which may move; false at the end of the input. */
static bool read_more(stdin_reader *in) {
  if (in->begin) {
    memmove(in->data, in->data + in->begin, in->end - in->begin);
    in->end -= in->begin;
    in->begin = 0;
  }
  if (in->end == in->capacity) {
    /* Items are limited, so this does not go on. */
    const size_t capacity = in->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : 2 * in->capacity;
    char *data = reallocate(in->data, capacity, 1);
    in->data = data;
    in->capacity = capacity;
  }
  long n = input_read(&in->source, in->data + in->end, in->capacity - in->end);
  if (n < 0) in->why = errno;
  if (n > 0) in->end += (size_t)n;
  return n > 0;
}

/* Skips what is left of an item that was too long. */
static void skip_rest(stdin_reader *in, char delimiter) {
  do {
    const char *at = in->data + in->begin;
    const char *found = memchr(at, delimiter, in->end - in->begin);
    in->begin = found ? (size_t)(found - in->data) + 1 : in->end;
    in->skipping = !found;
  } while (in->skipping && read_more(in));
}

bool stdin_reader_until(stdin_reader *in, char delimiter, size_t limit, stdin_item *item) {
  size_t looked = 0;
  if (in->skipping) skip_rest(in, delimiter);
  for (;;) {
    char *at = in->data + in->begin;
    const size_t there = in->end - in->begin;
    const char *found = memchr(at + looked, delimiter, there - looked);
    *item = (stdin_item){at, found ? (size_t)(found - at) : there, true};
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

stdin_item stdin_reader_bytes(stdin_reader *in, size_t len) {
  while (in->end - in->begin < len && read_more(in)) continue;
  const size_t there = in->end - in->begin;
  const stdin_item item = {in->data + in->begin, there < len ? there : len, there >= len};
  in->begin += item.len;
  return item;
}
