/* SPDX-License-Identifier: MIT */
#include "arrow_table.h"

#include <string.h>

void trpt_arrow_table_begin(trpt_arrow_table *table, const trpt_table_info *info, const trpt_allocator *allocator,
                            size_t limit) {
  memset(table, 0, sizeof *table);
  table->info = info;
  table->allocator = allocator;
  table->budget.limit = limit;
}

/* ---- columns ---- */

/* Forgets the columns, which were exported or freed. */
static void clear(trpt_arrow_table *table) {
  memset(table->columns, 0, sizeof table->columns);
  table->budget.bytes = 0;
  table->row_count = 0;
  table->committed_row_count = 0;
}

void trpt_arrow_table_free(trpt_arrow_table *table) {
  for (uint32_t i = 0; i < table->info->column_count; i++)
    if (table->columns[i]) trpt_arrow_column_free(table->columns[i]);
  clear(table);
}

static trpt_status make_columns(trpt_arrow_table *table) {
  trpt_status status = TRPT_OK;
  if (table->columns[0]) return TRPT_OK;
  for (uint32_t i = 0; i < table->info->column_count && status == TRPT_OK; i++)
    status = trpt_arrow_column_new(&table->columns[i], table->allocator, table->info->field(i).type, &table->budget);
  if (status != TRPT_OK) trpt_arrow_table_free(table);
  return status;
}

/* ---- rows ---- */

trpt_status trpt_arrow_table_add(trpt_arrow_table *table, const void *record, uint64_t *overflows) {
  trpt_status status = make_columns(table);
  for (uint32_t i = 0; i < table->info->column_count && status == TRPT_OK; i++) {
    trpt_value value;
    table->info->value(i, record, &value);
    status = trpt_arrow_column_add(table->columns[i], table->row_count, &value, &table->budget, overflows);
  }
  table->row_count += status == TRPT_OK;
  return status;
}

void trpt_arrow_table_commit(trpt_arrow_table *table) {
  if (table->row_count == table->committed_row_count) return;
  table->committed_row_count = table->row_count;
  for (uint32_t i = 0; i < table->info->column_count; i++) table->columns[i]->committed = table->columns[i]->now;
}

/* A table without rows frees its memory too: buffers that grew for the withdrawn rows would leave no room for others. */
void trpt_arrow_table_withdraw(trpt_arrow_table *table) {
  if (!table->committed_row_count) {
    trpt_arrow_table_free(table);
    return;
  }
  table->row_count = table->committed_row_count;
  for (uint32_t i = 0; i < table->info->column_count; i++) table->columns[i]->now = table->columns[i]->committed;
}

/* ---- export ---- */

/* The private data of a struct array. Consumers may move the children out of it. */
typedef struct exported {
  trpt_allocator allocator;
  const void *buffers[1]; /* no validity: no row is null */
  struct ArrowArray *pointers[TRPT_TABLE_MAX_COLUMNS];
  struct ArrowArray children[TRPT_TABLE_MAX_COLUMNS];
} exported;

static void release_array(struct ArrowArray *array) {
  exported *e = array->private_data;
  const trpt_allocator allocator = e->allocator;
  for (int64_t i = 0; i < array->n_children; i++)
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
  array->release = NULL;
  allocator.release(allocator.user, e, sizeof *e);
}

trpt_status trpt_arrow_table_export(trpt_arrow_table *table, struct ArrowArray *out) {
  const trpt_status status = make_columns(table);
  if (status != TRPT_OK) return status;
  exported *e = table->allocator->allocate(table->allocator->user, sizeof *e);
  if (!e) return TRPT_E_MEMORY;
  e->allocator = *table->allocator;
  e->buffers[0] = NULL;
  for (uint32_t i = 0; i < table->info->column_count; i++) {
    trpt_arrow_column_export(table->columns[i], table->committed_row_count, &e->children[i]);
    e->pointers[i] = &e->children[i];
  }
  *out = (struct ArrowArray){.length = (int64_t)table->committed_row_count,
                             .n_buffers = 1,
                             .n_children = table->info->column_count,
                             .buffers = e->buffers,
                             .children = e->pointers,
                             .release = release_array,
                             .private_data = e};
  clear(table);
  return TRPT_OK;
}
