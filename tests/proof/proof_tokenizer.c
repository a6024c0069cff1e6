/* SPDX-License-Identifier: MIT */
/* Any text of up to LONGEST bytes in two chunks, of which the first has any number of bytes, through the built-in tokenizer. */

#include "json/engines.h"

#include "any.h"

enum { LONGEST = 3, DEEPEST = 2, WORD = 2 };

static trpt_json json;
static unsigned char levels[16];
/* A byte more than the capacity, which stays zero: Eva takes the end of an array for no place to copy nothing to. */
static char word[WORD + 1];

/* Until the chunk is taken, or something is wrong. */
static trpt_json_status read_tokens(void) {
  trpt_json_token token;
  trpt_json_status status;
  do {
    json.wanted = Frama_C_interval(0, 1);
    status = trpt_json_builtin.next(&json, &token);
  } while (status == TRPT_JSON_TOKEN);
  return status;
}

static void read_chunks(const char *first, size_t first_len, const char *second, size_t second_len) {
  trpt_json_token token;
  trpt_json_reset(&json);
  trpt_json_set_chunk(&json, first, first_len, 0);
  if (read_tokens() != TRPT_JSON_MORE) return;
  trpt_json_set_chunk(&json, second, second_len, first_len);
  if (read_tokens() != TRPT_JSON_MORE) return;
  while (trpt_json_finish(&json, &token) == TRPT_JSON_TOKEN) continue;
}

int main(void) {
  char first[LONGEST], second[LONGEST];
  any_bytes(first, sizeof first);
  any_bytes(second, sizeof second);
  json.engine = &trpt_json_builtin;
  json.max_depth = DEEPEST;
  json.memory = levels;
  json.string.text = word;
  json.string.capacity = WORD;
  const size_t len = (size_t)Frama_C_interval(0, LONGEST);
  //@ split len;
  /* Each at the end of its array: a byte more is none of it. */
  read_chunks(first + LONGEST - len, len, second + len, LONGEST - len);
  //@ check word[WORD] == 0;
  return 0;
}
