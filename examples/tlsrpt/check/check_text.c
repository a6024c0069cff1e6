/* SPDX-License-Identifier: MIT */
/* tlsrpt check --format text: the verdict, what to change, and what the reports would be about. */
#include <string.h>

#include "../color.h"
#include "../escape.h"
#include "../publish_format.h"
#include "../record_view.h"
#include "answer.h"
#include "check_diagnostics.h"
#include "check_view.h"
#include "publish.h"

static void add_verdict(buffer *out, const trpt_conclusion *c) {
  static const struct {
    color_sense sense;
    const char *text;
  } verdicts[] = {
      [TRPT_VERDICT_ALL] = {COLOR_GOOD, "Senders will report:"},
      [TRPT_VERDICT_SOME] = {COLOR_DOUBTFUL, "Forgiving senders will report, others will not:"},
      [TRPT_VERDICT_NONE] = {COLOR_BAD, "Senders will not report:"},
      [TRPT_VERDICT_UNKNOWN] = {COLOR_DOUBTFUL, "Could not determine whether senders will report:"},
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

/* Says why reports cannot arrive: the problem of the first usable destination. */
static void add_undeliverable(buffer *out, const probe *p) {
  const trpt_conclusion *c = &p->conclusion;
  const char *code;
  size_t first = 0;
  while (!p->destinations[first].is_usable) first++;
  answer_destination(&p->destinations[first], &code);
  buffer_text(out, "  ");
  color_text(out, COLOR_BAD,
             c->verdict == TRPT_VERDICT_ALL ? "Senders would report, but the reports cannot arrive:"
                                            : "Forgiving senders would report, but the reports cannot arrive:");
  buffer_text(out, " ");
  buffer_text(out, answer_destination_message(&p->destinations[first], code));
  buffer_text(out, "\n");
  record_destinations(out, &c->record);
}

static void add_alias(buffer *out, const query *q) {
  if (!q->alias_count || !q->count) return;
  buffer_text(out, "  Found at ");
  dns_name_text(out, &q->owner);
  buffer_text(out, ", through an alias (CNAME).\n");
}

static void add_diagnostic(void *user, const trpt_diagnostic *d, trpt_str text) { record_diagnostic(user, d, text); }

static void add_publish(buffer *out, const probe *p) {
  buffer text = {0};
  const trpt_verdict verdict = p->conclusion.verdict;
  check_publish(p, false, &text);
  /* A domain that does not exist cannot publish a record. */
  const bool exists = !p->conclusion.code || strcmp(p->conclusion.code, "check.no-domain") != 0;
  const bool needs_example = !text.len && exists && (verdict == TRPT_VERDICT_SOME || verdict == TRPT_VERDICT_NONE);
  if (text.len || needs_example) {
    buffer_text(out, p->record->count ? "\n  Publish instead" : "\n  Publish");
    buffer_text(out, needs_example ? ", for example, at " : p->record->count ? ", at " : " at ");
    dns_name_text(out, &p->record->name);
    buffer_text(out, ":\n");
  }
  if (needs_example) {
    publish_example(out);
  } else if (text.len) {
    buffer_text(out, "    ");
    escape_terminal(out, text.data, text.len);
    buffer_text(out, "\n");
  }
  buffer_free(&text);
}

/* Adds the number of MX hosts with TLSA records that count, and of those whose records do not count or are unknown. */
static void add_dane(buffer *out, const probe *p, bool *may_have_dane) {
  size_t with_tlsa = 0;
  size_t ignored = 0;
  size_t unknown = 0;
  for (size_t i = 0; i < p->mail.count; i++) {
    const answer a = answer_tlsa(&p->hosts[i]);
    const bool is_ignored = a == ANSWER_YES && answer_tlsa_signed(p, &p->hosts[i]) == ANSWER_NO;
    with_tlsa += a == ANSWER_YES && !is_ignored;
    unknown += a == ANSWER_UNKNOWN;
    ignored += is_ignored;
  }
  *may_have_dane = with_tlsa || unknown;
  buffer_text(out, "  DANE: ");
  if (query_failed(p->mail.mx)) {
    *may_have_dane = true;
    buffer_text(out, "could not determine the MX hosts: ");
    buffer_text(out, p->mail.mx->failure);
  } else if (p->mail.refuses && !p->mail.count) {
    buffer_text(out, "the domain accepts no mail (null MX)");
  } else if (!p->mail.count) {
    buffer_text(out, p->mail.mx->no_name ? "the domain does not exist" : "the domain has no MX record and no address");
  } else {
    buffer_number(out, with_tlsa);
    buffer_text(out, " of ");
    buffer_count(out, p->mail.count, "MX host");
    buffer_text(out, with_tlsa == 1 ? " has TLSA records" : " have TLSA records");
    if (ignored) {
      buffer_text(out, "; those of ");
      buffer_number(out, ignored);
      buffer_text(out, ignored == 1 ? " host do not count, since its zone is not signed"
                                    : " hosts do not count, since their zones are not signed");
    }
    if (unknown) {
      buffer_text(out, ", ");
      buffer_number(out, unknown);
      buffer_text(out, " could not be determined");
    }
    if (p->mail.left_out) {
      buffer_text(out, "; ");
      buffer_number(out, p->mail.left_out);
      buffer_text(out, " more were not checked");
    }
  }
  buffer_text(out, "\n");
}

static void add_context(buffer *out, const probe *p) {
  static const char *const texts[] = {"not published", "published", "could not be determined"};
  const answer sts = answer_sts(p);
  bool may_have_dane;
  buffer_text(out, "\n  MTA-STS: ");
  buffer_text(out, texts[sts]);
  buffer_text(out, "\n");
  add_dane(out, p, &may_have_dane);
  if (sts == ANSWER_NO && !may_have_dane)
    buffer_text(out, "  Without MTA-STS and DANE, reports only say that no policy was found.\n");
}

/* Only with --mx do hosts have records. */
static void add_hosts(buffer *out, const probe *p) {
  for (size_t i = 0; i < p->mail.count; i++) {
    if (!p->host_records[i]) continue;
    const trpt_conclusion c = probe_conclude(p->host_records[i]);
    buffer_text(out, "\n  MX host ");
    dns_name_text(out, &p->mail.hosts[i]);
    buffer_text(out, ", for DANE\n");
    add_verdict(out, &c);
  }
}

void check_text(buffer *out, const check_view *view) {
  if (view->problem) return;
  const probe *p = view->probe;
  escape_terminal(out, view->input.ptr, view->input.len);
  if (view->input.len != view->domain.len || memcmp(view->input.ptr, view->domain.ptr, view->input.len) != 0) {
    buffer_text(out, " (");
    buffer_add(out, view->domain.ptr, view->domain.len);
    buffer_text(out, ")");
  }
  buffer_text(out, "\n");
  if (answer_delivery(p) == ANSWER_NO)
    add_undeliverable(out, p);
  else
    add_verdict(out, &p->conclusion);
  add_alias(out, p->record);
  check_diagnose(p, add_diagnostic, out);
  add_publish(out, p);
  add_context(out, p);
  add_hosts(out, p);
}

void check_text_totals(buffer *out, const uint64_t counts[OUTCOMES]) {
  static const struct {
    color_sense sense;
    const char *text;
  } outcomes[OUTCOMES] = {
      [OUTCOME_GOOD] = {COLOR_GOOD, "Senders will report"},
      [OUTCOME_FORGIVING] = {COLOR_DOUBTFUL, "Forgiving senders will report, others will not"},
      [OUTCOME_UNDELIVERABLE] = {COLOR_BAD, "Senders would report, but the reports cannot arrive"},
      [OUTCOME_NONE] = {COLOR_BAD, "Senders will not report"},
      [OUTCOME_UNKNOWN] = {COLOR_DOUBTFUL, "Could not determine whether senders will report"},
      [OUTCOME_INVALID] = {COLOR_BAD, "Not a domain name"},
  };
  uint64_t sum = 0;
  for (size_t i = 0; i < OUTCOMES; i++) sum += counts[i];
  buffer_count(out, sum, "name");
  buffer_text(out, " checked\n");
  for (size_t i = 0; i < OUTCOMES; i++) {
    if (!counts[i]) continue;
    buffer_text(out, "  ");
    color_text(out, outcomes[i].sense, outcomes[i].text);
    buffer_text(out, ": ");
    buffer_number(out, counts[i]);
    buffer_text(out, "\n");
  }
}
