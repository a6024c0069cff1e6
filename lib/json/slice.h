/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SLICE_H
#define TRPT_LIB_SLICE_H

/* Words that are read ahead of the caller, for a tokenizer that is best asked about many at once: a slice of the text.

   The tokenizer reads the skeleton of the slice instead, the same words without blanks, in which each string is empty and each
   number 0, and tells the kinds of those that are tokens, one by one. Of members that follow each other in an object and have
   strings or numbers for values the skeleton has the first alone: where that may stand, so may a comma and another. */

#include "../base/text.h"
#include "lexer.h"

enum { TRPT_SLICE_SIZE = 4096 };

typedef struct trpt_slice_word {
  uint64_t line_start;
  uint64_t value; /* a number, or the length of a string */
  uint32_t line;
  uint32_t at; /* from the start of the slice */
} trpt_slice_word;

typedef struct trpt_slice {
  const unsigned char *base;
  uint64_t offset; /* in the text */
  uint32_t size;
  uint32_t skeleton_size;
  uint32_t count; /* words that are tokens */
  uint32_t shown; /* of them those that are in the skeleton */
  uint32_t told;  /* of these those whose kinds were told */
  uint32_t ready; /* up to here words can be handed out */
  uint32_t next;
  trpt_slice_word words[TRPT_SLICE_SIZE];
  /* One more, for a word that is put behind the slice. */
  uint8_t kinds[TRPT_SLICE_SIZE + 1];
  uint16_t shown_words[TRPT_SLICE_SIZE + 1]; /* which they are */
  unsigned char skeleton[TRPT_SLICE_SIZE + 8];
  unsigned char kept[TRPT_SLICE_SIZE]; /* the slice itself, once its chunk is gone */
} trpt_slice;

/* Reads the slice that begins at `p`, behind blanks, inside of `depth` objects and arrays: plain words up to one that is not,
   since it needs decoding or is cut by the chunk or is none, and not beyond the text's end. The cursor is behind them, and
   lines are counted up to there. False: it is at a word that is not plain. */
bool trpt_slice_read(trpt_json *json, trpt_slice *slice, const unsigned char *p, uint32_t depth);

/* The word of the slice, or behind it, that the skeleton has before `consumed` bytes of it end, among those behind the words
   that were told; counts lines up to it from those of the slice's start. */
const unsigned char *trpt_slice_find(trpt_json *json, const trpt_slice *slice, size_t consumed);

/* The slice stays, and its chunk goes. */
void trpt_slice_keep(trpt_slice *slice);

static inline void trpt_slice_tell(trpt_slice *slice, trpt_json_kind kind) {
  slice->kinds[slice->shown_words[slice->told++]] = (uint8_t)kind;
}

static inline void trpt_slice_take(trpt_json *json, trpt_slice *slice, trpt_json_token *token) {
  const trpt_slice_word *word = &slice->words[slice->next];
  token->kind = slice->kinds[slice->next++];
  token->offset = slice->offset + word->at;
  json->line = word->line;
  json->line_start = word->line_start;
  if (token->kind == TRPT_JSON_NUMBER) {
    token->number = (trpt_number){word->value, TRPT_NUMBER_COUNT, true, word->value > TRPT_NUMBER_EXACT};
  } else {
    token->string_errors = 0;
    token->text = (trpt_str){(const char *)slice->base + word->at + 1, (size_t)word->value};
  }
}

/* What trpt_builtin_step does, for members alone. Both words are in one line, by which the place of each is told. */
static inline trpt_json_step trpt_slice_step(trpt_json *json, trpt_json_token *token, const char *guess,
                                             size_t guess_len) {
  trpt_slice *slice = json->memory;
  const trpt_slice_word *key = &slice->words[slice->next];
  const uint8_t *kinds = &slice->kinds[slice->next];
  if (slice->next + 1 >= slice->ready || kinds[0] != TRPT_JSON_KEY) return TRPT_STEP_NONE;
  if (key[0].line_start != key[1].line_start || kinds[1] < TRPT_JSON_NUMBER) return TRPT_STEP_NONE;
  const char *name = (const char *)slice->base + key->at;
  token->key.ptr = NULL;
  /* With its quotes, but without the colon, which need not follow at once. */
  if (key->value + 3 != guess_len || !trpt_same_bytes(name, guess, guess_len - 1))
    token->key = (trpt_str){name + 1, (size_t)key->value};
  token->key_offset = slice->offset + key->at;
  slice->next++;
  trpt_slice_take(json, slice, token);
  return TRPT_STEP_MEMBER;
}

#endif
