/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CELL_TEXT_H
#define TRPT_LIB_CELL_TEXT_H

/* Cells of rows as text, docs/rows.md. Each function writes one or more texts as one cell, separated by spaces. NUL and
   each maximal run of bytes that is not UTF-8 become U+FFFD, since databases reject them.

   In CSV and TSV, control characters (see hidden.h) other than TAB, LF and CR become U+FFFD too, since these formats
   cannot escape them and people print them on terminals.

   With `has_guard`, a cell of CSV or TSV gets an apostrophe in front if a spreadsheet could mistake it for a formula,
   or if it begins with an apostrophe. Removing one apostrophe from the front therefore always restores the cell. */

#include <stdbool.h>

#include "output.h"

/* A JSON string, which needs no guard. */
void trpt_cell_json(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard);

/* RFC 4180, with quotation marks only where needed. An empty text is quoted, since an empty cell means null. */
void trpt_cell_csv(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard);

/* The format of PostgreSQL's COPY and ClickHouse's TabSeparated: \t, \n, \r and \\ replace the bytes that have a
   meaning in a row. */
void trpt_cell_tsv(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard);

/* Copies a text for a column of another format, with U+FFFD as above and nothing else changed. `to` needs three bytes for
   each byte of the text. Returns the number of bytes written. */
size_t trpt_cell_copy(char *to, trpt_str text);

#endif
