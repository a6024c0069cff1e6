/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_DUPLICATES_H
#define TLSRPT_DUPLICATES_H

/* Recognizes reports that were read before in this run, and report-ids that have several contents. It remembers about the
   last 65536 keys and report-ids, in 2 MiB of memory. */

#include <stdbool.h>

#include <tlsrpt/report.h>

typedef struct duplicates duplicates;

duplicates *duplicates_new(void); /* ends the command if memory is exhausted */
void duplicates_free(duplicates *r);

/* Remembers the key of a report. Returns whether it was known already. */
bool duplicates_seen(duplicates *r, const char *key);

/* Remembers the report-id of a report. Returns whether the last report of this organization with this report-id had
   another key. */
bool duplicates_conflict(duplicates *r, const trpt_metadata *metadata, const char *key);

#endif
