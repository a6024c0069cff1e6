/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_LIMIT_H
#define TRPT_LIB_LIMIT_H

/* The message of an exceeded limit, which names the limit and its value. */

#include <stddef.h>
#include <stdint.h>

/* Writes `sentence` with `value` in place of its "#", and a NUL. What does not fit into `capacity`, at least 1, is cut. */
static inline void trpt_limit_write(char *out, size_t capacity, const char *sentence, uint64_t value) {
  char digits[20];
  size_t count = 0;
  size_t len = 0;
  do digits[count++] = (char)('0' + value % 10);
  while ((value /= 10) != 0);
  for (; *sentence; sentence++) {
    if (*sentence != '#' && len + 1 < capacity) out[len++] = *sentence;
    while (*sentence == '#' && count && len + 1 < capacity) out[len++] = digits[--count];
  }
  out[len] = '\0';
}

#endif
