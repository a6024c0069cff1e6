/* SPDX-License-Identifier: MIT */
#include "siphash.h"

#include "text.h"

/* Constants of the variant with 128 bits of output. */
enum { WIDE = 0xEE, SECOND_HALF = 0xDD };

trpt_siphash trpt_siphash_begin(uint64_t k0, uint64_t k1) {
  return (trpt_siphash){.v0 = k0 ^ UINT64_C(0x736F6D6570736575),
                        .v1 = k1 ^ UINT64_C(0x646F72616E646F6D) ^ WIDE,
                        .v2 = k0 ^ UINT64_C(0x6C7967656E657261),
                        .v3 = k1 ^ UINT64_C(0x7465646279746573)};
}

static uint64_t half(trpt_siphash *hash) {
  for (int i = 0; i < 4; i++) trpt_siphash_round(hash);
  return hash->v0 ^ hash->v1 ^ hash->v2 ^ hash->v3;
}

void trpt_siphash_digest(const trpt_siphash *hash, const void *data, size_t len, uint64_t digest[2]) {
  trpt_siphash last = *hash;
  const uint64_t rest = len ? trpt_siphash_load_short(data, len) : 0;
  trpt_siphash_add_word(&last, rest | (hash->words * TRPT_SIPHASH_WORD_SIZE + len) << 56);
  last.v2 ^= WIDE;
  digest[0] = half(&last);
  last.v1 ^= SECOND_HALF;
  digest[1] = half(&last);
}

void trpt_siphash_text(const uint64_t digest[2], char text[TRPT_SIPHASH_TEXT_SIZE]) {
  for (unsigned i = 0; i < 2 * TRPT_SIPHASH_WORD_SIZE; i++, text += 2) {
    const unsigned byte = (unsigned)(digest[i / TRPT_SIPHASH_WORD_SIZE] >> i % TRPT_SIPHASH_WORD_SIZE * 8);
    text[0] = trpt_hex_digit(byte >> 4);
    text[1] = trpt_hex_digit(byte);
  }
  *text = '\0';
}
