/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_JUDGE_H
#define TRPT_LIB_MAIL_JUDGE_H

/* Whether the mail around a report is as RFC 8460 s5 has it, and says what the report says. */

#include <tlsrpt/report.h>

#include "dkim.h"
#include "mail_diagnostics.h"
#include "message.h"

/* `message` holds `part`; `report` is what was read of it. `media_type` and `filename` are the part's, also where the report lay in
   an archive in it. */
typedef struct trpt_mail_case {
  const trpt_mail_message *message;
  const trpt_mail_part *part;
  const trpt_report *report; /* NULL: it could not be read */
  trpt_mail_kind kind;       /* of what holds the report: GZIP, JSON, ZIP ... */
  trpt_mail_diagnostics *findings;
} trpt_mail_case;

void trpt_mail_check(const trpt_mail_case *c);

/* Which of the verdicts counts, what is wrong with the signature, and whether it is one that RFC 8460 s3 asks for. */
typedef struct trpt_mail_dkim {
  trpt_dkim_result result;
  trpt_str domain;
  uint32_t signer;
  bool is_good;
  trpt_code fault; /* why it is not good */
} trpt_mail_dkim;

/* `signed_mail` is what was signed: the outermost mail; `is_outermost`: the report lies in that one. */
trpt_mail_dkim trpt_mail_check_dkim(const trpt_mail_case *c, const trpt_dkim_verdicts *verdicts,
                                    GMimeObject *signed_mail, bool is_outermost, bool is_required);

#endif
