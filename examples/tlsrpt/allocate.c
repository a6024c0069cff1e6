/* SPDX-License-Identifier: MIT */
#include "allocate.h"

#include <stdint.h>
#include <stdlib.h>

#include "standard_output.h"

void *allocate_zeros(size_t count, size_t size) {
  void *const memory = calloc(count, size);
  if (!memory) output_no_memory();
  return memory;
}

void *reallocate(void *memory, size_t count, size_t size) {
  void *const resized = count <= SIZE_MAX / size ? realloc(memory, count * size) : NULL;
  if (!resized) output_no_memory();
  return resized;
}
