/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_VIEW_H
#define TLSRPT_CHECK_VIEW_H

/* The output formats of `tlsrpt check`. */

#include "../diagnostic_output.h"
#include "probe.h"

typedef struct check_view {
  trpt_str input;         /* the name as the user wrote it */
  trpt_str domain;        /* the name in A-labels; absent if it is invalid */
  const problem *problem; /* why the name is invalid, or NULL; an invalid name has no probe */
  const probe *probe;
} check_view;

typedef void check_show(buffer *out, const check_view *view);

check_show check_text;
check_show check_json;

/* What came out for a name. */
typedef enum check_outcome {
  OUTCOME_GOOD,
  OUTCOME_FORGIVING, /* the verdict is TRPT_VERDICT_SOME */
  OUTCOME_UNDELIVERABLE,
  OUTCOME_NONE,
  OUTCOME_UNKNOWN,
  OUTCOME_INVALID, /* the name */
  OUTCOMES
} check_outcome;

/* Adds how many names have each outcome. */
void check_text_totals(buffer *out, const uint64_t counts[OUTCOMES]);

#endif
