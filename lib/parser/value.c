/* SPDX-License-Identifier: MIT */
#include "value.h"

#include <stddef.h>

#include "../base/utf8.h"

trpt_str trpt_value_cut(trpt_parser *parser, trpt_str text, size_t room, trpt_limit limit, trpt_path path) {
  const trpt_position position = trpt_position_now(parser);
  if (trpt_is_strict(&parser->settings)) {
    trpt_fail_limit(parser, limit, position, path);
    return (trpt_str){0};
  }
  const trpt_str kept = trpt_utf8_prefix(text, room);
  trpt_codes codes = {1, {TRPT_CODE_REPORT_STRING_CUT}};
  if (kept.len) trpt_check_characters(kept, &codes);
  trpt_emit_all(parser, &codes, position, path);
  return kept;
}

/* What was cut has no meaning beyond its text: it matches no type and no time. */
void trpt_value_take_long(trpt_parser *parser, const trpt_schema *schema) {
  const size_t longest = parser->settings.options.max_string;
  const trpt_path path = trpt_value_path(parser, schema);
  const trpt_str text = parser->decoder.token.text;
  const trpt_limit limit = text.len > longest ? TRPT_LIMIT_STRING : TRPT_LIMIT_ENTRY;
  trpt_store *store = trpt_value_slot(parser, schema->store);
  const trpt_str kept = trpt_value_cut(parser, text, trpt_store_room(store, longest), limit, path);
  if (parser->decoder.token.string_errors) trpt_value_emit_string_errors(parser, path);
  if (schema->present_slot == offsetof(trpt_parser, current.policy.present)) parser->current.policy_is_cut = true;
  if (schema->member == TRPT_MEMBER_RECEIVING_MX_HOSTNAME) parser->current.failure.host_is_cut = true;
  if (!kept.len) return;
  *(trpt_str *)trpt_value_slot(parser, schema->slot) = trpt_store_add(store, kept);
  *trpt_value_present(parser, schema) |= schema->present;
}

/* RFC 7493 s2.1. A diagnostic is at the first byte of the value, an error at the first byte that is wrong. */
void trpt_value_emit_string_errors(trpt_parser *parser, trpt_path path) {
  const trpt_json_token *token = &parser->decoder.token;
  trpt_position position = trpt_position_now(parser);
  if (trpt_is_strict(&parser->settings)) {
    const uint64_t column = position.column + (token->error_offset - position.offset);
    /* GCOVR_EXCL_BR_START: a line of 4 GiB */
    position.column = position.column && column <= UINT32_MAX ? (uint32_t)column : 0;
    /* GCOVR_EXCL_BR_STOP */
    position.offset = token->error_offset;
  }
  const bool codepoint_first = token->string_errors & TRPT_STRING_CODEPOINT_FIRST;
  if (codepoint_first) trpt_emit(parser, TRPT_CODE_JSON_BAD_CODEPOINT, position, path);
  if (token->string_errors & TRPT_STRING_NOT_UTF8) trpt_emit(parser, TRPT_CODE_JSON_NOT_UTF8, position, path);
  if (token->string_errors & TRPT_STRING_BAD_CODEPOINT && !codepoint_first)
    trpt_emit(parser, TRPT_CODE_JSON_BAD_CODEPOINT, position, path);
}

void trpt_value_emit(trpt_parser *parser, trpt_codes *codes, bool all, trpt_path path) {
  const trpt_json_token *token = &parser->decoder.token;
  if (token->string_errors) trpt_value_emit_string_errors(parser, path);
  if (token->text.len == 0)
    trpt_codes_add(codes, TRPT_CODE_REPORT_EMPTY_STRING);
  else if (!all)
    trpt_check_text(token->text, codes);
  trpt_emit_all(parser, codes, trpt_position_now(parser), path);
}

static void take_time(trpt_parser *parser, const trpt_schema *schema) {
  int64_t *seconds = trpt_value_slot(parser, schema->number);
  const trpt_path path = trpt_value_path(parser, schema);
  const trpt_str text = parser->decoder.token.text;
  trpt_codes codes = {0};
  trpt_check_time(text, schema->member == TRPT_MEMBER_END_DATETIME, seconds,
                  trpt_diagnoses(&parser->settings) ? &codes : NULL);
  if (!trpt_diagnoses(&parser->settings)) return;
  /* A time needs no other check, unless the fraction of its second is very long. */
  if (*seconds == INT64_MIN || text.len > TRPT_LONG_STRING) trpt_value_check(parser, schema, path);
  if (text.len) trpt_emit_all(parser, &codes, trpt_position_now(parser), path);
}

/* RFC 8460 s4.4: an unknown name is stored as written. A known one needs no check of its text. */
static void take_type(trpt_parser *parser, const trpt_schema *schema, trpt_code unknown) {
  const trpt_str text = parser->decoder.token.text;
  const trpt_path path = trpt_value_path(parser, schema);
  if (trpt_value_find_type(parser, schema, text) || !trpt_diagnoses(&parser->settings)) return;
  trpt_value_check(parser, schema, path);
  if (text.len) trpt_emit(parser, unknown, trpt_position_now(parser), path);
}

void trpt_value_read(trpt_parser *parser, const trpt_schema *schema) {
  if (schema->position) *(trpt_position *)trpt_value_slot(parser, schema->position) = trpt_position_now(parser);
  switch (schema->type) {
  case TRPT_TYPE_POLICY_TYPE: take_type(parser, schema, TRPT_CODE_REPORT_UNKNOWN_POLICY_TYPE); break;
  case TRPT_TYPE_RESULT_TYPE: take_type(parser, schema, TRPT_CODE_REPORT_UNKNOWN_RESULT_TYPE); break;
  case TRPT_TYPE_TIME: take_time(parser, schema); break;
  default:
    if (trpt_diagnoses(&parser->settings)) trpt_value_check(parser, schema, trpt_value_path(parser, schema));
  }
}

void trpt_value_check_count(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_path path = trpt_value_path(parser, schema);
  const trpt_number number = parser->decoder.token.number;
  const trpt_position position = trpt_position_now(parser);
  switch (number.class) {
  case TRPT_NUMBER_NEGATIVE: trpt_emit(parser, TRPT_CODE_REPORT_NEGATIVE_COUNT, position, path); return;
  case TRPT_NUMBER_FRACTIONAL: trpt_emit(parser, TRPT_CODE_REPORT_FRACTIONAL_COUNT, position, path); return;
  case TRPT_NUMBER_HUGE: trpt_emit(parser, TRPT_CODE_REPORT_BAD_COUNT, position, path); return;
  default: break;
  }
  if (!number.plain) trpt_emit(parser, TRPT_CODE_REPORT_COUNT_FORM, position, path);
  if (number.value > TRPT_NUMBER_EXACT) trpt_emit(parser, TRPT_CODE_REPORT_COUNT_INEXACT, position, path);
  if (number.value == 0 && schema->member == TRPT_MEMBER_FAILED_SESSION_COUNT)
    trpt_emit(parser, TRPT_CODE_REPORT_ZERO_COUNT_DETAIL, position, path);
}
