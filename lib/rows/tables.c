/* SPDX-License-Identifier: MIT */
#include "tables.h"

#include <assert.h>

#include <tlsrpt/diagnostic.h>

#include "../base/text.h"

/* A column of a table other than the rows. */
typedef struct simple_column {
  trpt_table_field field;
  trpt_origin origin;
} simple_column;

#define COLUMN(name, type, scope, is_nullable, ...)                                                                    \
  { {TRPT_STR(#name), TRPT_VALUE_##type, TRPT_SCOPE_##scope, is_nullable}, __VA_ARGS__ }

/* ---- rows ---- */

static trpt_table_field row_field(uint32_t column) {
  const trpt_column *c = &trpt_columns[column];
  return (trpt_table_field){c->name, c->type, c->scope, c->is_nullable};
}

static trpt_origin row_origin(uint32_t column, trpt_row_kind kind) {
  return trpt_column_origin(&trpt_columns[column], kind);
}

/* ---- diagnostics ---- */

static trpt_str severity_of(const void *record) {
  const trpt_diagnostic_record *r = record;
  return trpt_str_of(trpt_severity_name(r->diagnostic->severity));
}

#define OF_RECORD(kind, field)     TRPT_FROM_RECORD(kind, trpt_diagnostic_record, field)
#define OF_DIAGNOSTIC(kind, field) TRPT_FROM(kind, trpt_diagnostic_record, diagnostic, trpt_diagnostic, field)
static const simple_column diagnostic_columns[] = {
    COLUMN(source, TEXT, REPORT, false, OF_RECORD(TEXT, source)),
    COLUMN(report_key, TEXT, REPORT, true, OF_RECORD(TEXT, report_key)),
    COLUMN(severity, TEXT, ROW, true, TRPT_FROM_CALL(severity_of)),
    COLUMN(code, TEXT, ROW, true, OF_DIAGNOSTIC(STRING, code)),
    COLUMN(line, INDEX, ROW, true, OF_DIAGNOSTIC(ORDINAL, line)),
    COLUMN(column, INDEX, ROW, true, OF_DIAGNOSTIC(ORDINAL, column)),
    COLUMN(offset, COUNT, ROW, true, OF_DIAGNOSTIC(OFFSET, offset)),
    COLUMN(where, TEXT, ROW, true, OF_DIAGNOSTIC(STRING, where)),
    COLUMN(message, TEXT, ROW, true, OF_DIAGNOSTIC(STRING, message)),
    COLUMN(section, TEXT, ROW, true, OF_DIAGNOSTIC(STRING, section)),
};

static trpt_table_field diagnostic_field(uint32_t column) { return diagnostic_columns[column].field; }

static trpt_origin diagnostic_origin(uint32_t column, trpt_row_kind kind) {
  (void)kind;
  return diagnostic_columns[column].origin;
}

/* ---- items that could not be read ---- */

#define OF_BAD(kind, field)   TRPT_FROM_RECORD(kind, trpt_bad_record, field)
#define OF_ERROR(kind, field) TRPT_FROM(kind, trpt_bad_record, error, trpt_error, field)
static const simple_column bad_columns[] = {
    COLUMN(source, TEXT, ROW, false, OF_BAD(TEXT, source)),
    COLUMN(status, TEXT, ROW, false, OF_BAD(TEXT, status)),
    COLUMN(code, TEXT, ROW, true, OF_ERROR(STRING, code)),
    COLUMN(line, INDEX, ROW, true, OF_ERROR(ORDINAL, line)),
    COLUMN(column, INDEX, ROW, true, OF_ERROR(ORDINAL, column)),
    COLUMN(offset, COUNT, ROW, true, OF_ERROR(OFFSET, offset)),
    COLUMN(where, TEXT, ROW, false, OF_ERROR(ARRAY, where)),
    COLUMN(message, TEXT, ROW, false, OF_ERROR(ARRAY, message)),
};

static trpt_table_field bad_field(uint32_t column) { return bad_columns[column].field; }

static trpt_origin bad_origin(uint32_t column, trpt_row_kind kind) {
  (void)kind;
  return bad_columns[column].origin;
}

/* ---- the tables ---- */

enum {
  DIAGNOSTIC_COLUMNS = sizeof diagnostic_columns / sizeof diagnostic_columns[0],
  BAD_COLUMNS = sizeof bad_columns / sizeof bad_columns[0]
};
static_assert((int)DIAGNOSTIC_COLUMNS <= (int)TRPT_TABLE_MAX_COLUMNS, "room for all columns");
static_assert((int)BAD_COLUMNS <= (int)TRPT_TABLE_MAX_COLUMNS, "room for all columns");

const trpt_table_info trpt_tables[TRPT_TABLE_COUNT] = {
    [TRPT_TABLE_ROWS] = {TRPT_COLUMN_COUNT, row_field, row_origin},
    [TRPT_TABLE_DIAGNOSTICS] = {DIAGNOSTIC_COLUMNS, diagnostic_field, diagnostic_origin},
    [TRPT_TABLE_BAD] = {BAD_COLUMNS, bad_field, bad_origin},
};
