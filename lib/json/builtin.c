/* SPDX-License-Identifier: MIT */
#include "engines.h"
#include "step.h"

static uint64_t levels_size(uint32_t max_depth, uint64_t max_text) {
  (void)max_text;
  return max_depth;
}

static void reset(trpt_json *json) { json->expect = TRPT_EXPECT_VALUE; }

static inline trpt_json_status end_key(trpt_json *json, trpt_json_token *token) {
  token->kind = TRPT_JSON_KEY;
  json->expect = TRPT_EXPECT_COLON;
  /* The colon is nearly always in the same chunk. */
  if (json->cursor < json->end && *json->cursor == ':') {
    json->cursor++;
    json->expect = TRPT_EXPECT_VALUE;
  }
  return TRPT_JSON_TOKEN;
}

/* What follows a token that the lexer read. A string is a key where a key was expected. */
static trpt_json_status end_token(trpt_json *json, trpt_json_token *token, trpt_json_status status) {
  if (status != TRPT_JSON_TOKEN) return status;
  if (json->expect == TRPT_EXPECT_KEY || json->expect == TRPT_EXPECT_KEY_OR_END) return end_key(json, token);
  trpt_step_end_value(json);
  return TRPT_JSON_TOKEN;
}

static trpt_json_status close(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->kind = json->in_object ? TRPT_JSON_OBJECT_END : TRPT_JSON_ARRAY_END;
  trpt_step_close(json, token, p);
  return TRPT_JSON_TOKEN;
}

static trpt_json_status read_value(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  if (json->depth && trpt_step_value(json, token, p)) return TRPT_JSON_TOKEN;
  switch (*p) {
  case '"': return end_token(json, token, trpt_lexer_string(json, token, p, json->wanted));
  case '{':
  case '[':
    if (trpt_step_open(json, token, p)) return TRPT_JSON_TOKEN;
    json->cursor = p;
    return TRPT_JSON_TOO_DEEP;
  case 'n':
  case 't':
  case 'f': return end_token(json, token, trpt_lexer_literal(json, token, p));
  default: return end_token(json, token, trpt_lexer_number(json, token, p));
  }
}

static inline trpt_json_status read_key(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  if (*p != '"') return trpt_lexer_bad(json, token, p);
  if (trpt_step_string(json, token, p)) return end_key(json, token);
  return end_token(json, token, trpt_lexer_string(json, token, p, true));
}

static trpt_json_status next(trpt_json *json, trpt_json_token *token) {
  if (json->inside) {
    bool resumed;
    const trpt_json_status status = trpt_lexer_resume(json, token, &resumed);
    if (status != TRPT_JSON_TOKEN || resumed) return end_token(json, token, status);
  }
  const unsigned char *p = trpt_lexer_blanks(json, json->cursor);
  if (json->expect == TRPT_EXPECT_COMMA_OR_END && p < json->end) {
    if (*p == (json->in_object ? '}' : ']')) return close(json, token, p);
    if (*p != ',') return trpt_lexer_bad(json, token, p);
    json->expect = json->in_object ? TRPT_EXPECT_KEY : TRPT_EXPECT_VALUE;
    p = trpt_lexer_blanks(json, p + 1);
  } else if (json->expect == TRPT_EXPECT_COLON && p < json->end) {
    if (*p != ':') return trpt_lexer_bad(json, token, p);
    json->expect = TRPT_EXPECT_VALUE;
    p = trpt_lexer_blanks(json, p + 1);
  }
  if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NOTHING);
  switch (json->expect) {
  case TRPT_EXPECT_KEY_OR_END:
    if (*p == '}') return close(json, token, p);
    /* fall through */
  case TRPT_EXPECT_KEY: return read_key(json, token, p);
  case TRPT_EXPECT_VALUE_OR_END:
    if (*p == ']') return close(json, token, p);
    /* fall through */
  case TRPT_EXPECT_VALUE: return read_value(json, token, p);
  default:
    json->cursor = p;
    token->offset = trpt_lexer_offset(json, p);
    return TRPT_JSON_TRAILING;
  }
}

const trpt_json_engine trpt_json_builtin = {levels_size, reset, next};
