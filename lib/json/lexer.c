/* SPDX-License-Identifier: MIT */
#include "lexer.h"

static const struct literal {
  const char *text;
  uint8_t len;
  trpt_json_kind kind;
} literals[] = {{"null", 4, TRPT_JSON_NULL}, {"true", 4, TRPT_JSON_BOOLEAN}, {"false", 5, TRPT_JSON_BOOLEAN}};

const unsigned char trpt_byte_order_mark[] = {0xEF, 0xBB, 0xBF};

static trpt_json_status read_string(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  trpt_json_string *string = &json->string;
  const trpt_string_status status = trpt_string_read(string, &p, json->end, json->bias);
  if (status == TRPT_STRING_MORE) return trpt_lexer_cut(json, TRPT_INSIDE_STRING);
  if (status == TRPT_STRING_BAD) return trpt_lexer_bad(json, token, p);
  json->cursor = p;
  token->kind = TRPT_JSON_STRING;
  token->offset = json->start;
  token->string_errors = string->string_errors;
  token->error_offset = string->error_offset;
  token->text = (trpt_str){string->text, string->len};
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_lexer_string(trpt_json *json, trpt_json_token *token, const unsigned char *p, bool keep) {
  json->start = token->offset;
  trpt_string_begin(&json->string, keep);
  return read_string(json, token, p + 1);
}

static trpt_json_status read_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (!trpt_number_read(&json->number, &p, json->end)) return trpt_lexer_bad(json, token, p);
  if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NUMBER);
  json->cursor = p;
  token->kind = TRPT_JSON_NUMBER;
  token->offset = json->start;
  token->number = trpt_number_value(&json->number);
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_lexer_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  json->start = token->offset;
  trpt_number_begin(&json->number);
  return read_number(json, token, p);
}

static trpt_json_status read_literal(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const struct literal *literal = &literals[json->literal];
  for (; json->matched < literal->len; json->matched++, p++) {
    if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_LITERAL);
    if (*p != (unsigned char)literal->text[json->matched]) return trpt_lexer_bad(json, token, p);
  }
  json->cursor = p;
  token->kind = literal->kind;
  token->offset = json->start;
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_lexer_literal(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  json->start = token->offset;
  json->literal = *p == 'n' ? 0 : *p == 't' ? 1 : 2;
  json->matched = 0;
  return read_literal(json, token, p);
}

/* RFC 8259 s8.1: a sender must not put one there, a reader may ignore it. */
static trpt_json_status read_byte_order_mark(trpt_json *json, trpt_json_token *token) {
  const unsigned char *p = json->cursor;
  for (; json->matched < sizeof trpt_byte_order_mark; json->matched++, p++) {
    if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_BOM);
    if (*p != trpt_byte_order_mark[json->matched]) return trpt_lexer_bad(json, token, p);
  }
  json->cursor = p;
  token->offset = 0;
  return TRPT_JSON_BOM;
}

static trpt_json_status read_start(trpt_json *json, trpt_json_token *token, bool *resumed) {
  if (json->cursor == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_START);
  json->matched = 0;
  if (*json->cursor == trpt_byte_order_mark[0]) return read_byte_order_mark(json, token);
  *resumed = false;
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_lexer_resume(trpt_json *json, trpt_json_token *token, bool *resumed) {
  const uint8_t inside = json->inside;
  json->inside = TRPT_INSIDE_NOTHING;
  *resumed = true;
  switch (inside) {
  case TRPT_INSIDE_START: return read_start(json, token, resumed);
  case TRPT_INSIDE_BOM: return read_byte_order_mark(json, token);
  case TRPT_INSIDE_STRING: return read_string(json, token, json->cursor);
  case TRPT_INSIDE_NUMBER: return read_number(json, token, json->cursor);
  default: return read_literal(json, token, json->cursor);
  }
}
