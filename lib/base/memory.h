/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MEMORY_H
#define TRPT_LIB_MEMORY_H

/* Memory that a caller provides for an object of the library, with any alignment. */

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

/* What may be lost at the start of the memory. */
enum { TRPT_ALIGNMENT_SLACK = alignof(max_align_t) - 1 };

static inline void *trpt_align_up(void *memory) {
  const size_t past = (uintptr_t)memory % alignof(max_align_t);
  return (char *)memory + (past ? alignof(max_align_t) - past : 0);
}

#endif
