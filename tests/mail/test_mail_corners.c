/* SPDX-License-Identifier: MIT */
/* Rare forms of mails, labels, names and boundaries: what each gives, in a table. */

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
#define JSON         "{\"policies\":[],\"report-id\":\"1\"}"
#define MIXED        "From: a@example.net\nContent-Type: multipart/mixed; boundary=b\n\n"
#define BASE64       "Content-Transfer-Encoding: base64\n\n"
#define INNER        "Subject: inner\nContent-Type: application/json\n\n" JSON "\n"

typedef struct row {
  const char *why;
  const char *template;
  const char *expected; /* the beginning of each line up to its diagnostics */
} row;

/* Removes the diagnostics. */
static const char *without_diagnostics(const char *items) {
  static char out[1 << 14];
  size_t len = 0;
  bool inside = false;
  for (; *items && len + 1 < sizeof out; items++) {
    inside |= *items == '[';
    if (!inside) out[len++] = *items;
    inside &= *items != ']';
  }
  out[len] = '\0';
  return out;
}

static void check_rows(const row *rows, size_t count) {
  size_t failed = 0;
  for (size_t i = 0; i < count; i++) {
    const char *items = without_diagnostics(mail_describe_template(rows[i].template, NULL));
    if (strcmp(items, rows[i].expected) == 0) continue;
    print_error("%s:\n%sinstead of\n%s", rows[i].why, items, rows[i].expected);
    failed++;
  }
  assert_int_equal(failed, 0);
}

/* ---- labels ---- */

static void test_labels(void **state) {
  (void)state;
  static const row rows[] = {
      {"a mail labelled by its type", MIXED "--b\nContent-Type: message/global\n\n" INNER "--b--\n", "1.1 json 1 \n"},
      {"a mail that is labelled as any file", MIXED "--b\nContent-Type: application/octet-stream\n\n" INNER "--b--\n",
       "1 json 1 \n"},
      {"an mbox that is labelled as any file",
       MIXED "--b\nContent-Type: application/octet-stream\n\nFrom a 12:00\n" INNER "--b--\n", "1 json 1 \n"},
      {"other content with a line like that of an mbox, but without a time",
       MIXED "--b\nContent-Type: image/png\n\nFrom here on\n>From there\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"an mbox without times, labelled by its type",
       MIXED "--b\nContent-Type: application/mbox\n\nFrom a\n" INNER "--b--\n", "1 json 1 \n"},
      {"a mail after an empty line", MIXED "--b\nContent-Type: message/rfc822\n\n\n" INNER "--b--\n", "1 json 1 \n"},
      {"an mbox after an empty line", MIXED "--b\nContent-Type: message/rfc822\n\n\nFrom a 12:00\n" INNER "--b--\n",
       "1 json 1 \n"},
      {"a text in a mail without other fields", MIXED "--b\nContent-Type: message/rfc822\n\n\nNote: hello\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"the status of a delivery", MIXED "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"a mail in base64, labelled by its type",
       MIXED "--b\nContent-Type: message/global\n" BASE64
             "U3ViamVjdDogYQpDb250ZW50LVR5cGU6IGFwcGxpY2F0aW9uL2pzb24KCnsicG9saWNpZXMiOltd\nfQo=\n--b--\n",
       "1 json  \n"},
      {"a mail labelled by its name",
       MIXED "--b\nContent-Type: application/octet-stream; name=a.eml\n\n" INNER "--b--\n", "1 json 1 \n"},
      {"an mbox labelled by its type", MIXED "--b\nContent-Type: application/mbox\n\nFrom a 12:00\n" INNER "--b--\n",
       "1 json 1 \n"},
      {"an mbox labelled by its name",
       MIXED "--b\nContent-Type: text/plain; name=a.mbox\n\nFrom a 12:00\n" INNER "--b--\n", "1 json 1 \n"},
      {"an mbox labelled as a mail",
       MIXED "--b\nContent-Type: text/plain; name=a.eml\n\nFrom a 12:00\n" INNER "--b--\n", "1 json 1 \n"},
      {"a text that looks like a mail", MIXED "--b\nContent-Type: text/plain\n\n" INNER "--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"a text that looks like an mbox", MIXED "--b\nContent-Type: text/plain\n\nFrom a 12:00\n" INNER "--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"base64 of something that looks like an mbox, without a label", MIXED "--b\n\nRnJvbSBhIDEyOjAwCkE6IDEK\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"base64 of something that looks like a mail, without a label", MIXED "--b\n\nU3ViamVjdDogYQo=\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"a zip labelled base64", MIXED "--b\n" BASE64 "PK\x05\x06%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"uuencode", MIXED "--b\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a.json\n#>R)P\n`\nend\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"a report in uuencode",
       MIXED "--b\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a.json\n"
             "?>R)P;VQI8VEE<R(Z6UTL(G)E<&]R=\"UI9\"(Z(C$B?0  \n`\nend\n--b--\n",
       "1 json 1 \n"},
      {"a report in uuencode with a text before it, CR LF and a mode",
       MIXED "--b\nContent-Transfer-Encoding: uuencode\n\nA report:\r\n\r\nbegin 0644 a.json\r\n"
             "?>R)P;VQI8VEE<R(Z6UTL(G)E<&]R=\"UI9\"(Z(C$B?0``\r\n`\r\nend\r\n--b--\n",
       "1 json 1 \n"},
      {"uuencode without its begin",
       MIXED "--b\nContent-Transfer-Encoding: uuencode\n\n"
             "?>R)P;VQI8VEE<R(Z6UTL(G)E<&]R=\"UI9\"(Z(C$B?0  \n`\nend\n--b--\n",
       "1 json 1 \n"},
      {"uuencode of nothing", MIXED "--b\nContent-Transfer-Encoding: uuencode\n\nbegin 644 a\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"JSON labelled base64", MIXED "--b\n" BASE64 JSON "\n--b--\n", "1 json 1 \n"},
  };
  check_rows(rows, COUNT(rows));
}

/* ---- mails ---- */

static void test_mails(void **state) {
  (void)state;
  static const row rows[] = {
      {"an empty attached mail", MIXED "--b\nContent-Type: message/rfc822\n\n--b--\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"an attached mail of one line", "Content-Type: message/rfc822\n\nSubject: a\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"an empty multipart in a multipart",
       MIXED "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c--\n--b\n\n" JSON "\n--b--\n", "2 json 1 \n"},
      {"a part without content", MIXED "--b\nContent-Type: application/json\n--b\n\n" JSON "\n--b--\n", "2 json 1 \n"},
      {"an external body",
       MIXED "--b\nContent-Type: message/external-body; access-type=URL; URL=\"a\"\n\nContent-Type: "
             "application/json\n\n--b\n\n" JSON "\n--b--\n",
       "2 json 1 \n"},
      {"a partial mail", "Content-Type: message/partial; number=1; total=2; id=a\n\nSubject: a\n\n" JSON "\n",
       "1 json 1 \n"},
      {"a header that ends with CR LF", "Content-Type: application/json\r\n\r\n" JSON, "1 json 1 \n"},
      {"a header that ends the mail", "Content-Type: application/tlsrpt+json\r",
       "1 unknown TRPT_E_TRUNCATED json.not-json \n"},
      {"a field without a line end", "Subject: a", "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"CR alone, and LF at the end", "Subject: a\rContent-Type: application/json\r\r" JSON "\r\n", "1 json 1 \n"},
      {"CR alone in the header, LF in the body", "Subject: a\rContent-Type: application/json\r\r\n" JSON "\n",
       "1 json 1 \n"},
      {"CR alone in a later field",
       "Subject: a\nX: b\rContent-Type: text/plain\nContent-Type: application/json\n\n" JSON "\n", "1 json 1 \n"},
      {"two CR before LF in the first line", "Subject: a\r\r\nContent-Type: application/json\n\n" JSON "\n",
       "1 json 1 \n"},
      {"CR alone between the header and the body", "Subject: a\rContent-Type: application/json\r\r" JSON "\r",
       "1 json 1 \n"},
      {"quoted-printable JSON",
       "Content-Type: text/plain\nContent-Transfer-Encoding: "
       "quoted-printable\n\n{=22policies=22:[],=\n=22report-id=22:=221=22}\n",
       "1 json 1 \n"},
      {"an address list in a comment",
       MIXED "--b\nContent-Type: message/rfc822\n\nTo: a@b; <c@d>, e\nContent-Type: application/json\n\n" JSON
             "\n--b--\n",
       "1.1 json 1 \n"},
  };
  check_rows(rows, COUNT(rows));
}

/* The first line that may be a boundary is taken for one where the parameter is missing. */
static void test_boundaries(void **state) {
  (void)state;
#define LOST    "Subject: a\nContent-Type: multipart/mixed; boundary=lost\n\n"
#define LONGEST "1234567890123456789012345678901234567890123456789012345678901234567890"
  static const row rows[] = {
      {"a boundary of 70 bytes", LOST "--" LONGEST "\n\n" JSON "\n--" LONGEST "--\n", "1 json 1 \n"},
      {"one that is too long", LOST "--" LONGEST "1\n\n" JSON "\n",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
      {"lines that are none", LOST "-\n--\na-b\n-ab\n--a\"b\n--a\\b\n--a\tb\n--a\x7F\n--b\n\n" JSON "\n--b--\n",
       "1 json 1 \n"},
      {"the first and the last printable byte", LOST "--~ ~\n\n" JSON "\n--~ ~--\n", "1 json 1 \n"},
      {"no such line", LOST JSON "\n", "1 json 1 \n"},
      {"no body", "Subject: a\nContent-Type: multipart/mixed; boundary=lost",
       "- message TRPT_E_NO_REPORT mail.no-report-part \n"},
  };
  check_rows(rows, COUNT(rows));
}

/* ---- nesting ---- */

/* Part numbers have 127 bytes; a deeper one is cut. */
static void test_deep_numbers(void **state) {
  (void)state;
  const trpt_mail_options options = {.struct_size = sizeof options, .max_nesting = 100};
  mail_buffer mail = {0};
  mail_append_text(&mail, "Subject: a\n");
  for (int i = 0; i < 90; i++) {
    char level[100];
    snprintf(level, sizeof level, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    mail_append_text(&mail, level);
  }
  mail_append_text(&mail, "\n" JSON "\n");
  const char *items = without_diagnostics(mail_describe(mail.data, mail.len, &options));
  assert_memory_equal(items, "1.1.1.1.", 8);
  assert_non_null(strstr(items, "1 json 1 \n"));
  free(mail.data);
}

static void test_nesting(void **state) {
  (void)state;
  const trpt_mail_options flat = {.struct_size = sizeof flat, .max_nesting = 1};
  const trpt_mail_options narrow = {.struct_size = sizeof narrow, .max_header = 100};
  static const char attached[] = MIXED "--b\nContent-Type: application/octet-stream; name=a.eml\n\n" INNER "--b--\n";
  assert_string_equal(without_diagnostics(mail_describe_template(attached, &flat)),
                      "1 message TRPT_E_LIMIT max_nesting \n");
  static const char long_header[] = "A: b\nContent-Type: application/octet-stream; name=a.eml\n" BASE64
                                    "QTogMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0\n"
                                    "NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAK\n";
  assert_string_equal(without_diagnostics(mail_describe_template(long_header, &narrow)),
                      "1 message TRPT_E_LIMIT max_header \n");
}

/* Mails with a header that is too long, which claim to be reports or do not. */
static void test_refused_mails(void **state) {
  (void)state;
#define LONG_FIELD                                                                                                     \
  "A: 12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345\n"
  static const struct {
    const char *name; /* of the entry in a zip; NULL: the mail itself */
    const char *mail;
    bool is_other;
  } cases[] = {
      {NULL, "Content-Type: application/tlsrpt+json\n" LONG_FIELD "\n", false},
      {NULL, LONG_FIELD "\n", true},
      {"a.json", LONG_FIELD "\n", false},
      {"a.eml", LONG_FIELD "\n", true},
  };
  const trpt_mail_options options = {.struct_size = sizeof options, .max_header = 80};
  trpt_mail *mail;
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_OK);
  for (size_t i = 0; i < COUNT(cases); i++) {
    mail_buffer input = {0};
    const trpt_mail_item *item;
    const mail_file file = {cases[i].name, cases[i].mail, strlen(cases[i].mail)};
    if (cases[i].name)
      mail_append_zip(&input, &file, 1);
    else
      mail_append_text(&input, cases[i].mail);
    assert_int_equal(trpt_mail_open_bytes(mail, input.data, input.len), TRPT_OK);
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
    assert_int_equal(item->error->status, TRPT_E_LIMIT);
    if (item->is_other_content != cases[i].is_other) fail_msg("row %zu", i);
    trpt_mail_reset(mail);
    free(input.data);
  }
  trpt_mail_free(mail);
}

/* No limit at all. */
static void test_unlimited(void **state) {
  (void)state;
  const trpt_mail_options options = {
      .struct_size = sizeof options, .max_message = UINT64_MAX, .max_inflated = UINT64_MAX};
  assert_string_equal(mail_describe_template("%g", &options), "- gzip 1@example.net []\n");
}

/* ---- names ---- */

/* Names that are longer than any host name match nothing, and comparing them takes no time. */
static void test_long_names(void **state) {
  (void)state;
  mail_buffer mail = {0};
  mail_buffer name = {0};
  for (int i = 0; i < 200; i++) mail_append_text(&name, "ab.");
  mail_append_text(&name, "example");
  const char *const fields[] = {"From: a@", "TLS-Report-Domain: ", "TLS-Report-Submitter: "};
  for (size_t i = 0; i < COUNT(fields); i++) {
    mail_append_text(&mail, fields[i]);
    mail_append_text(&mail, name.data);
    mail_append_text(&mail, "\n");
  }
  mail_append_text(&mail, "Content-Type: application/json\n\n{\"contact-info\":\"a@");
  mail_append_text(&mail, name.data);
  mail_append_text(&mail, "\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"");
  mail_append_text(&mail, name.data);
  mail_append_text(&mail, "\"}}]}\n");
  const char *items = mail_describe(mail.data, mail.len, NULL);
  assert_non_null(strstr(items, "domain-mismatch"));
  assert_non_null(strstr(items, "submitter-mismatch"));
  assert_non_null(strstr(items, "from-mismatch"));
  free(name.data);
  free(mail.data);
}

/* ---- archives ---- */

static void test_archives(void **state) {
  (void)state;
  const mail_file files[] = {
      {"__MACOSX/a.json", "x", 1}, {"__MACOSX", "x", 1}, {".DS_Store", "x", 1}, {"a.json", JSON, strlen(JSON)}};
  mail_buffer zip = {0};
  mail_append_zip(&zip, files, COUNT(files));
  assert_string_equal(mail_describe(zip.data, zip.len, NULL), "- json 1 []\n");
  free(zip.data);

  /* Both limits at once: the second report inflates too far and is one too many. */
  mail_buffer gzip = {0};
  mail_buffer both = {0};
  mail_append_gzip(&gzip, JSON, strlen(JSON));
  mail_append_text(&both, MIXED);
  for (int i = 0; i < 3; i++) {
    mail_append_text(&both, "--b\nContent-Type: application/gzip\n" BASE64);
    mail_append_base64(&both, &gzip);
    mail_append_text(&both, "\n");
  }
  const trpt_mail_options options = {
      .struct_size = sizeof options, .max_inflated = strlen(JSON) + 1, .max_reports = 1, .max_entries = 1};
  const char *items = without_diagnostics(mail_describe(both.data, both.len, &options));
  assert_string_equal(items, "1 gzip 1 \n2 gzip TRPT_E_LIMIT max_entries \n");
  free(both.data);
  free(gzip.data);
}

/* A name that is not UTF-8. */
static void test_entry_name(void **state) {
  (void)state;
  const mail_file files[] = {{"\xFF\xFE.json", JSON, strlen(JSON)}};
  mail_buffer tar = {0};
  trpt_mail *mail;
  const trpt_mail_item *item;
  mail_append_tar(&tar, files, 1);
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, tar.data, tar.len), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_non_null(item->report);
  assert_int_equal(item->entry.len, 7);
  assert_memory_equal(item->entry.ptr, files[0].name, 7);
  trpt_mail_free(mail);
  free(tar.data);
}

static void test_other_kinds(void **state) {
  (void)state;
  static const row rows[] = {
      {"an Outlook file", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "- outlook TRPT_E_NO_REPORT \n"},
      {"HTML", "<!DOCTYPE html><p>", "- html TRPT_E_NO_REPORT \n"},
      {"UTF-16", "\xFF\xFE{%0}%0", "- wide-json TRPT_E_JSON \n"},
      {"DMARC", "<?xml version=\"1.0\"?><feedback>", "- dmarc TRPT_E_NO_REPORT \n"},
  };
  check_rows(rows, COUNT(rows));
}

/* A position within an attached mail is that in the file, also behind empty lines and where the boundary is missing. */
static void test_inner_positions(void **state) {
  (void)state;
  static const char *const blanks[] = {"", "\n\n\n"};
  static const char *const types[] = {"multipart/mixed; boundary=o", "multipart/mixed"};
  for (size_t i = 0; i < COUNT(blanks) * COUNT(types); i++) {
    char text[1024];
    const char *blank = blanks[i / COUNT(types)];
    snprintf(text, sizeof text,
             "%sFrom: a@example.net\nContent-Type: %s\n\n--o\nContent-Type: message/rfc822\n\n" /* six lines */
             "From: tls@example.net\nContent-Type: application/tlsrpt+json\n\n" JSON "\n--o--\n",
             blank, types[i % COUNT(types)]);
    trpt_mail *mail;
    const trpt_mail_item *item;
    assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
    assert_int_equal(trpt_mail_open_bytes(mail, text, strlen(text)), TRPT_OK);
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
    uint32_t found = 0;
    for (uint32_t k = 0; k < item->diagnostic_count; k++) {
      const trpt_diagnostic *d = trpt_mail_diagnostic(mail, k);
      if (strcmp(d->code, "mail.uncompressed") != 0) continue;
      assert_int_equal(d->line, 8 + strlen(blank));
      found++;
    }
    assert_int_equal(found, 1);
    trpt_mail_free(mail);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_labels),        cmocka_unit_test(test_inner_positions), cmocka_unit_test(test_mails),
      cmocka_unit_test(test_boundaries),    cmocka_unit_test(test_deep_numbers),    cmocka_unit_test(test_nesting),
      cmocka_unit_test(test_refused_mails), cmocka_unit_test(test_unlimited),       cmocka_unit_test(test_long_names),
      cmocka_unit_test(test_archives),      cmocka_unit_test(test_entry_name),      cmocka_unit_test(test_other_kinds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
