/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SOURCE_H
#define TRPT_LIB_SOURCE_H

#include <stdbool.h>

#include <tlsrpt/report.h>

enum { TRPT_KEY_TEXT_SIZE = 33 }; /* with its NUL */

/* A trpt_source with what the caller left to the library. It points into itself and must not be copied. */
typedef struct trpt_known_source {
  trpt_source given;
  trpt_str key; /* absent without a report */
  char key_text[TRPT_KEY_TEXT_SIZE];
} trpt_known_source;

/* Fails if `source` is not valid. Both pointers may be NULL. */
bool trpt_source_read(trpt_known_source *out, const trpt_source *source, const trpt_report *report);

#endif
