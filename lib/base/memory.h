/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MEMORY_H
#define TRPT_LIB_MEMORY_H

/* What callers provide: memory with any alignment, and structs of other versions. */

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What may be lost at the start of the memory. */
enum { TRPT_ALIGNMENT_SLACK = alignof(max_align_t) - 1 };

static inline void *trpt_align_up(void *memory) {
  const size_t past = (uintptr_t)memory % alignof(max_align_t);
  return (char *)memory + (past ? alignof(max_align_t) - past : 0);
}

/* Copies a struct that begins with its own size, `from_size`. Fails for 0, and for a larger struct with a member that this
   version does not know. */
static inline bool trpt_copy_versioned(void *to, size_t size, const void *from, size_t from_size) {
  const unsigned char *bytes = from;
  if (!from_size) return false;
  for (size_t i = size; i < from_size; i++)
    if (bytes[i]) return false;
  memset(to, 0, size);
  memcpy(to, from, from_size < size ? from_size : size);
  return true;
}

#endif
