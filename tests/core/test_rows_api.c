/* SPDX-License-Identifier: MIT */
/* Rows through the public interface: each column, each format, hostile strings, and the borders of the buffers inside. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tlsrpt/trpt.h>

#include "output_text.h"

#define STR(literal)                                                                                                   \
  { literal, sizeof literal - 1 }

enum { FORMATS = 3 };
static const trpt_rows_format formats[FORMATS] = {TRPT_ROWS_NDJSON, TRPT_ROWS_CSV, TRPT_ROWS_TSV};

/* ---- how rows are made ---- */

static trpt_report *parse(const char *json) {
  const trpt_options options = {.struct_size = sizeof options, .flags = TRPT_NO_FINDINGS};
  trpt_report *report;
  assert_int_equal(trpt_report_parse(json, strlen(json), &options, &report, NULL), TRPT_OK);
  return report;
}

/* In memory of exactly the size that is asked for, and not aligned. */
static trpt_rows *new_rows_with(output_text *to, trpt_rows_format format, uint32_t flags) {
  static char *memory;
  const trpt_rows_options options = {.struct_size = sizeof options, .format = format, .flags = flags};
  trpt_rows *rows;
  free(memory);
  memory = malloc(trpt_rows_size() + 1);
  assert_non_null(memory);
  output_text_clear(to);
  assert_int_equal(trpt_rows_init(&rows, memory + 1, trpt_rows_size(), &options, output_text_append, to), TRPT_OK);
  return rows;
}

static trpt_rows *new_rows(output_text *to, trpt_rows_format format) { return new_rows_with(to, format, 0); }

static const trpt_source a_source = {.struct_size = sizeof a_source, .name = STR("a.json"), .key = STR("K")};

static void write_rows(output_text *to, trpt_rows_format format, const char *json, const trpt_source *source) {
  trpt_report *report = parse(json);
  assert_int_equal(trpt_rows_report(new_rows(to, format), report, source), TRPT_OK);
  trpt_report_free(report);
}

static void check(const char *why, const output_text *got, const char *expected) {
  if (strcmp(got->bytes, expected) == 0) return;
  fprintf(stderr, "%s:\n%s\n---- instead of\n%s\n", why, got->bytes, expected); /* fail_msg would cut it */
  fail();
}

/* ---- columns ---- */

static const char *const columns[] = {"kind",
                                      "source",
                                      "report_key",
                                      "organization_name",
                                      "contact_info",
                                      "report_id",
                                      "start",
                                      "end",
                                      "policy_index",
                                      "policy_type",
                                      "policy_domain",
                                      "policy_mode",
                                      "mx_host",
                                      "failure_index",
                                      "result_type",
                                      "sending_mta_ip",
                                      "receiving_mx_hostname",
                                      "receiving_mx_helo",
                                      "receiving_ip",
                                      "successful_sessions",
                                      "failed_sessions",
                                      "failure_reason_code",
                                      "additional_information",
                                      "report_domain",
                                      "report_submitter",
                                      "message_id",
                                      "dkim",
                                      "dkim_domain",
                                      "error_code",
                                      "error_message"};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

/* A value in each column. Two policies and three failures, so that each index is needed. */
static const char full[] =
    "{\"organization-name\":\"Org\",\"date-range\":{\"start-datetime\":\"2026-03-01T00:00:00Z\","
    "\"end-datetime\":\"2026-03-01T23:59:59Z\"},\"contact-info\":\"c@org.example\",\"report-id\":\"id-1\",\"policies\":"
    "["
    "{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\",\"mode: testing\"],"
    "\"policy-domain\":\"d0.example\",\"mx-host\":[\"mx0.example\",\"*.mx.example\"]},\"summary\":{"
    "\"total-successful-session-count\":18446744073709551615,\"total-failure-session-count\":0},\"failure-details\":["
    "{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"192.0.2.1\",\"receiving-mx-hostname\":\"mx0."
    "example\","
    "\"receiving-mx-helo\":\"helo.example\",\"receiving-ip\":\"192.0.2.2\",\"failed-session-count\":3,"
    "\"failure-reason-code\":\"why\",\"additional-information\":\"https://org.example/\"},"
    "{\"result-type\":\"other\",\"failed-session-count\":18446744073709551615}]},"
    "{\"policy\":{\"policy-type\":\"tlsa\",\"policy-string\":[\"3 1 1 00\"],\"policy-domain\":\"d1.example\"},"
    "\"summary\":{\"total-failure-session-count\":1},\"failure-details\":[{\"result-type\":\"tlsa-invalid\"}]}]}";

/* Cells with NULL for null, in quotation marks where JSON has them. */
#define FULL_REPORT                                                                                                    \
  "\"a.json\"", "\"K\"", "\"Org\"", "\"c@org.example\"", "\"id-1\"", "\"2026-03-01T00:00:00Z\"",                       \
      "\"2026-03-01T23:59:59Z\""
#define FULL_POLICY_0 "0", "\"sts\"", "\"d0.example\"", "\"testing\"", "\"mx0.example *.mx.example\""
#define FULL_POLICY_1 "1", "\"tlsa\"", "\"d1.example\"", NULL, NULL
static const char *const full_rows[][COLUMNS] = {
    {"\"policy\"", FULL_REPORT, FULL_POLICY_0, "0", NULL, NULL, NULL, NULL, NULL, "18446744073709551615", "0", NULL,
     NULL},
    {"\"failure\"", FULL_REPORT, FULL_POLICY_0, "0", "\"certificate-expired\"", "\"192.0.2.1\"", "\"mx0.example\"",
     "\"helo.example\"", "\"192.0.2.2\"", NULL, "3", "\"why\"", "\"https://org.example/\""},
    {"\"failure\"", FULL_REPORT, FULL_POLICY_0, "1", "\"other\"", NULL, NULL, NULL, NULL, NULL, "18446744073709551615",
     NULL, NULL},
    {"\"policy\"", FULL_REPORT, FULL_POLICY_1, "0", NULL, NULL, NULL, NULL, NULL, NULL, "1", NULL, NULL},
    {"\"failure\"", FULL_REPORT, FULL_POLICY_1, "0", "\"tlsa-invalid\"", NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     NULL},
};

/* No member is there. */
static const char *const empty_rows[][COLUMNS] = {
    {"\"policy\"", "\"a.json\"", "\"K\"", NULL, NULL, NULL, NULL, NULL, "0",  NULL, NULL, NULL,
     NULL,         "0",          NULL,    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
    {"\"failure\"", "\"a.json\"", "\"K\"", NULL, NULL, NULL, NULL, NULL, "0",  NULL, NULL, NULL,
     NULL,          "0",          NULL,    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

/* Nothing of the report itself, but all that is known about its mail. */
#define FROM_MAIL "\"d.example\"", "\"s.example\"", "\"1@s.example\"", "\"pass\"", "\"k.example\""
static const trpt_source mailed = {.struct_size = sizeof mailed,
                                   .name = STR("a.json"),
                                   .key = STR("K"),
                                   .report_domain = STR("d.example"),
                                   .report_submitter = STR("s.example"),
                                   .message_id = STR("1@s.example"),
                                   .dkim = STR("pass"),
                                   .dkim_domain = STR("k.example")};
static const char *const mailed_rows[][COLUMNS] = {
    {"\"policy\"", "\"a.json\"", "\"K\"", NULL, NULL, NULL, NULL, NULL, "0",  NULL, NULL, NULL,
     NULL,         "0",          NULL,    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, FROM_MAIL},
};

/* An input that cannot be read. */
#define ERROR_KEY "f6766ac63c03864ee063fa61723c808a"
static const char *const error_rows[][COLUMNS] = {
    {"\"error\"",
     "\"a.json\"",
     "\"" ERROR_KEY "\"",
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     "0",
     NULL,
     NULL,
     NULL,
     NULL,
     "0",
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     FROM_MAIL,
     "\"json.limit\"",
     "\"Too long.\""},
};

static void add(char *to, size_t capacity, const char *what) {
  const size_t len = strlen(to);
  assert_true(strlen(what) < capacity - len);
  memcpy(to + len, what, strlen(what) + 1);
}

/* The rows as a format writes them, from cells that need no escapes. */
static void expect(char *to, size_t capacity, trpt_rows_format format, const char *const rows[][COLUMNS],
                   size_t count) {
  static const char *const separators[] = {",", ",", "\t"};
  static const char *const ends[] = {"}\n", "\r\n", "\n"};
  to[0] = '\0';
  for (size_t row = 0; row < count; row++) {
    for (size_t i = 0; i < COLUMNS; i++) {
      const char *cell = rows[row][i];
      char bare[64] = "";
      if (i) add(to, capacity, separators[format]);
      if (format == TRPT_ROWS_NDJSON) {
        add(to, capacity, i ? "\"" : "{\"");
        add(to, capacity, columns[i]);
        add(to, capacity, "\":");
        add(to, capacity, cell ? cell : "null");
      } else if (cell) {
        const size_t quote = cell[0] == '"';
        assert_true(strlen(cell) < sizeof bare);
        memcpy(bare, cell + quote, strlen(cell) - 2 * quote);
        add(to, capacity, bare);
      }
    }
    add(to, capacity, ends[format]);
  }
}

static void test_every_column(void **state) {
  (void)state;
  static output_text got;
  static char expected[8192];
  static const struct {
    const char *why;
    const char *json;
    const char *const (*rows)[COLUMNS];
    size_t count;
  } cases[] = {
      {"every value", full, full_rows, 5},
      {"no value", "{\"policies\":[{\"failure-details\":[{}]}]}", empty_rows, 2},
      {"values of a wrong type",
       "{\"organization-name\":true,\"date-range\":{\"start-datetime\":\"soon\",\"end-datetime\":[]},\"policies\":[{"
       "\"policy\":{"
       "\"mx-host\":[],\"policy-string\":[]},\"summary\":{\"total-failure-session-count\":-1},\"failure-details\":[{"
       "\"failed-session-count\":0.5,\"result-type\":null}]}]}",
       empty_rows, 2},
      {"no policy", "{\"policies\":[]}", NULL, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    for (int f = 0; f < FORMATS; f++) {
      expect(expected, sizeof expected, formats[f], cases[i].rows, cases[i].count);
      write_rows(&got, formats[f], cases[i].json, &a_source);
      check(cases[i].why, &got, expected);
      assert_int_equal(got.calls, cases[i].count ? 1 : 0);
    }
  }
}

static void test_mailed(void **state) {
  (void)state;
  static output_text got;
  static char expected[2048];
  for (int f = 0; f < FORMATS; f++) {
    expect(expected, sizeof expected, formats[f], mailed_rows, 1);
    write_rows(&got, formats[f], "{\"policies\":[{}]}", &mailed);
    check("from a mail", &got, expected);
  }
}

static void test_errors(void **state) {
  (void)state;
  static output_text got;
  static char expected[2048];
  const trpt_error error = {.status = TRPT_E_LIMIT, .code = "json.limit", .message = "Too long."};
  for (int f = 0; f < FORMATS; f++) {
    trpt_rows *rows = new_rows(&got, formats[f]);
    expect(expected, sizeof expected, formats[f], error_rows, 1);
    assert_int_equal(trpt_rows_error(rows, &error, &mailed), TRPT_OK);
    check("an error", &got, expected);
    assert_int_equal(trpt_rows_error(rows, NULL, &mailed), TRPT_E_ARGUMENT);
    assert_int_equal(trpt_rows_error(NULL, &error, &mailed), TRPT_E_ARGUMENT);
    assert_int_equal(trpt_rows_error(rows, &error, NULL), TRPT_E_ARGUMENT);
  }
}

/* The key of an error row distinguishes names and codes, and statuses where there is no code. */
static void test_error_keys(void **state) {
  (void)state;
  static const struct {
    const char *name;
    const char *code;
    trpt_status status;
    const char *own_status;
  } cases[] = {{"a", "json.limit", TRPT_E_LIMIT, NULL},    {"b", "json.limit", TRPT_E_LIMIT, NULL},
               {"a", "json.not-json", TRPT_E_LIMIT, NULL}, {"a", NULL, TRPT_E_LIMIT, NULL},
               {"a", NULL, TRPT_E_NO_REPORT, NULL},        {"a", NULL, TRPT_E_NO_REPORT, "IO"},
               {"", "json.limit", TRPT_E_LIMIT, NULL},     {"aj", "son.limit", TRPT_E_LIMIT, NULL}};
  enum { KEY_AT = sizeof "error,," - 1, KEY_LEN = 32, COUNT = sizeof cases / sizeof cases[0] };
  char keys[COUNT][KEY_LEN + 1] = {{0}};
  static output_text got;
  for (size_t i = 0; i < COUNT; i++) {
    const trpt_error error = {.status = cases[i].status, .code = cases[i].code, .message = "x"};
    const char *own = cases[i].own_status, *code = error.code ? error.code : own ? own : trpt_status_name(error.status);
    const trpt_source source = {.struct_size = sizeof source,
                                .name = {cases[i].name, strlen(cases[i].name)},
                                .error_status = {own, own ? strlen(own) : 0}};
    char cells[64];
    snprintf(cells, sizeof cells, "\t%s\tx\n", code);
    assert_int_equal(trpt_rows_error(new_rows(&got, TRPT_ROWS_TSV), &error, &source), TRPT_OK);
    assert_non_null(strstr(got.bytes, cells));
    memcpy(keys[i], got.bytes + KEY_AT + source.name.len, KEY_LEN);
    for (size_t k = 0; k < i; k++) assert_string_not_equal(keys[i], keys[k]);
  }
}

static void test_header(void **state) {
  (void)state;
  static output_text got;
  static char expected[1024];
  for (int f = 0; f < FORMATS; f++) {
    expected[0] = '\0';
    for (size_t i = 0; i < COLUMNS && formats[f] != TRPT_ROWS_NDJSON; i++) {
      add(expected, sizeof expected, columns[i]);
      add(expected, sizeof expected,
          i + 1 < COLUMNS               ? formats[f] == TRPT_ROWS_CSV ? "," : "\t"
          : formats[f] == TRPT_ROWS_CSV ? "\r\n"
                                        : "\n");
    }
    assert_int_equal(trpt_rows_header(new_rows(&got, formats[f])), TRPT_OK);
    check("header", &got, expected);
  }
}

/* The options are NULL, so rows are ndjson; the key is not given, so it is computed. */
static void test_defaults(void **state) {
  (void)state;
  static output_text got;
  static char memory[32768];
  const trpt_source source = {.struct_size = sizeof source, .name = STR("x")};
  char key[64], expected[128];
  trpt_report *report = parse(full);
  trpt_rows *rows;
  output_text_clear(&got);
  assert_true(trpt_rows_size() < sizeof memory);
  assert_int_equal(trpt_rows_init(&rows, memory, sizeof memory, NULL, output_text_append, &got), TRPT_OK);
  assert_int_equal(trpt_rows_report(rows, report, &source), TRPT_OK);
  assert_int_equal(trpt_report_key(report, key, sizeof key, NULL), TRPT_OK);
  snprintf(expected, sizeof expected, "{\"kind\":\"policy\",\"source\":\"x\",\"report_key\":\"%s\",\"organi", key);
  assert_memory_equal(got.bytes, expected, strlen(expected));
  trpt_report_free(report);
}

/* One writer takes one report after the other, and each report stands by itself. */
static void test_several_reports(void **state) {
  (void)state;
  static output_text got;
  static char expected[8192], last[2048];
  for (int f = 0; f < FORMATS; f++) {
    trpt_rows *rows = new_rows(&got, formats[f]);
    trpt_report *first = parse(full);
    trpt_report *second = parse("{\"policies\":[{\"failure-details\":[{}]}]}");
    assert_int_equal(trpt_rows_report(rows, first, &a_source), TRPT_OK);
    trpt_report_free(first);
    assert_int_equal(trpt_rows_report(rows, second, &a_source), TRPT_OK);
    trpt_report_free(second);
    expect(expected, sizeof expected, formats[f], full_rows, 5);
    expect(last, sizeof last, formats[f], empty_rows, 2);
    add(expected, sizeof expected, last);
    check("two reports", &got, expected);
  }
}

static void test_mode(void **state) {
  (void)state;
  static output_text got;
  static const struct {
    const char *type;
    const char *strings;
    const char *cell;
  } cases[] = {
      {"sts", "[\"mode: enforce\"]", "\"enforce\""},
      {"sts", "[\"version: STSv1\",\"mode:none\"]", "\"none\""},
      {"sts", "[\"version: STSv1\\nmode: testing\\n\"]", "\"testing\""},
      {"sts", "[\"mode: other\"]", "null"},
      {"sts", "[]", "null"},
      {"tlsa", "[\"mode: enforce\"]", "null"},
      {"no-policy-found", "[\"mode: enforce\"]", "null"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char json[256], expected[64];
    snprintf(json, sizeof json, "{\"policies\":[{\"policy\":{\"policy-type\":\"%s\",\"policy-string\":%s}}]}",
             cases[i].type, cases[i].strings);
    snprintf(expected, sizeof expected, ",\"policy_mode\":%s,", cases[i].cell);
    write_rows(&got, TRPT_ROWS_NDJSON, json, &a_source);
    if (!strstr(got.bytes, expected)) fail_msg("%s: %s", cases[i].strings, got.bytes);
  }
}

/* ---- hostile strings ---- */

/* The cell of the column `source`, cut out of the row of a policy. */
static const char *source_cell(output_text *got, trpt_rows_format format, uint32_t flags, trpt_str name) {
  static const char *const before[FORMATS] = {"{\"kind\":\"policy\",\"source\":", "policy,", "policy\t"};
  static const char *const after[FORMATS] = {",\"report_key\":\"K\"", ",K,", "\tK\t"};
  const trpt_source source = {.struct_size = sizeof source, .name = name, .key = STR("K")};
  trpt_report *report = parse("{\"policies\":[{}]}");
  assert_int_equal(trpt_rows_report(new_rows_with(got, format, flags), report, &source), TRPT_OK);
  trpt_report_free(report);
  assert_memory_equal(got->bytes, before[format], strlen(before[format]));
  char *cell = got->bytes + strlen(before[format]);
  char *end = strstr(cell, after[format]);
  assert_non_null(end);
  *end = '\0';
  return cell;
}

typedef struct cell_case {
  trpt_str text;
  const char *cells[FORMATS];
} cell_case;

static void check_cells(const cell_case *cases, size_t count, uint32_t flags) {
  static output_text got;
  for (size_t i = 0; i < count; i++) {
    for (int f = 0; f < FORMATS; f++) {
      const char *cell = source_cell(&got, formats[f], flags, cases[i].text);
      if (strcmp(cell, cases[i].cells[f]) != 0) fail_msg("%s (%d): %s", cases[i].cells[0], f, cell);
    }
  }
}

static void test_hostile_strings(void **state) {
  (void)state;
  static const cell_case cases[] = {
      {STR("plain"), {"\"plain\"", "plain", "plain"}},
      {STR(""), {"\"\"", "\"\"", ""}},
      {STR(" "), {"\" \"", "\" \"", " "}},
      {STR(" a"), {"\" a\"", "\" a\"", " a"}},
      {STR("a "), {"\"a \"", "\"a \"", "a "}},
      {STR("a b"), {"\"a b\"", "a b", "a b"}},
      {STR("a,b"), {"\"a,b\"", "\"a,b\"", "a,b"}},
      {STR("a;b"), {"\"a;b\"", "a;b", "a;b"}},
      {STR("a\tb"), {"\"a\\tb\"", "\"a\tb\"", "a\\tb"}},
      {STR("a\nb"), {"\"a\\nb\"", "\"a\nb\"", "a\\nb"}},
      {STR("a\r\nb"), {"\"a\\r\\nb\"", "\"a\r\nb\"", "a\\r\\nb"}},
      {STR("a\"b"), {"\"a\\\"b\"", "\"a\"\"b\"", "a\"b"}},
      {STR("a\\b"), {"\"a\\\\b\"", "a\\b", "a\\\\b"}},
      {STR("\\N"), {"\"\\\\N\"", "\\N", "\\\\N"}},
      {STR("a\x7F"
           "b"),
       {"\"a\\u007fb\"",
        "\"a\xEF\xBF\xBD"
        "b\"",
        "a\xEF\xBF\xBD"
        "b"}},
      {STR("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"),
       {"\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\"", "\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\"",
        "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"}},
      /* A terminal would execute or obey them. Other invisible characters stay. */
      {STR("\x1B[2J"), {"\"\\u001b[2J\"", "\"\xEF\xBF\xBD[2J\"", "\xEF\xBF\xBD[2J"}},
      {STR("\xE2\x80\xAE"), {"\"\\u202e\"", "\"\xEF\xBF\xBD\"", "\xEF\xBF\xBD"}},
      {STR("\xE2\x80\x8B"), {"\"\\u200b\"", "\"\xE2\x80\x8B\"", "\xE2\x80\x8B"}},
      {STR("\xF3\xA0\x80\x81"), {"\"\\udb40\\udc01\"", "\"\xF3\xA0\x80\x81\"", "\xF3\xA0\x80\x81"}},
      /* NUL and bytes that are not UTF-8. */
      {STR("a\0b"),
       {"\"a\xEF\xBF\xBD"
        "b\"",
        "\"a\xEF\xBF\xBD"
        "b\"",
        "a\xEF\xBF\xBD"
        "b"}},
      {STR("\xFF"), {"\"\xEF\xBF\xBD\"", "\"\xEF\xBF\xBD\"", "\xEF\xBF\xBD"}},
      {STR("\xE2\x82z"), {"\"\xEF\xBF\xBDz\"", "\"\xEF\xBF\xBDz\"", "\xEF\xBF\xBDz"}},
      {STR("\xED\xA0\x80"),
       {"\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"",
        "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}},
      /* Formulas, and what spreadsheets skip in front of them. */
      {STR("=1"), {"\"=1\"", "\"'=1\"", "'=1"}},
      {STR("+1"), {"\"+1\"", "\"'+1\"", "'+1"}},
      {STR("-1"), {"\"-1\"", "\"'-1\"", "'-1"}},
      {STR("@A"), {"\"@A\"", "\"'@A\"", "'@A"}},
      {STR(" =1"), {"\" =1\"", "\"' =1\"", "' =1"}},
      {STR("\x01=1"), {"\"\\u0001=1\"", "\"'\xEF\xBF\xBD=1\"", "'\xEF\xBF\xBD=1"}},
      {STR("\xEF\xBC\x9D"), {"\"\xEF\xBC\x9D\"", "\"'\xEF\xBC\x9D\"", "'\xEF\xBC\x9D"}},
      {STR("\xEF\xBC\x8B"), {"\"\xEF\xBC\x8B\"", "\"'\xEF\xBC\x8B\"", "'\xEF\xBC\x8B"}},
      {STR("\xEF\xBC\x8D"), {"\"\xEF\xBC\x8D\"", "\"'\xEF\xBC\x8D\"", "'\xEF\xBC\x8D"}},
      {STR("\xEF\xBC\xA0"), {"\"\xEF\xBC\xA0\"", "\"'\xEF\xBC\xA0\"", "'\xEF\xBC\xA0"}},
      {STR("\xEF\xBC\x8C"), {"\"\xEF\xBC\x8C\"", "\"\xEF\xBC\x8C\"", "\xEF\xBC\x8C"}},
      {STR("\xEF\xBC"), {"\"\xEF\xBF\xBD\"", "\"\xEF\xBF\xBD\"", "\xEF\xBF\xBD"}},
      {STR("\ta"), {"\"\\ta\"", "\"'\ta\"", "'\\ta"}},
      {STR("\na"), {"\"\\na\"", "\"'\na\"", "'\\na"}},
      {STR("\ra"), {"\"\\ra\"", "\"'\ra\"", "'\\ra"}},
      {STR("'a"), {"\"'a\"", "\"''a\"", "''a"}},
      {STR("\"a"), {"\"\\\"a\"", "\"\"\"a\"", "'\"a"}},
      {STR(" \"a"), {"\" \\\"a\"", "\" \"\"a\"", "' \"a"}},
      {STR("a=1"), {"\"a=1\"", "a=1", "a=1"}},
      {STR("1-1"), {"\"1-1\"", "1-1", "1-1"}},
      {STR("#REF"), {"\"#REF\"", "#REF", "#REF"}},
  };
  check_cells(cases, sizeof cases / sizeof cases[0], 0);
}

/* A database gets the text itself. Control characters are replaced all the same. */
static void test_no_formula_guard(void **state) {
  (void)state;
  static const cell_case cases[] = {
      {STR("=1"), {"\"=1\"", "=1", "=1"}},
      {STR(" =1"), {"\" =1\"", "\" =1\"", " =1"}},
      {STR("'a"), {"\"'a\"", "'a", "'a"}},
      {STR("\"a"), {"\"\\\"a\"", "\"\"\"a\"", "\"a"}},
      {STR("\ta"), {"\"\\ta\"", "\"\ta\"", "\\ta"}},
      {STR("\xEF\xBC\x9D"), {"\"\xEF\xBC\x9D\"", "\"\xEF\xBC\x9D\"", "\xEF\xBC\x9D"}},
      {STR("=\x1B"), {"\"=\\u001b\"", "\"=\xEF\xBF\xBD\"", "=\xEF\xBF\xBD"}},
  };
  check_cells(cases, sizeof cases / sizeof cases[0], TRPT_ROWS_NO_FORMULA_GUARD);
}

static size_t encode(char *to, uint32_t code) {
  if (code < 0x80) {
    to[0] = (char)code;
    return 1;
  }
  const size_t more = code < 0x800 ? 1 : 2;
  to[0] = (char)((more == 1 ? 0xC0 : 0xE0) | code >> (6 * more));
  for (size_t i = 1; i <= more; i++) to[i] = (char)(0x80 | (code >> (6 * (more - i)) & 0x3F));
  return more + 1;
}

/* The characters up to U+FFFF that CSV and TSV replace are those of the contract, and no others. */
static void test_control_characters(void **state) {
  (void)state;
  static output_text got;
  for (uint32_t code = 0; code <= 0xFFFF; code++) {
    const bool is_c0 = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    const bool is_bidi = code == 0x61C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
                         (code >= 0x2066 && code <= 0x2069);
    const bool is_replaced = is_c0 || (code >= 0x7F && code <= 0x9F) || is_bidi || code == 0xFFFD;
    if (code >= 0xD800 && code <= 0xDFFF) continue; /* surrogates are no characters */
    char name[] = "x...";
    const size_t len = 1 + encode(name + 1, code);
    for (int f = 1; f < FORMATS; f++) {
      const char *cell = source_cell(&got, formats[f], 0, (trpt_str){name, len});
      if ((strstr(cell, "\xEF\xBF\xBD") != NULL) != is_replaced) fail_msg("U+%04X (%d): %s", code, f, cell);
    }
  }
}

/* Each length and each place of a special byte, since text is read in words. */
static void test_special_bytes_anywhere(void **state) {
  (void)state;
  static output_text got;
  static const struct {
    char byte;
    const char *written[FORMATS];
  } cases[] = {{'"', {"\\\"", "\"\"", "\""}},
               {'\\', {"\\\\", "\\", "\\\\"}},
               {'\t', {"\\t", "\t", "\\t"}},
               {'\x7F', {"\\u007f", "\xEF\xBF\xBD", "\xEF\xBF\xBD"}}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    for (size_t len = 2; len < 40; len++) {
      for (size_t at = 1; at < len; at++) { /* not the first, which decides about the guard */
        char name[40], expected[64];
        memset(name, 'a', sizeof name);
        name[at] = cases[i].byte;
        for (int f = 0; f < FORMATS; f++) {
          const bool quoted = formats[f] == TRPT_ROWS_NDJSON || (formats[f] == TRPT_ROWS_CSV && cases[i].byte != '\\');
          snprintf(expected, sizeof expected, "%s%.*s%s%.*s%s", quoted ? "\"" : "", (int)at, name, cases[i].written[f],
                   (int)(len - at - 1), name + at + 1, quoted ? "\"" : "");
          assert_string_equal(source_cell(&got, formats[f], 0, (trpt_str){name, len}), expected);
        }
      }
    }
  }
}

/* Patterns become one cell; what decides about quotation marks and the guard is the whole of it. */
static void test_mx_hosts(void **state) {
  (void)state;
  static output_text got;
  static const char *const before[FORMATS] = {"\"mx_host\":", "K,,,,,,0,,,,", "K\t\t\t\t\t\t0\t\t\t\t"};
  static const char *const after[FORMATS] = {",\"failure_index\":", ",0,,,,,,,,,,,,,,,,\r\n",
                                             "\t0\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\n"};
  static const struct {
    const char *hosts;
    const char *cells[FORMATS];
  } cases[] = {
      {"[]", {"null", "", ""}},
      {"[\"\"]", {"null", "", ""}},
      {"[\"\",\"\"]", {"\" \"", "\" \"", " "}},
      {"[\"a\",\"b\",\"c\"]", {"\"a b c\"", "a b c", "a b c"}},
      {"[\"\",\"b\"]", {"\" b\"", "\" b\"", " b"}},
      {"[\"b\",\"\"]", {"\"b \"", "\"b \"", "b "}},
      {"[\" b\"]", {"\" b\"", "\" b\"", " b"}},
      {"[\"a\",\"b \"]", {"\"a b \"", "\"a b \"", "a b "}},
      {"[\"a\",\"=b\"]", {"\"a =b\"", "a =b", "a =b"}},
      {"[\"\",\"=b\"]", {"\" =b\"", "\"' =b\"", "' =b"}},
      {"[\"  \",\"+b\",\"c\"]", {"\"   +b c\"", "\"'   +b c\"", "'   +b c"}},
      {"[\"\",\"\\\"b\"]", {"\" \\\"b\"", "\" \"\"b\"", "' \"b"}},
      {"[\"\",\"'b\"]", {"\" 'b\"", "\" 'b\"", " 'b"}},
      {"[\"\",\"\\tb\"]", {"\" \\tb\"", "\" \tb\"", " \\tb"}},
      {"[\"a,\",\"b\"]", {"\"a, b\"", "\"a, b\"", "a, b"}},
      {"[\"a\",\"b\\\\\"]", {"\"a b\\\\\"", "a b\\", "a b\\\\"}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char json[128];
    snprintf(json, sizeof json, "{\"policies\":[{\"policy\":{\"mx-host\":%s}}]}", cases[i].hosts);
    for (int f = 0; f < FORMATS; f++) {
      write_rows(&got, formats[f], json, &a_source);
      char *cell = strstr(got.bytes, before[f]);
      assert_non_null(cell);
      cell += strlen(before[f]);
      char *end = strstr(cell, after[f]);
      assert_non_null(end);
      *end = '\0';
      if (strcmp(cell, cases[i].cells[f]) != 0) fail_msg("%s (%d): %s", cases[i].hosts, f, cell);
    }
  }
}

/* Seconds that RFC 3339 cannot write are null. */
static void test_times(void **state) {
  (void)state;
  static output_text got;
  static const struct {
    const char *time;
    const char *cell;
  } cases[] = {
      {"2026-03-01T01:00:00+01:00", "\"2026-03-01T00:00:00Z\""},
      {"0000-01-01T00:00:00Z", "\"0000-01-01T00:00:00Z\""},
      {"1970-01-01T00:00:00Z", "\"1970-01-01T00:00:00Z\""}, /* 0 */
      {"2106-02-07T06:28:16Z", "\"2106-02-07T06:28:16Z\""}, /* 2^32 */
      {"0000-01-01T00:00:00+00:01", "null"},
      {"9999-12-31T23:59:59Z", "\"9999-12-31T23:59:59Z\""},
      {"9999-12-31T23:59:60Z", "null"},
      {"yesterday", "null"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char json[160], expected[80];
    snprintf(json, sizeof json,
             "{\"date-range\":{\"start-datetime\":\"%s\",\"end-datetime\":\"%s\"},\"policies\":[{}]}", cases[i].time,
             cases[i].time);
    snprintf(expected, sizeof expected, ",\"start\":%s,\"end\":%s,", cases[i].cell, cases[i].cell);
    write_rows(&got, TRPT_ROWS_NDJSON, json, &a_source);
    if (!strstr(got.bytes, expected)) fail_msg("%s: %s", cases[i].time, got.bytes);
  }
}

/* ---- the borders of the buffers ---- */

static void append_text(output_text *to, const char *bytes, size_t len) {
  assert_true(len < sizeof to->bytes - to->len);
  memcpy(to->bytes + to->len, bytes, len);
  to->len += len;
  to->bytes[to->len] = '\0';
}

/* The text with `name` for each SHORT. */
static void replace_short(output_text *to, const output_text *from, const char *name) {
  const char *at = from->bytes;
  output_text_clear(to);
  for (const char *next; (next = strstr(at, "SHORT")); at = next + strlen("SHORT")) {
    append_text(to, at, (size_t)(next - at));
    append_text(to, name, strlen(name));
  }
  append_text(to, at, strlen(at));
}

static void write_long(output_text *to, trpt_rows_format format, bool is_domain, const char *name) {
  static char json[1 << 15];
  trpt_source source = a_source;
  snprintf(json, sizeof json, "{\"policies\":[{\"policy\":{\"policy-domain\":\"%s\"},\"failure-details\":[{},{}]},{}]}",
           is_domain ? name : "d");
  if (!is_domain) source.name = (trpt_str){name, strlen(name)};
  write_rows(to, format, json, &source);
}

/* Cells that rows share are stored in one buffer, and text leaves through another one. Whether they fit or not, the rows are
   the same. */
static void test_long_cells(void **state) {
  (void)state;
  static output_text short_rows, got, expected;
  static char name[12289];
  static const size_t ranges[][3] = {{1, 3800, 271}, {3800, 4200, 1}, {7900, 8300, 1}, {8300, 12288, 977}};
  for (int f = 0; f < FORMATS; f++) {
    for (int is_domain = 0; is_domain < 2; is_domain++) {
      write_long(&short_rows, formats[f], is_domain, "SHORT");
      for (size_t range = 0; range < sizeof ranges / sizeof ranges[0]; range++) {
        for (size_t len = ranges[range][0]; len < ranges[range][1]; len += ranges[range][2]) {
          memset(name, 'n', len);
          name[len] = '\0';
          write_long(&got, formats[f], is_domain, name);
          replace_short(&expected, &short_rows, name);
          assert_int_equal(got.len, expected.len);
          assert_memory_equal(got.bytes, expected.bytes, got.len);
        }
      }
    }
  }
}

static trpt_report *many_failures(int count) {
  static char json[1 << 16];
  int len = snprintf(json, sizeof json, "{\"policies\":[{},{\"failure-details\":[{}");
  for (int i = 1; i < count; i++)
    len += snprintf(json + len, sizeof json - (size_t)len, ",{\"receiving-mx-helo\":\"%d\"}", i);
  snprintf(json + len, sizeof json - (size_t)len, "]},{}]}");
  return parse(json);
}

/* A function that stops is not called again until trpt_rows_init, not among failures and not among policies. */
static void test_cancel(void **state) {
  (void)state;
  static output_text got;
  trpt_report *report = many_failures(400);
  assert_int_equal(trpt_rows_report(new_rows(&got, TRPT_ROWS_NDJSON), report, &a_source), TRPT_OK);
  const int calls = got.calls;
  const size_t len = got.len;
  assert_true(calls > 30);
  for (int i = 0; i <= calls; i++) {
    trpt_rows *rows = new_rows(&got, TRPT_ROWS_NDJSON);
    got.calls_left = i;
    assert_int_equal(trpt_rows_report(rows, report, &a_source), i < calls ? TRPT_E_CANCELED : TRPT_OK);
    assert_int_equal(got.len == len, i == calls);
    if (i == calls) break;
    assert_int_equal(got.calls, i + 1);
    assert_int_equal(trpt_rows_report(rows, report, &a_source), TRPT_E_CANCELED);
    assert_int_equal(trpt_rows_header(rows), TRPT_E_CANCELED);
    assert_int_equal(got.calls, i + 1);
  }
  trpt_report_free(report);
  trpt_rows *rows = new_rows(&got, TRPT_ROWS_CSV);
  got.calls_left = 0;
  assert_int_equal(trpt_rows_header(rows), TRPT_E_CANCELED);
}

static trpt_rows *rows_in_use;

static int call_back(void *user, const char *data, size_t len) {
  const trpt_error error = {.status = TRPT_E_JSON};
  trpt_report *report = parse("{\"policies\":[{}]}");
  assert_int_equal(trpt_rows_report(rows_in_use, report, &a_source), TRPT_E_STATE);
  assert_int_equal(trpt_rows_error(rows_in_use, &error, &a_source), TRPT_E_STATE);
  assert_int_equal(trpt_rows_header(rows_in_use), TRPT_E_STATE);
  trpt_report_free(report);
  return output_text_append(user, data, len);
}

static void test_calls_from_inside(void **state) {
  (void)state;
  static output_text got;
  static char memory[32768];
  trpt_report *report = parse(full);
  output_text_clear(&got);
  assert_int_equal(trpt_rows_init(&rows_in_use, memory, sizeof memory, NULL, call_back, &got), TRPT_OK);
  assert_int_equal(trpt_rows_report(rows_in_use, report, &a_source), TRPT_OK);
  assert_int_equal(got.calls, 1);
  /* What was refused leaves nothing behind. */
  static output_text expected;
  write_rows(&expected, TRPT_ROWS_NDJSON, full, &a_source);
  check("after refused calls", &got, expected.bytes);
  trpt_report_free(report);
}

/* ---- arguments ---- */

typedef struct newer_options {
  trpt_rows_options options;
  uint64_t more;
} newer_options;

static void test_options(void **state) {
  (void)state;
  static char memory[32768];
  static const struct {
    const char *why;
    newer_options options;
    trpt_status status;
  } cases[] = {
      {"all defaults", {.options = {.struct_size = sizeof(trpt_rows_options)}}, TRPT_OK},
      {"the last format", {.options = {.struct_size = sizeof(trpt_rows_options), .format = TRPT_ROWS_TSV}}, TRPT_OK},
      {"an older struct", {.options = {.struct_size = sizeof(size_t), .format = 99, .flags = 99}}, TRPT_OK},
      {"a newer struct, nothing in it", {.options = {.struct_size = sizeof(newer_options)}}, TRPT_OK},
      {"a newer struct with something",
       {.options = {.struct_size = sizeof(newer_options)}, .more = 1},
       TRPT_E_ARGUMENT},
      {"no size", {.options = {.struct_size = 0}}, TRPT_E_ARGUMENT},
      {"a senseless size", {.options = {.struct_size = SIZE_MAX}}, TRPT_E_ARGUMENT},
      {"no such format", {.options = {.struct_size = sizeof(trpt_rows_options), .format = 3}}, TRPT_E_ARGUMENT},
      {"a negative format", {.options = {.struct_size = sizeof(trpt_rows_options), .format = -1}}, TRPT_E_ARGUMENT},
      {"an unknown flag", {.options = {.struct_size = sizeof(trpt_rows_options), .flags = 2}}, TRPT_E_ARGUMENT},
      {"an unknown flag beside a known one",
       {.options = {.struct_size = sizeof(trpt_rows_options), .flags = 2 | TRPT_ROWS_NO_FORMULA_GUARD}},
       TRPT_E_ARGUMENT},
      {"every flag",
       {.options = {.struct_size = sizeof(trpt_rows_options), .flags = TRPT_ROWS_NO_FORMULA_GUARD}},
       TRPT_OK},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    trpt_rows *rows = (trpt_rows *)memory;
    const trpt_status status =
        trpt_rows_init(&rows, memory, sizeof memory, &cases[i].options.options, output_text_append, NULL);
    if (status != cases[i].status) fail_msg("%s: %s", cases[i].why, trpt_status_name(status));
    assert_int_equal(rows != NULL, status == TRPT_OK);
  }
}

static void test_arguments(void **state) {
  (void)state;
  static output_text got;
  static char memory[32768];
  trpt_rows *rows = (trpt_rows *)memory;
  const size_t size = trpt_rows_size();
  assert_int_equal(trpt_rows_init(NULL, memory, size, NULL, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_rows_init(&rows, NULL, size, NULL, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_null(rows);
  assert_int_equal(trpt_rows_init(&rows, memory, size, NULL, NULL, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_rows_init(&rows, memory, size - 1, NULL, output_text_append, &got), TRPT_E_BUFFER);
  assert_int_equal(trpt_rows_header(NULL), TRPT_E_ARGUMENT);

  static const trpt_diagnostic *const lists[] = {NULL};
  static const struct {
    const char *why;
    trpt_source source;
  } cases[] = {
      {"no size", {.name = STR("a")}},
      {"no name", {.struct_size = sizeof(trpt_source)}},
      {"no name in an older struct", {.struct_size = sizeof(size_t), .name = STR("a")}},
      {"diagnostics without a list", {.struct_size = sizeof(trpt_source), .name = STR("a"), .diagnostic_count = 1}},
      {"a diagnostic that is NULL",
       {.struct_size = sizeof(trpt_source), .name = STR("a"), .diagnostics = lists, .diagnostic_count = 1}},
  };
  const trpt_error error = {.status = TRPT_E_JSON};
  trpt_report *report = parse(full);
  rows = new_rows(&got, TRPT_ROWS_CSV);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    if (trpt_rows_report(rows, report, &cases[i].source) != TRPT_E_ARGUMENT) fail_msg("%s", cases[i].why);
    if (trpt_rows_error(rows, &error, &cases[i].source) != TRPT_E_ARGUMENT) fail_msg("error: %s", cases[i].why);
  }
  assert_int_equal(trpt_rows_report(NULL, report, &a_source), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_rows_report(rows, NULL, &a_source), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_rows_report(rows, report, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(got.calls, 0);
  trpt_report_free(report);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_column),
      cmocka_unit_test(test_mailed),
      cmocka_unit_test(test_errors),
      cmocka_unit_test(test_error_keys),
      cmocka_unit_test(test_header),
      cmocka_unit_test(test_defaults),
      cmocka_unit_test(test_several_reports),
      cmocka_unit_test(test_mode),
      cmocka_unit_test(test_hostile_strings),
      cmocka_unit_test(test_no_formula_guard),
      cmocka_unit_test(test_control_characters),
      cmocka_unit_test(test_special_bytes_anywhere),
      cmocka_unit_test(test_mx_hosts),
      cmocka_unit_test(test_times),
      cmocka_unit_test(test_long_cells),
      cmocka_unit_test(test_cancel),
      cmocka_unit_test(test_calls_from_inside),
      cmocka_unit_test(test_options),
      cmocka_unit_test(test_arguments),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
