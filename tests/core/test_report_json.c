/* SPDX-License-Identifier: MIT */
/* The JSON for programs: reports, errors with the diagnostics before them, and diagnostics alone. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tlsrpt/trpt.h>

#include "events.h"
#include "output_text.h"
#include "report_files.h"

#define STR(literal)                                                                                                   \
  { literal, sizeof literal - 1 }

/* In what is expected, MESSAGE(CODE) stands for the message of a code. */
static void expand(output_text *to, const char *expected) {
  static const char begin[] = "MESSAGE(";
  output_text_clear(to);
  for (const char *next; (next = strstr(expected, begin)); expected = strchr(next, ')') + 1) {
    char code[64];
    assert_int_equal(sscanf(next + strlen(begin), "%63[^)]", code), 1);
    const char *message = trpt_diagnostic_message(code);
    assert_non_null(message);
    if (next > expected) output_text_append(to, expected, (size_t)(next - expected));
    output_text_append(to, message, strlen(message));
  }
  output_text_append(to, expected, strlen(expected));
}

static void check(const char *why, const output_text *got, const char *expected) {
  static output_text expanded;
  expand(&expanded, expected);
  if (strcmp(got->bytes, expanded.bytes) == 0) return;
  fprintf(stderr, "%s:\n%s\n---- instead of\n%s\n", why, got->bytes, expanded.bytes); /* fail_msg would cut it */
  fail();
}

static trpt_report *parse(const char *json) {
  trpt_report *report;
  assert_int_equal(trpt_report_parse(json, strlen(json), NULL, &report, NULL), TRPT_OK);
  return report;
}

static const trpt_source a_source = {.struct_size = sizeof a_source, .name = STR("a.json"), .key = STR("K")};

/* ---- reports ---- */

static void test_reports(void **state) {
  (void)state;
  static output_text got;
  static const struct {
    const char *why;
    const char *json;
    const char *expected;
  } cases[] = {
      {"every member",
       "{\"report-id\":\"id-1\",\"contact-info\":\"c@org.example\",\"date-range\":{\"end-datetime\":\"2026-03-01T23:59:"
       "59Z\","
       "\"start-datetime\":\"2026-03-01T01:00:00+01:00\"},\"organization-name\":\"Org\",\"policies\":[{\"failure-"
       "details\":["
       "{\"failure-reason-code\":\"why\",\"additional-information\":\"https://org.example/"
       "\",\"failed-session-count\":3,"
       "\"receiving-ip\":\"8.8.8.8\",\"receiving-mx-helo\":\"helo.example\",\"receiving-mx-hostname\":\"mx.example."
       "com\","
       "\"sending-mta-ip\":\"8.8.4.4\",\"result-type\":\"certificate-expired\"}],\"summary\":{"
       "\"total-failure-session-count\":3,\"total-successful-session-count\":9007199254740991},\"policy\":{"
       "\"mx-host\":[\"mx.example.com\"],\"policy-domain\":\"example.com\",\"policy-string\":[\"version: STSv1\","
       "\"mode: testing\",\"mx: mx.example.com\",\"max_age: 86400\"],\"policy-type\":\"sts\"}}]}",
       "{\"source\":\"a.json\",\"organization-name\":\"Org\",\"date-range\":{\"start-datetime\":\"2026-03-01T00:00:"
       "00Z\","
       "\"end-datetime\":\"2026-03-01T23:59:59Z\"},\"contact-info\":\"c@org.example\",\"report-id\":\"id-1\","
       "\"policies\":["
       "{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\",\"mode: testing\",\"mx: "
       "mx.example.com\","
       "\"max_age: 86400\"],\"policy-domain\":\"example.com\",\"mx-host\":[\"mx.example.com\"]},\"summary\":{"
       "\"total-successful-session-count\":9007199254740991,\"total-failure-session-count\":3},\"failure-details\":"
       "["
       "{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"8.8.4.4\",\"receiving-mx-hostname\":\"mx.example."
       "com\","
       "\"receiving-mx-helo\":\"helo.example\",\"receiving-ip\":\"8.8.8.8\",\"failed-session-count\":3,"
       "\"additional-information\":\"https://org.example/\",\"failure-reason-code\":\"why\"}]}],\"report_key\":\"K\","
       "\"diagnostics\":[]}"},
      {"no member", "{\"policies\":[]}",
       "{\"source\":\"a.json\",\"policies\":[],\"report_key\":\"K\",\"diagnostics\":["
       "{\"code\":\"report.no-policies\",\"severity\":\"warning\",\"line\":1,\"column\":13,\"offset\":12,"
       "\"where\":\"policies\",\"message\":\"MESSAGE(report.no-policies)\",\"section\":\"RFC 8460 s4\"},"
       "{\"code\":\"report.missing-member\",\"severity\":\"error\",\"line\":1,\"column\":1,\"offset\":0,"
       "\"where\":\"organization-name\",\"message\":\"MESSAGE(report.missing-member)\",\"section\":\"RFC 8460 s4.4\"},"
       "{\"code\":\"report.missing-member\",\"severity\":\"error\",\"line\":1,\"column\":1,\"offset\":0,"
       "\"where\":\"date-range\",\"message\":\"MESSAGE(report.missing-member)\",\"section\":\"RFC 8460 s4.4\"},"
       "{\"code\":\"report.missing-member\",\"severity\":\"error\",\"line\":1,\"column\":1,\"offset\":0,"
       "\"where\":\"contact-info\",\"message\":\"MESSAGE(report.missing-member)\",\"section\":\"RFC 8460 s4.4\"},"
       "{\"code\":\"report.missing-member\",\"severity\":\"error\",\"line\":1,\"column\":1,\"offset\":0,"
       "\"where\":\"report-id\",\"message\":\"MESSAGE(report.missing-member)\",\"section\":\"RFC 8460 s4.4\"}]}"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    trpt_report *report = parse(cases[i].json);
    output_text_clear(&got);
    assert_int_equal(trpt_report_json(report, NULL, &a_source, 0, output_text_append, &got), TRPT_OK);
    check(cases[i].why, &got, cases[i].expected);
    trpt_report_free(report);
  }
}

/* What the source says, and what becomes of what it does not. */
static void test_sources(void **state) {
  (void)state;
  static output_text got;
  static const trpt_diagnostic own = {.code = "c",
                                      .severity = TRPT_INFO,
                                      .line = 1,
                                      .column = 2,
                                      .offset = 3,
                                      .where = "w",
                                      .message = "m",
                                      .section = "s"};
  static const trpt_diagnostic *const list[] = {&own, &own};
  char key[33], computed[128];
  trpt_report *report = parse("{\"policies\":[],\"report-id\":\"\\u202e\",\"contact-info\":[]}");
  assert_int_equal(trpt_report_key(report, key, sizeof key, NULL), TRPT_OK);
  snprintf(computed, sizeof computed,
           "{\"report-id\":\"\\u202e\",\"policies\":[],\"report_key\":\"%s\",\"diagnostics\":[{", key);
#define OWN                                                                                                            \
  "{\"code\":\"c\",\"severity\":\"info\",\"line\":1,\"column\":2,\"offset\":3,\"where\":\"w\",\"message\":\"m\","      \
  "\"section\":\"s\"}"
  const struct {
    const char *why;
    const trpt_source *source;
    const char *expected; /* its beginning */
  } cases[] = {
      {"no source", NULL, computed},
      {"nothing known", &(trpt_source){.struct_size = sizeof(trpt_source)}, computed},
      {"a name", &(trpt_source){.struct_size = sizeof(trpt_source), .name = STR("\"\0\x1B")},
       "{\"source\":\"\\\"\\u0000\\u001b\",\"report-id\":"},
      {"an empty name", &(trpt_source){.struct_size = sizeof(trpt_source), .name = STR("")},
       "{\"source\":\"\",\"report-id\":"},
      {"no diagnostics",
       &(trpt_source){.struct_size = sizeof(trpt_source), .key = STR("K"), .diagnostics = list, .diagnostic_count = 0},
       "{\"report-id\":\"\\u202e\",\"policies\":[],\"report_key\":\"K\",\"diagnostics\":[]}"},
      {"a mail",
       &(trpt_source){.struct_size = sizeof(trpt_source),
                      .key = STR("K"),
                      .report_domain = STR("d.example"),
                      .message_id = STR("\x1B"),
                      .dkim = STR("none")},
       "{\"report-id\":\"\\u202e\",\"policies\":[],\"report_key\":\"K\",\"report_domain\":\"d.example\",\"message_id\":"
       "\"\\u001b\",\"dkim\":\"none\",\"diagnostics\":["},
      {"other diagnostics",
       &(trpt_source){.struct_size = sizeof(trpt_source), .key = STR("K"), .diagnostics = list, .diagnostic_count = 2},
       "{\"report-id\":\"\\u202e\",\"policies\":[],\"report_key\":\"K\",\"diagnostics\":[" OWN "," OWN "]}"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    output_text_clear(&got);
    assert_int_equal(trpt_report_json(report, NULL, cases[i].source, 0, output_text_append, &got), TRPT_OK);
    if (strncmp(got.bytes, cases[i].expected, strlen(cases[i].expected)) != 0)
      check(cases[i].why, &got, cases[i].expected);
  }
  trpt_report_free(report);
}

static void test_pretty(void **state) {
  (void)state;
  static output_text got;
  static const trpt_error error = {.status = TRPT_E_JSON, .message = "m"};
  const trpt_diagnostic *const none[] = {NULL};
  trpt_source source = a_source;
  source.diagnostics = none;
  trpt_report *report = parse("{\"policies\":[{}]}");
  output_text_clear(&got);
  assert_int_equal(trpt_report_json(report, NULL, &source, TRPT_PRETTY, output_text_append, &got), TRPT_OK);
  check("a report", &got,
        "{\n  \"source\": \"a.json\",\n  \"policies\": [\n    {}\n  ],\n  \"report_key\": \"K\",\n  \"diagnostics\": "
        "[]\n}\n");
  trpt_report_free(report);
  output_text_clear(&got);
  assert_int_equal(trpt_error_json(&error, NULL, TRPT_PRETTY, output_text_append, &got), TRPT_OK);
  check("an error", &got,
        "{\n  \"status\": \"TRPT_E_JSON\",\n  \"code\": null,\n  \"line\": 0,\n  \"column\": 0,\n  \"offset\": 0,\n"
        "  \"where\": \"\",\n  \"message\": \"m\"\n}\n");
}

/* Controls and characters that cannot be seen never come out as they are; all else does. */
static void test_hostile_strings(void **state) {
  (void)state;
  static output_text got;
  static const struct {
    trpt_str name;
    const char *expected;
  } cases[] = {
      {STR("\b\t\n\f\r\"\\/"), "\\b\\t\\n\\f\\r\\\"\\\\/"},
      {STR("\0\x1F\x7F"), "\\u0000\\u001f\\u007f"},
      {STR("\xC2\x9B\xC2\xAD\xE2\x80\x8B\xE2\x81\xA6"), "\\u009b\\u00ad\\u200b\\u2066"},
      {STR("\xEF\xBB\xBF\xEF\xBF\xBF\xF3\xA0\x80\x81"), "\\ufeff\\uffff\\udb40\\udc01"},
      {STR("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"), "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"},
      {STR("\xFFz\xE2\x82z\xC3"), "\xEF\xBF\xBDz\xEF\xBF\xBDz\xEF\xBF\xBD"},
  };
  trpt_report *report = parse("{\"policies\":[]}");
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char expected[256];
    const trpt_source source = {.struct_size = sizeof source, .name = cases[i].name};
    snprintf(expected, sizeof expected, "{\"source\":\"%s\",\"policies\"", cases[i].expected);
    output_text_clear(&got);
    assert_int_equal(trpt_report_json(report, NULL, &source, 0, output_text_append, &got), TRPT_OK);
    if (strncmp(got.bytes, expected, strlen(expected)) != 0) check("a name", &got, expected);
  }
  trpt_report_free(report);
}

/* ---- what cannot be read ---- */

static trpt_status read_chunks(trpt_parser *parser, const char *json, size_t chunk, trpt_report **report) {
  trpt_status status = TRPT_MORE;
  for (size_t at = 0, len = strlen(json); at < len && status == TRPT_MORE; at += chunk)
    status = trpt_report_read(parser, json + at, len - at < chunk ? len - at : chunk, report);
  return status == TRPT_MORE ? trpt_report_read(parser, NULL, 0, report) : status;
}

#define DUPLICATE                                                                                                      \
  "{\"code\":\"json.duplicate-member\",\"severity\":\"error\",\"line\":1,\"column\":18,\"offset\":17,\"where\":"       \
  "\"report-id\",\"message\":\"MESSAGE(json.duplicate-member)\",\"section\":\"RFC 7493 s2.3\"}"
#define BAD                                                                                                            \
  "\"error\":{\"status\":\"TRPT_E_TRUNCATED\",\"code\":\"json.not-json\",\"line\":1,\"column\":33,\"offset\":32,"      \
  "\"where\":\"\",\"message\":\"MESSAGE(json.not-json)\"}"

static void test_errors(void **state) {
  (void)state;
  static output_text got;
  static const char cut[] = "{\"report-id\":\"1\",\"report-id\":\"2\"";
  trpt_parser *parser;
  trpt_report *report;
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  for (size_t chunk = 1; chunk < sizeof cut; chunk++) {
    trpt_parser_reset(parser);
    assert_int_equal(read_chunks(parser, cut, chunk, &report), TRPT_E_TRUNCATED);
    output_text_clear(&got);
    assert_int_equal(trpt_report_json(trpt_report_unfinished(parser), trpt_parser_error(parser), &a_source, 0,
                                      output_text_append, &got),
                     TRPT_OK);
    check("cut", &got, "{\"source\":\"a.json\"," BAD ",\"diagnostics\":[" DUPLICATE "]}");
  }
  output_text_clear(&got);
  assert_int_equal(trpt_report_json(NULL, trpt_parser_error(parser), NULL, 0, output_text_append, &got), TRPT_OK);
  check("an error alone", &got, "{" BAD ",\"diagnostics\":[]}");
  const trpt_diagnostic *const list[] = {trpt_report_diagnostic(trpt_report_unfinished(parser), 0)};
  const trpt_source source = {.struct_size = sizeof source, .diagnostics = list, .diagnostic_count = 1};
  output_text_clear(&got);
  assert_int_equal(trpt_report_json(NULL, trpt_parser_error(parser), &source, 0, output_text_append, &got), TRPT_OK);
  check("listed diagnostics", &got, "{" BAD ",\"diagnostics\":[" DUPLICATE "]}");
  trpt_parser_free(parser);
}

/* When there is an unfinished report, and what is in it. */
static void test_unfinished(void **state) {
  (void)state;
  static const char cut[] =
      "{\"report-id\":\"1\",\"policies\":[{\"policy\":{\"policy-domain\":\"a.example\"},\"failure-details\":[{}]},";
  static const char good[] = "{\"policies\":[]}";
  trpt_parser *parser;
  trpt_report *report;
  const trpt_options small = {.struct_size = sizeof small, .max_memory = 1};
  const trpt_event *event;
  assert_null(trpt_report_unfinished(NULL));
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  assert_null(trpt_report_unfinished(parser));
  assert_int_equal(trpt_report_read(parser, cut, strlen(cut), &report), TRPT_MORE);
  assert_null(trpt_report_unfinished(parser));
  for (int i = 0; i < 2; i++) { /* the error stays, and so does the report */
    assert_int_equal(trpt_report_read(parser, NULL, 0, &report), TRPT_E_TRUNCATED);
    assert_null(report);
    const trpt_report *unfinished = trpt_report_unfinished(parser);
    assert_int_equal(trpt_report_policy_count(unfinished), 1);
    assert_memory_equal(trpt_report_policy(unfinished, 0)->domain.ptr, "a.example", 9);
    assert_int_equal(trpt_report_failure_count(unfinished, 0), 1);
    assert_null(trpt_report_metadata(unfinished)->report_id.ptr);
    assert_true(trpt_report_metadata(unfinished)->start == INT64_MIN);
    assert_true(trpt_report_metadata(unfinished)->end == INT64_MIN);
    assert_true(trpt_report_diagnostic_count(unfinished) > 0);
  }
  /* Other functions return the error too, and leave the report alone. */
  assert_int_equal(trpt_parser_read(parser, "x", 1, NULL, &event), TRPT_E_TRUNCATED);
  assert_int_equal(trpt_parser_feed(parser, "x", 1), TRPT_E_TRUNCATED);
  assert_int_equal(trpt_report_policy_count(trpt_report_unfinished(parser)), 1);
  trpt_parser_reset(parser);
  assert_null(trpt_report_unfinished(parser));
  assert_int_equal(read_chunks(parser, good, 3, &report), TRPT_OK);
  assert_null(trpt_report_unfinished(parser));
  trpt_report_free(report);
  /* No tree was asked for. */
  trpt_parser_reset(parser);
  assert_int_equal(trpt_parser_read(parser, "x", 1, NULL, &event), TRPT_E_JSON);
  assert_null(trpt_report_unfinished(parser));
  assert_int_equal(trpt_report_read(parser, "x", 1, &report), TRPT_E_JSON);
  assert_null(trpt_report_unfinished(parser));
  trpt_parser_free(parser);
  /* There was no memory even to begin with. */
  assert_int_equal(trpt_parser_new(&parser, &small), TRPT_OK);
  assert_int_equal(trpt_report_read(parser, good, strlen(good), &report), TRPT_E_LIMIT);
  assert_null(trpt_report_unfinished(parser));
  trpt_parser_free(parser);
}

static void test_error_of_a_program(void **state) {
  (void)state;
  static output_text got;
  static const trpt_error error = {.message = "No such file or directory"};
  const trpt_source source = {.struct_size = sizeof source, .name = STR("x"), .error_status = STR("IO")};
#define IO_ERROR                                                                                                       \
  "{\"status\":\"IO\",\"code\":null,\"line\":0,\"column\":0,\"offset\":0,\"where\":\"\",\"message\":\"No such file "   \
  "or directory\"}"
  output_text_clear(&got);
  assert_int_equal(trpt_report_json(NULL, &error, &source, 0, output_text_append, &got), TRPT_OK);
  check("a line", &got, "{\"source\":\"x\",\"error\":" IO_ERROR ",\"diagnostics\":[]}");
  output_text_clear(&got);
  assert_int_equal(trpt_error_json(&error, &source, 0, output_text_append, &got), TRPT_OK);
  check("alone", &got, IO_ERROR);
}

/* ---- diagnostics ---- */

static void test_diagnostics(void **state) {
  (void)state;
  static output_text got;
  static const struct {
    trpt_diagnostic diagnostic;
    uint32_t flags;
    const char *expected;
  } cases[] = {
      {{.code = "c",
        .severity = TRPT_WARNING,
        .line = 4294967295,
        .column = 7,
        .offset = UINT64_MAX,
        .where = "rua[1]",
        .message = "\x1B",
        .section = "RFC 8460 s3"},
       0,
       "{\"code\":\"c\",\"severity\":\"warning\",\"line\":4294967295,\"column\":7,\"offset\":18446744073709551615,"
       "\"where\":\"rua[1]\","
       "\"message\":\"\\u001b\",\"section\":\"RFC 8460 s3\"}"},
      {{.code = "c", .severity = TRPT_ERROR, .line = 1, .column = 7, .offset = 6, .where = "", .message = "m"},
       TRPT_NO_LINES,
       "{\"code\":\"c\",\"severity\":\"error\",\"offset\":6,\"where\":\"\",\"message\":\"m\",\"section\":null}"},
      {{.code = "record.rua-case", .severity = TRPT_ERROR, .where = "", .message = "m", .section = "s"},
       TRPT_NO_LINES | TRPT_WITH_ADVICE,
       "{\"code\":\"record.rua-case\",\"severity\":\"error\",\"offset\":0,\"where\":\"\",\"message\":\"m\",\"section\":"
       "\"s\","
       "\"advice\":\"Write \\\"rua\\\" in lowercase.\"}"},
      {{.code = "c", .severity = TRPT_INFO, .where = "", .message = "m"},
       TRPT_NO_LINES | TRPT_WITH_ADVICE,
       "{\"code\":\"c\",\"severity\":\"info\",\"offset\":0,\"where\":\"\",\"message\":\"m\",\"section\":null,"
       "\"advice\":null}"},
      {{.code = "c", .severity = TRPT_INFO, .where = "", .message = "m", .section = "s"},
       TRPT_NO_LINES | TRPT_PRETTY,
       "{\n  \"code\": \"c\",\n  \"severity\": \"info\",\n  \"offset\": 0,\n  \"where\": \"\",\n  \"message\": \"m\",\n"
       "  \"section\": \"s\"\n}\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    output_text_clear(&got);
    assert_int_equal(trpt_diagnostic_json(&cases[i].diagnostic, cases[i].flags, output_text_append, &got), TRPT_OK);
    check("a diagnostic", &got, cases[i].expected);
  }
}

/* ---- all reports of the repository ---- */

/* The members that are not those of a report are unknown ones to the parser: it reads the same elements. */
static void check_read_back(const char *name, const trpt_report *report) {
  static output_text got;
  static events before, after;
  const trpt_options options = {.struct_size = sizeof options, .max_depth = 64, .max_diagnostics = 100000};
  trpt_report *back;
  trpt_error error;
  output_text_clear(&got);
  assert_int_equal(trpt_report_json(report, NULL, NULL, 0, output_text_append, &got), TRPT_OK);
  if (strchr(got.bytes, '\n')) fail_msg("%s: more than one line", name);
  if (trpt_report_parse(got.bytes, got.len, &options, &back, &error) != TRPT_OK)
    fail_msg("%s: %s", name, error.message);
  before.what = after.what = EVENTS_NO_DIAGNOSTICS;
  events_of_report(&before, report);
  events_of_report(&after, back);
  /* Times are written anew, and left out where they could not be read. */
  *strstr(before.text, " start-text=") = '\0';
  *strstr(after.text, " start-text=") = '\0';
  if (strcmp(before.text, after.text) != 0) {
    fprintf(stderr, "%s:\n%s\n---- but reads back as\n%s\n", name, before.text, after.text);
    fail();
  }
  trpt_report_free(back);
}

static void test_every_report(void **state) {
  (void)state;
  size_t count, good = 0;
  report_file *files = report_files_read(REPORTS_OF_TESTS, &count);
  for (size_t i = 0; i < count; i++) {
    trpt_report *report;
    if (trpt_report_parse(files[i].bytes, files[i].len, NULL, &report, NULL) != TRPT_OK) continue;
    check_read_back(files[i].name, report);
    trpt_report_free(report);
    good++;
  }
  report_files_free(files, count);
  assert_true(good > 10);
}

/* ---- stopping, and arguments ---- */

static void test_cancel(void **state) {
  (void)state;
  static output_text got;
  static char json[1 << 16];
  int len = snprintf(json, sizeof json, "{\"policies\":[{\"failure-details\":[{}");
  for (int i = 0; i < 400; i++)
    len += snprintf(json + len, sizeof json - (size_t)len, ",{\"result-type\":\"an unknown result type\"}");
  snprintf(json + len, sizeof json - (size_t)len, "]}]}");
  trpt_report *report = parse(json);
  output_text_clear(&got);
  assert_int_equal(trpt_report_json(report, NULL, &a_source, 0, output_text_append, &got), TRPT_OK);
  const int calls = got.calls;
  assert_true(calls > 10);
  for (int i = 0; i < calls; i++) {
    output_text_clear(&got);
    got.calls_left = i;
    assert_int_equal(trpt_report_json(report, NULL, &a_source, 0, output_text_append, &got), TRPT_E_CANCELED);
    assert_int_equal(got.calls, i + 1);
  }
  output_text_clear(&got);
  got.calls_left = 0;
  assert_int_equal(trpt_diagnostic_json(trpt_report_diagnostic(report, 0), 0, output_text_append, &got),
                   TRPT_E_CANCELED);
  assert_int_equal(trpt_error_json(&(trpt_error){0}, NULL, 0, output_text_append, &got), TRPT_E_CANCELED);
  trpt_report_free(report);
}

static void test_arguments(void **state) {
  (void)state;
  static output_text got;
  static const trpt_error error = {.status = TRPT_E_JSON};
  static const trpt_source bad = {.struct_size = 0};
  trpt_report *report = parse("{\"policies\":[]}");
  const trpt_diagnostic *diagnostic = trpt_report_diagnostic(report, 0);
  output_text_clear(&got);
  assert_int_equal(trpt_report_json(NULL, NULL, NULL, 0, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_json(report, NULL, &bad, 0, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_json(report, NULL, NULL, TRPT_NO_LINES, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_json(report, NULL, NULL, 0, NULL, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_error_json(NULL, NULL, 0, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_error_json(&error, &bad, 0, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_error_json(&error, NULL, TRPT_NO_LINES, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_error_json(&error, NULL, 0, NULL, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_diagnostic_json(NULL, 0, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_diagnostic_json(diagnostic, 8, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_diagnostic_json(diagnostic, 0, NULL, &got), TRPT_E_ARGUMENT);
  assert_int_equal(got.calls, 0);
  trpt_report_free(report);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_reports),
      cmocka_unit_test(test_sources),
      cmocka_unit_test(test_pretty),
      cmocka_unit_test(test_hostile_strings),
      cmocka_unit_test(test_errors),
      cmocka_unit_test(test_unfinished),
      cmocka_unit_test(test_error_of_a_program),
      cmocka_unit_test(test_diagnostics),
      cmocka_unit_test(test_every_report),
      cmocka_unit_test(test_cancel),
      cmocka_unit_test(test_arguments),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
