/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/record.h>

#include "grammar_oracle.h"
#include "record_rows.h"

static fragment grammar;

static int build_grammar(void **state) {
  (void)state;
  oracle_marks = false;
  grammar = o_record();
  return 0;
}

/* Parses an exact copy, so that a sanitizer sees any byte read beyond it. */
static trpt_status parse_copy(const char *text, size_t len, uint32_t flags, trpt_record *record, trpt_error *error) {
  char *copy = malloc(len ? len : 1);
  assert_non_null(copy);
  memcpy(copy, text, len);
  trpt_status status = trpt_record_parse(copy, len, flags, record, error);
  free(copy);
  return status;
}

static bool is_version_1(const char *text, size_t len) {
  return len >= 10 && memcmp(text, "v=TLSRPTv1", 10) == 0 && (len == 10 || memchr("; \t", text[10], 3));
}

static void check_row(const record_row *r) {
  char text[512];
  int len = snprintf(text, sizeof text, "%s%s", r->head, r->tail ? r->tail : "");
  size_t head = strlen(r->head);
  size_t size = (size_t)len;
  size_t bad;
  trpt_record record;
  trpt_error error;
  if (oracle_match(grammar, text, size, &bad) != !r->tail || bad != head)
    fail_msg("%s (%s): the grammar says %zu", text, r->why, bad);
  trpt_status fault = is_version_1(text, size) ? TRPT_E_RECORD : TRPT_E_NOT_TLSRPT;
  trpt_status strict = parse_copy(text, size, TRPT_STRICT, &record, &error);
  if (strict != (r->tail ? fault : TRPT_OK)) fail_msg("%s (%s): %s", text, r->why, trpt_status_name(strict));
  if (r->tail && (error.offset != head || error.column != head + 1 || error.line != 1 || !error.code))
    fail_msg("%s (%s): at %zu", text, r->why, (size_t)error.offset);
  trpt_status lenient = parse_copy(text, size, 0, &record, &error);
  if (lenient == TRPT_OK ? record.rua_count != r->rua || record.usable_rua_count != r->usable ||
                               record.extension_count != r->extensions
                         : r->rua != 0 || record.rua_count != 0 || record.text.ptr || lenient != fault)
    fail_msg("%s (%s): leniently %s, %u rua, %u usable, %u extensions", text, r->why, trpt_status_name(lenient),
             record.rua_count, record.usable_rua_count, record.extension_count);
}

static void test_rows(void **state) {
  (void)state;
  for (size_t i = 0; i < RECORD_ROWS; i++) check_row(&record_rows[i]);
}

/* ---- The verdict beside the grammar's ---- */

static void assert_as_grammar(const char *text, size_t len) {
  size_t bad;
  trpt_record strict, lenient;
  trpt_error error;
  bool valid = oracle_match(grammar, text, len, &bad);
  trpt_status status = parse_copy(text, len, TRPT_STRICT, &strict, &error);
  trpt_status expected = valid ? TRPT_OK : is_version_1(text, len) ? TRPT_E_RECORD : TRPT_E_NOT_TLSRPT;
  if (status != expected || (!valid && error.offset != bad))
    fail_msg("\"%.*s\": %s at %zu; the grammar says %s at %zu", (int)len, text, trpt_status_name(status),
             (size_t)error.offset, valid ? "valid" : "not", bad);
  trpt_status loose = parse_copy(text, len, 0, &lenient, &error);
  if (valid &&
      (loose != TRPT_OK || strict.rua_count != lenient.rua_count ||
       strict.usable_rua_count != lenient.usable_rua_count || strict.extension_count != lenient.extension_count))
    fail_msg("\"%.*s\": valid, but read leniently it is another", (int)len, text);
}

/* Every place where a row can be cut, and every byte at every place of the first rows. */
static void test_each_byte(void **state) {
  (void)state;
  for (size_t i = 0; i < RECORD_ROWS; i++) {
    char text[512];
    size_t len = (size_t)snprintf(text, sizeof text, "%s%s", record_rows[i].head,
                                  record_rows[i].tail ? record_rows[i].tail : "");
    for (size_t at = 0; at < len; at++) {
      assert_as_grammar(text, at);
      char kept = text[at];
      for (int c = 0; c < 256 && i < 16; c++) {
        text[at] = (char)c;
        assert_as_grammar(text, len);
      }
      text[at] = kept;
    }
  }
}

static void test_mutations(void **state) {
  (void)state;
  unsigned seed = 8460;
  for (size_t round = 0; round < 60000; round++) {
    const record_row *from = &record_rows[oracle_random(&seed) % RECORD_ROWS];
    char text[512];
    size_t len = (size_t)snprintf(text, sizeof text, "%s%s", from->head, from->tail ? from->tail : "");
    oracle_mutate(text, &len, sizeof text, &seed);
    assert_as_grammar(text, len);
  }
}

/* Time must be linear: each of these would take minutes if it were not. */
static void test_long_texts(void **state) {
  (void)state;
  static const char *const parts[] = {",",
                                      ";",
                                      " ",
                                      "a",
                                      "a ",
                                      "a=",
                                      "a=b;",
                                      " ,",
                                      "a,",
                                      "rua=",
                                      "rua=,",
                                      " rua=",
                                      "a;",
                                      "!",
                                      "mailto:a@b,",
                                      "%",
                                      "[",
                                      ":",
                                      "x ,",
                                      "\xC3\xA4",
                                      "rua=mailto;x@y;",
                                      "mailto:a@b;rua="};
  enum { SIZE = 1 << 20 };
  char *text = malloc(SIZE);
  assert_non_null(text);
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    size_t len = (size_t)snprintf(text, SIZE, "%s", "v=TLSRPTv1;rua=");
    size_t part = strlen(parts[i]);
    for (; len + part <= SIZE; len += part) memcpy(text + len, parts[i], part);
    trpt_record record;
    trpt_error error;
    trpt_record_parse(text, len, TRPT_STRICT, &record, &error);
    assert_int_equal(trpt_record_parse(text, len, 0, &record, &error), TRPT_OK);
    size_t cursor = 0, found = 0;
    for (trpt_rua rua; trpt_record_next_rua(&record, &cursor, &rua) == TRPT_OK;) found++;
    assert_int_equal(found, record.rua_count);
  }
  free(text);
}

/* ---- Cursors ---- */

static void assert_str(trpt_str text, const char *expected) {
  assert_non_null(text.ptr);
  assert_int_equal(text.len, strlen(expected));
  assert_memory_equal(text.ptr, expected, text.len);
}

static void test_cursors(void **state) {
  (void)state;
  static const char text[] =
      "v=TLSRPTv1; a=1; rua = mailto:a%2Cb@c , x@y,,HTTPS://h/ ; bad; b = 2 rua=ftp://f,; c=; rua=; d=4";
  static const struct {
    const char *uri;
    trpt_scheme scheme;
    int32_t usable;
    const char *address;
  } uris[] = {{"mailto:a%2Cb@c", TRPT_SCHEME_MAILTO, 1, "a%2Cb@c"},
              {"x@y", TRPT_SCHEME_OTHER, 0, NULL},
              {"HTTPS://h/", TRPT_SCHEME_HTTPS, 1, NULL},
              {"ftp://f", TRPT_SCHEME_OTHER, 0, NULL}};
  static const char *const extensions[][2] = {{"a", "1"}, {"b", "2"}, {"d", "4"}};
  trpt_record record;
  trpt_error error;
  assert_int_equal(trpt_record_parse(text, sizeof text - 1, 0, &record, &error), TRPT_OK);
  assert_int_equal(error.status, TRPT_OK);
  assert_ptr_equal(record.text.ptr, text);
  assert_int_equal(record.rua_count, 4);
  assert_int_equal(record.usable_rua_count, 2);
  assert_int_equal(record.extension_count, 3);
  size_t cursor = 0;
  trpt_rua rua;
  for (size_t i = 0; i < 4; i++) {
    assert_int_equal(trpt_record_next_rua(&record, &cursor, &rua), TRPT_OK);
    assert_str(rua.uri, uris[i].uri);
    assert_int_equal(rua.scheme, uris[i].scheme);
    assert_int_equal(rua.usable, uris[i].usable);
    if (uris[i].address)
      assert_str(rua.address, uris[i].address);
    else
      assert_null(rua.address.ptr);
  }
  for (int i = 0; i < 2; i++) {
    assert_int_equal(trpt_record_next_rua(&record, &cursor, &rua), TRPT_END);
    assert_null(rua.uri.ptr);
  }
  trpt_str name, value;
  cursor = 0;
  for (size_t i = 0; i < 3; i++) {
    assert_int_equal(trpt_record_next_extension(&record, &cursor, &name, &value), TRPT_OK);
    assert_str(name, extensions[i][0]);
    assert_str(value, extensions[i][1]);
  }
  assert_int_equal(trpt_record_next_extension(&record, &cursor, &name, &value), TRPT_END);
  assert_null(name.ptr);
  assert_null(value.ptr);
}

static void test_any_cursor(void **state) {
  (void)state;
  static const char text[] = "v=TLSRPTv1; rua=mailto:a@b,https://c/ ; x=1";
  trpt_record record;
  assert_int_equal(trpt_record_parse(text, sizeof text - 1, TRPT_STRICT, &record, NULL), TRPT_OK);
  for (size_t i = 0; i < 2 * sizeof text + 8; i++) {
    trpt_rua rua;
    trpt_str name, value;
    size_t cursor = i;
    trpt_status status = trpt_record_next_rua(&record, &cursor, &rua);
    assert_true(i / 2 <= record.text.len ? status == TRPT_OK || status == TRPT_END : status == TRPT_E_ARGUMENT);
    cursor = i;
    status = trpt_record_next_extension(&record, &cursor, &name, &value);
    assert_true(i / 2 <= record.text.len ? status == TRPT_OK || status == TRPT_END : status == TRPT_E_ARGUMENT);
  }
  size_t cursor = SIZE_MAX;
  trpt_rua rua;
  assert_int_equal(trpt_record_next_rua(&record, &cursor, &rua), TRPT_E_ARGUMENT);
}

/* ---- Arguments ---- */

static void test_arguments(void **state) {
  (void)state;
  static const char text[] = V RUA;
  trpt_record record = {.rua_count = 7};
  trpt_error error = {.offset = 7};
  trpt_rua rua = {.usable = 7};
  trpt_str name = {text, 1}, value = {text, 1};
  size_t cursor = 0;
  assert_int_equal(trpt_record_parse(NULL, 0, 0, &record, &error), TRPT_E_ARGUMENT);
  assert_int_equal(record.rua_count, 0);
  assert_int_equal(error.status, TRPT_E_ARGUMENT);
  assert_int_equal(error.offset, 0);
  assert_int_equal(trpt_record_parse(text, sizeof text - 1, 0, NULL, &error), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_parse(text, sizeof text - 1, TRPT_NO_DIAGNOSTICS, &record, &error), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_parse(text, sizeof text - 1, 0x80000001U, &record, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_parse(text, 5, 0, &record, NULL), TRPT_E_NOT_TLSRPT);
  assert_int_equal(trpt_record_next_rua(NULL, &cursor, &rua), TRPT_E_ARGUMENT);
  assert_int_equal(rua.usable, 0);
  assert_int_equal(trpt_record_next_rua(&record, &cursor, &rua), TRPT_END); /* one that was refused holds nothing */
  assert_int_equal(trpt_record_next_rua(&record, NULL, &rua), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_next_rua(&record, &cursor, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_next_extension(NULL, &cursor, &name, &value), TRPT_E_ARGUMENT);
  assert_null(name.ptr);
  assert_null(value.ptr);
  assert_int_equal(trpt_record_next_extension(&record, &cursor, NULL, &value), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_next_extension(&record, &cursor, &name, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_next_extension(&record, NULL, &name, &value), TRPT_E_ARGUMENT);
  record.text.len = 3;
  cursor = 0;
  assert_int_equal(trpt_record_next_rua(&record, &cursor, &rua), TRPT_E_ARGUMENT);
}

/* What the strict reading says about a fault, and what the lenient one says where nothing is left to read. */
static void test_errors(void **state) {
  (void)state;
  static const struct {
    const char *text;
    uint32_t flags;
    size_t offset;
    const char *code, *where;
  } faults[] = {
      {V "rua=mailto:a@b,mailto:c!", TRPT_STRICT, 34, "record.unencoded-bang", "rua[1]"},
      {V RUA ";x=1;y==", TRPT_STRICT, 40, "record.bad-ext-value", "extension[1]"},
      {V "rua=http://x;x=1;;", TRPT_STRICT, 28, "record.empty-field", ""},
      {"v=TLSRPTv2;" RUA, TRPT_STRICT, 9, "record.bad-version", "version"},
      {"v=tlsrptv1;" RUA, 0, 2, "record.bad-version-case", "version"},
      {V "x==;y", 0, 16, "record.no-rua", ""},
  };
  for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
    trpt_record record;
    trpt_error error;
    assert_true(trpt_record_parse(faults[i].text, strlen(faults[i].text), faults[i].flags, &record, &error) < 0);
    assert_string_equal(error.code, faults[i].code);
    assert_string_equal(error.where, faults[i].where);
    assert_int_equal(error.offset, faults[i].offset);
    assert_true(strlen(error.message) > 0);
  }
}

/* ---- Several records ---- */

static void test_select(void **state) {
  (void)state;
  static const char good[] = V RUA, blank[] = "v=TLSRPTv1 ;" RUA, spf[] = "v=spf1 -all", broken[] = V "rua=";
  static const struct {
    const char *texts[3];
    trpt_status status;
    const char *picked;
    const char *why;
  } sets[] = {
      {{NULL}, TRPT_E_NO_RECORD, NULL, "nothing"},
      {{good}, TRPT_OK, good, "one"},
      {{blank}, TRPT_OK, blank, "a lone one is not filtered"},
      {{spf}, TRPT_E_NOT_TLSRPT, NULL, "a lone one is not filtered"},
      {{broken}, TRPT_E_RECORD, NULL, "strict"},
      {{good, spf}, TRPT_OK, good, "one is left"},
      {{spf, good}, TRPT_OK, good, "one is left"},
      {{spf, spf, good}, TRPT_OK, good, "one is left"},
      {{blank, spf}, TRPT_E_NO_RECORD, NULL, "the filter wants v=TLSRPTv1; without a blank"},
      {{blank, good}, TRPT_OK, good, "so that the other is left"},
      {{spf, spf}, TRPT_E_NO_RECORD, NULL, "none is left"},
      {{good, good}, TRPT_E_MANY_RECORDS, NULL, "two"},
      {{good, broken}, TRPT_E_MANY_RECORDS, NULL, "a broken one counts"},
      {{spf, broken}, TRPT_E_RECORD, NULL, "the one that is left is broken"},
      {{"", good}, TRPT_OK, good, "an empty one is none"},
      {{"v=TLSRPTv1", good}, TRPT_OK, good, "a version without its ; is none"},
      {{V, spf}, TRPT_E_RECORD, NULL, "a version alone counts"},
  };
  for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
    trpt_str texts[3] = {{good, 0}, {good, 0}, {good, 0}};
    size_t count = 0;
    for (; count < 3 && sets[i].texts[count]; count++)
      texts[count] = (trpt_str){sets[i].texts[count], strlen(sets[i].texts[count])};
    trpt_record record;
    trpt_error error;
    trpt_status status = trpt_record_select(texts, count, TRPT_STRICT, &record, &error);
    if (status != sets[i].status) fail_msg("set %zu (%s): %s", i, sets[i].why, trpt_status_name(status));
    assert_int_equal(error.status, status);
    assert_ptr_equal(record.text.ptr, sets[i].picked);
  }
}

static void test_select_arguments(void **state) {
  (void)state;
  trpt_record record = {.rua_count = 7};
  trpt_error error;
  trpt_str texts[2] = {{V RUA, sizeof V RUA - 1}, {NULL, 0}};
  assert_int_equal(trpt_record_select(NULL, 0, 0, &record, &error), TRPT_E_ARGUMENT);
  assert_int_equal(record.rua_count, 0);
  assert_int_equal(trpt_record_select(texts, 1, 0, NULL, &error), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_select(texts, 1, 2, &record, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_select(texts, 2, 0, &record, NULL), TRPT_E_ARGUMENT);
  /* Also where there is nothing to choose from. */
  assert_int_equal(trpt_record_select(texts, 0, 0, NULL, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_select(texts, 0, 2, &record, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(error.status, TRPT_E_ARGUMENT);
}

/* ---- RDATA ---- */

static void test_join(void **state) {
  (void)state;
  static const struct {
    const char *rdata;
    size_t len;
    trpt_status status;
    const char *text;
    const char *why;
  } strings[] = {
      {"\5hello", 6, TRPT_OK, "hello", "one string"},
      {"\x13v=TLSRPTv1;rua=mail\x0eto:a@b.example", 35, TRPT_OK, "v=TLSRPTv1;rua=mailto:a@b.example",
       "no blank between"},
      {"\0", 1, TRPT_OK, "", "an empty string"},
      {"\0\1a\0\1b\0", 7, TRPT_OK, "ab", "empty strings among others"},
      {"", 0, TRPT_E_RECORD, NULL, "RFC 1035 wants one string at least"},
      {"\1", 1, TRPT_E_RECORD, NULL, "cut behind a length"},
      {"\3ab", 3, TRPT_E_RECORD, NULL, "cut inside a string"},
      {"\1a\377", 3, TRPT_E_RECORD, NULL, "cut behind the second length"},
  };
  for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
    const uint8_t *rdata = (const uint8_t *)strings[i].rdata;
    char buffer[64] = "untouched";
    size_t needed = 99;
    trpt_status status = trpt_record_join(rdata, strings[i].len, NULL, 0, &needed);
    if (strings[i].status != TRPT_OK) {
      if (status != strings[i].status) fail_msg("%s: %s", strings[i].why, trpt_status_name(status));
      assert_int_equal(needed, 0);
      continue;
    }
    assert_int_equal(status, TRPT_E_BUFFER);
    assert_int_equal(needed, strlen(strings[i].text));
    assert_int_equal(trpt_record_join(rdata, strings[i].len, buffer, needed, NULL), TRPT_E_BUFFER);
    assert_string_equal(buffer, "untouched");
    assert_int_equal(trpt_record_join(rdata, strings[i].len, buffer, needed + 1, NULL), TRPT_OK);
    assert_string_equal(buffer, strings[i].text);
  }
  size_t needed = 99;
  char buffer[4];
  assert_int_equal(trpt_record_join(NULL, 0, buffer, 4, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(needed, 0);
  assert_int_equal(trpt_record_join((const uint8_t *)"\1a", 2, NULL, 4, &needed), TRPT_E_ARGUMENT);
}

/* A record of 300 bytes in strings of 255, as servers split it. */
static void test_join_long(void **state) {
  (void)state;
  uint8_t rdata[302];
  memset(rdata, 'a', sizeof rdata);
  rdata[0] = 255;
  rdata[256] = 45;
  memcpy(rdata + 1, "v=TLSRPTv1;rua=https://x.example/", 33);
  char text[301];
  size_t needed;
  assert_int_equal(trpt_record_join(rdata, sizeof rdata, text, sizeof text, &needed), TRPT_OK);
  assert_int_equal(needed, 300);
  trpt_record record;
  assert_int_equal(trpt_record_parse(text, needed, TRPT_STRICT, &record, NULL), TRPT_OK);
  assert_int_equal(record.usable_rua_count, 1);
}

/* ---- Names ---- */

#define LABEL63 "a23456789012345678901234567890123456789012345678901234567890123"
static void test_name(void **state) {
  (void)state;
  static const struct {
    const char *domain, *name; /* NULL: refused */
  } names[] = {
      {"example.com", "_smtp._tls.example.com"},
      {"example.com.", "_smtp._tls.example.com"},
      {"EXAMPLE.com", "_smtp._tls.EXAMPLE.com"},
      {"com", "_smtp._tls.com"},
      {"xn--74h.example", "_smtp._tls.xn--74h.example"},
      {"1-2.example", "_smtp._tls.1-2.example"},
      {LABEL63 ".b", "_smtp._tls." LABEL63 ".b"},
      {LABEL63 "." LABEL63 "." LABEL63 "."
               "a234567890123456789012345678901234567890123456789"
               "0",
       "_smtp._tls." LABEL63 "." LABEL63 "." LABEL63 "."
       "a234567890123456789012345678901234567890123456789"
       "0"},
      {LABEL63 "." LABEL63 "." LABEL63 "."
               "a234567890123456789012345678901234567890123456789"
               "01",
       NULL},
      {LABEL63 "b", NULL},
      {"", NULL},
      {".", NULL},
      {"..", NULL},
      {".example", NULL},
      {"a..b", NULL},
      {"example..", NULL},
      {"a b", NULL},
      {"a@b", NULL},
      {"-a-.example", NULL}, /* no label of a host name: the parser says report.bad-domain */
      {"a-.example", NULL},
      {"example.-a", NULL},
      {"192.0.2.1", NULL}, /* an address */
      {"example.123", NULL},
      {"under_score.example", NULL},
      {"_smtp._tls.example.com", NULL}, /* asked for twice */
      {"b\xC3\xBC"
       "cher.example",
       NULL},
      {"a*b", NULL},
  };
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    char buffer[256] = "untouched";
    size_t needed = 99;
    size_t len = strlen(names[i].domain);
    trpt_status status = trpt_record_name(names[i].domain, len, NULL, 0, &needed);
    if (!names[i].name) {
      if (status != TRPT_E_ARGUMENT || needed != 0) fail_msg("%s: %s", names[i].domain, trpt_status_name(status));
      continue;
    }
    assert_int_equal(status, TRPT_E_BUFFER);
    assert_int_equal(needed, strlen(names[i].name));
    assert_true(needed <= 253);
    assert_int_equal(trpt_record_name(names[i].domain, len, buffer, needed, NULL), TRPT_E_BUFFER);
    assert_string_equal(buffer, "untouched");
    assert_int_equal(trpt_record_name(names[i].domain, len, buffer, needed + 1, NULL), TRPT_OK);
    assert_string_equal(buffer, names[i].name);
  }
  size_t needed = 99;
  assert_int_equal(trpt_record_name(NULL, 0, NULL, 0, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(needed, 0);
  assert_int_equal(trpt_record_name("a\0b", 3, NULL, 0, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_name("a", 1, NULL, 9, &needed), TRPT_E_ARGUMENT);
}

static void test_scheme_names(void **state) {
  (void)state;
  assert_string_equal(trpt_scheme_name(TRPT_SCHEME_OTHER), "other");
  assert_string_equal(trpt_scheme_name(TRPT_SCHEME_MAILTO), "mailto");
  assert_string_equal(trpt_scheme_name(TRPT_SCHEME_HTTPS), "https");
  static const trpt_scheme none[] = {-1, 3, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) assert_null(trpt_scheme_name(none[i]));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_scheme_names),     cmocka_unit_test(test_rows),
      cmocka_unit_test(test_each_byte),        cmocka_unit_test(test_mutations),
      cmocka_unit_test(test_long_texts),       cmocka_unit_test(test_cursors),
      cmocka_unit_test(test_any_cursor),       cmocka_unit_test(test_arguments),
      cmocka_unit_test(test_errors),           cmocka_unit_test(test_select),
      cmocka_unit_test(test_select_arguments), cmocka_unit_test(test_join),
      cmocka_unit_test(test_join_long),        cmocka_unit_test(test_name),
  };
  return cmocka_run_group_tests(tests, build_grammar, NULL);
}
