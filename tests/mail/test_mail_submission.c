/* SPDX-License-Identifier: MIT */
/* Mails named by trpt_report_filename and trpt_report_subject, read back: libtrpt-mail has nothing to say about them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include <tlsrpt/mail.h>
#include <tlsrpt/writer.h>

typedef struct text {
  char bytes[8192];
  size_t len;
} text;

static int append(void *user, const char *data, size_t len) {
  text *to = user;
  assert_true(len <= sizeof to->bytes - to->len);
  memcpy(to->bytes + to->len, data, len);
  to->len += len;
  return 0;
}

static trpt_str str(const char *from) { return (trpt_str){from, strlen(from)}; }

static void write_report(text *json, const trpt_submission *submission) {
  char memory[8192], contact[300];
  trpt_writer *writer;
  snprintf(contact, sizeof contact, "tls@%.*s", (int)submission->submitter.len, submission->submitter.ptr);
  const trpt_metadata metadata = {.organization_name = str("Sender"),
                                  .contact_info = str(contact),
                                  .report_id = submission->report_id,
                                  .start = submission->start,
                                  .end = submission->end};
  const trpt_policy policy = {.type = TRPT_POLICY_NO_POLICY_FOUND,
                              .domain = submission->domain,
                              .present = TRPT_POLICY_HAS_POLICY | TRPT_POLICY_HAS_SUCCESSFUL | TRPT_POLICY_HAS_FAILED};
  json->len = 0;
  assert_int_equal(trpt_writer_init(&writer, memory, sizeof memory, 0, append, json), TRPT_OK);
  assert_int_equal(trpt_writer_metadata(writer, &metadata), TRPT_OK);
  assert_int_equal(trpt_writer_policy(writer, &policy), TRPT_OK);
  assert_int_equal(trpt_writer_end(writer), TRPT_OK);
}

static void compress_report(text *out, text *json) {
  z_stream z = {.next_in = (Bytef *)json->bytes, .avail_in = (uInt)json->len};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_out = (Bytef *)out->bytes;
  z.avail_out = sizeof out->bytes;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  out->len = sizeof out->bytes - z.avail_out;
  deflateEnd(&z);
}

static void add(text *to, const char *what) { append(to, what, strlen(what)); }
static void add_field(text *to, const char *name, trpt_str value, const char *end) {
  add(to, name);
  append(to, value.ptr, value.len);
  add(to, end);
}

/* The mail that a sender makes, RFC 8460 s5.3. */
static void write_mail(text *mail, const trpt_submission *submission, const char *extra_diagnostic) {
  static text json, gzip;
  char filename[600], subject[2000];
  const bool is_plain = submission->flags & TRPT_SUBMISSION_PLAIN;
  assert_int_equal(trpt_report_filename(submission, filename, sizeof filename, NULL), TRPT_OK);
  assert_int_equal(trpt_report_subject(submission, subject, sizeof subject, NULL), TRPT_OK);
  assert_int_equal(is_plain, extra_diagnostic[0] != 0);
  write_report(&json, submission);
  compress_report(&gzip, &json);
  mail->len = 0;
  add_field(mail, "From: tls@", submission->submitter, "\r\n");
  add_field(mail, "Subject: ", str(subject), "\r\n");
  add_field(mail, "TLS-Report-Domain: ", submission->domain, "\r\n");
  add_field(mail, "TLS-Report-Submitter: ", submission->submitter, "\r\n");
  add(mail, "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=tlsrpt; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n--b\r\nContent-Type: application/tlsrpt+");
  add(mail, is_plain ? "json" : "gzip");
  add_field(mail, "\r\nContent-Transfer-Encoding: binary\r\nContent-Disposition: attachment; filename=\"",
            str(filename), "\"\r\n\r\n");
  append(mail, is_plain ? json.bytes : gzip.bytes, is_plain ? json.len : gzip.len);
  add(mail, "\r\n--b--\r\n");
}

static const struct {
  const char *submitter;
  const char *domain;
  const char *unique_id; /* NULL: none */
  const char *report_id;
  uint32_t flags;
  const char *diagnostic; /* the only one; "": none */
} rows[] = {
    {"sender.example", "example.com", NULL, "2026-03-01", 0, ""},
    {"sender.example", "example.com", "1", "2026-03-01@mail.sender.example", 0, ""},
    {"sender.example", "xn--bcher-kva.example", "aZ09", "!#$%&'*+-/=?^_`{|}~.x", 0, ""},
    {"a.b.c.d.sender.example", "mail.example.com", NULL, "2026-03-01_example.com", 0, ""},
    {"sender.example", "example.com", NULL, "2026-03-01", TRPT_SUBMISSION_PLAIN, "mail.uncompressed"},
};

static void test_read_back(void **state) {
  static text mail_text;
  trpt_mail *mail;
  (void)state;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const trpt_submission submission = {.struct_size = sizeof submission,
                                        .submitter = str(rows[i].submitter),
                                        .domain = str(rows[i].domain),
                                        .start = 1772323200,
                                        .end = 1772409599,
                                        .unique_id = rows[i].unique_id ? str(rows[i].unique_id) : (trpt_str){NULL, 0},
                                        .report_id = str(rows[i].report_id),
                                        .flags = rows[i].flags};
    const trpt_mail_item *item;
    write_mail(&mail_text, &submission, rows[i].diagnostic);
    assert_int_equal(trpt_mail_open_bytes(mail, mail_text.bytes, mail_text.len), TRPT_OK);
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
    assert_non_null(item->report);
    for (uint32_t k = 0; k < item->diagnostic_count; k++)
      if (strcmp(trpt_mail_diagnostic(mail, k)->code, rows[i].diagnostic) != 0)
        fail_msg("row %zu: %s", i, trpt_mail_diagnostic(mail, k)->code);
    assert_int_equal(item->diagnostic_count, rows[i].diagnostic[0] != 0);
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_END);
  }
  trpt_mail_free(mail);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_read_back)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
