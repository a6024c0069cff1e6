/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_DUPLICATES_H
#define TLSRPT_DUPLICATES_H

/* Recognizes reports that were read before in this run. It remembers about the last 65536 keys, in 1 MiB of memory. */

#include <stdbool.h>

#include <tlsrpt/report.h>

typedef struct duplicates duplicates;

duplicates *duplicates_new(void); /* ends the command if memory is exhausted */
void duplicates_free(duplicates *r);

/* Remembers the key of a report. Returns whether it was known already. */
bool duplicates_seen(duplicates *r, const char *key);

#endif
