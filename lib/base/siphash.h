/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SIPHASH_H
#define TRPT_LIB_SIPHASH_H

/* SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012), for messages
   that arrive as words of eight bytes. Words are little-endian on every machine. Functions that are called per value
   are inline, so that the state stays in registers. */

#include <stddef.h>
#include <stdint.h>

typedef struct trpt_siphash {
  uint64_t v0, v1, v2, v3;
  uint64_t words; /* so far */
} trpt_siphash;

enum { TRPT_SIPHASH_WORD_SIZE = 8 };

/* `k0` and `k1` are the key. */
trpt_siphash trpt_siphash_begin(uint64_t k0, uint64_t k1);

static inline uint64_t trpt_siphash_rotate(uint64_t x, unsigned bits) { return x << bits | x >> (64 - bits); }

static inline void trpt_siphash_round(trpt_siphash *hash) {
  hash->v0 += hash->v1;
  hash->v2 += hash->v3;
  hash->v1 = trpt_siphash_rotate(hash->v1, 13) ^ hash->v0;
  hash->v3 = trpt_siphash_rotate(hash->v3, 16) ^ hash->v2;
  hash->v0 = trpt_siphash_rotate(hash->v0, 32);
  hash->v2 += hash->v1;
  hash->v0 += hash->v3;
  hash->v1 = trpt_siphash_rotate(hash->v1, 17) ^ hash->v2;
  hash->v3 = trpt_siphash_rotate(hash->v3, 21) ^ hash->v0;
  hash->v2 = trpt_siphash_rotate(hash->v2, 32);
}

static inline void trpt_siphash_add_word(trpt_siphash *hash, uint64_t word) {
  hash->v3 ^= word;
  trpt_siphash_round(hash);
  trpt_siphash_round(hash);
  hash->v0 ^= word;
  hash->words++;
}

/* Compilers turn each of these into a single load. */
static inline uint64_t trpt_siphash_load32(const unsigned char *bytes) {
  return bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24;
}
static inline uint64_t trpt_siphash_load64(const unsigned char *bytes) {
  return bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24 |
         (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 | (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

/* Loads 1 to 7 bytes and pads them with zeros. The loads may overlap. */
static inline uint64_t trpt_siphash_load_short(const unsigned char *bytes, size_t len) {
  if (len >= 4) return trpt_siphash_load32(bytes) | trpt_siphash_load32(bytes + len - 4) << 8 * (len - 4);
  return bytes[0] | (uint64_t)bytes[len / 2] << 8 * (len / 2) | (uint64_t)bytes[len - 1] << 8 * (len - 1);
}

/* Adds the data, padded with zeros to whole words. */
static inline void trpt_siphash_add(trpt_siphash *hash, const void *data, size_t len) {
  const unsigned char *bytes = data;
  for (; len >= TRPT_SIPHASH_WORD_SIZE; bytes += TRPT_SIPHASH_WORD_SIZE, len -= TRPT_SIPHASH_WORD_SIZE)
    trpt_siphash_add_word(hash, trpt_siphash_load64(bytes));
  if (len) trpt_siphash_add_word(hash, trpt_siphash_load_short(bytes, len));
}

/* The hash of the words so far, followed by `len` bytes, at most 7. More words may be added afterwards. */
void trpt_siphash_digest(const trpt_siphash *hash, const void *data, size_t len, uint64_t digest[2]);

/* Writes the 32 hex digits of a digest, and a NUL. Words are little-endian. */
enum { TRPT_SIPHASH_TEXT_SIZE = 33 };
void trpt_siphash_text(const uint64_t digest[2], char text[TRPT_SIPHASH_TEXT_SIZE]);

#endif
