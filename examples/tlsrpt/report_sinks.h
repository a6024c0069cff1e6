/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REPORT_SINKS_H
#define TLSRPT_REPORT_SINKS_H

/* The formats of `tlsrpt report`. Each function reads all reports, writes them, and returns the exit status. */

#include <tlsrpt/rows.h>

#include "read_reports.h"

int report_json(const arguments *a, const read_options *options);
/* `rows` has the format and the flags. `bad_rows`: each invalid input has a row, too. */
int report_rows(const arguments *a, const read_options *options, const trpt_rows_options *rows, bool header,
                bool bad_rows);
int report_text(const arguments *a, const read_options *options, bool verbose);

#endif
