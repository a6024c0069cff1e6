/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TREE_H
#define TRPT_LIB_TREE_H

/* Report trees, which are built from parser events. */

#include <tlsrpt/report.h>

#include "arena.h"

typedef struct trpt_tree_policy {
  trpt_policy policy;
  uint32_t first_failure; /* in the report's `failures` */
} trpt_tree_policy;

struct trpt_report {
  trpt_arena arena; /* contains this structure too */
  trpt_metadata metadata;
  trpt_vector policies;
  trpt_vector failures; /* of all policies, in order */
  trpt_vector diagnostics;
};

/* Returns an empty tree of at most `limit` bytes for a report of at least `len` bytes. Returns NULL if out of memory;
   sets `*over_limit` if the limit is the reason. */
trpt_report *trpt_tree_new(const trpt_allocator *allocator, uint64_t limit, size_t len, bool *over_limit);

/* Adds a copy of the data of an event. Returns false if out of memory; trpt_tree_is_over_limit says whether the limit
   is the reason. */
bool trpt_tree_add(trpt_report *report, const trpt_event *event);
bool trpt_tree_is_over_limit(const trpt_report *report);

#endif
