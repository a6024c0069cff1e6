/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_BUFFER_H
#define TLSRPT_BUFFER_H

/* Text that grows. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Begins as zeros. */
typedef struct buffer {
  char *data;
  size_t len;
  size_t capacity;
  bool failed; /* something did not fit: no memory, or BUFFER_MAX. What follows is dropped until buffer_clear. */
} buffer;

/* What one report may become, so that no input makes the command eat all memory. */
enum { BUFFER_MAX = 256 * 1024 * 1024 };

bool buffer_reserve(buffer *b, size_t more); /* room for so many bytes more, or the buffer has failed */

/* Inline, since all output comes through here in small pieces. */
static inline void buffer_add(buffer *b, const char *data, size_t len) {
  if (len == 0 || ((b->failed || len > b->capacity - b->len) && !buffer_reserve(b, len))) return;
  memcpy(b->data + b->len, data, len);
  b->len += len;
}

void buffer_text(buffer *b, const char *text);
int buffer_write(void *b, const char *data,
                 size_t len); /* buffer_add as a trpt_write_fn, which never stops the writer */
void buffer_number(buffer *b, uint64_t number);
void buffer_count(buffer *b, uint64_t count, const char *noun); /* "1 session", "2 sessions" */
void buffer_repeat(buffer *b, char c, size_t count);
void buffer_append(buffer *b, const buffer *other); /* fails with the other */
void buffer_clear(buffer *b);                       /* keeps the memory */
void buffer_free(buffer *b);

#endif
