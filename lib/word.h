/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_WORD_H
#define TRPT_LIB_WORD_H

/* Eight bytes at a time, in plain C: what is asked of each byte is answered in its highest bit. The order of the bytes in
   the word, which depends on the machine, must not matter to those who use this. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { TRPT_WORD_SIZE = 8 };

/* The byte in each of the eight places. */
#define TRPT_WORD_OF(byte)  (UINT64_C(0x0101010101010101) * (byte))
#define TRPT_WORD_HIGH_BITS TRPT_WORD_OF(0x80)

static inline uint64_t trpt_word_load(const char *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/* Less than eight bytes, with the letter "x" in the places behind them. */
static inline uint64_t trpt_word_load_short(const char *bytes, size_t len) {
  uint64_t word = TRPT_WORD_OF('x');
  memcpy(&word, bytes, len);
  return word;
}

/* Marks the bytes from `first` to `last`, both 0x01 to 0x7F. Right only for a word of ASCII, and never for bytes from 0x80
   on, which spoil their neighbours: ask for them too. The other seven bits of each byte are of no meaning. */
static inline uint64_t trpt_word_between(uint64_t word, unsigned first, unsigned last) {
  return (word + TRPT_WORD_OF(0x80 - first)) ^ (word + TRPT_WORD_OF(0x7F - last));
}

#endif
