/* SPDX-License-Identifier: MIT */
#include "batch.h"

#include <assert.h>
#include <string.h>

#include "../base/allocator.h"
#include "../base/text.h"
#include "../base/versioned.h"
#include "../catalogue/error_of_code.h"
#include "../report/source.h"

/* A table must have room for its first row. Offsets of text are 32-bit numbers with a sign. */
enum { DEFAULT_MAX_TABLE = 64 << 20, SMALLEST_MAX_TABLE = 64 << 10, GREATEST_MAX_TABLE = 1 << 30 };
enum {
  LEAST_COLUMN = TRPT_ARROW_MIN_SLOTS * sizeof(int64_t) + TRPT_ARROW_ALIGNMENT + TRPT_ARROW_MIN_TEXT + TRPT_ARROW_SLACK
};
static_assert(sizeof(trpt_arrow_block) + TRPT_ARROW_SLACK + TRPT_TABLE_MAX_COLUMNS * LEAST_COLUMN <= SMALLEST_MAX_TABLE,
              "room for the first row");

/* ---- the batch ---- */

static size_t limit_of(const trpt_batch_options *options) {
  const uint64_t limit = options->max_table ? options->max_table : DEFAULT_MAX_TABLE;
  if (limit < SMALLEST_MAX_TABLE) return SMALLEST_MAX_TABLE;
  return (size_t)(limit < GREATEST_MAX_TABLE ? limit : GREATEST_MAX_TABLE);
}

static trpt_status begin_tables(trpt_batch *batch) {
  trpt_status status = TRPT_OK;
  for (int i = 0; i < TRPT_TABLE_COUNT && status == TRPT_OK; i++)
    status = trpt_arrow_table_begin(&batch->tables[i], &trpt_tables[i], &batch->allocator, limit_of(&batch->options));
  return status;
}

static void free_memory(trpt_batch *batch) {
  const trpt_allocator allocator = batch->allocator;
  for (int i = 0; i < TRPT_TABLE_COUNT; i++) trpt_arrow_table_free(&batch->tables[i]);
  trpt_parser_free(batch->parser);
  allocator.release(allocator.user, batch, sizeof *batch);
}

trpt_status trpt_batch_new(trpt_batch **out, const trpt_batch_options *options) {
  trpt_batch_options copy = {0};
  trpt_options report = {.struct_size = sizeof report};
  trpt_allocator allocator;
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  if (options && !trpt_versioned_copy(&copy, sizeof copy, options)) return TRPT_E_ARGUMENT;
  if (copy.report && !trpt_versioned_copy(&report, sizeof report, copy.report)) return TRPT_E_ARGUMENT;
  /* An item is one report, so that it is in the tables as a whole or not at all. */
  if (report.flags & TRPT_SEQUENCE || !trpt_allocator_read(&allocator, report.allocator)) return TRPT_E_ARGUMENT;
  trpt_parser *parser;
  const trpt_status status = trpt_parser_new(&parser, copy.report);
  if (status != TRPT_OK) return status;
  trpt_batch *batch = allocator.allocate(allocator.user, sizeof *batch);
  if (!batch) {
    trpt_parser_free(parser);
    return TRPT_E_MEMORY;
  }
  memset(batch, 0, sizeof *batch);
  batch->allocator = allocator;
  batch->options = copy;
  batch->parser = parser;
  atomic_init(&batch->references, 1);
  batch->input = copy.next ? TRPT_OK : TRPT_END;
  const trpt_status tables = begin_tables(batch);
  if (tables == TRPT_OK)
    *out = batch;
  else
    free_memory(batch);
  return tables;
}

void trpt_batch_drop(trpt_batch *batch) {
  if (atomic_fetch_sub_explicit(&batch->references, 1, memory_order_acq_rel) != 1) return;
  const trpt_batch_options options = batch->options;
  free_memory(batch);
  if (options.done) options.done(options.user);
}

void trpt_batch_free(trpt_batch *batch) {
  if (batch && !batch->is_in_callback) trpt_batch_drop(batch);
}

/* ---- rows of one item ---- */

/* These return TRPT_E_LIMIT with `*full` set to a table that has no room. */

static trpt_status check_room(trpt_arrow_table *table, trpt_status status, trpt_arrow_table **full) {
  if (status == TRPT_E_LIMIT) *full = table;
  return status;
}

static trpt_status reserve(trpt_batch *batch, trpt_table table, size_t row_count, trpt_arrow_table **full) {
  trpt_arrow_table *t = &batch->tables[table];
  return check_room(t, trpt_arrow_table_reserve(t, row_count), full);
}

/* Adds the cells of a scope to `count` rows. */
static trpt_status add(trpt_batch *batch, trpt_table table, trpt_scope scope, size_t count, const void *record,
                       trpt_arrow_table **full) {
  trpt_arrow_table *t = &batch->tables[table];
  /* Records of other tables have one kind. */
  const trpt_row_kind kind = table == TRPT_TABLE_ROWS ? ((const trpt_row *)record)->kind : TRPT_ROW_POLICY;
  return check_room(t, trpt_arrow_table_add(t, kind, scope, count, record, &batch->overflows), full);
}

static trpt_status add_policy(trpt_batch *batch, const trpt_report *report, trpt_row *row, trpt_arrow_table **full) {
  const uint32_t count = row->policy->failure_count;
  row->kind = TRPT_ROW_POLICY;
  row->failure = NULL;
  trpt_status status = add(batch, TRPT_TABLE_ROWS, TRPT_SCOPE_POLICY, (size_t)count + 1, row, full);
  if (status == TRPT_OK) status = add(batch, TRPT_TABLE_ROWS, TRPT_SCOPE_ROW, 1, row, full);
  row->kind = TRPT_ROW_FAILURE;
  for (uint32_t i = 0; i < count && status == TRPT_OK; i++) {
    row->failure = trpt_report_failure(report, row->policy->index, i);
    status = add(batch, TRPT_TABLE_ROWS, TRPT_SCOPE_ROW, 1, row, full);
  }
  return status;
}

/* A policy has a row, and each of its failures. */
static size_t row_count_of(const trpt_report *report) {
  size_t count = trpt_report_policy_count(report);
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) count += trpt_report_failure_count(report, i);
  return count;
}

static trpt_status add_rows(trpt_batch *batch, const trpt_report *report, const trpt_resolved_source *source,
                            trpt_arrow_table **full) {
  const size_t row_count = row_count_of(report);
  trpt_row row = trpt_row_of_report(report, source);
  if (!row_count) return TRPT_OK;
  trpt_status status = reserve(batch, TRPT_TABLE_ROWS, row_count, full);
  if (status == TRPT_OK) status = add(batch, TRPT_TABLE_ROWS, TRPT_SCOPE_REPORT, row_count, &row, full);
  for (uint32_t i = 0; i < trpt_report_policy_count(report) && status == TRPT_OK; i++) {
    row.policy = trpt_report_policy(report, i);
    status = add_policy(batch, report, &row, full);
  }
  return status;
}

/* `report` may be NULL. */
static trpt_status add_diagnostics(trpt_batch *batch, const trpt_report *report, const trpt_resolved_source *source,
                                   trpt_arrow_table **full) {
  const trpt_source *s = &source->source;
  const size_t count = s->diagnostics ? s->diagnostic_count : trpt_report_diagnostic_count(report);
  trpt_diagnostic_record record = {.source = s->name, .report_key = source->key};
  if (!count) return TRPT_OK;
  trpt_status status = reserve(batch, TRPT_TABLE_DIAGNOSTICS, count, full);
  if (status == TRPT_OK) status = add(batch, TRPT_TABLE_DIAGNOSTICS, TRPT_SCOPE_REPORT, count, &record, full);
  for (size_t i = 0; i < count && status == TRPT_OK; i++) {
    record.diagnostic = s->diagnostics ? s->diagnostics[i] : trpt_report_diagnostic(report, (uint32_t)i);
    status = add(batch, TRPT_TABLE_DIAGNOSTICS, TRPT_SCOPE_ROW, 1, &record, full);
  }
  return status;
}

static trpt_status add_bad(trpt_batch *batch, const trpt_error *error, const trpt_source *source,
                           trpt_arrow_table **full) {
  const trpt_bad_record record = {
      .source = source->name,
      .status = trpt_source_status(source, error),
      .error = error,
  };
  const trpt_status status = reserve(batch, TRPT_TABLE_BAD, 1, full);
  return status == TRPT_OK ? add(batch, TRPT_TABLE_BAD, TRPT_SCOPE_ROW, 1, &record, full) : status;
}

/* Commits the rows of all tables, or withdraws them. */
static trpt_status finish(trpt_batch *batch, trpt_status status, uint64_t overflows) {
  for (int i = 0; i < TRPT_TABLE_COUNT; i++)
    (status == TRPT_OK ? trpt_arrow_table_commit : trpt_arrow_table_withdraw)(&batch->tables[i]);
  if (status != TRPT_OK) batch->overflows = overflows;
  return status;
}

/* Whether an item did not fit although the table had no other rows. */
static bool is_too_large_for(const trpt_arrow_table *full) { return full && !full->committed_row_count; }

/* Whether it may fit into new memory: the table had the buffers of earlier rows. */
static bool may_fit(const trpt_arrow_table *full) { return full && full->is_used_memory && is_too_large_for(full); }

/* ---- items ---- */

static bool resolve(trpt_resolved_source *out, const trpt_source *source, const trpt_report *report) {
  return source && trpt_source_read(out, source, report) && out->source.name.ptr;
}

static trpt_status try_error(trpt_batch *batch, const trpt_report *unfinished, const trpt_error *error,
                             const trpt_resolved_source *source, bool has_diagnostics, trpt_arrow_table **full) {
  const uint64_t overflows = batch->overflows;
  trpt_status status;
  do {
    *full = NULL;
    status = has_diagnostics ? add_diagnostics(batch, unfinished, source, full) : TRPT_OK;
    if (status == TRPT_OK) status = add_bad(batch, error, &source->source, full);
    status = finish(batch, status, overflows);
  } while (may_fit(*full));
  return status;
}

/* The error is added even if there is never room for the diagnostics. */
static trpt_status add_error(trpt_batch *batch, const trpt_report *unfinished, const trpt_error *error,
                             const trpt_source *source) {
  trpt_resolved_source resolved;
  trpt_arrow_table *full;
  if (!resolve(&resolved, source, NULL)) return TRPT_E_ARGUMENT;
  resolved.key = (trpt_str){NULL, 0};
  trpt_status status = try_error(batch, unfinished, error, &resolved, true, &full);
  if (!is_too_large_for(full)) return status;
  status = try_error(batch, unfinished, error, &resolved, false, &full);
  return is_too_large_for(full) ? TRPT_E_ARGUMENT : status;
}

static trpt_status add_oversized(trpt_batch *batch, const trpt_source *source, const trpt_arrow_table *full) {
  trpt_error error;
  trpt_error_set(&error, TRPT_E_LIMIT, TRPT_CODE_NONE, (trpt_position){0}, "");
  trpt_error_set_limit(&error, "The rows of the report need more memory than max_table (# bytes).", full->budget.limit);
  return add_error(batch, NULL, &error, source);
}

static trpt_status try_report(trpt_batch *batch, const trpt_report *report, const trpt_resolved_source *source,
                              trpt_arrow_table **full) {
  const uint64_t overflows = batch->overflows;
  trpt_status status;
  do {
    *full = NULL;
    status = add_rows(batch, report, source, full);
    if (status == TRPT_OK) status = add_diagnostics(batch, report, source, full);
    status = finish(batch, status, overflows);
  } while (may_fit(*full));
  return status;
}

static trpt_status add_report(trpt_batch *batch, const trpt_report *report, const trpt_source *source) {
  trpt_resolved_source resolved;
  trpt_arrow_table *full;
  if (!resolve(&resolved, source, report)) return TRPT_E_ARGUMENT;
  const trpt_status status = try_report(batch, report, &resolved, &full);
  return is_too_large_for(full) ? add_oversized(batch, source, full) : status;
}

static trpt_status add_bytes(trpt_batch *batch, const trpt_batch_item *item) {
  trpt_parser *parser = batch->parser;
  trpt_report *report;
  trpt_parser_reset(parser);
  trpt_status status = item->len ? trpt_report_read(parser, item->data, item->len, &report) : TRPT_MORE;
  if (status == TRPT_MORE) status = trpt_report_read(parser, NULL, 0, &report);
  switch (status) {
  case TRPT_OK: status = add_report(batch, report, item->source); break;
  case TRPT_E_MEMORY: return status; /* nothing is wrong with the bytes */
  default: return add_error(batch, trpt_report_unfinished(parser), trpt_parser_error(parser), item->source);
  }
  trpt_report_free(report);
  return status;
}

/* An item is bytes, a report or an error; a report may accompany an error. */
static bool read_item(trpt_batch_item *out, const trpt_batch_item *item) {
  if (!item || !trpt_versioned_copy(out, sizeof *out, item)) return false;
  return out->data ? !out->report && !out->error : out->report || out->error;
}

trpt_status trpt_batch_add(trpt_batch *batch, const trpt_batch_item *item) {
  trpt_batch_item copy;
  if (!batch) return TRPT_E_ARGUMENT;
  if (batch->is_in_callback) return TRPT_E_STATE;
  if (!read_item(&copy, item)) return TRPT_E_ARGUMENT;
  if (copy.data) return add_bytes(batch, &copy);
  return copy.error ? add_error(batch, copy.report, copy.error, copy.source)
                    : add_report(batch, copy.report, copy.source);
}

/* ---- results ---- */

uint64_t trpt_batch_count(const trpt_batch *batch, trpt_table table) {
  return batch && trpt_table_is_valid(table) ? batch->tables[table].committed_row_count : 0;
}

uint64_t trpt_batch_overflow_count(const trpt_batch *batch) { return batch ? batch->overflows : 0; }

trpt_status trpt_batch_export(trpt_batch *batch, trpt_table table, struct ArrowArray *out) {
  if (!out) return TRPT_E_ARGUMENT;
  *out = (struct ArrowArray){0};
  if (!batch || !trpt_table_is_valid(table)) return TRPT_E_ARGUMENT;
  if (batch->is_in_callback) return TRPT_E_STATE;
  return trpt_arrow_table_export(&batch->tables[table], out);
}
