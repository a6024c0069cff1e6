/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_BLOCK_H
#define TRPT_LIB_ARROW_BLOCK_H

/* The columns of a table with all their memory. */

#include <stdatomic.h>

#include "arrow_column.h"
#include "tables.h"

enum { TRPT_ARROW_VALIDITY, TRPT_ARROW_VALUES, TRPT_ARROW_TEXT, TRPT_ARROW_BUFFERS };

typedef struct trpt_arrow_pool trpt_arrow_pool;

typedef struct trpt_arrow_block {
  trpt_allocator allocator;
  size_t size;      /* of this structure with the values after it */
  size_t slots;     /* values of each column, one more than rows */
  size_t slot_size; /* of the values of one row */
  uint32_t column_count;
  trpt_arrow_column columns[TRPT_TABLE_MAX_COLUMNS];
  /* The rest is of arrow_export.c. */
  trpt_arrow_pool *pool;
  atomic_uint references;
  const void *no_validity[1]; /* no row is null */
  const void *buffers[TRPT_TABLE_MAX_COLUMNS][TRPT_ARROW_BUFFERS];
  struct ArrowArray *pointers[TRPT_TABLE_MAX_COLUMNS];
  struct ArrowArray children[TRPT_TABLE_MAX_COLUMNS];
} trpt_arrow_block;

/* Replaces `*block`, which may be NULL, by one with so many slots and the same rows. Returns TRPT_OK; TRPT_E_LIMIT or
   TRPT_E_MEMORY with the block unchanged. */
trpt_status trpt_arrow_block_grow(trpt_arrow_block **block, const trpt_table_info *info, size_t slots,
                                  trpt_arrow_budget *budget);

void trpt_arrow_block_free(trpt_arrow_block *block);

/* Removes all rows, for use of the memory by others. */
void trpt_arrow_block_empty(trpt_arrow_block *block);

/* The bytes of all memory of the block, and those that so many rows use. */
size_t trpt_arrow_block_size(const trpt_arrow_block *block);
size_t trpt_arrow_block_used(const trpt_arrow_block *block, size_t row_count);

#endif
