/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_BOUNDARIES_H
#define TRPT_LIB_MAIL_BOUNDARIES_H

/* What GMime must not be asked to build. It makes an object of each part and each header field, however many there are, and
   its reader of addresses recurses into groups and takes quadratic time, so all that is counted before GMime sees the mail. */

#include "mail_fault.h"

typedef struct trpt_boundaries_limits {
  uint32_t max_parts;
  uint64_t max_header;
} trpt_boundaries_limits;

/* Why the mail must not be given to GMime, if its status is not TRPT_OK. O(n). */
trpt_mail_fault trpt_boundaries_check(const char *mail, size_t len, const trpt_boundaries_limits *limits);

#endif
