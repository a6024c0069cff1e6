/* SPDX-License-Identifier: MIT */
/* Each allocation that libtrpt-mail makes itself fails once, and so does each call of libarchive: the status says so, the items
   before are as without the failure, nothing leaks, and the reader can be used again. GLib and GMime end the process where there
   is no memory, so their own allocations succeed. The linker replaces the functions for the libraries under test, which are linked
   statically, and for this file. */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <cmocka.h>
#include <glib.h>

#include "mail_cases.h"

#define COUNT(array) (sizeof array / sizeof array[0])

/* ---- functions of which one call fails ---- */

static size_t calls;
static size_t failing = SIZE_MAX; /* the number of the call */
static size_t live;               /* blocks */

enum { TRIED_MAX = 16 };
static void *tried[TRIED_MAX]; /* what g_try_malloc gave: g_free frees other blocks too */

static bool fails(void) { return calls++ == failing; }

static void *counted(void *block) {
  live += block != NULL;
  return block;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
gpointer __real_g_try_malloc(gsize size);
void __real_g_free(gpointer block);
struct archive *__real_archive_read_new(void);
int __real_archive_read_support_format_tar(struct archive *a);
int __real_archive_read_support_format_zip(struct archive *a);
int __real_archive_read_open(struct archive *a, void *user, archive_open_callback *open_fn,
                             archive_read_callback *read_fn, archive_close_callback *close_fn);
int __real_archive_read_open_memory(struct archive *a, const void *data, size_t len);
int __real_archive_read_next_header(struct archive *a, struct archive_entry **entry);
int __real_archive_read_data_block(struct archive *a, const void **data, size_t *len, la_int64_t *offset);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);
gpointer __wrap_g_try_malloc(gsize size);
void __wrap_g_free(gpointer block);
struct archive *__wrap_archive_read_new(void);
int __wrap_archive_read_support_format_tar(struct archive *a);
int __wrap_archive_read_support_format_zip(struct archive *a);
int __wrap_archive_read_open(struct archive *a, void *user, archive_open_callback *open_fn,
                             archive_read_callback *read_fn, archive_close_callback *close_fn);
int __wrap_archive_read_open_memory(struct archive *a, const void *data, size_t len);
int __wrap_archive_read_next_header(struct archive *a, struct archive_entry **entry);
int __wrap_archive_read_data_block(struct archive *a, const void **data, size_t *len, la_int64_t *offset);

void *__wrap_malloc(size_t size) { return fails() ? NULL : counted(__real_malloc(size)); }

void *__wrap_calloc(size_t count, size_t size) { return fails() ? NULL : counted(__real_calloc(count, size)); }

void *__wrap_realloc(void *block, size_t size) {
  if (fails()) return NULL;
  void *more = __real_realloc(block, size);
  return block ? more : counted(more);
}

void __wrap_free(void *block) {
  live -= block != NULL;
  __real_free(block);
}

gpointer __wrap_g_try_malloc(gsize size) {
  if (fails()) return NULL;
  size_t i = 0;
  while (i < TRIED_MAX && tried[i]) i++;
  assert_true(i < TRIED_MAX);
  return tried[i] = counted(__real_g_try_malloc(size));
}

void __wrap_g_free(gpointer block) {
  for (size_t i = 0; i < TRIED_MAX && block; i++)
    if (tried[i] == block) {
      tried[i] = NULL;
      live--;
      break;
    }
  __real_g_free(block);
}

struct archive *__wrap_archive_read_new(void) {
  return fails() ? NULL : __real_archive_read_new();
}

/* As libarchive reports that it has no memory. */
static int no_memory(struct archive *a) {
  archive_set_error(a, ENOMEM, "no memory");
  return ARCHIVE_FATAL;
}

int __wrap_archive_read_support_format_tar(struct archive *a) {
  return fails() ? no_memory(a) : __real_archive_read_support_format_tar(a);
}

int __wrap_archive_read_support_format_zip(struct archive *a) {
  return fails() ? no_memory(a) : __real_archive_read_support_format_zip(a);
}

int __wrap_archive_read_open(struct archive *a, void *user, archive_open_callback *open_fn,
                             archive_read_callback *read_fn, archive_close_callback *close_fn) {
  return fails() ? no_memory(a) : __real_archive_read_open(a, user, open_fn, read_fn, close_fn);
}

int __wrap_archive_read_open_memory(struct archive *a, const void *data, size_t len) {
  return fails() ? no_memory(a) : __real_archive_read_open_memory(a, data, len);
}

int __wrap_archive_read_next_header(struct archive *a, struct archive_entry **entry) {
  return fails() ? no_memory(a) : __real_archive_read_next_header(a, entry);
}

int __wrap_archive_read_data_block(struct archive *a, const void **data, size_t *len, la_int64_t *offset) {
  return fails() ? no_memory(a) : __real_archive_read_data_block(a, data, len, offset);
}

/* ---- what an input gives, without an allocation ---- */

typedef struct text {
  char data[1 << 16];
  size_t len;
} text;

static void add_item(text *out, const trpt_mail *mail, const trpt_mail_item *item) {
  const trpt_str id = item->report ? trpt_report_metadata(item->report)->report_id : (trpt_str){"", 0};
  out->len +=
      (size_t)snprintf(out->data + out->len, sizeof out->data - out->len, "%s %.*s %s: %.*s, %.*s, %s %.*s\n",
                       trpt_mail_kind_name(item->kind), (int)id.len, id.ptr, item->error ? item->error->message : "",
                       (int)item->part.len, item->part.len ? item->part.ptr : "", (int)item->filename.len,
                       item->filename.len ? item->filename.ptr : "", trpt_dkim_result_name(item->dkim),
                       (int)item->dkim_domain.len, item->dkim_domain.len ? item->dkim_domain.ptr : "");
  for (uint32_t i = 0; i < item->diagnostic_count; i++)
    out->len += (size_t)snprintf(out->data + out->len, sizeof out->data - out->len, "  %s\n",
                                 trpt_mail_diagnostic(mail, i)->code);
  assert_true(out->len < sizeof out->data);
}

typedef struct input {
  const char *name;
  const char *data;
  size_t len;
  size_t chunk; /* 0: given whole */
  bool pushed;  /* in such chunks */
  bool grows;   /* each chunk is twice as long as the one before */
} input;

/* An error stays until the input is finished. */
static trpt_status push(trpt_mail *mail, const input *in) {
  trpt_status status = TRPT_OK;
  for (size_t at = 0; at < in->len; at += in->chunk) {
    const size_t len = in->len - at < in->chunk ? in->len - at : in->chunk;
    const trpt_status next = trpt_mail_feed(mail, in->data + at, len);
    if (status != TRPT_OK) assert_int_equal(next, status);
    status = next;
  }
  const trpt_status finished = trpt_mail_finish(mail);
  if (status != TRPT_OK) assert_int_equal(finished, status);
  return finished;
}

static int read_growing(void *user, const void **data, size_t *len) {
  mail_chunks *chunks = user;
  const int stop = mail_read_chunk(chunks, data, len);
  chunks->size *= 2;
  return stop;
}

/* Reads the input to its end, or to the first failure. */
static trpt_status read_input(trpt_mail *mail, const input *in, text *out) {
  mail_chunks chunks = {in->data, in->len, in->chunk};
  const trpt_mail_item *item;
  trpt_status status = in->pushed  ? push(mail, in)
                       : in->chunk ? trpt_mail_open(mail, in->grows ? read_growing : mail_read_chunk, &chunks)
                                   : trpt_mail_open_bytes(mail, in->data, in->len);
  out->len = 0;
  out->data[0] = '\0';
  if (status != TRPT_OK) return status;
  while ((status = trpt_mail_next(mail, &item)) == TRPT_OK) add_item(out, mail, item);
  assert_null(item);
  /* It stays. */
  assert_int_equal(trpt_mail_next(mail, &item), status);
  assert_int_equal(trpt_mail_error(mail)->status, status < 0 ? status : 0);
  return status;
}

static trpt_status read_first(trpt_mail **mail, const trpt_mail_options *options, const input *in, text *out) {
  out->len = 0;
  const trpt_status status = trpt_mail_new(mail, options);
  assert_int_equal(*mail != NULL, status == TRPT_OK);
  return status == TRPT_OK ? read_input(*mail, in, out) : status;
}

/* Each call that the input makes fails once. */
static size_t check_input(const input *in, const trpt_mail_options *options) {
  static text whole, got;
  trpt_mail *mail;
  calls = 0;
  live = 0;
  assert_int_equal(read_first(&mail, options, in, &whole), TRPT_END);
  trpt_mail_free(mail);
  assert_int_equal(live, 0);
  assert_true(whole.len);
  const size_t all = calls;
  assert_true(all >= 4);
  for (size_t i = 0; i < all; i++) {
    calls = 0;
    failing = i;
    const trpt_status status = read_first(&mail, options, in, &got);
    failing = SIZE_MAX;
    if (status != TRPT_E_MEMORY)
      fail_msg("%s: call %zu of %zu failed, and the status is %s:\n%s", in->name, i, all, trpt_status_name(status),
               got.data);
    if (memcmp(got.data, whole.data, got.len) != 0)
      fail_msg("%s: call %zu of %zu failed, and before that:\n%s", in->name, i, all, got.data);
    if (mail) {
      assert_int_equal(read_input(mail, in, &got), TRPT_END);
      assert_string_equal(got.data, whole.data);
    }
    trpt_mail_free(mail);
    if (live) fail_msg("%s: call %zu of %zu failed, and %zu blocks leak", in->name, i, all, live);
  }
  return all;
}

/* ---- inputs ---- */

#define MBOX_LINE "From a@example.net Mon Mar  2 01:02:03 2026\n"

static const struct {
  const char *name;
  const char *template;
} templates[] = {
    {"JSON", "%J"},
    {"gzip", "%g"},
    {"empty", ""},
    {"no mail", "hello\n"},
    {"mail", MAIL_GOOD},
    {"mail with CR", "From: a@example.net\rContent-Type: application/tlsrpt+json\r\r{\"policies\":[]}\r"},
    {"mail with a wrong boundary",
     MAIL_HEADER "Content-Type: multipart/report; boundary=other\n\n" MAIL_TEXT MAIL_REPORT "--b--\n"},
    {"mail without a boundary", MAIL_HEADER "Content-Type: multipart/report\n\n" MAIL_TEXT MAIL_REPORT "--b--\n"},
    {"base64 without a label", MAIL_HEADER MAIL_MULTIPART "--b\nContent-Type: application/tlsrpt+gzip\n\n%G\n--b--\n"},
    {"quoted-printable", MAIL_HEADER MAIL_MULTIPART
     "--b\nContent-Type: application/tlsrpt+json\nContent-Transfer-Encoding: quoted-printable\n\n%Q\n--b--\n"},
    {"base64 labelled quoted-printable", MAIL_HEADER MAIL_MULTIPART
     "--b\nContent-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: quoted-printable\n\n%G\n--b--\n"},
    {"base64", MAIL_HEADER "Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n%G"},
    {"zip in a mail",
     MAIL_HEADER MAIL_MULTIPART "--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n%Z\n--b--\n"},
    {"mail in a mail", MAIL_HEADER MAIL_MULTIPART "--b\nContent-Type: message/rfc822\n\n"
                                                  "Content-Type: application/tlsrpt+json\n\n%J\n--b--\n"},
    {"two reports", MAIL_HEADER MAIL_MULTIPART "--b\nContent-Type: application/tlsrpt+json\n\n%J\n"
                                               "--b\nContent-Type: application/tlsrpt+json\n\n%2\n--b--\n"},
    {"broken report", MAIL_HEADER MAIL_MULTIPART "--b\nContent-Type: application/tlsrpt+json\n\n{\"a\n--b--\n"},
    {"mbox", MBOX_LINE MAIL_GOOD "\n" MBOX_LINE "Subject: hello\n\nHello.\n\n" MBOX_LINE MAIL_GOOD},
};

/* The same in gzip. */
static const char *const compressed[] = {"%g", MAIL_GOOD, MBOX_LINE MAIL_GOOD "\n" MBOX_LINE MAIL_GOOD};

static const char *const files[] = {"fields-of-the-subject.eml",
                                    "google.eml",
                                    "inbox.mbox",
                                    "mail.ru.eml",
                                    "mails.tar",
                                    "microsoft.eml",
                                    "reports.zip",
                                    "rfc-sample.eml",
                                    "whole-body.eml"};

static size_t failed;

/* Whole and in chunks, without and with a server that is trusted. */
static void check_data(const char *name, const char *data, size_t len) {
  static const size_t chunks[] = {0, 100, 5000, 100, 5000, 100, 2048};
  static const trpt_str server = {"mx.example.com", 14};
  const trpt_mail_options trusting = {
      .struct_size = sizeof trusting, .flags = TRPT_MAIL_REQUIRE_DKIM, .authserv_ids = &server, .authserv_id_count = 1};
  for (size_t i = 0; i < COUNT(chunks); i++) {
    const input in = {name, data, len, chunks[i], i == 3 || i == 4, i > 4};
    failed += check_input(&in, NULL) + check_input(&in, &trusting);
  }
}

static void test_templates(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(templates); i++) {
    size_t len;
    char *data = mail_make(templates[i].template, &len);
    check_data(templates[i].name, data, len);
    free(data);
  }
}

static void test_gzip(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(compressed); i++) {
    size_t len;
    char *data = mail_make(compressed[i], &len);
    mail_buffer gzip = {0};
    mail_append_gzip(&gzip, data, len);
    check_data(compressed[i], gzip.data, gzip.len);
    free(gzip.data);
    free(data);
  }
}

/* A mailbox that is read in many chunks, and the same in gzip. */
static void test_long_mailbox(void **state) {
  (void)state;
  mail_buffer mailbox = {0};
  mail_buffer gzip = {0};
  uint32_t random = 1;
  for (int i = 0; i < 6; i++) {
    mail_append_text(&mailbox, MBOX_LINE "Subject: a\n\n");
    for (int k = 0; k < 1500; k++) {
      char digits[16];
      random = random * 1664525U + 1013904223U;
      snprintf(digits, sizeof digits, "%08x%s", (unsigned)random, k % 8 ? "" : "\n");
      mail_append_text(&mailbox, digits);
    }
    mail_append_text(&mailbox, "\n\n");
  }
  mail_append_gzip(&gzip, mailbox.data, mailbox.len);
  const mail_file file = {"a.mbox", mailbox.data, mailbox.len};
  mail_buffer tar = {0};
  mail_append_tar(&tar, &file, 1);
  check_data("tar", tar.data, tar.len);
  free(tar.data);
  check_data("mailbox", mailbox.data, mailbox.len);
  check_data("mailbox in gzip", gzip.data, gzip.len);
  free(mailbox.data);
  free(gzip.data);
}

static void test_files(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(files); i++) {
    size_t len;
    char *data = mail_load(files[i], &len);
    check_data(files[i], data, len);
    free(data);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_templates), cmocka_unit_test(test_gzip),
                                     cmocka_unit_test(test_long_mailbox), cmocka_unit_test(test_files)};
  const int failures = cmocka_run_group_tests(tests, NULL, NULL);
  print_message("%zu calls failed\n", failed);
  return failures;
}
