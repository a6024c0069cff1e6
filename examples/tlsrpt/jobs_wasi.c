/* SPDX-License-Identifier: MIT */
/* WASI has no threads: there is one job, which is the main thread. */
#include "jobs.h"

#include <stddef.h>

unsigned jobs_count(unsigned wanted) {
  (void)wanted;
  return 1;
}

jobs *jobs_begin(const jobs_work *work) {
  (void)work;
  return NULL;
}

void jobs_end(jobs *j) { (void)j; }

void jobs_add(jobs *j, const job_input *input) {
  (void)j;
  (void)input;
}

bool jobs_take_turn(void) { return true; }

bool jobs_have_turn(void) { return true; }
