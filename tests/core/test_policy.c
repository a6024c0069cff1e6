/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/policy.h>

/* A copy of exactly this length, so that a sanitizer sees each byte that is read behind it. */
static char *copy_of(const char *text, size_t len) {
  char *copy = malloc(len ? len : 1);
  assert_non_null(copy);
  memcpy(copy, text, len);
  return copy;
}

typedef struct sts_line {
  const char *line;
  const char *key; /* NULL: no line of a policy */
  const char *value;
} sts_line;

static const sts_line sts_lines[] = {
    {"version: STSv1", "version", "STSv1"},
    {"mx: *.example.com", "mx", "*.example.com"},
    {"max_age: 604800", "max_age", "604800"},
    {"mode:enforce", "mode", "enforce"},
    {"mode: \t enforce", "mode", "enforce"},
    {"mode: enforce \t", "mode", "enforce"},
    {"mode: enforce\n", "mode", "enforce"},
    {"mode: enforce\r\n", "mode", "enforce"},
    {"mode: enforce\r", "mode", "enforce"},
    {"mode: enforce  \r\n", "mode", "enforce"},
    {"x: a b:c", "x", "a b:c"},
    {"Mode: ENFORCE", "Mode", "ENFORCE"},
    {"9_-.: v", "9_-.", "v"},
    {"x: \xc3\xa4", "x", "\xc3\xa4"},
    {"a2345678901234567890123456789012: v", "a2345678901234567890123456789012", "v"},
    {"a23456789012345678901234567890123: v", NULL, NULL}, /* 33 */
    {"", NULL, NULL},
    {"\r\n", NULL, NULL},
    {"mode", NULL, NULL},
    {"mode enforce", NULL, NULL},
    {"mode:", NULL, NULL},
    {"mode: ", NULL, NULL},
    {"mode: \r\n", NULL, NULL},
    {": enforce", NULL, NULL},
    {" mode: enforce", NULL, NULL},
    {"mode : enforce", NULL, NULL},
    {"_mode: enforce", NULL, NULL},
    {"-mode: enforce", NULL, NULL},
    {".mode: enforce", NULL, NULL},
    {"mo de: enforce", NULL, NULL},
    {"m\xc3\xb6"
     "de: enforce",
     NULL, NULL},
    {"mode: enf\torce", NULL, NULL},
    {"mode: enf\x7f", NULL, NULL},
    {"mode: enforce\n\n", NULL, NULL},
    {"mode: enforce\nmx: a.example", NULL, NULL},
};

static void test_sts_lines(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof sts_lines / sizeof sts_lines[0]; i++) {
    const sts_line *t = &sts_lines[i];
    size_t len = strlen(t->line);
    char *line = copy_of(t->line, len);
    trpt_str key = {"x", 1}, value = {"x", 1};
    trpt_status status = trpt_sts_line_parse(line, len, &key, &value);
    if (status != (t->key ? TRPT_OK : TRPT_E_SYNTAX)) fail_msg("%s: %d", t->line, (int)status);
    if (t->key) {
      assert_int_equal(key.len, strlen(t->key));
      assert_memory_equal(key.ptr, t->key, key.len);
      assert_int_equal(value.len, strlen(t->value));
      assert_memory_equal(value.ptr, t->value, value.len);
    } else {
      assert_null(key.ptr);
      assert_null(value.ptr);
      assert_int_equal(key.len + value.len, 0);
    }
    free(line);
  }
}

static void test_sts_line_with_nul(void **state) {
  (void)state;
  trpt_str key, value;
  assert_int_equal(trpt_sts_line_parse("x: a\0b", 6, &key, &value), TRPT_E_SYNTAX);
  assert_int_equal(trpt_sts_line_parse("x\0: ab", 6, &key, &value), TRPT_E_SYNTAX);
}

/* sts-policy-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".") */
static void test_sts_names(void **state) {
  (void)state;
  static const char first[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  static const char marks[] = "_-.";
  for (int c = 0; c < 256; c++) {
    const char alone[] = {(char)c, ':', 'v'}, behind[] = {'x', (char)c, ':', 'v'};
    const bool begins = c && strchr(first, c), follows = begins || (c && strchr(marks, c));
    trpt_str key, value;
    assert_int_equal(trpt_sts_line_parse(alone, sizeof alone, &key, &value), begins ? TRPT_OK : TRPT_E_SYNTAX);
    if (c == ':') continue; /* the name is "x" then */
    assert_int_equal(trpt_sts_line_parse(behind, sizeof behind, &key, &value), follows ? TRPT_OK : TRPT_E_SYNTAX);
    if (follows) assert_int_equal(key.len, 2);
  }
}

static void test_sts_line_arguments(void **state) {
  (void)state;
  trpt_str key = {"x", 1}, value = {"x", 1};
  assert_int_equal(trpt_sts_line_parse(NULL, 0, &key, &value), TRPT_E_ARGUMENT);
  assert_null(key.ptr);
  assert_null(value.ptr);
  key.ptr = "x";
  assert_int_equal(trpt_sts_line_parse("x: y", 4, &key, NULL), TRPT_E_ARGUMENT);
  assert_null(key.ptr);
  assert_int_equal(trpt_sts_line_parse("x: y", 4, NULL, &value), TRPT_E_ARGUMENT);
}

static void test_sts_modes(void **state) {
  (void)state;
  static const char *const names[] = {NULL, "none", "testing", "enforce"};
  for (trpt_sts_mode mode = 1; mode <= 3; mode++) {
    assert_string_equal(trpt_sts_mode_name(mode), names[mode]);
    assert_int_equal(trpt_sts_mode_from_name(names[mode], strlen(names[mode])), mode);
    assert_int_equal(trpt_sts_mode_from_name(names[mode], strlen(names[mode]) - 1), TRPT_STS_MODE_UNKNOWN);
    assert_int_equal(trpt_sts_mode_from_name(names[mode], strlen(names[mode]) + 1), TRPT_STS_MODE_UNKNOWN);
  }
  assert_int_equal(trpt_sts_mode_from_name("Enforce", 7), TRPT_STS_MODE_UNKNOWN);
  assert_int_equal(trpt_sts_mode_from_name(NULL, 0), TRPT_STS_MODE_UNKNOWN);
  assert_int_equal(trpt_sts_mode_from_name("", 0), TRPT_STS_MODE_UNKNOWN);
  assert_null(trpt_sts_mode_name(TRPT_STS_MODE_UNKNOWN));
  assert_null(trpt_sts_mode_name(4));
  assert_null(trpt_sts_mode_name(-1));
}

typedef struct tlsa_case {
  const char *text;
  int32_t usage; /* -1: no TLSA record */
  uint32_t selector, matching_type;
  const char *data;
} tlsa_case;

#define SHA256 "8cb0fc6c527506a053f4f14c8464bebbd6dede2738d11468dd953d7d6a3021f1"

static const tlsa_case tlsa_cases[] = {
    {"3 1 1 " SHA256, 3, 1, 1, SHA256},
    {"3 0 1 1F850A337E6DB9C609C522D136A475638CC43E1ED424F8EEC8513D747D1D085D", 3, 0, 1,
     "1F850A337E6DB9C609C522D136A475638CC43E1ED424F8EEC8513D747D1D085D"},
    {"0 0 0 ab", 0, 0, 0, "ab"},
    {"255 255 255 AbCd", 255, 255, 255, "AbCd"},
    {"003 01 0 ab", 3, 1, 0, "ab"},
    {"3   1\t1 ab", 3, 1, 1, "ab"},
    {" 3 1 1 ab \r\n", 3, 1, 1, "ab"},
    {"3 1 1 ab cd", 3, 1, 1, "ab cd"},
    {"3 1 1 a b", 3, 1, 1, "a b"},
    {"3 1 1 8cb0fc6c527506a0\n  53f4f14c8464bebb", 3, 1, 1, "8cb0fc6c527506a0\n  53f4f14c8464bebb"},
    {"3 1 1 0123456789abcdefABCDEF", 3, 1, 1, "0123456789abcdefABCDEF"},
    {"", -1, 0, 0, NULL},
    {"   ", -1, 0, 0, NULL},
    {"3", -1, 0, 0, NULL},
    {"3 1 1", -1, 0, 0, NULL},
    {"3 1 1 ", -1, 0, 0, NULL},
    {"3 1 ab", -1, 0, 0, NULL},
    {"3 1 1 abc", -1, 0, 0, NULL},
    {"3 1 1 a b c", -1, 0, 0, NULL},
    {"3 1 1 ag", -1, 0, 0, NULL},
    {"3 1 1 8cb0fc6c527506a053f4f14c8464bebg", -1, 0, 0, NULL},
    {"3 1 1 8cb0fc6c527506a053f4f14c8464be\xe2\x82", -1, 0, 0, NULL},
    {"3 1 1 8cb0fc6c/27506a053f4f14c8464bebb", -1, 0, 0, NULL},
    {"3 1 1 8cb0fc6c:27506a053f4f14c8464bebb", -1, 0, 0, NULL},
    {"3 1 1 8cb0fc6c@27506a053f4f14c8464bebb", -1, 0, 0, NULL},
    {"3 1 1 8cb0fc6cG27506a053f4f14c8464bebb", -1, 0, 0, NULL},
    {"3 1 1 8cb0fc6c`27506a053f4f14c8464bebb", -1, 0, 0, NULL},
    {"256 1 1 ab", -1, 0, 0, NULL},
    {"3 256 1 ab", -1, 0, 0, NULL},
    {"3 1 256 ab", -1, 0, 0, NULL},
    {"4294967299 1 1 ab", -1, 0, 0, NULL},
    {"18446744073709551619 1 1 ab", -1, 0, 0, NULL},
    {"-3 1 1 ab", -1, 0, 0, NULL},
    {"+3 1 1 ab", -1, 0, 0, NULL},
    {"0x3 1 1 ab", -1, 0, 0, NULL},
    {"3,1,1,ab", -1, 0, 0, NULL},
    {"3 1 1 (ab)", -1, 0, 0, NULL},
    {"3 1 1 ab;", -1, 0, 0, NULL},
    {"_25._tcp.mx.example. IN TLSA 3 1 1 ab", -1, 0, 0, NULL},
};

static void test_tlsa(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof tlsa_cases / sizeof tlsa_cases[0]; i++) {
    const tlsa_case *t = &tlsa_cases[i];
    size_t len = strlen(t->text);
    char *text = copy_of(t->text, len);
    trpt_tlsa tlsa = {9, 9, 9, 9, {"x", 1}};
    trpt_status status = trpt_tlsa_parse(text, len, &tlsa);
    if (status != (t->usage >= 0 ? TRPT_OK : TRPT_E_SYNTAX)) fail_msg("%s: %d", t->text, (int)status);
    assert_int_equal(tlsa.usage, t->usage >= 0 ? t->usage : 0);
    assert_int_equal(tlsa.selector, t->selector);
    assert_int_equal(tlsa.matching_type, t->matching_type);
    assert_int_equal(tlsa.reserved, 0);
    if (t->data) {
      assert_int_equal(tlsa.data.len, strlen(t->data));
      assert_memory_equal(tlsa.data.ptr, t->data, tlsa.data.len);
    } else {
      assert_null(tlsa.data.ptr);
      assert_int_equal(tlsa.data.len, 0);
    }
    free(text);
  }
}

/* A byte that is no hex digit is found at every place of data of every length. */
static void test_tlsa_every_place(void **state) {
  (void)state;
  char text[6 + 40];
  for (size_t digits = 2; digits <= 40; digits += 2) {
    memcpy(text, "3 1 1 ", 6);
    memset(text + 6, '7', digits);
    for (size_t at = 0; at < digits; at++)
      for (int byte = 0; byte < 256; byte++) {
        text[6 + at] = (char)byte;
        char *copy = copy_of(text, 6 + digits);
        trpt_tlsa tlsa;
        int hex = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
        /* A blank makes the number of digits odd. */
        assert_int_equal(trpt_tlsa_parse(copy, 6 + digits, &tlsa), hex ? TRPT_OK : TRPT_E_SYNTAX);
        free(copy);
        text[6 + at] = '7';
      }
  }
}

static void test_tlsa_arguments(void **state) {
  (void)state;
  trpt_tlsa tlsa = {9, 9, 9, 9, {"x", 1}};
  assert_int_equal(trpt_tlsa_parse(NULL, 0, &tlsa), TRPT_E_ARGUMENT);
  assert_int_equal(tlsa.usage, 0);
  assert_null(tlsa.data.ptr);
  assert_int_equal(trpt_tlsa_parse("3 1 1 ab", 8, NULL), TRPT_E_ARGUMENT);
}

typedef struct mx_case {
  const char *pattern;
  const char *host;
  int32_t match;
} mx_case;

static const mx_case mx_cases[] = {
    {"mail.example.com", "mail.example.com", 1},
    {"mail.example.com", "MAIL.Example.COM", 1},
    {"MAIL.example.com", "mail.example.com", 1},
    {"mail.example.com", "mail.example.com.", 1},
    {"mail.example.com.", "mail.example.com", 1},
    {"mail.example.com.", "mail.example.com.", 1},
    {"mail.example.com", "mail.example.com..", 0},
    {"mail.example.com", "mx.example.com", 0},
    {"mail.example.com", "example.com", 0},
    {"mail.example.com", "a.mail.example.com", 0},
    {"mail.example.com", "mail.example.co", 0},
    {"*.example.com", "mail.example.com", 1},
    {"*.example.com", "MAIL.EXAMPLE.COM", 1},
    {"*.EXAMPLE.com", "mail.example.com.", 1},
    {"*.example.com.", "mail.example.com", 1},
    {"*.example.com", "xn--mgbh0fb.example.com", 1},
    {"*.example.com", "example.com", 0},
    {"*.example.com", ".example.com", 0},
    {"*.example.com", "foo.bar.example.com", 0},
    {"*.example.com", "mailexample.com", 0},
    {"*.example.com", "mail.example.org", 0},
    {"*.example.com", "mail.example.com.org", 0},
    {"*.com", "example.com", 1},
    {"*.com", "com", 0},
    {"*.com", "example.com.", 1},
    {"*.com", ".com", 0},
    {"*", "example", 0},
    {"*.", "example", 0},
    {"*.", "*.", 1},
    {"*", "example.com", 0},
    {"ma*.example.com", "mail.example.com", 0},
    {"mail.*.com", "mail.example.com", 0},
    {"*mail.example.com", "amail.example.com", 0},
    {"*.*.example.com", "a.b.example.com", 0},
    {"localhost", "LOCALHOST", 1},
    {"", "mail.example.com", 0},
    {"mail.example.com", "", 0},
    {"", "", 0},
    {".", ".", 0},
    {".", "", 0},
    {"example.com", ".", 0},
    {".", "example.com", 0},
    {"*.", ".", 0},
    {"\xc3\xa4.example", "\xc3\xa4.example", 1},
    {"\xc3\xa4.example", "\xc3\x84.example", 0},
    {"mail[example", "mail{example", 0},
    {"mail@example", "mail`example", 0},
};

static void test_mx_match(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof mx_cases / sizeof mx_cases[0]; i++) {
    const mx_case *t = &mx_cases[i];
    size_t pattern_len = strlen(t->pattern), host_len = strlen(t->host);
    char *pattern = copy_of(t->pattern, pattern_len), *host = copy_of(t->host, host_len);
    if (trpt_mx_match(pattern, pattern_len, host, host_len) != t->match) fail_msg("%s %s", t->pattern, t->host);
    free(pattern);
    free(host);
  }
  assert_int_equal(trpt_mx_match(NULL, 0, "a", 1), 0);
  assert_int_equal(trpt_mx_match(NULL, 1, "a", 1), 0);
  assert_int_equal(trpt_mx_match("a", 1, NULL, 1), 0);
}

/* Every pair of bytes at every place: one that matches itself, or the same letter of the other case, and nothing else. */
static void test_mx_match_every_place(void **state) {
  (void)state;
  char pattern[24], host[24];
  for (size_t len = 2; len <= sizeof pattern; len++) {
    memset(pattern, 'x', sizeof pattern);
    memset(host, 'X', sizeof host);
    for (size_t at = 0; at + 1 < len; at++) {
      for (int a = 0; a < 256; a++)
        for (int flip = 0; flip < 256; flip++) {
          const int letter = (a | 0x20) >= 'a' && (a | 0x20) <= 'z';
          pattern[at] = (char)a;
          host[at] = (char)(a ^ flip);
          const int expected = flip == 0 || (flip == 0x20 && letter);
          if (trpt_mx_match(pattern, len, host, len) != expected)
            fail_msg("%zu at %zu: %02x, flip %02x", len, at, a, flip);
        }
      pattern[at] = 'x';
      host[at] = 'X';
    }
  }
}

/* RFC 8461 s3.2: of a repeated key the first counts. */
static void test_policy_mode(void **state) {
  (void)state;
  static const struct {
    const char *strings[4];
    trpt_sts_mode mode;
  } rows[] = {
      {{"version: STSv1", "mode: enforce", "max_age: 1"}, TRPT_STS_MODE_ENFORCE},
      {{"version: STSv1", "mode: testing\r\n"}, TRPT_STS_MODE_TESTING},
      {{"mode:none"}, TRPT_STS_MODE_NONE},
      {{"mode: testing", "mode: enforce"}, TRPT_STS_MODE_TESTING},
      {{"mode: Enforce", "mode: enforce"}, TRPT_STS_MODE_UNKNOWN},
      {{"mode:", "mode: enforce"}, TRPT_STS_MODE_ENFORCE}, /* the first is no line of a policy */
      {{"version: STSv1\nmode: enforce\nmax_age: 1"}, TRPT_STS_MODE_ENFORCE},
      {{"version: STSv1\r\nmode: testing\r\nmax_age: 1\r\n"}, TRPT_STS_MODE_TESTING},
      {{"version: STSv1\n\nmode: testing", "mode: enforce"}, TRPT_STS_MODE_TESTING},
      {{"mode: testing\nmode: enforce"}, TRPT_STS_MODE_TESTING},
      {{"Mode: enforce"}, TRPT_STS_MODE_UNKNOWN},
      {{"mode: enforce more"}, TRPT_STS_MODE_UNKNOWN},
      {{"modes: enforce"}, TRPT_STS_MODE_UNKNOWN},
      {{"", "\n"}, TRPT_STS_MODE_UNKNOWN},
      {{0}, TRPT_STS_MODE_UNKNOWN},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    trpt_str strings[4];
    trpt_policy policy = {.type = TRPT_POLICY_STS, .strings = strings};
    for (; policy.string_count < 4 && rows[i].strings[policy.string_count]; policy.string_count++) {
      const char *text = rows[i].strings[policy.string_count];
      strings[policy.string_count] = (trpt_str){copy_of(text, strlen(text)), strlen(text)};
    }
    if (trpt_policy_mode(&policy) != rows[i].mode) fail_msg("row %zu: %d", i, (int)trpt_policy_mode(&policy));
    policy.type = TRPT_POLICY_TLSA;
    assert_int_equal(trpt_policy_mode(&policy), TRPT_STS_MODE_UNKNOWN);
    policy.type = TRPT_POLICY_UNKNOWN;
    assert_int_equal(trpt_policy_mode(&policy), TRPT_STS_MODE_UNKNOWN);
    for (uint32_t k = 0; k < policy.string_count; k++) free((void *)(uintptr_t)strings[k].ptr);
  }
  const trpt_policy bare = {.type = TRPT_POLICY_STS, .string_count = 1};
  assert_int_equal(trpt_policy_mode(&bare), TRPT_STS_MODE_UNKNOWN);
  assert_int_equal(trpt_policy_mode(NULL), TRPT_STS_MODE_UNKNOWN);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sts_lines),
      cmocka_unit_test(test_sts_line_with_nul),
      cmocka_unit_test(test_sts_names),
      cmocka_unit_test(test_sts_line_arguments),
      cmocka_unit_test(test_policy_mode),
      cmocka_unit_test(test_sts_modes),
      cmocka_unit_test(test_tlsa),
      cmocka_unit_test(test_tlsa_every_place),
      cmocka_unit_test(test_tlsa_arguments),
      cmocka_unit_test(test_mx_match),
      cmocka_unit_test(test_mx_match_every_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
