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

/* Removes all but the first `row_count` rows. */
void trpt_arrow_column_withdraw(trpt_arrow_column *column, size_t row_count);

/* Gives the column so many rows. Those that it does not have yet are null. */
void trpt_arrow_column_end(trpt_arrow_column *column, size_t row_count);

/* These add row number `row` with a value. Nulls are not stored: the rows before the next value, and those before
   trpt_arrow_column_end, become null. After TRPT_E_LIMIT or TRPT_E_MEMORY, withdraw. */

/* The text is not absent. */
trpt_status trpt_arrow_column_add_text(trpt_arrow_column *column, size_t row, trpt_str text, trpt_arrow_budget *budget);

/* At least one text. */
trpt_status trpt_arrow_column_add_list(trpt_arrow_column *column, size_t row, const trpt_str *list, size_t count,
                                       trpt_arrow_budget *budget);

/* A number of the column's type; microseconds of a time. */
void trpt_arrow_column_add_number(trpt_arrow_column *column, size_t row, int64_t number);

/* Adds `count` more rows with the value of the last one, which is not null. */
trpt_status trpt_arrow_column_repeat(trpt_arrow_column *column, size_t count, trpt_arrow_budget *budget);

#endif
