/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/status.h>

/* Numbers are part of the interface: bindings have them written down. */
static const struct {
  trpt_status status;
  int32_t number;
  const char *name;
} statuses[] = {
    {TRPT_OK, 0, "TRPT_OK"},
    {TRPT_END, 1, "TRPT_END"},
    {TRPT_MORE, 2, "TRPT_MORE"},
    {TRPT_E_ARGUMENT, -1, "TRPT_E_ARGUMENT"},
    {TRPT_E_STATE, -2, "TRPT_E_STATE"},
    {TRPT_E_MEMORY, -3, "TRPT_E_MEMORY"},
    {TRPT_E_LIMIT, -4, "TRPT_E_LIMIT"},
    {TRPT_E_CANCELED, -5, "TRPT_E_CANCELED"},
    {TRPT_E_BUFFER, -6, "TRPT_E_BUFFER"},
    {TRPT_E_UNSUPPORTED, -7, "TRPT_E_UNSUPPORTED"},
    {TRPT_E_SYNTAX, -8, "TRPT_E_SYNTAX"},
    {TRPT_E_NOT_TLSRPT, -10, "TRPT_E_NOT_TLSRPT"},
    {TRPT_E_NO_RECORD, -11, "TRPT_E_NO_RECORD"},
    {TRPT_E_MANY_RECORDS, -12, "TRPT_E_MANY_RECORDS"},
    {TRPT_E_RECORD, -13, "TRPT_E_RECORD"},
    {TRPT_E_JSON, -20, "TRPT_E_JSON"},
    {TRPT_E_SCHEMA, -21, "TRPT_E_SCHEMA"},
    {TRPT_E_TRUNCATED, -22, "TRPT_E_TRUNCATED"},
    {TRPT_E_COMPRESSION, -23, "TRPT_E_COMPRESSION"},
    {TRPT_E_NO_REPORT, -30, "TRPT_E_NO_REPORT"},
    {TRPT_E_MAIL, -31, "TRPT_E_MAIL"},
};

static void assert_sentence(const char *text) {
  size_t len = strlen(text);
  assert_in_range(len, 2, 127); /* fits trpt_error.message */
  assert_int_equal(text[len - 1], '.');
  for (size_t i = 0; i < len; i++) assert_in_range(text[i], 0x20, 0x7E);
}

static void test_names(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
    assert_int_equal(statuses[i].status, statuses[i].number);
    assert_string_equal(trpt_status_name(statuses[i].status), statuses[i].name);
    assert_sentence(trpt_status_message(statuses[i].status));
  }
}

static void test_unknown(void **state) {
  (void)state;
  static const trpt_status unknown[] = {3, -9, -14, -24, -32, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
    assert_string_equal(trpt_status_name(unknown[i]), "TRPT_E_UNKNOWN");
    assert_sentence(trpt_status_message(unknown[i]));
  }
}

/* Numbers of flags are part of the interface too. */
static void test_flags(void **state) {
  (void)state;
  assert_int_equal(TRPT_STRICT, 1);
  assert_int_equal(TRPT_NO_INFLATE, 2);
  assert_int_equal(TRPT_NO_DIAGNOSTICS, 4);
  assert_int_equal(TRPT_NO_FINDINGS, TRPT_NO_DIAGNOSTICS);
}

static void test_version(void **state) {
  (void)state;
  assert_string_equal(trpt_version(), TRPT_VERSION_STRING);
  assert_int_equal(trpt_version_number(), TRPT_VERSION_NUMBER);
  unsigned major, minor, patch;
  assert_int_equal(sscanf(trpt_version(), "%u.%u.%u", &major, &minor, &patch), 3);
  assert_int_equal(trpt_version_number(), major << 16 | minor << 8 | patch);
}

/* The layout of what callers own never changes. */
static void test_layout(void **state) {
  (void)state;
  assert_int_equal(sizeof(trpt_str), 2 * sizeof(void *));
  if (sizeof(void *) == 8) assert_int_equal(sizeof(trpt_error), 288);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_names),   cmocka_unit_test(test_unknown), cmocka_unit_test(test_flags),
      cmocka_unit_test(test_version), cmocka_unit_test(test_layout),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
