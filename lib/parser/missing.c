/* SPDX-License-Identifier: MIT */
#include "missing.h"

/* How the absence of a member is reported: with `code` under one of the conditions in `first`, otherwise with `other`. */
typedef struct requirement {
  uint8_t when;
  uint8_t first;
  uint16_t code;
  uint16_t other;
} requirement;

#define REQUIRE_OPTIONAL            TRPT_WHEN_OPTIONAL, 0, 0, 0
#define REQUIRE_ALWAYS              TRPT_WHEN_ALWAYS, 0, 0, TRPT_CODE_REPORT_MISSING_MEMBER
#define REQUIRE_ESSENTIAL           TRPT_WHEN_ESSENTIAL, 0, 0, TRPT_CODE_REPORT_MISSING_MEMBER
#define REQUIRE_IF(condition, name) TRPT_WHEN_##condition, 0, 0, TRPT_CODE_REPORT_##name
#define REQUIRE_BY(condition, name, other)                                                                             \
  TRPT_WHEN_TYPED, TRPT_WHEN_##condition, TRPT_CODE_REPORT_##name, TRPT_CODE_REPORT_##other

static const requirement requirements[TRPT_MEMBER_COUNT] = {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  [TRPT_MEMBER_##id] = {REQUIRE_##required},
#include "../model/schema.def"
};

static void report_member(trpt_parser *parser, trpt_context context, trpt_member member, uint32_t conditions) {
  const requirement *required = &requirements[member];
  const trpt_code code = (trpt_code)(conditions & required->first ? required->code : required->other);
  const trpt_position position = parser->decoder.positions[context];
  const trpt_path path = trpt_path_of(context, member);
  if (required->when == TRPT_WHEN_ESSENTIAL)
    trpt_fail(parser, TRPT_E_SCHEMA, code, position, path);
  else
    trpt_emit(parser, code, position, path);
}

static void report_members(trpt_parser *parser, trpt_context context, uint32_t missing, uint32_t conditions) {
  uint32_t member = trpt_first_in[context];
  for (missing >>= member; missing; member++, missing >>= 1)
    if (missing & 1) report_member(parser, context, (trpt_member)member, conditions);
}

/* The members for which aliases stand. */
static uint32_t members_of(uint32_t aliases) {
  uint32_t members = 0;
  for (uint32_t i = 0; aliases; i++, aliases >>= 1)
    if (aliases & 1) members |= TRPT_MEMBER_BIT(trpt_members[TRPT_FIRST_ALIAS + i].member);
  return members;
}

static void report_aliases(trpt_parser *parser, trpt_context context, uint32_t aliases) {
  for (uint32_t i = 0; aliases; i++, aliases >>= 1)
    if (aliases & 1)
      trpt_emit(parser, TRPT_CODE_REPORT_RENAMED_MEMBER, parser->decoder.alias_positions[i],
                trpt_path_of(context, (trpt_member)(TRPT_FIRST_ALIAS + i)));
}

void trpt_missing_report(trpt_parser *parser, trpt_context context, uint32_t missing, uint32_t conditions) {
  const uint32_t aliases = parser->decoder.seen[context] >> TRPT_FIRST_ALIAS;
  const uint32_t always = trpt_missing_required(context, TRPT_WHEN_ALWAYS);
  missing &= ~members_of(aliases);
  report_members(parser, context, missing & always, conditions);
  report_aliases(parser, context, aliases);
  report_members(parser, context, missing & ~always, conditions);
}

void trpt_missing_report_policy(trpt_parser *parser, uint32_t unseen) {
  const trpt_totals *totals = &parser->current.totals;
  const uint32_t conditions = trpt_missing_policy_conditions(parser->current.policy.type) & TRPT_WHEN_ELEMENT_ENDS;
  const uint32_t aliases = parser->decoder.seen[TRPT_IN_POLICY_OBJECT] >> TRPT_FIRST_ALIAS;
  if (totals->failure_count && totals->hiding_count == totals->failure_count) return;
  report_members(parser, TRPT_IN_POLICY_OBJECT,
                 unseen & trpt_missing_required(TRPT_IN_POLICY_OBJECT, conditions) & ~members_of(aliases), conditions);
}
