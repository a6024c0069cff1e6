/* SPDX-License-Identifier: MIT */
/* Whole reports: what a tree holds, in how much memory, what happens where there is none; and the key. */

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "events.h"
#include "report_files.h"

static const char good[] = "{\"organization-name\":\"O\",\"report-id\":\"r\",\"policies\":[{\"policy\":{\"policy-"
                           "type\":\"sts\",\"policy-string\":[\"a\",\"\"],"
                           "\"mx-host\":[]},\"failure-details\":[{\"result-type\":\"x\"},{}]},{},{\"failure-details\":["
                           "{\"receiving-ip\":\"::1\"}]}]}";

/* ---- an allocator that counts, and fails when told ---- */

typedef struct heap {
  size_t allocations;
  size_t live;       /* bytes */
  size_t most;       /* of `live` at any time */
  size_t fail_after; /* allocations that succeed */
} heap;

static void *allocate(void *user, size_t size) {
  heap *h = user;
  if (h->allocations == h->fail_after) return NULL;
  h->allocations++;
  h->live += size;
  if (h->live > h->most) h->most = h->live;
  return malloc(size);
}

static void release(void *user, void *memory, size_t size) {
  assert_non_null(memory);
  ((heap *)user)->live -= size;
  free(memory);
}

/* ---- trees ---- */

static void test_tree(void **state) {
  (void)state;
  trpt_report *report;
  trpt_error error;
  assert_int_equal(trpt_report_parse(good, sizeof good - 1, NULL, &report, &error), TRPT_OK);
  assert_int_equal(error.status, 0);
  const trpt_metadata *metadata = trpt_report_metadata(report);
  assert_int_equal(metadata->policy_count, 3);
  assert_int_equal(metadata->failure_count, 3);
  assert_int_equal(trpt_report_policy_count(report), 3);
  assert_int_equal(trpt_report_failure_count(report, 0), 2);
  assert_int_equal(trpt_report_failure_count(report, 1), 0);
  assert_int_equal(trpt_report_failure_count(report, 2), 1);
  assert_int_equal(trpt_report_failure_count(report, 3), 0);
  assert_int_equal(trpt_report_failure_count(report, UINT32_MAX), 0);
  assert_null(trpt_report_policy(report, 3));
  assert_null(trpt_report_failure(report, 0, 2));
  assert_null(trpt_report_failure(report, 1, 0));
  assert_null(trpt_report_failure(report, 3, 0));
  assert_null(trpt_report_failure(report, UINT32_MAX, UINT32_MAX));
  const trpt_policy *policy = trpt_report_policy(report, 0);
  assert_int_equal(policy->string_count, 2);
  assert_non_null(policy->strings[1].ptr); /* empty is not absent */
  assert_int_equal(policy->strings[1].len, 0);
  assert_non_null(policy->mx_hosts);
  assert_int_equal(policy->mx_host_count, 0);
  assert_null(trpt_report_policy(report, 1)->strings);
  assert_int_equal(trpt_report_failure(report, 2, 0)->policy_index, 2);
  assert_memory_equal(trpt_report_failure(report, 2, 0)->receiving_ip.ptr, "::1", 3);
  assert_int_equal(trpt_report_diagnostic_count(report),
                   metadata->error_count + metadata->warning_count + metadata->info_count);
  assert_null(trpt_report_diagnostic(report, trpt_report_diagnostic_count(report)));
  trpt_report_free(report);
}

/* Structures lie where their types may, also behind strings of odd lengths. */
static void test_alignment(void **state) {
  (void)state;
  static const char json[] =
      "{\"report-id\":\"abc\",\"policies\":[{\"policy\":{\"policy-domain\":\"a\",\"policy-string\":[\"x\",\"yz\"],"
      "\"mx-host\":[\"h\"]},\"failure-details\":[{\"receiving-ip\":\"z\"}]},{\"policy\":{\"mx-host\":[\"abcdefg\"]}}]}";
  trpt_report *report;
  assert_int_equal(trpt_report_parse(json, sizeof json - 1, NULL, &report, NULL), TRPT_OK);
  assert_int_equal((uintptr_t)trpt_report_metadata(report) % alignof(trpt_metadata), 0);
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) {
    const trpt_policy *policy = trpt_report_policy(report, i);
    assert_int_equal((uintptr_t)policy % alignof(trpt_policy), 0);
    assert_int_equal((uintptr_t)policy->strings % alignof(trpt_str), 0);
    assert_int_equal((uintptr_t)policy->mx_hosts % alignof(trpt_str), 0);
  }
  assert_int_equal((uintptr_t)trpt_report_failure(report, 0, 0) % alignof(trpt_failure), 0);
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++)
    assert_int_equal((uintptr_t)trpt_report_diagnostic(report, i) % alignof(trpt_diagnostic), 0);
  trpt_report_free(report);
}

static void test_null(void **state) {
  (void)state;
  trpt_report *report = (trpt_report *)(uintptr_t)1;
  trpt_error error;
  size_t needed = 7;
  char buffer[64];
  assert_int_equal(trpt_report_parse(NULL, 1, NULL, &report, &error), TRPT_E_ARGUMENT);
  assert_null(report);
  assert_int_equal(error.status, TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_parse(good, 1, NULL, NULL, &error), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_parse(good, 1, NULL, &report, NULL), TRPT_E_TRUNCATED);
  assert_int_equal(trpt_report_parse("", 0, NULL, &report, &error), TRPT_E_TRUNCATED);
  assert_string_equal(error.message, "The input is empty.");
  assert_int_equal(trpt_report_parse(" ", 1, NULL, &report, &error), TRPT_E_TRUNCATED);
  assert_string_not_equal(error.message, "The input is empty.");
  assert_string_equal(error.code, "json.not-json");
  assert_int_equal(trpt_report_read(NULL, good, 1, &report), TRPT_E_ARGUMENT);
  assert_null(report);
  trpt_report_free(NULL);
  assert_null(trpt_report_metadata(NULL));
  assert_int_equal(trpt_report_policy_count(NULL), 0);
  assert_null(trpt_report_policy(NULL, 0));
  assert_int_equal(trpt_report_failure_count(NULL, 0), 0);
  assert_null(trpt_report_failure(NULL, 0, 0));
  assert_int_equal(trpt_report_diagnostic_count(NULL), 0);
  assert_null(trpt_report_diagnostic(NULL, 0));
  assert_int_equal(trpt_report_key(NULL, buffer, sizeof buffer, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(needed, 0);
  trpt_parser *parser;
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  assert_int_equal(trpt_report_read(parser, good, 1, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_read(parser, NULL, 1, &report), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_read(parser, good, sizeof good - 1, &report), TRPT_MORE);
  trpt_parser_free(parser); /* with the unfinished tree */
}

static void test_read(void **state) {
  (void)state;
  trpt_parser *parser;
  trpt_report *report;
  const trpt_event *event;
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  for (unsigned round = 0; round < 3; round++) {
    for (size_t at = 0; at < sizeof good - 1; at++) {
      assert_int_equal(trpt_report_read(parser, good + at, 1, &report), TRPT_MORE);
      assert_null(report);
      /* Not in between. */
      assert_int_equal(trpt_parser_read(parser, good + at, 1, NULL, &event), TRPT_E_STATE);
      assert_int_equal(trpt_parser_feed(parser, good + at, 1), TRPT_E_STATE);
      assert_int_equal(trpt_parser_finish(parser), TRPT_E_STATE);
      assert_int_equal(trpt_report_read(parser, NULL, 1, &report), TRPT_E_ARGUMENT);
      assert_int_equal(trpt_report_read(parser, "", 0, &report), TRPT_MORE);
    }
    assert_int_equal(trpt_report_read(parser, NULL, 0, &report), TRPT_OK);
    assert_int_equal(trpt_report_policy_count(report), 3);
    trpt_report *again = report;
    assert_int_equal(trpt_report_read(parser, good, 1, &again), TRPT_E_STATE);
    assert_null(again);
    trpt_parser_reset(parser); /* the tree is the caller's, and stays */
    assert_memory_equal(trpt_report_metadata(report)->report_id.ptr, "r", 1);
    trpt_report_free(report);
  }
  /* Nor where something else has begun. */
  while (trpt_parser_read(parser, good, 30, NULL, &event) == TRPT_OK) {
  }
  assert_int_equal(trpt_report_read(parser, good + 30, 1, &report), TRPT_E_STATE);
  /* Errors stay. */
  trpt_parser_reset(parser);
  for (unsigned i = 0; i < 3; i++) {
    assert_int_equal(trpt_report_read(parser, "{]", 2, &report), TRPT_E_JSON);
    assert_null(report);
    assert_int_equal(trpt_parser_error(parser)->status, TRPT_E_JSON);
    assert_int_equal(trpt_report_read(parser, NULL, 0, &report), TRPT_E_JSON);
    assert_int_equal(trpt_parser_read(parser, NULL, 0, NULL, &event), TRPT_E_JSON); /* the tree is gone at once */
  }
  /* Given up half-way. */
  trpt_parser_reset(parser);
  assert_int_equal(trpt_report_read(parser, good, 100, &report), TRPT_MORE);
  trpt_parser_reset(parser);
  assert_int_equal(trpt_report_read(parser, good, 100, &report), TRPT_MORE);
  trpt_parser_free(parser);
}

static int count_call(void *calls, const trpt_metadata *metadata) {
  (void)metadata;
  ++*(int *)calls;
  return 1;
}

/* Two diagnostics and an error come from one brace. trpt_report_read must not add the second diagnostic to a tree that it did not
   begin, and returns the error once the diagnostics were read. */
static void test_read_after_events(void **state) {
  (void)state;
  static const char text[] = "{\"organization-name\":\"O\",\"contact-info\":\"a@b.example\"}";
  trpt_parser *parser;
  trpt_report *report;
  const trpt_event *event;
  size_t used;
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  assert_int_equal(trpt_parser_read(parser, text, sizeof text - 1, &used, &event), TRPT_OK);
  assert_string_equal(event->diagnostic->where, "date-range");
  assert_int_equal(trpt_report_read(parser, "", 0, &report), TRPT_E_STATE);
  assert_null(report);
  assert_int_equal(trpt_parser_read(parser, "", 0, &used, &event), TRPT_OK);
  assert_string_equal(event->diagnostic->where, "report-id");
  assert_int_equal(trpt_report_read(parser, "", 0, &report), TRPT_E_SCHEMA);
  assert_null(report);
  assert_null(trpt_report_unfinished(parser));
  trpt_parser_free(parser);
}

static void test_handler_is_not_called(void **state) {
  (void)state;
  int calls = 0;
  trpt_parser *parser;
  trpt_report *report;
  const trpt_handler handler = {.struct_size = sizeof handler, .on_report = count_call};
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  assert_int_equal(trpt_parser_set_handler(parser, &handler, &calls), TRPT_OK);
  assert_int_equal(trpt_report_read(parser, good, sizeof good - 1, &report), TRPT_MORE);
  assert_int_equal(trpt_report_read(parser, NULL, 0, &report), TRPT_OK);
  assert_int_equal(calls, 0);
  trpt_parser_free(parser);
  assert_int_equal(trpt_report_policy_count(report), 3); /* it outlives the parser */
  trpt_report_free(report);
}

/* ---- every report as a tree ---- */

static size_t trees;

static void check_file(const report_file *file) {
  trpt_parser *parser;
  trpt_report *report;
  trpt_error error;
  events parsed = {0}, tree = {0};
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  events_read(&parsed, parser, file->bytes, file->len, events_whole, NULL);
  assert_int_equal(trpt_report_parse(file->bytes, file->len, NULL, &report, &error), parsed.status);
  assert_memory_equal(&error, trpt_parser_error(parser), sizeof error);
  if (report) {
    events_of_report(&tree, report);
    if (!events_agree(&parsed, &tree)) fail_msg("%s:\n%s----\n%s", file->name, parsed.text, tree.text);
    trees++;
  }
  trpt_report_free(report);
  trpt_parser_free(parser);
  events_free(&parsed);
  events_free(&tree);
}

static void test_reports(void **state) {
  (void)state;
  size_t count;
  report_file *files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_EXAMPLES | REPORTS_OF_CORPUS, &count);
  for (size_t i = 0; i < count; i++) check_file(&files[i]);
  report_files_free(files, count);
  assert_true(trees >= 15);
}

/* ---- memory ---- */

static char *large;
static size_t large_len;

static void make_large(size_t failures) {
  large = malloc(failures * 400 + 1000);
  assert_non_null(large);
  char *at =
      large + sprintf(large,
                      "{\"organization-name\":\"Example\",\"date-range\":{\"start-datetime\":\"2024-05-31T00:00:00Z\","
                      "\"end-datetime\":\"2024-05-31T23:59:59Z\"},\"contact-info\":\"a@b.example\",\"report-id\":\"r\","
                      "\"policies\":[");
  for (size_t i = 0; i < failures; i++) {
    if (i % 10 == 0)
      at +=
          sprintf(at,
                  "%s{\"policy\":{\"policy-type\":\"no-policy-found\",\"policy-domain\":\"d%zu.example\"},\"summary\":{"
                  "\"total-successful-session-count\":1,\"total-failure-session-count\":10},\"failure-details\":[",
                  i ? "]}," : "", i);
    at += sprintf(
        at,
        "%s{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"23.5.5.5\",\"receiving-mx-hostname\":"
        "\"mx%zu.example.com\",\"receiving-ip\":\"23.6.7.8\",\"failed-session-count\":1,\"failure-reason-code\":"
        "\"X509_V_ERR_CERT_HAS_EXPIRED\"}",
        i % 10 ? "," : "", i);
  }
  at += sprintf(at, "]}]}");
  large_len = (size_t)(at - large);
}

static void test_few_allocations(void **state) {
  (void)state;
  static const size_t sizes[] = {10, 1000, 50000};
  for (size_t i = 0; i < 3; i++) {
    make_large(sizes[i]);
    heap h = {.fail_after = SIZE_MAX};
    const trpt_allocator allocator = {sizeof allocator, allocate, release, &h};
    const trpt_options options = {.struct_size = sizeof options, .allocator = &allocator};
    trpt_report *report;
    trpt_error error;
    assert_int_equal(trpt_report_parse(large, large_len, &options, &report, &error), TRPT_OK);
    assert_int_equal(trpt_report_metadata(report)->failure_count, sizes[i]);
    /* What is left is the tree: the parser was given back. */
    if (i > 0) assert_true(h.live * 2 <= large_len * 3);
    assert_true(h.allocations <= 40);
    printf("%zu bytes of JSON, %zu of tree, %zu allocations\n", large_len, h.live, h.allocations);
    trpt_report_free(report);
    assert_int_equal(h.live, 0);
    free(large);
  }
}

/* A parser in the caller's memory owns nothing else but an unfinished tree, which a reset frees. */
static void test_caller_memory(void **state) {
  (void)state;
  heap h = {.fail_after = SIZE_MAX};
  const trpt_allocator allocator = {sizeof allocator, allocate, release, &h};
  const trpt_options options = {.struct_size = sizeof options, .allocator = &allocator};
  const size_t size = trpt_parser_size(&options);
  void *memory = malloc(size);
  trpt_parser *parser;
  trpt_report *report;
  assert_int_equal(trpt_parser_init(&parser, memory, size, &options), TRPT_OK);
  assert_int_equal(h.live, 0);
  assert_int_equal(trpt_report_read(parser, good, 10, &report), TRPT_MORE);
  assert_true(h.live > 0);
  trpt_parser_reset(parser);
  assert_int_equal(h.live, 0);
  free(memory);
}

static void test_failing_allocations(void **state) {
  (void)state;
  make_large(3000);
  for (size_t fail_after = 0;; fail_after++) {
    heap h = {.fail_after = fail_after};
    const trpt_allocator allocator = {sizeof allocator, allocate, release, &h};
    const trpt_options options = {.struct_size = sizeof options, .allocator = &allocator};
    trpt_report *report;
    trpt_parser *parser;
    trpt_error error;
    const trpt_status status = trpt_report_parse(large, large_len, &options, &report, &error);
    assert_int_equal(error.status, status < 0 ? status : 0);
    assert_int_equal(report != NULL, status == TRPT_OK);
    trpt_report_free(report);
    assert_int_equal(h.live, 0);
    assert_true(status == TRPT_OK || status == TRPT_E_MEMORY);
    h.allocations = 0;
    if (trpt_parser_new(&parser, &options) == TRPT_OK) {
      trpt_status read = trpt_report_read(parser, large, large_len, &report);
      if (read == TRPT_MORE) read = trpt_report_read(parser, NULL, 0, &report);
      assert_int_equal(read, status);
      assert_int_equal(trpt_parser_error(parser)->status, status < 0 ? status : 0);
      if (read < 0) {
        assert_int_equal(trpt_report_read(parser, NULL, 0, &report), read);
        /* After a reset, and with memory, it reads again. */
        h.fail_after = SIZE_MAX;
        trpt_parser_reset(parser);
        assert_int_equal(trpt_report_read(parser, good, sizeof good - 1, &report), TRPT_MORE);
        assert_int_equal(trpt_report_read(parser, NULL, 0, &report), TRPT_OK);
      }
      trpt_report_free(report);
      trpt_parser_free(parser);
    } else {
      assert_int_equal(status, TRPT_E_MEMORY);
    }
    assert_int_equal(h.live, 0);
    if (status == TRPT_OK) {
      assert_true(fail_after > 3);
      break;
    }
  }
  free(large);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_tree),
      cmocka_unit_test(test_alignment),
      cmocka_unit_test(test_null),
      cmocka_unit_test(test_read),
      cmocka_unit_test(test_read_after_events),
      cmocka_unit_test(test_handler_is_not_called),
      cmocka_unit_test(test_reports),
      cmocka_unit_test(test_few_allocations),
      cmocka_unit_test(test_caller_memory),
      cmocka_unit_test(test_failing_allocations),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
