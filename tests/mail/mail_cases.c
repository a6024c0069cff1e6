/* SPDX-License-Identifier: MIT */
#include "mail_cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>
#include <zlib.h>

#include "../tools/files.h"

#define REPORT(id)                                                                                                     \
  "{\"organization-name\": \"Example\", \"date-range\": {\"start-datetime\": \"2026-03-01T00:00:00Z\",\n"              \
  "\"end-datetime\": \"2026-03-01T23:59:59Z\"}, \"contact-info\": \"tls@example.net\", \"report-id\": \"" id "\",\n"   \
  "\"policies\": [{\"policy\": {\"policy-type\": \"sts\", \"policy-domain\": \"example.com\",\n"                       \
  "\"policy-string\": [\"version: STSv1\"]}, \"summary\": {\"total-successful-session-count\": 7,\n"                   \
  "\"total-failure-session-count\": 0}}]}\n"

static const char report[] = REPORT("1@example.net");
static const char second_report[] = REPORT("2@example.net");

void mail_append(mail_buffer *b, const void *data, size_t len) {
  if (b->len + len >= b->capacity) {
    b->capacity = (b->len + len) * 2 + 100;
    b->data = realloc(b->data, b->capacity);
    assert_non_null(b->data);
  }
  if (len) memcpy(b->data + b->len, data, len);
  b->len += len;
  b->data[b->len] = 0;
}

void mail_append_text(mail_buffer *b, const char *text) { mail_append(b, text, strlen(text)); }

void mail_append_gzip(mail_buffer *out, const void *data, size_t len) {
  z_stream stream = {.next_in = (Bytef *)(uintptr_t)data, .avail_in = (uInt)len};
  const size_t capacity = len + len / 100 + 1000;
  char *compressed = malloc(capacity);
  stream.next_out = (Bytef *)compressed;
  stream.avail_out = (uInt)capacity;
  assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
  mail_append(out, compressed, stream.total_out);
  deflateEnd(&stream);
  free(compressed);
}

static la_ssize_t append_archive(struct archive *writer, void *user, const void *data, size_t len) {
  (void)writer;
  mail_append(user, data, len);
  return (la_ssize_t)len;
}

static void append_files(mail_buffer *out, struct archive *writer, const mail_file *files, size_t count) {
  archive_write_set_bytes_per_block(writer, 0);
  archive_write_set_bytes_in_last_block(writer, 1);
  assert_int_equal(archive_write_open(writer, out, NULL, append_archive, NULL), ARCHIVE_OK);
  for (size_t i = 0; i < count; i++) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, files[i].name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)files[i].len);
    assert_int_equal(archive_write_header(writer, entry), ARCHIVE_OK);
    archive_write_data(writer, files[i].data, files[i].len);
    archive_entry_free(entry);
  }
  assert_int_equal(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
}

void mail_append_zip(mail_buffer *out, const mail_file *files, size_t count) {
  struct archive *writer = archive_write_new();
  archive_write_set_format_zip(writer);
  append_files(out, writer, files, count);
}

void mail_append_tar(mail_buffer *out, const mail_file *files, size_t count) {
  struct archive *writer = archive_write_new();
  archive_write_set_format_ustar(writer);
  append_files(out, writer, files, count);
}

/* In lines of `width`; 0: of 1, 2, 3 and so on. */
static void append_base64(mail_buffer *out, const mail_buffer *in, size_t width) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  size_t column = 0;
  size_t line = width ? width : 1;
  for (size_t i = 0; i < in->len; i += 3) {
    unsigned char bytes[3] = {0};
    memcpy(bytes, in->data + i, in->len - i < 3 ? in->len - i : 3);
    const uint32_t bits = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2];
    for (size_t k = 0; k < 4; k++) {
      mail_append(out, i + k > in->len ? "=" : &letters[bits >> (18 - 6 * k) & 63], 1);
      if (++column != line) continue;
      mail_append(out, "\n", 1);
      column = 0;
      line += !width;
    }
  }
}

void mail_append_base64(mail_buffer *out, const mail_buffer *in) { append_base64(out, in, 76); }

static void append_quoted(mail_buffer *out, const char *text) {
  for (size_t i = 0; text[i]; i++) {
    char escape[8];
    const int len =
        text[i] == '=' || text[i] == '"' ? sprintf(escape, "=%02X", (unsigned)text[i]) : sprintf(escape, "%c", text[i]);
    mail_append(out, escape, (size_t)len);
    if (i % 25 == 24) mail_append(out, "=\n", 2);
  }
}

char *mail_make(const char *template, size_t *len) {
  const mail_buffer plain = {(char *)(uintptr_t)report, sizeof report - 1, 0};
  mail_buffer gzip = {0};
  mail_buffer twice = {0};
  mail_buffer zip = {0};
  mail_buffer zip_of_gzip = {0};
  mail_append_gzip(&gzip, plain.data, plain.len);
  mail_append_gzip(&twice, gzip.data, gzip.len);
  mail_append_zip(&zip, &(mail_file){"report.json", plain.data, plain.len}, 1);
  mail_append_zip(&zip_of_gzip, &(mail_file){"report.json.gz", gzip.data, gzip.len}, 1);
  mail_buffer out = {0};
  mail_append(&out, "", 0);
  for (const char *p = template; *p; p++) {
    if (*p != '%') {
      mail_append(&out, p, 1);
      continue;
    }
    switch (*++p) {
    case 'J': mail_append(&out, plain.data, plain.len); break;
    case '2': mail_append(&out, second_report, sizeof second_report - 1); break;
    case 'Q': append_quoted(&out, report); break;
    case 'j': append_base64(&out, &plain, 76); break;
    case 'G': append_base64(&out, &gzip, 76); break;
    case 'T': append_base64(&out, &twice, 76); break;
    case 'O': append_base64(&out, &gzip, 0); break;
    case 'g': mail_append(&out, gzip.data, gzip.len); break;
    case 'Z': append_base64(&out, &zip, 76); break;
    case 'Y': append_base64(&out, &zip_of_gzip, 76); break;
    case '0': mail_append(&out, "", 1); break;
    case 'B':
      for (int i = 0; i < 4096; i++) mail_append(&out, " ", 1);
      break;
    case '%': mail_append(&out, "%", 1); break;
    default: fail_msg("no such placeholder: %%%c", *p);
    }
  }
  free(gzip.data);
  free(twice.data);
  free(zip.data);
  free(zip_of_gzip.data);
  *len = out.len;
  return out.data;
}

int mail_read_chunk(void *user, const void **data, size_t *len) {
  mail_chunks *chunks = user;
  *len = chunks->len < chunks->size ? chunks->len : chunks->size;
  *data = chunks->data;
  chunks->data += *len;
  chunks->len -= *len;
  return 0;
}

static void check_strings(const trpt_mail_item *item) {
  const trpt_str strings[] = {
      item->entry,     item->part,       item->media_type,    item->filename,         item->from,       item->subject,
      item->date_text, item->message_id, item->report_domain, item->report_submitter, item->dkim_domain};
  for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) assert_true(strings[i].ptr || !strings[i].len);
}

/* The name of the option in a message. A limit without an option has none. */
static void append_limit(mail_buffer *out, const char *message) {
  const char *name = strstr(message, "max_");
  if (!name) return;
  mail_append(out, " ", 1);
  mail_append(out, name, strspn(name, "abcdefghijklmnopqrstuvwxyz_"));
}

static void describe_item(mail_buffer *out, const trpt_mail *mail, const trpt_mail_item *item) {
  char line[512];
  /* There is either a report or a reason why not. */
  assert_true((item->report == NULL) != (item->error == NULL));
  check_strings(item);
  const trpt_str id = item->report ? trpt_report_metadata(item->report)->report_id : (trpt_str){"", 0};
  int len = snprintf(line, sizeof line, "%.*s %s %.*s", item->part.ptr ? (int)item->part.len : 1,
                     item->part.ptr ? item->part.ptr : "-", trpt_mail_kind_name(item->kind), (int)id.len, id.ptr);
  mail_append(out, line, (size_t)len);
  if (item->error) {
    const char *code = item->error->code;
    assert_true(item->error->message[0] != 0);
    len =
        snprintf(line, sizeof line, "%s%s%s", trpt_status_name(item->error->status), code ? " " : "", code ? code : "");
    mail_append(out, line, (size_t)len);
    if (item->error->status == TRPT_E_LIMIT) append_limit(out, item->error->message);
  }
  mail_append(out, " [", 2);
  uint64_t offset = 0;
  for (uint32_t i = 0; i < item->diagnostic_count; i++) {
    const trpt_diagnostic *d = trpt_mail_diagnostic(mail, i);
    assert_non_null(d);
    assert_true(d->offset >= offset);
    /* Outside of mails there are no lines. */
    if (item->from.ptr || d->where[0]) assert_true(d->line && d->column);
    assert_memory_equal(d->code, "mail.", 5);
    assert_int_equal(d->severity, trpt_diagnostic_severity(d->code));
    offset = d->offset;
    mail_append(out, " ", i != 0);
    mail_append(out, d->code + 5, strlen(d->code + 5));
  }
  assert_null(trpt_mail_diagnostic(mail, item->diagnostic_count));
  mail_append(out, "]\n", 2);
}

static mail_buffer describe(trpt_mail *mail) {
  mail_buffer out = {0};
  const trpt_mail_item *item;
  trpt_status status;
  mail_append(&out, "", 0);
  while ((status = trpt_mail_next(mail, &item)) == TRPT_OK) describe_item(&out, mail, item);
  assert_int_equal(status, TRPT_END);
  assert_null(item);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_END);
  return out;
}

static void feed(trpt_mail *mail, const char *data, size_t len, size_t chunk) {
  for (size_t at = 0; at < len; at += chunk)
    assert_int_equal(trpt_mail_feed(mail, data + at, len - at < chunk ? len - at : chunk), TRPT_OK);
  assert_int_equal(trpt_mail_finish(mail), TRPT_OK);
}

const char *mail_describe(const void *data, size_t len, const trpt_mail_options *options) {
  static const size_t sizes[] = {1, 13, 1000};
  static char kept[1 << 16];
  trpt_mail *mail;
  char *copy = malloc(len + !len); /* so that a sanitizer sees each byte too many */
  if (len) memcpy(copy, data, len);
  assert_int_equal(trpt_mail_new(&mail, options), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, copy, len), TRPT_OK);
  const mail_buffer whole = describe(mail);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    mail_chunks chunks = {copy, len, sizes[i]};
    assert_int_equal(trpt_mail_open(mail, mail_read_chunk, &chunks), TRPT_OK);
    const mail_buffer out = describe(mail);
    assert_string_equal(out.data, whole.data);
    free(out.data);
  }
  /* Pushed, if that has not a limit of its own. */
  for (size_t i = 0;
       i < sizeof sizes / sizeof sizes[0] && !(options && options->max_message && options->max_message < len); i++) {
    feed(mail, copy, len, sizes[i]);
    const mail_buffer out = describe(mail);
    assert_string_equal(out.data, whole.data);
    free(out.data);
  }
  trpt_mail_free(mail);
  free(copy);
  snprintf(kept, sizeof kept, "%s", whole.data);
  free(whole.data);
  return kept;
}

const char *mail_describe_template(const char *template, const trpt_mail_options *options) {
  size_t len;
  char *data = mail_make(template, &len);
  const char *described = mail_describe(data, len, options);
  free(data);
  return described;
}

char *mail_load(const char *name, size_t *len) {
  char path[4096];
  snprintf(path, sizeof path, "%s/tests/data/mails/%s", TRPT_SOURCE_DIR, name);
  char *data = file_read(path, len);
  if (!data) fail_msg("%s cannot be read", path);
  return data;
}
