/* SPDX-License-Identifier: MIT */
#include "judge.h"

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

/* More records than this were not meant to be one. */
enum { MERGED = 8 };

/* The texts of at least this kind. Returns how many there are, though the array has room for the first few only. */
static size_t collect(const lookup *l, trpt_text_kind kind, trpt_str texts[MERGED]) {
  size_t count = 0;
  for (size_t i = 0; l && !lookup_failed(l) && i < l->count; i++) {
    if (trpt_record_kind(l->texts[i].ptr, l->texts[i].len) < kind) continue;
    if (count < MERGED) texts[count] = l->texts[i];
    count++;
  }
  return count;
}

void judge_publish(const survey *s, buffer *out) {
  char text[TRPT_SUGGESTION_MAX_LEN + 1];
  const trpt_str record = s->conclusion.record.text;
  trpt_status status = TRPT_END;
  buffer_clear(out);
  if (lookup_failed(s->record)) return;
  if (record.ptr) {
    status = trpt_record_suggest(record.ptr, record.len, text, sizeof text, NULL);
    if (status != TRPT_OK && s->conclusion.verdict != TRPT_VERDICT_NONE) return;
  } else {
    trpt_str texts[MERGED];
    size_t count = collect(s->record, TRPT_TEXT_INTENDED, texts);
    for (size_t i = 0; i < SURVEY_ELSEWHERE && !count; i++) count = collect(s->elsewhere[i], TRPT_TEXT_TLSRPT, texts);
    if (count > MERGED) return;
    status = trpt_record_merge(texts, count, text, sizeof text, NULL);
  }
  if (status == TRPT_OK) {
    buffer_text(out, text);
  } else {
    buffer_text(out, "v=TLSRPTv1; rua=mailto:tlsrpt@");
    dns_name_text(out, &s->domain);
  }
}
