/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CELL_TEXT_H
#define TRPT_LIB_CELL_TEXT_H

/* Cells of rows as text, docs/rows.md. Each function writes texts, of which there is at least one, as one cell with a blank
   between them. NUL, and each longest run of bytes that is not UTF-8, becomes U+FFFD, since databases refuse them.

   In CSV and TSV a cell that a spreadsheet could take for a formula, or that begins with an apostrophe, gets an apostrophe in
   front. So removing one apostrophe from the front of a cell always restores the text. */

#include "output.h"

/* A JSON string. */
void trpt_cell_json(trpt_output *output, const trpt_str *texts, size_t count);

/* RFC 4180, with quotation marks where they are needed, and for an empty text, since nothing at all means null. */
void trpt_cell_csv(trpt_output *output, const trpt_str *texts, size_t count);

/* As PostgreSQL's COPY and ClickHouse's TabSeparated have it: \t, \n, \r and \\ for the bytes that a row cannot hold. */
void trpt_cell_tsv(trpt_output *output, const trpt_str *texts, size_t count);

#endif
