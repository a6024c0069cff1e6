/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TABLES_H
#define TRPT_LIB_TABLES_H

/* The tables of a batch: their columns, and the values of a record. */

#include <stdbool.h>

#include <tlsrpt/rows.h>

#include "columns.h"

enum { TRPT_TABLE_COUNT = 3 };

/* No table has more columns than the rows. */
enum { TRPT_TABLE_MAX_COLUMNS = TRPT_COLUMN_COUNT };

/* The record of a row of TRPT_TABLE_DIAGNOSTICS. */
typedef struct trpt_diagnostic_record {
  trpt_str source;
  trpt_str report_key; /* absent for an item that could not be read */
  const trpt_diagnostic *diagnostic;
} trpt_diagnostic_record;

/* The record of a row of TRPT_TABLE_BAD. */
typedef struct trpt_bad_record {
  trpt_str source;
  trpt_str status;
  const trpt_error *error;
} trpt_bad_record;

typedef struct trpt_table_field {
  trpt_str name; /* followed by a NUL, of static lifetime */
  trpt_value_type type;
  trpt_scope scope;
  bool is_nullable;
} trpt_table_field;

typedef struct trpt_table_info {
  uint32_t column_count;
  trpt_table_field (*field)(uint32_t column);
  /* In a record, which is a trpt_row, trpt_diagnostic_record or trpt_bad_record. Only a trpt_row has kinds. */
  trpt_origin (*origin)(uint32_t column, trpt_row_kind kind);
} trpt_table_info;

/* Indexed by trpt_table. */
extern const trpt_table_info trpt_tables[TRPT_TABLE_COUNT];

static inline bool trpt_table_is_valid(trpt_table table) { return table >= 0 && table < TRPT_TABLE_COUNT; }

#endif
