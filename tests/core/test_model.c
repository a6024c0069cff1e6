/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/model.h>

typedef struct known_result {
  trpt_result_type type;
  const char *name;
  trpt_result_group group;
  bool loses_mail;
} known_result;

/* RFC 8460 s6.6, with the subsections of s4.3 that define them, and what RFC 8461 s5 and s3.3 have a sender do. */
static const known_result results[] = {
    {TRPT_RESULT_STARTTLS_NOT_SUPPORTED, "starttls-not-supported", TRPT_GROUP_NEGOTIATION, true},
    {TRPT_RESULT_CERTIFICATE_HOST_MISMATCH, "certificate-host-mismatch", TRPT_GROUP_NEGOTIATION, true},
    {TRPT_RESULT_CERTIFICATE_NOT_TRUSTED, "certificate-not-trusted", TRPT_GROUP_NEGOTIATION, true},
    {TRPT_RESULT_CERTIFICATE_EXPIRED, "certificate-expired", TRPT_GROUP_NEGOTIATION, true},
    {TRPT_RESULT_VALIDATION_FAILURE, "validation-failure", TRPT_GROUP_GENERAL, true},
    {TRPT_RESULT_STS_POLICY_FETCH_ERROR, "sts-policy-fetch-error", TRPT_GROUP_STS, false},
    {TRPT_RESULT_STS_POLICY_INVALID, "sts-policy-invalid", TRPT_GROUP_STS, false},
    {TRPT_RESULT_STS_WEBPKI_INVALID, "sts-webpki-invalid", TRPT_GROUP_STS, false},
    {TRPT_RESULT_TLSA_INVALID, "tlsa-invalid", TRPT_GROUP_DANE, true},
    {TRPT_RESULT_DNSSEC_INVALID, "dnssec-invalid", TRPT_GROUP_DANE, true},
    {TRPT_RESULT_DANE_REQUIRED, "dane-required", TRPT_GROUP_DANE, true},
};

enum { RESULTS = sizeof results / sizeof results[0] };

static const struct {
  const char *name, *title;
} policies[] = {{NULL, NULL}, {"tlsa", "DANE"}, {"sts", "MTA-STS"}, {"no-policy-found", "no policy found"}};
enum { POLICIES = sizeof policies / sizeof policies[0] - 1 };

static void test_result_types(void **state) {
  (void)state;
  assert_int_equal(trpt_result_type_count(), RESULTS);
  for (size_t i = 0; i < RESULTS; i++) {
    const char *name = results[i].name;
    assert_int_equal(results[i].type, i + 1);
    assert_int_equal(trpt_result_type_from_name(name, strlen(name)), results[i].type);
    assert_string_equal(trpt_result_type_name(results[i].type), name);
    assert_int_equal(trpt_result_type_group(results[i].type), results[i].group);
    assert_int_equal(trpt_result_type_loses_mail(results[i].type), results[i].loses_mail);
    /* What failed, and what to check. */
    const char *description = trpt_result_type_description(results[i].type);
    assert_non_null(strstr(description, ". "));
    assert_int_equal(description[strlen(description) - 1], '.');
  }
}

/* Each name with one byte changed, left out or added is another name. */
static void test_result_types_near_misses(void **state) {
  (void)state;
  for (size_t i = 0; i < RESULTS; i++) {
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
  static const trpt_result_type none[] = {0, RESULTS + 1, -1, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
    assert_null(trpt_result_type_name(none[i]));
    assert_int_equal(trpt_result_type_group(none[i]), TRPT_GROUP_UNKNOWN);
    assert_non_null(trpt_result_type_description(none[i]));
    assert_int_equal(trpt_result_type_loses_mail(none[i]), 1);
  }
}

static void test_policy_types(void **state) {
  (void)state;
  assert_int_equal(trpt_policy_type_count(), POLICIES);
  for (trpt_policy_type type = 1; type <= POLICIES; type++) {
    const char *name = policies[type].name;
    size_t len = strlen(name);
    assert_int_equal(trpt_policy_type_from_name(name, len), type);
    assert_int_equal(trpt_policy_type_from_name(name, len - 1), TRPT_POLICY_UNKNOWN);
    assert_string_equal(trpt_policy_type_name(type), name);
    assert_string_equal(trpt_policy_type_title(type), policies[type].title);
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
  static const trpt_policy_type none[] = {TRPT_POLICY_UNKNOWN, POLICIES + 1, -1, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
    assert_null(trpt_policy_type_name(none[i]));
    assert_null(trpt_policy_type_title(none[i]));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_result_types),         cmocka_unit_test(test_result_types_near_misses),
      cmocka_unit_test(test_result_types_unknown), cmocka_unit_test(test_policy_types),
      cmocka_unit_test(test_policy_types_unknown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
