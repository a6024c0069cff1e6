/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REPEATS_H
#define TLSRPT_REPEATS_H

/* Which reports this run has seen before, in fixed memory: one MiB for the keys of the last 65536 reports or so. */

#include <stdbool.h>

#include <tlsrpt/report.h>

typedef struct duplicates duplicates;

duplicates *duplicates_new(void); /* ends the command where there is no memory */
void duplicates_free(duplicates *r);

/* Whether a report with this key was seen before; from now on it was. */
bool duplicates_seen(duplicates *r, const char *key);

#endif
