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

/* Copies eight bytes. Returns whether they are ASCII without NUL. */
static inline bool copy_word(char *to, const char *from) {
  const uint64_t word = trpt_word_load(from);
  memcpy(to, &word, sizeof word);
  return trpt_word_is_ascii(word);
}

/* Copies a text that trpt_cell_copy does not change: ASCII without NUL, as nearly all texts are. Returns false for others. */
static inline bool copy_plain(char *to, trpt_str text) {
  if (text.len < TRPT_WORD_SIZE) {
    trpt_copy_short(to, text.ptr, text.len);
    return trpt_word_is_ascii(trpt_word_load_short(text.ptr, text.len));
  }
  const size_t last = text.len - TRPT_WORD_SIZE;
  for (size_t at = 0; at < last; at += TRPT_WORD_SIZE)
    if (!copy_word(to + at, text.ptr + at)) return false;
  return copy_word(to + last, text.ptr + last);
}

/* Makes room for `count` times `len` bytes and one more. The table has room for `count` rows, so that the product fits. */
static inline trpt_status reserve(trpt_arrow_text *text, size_t len, size_t count, trpt_arrow_budget *budget) {
  if (len > budget->limit) return TRPT_E_LIMIT;
  const uint64_t needed = text->len + (uint64_t)len * count + 1;
  return needed <= text->capacity ? TRPT_OK : grow(text, needed, budget);
}

/* Appends a text with the changes of trpt_cell_copy, after a space unless it is the first of its cell. */
static inline trpt_status append(trpt_arrow_text *text, trpt_str added, bool is_first, trpt_arrow_budget *budget) {
  trpt_status status = reserve(text, added.len, 1, budget);
  if (status != TRPT_OK) return status;
  if (!is_first) text->data[text->len++] = ' ';
  if (copy_plain(text->data + text->len, added)) {
    text->len += added.len;
    return TRPT_OK;
  }
  status = reserve(text, added.len, REPLACEMENT_LEN, budget);
  if (status == TRPT_OK) text->len += trpt_cell_copy(text->data + text->len, added);
  return status;
}

/* Appends the last `len` bytes `count` times more. */
static trpt_status repeat(trpt_arrow_text *text, size_t len, size_t count, trpt_arrow_budget *budget) {
  const trpt_status status = reserve(text, len, count, budget);
  if (status != TRPT_OK) return status;
  for (size_t i = 0; i < count; i++, text->len += len) {
    char *to = text->data + text->len;
    if (len <= TRPT_COPY_SHORT)
      trpt_copy_short(to, to - len, len);
    else
      memcpy(to, to - len, len);
  }
  return TRPT_OK;
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

/* Ends so many rows that are not null. */
static void end_rows(trpt_arrow_column *column, size_t count) {
  size_t row = column->row_count;
  column->row_count += count;
  if (!column->null_count) return;
  for (; row < column->row_count; row++) column->validity[row / 8] |= (unsigned char)(1U << row % 8);
}

void trpt_arrow_column_end(trpt_arrow_column *column, size_t row_count) {
  const size_t begin = column->row_count;
  const size_t count = row_count - begin;
  const size_t width = trpt_arrow_width(column->type);
  if (!count) return;
  if (!column->null_count) {
    memset(column->validity, 0xFF, begin / 8);
    column->validity[begin / 8] = (unsigned char)((1U << begin % 8) - 1);
  }
  if (column->type == TRPT_VALUE_TEXT)
    store_32(column, begin + 1, count, (int32_t)column->text.len, 0);
  else
    memset(column->values + begin * width, 0, count * width);
  column->row_count = row_count;
  column->null_count += count;
}

static trpt_status add_text(trpt_arrow_column *column, size_t count, const trpt_value *value,
                            trpt_arrow_budget *budget) {
  trpt_arrow_text *text = &column->text;
  const size_t begin = text->len;
  trpt_status status = append(text, value->texts[0], true, budget);
  for (size_t i = 1; i < value->text_count && status == TRPT_OK; i++)
    status = append(text, value->texts[i], false, budget);
  const size_t len = text->len - begin;
  if (status == TRPT_OK && count > 1) status = repeat(text, len, count - 1, budget);
  if (status != TRPT_OK) return status;
  /* The budget keeps offsets below 2^31. */
  store_32(column, column->row_count + 1, count, (int32_t)(begin + len), (int32_t)len);
  end_rows(column, count);
  return TRPT_OK;
}

static void add_number(trpt_arrow_column *column, size_t count, int64_t number) {
  if (column->type == TRPT_VALUE_INDEX)
    store_32(column, column->row_count, count, (int32_t)number, 0);
  else
    store_64(column, count, number);
  end_rows(column, count);
}

trpt_status trpt_arrow_column_add(trpt_arrow_column *column, size_t row, size_t count, const trpt_value *value,
                                  trpt_arrow_budget *budget, uint64_t *overflows) {
  if (value->is_null) return TRPT_OK;
  if (column->row_count < row) trpt_arrow_column_end(column, row);
  if (column->type == TRPT_VALUE_TEXT) return add_text(column, count, value, budget);
  /* Times of reports lie in the years 0 to 9999, whose microseconds fit. */
  if (column->type == TRPT_VALUE_TIME)
    add_number(column, count, value->time * 1000000);
  else if (value->number <= types[column->type].max)
    add_number(column, count, (int64_t)value->number);
  else
    *overflows += count;
  return TRPT_OK;
}

void trpt_arrow_column_withdraw(trpt_arrow_column *column, size_t row_count) {
  if (column->row_count > row_count) {
    const size_t end = column->null_count ? column->row_count : row_count;
    for (size_t row = row_count; row < end; row++) {
      const unsigned bit = 1U << row % 8;
      column->null_count -= !(column->validity[row / 8] & bit);
      column->validity[row / 8] &= (unsigned char)~bit;
    }
    column->row_count = row_count;
  }
  if (column->type == TRPT_VALUE_TEXT) {
    int32_t len;
    memcpy(&len, column->values + column->row_count * sizeof len, sizeof len);
    column->text.len = (size_t)len;
  }
}
