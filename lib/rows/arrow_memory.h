/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_MEMORY_H
#define TRPT_LIB_ARROW_MEMORY_H

/* The memory of a table, within its limit. */

#include <stdint.h>

#include <tlsrpt/parser.h>

/* Buffers are aligned as the Arrow columnar format recommends. */
enum { TRPT_ARROW_ALIGNMENT = 64, TRPT_ARROW_SLACK = TRPT_ARROW_ALIGNMENT - 1 };

/* The least capacity of a column, in values and in bytes of text. */
enum { TRPT_ARROW_MIN_SLOTS = 64, TRPT_ARROW_MIN_TEXT = 256 };

typedef struct trpt_arrow_budget {
  const trpt_allocator *allocator;
  size_t limit;
  size_t bytes; /* allocated */
} trpt_arrow_budget;

/* Returns TRPT_E_LIMIT beyond the limit, or TRPT_E_MEMORY. */
static inline trpt_status trpt_arrow_allocate(trpt_arrow_budget *budget, uint64_t size, void **out) {
  if (size > budget->limit - budget->bytes) return TRPT_E_LIMIT;
  *out = budget->allocator->allocate(budget->allocator->user, (size_t)size);
  if (!*out) return TRPT_E_MEMORY;
  budget->bytes += (size_t)size;
  return TRPT_OK;
}

/* `memory` may be NULL. */
static inline void trpt_arrow_release(const trpt_allocator *allocator, void *memory, size_t size) {
  if (memory) allocator->release(allocator->user, memory, size);
}

/* `size` rounded up to whole units of alignment. */
static inline size_t trpt_arrow_aligned_size(size_t size) {
  return (size + TRPT_ARROW_SLACK) & ~(size_t)TRPT_ARROW_SLACK;
}

/* The first aligned address in memory that has TRPT_ARROW_SLACK bytes more than needed. */
static inline char *trpt_arrow_aligned(void *memory) {
  const size_t excess = (uintptr_t)memory % TRPT_ARROW_ALIGNMENT;
  return (char *)memory + (excess ? TRPT_ARROW_ALIGNMENT - excess : 0);
}

#endif
