/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_LEXER_H
#define TRPT_LIB_LEXER_H

/* The words of JSON, RFC 8259 s2 to s7, wherever a chunk cuts them: what both tokenizers share. Which word may stand where is
   theirs. */

#include "json.h"
#include "scan.h"

/* Words that a chunk can cut. */
enum {
  TRPT_INSIDE_NOTHING,
  TRPT_INSIDE_START, /* at the place of a byte order mark */
  TRPT_INSIDE_BOM,
  TRPT_INSIDE_STRING,
  TRPT_INSIDE_NUMBER,
  TRPT_INSIDE_LITERAL
};

static inline uint64_t trpt_lexer_offset(const trpt_json *json, const unsigned char *p) {
  return json->bias + (uint64_t)(uintptr_t)p;
}

static inline trpt_json_status trpt_lexer_bad(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  json->cursor = p;
  token->offset = trpt_lexer_offset(json, p);
  return TRPT_JSON_BAD;
}

/* The chunk ends here. */
static inline trpt_json_status trpt_lexer_cut(trpt_json *json, uint8_t inside) {
  json->cursor = json->end;
  json->inside = inside;
  return TRPT_JSON_MORE;
}

/* Lines are counted from 1; there are none any more once their number has no room. */
static inline void trpt_lexer_begin_line(trpt_json *json, const unsigned char *p) {
  json->line += json->line != 0;
  json->line_start = trpt_lexer_offset(json, p);
}

/* ws of RFC 8259 s2. Lines are counted here: a line feed can stand nowhere else. */
static inline const unsigned char *trpt_lexer_blanks(trpt_json *json, const unsigned char *p) {
  while (p < json->end && *p <= ' ') {
    if (*p == '\n') {
      p++;
      trpt_lexer_begin_line(json, p);
      p = trpt_scan_indent(p, json->end);
    } else if (*p == ' ' || *p == '\t' || *p == '\r') {
      p++;
    } else {
      break;
    }
  }
  return p;
}

/* Each reads a word whose first byte is at `p`; `token->offset` is set. TOKEN: the cursor is behind it. */
trpt_json_status trpt_lexer_string(trpt_json *json, trpt_json_token *token, const unsigned char *p, bool keep);
trpt_json_status trpt_lexer_number(trpt_json *json, trpt_json_token *token, const unsigned char *p);
trpt_json_status trpt_lexer_literal(trpt_json *json, trpt_json_token *token, const unsigned char *p);

/* Goes on with what the last chunk cut. TOKEN with nothing but `*word` false: there was no byte order mark. */
trpt_json_status trpt_lexer_resume(trpt_json *json, trpt_json_token *token, bool *word);

#endif
