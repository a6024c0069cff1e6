/* SPDX-License-Identifier: MIT */
#include "arrow_export.h"

static void drop(trpt_arrow_block *block) {
  if (atomic_fetch_sub_explicit(&block->references, 1, memory_order_acq_rel) == 1)
    trpt_arrow_pool_give(block->pool, block);
}

static void release_child(struct ArrowArray *array) {
  array->release = NULL;
  drop(array->private_data);
}

static void release_array(struct ArrowArray *array) {
  for (int64_t i = 0; i < array->n_children; i++)
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
  array->release = NULL;
  drop(array->private_data);
}

static struct ArrowArray child_of(trpt_arrow_block *block, size_t row_count, uint32_t column) {
  trpt_arrow_column *c = &block->columns[column];
  const void **buffers = block->buffers[column];
  const bool is_text = c->type == TRPT_VALUE_TEXT;
  trpt_arrow_column_end(c, row_count);
  buffers[TRPT_ARROW_VALIDITY] = c->null_count ? c->validity : NULL;
  buffers[TRPT_ARROW_VALUES] = c->values;
  buffers[TRPT_ARROW_TEXT] = c->text.memory ? c->text.data : c->values; /* an address even without any text */
  return (struct ArrowArray){.length = (int64_t)row_count,
                             .null_count = (int64_t)c->null_count,
                             .n_buffers = is_text ? TRPT_ARROW_BUFFERS : TRPT_ARROW_BUFFERS - 1,
                             .buffers = buffers,
                             .release = release_child,
                             .private_data = block};
}

void trpt_arrow_export(trpt_arrow_block *block, size_t row_count, trpt_arrow_pool *pool, struct ArrowArray *out) {
  block->pool = pool;
  trpt_arrow_pool_hold(pool);
  atomic_init(&block->references, block->column_count + 1);
  block->no_validity[0] = NULL;
  for (uint32_t i = 0; i < block->column_count; i++) {
    block->children[i] = child_of(block, row_count, i);
    block->pointers[i] = &block->children[i];
  }
  *out = (struct ArrowArray){.length = (int64_t)row_count,
                             .n_buffers = 1,
                             .n_children = block->column_count,
                             .buffers = block->no_validity,
                             .children = block->pointers,
                             .release = release_array,
                             .private_data = block};
}
