/* SPDX-License-Identifier: MIT */
/* What is written is JSON that reads back as the same events, whatever the strings hold; and a record is one that strict
   parsing accepts. */

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

static trpt_report *parse(const void *data, size_t len, uint32_t flags) {
  const trpt_options options = {.struct_size = sizeof options, .flags = flags};
  trpt_report *report;
  trpt_report_parse(data, len, &options, &report, NULL);
  return report;
}

/* The elements of a report, without the texts of its times and the bits for them: unreadable ones are not written. */
static void read_elements(events *e, const trpt_report *report) {
  e->what = EVENTS_NO_DIAGNOSTICS;
  events_of_report(e, report);
  char *from = strstr(e->text, " start-text=");
  assert_non_null(from);
  const char *to = strstr(from, " start=");
  memmove(from, to, strlen(to) + 1);
  *strstr(from, " has=") = '\0';
}

/* The key covers the text of a time that is unreadable, which is not written. */
static void check_same_key(const char *name, const trpt_report *report, const trpt_report *back) {
  const trpt_metadata *times = trpt_report_metadata(report);
  const bool lost_start = times->start == INT64_MIN && times->start_text.ptr;
  const bool lost_end = times->end == INT64_MIN && times->end_text.ptr;
  char before[33], after[33];
  assert_int_equal(trpt_report_key(report, before, sizeof before, NULL), TRPT_OK);
  assert_int_equal(trpt_report_key(back, after, sizeof after, NULL), TRPT_OK);
  if ((strcmp(before, after) == 0) != !(lost_start || lost_end)) fail_msg("%s: %s became %s", name, before, after);
}

static void check_round_trip(const char *name, const void *data, size_t len, uint32_t flags) {
  static output_text written, again;
  static events before, after;
  trpt_report *report = parse(data, len, 0);
  trpt_report *strict = parse(data, len, TRPT_STRICT);
  if (!report) return;
  output_text_clear(&written);
  assert_int_equal(trpt_report_write(report, flags, output_text_append, &written), TRPT_OK);
  trpt_report *back = parse(written.bytes, written.len, 0);
  if (!back) fail_msg("%s: the written text is not a report", name);
  read_elements(&before, report);
  read_elements(&after, back);
  if (strcmp(before.text, after.text) != 0) {
    fprintf(stderr, "%s:\n%s\n---- but reads back as\n%s\n", name, before.text, after.text); /* fail_msg would cut it */
    fail();
  }
  check_same_key(name, report, back);
  output_text_clear(&again);
  assert_int_equal(trpt_report_write(back, flags, output_text_append, &again), TRPT_OK);
  assert_int_equal(again.len, written.len);
  assert_memory_equal(again.bytes, written.bytes, written.len);
  trpt_report *strict_back = parse(written.bytes, written.len, TRPT_STRICT);
  if (strict && !strict_back) fail_msg("%s: strict accepts it, but not what was written", name);
  /* Of this one only the form is wrong. */
  if (strcmp(name, "other-forms.json") == 0) assert_true(!strict && strict_back);
  trpt_report_free(report);
  trpt_report_free(strict);
  trpt_report_free(back);
  trpt_report_free(strict_back);
}

static void test_reports_read_back_as_they_were(void **state) {
  (void)state;
  size_t count;
  report_file *files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_EXAMPLES | REPORTS_OF_CORPUS, &count);
  for (size_t i = 0; i < count; i++) {
    /* Of this one the noncharacter is lost: I-JSON forbids it. */
    if (strcmp(files[i].name, "odd-text.json") == 0) continue;
    check_round_trip(files[i].name, files[i].bytes, files[i].len, 0);
    check_round_trip(files[i].name, files[i].bytes, files[i].len, TRPT_PRETTY);
  }
  report_files_free(files, count);
}

/* ---- streaming ---- */

#define STR(literal)                                                                                                   \
  { literal, sizeof literal - 1 }

static trpt_writer *new_writer(output_text *to, uint32_t flags) {
  static char memory[16384];
  trpt_writer *writer;
  output_text_clear(to);
  assert_true(trpt_writer_size() < sizeof memory - 1);
  /* Not aligned, and of exactly the size that is asked for. */
  assert_int_equal(trpt_writer_init(&writer, memory + 1, trpt_writer_size(), flags, output_text_append, to), TRPT_OK);
  return writer;
}

static const trpt_metadata metadata = {
    .organization_name = STR("Sender"),
    .contact_info = STR("tls@sender.example"),
    .report_id = STR("2026-03-01-1"),
    .start = 1772323200,
    .end = 1772409599,
};

static void test_a_report_as_it_comes(void **state) {
  (void)state;
  static output_text to;
  static const trpt_str strings[] = {STR("version: STSv1"), STR("mode: enforce"), STR("mx: mx.example.com"),
                                     STR("max_age: 86400")};
  static const trpt_str hosts[] = {STR("mx.example.com")};
  const trpt_policy policy = {
      .type = TRPT_POLICY_STS,
      .domain = STR("example.com"),
      .strings = strings,
      .string_count = 4,
      .mx_hosts = hosts,
      .mx_host_count = 1,
      .successful_sessions = 18446744073709551615U,
      .failed_sessions = 2,
      .present = TRPT_POLICY_HAS_POLICY | TRPT_POLICY_HAS_STRINGS | TRPT_POLICY_HAS_MX_HOSTS |
                 TRPT_POLICY_HAS_SUCCESSFUL | TRPT_POLICY_HAS_FAILED,
  };
  const trpt_failure failure = {
      .type = TRPT_RESULT_CERTIFICATE_EXPIRED,
      .present = TRPT_FAILURE_HAS_FAILED_SESSIONS,
      .sending_mta_ip = STR("192.0.2.1"),
      .failed_sessions = 2,
  };
  const trpt_policy none = {.type = TRPT_POLICY_NO_POLICY_FOUND,
                            .present = TRPT_POLICY_HAS_POLICY | TRPT_POLICY_HAS_FAILURES};
  trpt_writer *writer = new_writer(&to, 0);
  assert_int_equal(trpt_writer_metadata(writer, &metadata), TRPT_OK);
  assert_int_equal(trpt_writer_policy(writer, &policy), TRPT_OK);
  assert_int_equal(trpt_writer_failure(writer, &failure), TRPT_OK);
  assert_int_equal(trpt_writer_failure(writer, &failure), TRPT_OK);
  assert_int_equal(trpt_writer_policy(writer, &none), TRPT_OK);
  assert_int_equal(trpt_writer_end(writer), TRPT_OK);
  to.bytes[to.len] = '\0';
  assert_string_equal(
      to.bytes,
      "{\"organization-name\":\"Sender\",\"date-range\":{\"start-datetime\":\"2026-03-01T00:00:00Z\",\"end-datetime\":"
      "\"2026-03-01T23:59:59Z\"},\"contact-info\":\"tls@sender.example\",\"report-id\":\"2026-03-01-1\",\"policies\":[{"
      "\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\",\"mode: enforce\",\"mx: "
      "mx.example.com\",\"max_age: "
      "86400\"],\"policy-domain\":\"example.com\",\"mx-host\":[\"mx.example.com\"]},\"summary\":"
      "{\"total-successful-session-count\":18446744073709551615,\"total-failure-session-count\":2},\"failure-details\":"
      "[{"
      "\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"192.0.2.1\",\"failed-session-count\":2},{"
      "\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"192.0.2.1\",\"failed-session-count\":2}]},{"
      "\"policy\":{"
      "\"policy-type\":\"no-policy-found\"},\"failure-details\":[]}]}");
}

static void test_pretty(void **state) {
  (void)state;
  static output_text to;
  const trpt_metadata little = {.report_id = STR("1"), .start = INT64_MIN, .end = INT64_MIN};
  const trpt_policy empty = {.present = TRPT_POLICY_HAS_POLICY | TRPT_POLICY_HAS_STRINGS};
  trpt_writer *writer = new_writer(&to, TRPT_PRETTY);
  trpt_writer_metadata(writer, &little);
  trpt_writer_policy(writer, &empty);
  assert_int_equal(trpt_writer_end(writer), TRPT_OK);
  to.bytes[to.len] = '\0';
  assert_string_equal(to.bytes, "{\n  \"report-id\": \"1\",\n  \"policies\": [\n    {\n      \"policy\": {\n        "
                                "\"policy-string\": []\n      }\n    }\n  ]\n}\n");
}

/* What is not there is not written. */
static void test_parts_that_lack(void **state) {
  (void)state;
  static output_text to;
  static const struct {
    int64_t start, end;
    uint32_t present;
    const char *written;
  } rows[] = {
      {INT64_MIN, INT64_MIN, 0, "{\"policies\":[{}]}"},
      {0, INT64_MIN, TRPT_POLICY_HAS_SUCCESSFUL,
       "{\"date-range\":{\"start-datetime\":\"1970-01-01T00:00:00Z\"},\"policies\":[{\"summary\":{"
       "\"total-successful-session-count\":1}}]}"},
      {INT64_MIN, 0, TRPT_POLICY_HAS_FAILED,
       "{\"date-range\":{\"end-datetime\":\"1970-01-01T00:00:00Z\"},\"policies\":[{\"summary\":{"
       "\"total-failure-session-count\":2}}]}"},
      /* Years that RFC 3339 cannot write. */
      {INT64_MAX, 253402300800, TRPT_POLICY_HAS_TYPE, "{\"policies\":[{}]}"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const trpt_metadata times = {.start = rows[i].start, .end = rows[i].end};
    const trpt_policy policy = {
        .type = TRPT_POLICY_STS, .present = rows[i].present, .successful_sessions = 1, .failed_sessions = 2};
    trpt_writer *writer = new_writer(&to, 0);
    trpt_writer_metadata(writer, &times);
    trpt_writer_policy(writer, &policy);
    assert_int_equal(trpt_writer_end(writer), TRPT_OK);
    to.bytes[to.len] = '\0';
    assert_string_equal(to.bytes, rows[i].written);
  }
}

/* RFC 7493 s2.1 */
static void test_any_bytes_become_i_json(void **state) {
  (void)state;
  static output_text to;
  static const struct {
    const char *why;
    trpt_str bytes;
    const char *written;
  } rows[] = {
      {"what must be escaped", STR("a\"\\\b\f\n\r\t\x01\x1F"), "a\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f"},
      {"NUL and DEL", STR("\0\x7F"), "\\u0000\x7F"},
      {"UTF-8 stays", STR("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"), "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"},
      {"no UTF-8: each maximal part", STR("\xFFz\xE2\x82z\xC3"), "\xEF\xBF\xBDz\xEF\xBF\xBDz\xEF\xBF\xBD"},
      {"overlong, surrogate", STR("\xC0\x80\xED\xA0\x80"),
       "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"noncharacters", STR("\xEF\xBF\xBF\xEF\xB7\x90\xF0\x9F\xBF\xBE"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"beside noncharacters", STR("\xEF\xBF\xBD\xEF\xB7\x8F\xEF\xB7\xB0\xF0\x9E\xBF\xBE"),
       "\xEF\xBF\xBD\xEF\xB7\x8F\xEF\xB7\xB0\xF0\x9E\xBF\xBE"},
      {"empty", STR(""), ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char expected[256];
    const trpt_metadata odd = {.report_id = rows[i].bytes, .start = INT64_MIN, .end = INT64_MIN};
    trpt_writer *writer = new_writer(&to, 0);
    trpt_writer_metadata(writer, &odd);
    assert_int_equal(trpt_writer_end(writer), TRPT_OK);
    to.bytes[to.len] = '\0';
    snprintf(expected, sizeof expected, "{\"report-id\":\"%s\",\"policies\":[]}", rows[i].written);
    if (strcmp(to.bytes, expected) != 0) fail_msg("%s: %s", rows[i].why, to.bytes);
    /* And the parser finds nothing of I-JSON to complain about. */
    trpt_report *report = parse(to.bytes, to.len, 0);
    for (uint32_t j = 0; j < trpt_report_diagnostic_count(report); j++)
      assert_true(strncmp(trpt_report_diagnostic(report, j)->code, "json.", 5) != 0);
    trpt_report_free(report);
  }
}

static void test_order_of_calls(void **state) {
  (void)state;
  static output_text to;
  const trpt_policy policy = {0};
  const trpt_failure failure = {0};
  trpt_writer *writer = new_writer(&to, 0);
  assert_int_equal(trpt_writer_policy(writer, &policy), TRPT_E_STATE);
  assert_int_equal(trpt_writer_failure(writer, &failure), TRPT_E_STATE);
  assert_int_equal(trpt_writer_end(writer), TRPT_E_STATE);
  assert_int_equal(trpt_writer_metadata(writer, &metadata), TRPT_OK);
  assert_int_equal(trpt_writer_metadata(writer, &metadata), TRPT_E_STATE);
  assert_int_equal(trpt_writer_failure(writer, &failure), TRPT_E_STATE);
  assert_int_equal(trpt_writer_policy(writer, &policy), TRPT_OK);
  assert_int_equal(trpt_writer_metadata(writer, &metadata), TRPT_E_STATE);
  assert_int_equal(trpt_writer_failure(writer, &failure), TRPT_OK);
  assert_int_equal(trpt_writer_end(writer), TRPT_OK);
  const size_t len = to.len;
  assert_int_equal(trpt_writer_end(writer), TRPT_E_STATE);
  assert_int_equal(trpt_writer_policy(writer, &policy), TRPT_E_STATE);
  assert_int_equal(to.len, len); /* the refused calls wrote nothing */
  trpt_report *report = parse(to.bytes, to.len, 0);
  assert_int_equal(trpt_report_failure_count(report, 0), 1);
  trpt_report_free(report);
}

static trpt_writer *writer_in_use;

static int call_back(void *user, const char *data, size_t len) {
  const trpt_policy policy = {0};
  const trpt_failure failure = {0};
  assert_int_equal(trpt_writer_metadata(writer_in_use, &metadata), TRPT_E_STATE);
  assert_int_equal(trpt_writer_policy(writer_in_use, &policy), TRPT_E_STATE);
  assert_int_equal(trpt_writer_failure(writer_in_use, &failure), TRPT_E_STATE);
  assert_int_equal(trpt_writer_end(writer_in_use), TRPT_E_STATE);
  return output_text_append(user, data, len);
}

/* The text comes out in chunks while each of the functions runs; none may be called from inside. */
static void test_calls_from_inside(void **state) {
  (void)state;
  static output_text to;
  static char memory[16384], reason[9000];
  memset(reason, 'r', sizeof reason);
  const trpt_str longer = {reason, sizeof reason};
  const trpt_metadata long_metadata = {.report_id = longer, .start = INT64_MIN, .end = INT64_MIN};
  const trpt_policy policy = {.domain = longer, .present = TRPT_POLICY_HAS_POLICY};
  const trpt_failure failure = {.failure_reason_code = longer};
  output_text_clear(&to);
  assert_int_equal(trpt_writer_init(&writer_in_use, memory, sizeof memory, 0, call_back, &to), TRPT_OK);
  assert_int_equal(trpt_writer_metadata(writer_in_use, &long_metadata), TRPT_OK);
  assert_int_equal(trpt_writer_policy(writer_in_use, &policy), TRPT_OK);
  assert_int_equal(trpt_writer_failure(writer_in_use, &failure), TRPT_OK);
  assert_int_equal(trpt_writer_end(writer_in_use), TRPT_OK);
  trpt_report *report = parse(to.bytes, to.len, 0);
  assert_int_equal(trpt_report_failure_count(report, 0), 1);
  trpt_report_free(report);
}

static void test_arguments(void **state) {
  (void)state;
  static output_text to;
  char memory[16384];
  trpt_writer *writer = (trpt_writer *)memory;
  const trpt_policy bad_strings = {.string_count = 1};
  const trpt_policy bad_hosts = {.mx_host_count = 1};
  /* An element without a text would be read at NULL. */
  static const trpt_str elements[] = {{"a", 1}, {NULL, 3}};
  static const trpt_str empty_elements[] = {{NULL, 0}};
  const trpt_policy bad_string = {.present = TRPT_POLICY_HAS_STRINGS, .strings = elements, .string_count = 2};
  const trpt_policy bad_host = {.mx_hosts = empty_elements, .mx_host_count = 1};
  assert_int_equal(trpt_writer_init(NULL, memory, sizeof memory, 0, output_text_append, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_init(&writer, NULL, sizeof memory, 0, output_text_append, NULL), TRPT_E_ARGUMENT);
  assert_null(writer);
  assert_int_equal(trpt_writer_init(&writer, memory, sizeof memory, 0, NULL, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_init(&writer, memory, sizeof memory, 2, output_text_append, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_init(&writer, memory, trpt_writer_size() - 1, 0, output_text_append, NULL),
                   TRPT_E_BUFFER);
  writer = new_writer(&to, 0);
  assert_int_equal(trpt_writer_metadata(NULL, &metadata), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_metadata(writer, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_metadata(writer, &metadata), TRPT_OK);
  assert_int_equal(trpt_writer_policy(NULL, &bad_hosts), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_policy(writer, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_policy(writer, &bad_strings), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_policy(writer, &bad_string), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_policy(writer, &bad_host), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_policy(writer, &bad_hosts), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_failure(writer, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_failure(NULL, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_writer_end(NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_write(NULL, 0, output_text_append, &to), TRPT_E_ARGUMENT);
  trpt_report *report = parse("{\"policies\":[]}", 15, 0);
  assert_int_equal(trpt_report_write(report, 0, NULL, &to), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_write(report, 4, output_text_append, &to), TRPT_E_ARGUMENT);
  trpt_report_free(report);
}

/* A function that stops is not called again, and TRPT_E_CANCELED stays. */
static void test_cancel(void **state) {
  (void)state;
  static output_text to;
  const trpt_policy policy = {.present = TRPT_POLICY_HAS_POLICY};
  const trpt_failure failure = {.failure_reason_code = STR("a reason that makes the text longer than any buffer")};
  for (int pieces = 0; pieces < 3; pieces++) {
    trpt_writer *writer = new_writer(&to, 0);
    to.calls_left = pieces;
    trpt_status status = trpt_writer_metadata(writer, &metadata);
    if (status == TRPT_OK) status = trpt_writer_policy(writer, &policy);
    for (int i = 0; i < 1000 && status == TRPT_OK; i++) status = trpt_writer_failure(writer, &failure);
    assert_int_equal(status, TRPT_E_CANCELED);
    assert_int_equal(trpt_writer_policy(writer, &policy), TRPT_E_CANCELED);
    assert_int_equal(trpt_writer_end(writer), TRPT_E_CANCELED);
    assert_int_equal(to.calls_left, 0);
  }
}

/* Nor is a function that stops called again for a whole report: neither among its failures nor among its policies. */
static void test_cancel_report(void **state) {
  (void)state;
  static output_text to;
  static char json[200000];
  static const struct {
    const char *begin, *unit, *end;
  } rows[] = {
      {"{\"policies\":[{\"failure-details\":[{}", ",{\"failure-reason-code\":\"a reason\"}", "]}]}"},
      {"{\"policies\":[{}", ",{\"policy\":{\"policy-domain\":\"a domain\"}}", "]}"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    int len = snprintf(json, sizeof json, "%s", rows[i].begin);
    for (int k = 0; k < 2000; k++) len += snprintf(json + len, sizeof json - (size_t)len, "%s", rows[i].unit);
    len += snprintf(json + len, sizeof json - (size_t)len, "%s", rows[i].end);
    trpt_report *report = parse(json, (size_t)len, TRPT_NO_DIAGNOSTICS);
    assert_non_null(report);
    output_text_clear(&to);
    assert_int_equal(trpt_report_write(report, 0, output_text_append, &to), TRPT_OK);
    const size_t whole = to.len;
    size_t last = 0;
    for (int pieces = 0; last < whole; pieces++) {
      output_text_clear(&to);
      to.calls_left = pieces;
      const trpt_status status = trpt_report_write(report, 0, output_text_append, &to);
      assert_int_equal(status, to.len == whole ? TRPT_OK : TRPT_E_CANCELED);
      assert_true(pieces == 0 ? to.len == 0 : to.len > last);
      last = to.len;
    }
    trpt_report_free(report);
  }
}

/* ---- records ---- */

static void test_records(void **state) {
  (void)state;
  static const struct {
    const char *why;
    trpt_str uris[3];
    size_t count;
    const char *record; /* NULL: refused */
  } rows[] = {
      {"one", {STR("mailto:a@example.com")}, 1, "v=TLSRPTv1; rua=mailto:a@example.com"},
      {"two",
       {STR("mailto:a@x.example"), STR("https://x.example/t")},
       2,
       "v=TLSRPTv1; rua=mailto:a@x.example,https://x.example/t"},
      {"what delimits is encoded",
       {STR("https://x.example/a;b?c,d=!")},
       1,
       "v=TLSRPTv1; rua=https://x.example/a%3Bb?c%2Cd=%21"},
      {"what is encoded stays", {STR("mailto:a%2Cb@x.example")}, 1, "v=TLSRPTv1; rua=mailto:a%2Cb@x.example"},
      {"none", {{NULL, 0}}, 0, NULL},
      {"absent", {{NULL, 0}}, 1, NULL},
      {"empty", {STR("")}, 1, NULL},
      {"no scheme", {STR("a@example.com")}, 1, NULL},
      {"the second is none", {STR("mailto:a@example.com"), STR("b c")}, 2, NULL},
      {"where nothing can be encoded", {STR("https://[v1.a,b]/")}, 1, NULL},
      {"nor here", {STR("https://[v1.a!b]/")}, 1, NULL},
      {"nor here", {STR("https://[v1.a;b]/")}, 1, NULL},
      {"where nothing need be", {STR("https://[v1.a:b]/")}, 1, "v=TLSRPTv1; rua=https://[v1.a:b]/"},
      {"in a name of a host", {STR("https://a,b.example/")}, 1, "v=TLSRPTv1; rua=https://a%2Cb.example/"},
      {"an address", {STR("https://[2001:db8::1]/a,b")}, 1, "v=TLSRPTv1; rua=https://[2001:db8::1]/a%2Cb"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char buffer[128];
    size_t needed = 99;
    memset(buffer, '#', sizeof buffer);
    const trpt_status status = trpt_record_write(rows[i].uris, rows[i].count, buffer, sizeof buffer, &needed);
    if (!rows[i].record) {
      assert_int_equal(status, TRPT_E_ARGUMENT);
      assert_int_equal(needed, 0);
      assert_int_equal(buffer[0], '#');
      continue;
    }
    if (status != TRPT_OK || strcmp(buffer, rows[i].record) != 0) fail_msg("%s: %.*s", rows[i].why, 100, buffer);
    assert_int_equal(needed, strlen(rows[i].record));
    trpt_record record;
    assert_int_equal(trpt_record_parse(buffer, needed, TRPT_STRICT, &record, NULL), TRPT_OK);
    assert_int_equal(record.rua_count, rows[i].count);
    /* One byte less than the text and its NUL. */
    memset(buffer, '#', sizeof buffer);
    assert_int_equal(trpt_record_write(rows[i].uris, rows[i].count, buffer, needed, NULL), TRPT_E_BUFFER);
    assert_int_equal(buffer[0], '#');
    assert_int_equal(trpt_record_write(rows[i].uris, rows[i].count, NULL, 0, &needed), TRPT_E_BUFFER);
    assert_int_equal(trpt_record_write(rows[i].uris, rows[i].count, NULL, 9, NULL), TRPT_E_ARGUMENT);
    assert_int_equal(trpt_record_write(rows[i].uris, rows[i].count, buffer, needed + 1, NULL), TRPT_OK);
  }
  assert_int_equal(trpt_record_write(NULL, 1, NULL, 0, NULL), TRPT_E_ARGUMENT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_reports_read_back_as_they_were),
      cmocka_unit_test(test_a_report_as_it_comes),
      cmocka_unit_test(test_pretty),
      cmocka_unit_test(test_parts_that_lack),
      cmocka_unit_test(test_any_bytes_become_i_json),
      cmocka_unit_test(test_order_of_calls),
      cmocka_unit_test(test_calls_from_inside),
      cmocka_unit_test(test_arguments),
      cmocka_unit_test(test_cancel),
      cmocka_unit_test(test_cancel_report),
      cmocka_unit_test(test_records),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
