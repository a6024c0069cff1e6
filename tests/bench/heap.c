/* SPDX-License-Identifier: MIT */
/* Watches malloc by standing in front of glibc's. Elsewhere, and under sanitizers, which do the same, nothing is watched. */
#define _GNU_SOURCE
#include "measure.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#include "../tools/sanitized.h"

static bool watching;
static heap_use use;
static size_t current; /* may go below zero, wrapping: what was allocated before may be freed while watched */

void measure_heap_start(void) {
  use = (heap_use){0, 0};
  current = 0;
  watching = true;
}

heap_use measure_heap_stop(void) {
  watching = false;
  return use;
}

#if defined(__GLIBC__) && !defined(SANITIZED)

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *memory);

static void *allocated(void *memory) {
  if (!watching || !memory) return memory;
  use.allocations++;
  current += malloc_usable_size(memory);
  if (current < SIZE_MAX / 2 && current > use.peak) use.peak = current;
  return memory;
}

static void released(void *memory) {
  if (watching && memory) current -= malloc_usable_size(memory);
}

void *malloc(size_t size) { return allocated(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return allocated(__libc_calloc(count, size)); }

void *realloc(void *old, size_t size) {
  released(old);
  return allocated(__libc_realloc(old, size));
}

void *memalign(size_t alignment, size_t size) { return allocated(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return allocated(__libc_memalign(alignment, size)); }

int posix_memalign(void **out, size_t alignment, size_t size) {
  *out = allocated(__libc_memalign(alignment, size));
  return *out ? 0 : ENOMEM;
}

void free(void *memory) {
  released(memory);
  __libc_free(memory);
}

#endif
