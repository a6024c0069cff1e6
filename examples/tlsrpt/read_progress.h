/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_READ_PROGRESS_H
#define TLSRPT_READ_PROGRESS_H

/* Shows the progress of reading many inputs. */

#include "arguments.h"
#include "progress.h"

typedef struct read_progress {
  progress line;
  uint64_t items;
  uint64_t total; /* bytes of all named files; 0: unknown */
  uint64_t added; /* bytes of the added summaries, which were read before */
  int64_t begin;  /* progress_clock */
} read_progress;

void read_progress_begin(read_progress *p, bool quiet, const arguments *a);

/* Call it after each input. */
void read_progress_step(read_progress *p);

#endif
