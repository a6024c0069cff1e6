/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_COLUMNS_H
#define TRPT_LIB_COLUMNS_H

/* The columns of rows and their values, independent of the output format. */

#include <tlsrpt/rows.h>

#include "../report/source.h"
#include "cell_value.h"

/* docs/rows.md describes the kinds. */
typedef enum trpt_row_kind { TRPT_ROW_POLICY, TRPT_ROW_FAILURE, TRPT_ROW_ERROR, TRPT_ROW_KIND_COUNT } trpt_row_kind;

/* The data of a row. */
typedef struct trpt_row {
  trpt_row_kind kind;
  const trpt_source *source;
  trpt_str report_key;
  const trpt_metadata *metadata; /* NULL in an error row, as are the next two */
  const trpt_policy *policy;
  const trpt_failure *failure; /* NULL in a policy row */
  const trpt_error *error;     /* only in an error row */
  trpt_str error_code;         /* absent in others */
} trpt_row;

/* The rows that share the cell of a column. */
typedef enum trpt_scope { TRPT_SCOPE_REPORT, TRPT_SCOPE_POLICY, TRPT_SCOPE_ROW, TRPT_SCOPE_COUNT } trpt_scope;

typedef struct trpt_column {
  trpt_str name;
  trpt_str member_name; /* the prefix of the value in a JSON object: ,"name": */
  trpt_str null_member; /* the same with null */
  trpt_value_type type;
  trpt_scope scope;
  bool is_nullable;
  uint8_t members[TRPT_ROW_KIND_COUNT]; /* trpt_member per kind of row; unused if there is an origin */
  trpt_origin origin;                   /* TRPT_FROM_NOTHING: the column has `members` */
} trpt_column;

enum {
#define SHARED(name, member)                +1
#define OWN(name, policy, failure)          +1
#define COMPUTED(name, type, scope, origin) +1
#define REQUIRED(name, type, scope, origin) +1
  TRPT_COLUMN_COUNT = 0
#include "columns.def"
};

extern const trpt_column trpt_columns[TRPT_COLUMN_COUNT];

/* The data that all rows of a report share; kind, policy and failure are still missing. It points into `source`. */
static inline trpt_row trpt_row_of_report(const trpt_report *report, const trpt_resolved_source *source) {
  return (trpt_row){.source = &source->source, .report_key = source->key, .metadata = trpt_report_metadata(report)};
}

/* Where rows of a kind have the value of a column. */
trpt_origin trpt_column_origin(const trpt_column *column, trpt_row_kind kind);

#endif
