/* SPDX-License-Identifier: MIT */
#include "begin.h"
#include "end_object.h"
#include "flat_policy.h"
#include "list_value.h"
#include "other_form.h"
#include "skip.h"
#include "string_list.h"

/* The value of the element of `policies` itself ends. */
static void leave_misplaced(trpt_decoder *decoder) {
  decoder->misplaced = TRPT_IN_NOTHING;
  decoder->context = TRPT_IN_POLICY;
  decoder->last = trpt_start_of(TRPT_IN_POLICY);
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

/* The value of a member that the RFC defines, of the type that it must have. */
static void fit_value(trpt_parser *parser, const trpt_schema *schema) {
  switch (schema->kind) {
  case TRPT_JSON_STRING: trpt_value_take_string(parser, schema); break;
  case TRPT_JSON_NUMBER: trpt_value_take_count(parser, schema); break;
  default: trpt_begin_value(parser, schema); break;
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
  trpt_value_set_present(parser, schema);
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

static void policy_element(trpt_parser *parser) {
  trpt_current_next_policy(&parser->current);
  if (parser->decoder.token.kind == TRPT_JSON_OBJECT_BEGIN)
    trpt_begin_policy(parser);
  else
    trpt_skip_unfit(parser, trpt_path_of(TRPT_IN_POLICY, TRPT_MEMBER_NONE));
}

static void failure_element(trpt_parser *parser) {
  trpt_current_next_failure(&parser->current);
  if (parser->decoder.token.kind == TRPT_JSON_OBJECT_BEGIN)
    trpt_begin_failure(parser);
  else
    lose_failure(parser, trpt_path_of(TRPT_IN_FAILURE, TRPT_MEMBER_NONE));
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
    trpt_begin_context(parser, TRPT_IN_REPORT);
  else
    trpt_fail(parser, TRPT_E_SCHEMA, TRPT_CODE_JSON_NOT_OBJECT, trpt_position_now(parser), trpt_path_now(parser));
}

void trpt_decode_value(trpt_parser *parser) {
  switch (parser->decoder.context) {
  case TRPT_IN_NOTHING: top_level(parser); return;
  case TRPT_IN_POLICIES: policy_element(parser); return;
  case TRPT_IN_FAILURES: failure_element(parser); return;
#define LIST(tag, id, object, name, field, number, has, required, check) case TRPT_IN_##id:
#include "../model/schema.def"
    list_element(parser);
    return;
  default: member_value(parser); return;
  }
}
