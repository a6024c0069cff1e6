/* SPDX-License-Identifier: MIT */
#include "fast_path.h"
#include "member_name.h"
#include "skip.h"
#include "value.h"

static void handle_token(trpt_parser *parser) {
  const trpt_decoder *decoder = &parser->decoder;
  const trpt_json_token *token = &decoder->token;
  switch (token->kind) {
  case TRPT_JSON_KEY:
    if (token->string_errors) trpt_value_emit_string_errors(parser, trpt_path_of(decoder->context, TRPT_MEMBER_NONE));
    trpt_member_begin(parser, token->text, token->offset);
    break;
  case TRPT_JSON_OBJECT_END:
  case TRPT_JSON_ARRAY_END: trpt_decode_leave(parser); break;
  default: trpt_decode_value(parser); break;
  }
}

trpt_json_status trpt_decode(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  do {
    if (trpt_is_for_fast_path(decoder)) {
      trpt_fast_path(parser);
      if (trpt_must_stop(parser)) return TRPT_JSON_TOKEN;
    }
    const trpt_json_status status = trpt_json_next(&decoder->json, &decoder->token);
    if (status != TRPT_JSON_TOKEN) return status;
    if (decoder->skip_depth)
      trpt_skip_token(parser);
    else
      handle_token(parser);
  } while (!trpt_must_stop(parser));
  return TRPT_JSON_TOKEN;
}
