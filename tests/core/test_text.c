/* SPDX-License-Identifier: MIT */
/* Comparing and copying of short text in overlapping words, at every length and place; and the sentence about a limit. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/text.h"

/* A copy at the very end of a block, so that a sanitizer sees each byte too many. */
static char *exact(const char *bytes, size_t len) {
  char *copy = malloc(len ? len : 1);
  assert_non_null(copy);
  memcpy(copy, bytes, len);
  return copy;
}

static void test_move_short(void **state) {
  (void)state;
  char bytes[100];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)('0' + i);
  for (size_t len = 0; len <= sizeof bytes; len++) {
    char *from = exact(bytes, len);
    char to[sizeof bytes + 1];
    memset(to, '#', sizeof to);
    trpt_move_short(to, from, len);
    assert_memory_equal(to, bytes, len);
    assert_int_equal(to[len], '#');
    free(from);
    /* Within one text, forwards and backwards. */
    for (size_t distance = 1; distance < 20; distance++) {
      char text[sizeof bytes + 20];
      memset(text, '#', sizeof text);
      memcpy(text + distance, bytes, len);
      trpt_move_short(text, text + distance, len);
      assert_memory_equal(text, bytes, len);
      memset(text, '#', sizeof text);
      memcpy(text, bytes, len);
      trpt_move_short(text + distance, text, len);
      assert_memory_equal(text + distance, bytes, len);
    }
  }
}

static void test_limit(void **state) {
  (void)state;
  enum { CAPACITY = sizeof((trpt_error *)0)->message };
  char sentence[2 * CAPACITY + 1] = "";
  trpt_error error;
  static const struct {
    const char *sentence;
    uint64_t value;
    const char *expected;
  } rows[] = {
      {"more than # bytes", 0, "more than 0 bytes"},
      {"more than # bytes", 10, "more than 10 bytes"},
      {"#", UINT64_MAX, "18446744073709551615"},
      {"(#)", UINT64_MAX, "(18446744073709551615)"},
      {"nothing", 1, "nothing"},
      {"", 1, ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    trpt_error_set_limit(&error, rows[i].sentence, rows[i].value);
    assert_string_equal(error.message, rows[i].expected);
  }
  /* Cut wherever the end falls: before the number, within it and after it. */
  for (size_t len = CAPACITY - 10; len < CAPACITY + 2; len++) {
    char expected[CAPACITY];
    memset(sentence, 'x', len);
    memcpy(sentence + len, "#y", 3);
    snprintf(expected, sizeof expected, "%.*s12345y", (int)len, sentence);
    trpt_error_set_limit(&error, sentence, 12345);
    assert_string_equal(error.message, expected);
  }
}

/* Each error has room for each sentence of the library; longer ones are cut, and nothing is left of what was there. */
static void test_long_sentence(void **state) {
  (void)state;
  trpt_error error;
  char sentence[sizeof error.message + 2], expected[sizeof error.message] = {0};
  memset(sentence, 'x', sizeof sentence);
  sentence[sizeof sentence - 1] = '\0';
  memset(expected, 'x', sizeof expected - 1);
  for (size_t cut = 0; cut < sizeof sentence; cut++) {
    memset(&error, '#', sizeof error);
    trpt_error_fill(&error, TRPT_E_JSON, "code", sentence + cut, (trpt_position){0}, "where");
    const size_t len = sizeof sentence - 1 - cut;
    if (len < sizeof expected) memset(expected + len, 0, sizeof expected - len);
    assert_memory_equal(error.message, expected, sizeof expected);
  }
}

static void expect_text(trpt_str text, const char *expected) {
  assert_int_equal(text.len, strlen(expected));
  if (text.len) assert_memory_equal(text.ptr, expected, text.len);
}

static void test_trim(void **state) {
  (void)state;
  static const struct {
    const char *text, *skipped, *trimmed, *without_space;
  } rows[] = {
      {"", "", "", ""},
      {" \t ", "", "", ""},
      {"a", "a", "a", "a"},
      {"\t a b \t", "a b \t", "a b", "a b"},
      {"\r\n a\r\n", "\r\n a\r\n", "\r\n a\r\n", "a"},
      {" \r\n", "\r\n", "\r\n", ""},
      {"\v a\f", "\v a\f", "\v a\f", "\v a\f"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const trpt_str text = trpt_str_of(rows[i].text);
    expect_text(trpt_skip_wsp(text), rows[i].skipped);
    expect_text(trpt_trim_wsp(text), rows[i].trimmed);
    expect_text(trpt_trim_space(text), rows[i].without_space);
  }
  const trpt_str absent = trpt_str_of(NULL);
  assert_null(absent.ptr);
  expect_text(trpt_trim_wsp(absent), "");
  expect_text(trpt_trim_space(absent), "");
}

static void test_decimal(void **state) {
  (void)state;
  char digits[TRPT_DECIMAL_SIZE];
  assert_string_equal(trpt_decimal(0, digits).ptr, "0");
  assert_string_equal(trpt_decimal(10, digits).ptr, "10");
  assert_string_equal(trpt_decimal(UINT64_MAX, digits).ptr, "18446744073709551615");
  assert_int_equal(trpt_decimal(UINT64_MAX, digits).len, 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_move_short), cmocka_unit_test(test_long_sentence),
                                     cmocka_unit_test(test_trim), cmocka_unit_test(test_decimal),
                                     cmocka_unit_test(test_limit)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
