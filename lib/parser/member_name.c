/* SPDX-License-Identifier: MIT */
#include "member_name.h"

#include "flat_policy.h"
#include "string_list.h"

static uint32_t *seen_now(trpt_decoder *decoder) { return &decoder->seen[decoder->context]; }

/* RFC 8460 s4.3: the format is expected to grow, so unknown members are ignored (RFC 7493 s4.2). */
static trpt_member begin_unknown(trpt_parser *parser, uint64_t offset) {
  const trpt_decoder *decoder = &parser->decoder;
  trpt_emit(parser, TRPT_CODE_REPORT_UNKNOWN_MEMBER, trpt_json_position(&decoder->json, offset),
            trpt_path_of(decoder->context, TRPT_MEMBER_NONE));
  return TRPT_MEMBER_NONE;
}

/* A member of an element of `policies` that belongs into its policy object, if anywhere. */
static trpt_member begin_misplaced(trpt_parser *parser, trpt_str name, uint64_t offset) {
  const trpt_position position = trpt_json_position(&parser->decoder.json, offset);
  const trpt_member member = trpt_schema_find(TRPT_IN_POLICY_OBJECT, name);
  if (member == TRPT_MEMBER_NONE) return begin_unknown(parser, offset);
  if (member < TRPT_FIRST_ALIAS) return trpt_flat_policy_begin(parser, member, position);
  trpt_emit(parser, TRPT_CODE_REPORT_RENAMED_MEMBER, position, trpt_path_of(TRPT_IN_POLICY, member));
  return TRPT_MEMBER_NONE;
}

static void forget_value(trpt_parser *parser, trpt_member alias) {
  const trpt_schema *schema = trpt_schema_of(alias);
  if (schema->type == TRPT_TYPE_LIST) {
    trpt_list_withdraw(parser, schema);
    return;
  }
  *(trpt_str *)trpt_value_slot(parser, schema->slot) = (trpt_str){0};
  *trpt_value_present(parser, schema) &= ~schema->present;
}

/* The member comes after another name for it. What was read under that name does not count. */
static void withdraw_aliases(trpt_parser *parser, trpt_member member) {
  trpt_decoder *decoder = &parser->decoder;
  uint32_t *seen = seen_now(decoder);
  for (uint32_t i = 0; i < TRPT_ALIAS_COUNT; i++) {
    const trpt_member alias = (trpt_member)(TRPT_FIRST_ALIAS + i);
    if (!(*seen & TRPT_MEMBER_BIT(alias)) || trpt_schemas[alias].member != member) continue;
    *seen &= ~TRPT_MEMBER_BIT(alias);
    forget_value(parser, alias);
    trpt_emit(parser, TRPT_CODE_REPORT_UNKNOWN_MEMBER, decoder->alias_positions[i],
              trpt_path_of(decoder->context, TRPT_MEMBER_NONE));
  }
}

/* Another name for a member counts if neither the member nor this name came before. */
static trpt_member begin_alias(trpt_parser *parser, trpt_member alias, uint64_t offset) {
  trpt_decoder *decoder = &parser->decoder;
  uint32_t *seen = seen_now(decoder);
  const uint32_t taken = TRPT_MEMBER_BIT(alias) | TRPT_MEMBER_BIT((trpt_member)trpt_schemas[alias].member);
  if (*seen & taken) return begin_unknown(parser, offset);
  *seen |= TRPT_MEMBER_BIT(alias);
  decoder->alias_positions[alias - TRPT_FIRST_ALIAS] = trpt_json_position(&decoder->json, offset);
  return alias;
}

/* RFC 7493 s2.3. The first of several members with one name counts. */
static trpt_member begin_member(trpt_parser *parser, trpt_member member, uint64_t offset) {
  trpt_decoder *decoder = &parser->decoder;
  uint32_t *seen = seen_now(decoder);
  if (*seen & TRPT_MEMBER_BIT(member)) {
    trpt_emit(parser, TRPT_CODE_JSON_DUPLICATE_MEMBER, trpt_json_position(&decoder->json, offset),
              trpt_path_of(decoder->context, member));
    return TRPT_MEMBER_NONE;
  }
  if (*seen >> TRPT_FIRST_ALIAS) withdraw_aliases(parser, member);
  *seen |= TRPT_MEMBER_BIT(member);
  decoder->followers[decoder->last] = (uint8_t)member;
  decoder->last = (uint8_t)member;
  return member;
}

void trpt_member_begin(trpt_parser *parser, trpt_str name, uint64_t offset) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_member member = trpt_schema_find(decoder->context, name);
  if (member == TRPT_MEMBER_NONE)
    member = decoder->context == TRPT_IN_POLICY ? begin_misplaced(parser, name, offset) : begin_unknown(parser, offset);
  else if (member >= TRPT_FIRST_ALIAS)
    member = begin_alias(parser, member, offset);
  else
    member = begin_member(parser, member, offset);
  decoder->member = member;
  decoder->json.wanted = member != TRPT_MEMBER_NONE;
}
