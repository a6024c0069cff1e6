/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include <stdlib.h>
#include <string.h>

#include "../../lib/base/text.h"

bool buffer_reserve(buffer *b, size_t more) {
  if (b->failed) return false;
  if (more <= b->capacity - b->len) return true;
  const size_t needed = b->len + more;
  size_t capacity = b->capacity ? b->capacity : 256;
  while (capacity < needed && capacity <= BUFFER_MAX / 2) capacity *= 2;
  char *data = more <= BUFFER_MAX && capacity >= needed ? realloc(b->data, capacity) : NULL;
  if (!data) {
    b->failed = true;
    return false;
  }
  b->data = data;
  b->capacity = capacity;
  return true;
}

void buffer_text(buffer *b, const char *text) { buffer_add(b, text, strlen(text)); }

int buffer_write(void *b, const char *data, size_t len) {
  buffer_add(b, data, len);
  return 0;
}

void buffer_number(buffer *b, uint64_t number) {
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str text = trpt_decimal(number, digits);
  buffer_add(b, text.ptr, text.len);
}

void buffer_count(buffer *b, uint64_t count, const char *noun) {
  buffer_number(b, count);
  buffer_text(b, " ");
  buffer_text(b, noun);
  if (count != 1) buffer_text(b, "s");
}

void buffer_megabytes(buffer *b, uint64_t bytes) {
  buffer_number(b, bytes / 1000000);
  buffer_text(b, ".");
  buffer_number(b, bytes / 100000 % 10);
  buffer_text(b, " MB");
}

void buffer_repeat(buffer *b, char c, size_t count) {
  if (count == 0 || !buffer_reserve(b, count)) return;
  memset(b->data + b->len, c, count);
  b->len += count;
}

void buffer_append(buffer *b, const buffer *other) {
  if (other->failed) b->failed = true;
  buffer_add(b, other->data, other->len);
}

void buffer_clear(buffer *b) {
  b->len = 0;
  b->failed = false;
}

void buffer_free(buffer *b) {
  free(b->data);
  *b = (buffer){0};
}
