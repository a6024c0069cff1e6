/* SPDX-License-Identifier: MIT */
/* The decoder reads what nearly all senders write in one loop, and leaves it at anything else. A form that the loop does not know,
   in any place of it, reads as it does byte by byte, which the loop cannot read at all. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "events.h"

/* Where a form is put. */
typedef enum place { IN_REPORT, IN_RANGE, IN_LIST, IN_SUMMARY, IN_FAILURE, IN_FAILURES, AFTER_REPORT, PLACES } place;

static const char *const parts[PLACES + 1] = {
    "{\"organization-name\":\"Example\"",
    ",\"date-range\":{\"start-datetime\":\"2026-01-01T00:00:00Z\"",
    ",\"end-datetime\":\"2026-01-01T23:59:59Z\"},\"contact-info\":\"tls@example.com\",\"report-id\":\"1\",\"policies\":"
    "[{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\"",
    ",\"mode: enforce\",\"mx: mx.example.com\",\"max_age: 86400\"],\"policy-domain\":\"example.com\","
    "\"mx-host\":[\"mx.example.com\"]},\"summary\":{\"total-successful-session-count\":5326",
    ",\"total-failure-session-count\":303},\"failure-details\":[{\"result-type\":\"certificate-expired\"",
    ",\"sending-mta-ip\":\"203.0.114.1\",\"receiving-mx-hostname\":\"mx.example.com\",\"failed-session-count\":100}",
    ",{\"result-type\":\"starttls-not-supported\",\"sending-mta-ip\":\"203.0.114.2\",\"receiving-mx-hostname\":"
    "\"mx.example.com\",\"failed-session-count\":203}]}]}",
    "",
};

typedef struct form {
  place place;
  const char *text;
} form;

#define TEN       "0123456789"
#define BLANKS_15 "               "

static const form forms[] = {
    {IN_FAILURE, ""}, /* nothing unusual */
    /* blanks */
    {IN_FAILURE, ", \"receiving-ip\": \"203.0.114.9\""},
    {IN_FAILURE, ",\n\t\"receiving-ip\": \"203.0.114.9\""},
    {IN_FAILURE, ",\r\n  \"receiving-ip\": \"203.0.114.9\""},
    {IN_FAILURE, ",\r\"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\t\"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",  \"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\n\n\"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\n" BLANKS_15 "\"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\n" BLANKS_15 " \"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\r\n" BLANKS_15 BLANKS_15 " \"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\n" BLANKS_15 BLANKS_15 "  \"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\n" BLANKS_15 BLANKS_15 "   \"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\n" BLANKS_15 "\t\"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\n" BLANKS_15 " \t\"receiving-ip\":\"203.0.114.9\""},
    /* a line break, and then something unusual */
    {IN_FAILURE, "\n,\n  \"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\n  \"x\":1,\n  \"receiving-ip\":null"},
    {IN_FAILURE, ",\r\n  \"receiving-ip\":\"\\u0032\""},
    {IN_FAILURE, ",\n\n  }"},
    {IN_FAILURE, "\n  \"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURES, ",\n  7"},
    {IN_LIST, ",\n  null"},
    {IN_LIST, ",\n  \"[\""},
    {IN_LIST, ",\n  ]"},
    {IN_FAILURE, " ,\"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, "\n,\"receiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\"receiving-ip\" :\"203.0.114.9\""},
    {IN_FAILURE, ",\"receiving-ip\":  \"203.0.114.9\""},
    {IN_FAILURES, "\n ,\n{\n}"},
    {IN_FAILURES, " \n]"},
    {IN_LIST, " , \"mx: mx.example.com\"\n"},
    {IN_LIST, "\n]"},
    {IN_RANGE, " }"},
    {IN_RANGE, "\n                                                                                                  }"},
    /* names */
    {IN_FAILURE, ",\"\\u0072eceiving-ip\":\"203.0.114.9\""},
    {IN_FAILURE, ",\"receiving-ips\":\"203.0.114.9\""},
    {IN_FAILURE, ",\"receiving-ip\"=\"203.0.114.9\""},
    {IN_FAILURE, ",\"a name that is longer than any other that there is\":1"},
    {IN_FAILURE, ",\"policies\":[]"},
    {IN_REPORT, ",\"x\":1,\"y\":{\"z\":[1,2]},\"policies\":null"},
    {IN_FAILURE, ",\"receiving-ip\":\"203.0.114.9\",\"receiving-ip\":\"203.0.114.8\""},
    {IN_FAILURE, ",\"failure-error-code\":\"a\",\"failure-reason-code\":\"b\""},
    {IN_FAILURE, ",\"failure-reason-code\":\"b\",\"failure-error-code\":\"a\""},
    {IN_FAILURE, ",receiving-ip:1"},
    {IN_FAILURE, ",}"},
    {IN_FAILURE, ",,"},
    /* strings */
    {IN_FAILURE, ",\"failure-reason-code\":\"\""},
    {IN_FAILURE, ",\"failure-reason-code\":\"a\\n\\u00e4\""},
    {IN_FAILURE, ",\"failure-reason-code\":\"\xC3\xA4\xFF\""},
    {IN_FAILURE, ",\"failure-reason-code\":\"a\nb\""},
    {IN_FAILURE, ",\"failure-reason-code\":\"<b>\""},
    {IN_FAILURE, ",\"failure-reason-code\":\"" TEN TEN TEN "1\""},
    {IN_FAILURE, ",\"failure-reason-code\":\"" TEN TEN TEN "12\""},
    {IN_FAILURE, ",\"failure-reason-code\":\"" TEN TEN TEN "123\""},
    {IN_FAILURE, ",\"failure-reason-code\":\"" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "\""},
    {IN_FAILURE, ",\"receiving-ip\":\"203.0.114.999\""},
    {IN_FAILURE, ",\"receiving-ip\":\"203.0.114.9\"x"},
    {IN_REPORT, ",\"report-id\":\"" TEN TEN TEN TEN "\""},
    {IN_RANGE, ",\"end-datetime\":\"yesterday\""},
    {IN_RANGE, ",\"end-datetime\":1767312000"},
    /* counts */
    {IN_SUMMARY, ",\"total-failure-session-count\":0"},
    {IN_SUMMARY, ",\"total-failure-session-count\":1234567"},
    {IN_SUMMARY, ",\"total-failure-session-count\":12345678"},
    {IN_SUMMARY, ",\"total-failure-session-count\":9007199254740993"},
    {IN_SUMMARY, ",\"total-failure-session-count\":01"},
    {IN_SUMMARY, ",\"total-failure-session-count\":-1"},
    {IN_SUMMARY, ",\"total-failure-session-count\":1.5"},
    {IN_SUMMARY, ",\"total-failure-session-count\":1e2"},
    {IN_SUMMARY, ",\"total-failure-session-count\":7 "},
    {IN_SUMMARY, ",\"total-failure-session-count\":7\n"},
    {IN_SUMMARY, ",\"total-failure-session-count\":7\r\n"},
    {IN_SUMMARY, ",\"total-failure-session-count\":\"7\""},
    {IN_FAILURE, ",\"failed-session-count\":0"},
    {IN_FAILURE, ",\"failed-session-count\":7]"},
    /* other types */
    {IN_FAILURE, ",\"receiving-ip\":null"},
    {IN_FAILURE, ",\"receiving-ip\":{\"a\":\"b\"}"},
    {IN_FAILURE, ",\"receiving-ip\":[\"a\"]"},
    {IN_SUMMARY, ",\"total-failure-session-count\":{}"},
    {IN_REPORT, ",\"date-range\":[]"},
    {IN_REPORT, ",\"policies\":{}"},
    /* elements */
    {IN_LIST, ",\"\""},
    {IN_LIST, ",\"mode: \xC3\xA4\""},
    {IN_LIST, ",\" mode: testing\""},
    {IN_LIST, ",\"[\\\"mode: testing\\\"]\""},
    {IN_LIST, ",\"mode: testing mx: a.example.com\""},
    {IN_LIST, ",\"<mode>\""},
    {IN_LIST, ",\"mx: " TEN TEN TEN TEN TEN TEN "\""},
    {IN_LIST, ",null,5,{\"a\":[]},[\"a\"]"},
    {IN_LIST, ",]"},
    {IN_LIST, "}"},
    {IN_FAILURES, ",{}"},
    {IN_FAILURES, ",{,}"},
    {IN_FAILURES, ",{\"result-type\":\"dane-required\"}"},
    {IN_FAILURES, ",null,5,\"a\",[{}]"},
    {IN_FAILURES, ",]"},
    {IN_FAILURES, "{}"},
    /* just so many bytes that the loop reads the end of the report */
    {AFTER_REPORT, "                                                                               "},
    {AFTER_REPORT, "                                                                              {"},
};

/* Limits that are reached inside of what the loop reads. */
static const trpt_options settings[] = {
    {.flags = 0},        {.flags = TRPT_STRICT}, {.flags = TRPT_NO_DIAGNOSTICS},
    {.max_string = 20},  {.max_strings = 2},     {.max_entry = 64},
    {.max_entry = 200},  {.max_depth = 3},       {.max_depth = 4},
    {.max_policies = 1}, {.max_failures = 1},    {.max_held = 1},
};

static size_t write_report(char *text, size_t size, const form *f, bool twice) {
  size_t len = 0;
  for (size_t i = 0; i <= PLACES; i++) {
    len += (size_t)snprintf(text + len, size - len, "%s", parts[i]);
    if (i < PLACES && (place)i == f->place)
      len += (size_t)snprintf(text + len, size - len, "%s%s", f->text, twice ? f->text : "");
  }
  assert_true(len < size);
  return len;
}

static void compare(trpt_parser *parser, const form *f, const trpt_options *options, bool twice) {
  char text[4096];
  events whole = {.what = EVENTS_MOVE}, bytes = {.what = EVENTS_MOVE}, cut = {.what = EVENTS_MOVE};
  const size_t len = write_report(text, sizeof text, f, twice);
  events_read(&bytes, parser, text, len, events_byte, NULL);
  events_read(&whole, parser, text, len, events_whole, NULL);
  for (size_t at = 7; at < len; at += 29) {
    size_t first = at;
    events_read(&cut, parser, text, len, events_cut_at, &first);
    if (strcmp(cut.text, whole.text) != 0)
      fail_msg("%s, cut at %zu:\n%s\nwhole:\n%s", f->text, at, cut.text, whole.text);
  }
  if (strcmp(bytes.text, whole.text) != 0)
    fail_msg("%s, flags %u:\n%s\nin bytes:\n%s", f->text, options->flags, whole.text, bytes.text);
  events_free(&whole);
  events_free(&bytes);
  events_free(&cut);
}

static void test_forms(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    trpt_options options = settings[i];
    trpt_parser *parser;
    options.struct_size = sizeof options;
    options.tokenizer = TRPT_TOKENIZER_BUILTIN;
    assert_int_equal(trpt_parser_new(&parser, &options), TRPT_OK);
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
      compare(parser, &forms[k], &options, false);
      compare(parser, &forms[k], &options, true);
    }
    trpt_parser_free(parser);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
