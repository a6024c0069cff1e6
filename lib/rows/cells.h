/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CELLS_H
#define TRPT_LIB_CELLS_H

/* How rows are written as text, docs/rows.md. */

#include "../base/output.h"
#include "columns.h"

typedef struct trpt_cell_format {
  /* One of cell_text.h. */
  void (*text)(trpt_output *output, const trpt_str *texts, size_t count);
  bool is_named;      /* every cell follows the name of its column, so there is no header */
  trpt_str separator; /* of cells without names */
  trpt_str null;
  trpt_str end;
} trpt_cell_format;

/* By trpt_rows_format. */
enum { TRPT_CELL_FORMAT_COUNT = 3 };
extern const trpt_cell_format trpt_cell_formats[TRPT_CELL_FORMAT_COUNT];

/* Writes one cell, without what precedes it. */
void trpt_cell_write(trpt_output *output, const trpt_cell_format *format, trpt_value_type type,
                     const trpt_value *value);

#endif
