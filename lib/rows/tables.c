/* SPDX-License-Identifier: MIT */
#include "tables.h"

#include <assert.h>

#include <tlsrpt/diagnostic.h>

#include "../base/text.h"

/* A column of a table other than the rows, and how its value is read from the record. */
typedef struct simple_column {
  trpt_table_field field;
  void (*value)(const void *record, trpt_value *out);
} simple_column;

static void put_text(trpt_value *out, trpt_str text) {
  out->is_null = !text.ptr;
  out->own_text = text;
  out->texts = &out->own_text;
  out->text_count = 1;
}

static void put_string(trpt_value *out, const char *text) { put_text(out, trpt_str_of(text)); }

static void put_number(trpt_value *out, uint64_t number) {
  out->is_null = false;
  out->number = number;
}

/* Lines and columns begin at 1; 0 means unknown. */
static void put_position(trpt_value *out, uint32_t number) {
  out->is_null = !number;
  out->number = number;
}

/* ---- rows ---- */

static trpt_table_field row_field(uint32_t column) {
  const trpt_column *c = &trpt_columns[column];
  return (trpt_table_field){c->name, c->type, c->scope, c->is_nullable};
}

static void row_value(uint32_t column, const void *record, trpt_value *out) {
  trpt_column_value(&trpt_columns[column], record, out);
}

/* ---- diagnostics ---- */

#define OF_DIAGNOSTIC(name, put, value)                                                                                \
  static void diagnostic_##name(const void *record, trpt_value *out) {                                                 \
    const trpt_diagnostic_record *r = record;                                                                          \
    put(out, value);                                                                                                   \
  }
OF_DIAGNOSTIC(source, put_text, r->source)
OF_DIAGNOSTIC(report_key, put_text, r->report_key)
OF_DIAGNOSTIC(severity, put_string, trpt_severity_name(r->diagnostic->severity))
OF_DIAGNOSTIC(code, put_string, r->diagnostic->code)
OF_DIAGNOSTIC(line, put_position, r->diagnostic->line)
OF_DIAGNOSTIC(column, put_position, r->diagnostic->column)
OF_DIAGNOSTIC(offset, put_number, r->diagnostic->offset)
OF_DIAGNOSTIC(where, put_string, r->diagnostic->where)
OF_DIAGNOSTIC(message, put_string, r->diagnostic->message)
OF_DIAGNOSTIC(section, put_string, r->diagnostic->section)

#define FIELD_OF(scope, table, name, type, is_nullable)                                                                \
  { {TRPT_STR(#name), TRPT_VALUE_##type, TRPT_SCOPE_##scope, is_nullable}, table##_##name }
#define SHARED(table, name, type, is_nullable) FIELD_OF(REPORT, table, name, type, is_nullable)
#define FIELD(table, name, type, is_nullable)  FIELD_OF(ROW, table, name, type, is_nullable)
static const simple_column diagnostic_columns[] = {
    SHARED(diagnostic, source, TEXT, false), SHARED(diagnostic, report_key, TEXT, true),
    FIELD(diagnostic, severity, TEXT, true), FIELD(diagnostic, code, TEXT, true),
    FIELD(diagnostic, line, INDEX, true),    FIELD(diagnostic, column, INDEX, true),
    FIELD(diagnostic, offset, COUNT, true),  FIELD(diagnostic, where, TEXT, true),
    FIELD(diagnostic, message, TEXT, true),  FIELD(diagnostic, section, TEXT, true),
};

static trpt_table_field diagnostic_field(uint32_t column) { return diagnostic_columns[column].field; }

static void diagnostic_value(uint32_t column, const void *record, trpt_value *out) {
  diagnostic_columns[column].value(record, out);
}

/* ---- items that could not be read ---- */

#define OF_BAD(name, put, value)                                                                                       \
  static void bad_##name(const void *record, trpt_value *out) {                                                        \
    const trpt_bad_record *r = record;                                                                                 \
    put(out, value);                                                                                                   \
  }
OF_BAD(source, put_text, r->source)
OF_BAD(status, put_text, r->status)
OF_BAD(code, put_string, r->error->code)
OF_BAD(line, put_position, r->error->line)
OF_BAD(column, put_position, r->error->column)
OF_BAD(offset, put_number, r->error->offset)
OF_BAD(where, put_string, r->error->where)
OF_BAD(message, put_string, r->error->message)

static const simple_column bad_columns[] = {
    FIELD(bad, source, TEXT, false), FIELD(bad, status, TEXT, false),  FIELD(bad, code, TEXT, true),
    FIELD(bad, line, INDEX, true),   FIELD(bad, column, INDEX, true),  FIELD(bad, offset, COUNT, true),
    FIELD(bad, where, TEXT, false),  FIELD(bad, message, TEXT, false),
};

static trpt_table_field bad_field(uint32_t column) { return bad_columns[column].field; }

static void bad_value(uint32_t column, const void *record, trpt_value *out) { bad_columns[column].value(record, out); }

/* ---- the tables ---- */

enum {
  DIAGNOSTIC_COLUMNS = sizeof diagnostic_columns / sizeof diagnostic_columns[0],
  BAD_COLUMNS = sizeof bad_columns / sizeof bad_columns[0]
};
static_assert((int)DIAGNOSTIC_COLUMNS <= (int)TRPT_TABLE_MAX_COLUMNS, "room for all columns");
static_assert((int)BAD_COLUMNS <= (int)TRPT_TABLE_MAX_COLUMNS, "room for all columns");

const trpt_table_info trpt_tables[TRPT_TABLE_COUNT] = {
    [TRPT_TABLE_ROWS] = {TRPT_COLUMN_COUNT, row_field, row_value},
    [TRPT_TABLE_DIAGNOSTICS] = {DIAGNOSTIC_COLUMNS, diagnostic_field, diagnostic_value},
    [TRPT_TABLE_BAD] = {BAD_COLUMNS, bad_field, bad_value},
};
