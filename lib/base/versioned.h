/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_VERSIONED_H
#define TRPT_LIB_VERSIONED_H

#include <stdbool.h>
#include <stddef.h>

/* A struct_size above this is a mistake: reading so far could leave the caller's memory. */
enum { TRPT_VERSIONED_MAX = 4096 };

/* Copies a struct that the caller filled and that begins with `size_t struct_size`. Members that an older, smaller struct does
   not have become 0. A newer, larger one is accepted if all bytes beyond `size` are 0. Returns false, with `*to` all zero, for
   any other struct_size, and for 0. */
bool trpt_versioned_copy(void *to, size_t size, const void *from);

#endif
