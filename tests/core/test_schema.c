/* SPDX-License-Identifier: MIT */
/* The rows of lib/model/schema.def agree with each other, and each member survives reading, waiting for its policy, the tree and
   the writer. A new row is tested by these tests as they are. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tlsrpt/trpt.h>

#include "model/schema.h"
#include "parser/decode_table.h"

static void test_ranges(void **state) {
  (void)state;
  for (uint32_t context = TRPT_IN_NOTHING; context < TRPT_CONTEXT_COUNT; context++)
    TRPT_EACH_IN (info, context) assert_int_equal(info->context, context);
  uint32_t count = 1;
  for (uint32_t structure = 0; structure < TRPT_STRUCTURE_COUNT; structure++)
    TRPT_EACH_OF (info, structure) assert_int_equal(info->member, count++);
  assert_int_equal(count, TRPT_FIRST_ALIAS);
}

/* What the report key hashes in place of names: a number never changes its name. A new member needs a line. */
static const char *const tagged[] = {
    NULL,
    "organization-name",
    "date-range",
    "contact-info",
    "report-id",
    "policies",
    "start-datetime",
    "end-datetime",
    "policy",
    "summary",
    "failure-details",
    "policy-type",
    "policy-string",
    "policy-domain",
    "mx-host",
    "total-successful-session-count",
    "total-failure-session-count",
    "result-type",
    "sending-mta-ip",
    "receiving-mx-hostname",
    "receiving-mx-helo",
    "receiving-ip",
    "failed-session-count",
    "additional-information",
    "failure-reason-code",
};

static void test_tags(void **state) {
  (void)state;
  for (uint32_t i = 1; i < TRPT_FIRST_ALIAS; i++) {
    const uint32_t tag = trpt_members[i].tag;
    assert_in_range(tag, 1, sizeof tagged / sizeof *tagged - 1);
    assert_string_equal(trpt_members[i].name, tagged[tag]);
    for (uint32_t j = 1; j < i; j++) assert_int_not_equal(trpt_members[j].tag, tag);
  }
}

static void test_names(void **state) {
  (void)state;
  for (uint32_t i = 1; i < TRPT_MEMBER_COUNT; i++) {
    const trpt_member_info *info = &trpt_members[i];
    const trpt_str name = {info->name, info->name_len};
    assert_int_equal(strlen(info->name), info->name_len);
    for (uint32_t context = TRPT_IN_NOTHING; context < TRPT_CONTEXT_COUNT; context++) {
      const bool here = trpt_members[info->member].context == context;
      assert_int_equal(trpt_schema_find((trpt_context)context, name), here ? i : TRPT_MEMBER_NONE);
      assert_int_equal(trpt_schema_find((trpt_context)context, (trpt_str){name.ptr, name.len - 1}), TRPT_MEMBER_NONE);
    }
  }
}

/* A value that was read under another name can be withdrawn only if it is a text or a list. */
static void test_aliases(void **state) {
  (void)state;
  for (uint32_t i = TRPT_FIRST_ALIAS; i < TRPT_MEMBER_COUNT; i++) {
    const trpt_member_info *info = &trpt_members[trpt_members[i].member];
    assert_true(info->member < TRPT_FIRST_ALIAS);
    assert_true(trpt_has_text(info) || info->type == TRPT_TYPE_LIST);
  }
}

/* ---- A report with every member ---- */

typedef struct text {
  char bytes[1 << 14];
  size_t len;
  bool
      backwards; /* the members of each object are in the opposite order of the rows, so that failures precede their policy */
} text;

static int append(void *user, const char *data, size_t len) {
  text *to = user;
  assert_true(len < sizeof to->bytes - to->len);
  memcpy(to->bytes + to->len, data, len);
  to->len += len;
  return 0;
}

static void add(text *to, const char *string) { append(to, string, strlen(string)); }

static void add_object(text *to, trpt_context context);

static const char *time_of(const trpt_member_info *info) {
  return info->member % 2 ? "2024-01-02T00:00:00Z" : "2024-01-01T00:00:00Z";
}

static void add_value(text *to, const trpt_member_info *info) {
  char value[128];
  switch (info->type) {
  case TRPT_TYPE_STRING: snprintf(value, sizeof value, "\"the %s\"", info->name); break;
  case TRPT_TYPE_POLICY_TYPE: snprintf(value, sizeof value, "\"%s\"", trpt_policy_type_name(TRPT_POLICY_TLSA)); break;
  case TRPT_TYPE_RESULT_TYPE:
    snprintf(value, sizeof value, "\"%s\"", trpt_result_type_name(TRPT_RESULT_DANE_REQUIRED));
    break;
  case TRPT_TYPE_TIME: snprintf(value, sizeof value, "\"%s\"", time_of(info)); break;
  case TRPT_TYPE_COUNT: snprintf(value, sizeof value, "%u", 1000U + info->member); break;
  case TRPT_TYPE_LIST: snprintf(value, sizeof value, "[\"one %s\",\"two\"]", info->name); break;
  case TRPT_TYPE_OBJECT: add_object(to, (trpt_context)info->inner); return;
  default:
    add(to, "[");
    for (uint32_t context = 0; context < TRPT_CONTEXT_COUNT; context++)
      if (trpt_contexts[context].parent == info->inner) add_object(to, (trpt_context)context);
    add(to, "]");
    return;
  }
  add(to, value);
}

static void add_object(text *to, trpt_context context) {
  const uint32_t first = trpt_first_in[context];
  const uint32_t end = trpt_first_in[context + 1];
  for (uint32_t i = first; i < end; i++) {
    const trpt_member_info *info = &trpt_members[to->backwards ? first + end - 1 - i : i];
    add(to, i == first ? "{\"" : ",\"");
    add(to, info->name);
    add(to, "\":");
    add_value(to, info);
  }
  add(to, "}");
}

static void check_value(const trpt_member_info *info, const void *structure) {
  text expected = {.len = 0};
  int64_t seconds;
  if (info->has) assert_true(trpt_is_present(info, structure));
  if (info->type < TRPT_TYPE_OBJECT) add_value(&expected, info);
  if (trpt_has_text(info)) {
    const trpt_str value = trpt_text_of(info, structure);
    assert_int_equal(value.len + 2, expected.len);
    assert_memory_equal(value.ptr, expected.bytes + 1, value.len);
  }
  switch (info->type) {
  case TRPT_TYPE_POLICY_TYPE: assert_int_equal(trpt_type_of(info, structure), TRPT_POLICY_TLSA); break;
  case TRPT_TYPE_RESULT_TYPE: assert_int_equal(trpt_type_of(info, structure), TRPT_RESULT_DANE_REQUIRED); break;
  case TRPT_TYPE_TIME:
    assert_int_equal(trpt_time_parse(time_of(info), strlen(time_of(info)), &seconds), TRPT_OK);
    assert_int_equal(trpt_time_of(info, structure), seconds);
    break;
  case TRPT_TYPE_COUNT: assert_int_equal(trpt_count_of(info, structure), 1000U + info->member); break;
  case TRPT_TYPE_LIST:
    assert_int_equal(trpt_string_count_of(info, structure), 2);
    assert_memory_equal(trpt_strings_of(info, structure)[0].ptr, expected.bytes + 2, strlen("one ") + info->name_len);
    assert_memory_equal(trpt_strings_of(info, structure)[1].ptr, "two", 3);
    break;
  default: break;
  }
}

static void check_report(const trpt_report *report) {
  assert_int_equal(trpt_report_policy_count(report), 1);
  assert_int_equal(trpt_report_failure_count(report, 0), 1);
  TRPT_EACH_OF (info, TRPT_STRUCTURE_METADATA) check_value(info, trpt_report_metadata(report));
  TRPT_EACH_OF (info, TRPT_STRUCTURE_POLICY) check_value(info, trpt_report_policy(report, 0));
  TRPT_EACH_OF (info, TRPT_STRUCTURE_FAILURE) check_value(info, trpt_report_failure(report, 0, 0));
}

/* Each chunk lies elsewhere and is gone once it was read. */
static trpt_report *read_in_chunks(const text *json, size_t size) {
  trpt_parser *parser;
  trpt_report *report = NULL;
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  for (size_t at = 0; at < json->len; at += size) {
    const size_t len = json->len - at < size ? json->len - at : size;
    char *chunk = malloc(len);
    assert_non_null(chunk);
    memcpy(chunk, json->bytes + at, len);
    assert_int_equal(trpt_report_read(parser, chunk, len, &report), TRPT_MORE);
    free(chunk);
  }
  assert_int_equal(trpt_report_read(parser, NULL, 0, &report), TRPT_OK);
  trpt_parser_free(parser);
  return report;
}

static void check_every_member(bool backwards) {
  static const size_t sizes[] = {1, 7, 64, SIZE_MAX / 2};
  static text json, written;
  json = (text){.backwards = backwards};
  add_object(&json, TRPT_IN_REPORT);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    trpt_report *report = read_in_chunks(&json, sizes[i]);
    check_report(report);
    written.len = 0;
    assert_int_equal(trpt_report_write(report, 0, append, &written), TRPT_OK);
    trpt_report_free(report);
    report = read_in_chunks(&written, SIZE_MAX / 2);
    check_report(report);
    trpt_report_free(report);
  }
  if (!backwards) return;
  /* The writer keeps to the order of the rows. */
  json = (text){.backwards = false};
  add_object(&json, TRPT_IN_REPORT);
  assert_int_equal(written.len, json.len);
  assert_memory_equal(written.bytes, json.bytes, json.len);
}

static void test_every_member(void **state) {
  (void)state;
  check_every_member(false);
}

static void test_every_member_backwards(void **state) {
  (void)state;
  check_every_member(true);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_ranges),       cmocka_unit_test(test_tags),
      cmocka_unit_test(test_names),        cmocka_unit_test(test_aliases),
      cmocka_unit_test(test_every_member), cmocka_unit_test(test_every_member_backwards),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
