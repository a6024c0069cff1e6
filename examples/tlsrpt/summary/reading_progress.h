/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_READING_PROGRESS_H
#define TLSRPT_SUMMARY_READING_PROGRESS_H

/* How far the reading of many inputs is. */

#include "../arguments.h"
#include "../progress.h"

typedef struct reading_progress {
  progress line;
  uint64_t items;
  uint64_t total; /* bytes of all files that were named; 0: not known */
  int64_t begin;  /* progress_clock */
} reading_progress;

void reading_progress_begin(reading_progress *p, bool quiet, const arguments *a);

/* After each input. */
void reading_progress_step(reading_progress *p);

#endif
