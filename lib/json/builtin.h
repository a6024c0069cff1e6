/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_BUILTIN_H
#define TRPT_LIB_BUILTIN_H

/* The common words of the built-in tokenizer, read where they lie. They are here and not in builtin.c so that a member whose
   key was guessed costs no call. */

#include "../base/text.h"
#include "lexer.h"

/* What the grammar of RFC 8259 s2 allows next. */
enum {
  TRPT_EXPECT_VALUE,
  TRPT_EXPECT_VALUE_OR_END, /* behind [ */
  TRPT_EXPECT_KEY,
  TRPT_EXPECT_KEY_OR_END, /* behind { */
  TRPT_EXPECT_COLON,
  TRPT_EXPECT_COMMA_OR_END,
  TRPT_EXPECT_NOTHING /* behind the text */
};

static inline bool trpt_builtin_is_first(const trpt_json *json) {
  return json->expect == TRPT_EXPECT_KEY_OR_END || json->expect == TRPT_EXPECT_VALUE_OR_END;
}

static inline void trpt_builtin_end_value(trpt_json *json) {
  json->expect = json->depth ? TRPT_EXPECT_COMMA_OR_END : TRPT_EXPECT_NOTHING;
}

/* A byte for each level: 1 an object. */
static inline unsigned char *trpt_builtin_level(const trpt_json *json, uint32_t depth) {
  return (unsigned char *)json->memory + depth - 1;
}

/* False where the limit on depth is met. */
static inline bool trpt_builtin_open(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (json->depth == json->max_depth) return false;
  const bool object = *p == '{';
  *trpt_builtin_level(json, ++json->depth) = object;
  json->in_object = object;
  json->expect = object ? TRPT_EXPECT_KEY_OR_END : TRPT_EXPECT_VALUE_OR_END;
  json->cursor = p + 1;
  token->kind = object ? TRPT_JSON_OBJECT_BEGIN : TRPT_JSON_ARRAY_BEGIN;
  return true;
}

static inline void trpt_builtin_close(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  json->cursor = p + 1;
  json->in_object = --json->depth && *trpt_builtin_level(json, json->depth);
  trpt_builtin_end_value(json);
}

/* Nearly all strings lie whole in a chunk and have nothing to decode. */
static inline bool trpt_builtin_string(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *text = p + 1;
  const unsigned char *stop = trpt_scan_string(text, json->end);
  if (stop == json->end || *stop != '"') return false;
  json->cursor = stop + 1;
  token->string_errors = 0;
  token->text = (trpt_str){(const char *)text, (size_t)(stop - text)};
  return true;
}

/* Nearly all numbers are a few digits that end within the chunk. */
static inline bool trpt_builtin_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *digit = p;
  uint64_t value = 0;
  while (digit < json->end && digit - p < 16 && trpt_is_digit(*digit)) value = value * 10 + (*digit++ - (uint64_t)'0');
  const bool ends = digit < json->end && (*digit == ',' || *digit == '}' || *digit == '\n' || *digit == '\r');
  if (!ends || digit == p || (*p == '0' && digit - p > 1)) return false;
  json->cursor = digit;
  token->number = (trpt_number){value, TRPT_NUMBER_COUNT, true, value > TRPT_NUMBER_EXACT};
  return true;
}

/* A value in an object or array that can be read in one go. False: it cannot, and nothing was taken. */
static inline bool trpt_builtin_value(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (*p == '"') {
    if (!trpt_builtin_string(json, token, p)) return false;
    token->kind = TRPT_JSON_STRING;
  } else if (*p == '{' || *p == '[') {
    return trpt_builtin_open(json, token, p);
  } else {
    if (!trpt_builtin_number(json, token, p)) return false;
    token->kind = TRPT_JSON_NUMBER;
  }
  json->expect = TRPT_EXPECT_COMMA_OR_END;
  return true;
}

/* Where the next key or element is: behind the comma or the bracket, a line break and indentation. NULL where it is not that
   simple. `*line` is the start of its line, if it is another one. */
static inline const unsigned char *trpt_builtin_word(const trpt_json *json, const unsigned char **line) {
  const unsigned char *p = json->cursor;
  if (json->expect == TRPT_EXPECT_COMMA_OR_END) {
    if (p == json->end || *p++ != ',') return NULL;
  } else if (json->inside || !trpt_builtin_is_first(json)) {
    return NULL;
  }
  if (p == json->end) return NULL;
  if (*p != '\n') return p;
  *line = p + 1;
  p = trpt_scan_indent(*line, json->end);
  return p == json->end ? NULL : p;
}

static inline void trpt_builtin_begin_line(trpt_json *json, const unsigned char *line) {
  if (line) trpt_lexer_begin_line(json, line);
}

/* The value of the member whose key is at `p`. `guess` is a key as it is written, with its quotes and colon, at least 8 bytes,
   or nothing: if the member has it, then `token->key` is absent. NULL: the chunk cuts the key, or there is something in it to
   decode. */
static inline const unsigned char *trpt_builtin_key(const trpt_json *json, trpt_json_token *token,
                                                    const unsigned char *p, const char *guess, size_t guess_len) {
  /* The value, behind perhaps one blank, is at least a byte long. */
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

/* The end of an object or array, behind perhaps a line break and indentation. False: it is not there. */
static inline bool trpt_builtin_end(trpt_json *json, trpt_json_token *token) {
  const unsigned char *line = NULL;
  const unsigned char *p = json->cursor;
  if (json->inside || (json->expect != TRPT_EXPECT_COMMA_OR_END && !trpt_builtin_is_first(json))) return false;
  if (p < json->end && *p == '\n') {
    line = p + 1;
    p = trpt_scan_indent(line, json->end);
  }
  if (p == json->end || *p != (json->in_object ? '}' : ']')) return false;
  trpt_builtin_begin_line(json, line);
  trpt_builtin_close(json, token, p);
  return true;
}

/* The next member, element or end, where the chunk cuts none of its words and there is nothing in them to decode; `guess` is
   that of trpt_builtin_key. NONE: nothing was taken. */
static inline trpt_json_step trpt_builtin_step(trpt_json *json, trpt_json_token *token, const char *guess,
                                               size_t guess_len) {
  const unsigned char *line = NULL;
  const unsigned char *p = trpt_builtin_word(json, &line);
  const bool in_object = json->in_object;
  if (p && in_object) p = trpt_builtin_key(json, token, p, guess, guess_len);
  if (!p || !trpt_builtin_value(json, token, p)) return trpt_builtin_end(json, token) ? TRPT_STEP_END : TRPT_STEP_NONE;
  token->offset = trpt_lexer_offset(json, p);
  trpt_builtin_begin_line(json, line);
  return in_object ? TRPT_STEP_MEMBER : TRPT_STEP_ELEMENT;
}

#endif
