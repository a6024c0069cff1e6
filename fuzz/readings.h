/* SPDX-License-Identifier: MIT */
#ifndef TRPT_FUZZ_READINGS_H
#define TRPT_FUZZ_READINGS_H

/* Shared by the fuzz targets of the parser: options from the input, and comparison of two readings.

   After a leading "#", an input has four control bytes: flags, small limits (a bit each), and two bytes that seed the
   cuts. Any other input is read with all defaults, so that reports can be seeds without changes. */

#include "../tests/core/events.h"
#include "fuzzing.h"

typedef struct fuzz_input {
  const uint8_t *data;
  size_t len;
  uint8_t flags;
  uint8_t limits;
  uint32_t seed;
} fuzz_input;

static inline fuzz_input fuzz_input_of(const uint8_t *data, size_t size) {
  fuzz_input in = {data, size, 0, 0, 0};
  if (size >= 5 && data[0] == '#') {
    in = (fuzz_input){data + 5, size - 5, data[1], data[2], (uint32_t)data[3] << 8 | data[4]};
  } else {
    for (size_t i = 0; i < size; i++) in.seed = in.seed * 31 + data[i];
  }
  return in;
}

static inline trpt_options fuzz_options(const fuzz_input *in, uint32_t flags, trpt_tokenizer tokenizer) {
  trpt_options options = {.struct_size = sizeof options, .flags = flags, .tokenizer = tokenizer, .now = 1717200000};
  options.max_diagnostics = UINT32_MAX;
  if (in->limits & 1) options.max_depth = 4;
  if (in->limits & 2) options.max_string = 20;
  if (in->limits & 4) options.max_strings = 2;
  if (in->limits & 8) options.max_entry = 120;
  if (in->limits & 16) options.max_held = 300;
  if (in->limits & 32) options.max_policies = 1, options.max_failures = 2;
  if (in->limits & 64) options.max_diagnostics = 1;
  if (in->limits & 128) options.max_input = 300, options.max_inflated = 300;
  return options;
}

/* Returns a parser for these options, and stores it for the next input. */
static inline trpt_parser *fuzz_parser(const fuzz_input *in, uint32_t flags, trpt_tokenizer tokenizer) {
  static trpt_parser *parsers[256][16][3];
  trpt_parser **parser = &parsers[in->limits][flags][tokenizer];
  const trpt_options options = fuzz_options(in, flags, tokenizer);
  if (!*parser && trpt_parser_new(parser, &options) != TRPT_OK) abort();
  return *parser;
}

static inline void fuzz_read(events *e, unsigned what, trpt_parser *parser, const fuzz_input *in, events_next_fn next) {
  uint32_t seed = in->seed;
  e->what = what;
  events_read(e, parser, in->data, in->len, next, &seed);
}

static inline void fuzz_fail(const char *what, const events *a, const events *b) {
  fprintf(stderr, "%s:\n%s---- and\n%s", what, a->text, b->text);
  abort();
}

static inline void fuzz_same(const char *what, const events *a, const events *b) {
  if (a->len != b->len || memcmp(a->text, b->text, a->len) != 0) fuzz_fail(what, a, b);
}

#endif
