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

answer answer_tlsa(const query *tlsa) {
  if (!tlsa || query_failed(tlsa)) return ANSWER_UNKNOWN;
  return tlsa->count ? ANSWER_YES : ANSWER_NO;
}

answer answer_signed(const probe *p, const query *q) {
  if (!q || query_failed(q)) return ANSWER_UNKNOWN;
  if (q->authenticated) return ANSWER_YES;
  return query_failed(p->root) || !p->root->authenticated ? ANSWER_UNKNOWN : ANSWER_NO;
}
