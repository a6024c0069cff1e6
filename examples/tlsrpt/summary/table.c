/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../lib/base/utf8.h"
#include "../allocate.h"

uint64_t counts_sum(uint64_t a, uint64_t b) { return a > UINT64_MAX - b ? UINT64_MAX : a + b; }

void counts_add(counts *sum, const counts *more) {
  sum->successful = counts_sum(sum->successful, more->successful);
  sum->failed = counts_sum(sum->failed, more->failed);
  sum->entries = counts_sum(sum->entries, more->entries);
  if (*more->first && (!*sum->first || strcmp(more->first, sum->first) < 0))
    memcpy(sum->first, more->first, sizeof sum->first);
  if (strcmp(more->last, sum->last) > 0) memcpy(sum->last, more->last, sizeof sum->last);
}

void table_begin(table *t, int columns, size_t max_rows) {
  *t = (table){.columns = columns, .max_rows = max_rows};
  t->slot_count = 64;
  t->slots = allocate_zeros(t->slot_count, sizeof *t->slots);
  if (getentropy(&t->seed, sizeof t->seed)) t->seed = (uint64_t)(uintptr_t)t->slots;
}

void table_end(table *t) {
  for (size_t i = 0; i < t->count; i++) free(t->rows[i]);
  free(t->rows);
  free(t->slots);
}

/* The seed keeps attackers, who choose the keys, from causing collisions. */
static uint64_t hash(const table *t, const char *key, size_t len) {
  uint64_t h = t->seed;
  for (size_t i = 0; i < len; i++) {
    h = (h ^ (unsigned char)key[i]) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 32;
  }
  return h;
}

static uint32_t *find_slot(const table *t, const char *key, size_t len) {
  size_t i = (size_t)hash(t, key, len) & (t->slot_count - 1);
  while (t->slots[i]) {
    const table_row *row = t->rows[t->slots[i] - 1];
    if (row->key_len == len && memcmp(row->key, key, len) == 0) break;
    i = (i + 1) & (t->slot_count - 1);
  }
  return &t->slots[i];
}

static void grow(table *t) {
  if (t->count == t->capacity) {
    t->capacity = t->capacity ? t->capacity * 2 : 64;
    t->rows = reallocate(t->rows, t->capacity, sizeof(table_row *));
  }
  if (t->count * 2 < t->slot_count) return;
  free(t->slots);
  t->slot_count *= 2;
  t->slots = allocate_zeros(t->slot_count, sizeof *t->slots);
  for (size_t i = 0; i < t->count; i++) *find_slot(t, t->rows[i]->key, t->rows[i]->key_len) = (uint32_t)i + 1;
}

size_t table_truncated_len(trpt_str text, size_t max) {
  if (text.len <= max) return text.len;
  while (max && ((unsigned char)text.ptr[max] & 0xC0) == 0x80) max--;
  return max;
}

/* Adds a column and its NUL. NUL bytes within it are replaced, because they separate columns. A value read back from a
   table is not changed when it is added again. */
static size_t add_column(char *out, trpt_str value) {
  static const char replacement[] = TRPT_UTF8_REPLACEMENT;
  size_t used = 0;
  for (size_t at = 0; at < value.len;) {
    const char *nul = memchr(value.ptr + at, '\0', value.len - at);
    const size_t run = nul ? (size_t)(nul - value.ptr) - at : value.len - at;
    const size_t len = table_truncated_len((trpt_str){value.ptr + at, run}, TABLE_VALUE_MAX_LEN - used);
    memcpy(out + used, value.ptr + at, len);
    used += len;
    if (len < run || (nul && TABLE_VALUE_MAX_LEN - used < sizeof replacement - 1)) break;
    if (nul) {
      memcpy(out + used, replacement, sizeof replacement - 1);
      used += sizeof replacement - 1;
    }
    at += run + 1;
  }
  out[used++] = '\0';
  return used;
}

static void add(table *t, const trpt_str *columns, const counts *more, uint64_t serial) {
  char key[TABLE_COLUMNS_MAX * (TABLE_VALUE_MAX_LEN + 1)];
  size_t len = 0;
  for (int i = 0; i < t->columns; i++) len += add_column(key + len, columns[i]);
  grow(t);
  uint32_t *slot = find_slot(t, key, len);
  if (*slot) {
    table_row *row = t->rows[*slot - 1];
    if (serial && row->serial == serial) return;
    row->serial = serial;
    counts_add(&row->counts, more);
    return;
  }
  if (t->count == t->max_rows) {
    counts_add(&t->other, more);
    t->other_keys++;
    return;
  }
  table_row *row = reallocate(NULL, 1, sizeof *row + len);
  *row = (table_row){.serial = serial, .key_len = (uint32_t)len};
  memcpy(row->key, key, len);
  counts_add(&row->counts, more);
  t->rows[t->count++] = row;
  *slot = (uint32_t)t->count;
}

void table_add(table *t, const trpt_str *columns, const counts *more) { add(t, columns, more, 0); }

void table_add_once(table *t, const trpt_str *columns, const counts *more, uint64_t serial) {
  add(t, columns, more, serial);
}

static int compare(const void *a, const void *b) {
  const table_row *left = *(table_row *const *)a;
  const table_row *right = *(table_row *const *)b;
  const size_t len = left->key_len < right->key_len ? left->key_len : right->key_len;
  const int order = memcmp(left->key, right->key, len);
  return order ? order : (left->key_len > right->key_len) - (left->key_len < right->key_len);
}

void table_sort(table *t) {
  if (t->count) qsort(t->rows, t->count, sizeof(table_row *), compare);
}

const char *table_column(const table_row *row, int column) {
  const char *at = row->key;
  while (column--) at += strlen(at) + 1;
  return at;
}

static int compare_columns(const table_row *row, const char *const *values, int columns) {
  for (int i = 0; i < columns; i++) {
    const int order = strcmp(table_column(row, i), values[i]);
    if (order) return order;
  }
  return 0;
}

/* Returns the index of the first row that is not less than the values, or with `after` the first that is greater. */
static size_t search(const table *t, const char *const *values, int columns, bool after) {
  size_t low = 0;
  size_t high = t->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int order = compare_columns(t->rows[middle], values, columns);
    if (order < 0 || (after && order == 0))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

table_slice table_find(const table *t, const char *const *values, int columns) {
  const size_t begin = search(t, values, columns, false);
  /* `rows` of an empty table is NULL, and adding even 0 to it would be undefined. */
  return (table_slice){begin ? t->rows + begin : t->rows, search(t, values, columns, true) - begin};
}
