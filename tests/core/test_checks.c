/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parser/checks/checks.h"

/* Every judge of a single value: text and the codes that it must find, without "report." and with a blank between two. */

typedef bool (*judge_fn)(trpt_str text, trpt_codes *findings);

typedef struct judge_case {
  const char *text;
  const char *codes;
} judge_case;

/* The codes that were found, as in the tables. */
static void write_codes(const trpt_codes *findings, char *codes, size_t capacity) {
  size_t used = 0;
  codes[0] = '\0';
  for (uint32_t i = 0; i < findings->count; i++) {
    const char *code = strchr(trpt_catalogue[findings->at[i]].code, '.') + 1;
    int more = snprintf(codes + used, capacity - used, "%s%s", i ? " " : "", code);
    assert_true(more > 0 && (size_t)more < capacity - used);
    used += (size_t)more;
  }
}

/* Judges a copy of exactly this length, so that a sanitizer sees each byte that is read behind it. */
static void expect_bytes(judge_fn judge, const char *text, size_t len, const char *codes) {
  char *copy = malloc(len ? len : 1);
  assert_non_null(copy);
  memcpy(copy, text, len);
  trpt_codes findings = {0};
  const bool harmless = judge((trpt_str){copy, len}, &findings);
  char found[256];
  write_codes(&findings, found, sizeof found);
  if (harmless && judge != trpt_check_text) {
    findings.count = 0;
    trpt_check_text((trpt_str){copy, len}, &findings);
    if (findings.count) fail_msg("\"%.*s\" is not harmless", (int)len, text);
  }
  free(copy);
  if (strcmp(found, codes) != 0) fail_msg("\"%.*s\": \"%s\", not \"%s\"", (int)len, text, found, codes);
}

static void expect_all(judge_fn judge, const judge_case *cases, size_t count) {
  for (size_t i = 0; i < count; i++) expect_bytes(judge, cases[i].text, strlen(cases[i].text), cases[i].codes);
}

#define EXPECT_ALL(judge, cases) expect_all(judge, cases, sizeof cases / sizeof cases[0])

static const judge_case texts[] = {
    {"a", ""},
    {"X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED", ""},
    {"mx.example.com ESMTP ~ !\"#$%&'()*+,-./:;=>?@[\\]^_`{|}", ""},
    {"M\xc3\xbcller GmbH \xe2\x80\x93 \xf0\x9f\x98\x80", ""},
    /* control characters: C0, DEL, C1 */
    {"\x01", "control-chars"},
    {"\x1f", "control-chars"},
    {"tab\there", "control-chars"},
    {"250-mx.example.com\r\n250 SMTPUTF8", "control-chars"},
    {"escape \x1b[31m", "control-chars"},
    {"delete \x7f", "control-chars"},
    {"next line \xc2\x85", "control-chars"},
    {"\xc2\x80", "control-chars"},
    {"\xc2\x9f", "control-chars"},
    {"\xc2\xa0", ""},
    {"\xc3\x80", ""},
    {"\xc2", ""}, /* cut UTF-8 is the tokenizer's business */
    {"\xe2\x80", ""},
    {"\xe2", ""},
    {"\x80\x85\xff", ""},
    /* U+2027, U+2028 to U+202E, U+202F; U+2065, U+2066 to U+2069, U+206A */
    {"\xe2\x80\xa7", ""},
    {"\xe2\x80\xa8", "control-chars"},
    {"\xe2\x80\xa9", "control-chars"},
    {"\xe2\x80\xaa", "control-chars"},
    {"abc\xe2\x80\xae"
     "cba",
     "control-chars"},
    {"\xe2\x80\xaf", ""},
    {"\xe2\x81\xa5", ""},
    {"\xe2\x81\xa6", "control-chars"},
    {"\xe2\x81\xa9", "control-chars"},
    {"\xe2\x81\xaa", ""},
    {"\xe2\x82\xa8", ""},
    {"\xe3\x80\xa8", ""},
    /* markup */
    {"<b>", "markup"},
    {"see <A href='x'>", "markup"},
    {"</b>", "markup"},
    {"<!-- x", "markup"},
    {"<?xml", "markup"},
    {"before the word <script>alert(1)</script>", "markup"},
    {"<", ""},
    {"a < b", ""},
    {"1<2", ""},
    {"<1>", ""},
    {"<\xc3\xa4>", ""},
    {"<<", ""},
    {"<<b", "markup"},
    {"<@", ""},
    {"<[", ""},
    {"<`", ""},
    {"<{", ""},
    {"&lt;b&gt;", ""},
    {"<b>\n", "control-chars markup"},
    {"\n<b>", "control-chars markup"},
};

static void test_text(void **state) {
  (void)state;
  EXPECT_ALL(trpt_check_text, texts);
  expect_bytes(trpt_check_text, "", 0, "");
  expect_bytes(trpt_check_text, "a\0b", 3, "control-chars");
  expect_bytes(trpt_check_text, "0123456789\0", 11, "control-chars");
}

/* What is seen eight bytes at a time and what is seen byte by byte is the same, wherever it stands. */
/* RFC 8461 s3.2: blanks after the colon, and blanks and a carriage return at the end of the line, are legal. */
static void test_policy_line(void **state) {
  (void)state;
  static const judge_case lines[] = {
      {"version: STSv1", ""},
      {"mode:\tenforce", ""},
      {"mode: \t enforce", ""},
      {"mode: enforce\r", ""},
      {"mode: enforce\t \r", ""},
      {"mode: enforce \t", ""},
      {"x-note:\t\xc3\xbc\r", ""},
      {"mode: enforce\n", "control-chars"},
      {"mode: enforce\r\n", "control-chars"},
      {"mode: enforce\r\r", "control-chars"},
      {"mode: enforce\r\t", "control-chars"},
      {"mode: en\tforce", "control-chars"},
      {"mode:\t\x01", "control-chars"},
      {"mode\t: enforce", "control-chars"},
      {"\tmode: enforce", "control-chars"},
      {"\r", "control-chars"},
      {"x-note:\tnext line \xc2\x85", "control-chars"},
      {"x-note:\t<b>\r", "markup"},
      {"3 1 1 00\r", "control-chars"},
      /* All lines in one string. */
      {"version: STSv1\nmode:\tenforce \r\n\nmx: a.example\n", ""},
      {"version: STSv1\tmode: enforce", ""},
      {"\n version: STSv1 \n mode: enforce\n", ""},
      {"version: STSv1\nx: \x01\ny: \x01", "control-chars"},
      {"version: STSv1\nmode: en\tforce", "control-chars"},
      {"version: STSv1\nmode: <b>\nmx: \x7F", "control-chars markup"},
      {"version: STSv1\nMode: enforce", "control-chars"},
  };
  char text[1100] = "x-note:\t";
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
    trpt_codes codes = {0};
    char found[256];
    assert_true(trpt_check_policy_line((trpt_str){lines[i].text, strlen(lines[i].text)}, &codes));
    write_codes(&codes, found, sizeof found);
    if (strcmp(found, lines[i].codes) != 0) fail_msg("line %zu: %s", i, found);
  }
  memset(text + 8, 'a', sizeof text - 8);
  for (size_t len = TRPT_LONG_STRING; len <= TRPT_LONG_STRING + 1; len++) {
    trpt_codes codes = {0};
    trpt_check_policy_line((trpt_str){text, len}, &codes);
    assert_int_equal(codes.count, len - TRPT_LONG_STRING);
  }
}

/* A policy with many lines is long, but none of them is. */
static void test_long_policy(void **state) {
  (void)state;
  char text[4096];
  size_t len = (size_t)snprintf(text, sizeof text, "version: STSv1");
  for (int i = 0; i < 100; i++) len += (size_t)snprintf(text + len, sizeof text - len, "\nmx: host%d.example", i);
  trpt_codes codes = {0};
  trpt_check_policy_line((trpt_str){text, len}, &codes);
  assert_true(len > TRPT_LONG_STRING && codes.count == 0);
  len += (size_t)snprintf(text + len, sizeof text - len, "\nx: %0*d", TRPT_LONG_STRING, 0);
  trpt_check_policy_line((trpt_str){text, len}, &codes);
  assert_int_equal(codes.count, 1);
  assert_int_equal(codes.at[0], TRPT_CODE_REPORT_LONG_STRING);
}

static void test_text_every_place(void **state) {
  (void)state;
  char text[41];
  for (size_t len = 1; len <= sizeof text; len++) {
    memset(text, 'x', sizeof text);
    for (size_t at = 0; at < len; at++) {
      for (int byte = 0; byte < 256; byte++) {
        text[at] = (char)byte;
        int markup = byte == '<' && at + 1 < len;
        expect_bytes(trpt_check_text, text, len,
                     byte < 0x20 || byte == 0x7f ? "control-chars"
                     : markup                    ? "markup"
                                                 : "");
      }
      text[at] = 'x';
    }
  }
}

/* Nor are bytes looked at behind a text that ends within a character. */
static void test_text_that_is_cut(void **state) {
  (void)state;
  static const char bidi[] = "\xE2\x80\xAE", c1[] = "\xC2\x80", tag[] = "<b";
  static const struct {
    const char *text;
    size_t len;
    uint32_t count; /* of findings */
  } rows[] = {{bidi, 3, 1}, {bidi, 2, 0}, {bidi, 1, 0}, {c1, 2, 1}, {c1, 1, 0}, {tag, 2, 1}, {tag, 1, 0}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    trpt_codes findings = {0};
    trpt_check_text((trpt_str){rows[i].text, rows[i].len}, &findings);
    assert_int_equal(findings.count, rows[i].count);
  }
}

static void test_text_length(void **state) {
  (void)state;
  char text[1026];
  memset(text, 'x', sizeof text);
  expect_bytes(trpt_check_text, text, 1023, "");
  expect_bytes(trpt_check_text, text, 1024, "");
  expect_bytes(trpt_check_text, text, 1025, "long-string");
  expect_bytes(trpt_check_text, text, 1026, "long-string");
  memcpy(text + 1000, "<b>\r\n", 5);
  expect_bytes(trpt_check_text, text, 1026, "control-chars markup long-string");
}

#define LABEL_63 "a23456789-123456789-123456789-123456789-123456789-123456789-123"
#define NAME_251 LABEL_63 "." LABEL_63 "." LABEL_63 ".b23456789-123456789-123456789-123456789-123456789-123456789"

static const judge_case domains[] = {
    {"example.com", ""},
    {"EXAMPLE.Com", ""},
    {"company-y.example", ""},
    {"xn--gpher-jua.test", ""},
    {"mx-backup.mail.company-y.example", ""},
    {"localhost", ""},
    {"a", ""},
    {"a.b", ""},
    {"1.b", ""},
    {"3com.com", ""},
    {"a.1b", ""},
    {"a.b1", ""},
    {"ab--cd.example.com", ""},
    {"9.9.example.com", ""},
    {"example.com.", "trailing-dot"},
    {"localhost.", "trailing-dot"},
    {"EXAMPLE.COM.", "trailing-dot"},
    {".", "bad-domain"},
    {"..", "trailing-dot bad-domain"},
    {"example.com..", "trailing-dot bad-domain"},
    {".example.com", "bad-domain"},
    {"example..com", "bad-domain"},
    {"aaaaaaa..aaaaaaa.com", "bad-domain"},
    {"-example.com", "bad-domain"},
    {"example-.com", "bad-domain"},
    {"example.-com", "bad-domain"},
    {"example.com-", "bad-domain"},
    {"a-.b", "bad-domain"},
    {"exa mple.com", "bad-domain"},
    {" example.com", "bad-domain"},
    {"example.com ", "bad-domain"},
    {"exam_ple.com", "bad-domain"},
    {"_dmarc.example.com", "bad-domain"},
    {"example.com/", "bad-domain"},
    {"example.com:25", "bad-domain"},
    {"user@example.com", "bad-domain"},
    {"http://example.com", "bad-domain"},
    {"*.example.com", "bad-domain"},
    {"*", "bad-domain"},
    {"192.0.2.1", "bad-domain"},
    {"192.0.2.1.", "trailing-dot bad-domain"},
    {"example.123", "bad-domain"},
    {"123", "bad-domain"},
    {"[192.0.2.1]", "bad-domain"},
    {"2001:db8::1", "bad-domain"},
    {"example.com\n", "bad-domain"},
    {LABEL_63, ""},
    {LABEL_63 ".example", ""},
    {"a" LABEL_63, "bad-domain"},
    {"a" LABEL_63 ".example", "bad-domain"},
    {"example." LABEL_63 "a", "bad-domain"},
    {NAME_251 ".c", ""},
    {NAME_251 "-c", ""},
    {NAME_251 ".c.", "trailing-dot"},
    {NAME_251 ".cd", "bad-domain"},
};

static void test_host(void **state) {
  (void)state;
  assert_int_equal(strlen(NAME_251), 251);
  EXPECT_ALL(trpt_check_host, domains);
  expect_bytes(trpt_check_host, "example\0.com", 12, "bad-domain");
  expect_bytes(trpt_check_host,
               "b\xc3\xbc"
               "cher.example",
               14, "bad-domain");
  expect_bytes(trpt_check_host, "\xff", 1, "bad-domain");
}

static void test_policy_domain(void **state) {
  (void)state;
  EXPECT_ALL(trpt_check_policy_domain, domains);
  static const judge_case more[] = {
      {"b\xc3\xbc"
       "cher.example",
       "policy-domain-not-a-label"},
      {"b\xc3\xbc"
       "cher.example.",
       "trailing-dot policy-domain-not-a-label"},
      {"\xe4\xbe\x8b.example", "policy-domain-not-a-label"},
      {"example\xe3\x80\x82"
       "com",
       "policy-domain-not-a-label"},
      {"\xff", "policy-domain-not-a-label"},
  };
  EXPECT_ALL(trpt_check_policy_domain, more);
}

/* All bytes at all places of names of all lengths that the eight-byte path has to do with. */
static void test_host_every_place(void **state) {
  (void)state;
  char name[24];
  for (size_t len = 1; len <= sizeof name; len++) {
    memset(name, 'x', sizeof name);
    for (size_t at = 0; at < len; at++) {
      for (int byte = 0; byte < 256; byte++) {
        name[at] = (char)byte;
        int letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
        int digit = byte >= '0' && byte <= '9';
        int inner = (byte == '-' || byte == '.') && at > 0 && at + 1 < len;
        int dot_behind = byte == '.' && at + 1 == len && len > 1;
        int good = letter || (digit && len > 1) || inner;
        expect_bytes(trpt_check_host, name, len, good ? "" : dot_behind ? "trailing-dot" : "bad-domain");
      }
      name[at] = 'x';
    }
  }
}

/* Two marks side by side, wherever one word of eight bytes ends and the next begins. */
static void test_host_every_pair(void **state) {
  (void)state;
  static const judge_case pairs[] = {{"..", "bad-domain"}, {".-", "bad-domain"}, {"-.", "bad-domain"}, {"--", ""}};
  char name[40];
  for (size_t len = 4; len <= sizeof name; len++)
    for (size_t at = 1; at + 3 <= len; at++)
      for (size_t i = 0; i < 4; i++) {
        memset(name, 'x', sizeof name);
        memcpy(name + at, pairs[i].text, 2);
        expect_bytes(trpt_check_host, name, len, pairs[i].codes);
      }
}

static void test_mx_pattern(void **state) {
  (void)state;
  static const judge_case patterns[] = {
      {"mail.example.com", ""},
      {"*.example.com", ""},
      {"*.mail.company-y.example", ""},
      {"*.com", ""},
      {"mx", ""},
      {"*.example.com.", "trailing-dot"},
      {"mx: *.example.com", "mx-host-prefix"},
      {"mx: mail.example.com", "mx-host-prefix"},
      {"mx:mail.example.com", "mx-host-prefix"},
      {"mx:\tmail.example.com", "mx-host-prefix"},
      {"mx: mail.example.com.", "mx-host-prefix trailing-dot"},
      {"mx: ", "mx-host-prefix bad-domain"},
      {"mx:", "mx-host-prefix bad-domain"},
      {"mx: mx: a.example", "mx-host-prefix bad-domain"},
      {"mx.example.com", ""},
      {"MX: mail.example.com", "mx-host-prefix"},
      {"Mx:*.example.com.", "mx-host-prefix trailing-dot"},
      {"mx mail.example.com", "bad-domain"},
      {"my: mail.example.com", "bad-domain"},
      {"mx : mail.example.com", "bad-domain"},
      {"*", "bad-domain"},
      {"*.", "trailing-dot bad-domain"},
      {".example.com", "bad-domain"},
      {"*example.com", "bad-domain"},
      {"*.*.example.com", "bad-domain"},
      {"mail.*.example.com", "bad-domain"},
      {"m*.example.com", "bad-domain"},
      {"*..example.com", "bad-domain"},
      {"*.-example.com", "bad-domain"},
      {"*.b\xc3\xbc"
       "cher.example",
       "bad-domain"},
      {"192.0.2.1", "bad-domain"},
  };
  EXPECT_ALL(trpt_check_mx_pattern, patterns);
}

static void test_ipv4(void **state) {
  (void)state;
  static const judge_case addresses[] = {
      {"209.85.222.201", ""},
      {"8.8.8.8", ""},
      {"1.2.3.4", ""},
      {"99.249.250.255", ""},
      /* not the IPv4address of RFC 8460 s4.4 */
      {"1.2", "bad-ip"},
      {"1.2.3.04", "bad-ip"},
      {"01.2.3.4", "bad-ip"},
      {"00.2.3.4", "bad-ip"},
      {"256.1.1.1", "bad-ip"},
      {"1.1.1.256", "bad-ip"},
      {"1.1.1.999", "bad-ip"},
      {"1.1.1.1000", "bad-ip"},
      {"1.2.3", "bad-ip"},
      {"101.102.103", "bad-ip"},
      {"99.250.256.1", "bad-ip"},
      {"260.1.1.1", "bad-ip"},
      {"1.2.3.", "bad-ip"},
      {"1.2.3.4.", "bad-ip"},
      {"1.2.3.4.5", "bad-ip"},
      {".1.2.3.4", "bad-ip"},
      {"1.2..4", "bad-ip"},
      {"1..3.4", "bad-ip"},
      {"1,2,3,4", "bad-ip"},
      {"1.2.3.a", "bad-ip"},
      {"0x1.2.3.4", "bad-ip"},
      {" 1.2.3.4", "bad-ip"},
      {"1.2.3.4 ", "bad-ip"},
      {"1.2.3.4:25", "bad-ip"},
      {"[1.2.3.4]", "bad-ip"},
      {"1.2.3.4/32", "bad-ip"},
      {"-1.2.3.4", "bad-ip"},
      {"16909060", "bad-ip"},
      {"testSendingMtaIp", "bad-ip"},
      {"mx.example.com", "bad-ip"},
      {"", "bad-ip"},
  };
  EXPECT_ALL(trpt_check_address, addresses);
  expect_bytes(trpt_check_address, "1.2.3.4\0", 8, "bad-ip");
}

static void test_ipv6(void **state) {
  (void)state;
  static const judge_case addresses[] = {
      {"2a00:1450:4864:20::52d", ""},
      {"2607:f8b0:4864:20::f49", ""},
      {"2001:4860:4860::8888", ""},
      {"2a01:111:f403:2414::702", ""},
      {"2a00:1:2:3:4:5:6:7", ""},
      {"2a00::", ""},
      {"2a00:0:0:1::", ""},
      {"2a00::1:0:0:1", ""},                     /* two runs of the same length: the first */
      {"2a00:0:0:1::1", ""},                     /* the longer run */
      {"2a00:0:1:2:3:4:5:6", ""},                /* a single zero group is no run */
      {"2a00:0:1:2:3:4::5", "ip-not-canonical"}, /* "::" for a single group */
      {"2a00:1:2:3:4:5:6:0", ""},
      /* no IPv6 text */
      {":", "bad-ip"},
      {":::", "bad-ip"},
      {"1", "bad-ip"},
      {"1:", "bad-ip"},
      {":1", "bad-ip"},
      {"1:2:3:4:5:6:7", "bad-ip"},
      {"1:2:3:4:5:6:7:", "bad-ip"},
      {":1:2:3:4:5:6:7", "bad-ip"},
      {"1:2:3:4:5:6:7:8:", "bad-ip"},
      {"1:2:3:4:5:6:7:8:9", "bad-ip"},
      {"1:2:3:4:5:6:7:8::", "bad-ip"},
      {"::1:2:3:4:5:6:7:8", "bad-ip"},
      {"1::2::3", "bad-ip"},
      {"1:::2", "bad-ip"},
      {"::1:", "bad-ip"},
      {"2a00::12345", "bad-ip"},
      {"2a00::00001", "bad-ip"},
      {"2a00::g", "bad-ip"},
      {"2a00::1 ", "bad-ip"},
      {"[::1]", "bad-ip"},
      {"[2a00::1]:25", "bad-ip"},
      {"fe80::1%eth0", "bad-ip"},
      {"fe80::1%25eth0", "bad-ip"},
      {"IPv6:2a00::1", "bad-ip"},
      {"2a00::1/64", "bad-ip"},
      {"2a00::1.2.3", "bad-ip"},
      {"2a00::1.2.3.04", "bad-ip"},
      {"2a00::1.2.3.256", "bad-ip"},
      {"2a00::1.2.3.4:5", "bad-ip"},
      {"2a00::a.2.3.4", "bad-ip"},
      {"1:2:3:4:5:6:7:1.2.3.4", "bad-ip"},
      {"1:2:3:4:5:1.2.3.4", "bad-ip"},
      {"0000:0000:0000:0000:0000:0000:255.255.255.255:", "bad-ip"}, /* longer than any address */
      {"::1.2.3.4::", "bad-ip"},
      /* legal, but not as RFC 5952 wants it */
      {"2a00:1450:4864:0020::52d", "ip-not-canonical"},
      {"2a00::0001", "ip-not-canonical"},
      {"2A00::1", "ip-not-canonical"},
      {"2a00::aBc", "ip-not-canonical"},
      {"2a00:0:0:0:0:0:0:1", "ip-not-canonical"},
      {"2a00:0::1", "ip-not-canonical"},
      {"2a00::0:1", "ip-not-canonical"},
      {"2a00::1:2:3:4:5:6", "ip-not-canonical"}, /* one group */
      {"2a00:0:0:1:0:0:0:1", "ip-not-canonical"},
      {"2a00::1:0:0:0:1", "ip-not-canonical"}, /* not the longest */
      {"2a00:0:0:1:1::1", "ip-not-canonical"}, /* not the first */
      {"2a00::1.2.3.4", "ip-not-canonical"},
      {"2a00:1:2:3:4:5:1.2.3.4", "ip-not-canonical"},
      {"64:ff9b::1.2.3.4", "ip-not-canonical"},
      {"64:ff9b::102:304", ""},
      {"1:2:3:4:5:6:7::", "ip-not-canonical"},
      {"::2:3:4:5:6:7:8", "ip-not-canonical"},
      /* IPv4-mapped and IPv4-compatible: RFC 5952 s5 */
      {"::ffff:1.2.3.4", "ip-special"},
      {"::ffff:0.0.0.0", "ip-special"},
      {"::ffff:102:304", "ip-not-canonical ip-special"},
      {"::FFFF:1.2.3.4", "ip-not-canonical ip-special"},
      {"0:0:0:0:0:ffff:1.2.3.4", "ip-not-canonical ip-special"},
      {"::1.2.3.4", ""},
      {"::102:304", "ip-not-canonical"},
      {"::0.0.0.1", "ip-not-canonical ip-special"},
      {"::0.1.0.2", ""},
      {"::1:2", "ip-not-canonical"},
      {"::0.1.0.0", ""},
      /* special, and in another form */
      {"2001:db8:abcd:0012::1", "ip-not-canonical ip-special"},
      {"FFFF:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "ip-not-canonical ip-special"},
  };
  EXPECT_ALL(trpt_check_address, addresses);
}

/* A block of addresses: its first and last address, and the addresses just outside, of which NULL stands for none. */
typedef struct block_case {
  const char *name;
  const char *rfc;
  bool special;
  const char *first;
  const char *last;
  const char *before;
  bool before_special;
  const char *after;
  bool after_special;
} block_case;

/* All rows of the IANA IPv4 and IPv6 Special-Purpose Address Registries, RFC 6890, and the multicast and site-local blocks, which
   are not in them. A block is special if the registry does not call it globally reachable. The registry leaves that open for a
   few rows: of these Teredo and ORCHID are special, since they lie in 2001::/23, and the 6to4 blocks are not. */
static const block_case blocks[] = {
    {"this network", "RFC 791", true, "0.0.0.0", "0.255.255.255", NULL, false, "1.0.0.0", false},
    {"this host on this network", "RFC 1122", true, "0.0.0.0", "0.0.0.0", NULL, false, "0.0.0.1", true},
    {"private use", "RFC 1918", true, "10.0.0.0", "10.255.255.255", "9.255.255.255", false, "11.0.0.0", false},
    {"shared address space", "RFC 6598", true, "100.64.0.0", "100.127.255.255", "100.63.255.255", false, "100.128.0.0",
     false},
    {"loopback", "RFC 1122", true, "127.0.0.0", "127.255.255.255", "126.255.255.255", false, "128.0.0.0", false},
    {"link-local", "RFC 3927", true, "169.254.0.0", "169.254.255.255", "169.253.255.255", false, "169.255.0.0", false},
    {"private use", "RFC 1918", true, "172.16.0.0", "172.31.255.255", "172.15.255.255", false, "172.32.0.0", false},
    {"protocol assignments", "RFC 6890", true, "192.0.0.0", "192.0.0.255", "191.255.255.255", false, "192.0.1.0",
     false},
    {"service continuity", "RFC 7335", true, "192.0.0.0", "192.0.0.7", "191.255.255.255", false, "192.0.0.8", true},
    {"dummy address", "RFC 7600", true, "192.0.0.8", "192.0.0.8", "192.0.0.7", true, "192.0.0.9", false},
    {"PCP anycast", "RFC 7723", false, "192.0.0.9", "192.0.0.9", "192.0.0.8", true, "192.0.0.10", false},
    {"TURN anycast", "RFC 8155", false, "192.0.0.10", "192.0.0.10", "192.0.0.9", false, "192.0.0.11", true},
    {"NAT64 discovery", "RFC 8880", true, "192.0.0.170", "192.0.0.171", "192.0.0.169", true, "192.0.0.172", true},
    {"documentation", "RFC 5737", true, "192.0.2.0", "192.0.2.255", "192.0.1.255", false, "192.0.3.0", false},
    {"AS112", "RFC 7535", false, "192.31.196.0", "192.31.196.255", "192.31.195.255", false, "192.31.197.0", false},
    {"AMT", "RFC 7450", false, "192.52.193.0", "192.52.193.255", "192.52.192.255", false, "192.52.194.0", false},
    {"6to4 relay anycast", "RFC 7526", false, "192.88.99.0", "192.88.99.255", "192.88.98.255", false, "192.88.100.0",
     false},
    {"6a44 relay anycast", "RFC 6751", true, "192.88.99.2", "192.88.99.2", "192.88.99.1", false, "192.88.99.3", false},
    {"private use", "RFC 1918", true, "192.168.0.0", "192.168.255.255", "192.167.255.255", false, "192.169.0.0", false},
    {"AS112", "RFC 7534", false, "192.175.48.0", "192.175.48.255", "192.175.47.255", false, "192.175.49.0", false},
    {"benchmarking", "RFC 2544", true, "198.18.0.0", "198.19.255.255", "198.17.255.255", false, "198.20.0.0", false},
    {"documentation", "RFC 5737", true, "198.51.100.0", "198.51.100.255", "198.51.99.255", false, "198.51.101.0",
     false},
    {"documentation", "RFC 5737", true, "203.0.113.0", "203.0.113.255", "203.0.112.255", false, "203.0.114.0", false},
    {"multicast", "RFC 5771", true, "224.0.0.0", "239.255.255.255", "223.255.255.255", false, "240.0.0.0", true},
    {"reserved", "RFC 1112", true, "240.0.0.0", "255.255.255.255", "239.255.255.255", true, NULL, false},
    {"limited broadcast", "RFC 919", true, "255.255.255.255", "255.255.255.255", "255.255.255.254", true, NULL, false},

    {"unspecified", "RFC 4291", true, "::", "::", NULL, false, "::1", true},
    {"loopback", "RFC 4291", true, "::1", "::1", "::", true, "::2", false},
    {"IPv4-mapped", "RFC 4291", true, "::ffff:0.0.0.0", "::ffff:255.255.255.255", "::fffe:ffff:ffff", false,
     "::1:0:0:0", false},
    {"translation", "RFC 6052", false, "64:ff9b::", "64:ff9b::ffff:ffff", "64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff",
     false, "64:ff9b::1:0:0", false},
    {"local translation", "RFC 8215", true, "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
     "64:ff9b:0:ffff:ffff:ffff:ffff:ffff", false, "64:ff9b:2::", false},
    {"discard-only", "RFC 6666", true, "100::", "100::ffff:ffff:ffff:ffff", "ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     false, "100:0:0:1::", true},
    {"dummy prefix", "RFC 9780", true, "100:0:0:1::", "100::1:ffff:ffff:ffff:ffff", "100::ffff:ffff:ffff:ffff", true,
     "100:0:0:2::", false},
    {"protocol assignments", "RFC 2928", true, "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
     "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false, "2001:200::", false},
    {"Teredo", "RFC 4380", true, "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff",
     "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false, "2001:1::", true},
    {"PCP anycast", "RFC 7723", false, "2001:1::1", "2001:1::1", "2001:1::", true, "2001:1::2", false},
    {"TURN anycast", "RFC 8155", false, "2001:1::2", "2001:1::2", "2001:1::1", false, "2001:1::3", false},
    {"DNS-SD SRP anycast", "RFC 9665", false, "2001:1::3", "2001:1::3", "2001:1::2", false, "2001:1::4", true},
    {"the rest of 2001:1::/64", "RFC 2928", true, "2001:1::4", "2001:1::ffff:ffff:ffff:ffff", "2001:1::3", false,
     "2001:1:0:1::", true},
    {"benchmarking", "RFC 5180", true, "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff",
     "2001:1:ffff:ffff:ffff:ffff:ffff:ffff", true, "2001:2:1::", true},
    {"AMT", "RFC 7450", false, "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:2:ffff:ffff:ffff:ffff:ffff:ffff", true, "2001:4::", true},
    {"AS112", "RFC 7535", false, "2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff",
     "2001:4:111:ffff:ffff:ffff:ffff:ffff", true, "2001:4:113::", true},
    {"ORCHID", "RFC 4843", true, "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:f:ffff:ffff:ffff:ffff:ffff:ffff", true, "2001:20::", false},
    {"ORCHIDv2", "RFC 7343", false, "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", true, "2001:30::", false},
    {"drone identification", "RFC 9374", false, "2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", false, "2001:40::", true},
    {"documentation", "RFC 3849", true, "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", false, "2001:db9::", false},
    {"6to4", "RFC 3056", false, "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false, "2003::", false},
    {"AS112", "RFC 7534", false, "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
     "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff", false, "2620:4f:8001::", false},
    {"documentation", "RFC 9637", true, "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
     "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false, "3fff:1000::", false},
    {"segment routing", "RFC 9602", true, "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false, "5f01::", false},
    {"unique local", "RFC 4193", true, "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false, "fe00::", false},
    {"link-local", "RFC 4291", true, "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false, "fec0::", true},
    {"site-local", "RFC 3879", true, "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true, "ff00::", true},
    {"multicast", "RFC 4291", true, "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true, NULL, false},
};

static void expect_special(const block_case *block, const char *address, bool special) {
  trpt_codes codes = {0};
  char found[256];
  if (!address) return;
  trpt_check_address((trpt_str){address, strlen(address)}, &codes);
  write_codes(&codes, found, sizeof found);
  if (strcmp(found, special ? "ip-special" : "") != 0)
    fail_msg("%s in the test of %s, %s: \"%s\"", address, block->name, block->rfc, found);
}

static void test_special_blocks(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
    const block_case *block = &blocks[i];
    expect_special(block, block->first, block->special);
    expect_special(block, block->last, block->special);
    expect_special(block, block->before, block->before_special);
    expect_special(block, block->after, block->after_special);
  }
}

static void test_contact(void **state) {
  (void)state;
  static const judge_case contacts[] = {
      {"a@b", ""},
      {"sts-reporting@company-x.example", ""},
      {"first.last+tag@example.com", ""},
      {"!#$%&'*+-/=?^_`{|}~@example.com", ""},
      {"a@exam_ple.com", ""}, /* a dot-atom */
      {"\"first last\"@example.com", ""},
      {"\"a@b\"@example.com", ""},
      {"\"\"@example.com", ""},
      {"\"a\\\"b\\\\\"@example.com", ""},
      {"\"<b>\"@example.com", ""}, /* and report.markup */
      {"\"a\tb\"@example.com", ""},
      {"a@[<b>]", ""},
      {"a@[192.0.2.1]", ""},
      {"a@[IPv6:2001:db8::1]", ""},
      {"a@[]", ""},
      {"", "bad-contact-info"},
      {"a", "bad-contact-info"},
      {"testContactInfo", "bad-contact-info"},
      {"a@", "bad-contact-info"},
      {"@b", "bad-contact-info"},
      {"@", "bad-contact-info"},
      {"a@b@c", "bad-contact-info"},
      {"A <a@b>", "bad-contact-info"},
      {"<a@b>", "bad-contact-info"},
      {"a@b,c@d", "bad-contact-info"},
      {"a@b, c@d", "bad-contact-info"},
      {"mailto:a@b", "bad-contact-info"},
      {"https://example.com/contact", "bad-contact-info"},
      {" a@b", "bad-contact-info"},
      {"a@b ", "bad-contact-info"},
      {"a @b", "bad-contact-info"},
      {"a@b\n", "bad-contact-info"},
      {"a b@c", "bad-contact-info"},
      {".a@b", "bad-contact-info"},
      {"a.@b", "bad-contact-info"},
      {"a..b@c", "bad-contact-info"},
      {"a@.b", "bad-contact-info"},
      {"a@b.", "bad-contact-info"},
      {"a@b..c", "bad-contact-info"},
      {"a(comment)@b", "bad-contact-info"},
      {"\"a@b", "bad-contact-info"},
      {"\"a\"b@c", "bad-contact-info"},
      {"\"a\\\"@b", "bad-contact-info"},
      {"\"a\\", "bad-contact-info"},
      {"\"a\x7f\"@b", "bad-contact-info"},
      {"\"", "bad-contact-info"},
      {"a@[", "bad-contact-info"},
      {"a@[1.2\n]", "bad-contact-info"},
      {"a@[1.2\x7f]", "bad-contact-info"},
      {"a@[1.2", "bad-contact-info"},
      {"\"a\nb\"@c", "bad-contact-info"},
      {"a@[1.2.3.4", "bad-contact-info"},
      {"a@[1.2.3.4]x", "bad-contact-info"},
      {"a@[[1.2.3.4]]", "bad-contact-info"},
      {"a@[1\\]]", "bad-contact-info"},
      {"a@b;", "bad-contact-info"},
      {"b\xc3\xbc"
       "cher@example.com",
       "bad-contact-info"},
      {"a@b\xc3\xbc"
       "cher.example",
       "bad-contact-info"},
      {"\"\xc3\xbc\"@example.com", "bad-contact-info"},
      {"a\x7f@b", "bad-contact-info"},
  };
  EXPECT_ALL(trpt_check_contact, contacts);
  expect_bytes(trpt_check_contact, "a@b\0", 4, "bad-contact-info");
  expect_bytes(trpt_check_contact, "a\0@b", 4, "bad-contact-info");
}

static void test_information(void **state) {
  (void)state;
  static const judge_case informations[] = {
      {"https://reports.company-x.example/report_info?id=5065427c-23d3#StarttlsNotSupported", ""},
      {"http://example.com/", ""},
      {"HTTPS://example.com", ""},
      {"hTTp://example.com", ""},
      {"https://[2001:db8::1]:8443/a%20b", ""},
      {"https://reports.company-x.example/report_info ? id = 5065427c - 23 d3# StarttlsNotSupported ",
       "bad-additional-information"},
      {"javascript:alert(1)", "bad-additional-information"},
      {"mailto:a@example.com", "bad-additional-information"},
      {"ftp://example.com/", "bad-additional-information"},
      {"httpx://example.com/", "bad-additional-information"},
      {"httpsx://example.com/", "bad-additional-information"},
      {"htt://example.com/", "bad-additional-information"},
      {"//example.com/", "bad-additional-information"},
      {"example.com", "bad-additional-information"},
      {"certificate expired", "bad-additional-information"},
      {"https://example.com/%zz", "bad-additional-information"},
      {"https://example.com/\xc3\xa4", "bad-additional-information"},
      {"https://example.com/<b>", "bad-additional-information"},
  };
  EXPECT_ALL(trpt_check_information, informations);
}

typedef struct time_case {
  const char *text;
  int64_t seconds;
  const char *codes;
  int64_t end; /* 0: as the end the same seconds */
} time_case;

static void test_time(void **state) {
  (void)state;
  static const time_case times[] = {
      {"2016-04-01T00:00:00Z", 1459468800, "", 0},
      {"2016-04-01T23:59:59.999Z", 1459555199, "", 0},
      {"2016-12-31T23:59:60Z", 1483228800, "", 0},
      {"2016-04-01T02:00:00+02:00", 1459468800, "", 0},
      {"2016-04-01T00:00:00", 1459468800, "missing-timezone", 0},
      {"2016-04-01T00:00:00.5", 1459468800, "missing-timezone", 0},
      {"2016-04-01t00:00:00", 1459468800, "missing-timezone lowercase-datetime", 0},
      {"2016-04-01t00:00:00Z", 1459468800, "lowercase-datetime", 0},
      {"2016-04-01T00:00:00z", 1459468800, "lowercase-datetime", 0},
      {"2016-04-01t00:00:00z", 1459468800, "lowercase-datetime", 0},
      {"2016-04-01t02:00:00+02:00", 1459468800, "lowercase-datetime", 0},
      {"2016-04-01T24:00:00Z", INT64_MIN, "bad-datetime", 0},
      {"2016-02-30T00:00:00Z", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01t00:00:00x", INT64_MIN, "bad-datetime", 0},
      /* Other forms with a certain instant. */
      {"2016-04-01 00:00:00Z", 1459468800, "bad-datetime", 0},
      {"2016-04-01 00:00:00.25Z", 1459468800, "bad-datetime", 0},
      {"2016-04-01T02:00:00+0200", 1459468800, "bad-datetime", 0},
      {"2016-03-31T19:00:00-0500", 1459468800, "bad-datetime", 0},
      {"2016-04-01T00:00Z", 1459468800, "bad-datetime", 0},
      {"2016-04-01T02:00+02:00", 1459468800, "bad-datetime", 0},
      {"2016-04-01 02:00+0200", 1459468800, "bad-datetime", 0},
      {"2016-04-01 00:00:00", 1459468800, "bad-datetime missing-timezone", 0},
      {"2016-04-01 00:00:00z", 1459468800, "bad-datetime lowercase-datetime", 0},
      {"2016-04-01", 1459468800, "bad-datetime", 1459555199},
      {"2016-02-29", 1456704000, "bad-datetime", 1456790399},
      {"1459468800", 1459468800, "bad-datetime", 0},
      {"1", 1, "bad-datetime", 0},
      {"00000000001", 1, "bad-datetime", 0},
      {"99999999999", 99999999999, "bad-datetime", 0},
      /* And near misses. */
      {"1459468800000", INT64_MIN, "bad-datetime", 0},
      {"000000000001", INT64_MIN, "bad-datetime", 0},
      {"-1459468800", INT64_MIN, "bad-datetime", 0},
      {"1459468800.5", INT64_MIN, "bad-datetime", 0},
      {"14594688OO", INT64_MIN, "bad-datetime", 0},
      {"", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01  00:00:00Z", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01\t00:00:00Z", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01T00:00:00 Z", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01 00:00:00 +0000", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01T00:00:00+02", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01T00:00:00+02:0", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01T00:00:00+2400", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01T00:00:Z", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01T00:00.5Z", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01T00Z", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01T", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01Z", INT64_MIN, "bad-datetime", 0},
      {"2016-04-01 ", INT64_MIN, "bad-datetime", 0},
      {" 2016-04-01", INT64_MIN, "bad-datetime", 0},
      {"2016-04-31", INT64_MIN, "bad-datetime", 0},
      {"2016-4-1", INT64_MIN, "bad-datetime", 0},
      {"01.04.2016 00:00:00", INT64_MIN, "bad-datetime", 0},
  };
  for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
    trpt_codes findings = {0};
    trpt_str text = {times[i].text, strlen(times[i].text)};
    int64_t seconds = 42;
    char found[256];
    trpt_check_time(text, false, &seconds, &findings);
    write_codes(&findings, found, sizeof found);
    if (strcmp(found, times[i].codes) != 0 || seconds != times[i].seconds)
      fail_msg("%s: %s, %lld", text.ptr, found, (long long)seconds);
    seconds = 42;
    trpt_check_time(text, false, &seconds, NULL);
    assert_true(seconds == times[i].seconds);
    trpt_check_time(text, true, &seconds, NULL);
    assert_true(seconds == (times[i].end ? times[i].end : times[i].seconds));
  }
}

typedef struct window_case {
  int64_t start, end, now;
  const char *codes;
} window_case;

enum { DAY = 86400 };

static void test_window(void **state) {
  (void)state;
  static const window_case windows[] = {
      {0, DAY, 0, ""},
      {0, DAY - 1, 0, ""},
      {-DAY, 0, 0, ""},
      {-DAY, -1, 0, ""},
      {17 * DAY, 18 * DAY, 0, ""},
      {0, DAY - 2, 0, "window-not-utc-day"},
      {0, 1, 0, "window-not-utc-day"},
      {0, DAY / 2, 0, "window-not-utc-day"},
      {1, DAY, 0, "window-not-utc-day"},
      {1, DAY + 1, 0, "window-not-utc-day"},
      {-1, DAY - 1, 0, "window-not-utc-day"},
      {-7200, DAY - 7200, 0, "window-not-utc-day"}, /* a day of another zone */
      {0, DAY + 1, 0, "window-too-long"},
      {0, 7 * DAY, 0, "window-too-long"},
      {0, 2 * DAY, 0, "window-too-long"},
      {5, DAY + 6, 0, "window-too-long"},
      {0, 0, 0, "zero-window"},
      {5, 5, 0, "zero-window"},
      {INT64_MAX, INT64_MAX, 0, "zero-window"},
      {1, 0, 0, "end-before-start"},
      {DAY, 0, 0, "end-before-start"},
      {INT64_MAX, INT64_MIN, 0, "end-before-start"},
      {INT64_MIN, INT64_MAX, 0, "window-too-long"},
      /* the clock */
      {10 * DAY, 11 * DAY, 11 * DAY, ""},
      {10 * DAY, 11 * DAY, 99 * DAY, ""},
      {10 * DAY, 11 * DAY, 10 * DAY, ""},
      {10 * DAY, 11 * DAY, 10 * DAY - 1, "future-window"},
      {10 * DAY, 11 * DAY, 1, "future-window"},
      {10 * DAY, 11 * DAY, -1, "future-window"},
      {10 * DAY, 11 * DAY, 0, ""},
      {10 * DAY, 10 * DAY, 1, "zero-window future-window"},
      {11 * DAY, 10 * DAY, 1, "end-before-start future-window"},
      {INT64_MIN, INT64_MAX, INT64_MIN, "window-too-long future-window"},
  };
  for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
    trpt_codes findings = {0};
    char found[256];
    trpt_check_window(windows[i].start, windows[i].end, windows[i].now, &findings);
    write_codes(&findings, found, sizeof found);
    if (strcmp(found, windows[i].codes) != 0)
      fail_msg("%lld to %lld: %s", (long long)windows[i].start, (long long)windows[i].end, found);
  }
}

#define HEX_40  "0123456789abcdef0123456789ABCDEF01234567"
#define HEX_64  HEX_40 "0123456789abcdef01234567"
#define HEX_128 HEX_64 HEX_64

static bool judge_tlsa(trpt_str record, trpt_codes *findings) {
  trpt_check_tlsa(record, findings);
  return false;
}

static void test_tlsa(void **state) {
  (void)state;
  static const judge_case records[] = {
      {"3 1 1 " HEX_64, ""},
      {"2 0 1 " HEX_64, ""},
      {"3 1 2 " HEX_128, ""},
      {"3 0 0 ab", ""},
      {"3 1 3 abcd", ""}, /* a matching type that nobody has defined yet */
      {"3 1 1 " HEX_40 " 0123456789abcdef01234567", ""},
      {"3 1 1 abc", "tlsa-syntax"},
      {"3 1 " HEX_64, "tlsa-syntax"},
      {"3 1 1", "tlsa-syntax"},
      {"3 1 1 xyz0", "tlsa-syntax"},
      {"3 1 1 " HEX_64 " ;", "tlsa-syntax"},
      {"tlsa", "tlsa-syntax"},
      {"version: STSv1", "tlsa-syntax"},
      {"256 1 1 " HEX_64, "tlsa-field-range"},
      {"3 256 1 " HEX_64, "tlsa-field-range"},
      {"3 1 99999999999999999999 ab", "tlsa-field-range"},
      {"3 255 255 ab", ""},
      {"256 1 1 abc", "tlsa-syntax"},
      {"3 1 1 " HEX_40, "tlsa-length"},
      {"3 1 1 " HEX_128, "tlsa-length"},
      {"3 1 2 " HEX_64, "tlsa-length"},
      {"3 1 1 " HEX_64 "00", "tlsa-length"},
      {"0 1 1 " HEX_64, "tlsa-usage"},
      {"1 1 1 " HEX_64, "tlsa-usage"},
      {"4 1 1 " HEX_64, "tlsa-usage"},
      {"255 1 1 " HEX_64, "tlsa-usage"},
      {"1 1 1 " HEX_40, "tlsa-length tlsa-usage"},
  };
  EXPECT_ALL(judge_tlsa, records);
}

typedef struct sts_case {
  const char *lines[8];
  const char *codes; /* of all lines, and then of the whole */
  const char *mx;    /* of the last line; NULL: absent */
} sts_case;

#define GOOD_AGE "max_age: 86400"

/* With a line end the same, though it is read by all of the grammar. */
static void judge_line(trpt_sts_lines *lines, const char *line, trpt_str *mx, trpt_codes *findings) {
  char ended[128];
  trpt_sts_lines lines_again = *lines;
  trpt_codes findings_again = *findings;
  trpt_str mx_again;
  const int len = snprintf(ended, sizeof ended, "%s%s", line, strchr(line, '\n') ? "" : "\n");
  trpt_check_sts_line(&lines_again, (trpt_str){ended, (size_t)len}, &mx_again, &findings_again);
  trpt_check_sts_line(lines, (trpt_str){line, strlen(line)}, mx, findings);
  assert_int_equal(lines->seen, lines_again.seen);
  assert_int_equal(findings->count, findings_again.count);
  assert_int_equal(mx->len, mx_again.len);
  assert_true(!mx->ptr == !mx_again.ptr && (!mx->ptr || mx->ptr - line == mx_again.ptr - ended));
}

static void test_sts(void **state) {
  (void)state;
  static const sts_case policies[] = {
      {{"version: STSv1", "mode: testing", "mx: *.mail.company-y.example", GOOD_AGE}, "", NULL},
      {{GOOD_AGE, "mode: enforce", "version: STSv1", "mx: mail.example.com"}, "", "mail.example.com"},
      {{"version:STSv1", "mode:none", "max_age:0"}, "", NULL},
      {{"version: STSv1\r\n", "mode: enforce\r\n", "max_age: 31557600\r\n", "mx: a.example\r\n"}, "", "a.example"},
      {{"version: STSv1", "mode: none", GOOD_AGE, "note: other fields are legal"}, "", NULL},
      {{""}, "sts-line-syntax sts-no-version sts-no-mode sts-bad-max-age", NULL},
      {{"version: STSv1", "mode: testing", GOOD_AGE, "mx"}, "sts-line-syntax sts-no-mx", NULL},
      {{"version: STSv1", "mode: testing", GOOD_AGE, "mx:"}, "sts-line-syntax sts-no-mx", NULL},
      {{"version: STSv1", "mode: testing", GOOD_AGE, "mx: mail_1.example.com"},
       "sts-line-syntax",
       "mail_1.example.com"},
      {{"version: STSv1", "mode: testing", GOOD_AGE, "mx: *"}, "sts-line-syntax", "*"},
      {{"version: STSv1", "mode: testing", GOOD_AGE, "MX: *"}, "sts-no-mx", NULL},
      {{"mode: testing", GOOD_AGE}, "sts-no-version sts-no-mx", NULL},
      {{"version: STSv2", "mode: testing", GOOD_AGE}, "sts-no-version sts-no-mx", NULL},
      {{"version: stsv1", "mode: testing", GOOD_AGE}, "sts-no-version sts-no-mx", NULL},
      {{"Version: STSv1", "mode: testing", GOOD_AGE}, "sts-no-version sts-no-mx", NULL},
      {{"version: STSv1x", "mode: testing", GOOD_AGE}, "sts-no-version sts-no-mx", NULL},
      {{"version: STSv1", "version: STSv2", "mode: testing", GOOD_AGE}, "sts-no-mx", NULL},
      {{"version: STSv2", "version: STSv1", "mode: testing", GOOD_AGE}, "sts-no-version sts-no-mx", NULL},
      {{"version: STSv1", GOOD_AGE}, "sts-no-mode", NULL},
      {{"version: STSv1", "mode: Enforce", GOOD_AGE}, "sts-no-mode", NULL},
      {{"version: STSv1", "mode: report", GOOD_AGE}, "sts-no-mode", NULL},
      {{"version: STSv1", "mode: report", "mode: enforce", GOOD_AGE}, "sts-no-mode", NULL},
      {{"version: STSv1", "mode: enforce", "mode: report", GOOD_AGE}, "sts-no-mx", NULL},
      {{"version:  STSv1", "mode:\tenforce", "max_age:86400", "mx:a.example"}, "", "a.example"},
      {{"version: STSv1 ", "mode: enforce\t", "max_age: 86400 ", "mx: a.example "}, "", "a.example"},
      {{"version: STSv1", "mode: enforce", GOOD_AGE, "mx: a.example", "mx: *.b.example"}, "", "*.b.example"},
      {{"version: STSv1", "mode: enforce", GOOD_AGE, "mx: *.*"}, "sts-line-syntax", "*.*"},
      {{"version: STSv1", "mode: enforce", GOOD_AGE, "mx : a.example"}, "sts-line-syntax sts-no-mx", NULL},
      {{"version: STSv1", "mode: enforce", GOOD_AGE, "mx: "}, "sts-line-syntax sts-no-mx", NULL},
      {{"mode: ", "version: ", "max_age: "},
       "sts-line-syntax sts-line-syntax sts-line-syntax sts-no-version sts-no-mode sts-bad-max-age",
       NULL},
      {{"mode: enforce\x01", "version: STSv1\x01", "max_age: 1\x01"},
       "sts-line-syntax sts-line-syntax sts-line-syntax sts-no-version sts-no-mode sts-bad-max-age",
       NULL},
      {{"version: STSv1", "mode: enforce"}, "sts-no-mx sts-bad-max-age", NULL},
      {{"version: STSv1", "mode: enforce", "max_age: -1"}, "sts-bad-max-age sts-no-mx", NULL},
      {{"version: STSv1", "mode: enforce", "max_age: 1d"}, "sts-bad-max-age sts-no-mx", NULL},
      {{"version: STSv1", "mode: enforce", "max_age: 1 0"}, "sts-bad-max-age sts-no-mx", NULL},
      {{"version: STSv1", "mode: enforce", "max_age: 31557601"}, "sts-bad-max-age sts-no-mx", NULL},
      {{"version: STSv1", "mode: enforce", "max_age: 0031557600"}, "sts-no-mx", NULL},
      {{"version: STSv1", "mode: enforce", "max_age: 9999999999"}, "sts-bad-max-age sts-no-mx", NULL},
      {{"version: STSv1", "mode: enforce", "max_age: 00031557600"}, "sts-bad-max-age sts-no-mx", NULL}, /* 11 digits */
      {{"version: STSv1", "mode: enforce", GOOD_AGE, "max_age: x"}, "sts-no-mx", NULL},
      {{"version: STSv1", "mode: enforce", "max_age: x", GOOD_AGE}, "sts-bad-max-age sts-no-mx", NULL},
  };
  for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
    trpt_codes findings = {0};
    trpt_sts_lines lines = {0};
    trpt_str mx = {NULL, 0};
    for (size_t k = 0; k < 8 && policies[i].lines[k]; k++) judge_line(&lines, policies[i].lines[k], &mx, &findings);
    trpt_check_sts_lines(&lines, &findings);
    char found[256];
    write_codes(&findings, found, sizeof found);
    if (strcmp(found, policies[i].codes) != 0) fail_msg("policy %zu: %s", i, found);
    if (policies[i].mx) {
      assert_int_equal(mx.len, strlen(policies[i].mx));
      assert_memory_equal(mx.ptr, policies[i].mx, mx.len);
    } else {
      assert_null(mx.ptr);
    }
  }
}

static void test_sts_seen(void **state) {
  (void)state;
  trpt_codes findings = {0};
  trpt_sts_lines lines = {0};
  trpt_str mx;
  trpt_check_sts_line(&lines, (trpt_str){"mx: a.example", 13}, &mx, &findings);
  assert_int_equal(lines.seen, TRPT_STS_SAW_MX);
  trpt_check_sts_line(&lines, (trpt_str){"mode: none", 10}, &mx, &findings);
  assert_true(lines.seen & TRPT_STS_SAW_MODE);
  assert_int_equal(findings.count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_text),
      cmocka_unit_test(test_policy_line),
      cmocka_unit_test(test_long_policy),
      cmocka_unit_test(test_text_every_place),
      cmocka_unit_test(test_text_that_is_cut),
      cmocka_unit_test(test_text_length),
      cmocka_unit_test(test_host),
      cmocka_unit_test(test_policy_domain),
      cmocka_unit_test(test_host_every_place),
      cmocka_unit_test(test_host_every_pair),
      cmocka_unit_test(test_mx_pattern),
      cmocka_unit_test(test_ipv4),
      cmocka_unit_test(test_ipv6),
      cmocka_unit_test(test_special_blocks),
      cmocka_unit_test(test_contact),
      cmocka_unit_test(test_information),
      cmocka_unit_test(test_time),
      cmocka_unit_test(test_window),
      cmocka_unit_test(test_tlsa),
      cmocka_unit_test(test_sts),
      cmocka_unit_test(test_sts_seen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
