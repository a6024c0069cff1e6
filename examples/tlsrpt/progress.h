/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_PROGRESS_H
#define TLSRPT_PROGRESS_H

/* A progress line on standard error, if that is a terminal. */

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"

typedef struct progress {
  bool is_on;
  int64_t next; /* progress_clock at which the line may change again */
} progress;

void progress_begin(progress *p, bool quiet);

/* Whether it is time to show a line. */
bool progress_is_due(const progress *p);

/* Replaces the line that is shown, and clears the buffer. */
void progress_show(progress *p, buffer *line);

/* Removes the line that is shown, if any. Messages do so themselves; call it before other output to the terminal, and at
   the end of the progress. */
void progress_hide(void);

/* Returns the milliseconds of the monotonic clock. */
int64_t progress_clock(void);

#endif
