/* SPDX-License-Identifier: MIT */
#include "value.h"

void trpt_value_fail_limit(trpt_parser *parser, trpt_where where) {
  trpt_fail(parser, TRPT_E_LIMIT, TRPT_FINDING_JSON_LIMIT, trpt_place_now(parser), where);
}

/* RFC 7493 s2.1. A diagnostic stands at the value's first byte, an error at the first byte that is wrong. */
void trpt_value_raise_flaws(trpt_parser *parser, trpt_where where) {
  const trpt_json_token *token = &parser->token;
  trpt_place place = trpt_place_now(parser);
  if (parser->strict && token->flaws & (TRPT_STRING_NOT_UTF8 | TRPT_STRING_BAD_CODEPOINT)) {
    const uint64_t column = place.column + (token->flaw_offset - place.offset);
    /* GCOVR_EXCL_BR_START: a line of 4 GiB */
    place.column = place.column && column <= UINT32_MAX ? (uint32_t)column : 0;
    /* GCOVR_EXCL_BR_STOP */
    place.offset = token->flaw_offset;
  }
  const bool codepoint_first = token->flaws & TRPT_STRING_CODEPOINT_FIRST;
  if (codepoint_first) trpt_raise(parser, TRPT_FINDING_JSON_BAD_CODEPOINT, place, where);
  if (token->flaws & TRPT_STRING_NOT_UTF8) trpt_raise(parser, TRPT_FINDING_JSON_NOT_UTF8, place, where);
  if (token->flaws & TRPT_STRING_BAD_CODEPOINT && !codepoint_first)
    trpt_raise(parser, TRPT_FINDING_JSON_BAD_CODEPOINT, place, where);
}

void trpt_value_tell(trpt_parser *parser, trpt_findings *findings, bool all, trpt_where where) {
  const trpt_json_token *token = &parser->token;
  if (token->flaws) trpt_value_raise_flaws(parser, where);
  if (token->text.len == 0)
    trpt_findings_add(findings, TRPT_FINDING_REPORT_EMPTY_STRING);
  else if (!all)
    trpt_judge_text(token->text, findings);
  trpt_raise_all(parser, findings, trpt_place_now(parser), where);
}

/* RFC 8460 s4.4: a name that is not known is kept as it is. One that is known has nothing in it that must be told. */
static void judge_unknown(trpt_parser *parser, trpt_finding finding, const trpt_schema *schema) {
  const trpt_where where = trpt_value_where(parser, schema);
  if (!parser->findings) return;
  trpt_value_judge(parser, schema, where);
  if (parser->token.text.len) trpt_raise(parser, finding, trpt_place_now(parser), where);
}

static void take_time(trpt_parser *parser, int64_t *seconds, const trpt_schema *schema) {
  const trpt_where where = trpt_value_where(parser, schema);
  const trpt_str text = parser->token.text;
  trpt_findings findings = {0};
  trpt_judge_time(text, seconds, parser->findings ? &findings : NULL);
  if (!parser->findings) return;
  /* In what is a time there is nothing else that must be told, but for a very long fraction of a second. */
  if (*seconds == INT64_MIN || text.len > TRPT_LONG_STRING) trpt_value_judge(parser, schema, where);
  if (text.len) trpt_raise_all(parser, &findings, trpt_place_now(parser), where);
}

void trpt_value_read(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_str text = parser->token.text;
  trpt_failure_entry *failure = &parser->failure;
  switch (schema->member) {
  case TRPT_MEMBER_POLICY_TYPE:
    parser->policy.type = trpt_policy_type_from_name(text.ptr, text.len);
    if (!parser->policy.type) judge_unknown(parser, TRPT_FINDING_REPORT_UNKNOWN_POLICY_TYPE, schema);
    break;
  case TRPT_MEMBER_RESULT_TYPE:
    failure->type_place = trpt_place_now(parser);
    failure->failure.type = trpt_result_type_from_name(text.ptr, text.len);
    if (!failure->failure.type) judge_unknown(parser, TRPT_FINDING_REPORT_UNKNOWN_RESULT_TYPE, schema);
    break;
  case TRPT_MEMBER_RECEIVING_MX_HOSTNAME:
    failure->host_place = trpt_place_now(parser);
    if (parser->findings) trpt_value_judge(parser, schema, trpt_value_where(parser, schema));
    break;
  case TRPT_MEMBER_START_DATETIME: take_time(parser, &parser->metadata.start, schema); break;
  default: /* TRPT_MEMBER_END_DATETIME: no other has a meaning */
    parser->end_place = trpt_place_now(parser);
    take_time(parser, &parser->metadata.end, schema);
    break;
  }
}

void trpt_value_judge_count(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_where where = trpt_value_where(parser, schema);
  const trpt_number number = parser->token.number;
  const trpt_place place = trpt_place_now(parser);
  switch (number.class) {
  case TRPT_NUMBER_NEGATIVE: trpt_raise(parser, TRPT_FINDING_REPORT_NEGATIVE_COUNT, place, where); return;
  case TRPT_NUMBER_FRACTIONAL: trpt_raise(parser, TRPT_FINDING_REPORT_FRACTIONAL_COUNT, place, where); return;
  case TRPT_NUMBER_HUGE: trpt_raise(parser, TRPT_FINDING_REPORT_BAD_COUNT, place, where); return;
  default: break;
  }
  if (!number.plain) trpt_raise(parser, TRPT_FINDING_REPORT_COUNT_FORM, place, where);
  if (number.value > TRPT_NUMBER_EXACT) trpt_raise(parser, TRPT_FINDING_REPORT_COUNT_INEXACT, place, where);
  if (number.value == 0 && schema->member == TRPT_MEMBER_FAILED_SESSION_COUNT)
    trpt_raise(parser, TRPT_FINDING_REPORT_ZERO_COUNT_DETAIL, place, where);
}

void trpt_value_add(trpt_parser *parser, trpt_list *list, trpt_member member, uint32_t index) {
  const trpt_where where = {TRPT_IN_POLICY, (uint8_t)member, index};
  if (parser->token.text.len > parser->options.max_string) {
    trpt_value_fail_limit(parser, trpt_where_now(parser));
    return;
  }
  if (parser->findings) trpt_value_judge(parser, &trpt_schemas[member], where);
  if (member == TRPT_MEMBER_POLICY_STRING && trpt_policy_string_is_nested(parser->token.text)) {
    trpt_raise(parser, TRPT_FINDING_REPORT_POLICY_STRING_NESTED_JSON, trpt_place_now(parser), where);
    trpt_policy_string_add_nested(parser, list, index);
  } else {
    trpt_list_add(parser, list, parser->token.text, index);
  }
}
