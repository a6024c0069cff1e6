/* SPDX-License-Identifier: MIT */
#include <tlsrpt/rows.h>

#include "../base/memory.h"
#include "../base/siphash.h"
#include "../base/text.h"
#include "../base/versioned.h"
#include "../report/reports.h"
#include "cells.h"

/* Consecutive columns of the same scope. */
typedef struct run {
  uint32_t first;
  uint32_t end;
  trpt_scope scope;
  bool is_shared; /* the text of the run is in `shared`; unused for TRPT_SCOPE_ROW */
  size_t at;      /* where the text begins in `shared` */
  size_t len;
} run;

struct trpt_rows {
  const trpt_cell_format *format;
  bool has_guard; /* against formulas in spreadsheets */
  size_t run_count;
  run runs[TRPT_COLUMN_COUNT];
  trpt_origin origins[TRPT_ROW_KIND_COUNT][TRPT_COLUMN_COUNT];
  trpt_output output;
  trpt_output shared; /* the cells of all rows of the report, then those of all rows of the policy */
};

size_t trpt_rows_size(void) { return sizeof(trpt_rows) + TRPT_ALIGNMENT_SLACK; }

/* Makes `shared` a buffer that cannot be flushed. */
static int refuse(void *user, const char *data, size_t len) {
  (void)user;
  (void)data;
  (void)len;
  return 1;
}

static void find_runs(trpt_rows *rows) {
  rows->run_count = 0;
  for (uint32_t i = 0; i < TRPT_COLUMN_COUNT; i++) {
    if (!i || trpt_columns[i].scope != trpt_columns[i - 1].scope)
      rows->runs[rows->run_count++] = (run){.first = i, .scope = trpt_columns[i].scope};
    rows->runs[rows->run_count - 1].end = i + 1;
  }
}

static void find_origins(trpt_rows *rows) {
  for (int kind = 0; kind < TRPT_ROW_KIND_COUNT; kind++)
    for (uint32_t i = 0; i < TRPT_COLUMN_COUNT; i++)
      rows->origins[kind][i] = trpt_column_origin(&trpt_columns[i], (trpt_row_kind)kind);
}

static bool copy_options(trpt_rows_options *out, const trpt_rows_options *options) {
  *out = (trpt_rows_options){.struct_size = sizeof *out};
  if (options && !trpt_versioned_copy(out, sizeof *out, options)) return false;
  return out->format >= 0 && out->format < TRPT_CELL_FORMAT_COUNT &&
         !(out->flags & ~(uint32_t)TRPT_ROWS_NO_FORMULA_GUARD);
}

trpt_status trpt_rows_init(trpt_rows **out, void *memory, size_t size, const trpt_rows_options *options,
                           trpt_write_fn write, void *user) {
  trpt_rows_options copy;
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  if (!memory || !write || !copy_options(&copy, options)) return TRPT_E_ARGUMENT;
  if (size < trpt_rows_size()) return TRPT_E_BUFFER;
  trpt_rows *rows = trpt_align_up(memory);
  rows->format = &trpt_cell_formats[copy.format];
  rows->has_guard = !(copy.flags & TRPT_ROWS_NO_FORMULA_GUARD);
  find_runs(rows);
  find_origins(rows);
  trpt_output_begin(&rows->output, write, user);
  *out = rows;
  return TRPT_OK;
}

/* Writes the separator or name before the cell of a column. */
static void put_prefix(const trpt_rows *rows, trpt_output *output, uint32_t column) {
  const trpt_str name = trpt_columns[column].member_name;
  if (!rows->format->is_named) {
    if (column) trpt_output_str(output, rows->format->separator);
  } else if (column) {
    trpt_output_put_short(output, name.ptr, name.len);
  } else {
    trpt_output_put(output, "{", 1);
    trpt_output_str(output, trpt_str_from(name, 1));
  }
}

static void put_cells(const trpt_rows *rows, trpt_output *output, const run *r, const trpt_row *row) {
  for (uint32_t i = r->first; i < r->end; i++) {
    const trpt_column *column = &trpt_columns[i];
    const trpt_value value = trpt_origin_read(&rows->origins[row->kind][i], row);
    if (value.is_null && rows->format->is_named) { /* never the first column */
      trpt_output_put_short(output, column->null_member.ptr, column->null_member.len);
      continue;
    }
    put_prefix(rows, output, i);
    trpt_cell_write(output, rows->format, rows->has_guard, &value);
  }
}

/* Prepares the cells that the next rows share, after the first `used` bytes of `shared`. Returns the new number of used
   bytes. Runs that do not fit are not shared, and written for each row. */
static size_t share(trpt_rows *rows, size_t used, trpt_scope scope, const trpt_row *row) {
  trpt_output *shared = &rows->shared;
  for (size_t i = 0; i < rows->run_count; i++) {
    run *r = &rows->runs[i];
    if (r->scope != scope) continue;
    trpt_output_begin(shared, refuse, NULL);
    shared->len = used;
    put_cells(rows, shared, r, row);
    r->is_shared = shared->status == TRPT_OK;
    r->at = used;
    r->len = r->is_shared ? shared->len - used : 0;
    used += r->len;
  }
  return used;
}

static void put_row(trpt_rows *rows, const trpt_row *row) {
  for (size_t i = 0; i < rows->run_count; i++) {
    const run *r = &rows->runs[i];
    if (r->is_shared)
      trpt_output_put(&rows->output, rows->shared.buffer + r->at, r->len);
    else
      put_cells(rows, &rows->output, r, row);
  }
  trpt_output_str(&rows->output, rows->format->end);
}

static void put_policy(trpt_rows *rows, const trpt_report *report, trpt_row *row) {
  const uint32_t count = row->policy->failure_count;
  row->kind = TRPT_ROW_POLICY;
  row->failure = NULL;
  put_row(rows, row);
  row->kind = TRPT_ROW_FAILURE;
  for (uint32_t i = 0; i < count && rows->output.status == TRPT_OK; i++) {
    row->failure = trpt_report_failure(report, row->policy->index, i);
    put_row(rows, row);
  }
}

static void put_report(trpt_rows *rows, const trpt_report *report, trpt_row *row) {
  const uint32_t count = trpt_report_policy_count(report);
  const size_t used = share(rows, 0, TRPT_SCOPE_REPORT, row);
  for (uint32_t i = 0; i < count && rows->output.status == TRPT_OK; i++) {
    row->policy = trpt_report_policy(report, i);
    share(rows, used, TRPT_SCOPE_POLICY, row);
    put_policy(rows, report, row);
  }
}

trpt_status trpt_rows_report(trpt_rows *rows, const trpt_report *report, const trpt_source *source) {
  trpt_resolved_source resolved;
  if (!rows || !report || !trpt_source_read(&resolved, source, report) || !resolved.source.name.ptr)
    return TRPT_E_ARGUMENT;
  if (rows->output.is_writing) return TRPT_E_STATE;
  trpt_row row = trpt_row_of_report(report, &resolved);
  put_report(rows, report, &row);
  trpt_output_flush(&rows->output);
  return rows->output.status;
}

/* The key of an error row: of the source's name and the error's code. */
static void write_error_key(char text[TRPT_KEY_TEXT_SIZE], trpt_str name, trpt_str code) {
  trpt_siphash hash = trpt_siphash_begin(name.len, code.len);
  uint64_t digest[2];
  trpt_siphash_add(&hash, name.ptr, name.len);
  trpt_siphash_add(&hash, code.ptr, code.len);
  trpt_siphash_digest(&hash, NULL, 0, digest);
  trpt_siphash_text(digest, text);
}

trpt_status trpt_rows_error(trpt_rows *rows, const trpt_error *error, const trpt_source *source) {
  trpt_resolved_source resolved;
  char key[TRPT_KEY_TEXT_SIZE];
  if (!rows || !error || !trpt_source_read(&resolved, source, NULL) || !resolved.source.name.ptr)
    return TRPT_E_ARGUMENT;
  if (rows->output.is_writing) return TRPT_E_STATE;
  const trpt_str code = error->code ? trpt_str_of(error->code) : trpt_source_status(&resolved.source, error);
  write_error_key(key, resolved.source.name, code);
  const trpt_row row = {.kind = TRPT_ROW_ERROR,
                        .source = &resolved.source,
                        .report_key = {key, TRPT_KEY_TEXT_SIZE - 1},
                        .error = error,
                        .error_code = code};
  share(rows, share(rows, 0, TRPT_SCOPE_REPORT, &row), TRPT_SCOPE_POLICY, &row);
  put_row(rows, &row);
  trpt_output_flush(&rows->output);
  return rows->output.status;
}

static trpt_status write_rows(void *rows, const trpt_report *report, const trpt_error *error,
                              const trpt_source *source) {
  return error ? trpt_rows_error(rows, error, source) : trpt_rows_report(rows, report, source);
}

trpt_status trpt_rows_reports(trpt_rows *rows, trpt_parser *parser, const void *data, size_t len,
                              const trpt_source *source) {
  return trpt_reports_each(parser, data, len, source, write_rows, rows);
}

trpt_status trpt_rows_header(trpt_rows *rows) {
  if (!rows) return TRPT_E_ARGUMENT;
  if (rows->output.is_writing) return TRPT_E_STATE;
  if (!rows->format->is_named) {
    for (uint32_t i = 0; i < TRPT_COLUMN_COUNT; i++) {
      put_prefix(rows, &rows->output, i);
      trpt_output_str(&rows->output, trpt_columns[i].name);
    }
    trpt_output_str(&rows->output, rows->format->end);
  }
  trpt_output_flush(&rows->output);
  return rows->output.status;
}
