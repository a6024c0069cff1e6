/* SPDX-License-Identifier: MIT */
/* report.duplicate-policy: of equal policies all but the first are told, as far as one is among the last few. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tlsrpt/parser.h>

enum { POLICIES = 3000, DOMAINS = 100, REMEMBERED = 64 };

typedef struct told {
  bool policies[POLICIES]; /* by their index in the report */
} told;

static int on_diagnostic(void *user, const trpt_diagnostic *diagnostic) {
  told *t = user;
  unsigned index;
  if (strcmp(diagnostic->code, "report.duplicate-policy") == 0) {
    assert_int_equal(sscanf(diagnostic->where, "policies[%u].policy", &index), 1);
    assert_true(index < POLICIES && !t->policies[index]);
    t->policies[index] = true;
  }
  return 0;
}

static trpt_parser *new_parser(told *t) {
  const trpt_options options = {.struct_size = sizeof options, .max_diagnostics = UINT32_MAX};
  const trpt_handler handler = {.struct_size = sizeof handler, .on_diagnostic = on_diagnostic};
  trpt_parser *parser;
  assert_int_equal(trpt_parser_new(&parser, &options), TRPT_OK);
  assert_int_equal(trpt_parser_set_handler(parser, &handler, t), TRPT_OK);
  return parser;
}

static void feed(trpt_parser *parser, const char *text) {
  assert_int_equal(trpt_parser_feed(parser, text, strlen(text)), TRPT_OK);
}

static void feed_policy(trpt_parser *parser, const char *type, const char *domain, const char *mx_host) {
  char text[256];
  snprintf(text, sizeof text,
           "{\"policy\":{\"policy-type\":\"%s\",\"policy-domain\":\"%s\",\"mx-host\":[\"%s\"]},\"summary\":{}},", type,
           domain, mx_host);
  feed(parser, text);
}

static void feed_end(trpt_parser *parser) {
  feed(parser, "0]}");
  assert_int_equal(trpt_parser_finish(parser), TRPT_OK);
}

/* Against a plain list of those that were no repetitions. */
static void test_last_ones(void **state) {
  (void)state;
  static told t;
  uint32_t random = 1, list[POLICIES], count = 0;
  bool expected[POLICIES] = {false};
  trpt_parser *parser = new_parser(&t);
  for (int round = 0; round < 2; round++) { /* the second after a reset, with nothing left of the first */
    count = 0;
    memset(expected, 0, sizeof expected);
    memset(&t, 0, sizeof t);
    trpt_parser_reset(parser);
    feed(parser, "{\"policies\":[");
    for (uint32_t i = 0; i < POLICIES; i++) {
      char domain[32];
      random = random * 1664525 + 1013904223;
      const uint32_t number = (random >> 16) % DOMAINS;
      for (uint32_t k = count > REMEMBERED ? count - REMEMBERED : 0; k < count; k++)
        if (list[k] == number) expected[i] = true;
      if (!expected[i]) list[count++] = number;
      snprintf(domain, sizeof domain, "d%u.example", number);
      feed_policy(parser, "tlsa", domain, "");
    }
    feed_end(parser);
    for (uint32_t i = 0; i < POLICIES; i++)
      if (t.policies[i] != expected[i]) fail_msg("policy %u", i);
  }
  trpt_parser_free(parser);
}

/* Every text counts from its first byte to its last, but for the case of letters. */
static void test_every_place(void **state) {
  (void)state;
  static told t;
  char texts[2][32];
  trpt_parser *parser = new_parser(&t);
  for (size_t len = 1; len < sizeof texts[0]; len++) {
    for (int which = 0; which < 2; which++) {
      memset(texts, 0, sizeof texts);
      memset(&t, 0, sizeof t);
      memset(texts[0], 'x', len);
      memset(texts[1], 'y', len);
      trpt_parser_reset(parser);
      feed(parser, "{\"policies\":[");
      feed_policy(parser, "sts", texts[0], texts[1]);
      feed_policy(parser, "sts", texts[1], texts[0]);
      for (size_t at = 0; at < len; at++) {
        const char byte = texts[which][at];
        texts[which][at] = 'z';
        feed_policy(parser, "sts", texts[0], texts[1]);
        texts[which][at] = (char)(byte - 0x20);
        feed_policy(parser, "sts", texts[0], texts[1]); /* the only ones that repeat the first */
        texts[which][at] = byte;
      }
      texts[which][len - 1] = '\0';
      if (len > 1) feed_policy(parser, "sts", texts[0], texts[1]);
      feed_end(parser);
      for (size_t i = 0; i < 2 * len + 3; i++)
        if (t.policies[i] != (i >= 2 && i < 2 * len + 2 && i % 2 == 1)) fail_msg("length %zu, policy %zu", len, i);
    }
  }
  trpt_parser_free(parser);
}

/* Only the members of the policy object count, and not what is before or after it in the element. */
static void test_other_members(void **state) {
  (void)state;
  static const char policy[] = "\"policy\":{\"policy-type\":\"tlsa\",\"policy-domain\":\"a.example\"}";
  static const char *const before[] = {"", "\"failure-details\":[],",
                                       "\"summary\":{\"total-failure-session-count\":1},"};
  enum { FORMS = sizeof before / sizeof before[0] };
  static told t;
  trpt_parser *parser = new_parser(&t);
  for (size_t first = 0; first < FORMS; first++) {
    memset(&t, 0, sizeof t);
    trpt_parser_reset(parser);
    feed(parser, "{\"policies\":[");
    for (size_t i = 0; i < FORMS; i++) {
      feed(parser, "{");
      feed(parser, before[(first + i) % FORMS]);
      feed(parser, policy);
      feed(parser, "},");
    }
    feed_end(parser);
    for (size_t i = 0; i < FORMS; i++)
      if (t.policies[i] != (i != 0)) fail_msg("after form %zu: policy %zu", first, i);
  }
  trpt_parser_free(parser);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_last_ones),
      cmocka_unit_test(test_every_place),
      cmocka_unit_test(test_other_members),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
