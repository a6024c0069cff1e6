/* SPDX-License-Identifier: MIT */
/* Decides whether a domain may switch MTA-STS from testing to enforce: RFC 8461 s5, docs/summary.md. */
#include <string.h>

#include <tlsrpt/model.h>
#include <tlsrpt/policy.h>

#include "summary_view.h"

static bool loses_mail(const char *result) {
  return trpt_result_type_loses_mail(trpt_result_type_from_name(result, strlen(result)));
}

static void count_causes(const summary *s, const char *const *key, view_readiness *e) {
  const table_slice causes = table_find(&s->tables[SUMMARY_MODE_CAUSES], key, 2);
  const char *result = "";
  uint64_t result_sum = 0;
  uint64_t worst_sum = 0;
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
    result_sum = counts_sum(result_sum, row->counts.failed);
    if (result_sum > worst_sum) {
      worst_sum = result_sum;
      e->worst = result;
    }
  }
}

view_readiness view_readiness_of(const summary *s, const char *domain) {
  const char *const key[] = {domain, trpt_sts_mode_name(TRPT_STS_MODE_TESTING)};
  const table_slice all = table_find(&s->tables[SUMMARY_MODES], &domain, 1);
  const table_slice testing = table_find(&s->tables[SUMMARY_MODES], key, 2);
  view_readiness e = {.answer = VIEW_NOT_TESTING};
  if (!testing.count) return e;
  memcpy(e.last, table_column(testing.rows[testing.count - 1], 2), sizeof e.last);
  /* The policy had another mode on a later day, so the question is obsolete. */
  for (size_t i = 0; i < all.count; i++)
    if (strcmp(table_column(all.rows[i], 2), e.last) > 0) return e;
  const int64_t begin = day_number(e.last) - (int64_t)s->options->days + 1;
  day_of(begin * SECONDS_PER_DAY, e.first);
  for (size_t i = 0; i < testing.count; i++) {
    if (strcmp(table_column(testing.rows[i], 2), e.first) < 0) continue;
    counts_add(&e.sessions, &testing.rows[i]->counts);
    e.days++;
  }
  const char *const uncounted_key[] = {domain, trpt_policy_type_name(TRPT_POLICY_STS), key[1]};
  const table_slice uncounted = table_find(&s->tables[SUMMARY_UNCOUNTED], uncounted_key, 3);
  if (uncounted.count) e.uncounted = uncounted.rows[0]->counts.entries;
  const table_slice reporters = table_find(&s->tables[SUMMARY_MODE_REPORTERS], key, 2);
  for (size_t i = 0; i < reporters.count; i++) e.reporters += strcmp(reporters.rows[i]->counts.last, e.first) >= 0;
  count_causes(s, key, &e);
  /* A session that fails in several ways is counted in several details. */
  const uint64_t explained = counts_sum(e.lost, e.unprotected);
  if (e.sessions.failed > explained) e.unexplained = e.sessions.failed - explained;
  if (e.lost > e.sessions.failed && e.sessions.failed) e.lost = e.sessions.failed;
  for (int i = SUMMARY_MODES; i <= SUMMARY_UNCOUNTED; i++) e.is_partial |= s->tables[i].other_keys != 0;
  /* Requires reports on at least `days` days altogether, and on half of the last `days` days. */
  const bool is_known = testing.count >= s->options->days && e.days >= (s->options->days + 1) / 2 &&
                        e.reporters >= s->options->reporters &&
                        counts_sum(e.sessions.successful, e.sessions.failed) != 0;
  if (e.lost)
    e.answer = VIEW_NOT_READY;
  else
    e.answer = is_known && !e.unexplained && !e.uncounted && !e.is_partial ? VIEW_READY : VIEW_CANNOT_TELL;
  return e;
}
