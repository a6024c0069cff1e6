/* SPDX-License-Identifier: MIT */
/* Many texts in one input, with TRPT_SEQUENCE: each tokenizer gives the same reports, faults and offsets for any chunks, pulled or
   pushed, and both find the same number of reports where nothing that docs/maintainers/tokenizers.md excepts is in the input. */

#include "readings.h"

static size_t reports_in(const events *e) {
  size_t count = 0;
  for (const char *line = e->text; *line; line += strcspn(line, "\n") + 1) count += strncmp(line, "REPORT", 6) == 0;
  return count;
}

static void check_chunks(events *whole, trpt_parser *parser, const fuzz_input *in) {
  static events cut;
  fuzz_read(whole, EVENTS_SEQUENCE, parser, in, events_whole);
  fuzz_read(&cut, EVENTS_SEQUENCE | EVENTS_MOVE, parser, in, events_random);
  fuzz_same("whole, in chunks", whole, &cut);
  fuzz_read(&cut, EVENTS_SEQUENCE | EVENTS_MOVE | EVENTS_PUSH, parser, in, events_random);
  fuzz_same("whole, pushed in chunks", whole, &cut);
  fuzz_read(&cut, EVENTS_SEQUENCE, parser, in, events_byte);
  fuzz_same("whole, byte by byte", whole, &cut);
}

/* Escapes, other bytes than ASCII, and small limits make the tokenizers differ in what they refuse. */
static bool must_agree(const fuzz_input *in) {
  for (size_t i = 0; i < in->len; i++)
    if (in->data[i] >= 0x80 || in->data[i] == '\\') return false;
  return !in->limits;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static events builtin, yajl;
  const fuzz_input in = fuzz_input_of(data, size);
  const uint32_t flags = TRPT_SEQUENCE | (in.flags & 1 ? TRPT_STRICT : 0) | (in.flags & 2 ? TRPT_NO_INFLATE : 0);
  check_chunks(&builtin, fuzz_parser(&in, flags, TRPT_TOKENIZER_BUILTIN), &in);
  check_chunks(&yajl, fuzz_parser(&in, flags, TRPT_TOKENIZER_YAJL), &in);
  if (must_agree(&in) && reports_in(&builtin) != reports_in(&yajl)) fuzz_fail("builtin, yajl", &builtin, &yajl);
  return 0;
}
