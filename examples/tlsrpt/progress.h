/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_PROGRESS_H
#define TLSRPT_PROGRESS_H

/* A line on standard error that tells how far a run is, where a terminal shows it. */

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"

typedef struct progress {
  bool is_on;
  bool is_shown;
  int64_t next; /* when it may change again */
} progress;

void progress_begin(progress *p, bool quiet);

/* Whether a line would be shown now. */
bool progress_is_due(const progress *p);

/* Shows the line in place of the one before, and clears the buffer. */
void progress_show(progress *p, buffer *line);

/* Takes the line away; before any output. */
void progress_hide(progress *p);

/* Milliseconds of a clock that nobody sets. */
int64_t progress_clock(void);

#endif
