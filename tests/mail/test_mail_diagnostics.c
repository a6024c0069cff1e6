/* SPDX-License-Identifier: MIT */
/* Each finding about a mail: an example that has it, at its line, and a near miss that has it not. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mail_cases.h"

#define COUNT(array) (sizeof array / sizeof array[0])

/* Parts of the examples. */
#define FROM       "From: tls@example.net\n"
#define SUBJECT    "Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@example.net>\n"
#define DOMAIN     "TLS-Report-Domain: example.com\n"
#define SUBMITTER  "TLS-Report-Submitter: example.net\n"
#define FIELDS     FROM SUBJECT DOMAIN SUBMITTER
#define GZIP_PART  "--b\nContent-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n%G\n"
#define BODY       MAIL_MULTIPART MAIL_TEXT GZIP_PART "--b--\n"
#define PART(type) FIELDS MAIL_MULTIPART MAIL_TEXT "--b\nContent-Type: " type "\n--b--\n"
#define NAMED(name)                                                                                                    \
  FIELDS MAIL_MULTIPART MAIL_TEXT "--b\nContent-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n"    \
                                  "Content-Disposition: attachment;\n filename=\"" name "\"\n\n%G\n--b--\n"
#define IN_BASE64    "\nContent-Transfer-Encoding: base64\n\n"
#define SIGNED(tags) "DKIM-Signature: v=1; a=rsa-sha256; d=example.net; s=k; bh=; b=; " tags "\n" FIELDS BODY
#define ALL_FIELDS   "h=From : TLS-Report-Domain:\n\ttls-report-submitter"

typedef struct side {
  const char *mail;
  const char *signer; /* d= of the signature that passed, by the caller's word; "": none did; NULL: nobody was asked */
  const char *services; /* s= of its key */
} side;

static const struct {
  const char *code;
  side example;
  uint32_t line;
  const char *where;
  side near_misses[3];
} rows[] = {
    {"mail.not-multipart-report",
     {FIELDS "Content-Type: multipart/mixed; boundary=b\n\n" MAIL_TEXT GZIP_PART "--b--\n", NULL, NULL},
     5,
     "Content-Type",
     {{FIELDS "Content-Type: multipart/REPORT; boundary=b; Report-Type=\"tlsrpt\"\n\n" MAIL_TEXT GZIP_PART "--b--\n",
       NULL, NULL}}},
    {"mail.bad-report-type",
     {FIELDS "Content-Type: multipart/report; report-type=tls; boundary=b\n\n" MAIL_TEXT GZIP_PART "--b--\n", NULL,
      NULL},
     5,
     "Content-Type",
     {{FIELDS "Content-Type: multipart/report; report-type=TLSrpt; boundary=b\n\n" MAIL_TEXT GZIP_PART "--b--\n", NULL,
       NULL}}},
    {"mail.wrong-part-order",
     {FIELDS MAIL_MULTIPART GZIP_PART MAIL_TEXT "--b--\n", NULL, NULL},
     8,
     "Content-Type",
     {{FIELDS BODY, NULL, NULL},
      {FIELDS "Content-Type: multipart/mixed; boundary=b\n\n" GZIP_PART "--b--\n", NULL, NULL}}},
    {"mail.extra-part",
     {FIELDS MAIL_MULTIPART MAIL_TEXT GZIP_PART MAIL_TEXT "--b--\n", NULL, NULL},
     5,
     "Content-Type",
     {{FIELDS MAIL_MULTIPART MAIL_TEXT GZIP_PART "--b--\nmore\n--b--\n", NULL, NULL}}},
    {"mail.no-report-part",
     {FIELDS MAIL_MULTIPART MAIL_TEXT "--b--\n", NULL, NULL},
     5,
     "Content-Type",
     {{PART("application/tlsrpt+json\n\nbroken"), NULL, NULL}}},
    {"mail.media-type-mismatch",
     {PART("application/tlsrpt+json" IN_BASE64 "%G"), NULL, NULL},
     12,
     "Content-Type",
     {{PART("Application/TLSRPT+gzip; charset=x" IN_BASE64 "%G"), NULL, NULL}}},
    {"mail.uncompressed",
     {PART("application/tlsrpt+json" IN_BASE64 "%j"), NULL, NULL},
     12,
     "Content-Type",
     {{PART("application/tlsrpt+json" IN_BASE64 "%G"), NULL, NULL},
      {PART("application/zip" IN_BASE64 "%Z"), NULL, NULL}}},
    {"mail.gzip-in-gzip",
     {PART("application/tlsrpt+gzip" IN_BASE64 "%T"), NULL, NULL},
     12,
     "Content-Type",
     {{PART("application/tlsrpt+gzip" IN_BASE64 "%G"), NULL, NULL},
      {PART("application/zip" IN_BASE64 "%Y"), NULL, NULL}}},
    {"mail.unsupported-compression",
     {PART("application/x-xz" IN_BASE64 "/Td6WFoAAATm1rRG"), NULL, NULL},
     12,
     "Content-Type",
     {{PART("application/zip" IN_BASE64 "%Z"), NULL, NULL}, {PART("application/x-xz" IN_BASE64 "%G"), NULL, NULL}}},
    {"mail.missing-tls-report-domain",
     {FROM SUBJECT SUBMITTER BODY, NULL, NULL},
     1,
     "TLS-Report-Domain",
     {{FROM SUBJECT "tls-report-domain:example.com\n" SUBMITTER BODY, NULL, NULL}}},
    {"mail.missing-tls-report-submitter",
     {FROM SUBJECT DOMAIN "TLS-Report-Submitter:  \n" BODY, NULL, NULL},
     4,
     "TLS-Report-Submitter",
     {{FROM SUBJECT DOMAIN "TLS-Report-Submitter:\n example.net\n" BODY, NULL, NULL}}},
    {"mail.submitter-mismatch",
     {FROM SUBJECT DOMAIN "TLS-Report-Submitter: mail.example.net\n" BODY, NULL, NULL},
     4,
     "TLS-Report-Submitter",
     {{FROM SUBJECT DOMAIN "TLS-Report-Submitter: EXAMPLE.net.\n" BODY, NULL, NULL}}},
    {"mail.domain-mismatch",
     {FROM SUBJECT "TLS-Report-Domain: xexample.com\n" SUBMITTER BODY, NULL, NULL},
     3,
     "TLS-Report-Domain",
     {{FROM SUBJECT "TLS-Report-Domain: Example.COM.\n" SUBMITTER BODY, NULL, NULL}}},
    {"mail.from-mismatch",
     {"From: tls@example.org\n" SUBJECT DOMAIN SUBMITTER BODY, NULL, NULL},
     1,
     "From",
     {{"From: \"x <a@example.org>\" (<b@example.org> \\) <c@example.org>) <tls@mail.Example.net>\n" SUBJECT DOMAIN
           SUBMITTER BODY,
       NULL, NULL},
      {"From: =?utf-8?q?a=40example.org?= <tls@example.net>\n" SUBJECT DOMAIN SUBMITTER BODY, NULL, NULL},
      {SUBJECT DOMAIN SUBMITTER BODY, NULL, NULL}}},
    {"mail.subject-syntax",
     {FROM
      "Subject: Report Domain: example.com Submitter: example.net Report-ID: 1@example.net\n" DOMAIN SUBMITTER BODY,
      NULL, NULL},
     2,
     "Subject",
     {{FROM "Subject: Report\n\tDomain:  example.com Submitter: example.net\n Report-ID: <1@example.net> (a (b) "
            "\\))\n" DOMAIN SUBMITTER BODY,
       NULL, NULL}}},
    {"mail.subject-mismatch",
     {FROM
      "Subject: Report Domain: example.org Submitter: example.net Report-ID: <1@example.net>\n" DOMAIN SUBMITTER BODY,
      NULL, NULL},
     2,
     "Subject",
     {{FROM
       "Subject: Report Domain: EXAMPLE.com Submitter: Example.net Report-ID: <1@example.net>\n" DOMAIN SUBMITTER BODY,
       NULL, NULL}}},
    {"mail.subject-mismatch",
     {FROM
      "Subject: Report Domain: example.com Submitter: example.org Report-ID: <1@example.net>\n" DOMAIN SUBMITTER BODY,
      NULL, NULL},
     2,
     "Subject",
     {{FROM SUBJECT DOMAIN SUBMITTER BODY, NULL, NULL},
      {FROM SUBJECT DOMAIN "TLS-Report-Submitter: example.org\n" BODY, NULL, NULL},
      {FROM "Subject: Report Domain: example.com Submitter: example.org Report-ID: <1@example.net>\n" DOMAIN
            "TLS-Report-Submitter: example.org\n" BODY,
       NULL, NULL}}},
    {"mail.report-id-mismatch",
     {FROM
      "Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@example.network>\n" DOMAIN SUBMITTER
          BODY,
      NULL, NULL},
     2,
     "Subject",
     {{FIELDS BODY, NULL, NULL}}},
    {"mail.report-id-mismatch",
     {FROM
      "Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@example.ne@a>\n" DOMAIN SUBMITTER BODY,
      NULL, NULL},
     2,
     "Subject",
     {{FROM "Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@example.net@a>\n" DOMAIN SUBMITTER
           BODY,
       NULL, NULL}}},
    {"mail.report-id-mismatch",
     {FROM
      "Subject: Report Domain: example.com Submitter: example.net Report-ID: <2@example.net>\n" DOMAIN SUBMITTER BODY,
      NULL, NULL},
     2,
     "Subject",
     {{FROM
       "Subject: Report Domain: example.com Submitter: example.net Report-ID: 1@example.net\n" DOMAIN SUBMITTER BODY,
       NULL, NULL}}},
    {"mail.filename-syntax",
     {NAMED(MAIL_FILENAME ".json"), NULL, NULL},
     14,
     "Content-Disposition",
     {{NAMED(MAIL_FILENAME ".JSON.gz"), NULL, NULL}, {NAMED(MAIL_FILENAME "!001.json.gz"), NULL, NULL}}},
    {"mail.filename-mismatch",
     {NAMED("example.net!example.com!1772323200!1772409600.json.gz"), NULL, NULL},
     14,
     "Content-Disposition",
     {{NAMED("Example.NET!example.com!1772323200!01772409599.json.gz"), NULL, NULL}}},
    {"mail.filename-mismatch",
     {NAMED("example.net!example.com!1772323201!1772409599.json.gz"), NULL, NULL},
     14,
     "Content-Disposition",
     {{NAMED("example.net!example.com!1772323200!1772409599!a1.json.gz"), NULL, NULL}}},
    {"mail.filename-path",
     {NAMED("../../x"), NULL, NULL},
     14,
     "Content-Disposition",
     {{NAMED("..x..json"), NULL, NULL}}},
    {"mail.no-dkim",
     {FIELDS BODY, "", NULL},
     1,
     "",
     {{FIELDS BODY, "example.net", NULL}, {FIELDS BODY, NULL, NULL}, {FIELDS BODY, "Example.NET.", NULL}}},
    {"mail.dkim-l-tag",
     {SIGNED("h=from; l=12"), "example.net", NULL},
     1,
     "DKIM-Signature",
     {{SIGNED("x=l=12"), "example.net", NULL}, {SIGNED("l=12"), "", NULL}}},
    {"mail.dkim-service-type",
     {SIGNED(ALL_FIELDS), "example.net", "email"},
     1,
     "DKIM-Signature",
     {{SIGNED(ALL_FIELDS), "example.net", "email: TLSRPT"},
      {SIGNED(ALL_FIELDS), "example.net", "*"},
      {SIGNED(ALL_FIELDS), "example.net", NULL}}},
    {"mail.dkim-headers-unsigned",
     {SIGNED("h=From:TLS-Report-Domain"), "example.net", NULL},
     1,
     "DKIM-Signature",
     {{SIGNED(ALL_FIELDS), "example.net", NULL}}},
};

static int verify(void *user, const void *mail, size_t len, uint32_t index, trpt_dkim_signature *out) {
  const side *s = user;
  assert_int_equal(out->struct_size, sizeof *out);
  assert_memory_equal(mail, s->mail, len < 4 ? len : 4);
  if (index || !s->signer[0]) return 0;
  out->result = TRPT_DKIM_PASS;
  out->domain = (trpt_str){s->signer, strlen(s->signer)};
  if (s->services) out->key_services = (trpt_str){s->services, strlen(s->services)};
  return 1;
}

/* The finding of this code in the one item of a mail; its copy, since the mail is gone then. */
static uint32_t find(side s, const char *code, trpt_diagnostic *found, char *all, size_t size) {
  size_t len;
  uint32_t count = 0;
  char *data = mail_make(s.mail, &len);
  trpt_mail_options options = {.struct_size = sizeof options};
  trpt_mail *mail;
  const trpt_mail_item *item;
  if (s.signer) {
    options.verify = verify;
    options.verify_user = &s;
  }
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  *all = 0;
  for (uint32_t i = 0; i < item->diagnostic_count; i++) {
    const trpt_diagnostic *d = trpt_mail_diagnostic(mail, i);
    snprintf(all + strlen(all), size - strlen(all), " %s", d->code);
    if (strcmp(d->code, code) != 0) continue;
    *found = *d;
    count++;
    /* Line and column are where the offset is. */
    uint32_t line = 1, column = 1;
    assert_in_range(d->offset, 0, len);
    for (size_t k = 0; k < d->offset; k++) {
      column++;
      if (data[k] != '\n') continue;
      line++;
      column = 1;
    }
    assert_int_equal(d->line, line);
    assert_int_equal(d->column, column);
  }
  trpt_mail_free(mail);
  free(data);
  return count;
}

static void test_examples(void **state) {
  (void)state;
  unsigned failed = 0;
  for (size_t i = 0; i < COUNT(rows); i++) {
    trpt_diagnostic d = {0};
    char all[1024];
    const uint32_t count = find(rows[i].example, rows[i].code, &d, all, sizeof all);
    if (count == 1 && d.line == rows[i].line && strcmp(d.where, rows[i].where) == 0 && d.message[0] &&
        strcmp(d.section, trpt_diagnostic_section(rows[i].code)) == 0 &&
        d.severity == trpt_diagnostic_severity(rows[i].code))
      continue;
    print_error("%s: found %u times, at line %u in %s; all:%s\n", rows[i].code, count, d.line, d.where, all);
    failed++;
  }
  assert_int_equal(failed, 0);
}

static void test_near_misses(void **state) {
  (void)state;
  unsigned failed = 0;
  for (size_t i = 0; i < COUNT(rows); i++)
    for (size_t k = 0; k < 3 && rows[i].near_misses[k].mail; k++) {
      trpt_diagnostic d;
      char all[1024];
      if (!find(rows[i].near_misses[k], rows[i].code, &d, all, sizeof all)) continue;
      print_error("%s: found in near miss %zu\n", rows[i].code, k);
      failed++;
    }
  assert_int_equal(failed, 0);
}

static void test_every_code_has_a_row(void **state) {
  (void)state;
  for (uint32_t i = 0; i < trpt_diagnostic_count(); i++) {
    const char *code = trpt_diagnostic_code(i);
    size_t k = 0;
    if (strncmp(code, "mail.", 5) != 0) continue;
    while (k < COUNT(rows) && strcmp(code, rows[k].code) != 0) k++;
    if (k == COUNT(rows)) fail_msg("%s has no example", code);
  }
}

/* ---- who submits ---- */

/* The subject is compared with TLS-Report-Submitter and contact-info, as far as they are there. */
static void test_submitters(void **state) {
  (void)state;
  static const struct {
    const char *field;
    const char *contact;
    bool mismatch;
  } cases[] = {
      {"", "", false},
      {"", "\"contact-info\":\"a@example.net\",", false},
      {"", "\"contact-info\":\"a@example.org\",", true},
      {SUBMITTER, "", false},
      {SUBMITTER, "\"contact-info\":\"a@example.org\",", false},
      {"TLS-Report-Submitter: example.org\n", "", true},
      {"TLS-Report-Submitter: example.org\n", "\"contact-info\":\"a@example.net\",", false},
      {"TLS-Report-Submitter: example.org\n", "\"contact-info\":\"a@example.org\",", true},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char mail[4096];
    char all[1024];
    trpt_diagnostic d;
    snprintf(mail, sizeof mail, FROM SUBJECT DOMAIN "%sContent-Type: application/tlsrpt+json\n\n{%s\"policies\":[]}\n",
             cases[i].field, cases[i].contact);
    if ((find((side){mail, NULL, NULL}, "mail.subject-mismatch", &d, all, sizeof all) != 0) != cases[i].mismatch)
      fail_msg("row %zu: mail.subject-mismatch is %sexpected", i, cases[i].mismatch ? "" : "not ");
  }
}

/* ---- DANE at a hoster ---- */

/* The policy domain of DANE is an MX host, so tlsa policies alone do not contradict the domain that the mail names. */
static void test_policy_domains(void **state) {
  (void)state;
#define OF(type, domain) "{\"policy\":{\"policy-type\":\"" type "\",\"policy-domain\":\"" domain "\"}}"
  static const struct {
    const char *policies;
    bool mismatch;
  } cases[] = {
      {OF("tlsa", "mx.hoster.example"), false},
      {OF("tlsa", "mx1.hoster.example") "," OF("tlsa", "mx2.other.example"), false},
      {OF("tlsa", "mx.example.com"), false},
      {OF("sts", "example.com"), false},
      {OF("sts", "example.com") "," OF("tlsa", "mx.hoster.example"), false},
      {OF("tlsa", "mx.hoster.example") "," OF("sts", "example.com"), false},
      {OF("sts", "example.org"), true},
      {OF("no-policy-found", "mx.hoster.example"), true},
      {OF("new", "mx.hoster.example"), true},
      {OF("tlsa", "mx.hoster.example") "," OF("sts", "example.org"), true},
      {OF("sts", "example.org") "," OF("tlsa", "mx.example.com"), false},
      {"{\"policy\":{\"policy-type\":\"sts\"}}", false},
      {"", false},
  };
  static const char *const codes[] = {"mail.domain-mismatch", "mail.subject-mismatch", "mail.filename-mismatch"};
  for (size_t i = 0; i < COUNT(cases); i++)
    for (size_t k = 0; k < COUNT(codes); k++) {
      char mail[4096];
      char all[1024];
      trpt_diagnostic d;
      snprintf(mail, sizeof mail,
               FIELDS MAIL_MULTIPART MAIL_TEXT
               "--b\nContent-Type: application/tlsrpt+json\nContent-Disposition: attachment; filename=\""
               "example.net!example.com!1!2.json\"\n\n{\"contact-info\":\"a@example.net\",\"policies\":[%s]}\n--b--\n",
               cases[i].policies);
      if ((find((side){mail, NULL, NULL}, codes[k], &d, all, sizeof all) != 0) != cases[i].mismatch)
        fail_msg("%s is %sexpected: %s", codes[k], cases[i].mismatch ? "" : "not ", cases[i].policies);
    }
}

/* ---- grammars, by the finding that they give ---- */

static void check_grammar(const char *code, const char *format, const char *const *texts, size_t count, bool bad) {
  unsigned failed = 0;
  for (size_t i = 0; i < count; i++) {
    char mail[4096];
    char all[1024];
    trpt_diagnostic d;
    snprintf(mail, sizeof mail, format, texts[i]);
    if ((find((side){mail, NULL, NULL}, code, &d, all, sizeof all) != 0) == bad) continue;
    print_error("%s is %sfound in: %s\n", code, bad ? "not " : "", texts[i]);
    failed++;
  }
  assert_int_equal(failed, 0);
}

#define LABEL_64 "a23456789-123456789-123456789-123456789-123456789-123456789-1234"

/* RFC 8460 s5.1. */
static void test_filename(void **state) {
  (void)state;
#define FILENAME_FORMAT                                                                                                \
  FIELDS "Content-Type: application/tlsrpt+gzip; name=\"%s\"\nContent-Transfer-Encoding: base64\n\n%%G\n"
  static const char *const good[] = {"a.example!b.example!1!2.json.gz", "a.example!b.example!1!2!id1.json.gz",
                                     "a!b!1!2.JSON.GZ", "xn--a.example!b-c.example!0!18446744073709551609!A.json.gz",
                                     "a.example!b.example!0000000001!2.json.gz"};
  static const char *const bad[] = {"report.json.gz",
                                    "a.example!b.example!1.json.gz",
                                    "a.example!b.example!1!2!id!x.json.gz",
                                    "a.example!b.example!1!2!.json.gz",
                                    "a.example!b.example!1!2!a-b.json.gz",
                                    "a.example!b.example!1!x.json.gz",
                                    "a.example!b.example!!2.json.gz",
                                    "a.example!b.example!-1!2.json.gz",
                                    "a.example!b.example!1!99999999999999999999999.json.gz",
                                    "!b.example!1!2.json.gz",
                                    "a_b.example!b.example!1!2.json.gz",
                                    "-a.example!b.example!1!2.json.gz",
                                    "a-.example!b.example!1!2.json.gz",
                                    "a..example!b.example!1!2.json.gz",
                                    "a.example.!b.example!1!2.json.gz",
                                    LABEL_64 "!b.example!1!2.json.gz",
                                    "192.0.2.1!b.example!1!2.json.gz",
                                    "a.example!b.example!1!2.json",
                                    "a.example!b..example!1!2.json.gz",
                                    "a.example!b.example!x!2.json.gz",
                                    "a.example!b.example!1!x.json.gz",
                                    "a.example!b.example!1!2!.json.gz",
                                    "a.example!b.example!1!2.gz",
                                    "a.example!b.example!1!2.json.gz ",
                                    "a.example!b.example!1!2.json.gz.exe",
                                    "a.example!b.example!1!2",
                                    ".json.gz"};
  check_grammar("mail.filename-syntax", FILENAME_FORMAT, good, COUNT(good), false);
  check_grammar("mail.filename-syntax", FILENAME_FORMAT, bad, COUNT(bad), true);
}

static void test_path(void **state) {
  (void)state;
  static const char *const good[] = {"a.json.gz", ".a", "a..b", "...a"};
  static const char *const bad[] = {"/etc/passwd", "a/b", "..", ".", "...", "a\\\\b", "C:a", "..\\\\a", "a/"};
  check_grammar("mail.filename-path", FILENAME_FORMAT, good, COUNT(good), false);
  check_grammar("mail.filename-path", FILENAME_FORMAT, bad, COUNT(bad), true);
}

/* RFC 8460 s5.3. */
static void test_subject(void **state) {
  (void)state;
#define SUBJECT_FORMAT FROM "Subject: %s\n" DOMAIN SUBMITTER BODY_FORMAT
#define BODY_FORMAT    "Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n%%G\n"
  static const char *const good[] = {
      "Report Domain: example.com Submitter: mail.example.net Report-ID: <a.b+c@example.net>",
      "Report  Domain:\texample.com\n Submitter: example.net Report-ID: <a@b>",
      "Report Domain: example.com Submitter: example.net Report-ID: <a@b> (a comment (in it \\( one))",
      "=?utf-8?q?Report?= Domain: example.com Submitter: example.net Report-ID: <a@b>"};
  static const char *const bad[] = {"",
                                    "Re: Report Domain: example.com Submitter: example.net Report-ID: <a@b>",
                                    "report domain: example.com submitter: example.net report-id: <a@b>",
                                    "Report Domain:example.com Submitter: example.net Report-ID: <a@b>",
                                    "Report Domain: example.com  Report-ID: <a@b>",
                                    "Report Domain: example.com Submitter: example.net Report-ID: a@b",
                                    "Report Domain: example.com Submitter: example.net Report-ID: <a>",
                                    "Report Domain: example.com Submitter: example.net Report-ID: <@b>",
                                    "Report Domain: example.com Submitter: example.net Report-ID: <a@>",
                                    "Report Domain: example.com Submitter: example.net Report-ID: <>",
                                    "Report Domain: example.com Submitter: example.net Report-ID: <a@b",
                                    "Report Domain: example.com Submitter: example.net",
                                    "Report Domain: example.com Submitter: example.net Report-ID: <a@b> more",
                                    "Report Domain: example.com Submitter: example.net Report-ID: <a@b> (open",
                                    "Report Domain: com Submitter: example.net Report-ID: <a@b>",
                                    "Report Domain: example.com Submitter: example Report-ID: <a@b>",
                                    "Report Domain: ex_ample.com Submitter: example.net Report-ID: <a@b>",
                                    "Report Domain: example.com. Submitter: example.net Report-ID: <a@b>",
                                    "Report Domain: " LABEL_64 ".com Submitter: example.net Report-ID: <a@b>",
                                    "Report Domain: example.com Submitter: 192.0.2.1 Report-ID: <a@b>"};
  check_grammar("mail.subject-syntax", SUBJECT_FORMAT, good, COUNT(good), false);
  check_grammar("mail.subject-syntax", SUBJECT_FORMAT, bad, COUNT(bad), true);
}

/* Which domain a field From is of, RFC 5322 s3.4: that of no name, comment or encoded word. */
static void test_from(void **state) {
  (void)state;
#define FROM_FORMAT "From: %s\n" SUBJECT DOMAIN SUBMITTER BODY_FORMAT
  static const char *const of_submitter[] = {"tls@example.net",
                                             "<tls@example.net>",
                                             "a@example.org <tls@example.net>",
                                             "\"<a@example.org>\" <tls@example.net>",
                                             "(a@example.org) tls@example.net (b@example.org)",
                                             "\"a@example.org\"@example.net",
                                             "\"\\\"@example.org\" <tls@example.net>",
                                             "tls@mail.example.net",
                                             "tls@EXAMPLE.net.",
                                             "a@example.org, tls@example.com", /* of which one is not known */
                                             "a@example.org; <b@example.com>",
                                             "a) tls@example.net",
                                             "nobody",
                                             ""};
  static const char *const of_others[] = {"tls@example.org",
                                          "tls@example.net <a@example.org>",
                                          "\"<tls@example.net>\" a@example.org",
                                          "(tls@example.net) a@example.org",
                                          "a@xexample.net",
                                          "a@example.org, tls", /* the second has no domain */
                                          "a@net",
                                          "a@example.net.example.org"};
  check_grammar("mail.from-mismatch", FROM_FORMAT, of_submitter, COUNT(of_submitter), false);
  check_grammar("mail.from-mismatch", FROM_FORMAT, of_others, COUNT(of_others), true);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_examples),
      cmocka_unit_test(test_near_misses),
      cmocka_unit_test(test_every_code_has_a_row),
      cmocka_unit_test(test_policy_domains),
      cmocka_unit_test(test_submitters),
      cmocka_unit_test(test_filename),
      cmocka_unit_test(test_path),
      cmocka_unit_test(test_subject),
      cmocka_unit_test(test_from),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
