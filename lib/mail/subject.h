/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_SUBJECT_H
#define TRPT_LIB_MAIL_SUBJECT_H

#include <stdbool.h>

#include <tlsrpt/status.h>

/* What a subject tells, where it can be read; absent otherwise. */
typedef struct trpt_subject {
  bool is_valid; /* by the grammar of RFC 8460 s5.3, tlsrpt-subject */
  trpt_str domain;
  trpt_str submitter;
  trpt_str report_id; /* without "<>" */
} trpt_subject;

/* `text` is unfolded. */
trpt_subject trpt_subject_parse(trpt_str text);

#endif
