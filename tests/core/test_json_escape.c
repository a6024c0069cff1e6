/* SPDX-License-Identifier: MIT */
/* The inside of JSON strings: each character with each set of flags, at each place that the eight-byte path has to do with. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hidden.h"
#include "base/json_escape.h"

enum { ALL_FLAGS = TRPT_JSON_I_JSON | TRPT_JSON_ESCAPE_HIDDEN | TRPT_JSON_REPLACE_NUL };

/* What is written for `text`, with a NUL after it. */
static char *escape(const char *text, size_t len, unsigned flags, char *out, size_t size) {
  trpt_str rest = {text, len};
  size_t written = 0;
  while (rest.len) {
    trpt_json_segment segment;
    const size_t before = rest.len;
    trpt_json_escape_next(&rest, flags, &segment);
    assert_true(rest.len < before);
    assert_true(segment.escape_len || !rest.len);
    assert_true(written + segment.plain.len + segment.escape_len < size);
    memcpy(out + written, segment.plain.ptr, segment.plain.len);
    memcpy(out + written + segment.plain.len, segment.escape, segment.escape_len);
    written += segment.plain.len + segment.escape_len;
  }
  out[written] = '\0';
  return out;
}

/* U+0000 too. */
static size_t encode(uint32_t code, char *out) {
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    out[0] = (char)(0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | code >> 18);
  out[1] = (char)(0x80 | (code >> 12 & 0x3F));
  out[2] = (char)(0x80 | (code >> 6 & 0x3F));
  out[3] = (char)(0x80 | (code & 0x3F));
  return 4;
}

static void expect_code(uint32_t code, unsigned flags, char *out, size_t size) {
  static const char *const names[] = {"\b\\b", "\t\\t", "\n\\n", "\f\\f", "\r\\r", "\"\\\"", "\\\\\\"};
  const int noncharacter = (code >= 0xFDD0 && code <= 0xFDEF) || code % 0x10000 >= 0xFFFE;
  if ((flags & TRPT_JSON_REPLACE_NUL && !code) || (flags & TRPT_JSON_I_JSON && noncharacter)) {
    snprintf(out, size, "\xEF\xBF\xBD");
    return;
  }
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if ((unsigned char)names[i][0] == code) {
      snprintf(out, size, "%s", names[i] + 1);
      return;
    }
  if (code >= 0x20 && !(flags & TRPT_JSON_ESCAPE_HIDDEN && trpt_is_hidden(code))) {
    out[encode(code, out)] = '\0';
  } else if (code > 0xFFFF) {
    snprintf(out, size, "\\u%04x\\u%04x", 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code - 0x10000) % 0x400);
  } else {
    snprintf(out, size, "\\u%04x", code);
  }
}

static void test_every_code_point(void **state) {
  (void)state;
  for (uint32_t code = 0; code <= 0x10FFFF; code++) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    char text[4], written[32], expected[32];
    const size_t len = encode(code, text);
    for (unsigned flags = 0; flags <= ALL_FLAGS; flags++) {
      expect_code(code, flags, expected, sizeof expected);
      if (strcmp(escape(text, len, flags, written, sizeof written), expected) != 0)
        fail_msg("U+%04X with flags %u: %s", (unsigned)code, flags, written);
    }
  }
}

/* Each byte at each place of texts of each length: the block ends there, so that a sanitizer sees each byte too many. */
static void test_every_place(void **state) {
  (void)state;
  for (size_t len = 1; len <= 20; len++)
    for (size_t at = 0; at < len; at++)
      for (int byte = 0; byte < 256; byte++)
        for (unsigned flags = 0; flags <= ALL_FLAGS; flags++) {
          char *text = malloc(len);
          char written[64], expected[128], one[32];
          assert_non_null(text);
          memset(text, 'x', len);
          text[at] = (char)byte;
          if (byte < 0x80)
            expect_code((uint32_t)byte, flags, one, sizeof one);
          else
            snprintf(one, sizeof one, "\xEF\xBF\xBD");
          snprintf(expected, sizeof expected, "%.*s%s%.*s", (int)at, "xxxxxxxxxxxxxxxxxxxx", one, (int)(len - at - 1),
                   "xxxxxxxxxxxxxxxxxxxx");
          if (strcmp(escape(text, len, flags, written, sizeof written), expected) != 0)
            fail_msg("byte %02x at %zu of %zu: %s", (unsigned)byte, at, len, written);
          free(text);
        }
}

#define R "\xEF\xBF\xBD"

/* Unicode, "U+FFFD Substitution of Maximal Subparts". */
static void test_not_utf8(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"\x80", R},
      {"a\xFF"
       "b",
       "a" R "b"},
      {"\xC0\xAF", R R},
      {"\xE0\x80\xAF", R R R},
      {"\xED\xA0\x80", R R R},
      {"\xE2\x82", R},
      {"\xE2\x82"
       "a",
       R "a"},
      {"\xF0\x9F\x98", R},
      {"\xF0\x9F\x98\xF0\x9F\x98\x80", R "\xF0\x9F\x98\x80"},
      {"\xF4\x90\x80\x80", R R R R},
      {"\xF8\x88\x80\x80\x80", R R R R R},
      {"\xC3\xBC\xC3", "\xC3\xBC" R},
      {"", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    for (unsigned flags = 0; flags <= ALL_FLAGS; flags++) {
      char written[64];
      assert_string_equal(escape(rows[i][0], strlen(rows[i][0]), flags, written, sizeof written), rows[i][1]);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_code_point),
      cmocka_unit_test(test_every_place),
      cmocka_unit_test(test_not_utf8),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
