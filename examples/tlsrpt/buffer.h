/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_BUFFER_H
#define TLSRPT_BUFFER_H

/* A string that grows as text is appended. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Initialize with {0}. */
typedef struct buffer {
  char *data;
  size_t len;
  size_t capacity;
  bool failed; /* out of memory, or BUFFER_MAX exceeded; all further text is dropped until buffer_clear */
} buffer;

/* Limit of the text made from one report: no input may make the command use up all memory. */
enum { BUFFER_MAX = 256 * 1024 * 1024 };

/* Makes room for `more` bytes. Returns false if the buffer has failed. */
bool buffer_reserve(buffer *b, size_t more);

/* Inline because all output passes through here in small parts. */
static inline void buffer_add(buffer *b, const char *data, size_t len) {
  if (len == 0 || ((b->failed || len > b->capacity - b->len) && !buffer_reserve(b, len))) return;
  memcpy(b->data + b->len, data, len);
  b->len += len;
}

void buffer_text(buffer *b, const char *text);
/* buffer_add as a trpt_write_fn. It never stops the writer: a failed buffer just drops the text. */
int buffer_write(void *b, const char *data, size_t len);
void buffer_number(buffer *b, uint64_t number);
void buffer_count(buffer *b, uint64_t count, const char *noun); /* "1 session", "2 sessions" */
void buffer_megabytes(buffer *b, uint64_t bytes);               /* "1.5 MB" */
void buffer_repeat(buffer *b, char c, size_t count);
void buffer_append(buffer *b, const buffer *other); /* fails if the other has failed */
void buffer_clear(buffer *b);                       /* keeps the memory */
void buffer_free(buffer *b);

#endif
