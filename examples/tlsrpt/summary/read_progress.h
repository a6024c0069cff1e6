/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_READING_PROGRESS_H
#define TLSRPT_SUMMARY_READING_PROGRESS_H

/* How far the reading of many inputs is. */

#include "../arguments.h"
#include "../progress.h"

typedef struct read_progress {
  progress line;
  uint64_t items;
  uint64_t total; /* bytes of all files that were named; 0: not known */
  int64_t begin;  /* progress_clock */
} read_progress;

void read_progress_begin(read_progress *p, bool quiet, const arguments *a);

/* After each input. */
void read_progress_step(read_progress *p);

#endif
