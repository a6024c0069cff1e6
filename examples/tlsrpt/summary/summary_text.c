/* SPDX-License-Identifier: MIT */
/* tlsrpt summary --format text: the verdict first. */
#include <string.h>

#include <tlsrpt/model.h>

#include "../advice.h"
#include "../color.h"
#include "../escape.h"
#include "../standard_output.h"
#include "../terminal.h"
#include "summary_formats.h"

/* Number of values of a detail that are listed. The others are only counted. */
enum { DETAILS_SHOWN = 5 };

typedef struct text {
  const summary *summary;
  buffer out;
} text;

static void quote(buffer *out, const char *untrusted) { escape_terminal(out, untrusted, strlen(untrusted)); }

static void add_days(buffer *out, const counts *c) {
  if (!*c->first) return;
  buffer_text(out, strcmp(c->first, c->last) == 0 ? " on " : " from ");
  view_days_text(out, c);
}

static void add_details(text *t, const view_policy *policy, const char *result, summary_table id, const char *label) {
  view_rows rows = view_details(t->summary, id, policy, result);
  if (rows.count) {
    buffer_text(&t->out, "        ");
    buffer_text(&t->out, label);
    for (size_t i = 0; i < rows.count && i < DETAILS_SHOWN; i++) {
      buffer_text(&t->out, i ? ", " : " ");
      quote(&t->out, table_column(rows.rows[i], 3));
      buffer_text(&t->out, " (");
      view_failed_number(&t->out, rows.rows[i]);
      const char *meaning = view_detail_meaning(id, rows.rows[i]);
      if (meaning) {
        buffer_text(&t->out, ", ");
        buffer_text(&t->out, meaning);
      }
      buffer_text(&t->out, ")");
    }
    if (rows.count > DETAILS_SHOWN) {
      buffer_text(&t->out, " and ");
      buffer_count(&t->out, rows.count - DETAILS_SHOWN, "other");
    }
    buffer_text(&t->out, "\n");
  }
  view_rows_free(&rows);
}

static void add_cause(text *t, const view_policy *policy, const table_row *row) {
  const char *result = table_column(row, 2);
  const trpt_result_type type = trpt_result_type_from_name(result, strlen(result));
  buffer_text(&t->out, "      ");
  quote(&t->out, *result ? result : "(no result type)");
  buffer_text(&t->out, ", ");
  view_failures_text(&t->out, row->counts.failed, view_uncounted_details(row), false);
  view_excess_text(&t->out, row->counts.failed, policy);
  add_days(&t->out, &row->counts);
  buffer_text(&t->out, "\n        ");
  advice_text(&t->out, type, *result, (trpt_str){policy->domain, strlen(policy->domain)});
  buffer_text(&t->out, "\n");
  add_details(t, policy, result, SUMMARY_CAUSE_HOSTS, "at");
  add_details(t, policy, result, SUMMARY_CAUSE_SENDERS, "from");
  add_details(t, policy, result, SUMMARY_CAUSE_REASONS, "reason");
}

static void add_trend(text *t, const view_policy *policy) {
  const view_trend *trend = &policy->trend;
  if (!trend->has_change || !(trend->week.failed || trend->before.failed)) return;
  buffer_text(&t->out, "    In the last seven days ");
  view_share_text(&t->out, &trend->week);
  buffer_text(&t->out, " of sessions failed, in the seven days before ");
  view_share_text(&t->out, &trend->before);
  buffer_text(&t->out, ": ");
  if (trend->change == 0)
    buffer_text(&t->out, "no change");
  else
    color_text(&t->out, trend->change < 0 ? COLOR_GOOD : COLOR_BAD, trend->change < 0 ? "better" : "worse");
  buffer_text(&t->out, ".\n");
}

static void add_mx_hosts(text *t, const view_policy *policy) {
  view_rows hosts = view_mx_hosts(t->summary, policy);
  if (hosts.count) buffer_text(&t->out, "    MX hosts:\n");
  for (size_t i = 0; i < hosts.count; i++) {
    const counts *c = &hosts.rows[i]->counts;
    buffer_text(&t->out, "      ");
    quote(&t->out, table_column(hosts.rows[i], 2));
    buffer_text(&t->out, ": ");
    buffer_count(&t->out, counts_sum(c->successful, c->failed), "session");
    buffer_text(&t->out, ", ");
    if (c->failed || view_knows_failed(&policy->total, policy->uncounted))
      buffer_number(&t->out, c->failed);
    else
      buffer_text(&t->out, "unknown how many");
    buffer_text(&t->out, " failed\n");
  }
  view_rows_free(&hosts);
}

/* What some policies lack, as `add` says it. */
static void add_incomplete(text *t, uint64_t count, void (*add)(buffer *out, uint64_t count)) {
  if (!count) return;
  buffer_text(&t->out, "    ");
  color_text(&t->out, COLOR_DOUBTFUL, "Incomplete");
  buffer_text(&t->out, ": ");
  add(&t->out, count);
  buffer_text(&t->out, ".\n");
}

static void add_policy(text *t, const view_policy *policy) {
  buffer_text(&t->out, "  ");
  quote(&t->out, view_type_title(policy->type));
  buffer_text(&t->out, ": ");
  buffer_count(&t->out, counts_sum(policy->total.successful, policy->total.failed), "session");
  add_days(&t->out, &policy->total);
  buffer_text(&t->out, ", ");
  if (!policy->total.failed) {
    if (policy->uncounted)
      color_text(&t->out, COLOR_DOUBTFUL, "unknown how many failed");
    else
      color_text(&t->out, view_has_detailed_failures(policy) ? COLOR_DOUBTFUL : COLOR_GOOD, "none failed");
    view_contradiction_text(&t->out, policy);
  } else {
    buffer failed = {0};
    if (policy->uncounted) buffer_text(&failed, "at least ");
    buffer_number(&failed, policy->total.failed);
    buffer_text(&failed, " failed (");
    view_share_text(&failed, &policy->total);
    buffer_add(&failed, ")", 2);
    if (failed.failed) output_no_memory();
    color_text(&t->out, COLOR_BAD, failed.data);
    buffer_free(&failed);
  }
  buffer_text(&t->out, ".\n");
  add_mx_hosts(t, policy);
  add_trend(t, policy);
  view_rows causes = view_causes(t->summary, policy);
  if (causes.count) buffer_text(&t->out, "    Causes, by failed sessions:\n");
  for (size_t i = 0; i < causes.count; i++) add_cause(t, policy, causes.rows[i]);
  view_rows_free(&causes);
  add_incomplete(t, policy->uncounted, view_uncounted_text);
  add_incomplete(t, policy->uncounted_successes, view_uncounted_successes_text);
  if (policy->mismatches) {
    buffer_text(&t->out, "    ");
    view_mismatches_text(&t->out, policy->mismatches);
    buffer_text(&t->out, "\n");
  }
}

static void add_reporter(void *user, const view_reporter *r) {
  text *t = user;
  buffer_text(&t->out, "    ");
  quote(&t->out, view_organization_title(r->organization));
  buffer_text(&t->out, ": ");
  buffer_count(&t->out, r->counts.entries, "report");
  add_days(&t->out, &r->counts);
  if (r->missing) {
    buffer_text(&t->out, ", none on ");
    buffer_count(&t->out, r->missing, "day");
    for (size_t i = 0; i < r->gap_count && i < VIEW_GAPS_MAX; i++) {
      buffer_text(&t->out, i ? ", " : " (");
      buffer_text(&t->out, r->gaps[i].first);
      if (strcmp(r->gaps[i].first, r->gaps[i].last) == 0) continue;
      buffer_text(&t->out, " to ");
      buffer_text(&t->out, r->gaps[i].last);
    }
    buffer_text(&t->out, r->gap_count > VIEW_GAPS_MAX ? ", ...)" : ")");
  }
  if (r->has_stopped) {
    buffer_text(&t->out, "; ");
    color_text(&t->out, COLOR_DOUBTFUL, "no report since");
    buffer_text(&t->out, " ");
    buffer_text(&t->out, r->last);
  }
  buffer_text(&t->out, "\n");
}

static void add_enforce(text *t, const view_domain *domain) {
  static const color_sense senses[] = {COLOR_NOTE, COLOR_GOOD, COLOR_BAD, COLOR_DOUBTFUL};
  const view_readiness *e = &domain->readiness;
  buffer *out = &t->out;
  if (e->answer == VIEW_NOT_TESTING) return;
  buffer_text(out, "  Ready to enforce MTA-STS? ");
  color_text(out, senses[e->answer], view_answer_titles[e->answer]);
  buffer_text(out, ": ");
  for (int i = 0; i < EXPLANATIONS; i++) {
    buffer sentence = {0};
    view_explain(&sentence, t->summary, e, (view_explanation)i);
    if (sentence.failed) output_no_memory();
    if (i && sentence.len) buffer_text(out, "    ");
    escape_terminal(out, sentence.data, sentence.len);
    if (sentence.len) buffer_text(out, "\n");
    buffer_free(&sentence);
  }
}

static void add_domain(text *t, const view_domain *domain) {
  quote(&t->out, view_domain_title(domain->name));
  buffer_text(&t->out, "\n");
  for (size_t i = 0; i < domain->policy_count; i++) add_policy(t, &domain->policies[i]);
  add_enforce(t, domain);
  if (!t->summary->options->only_failures) {
    buffer_text(&t->out, "  Reporters:\n");
    view_reporters(t->summary, domain->name, add_reporter, t);
  }
  buffer_text(&t->out, "\n");
  terminal_output(&t->out);
}

static void add_remark(void *user, buffer *sentence) {
  text *t = user;
  buffer_append(&t->out, sentence);
  buffer_text(&t->out, "\n");
}

static void add_conflict(void *user, const view_conflict *conflict) {
  text *t = user;
  buffer sentence = {0};
  view_conflict_text(&sentence, conflict);
  if (sentence.failed) output_no_memory();
  color_text(&t->out, COLOR_DOUBTFUL, "Conflict");
  buffer_text(&t->out, ": ");
  escape_terminal(&t->out, sentence.data, sentence.len);
  buffer_text(&t->out, "\n");
  buffer_free(&sentence);
  terminal_output(&t->out);
}

void summary_text(const summary *s) {
  text t = {.summary = s};
  view_domains domains = view_domains_begin(s);
  if (s->is_incomplete) {
    color_text(&t.out, COLOR_DOUBTFUL, VIEW_INCOMPLETE);
    buffer_text(&t.out, "\n\n");
    terminal_output(&t.out);
  }
  if (view_has_overview(&domains)) summary_text_overview(&domains);
  if (s->tables[SUMMARY_CONFLICTS].count && (domains.count || !s->options->only_failures)) {
    view_conflicts(s, add_conflict, &t);
    output_text("\n");
  }
  for (size_t i = 0; i < domains.count; i++) add_domain(&t, &domains.domains[i]);
  if (domains.count || s->unreadable || !s->options->only_failures) view_remarks(s, &domains, add_remark, &t);
  view_domains_end(&domains);
  terminal_output(&t.out);
  buffer_free(&t.out);
}
