/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_OTHER_CONTENT_H
#define TLSRPT_OTHER_CONTENT_H

/* Counts what folders, mailboxes and archives hold beside reports. */

#include <stdint.h>

#include <tlsrpt/mail.h>

enum { OTHER_CONTENT_LABELS = 7 };

/* Initialize with {0}. */
typedef struct other_content {
  uint64_t counts[OTHER_CONTENT_LABELS];
} other_content;

void other_content_add(other_content *o, trpt_mail_kind kind);

/* Prints "Other content was passed over: 300 DMARC reports, 9,600 mails." to standard error, with the next output, or
   nothing if there was none. */
void other_content_print(const other_content *o);

#endif
