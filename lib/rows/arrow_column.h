/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_COLUMN_H
#define TRPT_LIB_ARROW_COLUMN_H

/* The cells of one column, in the layout of the Arrow columnar format. */

#include <tlsrpt/rows.h>

#include "arrow_memory.h"
#include "columns.h"

typedef struct trpt_arrow_text {
  void *memory; /* NULL before the first text that is not empty */
  size_t size;  /* of `memory` */
  char *data;   /* aligned */
  size_t capacity;
  size_t len;
} trpt_arrow_text;

typedef struct trpt_arrow_column {
  trpt_value_type type;
  /* Of the table, which sees to it that they have room. */
  unsigned char *validity; /* a bit for each row, and 0 after the last one; unused without nulls */
  char *values;            /* numbers; or the offsets of text, which are one more than rows */
  trpt_arrow_text text;
  size_t row_count; /* up to the last value, or more */
  size_t null_count;
} trpt_arrow_column;

/* "u" and the like, of static lifetime. */
const char *trpt_arrow_format(trpt_value_type type);

/* The size of a number or offset. */
size_t trpt_arrow_width(trpt_value_type type);

/* Adds `count` rows with the same value from row number `row` on. Nulls are not stored: the rows before the next value, and
   those before trpt_arrow_column_end, become null. Adds `count` to `*overflows` for a value that becomes null because the type
   cannot hold it. After TRPT_E_LIMIT or TRPT_E_MEMORY, withdraw. */
trpt_status trpt_arrow_column_add(trpt_arrow_column *column, size_t row, size_t count, const trpt_value *value,
                                  trpt_arrow_budget *budget, uint64_t *overflows);

/* Gives the column so many rows. Those that it does not have yet are null. */
void trpt_arrow_column_end(trpt_arrow_column *column, size_t row_count);

/* Removes all but the first `row_count` rows. */
void trpt_arrow_column_withdraw(trpt_arrow_column *column, size_t row_count);

#endif
