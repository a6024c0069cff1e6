/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TEXT_H
#define TRPT_LIB_TEXT_H

/* Byte classes, comparing and trimming short texts, and output to a caller's buffer. Nothing depends on the locale. */

#include <stdbool.h>
#include <string.h>

#include <tlsrpt/status.h>

#include "word.h"

/* Initializes a trpt_str from a string literal. */
#define TRPT_STR(literal)                                                                                              \
  { literal, sizeof(literal) - 1 }

static inline bool trpt_is_digit(unsigned char c) { return (unsigned)c - '0' < 10; }
static inline bool trpt_is_alpha(unsigned char c) { return ((unsigned)c | 0x20U) - 'a' < 26; }
static inline unsigned char trpt_lower(unsigned char c) {
  return (unsigned char)((unsigned)c - 'A' < 26 ? c | 0x20U : c);
}
static inline bool trpt_is_hex(unsigned char c) { return trpt_is_digit(c) || ((unsigned)c | 0x20U) - 'a' < 6; }
static inline unsigned trpt_hex_value(unsigned char c) {
  return trpt_is_digit(c) ? (unsigned)c - '0' : ((unsigned)c | 0x20U) - 'a' + 10;
}

/* atext of RFC 5322 s3.2.3: visible ASCII without the specials. Nearly all are letters. */
static inline bool trpt_is_atext(char c) {
  return trpt_is_alpha((unsigned char)c) || (c > 0x20 && c < 0x7F && !strchr("()<>[]:;@\\,.\"", c));
}

static inline char trpt_hex_digit(unsigned value) { return "0123456789abcdef"[value & 0xF]; }

/* Writes a number in decimal, with a NUL, into `digits`. The result points into `digits`. */
enum { TRPT_DECIMAL_SIZE = 21 };
static inline trpt_str trpt_decimal(uint64_t number, char digits[TRPT_DECIMAL_SIZE]) {
  char *end = digits + TRPT_DECIMAL_SIZE - 1;
  char *at = end;
  *end = '\0';
  do {
    *--at = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  return (trpt_str){at, (size_t)(end - at)};
}

/* WSP of RFC 5234: whitespace within a line. */
static inline bool trpt_is_wsp(char c) { return c == ' ' || c == '\t'; }

/* WSP and line ends: whitespace of JSON (RFC 8259 s2) and of texts with several lines. */
static inline bool trpt_is_space(char c) { return trpt_is_wsp(c) || c == '\r' || c == '\n'; }

static inline trpt_str trpt_str_of(const char *text) { return (trpt_str){text, text ? strlen(text) : 0}; }

/* `text` without its first `count` bytes. */
static inline trpt_str trpt_str_from(trpt_str text, size_t count) {
  return (trpt_str){text.ptr + count, text.len - count};
}

static inline trpt_str trpt_skip_wsp(trpt_str text) {
  while (text.len && trpt_is_wsp(*text.ptr)) text = trpt_str_from(text, 1);
  return text;
}

static inline trpt_str trpt_trim_trailing_space(trpt_str text) {
  while (text.len && trpt_is_space(text.ptr[text.len - 1])) text.len--;
  return text;
}

static inline trpt_str trpt_trim_wsp(trpt_str text) {
  while (text.len && trpt_is_wsp(text.ptr[text.len - 1])) text.len--;
  return trpt_skip_wsp(text);
}

static inline trpt_str trpt_skip_space(trpt_str text) {
  while (text.len && trpt_is_space(*text.ptr)) text = trpt_str_from(text, 1);
  return text;
}

static inline trpt_str trpt_trim_space(trpt_str text) { return trpt_skip_space(trpt_trim_trailing_space(text)); }

static inline bool trpt_str_is_ascii(trpt_str text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.ptr[i] > 0x7F) return false;
  return true;
}

static inline bool trpt_str_equal(trpt_str a, const char *literal, size_t len) {
  return a.len == len && memcmp(a.ptr, literal, len) == 0;
}

/* Whether none of the texts is absent. */
static inline bool trpt_all_present(const trpt_str *texts, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!texts[i].ptr) return false;
  return true;
}

/* memmove for mostly short text. Moves 8 to 32 bytes without a call, as two halves that may overlap. */
static inline void trpt_move_short(char *to, const char *from, size_t len) {
  struct half {
    char bytes[16];
  } first, last;
  if (len - 16 <= 16) {
    memcpy(&first, from, 16);
    memcpy(&last, from + len - 16, 16);
    memcpy(to, &first, 16);
    memcpy(to + len - 16, &last, 16);
  } else if (len - 8 < 8) {
    memcpy(&first, from, 8);
    memcpy(&last, from + len - 8, 8);
    memcpy(to, &first, 8);
    memcpy(to + len - 8, &last, 8);
  } else {
    memmove(to, from, len);
  }
}

/* Whether two texts are equal, ignoring ASCII case. */
static inline bool trpt_equal_nocase(const char *a, const char *b, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (trpt_lower((unsigned char)a[i]) != trpt_lower((unsigned char)b[i])) return false;
  return true;
}

static inline bool trpt_str_equal_nocase(trpt_str text, const char *other) {
  return text.len == strlen(other) && trpt_equal_nocase(text.ptr, other, text.len);
}

static inline bool trpt_str_begins_nocase(trpt_str text, const char *prefix) {
  const size_t len = strlen(prefix);
  return text.len >= len && trpt_equal_nocase(text.ptr, prefix, len);
}

/* For functions that write to a caller's buffer. Sets `*needed`, and returns TRPT_OK if `len` bytes and a NUL fit. */
static inline trpt_status trpt_text_check_buffer(size_t len, const char *to, size_t capacity, size_t *needed) {
  if (needed) *needed = len;
  if (!to && capacity) return TRPT_E_ARGUMENT;
  return capacity > len ? TRPT_OK : TRPT_E_BUFFER;
}

/* Copies a whole text to a caller's buffer, with a NUL. */
static inline trpt_status trpt_text_to_buffer(const char *text, size_t len, char *to, size_t capacity, size_t *needed) {
  const trpt_status status = trpt_text_check_buffer(len, to, capacity, needed);
  if (status != TRPT_OK) return status;
  memcpy(to, text, len);
  to[len] = '\0';
  return TRPT_OK;
}

#endif
