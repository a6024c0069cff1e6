/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/model.h>

typedef struct known_result {
  trpt_result_type type;
  const char *name;
  trpt_result_group group;
} known_result;

/* RFC 8460 s6.6, with the subsections of s4.3 that define them. */
static const known_result results[] = {
    {TRPT_RESULT_STARTTLS_NOT_SUPPORTED, "starttls-not-supported", TRPT_GROUP_NEGOTIATION},
    {TRPT_RESULT_CERTIFICATE_HOST_MISMATCH, "certificate-host-mismatch", TRPT_GROUP_NEGOTIATION},
    {TRPT_RESULT_CERTIFICATE_NOT_TRUSTED, "certificate-not-trusted", TRPT_GROUP_NEGOTIATION},
    {TRPT_RESULT_CERTIFICATE_EXPIRED, "certificate-expired", TRPT_GROUP_NEGOTIATION},
    {TRPT_RESULT_VALIDATION_FAILURE, "validation-failure", TRPT_GROUP_GENERAL},
    {TRPT_RESULT_STS_POLICY_FETCH_ERROR, "sts-policy-fetch-error", TRPT_GROUP_STS},
    {TRPT_RESULT_STS_POLICY_INVALID, "sts-policy-invalid", TRPT_GROUP_STS},
    {TRPT_RESULT_STS_WEBPKI_INVALID, "sts-webpki-invalid", TRPT_GROUP_STS},
    {TRPT_RESULT_TLSA_INVALID, "tlsa-invalid", TRPT_GROUP_DANE},
    {TRPT_RESULT_DNSSEC_INVALID, "dnssec-invalid", TRPT_GROUP_DANE},
    {TRPT_RESULT_DANE_REQUIRED, "dane-required", TRPT_GROUP_DANE},
};

static const char *const policies[] = {NULL, "tlsa", "sts", "no-policy-found"};

static void test_result_types(void **state) {
  (void)state;
  assert_int_equal(trpt_result_type_count(), 11);
  assert_int_equal(sizeof results / sizeof results[0], 11);
  for (size_t i = 0; i < 11; i++) {
    const char *name = results[i].name;
    assert_int_equal(results[i].type, i + 1);
    assert_int_equal(trpt_result_type_from_name(name, strlen(name)), results[i].type);
    assert_string_equal(trpt_result_type_name(results[i].type), name);
    assert_int_equal(trpt_result_type_group(results[i].type), results[i].group);
    assert_true(strlen(trpt_result_type_description(results[i].type)) > 40);
  }
}

/* Each name with one byte changed, left out or added is another name. */
static void test_result_types_near_misses(void **state) {
  (void)state;
  for (size_t i = 0; i < 11; i++) {
    size_t len = strlen(results[i].name);
    char text[64];
    memcpy(text, results[i].name, len);
    text[len] = 'x';
    assert_int_equal(trpt_result_type_from_name(text, len + 1), TRPT_RESULT_UNKNOWN);
    assert_int_equal(trpt_result_type_from_name(text, len - 1), TRPT_RESULT_UNKNOWN);
    for (size_t k = 0; k < len; k++)
      for (int bit = 1; bit < 256; bit <<= 1) {
        text[k] = (char)(text[k] ^ bit);
        assert_int_equal(trpt_result_type_from_name(text, len), TRPT_RESULT_UNKNOWN);
        text[k] = (char)(text[k] ^ bit);
      }
  }
}

static void test_result_types_unknown(void **state) {
  (void)state;
  assert_int_equal(trpt_result_type_from_name(NULL, 0), TRPT_RESULT_UNKNOWN);
  assert_int_equal(trpt_result_type_from_name(NULL, 12), TRPT_RESULT_UNKNOWN);
  assert_int_equal(trpt_result_type_from_name("", 0), TRPT_RESULT_UNKNOWN);
  assert_int_equal(trpt_result_type_from_name("sts", 3), TRPT_RESULT_UNKNOWN);
  assert_int_equal(trpt_result_type_from_name("Certificate-Expired", 19), TRPT_RESULT_UNKNOWN);
  static const trpt_result_type none[] = {0, 12, -1, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
    assert_null(trpt_result_type_name(none[i]));
    assert_int_equal(trpt_result_type_group(none[i]), TRPT_GROUP_UNKNOWN);
    assert_non_null(trpt_result_type_description(none[i]));
  }
}

static void test_policy_types(void **state) {
  (void)state;
  assert_int_equal(trpt_policy_type_count(), 3);
  for (trpt_policy_type type = 1; type <= 3; type++) {
    size_t len = strlen(policies[type]);
    assert_int_equal(trpt_policy_type_from_name(policies[type], len), type);
    assert_int_equal(trpt_policy_type_from_name(policies[type], len - 1), TRPT_POLICY_UNKNOWN);
    assert_string_equal(trpt_policy_type_name(type), policies[type]);
  }
}

static void test_policy_types_unknown(void **state) {
  (void)state;
  assert_int_equal(trpt_policy_type_from_name(NULL, 0), TRPT_POLICY_UNKNOWN);
  assert_int_equal(trpt_policy_type_from_name(NULL, 3), TRPT_POLICY_UNKNOWN);
  assert_int_equal(trpt_policy_type_from_name("", 0), TRPT_POLICY_UNKNOWN);
  assert_int_equal(trpt_policy_type_from_name("STS", 3), TRPT_POLICY_UNKNOWN);
  assert_int_equal(trpt_policy_type_from_name("tls", 3), TRPT_POLICY_UNKNOWN);
  assert_int_equal(trpt_policy_type_from_name("sts\0", 4), TRPT_POLICY_UNKNOWN);
  assert_null(trpt_policy_type_name(TRPT_POLICY_UNKNOWN));
  assert_null(trpt_policy_type_name(4));
  assert_null(trpt_policy_type_name(-1));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_result_types),         cmocka_unit_test(test_result_types_near_misses),
      cmocka_unit_test(test_result_types_unknown), cmocka_unit_test(test_policy_types),
      cmocka_unit_test(test_policy_types_unknown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
