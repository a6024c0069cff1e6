/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_ALLOCATIONS_H
#define TRPT_TESTS_ALLOCATIONS_H

/* Replaces malloc, calloc and realloc of the whole program and its libraries by functions that count, and that fail after
   a number of calls. A sanitizer or valgrind has its own instead: ask allocations_are_counted. */

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "../tools/sanitized.h"

static size_t allocations;
static size_t allocations_allowed = SIZE_MAX;

#if defined(__GLIBC__) && !defined(SANITIZED)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

void *malloc(size_t size) { return allocations++ < allocations_allowed ? __libc_malloc(size) : NULL; }

void *calloc(size_t count, size_t size) {
  return allocations++ < allocations_allowed ? __libc_calloc(count, size) : NULL;
}

void *realloc(void *memory, size_t size) {
  return allocations++ < allocations_allowed ? __libc_realloc(memory, size) : NULL;
}
#endif

static inline bool allocations_are_counted(void) {
  const size_t before = allocations;
  allocations_allowed = SIZE_MAX;
  void *volatile block = malloc(1);
  free(block);
  return allocations != before;
}

#endif
