/* SPDX-License-Identifier: MIT */
/* gzip around anything: a tar, an mbox, a mail that is stored compressed, a zip, gzip; as an input, in a mail and in an archive. Each
   is read whole and in chunks. */

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
#define MBOX_LINE    "From a@example.net Mon Mar  2 01:02:03 2026\n"
#define JSON_REPORT  "{\"policies\":[],\"report-id\":\"1\"}"
#define TWO_LINES    "- json 1 []\n- json 1 []\n"

/* ---- inputs ---- */

static mail_buffer from_template(const char *template) {
  mail_buffer out = {0};
  out.data = mail_make(template, &out.len);
  return out;
}

/* Frees `in`. */
static mail_buffer gzip(mail_buffer in) {
  mail_buffer out = {0};
  mail_append_gzip(&out, in.data, in.len);
  free(in.data);
  return out;
}

static mail_buffer tar_of_reports(void) {
  mail_buffer out = {0};
  const mail_file files[] = {{"a.json", JSON_REPORT, strlen(JSON_REPORT)},
                             {"b.json", JSON_REPORT, strlen(JSON_REPORT)}};
  mail_append_tar(&out, files, COUNT(files));
  return out;
}

static mail_buffer zip_of_reports(void) {
  mail_buffer out = {0};
  const mail_file files[] = {{"a.json", JSON_REPORT, strlen(JSON_REPORT)},
                             {"b.json", JSON_REPORT, strlen(JSON_REPORT)}};
  mail_append_zip(&out, files, COUNT(files));
  return out;
}

static mail_buffer mbox(void) { return from_template(MBOX_LINE MAIL_GOOD "\n" MBOX_LINE MAIL_GOOD); }

static mail_buffer part_of(const char *fields, mail_buffer content) {
  mail_buffer out = {0};
  mail_append_text(&out, "From: a@example.net\nSubject: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n");
  mail_append_text(&out, fields);
  mail_append_text(&out, "Content-Transfer-Encoding: base64\n\n");
  mail_append_base64(&out, &content);
  mail_append_text(&out, "\n--b--\n");
  free(content.data);
  return out;
}

/* ---- what comes out ---- */

/* Frees the input. */
static void check(mail_buffer input, const trpt_mail_options *options, const char *expected, const char *why) {
  const char *items = mail_describe(input.data, input.len, options);
  if (strcmp(items, expected) != 0) fail_msg("%s:\n%sinstead of\n%s", why, items, expected);
  free(input.data);
}

static size_t count_of(const char *text, const char *part) {
  size_t count = 0;
  for (const char *p = text; (p = strstr(p, part)); p += strlen(part)) count++;
  return count;
}

static void check_count(mail_buffer input, size_t reports, size_t errors, const char *why) {
  const char *items = mail_describe(input.data, input.len, NULL);
  const size_t bad = count_of(items, "TRPT_E_");
  if (count_of(items, "]\n") - bad != reports || bad != errors) fail_msg("%s:\n%s", why, items);
  free(input.data);
}

/* ---- gzip around an input ---- */

static void test_inputs(void **state) {
  (void)state;
#define TWICE " [gzip-in-gzip]\n"
  check(gzip(tar_of_reports()), NULL, TWO_LINES, ".tar.gz");
  check(gzip(zip_of_reports()), NULL, TWO_LINES, ".zip.gz");
  check(gzip(from_template(MAIL_GOOD)), NULL, "2 gzip 1@example.net []\n", "a mail that is stored compressed");
  check(gzip(mbox()), NULL, "2 gzip 1@example.net []\n2 gzip 1@example.net []\n", ".mbox.gz");
  check(gzip(gzip(from_template("%J"))), NULL, "- gzip 1@example.net [gzip-in-gzip]\n", ".json.gz.gz");
  check(gzip(gzip(tar_of_reports())), NULL, "- json 1" TWICE "- json 1" TWICE, ".tar.gz.gz");
  check(gzip(gzip(from_template(MAIL_GOOD))), NULL, "2 gzip 1@example.net" TWICE, "a mail that is compressed twice");
  check(gzip(gzip(mbox())), NULL, "2 gzip 1@example.net" TWICE "2 gzip 1@example.net" TWICE, ".mbox.gz.gz");
  check(gzip(from_template("%J")), NULL, "- gzip 1@example.net []\n", "a report is as before");
  check(gzip(from_template("words\n")), NULL, "- unknown TRPT_E_JSON json.not-json []\n", "text");
  check(gzip(from_template("Subject: a\n\nwords\n")), NULL,
        "- message TRPT_E_NO_REPORT mail.no-report-part [no-report-part]\n", "a mail without a report");
  check(gzip(from_template("BZh91AY")), NULL, "- bzip2 TRPT_E_UNSUPPORTED mail.unsupported-compression []\n",
        "another compression");
}

/* Whether content without a report is passed over depends on what contains it, and gzip contains nothing by itself. */
static void test_containers(void **state) {
  (void)state;
  const struct {
    mail_buffer input;
    trpt_mail_kind container;
  } rows[] = {
      {tar_of_reports(), TRPT_MAIL_KIND_TAR},
      {gzip(tar_of_reports()), TRPT_MAIL_KIND_TAR},
      {gzip(gzip(tar_of_reports())), TRPT_MAIL_KIND_TAR},
      {gzip(gzip(gzip(mbox()))), TRPT_MAIL_KIND_MBOX},
      {gzip(zip_of_reports()), TRPT_MAIL_KIND_ZIP},
      {gzip(gzip(zip_of_reports())), TRPT_MAIL_KIND_ZIP},
      {gzip(from_template("%J")), TRPT_MAIL_KIND_GZIP},
      {gzip(gzip(from_template("%J"))), TRPT_MAIL_KIND_GZIP},
      {gzip(from_template(MAIL_GOOD)), TRPT_MAIL_KIND_GZIP},
  };
  trpt_mail *mail;
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  for (size_t i = 0; i < COUNT(rows); i++) {
    assert_int_equal(trpt_mail_open_bytes(mail, rows[i].input.data, rows[i].input.len), TRPT_OK);
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
    if (item->container != rows[i].container)
      fail_msg("row %zu: %s, not %s", i, trpt_mail_kind_name(item->container), trpt_mail_kind_name(rows[i].container));
    free(rows[i].input.data);
  }
  trpt_mail_free(mail);
}

static void test_members(void **state) {
  (void)state;
  mail_buffer tar = gzip(tar_of_reports());
  mail_buffer mails = gzip(mbox());
  mail_buffer out = {0};
  const mail_file files[] = {{"a.tar.gz", tar.data, tar.len}, {"b.mbox.gz", mails.data, mails.len}};
  mail_append_tar(&out, files, COUNT(files));
  check_count(out, 4, 0, "a tar of .tar.gz and .mbox.gz");
  out = (mail_buffer){0};
  mail_append_zip(&out, files, COUNT(files));
  check_count(out, 4, 0, "a zip of both");
  out = (mail_buffer){0};
  mail_append_tar(&out, files, COUNT(files));
  check_count(gzip(out), 4, 0, "a .tar.gz of both");
  free(tar.data);
  free(mails.data);
}

static void test_parts(void **state) {
  (void)state;
  const char *const labels[] = {"Content-Type: application/gzip\n", "Content-Type: application/tlsrpt+gzip\n",
                                "Content-Type: text/plain; name=report.json.gz\n", ""};
  for (size_t i = 0; i < COUNT(labels); i++) {
    check_count(part_of(labels[i], gzip(tar_of_reports())), 2, 0, ".tar.gz in a mail");
    check_count(part_of(labels[i], gzip(zip_of_reports())), 2, 0, ".zip.gz in a mail");
    check_count(part_of(labels[i], gzip(from_template(MAIL_GOOD))), 1, 0, ".eml.gz in a mail");
    check_count(part_of(labels[i], gzip(mbox())), 2, 0, ".mbox.gz in a mail");
    check_count(part_of(labels[i], gzip(gzip(from_template("%J")))), 1, 0, ".json.gz.gz in a mail");
  }
  check_count(part_of(labels[1], gzip(from_template("Subject: a\n\nwords\n"))), 0, 1,
              "something else that is labelled as a report is an error");
  check_count(part_of(labels[1], gzip(from_template("words\n"))), 0, 1, "and so is text");
}

/* ---- broken gzip ---- */

/* Wherever the data is cut, the reports before come out, and then an error. */
static void test_cuts(void **state) {
  (void)state;
  mail_buffer (*const makes[])(void) = {tar_of_reports, zip_of_reports, mbox};
  for (size_t k = 0; k < COUNT(makes); k++) {
    mail_buffer whole = gzip(makes[k]());
    for (size_t cut = 3; cut < whole.len; cut += cut < whole.len - 20 ? 7 : 1) {
      const char *items = mail_describe(whole.data, cut, NULL);
      const size_t errors = count_of(items, "TRPT_E_");
      if (!errors || !strstr(items, "gzip.truncated")) fail_msg("kind %zu cut at %zu:\n%s", k, cut, items);
    }
    free(whole.data);
  }
  mail_buffer tar = gzip(tar_of_reports());
  const char *items = mail_describe(tar.data, tar.len - 1, NULL);
  assert_string_equal(items, TWO_LINES "- gzip TRPT_E_TRUNCATED gzip.truncated []\n");
  tar.data[tar.len - 8] ^= 1;
  items = mail_describe(tar.data, tar.len, NULL);
  assert_string_equal(items, TWO_LINES "- gzip TRPT_E_COMPRESSION gzip.bad-crc []\n");
  free(tar.data);

  mail_buffer mail = gzip(from_template(MAIL_GOOD));
  mail.data[mail.len - 8] ^= 1;
  check(mail, NULL, "- gzip TRPT_E_COMPRESSION gzip.bad-crc []\n", "a mail whose checksum is wrong");
}

/* Where the gzip data is broken: in the compressed bytes. */
static void test_offset(void **state) {
  (void)state;
  mail_buffer tar = gzip(tar_of_reports());
  trpt_mail *mail;
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, tar.data, tar.len - 3), TRPT_OK);
  for (int i = 0; i < 3; i++) assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_int_equal(item->error->offset, tar.len - 3);
  assert_string_equal(item->error->message, trpt_diagnostic_message("gzip.truncated"));
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_END);
  trpt_mail_free(mail);
  free(tar.data);
}

/* ---- limits ---- */

static void test_limits(void **state) {
  (void)state;
  mail_buffer mail_text = from_template(MAIL_GOOD);
  const trpt_mail_options short_mails = {.struct_size = sizeof short_mails, .max_message = mail_text.len - 1};
  const trpt_mail_options small = {.struct_size = sizeof small, .max_inflated = 500};
  const trpt_mail_options ratio = {.struct_size = sizeof ratio, .max_ratio = 3};
  check(gzip(mail_text), &short_mails, "- message TRPT_E_LIMIT max_message []\n", "a mail longer than max_message");
  mail_buffer reports = {0};
  for (int i = 0; i < 5; i++)
    mail_append_text(&reports, MBOX_LINE "Content-Type: application/json\n\n" JSON_REPORT "\n\n");
  const char *items = mail_describe(reports.data, reports.len, NULL);
  assert_int_equal(count_of(items, "1 json 1"), 5);
  check(gzip(gzip(reports)), &small, "- gzip TRPT_E_LIMIT max_inflated [gzip-in-gzip]\n",
        "max_inflated bounds gzip in gzip");

  /* An mbox around many mails is bounded by the ratio alone. */
  mail_buffer many = {0};
  for (unsigned i = 0; i < 20000; i++) {
    char text[200];
    snprintf(text, sizeof text, MBOX_LINE "Subject: %x\n\nThis is mail %u\n\n", i * 2654435761U, i);
    mail_append_text(&many, text);
  }
  mail_append_text(&many, MBOX_LINE "Content-Type: application/json\n\n" JSON_REPORT "\n");
  mail_buffer compressed = gzip(many);
  trpt_mail *mail;
  const trpt_mail_item *item = NULL;
  const trpt_mail_options *const options[] = {&small, &ratio};
  for (size_t i = 0; i < COUNT(options); i++) {
    trpt_status last = TRPT_OK;
    assert_int_equal(trpt_mail_new(&mail, options[i]), TRPT_OK);
    assert_int_equal(trpt_mail_open_bytes(mail, compressed.data, compressed.len), TRPT_OK);
    while (trpt_mail_next(mail, &item) == TRPT_OK) {
      last = item->error ? item->error->status : TRPT_OK;
      if (last == TRPT_E_LIMIT) assert_non_null(strstr(item->error->message, "max_ratio (3)"));
    }
    assert_int_equal(last, i ? TRPT_E_LIMIT : TRPT_OK);
    trpt_mail_free(mail);
  }
  free(compressed.data);
}

/* Several members, a file name in the header, and content that inflates from very little. */
static void test_forms(void **state) {
  (void)state;
  static char blanks[300000];
  memset(blanks, ' ', sizeof blanks - 1);
  mail_buffer text = from_template("Subject: a\nContent-Type: application/tlsrpt+json\n\n");
  mail_append_text(&text, blanks);
  mail_append_text(&text, JSON_REPORT);
  check_count(gzip(text), 1, 0, "a mail of 300,000 blanks");
  /* The compressed bytes may end while the last inflated ones do not fit into a window. */
  for (size_t len = 65536; len < 65536 + 300; len += 9) {
    text = from_template("Subject: a\n\n");
    mail_append(&text, blanks, len - text.len);
    check(gzip(text), NULL, "- message TRPT_E_NO_REPORT mail.no-report-part [no-report-part]\n", "a mail of a window");
  }
  check(gzip(from_template("\"text\"")), NULL, "- unknown TRPT_E_SCHEMA json.not-object []\n",
        "a JSON text that is no object");

  const char *const mails[] = {"Subject: a\nContent-Type: application/json\n\n", JSON_REPORT "\n"};
  mail_buffer members = {0};
  for (size_t i = 0; i < COUNT(mails); i++) mail_append_gzip(&members, mails[i], strlen(mails[i]));
  check_count(members, 1, 0, "a mail in two members");

  /* The first member is as long as what shows the kind. */
  mail_buffer long_member = from_template("Subject: a\nContent-Type: application/json\n\n");
  while (long_member.len < 2048) mail_append_text(&long_member, " ");
  members = gzip(long_member);
  mail_append_gzip(&members, JSON_REPORT, strlen(JSON_REPORT));
  check_count(members, 1, 0, "a mail in two members, the first of 2,048 bytes");

  mail_buffer stored = gzip(from_template(MAIL_GOOD));
  mail_buffer named = {0};
  mail_append(&named, stored.data, 10);
  named.data[3] = 8; /* FNAME */
  mail_append(&named, "mail", 5);
  mail_append(&named, stored.data + 10, stored.len - 10);
  free(stored.data);
  check(named, NULL, "2 gzip 1@example.net []\n", "a file name in the header");
}

static void test_nesting(void **state) {
  (void)state;
  const trpt_mail_options options = {.struct_size = sizeof options, .max_nesting = 3};
  mail_buffer in = from_template("%J");
  for (int i = 0; i < 10; i++) in = gzip(in);
  check(in, &options, "- gzip TRPT_E_LIMIT max_nesting [gzip-in-gzip]\n", "gzip in gzip in gzip ...");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_inputs), cmocka_unit_test(test_containers), cmocka_unit_test(test_members),
      cmocka_unit_test(test_parts),  cmocka_unit_test(test_cuts),       cmocka_unit_test(test_offset),
      cmocka_unit_test(test_limits), cmocka_unit_test(test_nesting),    cmocka_unit_test(test_forms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
