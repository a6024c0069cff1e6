/* SPDX-License-Identifier: MIT */
#include "../base/allocator.h"
#include "arrow_column.h"
#include "tables.h"

/* The private data of a struct type. Consumers may move the children out of it, which own nothing. */
typedef struct exported {
  trpt_allocator allocator;
  struct ArrowSchema *pointers[TRPT_TABLE_MAX_COLUMNS];
  struct ArrowSchema children[TRPT_TABLE_MAX_COLUMNS];
} exported;

static void release_child(struct ArrowSchema *schema) { schema->release = NULL; }

static void release_schema(struct ArrowSchema *schema) {
  exported *e = schema->private_data;
  const trpt_allocator allocator = e->allocator;
  for (int64_t i = 0; i < schema->n_children; i++)
    if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
  schema->release = NULL;
  allocator.release(allocator.user, e, sizeof *e);
}

trpt_status trpt_table_schema(trpt_table table, const trpt_allocator *allocator, struct ArrowSchema *out) {
  trpt_allocator copy;
  if (!out) return TRPT_E_ARGUMENT;
  *out = (struct ArrowSchema){0};
  if (!trpt_table_is_valid(table) || !trpt_allocator_read(&copy, allocator)) return TRPT_E_ARGUMENT;
  exported *e = copy.allocate(copy.user, sizeof *e);
  if (!e) return TRPT_E_MEMORY;
  const trpt_table_info *info = &trpt_tables[table];
  e->allocator = copy;
  for (uint32_t i = 0; i < info->column_count; i++) {
    const trpt_table_field field = info->field(i);
    e->children[i] = (struct ArrowSchema){.format = trpt_arrow_format(field.type),
                                          .name = field.name.ptr,
                                          .flags = field.is_nullable ? ARROW_FLAG_NULLABLE : 0,
                                          .release = release_child};
    e->pointers[i] = &e->children[i];
  }
  *out = (struct ArrowSchema){.format = "+s",
                              .name = "",
                              .n_children = info->column_count,
                              .children = e->pointers,
                              .release = release_schema,
                              .private_data = e};
  return TRPT_OK;
}
