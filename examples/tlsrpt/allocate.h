/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_ALLOCATE_H
#define TLSRPT_ALLOCATE_H

/* Allocates memory for `count` objects of `size` bytes. If memory is exhausted, the command ends with a message. */

#include <stddef.h>

void *allocate_zeros(size_t count, size_t size);

/* Like realloc. `memory` may be NULL. */
void *reallocate(void *memory, size_t count, size_t size);

#endif
