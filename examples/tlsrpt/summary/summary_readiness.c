/* SPDX-License-Identifier: MIT */
/* Decides whether a domain may switch MTA-STS from testing to enforce: RFC 8461 s5, docs/summary.md. */
#include <string.h>

#include <tlsrpt/model.h>
#include <tlsrpt/policy.h>

#include "summary_view.h"

static bool loses_mail(const char *result) {
  return trpt_result_type_loses_mail(trpt_result_type_from_name(result, strlen(result)));
}

/* Returns how many of the failures that lose mail have no readable number of sessions. */
static uint64_t count_causes(const summary *s, const char *const *key, view_readiness *e) {
  const table_slice causes = table_find(&s->tables[SUMMARY_MODE_CAUSES], key, 2);
  const char *result = "";
  uint64_t result_sum = 0;
  uint64_t worst_sum = 0;
  uint64_t uncounted = 0;
  for (size_t i = 0; i < causes.count; i++) {
    const table_row *row = causes.rows[i];
    if (strcmp(table_column(row, 3), e->first) < 0) continue;
    if (strcmp(result, table_column(row, 2)) != 0) result_sum = 0;
    result = table_column(row, 2);
    if (!loses_mail(result)) {
      e->unprotected = counts_sum(e->unprotected, row->counts.failed);
      continue;
    }
    e->lost = counts_sum(e->lost, row->counts.failed);
    uncounted = counts_sum(uncounted, view_uncounted_details(row));
    result_sum = counts_sum(result_sum, row->counts.failed);
    if (result_sum > worst_sum) {
      worst_sum = result_sum;
      e->worst = result;
    }
  }
  return uncounted;
}

const char *const view_need_names[NEEDS] = {"days",    "recent_days", "reporters",     "sessions",
                                            "details", "counts",      "detail_counts", "rows"};

static void require(view_readiness *e, view_need need, uint64_t have, uint64_t required) {
  e->have[need] = have;
  e->required[need] = required;
}

/* Whether the policy has another mode on a later day, so that the question is obsolete. */
static bool is_obsolete(table_slice modes, const char *last) {
  for (size_t i = 0; i < modes.count; i++)
    if (strcmp(table_column(modes.rows[i], 2), last) > 0) return true;
  return false;
}

static table_slice days_from(table_slice days, const char *first) {
  while (days.count && strcmp(table_column(days.rows[0], 2), first) < 0) {
    days.rows++;
    days.count--;
  }
  return days;
}

static uint64_t count_uncounted(const summary *s, const char *domain, const char *mode) {
  const char *const key[] = {domain, trpt_policy_type_name(TRPT_POLICY_STS), mode};
  const table_slice uncounted = table_find(&s->tables[SUMMARY_UNCOUNTED], key, 3);
  return uncounted.count ? uncounted.rows[0]->counts.entries : 0;
}

static uint64_t count_lost_rows(const summary *s) {
  uint64_t rows = 0;
  for (int i = SUMMARY_MODES; i <= SUMMARY_UNCOUNTED; i++) rows = counts_sum(rows, s->tables[i].other_keys);
  return rows;
}

view_readiness view_readiness_of(const summary *s, const char *domain) {
  const char *const key[] = {domain, trpt_sts_mode_name(TRPT_STS_MODE_TESTING)};
  const table_slice testing = table_find(&s->tables[SUMMARY_MODES], key, 2);
  const unsigned days = s->options->days;
  view_readiness e = {.answer = VIEW_NOT_TESTING};
  if (!testing.count) return e;
  memcpy(e.last, table_column(testing.rows[testing.count - 1], 2), sizeof e.last);
  if (is_obsolete(table_find(&s->tables[SUMMARY_MODES], &domain, 1), e.last)) return e;
  day_of((day_number(e.last) - (int64_t)days + 1) * SECONDS_PER_DAY, e.first);
  e.days = days_from(testing, e.first);
  for (size_t i = 0; i < e.days.count; i++) counts_add(&e.sessions, &e.days.rows[i]->counts);
  e.reporters = table_find(&s->tables[SUMMARY_MODE_REPORTERS], key, 2);
  for (size_t i = 0; i < e.reporters.count; i++) e.reporter_count += view_is_reporting(&e, e.reporters.rows[i]);
  const uint64_t uncounted = count_causes(s, key, &e);
  /* A session that fails in several ways is counted in several details. */
  const uint64_t explained = counts_sum(e.lost, e.unprotected);
  if (e.lost > e.sessions.failed && e.sessions.failed) e.lost = e.sessions.failed;
  const uint64_t sessions = counts_sum(e.sessions.successful, e.sessions.failed);
  require(&e, NEED_DAYS, testing.count, days);
  require(&e, NEED_RECENT_DAYS, e.days.count, (days + 1) / 2);
  require(&e, NEED_REPORTERS, e.reporter_count, s->options->reporters);
  require(&e, NEED_SESSIONS, sessions, 1);
  require(&e, NEED_DETAILS, explained, e.sessions.failed);
  require(&e, NEED_COUNTS, 0, count_uncounted(s, domain, key[1]));
  require(&e, NEED_DETAIL_COUNTS, 0, uncounted);
  require(&e, NEED_ROWS, 0, count_lost_rows(s));
  e.answer = e.lost ? VIEW_NOT_READY : VIEW_READY;
  for (int need = 0; need < NEEDS && !e.lost; need++)
    if (view_missing(&e, (view_need)need)) e.answer = VIEW_CANNOT_TELL;
  return e;
}

bool view_is_reporting(const view_readiness *e, const table_row *reporter) {
  return strcmp(reporter->counts.last, e->first) >= 0;
}

uint64_t view_missing(const view_readiness *e, view_need need) {
  return e->required[need] > e->have[need] ? e->required[need] - e->have[need] : 0;
}

static void add_loss(buffer *out, const view_readiness *e) {
  buffer_text(out, "enforcing would have lost ");
  if (e->lost) {
    buffer_text(out, "up to ");
    buffer_number(out, e->lost);
  } else {
    buffer_text(out, "none");
  }
  buffer_text(out, " of ");
  buffer_count(out, counts_sum(e->sessions.successful, e->sessions.failed), "session");
  buffer_text(out, " from ");
  buffer_text(out, e->first);
  buffer_text(out, " to ");
  buffer_text(out, e->last);
  if (e->worst) {
    buffer_text(out, ", mostly because of ");
    buffer_text(out, *e->worst ? e->worst : "(no result type)");
  }
  buffer_text(out, ".");
}

static void add_missing(buffer *out, const view_readiness *e) {
  static const struct {
    const char *before, *noun, *after;
    bool has_ratio;
  } texts[NEEDS] = {[NEED_DAYS] = {"reports on ", "more day", "", true},
                    [NEED_RECENT_DAYS] = {"reports on ", "more day", " of this period", true},
                    [NEED_REPORTERS] = {"", "more reporter", "", true},
                    [NEED_SESSIONS] = {"at least ", "session", "", false},
                    [NEED_DETAILS] = {"details that explain ", "failed session", "", false},
                    [NEED_COUNTS] = {"a readable failure count of ", "policy object", "", false},
                    [NEED_DETAIL_COUNTS] = {"a readable number of sessions in ", "detail", "", false},
                    [NEED_ROWS] = {"", "row", " beyond --max-rows", false}};
  bool is_first = true;
  for (int need = 0; need < NEEDS; need++) {
    const uint64_t missing = view_missing(e, (view_need)need);
    if (!missing) continue;
    buffer_text(out, is_first ? "Missing: " : ", ");
    is_first = false;
    buffer_text(out, texts[need].before);
    buffer_count(out, missing, texts[need].noun);
    buffer_text(out, texts[need].after);
    if (!texts[need].has_ratio) continue;
    buffer_text(out, " (");
    buffer_number(out, e->have[need]);
    buffer_text(out, " of ");
    buffer_number(out, e->required[need]);
    buffer_text(out, ")");
  }
  if (!is_first) buffer_text(out, ".");
}

/* Adds the days as ranges: "2026-03-01 to 2026-03-05, 2026-03-07"; only the first few. */
static void add_ranges(buffer *out, table_slice days) {
  enum { RANGES_SHOWN = 4 };
  int ranges = 0;
  for (size_t i = 0; i < days.count;) {
    const char *first = table_column(days.rows[i], 2);
    const char *last = first;
    while (++i < days.count && day_number(table_column(days.rows[i], 2)) == day_number(last) + 1)
      last = table_column(days.rows[i], 2);
    if (ranges++ == RANGES_SHOWN) {
      buffer_text(out, ", ...");
      return;
    }
    if (ranges > 1) buffer_text(out, ", ");
    buffer_text(out, first);
    if (last == first) continue;
    buffer_text(out, " to ");
    buffer_text(out, last);
  }
}

/* The days and reporters that the answer is based on. */
static void add_basis(buffer *out, const summary *s, const view_readiness *e) {
  enum { REPORTERS_SHOWN = 5 };
  uint64_t shown = 0;
  buffer_text(out, "Based on reports from ");
  for (size_t i = 0; i < e->reporters.count && shown < REPORTERS_SHOWN; i++) {
    if (!view_is_reporting(e, e->reporters.rows[i])) continue;
    if (shown++) buffer_text(out, ", ");
    buffer_text(out, view_organization_title(table_column(e->reporters.rows[i], 2)));
  }
  if (e->reporter_count > shown) {
    buffer_text(out, " and ");
    buffer_count(out, e->reporter_count - shown, "other");
  }
  buffer_text(out, " on ");
  buffer_number(out, e->days.count);
  buffer_text(out, " of ");
  buffer_count(out, s->options->days, "day");
  buffer_text(out, ": ");
  add_ranges(out, e->days);
  buffer_text(out, ".");
}

static void add_unprotected(buffer *out, const view_readiness *e) {
  if (!e->unprotected) return;
  buffer_text(out, "In ");
  buffer_count(out, e->unprotected, "session");
  buffer_text(out, " the sender could not get the policy, so enforcing would have made no difference.");
}

void view_explain(buffer *out, const summary *s, const view_readiness *e, view_explanation what) {
  switch (what) {
  case EXPLAIN_LOSS: add_loss(out, e); break;
  case EXPLAIN_MISSING: add_missing(out, e); break;
  case EXPLAIN_BASIS: add_basis(out, s, e); break;
  default: add_unprotected(out, e);
  }
}
