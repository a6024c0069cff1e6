/* SPDX-License-Identifier: MIT */
#include "allocator.h"

#include <stdlib.h>

#include "versioned.h"

static void *default_allocate(void *user, size_t size) {
  (void)user;
  return malloc(size);
}

static void default_release(void *user, void *memory, size_t size) {
  (void)user;
  (void)size;
  free(memory);
}

bool trpt_allocator_read(trpt_allocator *out, const trpt_allocator *allocator) {
  *out = (trpt_allocator){sizeof *out, default_allocate, default_release, NULL};
  if (!allocator) return true;
  return trpt_versioned_copy(out, sizeof *out, allocator) && out->allocate && out->release;
}
