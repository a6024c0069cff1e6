/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SCAN_H
#define TRPT_LIB_SCAN_H

/* Looks at sixteen bytes at a time, with SSE2, NEON or the SIMD of WebAssembly: skips runs of ordinary bytes, and sorts the
   bytes of a short text into classes, as bits. TRPT_SCAN_PLAIN selects the plain C code that other machines use; the tests run
   both. Nothing here reads beyond the text. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if !defined(TRPT_SCAN_PLAIN) && defined(__SSE2__)
#include <emmintrin.h>
#define TRPT_SCAN_SSE2
#elif !defined(TRPT_SCAN_PLAIN) && defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#define TRPT_SCAN_NEON
#elif !defined(TRPT_SCAN_PLAIN) && defined(__wasm_simd128__)
#include <wasm_simd128.h>
#define TRPT_SCAN_WASM
#endif

/* Inside a string: neither its end, nor an escape, a control character (RFC 8259 s7) or the start of a multi-byte
   character. */
static inline bool trpt_scan_is_plain(unsigned char c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; }

/* ---- classes of bytes ---- */

/* Sixteen bytes; or for each of them 0xFF if it belongs to a class, else 0. */
#if defined(TRPT_SCAN_SSE2)

typedef __m128i trpt_block;

static inline trpt_block trpt_block_load(const char *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }
static inline void trpt_block_store(char *p, trpt_block v) { _mm_storeu_si128((__m128i *)(void *)p, v); }
/* All that is not plain in a string, in the highest bit of each byte. Flipping one bit swaps the quote with the blank, so that one
   difference is negative for the quote, the control characters and what is not ASCII. gcc needs an instruction more for a comparison. */
static inline trpt_block trpt_block_not_plain(trpt_block v) {
  const __m128i swapped = _mm_xor_si128(v, _mm_set1_epi8('"' ^ 0x20));
  return _mm_or_si128(_mm_subs_epi8(swapped, _mm_set1_epi8(0x21)), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
}
static inline trpt_block trpt_block_equal(trpt_block a, trpt_block b) { return _mm_cmpeq_epi8(a, b); }
static inline trpt_block trpt_block_of_words(uint64_t low, uint64_t high) {
  return _mm_set_epi64x((int64_t)high, (int64_t)low);
}
static inline trpt_block trpt_block_or(trpt_block a, trpt_block b) { return _mm_or_si128(a, b); }
static inline trpt_block trpt_block_and(trpt_block a, trpt_block b) { return _mm_and_si128(a, b); }
static inline trpt_block trpt_block_is(trpt_block v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }
/* The bytes from `first` to `last`. Adding moves the first one to the lowest signed value. */
static inline trpt_block trpt_block_in(trpt_block v, unsigned first, unsigned last) {
  const __m128i moved = _mm_add_epi8(v, _mm_set1_epi8((char)(0x80 - first)));
  return _mm_cmplt_epi8(moved, _mm_set1_epi8((char)(0x80 + last - first + 1)));
}
static inline trpt_block trpt_block_small(trpt_block v) { return _mm_or_si128(v, _mm_set1_epi8(0x20)); }
/* Bit i: byte i belongs to the class. */
static inline unsigned trpt_block_bits(trpt_block v) { return (unsigned)_mm_movemask_epi8(v); }
/* The same as cheap as it gets, in TRPT_MASK_WIDTH equal bits for each byte. */
#define TRPT_MASK_WIDTH 1
static inline uint64_t trpt_block_mask(trpt_block v) { return trpt_block_bits(v); }

#elif defined(TRPT_SCAN_NEON)

typedef uint8x16_t trpt_block;

static inline trpt_block trpt_block_load(const char *p) { return vld1q_u8((const uint8_t *)p); }
static inline void trpt_block_store(char *p, trpt_block v) { vst1q_u8((uint8_t *)p, v); }
static inline trpt_block trpt_block_equal(trpt_block a, trpt_block b) { return vceqq_u8(a, b); }
static inline trpt_block trpt_block_of_words(uint64_t low, uint64_t high) {
  return vcombine_u8(vcreate_u8(low), vcreate_u8(high));
}
static inline trpt_block trpt_block_or(trpt_block a, trpt_block b) { return vorrq_u8(a, b); }
static inline trpt_block trpt_block_and(trpt_block a, trpt_block b) { return vandq_u8(a, b); }
static inline trpt_block trpt_block_is(trpt_block v, char c) { return vceqq_u8(v, vdupq_n_u8((uint8_t)c)); }
static inline trpt_block trpt_block_in(trpt_block v, unsigned first, unsigned last) {
  return vcleq_u8(vsubq_u8(v, vdupq_n_u8((uint8_t)first)), vdupq_n_u8((uint8_t)(last - first)));
}
static inline trpt_block trpt_block_small(trpt_block v) { return vorrq_u8(v, vdupq_n_u8(0x20)); }
static inline unsigned trpt_block_bits(trpt_block v) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t weighted = vandq_u8(v, vld1q_u8(weights));
  return vaddv_u8(vget_low_u8(weighted)) | (unsigned)vaddv_u8(vget_high_u8(weighted)) << 8;
}
#define TRPT_MASK_WIDTH 4
static inline uint64_t trpt_block_mask(trpt_block v) {
  return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(v), 4)), 0);
}

#elif defined(TRPT_SCAN_WASM)

typedef v128_t trpt_block;

static inline trpt_block trpt_block_load(const char *p) { return wasm_v128_load(p); }
static inline void trpt_block_store(char *p, trpt_block v) { wasm_v128_store(p, v); }
static inline trpt_block trpt_block_equal(trpt_block a, trpt_block b) { return wasm_i8x16_eq(a, b); }
static inline trpt_block trpt_block_of_words(uint64_t low, uint64_t high) {
  return wasm_i64x2_make((int64_t)low, (int64_t)high);
}
static inline trpt_block trpt_block_or(trpt_block a, trpt_block b) { return wasm_v128_or(a, b); }
static inline trpt_block trpt_block_and(trpt_block a, trpt_block b) { return wasm_v128_and(a, b); }
static inline trpt_block trpt_block_is(trpt_block v, char c) { return wasm_i8x16_eq(v, wasm_i8x16_splat(c)); }
static inline trpt_block trpt_block_in(trpt_block v, unsigned first, unsigned last) {
  return wasm_u8x16_le(wasm_i8x16_sub(v, wasm_i8x16_splat((int8_t)first)), wasm_i8x16_splat((int8_t)(last - first)));
}
static inline trpt_block trpt_block_small(trpt_block v) { return wasm_v128_or(v, wasm_i8x16_splat(0x20)); }
static inline unsigned trpt_block_bits(trpt_block v) { return wasm_i8x16_bitmask(v); }
#define TRPT_MASK_WIDTH 1
static inline uint64_t trpt_block_mask(trpt_block v) { return trpt_block_bits(v); }

#else

typedef struct trpt_block {
  unsigned char bytes[16];
} trpt_block;

static inline trpt_block trpt_block_load(const char *p) {
  trpt_block block;
  memcpy(block.bytes, p, sizeof block.bytes);
  return block;
}
static inline void trpt_block_store(char *p, trpt_block v) { memcpy(p, v.bytes, sizeof v.bytes); }
static inline trpt_block trpt_block_equal(trpt_block a, trpt_block b) {
  for (unsigned i = 0; i < 16; i++) a.bytes[i] = a.bytes[i] == b.bytes[i] ? 0xFF : 0;
  return a;
}
static inline trpt_block trpt_block_of_words(uint64_t low, uint64_t high) {
  trpt_block block;
  for (unsigned i = 0; i < 16; i++) block.bytes[i] = (unsigned char)((i < 8 ? low : high) >> i % 8 * 8);
  return block;
}
/* Fewer than 16 bytes, then zeros. */
static inline trpt_block trpt_block_load_short(const char *text, size_t len) {
  trpt_block block = {{0}};
  memcpy(block.bytes, text, len);
  return block;
}
static inline trpt_block trpt_block_or(trpt_block a, trpt_block b) {
  for (unsigned i = 0; i < 16; i++) a.bytes[i] |= b.bytes[i];
  return a;
}
static inline trpt_block trpt_block_and(trpt_block a, trpt_block b) {
  for (unsigned i = 0; i < 16; i++) a.bytes[i] &= b.bytes[i];
  return a;
}
static inline trpt_block trpt_block_in(trpt_block v, unsigned first, unsigned last) {
  for (unsigned i = 0; i < 16; i++) v.bytes[i] = v.bytes[i] - first <= last - first ? 0xFF : 0;
  return v;
}
static inline trpt_block trpt_block_is(trpt_block v, char c) {
  return trpt_block_in(v, (unsigned char)c, (unsigned char)c);
}
static inline trpt_block trpt_block_small(trpt_block v) {
  for (unsigned i = 0; i < 16; i++) v.bytes[i] |= 0x20;
  return v;
}
static inline unsigned trpt_block_bits(trpt_block v) {
  unsigned bits = 0;
  for (unsigned i = 0; i < 16; i++) bits |= (v.bytes[i] & 1U) << i;
  return bits;
}

#endif

#if !defined(TRPT_SCAN_SSE2)
static inline trpt_block trpt_block_not_plain(trpt_block v) {
  return trpt_block_or(trpt_block_in(v, 0x80, 0x1F), trpt_block_or(trpt_block_is(v, '"'), trpt_block_is(v, '\\')));
}
#endif

/* The first byte from `p` on that is not plain, or `end`. */
static inline const unsigned char *trpt_scan_string(const unsigned char *p, const unsigned char *end) {
#if defined(TRPT_MASK_WIDTH)
  for (; end - p >= 16; p += 16) {
    const uint64_t mask = trpt_block_mask(trpt_block_not_plain(trpt_block_load((const char *)p)));
    if (mask) return p + (unsigned)__builtin_ctzll(mask) / TRPT_MASK_WIDTH;
  }
#endif
  while (p < end && trpt_scan_is_plain(*p)) p++;
  return p;
}

/* The first byte from `p` on that is neither a blank nor a tab, or `end`: the indentation of a line. */
static inline const unsigned char *trpt_scan_indent(const unsigned char *p, const unsigned char *end) {
#if defined(TRPT_MASK_WIDTH)
  const uint64_t all = UINT64_MAX >> (64 - 16 * TRPT_MASK_WIDTH);
  for (; end - p >= 16; p += 16) {
    const trpt_block v = trpt_block_load((const char *)p);
    const uint64_t mask = trpt_block_mask(trpt_block_or(trpt_block_is(v, ' '), trpt_block_is(v, '\t'))) ^ all;
    if (mask) return p + (unsigned)__builtin_ctzll(mask) / TRPT_MASK_WIDTH;
  }
#endif
  while (p < end && (*p == ' ' || *p == '\t')) p++;
  return p;
}

static inline trpt_block trpt_block_digits(trpt_block v) { return trpt_block_in(v, '0', '9'); }
static inline trpt_block trpt_block_letters_and_digits(trpt_block v) {
  return trpt_block_or(trpt_block_in(trpt_block_small(v), 'a', 'z'), trpt_block_digits(v));
}

/* With small letters instead of capital ones. */
static inline trpt_block trpt_block_lower(trpt_block v) {
  const uint64_t bits = UINT64_C(0x2020202020202020);
  return trpt_block_or(v, trpt_block_and(trpt_block_in(v, 'A', 'Z'), trpt_block_of_words(bits, bits)));
}

/* Up to eight bytes, least significant first, then zeros. */
static inline uint64_t trpt_scan_word(const char *text, size_t len) {
  const unsigned char *p = (const unsigned char *)text;
  uint64_t word = 0;
#if defined(TRPT_SCAN_SSE2) || defined(TRPT_SCAN_NEON)
  uint32_t first, last;
  if (len == 8) {
    memcpy(&word, p, 8);
  } else if (len >= 4) {
    memcpy(&first, p, 4);
    memcpy(&last, p + len - 4, 4);
    word = first | (uint64_t)last << 8 * (len - 4);
  } else if (len) {
    word = p[0] | (uint64_t)p[len / 2] << 8 * (len / 2) | (uint64_t)p[len - 1] << 8 * (len - 1);
  }
#else
  for (size_t i = 0; i < len; i++) word |= (uint64_t)p[i] << 8 * i;
#endif
  return word;
}

#if defined(TRPT_MASK_WIDTH)
/* Fewer than 16 bytes, then zeros. */
static inline trpt_block trpt_block_load_short(const char *text, size_t len) {
  if (len < 8) return trpt_block_of_words(trpt_scan_word(text, len), 0);
  /* In two steps, since a shift by 64 is undefined. */
  const unsigned half = 4 * (16 - (unsigned)len);
  return trpt_block_of_words(trpt_scan_word(text, 8), trpt_scan_word(text + len - 8, 8) >> half >> half);
}
#endif

/* A text for the functions below has 1 to 64 bytes. */
enum { TRPT_SCAN_MOST = 64 };

/* Bit i: byte i of the text belongs to a class, which `class_of` returns and to which NUL does not belong. Blocks
   overlap where the length is not a multiple of 16. */
static inline uint64_t trpt_scan_bits(const char *text, size_t len, trpt_block (*class_of)(trpt_block v)) {
  if (len < 16) return trpt_block_bits(class_of(trpt_block_load_short(text, len)));
  const char *last = text + len - 16;
  uint64_t bits = trpt_block_bits(class_of(trpt_block_load(text)));
  bits |= (uint64_t)trpt_block_bits(class_of(trpt_block_load(last))) << (len - 16);
  if (len <= 32) return bits;
  bits |= (uint64_t)trpt_block_bits(class_of(trpt_block_load(text + 16))) << 16;
  return bits | (uint64_t)trpt_block_bits(class_of(trpt_block_load(last - 16))) << (len - 32);
}

/* The bits of all bytes of the text. */
static inline uint64_t trpt_scan_all(size_t len) { return UINT64_MAX >> (64 - len); }

#endif
