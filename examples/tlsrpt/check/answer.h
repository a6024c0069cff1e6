/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_ANSWER_H
#define TLSRPT_CHECK_ANSWER_H

/* Yes-or-no questions that DNS answers. */

#include "probe.h"

typedef enum answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN } answer; /* UNKNOWN: no usable answer */

/* Whether the domain publishes MTA-STS. */
answer answer_sts(const probe *p);

/* Whether an MX host has TLSA records. */
answer answer_tlsa(const query *tlsa);

/* Whether an answer is signed. Unknown if the resolver does not validate. */
answer answer_signed(const probe *p, const query *q);

#endif
