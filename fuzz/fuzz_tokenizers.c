/* SPDX-License-Identifier: MIT */
/* Both tokenizers agree as docs/maintainers/tokenizers.md says, for any input, even at the limits. Each gives the same results for any
   chunks. */

#include "readings.h"

#include "../tests/core/engines_agree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static events builtin, yajl, cut;
  const fuzz_input in = fuzz_input_of(data, size);
  const uint32_t strict = in.flags & TRPT_STRICT;
  const uint32_t flags = TRPT_NO_INFLATE | (strict ? strict : in.flags & TRPT_NO_DIAGNOSTICS);
  trpt_parser *builtin_parser = fuzz_parser(&in, flags, TRPT_TOKENIZER_BUILTIN);
  trpt_parser *yajl_parser = fuzz_parser(&in, flags, TRPT_TOKENIZER_YAJL);
  fuzz_read(&builtin, 0, builtin_parser, &in, events_whole);
  fuzz_read(&yajl, 0, yajl_parser, &in, events_whole);
  if (!engines_agree(&builtin, &yajl, in.data, in.len)) fuzz_fail("builtin, yajl", &builtin, &yajl);
  fuzz_read(&cut, EVENTS_MOVE, builtin_parser, &in, events_random);
  fuzz_same("builtin, builtin in chunks", &builtin, &cut);
  fuzz_read(&cut, EVENTS_MOVE, yajl_parser, &in, events_random);
  fuzz_same("yajl, yajl in chunks", &yajl, &cut);
  fuzz_read(&cut, 0, yajl_parser, &in, events_byte);
  fuzz_same("yajl, yajl byte by byte", &yajl, &cut);
  return 0;
}
