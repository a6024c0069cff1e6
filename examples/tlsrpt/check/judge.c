/* SPDX-License-Identifier: MIT */
#include "judge.h"

#include <stdio.h>

#include "../mend.h"

judgement judge_record(const lookup *record) {
  judgement j = {.verdict = VERDICT_UNKNOWN};
  if (lookup_failed(record)) {
    snprintf(j.reason, sizeof j.reason, "%s", record->failure);
    return j;
  }
  static const trpt_str nothing = {"", 0};
  const trpt_str *texts = record->count ? record->texts : &nothing;
  trpt_record strict;
  trpt_error error;
  const trpt_status strictly = trpt_record_select(texts, record->count, TRPT_STRICT, &strict, NULL);
  /* One text alone is never dropped, though it may be about something else. */
  const size_t count = record->count == 1 && !survey_is_meant(texts[0]) ? 0 : record->count;
  const trpt_status leniently = trpt_record_select(texts, count, 0, &j.record, &error);
  j.has_record = !leniently;
  j.verdict = VERDICT_NONE;
  if (leniently) {
    snprintf(j.reason, sizeof j.reason, "%s", error.message);
  } else if (!j.record.usable_rua_count) {
    snprintf(j.reason, sizeof j.reason, "There is no destination that they could use.");
  } else if (strictly) {
    j.verdict = VERDICT_SOME;
    snprintf(j.reason, sizeof j.reason, "The record breaks the grammar.");
  } else {
    j.verdict = VERDICT_REPORTS;
  }
  return j;
}

answer judge_sts(const survey *s) {
  static const char prefix[] = "v=STSv1;";
  if (!s->sts || lookup_failed(s->sts)) return ANSWER_UNKNOWN;
  /* RFC 8461 s3.1: of what begins like this, exactly one. */
  size_t count = 0;
  for (size_t i = 0; i < s->sts->count; i++) {
    const trpt_str text = s->sts->texts[i];
    if (text.len >= sizeof prefix - 1 && memcmp(text.ptr, prefix, sizeof prefix - 1) == 0) count++;
  }
  return count == 1 ? ANSWER_YES : ANSWER_NO;
}

answer judge_tlsa(const lookup *tlsa) {
  if (!tlsa || lookup_failed(tlsa)) return ANSWER_UNKNOWN;
  return tlsa->count ? ANSWER_YES : ANSWER_NO;
}

answer judge_signed(const survey *s, const lookup *l) {
  if (!l || lookup_failed(l)) return ANSWER_UNKNOWN;
  if (l->authenticated) return ANSWER_YES;
  return lookup_failed(s->root) || !s->root->authenticated ? ANSWER_UNKNOWN : ANSWER_NO;
}

static int stop(void *user, const trpt_diagnostic *d) {
  (void)user;
  return d->severity >= TRPT_WARNING;
}

/* A record that nothing is wrong with, made of a text; false where that cannot be derived. */
static bool mend(trpt_str text, buffer *out) {
  if (mend_record(text.ptr, text.len, out)) return true;
  if (trpt_record_diagnose(text.ptr, text.len, stop, NULL) != TRPT_OK) return false;
  buffer_add(out, text.ptr, text.len);
  return true;
}

/* More records than this were not meant to be one. */
enum { JOINED = 8 };

/* As if they were fields of one record, of which mending makes one. */
static size_t join(const lookup *l, bool (*is_wanted)(trpt_str), buffer *joined) {
  size_t count = 0;
  for (size_t i = 0; l && i < l->count && !lookup_failed(l); i++) {
    if (!is_wanted(l->texts[i])) continue;
    if (joined->len) buffer_text(joined, ";");
    if (!survey_is_tlsrpt(l->texts[i])) buffer_text(joined, "v=TLSRPTv1; ");
    buffer_add(joined, l->texts[i].ptr, l->texts[i].len);
    count++;
  }
  return count;
}

void judge_publish(const survey *s, buffer *out) {
  buffer_clear(out);
  if (lookup_failed(s->record)) return;
  const judgement j = judge_record(s->record);
  if (j.has_record) {
    if (mend_record(j.record.text.ptr, j.record.text.len, out) || j.verdict != VERDICT_NONE) return;
  } else {
    buffer joined = {0};
    size_t count = join(s->record, survey_is_meant, &joined);
    for (size_t i = 0; i < SURVEY_ELSEWHERE && !count; i++) count = join(s->elsewhere[i], survey_is_tlsrpt, &joined);
    const bool mended = count && count <= JOINED && !joined.failed && mend((trpt_str){joined.data, joined.len}, out);
    buffer_free(&joined);
    if (mended || count > JOINED) return;
  }
  buffer_text(out, "v=TLSRPTv1; rua=mailto:tlsrpt@");
  dns_name_text(out, &s->domain);
}
