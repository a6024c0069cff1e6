/* SPDX-License-Identifier: MIT */
/* The functions of <tlsrpt/mail.h>, called as they should be and as they should not; its limits, at and beyond each; and the call that
   sorts mail. */

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

/* ---- arguments and order ---- */

static void test_options(void **state) {
  (void)state;
  trpt_mail *mail;
  struct {
    trpt_mail_options options;
    uint64_t newer;
  } extended = {.options = {.struct_size = sizeof extended}};
  const trpt_options bad_report = {.struct_size = 0};

  assert_int_equal(trpt_mail_new(NULL, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_mail_new(&mail, &extended.options), TRPT_OK);
  trpt_mail_free(mail);
  extended.newer = 1;
  assert_int_equal(trpt_mail_new(&mail, &extended.options), TRPT_E_ARGUMENT);
  assert_null(mail);

  /* At most 4096 bytes, all zero beyond what is known. */
  union {
    trpt_mail_options options;
    unsigned char bytes[4098];
  } largest = {.options = {.struct_size = 4096}};
  assert_int_equal(trpt_mail_new(&mail, &largest.options), TRPT_OK);
  trpt_mail_free(mail);
  largest.options.struct_size = 4097;
  assert_int_equal(trpt_mail_new(&mail, &largest.options), TRPT_E_ARGUMENT);
  largest.options.struct_size = SIZE_MAX;
  assert_int_equal(trpt_mail_new(&mail, &largest.options), TRPT_E_ARGUMENT);
  largest.options.struct_size = 4096;
  largest.bytes[4095] = 1;
  assert_int_equal(trpt_mail_new(&mail, &largest.options), TRPT_E_ARGUMENT);

  trpt_mail_options options = {0};
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_E_ARGUMENT);
  /* One of an older version, that ends in its middle. */
  options.struct_size = offsetof(trpt_mail_options, report);
  options.report = &bad_report;
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_OK);
  trpt_mail_free(mail);
  options.struct_size = sizeof options;
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_E_ARGUMENT);
  options.report = NULL;
  options.flags = 4;
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_E_ARGUMENT);
  options.flags = 0;
  options.authserv_id_count = 1;
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_E_ARGUMENT);
  const struct {
    trpt_str ids[2];
    trpt_status expected;
  } lists[] = {
      {{{"a", 1}, {"b", 1}}, TRPT_OK},
      {{{"a", 1}, {NULL, 0}}, TRPT_E_ARGUMENT},
      {{{NULL, 3}, {"b", 1}}, TRPT_E_ARGUMENT},
      {{{"a", 1}, {"", 0}}, TRPT_E_ARGUMENT},
      {{{"a", SIZE_MAX}, {"b", 1}}, TRPT_E_MEMORY},
  };
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
    options.authserv_ids = lists[i].ids;
    options.authserv_id_count = 2;
    assert_int_equal(trpt_mail_new(&mail, &options), lists[i].expected);
    trpt_mail_free(mail);
  }
  options.authserv_ids = NULL;
  options.authserv_id_count = 0;
  options.max_nesting = 1001;
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_E_ARGUMENT);
  options.max_nesting = 1000;
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_OK);
  trpt_mail_free(mail);
  trpt_mail_free(NULL);
}

static void test_order(void **state) {
  (void)state;
  trpt_mail *mail;
  const trpt_mail_item *item = (const trpt_mail_item *)&item;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_E_STATE);
  assert_null(item);
  assert_int_equal(trpt_mail_next(NULL, &item), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_mail_next(mail, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_mail_open(mail, NULL, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_mail_open(NULL, mail_read_chunk, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_mail_open_bytes(NULL, "", 0), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_mail_open_bytes(mail, NULL, 1), TRPT_E_ARGUMENT);
  assert_null(trpt_mail_take(mail));
  assert_null(trpt_mail_take(NULL));
  assert_null(trpt_mail_diagnostic(mail, 0));
  assert_null(trpt_mail_diagnostic(NULL, 0));
  assert_int_equal(trpt_mail_error(NULL)->status, TRPT_E_ARGUMENT);
  assert_int_equal(trpt_mail_error(mail)->status, 0);

  /* An empty input is not a report either. */
  assert_int_equal(trpt_mail_open_bytes(mail, NULL, 0), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_int_equal(item->error->status, TRPT_E_NO_REPORT);
  assert_null(item->report);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_END);

  /* An input that is given up in its middle leaves nothing behind. */
  static const char two[] = "From a\nA: 1\n\n{}\n\nFrom b\nB: 2\n\n{}\n";
  assert_int_equal(trpt_mail_open_bytes(mail, two, sizeof two - 1), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, two, sizeof two - 1), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_int_equal(item->number, 1);
  trpt_mail_free(mail);
}

/* ---- inputs of several mails ---- */

static void test_numbers(void **state) {
  (void)state;
  size_t len;
  char *data =
      mail_make("From a Mon Mar  2 00:00:00 2026\n" MAIL_GOOD "\nFrom b Mon Mar  2 00:00:00 2026\n" MAIL_GOOD, &len);
  const size_t half = (len - 1) / 2;
  trpt_mail *mail;
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  for (uint64_t i = 1; i <= 2; i++) {
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
    assert_int_equal(item->number, i);
    assert_int_equal(item->container, TRPT_MAIL_KIND_MBOX);
    assert_int_equal(item->offset, 32 + (i - 1) * (half + 1));
    assert_memory_equal(data + item->offset, "From: ", 6);
    assert_memory_equal(item->part.ptr, "2", 1);
  }
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_END);
  free(data);

  data = mail_load("mails.tar", &len);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  for (uint64_t i = 1; i <= 2; i++) {
    const char name[] = {'n', 'e', 'w', '/', (char)('0' + i), '.', 'e', 'm', 'l'};
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
    assert_int_equal(item->number, i);
    assert_int_equal(item->container, TRPT_MAIL_KIND_TAR);
    assert_int_equal(item->entry.len, sizeof name);
    assert_memory_equal(item->entry.ptr, name, sizeof name);
    assert_memory_equal(data + item->offset, name, sizeof name);
  }
  trpt_mail_free(mail);
  free(data);
}

/* ---- readers that stop, and that call back ---- */

typedef struct stopper {
  mail_chunks chunks;
  unsigned calls_left;
  trpt_mail *mail;
} stopper;

static int read_and_stop(void *user, const void **data, size_t *len) {
  stopper *s = user;
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_feed(s->mail, "a", 1), TRPT_E_STATE);
  assert_int_equal(trpt_mail_finish(s->mail), TRPT_E_STATE);
  trpt_mail_reset(s->mail); /* does nothing */
  assert_int_equal(trpt_mail_next(s->mail, &item), TRPT_E_STATE);
  assert_int_equal(trpt_mail_open(s->mail, read_and_stop, s), TRPT_E_STATE);
  trpt_mail_free(s->mail); /* does nothing */
  return s->calls_left-- ? mail_read_chunk(&s->chunks, data, len) : 1;
}

static void test_canceled(void **state) {
  (void)state;
  size_t len;
  char *data = mail_load("inbox.mbox", &len);
  trpt_mail *mail;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  for (unsigned calls = 0; calls < 50; calls++) {
    stopper s = {{data, len, 100}, calls, mail};
    const trpt_mail_item *item;
    trpt_status status;
    assert_int_equal(trpt_mail_open(mail, read_and_stop, &s), TRPT_OK);
    while ((status = trpt_mail_next(mail, &item)) == TRPT_OK) continue;
    assert_int_equal(status, TRPT_E_CANCELED);
    assert_null(item);
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_E_CANCELED);
    assert_int_equal(trpt_mail_error(mail)->status, TRPT_E_CANCELED);
    assert_true(trpt_mail_error(mail)->message[0] != 0);
  }
  trpt_mail_free(mail);
  free(data);
}

/* ---- push ---- */

static size_t count_items(trpt_mail *mail, trpt_status *last) {
  const trpt_mail_item *item;
  size_t count = 0;
  *last = TRPT_OK;
  while (trpt_mail_next(mail, &item) == TRPT_OK) {
    count++;
    *last = item->error ? item->error->status : TRPT_OK;
  }
  return count;
}

static void test_feed_order(void **state) {
  (void)state;
  static const char json[] = "{\"policies\":[]}";
  const trpt_mail_item *item;
  trpt_mail *mail;
  trpt_status last;
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_feed(NULL, "a", 1), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_mail_feed(mail, NULL, 1), TRPT_E_ARGUMENT);
  trpt_mail *unlimited;
  const trpt_mail_options options = {.struct_size = sizeof options, .max_message = UINT64_MAX};
  assert_int_equal(trpt_mail_new(&unlimited, &options), TRPT_OK);
  assert_int_equal(trpt_mail_feed(unlimited, json, SIZE_MAX), TRPT_E_MEMORY); /* nothing of it is read */
  assert_int_equal(trpt_mail_feed(unlimited, json, 1), TRPT_E_MEMORY);
  assert_int_equal(trpt_mail_finish(unlimited), TRPT_E_MEMORY);
  assert_int_equal(trpt_mail_feed(unlimited, json, 1), TRPT_OK);
  trpt_mail_free(unlimited);
  assert_int_equal(trpt_mail_finish(NULL), TRPT_E_ARGUMENT);
  trpt_mail_reset(NULL);
  trpt_mail_reset(mail);

  /* One after another, also an empty one. */
  for (int i = 0; i < 3; i++) {
    assert_int_equal(trpt_mail_feed(mail, json, 5), TRPT_OK);
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_E_STATE);
    assert_int_equal(trpt_mail_feed(mail, NULL, 0), TRPT_OK);
    assert_int_equal(trpt_mail_feed(mail, json + 5, sizeof json - 1 - 5), TRPT_OK);
    assert_int_equal(trpt_mail_finish(mail), TRPT_OK);
    assert_int_equal(count_items(mail, &last), 1);
    assert_int_equal(last, TRPT_OK);
    assert_int_equal(trpt_mail_finish(mail), TRPT_OK);
    assert_int_equal(count_items(mail, &last), 1);
    assert_int_equal(last, TRPT_E_NO_REPORT);
  }

  /* Not while another input is read: neither one that was opened nor one that was finished. */
  assert_int_equal(trpt_mail_open_bytes(mail, json, sizeof json - 1), TRPT_OK);
  assert_int_equal(trpt_mail_feed(mail, json, 5), TRPT_E_STATE);
  assert_int_equal(trpt_mail_finish(mail), TRPT_E_STATE);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_int_equal(trpt_mail_feed(mail, json, 5), TRPT_E_STATE);
  assert_non_null(item->report); /* the call changed nothing */
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_END);
  assert_int_equal(trpt_mail_feed(mail, json, sizeof json - 1), TRPT_OK);
  assert_int_equal(trpt_mail_finish(mail), TRPT_OK);
  assert_int_equal(trpt_mail_finish(mail), TRPT_E_STATE);
  assert_int_equal(trpt_mail_feed(mail, json, 5), TRPT_E_STATE);
  assert_int_equal(count_items(mail, &last), 1);

  /* What was begun can be abandoned. */
  assert_int_equal(trpt_mail_feed(mail, "{\"pol", 5), TRPT_OK);
  trpt_mail_reset(mail);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_E_STATE);
  assert_int_equal(trpt_mail_feed(mail, json, sizeof json - 1), TRPT_OK);
  assert_int_equal(trpt_mail_finish(mail), TRPT_OK);
  trpt_mail_reset(mail);
  assert_int_equal(trpt_mail_feed(mail, "{\"pol", 5), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, json, sizeof json - 1), TRPT_OK);
  assert_int_equal(count_items(mail, &last), 1);
  assert_int_equal(last, TRPT_OK);
  assert_int_equal(trpt_mail_feed(mail, json, 5), TRPT_OK);
  trpt_mail_free(mail);
}

/* Beyond max_message there is one item, whatever the input is. */
static void test_feed_limit(void **state) {
  (void)state;
  static const char *const inputs[] = {"Subject: a\n\ntext", "{\"policies\":[]} ",
                                       "From a 12:00\nA: 1\n\nFrom a 12:00\nA: 1\n\n", "PK\003\004 and more"};
  for (size_t i = 0; i < COUNT(inputs); i++)
    for (size_t chunk = 1; chunk < 40; chunk += 6) {
      const size_t len = strlen(inputs[i]);
      trpt_mail_options options = {.struct_size = sizeof options, .max_message = len - 1};
      trpt_mail *mail;
      trpt_status last;
      assert_int_equal(trpt_mail_new(&mail, &options), TRPT_OK);
      for (size_t at = 0; at < len; at += chunk)
        assert_int_equal(trpt_mail_feed(mail, inputs[i] + at, len - at < chunk ? len - at : chunk), TRPT_OK);
      assert_int_equal(trpt_mail_finish(mail), TRPT_OK);
      assert_int_equal(count_items(mail, &last), 1);
      assert_int_equal(last, TRPT_E_LIMIT);
      /* The next one is not affected. */
      assert_int_equal(trpt_mail_feed(mail, "{\"policies\":[]}", 15), TRPT_OK);
      assert_int_equal(trpt_mail_finish(mail), TRPT_OK);
      assert_int_equal(count_items(mail, &last), 1);
      assert_int_equal(last, len - 1 < 15 ? TRPT_E_LIMIT : TRPT_OK);
      trpt_mail_free(mail);
    }
}

/* A large input, whose buffer is not kept, and then a small one. */
static void test_feed_large(void **state) {
  (void)state;
  static char text[100000];
  trpt_mail *mail;
  trpt_status last;
  memset(text, 'x', sizeof text);
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_feed(mail, "Subject: a\n\n", 12), TRPT_OK);
  for (int i = 0; i < 30; i++) assert_int_equal(trpt_mail_feed(mail, text, sizeof text), TRPT_OK);
  assert_int_equal(trpt_mail_finish(mail), TRPT_OK);
  assert_int_equal(count_items(mail, &last), 1);
  assert_int_equal(trpt_mail_feed(mail, "{\"policies\":[]}", 15), TRPT_OK);
  assert_int_equal(trpt_mail_finish(mail), TRPT_OK);
  assert_int_equal(count_items(mail, &last), 1);
  assert_int_equal(last, TRPT_OK);
  trpt_mail_free(mail);
}

/* ---- limits ---- */

/* The name of the limit that the first item beyond one names, and "" if there is none. */
static const char *limit_of(const char *template, const trpt_mail_options *options) {
  static char name[32];
  const char *at = strstr(mail_describe_template(template, options), "TRPT_E_LIMIT");
  name[0] = 0;
  if (at && sscanf(at, "TRPT_E_LIMIT json.limit %31[a-z_]", name) != 1 &&
      sscanf(at, "TRPT_E_LIMIT %31[a-z_]", name) != 1)
    strcpy(name, "unnamed");
  return name;
}

/* The first item beyond a limit says which limit that is, and its value. */
static void check_message(const char *template, const trpt_mail_options *options, const char *message) {
  size_t len;
  char *data = mail_make(template, &len);
  trpt_mail *mail;
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_new(&mail, options), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  do assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  while (!item->error || item->error->status != TRPT_E_LIMIT);
  assert_string_equal(item->error->message, message);
  trpt_mail_free(mail);
  free(data);
}

/* `count` times `unit` in the middle. */
static char *repeat(const char *begin, const char *unit, size_t count, const char *end) {
  char *text = malloc(strlen(begin) + count * strlen(unit) + strlen(end) + 1);
  char *at = text + sprintf(text, "%s", begin);
  for (size_t i = 0; i < count; i++) at += sprintf(at, "%s", unit);
  strcpy(at, end);
  return text;
}

static void check_limit(const char *begin, const char *unit, size_t count, const char *end,
                        const trpt_mail_options *options, const char *message) {
  char *at_limit = repeat(begin, unit, count, end);
  char *beyond = repeat(begin, unit, count + 1, end);
  if (*limit_of(at_limit, options)) fail_msg("limited already by %s:\n%.300s", limit_of(at_limit, options), at_limit);
  check_message(beyond, options, message);
  free(at_limit);
  free(beyond);
}

#define MIXED "Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n"

static void test_parts(void **state) {
  (void)state;
  trpt_mail_options options = {.struct_size = sizeof options, .max_parts = 20};
  check_limit(MIXED, "--b\n\n\n", 20, "", &options, "The mail has more boundary lines than max_parts (20).");
  /* Wherever such a line stands, since what is a boundary is known to GMime alone. */
  check_limit(MIXED "--b\nContent-Type: message/rfc822\n\n" MIXED, "--x\n\n", 19, "", &options,
              "The mail has more boundary lines than max_parts (20).");
  check_limit(MIXED, "--b\n\n\n", 1000, "", NULL, "The mail has more boundary lines than max_parts (1000).");
}

static void test_nesting(void **state) {
  (void)state;
  trpt_mail_options options = {.struct_size = sizeof options, .max_nesting = 5};
#define NESTED "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
  check_limit("", NESTED, 5, "\n%J", &options, "The mail is nested deeper than max_nesting (5).");
  check_limit("", "Content-Type: message/rfc822\n\n", 4, "Content-Type: text/plain\n\n%J", &options,
              "The input is nested deeper than max_nesting (5).");
  check_limit("", NESTED, 16, "\n%J", NULL, "The mail is nested deeper than max_nesting (16).");
}

static void test_header(void **state) {
  (void)state;
  trpt_mail_options options = {.struct_size = sizeof options, .max_header = 200};
#define SHORT "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/json\n\n%J\n--b--\n"
  /* 42 bytes and 158 of one letter; each header for itself. */
  check_limit("X:", "x", 155, "\n" SHORT, &options, "A header of the mail is longer than max_header (200 bytes).");
  check_limit(SHORT "--b\nX:", "x", 197, "\n\ntext\n", &options,
              "A header of the mail is longer than max_header (200 bytes).");
  check_limit("Content-Type: message/rfc822\n\nX:", "x", 155, "\n" SHORT, &options,
              "A header of the mail is longer than max_header (200 bytes).");
  check_limit("Content-Type:\n message/rfc822\n\nX:", "x", 155, "\n" SHORT, &options,
              "A header of the mail is longer than max_header (200 bytes).");
  check_limit("Content-Type: (;) Message/rfc822\n\nX:", "x", 155, "\n" SHORT, &options,
              "A header of the mail is longer than max_header (200 bytes).");
  check_limit("Content-Type: multipart/digest; boundary=d\n\n--d\n\nX:", "x", 155, "\n" SHORT, &options,
              "A header of the mail is longer than max_header (200 bytes).");
  check_limit("X:", "x", (256 << 10) - 45, "\n" SHORT, NULL,
              "A header of the mail is longer than max_header (262144 bytes).");
  /* A text is none, however much it looks like one: JSON in one line, lines with colons. */
  char *line = repeat("Content-Type: application/json; name=message.json\n\n{\"a:", "a", 1 << 20, "\":1}");
  assert_string_equal(limit_of(line, NULL), "");
  free(line);
  char *lines = repeat("Content-Type: text/plain\n\n", "a: b\n", 1 << 18, "");
  assert_string_equal(limit_of(lines, NULL), "");
  free(lines);
  char *digest =
      repeat("Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: a\n\n", "a: b\n", 1000, "--d--\n");
  assert_string_equal(limit_of(digest, &options), "");
  free(digest);
  check_limit("", "a:\n", 20000 - 1, "Content-Type: application/json\n\n%J", NULL,
              "The mail has more than 20000 header fields.");
}

/* What something is is told by its first 2048 bytes, however many are there at once. */
static void test_window(void **state) {
  (void)state;
  char *blanks = repeat("Content-Type: application/tlsrpt+json\n\n", " ", 5000, "%J");
  assert_non_null(strstr(mail_describe_template(blanks, NULL), "1 json 1@example.net ["));
  assert_null(strstr(mail_describe_template(blanks, NULL), "media-type-mismatch"));
  free(blanks);
  blanks = repeat("", " ", 5000, "%J");
  assert_string_equal(mail_describe_template(blanks, NULL), "- json 1@example.net []\n");
  free(blanks);
  for (size_t len = 2000; len < 2100; len++) {
    char *line = repeat("From ", "a", len, "\nSubject: a\n\ntext\n");
    mail_describe_template(line, NULL); /* the same from chunks */
    free(line);
  }
}

/* GMime's reader of addresses, which runs on each mail within a mail. */
static void test_addresses(void **state) {
  (void)state;
#define INNER "Content-Type: message/rfc822\n\n"
#define REST  "a@b\nContent-Type: application/json\n\n%J"
  check_limit(INNER "From:", "a:", 199, REST, NULL, "A field of the mail has more than 200 groups of addresses.");
  check_limit(INNER "Reply-To:", "\n a:", 199, REST, NULL,
              "A field of the mail has more than 200 groups of addresses.");
  check_limit(INNER "resent-cc :", "a@b,", 10000, REST, NULL, "A field of the mail has more than 10000 addresses.");
  check_limit("From:", "a:", 199, REST, NULL, "A field of the mail has more than 200 groups of addresses.");
  char *subject = repeat(INNER "Subject:", "a:", 10000, REST);
  assert_string_equal(limit_of(subject, NULL), "");
  free(subject);
}

static void test_message(void **state) {
  (void)state;
  size_t len;
  char *data = mail_make(MAIL_GOOD, &len);
  trpt_mail_options options = {.struct_size = sizeof options, .max_message = len};
  assert_string_equal(mail_describe(data, len, &options), "2 gzip 1@example.net []\n");
  options.max_message--;
  assert_string_equal(mail_describe(data, len, &options), "- message TRPT_E_LIMIT max_message []\n");
  free(data);
}

static void test_reports(void **state) {
  (void)state;
  trpt_mail_options options = {.struct_size = sizeof options, .max_reports = 3};
  char *many = repeat(MIXED, "--b\n\n%J\n", 10, "");
  const char *described = mail_describe_template(many, &options);
  unsigned reports = 0;
  unsigned errors = 0;
  for (const char *p = described; (p = strstr(p, "1@example.net")); p++) reports++;
  for (const char *p = described; (p = strstr(p, "TRPT_E_LIMIT")); p++) errors++;
  assert_int_equal(reports, 3);
  assert_int_equal(errors, 1);
  free(many);
  /* Each mail of a mailbox for itself. */
  char *mailbox = repeat("", "From a 12:00\n" MIXED "--b\n\n%J\n--b\n\n%J\n--b--\n\n", 3, "");
  assert_string_equal(limit_of(mailbox, &options), "");
  free(mailbox);
  check_limit(MIXED, "--b\n\n%J\n", 3, "", &options, "The mail has more reports than max_reports (3).");
}

/* Entries, what comes out and how much more than went in: the archive in a mail has limits of its own. */
static void test_archives_in_mails(void **state) {
  (void)state;
#define ZIPPED MIXED "--b\nContent-Transfer-Encoding: base64\nContent-Type: application/zip\n\n%Z\n--b--\n"
  trpt_mail_options options = {.struct_size = sizeof options, .max_inflated = 300};
  assert_string_equal(limit_of(ZIPPED, &options), "max_inflated");
  check_message(ZIPPED, &options, "The input inflates to more than max_inflated (300 bytes).");
  options.max_inflated = 500;
  assert_string_equal(limit_of(ZIPPED, &options), "");
  /* The parser's own. */
  const trpt_options report = {.struct_size = sizeof report, .max_inflated = 100};
  options = (trpt_mail_options){.struct_size = sizeof options, .report = &report};
  assert_string_equal(limit_of(MAIL_GOOD, &options), "max_inflated");
}

/* ---- trpt_mail_is_report ---- */

static void test_is_report(void **state) {
  (void)state;
  static const struct {
    const char *mail;
    int32_t expected;
  } rows[] = {
      {MAIL_HEADER MAIL_MULTIPART, 1},
      {"Content-Type: multipart/report; report-type=tlsrpt\n", 1},
      {"content-type : multipart/report;\r\n\treport-type=\"TLSRPT\"\r\n\r\n", 1},
      {"Content-Type: multipart/report;report-type = tlsrpt;boundary=x", 1},
      {"Content-Type: multipart/report; boundary=x; report-type=tlsrpt\n", 1},
      {"Content-Type: application/tlsrpt+gzip\n", 1},
      {"Content-Type: application/tlsrpt", 1},
      {"TLS-Report-Domain: example.com\nTLS-Report-Submitter: example.net\n", 1},
      {"TLS-Report-Submitter: example.net\nTLS-Report-Domain: example.com\n", 1},
      {"TLS-Report-Domain: example.com\nSubject: Report Domain: example.com\n Submitter: example.net\n Report-ID: "
       "<1@a>\n",
       1},
      {"From a Mon Mar  2 00:00:00 2026\n>From b\nContent-Type: application/tlsrpt+json\n", 1},
      {"\n\r\nContent-Type: application/tlsrpt+json\n", 1},
      {"X: y\nno field\nContent-Type: application/tlsrpt+json\n", 1},
      {"TLS-Report-Domain: example.com\n", 0},
      {"TLS-Report-Submitter: example.net\n", 0},
      {"Content-Type: multipart/report; report-type=delivery-status; boundary=tlsrpt\n", 0},
      {"Content-Type: multipart/report; boundary=report-type\nX: =tlsrpt\n", 0},
      {"Content-Type: multipart/report; report-type=xtlsrpt\n", 0},
      {"Content-Type: multipart/mixed; report-type=tlsrpt\n", 0},
      {"Content-Types: application/tlsrpt+json\n", 0},
      {"X-Content-Type: application/tlsrpt+json\n", 0},
      {"Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@a>\n", 0}, /* DMARC has it too */
      {"Subject: a\n\nContent-Type: application/tlsrpt+json\n", 0},
      {"Content-Type: multipart/report\n", 0},
      {"Content-Type: multipart/report; report-type\n", 0},
      {"Content-Type: multipart/report; report-type=\n", 0},
      {"TLS-Report-Domain: a.example\nSubject: Report Domain: a.example Submitter: b.example DMARC Report-ID: <1@b>\n",
       0},
      {"TLS-Report-Domain: a.example\nSubject: Report Domain: a.example\n", 0},
      {"TLS-Report-Domain: a.example\nSubject: Report Domain: a.example Submitter: b.example\n", 0},
      {"\r", 0},
      {"\rX: y\nContent-Type: application/tlsrpt+json\n", 1},
      {"X: y\n\rContent-Type: application/tlsrpt+json\n", 0},
      {"{\"policies\": []}", 0},
      {"", 0},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    const size_t len = strlen(rows[i].mail);
    char *copy = malloc(len + !len);
    memcpy(copy, rows[i].mail, len);
    if (trpt_mail_is_report(copy, len) != rows[i].expected) fail_msg("row %zu: %s", i, rows[i].mail);
    free(copy);
  }
  assert_int_equal(trpt_mail_is_report(NULL, 0), 0);
  assert_int_equal(trpt_mail_is_report(NULL, 10), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_options),    cmocka_unit_test(test_order),      cmocka_unit_test(test_numbers),
      cmocka_unit_test(test_canceled),   cmocka_unit_test(test_feed_order), cmocka_unit_test(test_feed_limit),
      cmocka_unit_test(test_feed_large), cmocka_unit_test(test_parts),      cmocka_unit_test(test_nesting),
      cmocka_unit_test(test_header),     cmocka_unit_test(test_addresses),  cmocka_unit_test(test_window),
      cmocka_unit_test(test_message),    cmocka_unit_test(test_reports),    cmocka_unit_test(test_archives_in_mails),
      cmocka_unit_test(test_is_report),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
