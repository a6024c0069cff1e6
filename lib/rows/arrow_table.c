/* SPDX-License-Identifier: MIT */
#include "arrow_table.h"

#include <string.h>

#include "arrow_export.h"

trpt_status trpt_arrow_table_begin(trpt_arrow_table *table, const trpt_table_info *info,
                                   const trpt_allocator *allocator, size_t limit) {
  memset(table, 0, sizeof *table);
  table->info = info;
  table->budget = (trpt_arrow_budget){.allocator = allocator, .limit = limit};
  for (uint32_t i = 0; i < info->column_count; i++) {
    trpt_arrow_scope *s = &table->scopes[info->field(i).scope];
    s->columns[s->count++] = (uint8_t)i;
  }
  return trpt_arrow_pool_new(&table->pool, allocator, limit);
}

/* Removes the rows that are not committed. */
static void reset_scopes(trpt_arrow_table *table) {
  for (int i = 0; i < TRPT_SCOPE_COUNT; i++) table->scopes[i].row_count = table->committed_row_count;
}

/* Forgets the block, which was exported or freed. */
static void clear(trpt_arrow_table *table) {
  table->block = NULL;
  table->budget.bytes = 0;
  table->committed_row_count = 0;
  reset_scopes(table);
}

static void free_block(trpt_arrow_table *table) {
  if (table->block) trpt_arrow_block_free(table->block);
  clear(table);
}

void trpt_arrow_table_free(trpt_arrow_table *table) {
  free_block(table);
  if (table->pool) trpt_arrow_pool_drop(table->pool);
}

/* ---- rows ---- */

static void take_block(trpt_arrow_table *table) {
  table->block = trpt_arrow_pool_take(table->pool);
  table->is_used_memory = table->block;
  if (!table->block) return;
  trpt_arrow_block_empty(table->block);
  table->budget.bytes = trpt_arrow_block_size(table->block);
}

trpt_status trpt_arrow_table_reserve(trpt_arrow_table *table, size_t row_count) {
  const size_t needed = table->committed_row_count + row_count + 1;
  if (!table->block) take_block(table);
  const size_t present = table->block ? table->block->slots : 0;
  if (needed <= present) return TRPT_OK;
  const size_t usual = present ? present * 2 : TRPT_ARROW_MIN_SLOTS;
  return trpt_arrow_block_grow(&table->block, table->info, needed > usual ? trpt_arrow_aligned_size(needed) : usual,
                               &table->budget);
}

trpt_status trpt_arrow_table_add(trpt_arrow_table *table, trpt_scope scope, size_t count, const void *record,
                                 uint64_t *overflows) {
  trpt_status status = TRPT_OK;
  trpt_arrow_scope *s = &table->scopes[scope];
  for (uint32_t i = 0; i < s->count && status == TRPT_OK; i++) {
    const uint32_t column = s->columns[i];
    trpt_value value;
    table->info->value(column, record, &value);
    status =
        trpt_arrow_column_add(&table->block->columns[column], s->row_count, count, &value, &table->budget, overflows);
  }
  s->row_count += count;
  return status;
}

void trpt_arrow_table_commit(trpt_arrow_table *table) {
  /* Each table has columns of this scope. */
  table->committed_row_count = table->scopes[TRPT_SCOPE_ROW].row_count;
}

/* A table without rows frees its memory too: buffers that grew for the withdrawn rows would leave no room for others. */
void trpt_arrow_table_withdraw(trpt_arrow_table *table) {
  if (!table->committed_row_count) {
    free_block(table);
    return;
  }
  for (uint32_t i = 0; i < table->info->column_count; i++)
    trpt_arrow_column_withdraw(&table->block->columns[i], table->committed_row_count);
  reset_scopes(table);
}

/* ---- export ---- */

trpt_status trpt_arrow_table_export(trpt_arrow_table *table, struct ArrowArray *out) {
  const trpt_status status = trpt_arrow_table_reserve(table, 0);
  if (status != TRPT_OK) return status;
  trpt_arrow_export(table->block, table->committed_row_count, table->pool, out);
  clear(table);
  return TRPT_OK;
}
