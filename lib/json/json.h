/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_H
#define TRPT_LIB_JSON_H

/* JSON text (RFC 8259) to tokens, in chunks of any size: the seam behind which a tokenizer stands. Give it a chunk, then ask
   for the next token until it wants more. Tokens, string_errors and errors are the same however the text is cut.

   Rules of I-JSON (RFC 7493) that a text may break and still be read are told as string_errors of a token. */

#include "../base/error.h"
#include "json_string.h"
#include "number.h"

typedef enum trpt_json_kind {
  TRPT_JSON_NULL,
  TRPT_JSON_BOOLEAN,
  TRPT_JSON_NUMBER,
  TRPT_JSON_STRING,
  TRPT_JSON_KEY,
  TRPT_JSON_OBJECT_BEGIN,
  TRPT_JSON_OBJECT_END,
  TRPT_JSON_ARRAY_BEGIN,
  TRPT_JSON_ARRAY_END
} trpt_json_kind;

typedef enum trpt_json_status {
  TRPT_JSON_TOKEN,    /* here is one */
  TRPT_JSON_MORE,     /* the whole chunk was taken */
  TRPT_JSON_BOM,      /* a byte order mark at the start; told once, reading goes on */
  TRPT_JSON_TRAILING, /* a byte other than a blank behind the text: the token's offset says where; reading is over */
  TRPT_JSON_BAD,      /* no JSON: the token's offset is that of the first wrong byte */
  TRPT_JSON_TOO_DEEP  /* more than max_depth objects and arrays in each other */
} trpt_json_status;

/* What was read in one go, where that was asked for. */
typedef enum trpt_json_step {
  TRPT_STEP_NONE,
  TRPT_STEP_MEMBER, /* key and value, or the begin of the value */
  TRPT_STEP_ELEMENT,
  TRPT_STEP_END
} trpt_json_step;

typedef struct trpt_json_token {
  trpt_json_kind kind;
  uint32_t string_errors; /* TRPT_STRING_*, of a STRING or KEY */
  uint64_t offset; /* of its first byte; of an error the first wrong byte. Its line is the one the cursor is in. */
  uint64_t error_offset; /* of the first flaw */
  trpt_str text;       /* STRING or KEY, decoded; valid until the next call. Not set of a string that is not wanted. */
  trpt_number number;  /* NUMBER */
  trpt_str key;        /* of a member that was read at once, key and value */
  uint64_t key_offset; /* of its first byte */
} trpt_json_token;

typedef struct trpt_json trpt_json;

/* A tokenizer: which word may stand where. */
typedef struct trpt_json_engine {
  /* Bytes of memory it needs beside trpt_json, to be aligned as for max_align_t. */
  uint64_t (*size)(uint32_t max_depth);
  void (*reset)(trpt_json *json);
  trpt_json_status (*next)(trpt_json *json, trpt_json_token *token);
  /* Whether the top-level value has ended. */
  bool (*is_whole)(const trpt_json *json);
  /* The bytes that were taken may go, though not all of their tokens were asked for. NULL: it takes none before. */
  void (*keep)(trpt_json *json);
} trpt_json_engine;

/* The engine for a trpt_tokenizer of <tlsrpt/parser.h>; NULL: not built in. */
const trpt_json_engine *trpt_json_engine_find(int32_t tokenizer);

struct trpt_json {
  /* The chunk that is being read, and how far. `bias` turns the address of one of its bytes into an offset in the text. */
  const unsigned char *cursor;
  const unsigned char *end;
  uint64_t bias;
  uint32_t line;       /* of the cursor, 1-based; 0: beyond what can be counted */
  uint64_t line_start; /* offset of that line's first byte */
  /* Set by the caller before each call: whether the text of a string that is a value will be looked at. */
  bool wanted;
  bool in_object; /* the innermost container is an object */
  uint8_t expect; /* what the grammar allows next */
  uint8_t inside; /* the word that the last chunk cut */
  uint8_t literal;
  uint8_t matched; /* bytes of a literal, or of the byte order mark, that were read */
  uint32_t depth;
  uint32_t max_depth;
  uint64_t start; /* of the word that was cut */
  trpt_json_string string;
  trpt_number_reader number;
  const trpt_json_engine *engine;
  void *memory; /* the engine's */
};

/* Before the first text and between texts; `engine`, `memory`, `max_depth` and the room of `string` were set once. */
void trpt_json_reset(trpt_json *json);

/* The next chunk, or the rest of one that now lies elsewhere. The one before must have been taken up to where it was. */
static inline void trpt_json_set_chunk(trpt_json *json, const void *data, size_t len, uint64_t offset) {
  json->cursor = data;
  json->end = json->cursor + len;
  json->bias = offset - (uint64_t)(uintptr_t)json->cursor;
}

/* Offset in the text of the next byte. */
static inline uint64_t trpt_json_offset(const trpt_json *json) {
  return json->bias + (uint64_t)(uintptr_t)json->cursor;
}

/* The place of a byte of the line that the cursor is in. */
static inline trpt_position trpt_json_position(const trpt_json *json, uint64_t offset) {
  const uint64_t column = offset - json->line_start + 1;
  return (trpt_position){offset, json->line, column > UINT32_MAX ? 0 : (uint32_t)column};
}

static inline trpt_json_status trpt_json_next(trpt_json *json, trpt_json_token *token) {
  return json->engine->next(json, token);
}

/* The text has ended: MORE where it was whole, TOKEN for a number that its end completes (call again), BAD where it was cut. */
trpt_json_status trpt_json_finish(trpt_json *json, trpt_json_token *token);

#endif
