/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_STEP_H
#define TRPT_LIB_STEP_H

/* The fast step: trpt_step_read reads a whole member, element or end within the chunk. It is in a header so that the
   compiler can inline it into the caller's loop. It knows no engine and works on the state in trpt_json. An engine that uses
   it maintains `expect`, `in_object`, `depth` and the levels in `memory`. An engine without a fast step leaves
   TRPT_EXPECT_ENGINE in `expect`. */

#include "../base/text.h"
#include "lexer.h"

/* What the fast step read; NONE: nothing, and nothing was consumed. */
typedef enum trpt_step {
  TRPT_STEP_NONE,
  TRPT_STEP_MEMBER, /* key and value, or the begin of the value */
  TRPT_STEP_ELEMENT,
  TRPT_STEP_END
} trpt_step;

static inline bool trpt_step_is_first(const trpt_json *json) {
  return json->expect == TRPT_EXPECT_KEY_OR_END || json->expect == TRPT_EXPECT_VALUE_OR_END;
}

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

/* Nearly all numbers are a few digits that end within the chunk. */
static inline bool trpt_step_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *digit = p;
  uint64_t value = 0;
  while (digit < json->end && digit - p < 16 && trpt_is_digit(*digit)) value = value * 10 + (*digit++ - (uint64_t)'0');
  const bool ends = digit < json->end && (*digit == ',' || *digit == '}' || *digit == '\n' || *digit == '\r');
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

/* Skips a line break with indentation, or one blank. If there is a line break, `*line` is the start of the new line. */
static inline const unsigned char *trpt_step_blanks(const unsigned char *p, const unsigned char *end,
                                                    const unsigned char **line) {
  if (p == end || *p > ' ') return p;
  if (*p != '\n') {
    if (*p == ' ') return p + 1;
    if (*p != '\r' || end - p < 2 || *++p != '\n') return p;
  }
  *line = p + 1;
  return trpt_scan_indent(p + 1, end);
}

/* The start of the next key or element, after the comma or bracket and trpt_step_blanks. NULL if it is not in the chunk. */
static inline const unsigned char *trpt_step_begin(const trpt_json *json, const unsigned char **line) {
  const unsigned char *p = json->cursor;
  if (json->expect == TRPT_EXPECT_COMMA_OR_END) {
    if (p == json->end || *p++ != ',') return NULL;
  } else if (json->inside || !trpt_step_is_first(json)) {
    return NULL;
  }
  p = trpt_step_blanks(p, json->end, line);
  return p == json->end ? NULL : p;
}

static inline void trpt_step_begin_line(trpt_json *json, const unsigned char *line) {
  if (line) trpt_lexer_begin_line(json, line);
}

/* The value of the member whose key is at `p`. `guess` is an expected key with its quotes and colon, of at least 8 bytes, or
   of length 0. If the member has this key, `token->key` is absent. Returns NULL if the chunk cuts the key, or if the key
   needs decoding. */
static inline const unsigned char *trpt_step_key(const trpt_json *json, trpt_json_token *token, const unsigned char *p,
                                                 const char *guess, size_t guess_len) {
  /* The value, after at most one blank, is at least a byte long. */
  if (json->end - p < (ptrdiff_t)guess_len + 2) return NULL;
  const unsigned char *value = p + guess_len;
  token->key.ptr = NULL;
  token->key_offset = trpt_lexer_offset(json, p);
  if (!guess_len || !trpt_same_bytes((const char *)p, guess, guess_len)) {
    if (*p != '"') return NULL;
    const unsigned char *stop = trpt_scan_string(p + 1, json->end);
    if (json->end - stop < 4 || stop[0] != '"' || stop[1] != ':') return NULL;
    token->key = (trpt_str){(const char *)p + 1, (size_t)(stop - p - 1)};
    value = stop + 2;
  }
  return *value == ' ' ? value + 1 : value;
}

/* Reads the end of an object or array, after trpt_step_blanks. Returns false if it is not there. */
static inline bool trpt_step_end(trpt_json *json, trpt_json_token *token) {
  const unsigned char *line = NULL;
  const unsigned char *p = json->cursor;
  if (json->inside || (json->expect != TRPT_EXPECT_COMMA_OR_END && !trpt_step_is_first(json))) return false;
  p = trpt_step_blanks(p, json->end, &line);
  if (p == json->end || *p != (json->in_object ? '}' : ']')) return false;
  trpt_step_begin_line(json, line);
  trpt_step_close(json, token, p);
  return true;
}

/* Reads the next member, element or end if the chunk contains all of its tokens and none needs decoding. `guess` is that of
   trpt_step_key. */
static inline trpt_step trpt_step_read(trpt_json *json, trpt_json_token *token, const char *guess, size_t guess_len) {
  const unsigned char *line = NULL;
  const unsigned char *p = trpt_step_begin(json, &line);
  const bool in_object = json->in_object;
  if (p && in_object) p = trpt_step_key(json, token, p, guess, guess_len);
  if (!p || !trpt_step_value(json, token, p)) return trpt_step_end(json, token) ? TRPT_STEP_END : TRPT_STEP_NONE;
  token->offset = trpt_lexer_offset(json, p);
  trpt_step_begin_line(json, line);
  return in_object ? TRPT_STEP_MEMBER : TRPT_STEP_ELEMENT;
}

#endif
