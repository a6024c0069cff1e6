/* SPDX-License-Identifier: MIT */
/* The parser with gzip. Input that does not begin like gzip is compressed first, and must give the same results as the plain
   text. Any gzip, even if broken, must give the same results for all chunk sizes. */

#include "../tests/core/inflate_oracle.h"
#include "readings.h"

static void zip(uint8_t *to, size_t *len, size_t capacity, const uint8_t *data, size_t size, int level) {
  z_stream z = {0};
  if (deflateInit2(&z, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) != Z_OK) abort();
  z.next_in = (z_const Bytef *)(uintptr_t)data;
  z.avail_in = (uInt)size;
  z.next_out = to + *len;
  z.avail_out = (uInt)(capacity - *len);
  if (deflate(&z, Z_FINISH) != Z_STREAM_END) abort();
  *len = capacity - z.avail_out;
  deflateEnd(&z);
}

static void check_cuts(const fuzz_input *in) {
  static events whole, other;
  trpt_parser *parser = fuzz_parser(in, in->flags & TRPT_STRICT, TRPT_TOKENIZER_BUILTIN);
  fuzz_read(&whole, EVENTS_MOVE, parser, in, events_whole);
  fuzz_read(&other, EVENTS_MOVE, parser, in, events_random);
  fuzz_same("whole, in chunks", &whole, &other);
  fuzz_read(&other, EVENTS_PUSH, parser, in, events_byte);
  fuzz_same("whole, byte by byte", &whole, &other);
}

static void check_zipped(const fuzz_input *in) {
  static events plain, gzip;
  const size_t capacity = in->len * 2 + 200;
  uint8_t *zipped = malloc(capacity);
  fuzz_input out = *in;
  if (!zipped) abort();
  out.limits &= 127; /* limits on the input would apply to its gzipped size */
  fuzz_read(&plain, 0, fuzz_parser(&out, TRPT_NO_INFLATE, TRPT_TOKENIZER_BUILTIN), &out, events_whole);
  out.data = zipped;
  out.len = 0;
  zip(zipped, &out.len, capacity, in->data, in->len, in->seed % 10);
  fuzz_read(&gzip, EVENTS_MOVE, fuzz_parser(&out, 0, TRPT_TOKENIZER_BUILTIN), &out, events_random);
  fuzz_same("plain, gzipped", &plain, &gzip);
  /* Two members, and possibly one changed byte. */
  const size_t half = in->len ? in->seed % in->len : 0;
  out.limits = in->limits;
  out.len = 0;
  zip(zipped, &out.len, capacity, in->data, half, 1);
  zip(zipped, &out.len, capacity, in->data + half, in->len - half, 6);
  if (in->flags & 16) zipped[in->seed % out.len] ^= (uint8_t)(in->flags >> 5 | 1);
  check_cuts(&out);
  free(zipped);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const fuzz_input in = fuzz_input_of(data, size);
  if (in.len && in.data[0] == 0x1F)
    check_cuts(&in);
  else
    check_zipped(&in);
  return 0;
}
