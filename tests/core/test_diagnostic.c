/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/record.h>

#include "grammar_oracle.h"
#include "record_rows.h"

/* ---- The catalogue ---- */

static void assert_sentences(const char *text) {
  size_t len = strlen(text);
  assert_true(len > 1);
  assert_int_equal(text[len - 1], '.');
  for (size_t i = 0; i < len; i++) assert_in_range(text[i], 0x20, 0x7E);
}

static void test_catalogue(void **state) {
  (void)state;
  uint32_t count = trpt_diagnostic_count();
  assert_true(count > 0);
  for (uint32_t i = 0; i < count; i++) {
    const char *code = trpt_diagnostic_code(i);
    assert_non_null(code);
    for (uint32_t j = 0; j < i; j++) assert_string_not_equal(code, trpt_diagnostic_code(j));
    assert_in_range(trpt_diagnostic_severity(code), TRPT_INFO, TRPT_ERROR);
    unsigned rfc;
    char s;
    if (sscanf(trpt_diagnostic_section(code), "RFC %u s%c", &rfc, &s) != 2) fail_msg("%s: section", code);
    assert_sentences(trpt_diagnostic_advice(code));
    const char *message = trpt_diagnostic_message(code);
    assert_sentences(message);
    assert_true(strlen(message) <= 127); /* fits trpt_error.message */
    assert_null(strchr(message, '#'));   /* only sentences about limits have a place for a number */
  }
  assert_null(trpt_diagnostic_code(count));
  assert_null(trpt_diagnostic_code(UINT32_MAX));
}

static void test_no_code(void **state) {
  (void)state;
  static const char *const none[] = {NULL, "", "record", "record.no-ru", "record.no-ruaa", "RECORD.NO-RUA"};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
    assert_int_equal(trpt_diagnostic_severity(none[i]), TRPT_INFO);
    assert_null(trpt_diagnostic_message(none[i]));
    assert_null(trpt_diagnostic_section(none[i]));
    assert_null(trpt_diagnostic_advice(none[i]));
  }
  assert_int_equal(trpt_diagnostic_severity("record.no-rua"), TRPT_ERROR);
  assert_int_equal(trpt_diagnostic_severity("gzip.trailing"), TRPT_WARNING);
  assert_string_equal(trpt_diagnostic_section("record.no-rua"), "RFC 8460 s3");
}

static void test_severity_names(void **state) {
  (void)state;
  assert_string_equal(trpt_severity_name(TRPT_INFO), "info");
  assert_string_equal(trpt_severity_name(TRPT_WARNING), "warning");
  assert_string_equal(trpt_severity_name(TRPT_ERROR), "error");
  static const trpt_severity none[] = {-1, 3, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) assert_null(trpt_severity_name(none[i]));
}

/* Parts of the code base have prefixes of their own, and each has codes. */
static void test_prefixes(void **state) {
  (void)state;
  static const char *const prefixes[] = {"record.", "json.", "report.", "gzip.", "mail.", "check."};
  enum { PREFIXES = sizeof prefixes / sizeof prefixes[0] };
  unsigned codes[PREFIXES] = {0};
  for (uint32_t i = 0; i < trpt_diagnostic_count(); i++) {
    size_t k = 0;
    while (k < PREFIXES && strncmp(trpt_diagnostic_code(i), prefixes[k], strlen(prefixes[k])) != 0) k++;
    if (k == PREFIXES) fail_msg("%s", trpt_diagnostic_code(i));
    codes[k]++;
  }
  for (size_t k = 0; k < PREFIXES; k++) assert_true(codes[k] > 0);
}

/* ---- Findings about records: "code@offset" or "code@offset:where", in order ---- */

static const struct {
  const char *text, *findings;
} records[] = {
    {V RUA, ""},
    /* The version */
    {"", "bad-version@0:version"},
    {"v=spf1 -all", "bad-version@2:version"},
    {"v=TLSRPTv10;" RUA, "bad-version@10:version"},
    {RUA, "bad-version@0:version"},
    {"v=tlsrptv1;" RUA, "bad-version-case@0:version"},
    {"V=TLSRPTv1;" RUA, "bad-version-case@0:version"},
    {"v = TLSRPTv1;" RUA, "ws-around-equals@1:version"},
    {"v= TLSRPTv1;" RUA, "ws-around-equals@2:version"},
    {" v=TLSRPTv1;" RUA, "leading-garbage@0:version"},
    {"\"v=TLSRPTv1;" RUA, "leading-garbage@0:version"},
    {"\xEF\xBB\xBFv=TLSRPTv1;" RUA, "invisible-char@0:version"},
    {"\\\"v=TLSRPTv1;" RUA, "backslash@0:version"},
    {"v=TLSRPTv1\\; " RUA, "backslash@10:version"},
    {"v=TLSRPTv1\\" RUA, "backslash@10:version missing-delimiter@11:"},
    {"v=TLSRPTv1\xC2\xA0;" RUA, "invisible-char@10:version"},
    {"v=TLSRPTv1\xC3\xA4;" RUA, "bad-version@10:version"},
    {V RUA "; x=\xE2\x80\x98y\xE2\x80\x99", "non-ascii@37:extension[0]"},
    {"\"v=TLSRPTv1;" RUA "\"", "zone-syntax@0:version"},
    {"\"v=TLSRPTv1\\;\" \"" RUA "\"", "zone-syntax@0:version"},
    {"x 5 IN TXT \"v=spf1 -all\"", "zone-syntax@0:version"},
    {"x 5 IN A 192.0.2.1", "bad-version@0:version"},
    {"x v=TLSRPTv1;" RUA, "bad-version@0:version"},
    {"v=TLSRPTv1," RUA, "missing-delimiter@10:"},
    {"v=TLSRPTv1 ;" RUA, "ws-before-first-delim@10:version"},
    {"v=TLSRPTv1 " RUA, "missing-delimiter@10:"},
    {"v=TLSRPTv1 , " RUA, "missing-delimiter@11:"},
    {"v=TLSRPTv1 x; " RUA, "trailing-garbage@11:version"},
    /* Fields */
    {"v=TLSRPTv1", "no-rua@10:"},
    {V " ", "no-rua@12:"},
    {V "ext=1", "unknown-field@11:extension[0] no-rua@16:"},
    {V ";" RUA, "empty-field@11:"},
    {V RUA ";;", "empty-field@34:"},
    {V RUA " ; ;x=1", "empty-field@36: unknown-field@37:extension[0]"},
    {V RUA " x=1", "missing-delimiter@33: unknown-field@34:extension[0]"},
    {V RUA " ", "trailing-garbage@33:"},
    {V RUA ";x=1 ", "unknown-field@34:extension[0] trailing-garbage@37:"},
    {V "rua =mailto:a@b.example", "ws-around-equals@14:rua[0]"},
    {V "rua= mailto:a@b.example", "ws-around-equals@15:rua[0]"},
    {V RUA ";x = 1", "unknown-field@34:extension[0] ws-around-equals@35:extension[0]"},
    {V "RUA=mailto:a@b.example", "rua-case@11:extension[0] no-rua@33:"},
    {V "Rua=x;" RUA, "rua-case@11:extension[0] rua-not-first@17:rua[0]"},
    {V "x=1;" RUA ";y=2", "unknown-field@11:extension[0] rua-not-first@15:rua[0] unknown-field@38:extension[1]"},
    {V ";" RUA ";x=1;" RUA, "empty-field@11: unknown-field@35:extension[0] repeated-rua@39:rua[1] many-rua@43:rua[1] "
                            "duplicate-uri@43:rua[1]"},
    {V RUA ";" RUA, "repeated-rua@34:rua[1] many-rua@38:rua[1] duplicate-uri@38:rua[1]"},
    {V RUA ";v=TLSRPTv1", "repeated-version@34:extension[0]"},
    {V RUA ";p=none", "dmarc-tag@34:extension[0]"},
    {V "ruf=mailto:a@b.example", "dmarc-tag@11:extension[0] no-rua@33:"},
    {V RUA ";P=none", "unknown-field@34:extension[0]"},
    {V RUA ",ruf=mailto:c@d.example", "missing-delimiter@33: dmarc-tag@34:extension[0]"},
    {V RUA ",v=TLSRPTv1", "missing-delimiter@33: repeated-version@34:extension[0]"},
    {V RUA ",adkim=r", "missing-delimiter@33: dmarc-tag@34:extension[0]"},
    {V RUA ",adkim", "many-rua@34:rua[1] missing-scheme@34:rua[1]"},
    {V RUA ",P=r", "unencoded-comma@33:rua[1]"},
    {V RUA ";x=1;y", "unknown-field@34:extension[0] bad-ext-name@38:extension[1]"},
    {V RUA ";x=1;_y=1", "unknown-field@34:extension[0] bad-ext-name@38:extension[1]"},
    {V RUA ";a%b=1", "bad-ext-name@35:extension[0]"},
    {V RUA ";" NAME31 "xy=1", "bad-ext-name@66:extension[0]"},
    {V RUA ";x=", "bad-ext-value@36:extension[0]"},
    {V RUA ";x=a=", "bad-ext-value@37:extension[0]"},
    {V RUA ";x=a b", "bad-ext-value@37:extension[0]"},
    {V RUA ";x=\"a\"", "unknown-field@34:extension[0] quotes-in-data@36:extension[0]"},
    {V RUA ";x=\xE2\x80\x9D", "non-ascii@36:extension[0]"},
    {V RUA ";x=\xE2\x80\x8B", "invisible-char@36:extension[0]"},
    {V RUA ";x=\xE2\x80", "non-ascii@36:extension[0]"},
    {V RUA ";x=a\\;y=1", "unknown-field@34:extension[0] unknown-field@39:extension[1]"},
    {V RUA ";\\x=1", "backslash@34:extension[0]"},
    {V "\xC2\xA0" RUA, "invisible-char@11:extension[0] no-rua@35:"},
    {V RUA ";x=1\r\n", "control-char@37:extension[0]"},
    {V RUA ";\x01", "control-char@34:extension[0]"},
    /* Lists */
    {V "rua=", "empty-rua@15:rua[0]"},
    {V "rua=;x=1", "empty-rua@15:rua[0] unknown-field@16:extension[0]"},
    {V "rua= ", "empty-rua@15:rua[0]"},
    {V "rua=,", "empty-uri@15:rua[0]"},
    {V "rua=,, ,", "empty-uri@15:rua[0]"},
    {V "rua=,mailto:a@b.example", "empty-uri@15:rua[0]"},
    {V RUA ",", "empty-uri@33:rua[1]"},
    {V RUA ", ;", "empty-uri@33:rua[1]"},
    {V RUA ",,mailto:c@d.example", "empty-uri@34:rua[1] many-rua@35:rua[1]"},
    {V RUA ",c@d.example", "unencoded-comma@33:rua[1]"},
    {V RUA ", c@d.example", "ws-around-comma@34:rua[1] many-rua@35:rua[1] missing-scheme@35:rua[1]"},
    {V RUA " ,\thttps://x.y/", "ws-around-comma@33:rua[0] many-rua@36:rua[1]"},
    {V RUA " , ,https://x.y/", "ws-around-comma@33:rua[0] empty-uri@36:rua[1] many-rua@37:rua[1]"},
    {V RUA " ;rua= https://x.y/", "repeated-rua@35:rua[1] ws-around-equals@39:rua[1] many-rua@40:rua[1]"},
    {V RUA ",https://x.y/,https://x.y/", "many-rua@34:rua[1] duplicate-uri@47:rua[2]"},
    {V RUA ",MAILTO:a@b.example", "many-rua@34:rua[1] duplicate-uri@34:rua[1] scheme-case@34:rua[1]"},
    {V "rua=Https://u@x.y/", "scheme-case@15:rua[0] https-userinfo@23:rua[0]"},
    {V "rua=HTTP://x.y/", "no-usable-rua@11: http-scheme@15:rua[0]"},
    {V "rua=https://x.y/a!b", "unencoded-bang@28:rua[0]"},
    {V RUA ",mailto:A@b.example", "many-rua@34:rua[1]"},
    /* URIs that the grammar refuses */
    {V "rua=postmaster@isaspa.it", "no-usable-rua@11: missing-scheme@15:rua[0]"},
    {V "rua=//x", "no-usable-rua@11: missing-scheme@15:rua[0]"},
    {V RUA ",mailto:%zz", "many-rua@34:rua[1] bad-percent@41:rua[1]"},
    {V RUA ",mailto:a%4", "many-rua@34:rua[1] bad-percent@42:rua[1]"},
    {V RUA ",mailto:a!b@c", "many-rua@34:rua[1] unencoded-bang@42:rua[1]"},
    {V RUA ",mailto:a@c!10m", "many-rua@34:rua[1] dmarc-size-suffix@44:rua[1]"},
    {V RUA ",mailto:a@c!10", "many-rua@34:rua[1] dmarc-size-suffix@44:rua[1]"},
    {V RUA ",mailto:a@c!m", "many-rua@34:rua[1] unencoded-bang@44:rua[1]"},
    {V RUA ",mailto:a@c!10mb", "many-rua@34:rua[1] unencoded-bang@44:rua[1]"},
    {V RUA ",https://[1::2::3]/", "many-rua@34:rua[1] invalid-uri@48:rua[1]"},
    {V RUA ",mailto:<a@c>", "many-rua@34:rua[1] invalid-uri@41:rua[1]"},
    {V RUA ",mailto:\"a\"@c", "many-rua@34:rua[1] quotes-in-data@41:rua[1] invalid-uri@41:rua[1]"},
    {V RUA ",mailto:\x80@c", "many-rua@34:rua[1] non-ascii@41:rua[1]"},
    {V RUA ",mailto:\xC3\xA4@c", "many-rua@34:rua[1] non-ascii@41:rua[1]"},
    {V RUA "\\", "no-usable-rua@11: backslash@33:rua[0]"},
    {V RUA "\\; x=1", "no-usable-rua@11: backslash@33:rua[0] unknown-field@36:extension[0]"},
    {V RUA "\xEF\xBB\xBF", "no-usable-rua@11: invisible-char@33:rua[0]"},
    {V RUA "\n", "no-usable-rua@11: control-char@33:rua[0]"},
    {V RUA " other", "no-usable-rua@11: trailing-garbage@34:rua[0]"},
    {V "rua=mailto: x@y.example", "no-usable-rua@11: invalid-uri@22:rua[0]"},
    {V "rua=mailto;x@y.example", "no-usable-rua@11: unencoded-semicolon@21:rua[0]"},
    {V "rua=mailto:a@b.example;mailto:c@d.example", "unencoded-semicolon@33:rua[0]"},
    {V "rua=https://x.y/?a;b", "unencoded-semicolon@29:rua[0]"},
    {V "rua=https://x.y/?a; b", "bad-ext-name@31:extension[0]"},
    {V RUA ";test", "bad-ext-name@34:extension[0]"},
    /* URIs that the grammar takes */
    {V "rua=http://x/", "no-usable-rua@11: http-scheme@15:rua[0]"},
    {V "rua=ftp://x/", "no-usable-rua@11: unsupported-scheme@15:rua[0]"},
    {V "rua=mailto:", "no-usable-rua@11: mailto-empty@15:rua[0]"},
    {V "rua=mailto:user", "no-usable-rua@11: mailto-without-at@15:rua[0]"},
    {V "rua=mailto:@b.example", "no-usable-rua@11: mailto-without-at@15:rua[0]"},
    {V "rua=mailto:a@", "no-usable-rua@11: mailto-without-at@15:rua[0]"},
    {V RUA "?subject=x", "mailto-headers@33:rua[0]"},
    {V "rua=https:///x", "no-usable-rua@11: https-no-host@15:rua[0]"},
    {V "rua=https://u:p@x.y/#f", "https-userinfo@23:rua[0] uri-fragment@31:rua[0]"},
    {V "rua=https://u:p@x/#f", "https-userinfo@23:rua[0] unusual-host@27:rua[0] uri-fragment@29:rua[0]"},
    {V "rua=https://%00@x/", "no-usable-rua@11: bad-address@23:rua[0] https-userinfo@23:rua[0]"},
    {V "rua=https://x.y/#%00", "no-usable-rua@11: uri-fragment@27:rua[0] bad-address@28:rua[0]"},
    {V "rua=mailto:/a@b?c", "mailto-slash@22:rua[0] mailto-headers@26:rua[0]"},
    {V "rua=mailto:a@b..c?d", "no-usable-rua@11: bad-host@24:rua[0] mailto-headers@28:rua[0]"},
};

typedef struct findings {
  char text[2048];
  size_t len;
  uint64_t last_offset;
  uint64_t text_len;
  unsigned grammar_errors;
} findings;

static bool breaks_grammar(const char *code) {
  static const char *const others[] = {"record.rua-case",      "record.http-scheme",  "record.unsupported-scheme",
                                       "record.no-usable-rua", "record.mailto-empty", "record.mailto-without-at",
                                       "record.https-no-host", "record.bad-host",     "record.bad-port",
                                       "record.bad-address"};
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (strcmp(code, others[i]) == 0) return false;
  return true;
}

static int collect(void *user, const trpt_diagnostic *d) {
  findings *f = user;
  assert_true(strncmp(d->code, "record.", 7) == 0);
  assert_int_equal(d->severity, trpt_diagnostic_severity(d->code));
  assert_ptr_equal(d->section, trpt_diagnostic_section(d->code));
  assert_int_equal(d->line, 1);
  assert_int_equal(d->column, d->offset + 1);
  assert_int_equal(d->reserved, 0);
  assert_non_null(d->message);
  assert_true(d->offset >= f->last_offset && d->offset <= f->text_len);
  f->last_offset = d->offset;
  if (d->severity == TRPT_ERROR && breaks_grammar(d->code)) f->grammar_errors++;
  if (f->len < sizeof f->text)
    f->len += (size_t)snprintf(f->text + f->len, sizeof f->text - f->len, "%s%s@%u:%s", f->len ? " " : "", d->code + 7,
                               (unsigned)d->offset, d->where);
  return 0;
}

/* Diagnoses an exact copy, so that a sanitizer sees any byte read beyond it. */
static void diagnose(const char *text, size_t len, findings *f) {
  char *copy = malloc(len ? len : 1);
  assert_non_null(copy);
  memcpy(copy, text, len);
  *f = (findings){.text_len = len};
  assert_int_equal(trpt_record_diagnose(copy, len, collect, f), TRPT_OK);
  free(copy);
}

static void test_records(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
    findings f;
    diagnose(records[i].text, strlen(records[i].text), &f);
    if (strcmp(f.text, records[i].findings) != 0)
      fail_msg("%s:\n  found    %s\n  expected %s", records[i].text, f.text, records[i].findings);
  }
}

static void test_long_record(void **state) {
  (void)state;
  char text[452] = V "rua=https://x.example/";
  memset(text + strlen(text), 'a', sizeof text - 1 - strlen(text));
  findings f;
  diagnose(text, 450, &f);
  assert_string_equal(f.text, "");
  diagnose(text, 451, &f);
  assert_string_equal(f.text, "too-long@0:");
}

/* A destination is compared with the first 32, so that time is linear. */
static void test_duplicates_of_many(void **state) {
  (void)state;
  char text[2048] = V "rua=https://x.y/0";
  findings f;
  for (unsigned i = 1; i < 33; i++) snprintf(text + strlen(text), sizeof text - strlen(text), ",https://x.y/%u", i);
  diagnose(text, strlen(text), &f);
  assert_null(strstr(f.text, "duplicate-uri"));
  const size_t len = strlen(text);
  static const struct {
    const char *more;
    bool found;
  } rows[] = {
      {",https://x.y/0", true}, {",HTTPS://x.y/31", true}, {",https://x.y/32", false}, {",https://x.y/33", false}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    strcpy(text + len, rows[i].more);
    diagnose(text, strlen(text), &f);
    assert_int_equal(strstr(f.text, "duplicate-uri@") != NULL, rows[i].found);
  }
}

/* ---- Destinations ---- */

#define LABEL63 "a12345678901234567890123456789012345678901234567890123456789012"
#define NAME251 LABEL63 "." LABEL63 "." LABEL63 ".a1234567890123456789012345678901234567890123456789012345678"

typedef struct destination_row {
  const char *uri;
  const char *code; /* after "record."; "" if nothing is reported */
} destination_row;

static const destination_row destination_rows[] = {
    /* The host of a mailbox */
    {"mailto:a@b.example", ""},
    {"mailto:a@b-c.1x.example", ""},
    {"mailto:a%40b@c.example", ""},
    {"mailto:a@%62.example", ""},
    {"mailto:a@" NAME251 ".c", ""},
    {"mailto:a@" NAME251 ".cd", "bad-host"},
    {"mailto:a@" NAME251 ".c.", "bad-host"},
    {"mailto:a@" NAME251 ".cdef", "bad-host"},
    {"mailto:a@" LABEL63 ".example", ""},
    {"mailto:a@x" LABEL63 ".example", "bad-host"},
    {"mailto:a@b.example.", "bad-host"},
    {"mailto:a@b..example", "bad-host"},
    {"mailto:a@.b.example", "bad-host"},
    {"mailto:a@-b.example", "bad-host"},
    {"mailto:a@b-.example", "bad-host"},
    {"mailto:a@$DOMAIN", "bad-host"},
    {"mailto:a@b.example:25", "bad-host"},
    {"mailto:a@b.example/x", "bad-host"},
    {"mailto:a@b.example%2Fx", "bad-host"},
    {"mailto:a@b.example%20", "bad-host"},
    {"mailto:a@b%40c.example", "bad-host"},
    {"mailto:a@b%C3%BCcher.example", "bad-host"},
    {"mailto:a@192.0.2.1", "bad-host"},
    {"mailto:a@b.example.1", "bad-host"},
    {"mailto:a@b", "unusual-host"},
    {"mailto:a@_b.example", "unusual-host"},
    {"mailto:a@_b_", "unusual-host"},
    {"mailto:a@_b..example", "bad-host"},
    /* Address literals */
    {"mailto:a@%5B192.0.2.1%5D", ""},
    {"mailto:a@%5b192.0.2.255%5d", ""},
    {"mailto:a@%5B192.0.2.256%5D", "bad-host"},
    {"mailto:a@%5B192.0.2%5D", "bad-host"},
    {"mailto:a@%5B192.0.2.1.1%5D", "bad-host"},
    {"mailto:a@%5B192.0.2.1", "bad-host"},
    {"mailto:a@192.0.2.1%5D", "bad-host"},
    {"mailto:a@%5B%5D", "bad-host"},
    {"mailto:a@%5BIPv6:2001:db8::1%5D", ""},
    {"mailto:a@%5Bipv6:::192.0.2.1%5D", ""},
    {"mailto:a@%5BIPv6:2001:db8:::1%5D", "bad-host"},
    {"mailto:a@%5BIPv6:2001:db8::1", "bad-host"},
    {"mailto:a@%5BIPv6:2001:db8::1%5Dx", "bad-host"},
    {"mailto:a@%5BIPv6:::192.0.2.1", "bad-host"},
    {"mailto:a@%5BIPv6:v1.a%5D", "bad-host"},
    {"mailto:a@%5B2001:db8::1%5D", "bad-host"},
    {"mailto:a@%5Btag:x%5D", "bad-host"},
    /* The address */
    {"mailto:a@b@c.example", "bad-address"},
    {"mailto:a@b.example@", "bad-address"},
    {"mailto:mailto:a@b.example", "bad-address"},
    {"mailto:a:b@c.example", "bad-address"},
    {"mailto::@c.example", "bad-address"},
    {"mailto:%22a:b%22@c.example", ""},
    {"mailto:a%0d%0aBcc:x@b.example", "bad-address"},
    {"mailto:a%00@b.example", "bad-address"},
    {"mailto:a%1F@b.example", "bad-address"},
    {"mailto:a%7F@b.example", "bad-address"},
    {"mailto:a%20%7E@b.example", ""},
    {"mailto:a@b.example%0A", "bad-address"},
    {"https://x.example/?a=%0A", "bad-address"},
    {"mailto:/a@b.example", "mailto-slash"},
    {"mailto:a/@b.example", ""},
    {"mailto:/a@b..example", "bad-host"},
    /* The host of an https URI */
    {"https://x.example", ""},
    {"https://x.example.", ""},
    {"https://" NAME251 ".c./", ""},
    {"https://" NAME251 ".cd./", "bad-host"},
    {"https://%78.example/", ""},
    {"https://192.0.2.1/", ""},
    {"https://192.0.2.1.", "bad-host"},
    {"https://192.0.2.256/", "bad-host"},
    {"https://192.0.2.01/", "bad-host"},
    {"https://192.0.2/", "bad-host"},
    {"https://1/", "bad-host"},
    {"https://1.192.0.2.1/", "bad-host"},
    {"https://[2001:db8::1]/", ""},
    {"https://[v1.a]/", ""},
    {"https://./", "bad-host"},
    {"https://x..example/", "bad-host"},
    {"https://x.example../", "bad-host"},
    {"https://$HOST/", "bad-host"},
    {"https://localhost/", "unusual-host"},
    {"https://localhost./", "unusual-host"},
    {"https://x_y.example/", "unusual-host"},
    {"https://x.example/a%0Ab", "bad-address"},
    {"https://x.example/a%C3%A4@b", ""},
    /* The port */
    {"https://x.example:/", ""},
    {"https://x.example:1/", ""},
    {"https://x.example:00443/", ""},
    {"https://x.example:65535/", ""},
    {"https://[2001:db8::1]:65535/", ""},
    {"https://x.example:65536/", "bad-port"},
    {"https://x.example:0/", "bad-port"},
    {"https://x.example:18446744073709551617/", "bad-port"},
    {"https://[2001:db8::1]:65536/", "bad-port"},
    {"https://localhost:65536/", "bad-port"},
    {"https://x..example:65536/", "bad-host"},
};

/* A destination is usable if it has no diagnostic, or only a warning. The grammar accepts all of them. */
static void test_destinations(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof destination_rows / sizeof destination_rows[0]; i++) {
    const destination_row *r = &destination_rows[i];
    char text[512];
    char expected[64] = "";
    const size_t len = (size_t)snprintf(text, sizeof text, V "rua=https://a.example,%s", r->uri);
    if (*r->code) snprintf(expected, sizeof expected, " %s@", r->code);
    trpt_record record;
    findings f;
    diagnose(text, len, &f);
    const char *rest = strchr(f.text, ' '); /* after many-rua */
    if (*r->code ? !rest || strncmp(rest, expected, strlen(expected)) != 0 : rest != NULL)
      fail_msg("%s: found %s, expected %s", r->uri, f.text, expected);
    assert_int_equal(f.grammar_errors, 0);
    assert_int_equal(trpt_record_parse(text, len, TRPT_STRICT, &record, NULL), TRPT_OK);
    const bool is_error = strncmp(r->code, "bad-", 4) == 0;
    if (record.usable_rua_count != (is_error ? 1 : 2)) fail_msg("%s: %u usable", r->uri, record.usable_rua_count);
  }
}

/* A record is valid by the grammar exactly where no finding says otherwise. */
static void assert_verdict(const char *text, size_t len) {
  trpt_record record;
  findings f;
  diagnose(text, len, &f);
  bool valid = trpt_record_parse(text, len, TRPT_STRICT, &record, NULL) == TRPT_OK;
  if (valid != (f.grammar_errors == 0))
    fail_msg("\"%.*s\": %s, but %s", (int)len, text, valid ? "valid" : "not", f.text);
}

static void test_verdict(void **state) {
  (void)state;
  unsigned seed = 6068;
  for (size_t i = 0; i < RECORD_ROWS; i++) {
    char text[512];
    size_t len = (size_t)snprintf(text, sizeof text, "%s%s", record_rows[i].head,
                                  record_rows[i].tail ? record_rows[i].tail : "");
    for (size_t cut = 0; cut <= len; cut++) assert_verdict(text, cut);
    for (size_t round = 0; round < 300; round++) {
      char changed[512];
      size_t changed_len = len;
      memcpy(changed, text, len);
      oracle_mutate(changed, &changed_len, sizeof changed, &seed);
      assert_verdict(changed, changed_len);
    }
  }
}

static int stop_at_second(void *user, const trpt_diagnostic *d) {
  (void)d;
  return ++*(unsigned *)user == 2;
}

static void test_arguments(void **state) {
  (void)state;
  unsigned count = 0;
  static const char text[] = V "rua=,mailto:a@b;;x=1;y=2;";
  assert_int_equal(trpt_record_diagnose(text, sizeof text - 1, stop_at_second, &count), TRPT_E_CANCELED);
  assert_int_equal(count, 2);
  assert_int_equal(trpt_record_diagnose(NULL, 0, stop_at_second, &count), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_diagnose(text, sizeof text - 1, NULL, NULL), TRPT_E_ARGUMENT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_catalogue),
      cmocka_unit_test(test_severity_names),
      cmocka_unit_test(test_prefixes),
      cmocka_unit_test(test_no_code),
      cmocka_unit_test(test_records),
      cmocka_unit_test(test_long_record),
      cmocka_unit_test(test_verdict),
      cmocka_unit_test(test_arguments),
      cmocka_unit_test(test_duplicates_of_many),
      cmocka_unit_test(test_destinations),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
