/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_MEMORY_H
#define TLSRPT_MEMORY_H

/* Memory for `count` things of a size. If there is none, the command ends with a message. */

#include <stddef.h>

void *allocate_zeros(size_t count, size_t size);

/* As realloc; also from NULL. */
void *reallocate(void *memory, size_t count, size_t size);

#endif
