/* SPDX-License-Identifier: MIT */
/* Both tokenizers give the same events, diagnostics and errors for any bytes, however they are cut, also at the limits. There
   is no difference that this target lets pass. */

#include "readings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static events whole, other;
  const fuzz_input in = fuzz_input_of(data, size);
  const uint32_t strict = in.flags & TRPT_STRICT;
  const uint32_t flags = TRPT_NO_INFLATE | (strict ? strict : in.flags & TRPT_NO_DIAGNOSTICS);
  trpt_parser *builtin = fuzz_parser(&in, flags, TRPT_TOKENIZER_BUILTIN);
  trpt_parser *yajl = fuzz_parser(&in, flags, TRPT_TOKENIZER_YAJL);
  fuzz_read(&whole, 0, builtin, &in, events_whole);
  fuzz_read(&other, 0, yajl, &in, events_whole);
  fuzz_same("builtin, yajl", &whole, &other);
  fuzz_read(&other, 0, yajl, &in, in.seed & 1 ? events_random : events_byte);
  fuzz_same("builtin, yajl in pieces", &whole, &other);
  fuzz_read(&other, EVENTS_MOVE, builtin, &in, events_random);
  fuzz_same("builtin, builtin in pieces", &whole, &other);
  fuzz_read(&other, EVENTS_MOVE, yajl, &in, events_random);
  fuzz_same("builtin, yajl in pieces that go", &whole, &other);
  return 0;
}
