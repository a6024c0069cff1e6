/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_GAP_H
#define TRPT_LIB_GAP_H

/* What lies between the texts of a sequence: blanks, byte order marks, and the brackets and commas of one array around all texts.
   Both engines use it. What it finds depends on the position in the input alone, not on the chunks. */

#include "json.h"

typedef enum trpt_gap_status {
  TRPT_GAP_MORE,    /* the whole chunk was consumed */
  TRPT_GAP_TEXT,    /* a text begins at the cursor */
  TRPT_GAP_GARBAGE, /* bytes that belong to no text begin at `garbage`; returned once after each text */
  TRPT_GAP_BAD,     /* before the first text: a byte order mark is broken at the cursor */
  TRPT_GAP_CUT,     /* the input ends where more must come */
  TRPT_GAP_END      /* the input may end here */
} trpt_gap_status;

typedef struct trpt_gap {
  uint8_t array;   /* of the state of the array around the texts */
  uint8_t matched; /* number of bytes of a byte order mark that were read */
  bool any_text;   /* a text began before */
  bool has_comma;
  bool has_mark; /* a byte order mark came before the text */
  bool has_garbage;
  trpt_position comma;
  trpt_position mark;
  trpt_position garbage;
} trpt_gap;

/* Nothing was read yet. */
void trpt_gap_reset(trpt_gap *gap);

/* A text has ended. */
void trpt_gap_begin(trpt_gap *gap);

/* A text was not read to its end, so it is not known where in the array the reading goes on. */
void trpt_gap_lose_array(trpt_gap *gap);

/* Reads up to the next text. */
trpt_gap_status trpt_gap_read(trpt_gap *gap, trpt_json *json);

/* The input has ended: GARBAGE (call again), CUT or END. */
trpt_gap_status trpt_gap_finish(trpt_gap *gap);

/* Reads up to the next line that begins with "{", from which reading can go on after text that is not JSON. A line that
   begins at the cursor counts. Returns false if the chunk was consumed. */
bool trpt_gap_find_line(trpt_json *json);

#endif
