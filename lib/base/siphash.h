/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SIPHASH_H
#define TRPT_LIB_SIPHASH_H

/* SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012), for messages that
   arrive in pieces of any size. */

#include <stddef.h>
#include <stdint.h>

typedef struct trpt_siphash {
  uint64_t v[4];
  uint64_t tail; /* the last len % 8 bytes, which do not fill a word yet; the first of them is lowest */
  uint64_t len;  /* of the message so far; only its lowest byte counts */
} trpt_siphash;

enum { TRPT_SIPHASH_SIZE = 16 };

/* The two words of the secret key, each little-endian. */
void trpt_siphash_begin(trpt_siphash *hash, uint64_t k0, uint64_t k1);

void trpt_siphash_add(trpt_siphash *hash, const void *data, size_t len);

/* Adds eight bytes, little-endian. */
void trpt_siphash_add_word(trpt_siphash *hash, uint64_t word);

/* The hash of the message so far, which may still go on. */
void trpt_siphash_digest(const trpt_siphash *hash, unsigned char digest[TRPT_SIPHASH_SIZE]);

#endif
