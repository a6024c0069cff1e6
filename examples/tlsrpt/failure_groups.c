/* SPDX-License-Identifier: MIT */
#include "failure_groups.h"

#include <stdlib.h>

#include "advice.h"
#include "allocate.h"
#include "escape.h"
#include "reason_code.h"

enum { FAILURES_SHOWN = 5 };

typedef struct shown_failure {
  uint64_t sessions;
  uint64_t index; /* in the group */
  size_t begin;   /* its text, which follows the number of sessions */
  size_t len;
  bool is_counted;
} shown_failure;

/* All failures of one policy with the same result type. */
struct failure_group {
  uint64_t sessions;
  uint64_t count;
  uint64_t uncounted; /* of them, those without a readable session count */
  buffer shown;       /* shown_failure, unsorted */
  buffer texts;       /* of these, and of some that were shown before */
  size_t texts_len;   /* of these alone */
};

void failure_groups_begin(failure_groups *g, bool shows_all) {
  *g = (failure_groups){.shows_all = shows_all, .count = (size_t)trpt_result_type_count() + 2};
  g->groups = allocate_zeros(g->count, sizeof *g->groups);
}

void failure_groups_end(failure_groups *g) {
  for (size_t i = 0; i < g->count; i++) {
    buffer_free(&g->groups[i].shown);
    buffer_free(&g->groups[i].texts);
  }
  free(g->groups);
}

size_t failure_groups_size(const failure_groups *g) {
  size_t size = g->count * sizeof *g->groups;
  for (size_t i = 0; i < g->count; i++) size += g->groups[i].shown.capacity + g->groups[i].texts.capacity;
  return size;
}

static bool has_text(trpt_str s) { return s.ptr && s.len; }

/* Adds "LABEL VALUE", or nothing without a value. */
static void add_labelled(buffer *b, const char *label, trpt_str value) {
  if (!has_text(value)) return;
  buffer_text(b, label);
  escape_terminal(b, value.ptr, value.len);
}

static void add_line(buffer *b, const char *label, trpt_str value) {
  add_labelled(b, label, value);
  if (has_text(value)) buffer_text(b, "\n");
}

/* "reason: X509_V_ERR_CERT_HAS_EXPIRED (the certificate has expired)" */
static void add_reason(buffer *b, trpt_str reason) {
  const char *meaning = has_text(reason) ? reason_code_meaning(reason) : NULL;
  add_labelled(b, "          reason: ", reason);
  if (meaning) {
    buffer_text(b, " (");
    buffer_text(b, meaning);
    buffer_text(b, ")");
  }
  if (has_text(reason)) buffer_text(b, "\n");
}

static void describe(buffer *b, const trpt_failure *f) {
  if (!f->type) add_labelled(b, ", ", f->type_name);
  add_labelled(b, ", at ", f->receiving_mx_hostname);
  if (has_text(f->receiving_ip)) {
    add_labelled(b, has_text(f->receiving_mx_hostname) ? " [" : ", at [", f->receiving_ip);
    buffer_text(b, "]");
  }
  add_labelled(b, ", HELO name ", f->receiving_mx_helo);
  add_labelled(b, ", from ", f->sending_mta_ip);
  buffer_text(b, "\n");
  add_reason(b, f->failure_reason_code);
  add_line(b, "          see: ", f->additional_information);
}

/* Most sessions first, then in the order of the report. A failure without a readable count comes last. */
static int compare_shown(const void *a, const void *b) {
  const shown_failure *left = a;
  const shown_failure *right = b;
  if (left->is_counted != right->is_counted) return left->is_counted ? -1 : 1;
  if (left->sessions != right->sessions) return left->sessions > right->sessions ? -1 : 1;
  return left->index < right->index ? -1 : 1;
}

static shown_failure *shown_of(const failure_group *group) { return (shown_failure *)(void *)group->shown.data; }
static size_t shown_count(const failure_group *group) { return group->shown.len / sizeof(shown_failure); }

static shown_failure *last_shown(const failure_group *group) {
  shown_failure *shown = shown_of(group);
  shown_failure *last = shown;
  for (size_t i = 1; i < shown_count(group); i++)
    if (compare_shown(&shown[i], last) > 0) last = &shown[i];
  return last;
}

/* Drops the texts of failures that are no longer shown, once they take more memory than the others. */
static void drop_texts(failure_group *group) {
  enum { DROPPED_MIN = 65536 };
  if (group->texts.len - group->texts_len < group->texts_len + DROPPED_MIN) return;
  buffer texts = {0};
  for (size_t i = 0; i < shown_count(group); i++) {
    shown_failure *failure = &shown_of(group)[i];
    const size_t begin = texts.len;
    buffer_add(&texts, group->texts.data + failure->begin, failure->len);
    failure->begin = begin;
  }
  texts.failed = texts.failed || group->texts.failed;
  buffer_free(&group->texts);
  group->texts = texts;
}

static size_t group_of(const failure_groups *g, const trpt_failure *f) {
  if (!has_text(f->type_name)) return g->count - 1;
  return f->type > 0 && (size_t)f->type < g->count - 1 ? (size_t)f->type : 0;
}

void failure_groups_add(failure_groups *g, const trpt_failure *f) {
  failure_group *group = &g->groups[group_of(g, f)];
  shown_failure failure = {.sessions = f->failed_sessions,
                           .index = group->count++,
                           .begin = group->texts.len,
                           .is_counted = f->present & TRPT_FAILURE_HAS_FAILED_SESSIONS};
  group->sessions = group->sessions > UINT64_MAX - failure.sessions ? UINT64_MAX : group->sessions + failure.sessions;
  group->uncounted += !failure.is_counted;
  shown_failure *replaced = !g->shows_all && shown_count(group) == FAILURES_SHOWN ? last_shown(group) : NULL;
  if (replaced && compare_shown(replaced, &failure) < 0) return;
  describe(&group->texts, f);
  failure.len = group->texts.len - failure.begin;
  group->texts_len += failure.len - (replaced ? replaced->len : 0);
  if (replaced)
    *replaced = failure;
  else
    buffer_add(&group->shown, (const char *)&failure, sizeof failure);
  drop_texts(group);
}

/* ---- output ---- */

/* RFC 8460 s4: the counts of details need not add up to the total. */
static void add_excess(buffer *out, const trpt_policy *p, uint64_t sessions) {
  if (!(p->present & TRPT_POLICY_HAS_FAILED) || sessions <= p->failed_sessions) return;
  if (!p->failed_sessions) {
    buffer_text(out, " (but the total of failed sessions is 0)");
    return;
  }
  buffer_text(out, " (more than the ");
  buffer_number(out, p->failed_sessions);
  buffer_text(out, " that failed: one session can fail in several ways)");
}

static void add_title(buffer *out, const failure_groups *g, size_t index) {
  const failure_group *group = &g->groups[index];
  if (index == g->count - 1)
    buffer_text(out, "no result type given");
  else
    buffer_text(out, index ? trpt_result_type_name((trpt_result_type)index) : "a result type not defined by RFC 8460");
  if (group->uncounted == group->count) return;
  buffer_text(out, group->uncounted ? ", at least " : ", ");
  buffer_count(out, group->sessions, "session");
}

static void write_shown(buffer *out, const failure_group *group, const shown_failure *failure, const trpt_policy *p) {
  buffer_text(out, "        ");
  if (failure->is_counted)
    buffer_count(out, failure->sessions, "session");
  else
    buffer_text(out, "an unknown number of sessions");
  add_excess(out, p, failure->sessions);
  buffer_add(out, group->texts.data + failure->begin, failure->len);
}

static void write_group(buffer *out, const failure_groups *g, size_t index, const trpt_policy *p) {
  const failure_group *group = &g->groups[index];
  buffer_text(out, "      ");
  add_title(out, g, index);
  add_excess(out, p, group->sessions);
  buffer_text(out, "\n        ");
  const bool is_named = index != g->count - 1;
  advice_text(out, is_named ? (trpt_result_type)index : TRPT_RESULT_UNKNOWN, is_named, p->domain);
  buffer_text(out, "\n");
  if (shown_count(group)) qsort(shown_of(group), shown_count(group), sizeof(shown_failure), compare_shown);
  for (size_t i = 0; i < shown_count(group); i++) write_shown(out, group, &shown_of(group)[i], p);
  if (group->count > shown_count(group)) {
    buffer_text(out, "        and ");
    buffer_number(out, group->count - shown_count(group));
    buffer_text(out, " more (--verbose shows all)\n");
  }
  out->failed = out->failed || group->shown.failed || group->texts.failed;
}

/* The group with the most sessions; among several, the one whose type RFC 8460 lists first, then one of other types. */
static size_t largest_group(const failure_groups *g) {
  size_t largest = g->count;
  for (size_t k = 1; k <= g->count; k++) {
    const size_t i = k == g->count ? 0 : k;
    if (!g->groups[i].count) continue;
    if (largest == g->count || g->groups[i].sessions > g->groups[largest].sessions) largest = i;
  }
  return largest;
}

static void clear_group(failure_group *group) {
  group->sessions = group->count = group->uncounted = 0;
  group->texts_len = 0;
  buffer_clear(&group->shown);
  buffer_clear(&group->texts);
}

void failure_groups_write(failure_groups *g, buffer *out, const trpt_policy *p) {
  size_t index;
  while ((index = largest_group(g)) < g->count) {
    write_group(out, g, index, p);
    clear_group(&g->groups[index]);
  }
}

void failure_groups_clear(failure_groups *g) {
  for (size_t i = 0; i < g->count; i++) clear_group(&g->groups[i]);
}
