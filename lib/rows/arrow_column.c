/* SPDX-License-Identifier: MIT */
#include "arrow_column.h"

#include <string.h>

#include "../base/cell_text.h"
#include "../base/text.h"

enum { REPLACEMENT_LEN = 3 };

/* How the values of a type are stored. Text has offsets. */
static const struct {
  const char *format;
  size_t width;
  uint64_t max;
} types[] = {
    [TRPT_VALUE_TEXT] = {"u", sizeof(int32_t), 0},
    [TRPT_VALUE_INDEX] = {"i", sizeof(int32_t), INT32_MAX},
    [TRPT_VALUE_COUNT] = {"l", sizeof(int64_t), INT64_MAX},
    [TRPT_VALUE_TIME] = {"tsu:UTC", sizeof(int64_t), 0},
};

const char *trpt_arrow_format(trpt_value_type type) { return types[type].format; }

/* ---- buffers ---- */

static void release_buffer(const trpt_allocator *allocator, const trpt_arrow_buffer *buffer) {
  if (buffer->memory) allocator->release(allocator->user, buffer->memory, buffer->size);
}

/* Grows a buffer to at least `needed` bytes. The old memory counts until the new one has its bytes. */
static trpt_status grow(trpt_arrow_column *column, trpt_arrow_buffer *buffer, size_t needed,
                        trpt_arrow_budget *budget) {
  size_t capacity = buffer->capacity ? buffer->capacity * 2 : TRPT_ARROW_MIN_CAPACITY;
  if (capacity < needed) capacity = needed;
  const size_t size = capacity + TRPT_ARROW_ALIGNMENT - 1;
  if (size > budget->limit - budget->bytes) return TRPT_E_LIMIT;
  char *memory = column->allocator.allocate(column->allocator.user, size);
  if (!memory) return TRPT_E_MEMORY;
  const size_t excess = (uintptr_t)memory % TRPT_ARROW_ALIGNMENT;
  char *data = memory + (excess ? TRPT_ARROW_ALIGNMENT - excess : 0);
  if (buffer->memory) memcpy(data, buffer->data, buffer->capacity);
  release_buffer(&column->allocator, buffer);
  budget->bytes += size;
  budget->bytes -= buffer->size;
  *buffer = (trpt_arrow_buffer){memory, size, data, capacity};
  return TRPT_OK;
}

static trpt_status reserve(trpt_arrow_column *column, int buffer, size_t needed, trpt_arrow_budget *budget) {
  trpt_arrow_buffer *b = &column->buffers[buffer];
  return needed <= b->capacity ? TRPT_OK : grow(column, b, needed, budget);
}

/* ---- columns ---- */

trpt_status trpt_arrow_column_new(trpt_arrow_column **out, const trpt_allocator *allocator, trpt_value_type type,
                                  trpt_arrow_budget *budget) {
  trpt_arrow_column *column = allocator->allocate(allocator->user, sizeof *column);
  *out = column;
  if (!column) return TRPT_E_MEMORY;
  memset(column, 0, sizeof *column);
  column->allocator = *allocator;
  column->type = type;
  const int end = type == TRPT_VALUE_TEXT ? TRPT_ARROW_TEXT : TRPT_ARROW_VALUES;
  trpt_status status = TRPT_OK;
  for (int i = 0; i <= end && status == TRPT_OK; i++) status = reserve(column, i, TRPT_ARROW_MIN_CAPACITY, budget);
  if (status == TRPT_OK) memset(column->buffers[TRPT_ARROW_VALUES].data, 0, sizeof(int32_t)); /* the first offset */
  return status;
}

void trpt_arrow_column_free(trpt_arrow_column *column) {
  const trpt_allocator allocator = column->allocator;
  for (int i = 0; i < TRPT_ARROW_BUFFERS; i++) release_buffer(&allocator, &column->buffers[i]);
  allocator.release(allocator.user, column, sizeof *column);
}

/* Writes the bit of a row. The bits of later rows in the same byte become 0. */
static void set_valid(trpt_arrow_column *column, size_t row, bool is_valid) {
  unsigned char *byte = (unsigned char *)column->buffers[TRPT_ARROW_VALIDITY].data + row / 8;
  const unsigned bit = 1U << row % 8;
  *byte = (unsigned char)((*byte & (bit - 1)) | (is_valid ? bit : 0));
  column->now.null_count += !is_valid;
}

/* Appends a text with the changes of trpt_cell_copy, after a space unless it is the first of its cell. */
static trpt_status add_text(trpt_arrow_column *column, trpt_str text, bool is_first, trpt_arrow_budget *budget) {
  const bool is_plain = trpt_word_printable(text.ptr, text.len, '\x7F', '\x7F') == text.len;
  const size_t separator = is_first ? 0 : 1;
  const size_t before = column->now.text_len + separator;
  if (text.len > budget->limit / REPLACEMENT_LEN) return TRPT_E_LIMIT;
  const size_t most = text.len * (is_plain ? 1 : REPLACEMENT_LEN);
  const trpt_status status = reserve(column, TRPT_ARROW_TEXT, before + most, budget);
  if (status != TRPT_OK) return status;
  char *to = column->buffers[TRPT_ARROW_TEXT].data + before;
  if (separator) to[-1] = ' ';
  if (is_plain) memcpy(to, text.ptr, text.len);
  column->now.text_len = before + (is_plain ? text.len : trpt_cell_copy(to, text));
  return TRPT_OK;
}

static trpt_status add_texts(trpt_arrow_column *column, const trpt_value *value, trpt_arrow_budget *budget) {
  trpt_status status = TRPT_OK;
  for (size_t i = 0; i < value->text_count && status == TRPT_OK; i++)
    status = add_text(column, value->texts[i], !i, budget);
  return status;
}

static void store_32(trpt_arrow_column *column, size_t at, int32_t value) {
  memcpy(column->buffers[TRPT_ARROW_VALUES].data + at * sizeof value, &value, sizeof value);
}

static void store_64(trpt_arrow_column *column, size_t at, int64_t value) {
  memcpy(column->buffers[TRPT_ARROW_VALUES].data + at * sizeof value, &value, sizeof value);
}

trpt_status trpt_arrow_column_add(trpt_arrow_column *column, size_t row, const trpt_value *value,
                                  trpt_arrow_budget *budget, uint64_t *overflows) {
  const bool is_number = column->type == TRPT_VALUE_INDEX || column->type == TRPT_VALUE_COUNT;
  const bool is_too_large = is_number && !value->is_null && value->number > types[column->type].max;
  const bool is_valid = !value->is_null && !is_too_large;
  /* Offsets are one more than rows. */
  trpt_status status = reserve(column, TRPT_ARROW_VALUES, (row + 2) * types[column->type].width, budget);
  if (status == TRPT_OK) status = reserve(column, TRPT_ARROW_VALIDITY, row / 8 + 1, budget);
  if (status == TRPT_OK && is_valid && column->type == TRPT_VALUE_TEXT) status = add_texts(column, value, budget);
  if (status != TRPT_OK) return status;
  set_valid(column, row, is_valid);
  *overflows += is_too_large;
  switch (column->type) {
  /* The budget keeps offsets below 2^31. */
  case TRPT_VALUE_TEXT: store_32(column, row + 1, (int32_t)column->now.text_len); break;
  case TRPT_VALUE_INDEX: store_32(column, row, is_valid ? (int32_t)value->number : 0); break;
  case TRPT_VALUE_COUNT: store_64(column, row, is_valid ? (int64_t)value->number : 0); break;
  /* Times of reports lie in the years 0 to 9999, whose microseconds fit. */
  default: store_64(column, row, is_valid ? value->time * 1000000 : 0);
  }
  return TRPT_OK;
}

/* ---- export ---- */

static void release_array(struct ArrowArray *array) {
  trpt_arrow_column_free(array->private_data);
  array->release = NULL;
}

void trpt_arrow_column_export(trpt_arrow_column *column, size_t length, struct ArrowArray *out) {
  const bool is_text = column->type == TRPT_VALUE_TEXT;
  for (int i = 0; i < TRPT_ARROW_BUFFERS; i++) column->exported[i] = column->buffers[i].data;
  if (!column->committed.null_count) column->exported[TRPT_ARROW_VALIDITY] = NULL;
  *out = (struct ArrowArray){.length = (int64_t)length,
                             .null_count = column->committed.null_count,
                             .n_buffers = is_text ? TRPT_ARROW_BUFFERS : TRPT_ARROW_BUFFERS - 1,
                             .buffers = column->exported,
                             .release = release_array,
                             .private_data = column};
}
