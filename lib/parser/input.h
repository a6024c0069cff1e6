/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_INPUT_H
#define TRPT_LIB_INPUT_H

/* Turns the input, plain or gzip, into JSON text and enforces the limits on both. It owns the caller's chunk for the
   duration of a call. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

#include "../inflate/gzip.h"

/* The limits are checked at each full window of inflated text, so that they do not depend on how the input is cut. */
enum { TRPT_WINDOW_SIZE = 65536 };

typedef enum trpt_input_kind { TRPT_INPUT_UNKNOWN, TRPT_INPUT_PLAIN, TRPT_INPUT_GZIP } trpt_input_kind;

typedef struct trpt_input {
  trpt_input_kind kind;
  trpt_gzip_status status; /* DIAGNOSTIC or BAD: reported once the window was read */
  bool over_limit;         /* more text than max_inflated; reported likewise */
  bool ended;              /* the input has ended */
  bool skips;              /* what follows is not read */
  bool lends;              /* the tokenizer has what follows those bytes of the chunk that were used */
  const unsigned char *chunk;
  size_t chunk_len;
  size_t chunk_used;
  uint64_t consumed;    /* bytes of input */
  uint64_t text_offset; /* bytes of JSON text before those that the tokenizer has */
  unsigned char *window;
  size_t window_len;
  trpt_gzip gzip;
} trpt_input;

void trpt_input_reset(trpt_parser *parser);

/* Begins a call with a chunk, or with NULL at the end of the input. Plain text is passed straight to the tokenizer. */
void trpt_input_begin(trpt_parser *parser, const void *chunk, size_t len);

/* Ends the call and releases the chunk. The tokenizer keeps its state. Returns the number of consumed bytes. */
size_t trpt_input_end(trpt_parser *parser);

/* Passes the next text to the tokenizer, which has read everything before. Returns false if there is none, if the parser has
   failed, or if it has something to report. */
bool trpt_input_next(trpt_parser *parser);

/* Skips the rest of the input. */
void trpt_input_skip(trpt_parser *parser);

/* Called at the end of the input, after all of its text. */
void trpt_input_finish(trpt_parser *parser);

#endif
