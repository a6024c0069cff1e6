/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include <stdint.h>
#include <stdlib.h>

#include "output.h"

void *memory_zeros(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (!memory) output_no_memory();
  return memory;
}

void *memory_resize(void *memory, size_t count, size_t size) {
  void *resized = count <= SIZE_MAX / size ? realloc(memory, count * size) : NULL;
  if (!resized) output_no_memory();
  return resized;
}
