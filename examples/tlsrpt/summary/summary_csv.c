/* SPDX-License-Identifier: MIT */
/* tlsrpt summary --format csv: totals per day. A row without a result type has all sessions of a policy type. A row
   with a result type has its failed sessions. */
#include <string.h>

#include "../escape.h"
#include "../standard_output.h"
#include "summary_formats.h"

static void add_cell(const summary *s, buffer *out, const char *text) {
  if (*text) escape_csv_cell(out, text, strlen(text), !s->options->no_formula_guard);
  buffer_text(out, ",");
}

/* An unknown number of failed sessions is an empty cell. */
static void add_row(const summary *s, buffer *out, const table_row *row, bool is_cause, bool is_known) {
  const int day = is_cause ? 3 : 2;
  add_cell(s, out, table_column(row, day));
  add_cell(s, out, table_column(row, 0));
  add_cell(s, out, table_column(row, 1));
  add_cell(s, out, is_cause ? table_column(row, 2) : "");
  if (!is_cause) buffer_number(out, row->counts.successful);
  buffer_text(out, ",");
  if (is_known) buffer_number(out, row->counts.failed);
  buffer_text(out, "\r\n");
  output_buffer(out);
}

void summary_csv(const summary *s) {
  buffer out = {0};
  const table *days = &s->tables[SUMMARY_DAYS];
  const table *causes = &s->tables[SUMMARY_CAUSE_DAYS];
  output_text("day,policy_domain,policy_type,result_type,successful_sessions,failed_sessions\r\n");
  for (size_t i = 0; i < days->count; i++) {
    const table_row *row = days->rows[i];
    const bool is_known = view_knows_failed(&row->counts, view_uncounted_on(s, row));
    if (!s->options->only_failures || row->counts.failed || !is_known) add_row(s, &out, row, false, is_known);
  }
  for (size_t i = 0; i < causes->count; i++) {
    const table_row *row = causes->rows[i];
    add_row(s, &out, row, true, view_knows_failed(&row->counts, view_uncounted_details(row)));
  }
  buffer_free(&out);
}
