/* SPDX-License-Identifier: MIT */
/* tlsrpt summary --format json: one object with the results, and the tables they are derived from, so summaries can be
   added. */
#include <string.h>

#include "../escape.h"
#include "../json_buffer.h"
#include "../report_key.h"
#include "../standard_output.h"
#include "summary_formats.h"

typedef struct json {
  const summary *summary;
  buffer out;
  const char *domain;
} json;

static void string(buffer *out, const char *text) { escape_json(out, text, strlen(text)); }

/* An unknown day is "" in the tables, and null in the results. */
static void day(buffer *out, const char *member, const char *value) { json_text(out, member, *value ? value : NULL); }

/* A number of failed sessions is null if none of the policies has a readable one. */
static void failed(buffer *out, const counts *c, uint64_t uncounted) {
  if (view_knows_failed(c, uncounted))
    json_number(out, "failed", c->failed);
  else
    json_text(out, "failed", NULL);
}

static void sessions(buffer *out, const counts *c, uint64_t uncounted) {
  json_number(out, "successful", c->successful);
  failed(out, c, uncounted);
}

static void add_details(json *j, const view_policy *policy, const char *result, summary_table id, const char *member,
                        const char *what) {
  view_rows rows = view_details(j->summary, id, policy, result);
  json_name(&j->out, member);
  buffer_text(&j->out, "[");
  for (size_t i = 0; i < rows.count; i++) {
    json_separate(&j->out);
    buffer_text(&j->out, "{");
    json_text(&j->out, what, table_column(rows.rows[i], 3));
    failed(&j->out, &rows.rows[i]->counts, view_uncounted_details(rows.rows[i]));
    buffer_text(&j->out, "}");
  }
  buffer_text(&j->out, "]");
  view_rows_free(&rows);
}

static void add_causes(json *j, const view_policy *policy) {
  view_rows causes = view_causes(j->summary, policy);
  json_name(&j->out, "causes");
  buffer_text(&j->out, "[");
  for (size_t i = 0; i < causes.count; i++) {
    const table_row *row = causes.rows[i];
    const char *result = table_column(row, 2);
    json_separate(&j->out);
    buffer_text(&j->out, "{");
    json_text(&j->out, "result_type", result);
    failed(&j->out, &row->counts, view_uncounted_details(row));
    json_number(&j->out, "details", row->counts.entries);
    json_number(&j->out, "details_without_failed_count", view_uncounted_details(row));
    day(&j->out, "first", row->counts.first);
    day(&j->out, "last", row->counts.last);
    add_details(j, policy, result, SUMMARY_CAUSE_HOSTS, "mx_hosts", "host");
    add_details(j, policy, result, SUMMARY_CAUSE_SENDERS, "senders", "ip");
    add_details(j, policy, result, SUMMARY_CAUSE_REASONS, "reasons", "reason");
    buffer_text(&j->out, "}");
  }
  buffer_text(&j->out, "]");
  view_rows_free(&causes);
}

static void add_mx_hosts(json *j, const view_policy *policy) {
  view_rows hosts = view_mx_hosts(j->summary, policy);
  json_name(&j->out, "mx_hosts");
  buffer_text(&j->out, "[");
  for (size_t i = 0; i < hosts.count; i++) {
    json_separate(&j->out);
    buffer_text(&j->out, "{");
    json_text(&j->out, "host", table_column(hosts.rows[i], 2));
    const counts *c = &hosts.rows[i]->counts;
    sessions(&j->out, c, view_knows_failed(&policy->total, policy->uncounted) ? 0 : c->entries);
    buffer_text(&j->out, "}");
  }
  buffer_text(&j->out, "]");
  view_rows_free(&hosts);
}

static void add_policy(json *j, const view_policy *policy) {
  json_separate(&j->out);
  buffer_text(&j->out, "{");
  json_text(&j->out, "policy_type", policy->type);
  sessions(&j->out, &policy->total, policy->uncounted);
  json_number(&j->out, "entries", policy->total.entries);
  day(&j->out, "first", policy->total.first);
  day(&j->out, "last", policy->total.last);
  json_number(&j->out, "failed_by_details", policy->detailed);
  json_number(&j->out, "entries_with_other_details", policy->mismatches);
  json_number(&j->out, "entries_without_failed_count", policy->uncounted);
  json_number(&j->out, "entries_without_successful_count", policy->uncounted_successes);
  json_name(&j->out, "last_seven_days");
  buffer_text(&j->out, "{");
  sessions(&j->out, &policy->trend.week, policy->trend.week_uncounted);
  buffer_text(&j->out, "}");
  json_name(&j->out, "seven_days_before");
  buffer_text(&j->out, "{");
  sessions(&j->out, &policy->trend.before, policy->trend.before_uncounted);
  buffer_text(&j->out, "}");
  json_name(&j->out, "change");
  if (policy->trend.has_change)
    view_change_text(&j->out, policy->trend.change);
  else
    buffer_text(&j->out, "null");
  json_name(&j->out, "days");
  buffer_text(&j->out, "[");
  for (size_t i = 0; i < policy->days.count; i++) {
    json_separate(&j->out);
    buffer_text(&j->out, "{");
    day(&j->out, "day", table_column(policy->days.rows[i], 2));
    sessions(&j->out, &policy->days.rows[i]->counts, view_uncounted_on(j->summary, policy->days.rows[i]));
    buffer_text(&j->out, "}");
  }
  buffer_text(&j->out, "]");
  add_mx_hosts(j, policy);
  add_causes(j, policy);
  buffer_text(&j->out, "}");
}

static void add_reporter(void *user, const view_reporter *r) {
  json *j = user;
  json_separate(&j->out);
  buffer_text(&j->out, "{");
  json_text(&j->out, "organization_name", r->organization);
  json_number(&j->out, "reports", r->counts.entries);
  day(&j->out, "first", r->counts.first);
  day(&j->out, "last", r->counts.last);
  json_number(&j->out, "days_without_report", r->missing);
  buffer_text(&j->out, "}");
}

/* The days and reporters that the answer is based on. */
static void add_basis(buffer *out, const view_readiness *e) {
  json_name(out, "days_with_reports");
  buffer_text(out, "[");
  for (size_t i = 0; i < e->days.count; i++) {
    json_separate(out);
    string(out, table_column(e->days.rows[i], 2));
  }
  buffer_text(out, "]");
  json_name(out, "reporter_names");
  buffer_text(out, "[");
  for (size_t i = 0; i < e->reporters.count; i++) {
    if (!view_is_reporting(e, e->reporters.rows[i])) continue;
    json_separate(out);
    string(out, table_column(e->reporters.rows[i], 2));
  }
  buffer_text(out, "]");
}

static void add_missing(buffer *out, const view_readiness *e) {
  json_name(out, "missing");
  buffer_text(out, "[");
  for (int need = 0; need < NEEDS; need++) {
    if (!view_missing(e, (view_need)need)) continue;
    json_separate(out);
    buffer_text(out, "{");
    json_text(out, "what", view_need_names[need]);
    json_number(out, "have", e->have[need]);
    json_number(out, "required", e->required[need]);
    buffer_text(out, "}");
  }
  buffer_text(out, "]");
}

static void add_enforce(json *j) {
  const view_readiness e = view_readiness_of(j->summary, j->domain);
  if (e.answer == VIEW_NOT_TESTING) {
    json_text(&j->out, "ready_to_enforce", NULL);
    return;
  }
  json_name(&j->out, "ready_to_enforce");
  buffer_text(&j->out, "{");
  json_text(&j->out, "answer", view_answers[e.answer]);
  day(&j->out, "first", e.first);
  day(&j->out, "last", e.last);
  json_number(&j->out, "days", e.days.count);
  json_number(&j->out, "reporters", e.reporter_count);
  sessions(&j->out, &e.sessions, 0);
  json_number(&j->out, "lost", e.lost);
  json_number(&j->out, "unprotected", e.unprotected);
  json_number(&j->out, "unexplained", view_missing(&e, NEED_DETAILS));
  json_number(&j->out, "entries_without_failed_count", view_missing(&e, NEED_COUNTS));
  json_text(&j->out, "worst", e.worst);
  add_basis(&j->out, &e);
  add_missing(&j->out, &e);
  buffer_text(&j->out, "}");
}

static void end_domain(json *j) {
  if (!j->domain) return;
  buffer_text(&j->out, "]");
  json_name(&j->out, "reporters");
  buffer_text(&j->out, "[");
  view_reporters(j->summary, j->domain, add_reporter, j);
  buffer_text(&j->out, "]");
  add_enforce(j);
  buffer_text(&j->out, "}");
  output_buffer(&j->out);
}

static void show_policy(void *user, const view_policy *policy) {
  json *j = user;
  if (!j->domain || strcmp(j->domain, policy->domain) != 0) {
    const bool is_first = !j->domain;
    end_domain(j);
    if (!is_first) buffer_text(&j->out, ",");
    j->domain = policy->domain;
    buffer_text(&j->out, "{");
    json_text(&j->out, "policy_domain", policy->domain);
    json_name(&j->out, "policies");
    buffer_text(&j->out, "[");
  }
  add_policy(j, policy);
}

/* Adds a row of a table: its columns, then its counts. */
static void add_row(buffer *out, const table_row *row, int columns) {
  buffer_text(out, "[");
  for (int i = 0; i < columns; i++) {
    json_separate(out);
    string(out, table_column(row, i));
  }
  const uint64_t numbers[] = {row->counts.successful, row->counts.failed, row->counts.entries};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    buffer_text(out, ",");
    buffer_number(out, numbers[i]);
  }
  buffer_text(out, ",");
  string(out, row->counts.first);
  buffer_text(out, ",");
  string(out, row->counts.last);
  buffer_text(out, "]");
}

/* Writes each row at once, because a table may be large. A shorter last row has the counts of the rows beyond
   --max-rows. */
static void write_table(buffer *out, const table *t) {
  for (size_t i = 0; i < t->count; i++) {
    if (i) buffer_text(out, ",");
    add_row(out, t->rows[i], t->columns);
    output_buffer(out);
  }
  if (!t->other_keys) return;
  if (t->count) buffer_text(out, ",");
  const uint64_t numbers[] = {t->other.successful, t->other.failed, t->other.entries, t->other_keys};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    buffer_text(out, i ? "," : "[");
    buffer_number(out, numbers[i]);
  }
  buffer_text(out, "]");
  output_buffer(out);
}

static void write_tables(buffer *out, const summary *s) {
  for (int i = 0; i < SUMMARY_TABLES; i++) {
    buffer_text(out, i ? "],\"" : "\"");
    buffer_text(out, summary_tables[i].name);
    buffer_text(out, "\":[");
    output_buffer(out);
    write_table(out, &s->tables[i]);
  }
  output_text("]");
}

static void write_keys(const summary *s) {
  char key[REPORT_KEY_DIGITS + 1];
  for (size_t i = 0; i < s->keys.count; i++) {
    key_set_write(&s->keys, i, key);
    output_text(i ? ",\"" : "\"");
    output_text(key);
    output_text("\"");
  }
}

static void add_conflict(void *user, const view_conflict *conflict) {
  buffer *out = user;
  json_separate(out);
  buffer_text(out, "{");
  json_text(out, "organization_name", conflict->organization);
  json_text(out, "report_id", conflict->report_id);
  json_name(out, "contents");
  buffer_text(out, "[");
  for (size_t i = 0; i < conflict->contents.count; i++) {
    const char *signer = view_signer_of(conflict->contents.rows[i]);
    json_separate(out);
    buffer_text(out, "{");
    json_text(out, "report_key", table_column(conflict->contents.rows[i], 2));
    json_text(out, "signer", *signer ? signer : NULL);
    buffer_text(out, "}");
  }
  buffer_text(out, "]}");
}

void summary_json(const summary *s) {
  json j = {.summary = s};
  output_text("{\"tlsrpt-summary\":1,\"complete\":");
  output_text(s->is_incomplete ? "false" : "true");
  output_text(",\"domains\":[");
  view_policies(s, show_policy, &j);
  end_domain(&j);
  output_text("],\"conflicts\":[");
  view_conflicts(s, add_conflict, &j.out);
  output_buffer(&j.out);
  output_text("]");
  const struct {
    const char *member;
    uint64_t value;
  } numbers[] = {{",\"reports\":", s->reports},   {",\"repeated\":", s->duplicates},
                 {",\"outside\":", s->outside},   {",\"bad_inputs\":", s->bad_inputs},
                 {",\"future\":", s->future},     {",\"unreadable\":", s->unreadable},
                 {",\"overlaps\":", s->overlaps}, {",\"keys_are_missing\":", s->keys.full || s->keys_are_missing}};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    buffer_text(&j.out, numbers[i].member);
    buffer_number(&j.out, numbers[i].value);
  }
  output_buffer(&j.out);
  output_text(",\"tables\":{");
  write_tables(&j.out, s);
  output_text("},\"keys\":[");
  write_keys(s);
  output_text("]}\n");
  buffer_free(&j.out);
}
