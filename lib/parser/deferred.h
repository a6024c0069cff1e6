/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DEFERRED_H
#define TRPT_LIB_DEFERRED_H

/* What follows a token in several steps, so that no step emits more than the queue holds: checks of lists, and the policies,
   failures and the report that are complete. */

#include <tlsrpt/parser.h>

/* To be done before the next token is read, in this order. */
enum {
  TRPT_DEFER_STRINGS = 1,    /* check the elements of policy-string */
  TRPT_DEFER_POLICY = 2,     /* check what needs the whole policy object */
  TRPT_DEFER_PENDING = 4,    /* return the pending failures */
  TRPT_DEFER_FAILURE = 8,    /* return the failure that just ended */
  TRPT_DEFER_END = 16,       /* check the sums, return the policy */
  TRPT_DEFER_END_TEXT = 32,  /* of a sequence: the top-level object has ended */
  TRPT_DEFER_REPORT = 64,    /* return the report */
  TRPT_DEFER_NEXT_TEXT = 128 /* prepare for the next text of a sequence */
};

typedef struct trpt_deferred {
  uint32_t work;
  uint32_t index; /* of the next element of policy-string */
} trpt_deferred;

static inline void trpt_deferred_reset(trpt_deferred *deferred) { *deferred = (trpt_deferred){0}; }

static inline void trpt_deferred_add(trpt_deferred *deferred, uint32_t work) { deferred->work |= work; }

/* Does one step of it. There must be work. */
void trpt_deferred_run(trpt_parser *parser);

/* Does all of it at once, unless something has to be returned before. So reading need not stop for most policies. */
void trpt_deferred_run_all(trpt_parser *parser);

/* Checks and returns the failure that just ended. There is no work before that. */
void trpt_deferred_return_failure(trpt_parser *parser);

#endif
