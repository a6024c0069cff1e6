/* SPDX-License-Identifier: MIT */
#ifndef TRPT_PROOF_LIBC_H
#define TRPT_PROOF_LIBC_H

/* Functions of the C library, where Eva's own are too strict or too coarse. Each file that is analysed includes this. */

#include <string.h>

/* Eva's takes the end of an array for no place to copy nothing to. */
static inline void *proof_copy(void *to, const void *from, size_t len) { return len ? memcpy(to, from, len) : to; }

/* Eva's does not tell which byte was found. */
static inline void *proof_find(const void *in, int byte, size_t len) {
  const unsigned char *at = in;
  for (size_t i = 0; i < len; i++)
    if (at[i] == (unsigned char)byte) return (void *)(at + i);
  return NULL;
}

/* Eva's returns any number. */
static inline int proof_first_bit(unsigned long long bits) {
  int at = 0;
  //@ loop unroll 64;
  while (at < 64 && !(bits >> at & 1)) at++;
  return at;
}

#define memcpy          proof_copy
#define memchr          proof_find
#define __builtin_ctzll proof_first_bit

#endif
