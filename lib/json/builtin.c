/* SPDX-License-Identifier: MIT */
#include "engines.h"

#include "../text.h"
#include "lexer.h"

/* What the grammar of RFC 8259 s2 allows next. */
enum {
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* behind [ */
  EXPECT_KEY,
  EXPECT_KEY_OR_END, /* behind { */
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING /* behind the text */
};

/* A bit for each level: 1 an object. */
static size_t containers_size(uint32_t max_depth) { return (size_t)max_depth / 8 + 1; }

static void reset(trpt_json *json) {
  json->expect = EXPECT_VALUE;
  json->in_object = false;
}

static inline trpt_json_status end_value(trpt_json *json) {
  json->expect = json->depth ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
  return TRPT_JSON_TOKEN;
}

static inline trpt_json_status end_key(trpt_json *json, trpt_json_token *token) {
  token->kind = TRPT_JSON_KEY;
  json->expect = EXPECT_COLON;
  return TRPT_JSON_TOKEN;
}

/* A word that was not read in one go is whole. A string is a key where a key was due. */
static trpt_json_status end_word(trpt_json *json, trpt_json_token *token, trpt_json_status status) {
  if (status != TRPT_JSON_TOKEN) return status;
  const bool key = json->expect == EXPECT_KEY || json->expect == EXPECT_KEY_OR_END;
  return key ? end_key(json, token) : end_value(json);
}

/* False where the limit on depth is met. */
static bool open_container(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (json->depth == json->max_depth) return false;
  const bool object = *p == '{';
  const unsigned char bit = (unsigned char)(1U << json->depth % 8);
  unsigned char *level = (unsigned char *)json->memory + json->depth / 8;
  *level = (unsigned char)(object ? *level | bit : *level & ~bit);
  json->depth++;
  json->in_object = object;
  json->expect = object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
  json->cursor = p + 1;
  token->kind = object ? TRPT_JSON_OBJECT_BEGIN : TRPT_JSON_ARRAY_BEGIN;
  return true;
}

static trpt_json_status close_container(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  token->kind = json->in_object ? TRPT_JSON_OBJECT_END : TRPT_JSON_ARRAY_END;
  json->cursor = p + 1;
  json->depth--;
  const uint32_t outer = json->depth - 1;
  json->in_object = json->depth && (((const unsigned char *)json->memory)[outer / 8] >> outer % 8 & 1);
  return end_value(json);
}

/* Nearly all strings lie whole in a chunk and have nothing to decode. */
static inline bool read_plain_string(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *text = p + 1;
  const unsigned char *stop = trpt_scan_string(text, json->end);
  if (stop == json->end || *stop != '"') return false;
  json->cursor = stop + 1;
  token->flaws = 0;
  token->text = (trpt_str){(const char *)text, (size_t)(stop - text)};
  return true;
}

/* Nearly all numbers are a few digits that end within the chunk. */
static inline bool read_plain_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *digit = p;
  uint64_t value = 0;
  while (digit < json->end && digit - p < 16 && trpt_is_digit(*digit)) value = value * 10 + (*digit++ - (uint64_t)'0');
  const bool ends = digit < json->end && (*digit == ',' || *digit == '}' || *digit == '\n' || *digit == '\r');
  if (!ends || digit == p || (*p == '0' && digit - p > 1)) return false;
  json->cursor = digit;
  token->number = (trpt_number){value, TRPT_NUMBER_COUNT, true, value > TRPT_NUMBER_EXACT};
  return true;
}

/* A value that can be read in one go. False: it cannot, and nothing was taken. */
static inline bool read_plain_value(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (*p == '"') {
    if (!read_plain_string(json, token, p)) return false;
    token->kind = TRPT_JSON_STRING;
  } else if (*p == '{' || *p == '[') {
    return open_container(json, token, p);
  } else {
    if (!read_plain_number(json, token, p)) return false;
    token->kind = TRPT_JSON_NUMBER;
  }
  end_value(json);
  return true;
}

static trpt_json_status read_value(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  if (read_plain_value(json, token, p)) return TRPT_JSON_TOKEN;
  switch (*p) {
  case '"': return end_word(json, token, trpt_lexer_string(json, token, p, json->wanted));
  case '{':
  case '[': return TRPT_JSON_TOO_DEEP;
  case 'n':
  case 't':
  case 'f': return end_word(json, token, trpt_lexer_literal(json, token, p));
  default: return end_word(json, token, trpt_lexer_number(json, token, p));
  }
}

/* A key, and with it its value where that can be read in one go and nothing but one blank lies between them. */
static inline trpt_json_status read_key(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  if (*p != '"') return trpt_lexer_bad(json, token, p);
  if (!read_plain_string(json, token, p)) return end_word(json, token, trpt_lexer_string(json, token, p, true));
  const unsigned char *value = json->cursor + 1;
  if (json->end - json->cursor < 3 || *json->cursor != ':') return end_key(json, token);
  token->key = token->text;
  token->key_offset = token->offset;
  if (*value == ' ') value++;
  if (!read_plain_value(json, token, value)) return end_key(json, token);
  token->offset = trpt_lexer_offset(json, value);
  token->has_key = true;
  return TRPT_JSON_TOKEN;
}

static trpt_json_status next(trpt_json *json, trpt_json_token *token) {
  token->has_key = false;
  if (json->inside) {
    bool word;
    const trpt_json_status status = trpt_lexer_resume(json, token, &word);
    if (status != TRPT_JSON_TOKEN || word) return end_word(json, token, status);
  }
  const unsigned char *p = trpt_lexer_blanks(json, json->cursor);
  if (json->expect == EXPECT_COMMA_OR_END && p < json->end) {
    if (*p == (json->in_object ? '}' : ']')) return close_container(json, token, p);
    if (*p != ',') return trpt_lexer_bad(json, token, p);
    json->expect = json->in_object ? EXPECT_KEY : EXPECT_VALUE;
    p = trpt_lexer_blanks(json, p + 1);
  } else if (json->expect == EXPECT_COLON && p < json->end) {
    if (*p != ':') return trpt_lexer_bad(json, token, p);
    json->expect = EXPECT_VALUE;
    p = trpt_lexer_blanks(json, p + 1);
  }
  if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NOTHING);
  switch (json->expect) {
  case EXPECT_KEY: return read_key(json, token, p);
  case EXPECT_KEY_OR_END: return *p == '}' ? close_container(json, token, p) : read_key(json, token, p);
  case EXPECT_VALUE: return read_value(json, token, p);
  case EXPECT_VALUE_OR_END: return *p == ']' ? close_container(json, token, p) : read_value(json, token, p);
  default:
    json->cursor = p;
    token->offset = trpt_lexer_offset(json, p);
    return TRPT_JSON_TRAILING;
  }
}

static bool is_whole(const trpt_json *json) { return json->expect == EXPECT_NOTHING; }

const trpt_json_engine trpt_json_builtin = {containers_size, reset, next, is_whole};
