/* SPDX-License-Identifier: MIT */
#include "arena.h"

#include <stdalign.h>
#include <string.h>

enum { BLOCK_MIN_SIZE = 1024, FIRST_BLOCK_MAX_SIZE = 65536 };

struct trpt_arena_block {
  alignas(max_align_t) trpt_arena_block *previous;
  size_t size;
};

/* Adds a block with at least `size` available bytes. */
static bool grow(trpt_arena *arena, size_t size) {
  uint64_t block_size = arena->total ? arena->total / 2 : arena->expected_size;
  if (block_size < BLOCK_MIN_SIZE) block_size = BLOCK_MIN_SIZE;
  if (!arena->total && block_size > FIRST_BLOCK_MAX_SIZE) block_size = FIRST_BLOCK_MAX_SIZE;
  const uint64_t allowed = arena->limit - arena->total;
  const uint64_t needed = (uint64_t)size + sizeof(trpt_arena_block);
  if (block_size < needed) block_size = needed;
  if (block_size > allowed) block_size = allowed;
  arena->over_limit = block_size < needed;
  if (arena->over_limit || block_size > SIZE_MAX) return false;
  trpt_arena_block *block = arena->allocator.allocate(arena->allocator.user, (size_t)block_size);
  if (!block) return false;
  *block = (trpt_arena_block){arena->last, (size_t)block_size};
  arena->last = block;
  arena->total += block_size;
  arena->at = (char *)(block + 1);
  arena->available = (size_t)block_size - sizeof *block;
  return true;
}

static char *take(trpt_arena *arena, size_t size) {
  char *bytes = arena->at;
  arena->at += size;
  arena->available -= size;
  return bytes;
}

void *trpt_arena_allocate(trpt_arena *arena, size_t size) {
  const size_t alignment = alignof(max_align_t);
  const size_t excess = (uintptr_t)arena->at % alignment;
  const size_t padding = excess ? alignment - excess : 0;
  if (padding <= arena->available && size <= arena->available - padding) {
    take(arena, padding);
    return take(arena, size);
  }
  return grow(arena, size) ? take(arena, size) : NULL;
}

char *trpt_arena_copy(trpt_arena *arena, const char *bytes, size_t len) {
  if (len > arena->available && !grow(arena, len)) return NULL;
  return memcpy(take(arena, len), bytes, len);
}

void trpt_arena_free(trpt_arena *arena) {
  for (trpt_arena_block *block = arena->last; block;) {
    trpt_arena_block *previous = block->previous;
    arena->allocator.release(arena->allocator.user, block, block->size);
    block = previous;
  }
}

/* Doubles the table of segments. */
static bool grow_segments(trpt_vector *vector, trpt_arena *arena) {
  const uint32_t capacity = vector->segment_capacity ? vector->segment_capacity * 2 : 4;
  void **segments = trpt_arena_allocate(arena, capacity * sizeof *segments);
  if (!segments) return false;
  if (vector->segments) memcpy(segments, vector->segments, vector->segment_capacity * sizeof *segments);
  vector->segments = segments;
  vector->segment_capacity = capacity;
  return true;
}

/* The place of an element. */
static char *place_of(const trpt_vector *vector, uint32_t i, trpt_vector_type type) {
  const uint32_t segment = i >> type.shift;
  return (char *)vector->segments[segment] + (i - (segment << type.shift)) * type.size;
}

void *trpt_vector_add(trpt_vector *vector, trpt_arena *arena, trpt_vector_type type) {
  const uint32_t segment = vector->count >> type.shift;
  if (vector->count == UINT32_MAX) return NULL; /* GCOVR_EXCL_BR_LINE: a tree of 500 GiB */
  if (vector->count == segment << type.shift) {
    if (segment == vector->segment_capacity && !grow_segments(vector, arena)) return NULL;
    vector->segments[segment] = trpt_arena_allocate(arena, type.size << type.shift);
    if (!vector->segments[segment]) return NULL;
  }
  return place_of(vector, vector->count++, type);
}

const void *trpt_vector_at(const trpt_vector *vector, uint32_t i, trpt_vector_type type) {
  return place_of(vector, i, type);
}
