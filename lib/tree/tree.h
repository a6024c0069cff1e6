/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TREE_H
#define TRPT_LIB_TREE_H

/* Report trees: made from the events of a parser, which is above them. */

#include <tlsrpt/report.h>

#include "arena.h"

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

/* An empty tree of at most `limit` bytes, whose report has `len` bytes or more. NULL if there is no memory; `*over_limit` if it
   is the limit that leaves none. */
trpt_report *trpt_tree_new(const trpt_allocator *allocator, uint64_t limit, size_t len, bool *over_limit);

/* Copies what an event brings. False if there is no memory: trpt_tree_is_over_limit says whether the limit leaves none. */
bool trpt_tree_add(trpt_report *report, const trpt_event *event);
bool trpt_tree_is_over_limit(const trpt_report *report);

#endif
