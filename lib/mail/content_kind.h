/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_CONTENT_KIND_H
#define TRPT_LIB_MAIL_CONTENT_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include <tlsrpt/mail.h>

#include "mail_fault.h"

/* The number of bytes that decide what kind some bytes are, and where a mail in an mbox begins. */
enum { TRPT_MAIL_KIND_WINDOW_SIZE = 2048 };

/* Whether the data begins with a header field: a name and a colon, RFC 5322 s2.2. */
bool trpt_mail_is_field(const char *data, size_t len);

/* The length of a byte order mark and whitespace at the beginning, which editors and exports add. */
size_t trpt_mail_blank_len(const char *data, size_t len);

/* The length of the "From " line of an mbox at `data`, with its line end. 0 if there is none, or if the next line is
   not a header field. `*dated`: the line contains a time of day, as RFC 4155 requires. */
size_t trpt_mail_from_line(const char *data, size_t len, bool *dated);

/* Why content of a kind is never a report. TRPT_OK if it may be one. */
trpt_mail_fault trpt_mail_kind_fault(trpt_mail_kind kind);

#endif
