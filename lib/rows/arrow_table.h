/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_TABLE_H
#define TRPT_LIB_ARROW_TABLE_H

/* The rows of a table that wait in memory. Rows are added, then committed or withdrawn together. */

#include "arrow_pool.h"

typedef struct trpt_arrow_cell {
  uint32_t column;
  trpt_origin origin;
} trpt_arrow_cell;

/* The cells of a scope in rows of a kind, other than those that are always null. */
typedef struct trpt_arrow_cells {
  uint32_t count;
  trpt_arrow_cell cells[TRPT_TABLE_MAX_COLUMNS];
} trpt_arrow_cells;

typedef struct trpt_arrow_table {
  const trpt_table_info *info;
  trpt_arrow_cells cells[TRPT_ROW_ERROR][TRPT_SCOPE_COUNT]; /* no table has error rows */
  size_t row_counts[TRPT_SCOPE_COUNT];                      /* rows that have the cells of the scope */
  trpt_arrow_budget budget;
  trpt_arrow_pool *pool;
  trpt_arrow_block *block; /* NULL without rows */
  size_t committed_row_count;
  bool is_used_memory; /* `block` is, or was before it was freed, from the pool */
} trpt_arrow_table;

/* Returns TRPT_OK or TRPT_E_MEMORY. A table that is all zeros may be freed. */
trpt_status trpt_arrow_table_begin(trpt_arrow_table *table, const trpt_table_info *info,
                                   const trpt_allocator *allocator, size_t limit);
void trpt_arrow_table_free(trpt_arrow_table *table);

/* These return TRPT_OK; TRPT_E_LIMIT if the budget is spent; TRPT_E_MEMORY. After an error, withdraw. */

/* Makes room for so many more rows. */
trpt_status trpt_arrow_table_reserve(trpt_arrow_table *table, size_t row_count);
/* Adds `count` equal cells to each column of a scope, from a record of a kind. Before commit, all scopes must have the same
   number of cells. */
trpt_status trpt_arrow_table_add(trpt_arrow_table *table, trpt_row_kind kind, trpt_scope scope, size_t count,
                                 const void *record, uint64_t *overflows);

void trpt_arrow_table_commit(trpt_arrow_table *table);
void trpt_arrow_table_withdraw(trpt_arrow_table *table);

/* Moves the committed rows to `out` and empties the table. Returns TRPT_OK, or an error with the table unchanged. */
trpt_status trpt_arrow_table_export(trpt_arrow_table *table, struct ArrowArray *out);

#endif
