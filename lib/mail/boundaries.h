/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_BOUNDARIES_H
#define TRPT_LIB_MAIL_BOUNDARIES_H

/* Protects GMime from hostile mails. GMime allocates an object per part and per header field without a limit. Its
   address parser recurses into groups and takes quadratic time. These are counted before GMime reads the mail. */

#include <tlsrpt/mail.h>

#include "mail_fault.h"

/* Why GMime must not read the mail: max_parts, max_header or a limit of this module is exceeded. The status is TRPT_OK
   if it may. O(len). */
trpt_mail_fault trpt_boundaries_check(const char *mail, size_t len, const trpt_mail_options *options);

#endif
