/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_ALLOCATIONS_H
#define TRPT_TESTS_ALLOCATIONS_H

/* malloc and its kin replaced by ones that count, and fail behind so many, for the whole program with the libraries that it
   links. Not beside a sanitizer or valgrind, which have their own: ask allocations_are_counted. */

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#endif

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
