/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_TABLE_H
#define TRPT_LIB_ARROW_TABLE_H

/* The rows of a table that wait in memory. Rows are added, then committed or withdrawn together. */

#include "arrow_column.h"
#include "tables.h"

typedef struct trpt_arrow_table {
  const trpt_table_info *info;
  const trpt_allocator *allocator;
  trpt_arrow_budget budget;
  size_t row_count;
  size_t committed_row_count;
  trpt_arrow_column *columns[TRPT_TABLE_MAX_COLUMNS]; /* all NULL, or all there */
} trpt_arrow_table;

void trpt_arrow_table_begin(trpt_arrow_table *table, const trpt_table_info *info, const trpt_allocator *allocator,
                            size_t limit);
void trpt_arrow_table_free(trpt_arrow_table *table);

/* Returns TRPT_OK; TRPT_E_LIMIT if the budget is spent; TRPT_E_MEMORY. After an error, withdraw. */
trpt_status trpt_arrow_table_add(trpt_arrow_table *table, const void *record, uint64_t *overflows);
void trpt_arrow_table_commit(trpt_arrow_table *table);
void trpt_arrow_table_withdraw(trpt_arrow_table *table);

/* Moves the committed rows to `out` and empties the table. Returns TRPT_OK, or an error with the table unchanged. */
trpt_status trpt_arrow_table_export(trpt_arrow_table *table, struct ArrowArray *out);

#endif
