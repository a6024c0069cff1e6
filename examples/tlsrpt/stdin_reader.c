/* SPDX-License-Identifier: MIT */
#include "stdin_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "allocate.h"

enum { INITIAL_SIZE = 256 * 1024 };

void stdin_reader_begin(stdin_reader *in) {
  *in = (stdin_reader){.source = input_stdin(), .data = reallocate(NULL, INITIAL_SIZE, 1), .capacity = INITIAL_SIZE};
}

void stdin_reader_end(stdin_reader *in) { free(in->data); }

/* Appends more input to the available bytes, which may move. Returns false at the end of the input. */
static bool read_more(stdin_reader *in) {
  if (in->begin) {
    memmove(in->data, in->data + in->begin, in->end - in->begin);
    in->end -= in->begin;
    in->begin = 0;
  }
  if (in->end == in->capacity) {
    /* This growth is bounded, because the length of items is limited. */
    in->capacity *= 2;
    in->data = reallocate(in->data, in->capacity, 1);
  }
  const long n = input_read(&in->source, in->data + in->end, in->capacity - in->end);
  if (n < 0) in->error = errno;
  if (n > 0) in->end += (size_t)n;
  return n > 0;
}

/* Skips the rest of an item that was too long. */
static void skip_rest(stdin_reader *in, char delimiter) {
  do {
    const char *at = in->data + in->begin;
    const char *found = memchr(at, delimiter, in->end - in->begin);
    in->begin = found ? (size_t)(found - in->data) + 1 : in->end;
    in->is_skipping = !found;
  } while (in->is_skipping && read_more(in));
}

bool stdin_reader_until(stdin_reader *in, char delimiter, size_t limit, stdin_item *item) {
  size_t searched = 0;
  if (in->is_skipping) skip_rest(in, delimiter);
  for (;;) {
    char *at = in->data + in->begin;
    const size_t available = in->end - in->begin;
    const char *found = memchr(at + searched, delimiter, available - searched);
    *item = (stdin_item){at, found ? (size_t)(found - at) : available, true};
    if (item->len > limit) {
      item->is_complete = false;
      in->is_skipping = true;
      return true;
    }
    if (found) {
      in->begin += item->len + 1;
      return true;
    }
    searched = available;
    if (!read_more(in)) {
      item->data = in->data + in->begin;
      in->begin = in->end;
      return available > 0 && !in->error;
    }
  }
}

stdin_item stdin_reader_bytes(stdin_reader *in, size_t len) {
  while (in->end - in->begin < len && read_more(in)) continue;
  const size_t available = in->end - in->begin;
  const stdin_item item = {in->data + in->begin, available < len ? available : len, available >= len};
  in->begin += item.len;
  return item;
}
