/* SPDX-License-Identifier: MIT */
/* Each allocation of each public function that allocates fails once, for each report of tests/data with each tokenizer: the
   status says so, nothing leaks, and what is kept can be used again. First the caller's allocator fails, then malloc. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/report.h>

#include "allocations.h"
#include "report_files.h"

static report_file *files;
static size_t file_count;

/* ---- an allocator that fails behind so many ---- */

typedef struct heap {
  size_t asked;
  size_t allowed;
  size_t live; /* blocks */
  size_t live_bytes;
} heap;

static void *allocate(void *user, size_t size) {
  heap *h = user;
  if (h->asked++ >= h->allowed) return NULL;
  h->live++;
  h->live_bytes += size;
  return malloc(size);
}

static void release(void *user, void *memory, size_t size) {
  heap *h = user;
  assert_non_null(memory);
  h->live--;
  h->live_bytes -= size;
  free(memory);
}

/* ---- the functions ---- */

static trpt_status parse(const trpt_options *options, const report_file *file) {
  trpt_report *report;
  trpt_error error;
  const trpt_status status = trpt_report_parse(file->bytes, file->len, options, &report, &error);
  assert_int_equal(report != NULL, status == TRPT_OK);
  assert_int_equal(error.status, status < 0 ? status : 0);
  trpt_report_free(report);
  return status;
}

static trpt_status read_in_pieces(trpt_parser *parser, const report_file *file, trpt_report **report) {
  enum { PIECE = 100 };
  trpt_status status = TRPT_MORE;
  for (size_t at = 0; at < file->len && status == TRPT_MORE; at += PIECE)
    status = trpt_report_read(parser, file->bytes + at, file->len - at < PIECE ? file->len - at : PIECE, report);
  return status == TRPT_MORE ? trpt_report_read(parser, NULL, 0, report) : status;
}

static trpt_status read_with_parser(const trpt_options *options, const report_file *file) {
  trpt_parser *parser;
  trpt_report *report = NULL;
  trpt_status status = trpt_parser_new(&parser, options);
  assert_int_equal(parser != NULL, status == TRPT_OK);
  if (status == TRPT_OK) {
    status = read_in_pieces(parser, file, &report);
    assert_int_equal(report != NULL, status == TRPT_OK);
    trpt_report_free(report);
    /* It stays, without another allocation, until a reset. */
    if (status < 0) assert_int_equal(trpt_report_read(parser, NULL, 0, &report), status);
    assert_int_equal(trpt_parser_error(parser)->status, status < 0 ? status : 0);
  }
  trpt_parser_free(parser);
  return status;
}

static trpt_status read_twice(const trpt_options *options, const report_file *file) {
  trpt_parser *parser;
  trpt_report *first, *second;
  trpt_status status = trpt_parser_new(&parser, options);
  if (status != TRPT_OK) return status;
  status = read_in_pieces(parser, file, &first);
  trpt_parser_reset(parser);
  const trpt_status again = read_in_pieces(parser, file, &second);
  /* It may be the second that has no room. */
  if (again == TRPT_E_MEMORY) status = again;
  trpt_report_free(first);
  trpt_report_free(second);
  trpt_parser_free(parser);
  return status;
}

static trpt_status (*const functions[])(const trpt_options *, const report_file *) = {parse, read_with_parser,
                                                                                      read_twice};
enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

/* ---- each of them ---- */

static void test_of_the_caller(void **state) {
  (void)state;
  size_t failed = 0;
  for (trpt_tokenizer tokenizer = TRPT_TOKENIZER_BUILTIN; tokenizer <= TRPT_TOKENIZER_YAJL; tokenizer++)
    for (size_t i = 0; i < FUNCTIONS * file_count; i++) {
      const report_file *file = &files[i / FUNCTIONS];
      heap h = {.allowed = SIZE_MAX};
      const trpt_allocator allocator = {sizeof allocator, allocate, release, &h};
      const trpt_options options = {.struct_size = sizeof options, .tokenizer = tokenizer, .allocator = &allocator};
      const trpt_status expected = functions[i % FUNCTIONS](&options, file);
      if (expected == TRPT_E_UNSUPPORTED) continue;
      const size_t all = h.asked;
      assert_true(all >= 2);
      for (size_t allowed = 0; allowed < all; allowed++, failed++) {
        h = (heap){.allowed = allowed};
        assert_int_equal(functions[i % FUNCTIONS](&options, file), TRPT_E_MEMORY);
        if (h.live || h.live_bytes) fail_msg("%s leaks", file->name);
      }
      h = (heap){.allowed = all};
      assert_int_equal(functions[i % FUNCTIONS](&options, file), expected);
      if (h.live || h.live_bytes) fail_msg("%s leaks", file->name);
    }
  print_message("%u allocations failed\n", (unsigned)failed);
}

static void test_of_malloc(void **state) {
  (void)state;
  if (!allocations_are_counted()) skip();
  size_t failed = 0;
  for (trpt_tokenizer tokenizer = TRPT_TOKENIZER_BUILTIN; tokenizer <= TRPT_TOKENIZER_YAJL; tokenizer++)
    for (size_t i = 0; i < FUNCTIONS * file_count; i++) {
      const trpt_options options = {.struct_size = sizeof options, .tokenizer = tokenizer};
      allocations = 0;
      if (functions[i % FUNCTIONS](&options, &files[i / FUNCTIONS]) == TRPT_E_UNSUPPORTED) continue;
      const size_t all = allocations;
      assert_true(all >= 2);
      for (size_t allowed = 0; allowed < all; allowed++, failed++) {
        allocations = 0;
        allocations_allowed = allowed;
        const trpt_status status = functions[i % FUNCTIONS](&options, &files[i / FUNCTIONS]);
        allocations_allowed = SIZE_MAX;
        assert_int_equal(status, TRPT_E_MEMORY);
      }
    }
  print_message("%u allocations failed\n", (unsigned)failed);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_of_the_caller), cmocka_unit_test(test_of_malloc)};
  files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_EXAMPLES, &file_count);
  const int failures = cmocka_run_group_tests(tests, NULL, NULL);
  report_files_free(files, file_count);
  return failures;
}
