/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SOURCE_H
#define TRPT_LIB_SOURCE_H

#include <stdbool.h>

#include <tlsrpt/report.h>

enum { TRPT_KEY_TEXT_SIZE = 33 }; /* with the NUL */

/* A validated copy of a trpt_source, with the key of the report if the caller gave none. It points into itself, so it
   must not be copied. */
typedef struct trpt_resolved_source {
  trpt_source source;
  trpt_str key; /* absent without a report, unless the caller gave a key */
  char key_text[TRPT_KEY_TEXT_SIZE];
} trpt_resolved_source;

/* Returns false if `source` is invalid. `source` and `report` may be NULL. */
bool trpt_source_read(trpt_resolved_source *out, const trpt_source *source, const trpt_report *report);

/* The name of the status of an error about a source. */
trpt_str trpt_source_status(const trpt_source *source, const trpt_error *error);

#endif
