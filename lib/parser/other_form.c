/* SPDX-License-Identifier: MIT */
#include "other_form.h"

static void report_type(trpt_parser *parser, const trpt_schema *schema) {
  trpt_emit(parser, TRPT_CODE_REPORT_WRONG_TYPE, trpt_position_now(parser), trpt_value_path(parser, schema));
}

static bool read_quoted_count(trpt_parser *parser, const trpt_schema *schema) {
  trpt_json_token *token = &parser->decoder.token;
  trpt_number number = {0, TRPT_NUMBER_COUNT, true, false};
  /* The rest of a longer text is not known. */
  if (token->text.len > parser->settings.options.max_string) return false;
  if (!trpt_number_read_digits(token->text, &number.value)) return false;
  report_type(parser, schema);
  token->number = number;
  trpt_value_take_count(parser, schema);
  return true;
}

/* A time of any other form than RFC 3339 has a code of its own. */
static bool read_integer(trpt_parser *parser, const trpt_schema *schema) {
  trpt_json_token *token = &parser->decoder.token;
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str text = trpt_json_integer_text(&parser->decoder.json, token, digits);
  if (!text.ptr) return false;
  if (schema->type != TRPT_TYPE_TIME) report_type(parser, schema);
  token->text = text;
  token->string_errors = 0;
  trpt_value_take_string(parser, schema);
  return true;
}

bool trpt_other_form_read(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_json_kind kind = parser->decoder.token.kind;
  if (kind == TRPT_JSON_STRING && schema->type == TRPT_TYPE_COUNT) return read_quoted_count(parser, schema);
  return kind == TRPT_JSON_NUMBER && schema->type < TRPT_TYPE_COUNT && read_integer(parser, schema);
}
