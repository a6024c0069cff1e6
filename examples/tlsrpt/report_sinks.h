/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REPORT_SINKS_H
#define TLSRPT_REPORT_SINKS_H

/* What `tlsrpt report` makes of the reports, a file for each format. Each returns the exit status. */

#include "reading.h"

int report_json(const arguments *a, const trpt_options *options);
int report_text(const arguments *a, const trpt_options *options, bool verbose);

#endif
