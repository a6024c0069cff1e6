/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_REPETITION_H
#define TRPT_LIB_REPETITION_H

/* Finds policies that a report contains twice. Memory is constant, so only the last few policies are compared. */

#include <stdbool.h>

#include <tlsrpt/model.h>

enum { TRPT_RECENT_POLICIES = 64 };

typedef struct trpt_repetition {
  uint64_t hashes[TRPT_RECENT_POLICIES];
  char tags[TRPT_RECENT_POLICIES]; /* the first byte of each, so that sixteen can be compared at once */
  uint32_t count;                  /* of all that were added */
  bool first_waits;                /* to be added once a second one begins, which few reports have */
} trpt_repetition;

static inline void trpt_repetition_reset(trpt_repetition *recent) {
  recent->count = 0;
  recent->first_waits = false;
}

/* Adds a policy. True if it is one of the last. */
bool trpt_repetition_add(trpt_repetition *recent, const trpt_policy *policy);

void trpt_repetition_add_first(trpt_repetition *recent, const trpt_policy *policy);

/* The policy that was read last is about to be overwritten. */
static inline void trpt_repetition_next(trpt_repetition *recent, const trpt_policy *policy) {
  if (recent->first_waits) trpt_repetition_add_first(recent, policy);
}

#endif
