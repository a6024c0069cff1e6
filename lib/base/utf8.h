/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_UTF8_H
#define TRPT_LIB_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What may follow the first byte of a multi-byte character, RFC 3629 s4: how many bytes, and the range of the first of them,
   which rules out overlong forms, surrogates and what is beyond U+10FFFF. `need` 0: no character begins so. */
typedef struct trpt_utf8_lead {
  uint8_t need;
  uint8_t low;
  uint8_t high;
} trpt_utf8_lead;

static inline trpt_utf8_lead trpt_utf8_begin(unsigned char c) {
  trpt_utf8_lead lead = {0, 0x80, 0xBF};
  if (c >= 0xC2 && c <= 0xDF) {
    lead.need = 1;
  } else if (c >= 0xE0 && c <= 0xEF) {
    lead.need = 2;
    if (c == 0xE0) lead.low = 0xA0;
    if (c == 0xED) lead.high = 0x9F;
  } else if (c >= 0xF0 && c <= 0xF4) {
    lead.need = 3;
    if (c == 0xF0) lead.low = 0x90;
    if (c == 0xF4) lead.high = 0x8F;
  }
  return lead;
}

/* The noncharacters of Unicode, which RFC 7493 s2.1 forbids, by the bytes of a whole multi-byte character: U+FDD0 to U+FDEF,
   and the last two of each plane. */
static inline bool trpt_utf8_is_noncharacter(const unsigned char *b, size_t len) {
  if (len < 3 || (len == 3 && b[0] != 0xEF)) return false;
  if (len == 3 && b[1] == 0xB7 && b[2] >= 0x90 && b[2] <= 0xAF) return true;
  return b[len - 1] >= 0xBE && b[len - 2] == 0xBF && (len == 3 || (b[1] & 0x0F) == 0x0F);
}

/* The length of the character at `p`, or with `*good` false that of the maximal part that is none (at least 1). */
static inline size_t trpt_utf8_length(const unsigned char *p, const unsigned char *end, bool *good) {
  *good = *p < 0x80;
  if (*good) return 1;
  trpt_utf8_lead lead = trpt_utf8_begin(*p);
  size_t len = 1;
  for (; lead.need && p + len < end && p[len] >= lead.low && p[len] <= lead.high; len++) {
    lead = (trpt_utf8_lead){(uint8_t)(lead.need - 1), 0x80, 0xBF};
    *good = lead.need == 0;
  }
  return len;
}

/* The code point of a whole character. */
static inline uint32_t trpt_utf8_code(const unsigned char *p, size_t len) {
  uint32_t code = len == 1 ? *p : *p & (0x7FU >> len);
  for (size_t i = 1; i < len; i++) code = code << 6 | (p[i] & 0x3FU);
  return code;
}

#endif
