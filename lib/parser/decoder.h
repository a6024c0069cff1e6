/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DECODER_H
#define TRPT_LIB_DECODER_H

/* Where the decoder is in the report, and the token that it handles. */

#include <tlsrpt/parser.h>

#include "../json/json.h"
#include "../model/schema.h"
#include "decode_table.h"
#include "path.h"

typedef struct trpt_decoder {
  trpt_json json;
  trpt_json_token token;
  trpt_context context;
  trpt_member member;                          /* whose value comes next; TRPT_MEMBER_NONE: it is skipped */
  uint32_t skip_depth;                         /* inside a value that is skipped */
  bool is_exact;                               /* for fuzzing: reads token by token, never a step at once */
  uint8_t vain;                                /* how often in a row the fast path took nothing */
  uint8_t exact_tokens;                        /* for so many tokens the fast path is not tried */
  uint32_t seen[TRPT_CONTEXT_COUNT];           /* members of the object, by TRPT_MEMBER_BIT */
  trpt_position positions[TRPT_CONTEXT_COUNT]; /* of the object or array */
  trpt_position alias_positions[TRPT_ALIAS_COUNT];
  uint8_t last;           /* the member before, or the start of the object */
  trpt_context misplaced; /* in an element of `policies` itself, but not by RFC 8460; or TRPT_IN_NOTHING */
  /* The first member of the policy object in the element of `policies` itself, and its name; or TRPT_MEMBER_NONE. */
  trpt_member flat;
  trpt_position flat_position;
  /* What came after each in the last object of its kind, as a guess for this one. */
  uint8_t followers[TRPT_MEMBER_COUNT + TRPT_CONTEXT_COUNT];
} trpt_decoder;

static inline void trpt_decoder_begin_text(trpt_decoder *decoder) {
  decoder->context = TRPT_IN_NOTHING;
  decoder->member = TRPT_MEMBER_NONE;
  decoder->flat = TRPT_MEMBER_NONE;
  decoder->misplaced = TRPT_IN_NOTHING;
  decoder->vain = decoder->exact_tokens = 0;
  decoder->last = TRPT_MEMBER_NONE;
  decoder->skip_depth = 0;
}

static inline void trpt_decoder_reset(trpt_decoder *decoder) {
  trpt_json_reset(&decoder->json);
  decoder->token.offset = 0;
  trpt_decoder_begin_text(decoder);
}

/* Handles tokens until something else has to be done before the next one: TOKEN. Otherwise returns what the tokenizer said
   instead of a token. */
trpt_json_status trpt_decode(trpt_parser *parser);

/* What the exact and the fast path do with a token. */

/* A value, by its context. */
void trpt_decode_value(trpt_parser *parser);
/* The end of an object or array. */
void trpt_decode_leave(trpt_parser *parser);

#endif
