/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_PROGRESS_H
#define TLSRPT_SUMMARY_PROGRESS_H

/* A line on standard error that tells how far a long run is, where a terminal shows it. */

#include <stdbool.h>
#include <stdint.h>

#include "../arguments.h"

typedef struct reading_progress {
  bool is_on;
  bool is_shown;
  uint64_t items;
  uint64_t total; /* bytes of all files that were named; 0: not known */
  int64_t begin;  /* milliseconds */
  int64_t next;
} reading_progress;

void reading_progress_begin(reading_progress *p, bool quiet, const arguments *a);

/* After each input. */
void reading_progress_step(reading_progress *p);

/* Takes the line away; before any output. */
void reading_progress_hide(reading_progress *p);

#endif
