/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_LEXER_H
#define TRPT_LIB_LEXER_H

/* Both engines read blanks, lines and the byte order mark with this code. The built-in engine also reads strings, numbers
   and literals here (RFC 8259 s2 to s7). A chunk may end anywhere. The engine decides which token may appear where. */

#include "../base/scan.h"
#include "json.h"

extern const unsigned char trpt_byte_order_mark[3];

/* Tokens that a chunk can cut. */
enum {
  TRPT_INSIDE_NOTHING,
  TRPT_INSIDE_START, /* where a byte order mark may be */
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

/* Lines count from 1. Counting stops when the number no longer fits. */
static inline void trpt_lexer_begin_line(trpt_json *json, const unsigned char *p) {
  json->line += json->line != 0;
  json->line_start = trpt_lexer_offset(json, p);
}

/* ws of RFC 8259 s2. Lines are counted here, since line feeds appear nowhere else. */
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

/* Each reads the token whose first byte is at `p`. The caller has set `token->offset`. After TOKEN the cursor is after the
   token. */
trpt_json_status trpt_lexer_string(trpt_json *json, trpt_json_token *token, const unsigned char *p, bool keep);
trpt_json_status trpt_lexer_number(trpt_json *json, trpt_json_token *token, const unsigned char *p);
trpt_json_status trpt_lexer_literal(trpt_json *json, trpt_json_token *token, const unsigned char *p);

/* Continues with the token that the last chunk cut. TOKEN with `*resumed` false means: no byte order mark and no token. */
trpt_json_status trpt_lexer_resume(trpt_json *json, trpt_json_token *token, bool *resumed);

#endif
