/* SPDX-License-Identifier: MIT */
/* tlsrpt summary --format prometheus: for the textfile collector. All metrics are gauges, because the next summary may
   have smaller values. */
#include <string.h>

#include "../escape.h"
#include "../standard_output.h"
#include "summary_formats.h"

/* Adds a label with an untrusted value: first escapes control and invisible characters, then backslashes and quotes. */
static void add_label(buffer *out, const char *name, const char *value, bool is_first) {
  buffer escaped = {0};
  escape_terminal(&escaped, value, strlen(value));
  if (escaped.failed) output_no_memory();
  buffer_text(out, is_first ? "{" : ",");
  buffer_text(out, name);
  buffer_text(out, "=\"");
  for (size_t i = 0; i < escaped.len; i++) {
    if (escaped.data[i] == '\\' || escaped.data[i] == '"') buffer_text(out, "\\");
    buffer_add(out, &escaped.data[i], 1);
  }
  buffer_text(out, "\"");
  buffer_free(&escaped);
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
  /* A metric cannot be null, and 0 would say that no session failed, so there is no sample. */
  const size_t count = view_knows_failed(&policy->total, policy->uncounted) ? 2 : 1;
  for (size_t i = 0; i < count; i++) {
    buffer_text(&m->out, "trpt_sessions");
    add_label(&m->out, "policy_domain", policy->domain, true);
    add_label(&m->out, "policy_type", policy->type, false);
    add_label(&m->out, "result", results[i].name, false);
    end_sample(&m->out, results[i].value);
  }
}

static void add_uncounted(void *user, const view_policy *policy) {
  samples *m = user;
  buffer_text(&m->out, "trpt_policies_without_failed_count");
  add_label(&m->out, "policy_domain", policy->domain, true);
  add_label(&m->out, "policy_type", policy->type, false);
  end_sample(&m->out, policy->uncounted);
}

static void add_causes(void *user, const view_policy *policy) {
  samples *m = user;
  view_rows causes = view_causes(m->summary, policy);
  for (size_t i = 0; i < causes.count; i++) {
    if (!view_knows_failed(&causes.rows[i]->counts, view_uncounted_details(causes.rows[i]))) continue;
    buffer_text(&m->out, "trpt_failed_sessions");
    add_label(&m->out, "policy_domain", policy->domain, true);
    add_label(&m->out, "policy_type", policy->type, false);
    add_label(&m->out, "result_type", table_column(causes.rows[i], 2), false);
    end_sample(&m->out, causes.rows[i]->counts.failed);
  }
  view_rows_free(&causes);
}

/* Returns the start of a day as Unix time, or 0 for days before 1970. */
static uint64_t seconds_of(const char *day) {
  const int64_t number = day_number(day);
  return (uint64_t)(number < 0 ? 0 : number) * SECONDS_PER_DAY;
}

/* Calls `add` once for each domain that is shown. The rows of the table are sorted by domain. */
static void add_domains(samples *m, summary_table id, void (*add)(samples *m, const char *domain)) {
  const table *t = &m->summary->tables[id];
  const char *last = NULL;
  for (size_t i = 0; i < t->count; i++) {
    const char *domain = table_column(t->rows[i], 0);
    if ((!last || strcmp(last, domain) != 0) && view_shows_domain(m->summary, domain)) add(m, domain);
    last = domain;
  }
}

static table_slice reporters_of(const samples *m, const char *domain) {
  return table_find(&m->summary->tables[SUMMARY_REPORTERS], &domain, 1);
}

static void add_reporter(samples *m, const char *metric, const table_row *reporter, uint64_t value) {
  buffer_text(&m->out, metric);
  add_label(&m->out, "policy_domain", table_column(reporter, 0), true);
  add_label(&m->out, "organization_name", table_column(reporter, 1), false);
  end_sample(&m->out, value);
}

static void add_reports(samples *m, const char *domain) {
  const table_slice reporters = reporters_of(m, domain);
  for (size_t i = 0; i < reporters.count; i++)
    add_reporter(m, "trpt_reports", reporters.rows[i], reporters.rows[i]->counts.entries);
}

static void add_last_days(samples *m, const char *domain) {
  const table_slice reporters = reporters_of(m, domain);
  for (size_t i = 0; i < reporters.count; i++)
    if (*reporters.rows[i]->counts.last)
      add_reporter(m, "trpt_last_report_day_seconds", reporters.rows[i], seconds_of(reporters.rows[i]->counts.last));
}

/* The newest day in any report about the domain. Undated reports do not count. */
static void add_newest(samples *m, const char *domain) {
  const table_slice reporters = reporters_of(m, domain);
  counts all = {0};
  for (size_t i = 0; i < reporters.count; i++) counts_add(&all, &reporters.rows[i]->counts);
  if (!*all.last) return;
  buffer_text(&m->out, "trpt_newest_report_day_seconds");
  add_label(&m->out, "policy_domain", domain, true);
  end_sample(&m->out, seconds_of(all.last));
}

/* A sample per possible answer, of which one is 1. */
static void add_answer(samples *m, const char *domain) {
  const view_readiness e = view_readiness_of(m->summary, domain);
  for (int answer = VIEW_READY; answer <= VIEW_CANNOT_TELL && e.answer != VIEW_NOT_TESTING; answer++) {
    buffer_text(&m->out, "trpt_ready_to_enforce");
    add_label(&m->out, "policy_domain", domain, true);
    add_label(&m->out, "answer", view_answers[answer], false);
    end_sample(&m->out, (int)e.answer == answer);
  }
}

static void add_missing(samples *m, const char *domain) {
  const view_readiness e = view_readiness_of(m->summary, domain);
  for (int need = 0; need < NEEDS && e.answer != VIEW_NOT_TESTING; need++) {
    if (!view_missing(&e, (view_need)need)) continue;
    buffer_text(&m->out, "trpt_ready_to_enforce_missing");
    add_label(&m->out, "policy_domain", domain, true);
    add_label(&m->out, "what", view_need_names[need], false);
    end_sample(&m->out, view_missing(&e, (view_need)need));
  }
}

/* A metric without labels. */
static void add_total(buffer *out, const char *name, const char *help, uint64_t value) {
  begin_metric(name, help);
  buffer_text(out, name);
  buffer_text(out, " ");
  buffer_number(out, value);
  buffer_text(out, "\n");
  output_buffer(out);
}

void summary_prometheus(const summary *s) {
  samples m = {.summary = s};
  begin_metric("trpt_sessions", "SMTP sessions covered by TLS reports, by policy.");
  view_policies(s, add_policy, &m);
  begin_metric("trpt_policies_without_failed_count",
               "Policies without a readable count of failed sessions, so trpt_sessions is too low.");
  view_policies(s, add_uncounted, &m);
  begin_metric("trpt_failed_sessions", "Failed sessions by result type; the sum may differ from trpt_sessions.");
  view_policies(s, add_causes, &m);
  begin_metric("trpt_reports", "Reports by reporter.");
  add_domains(&m, SUMMARY_REPORTERS, add_reports);
  begin_metric("trpt_last_report_day_seconds", "Start of the last day in the reports of a reporter, as Unix time.");
  add_domains(&m, SUMMARY_REPORTERS, add_last_days);
  begin_metric("trpt_newest_report_day_seconds", "Start of the last day in the reports about a domain, as Unix time.");
  add_domains(&m, SUMMARY_DAYS, add_newest);
  begin_metric("trpt_ready_to_enforce", "Whether MTA-STS may go from testing to enforce.");
  add_domains(&m, SUMMARY_DAYS, add_answer);
  begin_metric("trpt_ready_to_enforce_missing", "How much is missing for a definite answer, by what is missing.");
  add_domains(&m, SUMMARY_DAYS, add_missing);
  add_total(&m.out, "trpt_repeated_reports", "Reports left out as duplicates.", s->duplicates);
  add_total(&m.out, "trpt_bad_inputs", "Inputs left out: unreadable or refused.", s->bad_inputs);
  add_total(&m.out, "trpt_incomplete_reports",
            "Counted reports with a policy in a form that cannot be read, so its sessions are not counted.",
            s->unreadable);
  buffer_free(&m.out);
}
