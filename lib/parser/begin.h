/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_BEGIN_H
#define TRPT_LIB_BEGIN_H

/* The begin of an object or array. All of it is inline, since on the fast path the context and the member are constants, which
   leaves a few stores of it. */

#include "emit.h"
#include "flat_policy.h"
#include "list_value.h"
#include "value.h"

/* What stands for the start of an object among the members that others follow. */
static inline uint8_t trpt_start_of(trpt_context context) { return (uint8_t)(TRPT_MEMBER_COUNT + context); }

/* max_depth bounds what is read; values that are skipped may nest deeper. */
static inline void trpt_begin_context(trpt_parser *parser, trpt_context context) {
  trpt_decoder *decoder = &parser->decoder;
  if (decoder->json.depth > parser->settings.options.max_depth)
    trpt_fail_limit(parser, TRPT_LIMIT_DEPTH, trpt_position_now(parser), trpt_path_of(context, TRPT_MEMBER_NONE));
  decoder->context = context;
  decoder->member = TRPT_MEMBER_NONE;
  decoder->last = trpt_start_of(context);
  decoder->positions[context] = trpt_position_now(parser);
  decoder->seen[context] = 0;
}

/* ---- the value of a member ---- */

static inline void trpt_begin_array(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_context inner = (trpt_context)schema->inner;
  switch (inner) {
  case TRPT_IN_POLICIES: parser->current.next_policy = 0; break;
  case TRPT_IN_FAILURES:
    parser->current.next_failure = 0;
    trpt_value_set_present(parser, schema);
    break;
  default:
    trpt_list_value_begin(parser, schema);
    if (parser->decoder.context == TRPT_IN_POLICY) parser->decoder.misplaced = inner;
  }
  trpt_begin_context(parser, inner);
}

static inline void trpt_begin_object(trpt_parser *parser, const trpt_schema *schema) {
  if (schema->inner == TRPT_IN_POLICY_OBJECT && parser->decoder.flat) trpt_flat_policy_withdraw(parser);
  trpt_value_set_present(parser, schema);
  trpt_begin_context(parser, (trpt_context)schema->inner);
}

/* The member is one that the RFC defines, and the bracket is the right one. */
static inline void trpt_begin_value(trpt_parser *parser, const trpt_schema *schema) {
  if (schema->kind == TRPT_JSON_ARRAY_BEGIN)
    trpt_begin_array(parser, schema);
  else
    trpt_begin_object(parser, schema);
}

/* ---- an object in an array; its index was taken before ---- */

static inline void trpt_begin_limit(trpt_parser *parser, trpt_limit limit, trpt_context context) {
  trpt_fail_limit(parser, limit, trpt_position_now(parser), trpt_path_of(context, TRPT_MEMBER_NONE));
}

static inline void trpt_begin_policy(trpt_parser *parser) {
  if (parser->current.metadata.policy_count == parser->settings.options.max_policies) {
    trpt_begin_limit(parser, TRPT_LIMIT_POLICIES, TRPT_IN_POLICY);
    return;
  }
  trpt_repetition_next(&parser->policy_checks.recent, &parser->current.policy);
  trpt_current_begin_policy(&parser->current, trpt_list_most(&parser->settings));
  trpt_pending_reset(&parser->pending);
  parser->decoder.flat = TRPT_MEMBER_NONE;
  parser->decoder.seen[TRPT_IN_POLICY_OBJECT] = 0;
  trpt_begin_context(parser, TRPT_IN_POLICY);
}

static inline void trpt_begin_failure(trpt_parser *parser) {
  trpt_current *current = &parser->current;
  if (current->totals.failure_count == UINT32_MAX) { /* GCOVR_EXCL_BR_LINE: a count has 32 bits */
    trpt_begin_limit(parser, TRPT_LIMIT_FAILURES_OF_POLICY, TRPT_IN_FAILURE); /* GCOVR_EXCL_LINE */
  } else if (current->metadata.failure_count == parser->settings.options.max_failures) {
    trpt_begin_limit(parser, TRPT_LIMIT_FAILURES, TRPT_IN_FAILURE);
  } else {
    trpt_current_begin_failure(current);
    trpt_begin_context(parser, TRPT_IN_FAILURE);
  }
}

#endif
