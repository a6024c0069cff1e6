/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SEQUENCE_H
#define TRPT_LIB_SEQUENCE_H

/* TRPT_SEQUENCE: an input of many texts, each with a report. Without the flag the input is one text, in which this file has nothing
   to do. A text is over once the first byte of the next one, or the end of the input, was seen. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

#include "../json/gap.h"

/* What is read next. */
typedef enum trpt_sequence_state {
  TRPT_IN_TEXT,     /* the decoder reads a text */
  TRPT_IN_REST,     /* the rest of a text that failed: only its end matters */
  TRPT_AFTER_TEXT,  /* the gap after a text whose REPORT or fault is not yet returned */
  TRPT_BEFORE_TEXT, /* any other gap */
  TRPT_IN_JUNK      /* after text that is not JSON, up to the next line that begins with "{" */
} trpt_sequence_state;

typedef struct trpt_sequence {
  trpt_sequence_state state;
  trpt_gap gap;
  trpt_error fault; /* of the text, to be returned at its end; status 0: none */
} trpt_sequence;

void trpt_sequence_reset(trpt_parser *parser);

/* Reads on outside of a text that is decoded. Returns TOKEN if something was read, MORE if there must be more text. */
trpt_json_status trpt_sequence_read(trpt_parser *parser);

/* The same at the end of the input. */
void trpt_sequence_finish(trpt_parser *parser);

/* The top-level object has ended. */
void trpt_sequence_end_text(trpt_parser *parser);

/* Returns the fault of the text that is over. Returns false if it has none. */
bool trpt_sequence_return_fault(trpt_parser *parser);

/* Prepares for the next text. */
void trpt_sequence_next_text(trpt_parser *parser);

/* Reading has failed. Returns true if that concerns one text alone, and if the reading goes on before the fault is returned. */
bool trpt_sequence_catch(trpt_parser *parser);

#endif
