/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/record.h>

#include "../../lib/uri/uri.h"
#include "grammar_oracle.h"

static fragment grammar;

static int build_grammar(void **state) {
  (void)state;
  oracle_marks = true;
  grammar = o_uri();
  return 0;
}

/* Parses an exact copy, so that a sanitizer sees any byte read beyond it. */
static bool parse_copy(const char *text, size_t len, size_t *bad) {
  char *copy = malloc(len ? len : 1);
  assert_non_null(copy);
  memcpy(copy, text, len);
  trpt_uri parts;
  bool good = trpt_uri_parse(copy, len, &parts, bad);
  free(copy);
  return good;
}

/* ---- URIs, with their parts; NULL: absent ---- */

typedef struct good_row {
  const char *uri, *scheme, *userinfo, *host, *port, *path, *query, *fragment;
} good_row;

static const good_row good[] = {
    {"a:", "a", NULL, NULL, NULL, "", NULL, NULL},
    {"mailto:a@b.example", "mailto", NULL, NULL, NULL, "a@b.example", NULL, NULL},
    {"MailTo:a@b?subject=x#y", "MailTo", NULL, NULL, NULL, "a@b", "subject=x", "y"},
    {"a+b-c.9:x", "a+b-c.9", NULL, NULL, NULL, "x", NULL, NULL},
    {"a:/", "a", NULL, NULL, NULL, "/", NULL, NULL},
    {"a:/b//c", "a", NULL, NULL, NULL, "/b//c", NULL, NULL},
    {"a:b//c:@", "a", NULL, NULL, NULL, "b//c:@", NULL, NULL},
    {"a:?", "a", NULL, NULL, NULL, "", "", NULL},
    {"a:#", "a", NULL, NULL, NULL, "", NULL, ""},
    {"a:?b?/c#d?/e", "a", NULL, NULL, NULL, "", "b?/c", "d?/e"},
    {"a://", "a", NULL, "", NULL, "", NULL, NULL},
    {"https:///x", "https", NULL, "", NULL, "/x", NULL, NULL},
    {"https://h", "https", NULL, "h", NULL, "", NULL, NULL},
    {"https://h?q", "https", NULL, "h", NULL, "", "q", NULL},
    {"https://h#f", "https", NULL, "h", NULL, "", NULL, "f"},
    {"https://h:/", "https", NULL, "h", "", "/", NULL, NULL},
    {"https://h:00443//x", "https", NULL, "h", "00443", "//x", NULL, NULL},
    {"https://u@h:1/", "https", "u", "h", "1", "/", NULL, NULL},
    {"https://u:p:x@h/", "https", "u:p:x", "h", NULL, "/", NULL, NULL},
    {"https://@h/", "https", "", "h", NULL, "/", NULL, NULL},
    {"https://@/", "https", "", "", NULL, "/", NULL, NULL},
    {"https://%41%7e/%2F", "https", NULL, "%41%7e", NULL, "/%2F", NULL, NULL},
    {"https://!$&'()*+,;=/", "https", NULL, "!$&'()*+,;=", NULL, "/", NULL, NULL},
    {"https://256.1.1.1/", "https", NULL, "256.1.1.1", NULL, "/", NULL, NULL}, /* a reg-name */
    {"https://[::]/", "https", NULL, "[::]", NULL, "/", NULL, NULL},
    {"https://u@[::1]:8/x", "https", "u", "[::1]", "8", "/x", NULL, NULL},
    {"https://[1:2:3:4:5:6:7:8]", "https", NULL, "[1:2:3:4:5:6:7:8]", NULL, "", NULL, NULL},
    {"https://[1:2:3:4:5:6:255.0.10.199]", "https", NULL, "[1:2:3:4:5:6:255.0.10.199]", NULL, "", NULL, NULL},
    {"https://[1:2:3:4:5:6:7::]", "https", NULL, "[1:2:3:4:5:6:7::]", NULL, "", NULL, NULL},
    {"https://[1:2:3:4:5:6::8]", "https", NULL, "[1:2:3:4:5:6::8]", NULL, "", NULL, NULL},
    {"https://[::2:3:4:5:6:7:8]", "https", NULL, "[::2:3:4:5:6:7:8]", NULL, "", NULL, NULL},
    {"https://[1:2:3:4:5::1.2.3.4]", "https", NULL, "[1:2:3:4:5::1.2.3.4]", NULL, "", NULL, NULL},
    {"https://[::1.2.3.4]", "https", NULL, "[::1.2.3.4]", NULL, "", NULL, NULL},
    {"https://[::FFFF:0.0.0.0]", "https", NULL, "[::FFFF:0.0.0.0]", NULL, "", NULL, NULL},
    {"https://[v1.a:!]", "https", NULL, "[v1.a:!]", NULL, "", NULL, NULL},
    {"https://[VfF.~]", "https", NULL, "[VfF.~]", NULL, "", NULL, NULL},
};

static void assert_part(const char *uri, const char *name, trpt_str part, const char *expected) {
  if (!expected != !part.ptr ||
      (expected && (part.len != strlen(expected) || memcmp(part.ptr, expected, part.len) != 0)))
    fail_msg("%s: %s is not %s", uri, name, expected ? expected : "absent");
}

static void test_parts(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    const good_row *row = &good[i];
    trpt_uri parts;
    size_t bad;
    if (!trpt_uri_parse(row->uri, strlen(row->uri), &parts, &bad)) fail_msg("%s: refused at %zu", row->uri, bad);
    assert_int_equal(bad, strlen(row->uri));
    assert_part(row->uri, "scheme", parts.scheme, row->scheme);
    assert_part(row->uri, "userinfo", parts.userinfo, row->userinfo);
    assert_part(row->uri, "host", parts.host, row->host);
    assert_part(row->uri, "port", parts.port, row->port);
    assert_part(row->uri, "path", parts.path, row->path);
    assert_part(row->uri, "query", parts.query, row->query);
    assert_part(row->uri, "fragment", parts.fragment, row->fragment);
  }
}

/* ---- No URIs: what could still become one, and the rest, which begins with the first bad byte ---- */

typedef struct bad_row {
  const char *head, *tail, *why;
} bad_row;

static const bad_row bad_rows[] = {
    {"", "", "a scheme is missing"},
    {"", "1a:b", "a scheme begins with a letter"},
    {"", ":b", "no scheme"},
    {"", "//h/", "a relative reference"},
    {"abc", "", "the colon is missing"},
    {"abc", "@b.example", "no byte of a scheme"},
    {"not", "_a_uri", "no byte of a scheme"},
    {"mailto", ";a@b", "no colon"},
    {"mailto:", " a@b", "a blank"},
    {"mailto:a", "\"b\"@c", "a quote"},
    {"mailto:a@b", "\xC3\xA4.example", "not ASCII"},
    {"mailto:a@b", "\x7F", "DEL"},
    {"mailto:%", "", "cut after %"},
    {"mailto:%4", "", "cut inside an escape"},
    {"mailto:%", "g0", "no hex digit"},
    {"mailto:%4", "g", "no second hex digit"},
    {"a:b?c", "[", "no bracket in a query"},
    {"a:b#c", "#", "no second fragment"},
    {"https://a", "[", "a bracket only begins a host"},
    {"https://a:b", "/", "b is no port, and no @ can follow"},
    {"https://a:b", "", "b is no port, but @ could follow"},
    {"https://a:1:2", "?", "two colons are a userinfo"},
    {"https://u@h", "@", "a second @"},
    {"https://u@h:1", "a", "no digit in the port"},
    {"https://u@h:1", ":", "a colon in the port"},
    {"https://u@a", "[::1]", "a bracket inside a host"},
    {"https://[::1]", "x", "behind an IP literal"},
    {"https://[::1]:1", "x", "no digit in the port"},
    {"https://[::1]", "@h", "an IP literal is no userinfo"},
    {"https://[", "]", "empty IP literal"},
    {"https://[", "", "cut"},
    {"https://[:", "1::]", "a single colon cannot begin"},
    {"https://[1:2", "]", "too few units"},
    {"https://[1:", "]", "a colon at the end"},
    {"https://[1::2:", ":3]", "a second ::"},
    {"https://[::", ":1]", "three colons"},
    {"https://[1234", "5::]", "five digits"},
    {"https://[1:2:3:4:5:6:7:8", ":9]", "nine units"},
    {"https://[1:2:3:4:5:6:7:8", "::]", "eight units and ::"},
    {"https://[1:2:3:4:5:6:7::", "8]", "seven units and :: leave no room"},
    {"https://[::1:2:3:4:5:6:7", ":8]", "eight units and ::"},
    {"https://[1:2:3:4:5:6:7:8", "", "cut before the bracket"},
    {"https://[1:2", ".3.4.5]", "an IPv4 address too early"},
    {"https://[1:2:3:4:5:6:7:8", ".1.1.1]", "an IPv4 address too late"},
    {"https://[1::2:3:4:5:6:7", ".2.3.4]", "no room for an IPv4 address"},
    {"https://[::256", ".1.1.1]", "256 is a unit, but no octet"},
    {"https://[::01", ".1.1.1]", "01 is a unit, but no octet"},
    {"https://[::f", ".1.1.1]", "f is a unit, but no octet"},
    {"https://[::1.25", "6.1.1]", "an octet above 255"},
    {"https://[::1.0", "1.1.1]", "a leading zero"},
    {"https://[::1.1.1", "]", "three octets"},
    {"https://[::1.1.1.1", ".1]", "five octets"},
    {"https://[::1.1.1.1", ":1]", "nothing follows an IPv4 address"},
    {"https://[::1.1.1.30", "0]", "an octet above 255"},
    {"https://[fe80::1", "%25eth0]", "no zones"},
    {"https://[v", ".a]", "no version"},
    {"https://[v1", "]", "no dot"},
    {"https://[v1.", "]", "nothing behind the dot"},
    {"https://[v1.a", "/", "a slash in an IPvFuture"},
    {"https://[v1.a", "%41]", "no escapes in an IPvFuture"},
};

static void test_refused(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof bad_rows / sizeof bad_rows[0]; i++) {
    char text[128];
    size_t head = strlen(bad_rows[i].head);
    size_t len = head + strlen(bad_rows[i].tail);
    memcpy(text, bad_rows[i].head, head);
    memcpy(text + head, bad_rows[i].tail, len - head);
    size_t bad, oracle_bad;
    if (oracle_match(grammar, text, len, &oracle_bad) || oracle_bad != head)
      fail_msg("row %zu (%s): the grammar says %zu", i, bad_rows[i].why, oracle_bad);
    if (parse_copy(text, len, &bad)) fail_msg("row %zu (%s): taken", i, bad_rows[i].why);
    if (bad != head) fail_msg("row %zu (%s): refused at %zu, not %zu", i, bad_rows[i].why, bad, head);
  }
}

static void assert_as_grammar(const char *text, size_t len) {
  size_t bad, oracle_bad;
  bool is_uri = oracle_match(grammar, text, len, &oracle_bad);
  if (parse_copy(text, len, &bad) != is_uri || bad != oracle_bad)
    fail_msg("\"%.*s\": at %zu; the grammar says %s at %zu", (int)len, text, bad, is_uri ? "URI" : "none", oracle_bad);
}

/* Every byte at every place of every row, and every place where a row can be cut. */
static void test_each_byte(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    char text[64];
    size_t len = strlen(good[i].uri);
    memcpy(text, good[i].uri, len);
    for (size_t at = 0; at < len; at++) {
      assert_as_grammar(text, at);
      for (int c = 0; c < 256; c++) {
        text[at] = (char)c;
        assert_as_grammar(text, len);
      }
      text[at] = good[i].uri[at];
    }
  }
}

static void test_mutations(void **state) {
  (void)state;
  unsigned seed = 3986;
  for (size_t round = 0; round < 40000; round++) {
    const char *from = good[oracle_random(&seed) % (sizeof good / sizeof good[0])].uri;
    char text[128];
    size_t len = strlen(from);
    memcpy(text, from, len);
    oracle_mutate(text, &len, sizeof text, &seed);
    assert_as_grammar(text, len);
  }
}

/* ---- Decoding ---- */

static void test_decode(void **state) {
  (void)state;
  static const struct {
    const char *encoded, *decoded;
    size_t len;
  } rows[] = {
      {"", "", 0},       {"a%2Cb", "a,b", 3},   {"%21%3b", "!;", 2}, {"%", "%", 1},
      {"%4", "%4", 2},   {"%4g%41", "%4gA", 4}, {"%%41", "%A", 2},   {"%2541", "%41", 3},
      {"a+b", "a+b", 3}, {"%00x", "\0x", 2},    {"%fF", "\xFF", 1},  {"%41%", "A%", 2},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char buffer[16];
    size_t needed = 99;
    memset(buffer, 'x', sizeof buffer);
    size_t len = strlen(rows[i].encoded);
    assert_int_equal(trpt_uri_decode(rows[i].encoded, len, NULL, 0, &needed), TRPT_E_BUFFER);
    assert_int_equal(needed, rows[i].len);
    assert_int_equal(trpt_uri_decode(rows[i].encoded, len, buffer, rows[i].len, &needed), TRPT_E_BUFFER);
    assert_int_equal(buffer[0], 'x');
    assert_int_equal(trpt_uri_decode(rows[i].encoded, len, buffer, rows[i].len + 1, NULL), TRPT_OK);
    assert_memory_equal(buffer, rows[i].decoded, rows[i].len + 1);
    assert_int_equal(buffer[rows[i].len + 1], 'x');
  }
}

static void test_decode_arguments(void **state) {
  (void)state;
  char buffer[4];
  size_t needed = 99;
  assert_int_equal(trpt_uri_decode(NULL, 0, buffer, sizeof buffer, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(needed, 0);
  assert_int_equal(trpt_uri_decode("a", 1, NULL, 4, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_uri_decode("%41b", 2, buffer, sizeof buffer, &needed), TRPT_OK); /* cut by its length */
  assert_string_equal(buffer, "%4");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_parts),     cmocka_unit_test(test_refused), cmocka_unit_test(test_each_byte),
      cmocka_unit_test(test_mutations), cmocka_unit_test(test_decode),  cmocka_unit_test(test_decode_arguments),
  };
  return cmocka_run_group_tests(tests, build_grammar, NULL);
}
