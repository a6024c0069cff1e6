/* SPDX-License-Identifier: MIT */
#ifndef BENCH_CONTEST_H
#define BENCH_CONTEST_H

/* Some contenders on the same bytes: in each round each of them once, so that what disturbs the machine disturbs all. */

#include "ours.h"

typedef struct contender {
  const char *name;
  bool (*peer)(const corpus *c); /* one of these two */
  trpt_status (*ours)(const corpus *c, const ours *setting);
  ours setting;
  double target; /* 0: none */
} contender;

typedef struct contest {
  const char *name;
  const char *reference;  /* what the ratio is to, for the head of the column */
  bool as_time;           /* the ratio is of times: less is better. Else of speeds. */
  const contender *field; /* the first is the reference */
  size_t count;
} contest;

/* Prints a table, with targets if `judge`. False where one refused an input. */
bool contest_run(const contest *of, const corpus *c, unsigned rounds, bool judge);

#endif
