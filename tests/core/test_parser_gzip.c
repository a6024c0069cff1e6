/* SPDX-License-Identifier: MIT */
/* Gzipped reports through the parser: members, what is told of them, and what is refused where. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "events.h"

static const char report[] = "{\"policies\":[{\"policy\":{\"policy-type\":\"sts\"}}],\n\"report-id\":\"r\"}";

static unsigned char bytes[4096];
static size_t len;

/* One more member. `name` may be NULL. */
static void add_member(const void *text, size_t text_len, const char *name) {
  z_stream z = {0};
  gz_header header = {0};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  header.name = (Bytef *)(uintptr_t)name;
  if (name) assert_int_equal(deflateSetHeader(&z, &header), Z_OK);
  z.next_in = (z_const Bytef *)(uintptr_t)text;
  z.avail_in = (uInt)text_len;
  z.next_out = bytes + len;
  z.avail_out = (uInt)(sizeof bytes - len);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  len = sizeof bytes - z.avail_out;
  deflateEnd(&z);
}

static void begin(void) {
  len = 0;
  add_member(report, sizeof report - 1, NULL);
}

/* Reads `bytes` whole and byte by byte with both tokenizers, and looks for `line` in what is said. */
static void check(uint32_t flags, trpt_status status, const char *line) {
  events e = {0};
  for (trpt_tokenizer t = TRPT_TOKENIZER_BUILTIN; t <= TRPT_TOKENIZER_YAJL; t++) {
    const trpt_options options = {.struct_size = sizeof options, .flags = flags, .tokenizer = t};
    trpt_parser *parser;
    if (trpt_parser_new(&parser, &options) != TRPT_OK) continue;
    for (int way = 0; way < 2; way++) {
      e.what = EVENTS_MOVE;
      events_read(&e, parser, bytes, len, way ? events_byte : events_whole, NULL);
      if (e.status != status || !strstr(e.text, line)) fail_msg("%s is not in\n%s", line, e.text);
    }
    trpt_parser_free(parser);
  }
  events_free(&e);
}

#define GZIP(severity, code, place) "DIAGNOSTIC " severity " " code " line=0 column=0 offset=" place " where=\"\" "
#define REFUSED(code, place)        "code=\"" code "\" line=0 column=0 offset=" place " where=\"\" "

static char line[128];

static const char *at(const char *format, size_t offset) {
  snprintf(line, sizeof line, format, offset);
  return line;
}

static void test_good(void **state) {
  (void)state;
  begin();
  check(0, TRPT_OK, "REPORT organization=- contact=- id=\"r\"");
  check(TRPT_NO_DIAGNOSTICS, TRPT_OK, "POLICY index=0 type=2");
  /* Places are those of the text. */
  check(0, TRPT_OK, "DIAGNOSTIC error report.missing-member line=1 column=14 offset=13 where=\"policies[0].summary\"");
  check(TRPT_NO_INFLATE, TRPT_E_JSON, "code=\"json.not-json\" line=1 column=1 offset=0 where=\"\"");
}

static void test_members(void **state) {
  (void)state;
  len = 0;
  add_member(report, 20, NULL);
  const size_t second = len;
  add_member(report + 20, sizeof report - 1 - 20, NULL);
  check(0, TRPT_OK, at(GZIP("info", "gzip.multi-member", "%zu"), second));
  check(0, TRPT_OK, "id=\"r\"");
  /* Told once, also of many, and of those with nothing in them. */
  len = 0;
  for (int i = 0; i < 5; i++) add_member("", 0, NULL);
  add_member(report, sizeof report - 1, NULL);
  check(0, TRPT_OK, " infos=2\n"); /* with report.mx-host-missing */
  len = 0;
  add_member("", 0, NULL);
  check(0, TRPT_E_TRUNCATED, "code=\"json.not-json\" line=1 column=1 offset=0 where=\"\"");
}

static void test_name(void **state) {
  (void)state;
  len = 0;
  add_member(report, sizeof report - 1, "../../etc/passwd");
  check(0, TRPT_OK, GZIP("info", "gzip.fname", "10"));
  check(TRPT_STRICT, TRPT_E_SCHEMA, GZIP("info", "gzip.fname", "10"));
}

static void test_trailing(void **state) {
  (void)state;
  begin();
  const size_t end = len;
  memcpy(bytes + len, "\r\n-- x", 6);
  len += 6;
  check(0, TRPT_OK, at(GZIP("warning", "gzip.trailing", "%zu"), end));
  check(0, TRPT_OK, "id=\"r\"");
  bytes[end] = 0x1F;
  bytes[end + 1] = 0;
  check(0, TRPT_OK, at(GZIP("warning", "gzip.trailing", "%zu"), end));
  /* Trailing data in the text is another thing. */
  len = 0;
  add_member(report, sizeof report - 1, NULL);
  add_member("\n\n x", 4, NULL);
  check(0, TRPT_OK,
        at("DIAGNOSTIC error json.trailing-data line=4 column=2 offset=%zu where=\"\"", sizeof report - 1 + 3));
  check(TRPT_STRICT | TRPT_NO_INFLATE, TRPT_E_JSON, "json.not-json");
}

static void test_bad(void **state) {
  (void)state;
  begin();
  bytes[len - 8] ^= 1; /* CRC-32 */
  check(0, TRPT_E_COMPRESSION, at(REFUSED("gzip.bad-crc", "%zu"), len - 8));
  check(0, TRPT_E_COMPRESSION, "POLICY index=0 type=2"); /* what came before was read */
  check(TRPT_NO_DIAGNOSTICS, TRPT_E_COMPRESSION, at(REFUSED("gzip.bad-crc", "%zu"), len - 8));
  begin();
  bytes[len - 1] ^= 0x80; /* ISIZE */
  check(0, TRPT_E_COMPRESSION, at(REFUSED("gzip.bad-crc", "%zu"), len - 8));
  begin();
  bytes[1] = 0x8C;
  check(0, TRPT_E_COMPRESSION, REFUSED("gzip.bad-magic", "1"));
  begin();
  bytes[2] = 7;
  check(0, TRPT_E_COMPRESSION, REFUSED("gzip.bad-magic", "2"));
  begin();
  bytes[3] = 0x80;
  check(0, TRPT_E_COMPRESSION, REFUSED("gzip.bad-magic", "3"));
  begin();
  bytes[10] |= 6; /* a block of a type that does not exist */
  check(0, TRPT_E_COMPRESSION, REFUSED("gzip.bad-magic", "10"));
  /* An error in the text comes before one behind it. */
  len = 0;
  add_member("{]", 2, NULL);
  bytes[len - 1] ^= 1;
  check(0, TRPT_E_JSON, "code=\"json.not-json\" line=1 column=2 offset=1 where=\"\"");
}

static void test_cut(void **state) {
  (void)state;
  begin();
  const size_t whole = len;
  for (len = 1; len < whole; len++) check(0, TRPT_E_TRUNCATED, at(REFUSED("gzip.truncated", "%zu"), len));
  /* Of a text that ends too early, in gzip that does not, the text is to blame. */
  len = 0;
  add_member(report, 30, NULL);
  check(0, TRPT_E_TRUNCATED, "code=\"json.not-json\" line=1 column=31 offset=30 where=\"policies[0].policy\"");
}

/* What callers add up over several inputs. */
static void test_inflated(void **state) {
  (void)state;
  trpt_parser *parser;
  const trpt_event *event;
  assert_int_equal(trpt_parser_inflated(NULL), 0);
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  assert_int_equal(trpt_parser_inflated(parser), 0);
  while (trpt_parser_read(parser, report, sizeof report - 1, NULL, &event) == TRPT_OK) continue;
  assert_int_equal(trpt_parser_inflated(parser), 0); /* plain text */
  trpt_parser_reset(parser);
  begin();
  size_t used = 0;
  size_t at = 0;
  while (trpt_parser_read(parser, bytes + at, len - at, &used, &event) == TRPT_OK) at += used;
  assert_int_equal(trpt_parser_inflated(parser), sizeof report - 1);
  trpt_parser_reset(parser);
  assert_int_equal(trpt_parser_inflated(parser), 0);
  trpt_parser_free(parser);
}

/* Members that lie whole in the input are inflated at once. A limit within them has the same effect as if they were cut. */
static void test_limit_within_members(void **state) {
  events whole = {0}, bytewise = {0};
  (void)state;
  begin();
  add_member("\n  ", 3, NULL);
  add_member(report, sizeof report - 1, NULL);
  for (uint64_t limit = 1; limit <= 2 * sizeof report + 4; limit++) {
    const trpt_options options = {
        .struct_size = sizeof options, .tokenizer = TRPT_TOKENIZER_BUILTIN, .max_inflated = limit};
    trpt_parser *parser;
    assert_int_equal(trpt_parser_new(&parser, &options), TRPT_OK);
    events_read(&whole, parser, bytes, len, events_whole, NULL);
    events_read(&bytewise, parser, bytes, len, events_byte, NULL);
    assert_string_equal(whole.text, bytewise.text);
    if (limit < sizeof report - 1) assert_int_equal(whole.status, TRPT_E_LIMIT);
    trpt_parser_free(parser);
  }
  events_free(&whole);
  events_free(&bytewise);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_inflated), cmocka_unit_test(test_good),
      cmocka_unit_test(test_members),  cmocka_unit_test(test_name),
      cmocka_unit_test(test_trailing), cmocka_unit_test(test_bad),
      cmocka_unit_test(test_cut),      cmocka_unit_test(test_limit_within_members),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
