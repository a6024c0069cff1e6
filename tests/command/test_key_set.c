/* SPDX-License-Identifier: MIT */
/* The keys of a summary: which ones it has seen, in any number and up to its limit. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "summary/key_set.h"

enum { DIGITS = 32 };

/* Keys whose halves differ in few bits, in no order. */
static const char *key_of(uint64_t i) {
  static char text[DIGITS + 1];
  snprintf(text, sizeof text, "%016llx%016llx", (unsigned long long)(i * 7919 % 5003), (unsigned long long)(i % 3));
  return text;
}

static void test_members(void **state) {
  (void)state;
  enum { COUNT = 5000 };
  char previous[DIGITS + 1] = "";
  key_set k;
  key_set_begin(&k, COUNT);
  for (uint64_t i = 1; i <= COUNT; i++) assert_false(key_set_add(&k, key_of(i)));
  for (uint64_t i = 1; i <= COUNT; i++) assert_true(key_set_add(&k, key_of(i)));
  assert_int_equal(k.count, COUNT);
  assert_false(k.full);
  key_set_sort(&k);
  for (size_t i = 0; i < COUNT; i++) {
    char text[DIGITS + 1];
    key_set_write(&k, i, text);
    assert_true(strcmp(previous, text) < 0);
    strcpy(previous, text);
  }
  key_set_end(&k);
}

/* Keys that differ in their second half only are sorted by it. */
static void test_second_half(void **state) {
  (void)state;
  static const char *const keys[] = {"00000000000000010000000000000003", "00000000000000010000000000000001",
                                     "00000000000000010000000000000002"};
  key_set k;
  key_set_begin(&k, 10);
  for (size_t i = 0; i < 3; i++) assert_false(key_set_add(&k, keys[i]));
  key_set_sort(&k);
  for (size_t i = 0; i < 3; i++) {
    char text[DIGITS + 1];
    key_set_write(&k, i, text);
    assert_string_equal(text, keys[(i + 1) % 3]);
  }
  key_set_end(&k);
}

/* A key beyond the limit is not stored, and those before it are still known. */
static void test_limit(void **state) {
  (void)state;
  key_set k;
  key_set_begin(&k, 1000);
  for (uint64_t i = 1; i <= 1000; i++) assert_false(key_set_add(&k, key_of(i)));
  assert_false(k.full);
  for (int i = 0; i < 2; i++) assert_false(key_set_add(&k, key_of(1001)));
  assert_true(k.full);
  assert_int_equal(k.count, 1000);
  assert_true(key_set_add(&k, key_of(1000)));
  key_set_end(&k);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_members),
      cmocka_unit_test(test_second_half),
      cmocka_unit_test(test_limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
