/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_TABLE_H
#define TLSRPT_SUMMARY_TABLE_H

/* Counts by key. A key consists of a few strings, the columns. Tables with the same columns can be added. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tlsrpt/status.h>

#include "../day.h"

enum { TABLE_COLUMNS_MAX = 5, TABLE_VALUE_MAX_LEN = 255 };

typedef struct counts {
  uint64_t successful; /* sessions, if the table has them; all sums are capped at 2^64-1 */
  uint64_t failed;
  uint64_t entries;     /* policies, failures or reports, depending on the table */
  char first[DAY_SIZE]; /* "2026-03-01"; "" if no day is known */
  char last[DAY_SIZE];
} counts;

typedef struct table_row {
  counts counts;
  uint64_t serial; /* of the last report, for table_add_once */
  uint32_t key_len;
  char key[]; /* the columns, each followed by a NUL */
} table_row;

typedef struct table {
  int columns;
  size_t max_rows; /* counts for further keys are added to `other` */
  size_t count;
  table_row **rows; /* in the order of arrival, until table_sort */
  size_t capacity;
  uint32_t *slots; /* hash table of row indexes + 1; 0: free */
  size_t slot_count;
  uint64_t seed; /* of the hash */
  counts other;
  uint64_t other_keys; /* number of additions to `other` */
} table;

void table_begin(table *t, int columns, size_t max_rows);
void table_end(table *t);

/* Adds counts to the row with these columns. A column is truncated to TABLE_VALUE_MAX_LEN bytes, and a NUL in it
   becomes U+FFFD. Ends the command if memory is exhausted. */
void table_add(table *t, const trpt_str *columns, const counts *more);

/* Like table_add, but adds to a row only once per serial, which must not be 0. Equal serials must follow each other. */
void table_add_once(table *t, const trpt_str *columns, const counts *more, uint64_t serial);

/* Returns the length of a text truncated to at most `max` bytes, at the end of a character. */
size_t table_truncated_len(trpt_str text, size_t max);

/* Sorts the rows by their columns. Add nothing afterwards. */
void table_sort(table *t);

const char *table_column(const table_row *row, int column);

/* The rows of a sorted table whose first `columns` columns have these values. */
typedef struct table_slice {
  table_row *const *rows;
  size_t count;
} table_slice;
table_slice table_find(const table *t, const char *const *values, int columns);

void counts_add(counts *sum, const counts *more);

/* Returns the sum, capped at 2^64-1. */
uint64_t counts_sum(uint64_t a, uint64_t b);

#endif
