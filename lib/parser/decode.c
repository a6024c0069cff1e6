/* SPDX-License-Identifier: MIT */
#include "end_object.h"
#include "flat_policy.h"
#include "list_value.h"
#include "other_form.h"
#include "skip.h"
#include "string_list.h"

/* What stands for the start of an object among the members that others follow. */
static uint8_t first_of(trpt_context context) { return (uint8_t)(TRPT_MEMBER_COUNT + context); }

/* max_depth bounds what is read; values that are skipped may nest deeper. */
static void enter(trpt_parser *parser, trpt_context context) {
  trpt_decoder *decoder = &parser->decoder;
  if (decoder->json.depth > parser->settings.options.max_depth)
    trpt_fail_limit(parser, TRPT_LIMIT_DEPTH, trpt_position_now(parser), trpt_path_of(context, TRPT_MEMBER_NONE));
  decoder->context = context;
  decoder->member = TRPT_MEMBER_NONE;
  decoder->last = first_of(context);
  decoder->positions[context] = trpt_position_now(parser);
  decoder->seen[context] = 0;
}

/* The value of the element of `policies` itself ends. */
static void leave_misplaced(trpt_decoder *decoder) {
  decoder->misplaced = TRPT_IN_NOTHING;
  decoder->context = TRPT_IN_POLICY;
  decoder->last = first_of(TRPT_IN_POLICY);
}

void trpt_decode_leave(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_context context = decoder->context;
  const trpt_context_info *info = &trpt_contexts[context];
  decoder->context = (trpt_context)info->parent;
  decoder->last = info->opener;
  if (context == decoder->misplaced) leave_misplaced(decoder);
  trpt_end_object(parser, context);
}

/* ---- values ---- */

static void set_present(trpt_parser *parser, const trpt_schema *schema) {
  *trpt_value_present(parser, schema) |= schema->present;
}

static void begin_array(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_context inner = (trpt_context)schema->inner;
  switch (inner) {
  case TRPT_IN_POLICIES: parser->current.next_policy = 0; break;
  case TRPT_IN_FAILURES:
    parser->current.next_failure = 0;
    set_present(parser, schema);
    break;
  default:
    trpt_list_value_begin(parser, schema);
    if (parser->decoder.context == TRPT_IN_POLICY) parser->decoder.misplaced = inner;
  }
  enter(parser, inner);
}

void trpt_decode_begin(trpt_parser *parser, const trpt_schema *schema) {
  parser->decoder.member = TRPT_MEMBER_NONE;
  if (schema->kind == TRPT_JSON_ARRAY_BEGIN) {
    begin_array(parser, schema);
    return;
  }
  if (parser->decoder.flat && schema->inner == TRPT_IN_POLICY_OBJECT) trpt_flat_policy_withdraw(parser);
  set_present(parser, schema);
  enter(parser, (trpt_context)schema->inner);
}

/* The value of a member that the RFC defines, of the type that it must have. */
static void fit_value(trpt_parser *parser, const trpt_schema *schema) {
  switch (schema->kind) {
  case TRPT_JSON_STRING: trpt_value_take_string(parser, schema); break;
  case TRPT_JSON_NUMBER: trpt_value_take_count(parser, schema); break;
  default: trpt_decode_begin(parser, schema); break;
  }
  parser->decoder.member = TRPT_MEMBER_NONE;
}

static void failure_element(trpt_parser *parser);

/* Skips what is, or is in, failure-details. */
static void lose_failure(trpt_parser *parser, trpt_path path) {
  parser->current.totals.lost_details |= parser->decoder.token.kind != TRPT_JSON_NULL;
  trpt_skip_unfit(parser, path);
}

/* failure-details that is no array. One object is its only element. */
static void other_failures(trpt_parser *parser, const trpt_schema *schema, trpt_path path) {
  if (parser->decoder.token.kind != TRPT_JSON_OBJECT_BEGIN) {
    lose_failure(parser, path);
    return;
  }
  trpt_emit(parser, TRPT_CODE_REPORT_WRONG_TYPE, trpt_position_now(parser), path);
  set_present(parser, schema);
  parser->current.next_failure = 0;
  parser->decoder.misplaced = TRPT_IN_FAILURE;
  failure_element(parser);
}

static void member_value(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_schema *schema = trpt_schema_of(decoder->member);
  const trpt_json_kind kind = decoder->token.kind;
  const trpt_path path = trpt_path_now(parser);
  if (decoder->member == TRPT_MEMBER_NONE) {
    trpt_skip_value(parser, path);
  } else if (kind == schema->kind) {
    fit_value(parser, schema);
  } else if (decoder->member == TRPT_MEMBER_POLICIES) {
    trpt_fail(parser, TRPT_E_SCHEMA, TRPT_CODE_REPORT_POLICIES_NOT_ARRAY, trpt_position_now(parser), path);
  } else if (kind == TRPT_JSON_STRING && schema->type == TRPT_TYPE_LIST) {
    trpt_list_value_bare(parser, schema);
    decoder->member = TRPT_MEMBER_NONE;
  } else if (decoder->member == TRPT_MEMBER_FAILURE_DETAILS) {
    other_failures(parser, schema, path);
  } else if (trpt_other_form_read(parser, schema)) {
    decoder->member = TRPT_MEMBER_NONE;
  } else {
    trpt_skip_unfit(parser, path);
  }
}

/* ---- elements of arrays ---- */

static void begin_policy(trpt_parser *parser) {
  trpt_current_begin_policy(&parser->current, trpt_list_most(&parser->settings));
  trpt_pending_reset(&parser->pending);
  parser->decoder.flat = TRPT_MEMBER_NONE;
  parser->decoder.seen[TRPT_IN_POLICY_OBJECT] = 0;
  enter(parser, TRPT_IN_POLICY);
}

static void begin_failure(trpt_parser *parser) {
  trpt_current_begin_failure(&parser->current);
  enter(parser, TRPT_IN_FAILURE);
}

static void fail_limit(trpt_parser *parser, trpt_limit limit, trpt_context context) {
  trpt_fail_limit(parser, limit, trpt_position_now(parser), trpt_path_of(context, TRPT_MEMBER_NONE));
}

static void policy_element(trpt_parser *parser) {
  trpt_current *current = &parser->current;
  current->policy_index = current->next_policy++;
  if (parser->decoder.token.kind != TRPT_JSON_OBJECT_BEGIN)
    trpt_skip_unfit(parser, trpt_path_of(TRPT_IN_POLICY, TRPT_MEMBER_NONE));
  else if (current->metadata.policy_count == parser->settings.options.max_policies)
    fail_limit(parser, TRPT_LIMIT_POLICIES, TRPT_IN_POLICY);
  else
    begin_policy(parser);
}

static void failure_element(trpt_parser *parser) {
  trpt_current *current = &parser->current;
  current->failure_index = current->next_failure++;
  if (parser->decoder.token.kind != TRPT_JSON_OBJECT_BEGIN)
    lose_failure(parser, trpt_path_of(TRPT_IN_FAILURE, TRPT_MEMBER_NONE));
  else if (current->totals.failure_count == UINT32_MAX)                 /* GCOVR_EXCL_BR_LINE: a count has 32 bits */
    fail_limit(parser, TRPT_LIMIT_FAILURES_OF_POLICY, TRPT_IN_FAILURE); /* GCOVR_EXCL_LINE */
  else if (current->metadata.failure_count == parser->settings.options.max_failures)
    fail_limit(parser, TRPT_LIMIT_FAILURES, TRPT_IN_FAILURE);
  else
    begin_failure(parser);
}

void trpt_decode_element(trpt_parser *parser) {
  if (parser->decoder.context == TRPT_IN_FAILURES)
    failure_element(parser);
  else
    policy_element(parser);
}

static void list_element(trpt_parser *parser) {
  const trpt_context_info *info = &trpt_contexts[parser->decoder.context];
  const trpt_schema *schema = &trpt_schemas[info->opener];
  const trpt_path path = {info->parent, info->opener, trpt_list_of(parser, schema)->next_index++};
  if (parser->decoder.token.kind == TRPT_JSON_STRING)
    trpt_list_value_add(parser, schema, path);
  else
    trpt_skip_unfit(parser, path);
}

static void top_level(trpt_parser *parser) {
  if (parser->decoder.token.kind == TRPT_JSON_OBJECT_BEGIN)
    enter(parser, TRPT_IN_REPORT);
  else
    trpt_fail(parser, TRPT_E_SCHEMA, TRPT_CODE_JSON_NOT_OBJECT, trpt_position_now(parser), trpt_path_now(parser));
}

void trpt_decode_value(trpt_parser *parser) {
  switch (parser->decoder.context) {
  case TRPT_IN_NOTHING: top_level(parser); return;
  case TRPT_IN_POLICIES:
  case TRPT_IN_FAILURES: trpt_decode_element(parser); return;
#define LIST(tag, id, object, name, field, number, has, required, check) case TRPT_IN_##id:
#include "../model/schema.def"
    list_element(parser);
    return;
  default: member_value(parser); return;
  }
}
