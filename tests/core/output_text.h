/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_OUTPUT_TEXT_H
#define TRPT_TESTS_OUTPUT_TEXT_H

/* What a trpt_write_fn receives in tests. Include it after cmocka.h. */

#include <stddef.h>
#include <string.h>

typedef struct output_text {
  char bytes[1 << 20]; /* ends with a zero byte */
  size_t len;
  int calls;
  int calls_left; /* until it stops the writer; < 0: it never does */
} output_text;

static inline void output_text_clear(output_text *to) {
  to->bytes[0] = '\0';
  to->len = 0;
  to->calls = 0;
  to->calls_left = -1;
}

/* A trpt_write_fn. Any status but 0 stops the writer. */
static inline int output_text_append(void *user, const char *data, size_t len) {
  output_text *to = user;
  to->calls++;
  if (to->calls_left == 0) return to->calls % 2 ? 7 : -1;
  if (to->calls_left > 0) to->calls_left--;
  assert_in_range(len, 1, sizeof to->bytes - 1 - to->len);
  memcpy(to->bytes + to->len, data, len);
  to->len += len;
  to->bytes[to->len] = '\0';
  return 0;
}

#endif
