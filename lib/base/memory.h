/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MEMORY_H
#define TRPT_LIB_MEMORY_H

/* Alignment of memory that a caller provides for an object of the library. */

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

/* The number of bytes that alignment may waste at the start. */
enum { TRPT_ALIGNMENT_SLACK = alignof(max_align_t) - 1 };

static inline void *trpt_align_up(void *memory) {
  const size_t excess = (uintptr_t)memory % alignof(max_align_t);
  return (char *)memory + (excess ? alignof(max_align_t) - excess : 0);
}

#endif
