/* SPDX-License-Identifier: MIT */
#include "skip.h"

#include "value.h"

static void check(trpt_parser *parser, trpt_path path) {
  const trpt_json_token *token = &parser->decoder.token;
  if ((token->kind == TRPT_JSON_STRING || token->kind == TRPT_JSON_KEY) && token->string_errors)
    trpt_value_emit_string_errors(parser, path);
  if (token->kind == TRPT_JSON_NUMBER && token->number.beyond_double)
    trpt_emit(parser, TRPT_CODE_JSON_NUMBER_RANGE, trpt_position_now(parser), path);
}

void trpt_skip_value(trpt_parser *parser, trpt_path path) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_json_kind kind = decoder->token.kind;
  check(parser, path);
  if (kind == TRPT_JSON_OBJECT_BEGIN || kind == TRPT_JSON_ARRAY_BEGIN)
    decoder->skip_depth = 1;
  else
    decoder->member = TRPT_MEMBER_NONE;
}

void trpt_skip_unfit(trpt_parser *parser, trpt_path path) {
  const bool null = parser->decoder.token.kind == TRPT_JSON_NULL;
  trpt_emit(parser, null ? TRPT_CODE_REPORT_NULL_MEMBER : TRPT_CODE_REPORT_WRONG_TYPE, trpt_position_now(parser), path);
  trpt_skip_value(parser, path);
}

void trpt_skip_token(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  switch (decoder->token.kind) {
  case TRPT_JSON_OBJECT_BEGIN:
  case TRPT_JSON_ARRAY_BEGIN: decoder->skip_depth++; return;
  case TRPT_JSON_OBJECT_END:
  case TRPT_JSON_ARRAY_END:
    if (--decoder->skip_depth == 0) decoder->member = TRPT_MEMBER_NONE;
    return;
  default: check(parser, trpt_path_now(parser));
  }
}
