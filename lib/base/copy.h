/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_COPY_H
#define TRPT_LIB_COPY_H

/* Copies and clears a few bytes. */

#include <stddef.h>
#include <string.h>

/* For x86, gcc turns memset and memcpy of at most a few KiB into one `rep` instruction, which takes some 40 cycles to start. The
   two functions here avoid it where it would be felt. */

/* memset to 0 of a constant size of 16 to 512 bytes, as that many stores. */
static inline void trpt_clear(void *memory, size_t size) {
  static const char zeros[16] = {0};
  char *to = memory;
#pragma GCC unroll 32
  for (size_t at = 0; at < size - 15; at += 16) memcpy(to + at, zeros, 16);
  memcpy(to + size - 16, zeros, 16);
}

/* memcpy of up to so many bytes, in copies that may overlap. */
enum { TRPT_COPY_SHORT = 48 };
static inline void trpt_copy_short(char *to, const char *from, size_t len) {
  if (len >= 16) {
    memcpy(to, from, 16);
    if (len > 32) memcpy(to + 16, from + 16, 16);
    memcpy(to + len - 16, from + len - 16, 16);
  } else if (len >= 8) {
    memcpy(to, from, 8);
    memcpy(to + len - 8, from + len - 8, 8);
  } else if (len >= 4) {
    memcpy(to, from, 4);
    memcpy(to + len - 4, from + len - 4, 4);
  } else if (len) {
    to[0] = from[0];
    to[len / 2] = from[len / 2];
    to[len - 1] = from[len - 1];
  }
}

#endif
