/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_MEMORY_H
#define TLSRPT_CHECK_MEMORY_H

/* Memory for `count` things of a size, or the end of the command. */

#include <stddef.h>

void *memory_zeros(size_t count, size_t size);

/* As realloc; also from NULL. */
void *memory_resize(void *memory, size_t count, size_t size);

#endif
