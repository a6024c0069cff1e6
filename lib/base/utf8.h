/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_UTF8_H
#define TRPT_LIB_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tlsrpt/status.h>

/* The bytes that may follow the first byte of a multi-byte character, RFC 3629 s4: their number, and the range of the
   first of them. The range excludes overlong forms, surrogates and code points beyond U+10FFFF. `need` is 0 for an
   invalid first byte. */
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

/* The code point of a valid character of 2 to 4 bytes. */
static inline uint32_t trpt_utf8_code(const unsigned char *bytes, size_t len) {
  uint32_t code = bytes[0] & (0x7FU >> len);
  for (size_t i = 1; i < len; i++) code = code << 6 | (bytes[i] & 0x3FU);
  return code;
}

/* The noncharacters of Unicode: U+FDD0 to U+FDEF, and the last two code points of each plane. RFC 7493 s2.1 forbids
   them. */
static inline bool trpt_is_noncharacter(uint32_t code) {
  return (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

/* U+FFFD, which replaces bytes that are not UTF-8. */
#define TRPT_UTF8_REPLACEMENT "\xEF\xBF\xBD"

/* The longest prefix of whole characters with at most `max` bytes. `text` is longer than that, and UTF-8 up to there. */
static inline trpt_str trpt_utf8_prefix(trpt_str text, size_t max) {
  while (max && ((unsigned char)text.ptr[max] & 0xC0) == 0x80) max--;
  return (trpt_str){text.ptr, max};
}

/* A character, or a maximal run of bytes that could begin one but is invalid. */
typedef struct trpt_utf8_char {
  uint32_t code; /* 0 if not valid */
  size_t len;    /* at least 1 */
  bool is_valid;
} trpt_utf8_char;

/* The first character of `text`, which must not be empty. */
static inline trpt_utf8_char trpt_utf8_next(trpt_str text) {
  const unsigned char *bytes = (const unsigned char *)text.ptr;
  if (bytes[0] < 0x80) return (trpt_utf8_char){bytes[0], 1, true};
  trpt_utf8_lead lead = trpt_utf8_begin(bytes[0]);
  trpt_utf8_char c = {0, 1, false};
  for (; lead.need && c.len < text.len && bytes[c.len] >= lead.low && bytes[c.len] <= lead.high; c.len++) {
    lead = (trpt_utf8_lead){(uint8_t)(lead.need - 1), 0x80, 0xBF};
    c.is_valid = lead.need == 0;
  }
  if (c.is_valid) c.code = trpt_utf8_code(bytes, c.len);
  return c;
}

#endif
