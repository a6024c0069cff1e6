/* SPDX-License-Identifier: MIT */
#include "arrow_block.h"

#include <string.h>

static size_t validity_size(size_t slots) { return trpt_arrow_aligned_size(slots / 8); }

static size_t slot_size_of(const trpt_table_info *info) {
  size_t size = 0;
  for (uint32_t i = 0; i < info->column_count; i++) size += trpt_arrow_width(info->field(i).type);
  return size;
}

/* Moves a column's values to `data`. Returns the end of them. */
static char *move_values(trpt_arrow_column *column, char *data, size_t slots) {
  const size_t width = trpt_arrow_width(column->type);
  const size_t size = validity_size(slots);
  char *values = data + size;
  memset(data, 0, size);
  memset(values, 0, width); /* the first offset */
  if (column->row_count) {
    memcpy(data, column->validity, (column->row_count + 7) / 8);
    memcpy(values, column->values, (column->row_count + (column->type == TRPT_VALUE_TEXT)) * width);
  }
  column->validity = (unsigned char *)data;
  column->values = values;
  return values + slots * width;
}

static void describe_columns(trpt_arrow_block *block, const trpt_table_info *info) {
  for (uint32_t i = 0; i < info->column_count; i++)
    block->columns[i] = (trpt_arrow_column){.type = info->field(i).type};
}

trpt_status trpt_arrow_block_grow(trpt_arrow_block **block, const trpt_table_info *info, size_t slots,
                                  trpt_arrow_budget *budget) {
  trpt_arrow_block *old = *block;
  const size_t slot_size = slot_size_of(info);
  const uint64_t size =
      sizeof **block + TRPT_ARROW_SLACK + info->column_count * validity_size(slots) + (uint64_t)slots * slot_size;
  void *memory;
  /* The old memory counts until the new one has its values. */
  const trpt_status status = trpt_arrow_allocate(budget, size, &memory);
  if (status != TRPT_OK) return status;
  trpt_arrow_block *grown = memory;
  grown->allocator = *budget->allocator;
  grown->size = (size_t)size;
  grown->slots = slots;
  grown->slot_size = slot_size;
  grown->column_count = info->column_count;
  if (old)
    memcpy(grown->columns, old->columns, sizeof grown->columns);
  else
    describe_columns(grown, info);
  char *data = trpt_arrow_aligned(grown + 1);
  for (uint32_t i = 0; i < info->column_count; i++) data = move_values(&grown->columns[i], data, slots);
  if (old) {
    budget->bytes -= old->size;
    trpt_arrow_release(budget->allocator, old, old->size);
  }
  *block = grown;
  return TRPT_OK;
}

void trpt_arrow_block_free(trpt_arrow_block *block) {
  const trpt_allocator allocator = block->allocator;
  for (uint32_t i = 0; i < block->column_count; i++)
    trpt_arrow_release(&allocator, block->columns[i].text.memory, block->columns[i].text.size);
  trpt_arrow_release(&allocator, block, block->size);
}

void trpt_arrow_block_empty(trpt_arrow_block *block) {
  for (uint32_t i = 0; i < block->column_count; i++) {
    trpt_arrow_column *c = &block->columns[i];
    memset(c->validity, 0, (c->row_count + 7) / 8);
    c->text.len = 0;
    c->row_count = 0;
    c->null_count = 0;
  }
}

size_t trpt_arrow_block_size(const trpt_arrow_block *block) {
  size_t size = block->size;
  for (uint32_t i = 0; i < block->column_count; i++) size += block->columns[i].text.size;
  return size;
}

size_t trpt_arrow_block_used(const trpt_arrow_block *block, size_t row_count) {
  size_t size = row_count * block->slot_size;
  for (uint32_t i = 0; i < block->column_count; i++) size += block->columns[i].text.len;
  return size;
}
