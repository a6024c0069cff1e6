/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_STEP_H
#define TRPT_LIB_STEP_H

/* Common tokens that are whole in the chunk, for the built-in engine and for callers that read such tokens themselves. They
   maintain `expect`, `in_object`, `depth` and the levels in `memory`. An engine that does not leaves TRPT_EXPECT_ENGINE in
   `expect`. */

#include "../base/text.h"
#include "lexer.h"

static inline void trpt_step_end_value(trpt_json *json) {
  json->expect = json->depth ? TRPT_EXPECT_COMMA_OR_END : TRPT_EXPECT_NOTHING;
}

/* A byte for each level: 1 an object. */
static inline unsigned char *trpt_step_level(const trpt_json *json, uint32_t depth) {
  return (unsigned char *)json->memory + depth - 1;
}

/* Returns false if max_depth is reached. */
static inline bool trpt_step_open(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (json->depth == json->max_depth) return false;
  const bool object = *p == '{';
  *trpt_step_level(json, ++json->depth) = object;
  json->in_object = object;
  json->expect = object ? TRPT_EXPECT_KEY_OR_END : TRPT_EXPECT_VALUE_OR_END;
  json->cursor = p + 1;
  token->kind = object ? TRPT_JSON_OBJECT_BEGIN : TRPT_JSON_ARRAY_BEGIN;
  return true;
}

static inline void trpt_step_close(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  json->cursor = p + 1;
  json->in_object = --json->depth && *trpt_step_level(json, json->depth);
  trpt_step_end_value(json);
}

/* Nearly all strings are whole in a chunk and need no decoding. */
static inline bool trpt_step_string(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *text = p + 1;
  const unsigned char *stop = trpt_scan_string(text, json->end);
  if (stop == json->end || *stop != '"') return false;
  json->cursor = stop + 1;
  token->string_errors = 0;
  token->text = (trpt_str){(const char *)text, (size_t)(stop - text)};
  return true;
}

/* What nearly always follows a number. Anything else, such as a point or a blank, is for the engine. */
static inline bool trpt_step_ends_number(unsigned char c) { return c == ',' || c == '}' || c == '\n' || c == '\r'; }

/* Nearly all numbers are a few digits that end within the chunk. */
static inline bool trpt_step_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *digit = p;
  uint64_t value = 0;
  while (digit < json->end && digit - p < 16 && trpt_is_digit(*digit)) value = value * 10 + (*digit++ - (uint64_t)'0');
  const bool ends = digit < json->end && trpt_step_ends_number(*digit);
  if (!ends || digit == p || (*p == '0' && digit - p > 1)) return false;
  json->cursor = digit;
  token->number = (trpt_number){value, TRPT_NUMBER_COUNT, true, value > TRPT_NUMBER_EXACT};
  return true;
}

/* A value in an object or array. False: the engine must read it, and nothing was consumed. */
static inline bool trpt_step_value(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (*p == '"') {
    if (!trpt_step_string(json, token, p)) return false;
    token->kind = TRPT_JSON_STRING;
  } else if (*p == '{' || *p == '[') {
    return trpt_step_open(json, token, p);
  } else {
    if (!trpt_step_number(json, token, p)) return false;
    token->kind = TRPT_JSON_NUMBER;
  }
  json->expect = TRPT_EXPECT_COMMA_OR_END;
  return true;
}

#endif
