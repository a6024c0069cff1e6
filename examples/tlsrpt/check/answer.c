/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include <string.h>

answer answer_sts(const probe *p) {
  static const char prefix[] = "v=STSv1;";
  if (!p->sts || query_failed(p->sts)) return ANSWER_UNKNOWN;
  /* RFC 8461 s3.1: exactly one text must begin with the prefix. */
  size_t count = 0;
  for (size_t i = 0; i < p->sts->count; i++) {
    const trpt_str text = p->sts->texts[i];
    if (text.len >= sizeof prefix - 1 && memcmp(text.ptr, prefix, sizeof prefix - 1) == 0) count++;
  }
  return count == 1 ? ANSWER_YES : ANSWER_NO;
}

static answer has_records(const query *q) {
  if (!q || query_failed(q)) return ANSWER_UNKNOWN;
  return q->count ? ANSWER_YES : ANSWER_NO;
}

static answer any_of(answer a, answer b) {
  if (a == ANSWER_YES || b == ANSWER_YES) return ANSWER_YES;
  return a == ANSWER_UNKNOWN || b == ANSWER_UNKNOWN ? ANSWER_UNKNOWN : ANSWER_NO;
}

static answer both_of(answer a, answer b) {
  if (a == ANSWER_NO || b == ANSWER_NO) return ANSWER_NO;
  return a == ANSWER_UNKNOWN || b == ANSWER_UNKNOWN ? ANSWER_UNKNOWN : ANSWER_YES;
}

static answer has_target_tlsa(const mail_host *host) {
  return host->target_tlsa ? has_records(host->target_tlsa) : ANSWER_NO;
}

answer answer_tlsa(const mail_host *host) { return any_of(has_records(host->tlsa), has_target_tlsa(host)); }

/* RFC 7672 s2.2.2. If all aliases are signed, the target's records count, and without any those of the host. Otherwise
   only those of the host count, if its own alias is signed. */
answer answer_tlsa_signed(const probe *p, const mail_host *host) {
  const answer own = answer_signed(p, host->tlsa);
  if (!host->target_tlsa) return own;
  const answer chain = answer_signed(p, host->address);
  if (chain == ANSWER_YES && has_target_tlsa(host) == ANSWER_YES) return answer_signed(p, host->target_tlsa);
  if (has_records(host->tlsa) != ANSWER_YES) return chain;
  return both_of(chain == ANSWER_YES ? ANSWER_YES : answer_signed(p, host->alias), own);
}

static answer mail_destination(const mail_hosts *m, const char **code) {
  if (m->count) return ANSWER_YES;
  if (m->refuses) {
    *code = "check.null-mx";
    return ANSWER_NO;
  }
  if (query_failed(m->mx) || has_records(m->a) != ANSWER_NO || has_records(m->aaaa) != ANSWER_NO) return ANSWER_UNKNOWN;
  *code = "check.no-mail-host";
  return ANSWER_NO;
}

answer answer_destination(const destination *d, const char **code) {
  *code = "check.not-looked-up";
  if (!d->has_host) return ANSWER_UNKNOWN;
  *code = "check.not-found-out";
  if (d->is_mail) return mail_destination(&d->mail, code);
  const answer a = any_of(has_records(d->a), has_records(d->aaaa));
  if (a == ANSWER_NO) *code = "check.no-address";
  return a;
}

const char *answer_destination_message(const destination *d, const char *code) {
  const query *first = d->is_mail ? d->mail.mx : d->a;
  return d->has_host && !query_failed(first) && first->no_name
             ? "The domain of this destination does not exist, so reports cannot be delivered."
             : trpt_diagnostic_message(code);
}

answer answer_delivery(const probe *p) {
  const trpt_record *record = &p->conclusion.record;
  answer a = p->destination_count < record->rua_count || !record->usable_rua_count ? ANSWER_UNKNOWN : ANSWER_NO;
  for (size_t i = 0; i < p->destination_count; i++) {
    const char *code;
    if (p->destinations[i].is_usable) a = any_of(a, answer_destination(&p->destinations[i], &code));
  }
  return a;
}

answer answer_signed(const probe *p, const query *q) {
  if (!q || query_failed(q)) return ANSWER_UNKNOWN;
  if (q->authenticated) return ANSWER_YES;
  return query_failed(p->root) || !p->root->authenticated ? ANSWER_UNKNOWN : ANSWER_NO;
}
