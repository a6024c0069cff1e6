/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_HEADER_H
#define TRPT_LIB_MAIL_HEADER_H

/* The lines of a header as they stand there, for what looks at a mail before or without GMime. */

#include <stdbool.h>

#include <tlsrpt/status.h>

bool trpt_header_contains(trpt_str text, const char *word);

/* Whether a line, or a field, is of this name: blanks may stand before its colon. */
bool trpt_header_is_named(trpt_str field, const char *name);

/* The text after blanks and comments, CFWS of RFC 5322 s3.2.2. The field is unfolded. `*is_closed` is false if the text ends
   inside a comment. */
trpt_str trpt_header_skip_cfws(trpt_str text, bool *is_closed);

/* Takes the next line off the front, with its end. Empty: nothing is left. */
trpt_str trpt_header_take_line(trpt_str *text);

/* Whether nothing but the end of a line is in it. */
bool trpt_header_is_empty_line(trpt_str line);

/* Takes the next line and those that continue it. */
trpt_str trpt_header_take_field(trpt_str *text);

#endif
