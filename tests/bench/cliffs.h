/* SPDX-License-Identifier: MIT */
#ifndef BENCH_CLIFFS_H
#define BENCH_CLIFFS_H

/* Inputs that make a parser slow which was written without thinking of them. Each must cost what it has in bytes. */

#include "ours.h"

typedef struct cliff {
  const char *name;
  /* Some 1 to 10 MB divided by `divisor`. */
  void (*make)(text *to, size_t divisor);
  ours setting;         /* all but tokenizer and diagnostics */
  trpt_status expected; /* what the parser says in the end */
} cliff;

/* The first is the plain input that the others are compared with. */
extern const cliff cliffs[];
extern const size_t cliff_count;

/* Not with yajl where the chunks have a size of their own: it is quadratic in a token that they cut (docs/maintainers/tokenizers.md). */
bool cliff_is_for(const cliff *c, trpt_tokenizer tokenizer);

corpus cliff_corpus(const cliff *c, size_t divisor);

#endif
