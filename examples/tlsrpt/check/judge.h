/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_JUDGE_H
#define TLSRPT_CHECK_JUDGE_H

/* What the answers mean. */

#include "survey.h"

/* Tells all findings, the worst ones about the record first. Texts of a diagnostic live as long as the call. `text`: the record
   that its offset is in; absent where it is about none. */
typedef void judge_fn(void *user, const trpt_diagnostic *d, trpt_str text);
void judge_findings(const survey *s, judge_fn *fn, void *user);

/* The record that should stand at the right name instead of what is there, if anything is to be mended: `out` is empty then. */
void judge_publish(const survey *s, buffer *out);

/* Yes, no, or DNS did not say. */
typedef enum answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN } answer;

answer judge_sts(const survey *s);
answer judge_tlsa(const lookup *tlsa);

/* Whether an answer is signed. Unknown where the resolver does not validate. */
answer judge_signed(const survey *s, const lookup *l);

#endif
