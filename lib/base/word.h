/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_WORD_H
#define TRPT_LIB_WORD_H

/* Tests eight bytes at a time in portable C. The result for each byte is in its highest bit. Callers must not depend on
   the order of the bytes in the word, which depends on the machine. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { TRPT_WORD_SIZE = 8 };

/* A word of eight equal bytes. */
#define TRPT_WORD_OF(byte)  (UINT64_C(0x0101010101010101) * (byte))
#define TRPT_WORD_HIGH_BITS TRPT_WORD_OF(0x80)

static inline uint64_t trpt_word_load(const char *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/* Loads fewer than eight bytes. The rest of the word repeats bytes of the text, and has the letter "x" if the text is
   shorter than four. From four bytes on, neighbors in the word need not be neighbors in the text. */
static inline uint64_t trpt_word_load_short(const char *bytes, size_t len) {
  const unsigned char *text = (const unsigned char *)bytes;
  uint32_t first, last;
  if (len == 0) return TRPT_WORD_OF('x');
  if (len < sizeof first)
    return TRPT_WORD_OF('x') << 24 | (uint64_t)text[0] << 16 | (uint64_t)text[len / 2] << 8 | text[len - 1];
  memcpy(&first, bytes, sizeof first);
  memcpy(&last, bytes + len - sizeof last, sizeof last);
  return (uint64_t)first << 32 | last;
}

/* Marks the bytes from `first` to `last`, both 0x01 to 0x7F. The result is valid only if all bytes are ASCII, which the
   caller must check too: other bytes also spoil their neighbors. The other seven bits of each byte are undefined. */
static inline uint64_t trpt_word_between(uint64_t word, unsigned first, unsigned last) {
  return (word + TRPT_WORD_OF(0x80 - first)) ^ (word + TRPT_WORD_OF(0x7F - last));
}

/* Marks the ASCII letters. Valid for all bytes; the other seven bits are 0. */
static inline uint64_t trpt_word_letters(uint64_t word) {
  const uint64_t small = (word | TRPT_WORD_OF(0x20)) & ~TRPT_WORD_HIGH_BITS;
  return trpt_word_between(small, 'a', 'z') & ~word & TRPT_WORD_HIGH_BITS;
}

/* Whether two words are equal, ignoring ASCII case. */
static inline bool trpt_word_equal_nocase(uint64_t a, uint64_t b) {
  const uint64_t difference = a ^ b;
  return difference == 0 || (difference & ~(trpt_word_letters(a) >> 2)) == 0;
}

/* Whether every byte of a word is ASCII other than NUL. A borrow can mark a wrong byte only next to one that is marked correctly. */
static inline bool trpt_word_is_ascii(uint64_t word) {
  return !((word | (word - TRPT_WORD_OF(1))) & TRPT_WORD_HIGH_BITS);
}

/* Whether every byte of a word is printable ASCII other than `a` and `b`. */
static inline bool trpt_word_is_printable(uint64_t word, char a, char b) {
  const uint64_t control = word - TRPT_WORD_OF(0x20);
  const uint64_t del = (word ^ TRPT_WORD_OF(0x7F)) - TRPT_WORD_OF(1);
  const uint64_t is_a = (word ^ TRPT_WORD_OF((unsigned char)a)) - TRPT_WORD_OF(1);
  const uint64_t is_b = (word ^ TRPT_WORD_OF((unsigned char)b)) - TRPT_WORD_OF(1);
  /* A borrow can mark a wrong byte only next to one that is marked correctly. */
  return !((word | control | del | is_a | is_b) & TRPT_WORD_HIGH_BITS);
}

/* The number of bytes at the start of a text that are printable ASCII other than `a` and `b`. Neither may be the letter
   "x". */
static inline size_t trpt_word_printable(const char *text, size_t len, char a, char b) {
  size_t n = 0;
  while (len - n >= TRPT_WORD_SIZE && trpt_word_is_printable(trpt_word_load(text + n), a, b)) n += TRPT_WORD_SIZE;
  if (len - n < TRPT_WORD_SIZE) {
    const uint64_t last =
        len < TRPT_WORD_SIZE ? trpt_word_load_short(text, len) : trpt_word_load(text + len - TRPT_WORD_SIZE);
    if (trpt_word_is_printable(last, a, b)) return len;
  }
  /* Another byte follows. */
  while (text[n] >= ' ' && text[n] < 0x7F && text[n] != a && text[n] != b) n++;
  return n;
}

#endif
