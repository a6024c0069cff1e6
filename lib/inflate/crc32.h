/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CRC32_H
#define TRPT_LIB_CRC32_H

/* CRC-32 by carry-less multiplication, for processors that support it. zlib's own CRC takes a tenth of the time needed
   to inflate a small report, this one a hundredth. After Gopal et al., "Fast CRC Computation for Generic Polynomials
   Using PCLMULQDQ Instruction", Intel 2009, where the constants come from: powers of x modulo the polynomial, bits
   reversed. */

#include <stddef.h>
#include <stdint.h>

enum { TRPT_CRC32_FOLD_MIN = 64 }; /* folding needs at least this many bytes */

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))

#include <immintrin.h>

#define TRPT_CRC32_TARGET __attribute__((target("pclmul,sse4.1")))

static inline int trpt_crc32_can_fold(void) {
  return !!__builtin_cpu_supports("pclmul") & !!__builtin_cpu_supports("sse4.1");
}

static inline __m128i trpt_crc32_load(const uint8_t *data) {
  return _mm_loadu_si128((const __m128i *)(const void *)data);
}

/* Shifts `sum` by the distance that `by` encodes, and adds `next`. */
TRPT_CRC32_TARGET static inline __m128i trpt_crc32_fold(__m128i sum, __m128i by, __m128i next) {
  const __m128i low = _mm_clmulepi64_si128(sum, by, 0x00), high = _mm_clmulepi64_si128(sum, by, 0x11);
  return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

/* 128 bits to 64, to 32 by Barrett reduction. */
TRPT_CRC32_TARGET static inline uint32_t trpt_crc32_reduce(__m128i sum, __m128i by_16_bytes) {
  const __m128i mask = _mm_setr_epi32(-1, 0, -1, 0);
  const __m128i by_8_bytes = _mm_set_epi64x(0, 0x163cd6124);
  const __m128i polynomial = _mm_set_epi64x(0x1f7011641, 0x1db710641);
  __m128i quotient;
  sum = _mm_xor_si128(_mm_srli_si128(sum, 8), _mm_clmulepi64_si128(sum, by_16_bytes, 0x10));
  sum = _mm_xor_si128(_mm_srli_si128(sum, 4), _mm_clmulepi64_si128(_mm_and_si128(sum, mask), by_8_bytes, 0x00));
  quotient = _mm_and_si128(_mm_clmulepi64_si128(_mm_and_si128(sum, mask), polynomial, 0x10), mask);
  sum = _mm_xor_si128(sum, _mm_clmulepi64_si128(quotient, polynomial, 0x00));
  return (uint32_t)_mm_extract_epi32(sum, 1);
}

/* `len` is a multiple of 16 and at least TRPT_CRC32_FOLD_MIN. `crc` and the result are inverted, as in the loop of RFC
   1952 s8. */
TRPT_CRC32_TARGET static inline uint32_t trpt_crc32_folded(uint32_t crc, const uint8_t *data, size_t len) {
  const __m128i by_64_bytes = _mm_set_epi64x(0x1c6e41596, 0x154442bd4);
  const __m128i by_16_bytes = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
  const uint8_t *end = data + len;
  __m128i a = _mm_xor_si128(trpt_crc32_load(data), _mm_cvtsi32_si128((int)crc)), b = trpt_crc32_load(data + 16);
  __m128i c = trpt_crc32_load(data + 32), d = trpt_crc32_load(data + 48);
  for (data += 64; end - data >= 64; data += 64) {
    a = trpt_crc32_fold(a, by_64_bytes, trpt_crc32_load(data));
    b = trpt_crc32_fold(b, by_64_bytes, trpt_crc32_load(data + 16));
    c = trpt_crc32_fold(c, by_64_bytes, trpt_crc32_load(data + 32));
    d = trpt_crc32_fold(d, by_64_bytes, trpt_crc32_load(data + 48));
  }
  a = trpt_crc32_fold(trpt_crc32_fold(trpt_crc32_fold(a, by_16_bytes, b), by_16_bytes, c), by_16_bytes, d);
  for (; data != end; data += 16) a = trpt_crc32_fold(a, by_16_bytes, trpt_crc32_load(data));
  return trpt_crc32_reduce(a, by_16_bytes);
}

/* Adds the beginning of the data to `*crc` (not inverted) and returns how many bytes it added: all but at most 15, or 0
   if there are fewer than TRPT_CRC32_FOLD_MIN. */
static inline size_t trpt_crc32_begin(uint32_t *crc, const uint8_t *data, size_t len) {
  const int folds = trpt_crc32_can_fold();
  if (len < TRPT_CRC32_FOLD_MIN || !folds) return 0; /* GCOVR_EXCL_BR_LINE: depends on the processor */
  const size_t folded = len - len % 16;
  *crc = ~trpt_crc32_folded(~*crc, data, folded);
  return folded;
}

#else

static inline size_t trpt_crc32_begin(uint32_t *crc, const uint8_t *data, size_t len) {
  (void)crc, (void)data, (void)len;
  return 0;
}

#endif
#endif
