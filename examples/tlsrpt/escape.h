/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_ESCAPE_H
#define TLSRPT_ESCAPE_H

/* All untrusted text is made printable here. Reports come from strangers: a string may contain terminal control
   sequences, or characters that hide or reverse the text around them. */

#include "buffer.h"

/* For a terminal. Control characters become \x1b, invisible characters \u{202e}, and bytes that are not UTF-8 \xff. A
   backslash is doubled, so the result is unambiguous. */
void escape_terminal(buffer *out, const char *text, size_t len);

/* For a terminal, with a known width: printable ASCII takes one column, and every other byte is escaped in four
   columns. Returns the number of columns of the first `until` bytes. */
size_t escape_ascii(buffer *out, const char *text, size_t len, size_t until);

/* A JSON string with its quotes. Control and invisible characters are escaped (\n, \u202e). JSON readers restore them.
   Bytes that are not UTF-8 become U+FFFD. */
void escape_json(buffer *out, const char *text, size_t len);

/* A CSV cell, as described in docs/rows.md. */
void escape_csv_cell(buffer *out, const char *text, size_t len, bool has_guard);

#endif
