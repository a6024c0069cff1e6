/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_H
#define TRPT_LIB_JSON_H

/* The interface of the tokenizers, which split JSON text (RFC 8259) into tokens. The caller sets a chunk of any size, then
   asks for tokens until the tokenizer needs more text. Tokens and errors do not depend on the chunks. Violations of I-JSON
   (RFC 7493) that do not stop the reading are string_errors of a token. step.h is the other half of the interface: it reads
   common tokens without a call. */

#include "../base/error.h"
#include "../base/text.h"
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
  TRPT_JSON_TOKEN,
  TRPT_JSON_MORE,     /* the whole chunk was consumed */
  TRPT_JSON_BOM,      /* a byte order mark at the start; reported once, and reading continues */
  TRPT_JSON_TRAILING, /* a byte other than a blank after the text, at the token's offset; reading has ended */
  TRPT_JSON_BAD,      /* not JSON; the wrong byte is at the token's offset or in the token that begins there */
  TRPT_JSON_TOO_DEEP, /* objects and arrays are nested deeper than max_depth */
  TRPT_JSON_TOO_LONG  /* the token at the token's offset does not fit the engine's memory */
} trpt_json_status;

typedef struct trpt_json_token {
  trpt_json_kind kind;
  uint32_t string_errors; /* TRPT_STRING_*, of a STRING or KEY */
  uint64_t offset;        /* of its first byte, which is in the cursor's line; after an error see trpt_json_status */
  uint64_t error_offset;  /* of the first string error, or of the token */
  trpt_str text;      /* STRING or KEY, decoded; valid until the next call. Not set for a string that is not wanted. */
  trpt_number number; /* NUMBER */
} trpt_json_token;

typedef struct trpt_json trpt_json;

/* An engine decides which token may appear where. */
typedef struct trpt_json_engine {
  /* Bytes of memory that it needs in addition to trpt_json, aligned for max_align_t. `max_text` is string.capacity. */
  uint64_t (*size)(uint32_t max_depth, uint64_t max_text);
  void (*reset)(trpt_json *json);
  trpt_json_status (*next)(trpt_json *json, trpt_json_token *token);
} trpt_json_engine;

/* The engine for a trpt_tokenizer of <tlsrpt/parser.h>; NULL if it is not built in. */
const trpt_json_engine *trpt_json_engine_find(int32_t tokenizer);

/* What the grammar of RFC 8259 s2 allows next. */
enum {
  TRPT_EXPECT_VALUE,
  TRPT_EXPECT_VALUE_OR_END, /* after [ */
  TRPT_EXPECT_KEY,
  TRPT_EXPECT_KEY_OR_END, /* after { */
  TRPT_EXPECT_COLON,
  TRPT_EXPECT_COMMA_OR_END,
  TRPT_EXPECT_NOTHING, /* after the text */
  TRPT_EXPECT_ENGINE   /* only the engine knows: step.h is not for it */
};

struct trpt_json {
  /* The chunk, and the next byte in it. `bias` converts the address of a byte into an offset in the text. */
  const unsigned char *cursor;
  const unsigned char *end;
  uint64_t bias;
  uint32_t line;       /* of the cursor, 1-based; 0: too large to count */
  uint64_t line_start; /* offset of that line's first byte */
  /* Set by the caller before each call: whether it will read the text of a string value. */
  bool wanted;
  bool in_object; /* the innermost container is an object */
  uint8_t expect; /* TRPT_EXPECT_* */
  uint8_t inside; /* the token that the last chunk cut */
  uint8_t literal;
  uint8_t matched; /* number of bytes of a literal or byte order mark that were read */
  uint32_t depth;
  uint32_t max_depth;
  uint64_t start; /* of the token that was cut */
  trpt_json_string string;
  trpt_number_reader number;
  const trpt_json_engine *engine;
  /* Owned by the engine. For an engine that uses step.h: one byte per level, 1 for an object. */
  void *memory;
};

/* Prepares for the first text. `engine`, `memory`, `max_depth` and the buffer of `string` were set before. */
void trpt_json_reset(trpt_json *json);

/* Prepares for the text that begins at the cursor, and which has no byte order mark. */
void trpt_json_begin_text(trpt_json *json);

/* Whether the text was read to its end. */
static inline bool trpt_json_is_complete(const trpt_json *json) { return json->expect == TRPT_EXPECT_NOTHING; }

/* Sets the next chunk, or the rest of a chunk that has moved. The previous chunk must have been consumed up to here. */
static inline void trpt_json_set_chunk(trpt_json *json, const void *data, size_t len, uint64_t offset) {
  json->cursor = data;
  json->end = json->cursor + len;
  json->bias = offset - (uint64_t)(uintptr_t)json->cursor;
}

/* Offset in the text of the next byte. */
static inline uint64_t trpt_json_offset(const trpt_json *json) {
  return json->bias + (uint64_t)(uintptr_t)json->cursor;
}

/* The position of a byte of the line that the cursor is in. */
static inline trpt_position trpt_json_position(const trpt_json *json, uint64_t offset) {
  const uint64_t column = offset - json->line_start + 1;
  return (trpt_position){offset, json->line, column > UINT32_MAX ? 0 : (uint32_t)column};
}

static inline trpt_json_status trpt_json_next(trpt_json *json, trpt_json_token *token) {
  return json->engine->next(json, token);
}

/* The text of a NUMBER of up to TRPT_NUMBER_DIGITS digits without sign, fraction and exponent; absent for any other. `digits`
   is memory for it. */
trpt_str trpt_json_integer_text(const trpt_json *json, const trpt_json_token *token, char digits[TRPT_DECIMAL_SIZE]);

/* Ends the text. Returns MORE if it was complete, TOKEN for a number that ends here (call again), BAD if it was truncated. */
trpt_json_status trpt_json_finish(trpt_json *json, trpt_json_token *token);

#endif
