/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_ESCAPE_H
#define TLSRPT_ESCAPE_H

/* The one place where text from outside becomes fit to be shown. Reports come from strangers: a string may hold terminal
   commands, or characters that turn around or hide what stands beside them. */

#include "buffer.h"

/* For a terminal: control and invisible characters become \x1b and \u{202e}, bytes that are not UTF-8 \xff, and a
   backslash two, so that what is shown is unambiguous. */
void escape_terminal(buffer *out, const char *text, size_t len);

/* For a terminal, one column a byte where it can be: all that is not printable ASCII is escaped byte by byte. Returns the
   columns that the first `until` bytes took. */
size_t escape_ascii(buffer *out, const char *text, size_t len, size_t until);

/* A JSON string with its quotes. The same characters are escaped (\n, \u202e), which JSON readers turn back; bytes that are
   not UTF-8 become U+FFFD. */
void escape_json(buffer *out, const char *text, size_t len);

/* A cell of CSV as docs/rows.md describes it. */
void escape_csv_cell(buffer *out, const char *text, size_t len);

#endif
