/* SPDX-License-Identifier: MIT */
/* After a parser was made nothing is ever allocated: with either tokenizer, plain and gzipped, good and bad. malloc and its
   kin are replaced by ones that count, for yajl and the inflater too. */

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include <tlsrpt/parser.h>

#include "allocations.h"

static unsigned char text[1 << 20], zipped[1 << 18];
static size_t text_len, zipped_len;

/* Much of everything: policies, failures before them, long words with and without escapes, depth, unknown members. */
static void make_text(void) {
  char *at = (char *)text;
  at += sprintf(at, "{\"organization-name\":\"\\u00e9 \xC3\xA9\",\"policies\":[");
  for (int i = 0; i < 200; i++) {
    at += sprintf(at, "%s{\"failure-details\":[{\"result-type\":\"x\",\"failure-reason-code\":\"", i ? "," : "");
    for (int k = 0; k < 500; k++) at += sprintf(at, k % 7 ? "abc" : "\\n");
    at += sprintf(at,
                  "\"},{\"failed-session-count\":%d.0e0}],\"policy\":{\"policy-type\":\"tlsa\",\"policy-string\":[\"["
                  "\\\"3 1 1 00;3 "
                  "0 1 11\\\"]\"]},\"x\":[[[[[[[[{\"y\":\"%0*d\",\"%0*d\":null}]]]]]]]]}",
                  i, 1 + 20 * i, i, 1 + 20 * i, i);
    if ((unsigned char *)at - text > (ptrdiff_t)sizeof text - 20000) break;
  }
  at += sprintf(at, "],\"report-id\":\"\\ud83d\"}");
  text_len = (size_t)((unsigned char *)at - text);
  uLong len = sizeof zipped;
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = text;
  z.avail_in = (uInt)text_len;
  z.next_out = zipped;
  z.avail_out = (uInt)len;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  zipped_len = sizeof zipped - z.avail_out;
  deflateEnd(&z);
}

static int ignore_failure(void *count, const trpt_policy *policy, const trpt_failure *failure) {
  (void)policy;
  (void)failure;
  (*(size_t *)count)++;
  return 0;
}
static int ignore_policy(void *count, const trpt_policy *policy) {
  (void)policy;
  (*(size_t *)count)++;
  return 0;
}
static int ignore_report(void *count, const trpt_metadata *metadata) {
  (void)metadata;
  (*(size_t *)count)++;
  return 0;
}
static int ignore_diagnostic(void *count, const trpt_diagnostic *diagnostic) {
  (void)diagnostic;
  (*(size_t *)count)++;
  return 0;
}

static trpt_status feed(trpt_parser *parser, const unsigned char *bytes, size_t len, size_t piece) {
  trpt_status status = TRPT_OK;
  trpt_parser_reset(parser);
  for (size_t at = 0; at < len && status == TRPT_OK; at += piece)
    status = trpt_parser_feed(parser, bytes + at, piece < len - at ? piece : len - at);
  return status == TRPT_OK ? trpt_parser_finish(parser) : status;
}

static void test_no_allocation(void **state) {
  (void)state;
  if (!allocations_are_counted()) skip();
  static const trpt_tokenizer tokenizers[] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
  static const size_t pieces[] = {1, 7, 4096, SIZE_MAX};
  size_t events = 0;
  make_text();
  for (size_t t = 0; t < 2; t++) {
    const trpt_options options = {.struct_size = sizeof options, .tokenizer = tokenizers[t], .max_depth = 500};
    const trpt_handler handler = {sizeof handler, ignore_failure,    ignore_policy,
                                  ignore_report,  ignore_diagnostic, NULL};
    trpt_parser *parser;
    if (trpt_parser_size(&options) == 0) continue;
    allocations = 0;
    assert_int_equal(trpt_parser_new(&parser, &options), TRPT_OK);
    assert_int_equal(allocations, 1);
    assert_int_equal(trpt_parser_set_handler(parser, &handler, &events), TRPT_OK);
    for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
      assert_int_equal(feed(parser, text, text_len, pieces[p]), TRPT_OK);
      assert_int_equal(feed(parser, zipped, zipped_len, pieces[p]), TRPT_OK);
      assert_true(feed(parser, text, text_len / 2, pieces[p]) < 0);
      assert_true(feed(parser, zipped, zipped_len / 2, pieces[p]) < 0);
      text[text_len / 2] ^= 0x80;
      zipped[zipped_len / 2] ^= 0x80;
      feed(parser, text, text_len, pieces[p]);
      feed(parser, zipped, zipped_len, pieces[p]);
      text[text_len / 2] ^= 0x80;
      zipped[zipped_len / 2] ^= 0x80;
    }
    assert_int_equal(allocations, 1);
    trpt_parser_free(parser);
  }
  assert_true(events > 1000);
}

/* Whatever is asked for, the size is that of all of it or 0: where size_t has 32 bits it could wrap. */
static void test_size_holds_all(void **state) {
  (void)state;
  enum { SWEPT = 1 << 20 }; /* more than all but max_entry needs, so that each sum up to SIZE_MAX comes by */
  const trpt_options base = {.struct_size = sizeof base, .flags = TRPT_NO_INFLATE};
  for (trpt_tokenizer tokenizer = TRPT_TOKENIZER_BUILTIN; tokenizer <= TRPT_TOKENIZER_YAJL; tokenizer++) {
    for (uint32_t less = 0; less < SWEPT; less++) {
      trpt_options options = base;
      options.tokenizer = tokenizer;
      options.max_entry = UINT32_MAX - less;
      const size_t size = trpt_parser_size(&options);
      if (size && size < options.max_entry) fail_msg("%zu bytes for a max_entry of %" PRIu32, size, options.max_entry);
    }
    for (uint32_t less = 0; less < 1024; less++) {
      trpt_options options = base;
      options.tokenizer = tokenizer;
      options.max_depth = UINT32_MAX - less;
      /* At least a bit a level. */
      size_t size = trpt_parser_size(&options);
      if (size && size < options.max_depth / 8)
        fail_msg("%zu bytes for a max_depth of %" PRIu32, size, options.max_depth);
      options.max_depth = 0;
      options.max_string = UINT32_MAX - less;
      size = trpt_parser_size(&options);
      if (size && size < options.max_string)
        fail_msg("%zu bytes for a max_string of %" PRIu32, size, options.max_string);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_size_holds_all), cmocka_unit_test(test_no_allocation)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
