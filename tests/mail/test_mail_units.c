/* SPDX-License-Identifier: MIT */
/* What one mail, one entry of a tar or any other file may cost: items, archive entries and inflated bytes have one budget, however
   they are nested, and the next mail or entry has its own. Positions in a mail with many lines and many items. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mail_cases.h"

#define COUNT(array)  (sizeof array / sizeof array[0])
#define MIXED         "From: a@example.net\nSubject: a\nContent-Type: multipart/mixed; boundary=b\n\n"
#define ZIP_PART      "--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n"
#define MBOX_LINE     "From a@example.net Mon Mar  2 01:02:03 2026\n"
#define REPORT(blank) "{\"policies\":[],\"report-id\":\"1\"" blank "}"

/* ---- inputs ---- */

/* A zip of `count` files with the same content. */
static mail_buffer zip_of(const char *suffix, const void *data, size_t len, size_t count) {
  mail_buffer out = {0};
  mail_file *files = calloc(count, sizeof *files);
  char(*names)[32] = calloc(count, sizeof *names);
  for (size_t i = 0; i < count; i++) {
    snprintf(names[i], sizeof names[i], "%zu%s", i, suffix);
    files[i] = (mail_file){names[i], data, len};
  }
  mail_append_zip(&out, files, count);
  free(files);
  free(names);
  return out;
}

static mail_buffer gzip_of(const void *data, size_t len) {
  mail_buffer out = {0};
  mail_append_gzip(&out, data, len);
  return out;
}

/* A report whose JSON text has `size` bytes, most of them blanks. */
static mail_buffer blank_report(size_t size) {
  mail_buffer out = {0};
  static const char begin[] = "{\"policies\":[],\"report-id\":\"1\"";
  mail_append_text(&out, begin);
  for (size_t i = sizeof begin; i < size; i++) mail_append(&out, " ", 1);
  mail_append_text(&out, "}");
  return out;
}

static mail_buffer mail_of(const mail_buffer *archive) {
  mail_buffer out = {0};
  mail_append_text(&out, MIXED ZIP_PART);
  mail_append_base64(&out, archive);
  mail_append_text(&out, "\n--b--\n");
  return out;
}

static mail_buffer mbox_of(const mail_buffer *mail, size_t count) {
  mail_buffer out = {0};
  for (size_t i = 0; i < count; i++) {
    mail_append_text(&out, MBOX_LINE);
    mail_append(&out, mail->data, mail->len);
    mail_append_text(&out, "\n");
  }
  return out;
}

static mail_buffer tar_of(const char *name, const mail_buffer *file, size_t count) {
  mail_buffer out = {0};
  const mail_file files[] = {{name, file->data, file->len}, {name, file->data, file->len}};
  assert_true(count <= COUNT(files));
  mail_append_tar(&out, files, count);
  return out;
}

/* ---- what comes out ---- */

static size_t count_of(const char *text, const char *part) {
  size_t count = 0;
  for (const char *p = text; (p = strstr(p, part)); p += strlen(part)) count++;
  return count;
}

/* Frees the input. */
static void check_items(mail_buffer input, const trpt_mail_options *options, size_t reports, size_t broken,
                        size_t limited, const char *why) {
  const char *items = mail_describe(input.data, input.len, options);
  const size_t all = count_of(items, "]\n");
  const size_t errors = count_of(items, "TRPT_E_");
  const size_t limits = count_of(items, "TRPT_E_LIMIT");
  if (all - errors != reports || errors - limits != broken || limits != limited)
    fail_msg("%s: %zu reports, %zu errors, %zu limits instead of %zu, %zu, %zu:\n%.1000s", why, all - errors,
             errors - limits, limits, reports, broken, limited, items);
  free(input.data);
}

/* ---- items ---- */

static void test_items(void **state) {
  (void)state;
  const trpt_mail_options three = {.struct_size = sizeof three, .max_reports = 3, .max_entries = 100};
  const trpt_mail_options entries = {.struct_size = sizeof entries, .max_reports = 2, .max_entries = 4};
  mail_buffer broken = zip_of(".json", "{", 1, 5);
  mail_buffer good = zip_of(".json", REPORT(""), strlen(REPORT("")), 5);
  mail_buffer few = zip_of(".json", "{", 1, 3);
  mail_buffer mail = mail_of(&broken);
  check_items(mail_of(&broken), &three, 0, 3, 1, "broken reports count too");
  check_items(mail_of(&few), &three, 0, 3, 0, "as many as max_reports");
  check_items(mail_of(&good), &three, 3, 0, 1, "readable reports count");
  check_items(mbox_of(&mail, 3), &three, 0, 9, 3, "each mail of an mbox has its own count");
  check_items(tar_of("a.eml", &mail, 2), &three, 0, 6, 2, "each mail of a tar has its own count");
  free(mail.data);

  mail_buffer nested = zip_of(".zip", few.data, few.len, 2);
  check_items(mail_of(&nested), &three, 0, 3, 1, "one count for all archives of a mail");
  check_items(zip_of(".json", "{", 1, 4), &entries, 0, 4, 0, "as many as max_entries");
  check_items(zip_of(".json", "{", 1, 5), &entries, 0, 4, 1, "more entries than max_entries");
  check_items(zip_of(".zip", few.data, few.len, 2), &entries, 0, 3, 1, "entries of all zips of a file count");
  check_items(tar_of("a.zip", &few, 2), &entries, 0, 6, 0, "each entry of a tar has its own count");
  mail_buffer texts = mail_of(&few);
  check_items(zip_of(".eml", texts.data, texts.len, 2),
              &(trpt_mail_options){.struct_size = sizeof three, .max_entries = 8}, 0, 6, 0,
              "mails in a zip share its count of entries");
  check_items(zip_of(".eml", texts.data, texts.len, 2),
              &(trpt_mail_options){.struct_size = sizeof three, .max_entries = 7}, 0, 5, 1, "and exceed it together");
  check_items(zip_of(".eml", texts.data, texts.len, 2),
              &(trpt_mail_options){.struct_size = sizeof three, .max_entries = 20, .max_reports = 2}, 0, 4, 2,
              "each mail in a zip is also limited by max_reports");
  free(texts.data);
  free(nested.data);
  free(few.data);
  free(good.data);
  free(broken.data);
}

/* Many reports outside of archives: the sum is limited even where each mail is within its limit. */
static void test_items_of_a_file(void **state) {
  (void)state;
  mail_buffer mail = {0};
  mail_append_text(&mail, MIXED);
  for (int i = 0; i < 3; i++) mail_append_text(&mail, "--b\n\n" REPORT("") "\n");
  const trpt_mail_options options = {.struct_size = sizeof options, .max_entries = 5, .max_reports = 4};
  check_items(zip_of(".eml", mail.data, mail.len, 3), &options, 5, 0, 1, "two mails, and the next one exceeds 5 items");
  free(mail.data);
}

/* ---- inflated bytes ---- */

static void test_inflated(void **state) {
  (void)state;
  const trpt_mail_options options = {.struct_size = sizeof options, .max_inflated = 10000};
  mail_buffer text = blank_report(4000);
  mail_buffer gzip = gzip_of(text.data, text.len);
  mail_buffer zip = zip_of(".json.gz", gzip.data, gzip.len, 3);
  mail_buffer two = zip_of(".json.gz", gzip.data, gzip.len, 2);
  mail_buffer mail = mail_of(&zip);
  mail_buffer good = mail_of(&two);
  check_items(mail_of(&two), &options, 2, 0, 0, "two reports of 4,000 bytes are within 10,000");
  check_items(mail_of(&zip), &options, 2, 0, 1, "the third exceeds it");
  check_items(mbox_of(&mail, 2), &options, 4, 0, 2, "each mail of an mbox has its own budget");
  check_items(mbox_of(&good, 3), &options, 6, 0, 0, "and none is charged for another");
  check_items(tar_of("a.zip", &two, 2), &options, 4, 0, 0, "each entry of a tar has its own budget");
  check_items(tar_of("a.zip", &zip, 2), &options, 4, 0, 2, "and its own end");
  check_items(zip_of(".json.gz", gzip.data, gzip.len, 5), &options, 2, 0, 1,
              "a zip is one file, and is not read further");
  check_items(zip_of(".zip", two.data, two.len, 2), &options, 2, 0, 1, "also with zips in it");
  check_items(zip_of(".json", text.data, text.len, 3), &options, 2, 0, 1, "bytes inflated by the zip count too");

  mail_buffer parts = {0};
  mail_append_text(&parts, MIXED);
  for (int i = 0; i < 5; i++) {
    mail_append_text(&parts, ZIP_PART);
    mail_append_base64(&parts, &gzip);
    mail_append_text(&parts, "\n");
  }
  check_items(parts, &options, 2, 0, 1, "parts of a mail share its budget");
  free(good.data);
  free(mail.data);
  free(two.data);
  free(zip.data);
  free(gzip.data);
  free(text.data);
}

/* A small mail that would inflate to gigabytes. The first MiB is not compared with its length. */
static void test_ratio(void **state) {
  (void)state;
  mail_buffer text = blank_report(1000000);
  mail_buffer gzip = gzip_of(text.data, text.len);
  mail_buffer zip = zip_of(".json.gz", gzip.data, gzip.len, 300);
  mail_buffer two_zips = zip_of(".zip", zip.data, zip.len, 2);
  mail_buffer mail = mail_of(&two_zips);
  const char *items = mail_describe(mail.data, mail.len, NULL);
  const size_t reports = count_of(items, "json 1") + count_of(items, "gzip 1");
  assert_true(reports >= 1 && reports <= 1 + mail.len * 200 / text.len);
  assert_int_equal(count_of(items, "TRPT_E_"), 1);
  assert_non_null(strstr(items, "TRPT_E_LIMIT"));
  free(mail.data);
  free(two_zips.data);
  free(zip.data);
  free(gzip.data);
  free(text.data);
}

/* ---- positions ---- */

/* Line and column, counted from the beginning. */
static void check_position(const mail_buffer *mail, const trpt_diagnostic *d) {
  uint32_t line = 1;
  size_t begin = 0;
  for (size_t i = 0; i < d->offset && i < mail->len; i++)
    if (mail->data[i] == '\n') line++, begin = i + 1;
  if (d->line != line || d->column != d->offset - begin + 1)
    fail_msg("%s at %zu: line %u, column %u instead of line %u, column %zu", d->code, (size_t)d->offset, d->line,
             d->column, line, (size_t)d->offset - begin + 1);
}

static void test_positions(void **state) {
  (void)state;
  static const char *const texts[] = {"\n", "x\n", "a line of a text that is long enough\r\n", "x"};
  static const size_t counts[] = {0, 1, 1000, 1023, 1024, 1025, 5000};
  mail_buffer zip = zip_of(".json", "{", 1, 3);
  trpt_mail *mail;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  for (size_t t = 0; t < COUNT(texts); t++)
    for (size_t i = 0; i < COUNT(counts); i++) {
      const trpt_mail_item *item;
      mail_buffer out = {0};
      size_t items = 0;
      mail_append_text(&out, MIXED "--b\n\n");
      for (size_t k = 0; k < counts[i]; k++) mail_append_text(&out, texts[t]);
      mail_append_text(&out, "\n" ZIP_PART);
      mail_append_base64(&out, &zip);
      mail_append_text(&out, "\n--b--\n");
      assert_int_equal(trpt_mail_open_bytes(mail, out.data, out.len), TRPT_OK);
      for (; trpt_mail_next(mail, &item) == TRPT_OK; items++) {
        uint64_t last = 0;
        for (uint32_t k = 0; k < item->diagnostic_count; k++) {
          const trpt_diagnostic *d = trpt_mail_diagnostic(mail, k);
          check_position(&out, d);
          last = d->offset;
        }
        assert_true(last > counts[i] * strlen(texts[t])); /* the Content-Type of the zip is one of them */
      }
      assert_int_equal(items, 3);
      free(out.data);
    }
  trpt_mail_free(mail);
  free(zip.data);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_items), cmocka_unit_test(test_items_of_a_file), cmocka_unit_test(test_inflated),
      cmocka_unit_test(test_ratio), cmocka_unit_test(test_positions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
