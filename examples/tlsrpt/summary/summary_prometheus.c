/* SPDX-License-Identifier: MIT */
/* The text format of Prometheus, for the textfile collector. All are gauges: a summary of other reports may be smaller. */
#include <string.h>

#include "../escape.h"
#include "../standard_output.h"
#include "summary_formats.h"

/* A label's value: a string from outside becomes readable first, and then what ends a label is escaped. */
static void add_label(buffer *out, const char *name, const char *value, bool is_first) {
  buffer readable = {0};
  escape_terminal(&readable, value, strlen(value));
  if (readable.failed) output_no_memory();
  buffer_text(out, is_first ? "{" : ",");
  buffer_text(out, name);
  buffer_text(out, "=\"");
  for (size_t i = 0; i < readable.len; i++) {
    if (readable.data[i] == '\\' || readable.data[i] == '"') buffer_text(out, "\\");
    buffer_add(out, &readable.data[i], 1);
  }
  buffer_text(out, "\"");
  buffer_free(&readable);
}

static void begin_metric(const char *name, const char *help) {
  output_text("# HELP ");
  output_text(name);
  output_text(" ");
  output_text(help);
  output_text("\n# TYPE ");
  output_text(name);
  output_text(" gauge\n");
}

static void end_sample(buffer *out, uint64_t value) {
  buffer_text(out, "} ");
  buffer_number(out, value);
  buffer_text(out, "\n");
  output_buffer(out);
}

typedef struct samples {
  buffer out;
  const summary *summary;
  const char *domain;
} samples;

static void add_policy(void *user, const view_policy *policy) {
  samples *m = user;
  const struct {
    const char *name;
    uint64_t value;
  } results[] = {{"successful", policy->total.successful}, {"failed", policy->total.failed}};
  for (size_t i = 0; i < 2; i++) {
    buffer_text(&m->out, "trpt_sessions");
    add_label(&m->out, "policy_domain", policy->domain, true);
    add_label(&m->out, "policy_type", policy->type, false);
    add_label(&m->out, "result", results[i].name, false);
    end_sample(&m->out, results[i].value);
  }
}

static void add_causes(void *user, const view_policy *policy) {
  samples *m = user;
  view_rows causes = view_causes(m->summary, policy);
  for (size_t i = 0; i < causes.count; i++) {
    buffer_text(&m->out, "trpt_failed_sessions");
    add_label(&m->out, "policy_domain", policy->domain, true);
    add_label(&m->out, "policy_type", policy->type, false);
    add_label(&m->out, "result_type", table_column(causes.rows[i], 2), false);
    end_sample(&m->out, causes.rows[i]->counts.failed);
  }
  view_rows_free(&causes);
}

static void add_reporters(samples *m, const char *metric, bool last) {
  const table *reporters = &m->summary->tables[SUMMARY_REPORTERS];
  for (size_t i = 0; i < reporters->count; i++) {
    const table_row *row = reporters->rows[i];
    if (last && !*row->counts.last) continue;
    buffer_text(&m->out, metric);
    add_label(&m->out, "policy_domain", table_column(row, 0), true);
    add_label(&m->out, "organization_name", table_column(row, 1), false);
    const int64_t day = last ? summary_day_number(row->counts.last) : 0;
    end_sample(&m->out, last ? (uint64_t)(day < 0 ? 0 : day) * 86400 : row->counts.entries);
  }
}

void summary_prometheus(const summary *s) {
  samples m = {.summary = s};
  begin_metric("trpt_sessions", "SMTP sessions that TLS reports tell of, by policy.");
  view_policies(s, add_policy, &m);
  begin_metric("trpt_failed_sessions",
               "Failed sessions by what failed; they need not add up to those of trpt_sessions.");
  view_policies(s, add_causes, &m);
  begin_metric("trpt_reports", "Reports by who sent them.");
  add_reporters(&m, "trpt_reports", false);
  begin_metric("trpt_last_report_day_seconds", "Start of the last day that a reporter told of, as Unix time.");
  add_reporters(&m, "trpt_last_report_day_seconds", true);
  begin_metric("trpt_repeated_reports", "Reports that were left out, since the same had been counted.");
  buffer_text(&m.out, "trpt_repeated_reports ");
  buffer_number(&m.out, s->repeated);
  buffer_text(&m.out, "\n");
  output_buffer(&m.out);
  buffer_free(&m.out);
}
