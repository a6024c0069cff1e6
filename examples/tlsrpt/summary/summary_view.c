/* SPDX-License-Identifier: MIT */
#include "summary_view.h"

#include <stdlib.h>
#include <string.h>

#include <tlsrpt/model.h>

#include "../allocate.h"
#include "../reason_code.h"

const char *view_type_title(const char *type) {
  const char *title = trpt_policy_type_title(trpt_policy_type_from_name(type, strlen(type)));
  if (title) return title;
  return *type ? type : "no policy type";
}

const char *view_domain_title(const char *domain) { return *domain ? domain : "(no policy domain)"; }

const char *view_organization_title(const char *organization) { return *organization ? organization : "(no name)"; }

int view_share(const counts *c) {
  const uint64_t sessions = counts_sum(c->successful, c->failed);
  if (!sessions) return -1;
  /* Divide large numbers first. The loss of precision is far below one part in 10,000. */
  const bool is_small = sessions < UINT64_MAX / 20000;
  const uint64_t whole = is_small ? sessions : sessions / 10000;
  const uint64_t part = is_small ? c->failed * 10000 : c->failed;
  const uint64_t share = part / whole + (part % whole != 0);
  if (share >= 10000) return c->successful ? 9999 : 10000;
  return (int)share;
}

void view_share_text(buffer *out, const counts *c) {
  const int share = view_share(c);
  if (share < 0) {
    buffer_text(out, "no sessions");
    return;
  }
  buffer_number(out, (uint64_t)share / 100);
  buffer_text(out, share % 100 < 10 ? ".0" : ".");
  buffer_number(out, (uint64_t)share % 100);
  buffer_text(out, "%");
}

void view_change_text(buffer *out, int change) {
  const uint64_t size = (uint64_t)(change < 0 ? -change : change);
  if (change < 0) buffer_text(out, "-");
  buffer_number(out, size / 100);
  buffer_text(out, size % 100 < 10 ? ".0" : ".");
  buffer_number(out, size % 100);
}

void view_days_text(buffer *out, const counts *c) {
  buffer_text(out, c->first);
  if (strcmp(c->first, c->last) == 0) return;
  buffer_text(out, " to ");
  buffer_text(out, c->last);
}

bool view_has_detailed_failures(const view_policy *policy) { return policy->detailed || policy->uncounted_details; }

void view_contradiction_text(buffer *out, const view_policy *policy) {
  if (!view_has_detailed_failures(policy)) return;
  buffer_text(out, " according to the totals, but ");
  view_failures_text(out, policy->detailed, policy->uncounted_details, false);
  buffer_text(out, " according to the details");
}

void view_excess_text(buffer *out, uint64_t failed, const view_policy *policy) {
  if (!policy->total.failed || policy->uncounted || failed <= policy->total.failed) return;
  buffer_text(out, " (more than failed: one session can fail in several ways)");
}

bool view_knows_failed(const counts *c, uint64_t uncounted) { return !uncounted || uncounted < c->entries; }

uint64_t view_uncounted_details(const table_row *cause) { return cause->counts.successful; }

void view_failures_text(buffer *out, uint64_t failed, uint64_t uncounted, bool begins_sentence) {
  if (!failed && uncounted) {
    buffer_text(out, begins_sentence ? "An" : "an");
    buffer_text(out, " unknown number of sessions");
    return;
  }
  if (uncounted) buffer_text(out, begins_sentence ? "At least " : "at least ");
  buffer_count(out, failed, "session");
}

void view_failed_number(buffer *out, const table_row *cause) {
  const uint64_t uncounted = view_uncounted_details(cause);
  if (!cause->counts.failed && uncounted) {
    buffer_text(out, "unknown");
    return;
  }
  if (uncounted) buffer_text(out, "at least ");
  buffer_number(out, cause->counts.failed);
}

uint64_t view_uncounted_on(const summary *s, const table_row *day) {
  const char *const key[] = {table_column(day, 0), table_column(day, 1), table_column(day, 2)};
  const table_slice found = table_find(&s->tables[SUMMARY_UNCOUNTED_DAYS], key, 3);
  return found.count ? found.rows[0]->counts.entries : 0;
}

static void add_policies(buffer *out, uint64_t count, const char *what) {
  buffer_number(out, count);
  buffer_text(out, count == 1 ? " policy has" : " policies have");
  buffer_text(out, what);
}

void view_uncounted_text(buffer *out, uint64_t count) { add_policies(out, count, " no readable failure count"); }

void view_uncounted_successes_text(buffer *out, uint64_t count) {
  add_policies(out, count, " no readable count of successful sessions, so the number of sessions is too low");
}

void view_mismatches_text(buffer *out, uint64_t count) {
  add_policies(out, count, " a total of failed sessions that differs from the sum of the details.");
}

static void subtract_days(const char *day, int64_t days, char *out) {
  day_of((day_number(day) - days) * SECONDS_PER_DAY, out);
}

static view_trend trend_of(const summary *s, table_slice days, const counts *total) {
  view_trend trend = {0};
  char week[DAY_SIZE];
  char before[DAY_SIZE];
  if (!*total->last) return trend;
  subtract_days(total->last, 6, week);
  subtract_days(total->last, 13, before);
  for (size_t i = 0; i < days.count; i++) {
    const char *day = table_column(days.rows[i], 2);
    if (!*day || strcmp(day, before) < 0) continue;
    const bool is_in_week = strcmp(day, week) >= 0;
    counts_add(is_in_week ? &trend.week : &trend.before, &days.rows[i]->counts);
    *(is_in_week ? &trend.week_uncounted : &trend.before_uncounted) += view_uncounted_on(s, days.rows[i]);
  }
  const int now = view_share(&trend.week);
  const int then = view_share(&trend.before);
  trend.has_change =
      strcmp(total->first, week) < 0 && now >= 0 && then >= 0 && !trend.week_uncounted && !trend.before_uncounted;
  if (trend.has_change) trend.change = now - then;
  return trend;
}

static bool is_shown(const summary *s, const view_policy *policy) {
  return !s->options->only_failures || policy->total.failed || policy->uncounted || view_has_detailed_failures(policy);
}

/* Calls `show`, which may be NULL, for the policies whose days are in the slice. It has all days of each of them.
   Returns whether any is shown. */
static bool policies_of(const summary *s, table_slice days, void (*show)(void *user, const view_policy *policy),
                        void *user) {
  bool has_any = false;
  for (size_t i = 0; i < days.count;) {
    view_policy policy = {.domain = table_column(days.rows[i], 0), .type = table_column(days.rows[i], 1)};
    const char *const key[] = {policy.domain, policy.type};
    policy.days = table_find(&s->tables[SUMMARY_DAYS], key, 2);
    for (size_t k = 0; k < policy.days.count; k++) counts_add(&policy.total, &policy.days.rows[k]->counts);
    policy.trend = trend_of(s, policy.days, &policy.total);
    const table_slice mismatches = table_find(&s->tables[SUMMARY_MISMATCHES], key, 2);
    if (mismatches.count) policy.mismatches = mismatches.rows[0]->counts.entries;
    const table_slice uncounted = table_find(&s->tables[SUMMARY_UNCOUNTED], key, 2);
    for (size_t k = 0; k < uncounted.count; k++) policy.uncounted += uncounted.rows[k]->counts.entries;
    const table_slice days_without = table_find(&s->tables[SUMMARY_UNCOUNTED_DAYS], key, 2);
    for (size_t k = 0; k < days_without.count; k++)
      policy.uncounted_successes = counts_sum(policy.uncounted_successes, days_without.rows[k]->counts.successful);
    const table_slice causes = table_find(&s->tables[SUMMARY_CAUSES], key, 2);
    for (size_t k = 0; k < causes.count; k++) {
      policy.detailed = counts_sum(policy.detailed, causes.rows[k]->counts.failed);
      policy.uncounted_details = counts_sum(policy.uncounted_details, view_uncounted_details(causes.rows[k]));
    }
    i += policy.days.count;
    if (!is_shown(s, &policy)) continue;
    has_any = true;
    if (show) show(user, &policy);
  }
  return has_any;
}

void view_policies(const summary *s, void (*show)(void *user, const view_policy *policy), void *user) {
  const table *days = &s->tables[SUMMARY_DAYS];
  policies_of(s, (table_slice){.rows = days->rows, .count = days->count}, show, user);
}

bool view_shows_domain(const summary *s, const char *domain) {
  return !s->options->only_failures || policies_of(s, table_find(&s->tables[SUMMARY_DAYS], &domain, 1), NULL, NULL);
}

static int compare_failed(const void *a, const void *b) {
  const table_row *left = *(const table_row *const *)a;
  const table_row *right = *(const table_row *const *)b;
  if (left->counts.failed != right->counts.failed) return left->counts.failed < right->counts.failed ? 1 : -1;
  const size_t len = left->key_len < right->key_len ? left->key_len : right->key_len;
  return memcmp(left->key, right->key, len);
}

static view_rows sort_by_failures(table_slice slice) {
  view_rows rows = {allocate_zeros(slice.count + 1, sizeof(const table_row *)), slice.count};
  for (size_t i = 0; i < slice.count; i++) rows.rows[i] = slice.rows[i];
  qsort(rows.rows, rows.count, sizeof(const table_row *), compare_failed);
  return rows;
}

view_rows view_causes(const summary *s, const view_policy *policy) {
  const char *const key[] = {policy->domain, policy->type};
  return sort_by_failures(table_find(&s->tables[SUMMARY_CAUSES], key, 2));
}

view_rows view_details(const summary *s, summary_table id, const view_policy *policy, const char *result) {
  const char *const key[] = {policy->domain, policy->type, result};
  return sort_by_failures(table_find(&s->tables[id], key, 3));
}

view_rows view_mx_hosts(const summary *s, const view_policy *policy) {
  const char *const key[] = {policy->domain, policy->type};
  return sort_by_failures(table_find(&s->tables[SUMMARY_MX_HOSTS], key, 2));
}

const char *view_detail_meaning(summary_table id, const table_row *row) {
  const char *value = table_column(row, 3);
  return id == SUMMARY_CAUSE_REASONS ? reason_code_meaning((trpt_str){value, strlen(value)}) : NULL;
}

void view_rows_free(view_rows *rows) { free(rows->rows); }

static void add_gap(view_reporter *r, int64_t first, int64_t last) {
  r->missing += (uint64_t)(last - first + 1);
  if (r->gap_count < VIEW_GAPS_MAX) {
    view_gap *gap = &r->gaps[r->gap_count];
    day_of(first * SECONDS_PER_DAY, gap->first);
    day_of(last * SECONDS_PER_DAY, gap->last);
  }
  r->gap_count++;
}

/* Finds the days with reports on the domain, but none from this reporter. */
static void find_gaps(view_reporter *r, table_slice days, const counts *all) {
  if (!*all->last || !days.count) return;
  int64_t expected = day_number(all->first);
  const int64_t end = day_number(all->last);
  for (size_t i = 0; i < days.count; i++) {
    const int64_t day = day_number(table_column(days.rows[i], 2));
    if (day > expected) add_gap(r, expected, (day <= end ? day : end + 1) - 1);
    expected = day + 1;
  }
  if (expected > end) return;
  add_gap(r, expected, end);
  r->has_stopped = end - expected >= 1;
}

void view_reporters(const summary *s, const char *domain, void (*show)(void *user, const view_reporter *r),
                    void *user) {
  const table_slice reporters = table_find(&s->tables[SUMMARY_REPORTERS], &domain, 1);
  counts all = {0};
  for (size_t i = 0; i < reporters.count; i++) counts_add(&all, &reporters.rows[i]->counts);
  /* With --until, reports are expected until that day. */
  const char *until = s->options->read->filter.until;
  if (*until && *all.last && strcmp(until, s->options->tomorrow) < 0) memcpy(all.last, until, sizeof all.last);
  for (size_t i = 0; i < reporters.count; i++) {
    const table_row *row = reporters.rows[i];
    const char *const key[] = {domain, table_column(row, 1)};
    const table_slice days = table_find(&s->tables[SUMMARY_REPORTER_DAYS], key, 2);
    view_reporter r = {.organization = key[1], .counts = row->counts, .last = ""};
    if (days.count) r.last = table_column(days.rows[days.count - 1], 2);
    find_gaps(&r, days, &all);
    show(user, &r);
  }
}
