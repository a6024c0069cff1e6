/* SPDX-License-Identifier: MIT */
/* The decoder of lib/inflate/whole.h against zlib: alone, and through the parser, where only an input that is cut into bytes
   is inflated by zlib alone.

   The input: two bytes for the size of the output, one whose bits choose max_inflated and whether there are two members, one
   as seed for the chunks; raw deflate data. */

#include "../tests/core/whole_oracle.h"
#include "readings.h"

enum { CONTROL_SIZE = 4, HEADER_SIZE = 10, TRAILER_SIZE = 8, MAX_OUT = 70000 };

static trpt_whole whole;
static z_stream z;

/* A member with this deflate data, and the trailer that it needs if zlib can read it. Returns its length. */
static size_t put_member(uint8_t *to, const uint8_t *data, size_t len) {
  static const uint8_t header[HEADER_SIZE] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
  static uint8_t out[MAX_OUT];
  memcpy(to, header, HEADER_SIZE);
  if (len) memcpy(to + HEADER_SIZE, data, len);
  inflateReset(&z);
  z.next_in = (z_const Bytef *)(uintptr_t)data;
  z.avail_in = (uInt)len;
  z.next_out = out;
  z.avail_out = MAX_OUT;
  if (inflate(&z, Z_FINISH) != Z_STREAM_END) return HEADER_SIZE + len;
  const size_t used = len - z.avail_in, out_len = MAX_OUT - z.avail_out;
  const uint64_t trailer = crc32_z(0, out, out_len) | (uint64_t)out_len << 32;
  for (unsigned i = 0; i < TRAILER_SIZE; i++) to[HEADER_SIZE + used + i] = (uint8_t)(trailer >> 8 * i);
  return HEADER_SIZE + used + TRAILER_SIZE;
}

/* A parser for each value of max_inflated, stored for the next input. */
static trpt_parser *parser_of(unsigned choice) {
  static const uint64_t max_inflated[] = {0, 1, 2, 20, 100, 300, 1000, 65536};
  static trpt_parser *parsers[8];
  trpt_parser **parser = &parsers[choice];
  const trpt_options options = {.struct_size = sizeof options,
                                .tokenizer = TRPT_TOKENIZER_BUILTIN,
                                .now = 1717200000,
                                .max_inflated = max_inflated[choice]};
  if (!*parser) CHECK(trpt_parser_new(parser, &options) == TRPT_OK);
  return *parser;
}

static void check_parser(const uint8_t *data, size_t len, uint8_t choice, uint32_t seed) {
  static events all, other;
  const fuzz_input in = {data, len, 0, 0, seed};
  trpt_parser *parser = parser_of(choice % 8);
  fuzz_read(&all, EVENTS_MOVE, parser, &in, events_whole);
  fuzz_read(&other, EVENTS_MOVE, parser, &in, events_random);
  fuzz_same("whole, in chunks", &all, &other);
  fuzz_read(&other, EVENTS_PUSH, parser, &in, events_byte);
  fuzz_same("whole, byte by byte", &all, &other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < CONTROL_SIZE) return 0;
  if (!z.state) whole_begin(&whole, &z);
  const uint8_t *deflate_data = data + CONTROL_SIZE;
  const size_t len = size - CONTROL_SIZE, capacity = data[0] | (size_t)data[1] << 8;
  CHECK(whole_compare(&whole, &z, deflate_data, len, capacity) != WHOLE_DIFFERS);
  uint8_t *members = malloc(2 * (HEADER_SIZE + len + TRAILER_SIZE));
  CHECK(members);
  size_t members_len = put_member(members, deflate_data, len);
  if (data[2] & 8) members_len += put_member(members + members_len, deflate_data, len);
  check_parser(members, members_len, data[2], data[3]);
  free(members);
  return 0;
}
