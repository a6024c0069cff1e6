/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_ANSWER_H
#define TLSRPT_CHECK_ANSWER_H

/* Yes-or-no questions that DNS answers. */

#include "probe.h"

typedef enum answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN } answer; /* UNKNOWN: no usable answer */

/* Whether the domain publishes MTA-STS. */
answer answer_sts(const probe *p);

/* Whether an MX host, or the target of its alias, has TLSA records. */
answer answer_tlsa(const mail_host *host);

/* Whether senders use the TLSA records of an MX host: only signed ones count. */
answer answer_tlsa_signed(const probe *p, const mail_host *host);

/* Whether reports can arrive at a destination. If not, or if DNS did not answer, `*code` says why. */
answer answer_destination(const destination *d, const char **code);

/* The message for a code of answer_destination. Static lifetime. */
const char *answer_destination_message(const destination *d, const char *code);

/* Whether reports can arrive at all: no if they cannot arrive at any usable destination. */
answer answer_delivery(const probe *p);

/* Whether an answer is signed. Unknown if the resolver does not validate. */
answer answer_signed(const probe *p, const query *q);

#endif
