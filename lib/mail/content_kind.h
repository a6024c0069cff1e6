/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_KIND_H
#define TRPT_LIB_MAIL_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* So many bytes are looked at to tell what something is, and where a mail of an mbox begins. */
enum { TRPT_MAIL_KIND_WINDOW = 2048 };

/* Whether a header field begins here: a name and a colon, RFC 5322 s2.2. */
bool trpt_mail_is_field(const char *data, size_t len);

/* The length of a line "From " with its end, where one begins here that may begin a mail in an mbox: a header field stands in the
   next line. 0: none does. `dated`: it has a time of day in it, as RFC 4155 wants. */
size_t trpt_mail_from_line(const char *data, size_t len, bool *dated);

#endif
