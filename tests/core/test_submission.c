/* SPDX-License-Identifier: MIT */
/* File names and subjects of reports that are sent: each rule, with an input on both sides of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/writer.h>

#define STR(literal)                                                                                                   \
  { literal, sizeof literal - 1 }
#define L63      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LONGEST  L63 "." L63 "." L63 "." L63 /* 255 bytes: two too many */
#define TEN      "0123456789"
#define HUNDRED  TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define TOO_LONG HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED "0"

/* A submission in which nothing is wrong, and those that differ from it. */
#define SUBMISSION(by, about, from, to)                                                                                \
  .struct_size = sizeof(trpt_submission), .submitter = STR(by), .domain = STR(about), .start = from, .end = to
#define SENDER          "sender.example"
#define ABOUT           "example.com"
#define GOOD            TIMES(1772323200, 1772409599)
#define TIMES(from, to) SUBMISSION(SENDER, ABOUT, from, to)
#define DOMAIN(about)   SUBMISSION(SENDER, about, 1772323200, 1772409599)
#define SUBMITTER(by)   SUBMISSION(by, ABOUT, 1772323200, 1772409599)
#define NAME            "sender.example!example.com!1772323200!1772409599"
#define HEAD            "Report Domain: example.com Submitter: sender.example Report-ID: "

static const struct {
  const char *why;
  trpt_submission submission;
  const char *filename; /* NULL: refused */
  const char *subject;
} rows[] = {
    {"all members",
     {GOOD, .unique_id = STR("001"), .report_id = STR("a@b.example")},
     NAME "!001.json.gz",
     HEAD "<a@b.example>"},
    {"no report-id: only the subject needs one", {GOOD}, NAME ".json.gz", NULL},
    {"not compressed", {GOOD, .flags = TRPT_SUBMISSION_PLAIN}, NAME ".json", NULL},
    {"no @: the submitter follows",
     {GOOD, .report_id = STR("2026-03-01_example.com")},
     NAME ".json.gz",
     HEAD "<2026-03-01_example.com@sender.example>"},
    {"final dots",
     {SUBMISSION("sender.example.", "example.com.", 1772323200, 1772409599), .report_id = STR("a")},
     NAME ".json.gz",
     HEAD "<a@sender.example>"},
    {"two final dots", {DOMAIN("example.com..")}, NULL, NULL},
    {"a single label: RFC 6376 wants two",
     {DOMAIN("localhost"), .report_id = STR("a")},
     "sender.example!localhost!1772323200!1772409599.json.gz",
     NULL},
    {"a submitter of a single label",
     {SUBMITTER("localhost"), .report_id = STR("a")},
     "localhost!example.com!1772323200!1772409599.json.gz",
     NULL},
    {"an A-label",
     {DOMAIN("xn--bcher-kva.example"), .report_id = STR("a")},
     "sender.example!xn--bcher-kva.example!1772323200!1772409599.json.gz",
     "Report Domain: xn--bcher-kva.example Submitter: sender.example Report-ID: <a@sender.example>"},
    {"a U-label",
     {DOMAIN("b\xC3\xBC"
             "cher.example"),
      .report_id = STR("a")},
     NULL,
     NULL},
    {"a domain that is too long", {DOMAIN(LONGEST), .report_id = STR("a")}, NULL, NULL},
    {"a path as a domain", {SUBMITTER("../x"), .report_id = STR("a")}, NULL, NULL},
    {"an address", {DOMAIN("192.0.2.1"), .report_id = STR("a")}, NULL, NULL},
    {"a header field in a domain", {DOMAIN("a.example\r\nBcc: x"), .report_id = STR("a")}, NULL, NULL},
    {"from 0 to 0", {TIMES(0, 0)}, "sender.example!example.com!0!0.json.gz", NULL},
    {"before 1970", {TIMES(-1, 0)}, NULL, NULL},
    {"absent times", {TIMES(INT64_MIN, INT64_MIN)}, NULL, NULL},
    {"an end before the start", {TIMES(1772323200, 1772323199)}, NULL, NULL},
    {"the largest times",
     {TIMES(INT64_MAX, INT64_MAX)},
     "sender.example!example.com!9223372036854775807!9223372036854775807.json.gz",
     NULL},
    {"letters and digits", {GOOD, .unique_id = STR("aZ09")}, NAME "!aZ09.json.gz", NULL},
    {"an empty unique-id", {GOOD, .unique_id = STR("")}, NULL, NULL},
    {"a separator in the unique-id", {GOOD, .unique_id = STR("a!b")}, NULL, NULL},
    {"a path in the unique-id", {GOOD, .unique_id = STR("../a")}, NULL, NULL},
    {"no unique-id, with a length", {GOOD, .unique_id = {NULL, 3}}, NAME ".json.gz", NULL},
    {"every mark of an atom",
     {GOOD, .report_id = STR("!#$%&'*+-/=?^_`{|}~@a.b")},
     NAME ".json.gz",
     HEAD "<!#$%&'*+-/=?^_`{|}~@a.b>"},
    {"a colon, which no atom has", {GOOD, .report_id = STR("00:00")}, NAME ".json.gz", NULL},
    {"a blank", {GOOD, .report_id = STR("a b")}, NAME ".json.gz", NULL},
    {"a line end", {GOOD, .report_id = STR("a\r\nBcc: b")}, NAME ".json.gz", NULL},
    {"a NUL", {GOOD, .report_id = STR("a\0b")}, NAME ".json.gz", NULL},
    {"a bracket", {GOOD, .report_id = STR("a>")}, NAME ".json.gz", NULL},
    {"a letter that is not ASCII", {GOOD, .report_id = STR("\xC3\xBC")}, NAME ".json.gz", NULL},
    {"two @", {GOOD, .report_id = STR("a@b@c")}, NAME ".json.gz", NULL},
    {"nothing before the @", {GOOD, .report_id = STR("@b")}, NAME ".json.gz", NULL},
    {"nothing after the @", {GOOD, .report_id = STR("a@")}, NAME ".json.gz", NULL},
    {"a dot at the start", {GOOD, .report_id = STR(".a")}, NAME ".json.gz", NULL},
    {"a dot at the end", {GOOD, .report_id = STR("a.")}, NAME ".json.gz", NULL},
    {"two dots", {GOOD, .report_id = STR("a..b")}, NAME ".json.gz", NULL},
    {"a single dot between atoms", {GOOD, .report_id = STR("a.b")}, NAME ".json.gz", HEAD "<a.b@sender.example>"},
    {"an empty report-id", {GOOD, .report_id = STR("")}, NAME ".json.gz", NULL},
    {"a report-id of 901 bytes", {GOOD, .report_id = STR(TOO_LONG)}, NAME ".json.gz", NULL},
    {"an unknown flag", {GOOD, .report_id = STR("a"), .flags = 2}, NULL, NULL},
    {"a reserved member", {GOOD, .report_id = STR("a"), .reserved = 1}, NULL, NULL},
};

typedef trpt_status (*write_fn)(const trpt_submission *submission, char *buffer, size_t capacity, size_t *needed);

static void check(const char *why, write_fn write, const trpt_submission *submission, const char *expected) {
  char buffer[2048];
  size_t needed = 99;
  memset(buffer, 'x', sizeof buffer);
  const trpt_status status = write(submission, buffer, sizeof buffer, &needed);
  if (status != (expected ? TRPT_OK : TRPT_E_ARGUMENT) || (expected && strcmp(buffer, expected) != 0))
    fail_msg("%s: status %d, %.100s instead of %s", why, status, buffer, expected ? expected : "an error");
  if (!expected) {
    assert_int_equal(needed, 0);
    assert_int_equal(buffer[0], 'x');
    return;
  }
  /* One byte too few leaves the buffer as it was. */
  const size_t len = strlen(expected);
  assert_int_equal(needed, len);
  memset(buffer, 'x', sizeof buffer);
  assert_int_equal(write(submission, buffer, len, &needed), TRPT_E_BUFFER);
  assert_int_equal(needed, len);
  assert_int_equal(buffer[0], 'x');
  assert_int_equal(write(submission, NULL, 0, NULL), TRPT_E_BUFFER);
  assert_int_equal(write(submission, NULL, 1, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(write(submission, buffer, len + 1, NULL), TRPT_OK);
  assert_string_equal(buffer, expected);
  assert_int_equal(buffer[len + 1], 'x');
}

static void test_names(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    check(rows[i].why, trpt_report_filename, &rows[i].submission, rows[i].filename);
    check(rows[i].why, trpt_report_subject, &rows[i].submission, rows[i].subject);
  }
}

static void test_no_submission(void **state) {
  static const size_t sizes[] = {0, 4097};
  char buffer[8];
  (void)state;
  assert_int_equal(trpt_report_filename(NULL, buffer, sizeof buffer, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_subject(NULL, buffer, sizeof buffer, NULL), TRPT_E_ARGUMENT);
  for (size_t i = 0; i < 2; i++) {
    trpt_submission submission = {GOOD, .report_id = STR("a")};
    submission.struct_size = sizes[i];
    check("a wild struct_size", trpt_report_filename, &submission, NULL);
    check("a wild struct_size", trpt_report_subject, &submission, NULL);
  }
  for (size_t len = 0; len < 4; len += 3) {
    trpt_submission no_domain = {GOOD, .report_id = STR("a")}, no_submitter = no_domain;
    no_domain.domain = no_submitter.submitter = (trpt_str){NULL, len};
    check("no domain", trpt_report_filename, &no_domain, NULL);
    check("no domain", trpt_report_subject, &no_domain, NULL);
    check("no submitter", trpt_report_filename, &no_submitter, NULL);
    check("no submitter", trpt_report_subject, &no_submitter, NULL);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_no_submission)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
