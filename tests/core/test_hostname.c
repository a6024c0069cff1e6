/* SPDX-License-Identifier: MIT */
/* One rule for host names, and all who apply it agree. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/policy.h>
#include <tlsrpt/record.h>

#include "base/hostname.h"
#include "parser/checks/checks.h"

#define LABEL_63 "a23456789-123456789-123456789-123456789-123456789-123456789-123"
#define NAME_251 LABEL_63 "." LABEL_63 "." LABEL_63 ".b23456789-123456789-123456789-123456789-123456789-123456789"

/* What trpt_record_name puts in front leaves room for so many bytes. */
enum { RECORD_NAME_MAX = TRPT_HOST_MAX_LEN - 11 };

static const struct {
  const char *name;
  trpt_host_verdict verdict;
} rows[] = {
    {"example.com", TRPT_HOST_GOOD},
    {"EXAMPLE.Com", TRPT_HOST_GOOD},
    {"a", TRPT_HOST_GOOD},
    {"1.b", TRPT_HOST_GOOD},
    {"a.b1", TRPT_HOST_GOOD},
    {"a.1b", TRPT_HOST_GOOD},
    {"xn--gpher-jua.test", TRPT_HOST_GOOD},
    {"9.9.9.example", TRPT_HOST_GOOD},
    {LABEL_63 ".b", TRPT_HOST_GOOD},
    {NAME_251 "-c", TRPT_HOST_GOOD},
    {NAME_251 ".cd", TRPT_HOST_TOO_LONG},
    {NAME_251 "-.-", TRPT_HOST_TOO_LONG},
    {"a" LABEL_63 ".b", TRPT_HOST_LONG_LABEL},
    {"b.a" LABEL_63, TRPT_HOST_LONG_LABEL},
    {"", TRPT_HOST_BAD_LABEL},
    {".", TRPT_HOST_BAD_LABEL},
    {"example.com.", TRPT_HOST_BAD_LABEL},
    {".example", TRPT_HOST_BAD_LABEL},
    {"a..b", TRPT_HOST_BAD_LABEL},
    {"-a-.example", TRPT_HOST_BAD_LABEL},
    {"a-.example", TRPT_HOST_BAD_LABEL},
    {"-a.example", TRPT_HOST_BAD_LABEL},
    {"example.-a", TRPT_HOST_BAD_LABEL},
    {"under_score.example", TRPT_HOST_BAD_LABEL},
    {"a b.example", TRPT_HOST_BAD_LABEL},
    {"*.example", TRPT_HOST_BAD_LABEL},
    {"b\xC3\xBC"
     "cher.example",
     TRPT_HOST_BAD_LABEL},
    {"[192.0.2.1]", TRPT_HOST_BAD_LABEL},
    {"192.0.2.1", TRPT_HOST_ADDRESS},
    {"example.123", TRPT_HOST_ADDRESS},
    {"123", TRPT_HOST_ADDRESS},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static trpt_str str(const char *text) { return (trpt_str){text, strlen(text)}; }

static void test_verdicts(void **state) {
  (void)state;
  for (size_t i = 0; i < ROWS; i++)
    if (trpt_host_check(str(rows[i].name)) != rows[i].verdict)
      fail_msg("%s: %d", rows[i].name, (int)trpt_host_check(str(rows[i].name)));
}

/* The parser's checks, MX patterns, and the name of the record. A final dot, which some allow, is another matter. */
static void test_agreement(void **state) {
  (void)state;
  for (size_t i = 0; i < ROWS; i++) {
    const trpt_str name = str(rows[i].name);
    const bool good = rows[i].verdict == TRPT_HOST_GOOD;
    if (name.len && name.ptr[name.len - 1] == '.') continue;
    trpt_codes host = {0}, domain = {0};
    trpt_check_host(name, &host);
    trpt_check_policy_domain(name, &domain);
    const trpt_status status = trpt_record_name(name.ptr, name.len, NULL, 0, NULL);
    if ((host.count == 0) != good) fail_msg("as a host: %s", rows[i].name);
    if ((domain.count == 0) != good) fail_msg("as a policy domain: %s", rows[i].name);
    if ((status == TRPT_E_BUFFER) != (good && name.len <= RECORD_NAME_MAX)) fail_msg("as a name: %s", rows[i].name);
  }
}

static const struct {
  const char *name, *parent;
  bool equal, within;
} pairs[] = {
    {"example.com", "example.com", true, true},
    {"example.com", "EXAMPLE.com.", true, true},
    {"Example.COM.", "example.com", true, true},
    {"mail.example.com", "example.com", false, true},
    {"mail.example.com.", "Example.com", false, true},
    {"MAIL.a.b.example.COM", "b.example.com.", false, true},
    {"badexample.com", "example.com", false, false},
    {"example.com", "mail.example.com", false, false},
    {"example.com", "example.org", false, false},
    {"a.com", "b.com", false, false},
    {"mail.example.com", "com", false, true},
    {"a", "a", true, true},
    {"a", "b", false, false},
    {"[.example", "{.example", false, false},
    {"12345678@", "12345678`", false, false},
    {"", "", false, false},
    {".", ".", false, false},
    {"", "a", false, false},
    {"a", "", false, false},
    {"a.", ".", false, false},
};

static void test_pairs(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    const trpt_str name = str(pairs[i].name), parent = str(pairs[i].parent);
    if (trpt_host_equal(name, parent) != pairs[i].equal) fail_msg("%s = %s", name.ptr, parent.ptr);
    if (trpt_host_equal(parent, name) != pairs[i].equal) fail_msg("%s = %s", parent.ptr, name.ptr);
    if (trpt_host_is_within(name, parent) != pairs[i].within) fail_msg("%s within %s", name.ptr, parent.ptr);
    const int32_t match = trpt_mx_match(parent.ptr, parent.len, name.ptr, name.len);
    if (match != pairs[i].equal) fail_msg("%s matches %s", parent.ptr, name.ptr);
  }
  const trpt_str absent = {NULL, 0};
  assert_false(trpt_host_equal(absent, absent));
  assert_false(trpt_host_is_within(absent, str("a")));
  assert_false(trpt_host_is_within(str("a"), absent));
  assert_int_equal(trpt_host_check(absent), TRPT_HOST_BAD_LABEL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_verdicts),
      cmocka_unit_test(test_agreement),
      cmocka_unit_test(test_pairs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
