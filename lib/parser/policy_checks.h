/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_POLICY_CHECKS_H
#define TRPT_LIB_POLICY_CHECKS_H

/* Checks that need more than one value of a policy. They run from deferred.c. */

#include "checks/checks.h"
#include "current.h"
#include "repetition.h"

typedef struct trpt_policy_checks {
  trpt_sts_lines sts_lines;
  uint64_t sts_patterns;  /* of the mx lines, as a sum of hashes */
  trpt_repetition recent; /* policies */
} trpt_policy_checks;

/* The elements of policy-string from `*index` on, by the type of the policy. False: there is something to report about the last
   one that was checked; go on after that. */
bool trpt_policy_check_strings(trpt_parser *parser, uint32_t *index);

/* The whole policy object. */
void trpt_policy_check(trpt_parser *parser);

/* A failure against its policy. */
void trpt_policy_check_failure(trpt_parser *parser, const trpt_failure_state *state);

/* The totals against the failures, once all were read. */
void trpt_policy_check_totals(trpt_parser *parser);

#endif
