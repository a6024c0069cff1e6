/* SPDX-License-Identifier: MIT */
/* A domain for a person: the verdict, what to mend, what would be in the reports. */
#include <string.h>

#include "../color.h"
#include "../escape.h"
#include "../record_show.h"
#include "show.h"

static void add_verdict(buffer *out, const trpt_conclusion *c) {
  static const struct {
    color_sense sense;
    const char *text;
  } verdicts[] = {
      [TRPT_VERDICT_ALL] = {COLOR_GOOD, "Senders will report:"},
      [TRPT_VERDICT_SOME] = {COLOR_DOUBTFUL, "Forgiving senders will report, others will not:"},
      [TRPT_VERDICT_NONE] = {COLOR_BAD, "Senders will not report:"},
      [TRPT_VERDICT_UNKNOWN] = {COLOR_DOUBTFUL, "Could not find out whether senders will report:"},
  };
  buffer_text(out, "  ");
  color_text(out, verdicts[c->verdict].sense, verdicts[c->verdict].text);
  if (c->reason) {
    buffer_text(out, " ");
    buffer_text(out, c->reason);
    if (c->verdict == TRPT_VERDICT_UNKNOWN) buffer_text(out, ".");
  }
  buffer_text(out, "\n");
  if (c->record.text.ptr) record_destinations(out, &c->record);
}

static void add_alias(buffer *out, const lookup *l) {
  if (!l->links || !l->count) return;
  buffer_text(out, "  Found at ");
  dns_name_text(out, &l->owner);
  buffer_text(out, ", by an alias (CNAME).\n");
}

static void add_finding(void *user, const trpt_diagnostic *d, trpt_str text) { record_finding(user, d, text); }

static void add_publish(buffer *out, const survey *s) {
  buffer text = {0};
  judge_publish(s, &text);
  if (text.len) {
    buffer_text(out, s->record->count ? "\n  Publish instead, at " : "\n  Publish at ");
    dns_name_text(out, &s->record->name);
    buffer_text(out, ":\n    ");
    escape_terminal(out, text.data, text.len);
    buffer_text(out, "\n");
  }
  buffer_free(&text);
}

/* How many MX hosts have it, and how many could not be asked. */
static void add_dane(buffer *out, const survey *s, bool *any) {
  size_t with = 0;
  size_t unsigned_ones = 0;
  size_t unknown = 0;
  for (size_t i = 0; i < s->mail.count; i++) {
    const answer a = judge_tlsa(s->tlsa[i]);
    with += a == ANSWER_YES;
    unknown += a == ANSWER_UNKNOWN;
    unsigned_ones += a == ANSWER_YES && judge_signed(s, s->tlsa[i]) == ANSWER_NO;
  }
  *any = with || unknown;
  buffer_text(out, "  DANE: ");
  if (lookup_failed(s->mail.mx)) {
    *any = true;
    buffer_text(out, "could not find out the MX hosts: ");
    buffer_text(out, s->mail.mx->failure);
  } else if (s->mail.refuses && !s->mail.count) {
    buffer_text(out, "the domain takes no mail (null MX)");
  } else if (!s->mail.count) {
    buffer_text(out, s->mail.mx->no_name ? "the domain does not exist" : "the domain has neither MX nor an address");
  } else {
    buffer_number(out, with);
    buffer_text(out, " of ");
    finding_count(out, s->mail.count, "MX host");
    buffer_text(out, with == 1 ? " has TLSA records" : " have TLSA records");
    if (unsigned_ones) {
      buffer_text(out, ", ");
      buffer_number(out, unsigned_ones);
      buffer_text(out, " of them without DNSSEC, so that senders do not use them");
    }
    if (unknown) {
      buffer_text(out, ", of ");
      buffer_number(out, unknown);
      buffer_text(out, " it could not be found out");
    }
    if (s->mail.left_out) {
      buffer_text(out, "; ");
      buffer_number(out, s->mail.left_out);
      buffer_text(out, " more were not looked at");
    }
  }
  buffer_text(out, "\n");
}

static void add_context(buffer *out, const survey *s) {
  static const char *const texts[] = {"not published", "published", "could not find out"};
  const answer sts = judge_sts(s);
  bool dane;
  buffer_text(out, "\n  MTA-STS: ");
  buffer_text(out, texts[sts]);
  buffer_text(out, "\n");
  add_dane(out, s, &dane);
  if (sts == ANSWER_NO && !dane)
    buffer_text(out, "  Without either of the two there is no policy that a report could say anything of.\n");
}

static void add_hosts(buffer *out, const survey *s) {
  for (size_t i = 0; i < s->mail.count; i++) {
    if (!s->host_records[i]) continue;
    const trpt_conclusion c = survey_conclude(s->host_records[i]);
    buffer_text(out, "\n  MX host ");
    dns_name_text(out, &s->mail.hosts[i]);
    buffer_text(out, ", for DANE\n");
    add_verdict(out, &c);
  }
}

void check_text(buffer *out, const check_view *view) {
  if (view->problem) return;
  const survey *s = view->survey;
  escape_terminal(out, view->given.ptr, view->given.len);
  if (view->given.len != view->domain.len || memcmp(view->given.ptr, view->domain.ptr, view->given.len) != 0) {
    buffer_text(out, " (");
    buffer_add(out, view->domain.ptr, view->domain.len);
    buffer_text(out, ")");
  }
  buffer_text(out, "\n");
  add_verdict(out, &s->conclusion);
  add_alias(out, s->record);
  judge_findings(s, add_finding, out);
  add_publish(out, s);
  add_context(out, s);
  if (view->with_hosts) add_hosts(out, s);
}
