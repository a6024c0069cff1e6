/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_ARROW_CELLS_H
#define TRPT_TESTS_ARROW_CELLS_H

/* Reads tables of the Arrow C Data Interface and compares their cells with JSON objects. It shares no code with the library. Tests and
   a fuzz target use it. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tlsrpt/rows.h>

typedef struct arrow_comparison {
  uint64_t cells;       /* compared */
  uint64_t overflows;   /* null in Arrow, since the number in JSON is above what the type holds */
  char difference[512]; /* the first one; "" if there is none */
} arrow_comparison;

/* Checks the structure of a table: lengths, buffers, alignment, offsets and null counts. Returns false with a difference. */
bool arrow_is_sound(arrow_comparison *c, const struct ArrowSchema *schema, const struct ArrowArray *array);

/* Compares a row with a flat JSON object of the same names. Columns that the object lacks are skipped, unless `is_complete`. A
   line or column of 0 is null. Returns false with a difference. */
bool arrow_row_equals(arrow_comparison *c, const struct ArrowSchema *schema, const struct ArrowArray *array,
                      int64_t row, const char *json, size_t len, bool is_complete);

/* The index of a column, or -1. */
int64_t arrow_find(const struct ArrowSchema *schema, const char *name);
bool arrow_is_null(const struct ArrowArray *column, int64_t row);
trpt_str arrow_text(const struct ArrowArray *column, int64_t row);
int64_t arrow_number(const struct ArrowSchema *type, const struct ArrowArray *column, int64_t row);

#endif
