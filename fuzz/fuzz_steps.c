/* SPDX-License-Identifier: MIT */
/* The decoder reads whole members, elements and ends in one step where it can. Reading token by token gives the same results, whole and
   in chunks, in every mode and at every limit. */

#include "readings.h"

#include "parser/parser.h"

/* In single bytes no value is read at once either. */
static void read_exact(events *e, trpt_parser *parser, const fuzz_input *in, events_next_fn next) {
  parser->decoder.is_exact = true;
  fuzz_read(e, 0, parser, in, next);
  parser->decoder.is_exact = false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static events steps, exact;
  const fuzz_input in = fuzz_input_of(data, size);
  const uint32_t mode = in.flags & (TRPT_STRICT | TRPT_NO_DIAGNOSTICS);
  const uint32_t both = TRPT_STRICT | TRPT_NO_DIAGNOSTICS; /* refused together */
  trpt_parser *parser = fuzz_parser(&in, TRPT_NO_INFLATE | (mode == both ? 0 : mode), TRPT_TOKENIZER_BUILTIN);
  read_exact(&exact, parser, &in, events_byte);
  fuzz_read(&steps, EVENTS_MOVE, parser, &in, events_whole);
  fuzz_same("byte by byte, in steps", &exact, &steps);
  fuzz_read(&steps, EVENTS_MOVE, parser, &in, events_random);
  fuzz_same("byte by byte, in steps and chunks", &exact, &steps);
  read_exact(&exact, parser, &in, events_whole);
  fuzz_same("token by token, in steps and chunks", &exact, &steps);
  return 0;
}
