/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/time.h>

typedef struct good_time {
  const char *text;
  int64_t seconds;
} good_time;

static const good_time good[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"2016-04-01T00:00:00Z", 1459468800},
    {"2016-04-01T23:59:59Z", 1459555199},
    {"2016-04-01T00:00:00z", 1459468800},
    {"2016-04-01t00:00:00Z", 1459468800},
    {"1969-12-31T23:59:59Z", -1},
    /* time-secfrac: dropped, towards the past */
    {"2016-04-01T00:00:00.0Z", 1459468800},
    {"2016-04-01T23:59:59.999Z", 1459555199},
    {"2016-04-01T23:59:59.99999999999999999999999999999999999999Z", 1459555199},
    {"1969-12-31T23:59:59.9Z", -1},
    /* time-numoffset */
    {"2016-04-01T02:00:00+02:00", 1459468800},
    {"2016-03-31T18:30:00-05:30", 1459468800},
    {"2016-04-01T00:00:00+00:00", 1459468800},
    {"2016-04-01T00:00:00-00:00", 1459468800},
    {"2016-04-01T23:59:00+23:59", 1459468800},
    {"2016-03-31T00:01:00-23:59", 1459468800},
    {"2016-04-01T02:00:00.5+02:00", 1459468800},
    /* leap second: the next second, in any minute */
    {"2016-12-31T23:59:60Z", 1483228800},
    {"1990-12-31T15:59:60-08:00", 662688000},
    {"2016-04-01T00:00:60Z", 1459468860},
    /* leap years */
    {"2016-02-29T00:00:00Z", 1456704000},
    {"2000-02-29T00:00:00Z", 951782400},
    {"2000-03-01T00:00:00Z", 951868800},
    {"1900-03-01T00:00:00Z", -2203891200},
    /* the ends of what RFC 3339 can write */
    {"0000-01-01T00:00:00Z", -62167219200},
    {"0000-02-29T00:00:00Z", -62162121600},
    {"9999-12-31T23:59:59Z", 253402300799},
    {"0000-01-01T00:00:00+23:59", -62167305540},
    {"9999-12-31T23:59:60-23:59", 253402387140},
};

static const char *const bad[] = {
    "",
    "2016",
    "2016-04-01",
    "2016-04-01T",
    "2016-04-01T00:00Z",
    "2016-04-01T00:00:Z", /* no seconds */
    "2016-04-01T00:00:+01:00",
    "2016-04-01T00:00:.5Z",
    "2016-04-01T00:00:00", /* no zone */
    "2016-04-01T00:00:00.5",
    "2016-04-01 00:00:00Z", /* a blank for T */
    "2016-04-01_00:00:00Z",
    "2016-04-01T00:00:00 Z",
    " 2016-04-01T00:00:00Z",
    "2016-04-01T00:00:00Z ",
    "2016-04-01T00:00:00ZZ",
    "2016-04-01T00:00:00.Z", /* no digit in the fraction */
    "2016-04-01T00:00:00,5Z",
    "2016-04-01T00:00:00.5.5Z",
    "2016-00-01T00:00:00Z",
    "2016-13-01T00:00:00Z",
    "2016-04-00T00:00:00Z",
    "2016-04-31T00:00:00Z",
    "2016-06-31T00:00:00Z",
    "2016-09-31T00:00:00Z",
    "2016-11-31T00:00:00Z",
    "2016-01-32T00:00:00Z",
    "2016-02-30T00:00:00Z",
    "2015-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2016-04-01T24:00:00Z",
    "2016-04-01T00:60:00Z",
    "2016-04-01T00:00:61Z",
    "2016-04-01T00:00:00+24:00",
    "2016-04-01T00:00:00+00:60",
    "2016-04-01T00:00:00+0000",
    "2016-04-01T00:00:00+00",
    "2016-04-01T00:00:00+1:00",
    "2016-04-01T00:00:00+-1:00",
    "16-04-01T00:00:00Z",
    "02016-04-01T00:00:00Z",
    "+2016-04-01T00:00:00Z",
    "-016-04-01T00:00:00Z",
    "2016-4-01T00:00:00Z",
    "2016/04/01T00:00:00Z",
    "2016-04-01T00-00-00Z",
    "2016-04-01T0 :00:00Z",
    "2016-04-01T00:00:00\xc2\xa0Z",
    "1459468800",
    "Fri, 01 Apr 2016 00:00:00 GMT",
};

static trpt_status parse(const char *text, size_t len, int64_t *seconds) {
  char *copy = malloc(len ? len : 1);
  assert_non_null(copy);
  memcpy(copy, text, len);
  trpt_status status = trpt_time_parse(copy, len, seconds);
  free(copy);
  return status;
}

static void test_parse_good(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    int64_t seconds = 42;
    trpt_status status = parse(good[i].text, strlen(good[i].text), &seconds);
    if (status != TRPT_OK || seconds != good[i].seconds)
      fail_msg("%s: %d, %lld", good[i].text, (int)status, (long long)seconds);
  }
}

static void expect_bad(const char *text, size_t len) {
  int64_t seconds = 42;
  trpt_status status = parse(text, len, &seconds);
  if (status != TRPT_E_SYNTAX || seconds != INT64_MIN)
    fail_msg("%.*s: %d, %lld", (int)len, text, (int)status, (long long)seconds);
}

static void test_parse_bad(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) expect_bad(bad[i], strlen(bad[i]));
  expect_bad("2016-04-01T00:00:00Z\0", 21);
  expect_bad("2016-04-01T\0000:00:00Z", 21);
}

static void test_parse_every_prefix(void **state) {
  (void)state;
  static const char text[] = "2016-04-01T02:00:00.5+02:00";
  for (size_t len = 0; len < sizeof text - 1; len++) expect_bad(text, len);
}

/* With a fraction, which is dropped, a time does not have the form that is read at once. */
static void expect_same_with_fraction(const char *usual, trpt_status status, int64_t seconds) {
  char text[32];
  int64_t with_fraction;
  const int len = snprintf(text, sizeof text, "%.19s.0%c", usual, usual[19]);
  if (strlen(usual) < 20) return; /* a byte is NUL */
  assert_int_equal(parse(text, (size_t)len, &with_fraction), status);
  assert_int_equal(with_fraction, seconds);
}

/* One byte after the other takes every value: only digits, and T and Z in either case, may change. */
static void test_parse_every_byte(void **state) {
  (void)state;
  static const char text[] = "2016-04-01T00:00:00Z";
  for (size_t at = 0; at < sizeof text - 1; at++)
    for (int byte = 0; byte < 256; byte++) {
      char changed[sizeof text];
      memcpy(changed, text, sizeof text);
      changed[at] = (char)byte;
      int64_t seconds;
      trpt_status status = parse(changed, sizeof text - 1, &seconds);
      int is_digit = byte >= '0' && byte <= '9';
      if (text[at] >= '0' && text[at] <= '9' ? !is_digit : (byte | 0x20) != (text[at] | 0x20))
        assert_int_equal(status, TRPT_E_SYNTAX);
      if (changed[at] == text[at] || (at < 4 && is_digit)) assert_int_equal(status, TRPT_OK);
      expect_same_with_fraction(changed, status, seconds);
    }
}

static int days_of_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return days[month - 1];
}

/* Every day of the years 0000 to 9999, counted one by one: 3,652,425 of them. */
static void test_every_day(void **state) {
  (void)state;
  int64_t seconds = INT64_C(-62167219200);
  char text[64], formatted[32];
  for (int year = 0; year <= 9999; year++)
    for (int month = 1; month <= 12; month++)
      for (int day = 1; day <= days_of_month(year, month); day++, seconds += 86400) {
        snprintf(text, sizeof text, "%04d-%02d-%02dT13:14:15Z", year, month, day);
        int64_t parsed;
        if (trpt_time_parse(text, 20, &parsed) != TRPT_OK || parsed != seconds + 47655) fail_msg("%s", text);
        if (trpt_time_format(parsed, formatted, sizeof formatted, NULL) != TRPT_OK || strcmp(formatted, text) != 0)
          fail_msg("%s: %s", text, formatted);
      }
  assert_true(seconds == INT64_C(253402300800));
}

static void test_every_second_of_a_day(void **state) {
  (void)state;
  for (int64_t second = -86400; second < 86400; second++) {
    char text[21];
    int64_t parsed;
    assert_int_equal(trpt_time_format(second, text, sizeof text, NULL), TRPT_OK);
    assert_int_equal(trpt_time_parse(text, 20, &parsed), TRPT_OK);
    assert_true(parsed == second);
  }
}

static void test_every_offset(void **state) {
  (void)state;
  for (int minutes = -1439; minutes <= 1439; minutes++) {
    char text[64];
    int size = minutes < 0 ? -minutes : minutes;
    snprintf(text, sizeof text, "2016-04-01T12:00:00%c%02d:%02d", minutes < 0 ? '-' : '+', size / 60, size % 60);
    int64_t parsed;
    assert_int_equal(trpt_time_parse(text, 25, &parsed), TRPT_OK);
    assert_true(parsed == 1459512000 - minutes * 60);
  }
}

static void test_format_buffer(void **state) {
  (void)state;
  char buffer[21] = "untouched";
  size_t needed = 0;
  assert_int_equal(trpt_time_format(0, NULL, 0, &needed), TRPT_E_BUFFER);
  assert_int_equal(needed, 20);
  needed = 0;
  assert_int_equal(trpt_time_format(0, buffer, 20, &needed), TRPT_E_BUFFER);
  assert_int_equal(needed, 20);
  assert_string_equal(buffer, "untouched");
  assert_int_equal(trpt_time_format(0, buffer, 21, &needed), TRPT_OK);
  assert_int_equal(needed, 20);
  assert_string_equal(buffer, "1970-01-01T00:00:00Z");
  assert_int_equal(trpt_time_format(0, NULL, 21, NULL), TRPT_E_ARGUMENT);
}

static void test_format_range(void **state) {
  (void)state;
  static const int64_t outside[] = {INT64_MIN, INT64_C(-62167219201), INT64_C(253402300800), INT64_MAX};
  for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
    char buffer[32] = "untouched";
    size_t needed = 7;
    assert_int_equal(trpt_time_format(outside[i], buffer, sizeof buffer, &needed), TRPT_E_ARGUMENT);
    assert_int_equal(needed, 0);
    assert_string_equal(buffer, "untouched");
  }
}

static void test_arguments(void **state) {
  (void)state;
  int64_t seconds = 42;
  assert_int_equal(trpt_time_parse(NULL, 0, &seconds), TRPT_E_ARGUMENT);
  assert_true(seconds == INT64_MIN);
  assert_int_equal(trpt_time_parse("2016-04-01T00:00:00Z", 20, NULL), TRPT_E_ARGUMENT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_parse_good),         cmocka_unit_test(test_parse_bad),
      cmocka_unit_test(test_parse_every_prefix), cmocka_unit_test(test_parse_every_byte),
      cmocka_unit_test(test_every_day),          cmocka_unit_test(test_every_second_of_a_day),
      cmocka_unit_test(test_every_offset),       cmocka_unit_test(test_format_buffer),
      cmocka_unit_test(test_format_range),       cmocka_unit_test(test_arguments),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
