/* SPDX-License-Identifier: MIT */
#include "arrow_column.h"

#include <string.h>

#include "../base/cell_text.h"
#include "../base/copy.h"
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

size_t trpt_arrow_width(trpt_value_type type) { return types[type].width; }

/* ---- text ---- */

static trpt_status grow(trpt_arrow_text *text, uint64_t needed, trpt_arrow_budget *budget) {
  const uint64_t usual = text->capacity ? (uint64_t)text->capacity * 2 : TRPT_ARROW_MIN_TEXT;
  const uint64_t capacity = needed > usual ? needed : usual;
  void *memory;
  /* The old memory counts until the new one has its bytes. */
  const trpt_status status = trpt_arrow_allocate(budget, capacity + TRPT_ARROW_SLACK, &memory);
  if (status != TRPT_OK) return status;
  char *data = trpt_arrow_aligned(memory);
  if (text->len) memcpy(data, text->data, text->len);
  trpt_arrow_release(budget->allocator, text->memory, text->size);
  budget->bytes -= text->size;
  *text = (trpt_arrow_text){memory, (size_t)capacity + TRPT_ARROW_SLACK, data, (size_t)capacity, text->len};
  return TRPT_OK;
}

/* ASCII without NUL, which trpt_cell_copy does not change. Nearly all texts are. */
static bool is_plain(trpt_str text) {
  if (text.len < TRPT_WORD_SIZE) return trpt_word_is_ascii(trpt_word_load_short(text.ptr, text.len));
  const size_t last = text.len - TRPT_WORD_SIZE;
  size_t at = 0;
  while (at < last && trpt_word_is_ascii(trpt_word_load(text.ptr + at))) at += TRPT_WORD_SIZE;
  return at >= last && trpt_word_is_ascii(trpt_word_load(text.ptr + last));
}

/* Makes room for `count` times `len` bytes and one more. The table has room for `count` rows, so that the product fits. */
static inline trpt_status reserve(trpt_arrow_text *text, size_t len, size_t count, trpt_arrow_budget *budget) {
  if (len > budget->limit) return TRPT_E_LIMIT;
  const uint64_t needed = text->len + (uint64_t)len * count + 1;
  return needed <= text->capacity ? TRPT_OK : grow(text, needed, budget);
}

/* Appends a text `count` times. There is room for it. */
static inline void put(trpt_arrow_text *text, trpt_str added, size_t count) {
  char *to = text->data + text->len;
  for (size_t i = 0; i < count; i++, to += added.len) {
    if (added.len <= TRPT_COPY_SHORT)
      trpt_copy_short(to, added.ptr, added.len);
    else
      memcpy(to, added.ptr, added.len);
  }
  text->len += added.len * count;
}

/* Appends a text with the changes of trpt_cell_copy, after a space unless it is the first of its cell. */
static trpt_status append(trpt_arrow_text *text, trpt_str added, bool is_first, trpt_arrow_budget *budget) {
  const bool is_changed = !is_plain(added);
  const trpt_status status = reserve(text, added.len, is_changed ? REPLACEMENT_LEN : 1, budget);
  if (status != TRPT_OK) return status;
  if (!is_first) text->data[text->len++] = ' ';
  if (is_changed)
    text->len += trpt_cell_copy(text->data + text->len, added);
  else
    put(text, added, 1);
  return TRPT_OK;
}

/* Appends the cells of `count` rows. `*len` becomes the length of one. */
static trpt_status append_cells(trpt_arrow_text *text, const trpt_value *value, size_t count, size_t *len,
                                trpt_arrow_budget *budget) {
  const size_t begin = text->len;
  trpt_status status = TRPT_OK;
  for (size_t i = 0; i < value->text_count && status == TRPT_OK; i++)
    status = append(text, value->texts[i], !i, budget);
  *len = text->len - begin;
  if (status == TRPT_OK) status = reserve(text, *len, count - 1, budget);
  if (status == TRPT_OK) put(text, (trpt_str){text->data + begin, *len}, count - 1);
  return status;
}

/* The same for a single text that is plain, as nearly all are. */
static trpt_status append_plain(trpt_arrow_text *text, trpt_str added, size_t count, trpt_arrow_budget *budget) {
  const trpt_status status = reserve(text, added.len, count, budget);
  if (status == TRPT_OK) put(text, added, count);
  return status;
}

/* ---- cells ---- */

/* Stores `count` numbers from number `at` on, each greater by `step` than the one before. */
static void store_32(trpt_arrow_column *column, size_t at, size_t count, int32_t value, int32_t step) {
  char *to = column->values + at * sizeof value;
  for (size_t i = 0; i < count; i++, to += sizeof value, value += step) memcpy(to, &value, sizeof value);
}

static void store_64(trpt_arrow_column *column, size_t count, int64_t value) {
  char *to = column->values + column->row_count * sizeof value;
  for (size_t i = 0; i < count; i++, to += sizeof value) memcpy(to, &value, sizeof value);
}

static void set_valid(trpt_arrow_column *column, size_t row, size_t end) {
  for (; row < end; row++) column->validity[row / 8] |= (unsigned char)(1U << row % 8);
}

/* Ends so many rows. */
static void end_rows(trpt_arrow_column *column, size_t count, bool is_valid) {
  const size_t begin = column->row_count;
  column->row_count += count;
  if (is_valid && column->null_count) set_valid(column, begin, column->row_count);
  if (is_valid) return;
  if (!column->null_count) set_valid(column, 0, begin);
  column->null_count += count;
}

/* Adds a value that is not null. `*len` becomes the length of its text. */
static trpt_status add_present_text(trpt_arrow_text *text, size_t count, const trpt_value *value, size_t *len,
                                    trpt_arrow_budget *budget) {
  *len = value->texts[0].len;
  if (value->text_count == 1 && is_plain(value->texts[0])) return append_plain(text, value->texts[0], count, budget);
  return append_cells(text, value, count, len, budget);
}

static trpt_status add_text(trpt_arrow_column *column, size_t count, const trpt_value *value,
                            trpt_arrow_budget *budget) {
  const size_t begin = column->text.len;
  size_t len = 0;
  const trpt_status status = value->is_null ? TRPT_OK : add_present_text(&column->text, count, value, &len, budget);
  if (status != TRPT_OK) return status;
  /* The budget keeps offsets below 2^31. */
  store_32(column, column->row_count + 1, count, (int32_t)(begin + len), (int32_t)len);
  end_rows(column, count, !value->is_null);
  return TRPT_OK;
}

static void add_number(trpt_arrow_column *column, size_t count, bool is_valid, int64_t number) {
  const int64_t stored = is_valid ? number : 0;
  if (column->type == TRPT_VALUE_INDEX)
    store_32(column, column->row_count, count, (int32_t)stored, 0);
  else
    store_64(column, count, stored);
  end_rows(column, count, is_valid);
}

trpt_status trpt_arrow_column_add(trpt_arrow_column *column, size_t count, const trpt_value *value,
                                  trpt_arrow_budget *budget, uint64_t *overflows) {
  if (column->type == TRPT_VALUE_TEXT) return add_text(column, count, value, budget);
  if (column->type == TRPT_VALUE_TIME) {
    /* Times of reports lie in the years 0 to 9999, whose microseconds fit. */
    add_number(column, count, !value->is_null, value->is_null ? 0 : value->time * 1000000);
    return TRPT_OK;
  }
  const bool is_too_large = !value->is_null && value->number > types[column->type].max;
  if (is_too_large) *overflows += count;
  add_number(column, count, !value->is_null && !is_too_large, (int64_t)value->number);
  return TRPT_OK;
}

void trpt_arrow_column_withdraw(trpt_arrow_column *column, size_t row_count) {
  const size_t end = column->null_count ? column->row_count : row_count;
  for (size_t row = row_count; row < end; row++) {
    const unsigned bit = 1U << row % 8;
    column->null_count -= !(column->validity[row / 8] & bit);
    column->validity[row / 8] &= (unsigned char)~bit;
  }
  column->row_count = row_count;
  if (column->type == TRPT_VALUE_TEXT) {
    int32_t len;
    memcpy(&len, column->values + row_count * sizeof len, sizeof len);
    column->text.len = (size_t)len;
  }
}
