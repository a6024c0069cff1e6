/* SPDX-License-Identifier: MIT */
/* Both tokenizers agree as docs/maintainers/tokenizers.md says, for any input, even at the limits. Each gives the same results for any
   chunks. */

#include "digest.h"

#include "../tests/core/engines_agree.h"

typedef struct pair {
  fuzz_input in;
  trpt_parser *builtin, *yajl;
} pair;

static pair parsers_for(const uint8_t *data, size_t size) {
  pair p = {.in = fuzz_input_of(data, size)};
  const uint32_t strict = p.in.flags & TRPT_STRICT;
  const uint32_t flags = TRPT_NO_INFLATE | (strict ? strict : p.in.flags & TRPT_NO_DIAGNOSTICS);
  p.builtin = fuzz_parser(&p.in, flags, TRPT_TOKENIZER_BUILTIN);
  p.yajl = fuzz_parser(&p.in, flags, TRPT_TOKENIZER_YAJL);
  return p;
}

static void check_agreement(const pair *p) {
  static events builtin, yajl;
  fuzz_read(&builtin, 0, p->builtin, &p->in, events_whole);
  fuzz_read(&yajl, 0, p->yajl, &p->in, events_whole);
  if (!engines_agree(&builtin, &yajl, p->in.data, p->in.len)) fuzz_fail("builtin, yajl", &builtin, &yajl);
}

static void check_chunks(const fuzz_input *in, trpt_parser *parser, const char *what) {
  static events whole, cut;
  fuzz_read(&whole, 0, parser, in, events_whole);
  fuzz_read(&cut, EVENTS_MOVE, parser, in, events_random);
  fuzz_same(what, &whole, &cut);
  fuzz_read(&cut, 0, parser, in, events_byte);
  fuzz_same(what, &whole, &cut);
}

/* yajl names the token of an error; that the built-in tokenizer's byte is in it is left to engines_agree. */
static bool same_ending(const fuzz_digest *builtin, const fuzz_digest *yajl) {
  const trpt_error *a = builtin->error, *b = yajl->error;
  return builtin->ending == yajl->ending || (a->status == b->status && a->code == b->code && a->line == b->line &&
                                             b->offset <= a->offset && strcmp(a->where, b->where) == 0);
}

/* The texts decide where the digests differ. */
void fuzz_brief(const uint8_t *data, size_t size) {
  const pair p = parsers_for(data, size);
  const fuzz_digest builtin = fuzz_digest_whole(p.builtin, &p.in), yajl = fuzz_digest_whole(p.yajl, &p.in);
  if (builtin.events != yajl.events || !same_ending(&builtin, &yajl)) check_agreement(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_brief(data, size);
  const pair p = parsers_for(data, size);
  check_agreement(&p);
  check_chunks(&p.in, p.builtin, "builtin, builtin in chunks");
  check_chunks(&p.in, p.yajl, "yajl, yajl in chunks");
  return 0;
}
