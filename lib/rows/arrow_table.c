/* SPDX-License-Identifier: MIT */
#include "arrow_table.h"

#include <string.h>

#include "arrow_export.h"

static void add_column(trpt_arrow_table *table, uint32_t column) {
  const trpt_scope scope = table->info->field(column).scope;
  for (int kind = 0; kind < TRPT_ROW_ERROR; kind++) {
    const trpt_arrow_cell cell = {column, table->info->origin(column, (trpt_row_kind)kind)};
    trpt_arrow_cells *cells = &table->cells[kind][scope];
    if (cell.origin.kind != TRPT_FROM_NOTHING) cells->cells[cells->count++] = cell;
  }
}

trpt_status trpt_arrow_table_begin(trpt_arrow_table *table, const trpt_table_info *info,
                                   const trpt_allocator *allocator, size_t limit) {
  memset(table, 0, sizeof *table);
  table->info = info;
  table->budget = (trpt_arrow_budget){.allocator = allocator, .limit = limit};
  for (uint32_t i = 0; i < info->column_count; i++) add_column(table, i);
  return trpt_arrow_pool_new(&table->pool, allocator, limit);
}

/* Removes the rows that are not committed. */
static void reset_row_counts(trpt_arrow_table *table) {
  for (int i = 0; i < TRPT_SCOPE_COUNT; i++) table->row_counts[i] = table->committed_row_count;
}

/* Forgets the block, which was exported or freed. */
static void clear(trpt_arrow_table *table) {
  table->block = NULL;
  table->budget.bytes = 0;
  table->committed_row_count = 0;
  reset_row_counts(table);
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

/* Whether nothing is stored for a list or number. Counts the numbers that their type cannot hold. */
static inline bool is_null(const trpt_value *value, size_t count, uint64_t *overflows) {
  const uint64_t max = value->type == TRPT_VALUE_INDEX ? INT32_MAX : INT64_MAX;
  if (value->is_null || value->number <= max) return value->is_null;
  *overflows += count;
  return true;
}

static inline trpt_status add_value(trpt_arrow_column *column, size_t row, const trpt_value *value,
                                    trpt_arrow_budget *budget) {
  if (value->list) return trpt_arrow_column_add_list(column, row, value->list, value->list_count, budget);
  /* Times of reports lie in the years 0 to 9999, whose microseconds fit. */
  const bool is_time = value->type == TRPT_VALUE_TIME;
  trpt_arrow_column_add_number(column, row, is_time ? value->time * 1000000 : (int64_t)value->number);
  return TRPT_OK;
}

trpt_status trpt_arrow_table_add(trpt_arrow_table *table, trpt_row_kind kind, trpt_scope scope, size_t count,
                                 const void *record, uint64_t *overflows) {
  const trpt_arrow_cells *cells = &table->cells[kind][scope];
  const size_t row = table->row_counts[scope];
  trpt_status status = TRPT_OK;
  for (uint32_t i = 0; i < cells->count && status == TRPT_OK; i++) {
    const trpt_origin *origin = &cells->cells[i].origin;
    trpt_arrow_column *column = &table->block->columns[cells->cells[i].column];
    if (trpt_origin_is_text(origin)) {
      const trpt_str text = trpt_origin_text(origin, record);
      if (!text.ptr) continue;
      status = trpt_arrow_column_add_text(column, row, text, &table->budget);
    } else {
      const trpt_value value = trpt_origin_value(origin, record);
      if (is_null(&value, count, overflows)) continue;
      status = add_value(column, row, &value, &table->budget);
    }
    if (count > 1 && status == TRPT_OK) status = trpt_arrow_column_repeat(column, count - 1, &table->budget);
  }
  table->row_counts[scope] = row + count;
  return status;
}

void trpt_arrow_table_commit(trpt_arrow_table *table) {
  /* Each table has columns of this scope. */
  table->committed_row_count = table->row_counts[TRPT_SCOPE_ROW];
}

/* A table without rows frees its memory too: buffers that grew for the withdrawn rows would leave no room for others. */
void trpt_arrow_table_withdraw(trpt_arrow_table *table) {
  if (!table->committed_row_count) {
    free_block(table);
    return;
  }
  for (uint32_t i = 0; i < table->info->column_count; i++)
    trpt_arrow_column_withdraw(&table->block->columns[i], table->committed_row_count);
  reset_row_counts(table);
}

/* ---- export ---- */

trpt_status trpt_arrow_table_export(trpt_arrow_table *table, struct ArrowArray *out) {
  const trpt_status status = trpt_arrow_table_reserve(table, 0);
  if (status != TRPT_OK) return status;
  trpt_arrow_export(table->block, table->committed_row_count, table->pool, out);
  clear(table);
  return TRPT_OK;
}
