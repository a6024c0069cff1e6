/* SPDX-License-Identifier: MIT */
#include "versioned.h"

#include <string.h>

bool trpt_versioned_copy(void *to, size_t size, const void *from) {
  const unsigned char *bytes = from;
  size_t from_size;
  memset(to, 0, size);
  memcpy(&from_size, from, sizeof from_size);
  if (from_size == 0 || from_size > TRPT_VERSIONED_MAX_SIZE) return false;
  for (size_t i = size; i < from_size; i++)
    if (bytes[i]) return false;
  memcpy(to, from, from_size < size ? from_size : size);
  return true;
}
