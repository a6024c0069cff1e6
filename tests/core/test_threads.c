/* SPDX-License-Identifier: MIT */
/* Many threads, each with parsers, trees, writers and records of its own, and all with trees that they share: each finds what
   one thread finds alone. The thread sanitizer (tests/machines/run.sh tsan) sees what is shared without being constant. */

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/trpt.h>

#include "events.h"
#include "report_files.h"

enum { THREADS = 8, ROUNDS = 5 };

static report_file *files;
static size_t file_count;
static const trpt_report **shared; /* NULL where the file is not a report */

/* ---- what was found, as a number ---- */

static void add(uint64_t *digest, const void *bytes, size_t len) {
  const unsigned char *p = bytes;
  for (size_t i = 0; i < len; i++) *digest = (*digest ^ p[i]) * UINT64_C(0x100000001B3);
}
static void add_text(uint64_t *digest, const char *text) { add(digest, text, strlen(text)); }
static void add_number(uint64_t *digest, int64_t number) { add(digest, &number, sizeof number); }
static void add_str(uint64_t *digest, trpt_str text) {
  if (text.ptr) add(digest, text.ptr, text.len);
  add_number(digest, (int64_t)text.len);
}

static int add_written(void *digest, const char *text, size_t len) {
  add(digest, text, len);
  return 0;
}

static int add_diagnostic(void *digest, const trpt_diagnostic *diagnostic) {
  add_text(digest, diagnostic->code);
  add_number(digest, (int64_t)diagnostic->offset);
  return 0;
}

/* ---- all that a thread does ---- */

static void add_tree(uint64_t *digest, events *e, const trpt_report *report) {
  char key[64];
  events_of_report(e, report);
  add_text(digest, e->text);
  add_number(digest, trpt_report_key(report, key, sizeof key, NULL));
  add_text(digest, key);
  add_number(digest, trpt_report_write(report, TRPT_PRETTY, add_written, digest));
}

static void read_report(uint64_t *digest, const report_file *file, trpt_parser *const parsers[2], uint32_t *seed) {
  for (size_t i = 0; i < 2; i++) {
    events e = {.what = *seed & 1 ? EVENTS_PUSH : 0};
    if (!parsers[i]) continue;
    events_read(&e, parsers[i], file->bytes, file->len, events_random, seed);
    add_text(digest, e.text);
    events_free(&e);
  }
  events e = {0};
  trpt_report *report;
  trpt_error error;
  add_number(digest, trpt_report_parse(file->bytes, file->len, NULL, &report, &error));
  add_text(digest, error.where);
  if (report) add_tree(digest, &e, report);
  trpt_report_free(report);
  events_free(&e);
}

static void read_record(uint64_t *digest, const char *text) {
  trpt_record record;
  trpt_error error;
  trpt_rua rua;
  trpt_str name, value;
  size_t cursor = 0;
  const size_t len = strlen(text);
  add_number(digest, trpt_record_parse(text, len, TRPT_STRICT, &record, &error));
  add_text(digest, error.where);
  add_number(digest, trpt_record_parse(text, len, 0, &record, &error));
  while (trpt_record_next_rua(&record, &cursor, &rua) == TRPT_OK) add_str(digest, rua.uri);
  for (cursor = 0; trpt_record_next_extension(&record, &cursor, &name, &value) == TRPT_OK;) add_str(digest, value);
  add_number(digest, trpt_record_diagnose(text, len, add_diagnostic, digest));
}

static void read_the_rest(uint64_t *digest) {
  static const char *const records[] = {"v=TLSRPTv1; rua=mailto:a@b.example,https://c.example/d; x=y",
                                        "v=TLSRPTv1;rua=ftp://b.example", "v=TLSRPTv1 rua=mailto:a@b.example",
                                        "v=spf1"};
  static const char tlsa[] = "3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  char text[32];
  int64_t seconds;
  trpt_tlsa parts;
  for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) read_record(digest, records[i]);
  add_number(digest, trpt_time_parse("2024-02-29T23:59:60.5+02:00", 27, &seconds));
  add_number(digest, trpt_time_format(seconds, text, sizeof text, NULL));
  add_text(digest, text);
  add_number(digest, trpt_tlsa_parse(tlsa, sizeof tlsa - 1, &parts));
  add_number(digest, trpt_mx_match("*.b.example", 11, "A.B.example", 11));
  for (trpt_result_type type = 0; type < (trpt_result_type)trpt_result_type_count(); type++)
    add_text(digest, trpt_result_type_description(type));
}

static uint64_t do_all(uint32_t seed) {
  uint64_t digest = UINT64_C(0xCBF29CE484222325);
  trpt_parser *parsers[2] = {NULL, NULL};
  for (trpt_tokenizer tokenizer = TRPT_TOKENIZER_BUILTIN; tokenizer <= TRPT_TOKENIZER_YAJL; tokenizer++) {
    const trpt_options options = {.struct_size = sizeof options, .tokenizer = tokenizer};
    trpt_parser_new(&parsers[tokenizer - TRPT_TOKENIZER_BUILTIN], &options);
  }
  for (size_t i = 0; i < file_count; i++) {
    read_report(&digest, &files[i], parsers, &seed);
    events e = {0};
    if (shared[i]) add_tree(&digest, &e, shared[i]);
    events_free(&e);
    read_the_rest(&digest);
  }
  trpt_parser_free(parsers[0]);
  trpt_parser_free(parsers[1]);
  return digest;
}

/* ---- the threads ---- */

typedef struct worker {
  pthread_t thread;
  uint32_t seed;
  uint64_t expected;
  int wrong;
} worker;

static pthread_barrier_t start;

static void *run(void *argument) {
  worker *w = argument;
  pthread_barrier_wait(&start);
  for (int round = 0; round < ROUNDS; round++) w->wrong += do_all(w->seed + (uint32_t)round) != w->expected;
  return NULL;
}

static void test_threads(void **state) {
  (void)state;
  worker workers[THREADS];
  size_t trees = 0;
  files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_EXAMPLES, &file_count);
  trpt_report **reports = calloc(file_count, sizeof *reports);
  assert_non_null(reports);
  shared = (const trpt_report **)reports;
  for (size_t i = 0; i < file_count; i++)
    trees += trpt_report_parse(files[i].bytes, files[i].len, NULL, &reports[i], NULL) == TRPT_OK;
  assert_true(trees >= 10);
  const uint64_t expected = do_all(1);
  assert_int_equal(pthread_barrier_init(&start, NULL, THREADS), 0);
  for (size_t i = 0; i < THREADS; i++) {
    workers[i] = (worker){.seed = (uint32_t)(1000 * i + 1), .expected = expected};
    assert_int_equal(pthread_create(&workers[i].thread, NULL, run, &workers[i]), 0);
  }
  for (size_t i = 0; i < THREADS; i++) assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
  for (size_t i = 0; i < THREADS; i++) assert_int_equal(workers[i].wrong, 0);
  pthread_barrier_destroy(&start);
  for (size_t i = 0; i < file_count; i++) trpt_report_free(reports[i]);
  free(reports);
  report_files_free(files, file_count);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
