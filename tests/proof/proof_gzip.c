/* SPDX-License-Identifier: MIT */
/* Any number of chunks of up to LONGEST bytes as gzip members, from any state that they lead to. Inflating is zlib's: here each call takes any
   part of its input, writes any part of its output, and ends in any way. */

#include "inflate/gzip.h"

#include "any.h"

enum { LONGEST = 1, CAPACITY = 2 };

void trpt_inflate_reset(trpt_inflate *inflate) { (void)inflate; }

trpt_inflate_status trpt_inflate_run(trpt_inflate *inflate, const uint8_t *in, size_t in_len, size_t *in_used,
                                     uint8_t *out, size_t out_capacity, size_t *out_len) {
  (void)inflate;
  (void)in;
  size_t used = (size_t)Frama_C_interval(0, (int)in_len);
  size_t len = (size_t)Frama_C_interval(0, (int)out_capacity);
  //@ split used;
  //@ split len;
  *in_used = used;
  *out_len = len;
  if (len) any_bytes((char *)out, (unsigned)len);
  return (trpt_inflate_status)Frama_C_interval(TRPT_INFLATE_MORE, TRPT_INFLATE_BAD);
}

uint32_t trpt_inflate_unused_bits(const trpt_inflate *inflate) {
  (void)inflate;
  return (uint32_t)Frama_C_interval(0, 7);
}

/* All of the data is read. */
uint32_t trpt_inflate_crc32(uint32_t crc, const uint8_t *data, size_t len) {
  for (size_t i = 0; i < len; i++) crc ^= data[i];
  return crc;
}

/* At the end of its array: a byte more is none of it. */
static void read_chunk(trpt_gzip *gzip) {
  char bytes[LONGEST];
  uint8_t out[CAPACITY];
  size_t used, written;
  const size_t len = (size_t)Frama_C_interval(0, LONGEST), capacity = (size_t)Frama_C_interval(0, CAPACITY);
  //@ split len;
  //@ split capacity;
  any_bytes(bytes, sizeof bytes);
  trpt_gzip_read(gzip, (const uint8_t *)bytes + LONGEST - len, len, &used, out + CAPACITY - capacity, capacity,
                 &written);
  //@ check used <= len;
  //@ check written <= capacity;
}

int main(void) {
  trpt_gzip gzip;
  trpt_gzip_init(&gzip, NULL);
  //@ dynamic_split gzip.state;
  //@ dynamic_split gzip.remaining > 4;
  while (Frama_C_interval(0, 1)) read_chunk(&gzip);
  trpt_gzip_finish(&gzip);
  trpt_gzip_bits_used(&gzip);
  return 0;
}
