/* SPDX-License-Identifier: MIT */
/* The JSON for programs that process records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tlsrpt/record.h>
#include <tlsrpt/report.h>

#include "output_text.h"

#define V   "v=TLSRPTv1; "
#define RUA "rua=mailto:a@b.example"

static output_text got;

static trpt_status write(const char *text, uint32_t flags, uint32_t notation) {
  output_text_clear(&got);
  return trpt_record_json(text, strlen(text), flags, notation, output_text_append, &got);
}

static void test_line(void **state) {
  (void)state;
  static const char expected[] =
      "{\"text\":\"v=TLSRPTv1; rua=mailto:a@b.example\",\"valid\":true,\"status\":\"TRPT_OK\",\"offset\":null,"
      "\"verdict\":\"all\",\"reason\":null,\"rua\":[{\"uri\":\"mailto:a@b.example\",\"scheme\":\"mailto\",\"usable\":"
      "true,\"address\":\"a@b.example\"}],\"extensions\":[],\"diagnostics\":[],\"publish\":null,\"notation\":[]}";
  assert_int_equal(write(V RUA, 0, 0), TRPT_OK);
  assert_string_equal(got.bytes, expected);
  assert_int_equal(write(V RUA, TRPT_STRICT, 0), TRPT_OK);
  assert_string_equal(got.bytes, expected);
}

/* What depends on the text, the mode and the notation: parts of the line. */
static void test_parts(void **state) {
  (void)state;
  static const char two[] = V RUA ",https://c.example/; x=y";
  static const char broken[] = V RUA "; x=";
  static const char other[] = "x\x1B";
  static const struct {
    const char *text;
    uint32_t flags, notation;
    const char *part;
  } rows[] = {
      {two, TRPT_STRICT, 0,
       "\"address\":\"a@b.example\"},{\"uri\":\"https://c.example/\",\"scheme\":\"https\",\"usable\":true}],"},
      {two, TRPT_STRICT, 0, "],\"extensions\":[{\"name\":\"x\",\"value\":\"y\"}],\"diagnostics\":[{"},
      {V "rua=mailto:,ftp://b.example", 0, 0,
       "{\"uri\":\"mailto:\",\"scheme\":\"mailto\",\"usable\":false,\"address\":\"\"},{\"uri\":\"ftp://b.example\","
       "\"scheme\":\"other\",\"usable\":false}"},
      {V "rua=mailto:\xFF\"@b.example", 0, 0, "{\"uri\":\"mailto:\xEF\xBF\xBD\\\"@b.example\""},
      {broken, 0, 0, "\"valid\":true,\"status\":\"TRPT_OK\",\"offset\":null,\"verdict\":\"some\",\"reason\":\""},
      {broken, 0, 0, "\"rua\":[{\"uri\":\"mailto:a@b.example\""},
      {broken, 0, 0,
       "\"extensions\":[],\"diagnostics\":[{\"code\":\"record.bad-ext-value\",\"severity\":\"error\",\"offset\":"},
      {broken, TRPT_STRICT, 0, "\"valid\":false,\"status\":\"TRPT_E_RECORD\",\"offset\":38,\"error\":{\"status\":"},
      {broken, TRPT_STRICT, 0, ",\"rua\":[],\"extensions\":[],\"diagnostics\":[{"},
      {broken, TRPT_STRICT, 0, "\"publish\":\"v=TLSRPTv1; rua=mailto:a@b.example\",\"notation\":[]}"},
      {other, 0, 0, "{\"text\":\"x\\u001b\",\"valid\":false,\"status\":\"TRPT_E_NOT_TLSRPT\",\"offset\":0,\"error\":{"},
      {other, 0, 0, "\"verdict\":\"none\",\"reason\":\"The record does not begin with "},
      {other, 0, 0, "\"publish\":null,"},
      {"", 0, 0, "{\"text\":\"\",\"valid\":false,"},
      {two, 0, TRPT_NOTATION_QUOTES | TRPT_NOTATION_STRINGS | TRPT_NOTATION_ENTRY,
       "\"notation\":[\"entry\",\"strings\",\"quotes\"]}"},
      {two, 0, TRPT_NOTATION_ENTRY, "\"notation\":[\"entry\"]}"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    assert_int_equal(write(rows[i].text, rows[i].flags, rows[i].notation), TRPT_OK);
    if (!strstr(got.bytes, rows[i].part)) fail_msg("%s: %s lacks %s", rows[i].text, got.bytes, rows[i].part);
  }
}

/* A writer that stops is not called again, wherever it stops. */
static void test_cancel(void **state) {
  (void)state;
  static char text[10000] = V RUA;
  for (size_t len = strlen(text); len < sizeof text - 16;)
    len += (size_t)snprintf(text + len, sizeof text - len, "%s", len % 2 ? "; x= " : "; a1=b; RUA=x");
  assert_int_equal(write(text, 0, 0), TRPT_OK);
  const int calls = got.calls;
  assert_true(calls > 100);
  for (int i = 0; i < calls; i++) {
    output_text_clear(&got);
    got.calls_left = i;
    assert_int_equal(trpt_record_json(text, strlen(text), 0, 0, output_text_append, &got), TRPT_E_CANCELED);
    assert_int_equal(got.calls, i + 1);
  }
}

static void test_arguments(void **state) {
  (void)state;
  static const struct {
    const char *text;
    uint32_t flags, notation;
    trpt_write_fn write;
  } rows[] = {
      {NULL, 0, 0, output_text_append},
      {"", 2, 0, output_text_append},
      {"", 0, 8, output_text_append},
      {"", 0, 0, NULL},
  };
  output_text_clear(&got);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    assert_int_equal(trpt_record_json(rows[i].text, 0, rows[i].flags, rows[i].notation, rows[i].write, &got),
                     TRPT_E_ARGUMENT);
  assert_int_equal(got.calls, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_line),
      cmocka_unit_test(test_parts),
      cmocka_unit_test(test_cancel),
      cmocka_unit_test(test_arguments),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
