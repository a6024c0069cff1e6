/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_REPORT_H
#define TRPT_LIB_REPORT_H

#include <tlsrpt/report.h>

#include "../tree/arena.h"

typedef struct trpt_tree_policy {
  trpt_policy policy;
  uint32_t first_failure; /* in the report's `failures` */
  uint32_t reserved;
} trpt_tree_policy;

struct trpt_report {
  trpt_arena arena; /* this structure lies in it too */
  trpt_metadata metadata;
  trpt_vector policies;
  trpt_vector failures; /* of all policies, in order */
  trpt_vector diagnostics;
};

#endif
