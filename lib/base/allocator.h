/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ALLOCATOR_H
#define TRPT_LIB_ALLOCATOR_H

#include <stdbool.h>

#include <tlsrpt/parser.h>

/* Copies the caller's allocator; NULL means malloc and free. Returns false if it is invalid. */
bool trpt_allocator_read(trpt_allocator *out, const trpt_allocator *allocator);

#endif
