/* SPDX-License-Identifier: MIT */
/* Memory that the caller gives, text that is read and buffers that are written to, each between pages that may not be touched:
   right in front of one and right behind one. A byte beyond is a crash, also in code that no sanitizer looks into. */

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include <tlsrpt/trpt.h>

#include "events.h"
#include "report_files.h"

/* ---- pages with a guard on both sides ---- */

typedef struct guarded {
  unsigned char *all;
  size_t all_size;
  unsigned char *begin;
  unsigned char *end;
} guarded;

static guarded guard(size_t size) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  const size_t inner = (size + page - 1) / page * page + (size ? 0 : page);
  guarded g = {.all_size = inner + 2 * page};
  g.all = mmap(NULL, g.all_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  assert_true(g.all != MAP_FAILED);
  g.begin = g.all + page;
  g.end = g.begin + inner;
  assert_int_equal(mprotect(g.all, page, PROT_NONE), 0);
  assert_int_equal(mprotect(g.end, page, PROT_NONE), 0);
  return g;
}

static void unguard(guarded g) { assert_int_equal(munmap(g.all, g.all_size), 0); }

enum { SIDES = 2 };

/* `size` bytes behind the first guard (0) or in front of the second (1). */
static unsigned char *place(const guarded *g, int side, size_t size) { return side ? g->end - size : g->begin; }

static char *place_text(const guarded *g, int side, const void *text, size_t len) {
  return memcpy(place(g, side, len), text, len);
}

static sigjmp_buf touched;
static void on_touch(int signal_number) { siglongjmp(touched, signal_number); }

static bool crashes(volatile unsigned char *place) {
  if (sigsetjmp(touched, 1)) return true;
  *place = 1;
  return false;
}

/* That the guards are there, without which the other tests would prove nothing. */
static void test_guards(void **state) {
  (void)state;
  guarded g = guard(1);
  struct sigaction action = {.sa_handler = on_touch}, before;
  assert_int_equal(sigaction(SIGSEGV, &action, &before), 0);
  for (int side = 0; side < SIDES; side++) assert_true(crashes(side ? g.end : g.begin - 1));
  assert_int_equal(sigaction(SIGSEGV, &before, NULL), 0);
  unguard(g);
}

/* ---- parsers ---- */

static const trpt_options variants[] = {
    {.tokenizer = TRPT_TOKENIZER_BUILTIN},
    {.tokenizer = TRPT_TOKENIZER_YAJL},
    {.tokenizer = TRPT_TOKENIZER_BUILTIN, .flags = TRPT_NO_INFLATE},
    {.tokenizer = TRPT_TOKENIZER_YAJL, .flags = TRPT_NO_INFLATE, .max_depth = 1},
    {.max_depth = 3},
    {.max_string = 1, .max_strings = 1, .max_entry = 1, .max_held = 1},
    {.max_string = 63, .max_strings = 3, .max_entry = 200, .max_held = 501, .flags = TRPT_NO_INFLATE},
};

static void check_parser(const trpt_options *options, const report_file *file) {
  const size_t size = trpt_parser_size(options);
  const events_next_fn cuts[] = {events_whole, events_byte};
  events expected = {0}, got = {.what = EVENTS_PUSH};
  trpt_parser *parser;
  if (!size) return; /* no yajl */
  assert_int_equal(trpt_parser_new(&parser, options), TRPT_OK);
  events_read(&expected, parser, file->bytes, file->len, events_whole, NULL);
  trpt_parser_free(parser);
  guarded memory = guard(size), input = guard(file->len);
  for (int side = 0; side < SIDES; side++) {
    const char *text = place_text(&input, side, file->bytes, file->len);
    assert_int_equal(trpt_parser_init(&parser, place(&memory, side, size), size, options), TRPT_OK);
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
      events_read(&got, parser, text, file->len, cuts[i], NULL);
      if (strcmp(got.text, expected.text) != 0) fail_msg("%s:\n%s----\n%s", file->name, expected.text, got.text);
    }
    assert_int_equal(trpt_parser_init(&parser, place(&memory, side, size - 1), size - 1, options), TRPT_E_BUFFER);
  }
  unguard(memory);
  unguard(input);
  events_free(&expected);
  events_free(&got);
}

static void test_parsers(void **state) {
  (void)state;
  size_t count;
  report_file *files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_EXAMPLES, &count);
  for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
    trpt_options options = variants[i];
    options.struct_size = sizeof options;
    for (size_t k = 0; k < count; k++) check_parser(&options, &files[k]);
  }
  report_files_free(files, count);
}

/* ---- writers ---- */

static int take(void *len, const char *text, size_t count) {
  (void)text;
  *(size_t *)len += count;
  return 0;
}

static void test_writers(void **state) {
  (void)state;
  const size_t size = trpt_writer_size();
  guarded memory = guard(size);
  char long_text[5000];
  memset(long_text, '"', sizeof long_text);
  const trpt_metadata metadata = {.organization_name = {long_text, sizeof long_text}, .start = INT64_MIN};
  const trpt_policy policy = {.domain = {"b.example", 9}};
  const trpt_failure failure = {.receiving_ip = {"::1", 3}};
  for (int side = 0; side < SIDES; side++) {
    trpt_writer *writer;
    size_t len = 0;
    assert_int_equal(trpt_writer_init(&writer, place(&memory, side, size), size, TRPT_PRETTY, take, &len), TRPT_OK);
    assert_int_equal(trpt_writer_metadata(writer, &metadata), TRPT_OK);
    for (int i = 0; i < 100; i++) {
      assert_int_equal(trpt_writer_policy(writer, &policy), TRPT_OK);
      assert_int_equal(trpt_writer_failure(writer, &failure), TRPT_OK);
    }
    assert_int_equal(trpt_writer_end(writer), TRPT_OK);
    assert_true(len > 10000);
  }
  unguard(memory);
}

/* Text of a caller is read in words. */
static void write_named(trpt_rows *rows, const trpt_report *report, const guarded *g, int side, const char *name,
                        size_t len) {
  const trpt_source source = {.struct_size = sizeof source, .name = {place_text(g, side, name, len), len}};
  size_t written = 0;
  assert_int_equal(trpt_rows_report(rows, report, &source), TRPT_OK);
  assert_int_equal(trpt_report_json(report, NULL, &source, 0, take, &written), TRPT_OK);
  assert_true(written > len);
}

static void test_rows(void **state) {
  (void)state;
  static const char name[] = "=0123456789abcdefghijklmnopqrstuv\xE2\x82\xAC\"\xE2\x82";
  const size_t size = trpt_rows_size();
  guarded memory = guard(size), names = guard(sizeof name);
  trpt_report *report;
  assert_int_equal(trpt_report_parse("{\"policies\":[{}]}", 17, NULL, &report, NULL), TRPT_OK);
  for (trpt_rows_format format = TRPT_ROWS_NDJSON; format <= TRPT_ROWS_TSV; format++) {
    const trpt_rows_options options = {.struct_size = sizeof options, .format = format};
    for (int side = 0; side < SIDES; side++) {
      trpt_rows *rows;
      size_t written = 0;
      assert_int_equal(trpt_rows_init(&rows, place(&memory, side, size), size, &options, take, &written), TRPT_OK);
      for (size_t at = 0; at < sizeof name; at++)
        for (size_t len = 0; len < sizeof name - at; len++) write_named(rows, report, &names, side, name + at, len);
      assert_true(written > 10000);
    }
  }
  trpt_report_free(report);
  unguard(memory);
  unguard(names);
}

/* ---- functions of a text, each of whose starts stands where the text ends ---- */

static int ignore(void *user, const trpt_diagnostic *diagnostic) {
  (void)user;
  (void)diagnostic;
  return 0;
}

static void read_record(const char *text, size_t len) {
  trpt_record record;
  trpt_rua rua;
  trpt_str name, value;
  const trpt_str texts[] = {{text, len}, {text, len}};
  for (uint32_t flags = 0; flags <= TRPT_STRICT; flags += TRPT_STRICT) {
    size_t uris = 0, extensions = 0;
    trpt_record_select(texts, 2, flags, &record, NULL);
    if (trpt_record_parse(text, len, flags, &record, NULL) != TRPT_OK) continue;
    while (trpt_record_next_rua(&record, &uris, &rua) == TRPT_OK) continue;
    while (trpt_record_next_extension(&record, &extensions, &name, &value) == TRPT_OK) continue;
  }
  trpt_record_diagnose(text, len, ignore, NULL);
}

static void read_text(const char *text, size_t len) {
  int64_t seconds;
  trpt_str key, value;
  trpt_tlsa tlsa;
  read_record(text, len);
  trpt_time_parse(text, len, &seconds);
  trpt_sts_line_parse(text, len, &key, &value);
  trpt_tlsa_parse(text, len, &tlsa);
  trpt_mx_match(text, len, text, len);
  trpt_mx_match("*.b.example", 11, text, len);
  trpt_policy_type_from_name(text, len);
  trpt_result_type_from_name(text, len);
  trpt_sts_mode_from_name(text, len);
}

static const char *const texts[] = {
    "v=TLSRPTv1; rua=mailto:a%40b@c.example,https://user@[2001:db8::1]:443/p?q#f , ftp://x; ext=1; rua=mailto:x@y",
    "v=TLSRPTv1;rua=mailto:\"a b\"@c.example%",
    "v=TLSRPTv1 \t;; rua = https://e.example/%4;",
    "2024-02-29T23:59:60.123456789+23:59",
    "2016-04-01t00:00:00z",
    "mx: *.mail.example.com",
    "3 1 1 0123456789ABCDEF0123456789abcdef0123456789ABCDEF0123456789abcdef",
    "a.mail.b.example",
    "certificate-host-mismatch",
    "no-policy-found",
    "\xE2\x82\xAC\xF0\x9F\x98\x80",
};

static void test_texts(void **state) {
  (void)state;
  guarded g = guard(4096);
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    for (size_t len = 0; len <= strlen(texts[i]); len++)
      for (int side = 0; side < SIDES; side++) read_text(place_text(&g, side, texts[i], len), len);
  unguard(g);
}

/* ---- functions that write to a buffer ---- */

typedef trpt_status (*write_fn)(char *buffer, size_t capacity, size_t *needed);

static trpt_status write_time(char *buffer, size_t capacity, size_t *needed) {
  return trpt_time_format(1714521600, buffer, capacity, needed);
}
static trpt_status write_name(char *buffer, size_t capacity, size_t *needed) {
  return trpt_record_name("example.com.", 12, buffer, capacity, needed);
}
static trpt_status write_joined(char *buffer, size_t capacity, size_t *needed) {
  static const uint8_t rdata[] = {3, 'v', '=', 'T', 0, 2, 'L', 'S'};
  return trpt_record_join(rdata, sizeof rdata, buffer, capacity, needed);
}
static trpt_status write_decoded(char *buffer, size_t capacity, size_t *needed) {
  return trpt_uri_decode("a%40b%4", 7, buffer, capacity, needed);
}
static trpt_status write_record(char *buffer, size_t capacity, size_t *needed) {
  static const trpt_str uris[] = {{"mailto:a@b.example", 18}, {"https://c.example/x", 19}};
  return trpt_record_write(uris, 2, buffer, capacity, needed);
}
static const trpt_report *report;
static trpt_status write_key(char *buffer, size_t capacity, size_t *needed) {
  return trpt_report_key(report, buffer, capacity, needed);
}

static void test_buffers(void **state) {
  (void)state;
  static const write_fn functions[] = {write_time, write_name, write_joined, write_decoded, write_record, write_key};
  static const char text[] = "{\"policies\":[]}";
  trpt_report *parsed;
  assert_int_equal(trpt_report_parse(text, sizeof text - 1, NULL, &parsed, NULL), TRPT_OK);
  report = parsed;
  guarded g = guard(4096);
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    size_t needed = 0;
    assert_int_equal(functions[i](NULL, 0, &needed), TRPT_E_BUFFER);
    for (size_t capacity = 0; capacity <= needed + 1; capacity++)
      for (int side = 0; side < SIDES; side++)
        assert_int_equal(functions[i]((char *)place(&g, side, capacity), capacity, NULL),
                         capacity > needed ? TRPT_OK : TRPT_E_BUFFER);
  }
  unguard(g);
  trpt_report_free(parsed);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_guards),  cmocka_unit_test(test_parsers),
                                     cmocka_unit_test(test_writers), cmocka_unit_test(test_rows),
                                     cmocka_unit_test(test_texts),   cmocka_unit_test(test_buffers)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
