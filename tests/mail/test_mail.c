/* SPDX-License-Identifier: MIT */
/* Which reports are found in a mail, whatever their labels say, and where. Findings stand in brackets; those of the labels that
   a row changes are part of it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mail_cases.h"

#define COUNT(array) (sizeof array / sizeof array[0])
#define GOOD         "2 gzip 1@example.net []\n"

typedef struct row {
  const char *reason;
  const char *mail;
  const char *expected;
} row;

static void check(const row *rows, size_t count) {
  unsigned failed = 0;
  for (size_t i = 0; i < count; i++) {
    const char *described = mail_describe_template(rows[i].mail, NULL);
    if (strcmp(described, rows[i].expected) == 0) continue;
    print_error("%s:\n%sexpected:\n%s", rows[i].reason, described, rows[i].expected);
    failed++;
  }
  assert_int_equal(failed, 0);
}

/* A mail with one part behind its text. */
#define WITH(part) MAIL_HEADER MAIL_MULTIPART MAIL_TEXT "--b\n" part "\n--b--\n"

/* RFC 8460 s5.3, in the ways in which it is written. */
static void test_as_the_rfc_has_it(void **state) {
  (void)state;
  static const row rows[] = {
      {"gzip", MAIL_GOOD, GOOD},
      {"the report-type in quotes and capitals",
       MAIL_HEADER "content-type: Multipart/Report;\n\tREPORT-TYPE=\"TLSRPT\"; boundary=b\n\n" MAIL_TEXT MAIL_REPORT
                   "--b--\n",
       GOOD},
      {"JSON, 8bit",
       WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: 8bit\nContent-Disposition: attachment; "
            "filename=\"" MAIL_FILENAME ".json\"\n\n%J"),
       "2 json 1@example.net [uncompressed]\n"},
      {"JSON, quoted-printable",
       WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: Quoted-Printable\n\n%Q"),
       "2 json 1@example.net [uncompressed]\n"},
      {"JSON, base64", WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: BASE64\n\n%j"),
       "2 json 1@example.net [uncompressed]\n"},
      {"JSON, a charset that it is not in", WITH("Content-Type: application/tlsrpt+json; charset=utf-16\n\n%J"),
       "2 json 1@example.net [uncompressed]\n"},
      {"base64 in lines of odd lengths",
       WITH("Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n%O"), GOOD},
      {"gzip as it is", WITH("Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: binary\n\n%g"), GOOD},
      {"a unique-id in the filename",
       WITH("Content-Type: application/tlsrpt+gzip; name=\"" MAIL_FILENAME
            "!a1.json.gz\"\nContent-Transfer-Encoding: base64\n\n%G"),
       GOOD},
      {"a filename in pieces, RFC 2231",
       WITH(
           "Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; "
           "filename*0*=us-ascii''example%%2Enet!example.com;\n filename*1=\"!1772323200!\"; "
           "filename*2=\"1772409599.json.gz\"\n\n%G"),
       GOOD},
      {"a subject in lines",
       "From: tls@example.net\nSubject: Report\n Domain:\n example.com\n\tSubmitter: example.net\n Report-ID:\n "
       "<1@example.net> (comment)\nTLS-Report-Domain: example.com\nTLS-Report-Submitter: "
       "example.net\n" MAIL_MULTIPART MAIL_TEXT MAIL_REPORT "--b--\n",
       GOOD},
      {"text in front and behind",
       MAIL_HEADER MAIL_MULTIPART "This is MIME.\n\n" MAIL_TEXT MAIL_REPORT "--b--\n\nSent by a list.\n", GOOD},
      {"the text as HTML", MAIL_HEADER MAIL_MULTIPART "--b\nContent-Type: text/html\n\n<p>\n" MAIL_REPORT "--b--\n",
       GOOD},
  };
  check(rows, COUNT(rows));
}

/* Told apart by content. */
static void test_labels_that_lie(void **state) {
  (void)state;
  static const row rows[] = {
      {"no report-type", MAIL_HEADER "Content-Type: multipart/report; boundary=b\n\n" MAIL_TEXT MAIL_REPORT "--b--\n",
       "2 gzip 1@example.net [not-multipart-report]\n"},
      {"another report-type",
       MAIL_HEADER
       "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n" MAIL_TEXT MAIL_REPORT
       "--b--\n",
       "2 gzip 1@example.net [bad-report-type]\n"},
      {"a report-type that is not tlsrpt, and no report",
       MAIL_HEADER "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" MAIL_TEXT
                   "--b\nContent-Type: message/delivery-status\n\nStatus: 5.0.0\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part [no-report-part]\n"},
      {"in multipart/mixed",
       MAIL_HEADER "Content-Type: multipart/mixed; boundary=b\n\n" MAIL_TEXT MAIL_REPORT "--b--\n",
       "2 gzip 1@example.net [not-multipart-report]\n"},
      {"in multipart/mixed that a list put around it",
       MAIL_HEADER "Content-Type: multipart/mixed; boundary=c\n\n--c\n" MAIL_MULTIPART MAIL_TEXT MAIL_REPORT
                   "--b--\n--c\n\n-- \nthe list\n--c--\n",
       "1.2 gzip 1@example.net []\n"},
      {"in multipart/alternative",
       MAIL_HEADER "Content-Type: multipart/alternative; boundary=b\n\n" MAIL_TEXT MAIL_REPORT "--b--\n",
       "2 gzip 1@example.net [not-multipart-report]\n"},
      {"as the whole body", MAIL_HEADER "Content-Type: application/tlsrpt+json\n\n%J",
       "1 json 1@example.net [not-multipart-report uncompressed]\n"},
      {"as the whole body, gzip",
       MAIL_HEADER "Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n%G",
       "1 gzip 1@example.net [not-multipart-report]\n"},
      {"as a body without any label", MAIL_HEADER "\n%J",
       "1 json 1@example.net [not-multipart-report media-type-mismatch uncompressed]\n"},
      {"gzip labelled JSON", WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: base64\n\n%G"),
       "2 gzip 1@example.net [media-type-mismatch]\n"},
      {"JSON labelled gzip", WITH("Content-Type: application/tlsrpt+gzip\n\n%J"),
       "2 json 1@example.net [media-type-mismatch uncompressed]\n"},
      {"application/gzip", WITH("Content-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n%G"),
       "2 gzip 1@example.net [media-type-mismatch]\n"},
      {"application/octet-stream",
       WITH("Content-Type: application/octet-stream; name=\"" MAIL_FILENAME
            ".json.gz\"\nContent-Transfer-Encoding: base64\n\n%G"),
       "2 gzip 1@example.net [media-type-mismatch]\n"},
      {"application/tlsrpt", WITH("Content-Type: application/tlsrpt\n\n%J"),
       "2 json 1@example.net [media-type-mismatch uncompressed]\n"},
      {"application/json", WITH("Content-Type: application/json\n\n%J"),
       "2 json 1@example.net [media-type-mismatch uncompressed]\n"},
      {"text/plain", WITH("Content-Type: text/plain\n\n%J"),
       "2 json 1@example.net [media-type-mismatch uncompressed]\n"},
      {"an invalid media type", WITH("Content-Type: tlsrpt\n\n%J"),
       "2 json 1@example.net [media-type-mismatch uncompressed]\n"},
      {"zip of JSON", WITH("Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n%Z"),
       "2 json 1@example.net [media-type-mismatch]\n"},
      {"zip of gzip, labelled gzip",
       WITH("Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n%Y"),
       "2 gzip 1@example.net [media-type-mismatch]\n"},
      {"base64 without its final padding",
       WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: base64\n\n"
            "eyJyZXBvcnQtaWQiOiIyIiwicG9saWNpZXMiOltdfQ"),
       "2 json 2 [report-id-mismatch uncompressed]\n"},
      {"base64 without one character of its final padding",
       WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: base64\n\n"
            "eyJyZXBvcnQtaWQiOiIyIiwicG9saWNpZXMiOltdfQ="),
       "2 json 2 [report-id-mismatch uncompressed]\n"},
      {"base64 of a length without padding",
       WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: base64\n\n"
            "eyJyZXBvcnQtaWQiOiIyMyIsInBvbGljaWVzIjpbXX0g"),
       "2 json 23 [report-id-mismatch uncompressed]\n"},
      {"base64 with one of two characters of padding left out, and a line end",
       WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: base64\n\n"
            "eyJyZXBvcnQtaWQiOiIyMyIsInBvbGljaWVzIjpbXX0\n"),
       "2 json 23 [report-id-mismatch uncompressed]\n"},
      {"base64 that is labelled quoted-printable",
       WITH("Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: quoted-printable\n\n%G"), GOOD},
      {"quoted-printable of every byte, which looks like base64",
       WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: quoted-printable\n\n"
            "=7B=22report=2Did=22=3A=221=22=2C=22policies=22=3A=5B=5D=7D"),
       "2 json 1 [uncompressed]\n"},
      {"base64 that is not labelled", WITH("Content-Type: application/tlsrpt+gzip\n\n%G"), GOOD},
      {"labelled base64 though it is not",
       WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: base64\n\n%J"),
       "2 json 1@example.net [uncompressed]\n"},
      {"labelled quoted-printable though it is gzip",
       WITH("Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: quoted-printable\n\n%g"), GOOD},
      {"an unknown encoding", WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: utf-8\n\n%J"),
       "2 json 1@example.net [uncompressed]\n"},
      {"blanks in front of the JSON", WITH("Content-Type: application/tlsrpt+json\n\n\n \t\n%J"),
       "2 json 1@example.net [uncompressed]\n"},
  };
  check(rows, COUNT(rows));
}

static void test_several(void **state) {
  (void)state;
  static const row rows[] = {
      {"two reports",
       MAIL_HEADER MAIL_MULTIPART MAIL_TEXT MAIL_REPORT "--b\nContent-Type: application/tlsrpt+json\n\n%2\n--b--\n",
       "2 gzip 1@example.net [extra-part]\n"
       "3 json 2@example.net [report-id-mismatch extra-part wrong-part-order uncompressed]\n"},
      {"two reports in one part",
       MAIL_HEADER MAIL_MULTIPART MAIL_TEXT "--b\nContent-Type: application/tlsrpt+json\n\n%J\n%2\n--b--\n",
       "2 json 1@example.net [uncompressed]\n"
       "2 json 2@example.net [report-id-mismatch uncompressed]\n"},
      {"a broken one between them",
       MAIL_HEADER MAIL_MULTIPART MAIL_TEXT
       "--b\nContent-Type: application/tlsrpt+json\n\n%J\n{\"policies\": 1}\n%2\n--b--\n",
       "2 json 1@example.net [uncompressed]\n"
       "2 json TRPT_E_SCHEMA report.policies-not-array [uncompressed]\n"
       "2 json 2@example.net [report-id-mismatch uncompressed]\n"},
      {"an array",
       MAIL_HEADER MAIL_MULTIPART MAIL_TEXT "--b\nContent-Type: application/tlsrpt+json\n\n[%J,%2]\n--b--\n",
       "2 json 1@example.net [uncompressed]\n"
       "2 json 2@example.net [report-id-mismatch uncompressed]\n"},
      {"an array of none",
       MAIL_HEADER MAIL_MULTIPART MAIL_TEXT "--b\nContent-Type: application/tlsrpt+json\n\n[]\n--b--\n",
       "2 json TRPT_E_NO_REPORT [uncompressed]\n"},
      {"an array of none in a text",
       MAIL_HEADER MAIL_MULTIPART "--b\nContent-Type: text/plain\n\n[]\n" MAIL_REPORT "--b--\n",
       "2 gzip 1@example.net []\n"},
      {"two broken ones",
       MAIL_HEADER MAIL_MULTIPART MAIL_TEXT
       "--b\nContent-Type: application/tlsrpt+json\n\n{\"policies\": 1}\n{\"policies\": [tru]}\n--b--\n",
       "2 json TRPT_E_SCHEMA report.policies-not-array [uncompressed]\n"
       "2 json TRPT_E_JSON json.not-json [uncompressed]\n"},
      {"other JSON and a broken text in a text",
       MAIL_HEADER MAIL_MULTIPART "--b\nContent-Type: text/plain\n\n{\"a\": 1}\n{\"a\": tru}\n" MAIL_REPORT "--b--\n",
       "2 gzip 1@example.net []\n"},
      {"an empty third part",
       MAIL_HEADER MAIL_MULTIPART MAIL_TEXT MAIL_REPORT "--b\nContent-Type: text/plain\n\n\n--b--\n",
       "2 gzip 1@example.net [extra-part]\n"},
      {"no text in front", MAIL_HEADER MAIL_MULTIPART MAIL_REPORT "--b--\n",
       "1 gzip 1@example.net [wrong-part-order]\n"},
      {"a good one and a cut one",
       MAIL_HEADER MAIL_MULTIPART MAIL_TEXT MAIL_REPORT
       "--b\nContent-Type: application/tlsrpt+json\n\n{\"policies\": [\n--b--\n",
       "2 gzip 1@example.net [extra-part]\n"
       "3 json TRPT_E_TRUNCATED json.not-json [extra-part wrong-part-order uncompressed]\n"},
      {"a good one and JSON that is something else",
       MAIL_HEADER MAIL_MULTIPART MAIL_TEXT MAIL_REPORT "--b\nContent-Type: text/plain\n\n{\"a\": 1}\n--b--\n",
       "2 gzip 1@example.net [extra-part]\n"},
  };
  check(rows, COUNT(rows));
}

/* The header of the mail that holds the report counts, RFC 3501 numbers its parts. */
static void test_mails_within_mails(void **state) {
  (void)state;
#define FORWARD                                                                                                        \
  "From: someone@example.org\nSubject: Fwd: a report\nContent-Type: multipart/mixed; boundary=f\n\n--f\n\nSee.\n--f\n"
  static const row rows[] = {
      {"forwarded", FORWARD "Content-Type: message/rfc822\n\n" MAIL_GOOD "--f--\n", "2.2 gzip 1@example.net []\n"},
      {"forwarded, in base64",
       FORWARD
       "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
       "U3ViamVjdDogYQpDb250ZW50LVR5cGU6IHRleHQvcGxhaW4KCnRleHQK\n--f\nContent-Type: message/rfc822\n\n" MAIL_GOOD
       "--f--\n",
       "3.2 gzip 1@example.net []\n"},
      {"a mail as a file", FORWARD "Content-Type: application/octet-stream; name=report.eml\n\n" MAIL_GOOD "--f--\n",
       "2 gzip 1@example.net []\n"},
      {"the whole mail is another", "From: a@example.org\nContent-Type: message/rfc822\n\n" MAIL_GOOD,
       "1.2 gzip 1@example.net []\n"},
      {"a mail without multipart within", "From: a@example.org\nContent-Type: message/rfc822\n\n" MAIL_HEADER "\n%J",
       "1.1 json 1@example.net [not-multipart-report media-type-mismatch uncompressed]\n"},
      {"a digest",
       "From: a@example.org\nContent-Type: multipart/digest; boundary=d\n\n--d\n\n" MAIL_GOOD "--d\n\n" MAIL_GOOD
       "--d--\n",
       "1.2 gzip 1@example.net []\n2.2 gzip 1@example.net []\n"},
      {"bounced with the report in it",
       "From: a@example.org\nContent-Type: multipart/report; report-type=delivery-status; "
       "boundary=d\n\n--d\n\nNo.\n--d\n"
       "Content-Type: message/delivery-status\n\nStatus: 5.0.0\n--d\nContent-Type: message/rfc822\n\n" MAIL_GOOD
       "--d--\n",
       "3.2 gzip 1@example.net []\n"},
  };
  check(rows, COUNT(rows));
}

/* Nothing is lost that can be found, and nothing crashes. */
static void test_odd_mails(void **state) {
  (void)state;
  static const row rows[] = {
      {"no end of the multipart", MAIL_HEADER MAIL_MULTIPART MAIL_TEXT MAIL_REPORT, GOOD},
      {"no boundary",
       MAIL_HEADER "Content-Type: multipart/report; report-type=tlsrpt\n\n" MAIL_TEXT MAIL_REPORT "--b--\n",
       "2 gzip 1@example.net [not-multipart-report]\n"},
      {"another boundary than it says",
       MAIL_HEADER "Content-Type: multipart/report; report-type=tlsrpt; boundary=c\n\n" MAIL_TEXT MAIL_REPORT "--b--\n",
       "2 gzip 1@example.net [not-multipart-report]\n"},
      {"a multipart that is one part", MAIL_HEADER "Content-Type: multipart/report; report-type=tlsrpt\n\n%J",
       "1 json 1@example.net [not-multipart-report media-type-mismatch uncompressed]\n"},
      {"a multipart of nothing", MAIL_HEADER "Content-Type: multipart/report; boundary=b\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part [no-report-part]\n"},
      {"a boundary that begins another",
       MAIL_HEADER
       "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/report; report-type=tlsrpt; "
       "boundary=bb\n\n--bb\n\ntext\n--bb\nContent-Type: application/tlsrpt+json\n\n%J\n--bb--\n--b--\n",
       "1.2 json 1@example.net [uncompressed]\n"},
      {"a boundary that another begins with",
       MAIL_HEADER
       "Content-Type: multipart/mixed; boundary=bb\n\n--bb\nContent-Type: multipart/report; report-type=tlsrpt; "
       "boundary=b\n\n--b\n\ntext\n--b\nContent-Type: application/tlsrpt+json\n\n%J\n--b--\n--bb--\n",
       "1.2 json 1@example.net [uncompressed]\n"},
      {"no header", "\n%J", "- json 1@example.net []\n"},
      {"only a header", MAIL_HEADER, "- message TRPT_E_NO_REPORT mail.no-report-part [no-report-part]\n"},
      {"empty lines in front", "\n\r\n" MAIL_GOOD, GOOD},
      {"blanks in front", " \t" MAIL_GOOD, GOOD},
      {"blanks in front, and no header", " a'b:\xFF\n\n\xFF: c",
       "- message TRPT_E_NO_REPORT mail.no-report-part [no-report-part]\n"},
      {"a byte order mark", "\xEF\xBB\xBF" MAIL_GOOD, GOOD},
      {"a byte order mark and an mbox line",
       "\xEF\xBB\xBF"
       "From a 12:00\n" MAIL_GOOD,
       GOOD},
      {"a quoted mbox line", ">From a 12:00\n" MAIL_GOOD, GOOD},
      {"a file of Apple Mail", "1234      \n" MAIL_GOOD "<?xml version=\"1.0\"?>\n<plist/>\n", GOOD},
      {"a field without a colon", "Received from nowhere\n" MAIL_GOOD, "- unknown TRPT_E_JSON json.not-json []\n"},
      {"a field without a colon behind others", "X: y\nReceived from nowhere\n" MAIL_GOOD, GOOD},
      {"bytes that are no text", "X: \xFF\xFE\x80%0\nX: %0\n" MAIL_GOOD, GOOD},
      {"a NUL in the text",
       MAIL_HEADER MAIL_MULTIPART "--b\nContent-Type: text/plain\n\n%0 a %0\n" MAIL_REPORT "--b--\n", GOOD},
      {"indented fields continue others",
       "From: tls@example.net\n TLS-Report-Domain: example.com\nContent-Type: application/tlsrpt+json\n\n%J",
       "1 json 1@example.net [missing-tls-report-domain missing-tls-report-submitter subject-syntax "
       "not-multipart-report uncompressed]\n"},
      {"text alone", "Subject: lunch\n\nAt noon?\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part [no-report-part]\n"},
  };
  check(rows, COUNT(rows));
}

static char *with_line_ends(const char *ends, size_t *len) {
  char *mail = mail_make(MAIL_GOOD, len);
  char *out = malloc(*len * 2);
  size_t used = 0;
  for (size_t i = 0; i < *len; i++)
    if (mail[i] == '\n')
      for (const char *p = ends; *p; p++) out[used++] = *p;
    else
      out[used++] = mail[i];
  free(mail);
  *len = used;
  return out;
}

static void test_line_ends(void **state) {
  (void)state;
  static const char *const ends[] = {"\n", "\r\n", "\r"};
  for (size_t i = 0; i < COUNT(ends); i++) {
    size_t len;
    char *mail = with_line_ends(ends[i], &len);
    assert_string_equal(mail_describe(mail, len, NULL), GOOD);
    free(mail);
  }
}

/* What says that it is a report and is none is told; of all else nothing is said. */
static void test_broken(void **state) {
  (void)state;
#define NO_REPORT "- message TRPT_E_NO_REPORT mail.no-report-part [no-report-part]\n"
  static const row rows[] = {
      {"JSON that was cut", WITH("Content-Type: application/tlsrpt+json\n\n{\"policies\": [{"),
       "2 json TRPT_E_TRUNCATED json.not-json [uncompressed]\n"},
      {"no JSON at all", WITH("Content-Type: application/tlsrpt+gzip\n\nSorry."),
       "2 unknown TRPT_E_JSON json.not-json [media-type-mismatch]\n"},
      {"nothing", WITH("Content-Type: application/tlsrpt+json\n"),
       "2 unknown TRPT_E_TRUNCATED json.not-json [media-type-mismatch]\n"},
      {"by its name", WITH("Content-Type: application/octet-stream; name=\"a.JSON\"\n\n{}"),
       "2 json TRPT_E_SCHEMA report.missing-member [media-type-mismatch uncompressed filename-syntax]\n"},
      {"gzip that was cut",
       WITH("Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\nH4sIAAAAAAAC/6t"),
       "2 gzip TRPT_E_TRUNCATED gzip.truncated [media-type-mismatch]\n"},
      {"bzip2", WITH("Content-Type: application/x-bzip2\nContent-Transfer-Encoding: base64\n\nQlpoOTFBWSZTWQ=="),
       "2 bzip2 TRPT_E_UNSUPPORTED mail.unsupported-compression [media-type-mismatch unsupported-compression]\n"},
      {"xz", WITH("Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n/Td6WFoAAATm1rRG"),
       "2 xz TRPT_E_UNSUPPORTED mail.unsupported-compression [media-type-mismatch unsupported-compression]\n"},
      {"zstd", WITH("Content-Type: application/zstd\nContent-Transfer-Encoding: base64\n\nKLUv/QRYAAA="),
       "2 zstd TRPT_E_UNSUPPORTED mail.unsupported-compression [media-type-mismatch unsupported-compression]\n"},
      {"UTF-16, which is no compression",
       WITH("Content-Type: application/tlsrpt+json\nContent-Transfer-Encoding: base64\n\newAiAA=="),
       "2 wide-json TRPT_E_JSON []\n"},
      {"UTF-16 with another label",
       WITH("Content-Type: application/json\nContent-Transfer-Encoding: base64\n\n//57ACIA"),
       "2 wide-json TRPT_E_JSON [media-type-mismatch]\n"},
      {"a page in place of a report", WITH("Content-Type: application/tlsrpt+json\n\n<html>"),
       "2 html TRPT_E_NO_REPORT [media-type-mismatch]\n"},
      {"a zip that was cut",
       WITH("Content-Type: application/tlsrpt+zip\nContent-Transfer-Encoding: base64\n\nUEsDBBQAAAAIAA=="),
       "2 unknown TRPT_E_MAIL [media-type-mismatch]\n"},
      {"JSON of somebody else", WITH("Content-Type: application/json\n\n{\"a\": 1}"), NO_REPORT},
      {"a text that begins with a brace", WITH("Content-Type: text/plain\n\n{sic}"), NO_REPORT},
      {"a text that looks like a mail", WITH("Content-Type: text/plain\n\nFrom: a\nSubject: b\n\n%J"), NO_REPORT},
      {"a DMARC report",
       WITH("Content-Type: application/gzip; name=a.xml.gz\nContent-Transfer-Encoding: base64\n\n"
            "H4sIAAAAAAACA7NJTSxOtQMAm6OhLQYAAAA="),
       NO_REPORT},
  };
  check(rows, COUNT(rows));
}

/* ---- facts ---- */

static void assert_text(trpt_str text, const char *expected) {
  if (!expected) {
    assert_null(text.ptr);
    return;
  }
  if (text.len != strlen(expected) || memcmp(text.ptr, expected, text.len) != 0)
    fail_msg("\"%.*s\" is not \"%s\"", (int)text.len, text.ptr ? text.ptr : "", expected);
}

static void test_facts(void **state) {
  (void)state;
  size_t len;
  char *data = mail_make("From: =?utf-8?q?J=C3=BCrgen?= <tls@example.net>\n"
                         "Date: Mon, 02 Mar 2026 01:02:03 +0100\n"
                         "Message-ID: <m@example.net>\n"
                         "Subject: =?utf-8?b?w6Q=?=\n and\n\tmore  \n"
                         "TLS-Report-Domain:  Example.COM \n"
                         "tls-report-submitter: example.net\n"
                         "Content-Type: application/TLSRPT+Gzip;\n name*=utf-8''%%C3%%A4.json.gz\n"
                         "Content-Transfer-Encoding: base64\n\n%G",
                         &len);
  trpt_mail *mail;
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_text(item->from, "J\xC3\xBCrgen <tls@example.net>");
  assert_text(item->date_text, "Mon, 02 Mar 2026 01:02:03 +0100");
  assert_int_equal(item->date, 1772409723);
  assert_text(item->message_id, "<m@example.net>");
  assert_text(item->subject, "\xC3\xA4 and\tmore");
  assert_text(item->report_domain, "Example.COM");
  assert_text(item->report_submitter, "example.net");
  assert_text(item->media_type, "application/tlsrpt+gzip");
  assert_text(item->filename, "\xC3\xA4.json.gz");
  assert_text(item->part, "1");
  assert_text(item->entry, NULL);
  assert_text(item->dkim_domain, NULL);
  assert_int_equal(item->kind, TRPT_MAIL_KIND_GZIP);
  assert_int_equal(item->container, TRPT_MAIL_KIND_MESSAGE);
  assert_int_equal(item->number, 0);
  assert_int_equal(item->dkim, TRPT_DKIM_UNKNOWN);
  assert_int_equal(item->signer, 0);
  assert_int_equal(trpt_report_policy_count(item->report), 1);

  /* A report that was taken outlives all. */
  trpt_report *report = trpt_mail_take(mail);
  assert_ptr_equal(report, item->report);
  assert_null(trpt_mail_take(mail));
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_END);
  trpt_mail_free(mail);
  assert_text(trpt_report_metadata(report)->report_id, "1@example.net");
  trpt_report_free(report);
  free(data);
}

/* Absent header fields, and an invalid date. */
static void test_absent_facts(void **state) {
  (void)state;
  size_t len;
  char *data = mail_make("Date: Fri, yesterday\n\n%J", &len);
  trpt_mail *mail;
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_text(item->date_text, "Fri, yesterday");
  assert_true(item->date == INT64_MIN);
  assert_text(item->from, NULL);
  assert_text(item->subject, NULL);
  assert_text(item->message_id, NULL);
  assert_text(item->report_domain, NULL);
  assert_text(item->report_submitter, NULL);
  assert_text(item->filename, NULL);
  assert_text(item->media_type, "text/plain");
  trpt_mail_free(mail);
  free(data);
}

/* Of a forwarded report the header is that of the mail that holds it. */
static void test_facts_of_forwarded(void **state) {
  (void)state;
  size_t len;
  char *data = mail_make(FORWARD "Content-Type: message/rfc822\n\n" MAIL_GOOD "--f--\n", &len);
  trpt_mail *mail;
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_text(item->from, "tls@example.net");
  assert_text(item->part, "2.2");
  trpt_mail_free(mail);
  free(data);
}

/* ---- mails modelled on such as were sent ---- */

static void test_published(void **state) {
  (void)state;
  static const struct {
    const char *name;
    const char *expected;
  } rows[] = {
      {"google.eml", "2 gzip 2026-03-01T00:00:00Z_example.com [report-id-mismatch]\n"},
      {"microsoft.eml", "2 gzip 134232617934286362+example.com [subject-syntax]\n"},
      {"mail.ru.eml",
       "2 gzip b28254de-7b2e-be36-bb5c-4c3b92da8b25@mailru.example [report-id-mismatch submitter-mismatch "
       "extra-part]\n"},
      {"rfc-sample.eml", "2 gzip 5065427c-23d3-47ca-b6e0-946ea0e8c4be [subject-mismatch report-id-mismatch "
                         "domain-mismatch submitter-mismatch filename-mismatch]\n"},
      {"fields-of-the-subject.eml",
       "2 json 5065427c-23d3-47ca-b6e0-946ea0e8c4be [subject-syntax subject-mismatch domain-mismatch "
       "submitter-mismatch uncompressed filename-syntax filename-mismatch]\n"},
      {"whole-body.eml", "1 json 5065427c-23d3-47ca-b6e0-946ea0e8c4be [subject-syntax subject-mismatch domain-mismatch "
                         "submitter-mismatch not-multipart-report uncompressed filename-syntax filename-mismatch]\n"},
      {"inbox.mbox", "2 gzip 2026-03-01T00:00:00Z_example.com [report-id-mismatch]\n"
                     "- message TRPT_E_NO_REPORT mail.no-report-part [no-report-part]\n"
                     "2 gzip 134232617934286362+example.com [subject-syntax]\n"},
      {"mails.tar", "2 gzip 2026-03-01T00:00:00Z_example.com [report-id-mismatch]\n"
                    "2 gzip 134232617934286362+example.com [subject-syntax]\n"},
      {"reports.zip", "- json 5065427c-23d3-47ca-b6e0-946ea0e8c4be []\n- gzip 2026-03-01T00:00:00Z_example.com []\n"},
  };
  unsigned failed = 0;
  for (size_t i = 0; i < COUNT(rows); i++) {
    size_t len;
    char *data = mail_load(rows[i].name, &len);
    const char *described = mail_describe(data, len, NULL);
    if (strcmp(described, rows[i].expected) != 0) {
      print_error("%s:\n%sexpected:\n%s", rows[i].name, described, rows[i].expected);
      failed++;
    }
    free(data);
  }
  assert_int_equal(failed, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_as_the_rfc_has_it),
      cmocka_unit_test(test_labels_that_lie),
      cmocka_unit_test(test_several),
      cmocka_unit_test(test_mails_within_mails),
      cmocka_unit_test(test_odd_mails),
      cmocka_unit_test(test_line_ends),
      cmocka_unit_test(test_broken),
      cmocka_unit_test(test_facts),
      cmocka_unit_test(test_absent_facts),
      cmocka_unit_test(test_facts_of_forwarded),
      cmocka_unit_test(test_published),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
