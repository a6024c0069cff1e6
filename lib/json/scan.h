/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SCAN_H
#define TRPT_LIB_SCAN_H

/* Skips runs of ordinary bytes, sixteen at a time with SSE2 or NEON. TRPT_SCAN_PLAIN selects the plain C code that other
   machines use; the tests run both. */

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
#endif

/* Inside a string: neither its end, nor an escape, a control character (RFC 8259 s7) or the start of a multi-byte
   character. */
static inline bool trpt_scan_is_plain(unsigned char c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; }

/* The first byte from `p` on that is not plain, or `end`. */
static inline const unsigned char *trpt_scan_string(const unsigned char *p, const unsigned char *end) {
#if defined(TRPT_SCAN_SSE2)
  /* Flipping one bit swaps the quote with the blank, so that one comparison finds the quote and the control characters. */
  const __m128i bit = _mm_set1_epi8('"' ^ 0x20);
  const __m128i above = _mm_set1_epi8(0x21);
  const __m128i backslash = _mm_set1_epi8('\\');
  while (end - p >= 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    /* Signed comparison: bytes from 0x80 are below, too. */
    const __m128i odd =
        _mm_or_si128(_mm_cmplt_epi8(_mm_xor_si128(bytes, bit), above), _mm_cmpeq_epi8(bytes, backslash));
    const unsigned mask = (unsigned)_mm_movemask_epi8(odd);
    if (mask) return p + (unsigned)__builtin_ctz(mask);
    p += 16;
  }
#elif defined(TRPT_SCAN_NEON)
  while (end - p >= 16) {
    const uint8x16_t bytes = vld1q_u8(p);
    const uint8x16_t odd = vorrq_u8(vorrq_u8(vcltq_u8(bytes, vdupq_n_u8(0x20)), vcgeq_u8(bytes, vdupq_n_u8(0x80))),
                                    vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('"')), vceqq_u8(bytes, vdupq_n_u8('\\'))));
    /* Four bits per byte, since NEON has no movemask. */
    const uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(odd), 4)), 0);
    if (mask) return p + __builtin_ctzll(mask) / 4;
    p += 16;
  }
#endif
  while (p < end && trpt_scan_is_plain(*p)) p++;
  return p;
}

/* The first byte from `p` on that is neither a blank nor a tab, or `end`: the indentation of a line. */
static inline const unsigned char *trpt_scan_indent(const unsigned char *p, const unsigned char *end) {
#if defined(TRPT_SCAN_SSE2)
  const __m128i blank = _mm_set1_epi8(' ');
  const __m128i tab = _mm_set1_epi8('\t');
  while (end - p >= 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    const __m128i same = _mm_or_si128(_mm_cmpeq_epi8(bytes, blank), _mm_cmpeq_epi8(bytes, tab));
    const unsigned mask = (unsigned)_mm_movemask_epi8(same) ^ 0xFFFFU;
    if (mask) return p + __builtin_ctz(mask);
    p += 16;
  }
#elif defined(TRPT_SCAN_NEON)
  while (end - p >= 16) {
    const uint8x16_t bytes = vld1q_u8(p);
    const uint8x16_t same = vorrq_u8(vceqq_u8(bytes, vdupq_n_u8(' ')), vceqq_u8(bytes, vdupq_n_u8('\t')));
    const uint64_t mask = ~vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(same), 4)), 0);
    if (mask) return p + __builtin_ctzll(mask) / 4;
    p += 16;
  }
#endif
  while (p < end && (*p == ' ' || *p == '\t')) p++;
  return p;
}

#endif
