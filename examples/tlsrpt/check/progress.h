/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_PROGRESS_H
#define TLSRPT_CHECK_PROGRESS_H

/* A line on standard error that counts, where a terminal shows it. */

#include <stdbool.h>
#include <stdint.h>

typedef struct progress {
  bool is_on;
  bool is_shown;
  int64_t next; /* when it may change again */
} progress;

void progress_begin(progress *p, bool quiet);

/* How many names are done and how many under way. */
void progress_show(progress *p, uint64_t done, uint64_t under_way);

/* Takes the line away; before any output. */
void progress_hide(progress *p);

#endif
