/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_VIEW_H
#define TLSRPT_CHECK_VIEW_H

/* What `tlsrpt check` shows of a domain. */

#include "../diagnostic_output.h"
#include "probe.h"

typedef struct check_view {
  trpt_str given;         /* the name as it was given */
  trpt_str domain;        /* with A-labels; absent where the name is not valid */
  const problem *problem; /* why the name is not valid, or NULL. There is no probe then. */
  const probe *probe;
  bool with_hosts; /* --mx */
} check_view;

typedef void check_show(buffer *out, const check_view *view);

check_show check_text;
check_show check_json;

#endif
