/* SPDX-License-Identifier: MIT */
#include "publish.h"

/* More records than this were not meant to be one record. */
enum { MERGED = 8 };

/* The texts of at least this kind. Returns how many there are, though the array has room for the first few only. */
static size_t collect(const query *q, trpt_text_kind kind, trpt_str texts[MERGED]) {
  size_t count = 0;
  for (size_t i = 0; q && !query_failed(q) && i < q->count; i++) {
    if (trpt_record_kind(q->texts[i].ptr, q->texts[i].len) < kind) continue;
    if (count < MERGED) texts[count] = q->texts[i];
    count++;
  }
  return count;
}

void check_publish(const probe *p, buffer *out) {
  char text[TRPT_SUGGESTION_MAX_LEN + 1];
  const trpt_str record = p->conclusion.record.text;
  trpt_status status = TRPT_END;
  buffer_clear(out);
  if (query_failed(p->record)) return;
  if (record.ptr) {
    status = trpt_record_suggest(record.ptr, record.len, text, sizeof text, NULL);
    if (status != TRPT_OK && p->conclusion.verdict != TRPT_VERDICT_NONE) return;
  } else {
    trpt_str texts[MERGED];
    size_t count = collect(p->record, TRPT_TEXT_INTENDED, texts);
    for (size_t i = 0; i < PROBE_ELSEWHERE && !count; i++) count = collect(p->elsewhere[i], TRPT_TEXT_TLSRPT, texts);
    if (count > MERGED) return;
    status = trpt_record_merge(texts, count, text, sizeof text, NULL);
  }
  if (status == TRPT_OK) {
    buffer_text(out, text);
  } else {
    buffer_text(out, "v=TLSRPTv1; rua=mailto:tlsrpt@");
    dns_name_text(out, &p->domain);
  }
}
