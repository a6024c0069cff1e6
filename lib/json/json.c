/* SPDX-License-Identifier: MIT */
#include <tlsrpt/parser.h>

#include "engines.h"
#include "lexer.h"

const trpt_json_engine *trpt_json_engine_find(int32_t tokenizer) {
#ifdef TRPT_WITH_YAJL
  const trpt_json_engine *yajl = &trpt_json_yajl;
#else
  const trpt_json_engine *yajl = NULL;
#endif
  return tokenizer == TRPT_TOKENIZER_YAJL ? yajl : &trpt_json_builtin;
}

void trpt_json_begin_text(trpt_json *json) {
  json->wanted = true;
  json->in_object = false;
  json->inside = TRPT_INSIDE_NOTHING;
  json->depth = 0;
  json->engine->reset(json);
}

void trpt_json_reset(trpt_json *json) {
  json->line = 1;
  json->line_start = 0;
  trpt_json_set_chunk(json, "", 0, 0);
  trpt_json_begin_text(json);
  json->inside = TRPT_INSIDE_START;
}

/* step.h keeps no text of numbers, so it is made from the value, which is exact below 2^64. */
trpt_str trpt_json_integer_text(const trpt_json *json, const trpt_json_token *token, char digits[TRPT_DECIMAL_SIZE]) {
  const trpt_number *number = &token->number;
  if (!number->plain) return (trpt_str){NULL, 0};
  return number->class == TRPT_NUMBER_COUNT ? trpt_decimal(number->value, digits) : trpt_number_text(&json->number);
}

trpt_json_status trpt_json_finish(trpt_json *json, trpt_json_token *token) {
  /* At the top level the end of the text may end a number. One more blank makes the engine return it. */
  if (json->inside == TRPT_INSIDE_NUMBER && json->depth == 0) {
    trpt_json_set_chunk(json, " ", 1, trpt_json_offset(json));
    const trpt_json_status status = trpt_json_next(json, token);
    if (status == TRPT_JSON_TOKEN) return status;
    json->cursor = json->end = json->end - 1;
  }
  token->offset = trpt_json_offset(json);
  return trpt_json_is_complete(json) ? TRPT_JSON_MORE : TRPT_JSON_BAD;
}
