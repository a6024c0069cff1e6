/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_FORMATS_H
#define TLSRPT_SUMMARY_FORMATS_H

/* A file for each format. Each writes a sorted summary to standard output. */

#include "summary_view.h"

void summary_text(const summary *s);
void summary_json(const summary *s);
void summary_csv(const summary *s);
void summary_prometheus(const summary *s);
void summary_html(const summary *s);

/* Adds a summary that summary_json wrote. Returns NULL, or why it is none, of static lifetime; then nothing was added. */
const char *summary_add_json(summary *s, const char *text, size_t len);

/* Whether a text begins as summary_json writes it. */
bool summary_is_json(const char *text, size_t len);

#endif
