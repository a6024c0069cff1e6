/* SPDX-License-Identifier: MIT */
#include "../json/step.h"
#include "list_value.h"
#include "string_list.h"

/* What stands for the start of an object among the members that others follow. */
static uint8_t first_of(trpt_context context) { return (uint8_t)(TRPT_MEMBER_COUNT + context); }

static void enter(trpt_parser *parser, trpt_context context) {
  parser->context = context;
  parser->member = TRPT_MEMBER_NONE;
  parser->last = first_of(context);
  parser->positions[context] = trpt_position_now(parser);
  parser->seen[context] = 0;
}

/* The value is not read: of an object or array all that is in it is passed over. */
static void skip_value(trpt_parser *parser) {
  const trpt_json_kind kind = parser->token.kind;
  if (kind == TRPT_JSON_OBJECT_BEGIN || kind == TRPT_JSON_ARRAY_BEGIN)
    parser->skip_depth = 1;
  else
    parser->member = TRPT_MEMBER_NONE;
}

/* What can be wrong with any value, whether it is read or not. */
static void check_skipped(trpt_parser *parser, trpt_path path) {
  const trpt_json_token *token = &parser->token;
  if ((token->kind == TRPT_JSON_STRING || token->kind == TRPT_JSON_KEY) && token->string_errors)
    trpt_value_emit_string_errors(parser, path);
  if (token->kind == TRPT_JSON_NUMBER && token->number.beyond_double)
    trpt_emit(parser, TRPT_CODE_JSON_NUMBER_RANGE, trpt_position_now(parser), path);
}

static void skip(trpt_parser *parser) {
  switch (parser->token.kind) {
  case TRPT_JSON_OBJECT_BEGIN:
  case TRPT_JSON_ARRAY_BEGIN: parser->skip_depth++; return;
  case TRPT_JSON_OBJECT_END:
  case TRPT_JSON_ARRAY_END:
    if (--parser->skip_depth == 0) parser->member = TRPT_MEMBER_NONE;
    return;
  default: check_skipped(parser, trpt_path_now(parser));
  }
}

static void skip_unfit(trpt_parser *parser, trpt_path path) {
  const bool null = parser->token.kind == TRPT_JSON_NULL;
  trpt_emit(parser, null ? TRPT_CODE_REPORT_NULL_MEMBER : TRPT_CODE_REPORT_WRONG_TYPE, trpt_position_now(parser), path);
  check_skipped(parser, path);
  skip_value(parser);
}

/* RFC 8460 s4.3: the format is expected to grow, so unknown members are passed over (RFC 7493 s4.2). Those of the policy
   object straight in the element of `policies`, as some programs write them, are named, and not guessed at. */
static void unknown_member(trpt_parser *parser, trpt_str name, uint64_t offset) {
  const trpt_position position = trpt_json_position(&parser->json, offset);
  const trpt_member flat =
      parser->context == TRPT_IN_POLICY ? trpt_schema_find(TRPT_IN_POLICY_OBJECT, name) : TRPT_MEMBER_NONE;
  if (flat)
    trpt_emit(parser, TRPT_CODE_REPORT_RENAMED_MEMBER, position, trpt_path_of(parser->context, flat));
  else
    trpt_emit(parser, TRPT_CODE_REPORT_UNKNOWN_MEMBER, position, trpt_path_of(parser->context, TRPT_MEMBER_NONE));
}

static void forget_value(trpt_parser *parser, trpt_member alias) {
  const trpt_schema *schema = trpt_schema_of(alias);
  if (schema->type == TRPT_TYPE_LIST) {
    trpt_list_withdraw(parser, schema);
    return;
  }
  *(trpt_str *)trpt_value_slot(parser, schema->slot) = (trpt_str){0};
  *(uint32_t *)trpt_value_slot(parser, schema->present_slot) &= ~schema->present;
}

/* The member comes, after all: what was read under another name does not count. */
static void withdraw_aliases(trpt_parser *parser, trpt_member member) {
  uint32_t *seen = &parser->seen[parser->context];
  for (uint32_t i = 0; i < TRPT_ALIAS_COUNT; i++) {
    const trpt_member alias = (trpt_member)(TRPT_FIRST_ALIAS + i);
    if (!(*seen & TRPT_MEMBER_BIT(alias)) || trpt_schemas[alias].member != member) continue;
    *seen &= ~TRPT_MEMBER_BIT(alias);
    forget_value(parser, alias);
    trpt_emit(parser, TRPT_CODE_REPORT_UNKNOWN_MEMBER, parser->alias_positions[i],
              trpt_path_of(parser->context, TRPT_MEMBER_NONE));
  }
}

/* A name that stands for a member, unless that one is there, or came before under this name. */
static trpt_member begin_alias(trpt_parser *parser, trpt_member alias, trpt_str name, uint64_t offset) {
  uint32_t *seen = &parser->seen[parser->context];
  const uint32_t taken = TRPT_MEMBER_BIT(alias) | TRPT_MEMBER_BIT((trpt_member)trpt_schemas[alias].member);
  if (*seen & taken) {
    unknown_member(parser, name, offset);
    return TRPT_MEMBER_NONE;
  }
  *seen |= TRPT_MEMBER_BIT(alias);
  parser->alias_positions[alias - TRPT_FIRST_ALIAS] = trpt_json_position(&parser->json, offset);
  return alias;
}

/* RFC 7493 s2.3. The first of several members with one name counts. */
static trpt_member begin_member(trpt_parser *parser, trpt_member member, uint64_t offset) {
  uint32_t *seen = &parser->seen[parser->context];
  if (*seen & TRPT_MEMBER_BIT(member)) {
    trpt_emit(parser, TRPT_CODE_JSON_DUPLICATE_MEMBER, trpt_json_position(&parser->json, offset),
              trpt_path_of(parser->context, member));
    return TRPT_MEMBER_NONE;
  }
  if (*seen >> TRPT_FIRST_ALIAS) withdraw_aliases(parser, member);
  *seen |= TRPT_MEMBER_BIT(member);
  parser->followers[parser->last] = (uint8_t)member;
  parser->last = (uint8_t)member;
  return member;
}

static void key(trpt_parser *parser, trpt_str name, uint64_t offset) {
  trpt_member member = trpt_schema_find(parser->context, name);
  if (member == TRPT_MEMBER_NONE)
    unknown_member(parser, name, offset);
  else if (member >= TRPT_FIRST_ALIAS)
    member = begin_alias(parser, member, name, offset);
  else
    member = begin_member(parser, member, offset);
  parser->member = member;
  parser->json.wanted = member != TRPT_MEMBER_NONE;
}

static void set_present(trpt_parser *parser, const trpt_schema *schema) {
  *(uint32_t *)trpt_value_slot(parser, schema->present_slot) |= schema->present;
}

static void begin_array(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_context inner = (trpt_context)schema->inner;
  switch (inner) {
  case TRPT_IN_POLICIES: parser->next_entry = 0; break;
  case TRPT_IN_FAILURES:
    parser->next_failure = 0;
    set_present(parser, schema);
    break;
  default: trpt_list_value_begin(parser, schema); break;
  }
  enter(parser, inner);
}

/* The value of a member that the RFC defines, of the type that it must have. */
static inline void fit_value(trpt_parser *parser, const trpt_schema *schema) {
  switch (schema->kind) {
  case TRPT_JSON_STRING: trpt_value_take_string(parser, schema); break;
  case TRPT_JSON_NUMBER: trpt_value_take_count(parser, schema); break;
  case TRPT_JSON_OBJECT_BEGIN:
    set_present(parser, schema);
    enter(parser, (trpt_context)schema->inner);
    break;
  default: begin_array(parser, schema); break;
  }
  parser->member = TRPT_MEMBER_NONE;
}

static void member_value(trpt_parser *parser) {
  const trpt_member member = parser->member;
  const trpt_json_kind kind = parser->token.kind;
  const trpt_path path = trpt_path_of(parser->context, member);
  if (member == TRPT_MEMBER_NONE) {
    check_skipped(parser, path);
    skip_value(parser);
  } else if (kind == trpt_schema_of(member)->kind) {
    fit_value(parser, trpt_schema_of(member));
  } else if (member == TRPT_MEMBER_POLICIES) {
    trpt_fail(parser, TRPT_E_SCHEMA, TRPT_CODE_REPORT_POLICIES_NOT_ARRAY, trpt_position_now(parser), path);
  } else if (kind == TRPT_JSON_STRING && trpt_schema_of(member)->type == TRPT_TYPE_LIST) {
    trpt_list_value_bare(parser, trpt_schema_of(member));
    parser->member = TRPT_MEMBER_NONE;
  } else {
    skip_unfit(parser, path);
  }
}

static void begin_entry(trpt_parser *parser) {
  parser->policy = (trpt_policy){.index = parser->metadata.policy_count};
  parser->totals = (trpt_totals){0};
#define LIST(tag, id, object, name, field, number, has, required, check) parser->field.count = 0;
#include "../model/schema.def"
  parser->text.len = 0;
  parser->pending_len = 0;
  parser->pending_full = false;
  enter(parser, TRPT_IN_POLICY);
}

static void begin_failure(trpt_parser *parser) {
  parser->failure.failure = (trpt_failure){.policy_index = parser->policy.index};
  parser->failure_text = parser->text.len;
  enter(parser, TRPT_IN_FAILURE);
}

static void fail_limit(trpt_parser *parser, trpt_limit limit, trpt_context context) {
  trpt_fail_limit(parser, limit, trpt_position_now(parser), trpt_path_of(context, TRPT_MEMBER_NONE));
}

/* An element of `policies` or of `failure-details`. */
static void object_element(trpt_parser *parser) {
  const bool entry = parser->context == TRPT_IN_POLICIES;
  const trpt_context inner = entry ? TRPT_IN_POLICY : TRPT_IN_FAILURE;
  if (entry)
    parser->entry_index = parser->next_entry++;
  else
    parser->failure_index = parser->next_failure++;
  if (parser->token.kind != TRPT_JSON_OBJECT_BEGIN) {
    skip_unfit(parser, trpt_path_of(inner, TRPT_MEMBER_NONE));
  } else if (entry) {
    if (parser->metadata.policy_count == parser->options.max_policies)
      fail_limit(parser, TRPT_LIMIT_POLICIES, inner);
    else
      begin_entry(parser);
  } else {
    const bool most = parser->totals.failure_count == UINT32_MAX; /* in one policy, whose count has 32 bits */
    if (most | (parser->metadata.failure_count == parser->options.max_failures))
      fail_limit(parser, most ? TRPT_LIMIT_FAILURES_OF_POLICY : TRPT_LIMIT_FAILURES, inner);
    else
      begin_failure(parser);
  }
}

static void list_element(trpt_parser *parser) {
  const trpt_context_info *info = &trpt_contexts[parser->context];
  const trpt_schema *schema = &trpt_schemas[info->opener];
  const trpt_path path = {info->parent, info->opener, trpt_list_of(parser, schema)->next_index++};
  if (parser->token.kind == TRPT_JSON_STRING)
    trpt_list_value_add(parser, schema, path);
  else
    skip_unfit(parser, path);
}

void trpt_decode_value(trpt_parser *parser) {
  switch (parser->context) {
  case TRPT_IN_NOTHING:
    if (parser->token.kind == TRPT_JSON_OBJECT_BEGIN) {
      enter(parser, TRPT_IN_REPORT);
    } else {
      trpt_fail(parser, TRPT_E_SCHEMA, TRPT_CODE_JSON_NOT_OBJECT, trpt_position_now(parser), trpt_path_now(parser));
    }
    return;
  case TRPT_IN_POLICIES:
  case TRPT_IN_FAILURES: object_element(parser); return;
#define LIST(tag, id, object, name, field, number, has, required, check) case TRPT_IN_##id:
#include "../model/schema.def"
    list_element(parser);
    return;
  default: member_value(parser); return;
  }
}

static void close_context(trpt_parser *parser) {
  const trpt_context context = parser->context;
  parser->context = (trpt_context)trpt_contexts[context].parent;
  parser->last = trpt_contexts[context].opener;
  trpt_end_object(parser, context);
}

/* A member that was read in one go, nearly always the one that followed the one before it in the last object of its kind. */
static inline void take_member(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_json_token *token = &parser->token;
  const uint32_t aliases = ~(TRPT_MEMBER_BIT(TRPT_FIRST_ALIAS) - 1);
  if (token->key.ptr) {
    const trpt_member member = trpt_schema_find(parser->context, token->key);
    parser->followers[parser->last] = (uint8_t)member;
    schema = &trpt_schemas[member];
  }
  uint32_t *seen = &parser->seen[parser->context];
  const uint32_t now = *seen | schema->bit;
  if (token->kind == schema->kind && now != *seen && !(now & aliases)) {
    *seen = now;
    parser->last = schema->member;
    fit_value(parser, schema);
  } else {
    /* A member that was guessed has a name; the one that stands for unknown members has none. */
    key(parser, token->key.ptr ? token->key : (trpt_str){schema->key + 1, schema->key_len - 3U}, token->key_offset);
    trpt_decode_value(parser);
  }
}

/* A member, an element or an end that can be read in one step. False: there is none. */
static inline bool take_plain(trpt_parser *parser) {
  if (parser->skip_depth) return false;
  const trpt_schema *guess = &trpt_schemas[parser->followers[parser->last]];
  switch (trpt_step_read(&parser->json, &parser->token, guess->key, guess->key_len)) {
  case TRPT_STEP_MEMBER: take_member(parser, guess); return true;
  case TRPT_STEP_ELEMENT: trpt_decode_value(parser); return true;
  case TRPT_STEP_END: close_context(parser); return true;
  default: return false;
  }
}

static void take(trpt_parser *parser) {
  const trpt_json_token *token = &parser->token;
  switch (token->kind) {
  case TRPT_JSON_KEY:
    if (token->string_errors) trpt_value_emit_string_errors(parser, trpt_path_of(parser->context, TRPT_MEMBER_NONE));
    key(parser, token->text, token->offset);
    break;
  case TRPT_JSON_OBJECT_END:
  case TRPT_JSON_ARRAY_END: close_context(parser); break;
  default: trpt_decode_value(parser); break;
  }
}

trpt_json_status trpt_decode(trpt_parser *parser) {
  do {
    if (take_plain(parser)) continue;
    const trpt_json_status status = trpt_json_next(&parser->json, &parser->token);
    if (status != TRPT_JSON_TOKEN) return status;
    if (parser->skip_depth)
      skip(parser);
    else
      take(parser);
  } while (!(parser->queue_count | parser->deferred | (uint32_t)parser->failed.status));
  return TRPT_JSON_TOKEN;
}
