/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARENA_H
#define TRPT_LIB_ARENA_H

/* Memory that is freed all at once. It consists of a few blocks, each half as large as all before it. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

typedef struct trpt_arena_block trpt_arena_block;

typedef struct trpt_arena {
  trpt_allocator allocator;
  trpt_arena_block *last;
  char *at; /* the available bytes of the last block */
  size_t available;
  size_t expected_size; /* estimate of the total, or 0; sizes the first block */
  uint64_t total;       /* size of all blocks */
  uint64_t limit;       /* maximum of `total` */
  bool over_limit;      /* the last allocation failed because of `limit` */
} trpt_arena;

/* Returns NULL if out of memory or if the limit would be exceeded; then `over_limit` is set. Allocated memory is
   aligned for max_align_t, copies are not. */
void *trpt_arena_allocate(trpt_arena *arena, size_t size);
char *trpt_arena_copy(trpt_arena *arena, const char *bytes, size_t len);

void trpt_arena_free(trpt_arena *arena);

/* An array in an arena that grows at its end and never moves its elements. All zero means empty. */
typedef struct trpt_vector {
  void **segments;
  uint32_t count; /* of elements */
  uint32_t segment_capacity;
} trpt_vector;

/* What all elements of a vector have in common. */
typedef struct trpt_vector_type {
  size_t size;    /* of an element */
  unsigned shift; /* a segment has 2^shift elements */
} trpt_vector_type;

/* Adds an uninitialized element. Returns NULL if out of memory. */
void *trpt_vector_add(trpt_vector *vector, trpt_arena *arena, trpt_vector_type type);
const void *trpt_vector_at(const trpt_vector *vector, uint32_t i, trpt_vector_type type);

#endif
