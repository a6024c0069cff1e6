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

static trpt_json_status open_container(trpt_json *json, trpt_json_token *token, bool object) {
  if (json->depth == json->max_depth) return TRPT_JSON_TOO_DEEP;
  const unsigned char bit = (unsigned char)(1U << json->depth % 8);
  unsigned char *level = (unsigned char *)json->memory + json->depth / 8;
  *level = (unsigned char)(object ? *level | bit : *level & ~bit);
  json->depth++;
  json->in_object = object;
  json->expect = object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
  token->kind = object ? TRPT_JSON_OBJECT_BEGIN : TRPT_JSON_ARRAY_BEGIN;
  return TRPT_JSON_TOKEN;
}

static trpt_json_status close_container(trpt_json *json, trpt_json_token *token) {
  token->kind = json->in_object ? TRPT_JSON_OBJECT_END : TRPT_JSON_ARRAY_END;
  json->depth--;
  const uint32_t outer = json->depth - 1;
  json->in_object = json->depth && (((const unsigned char *)json->memory)[outer / 8] >> outer % 8 & 1);
  return end_value(json);
}

/* A string is a key where a key was due; the colon behind it is nearly always in the same chunk. */
static inline trpt_json_status end_string(trpt_json *json, trpt_json_token *token) {
  token->kind = TRPT_JSON_STRING;
  if (json->expect != EXPECT_KEY && json->expect != EXPECT_KEY_OR_END) return end_value(json);
  token->kind = TRPT_JSON_KEY;
  json->expect = EXPECT_COLON;
  if (json->cursor < json->end && *json->cursor == ':') {
    json->cursor++;
    json->expect = EXPECT_VALUE;
  }
  return TRPT_JSON_TOKEN;
}

/* A word is whole. */
static trpt_json_status end_word(trpt_json *json, trpt_json_token *token, trpt_json_status status) {
  if (status != TRPT_JSON_TOKEN) return status;
  return token->kind == TRPT_JSON_STRING ? end_string(json, token) : end_value(json);
}

/* Nearly all strings lie whole in a chunk and have nothing to decode. */
static inline trpt_json_status read_string(trpt_json *json, trpt_json_token *token, const unsigned char *p, bool keep) {
  const unsigned char *text = p + 1;
  const unsigned char *stop = trpt_scan_string(text, json->end);
  if (stop == json->end || *stop != '"') return end_word(json, token, trpt_lexer_string(json, token, p, keep));
  json->cursor = stop + 1;
  token->flaws = 0;
  token->text = (trpt_str){(const char *)text, (size_t)(stop - text)};
  return end_string(json, token);
}

/* Nearly all numbers are a few digits that end within the chunk. */
static inline trpt_json_status read_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *digit = p;
  uint64_t value = 0;
  while (digit < json->end && digit - p < 16 && trpt_is_digit(*digit)) value = value * 10 + (*digit++ - (uint64_t)'0');
  const bool ends = digit < json->end && (*digit == ',' || *digit == '}' || *digit == '\n' || *digit == '\r');
  if (!ends || digit == p || (*p == '0' && digit - p > 1))
    return end_word(json, token, trpt_lexer_number(json, token, p));
  json->cursor = digit;
  token->kind = TRPT_JSON_NUMBER;
  token->number = (trpt_number){value, TRPT_NUMBER_COUNT, true, value > TRPT_NUMBER_EXACT};
  return end_value(json);
}

static inline trpt_json_status read_value(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  switch (*p) {
  case '"': return read_string(json, token, p, json->wanted);
  case '{':
  case '[': json->cursor = p + 1; return open_container(json, token, *p == '{');
  case 'n':
  case 't':
  case 'f': return end_word(json, token, trpt_lexer_literal(json, token, p));
  default: return read_number(json, token, p);
  }
}

static trpt_json_status next(trpt_json *json, trpt_json_token *token) {
  const unsigned char *p = json->cursor;
  for (;;) {
    p = trpt_lexer_blanks(json, p);
    if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NOTHING);
    token->place = trpt_json_place(json, trpt_lexer_offset(json, p));
    switch (json->expect) {
    case EXPECT_COMMA_OR_END:
      if (*p == ',') {
        json->expect = json->in_object ? EXPECT_KEY : EXPECT_VALUE;
        p++;
        continue;
      }
      if (*p != (json->in_object ? '}' : ']')) return trpt_lexer_bad(json, token, p);
      json->cursor = p + 1;
      return close_container(json, token);
    case EXPECT_KEY_OR_END:
      if (*p == '}') {
        json->cursor = p + 1;
        return close_container(json, token);
      }
      /* fall through */
    case EXPECT_KEY:
      if (*p != '"') return trpt_lexer_bad(json, token, p);
      return read_string(json, token, p, true);
    case EXPECT_COLON:
      if (*p != ':') return trpt_lexer_bad(json, token, p);
      json->expect = EXPECT_VALUE;
      p++;
      continue;
    case EXPECT_VALUE_OR_END:
      if (*p == ']') {
        json->cursor = p + 1;
        return close_container(json, token);
      }
      /* fall through */
    case EXPECT_VALUE: return read_value(json, token, p);
    default: json->cursor = p; return TRPT_JSON_TRAILING;
    }
  }
}

static trpt_json_status resume(trpt_json *json, trpt_json_token *token) {
  return end_word(json, token, trpt_lexer_resume(json, token));
}

static bool is_whole(const trpt_json *json) { return json->expect == EXPECT_NOTHING; }

const trpt_json_engine trpt_json_builtin = {containers_size, reset, next, resume, is_whole};
