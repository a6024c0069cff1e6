/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARENA_H
#define TRPT_LIB_ARENA_H

/* Memory that is given back all at once: a few large blocks, each half as large as all before it. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

typedef struct trpt_arena_block trpt_arena_block;

typedef struct trpt_arena {
  trpt_allocator allocator;
  trpt_arena_block *last;
  char *at; /* what is free of the last block */
  size_t left;
  size_t first;   /* about what will be needed, as far as known */
  uint64_t total; /* of all blocks */
  uint64_t limit; /* what `total` may grow to */
  bool over_limit;
} trpt_arena;

/* NULL where there is no memory, or more than the limit were needed: `over_limit` tells. */
void *trpt_arena_allocate(trpt_arena *arena, size_t size); /* aligned as for max_align_t */
char *trpt_arena_copy(trpt_arena *arena, const char *bytes, size_t len);

void trpt_arena_free(trpt_arena *arena);

/* An array that grows at its end and never moves what is in it, in an arena. Zeros: empty. */
typedef struct trpt_vector {
  void **segments;
  uint32_t count; /* of elements */
  uint32_t segment_capacity;
} trpt_vector;

/* Room for one more element of `size` bytes, the same for all of a vector. */
void *trpt_vector_add(trpt_vector *vector, trpt_arena *arena, size_t size);
const void *trpt_vector_at(const trpt_vector *vector, uint32_t i, size_t size);

#endif
