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
} types[] = {
    [TRPT_VALUE_TEXT] = {"u", sizeof(int32_t)},
    [TRPT_VALUE_INDEX] = {"i", sizeof(int32_t)},
    [TRPT_VALUE_COUNT] = {"l", sizeof(int64_t)},
    [TRPT_VALUE_TIME] = {"tsu:UTC", sizeof(int64_t)},
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

/* Appends a text that is plain. Returns false if it is not, or if there is no room for it. */
static inline bool append_plain(trpt_arrow_text *text, trpt_str added) {
  const size_t len = text->len;
  if (added.len >= text->capacity - len || !copy_plain(text->data + len, added)) return false;
  text->len = len + added.len;
  return true;
}

/* Makes room for `count` times `len` bytes and one more. The table has room for `count` rows, so that the product fits. */
static trpt_status reserve(trpt_arrow_text *text, size_t len, size_t count, trpt_arrow_budget *budget) {
  if (len > budget->limit) return TRPT_E_LIMIT;
  const uint64_t needed = text->len + (uint64_t)len * count + 1;
  return needed <= text->capacity ? TRPT_OK : grow(text, needed, budget);
}

/* Appends a text with the changes of trpt_cell_copy. */
static trpt_status append(trpt_arrow_text *text, trpt_str added, trpt_arrow_budget *budget) {
  trpt_status status = reserve(text, added.len, 1, budget);
  if (status != TRPT_OK || append_plain(text, added)) return status;
  status = reserve(text, added.len, REPLACEMENT_LEN, budget);
  if (status == TRPT_OK) text->len += trpt_cell_copy(text->data + text->len, added);
  return status;
}

/* ---- cells ---- */

static inline void store_32(trpt_arrow_column *column, size_t at, int32_t number) {
  memcpy(column->values + at * sizeof number, &number, sizeof number);
}

static inline void store_64(trpt_arrow_column *column, size_t at, int64_t number) {
  memcpy(column->values + at * sizeof number, &number, sizeof number);
}

/* Stores the end of the text of a row. The budget keeps offsets below 2^31. */
static inline void store_offset(trpt_arrow_column *column, size_t row) {
  store_32(column, row + 1, (int32_t)column->text.len);
}

static inline void set_valid(trpt_arrow_column *column, size_t row) {
  column->validity[row / 8] |= (unsigned char)(1U << row % 8);
}

/* Ends a row that is not null. */
static inline void end_row(trpt_arrow_column *column, size_t row) {
  column->row_count = row + 1;
  if (column->null_count) set_valid(column, row);
}

static inline void end_text(trpt_arrow_column *column, size_t row) {
  store_offset(column, row);
  end_row(column, row);
}

static size_t offset_of(const trpt_arrow_column *column, size_t row) {
  int32_t offset;
  memcpy(&offset, column->values + row * sizeof offset, sizeof offset);
  return (size_t)offset;
}

void trpt_arrow_column_end(trpt_arrow_column *column, size_t row_count) {
  const size_t begin = column->row_count;
  const size_t count = row_count - begin;
  const size_t width = trpt_arrow_width(column->type);
  if (!count) return;
  if (!column->null_count) {
    memset(column->validity, 0xFF, begin / 8);
    for (size_t row = begin / 8 * 8; row < begin; row++) set_valid(column, row);
  }
  if (column->type == TRPT_VALUE_TEXT)
    for (size_t row = begin; row < row_count; row++) store_offset(column, row);
  else
    memset(column->values + begin * width, 0, count * width);
  column->row_count = row_count;
  column->null_count += count;
}

/* Adds any text. */
static trpt_status add_any_text(trpt_arrow_column *column, size_t row, trpt_str text, trpt_arrow_budget *budget) {
  return trpt_arrow_column_add_list(column, row, &text, 1, budget);
}

trpt_status trpt_arrow_column_add_text(trpt_arrow_column *column, size_t row, trpt_str text,
                                       trpt_arrow_budget *budget) {
  if (column->row_count < row || !append_plain(&column->text, text)) return add_any_text(column, row, text, budget);
  end_text(column, row);
  return TRPT_OK;
}

trpt_status trpt_arrow_column_add_list(trpt_arrow_column *column, size_t row, const trpt_str *list, size_t count,
                                       trpt_arrow_budget *budget) {
  trpt_arrow_column_end(column, row);
  trpt_status status = append(&column->text, list[0], budget);
  for (size_t i = 1; i < count && status == TRPT_OK; i++) {
    column->text.data[column->text.len++] = ' '; /* there is always room for one more byte */
    status = append(&column->text, list[i], budget);
  }
  if (status == TRPT_OK) end_text(column, row);
  return status;
}

void trpt_arrow_column_add_number(trpt_arrow_column *column, size_t row, int64_t number) {
  if (column->row_count < row) trpt_arrow_column_end(column, row);
  if (column->type == TRPT_VALUE_INDEX)
    store_32(column, row, (int32_t)number);
  else
    store_64(column, row, number);
  end_row(column, row);
}

/* Repeats the last `len` bytes. */
static void repeat(char *to, size_t len, size_t count) {
  for (; count; count--, to += len) {
    if (len <= TRPT_COPY_SHORT)
      trpt_copy_short(to, to - len, len);
    else
      memcpy(to, to - len, len);
  }
}

/* Repeats the text of the last row, with its offsets. */
static trpt_status repeat_text(trpt_arrow_column *column, size_t count, trpt_arrow_budget *budget) {
  trpt_arrow_text *text = &column->text;
  const size_t len = text->len - offset_of(column, column->row_count - 1);
  const trpt_status status = reserve(text, len, count, budget);
  if (status != TRPT_OK) return status;
  repeat(text->data + text->len, len, count);
  for (size_t i = 1; i <= count; i++) {
    text->len += len;
    store_offset(column, column->row_count + i - 1);
  }
  return TRPT_OK;
}

trpt_status trpt_arrow_column_repeat(trpt_arrow_column *column, size_t count, trpt_arrow_budget *budget) {
  const size_t width = trpt_arrow_width(column->type);
  trpt_status status = TRPT_OK;
  if (column->type == TRPT_VALUE_TEXT)
    status = repeat_text(column, count, budget);
  else
    repeat(column->values + column->row_count * width, width, count);
  for (size_t i = 0; column->null_count && i < count; i++) set_valid(column, column->row_count + i);
  column->row_count += count;
  return status;
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
  if (column->type == TRPT_VALUE_TEXT) column->text.len = offset_of(column, column->row_count);
}
