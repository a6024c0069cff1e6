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
  const char *all;      /* every diagnostic: "LINE:COLUMN WHERE CODE\n", without "mail."; NULL: none */
  bool is_bad;          /* no report can be read */
} side;

static const struct {
  const char *code;
  side example;
  side near_misses[3];
} rows[] = {
    {"mail.not-multipart-report",
     {.mail = FIELDS "Content-Type: multipart/mixed; boundary=b\n\n" MAIL_TEXT GZIP_PART "--b--\n",
      .all = "5:1 Content-Type not-multipart-report\n"},
     {{.mail = FIELDS "Content-Type: multipart/REPORT; boundary=b; Report-Type=\"tlsrpt\"\n\n" MAIL_TEXT GZIP_PART
                      "--b--\n"}}},
    {"mail.bad-report-type",
     {.mail = FIELDS "Content-Type: multipart/report; report-type=tls; boundary=b\n\n" MAIL_TEXT GZIP_PART "--b--\n",
      .all = "5:1 Content-Type bad-report-type\n"},
     {{.mail =
           FIELDS "Content-Type: multipart/report; report-type=TLSrpt; boundary=b\n\n" MAIL_TEXT GZIP_PART "--b--\n"}}},
    {"mail.wrong-part-order",
     {.mail = FIELDS MAIL_MULTIPART GZIP_PART MAIL_TEXT "--b--\n", .all = "8:1 Content-Type wrong-part-order\n"},
     {{.mail = FIELDS BODY},
      {.mail = FIELDS "Content-Type: multipart/mixed; boundary=b\n\n" GZIP_PART "--b--\n",
       .all = "5:1 Content-Type not-multipart-report\n"}}},
    {"mail.extra-part",
     {.mail = FIELDS MAIL_MULTIPART MAIL_TEXT GZIP_PART MAIL_TEXT "--b--\n", .all = "5:1 Content-Type extra-part\n"},
     {{.mail = FIELDS MAIL_MULTIPART MAIL_TEXT GZIP_PART "--b--\nmore\n--b--\n"}}},
    {"mail.no-report-part",
     {.mail = FIELDS MAIL_MULTIPART MAIL_TEXT "--b--\n", .all = "5:1 Content-Type no-report-part\n", .is_bad = true},
     {{.mail = PART("application/tlsrpt+json\n\nbroken"),
       .all = "12:1 Content-Type media-type-mismatch\n",
       .is_bad = true}}},
    {"mail.media-type-mismatch",
     {.mail = PART("application/tlsrpt+json" IN_BASE64 "%G"), .all = "12:1 Content-Type media-type-mismatch\n"},
     {{.mail = PART("Application/TLSRPT+gzip; charset=x" IN_BASE64 "%G")}}},
    {"mail.uncompressed",
     {.mail = PART("application/tlsrpt+json" IN_BASE64 "%j"), .all = "12:1 Content-Type uncompressed\n"},
     {{.mail = PART("application/tlsrpt+json" IN_BASE64 "%G"), .all = "12:1 Content-Type media-type-mismatch\n"},
      {.mail = PART("application/zip" IN_BASE64 "%Z"), .all = "12:1 Content-Type media-type-mismatch\n"}}},
    {"mail.gzip-in-gzip",
     {.mail = PART("application/tlsrpt+gzip" IN_BASE64 "%T"), .all = "12:1 Content-Type gzip-in-gzip\n"},
     {{.mail = PART("application/tlsrpt+gzip" IN_BASE64 "%G")},
      {.mail = PART("application/zip" IN_BASE64 "%Y"), .all = "12:1 Content-Type media-type-mismatch\n"}}},
    {"mail.unsupported-compression",
     {.mail = PART("application/x-xz" IN_BASE64 "/Td6WFoAAATm1rRG"),
      .all = "12:1 Content-Type media-type-mismatch\n12:1 Content-Type unsupported-compression\n",
      .is_bad = true},
     {{.mail = PART("application/zip" IN_BASE64 "%Z"), .all = "12:1 Content-Type media-type-mismatch\n"},
      {.mail = PART("application/x-xz" IN_BASE64 "%G"), .all = "12:1 Content-Type media-type-mismatch\n"}}},
    {"mail.missing-tls-report-domain",
     {.mail = FROM SUBJECT SUBMITTER BODY, .all = "1:1 TLS-Report-Domain missing-tls-report-domain\n"},
     {{.mail = FROM SUBJECT "tls-report-domain:example.com\n" SUBMITTER BODY}}},
    {"mail.missing-tls-report-submitter",
     {.mail = FROM SUBJECT DOMAIN "TLS-Report-Submitter:  \n" BODY,
      .all = "4:1 TLS-Report-Submitter missing-tls-report-submitter\n"},
     {{.mail = FROM SUBJECT DOMAIN "TLS-Report-Submitter:\n example.net\n" BODY}}},
    {"mail.submitter-mismatch",
     {.mail = FROM SUBJECT DOMAIN "TLS-Report-Submitter: mail.example.net\n" BODY,
      .all = "4:1 TLS-Report-Submitter submitter-mismatch\n"},
     {{.mail = FROM SUBJECT DOMAIN "TLS-Report-Submitter: EXAMPLE.net.\n" BODY}}},
    {"mail.domain-mismatch",
     {.mail = FROM SUBJECT "TLS-Report-Domain: xexample.com\n" SUBMITTER BODY,
      .all = "3:1 TLS-Report-Domain domain-mismatch\n"},
     {{.mail = FROM SUBJECT "TLS-Report-Domain: Example.COM.\n" SUBMITTER BODY}}},
    {"mail.from-mismatch",
     {.mail = "From: tls@example.org\n" SUBJECT DOMAIN SUBMITTER BODY, .all = "1:1 From from-mismatch\n"},
     {{.mail = "From: \"x <a@example.org>\" (<b@example.org> \\) <c@example.org>) <tls@mail.Example.net>\n" SUBJECT
           DOMAIN SUBMITTER BODY},
      {.mail = "From: =?utf-8?q?a=40example.org?= <tls@example.net>\n" SUBJECT DOMAIN SUBMITTER BODY},
      {.mail = SUBJECT DOMAIN SUBMITTER BODY}}},
    {"mail.subject-syntax",
     {.mail = FROM
      "Subject: Report Domain: example.com Submitter: example.net Report-ID: 1@example.net\n" DOMAIN SUBMITTER BODY,
      .all = "2:1 Subject subject-syntax\n"},
     {{.mail =
           FROM "Subject: Report\n\tDomain:  example.com Submitter: example.net\n Report-ID: <1@example.net> (a (b) "
                "\\))\n" DOMAIN SUBMITTER BODY}}},
    {"mail.subject-mismatch",
     {.mail = FROM
      "Subject: Report Domain: example.org Submitter: example.net Report-ID: <1@example.net>\n" DOMAIN SUBMITTER BODY,
      .all = "2:1 Subject subject-mismatch\n"},
     {{.mail = FROM "Subject: Report Domain: EXAMPLE.com Submitter: Example.net Report-ID: <1@example.net>\n" DOMAIN
           SUBMITTER BODY}}},
    {"mail.subject-mismatch",
     {.mail = FROM
      "Subject: Report Domain: example.com Submitter: example.org Report-ID: <1@example.net>\n" DOMAIN SUBMITTER BODY,
      .all = "2:1 Subject subject-mismatch\n"},
     {{.mail = FROM SUBJECT DOMAIN SUBMITTER BODY},
      {.mail = FROM SUBJECT DOMAIN "TLS-Report-Submitter: example.org\n" BODY,
       .all = "1:1 From from-mismatch\n4:1 TLS-Report-Submitter submitter-mismatch\n"},
      {.mail = FROM "Subject: Report Domain: example.com Submitter: example.org Report-ID: <1@example.net>\n" DOMAIN
                    "TLS-Report-Submitter: example.org\n" BODY,
       .all = "1:1 From from-mismatch\n4:1 TLS-Report-Submitter submitter-mismatch\n"}}},
    {"mail.report-id-mismatch",
     {.mail = FROM
      "Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@example.network>\n" DOMAIN SUBMITTER
          BODY,
      .all = "2:1 Subject report-id-mismatch\n"},
     {{.mail = FIELDS BODY}}},
    {"mail.report-id-mismatch",
     {.mail = FROM
      "Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@example.ne@a>\n" DOMAIN SUBMITTER BODY,
      .all = "2:1 Subject report-id-mismatch\n"},
     {{.mail = FROM "Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@example.net@a>\n" DOMAIN
           SUBMITTER BODY}}},
    {"mail.report-id-mismatch",
     {.mail = FROM
      "Subject: Report Domain: example.com Submitter: example.net Report-ID: <2@example.net>\n" DOMAIN SUBMITTER BODY,
      .all = "2:1 Subject report-id-mismatch\n"},
     {{.mail = FROM
       "Subject: Report Domain: example.com Submitter: example.net Report-ID: 1@example.net\n" DOMAIN SUBMITTER BODY,
       .all = "2:1 Subject subject-syntax\n"}}},
    {"mail.filename-syntax",
     {.mail = NAMED(MAIL_FILENAME ".json"), .all = "14:1 Content-Disposition filename-syntax\n"},
     {{.mail = NAMED(MAIL_FILENAME ".JSON.gz")}, {.mail = NAMED(MAIL_FILENAME "!001.json.gz")}}},
    {"mail.filename-mismatch",
     {.mail = NAMED("example.net!example.com!1772323200!1772409600.json.gz"),
      .all = "14:1 Content-Disposition filename-mismatch\n"},
     {{.mail = NAMED("Example.NET!example.com!1772323200!01772409599.json.gz")}}},
    {"mail.filename-mismatch",
     {.mail = NAMED("example.net!example.com!1772323201!1772409599.json.gz"),
      .all = "14:1 Content-Disposition filename-mismatch\n"},
     {{.mail = NAMED("example.net!example.com!1772323200!1772409599!a1.json.gz")}}},
    {"mail.filename-path",
     {.mail = NAMED("../../x"),
      .all = "14:1 Content-Disposition filename-path\n14:1 Content-Disposition filename-syntax\n"},
     {{.mail = NAMED("..x..json"), .all = "14:1 Content-Disposition filename-syntax\n"}}},
    {"mail.no-dkim",
     {.mail = FIELDS BODY, .signer = "", .all = "1:1  no-dkim\n"},
     {{.mail = FIELDS BODY, .signer = "example.net"},
      {.mail = FIELDS BODY},
      {.mail = FIELDS BODY, .signer = "Example.NET."}}},
    {"mail.dkim-l-tag",
     {.mail = SIGNED("h=from; l=12"),
      .signer = "example.net",
      .all = "1:1 DKIM-Signature dkim-l-tag\n1:1 DKIM-Signature dkim-headers-unsigned\n"},
     {{.mail = SIGNED("x=l=12"), .signer = "example.net", .all = "1:1 DKIM-Signature dkim-headers-unsigned\n"},
      {.mail = SIGNED("l=12"), .signer = "", .all = "1:1  no-dkim\n"}}},
    {"mail.dkim-service-type",
     {.mail = SIGNED(ALL_FIELDS),
      .signer = "example.net",
      .services = "email",
      .all = "1:1 DKIM-Signature dkim-service-type\n"},
     {{.mail = SIGNED(ALL_FIELDS), .signer = "example.net", .services = "email: TLSRPT"},
      {.mail = SIGNED(ALL_FIELDS), .signer = "example.net", .services = "*"},
      {.mail = SIGNED(ALL_FIELDS), .signer = "example.net"}}},
    {"mail.dkim-headers-unsigned",
     {.mail = SIGNED("h=From:TLS-Report-Domain"),
      .signer = "example.net",
      .all = "1:1 DKIM-Signature dkim-headers-unsigned\n"},
     {{.mail = SIGNED(ALL_FIELDS), .signer = "example.net"}}},
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

/* Line and column are where the offset is. */
static void check_position(const trpt_diagnostic *d, const char *data, size_t len) {
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

static void check_catalogue(const trpt_diagnostic *d) {
  assert_string_equal(d->message, trpt_diagnostic_message(d->code));
  assert_string_equal(d->section, trpt_diagnostic_section(d->code));
  assert_int_equal(d->severity, trpt_diagnostic_severity(d->code));
}

enum { ALL_SIZE = 1024 };

/* All diagnostics of the one item of a mail, as in `side`. Returns whether it has a report. */
static bool find_all(side s, char *all) {
  size_t len;
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
  const bool has_report = item->report != NULL;
  *all = 0;
  for (uint32_t i = 0; i < item->diagnostic_count; i++) {
    const trpt_diagnostic *d = trpt_mail_diagnostic(mail, i);
    check_position(d, data, len);
    check_catalogue(d);
    const size_t used = strlen(all);
    snprintf(all + used, ALL_SIZE - used, "%u:%u %s %s\n", d->line, d->column, d->where, d->code + strlen("mail."));
  }
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_END);
  trpt_mail_free(mail);
  free(data);
  return has_report;
}

/* How often a code is in the text of find_all. */
static unsigned count_code(const char *all, const char *code) {
  char end_of_line[64];
  unsigned count = 0;
  snprintf(end_of_line, sizeof end_of_line, " %s\n", code + strlen("mail."));
  for (; (all = strstr(all, end_of_line)); all++) count++;
  return count;
}

/* Whether a mail has a diagnostic. Its report is read all the same. */
static bool has_code(const char *mail, const char *code) {
  char all[ALL_SIZE];
  assert_true(find_all((side){.mail = mail}, all));
  return count_code(all, code) != 0;
}

static unsigned check_side(const char *code, const char *name, side s) {
  char all[ALL_SIZE];
  const char *expected = s.all ? s.all : "";
  const bool has_report = find_all(s, all);
  if (has_report == !s.is_bad && strcmp(all, expected) == 0) return 0;
  print_error("%s: %s: %s report, and\n%sinstead of\n%s", code, name, has_report ? "a" : "no", all, expected);
  return 1;
}

/* An example has its diagnostic once, with the others that belong to it. */
static void test_examples(void **state) {
  (void)state;
  unsigned failed = 0;
  for (size_t i = 0; i < COUNT(rows); i++) {
    failed += check_side(rows[i].code, "example", rows[i].example);
    if (count_code(rows[i].example.all, rows[i].code) != 1) fail_msg("%s: row %zu lacks it", rows[i].code, i);
  }
  assert_int_equal(failed, 0);
}

static void test_near_misses(void **state) {
  (void)state;
  unsigned failed = 0;
  for (size_t i = 0; i < COUNT(rows); i++)
    for (size_t k = 0; k < 3 && rows[i].near_misses[k].mail; k++) {
      const side s = rows[i].near_misses[k];
      failed += check_side(rows[i].code, "near miss", s);
      if (s.all && count_code(s.all, rows[i].code)) fail_msg("%s: near miss %zu has it", rows[i].code, k);
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
    snprintf(mail, sizeof mail, FROM SUBJECT DOMAIN "%sContent-Type: application/tlsrpt+json\n\n{%s\"policies\":[]}\n",
             cases[i].field, cases[i].contact);
    if (has_code(mail, "mail.subject-mismatch") != cases[i].mismatch)
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
      snprintf(mail, sizeof mail,
               FIELDS MAIL_MULTIPART MAIL_TEXT
               "--b\nContent-Type: application/tlsrpt+json\nContent-Disposition: attachment; filename=\""
               "example.net!example.com!1!2.json\"\n\n{\"contact-info\":\"a@example.net\",\"policies\":[%s]}\n--b--\n",
               cases[i].policies);
      if (has_code(mail, codes[k]) != cases[i].mismatch)
        fail_msg("%s is %sexpected: %s", codes[k], cases[i].mismatch ? "" : "not ", cases[i].policies);
    }
}

/* ---- grammars, by the finding that they give ---- */

/* Mails with a text that has a diagnostic, once and at this place, or lacks it. `others` are the codes that they may have besides. */
typedef struct grammar {
  const char *code;
  const char *line; /* as in `side` */
  const char *others;
  const char *format;
} grammar;

static bool has_only(const char *all, const grammar *g) {
  char line[ALL_SIZE];
  for (; *all; all += strlen(line) + 1) {
    snprintf(line, sizeof line, "%.*s", (int)strcspn(all, "\n"), all);
    const char *code = strrchr(line, ' ') + 1;
    if (strcmp(code, g->code + strlen("mail.")) != 0 && !strstr(g->others, code)) return false;
  }
  return true;
}

static void check_grammar(const grammar *g, const char *const *texts, size_t count, bool bad) {
  unsigned failed = 0;
  for (size_t i = 0; i < count; i++) {
    char mail[4096];
    char all[ALL_SIZE];
    snprintf(mail, sizeof mail, g->format, texts[i]);
    const bool is_read = find_all((side){.mail = mail}, all);
    if (is_read && count_code(all, g->code) == bad && (strstr(all, g->line) != NULL) == bad && has_only(all, g))
      continue;
    print_error("%s is %sexpected in: %s\n%s", g->code, bad ? "" : "not ", texts[i], all);
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
  static const grammar g = {"mail.filename-syntax", "5:1 Content-Type filename-syntax\n",
                            "not-multipart-report filename-mismatch", FILENAME_FORMAT};
  check_grammar(&g, good, COUNT(good), false);
  check_grammar(&g, bad, COUNT(bad), true);
}

static void test_path(void **state) {
  (void)state;
  static const char *const good[] = {"", "a.json.gz", ".a", "a..b", "...a"};
  static const char *const bad[] = {"/etc/passwd", "a/b", "..", ".", "...", "a\\\\b", "C:a", "..\\\\a", "a/"};
  static const grammar g = {"mail.filename-path", "5:1 Content-Type filename-path\n",
                            "not-multipart-report filename-syntax", FILENAME_FORMAT};
  check_grammar(&g, good, COUNT(good), false);
  check_grammar(&g, bad, COUNT(bad), true);
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
      "Report Domain: example.com Submitter: example.net Report-ID: <a@b> (\\\\)",
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
                                    "Report Domain: example.com Submitter: example.net Report-ID: <a@b> (open \\)",
                                    "Report Domain: example.com Submitter: example.net Report-ID: <a@b> (open \\",
                                    "Report Domain: com Submitter: example.net Report-ID: <a@b>",
                                    "Report Domain: example.com Submitter: example Report-ID: <a@b>",
                                    "Report Domain: ex_ample.com Submitter: example.net Report-ID: <a@b>",
                                    "Report Domain: example.com. Submitter: example.net Report-ID: <a@b>",
                                    "Report Domain: " LABEL_64 ".com Submitter: example.net Report-ID: <a@b>",
                                    "Report Domain: example.com Submitter: 192.0.2.1 Report-ID: <a@b>"};
  static const grammar g = {"mail.subject-syntax", "2:1 Subject subject-syntax\n",
                            "not-multipart-report subject-mismatch report-id-mismatch", SUBJECT_FORMAT};
  check_grammar(&g, good, COUNT(good), false);
  check_grammar(&g, bad, COUNT(bad), true);
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
  static const grammar g = {"mail.from-mismatch", "1:1 From from-mismatch\n", "not-multipart-report", FROM_FORMAT};
  check_grammar(&g, of_submitter, COUNT(of_submitter), false);
  check_grammar(&g, of_others, COUNT(of_others), true);
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
