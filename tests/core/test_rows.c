/* SPDX-License-Identifier: MIT */
/* Rows through the public interface: each column, each format, hostile strings, and the borders of the buffers inside. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tlsrpt/trpt.h>

#define STR(literal)                                                                                                   \
  { literal, sizeof literal - 1 }

enum { FORMATS = 3 };
static const trpt_rows_format formats[FORMATS] = {TRPT_ROWS_NDJSON, TRPT_ROWS_CSV, TRPT_ROWS_TSV};

/* ---- what receives the text ---- */

typedef struct text {
  char bytes[1 << 18];
  size_t len;
  int calls;
  int calls_left;  /* before it stops; < 0: it never does */
  trpt_rows *rows; /* is called from inside */
} text;

static int append(void *user, const char *data, size_t len) {
  text *to = user;
  to->calls++;
  if (to->calls_left == 0) return 7;
  if (to->calls_left > 0) to->calls_left--;
  assert_in_range(len, 1, sizeof to->bytes - 1 - to->len);
  memcpy(to->bytes + to->len, data, len);
  to->len += len;
  to->bytes[to->len] = '\0';
  return 0;
}

static void clear(text *to) {
  to->len = 0;
  to->bytes[0] = '\0';
  to->calls = 0;
  to->calls_left = -1;
  to->rows = NULL;
}

/* ---- how rows are made ---- */

static trpt_report *parse(const char *json) {
  const trpt_options options = {.struct_size = sizeof options, .flags = TRPT_NO_FINDINGS};
  trpt_report *report;
  assert_int_equal(trpt_report_parse(json, strlen(json), &options, &report, NULL), TRPT_OK);
  return report;
}

/* In memory of exactly the size that is asked for, and not aligned. */
static trpt_rows *new_rows(text *to, trpt_rows_format format) {
  static char *memory;
  const trpt_rows_options options = {.struct_size = sizeof options, .format = format};
  trpt_rows *rows;
  free(memory);
  memory = malloc(trpt_rows_size() + 1);
  assert_non_null(memory);
  clear(to);
  assert_int_equal(trpt_rows_init(&rows, memory + 1, trpt_rows_size(), &options, append, to), TRPT_OK);
  return rows;
}

static const trpt_source a_source = {.struct_size = sizeof a_source, .name = STR("a.json"), .key = STR("K")};

static void write_rows(text *to, trpt_rows_format format, const char *json, const trpt_source *source) {
  trpt_report *report = parse(json);
  assert_int_equal(trpt_rows_report(new_rows(to, format), report, source), TRPT_OK);
  trpt_report_free(report);
}

static void check(const char *why, const text *got, const char *expected) {
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
                                      "additional_information"};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

/* A value in each column. Two policies and three failures, so that each index is needed. */
static const char full[] =
    "{\"organization-name\":\"Org\",\"date-range\":{\"start-datetime\":\"2026-03-01T00:00:00Z\","
    "\"end-datetime\":\"2026-03-01T23:59:59Z\"},\"contact-info\":\"c@org.example\",\"report-id\":\"id-1\",\"policies\":["
    "{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\",\"mode: testing\"],"
    "\"policy-domain\":\"d0.example\",\"mx-host\":[\"mx0.example\",\"*.mx.example\"]},\"summary\":{"
    "\"total-successful-session-count\":18446744073709551615,\"total-failure-session-count\":0},\"failure-details\":["
    "{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"192.0.2.1\",\"receiving-mx-hostname\":\"mx0.example\","
    "\"receiving-mx-helo\":\"helo.example\",\"receiving-ip\":\"192.0.2.2\",\"failed-session-count\":3,"
    "\"failure-reason-code\":\"why\",\"additional-information\":\"https://org.example/\"},"
    "{\"result-type\":\"other\",\"failed-session-count\":18446744073709551615}]},"
    "{\"policy\":{\"policy-type\":\"tlsa\",\"policy-string\":[\"3 1 1 00\"],\"policy-domain\":\"d1.example\"},"
    "\"summary\":{\"total-failure-session-count\":1},\"failure-details\":[{\"result-type\":\"tlsa-invalid\"}]}]}";

/* Cells with NULL for null, in quotation marks where JSON has them. */
#define FULL_REPORT "\"a.json\"", "\"K\"", "\"Org\"", "\"c@org.example\"", "\"id-1\"", "\"2026-03-01T00:00:00Z\"", "\"2026-03-01T23:59:59Z\""
#define FULL_POLICY_0 "0", "\"sts\"", "\"d0.example\"", "\"testing\"", "\"mx0.example *.mx.example\""
#define FULL_POLICY_1 "1", "\"tlsa\"", "\"d1.example\"", NULL, NULL
static const char *const full_rows[][COLUMNS] = {
    {"\"policy\"", FULL_REPORT, FULL_POLICY_0, "0", NULL, NULL, NULL, NULL, NULL, "18446744073709551615", "0", NULL, NULL},
    {"\"failure\"", FULL_REPORT, FULL_POLICY_0, "0", "\"certificate-expired\"", "\"192.0.2.1\"", "\"mx0.example\"",
     "\"helo.example\"", "\"192.0.2.2\"", NULL, "3", "\"why\"", "\"https://org.example/\""},
    {"\"failure\"", FULL_REPORT, FULL_POLICY_0, "1", "\"other\"", NULL, NULL, NULL, NULL, NULL, "18446744073709551615",
     NULL, NULL},
    {"\"policy\"", FULL_REPORT, FULL_POLICY_1, "0", NULL, NULL, NULL, NULL, NULL, NULL, "1", NULL, NULL},
    {"\"failure\"", FULL_REPORT, FULL_POLICY_1, "0", "\"tlsa-invalid\"", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

/* No member is there. */
static const char *const empty_rows[][COLUMNS] = {
    {"\"policy\"", "\"a.json\"", "\"K\"", NULL, NULL, NULL, NULL, NULL, "0", NULL, NULL, NULL, NULL, "0", NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, NULL},
    {"\"failure\"", "\"a.json\"", "\"K\"", NULL, NULL, NULL, NULL, NULL, "0", NULL, NULL, NULL, NULL, "0", NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, NULL},
};

static void add(char *to, size_t capacity, const char *what) {
  const size_t len = strlen(to);
  assert_true(strlen(what) < capacity - len);
  memcpy(to + len, what, strlen(what) + 1);
}

/* The rows as a format writes them, from cells that need no escapes. */
static void expect(char *to, size_t capacity, trpt_rows_format format, const char *const rows[][COLUMNS], size_t count) {
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
  static text got;
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
       "{\"organization-name\":1,\"date-range\":{\"start-datetime\":\"soon\",\"end-datetime\":[]},\"policies\":[{\"policy\":{"
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

static void test_header(void **state) {
  (void)state;
  static text got;
  static char expected[1024];
  for (int f = 0; f < FORMATS; f++) {
    expected[0] = '\0';
    for (size_t i = 0; i < COLUMNS && formats[f] != TRPT_ROWS_NDJSON; i++) {
      add(expected, sizeof expected, columns[i]);
      add(expected, sizeof expected, i + 1 < COLUMNS ? formats[f] == TRPT_ROWS_CSV ? "," : "\t"
                                     : formats[f] == TRPT_ROWS_CSV ? "\r\n" : "\n");
    }
    assert_int_equal(trpt_rows_header(new_rows(&got, formats[f])), TRPT_OK);
    check("header", &got, expected);
  }
}

/* The options are NULL, so rows are ndjson; the key is not given, so it is computed. */
static void test_defaults(void **state) {
  (void)state;
  static text got;
  static char memory[32768];
  const trpt_source source = {.struct_size = sizeof source, .name = STR("x")};
  char key[64], expected[128];
  trpt_report *report = parse(full);
  trpt_rows *rows;
  clear(&got);
  assert_true(trpt_rows_size() < sizeof memory);
  assert_int_equal(trpt_rows_init(&rows, memory, sizeof memory, NULL, append, &got), TRPT_OK);
  assert_int_equal(trpt_rows_report(rows, report, &source), TRPT_OK);
  assert_int_equal(trpt_report_key(report, key, sizeof key, NULL), TRPT_OK);
  snprintf(expected, sizeof expected, "{\"kind\":\"policy\",\"source\":\"x\",\"report_key\":\"%s\",\"organi", key);
  assert_memory_equal(got.bytes, expected, strlen(expected));
  trpt_report_free(report);
}

/* One writer takes one report after the other, and each report stands by itself. */
static void test_several_reports(void **state) {
  (void)state;
  static text got;
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
  static text got;
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
    snprintf(json, sizeof json, "{\"policies\":[{\"policy\":{\"policy-type\":\"%s\",\"policy-string\":%s}}]}", cases[i].type,
             cases[i].strings);
    snprintf(expected, sizeof expected, ",\"policy_mode\":%s,", cases[i].cell);
    write_rows(&got, TRPT_ROWS_NDJSON, json, &a_source);
    if (!strstr(got.bytes, expected)) fail_msg("%s: %s", cases[i].strings, got.bytes);
  }
}

/* ---- hostile strings ---- */

/* A cell, cut out of a row; `name`: of its column. */
static const char *cell_of(text *got, trpt_rows_format format, const char *json, const trpt_source *source,
                           const char *before, const char *after) {
  char from[64], to[64];
  write_rows(got, format, json, source);
  snprintf(from, sizeof from, "%s", before);
  snprintf(to, sizeof to, "%s", after);
  char *begin = strstr(got->bytes, from);
  assert_non_null(begin);
  begin += strlen(from);
  char *end = strstr(begin, to);
  assert_non_null(end);
  *end = '\0';
  return begin;
}
