/* SPDX-License-Identifier: MIT */
#include "flat_policy.h"

#include "emit.h"

trpt_member trpt_flat_policy_begin(trpt_parser *parser, trpt_member member, trpt_position position) {
  trpt_decoder *decoder = &parser->decoder;
  const bool is_ignored = parser->current.policy.present & TRPT_POLICY_HAS_POLICY;
  uint32_t *seen = &decoder->seen[TRPT_IN_POLICY_OBJECT];
  if (is_ignored || *seen & TRPT_MEMBER_BIT(member)) {
    trpt_emit(parser, is_ignored ? TRPT_CODE_REPORT_RENAMED_MEMBER : TRPT_CODE_JSON_DUPLICATE_MEMBER, position,
              trpt_path_of(TRPT_IN_POLICY, member));
    return TRPT_MEMBER_NONE;
  }
  if (decoder->flat == TRPT_MEMBER_NONE) {
    decoder->flat = member;
    decoder->flat_position = position;
    decoder->positions[TRPT_IN_POLICY_OBJECT] = decoder->positions[TRPT_IN_POLICY];
  }
  *seen |= TRPT_MEMBER_BIT(member);
  return member;
}

void trpt_flat_policy_withdraw(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_policy *policy = &parser->current.policy;
  const uint32_t present = policy->present & TRPT_POLICY_HAS_FAILURES;
  trpt_emit(parser, TRPT_CODE_REPORT_RENAMED_MEMBER, decoder->flat_position,
            trpt_path_of(TRPT_IN_POLICY, decoder->flat));
  decoder->flat = TRPT_MEMBER_NONE;
  trpt_current_clear_policy(&parser->current, trpt_list_most(&parser->settings));
  policy->present = present;
}

void trpt_flat_policy_end(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_emit(parser, TRPT_CODE_REPORT_FLAT_POLICY, decoder->flat_position, trpt_path_of(TRPT_IN_POLICY, decoder->flat));
  decoder->seen[TRPT_IN_POLICY] |= TRPT_MEMBER_BIT(TRPT_MEMBER_POLICY);
  parser->current.policy.present |= TRPT_POLICY_HAS_POLICY;
}
