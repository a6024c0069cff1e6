/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_FORMATS_H
#define TLSRPT_SUMMARY_FORMATS_H

/* The output formats, each in a file of its own. Each function writes a sorted summary to standard output. */

#include "summary_view.h"

void summary_text(const summary *s);
void summary_json(const summary *s);
void summary_csv(const summary *s);
void summary_prometheus(const summary *s);
void summary_html(const summary *s);

/* Adds a summary written by summary_json. Returns NULL, or a static error message; then nothing was added. */
const char *summary_add_json(summary *s, const char *text, size_t len);

/* Whether a text begins like the output of summary_json. */
bool summary_is_json(const char *text, size_t len);

#endif
