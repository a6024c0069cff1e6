/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_FORMATS_H
#define TLSRPT_SUMMARY_FORMATS_H

/* The output formats, each in a file of its own. Each function writes a sorted summary to standard output. */

#include "summary_view.h"

void summary_text(const summary *s);
void summary_text_overview(const view_domains *domains); /* its first table */
void summary_json(const summary *s);
void summary_csv(const summary *s);
void summary_prometheus(const summary *s);
void summary_html(const summary *s);

/* Adds a summary written by summary_json. Returns NULL, or a static error message; then nothing was added. */
const char *summary_add_json(summary *s, const char *text, size_t len);

/* Adds the files of --add. Returns false after reporting those that cannot be added; the others are added. */
bool summary_add_files(summary *s, const char *const *paths, int count);

/* Whether a text begins like the output of summary_json. */
bool summary_is_json(const char *text, size_t len);

#endif
