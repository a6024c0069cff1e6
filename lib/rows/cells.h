/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CELLS_H
#define TRPT_LIB_CELLS_H

/* The text formats of rows, docs/rows.md. */

#include "../base/output.h"
#include "columns.h"

typedef struct trpt_cell_format {
  /* A function of cell_text.h. */
  void (*text)(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard);
  bool is_named;      /* cells have the names of their columns, so there is no header row */
  trpt_str separator; /* between cells without names */
  trpt_str null;
  trpt_str end;
} trpt_cell_format;

/* Indexed by trpt_rows_format. */
enum { TRPT_CELL_FORMAT_COUNT = 3 };
extern const trpt_cell_format trpt_cell_formats[TRPT_CELL_FORMAT_COUNT];

/* Writes one cell, without the separator or name before it. */
void trpt_cell_write(trpt_output *output, const trpt_cell_format *format, bool has_guard, const trpt_value *value);

#endif
