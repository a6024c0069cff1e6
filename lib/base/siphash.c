/* SPDX-License-Identifier: MIT */
#include "siphash.h"

enum { ROUNDS_PER_WORD = 2, FINAL_ROUNDS = 4, WORD = 8 };

static inline uint64_t rotate(uint64_t x, unsigned bits) { return x << bits | x >> (64 - bits); }

static inline void round_of(uint64_t v[4]) {
  v[0] += v[1];
  v[2] += v[3];
  v[1] = rotate(v[1], 13) ^ v[0];
  v[3] = rotate(v[3], 16) ^ v[2];
  v[0] = rotate(v[0], 32);
  v[2] += v[1];
  v[0] += v[3];
  v[1] = rotate(v[1], 17) ^ v[2];
  v[3] = rotate(v[3], 21) ^ v[0];
  v[2] = rotate(v[2], 32);
}

static inline void rounds(uint64_t v[4], int count) {
  for (int i = 0; i < count; i++) round_of(v);
}

static inline void compress(uint64_t v[4], uint64_t word) {
  v[3] ^= word;
  rounds(v, ROUNDS_PER_WORD);
  v[0] ^= word;
}

/* Compilers make one load of these. */
static inline uint64_t load32(const unsigned char *bytes) {
  return bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24;
}

static inline uint64_t load64(const unsigned char *bytes) {
  return bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24 |
         (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 | (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

/* Less than a word, by loads that may overlap. */
static inline uint64_t load_short(const unsigned char *bytes, size_t len) {
  if (len >= 4) return load32(bytes) | load32(bytes + len - 4) << 8 * (len - 4);
  if (!len) return 0;
  return bytes[0] | (uint64_t)bytes[len / 2] << 8 * (len / 2) | (uint64_t)bytes[len - 1] << 8 * (len - 1);
}

static inline void store64(unsigned char *bytes, uint64_t word) {
  for (unsigned i = 0; i < WORD; i++) bytes[i] = (unsigned char)(word >> 8 * i);
}

void trpt_siphash_begin(trpt_siphash *hash, uint64_t k0, uint64_t k1) {
  /* "somepseudorandomlygeneratedbytes"; 0xEE makes another function of the one with 64 bits of output. */
  *hash = (trpt_siphash){.v = {k0 ^ UINT64_C(0x736F6D6570736575), k1 ^ UINT64_C(0x646F72616E646F6D) ^ 0xEE,
                               k0 ^ UINT64_C(0x6C7967656E657261), k1 ^ UINT64_C(0x7465646279746573)}};
}

/* What remains of a word of which the lowest bytes went into the word before: a shift by 64 bits is 0 here. */
static inline uint64_t carry(uint64_t word, unsigned shift) { return word >> 1 >> (63 - shift); }

void trpt_siphash_add_word(trpt_siphash *hash, uint64_t word) {
  const unsigned shift = hash->len % WORD * 8;
  compress(hash->v, hash->tail | word << shift);
  hash->tail = carry(word, shift);
  hash->len += WORD;
}

void trpt_siphash_add(trpt_siphash *hash, const void *data, size_t len) {
  const unsigned char *bytes = data;
  const unsigned pending = hash->len % WORD;
  const unsigned shift = pending * 8;
  trpt_siphash h = *hash;
  h.len += len;
  for (; len >= WORD; bytes += WORD, len -= WORD) {
    const uint64_t word = load64(bytes);
    compress(h.v, h.tail | word << shift);
    h.tail = carry(word, shift);
  }
  const uint64_t rest = load_short(bytes, len);
  h.tail |= rest << shift;
  if (pending + len >= WORD) {
    compress(h.v, h.tail);
    h.tail = carry(rest, shift);
  }
  *hash = h;
}

void trpt_siphash_digest(const trpt_siphash *hash, unsigned char digest[TRPT_SIPHASH_SIZE]) {
  uint64_t v[4] = {hash->v[0], hash->v[1], hash->v[2], hash->v[3]};
  compress(v, hash->tail | hash->len << 56);
  v[2] ^= 0xEE;
  rounds(v, FINAL_ROUNDS);
  store64(digest, v[0] ^ v[1] ^ v[2] ^ v[3]);
  v[1] ^= 0xDD;
  rounds(v, FINAL_ROUNDS);
  store64(digest + WORD, v[0] ^ v[1] ^ v[2] ^ v[3]);
}
