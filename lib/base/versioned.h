/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_VERSIONED_H
#define TRPT_LIB_VERSIONED_H

#include <stdbool.h>
#include <stddef.h>

/* A larger struct_size is a mistake: the copy could read beyond the caller's memory. */
enum { TRPT_VERSIONED_MAX_SIZE = 4096 };

/* Copies a struct of the caller that begins with `size_t struct_size`. Members that an older, smaller struct lacks
   become 0. A newer, larger struct is accepted if all bytes beyond `size` are 0. For any other struct_size, and for 0,
   returns false and sets `*to` to zero. */
bool trpt_versioned_copy(void *to, size_t size, const void *from);

#endif
