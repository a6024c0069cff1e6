/* SPDX-License-Identifier: MIT */
#include "publish.h"

/* More texts than this are not merged, because they were hardly meant to be one record. */
enum { MERGED_MAX = 8 };

/* Collects the texts of at least this kind. Returns their number, even if the array has only the first MERGED_MAX of
   them. */
static size_t collect(const query *q, trpt_text_kind kind, trpt_str texts[MERGED_MAX]) {
  size_t count = 0;
  for (size_t i = 0; q && !query_failed(q) && i < q->count; i++) {
    if (trpt_record_kind(q->texts[i].ptr, q->texts[i].len) < kind) continue;
    if (count < MERGED_MAX) texts[count] = q->texts[i];
    count++;
  }
  return count;
}

void check_publish(const probe *p, bool even_if_good, buffer *out) {
  char text[TRPT_SUGGESTION_MAX_LEN + 1];
  const trpt_str record = p->conclusion.record.text;
  trpt_status status;
  buffer_clear(out);
  if (query_failed(p->record)) return;
  if (record.ptr && !even_if_good) {
    status = trpt_record_suggest(record.ptr, record.len, text, sizeof text, NULL);
  } else if (record.ptr) {
    status = trpt_record_merge(&record, 1, text, sizeof text, NULL);
  } else {
    trpt_str texts[MERGED_MAX];
    size_t count = collect(p->record, TRPT_TEXT_INTENDED, texts);
    for (size_t i = 0; i < PROBE_WRONG_NAMES && !count; i++) count = collect(p->elsewhere[i], TRPT_TEXT_TLSRPT, texts);
    if (count > MERGED_MAX) return;
    status = trpt_record_merge(texts, count, text, sizeof text, NULL);
  }
  if (status == TRPT_OK) buffer_text(out, text);
}
