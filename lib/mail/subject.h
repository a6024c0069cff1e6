/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_SUBJECT_H
#define TRPT_LIB_MAIL_SUBJECT_H

#include <stdbool.h>

#include <tlsrpt/status.h>

/* The values in a subject. Those that cannot be read are absent. */
typedef struct trpt_subject {
  bool is_valid; /* matches tlsrpt-subject of RFC 8460 s5.3 */
  trpt_str domain;
  trpt_str submitter;
  trpt_str report_id; /* without "<>" */
} trpt_subject;

/* `text` must be unfolded. */
trpt_subject trpt_subject_parse(trpt_str text);

#endif
