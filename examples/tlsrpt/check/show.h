/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_SHOW_H
#define TLSRPT_CHECK_SHOW_H

/* What `tlsrpt check` shows of a domain. */

#include "../finding.h"
#include "judge.h"

typedef struct check_view {
  trpt_str given;         /* the name as it was given */
  trpt_str domain;        /* with A-labels; absent where the name is none */
  const problem *problem; /* why it is none, or NULL; then there is no survey */
  const survey *survey;
  bool with_hosts; /* --mx */
} check_view;

typedef void check_show(buffer *out, const check_view *view);

check_show check_text;
check_show check_json;

#endif
