/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_HEADER_LINES_H
#define TRPT_LIB_MAIL_HEADER_LINES_H

/* Raw lines of a header, for code that reads a mail before or without GMime. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* Ignores case. */
bool trpt_header_contains(trpt_str text, const char *needle);

/* Whether a line or field has this name. Whitespace may precede the colon. */
bool trpt_header_is_named(trpt_str field, const char *name);

/* Skips whitespace and comments, CFWS of RFC 5322 s3.2.2. `text` must be unfolded. `*is_closed` is false if the text ends
   inside a comment. */
trpt_str trpt_header_skip_cfws(trpt_str text, bool *is_closed);

/* Removes the first line with its line end from `*text`, which is not empty, and returns it. */
trpt_str trpt_header_take_line(trpt_str *text);

/* Whether the line, which is not empty, consists only of its line end. */
bool trpt_header_is_empty_line(trpt_str line);

/* Like trpt_header_take_line, with the continuation lines of the field. */
trpt_str trpt_header_take_field(trpt_str *text);

#endif
