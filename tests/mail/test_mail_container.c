/* SPDX-License-Identifier: MIT */
/* What an input is, and the pieces that it is taken apart into: the mails of an mbox, the files of a zip or a tar. Each is read whole
   and in chunks of one byte and of a few. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "mail/container.h"
#include "mail/mail_diagnostics.h"

static trpt_mail_unit unit;
static const trpt_mail_limits roomy = {64 << 20, 256 << 20, &unit, 10000, 200};

/* ---- kinds ---- */

static void test_kinds(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t len; /* 0: up to the NUL */
    trpt_mail_kind kind;
  } rows[] = {
      {"{\"policies\":[]}", 0, TRPT_MAIL_KIND_JSON},
      {" \r\n\t{", 0, TRPT_MAIL_KIND_JSON},
      {"\xEF\xBB\xBF{", 0, TRPT_MAIL_KIND_JSON},
      {"[{}]", 0, TRPT_MAIL_KIND_JSON}, /* no report, which its reader says better */
      {"\x1F\x8B\x08", 0, TRPT_MAIL_KIND_GZIP},
      {"\x1F", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"PK\x03\x04", 0, TRPT_MAIL_KIND_ZIP},
      {"PK\x05\x06", 0, TRPT_MAIL_KIND_ZIP},
      {"PK: a field", 0, TRPT_MAIL_KIND_MESSAGE},
      {"BZh91AY", 0, TRPT_MAIL_KIND_BZIP2},
      {"\xFD\x37zXZ\0", 6, TRPT_MAIL_KIND_XZ},
      {"\x28\xB5\x2F\xFD", 0, TRPT_MAIL_KIND_ZSTD},
      {"Received: from a", 0, TRPT_MAIL_KIND_MESSAGE},
      {"X-1 \t: a", 0, TRPT_MAIL_KIND_MESSAGE}, /* RFC 5322 s4.5 */
      {"\r\n\r\nSubject: behind empty lines", 0, TRPT_MAIL_KIND_MESSAGE},
      {"no field: a", 0, TRPT_MAIL_KIND_UNKNOWN},
      {">From a 12:00\nSubject: a", 0, TRPT_MAIL_KIND_MESSAGE},
      {">From a 12:00", 0, TRPT_MAIL_KIND_UNKNOWN},
      {">From a 12:00\nno field: a", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"1234      \nSubject: a", 0, TRPT_MAIL_KIND_MESSAGE},
      {"1234\r\nSubject: a", 0, TRPT_MAIL_KIND_MESSAGE},
      {"1234", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"1234\n{}", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"12 34\nSubject: a", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"words\nSubject: a", 0, TRPT_MAIL_KIND_UNKNOWN},
      {": a", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"From a@example.com Tue Nov 24 09:29:58 2026\nSubject: a", 0, TRPT_MAIL_KIND_MBOX},
      {"From - nothing\r\n>From b\nSubject: a", 0, TRPT_MAIL_KIND_MBOX},
      {"From here on\nnothing is a field", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"From: a@example.com\n", 0, TRPT_MAIL_KIND_MESSAGE},
      {"From : a@example.com\nTo: b@example.com\n", 0, TRPT_MAIL_KIND_MESSAGE},
      {"\xEF\xBB\xBF \n[", 0, TRPT_MAIL_KIND_JSON},
      {"\xEF\xBB\xBFSubject: a", 0, TRPT_MAIL_KIND_MESSAGE},
      {"\xEF\xBB\xBF\r\nFrom a 12:00\nA: 1", 0, TRPT_MAIL_KIND_MBOX},
      {"\n\nFrom a\nA: 1", 0, TRPT_MAIL_KIND_MBOX},
      {"\xEF\xBB", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"\"policies\": [", 0, TRPT_MAIL_KIND_UNKNOWN}, /* JSON text without its beginning */
      {"report({\"policies\":[]});", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"\xFF\xFE{\0", 4, TRPT_MAIL_KIND_WIDE_JSON},
      {"\xFE\xFF\0[", 4, TRPT_MAIL_KIND_WIDE_JSON},
      {"\xFF\xFE\0\0\n\0\0\0{\0\0", 12, TRPT_MAIL_KIND_WIDE_JSON},
      {"\0\0\xFE\xFF\0\0\0{", 8, TRPT_MAIL_KIND_WIDE_JSON},
      {"{\0\"\0", 4, TRPT_MAIL_KIND_WIDE_JSON},
      {"\0 \0{\0\"", 6, TRPT_MAIL_KIND_WIDE_JSON},
      {"\xFF\xFE<\0", 4, TRPT_MAIL_KIND_UNKNOWN},
      {"\xFF\xFE", 2, TRPT_MAIL_KIND_UNKNOWN},
      {"<?xml version=\"1.0\"?>\n<feedback>", 0, TRPT_MAIL_KIND_DMARC},
      {"\xEF\xBB\xBF<FEEDBACK xmlns=\"a\">", 0, TRPT_MAIL_KIND_DMARC},
      {"<?xml version=\"1.0\"?>\n<rss>", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"\r\n<!DOCTYPE html>", 0, TRPT_MAIL_KIND_HTML},
      {"<html><feedback>", 0, TRPT_MAIL_KIND_HTML},
      {"<a@example.com>", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 0, TRPT_MAIL_KIND_OUTLOOK},
      {"\xD0\xCF\x11\xE0", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"!BDN", 0, TRPT_MAIL_KIND_OUTLOOK},
      {"", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"\0", 1, TRPT_MAIL_KIND_UNKNOWN},
      {"plain words", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"\x80: a", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"a\x7F: a", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"a\x80: a", 0, TRPT_MAIL_KIND_UNKNOWN},
      {"From a 1:x 2\nA: 1", 0, TRPT_MAIL_KIND_MBOX},
      {"From a x:1 2\nA: 1", 0, TRPT_MAIL_KIND_MBOX},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const size_t len = rows[i].len ? rows[i].len : strlen(rows[i].bytes);
    char *copy = malloc(len + !len); /* so that a sanitizer sees each byte too many */
    memcpy(copy, rows[i].bytes, len);
    if (trpt_mail_kind_of(copy, len) != rows[i].kind) fprintf(stderr, "row %zu: %s\n", i, rows[i].bytes);
    assert_int_equal(trpt_mail_kind_of(copy, len), rows[i].kind);
    free(copy);
  }
  assert_int_equal(trpt_mail_kind_of(NULL, 0), TRPT_MAIL_KIND_UNKNOWN);
  assert_string_equal(trpt_mail_kind_name(TRPT_MAIL_KIND_ZSTD), "zstd");
  assert_string_equal(trpt_mail_kind_name(TRPT_MAIL_KIND_MBOX), "mbox");
  assert_string_equal(trpt_mail_kind_name(TRPT_MAIL_KIND_OUTLOOK), "outlook");
  assert_string_equal(trpt_mail_kind_name(TRPT_MAIL_KIND_OUTLOOK + 1), "unknown");
  assert_string_equal(trpt_mail_kind_name(-1), "unknown");
}

/* ---- readings ---- */

typedef struct chunks {
  const char *data;
  size_t len;
  size_t size; /* of a chunk */
  size_t calls_left;
} chunks;

static char chunk[1 << 16];

static int read_chunk(void *user, const void **data, size_t *len) {
  chunks *c = user;
  if (!c->calls_left--) return 1;
  *len = c->size < c->len ? c->size : c->len;
  memcpy(chunk, c->data, *len); /* the one before is gone */
  *data = chunk;
  c->data += *len;
  c->len -= *len;
  return 0;
}

static char described[1 << 16];

static void describe(const trpt_mail_member *piece) {
  char *at = described + strlen(described);
  at += sprintf(at, "%d@%d %s [%.*s] ", (int)piece->number, (int)piece->offset, trpt_mail_kind_name(piece->kind),
                (int)piece->name.len, piece->name.ptr ? piece->name.ptr : "");
  if (piece->fault.status != TRPT_OK) {
    trpt_error error;
    trpt_mail_error_of_fault(&error, piece->fault);
    sprintf(at, "%s %s\n", trpt_status_name(error.status), error.message);
  } else {
    sprintf(at, "%.*s\n", (int)(piece->len < 60 ? piece->len : 60), piece->data);
  }
}

static trpt_status read_pieces(trpt_mail_container *pieces) {
  trpt_mail_member piece;
  trpt_status status;
  assert_non_null(pieces);
  described[0] = 0;
  while ((status = trpt_mail_container_next(pieces, &piece)) == TRPT_OK) {
    /* A piece that was refused has no bytes, and one that was not has them. */
    assert_true((piece.fault.status == TRPT_OK) == (piece.data != NULL));
    assert_true((piece.fault.status == TRPT_OK) == (piece.fault.sentence == NULL));
    describe(&piece);
  }
  assert_int_equal(trpt_mail_container_next(pieces, &piece), status);
  trpt_mail_container_free(pieces);
  return status;
}

static void check(const char *data, size_t len, trpt_mail_limits limits, const char *expected) {
  static const size_t sizes[] = {0, 1, 7, 1000};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    chunks c = {data, len, sizes[i], SIZE_MAX};
    trpt_mail_container *pieces = sizes[i] ? trpt_mail_container_new(read_chunk, &c, NULL, 0, &limits)
                                           : trpt_mail_container_new(NULL, NULL, data, len, &limits);
    assert_int_equal(read_pieces(pieces), TRPT_END);
    assert_string_equal(described, expected);
  }
}

static void check_text(const char *text, const char *expected) { check(text, strlen(text), roomy, expected); }

static void test_single(void **state) {
  (void)state;
  check_text("{}", "0@0 json [] {}\n");
  check_text("Subject: a\n\nFrom b\n", "0@0 message [] Subject: a\n\nFrom b\n\n");
  check_text("words", "0@0 unknown [] words\n");
  check_text("", "0@0 unknown [] TRPT_E_NO_REPORT The input is empty.\n");
  trpt_mail_limits limits = roomy;
  limits.max_message = 5;
  check("{'a':1}", 7, limits, "0@0 json [] TRPT_E_LIMIT The input is longer than max_message (5 bytes).\n");
  check("{   }", 5, limits, "0@0 json [] {   }\n");
}

/* ---- mbox ---- */

static void test_mbox(void **state) {
  (void)state;
  static const struct {
    const char *reason;
    const char *text;
    const char *expected;
  } rows[] = {
      {"two mails", "From a Tue Nov 24 09:29:58 2026\nA: 1\n\nx\n\nFrom b\nB: 2\n\ny\n",
       "1@32 message [] A: 1\n\nx\n\n\n2@48 message [] B: 2\n\ny\n\n"},
      {"lines end in CR LF", "From a\r\nA: 1\r\n\r\nFrom b\r\nB: 2\r\n",
       "1@8 message [] A: 1\r\n\r\n\n2@24 message [] B: 2\r\n\n"},
      {"no empty line, but a time", "From a\nA: 1\nFrom b Tue Nov 24 09:29:58 2026\nB: 2",
       "1@7 message [] A: 1\n\n2@44 message [] B: 2\n"},
      {"the shortest time", "From a\nA: 1\nFrom 1:2\nB: 2", "1@7 message [] A: 1\n\n2@21 message [] B: 2\n"},
      {"a colon that is no time", "From a\nA: 1\n\ntext\nFrom 1: x\nFrom x :2\nB: 2",
       "1@7 message [] A: 1\n\ntext\nFrom 1: x\nFrom x :2\nB: 2\n"},
      {"neither", "From a\nA: 1\n\ntext\nFrom b\nB: 2", "1@7 message [] A: 1\n\ntext\nFrom b\nB: 2\n"},
      {"a sentence of the text", "From a\nA: 1\n\nFrom now on at 12:30\nwe do otherwise\n",
       "1@7 message [] A: 1\n\nFrom now on at 12:30\nwe do otherwise\n\n"},
      {"quoted", "From a\nA: 1\n\n>From b\nB: 2\n", "1@7 message [] A: 1\n\n>From b\nB: 2\n\n"},
      {"a mail that was in an mbox before", "From a\n>From b\nA: 1\n\nFrom c\nC: 3\n",
       "1@7 message [] >From b\nA: 1\n\n\n2@28 message [] C: 3\n\n"},
      {"empty lines before the first", "\r\n\nFrom a\nA: 1\n\nFrom b\nB: 2\n",
       "1@10 message [] A: 1\n\n\n2@23 message [] B: 2\n\n"},
      {"a byte order mark",
       "\xEF\xBB\xBF"
       "From a\nA: 1\n\nFrom b\nB: 2\n",
       "1@10 message [] A: 1\n\n\n2@23 message [] B: 2\n\n"},
      {"the last line is cut", "From a\nA: 1\n\nFrom", "1@7 message [] A: 1\n\nFrom\n"},
      {"no text", "From a\nA: 1", "1@7 message [] A: 1\n"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) check_text(rows[i].text, rows[i].expected);
}

/* A mail beyond the limit costs itself, not the next, and is not kept. */
static void test_mbox_limit(void **state) {
  (void)state;
  static char text[200000];
  size_t len = (size_t)sprintf(text, "From a\nA: 1\n\n");
  for (size_t i = 0; i < 1000; i++) len += (size_t)sprintf(text + len, "a line of the mail that is too long\n");
  memset(text + len, 'x', 100000); /* and one line of its own */
  len += 100000;
  len += (size_t)sprintf(text + len, "\n\nFrom b\nB: 2\n");
  trpt_mail_limits limits = roomy;
  limits.max_message = 10000;
  check(text, len, limits,
        "1@7 unknown [] TRPT_E_LIMIT The mail is longer than max_message (10000 bytes).\n2@136022 message [] B: 2\n\n");
  limits.max_message = 136008;
  check(text, len, limits,
        "1@7 message [] A: 1\n\na line of the mail that is too long\na line of the mail\n2@136022 message [] B: "
        "2\n\n");
  limits.max_message = 136007;
  check(
      text, len, limits,
      "1@7 unknown [] TRPT_E_LIMIT The mail is longer than max_message (136007 bytes).\n2@136022 message [] B: 2\n\n");
}

/* ---- archives ---- */

typedef struct file {
  const char *name;
  const char *text;
  unsigned type; /* 0: a file */
} file;

static char packed[1 << 22];

static size_t pack(int (*set_format)(struct archive *), const char *option, const file *files, size_t count) {
  size_t used = 0;
  struct archive *writer = archive_write_new();
  assert_int_equal(set_format(writer), ARCHIVE_OK);
  archive_write_set_bytes_in_last_block(writer, 1);
  if (option) assert_int_equal(archive_write_set_options(writer, option), ARCHIVE_OK);
  if (option && strstr(option, "encryption"))
    assert_int_equal(archive_write_set_passphrase(writer, "secret"), ARCHIVE_OK);
  assert_int_equal(archive_write_open_memory(writer, packed, sizeof packed, &used), ARCHIVE_OK);
  for (size_t i = 0; i < count; i++) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, files[i].name);
    archive_entry_set_filetype(entry, files[i].type ? files[i].type : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (files[i].type == AE_IFLNK) archive_entry_set_symlink(entry, "/etc/passwd");
    archive_entry_set_size(entry, files[i].type ? 0 : (la_int64_t)strlen(files[i].text));
    assert_int_equal(archive_write_header(writer, entry), ARCHIVE_OK);
    if (!files[i].type) archive_write_data(writer, files[i].text, strlen(files[i].text));
    archive_entry_free(entry);
  }
  assert_int_equal(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
  return used;
}

static const file some_files[] = {
    {"folder", NULL, AE_IFDIR}, {"folder/a.json", "{\"a\":1}", 0},
    {"link", NULL, AE_IFLNK},   {"../../b.eml", "Subject: b\n", 0}, /* a name is never a path */
    {"empty", "", 0},
};

static void test_archives(void **state) {
  (void)state;
  size_t len = pack(archive_write_set_format_zip, NULL, some_files, 5);
  check(packed, len, roomy,
        "2@0 json [folder/a.json] {\"a\":1}\n4@0 message [../../b.eml] Subject: b\n\n5@0 unknown [empty] \n");
  len = pack(archive_write_set_format_zip, "compression=store", some_files, 2);
  check(packed, len, roomy, "2@0 json [folder/a.json] {\"a\":1}\n");
  len = pack(archive_write_set_format_ustar, NULL, some_files, 5);
  check(packed, len, roomy,
        "2@512 json [folder/a.json] {\"a\":1}\n4@2048 message [../../b.eml] Subject: b\n\n5@3072 unknown [empty] \n");
  len = pack(archive_write_set_format_pax, NULL, some_files, 2);
  check(packed, len, roomy, "2@512 json [folder/a.json] {\"a\":1}\n");
  len = pack(archive_write_set_format_gnutar, NULL, some_files, 2);
  check(packed, len, roomy, "2@512 json [folder/a.json] {\"a\":1}\n");
}

/* "cat a.tar b.tar": the end of the first archive is not the end of the input. */
static void test_archives_in_a_row(void **state) {
  (void)state;
  static char two[sizeof packed];
  const size_t len = pack(archive_write_set_format_ustar, NULL, some_files, 2);
  memcpy(two, packed, len);
  memcpy(two + len, packed, len);
  char expected[128];
  sprintf(expected, "2@512 json [folder/a.json] {\"a\":1}\n4@%zu json [folder/a.json] {\"a\":1}\n", len + 512);
  check(two, 2 * len, roomy, expected);
  memcpy(two + len, "no archive", 10);
  check(two, len + 10, roomy,
        "2@512 json [folder/a.json] {\"a\":1}\n3@512 unknown [] TRPT_E_MAIL The archive is corrupt or truncated.\n");
}

static void test_archive_limits(void **state) {
  (void)state;
  static char blanks[3 << 20];
  memset(blanks, ' ', sizeof blanks - 1);
  const file files[] = {{"a", "{}", 0}, {"bomb", blanks, 0}, {"c", "{}", 0}};
  trpt_mail_limits limits = roomy;
  size_t len = pack(archive_write_set_format_zip, NULL, files, 3);
  check(packed, len, limits,
        "1@0 json [a] {}\n2@0 unknown [bomb] TRPT_E_LIMIT The input inflates to more than max_ratio "
        "(200) times its own length.\n");
  limits.max_ratio = UINT32_MAX;
  limits.max_inflated = 2 << 20;
  check(packed, len, limits,
        "1@0 json [a] {}\n2@0 unknown [bomb] TRPT_E_LIMIT The input inflates to more than max_inflated (2097152 "
        "bytes).\n");
  /* One that is too long is passed over, whether its length is told or not. */
  limits = roomy;
  limits.max_message = 1 << 20;
  check(packed, len, limits,
        "1@0 json [a] {}\n2@0 unknown [bomb] TRPT_E_LIMIT The archive entry is longer than max_message (1048576 "
        "bytes).\n"
        "3@0 json [c] {}\n");
  limits = roomy;
  limits.max_entries = 2;
  check(packed, len, limits,
        "1@0 json [a] {}\n2@0 unknown [bomb] TRPT_E_LIMIT The input inflates to more than max_ratio "
        "(200) times its own length.\n");
  const file small[] = {{"a", "{}", 0}, {"b", "{}", 0}, {"c", "{}", 0}};
  len = pack(archive_write_set_format_zip, NULL, small, 3);
  check(packed, len, limits,
        "1@0 json [a] {}\n2@0 json [b] {}\n3@0 unknown [] TRPT_E_LIMIT The input has more archive entries than "
        "max_entries "
        "(2).\n");
  limits.max_message = len - 1;
  char expected[128];
  sprintf(expected, "0@0 zip [] TRPT_E_LIMIT The input is longer than max_message (%zu bytes).\n", len - 1);
  check(packed, len, limits, expected);
  len = pack(archive_write_set_format_ustar, NULL, files, 3);
  limits = roomy;
  limits.max_message = 1 << 20;
  check(packed, len, limits,
        "1@0 json [a] {}\n2@1024 unknown [bomb] TRPT_E_LIMIT The archive entry is longer than max_message "
        "(1048576 bytes).\n"
        "3@3147264 json [c] {}\n");
}

/* An entry may have as many bytes as max_message says, and not one more. */
static void test_longest_entry(void **state) {
  (void)state;
  int (*const formats[])(struct archive *) = {archive_write_set_format_zip, archive_write_set_format_ustar};
  char text[1001] = "";
  memset(text, ' ', sizeof text - 1);
  text[0] = '[';
  const file files[] = {{"a", text, 0}, {"b", "{}", 0}};
  for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
    const size_t len = pack(formats[i], NULL, files, 2);
    const int next = i ? 1536 : 0; /* where a tar continues */
    char expected[2048];
    trpt_mail_limits limits = roomy;
    limits.max_message = 1000;
    snprintf(expected, sizeof expected, "1@0 json [a] %.60s\n2@%d json [b] {}\n", text, next); /* as described */
    check(packed, len, limits, expected);
    limits.max_message = 999;
    snprintf(expected, sizeof expected,
             "1@0 unknown [a] TRPT_E_LIMIT The archive entry is longer than max_message (999 bytes).\n"
             "2@%d json [b] {}\n",
             next);
    check(packed, len, limits, expected);
  }
}

/* An entry that inflates to more than its header says: not more than max_message is read. */
static void test_lying_size(void **state) {
  (void)state;
  static char blanks[3 << 20];
  memset(blanks, ' ', sizeof blanks - 1);
  const file files[] = {{"a", blanks, 0}, {"b", "{}", 0}};
  const size_t len = pack(archive_write_set_format_zip, NULL, files, 2);
  size_t headers = 0;
  for (size_t i = 0; i + 28 < len; i++) {
    const bool is_central = memcmp(packed + i, "PK\1\2", 4) == 0;
    const bool is_local = memcmp(packed + i, "PK\3\4", 4) == 0;
    if ((!is_central && !is_local) || packed[i + (is_central ? 46 : 30)] != 'a') continue;
    memcpy(packed + i + (is_central ? 24 : 22), "\x10\0\0\0", 4);
    headers++;
  }
  assert_true(headers >= 1);
  trpt_mail_limits limits = roomy;
  limits.max_message = 1000;
  limits.max_ratio = UINT32_MAX;
  assert_int_equal(read_pieces(trpt_mail_container_new(NULL, NULL, packed, len < 1000 ? len : 0, &limits)), TRPT_END);
  limits.max_message = 100000;
  assert_int_equal(read_pieces(trpt_mail_container_new(NULL, NULL, packed, len, &limits)), TRPT_END);
  assert_non_null(strstr(described, "{}"));
  assert_null(strstr(described, "  "));
}

/* The holes of a sparse file would come from nothing. A hard link has no content of its own. */
static void test_special_files(void **state) {
  (void)state;
  size_t used = 0;
  struct archive *writer = archive_write_new();
  archive_write_set_format_pax(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  assert_int_equal(archive_write_open_memory(writer, packed, sizeof packed, &used), ARCHIVE_OK);
  for (int i = 0; i < 3; i++) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, i == 0 ? "sparse" : i == 1 ? "link" : "c");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, i == 0 ? 3000 : i == 1 ? 0 : 2);
    if (i == 0) archive_entry_sparse_add_entry(entry, 2000, 1000);
    if (i == 1) archive_entry_set_hardlink(entry, "c");
    assert_int_equal(archive_write_header(writer, entry), ARCHIVE_OK);
    static const char zeros[3000];
    if (i != 1) archive_write_data(writer, i ? "{}" : zeros, i ? 2 : sizeof zeros);
    archive_entry_free(entry);
  }
  assert_int_equal(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
  assert_int_equal(read_pieces(trpt_mail_container_new(NULL, NULL, packed, used, &roomy)), TRPT_END);
  assert_non_null(strstr(described, "[sparse] TRPT_E_UNSUPPORTED The archive entry is a sparse file."));
  assert_null(strstr(described, "[link]"));
  assert_non_null(strstr(described, "json [c] {}"));
}

static void test_bad_checksum(void **state) {
  (void)state;
  const file files[] = {{"a", "{\"a\":1}", 0}, {"b", "{\"b\":2}", 0}};
  const size_t len = pack(archive_write_set_format_zip, "compression=store", files, 2);
  char *digit = memchr(packed, '1', len);
  assert_non_null(digit);
  *digit = '2';
  check(packed, len, roomy,
        "1@0 unknown [a] TRPT_E_MAIL The archive entry is corrupt or truncated.\n2@0 json [b] {\"b\":2}\n");
}

/* A tar that breaks in its middle says where, and goes on where it can. */
static void test_broken_tar(void **state) {
  (void)state;
  const file files[] = {{"a", "{}", 0}, {"b", "{}", 0}, {"c", "{}", 0}};
  const size_t len = pack(archive_write_set_format_ustar, NULL, files, 3);
  memset(packed + 1024, 'x', 512);
  check(packed, len, roomy,
        "1@0 json [a] {}\n2@1024 unknown [] TRPT_E_MAIL The archive is corrupt or truncated.\n3@2048 json [c] {}\n");
}

static void test_encrypted(void **state) {
  (void)state;
  const file files[] = {{"a.json", "{}", 0}};
  const size_t len = pack(archive_write_set_format_zip, "zip:encryption=zipcrypt", files, 1);
  check(packed, len, roomy, "1@0 unknown [a.json] TRPT_E_UNSUPPORTED The archive entry is encrypted.\n");
}

/* Wherever it is cut, what was before comes out, and the cut is told; nothing crashes. */
static void test_cut_archives(void **state) {
  (void)state;
  const file files[] = {{"a", "{\"a\":1}", 0}, {"b", "{\"b\":2}", 0}};
  for (int format = 0; format < 2; format++) {
    const size_t len = format ? pack(archive_write_set_format_ustar, NULL, files, 2)
                              : pack(archive_write_set_format_zip, NULL, files, 2);
    size_t complaints = 0;
    for (size_t cut = 1; cut < len; cut++) {
      char *copy = malloc(cut);
      memcpy(copy, packed, cut);
      assert_int_equal(read_pieces(trpt_mail_container_new(NULL, NULL, copy, cut, &roomy)), TRPT_END);
      if (format && cut > 1024 + 7 && cut >= 1024) assert_non_null(strstr(described, "{\"a\":1}"));
      complaints += strstr(described, "TRPT_E_MAIL") != NULL;
      free(copy);
    }
    assert_true(complaints > len / 4);
  }
}

/* A window of zeros, and one whose checksum is no octal number. */
static void test_no_tar(void **state) {
  (void)state;
  static char block[1024];
  assert_int_equal(trpt_mail_kind_of(block, sizeof block), TRPT_MAIL_KIND_UNKNOWN);
  const file files[] = {{"a", "{}", 0}};
  const size_t len = pack(archive_write_set_format_ustar, NULL, files, 1);
  assert_int_equal(trpt_mail_kind_of(packed, len), TRPT_MAIL_KIND_TAR);
  unsigned sum = 8 * ' ';
  for (size_t i = 0; i < 512; i++)
    if (i < 148 || i >= 156) sum += (unsigned char)packed[i];
  char digits[16];
  sprintf(digits, "%08o", sum);
  memcpy(packed + 148, digits, 8); /* without a NUL or a blank after it */
  assert_int_equal(trpt_mail_kind_of(packed, len), TRPT_MAIL_KIND_TAR);
  packed[148] = '9';
  assert_int_equal(trpt_mail_kind_of(packed, len), TRPT_MAIL_KIND_UNKNOWN);
}

/* A mail of CRLF lines, without times in its "From " lines. */
static void test_mbox_crlf(void **state) {
  (void)state;
  static const char data[] = "From a\r\nA: 1\r\n\r\nFrom b\r\nB: 2\r\n\r\n\rFrom c\r\nC: 3\r\nFrom d\r\nD: 4\r\n";
  check(data, sizeof data - 1, roomy,
        "1@8 message [] A: 1\r\n\r\n\n2@24 message [] B: 2\r\n\r\n\rFrom c\r\nC: 3\r\nFrom d\r\nD: 4\r\n\n");
}

/* ---- readers that stop ---- */

static void test_canceled(void **state) {
  (void)state;
  const file files[] = {{"a", "{}", 0}, {"b", "{}", 0}};
  const size_t tar = pack(archive_write_set_format_ustar, NULL, files, 2);
  static const char mbox[] = "From a\nA: 1\n\nFrom b\nB: 2\n";
  for (size_t calls = 0; calls < 10; calls++) {
    chunks c = {packed, tar, 100, calls};
    assert_int_equal(read_pieces(trpt_mail_container_new(read_chunk, &c, NULL, 0, &roomy)), TRPT_E_CANCELED);
    c = (chunks){mbox, sizeof mbox - 1, 2, calls};
    assert_int_equal(read_pieces(trpt_mail_container_new(read_chunk, &c, NULL, 0, &roomy)), TRPT_E_CANCELED);
    c = (chunks){"{}                           ", 25, 2, calls};
    assert_int_equal(read_pieces(trpt_mail_container_new(read_chunk, &c, NULL, 0, &roomy)), TRPT_E_CANCELED);
  }
}

/* Long inputs, which are read in chunks: the reader stops while a member is read, and between two. */
static void test_canceled_later(void **state) {
  (void)state;
  static char blanks[20000];
  static char mbox[50000];
  memset(blanks, ' ', sizeof blanks - 1);
  const file files[] = {{"a", blanks, 0}, {"b", "{}", 0}, {"c", blanks, 0}};
  const size_t tar = pack(archive_write_set_format_ustar, NULL, files, 3);
  size_t len = 0;
  while (len < sizeof mbox - 100)
    len +=
        (size_t)sprintf(mbox + len, len % 7000 < 100 ? "From a 12:00\nA: %zu\n\n" : "a text of some words: %zu\n", len);
  size_t canceled = 0;
  memset(mbox + 20000, 'x', 10000); /* a long line */
  for (size_t calls = 0; calls < 60; calls++) {
    chunks c = {packed, tar, 1000, calls};
    canceled += read_pieces(trpt_mail_container_new(read_chunk, &c, NULL, 0, &roomy)) == TRPT_E_CANCELED;
    c = (chunks){blanks, sizeof blanks - 1, 1000, calls};
    canceled += read_pieces(trpt_mail_container_new(read_chunk, &c, NULL, 0, &roomy)) == TRPT_E_CANCELED;
    c = (chunks){mbox, len, 1000, calls};
    canceled += read_pieces(trpt_mail_container_new(read_chunk, &c, NULL, 0, &roomy)) == TRPT_E_CANCELED;
  }
  assert_true(canceled > 100);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_kinds),
      cmocka_unit_test(test_single),
      cmocka_unit_test(test_mbox),
      cmocka_unit_test(test_mbox_limit),
      cmocka_unit_test(test_archives),
      cmocka_unit_test(test_archive_limits),
      cmocka_unit_test(test_broken_tar),
      cmocka_unit_test(test_bad_checksum),
      cmocka_unit_test(test_longest_entry),
      cmocka_unit_test(test_lying_size),
      cmocka_unit_test(test_special_files),
      cmocka_unit_test(test_encrypted),
      cmocka_unit_test(test_cut_archives),
      cmocka_unit_test(test_canceled),
      cmocka_unit_test(test_canceled_later),
      cmocka_unit_test(test_no_tar),
      cmocka_unit_test(test_archives_in_a_row),
      cmocka_unit_test(test_mbox_crlf),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
