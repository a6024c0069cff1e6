/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_TABLE_H
#define TLSRPT_SUMMARY_TABLE_H

/* Counts by key. A key is a few strings, the columns of the table; two tables of the same columns can be added. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tlsrpt/status.h>

enum { TABLE_COLUMNS = 5, TABLE_VALUE_MAX = 255, TABLE_DAY_SIZE = 11 };

typedef struct counts {
  uint64_t successful; /* sessions; sums stop at 2^64-1 */
  uint64_t failed;
  uint64_t entries;           /* policies, failures or reports, as the table has them */
  char first[TABLE_DAY_SIZE]; /* "2026-03-01"; "" where no day is known */
  char last[TABLE_DAY_SIZE];
} counts;

typedef struct table_row {
  counts counts;
  uint64_t serial; /* of the last report for table_add_once */
  uint32_t key_len;
  char key[]; /* the columns, with a NUL behind each */
} table_row;

typedef struct table {
  int columns;
  size_t cap; /* rows; what has a key beyond them is added to `other` */
  size_t count;
  table_row **rows; /* in the order in which they came, until table_sort */
  size_t capacity;
  uint32_t *slots; /* hash: number of the row + 1 */
  size_t slot_count;
  uint64_t seed; /* of the hash */
  counts other;
  uint64_t other_keys; /* how often something was added there */
} table;

void table_begin(table *t, int columns, size_t cap);
void table_end(table *t);

/* Ends the command where there is no memory. A column is cut to TABLE_VALUE_MAX bytes; NUL in it becomes U+FFFD. */
void table_add(table *t, const trpt_str *columns, const counts *more);

/* The same, but a key once only for each serial, which is not 0. */
void table_add_once(table *t, const trpt_str *columns, const counts *more, uint64_t serial);

/* So much of a text that it has at most `max` bytes and ends with a character. */
size_t table_cut(trpt_str text, size_t max);

/* Rows by key, column by column. Nothing may be added any more. */
void table_sort(table *t);

const char *table_column(const table_row *row, int column);

/* Of a sorted table: the rows whose first `columns` columns are these. */
typedef struct table_slice {
  table_row *const *rows;
  size_t count;
} table_slice;
table_slice table_find(const table *t, const char *const *values, int columns);

void counts_add(counts *sum, const counts *more);

/* The sum, which stops at 2^64-1. */
uint64_t counts_sum(uint64_t a, uint64_t b);

#endif
