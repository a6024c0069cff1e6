/* SPDX-License-Identifier: MIT */
#ifndef TRPT_FUZZ_CALLS_H
#define TRPT_FUZZ_CALLS_H

/* Shared by the targets that make calls in any order: what an input says, and memory that is counted, filled and runs out. */

#include <stdbool.h>

#include "fuzzing.h"

enum { FUZZ_MAX_CALLS = 64 };

/* An input: a number of calls, two bytes for each (which call, and its argument), and the text that is read. */
typedef struct fuzz_calls {
  const uint8_t *calls;
  size_t count;
  const uint8_t *text;
  size_t text_len;
} fuzz_calls;

/* Returns false if the input is empty. */
static inline bool fuzz_calls_of(fuzz_calls *c, const uint8_t *data, size_t size) {
  if (!size) return false;
  const size_t most = (size - 1) / 2, wanted = data[0] % FUZZ_MAX_CALLS;
  const size_t count = most < wanted ? most : wanted;
  *c = (fuzz_calls){data + 1, count, data + 1 + 2 * count, size - 1 - 2 * count};
  return true;
}

typedef struct fuzz_heap {
  int fill;           /* what memory contains before it is used */
  size_t allocations; /* that still succeed */
  size_t balance;     /* bytes not yet released */
} fuzz_heap;

/* The functions of a trpt_allocator. */
static inline void *fuzz_allocate(void *heap, size_t size) {
  fuzz_heap *h = heap;
  if (!h->allocations) return NULL;
  h->allocations--;
  h->balance += size;
  void *memory = malloc(size);
  CHECK(memory);
  memset(memory, h->fill, size);
  return memory;
}

static inline void fuzz_release(void *heap, void *memory, size_t size) {
  ((fuzz_heap *)heap)->balance -= size;
  free(memory);
}

#endif
