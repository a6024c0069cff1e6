/* SPDX-License-Identifier: MIT */
#include "list_value.h"

#include "policy_string.h"
#include "string_list.h"

void trpt_list_value_begin(trpt_parser *parser, const trpt_schema *schema) {
  trpt_list_begin(parser, schema);
  parser->decoder.json.wanted = true; /* the key may have been guessed after a member that is skipped */
}

void trpt_list_value_add(trpt_parser *parser, const trpt_schema *schema, trpt_path path) {
  trpt_list *list = trpt_list_of(parser, schema);
  const trpt_str text = parser->decoder.token.text;
  const bool is_nested = schema->member == TRPT_MEMBER_POLICY_STRING &&
                         text.len <= parser->settings.options.max_string && trpt_policy_string_is_nested(text);
  if (!is_nested && !trpt_list_fits(parser, list, text)) {
    trpt_list_add_cut(parser, list, text, path);
    if (parser->decoder.token.string_errors) trpt_value_emit_string_errors(parser, path);
    return;
  }
  if (trpt_diagnoses(&parser->settings)) trpt_value_check(parser, schema, path);
  if (is_nested) {
    trpt_emit(parser, TRPT_CODE_REPORT_POLICY_STRING_NESTED_JSON, trpt_position_now(parser), path);
    trpt_policy_string_add_nested(parser, list, path);
  } else {
    trpt_list_add(parser, list, text, path.string);
  }
}

static trpt_code not_array_code(uint8_t member) {
  static const uint16_t codes[TRPT_MEMBER_COUNT] = {
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  [TRPT_MEMBER_##id] = TRPT_CODE_REPORT_##id##_NOT_ARRAY,
#include "../model/schema.def"
  };
  return (trpt_code)codes[member];
}

void trpt_list_value_bare(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_path path = trpt_value_path(parser, schema);
  trpt_emit(parser, not_array_code(schema->member), trpt_position_now(parser), path);
  trpt_list_value_begin(parser, schema);
  trpt_list_value_add(parser, schema, path);
}
