/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_CHECKS_H
#define TRPT_LIB_MAIL_CHECKS_H

/* Checks the mail around a report against RFC 8460 s5, and against the report. */

#include <tlsrpt/report.h>

#include "dkim.h"
#include "mail_diagnostics.h"
#include "message.h"

/* A report and the part of the mail that contains it, directly or in an archive. */
typedef struct trpt_mail_case {
  const trpt_mail_message *message;
  const trpt_mail_part *part;
  const trpt_report *report; /* NULL: unreadable */
  trpt_mail_kind kind;       /* of the content of the part: GZIP, JSON, ZIP ... */
  trpt_mail_diagnostics *diagnostics;
} trpt_mail_case;

void trpt_mail_check(const trpt_mail_case *c);

/* The best DKIM verdict. */
typedef struct trpt_mail_dkim {
  trpt_dkim_result result;
  trpt_str domain;
  uint32_t signer;
  bool is_good;    /* meets RFC 8460 s3 */
  trpt_code fault; /* why it is not good */
} trpt_mail_dkim;

/* Chooses the best verdict and reports what is wrong with its signature. `is_outermost`: the report is in the mail that
   was signed, and not in an attached one. */
trpt_mail_dkim trpt_mail_check_dkim(const trpt_mail_case *c, const trpt_dkim_verdicts *verdicts, bool is_outermost,
                                    bool is_required);

#endif
