/* SPDX-License-Identifier: MIT */
/* However the bytes are cut into chunks, the parser says the same, and with both tokenizers what they must agree on: for every
   report of tests/data and of the corpus (../shared/corpus, if it is there), plain and gzipped, and for the same reports broken
   in every place. With TRPT_CHUNKS_STRIDE=n in the environment only every n-th input is read, for slow builds. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "engines_agree.h"
#include "report_files.h"

/* ---- inputs ---- */

typedef struct input {
  char name[300];
  unsigned char *bytes;
  size_t len;
  bool corpus;
  bool lone_surrogate;
} input;

static input *inputs;
static size_t input_count;

static bool ends_with(const char *name, const char *end) {
  const size_t len = strlen(name), end_len = strlen(end);
  return len > end_len && strcmp(name + len - end_len, end) == 0;
}

static input *add_input(const char *name, const void *bytes, size_t len, bool corpus) {
  inputs = realloc(inputs, (input_count + 1) * sizeof *inputs);
  assert_non_null(inputs);
  input *in = &inputs[input_count++];
  snprintf(in->name, sizeof in->name, "%s", name);
  in->bytes = malloc(len + 1);
  assert_non_null(in->bytes);
  if (len) memcpy(in->bytes, bytes, len);
  in->len = len;
  in->corpus = corpus;
  in->lone_surrogate = engines_lone_surrogate(in->bytes, len);
  return in;
}

static void add_files(void) {
  size_t count;
  report_file *files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_CORPUS, &count);
  for (size_t i = 0; i < count; i++)
    add_input(files[i].name, files[i].bytes, files[i].len, files[i].origin == REPORTS_OF_CORPUS);
  report_files_free(files, count);
}

/* One gzip member. */
static size_t zip(unsigned char *to, size_t capacity, const unsigned char *bytes, size_t len) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (z_const Bytef *)(uintptr_t)bytes;
  z.avail_in = (uInt)len;
  z.next_out = to;
  z.avail_out = (uInt)capacity;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return capacity - z.avail_out;
}

/* Each plain input once more gzipped: as one member, and as two. */
static void add_zipped(void) {
  const size_t count = input_count;
  for (size_t i = 0; i < count; i++) {
    const input plain = inputs[i];
    const size_t capacity = plain.len * 2 + 100;
    if (!ends_with(plain.name, ".json")) continue;
    unsigned char *zipped = malloc(capacity);
    assert_non_null(zipped);
    char name[400];
    size_t len;
    snprintf(name, sizeof name, "%s, gzipped", plain.name);
    len = zip(zipped, capacity, plain.bytes, plain.len);
    add_input(name, zipped, len, plain.corpus)->lone_surrogate = plain.lone_surrogate;
    const size_t half = plain.len / 2;
    len = zip(zipped, capacity, plain.bytes, half);
    len += zip(zipped + len, capacity - len, plain.bytes + half, plain.len - half);
    snprintf(name, sizeof name, "%s, two members", plain.name);
    add_input(name, zipped, len, plain.corpus)->lone_surrogate = plain.lone_surrogate;
    free(zipped);
  }
}

/* Texts in which a cut could make one word of two, or two of one. */
static void add_traps(void) {
  static const char *const texts[] = {
      "",
      " ",
      "-",
      "1.",
      "1e",
      "12",
      "tru",
      "true",
      "\"a",
      "\"a\"",
      "[",
      "{",
      "\xEF",
      "\xEF\xBB",
      "\xEF\xBB\xBF",
      "\xEF\xBB{}",
      "{\"abc\"policies\":[]}",
      "{\"\"policies\":[]}",
      "{\"policies\":[{\"x\"policy\":{}}]}",
      "{\"policies\":[]}1",
      "{\"policies\":[],}",
      "{\"policies\":[]\n,\n\"report-id\":\"\"}",
      "{\"policies\":[\n]\n}\n",
      "{\"policies\":[1 2]}",
      "{\"policies\":[1,]}",
      "{\"policies\" \"\"}",
      "{\"policies\"::[]}",
      "{,\"policies\":[]}",
      "{\"policies\":[]]",
      "[}",
      "{\"a\":nulll}",
      "{\"a\":truefalse}",
      "{\"a\":01}",
      "{\"a\":-}",
      "{\"a\":+1}",
      "{\"a\":1.e1}",
      "{\"a\":.1}",
      "{\"a\":1e+}",
      "{\"a\":\"\\ud83d\\u\"}",
      "{\"a\":\"\\x\"}",
      "{\"a\":\"\n\"}",
      "{\"a\":\"\xF0\x9F\"}",
      "{\"a\":1\f}",
      "{\"a\":1\v}",
      "\xFF\xFE{\0}\0",
  };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) add_input(texts[i], texts[i], strlen(texts[i]), false);
}

static void keep_every(size_t stride) {
  size_t kept = 0;
  for (size_t i = 0; i < input_count; i++) {
    if (i % stride == 0)
      inputs[kept++] = inputs[i];
    else
      free(inputs[i].bytes);
  }
  input_count = kept;
}

static int set_up(void **state) {
  (void)state;
  add_files();
  add_traps();
  add_zipped();
  const char *stride = getenv("TRPT_CHUNKS_STRIDE");
  if (stride && atoi(stride) > 1) keep_every((size_t)atoi(stride));
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  for (size_t i = 0; i < input_count; i++) free(inputs[i].bytes);
  free(inputs);
  return 0;
}

/* ---- readings ---- */

enum { TOKENIZERS = 2 };
static const trpt_tokenizer engines[TOKENIZERS] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
static const char *const tokenizer_names[TOKENIZERS] = {"builtin", "yajl"};

typedef struct readers {
  trpt_parser *parsers[TOKENIZERS];
  events expected[TOKENIZERS];
  size_t broken; /* number of broken texts so far */
  events found;
} readers;

static readers readers_new(trpt_options options) {
  readers r = {0};
  options.struct_size = sizeof options;
  for (size_t i = 0; i < TOKENIZERS; i++) {
    options.tokenizer = engines[i];
    const trpt_status status = trpt_parser_new(&r.parsers[i], &options);
    if (status == TRPT_E_UNSUPPORTED) {
      options.tokenizer = TRPT_TOKENIZER_BUILTIN;
      assert_int_equal(trpt_parser_new(&r.parsers[i], &options), TRPT_OK);
    } else {
      assert_int_equal(status, TRPT_OK);
    }
  }
  return r;
}

static void readers_free(readers *r) {
  for (size_t i = 0; i < TOKENIZERS; i++) {
    trpt_parser_free(r->parsers[i]);
    events_free(&r->expected[i]);
  }
  events_free(&r->found);
}

static void print_bytes(const unsigned char *bytes, size_t len) {
  for (size_t i = 0; i < len; i++) {
    if (bytes[i] >= 0x20 && bytes[i] < 0x7F && bytes[i] != '\\')
      fputc(bytes[i], stderr);
    else
      fprintf(stderr, bytes[i] == '\n' ? "\n" : "\\x%02X", bytes[i]);
  }
  fputc('\n', stderr);
}

static void fail_for(const events *expected, const events *found, const char *name, const char *how,
                     const unsigned char *bytes, size_t len) {
  fprintf(stderr, "%s (%s) of\n", name, how);
  print_bytes(bytes, len);
  fprintf(stderr, "---- expected:\n%s---- found:\n%s", expected->text, found->text);
  fail();
}

/* Reads the whole with each of the first `tokenizers`, and compares the two. */
static void expect(readers *r, size_t tokenizers, const input *in, const unsigned char *bytes, size_t len) {
  const bool plain = len && bytes[0] != 0x1F;
  for (size_t t = 0; t < tokenizers; t++) events_read(&r->expected[t], r->parsers[t], bytes, len, events_whole, NULL);
  if (tokenizers < TOKENIZERS) return;
  /* Of broken gzip it is not known whether a lone surrogate comes out. */
  if (!plain && (in->lone_surrogate || bytes != in->bytes)) return;
  if (!engines_agree(&r->expected[0], &r->expected[1], plain ? bytes : NULL, len))
    fail_for(&r->expected[0], &r->expected[1], in->name, "yajl, whole", bytes, len);
}

static void check(readers *r, size_t tokenizer, unsigned what, events_next_fn next, void *user, const char *name,
                  const unsigned char *bytes, size_t len) {
  r->found.what = what;
  const events *expected = &r->expected[tokenizer];
  events_read(&r->found, r->parsers[tokenizer], bytes, len, next, user);
  if (expected->len != r->found.len || memcmp(expected->text, r->found.text, r->found.len) != 0)
    fail_for(expected, &r->found, name, tokenizer_names[tokenizer], bytes, len);
}

/* ---- reports as they are ---- */

static void check_cuts(trpt_options options) {
  readers r = readers_new(options);
  for (size_t i = 0; i < input_count; i++) {
    const input *in = &inputs[i];
    const unsigned char *bytes = in->bytes;
    const size_t len = in->len;
    uint32_t seed = (uint32_t)i;
    expect(&r, TOKENIZERS, in, bytes, len);
    for (size_t t = 0; t < TOKENIZERS; t++) {
      check(&r, t, EVENTS_MOVE, events_whole, NULL, in->name, bytes, len);
      check(&r, t, EVENTS_PUSH, events_whole, NULL, in->name, bytes, len);
      check(&r, t, EVENTS_MOVE, events_byte, NULL, in->name, bytes, len);
      check(&r, t, EVENTS_PUSH | EVENTS_MOVE, events_byte, NULL, in->name, bytes, len);
      for (unsigned k = 0; k < 8; k++) check(&r, t, EVENTS_MOVE, events_random, &seed, in->name, bytes, len);
      /* yajl's engine is slow: of its cuts every fifth, beginning at another byte in each input. */
      const size_t stride = t ? 5 : 1;
      for (size_t at = t ? i % stride : 0; at <= len; at += stride) {
        size_t cut = at;
        check(&r, t, 0, events_cut_at, &cut, in->name, bytes, len);
      }
    }
  }
  readers_free(&r);
}

static void test_cuts(void **state) {
  (void)state;
  check_cuts((trpt_options){0});
}

static void test_cuts_strict(void **state) {
  (void)state;
  check_cuts((trpt_options){.flags = TRPT_STRICT});
}

static void test_cuts_with_few_diagnostics(void **state) {
  (void)state;
  check_cuts((trpt_options){.max_diagnostics = 2});
}

static void test_cuts_at_small_limits(void **state) {
  (void)state;
  check_cuts((trpt_options){.max_held = 300, .max_string = 40, .max_strings = 4, .max_entry = 400});
}

/* ---- broken reports ---- */

static const unsigned char nasty[] = {0x00, '\n', '"', '\\', '{', '}', ']', ',', ':', '0', '-', 'e', 0x80, 0xED, 0xFF};

/* One reading of each tokenizer in random chunks. yajl's engine costs ten times as much, so it reads every sixth broken text. */
static void check_broken(readers *r, const input *in, const unsigned char *bytes, size_t len, uint32_t *seed) {
  const size_t tokenizers = r->broken++ % 6 ? 1 : TOKENIZERS;
  expect(r, tokenizers, in, bytes, len);
  for (size_t t = 0; t < tokenizers; t++) check(r, t, 0, events_random, seed, in->name, bytes, len);
}

static void check_mutations(trpt_options options, size_t step) {
  readers r = readers_new(options);
  for (size_t i = 0; i < input_count; i++) {
    const input *in = &inputs[i];
    uint32_t seed = (uint32_t)i * 7919;
    /* Of the corpus fewer places: the same shapes come again and again. */
    const size_t stride = (in->corpus ? 7 : 1) * step;
    unsigned char *bytes = malloc(in->len + 1);
    assert_non_null(bytes);
    for (size_t at = i % stride; at < in->len; at += stride) {
      memcpy(bytes, in->bytes, at);
      check_broken(&r, in, bytes, at, &seed);
      memcpy(bytes + at, in->bytes + at + 1, in->len - at - 1);
      check_broken(&r, in, bytes, in->len - 1, &seed);
      memcpy(bytes, in->bytes, in->len);
      for (size_t k = 0; k < sizeof nasty; k++) {
        bytes[at] = nasty[k];
        check_broken(&r, in, bytes, in->len, &seed);
      }
    }
    free(bytes);
  }
  readers_free(&r);
}

static void test_mutations(void **state) {
  (void)state;
  check_mutations((trpt_options){0}, 3);
}

static void test_mutations_strict(void **state) {
  (void)state;
  check_mutations((trpt_options){.flags = TRPT_STRICT}, 19);
}

static void test_mutations_at_small_limits(void **state) {
  (void)state;
  check_mutations((trpt_options){.max_held = 300, .max_string = 40, .max_depth = 5, .max_diagnostics = 3}, 17);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cuts),
      cmocka_unit_test(test_cuts_strict),
      cmocka_unit_test(test_cuts_with_few_diagnostics),
      cmocka_unit_test(test_cuts_at_small_limits),
      cmocka_unit_test(test_mutations),
      cmocka_unit_test(test_mutations_strict),
      cmocka_unit_test(test_mutations_at_small_limits),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
