/* SPDX-License-Identifier: MIT */
/* What a summary says about itself: how many reports it counted, and what it could not count exactly. */
#include "../standard_output.h"
#include "summary_view.h"

typedef struct remarks {
  buffer sentence;
  void (*show)(void *user, buffer *sentence);
  void *user;
} remarks;

static void show(remarks *r) {
  if (r->sentence.failed) output_no_memory();
  r->show(r->user, &r->sentence);
  buffer_clear(&r->sentence);
}

static void add_count(remarks *r, uint64_t count, const char *noun, const char *rest) {
  if (!count) return;
  buffer_count(&r->sentence, count, noun);
  buffer_text(&r->sentence, rest);
  show(r);
}

static void add_full_table(remarks *r, const char *name, const table *t, bool has_sessions) {
  if (!t->other_keys) return;
  buffer_text(&r->sentence, "The table ");
  buffer_text(&r->sentence, name);
  buffer_text(&r->sentence, " is full (--max-rows): ");
  const uint64_t sessions = counts_sum(has_sessions ? t->other.successful : 0, t->other.failed);
  if (sessions)
    buffer_count(&r->sentence, sessions, "session");
  else
    buffer_text(&r->sentence, "the rest is"); /* it has other counts, such as reports */
  buffer_text(&r->sentence, " counted as other.");
  show(r);
}

static bool is_capped(const view_domains *v) {
  for (size_t i = 0; i < v->policy_count; i++) {
    const view_policy *p = &v->policies[i];
    if (p->total.successful == UINT64_MAX || p->total.failed == UINT64_MAX || p->detailed == UINT64_MAX) return true;
  }
  return false;
}

void view_remarks(const summary *s, const view_domains *domains, void (*show_sentence)(void *user, buffer *sentence),
                  void *user) {
  remarks r = {.show = show_sentence, .user = user};
  buffer_count(&r.sentence, s->reports, "report");
  buffer_text(&r.sentence, " counted.");
  show(&r);
  add_count(&r, s->duplicates, "duplicate report", " left out.");
  add_count(&r, s->outside, "report", " left out: for other domains or days, or undated.");
  add_count(&r, s->bad_inputs, "input", " left out: unreadable or refused.");
  add_count(&r, s->unreadable, "report",
            " with a policy in a form that cannot be read, so its sessions are not counted.");
  add_count(&r, s->overlaps, "report", " counted more than once: in several of the added summaries.");
  for (int i = 0; i < SUMMARY_TABLES; i++)
    add_full_table(&r, summary_tables[i].name, &s->tables[i], summary_tables[i].has_sessions);
  add_count(&r, s->future, "report", " dated in the future: counted, but treated as undated.");
  if (s->keys.full || s->keys_are_missing) {
    buffer_text(&r.sentence, "Too many reports to recognize all duplicates.");
    show(&r);
  }
  if (is_capped(domains)) {
    buffer_text(&r.sentence, "Some sums exceed 2^64-1 and are capped there.");
    show(&r);
  }
  buffer_free(&r.sentence);
}
