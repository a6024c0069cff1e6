/* SPDX-License-Identifier: MIT */
/* Mails made by a grammar: each byte of the input chooses how the next part of a mail is written. The mail is valid, so it is known what
   is in it: its reports are found, all of them, once and in order, and each broken one is an error. Chunks change nothing. */

#include <stdbool.h>

#include <zlib.h>

#include <tlsrpt/mail.h>
#include <tlsrpt/report.h>

#include "fuzzing.h"

enum { MAX_DEPTH = 5, MAX_PARTS = 60, REPORT_SIZE = 400, WRAPPED_SIZE = 1000 };

typedef struct maker {
  const uint8_t *choices;
  size_t left;
  fuzz_output mail;
  const char *eol;
  uint32_t reports, broken, parts;
} maker;

/* A number below `limit`; 0 once the input has ended. */
static unsigned choose(maker *m, unsigned limit) {
  if (!m->left) return 0;
  m->left--;
  return *m->choices++ % limit;
}

/* ---- text, in which each line feed becomes the mail's line end ---- */

static void put(maker *m, const char *text) {
  for (; *text; text++) fuzz_append(&m->mail, *text == '\n' ? m->eol : text, *text == '\n' ? strlen(m->eol) : 1);
}

static void put_one_of(maker *m, const char *const *texts, unsigned count) { put(m, texts[choose(m, count)]); }

#define PUT_ONE_OF(m, ...)                                                                                             \
  do {                                                                                                                 \
    static const char *const texts[] = {__VA_ARGS__};                                                                  \
    put_one_of(m, texts, sizeof texts / sizeof texts[0]);                                                              \
  } while (0)

/* ---- transfer encodings ---- */

static void put_base64(maker *m, const uint8_t *data, size_t len) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const size_t line = 4 + 4 * (size_t)choose(m, 19);
  for (size_t i = 0, column = 0; i < len; i += 3) {
    const uint32_t bits =
        (uint32_t)data[i] << 16 | (i + 1 < len ? (uint32_t)data[i + 1] << 8 : 0) | (i + 2 < len ? data[i + 2] : 0);
    const char four[] = {digits[bits >> 18], digits[bits >> 12 & 63], i + 1 < len ? digits[bits >> 6 & 63] : '=',
                         i + 2 < len ? digits[bits & 63] : '=', '\0'};
    put(m, four);
    column += 4;
    if (column >= line) put(m, "\n"), column = 0;
  }
  put(m, "\n");
}

static void put_quoted_printable(maker *m, const uint8_t *data, size_t len) {
  const unsigned every = 1 + choose(m, 7);
  for (size_t i = 0, column = 0; i < len; i++) {
    char text[8];
    const bool is_plain = data[i] > ' ' && data[i] < 0x7F && data[i] != '=' && i % every;
    snprintf(text, sizeof text, is_plain ? "%c" : "=%02X", data[i]);
    put(m, text);
    column += is_plain ? 1 : 3;
    if (column > 70) put(m, "=\n"), column = 0;
  }
  put(m, "\n");
}

static void put_body(maker *m, const uint8_t *data, size_t len, bool is_text) {
  switch (choose(m, is_text ? 3 : 1)) {
  case 0:
    PUT_ONE_OF(m, "Content-Transfer-Encoding: base64\n", "content-transfer-encoding:BASE64\n",
               "Content-Transfer-Encoding:\n base64\n", "Content-Transfer-Encoding: base64 (a comment)\n");
    put(m, "\n");
    put_base64(m, data, len);
    return;
  case 1:
    put(m, "Content-Transfer-Encoding: quoted-printable\n\n");
    put_quoted_printable(m, data, len);
    return;
  default:
    PUT_ONE_OF(m, "", "Content-Transfer-Encoding: 8bit\n", "Content-Transfer-Encoding: 7bit\n");
    put(m, "\n");
    put(m, (const char *)data);
    put(m, "\n");
    return;
  }
}

/* ---- parts ---- */

static size_t gzip(uint8_t *to, const char *text, size_t len) {
  z_stream z = {0};
  CHECK(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  z.next_in = (z_const Bytef *)(uintptr_t)text;
  z.avail_in = (uInt)len;
  z.next_out = to;
  z.avail_out = WRAPPED_SIZE;
  CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
  deflateEnd(&z);
  return z.total_out;
}

/* A report whose report-id is its number, or one that is cut. */
static void put_report(maker *m, bool is_broken) {
  char text[REPORT_SIZE];
  uint8_t wrapped[WRAPPED_SIZE];
  const bool is_gzip = choose(m, 2);
  const int len = snprintf(
      text, sizeof text,
      "{\"organization-name\":\"x\",\"date-range\":{\"start-datetime\":\"2026-03-01T00:00:00Z\",\"end-datetime\":"
      "\"2026-03-01T23:59:59Z\"},\"contact-info\":\"x@example.net\",\"report-id\":\"%u\",\"policies\":[]%s",
      m->reports, is_broken ? "" : "}");
  if (is_broken)
    m->broken++;
  else
    m->reports++;
  if (is_gzip)
    PUT_ONE_OF(m, "Content-Type: application/tlsrpt+gzip\n", "Content-Type: application/gzip; name=a.json.gz\n",
               "CONTENT-TYPE: APPLICATION/TLSRPT+GZIP; name*=utf-8''a%20b.json.gz\n");
  else
    PUT_ONE_OF(m, "Content-Type: application/tlsrpt+json\n", "Content-Type: application/json; name=\"a.json\"\n",
               "Content-Type: application/tlsrpt+json;\n\tname*0=\"a!b!1!2\";\n name*1=\".json\"\n");
  PUT_ONE_OF(m, "", "Content-Disposition: attachment; filename=\"a!b.json\"\n", "Content-Disposition: inline\n",
             "Content-ID: <1@example.net>\n");
  if (is_gzip)
    put_body(m, wrapped, gzip(wrapped, text, (size_t)len), false);
  else
    put_body(m, (const uint8_t *)text, (size_t)len, true);
}

static void put_text(maker *m) {
  PUT_ONE_OF(m, "", "Content-Type: text/plain; charset=utf-8\n", "Content-Type: text/html\n",
             "Content-Type: image/png\n");
  put(m, "\n");
  PUT_ONE_OF(m, "This is a report.\n", "", "--\nsignature\n", "--a\n\n{not a report", "From here on\n>From there\n");
}

static void put_fields(maker *m) {
  put(m, "From: x@example.net\nMIME-Version: 1.0\n");
  for (unsigned count = choose(m, 4); count; count--)
    PUT_ONE_OF(
        m, "Subject: Report Domain: a.example Submitter: b.example Report-ID: <1>\n", "Subject: =?utf-8?Q?=C3=A4?=\n",
        "TLS-Report-Domain: example.com\n", "TLS-Report-Submitter: example.net\n",
        "Date: Sun, 1 Mar 2026 00:00:00 +0000\n", "Received: from a by b;\n\tSun, 1 Mar 2026 00:00:00 +0000\n",
        "DKIM-Signature: v=1; a=rsa-sha256; d=example.net;\n s=x; b=abc==\n", "Message-ID: <1@example.net>\n",
        "Authentication-Results: mx.example.com; dkim=pass header.d=example.net\n", "To: a: b, c;, <d@example.com>\n");
}

static void put_entity(maker *m, unsigned depth);

static void put_multipart(maker *m, unsigned depth) {
  char boundary[40], line[120];
  static const char *const forms[] = {"Content-Type: multipart/report; report-type=\"tlsrpt\"; boundary=\"%s\"\n\n",
                                      "Content-Type: multipart/mixed; boundary=%s\n\n",
                                      "Content-Type: Multipart/Mixed;\n\tBoundary=\"%s\"; x=\"y;z\"\n\n",
                                      "Content-Type: multipart/related (comment); boundary=\"%s\"\n\n"};
  /* One is the beginning of another one. */
  snprintf(boundary, sizeof boundary, "a%.*s%u", (int)choose(m, 20), "--------------------", m->parts);
  snprintf(line, sizeof line, forms[choose(m, 4)], boundary);
  put(m, line);
  PUT_ONE_OF(m, "", "This is a MIME mail.\n", "\n\n", "--another\n");
  for (unsigned count = 1 + choose(m, 4); count; count--) {
    snprintf(line, sizeof line, "--%s%s\n", boundary, choose(m, 3) ? "" : " \t");
    put(m, line);
    put_entity(m, depth + 1);
    put(m, "\n");
  }
  snprintf(line, sizeof line, "--%s--\n", boundary);
  put(m, line);
  PUT_ONE_OF(m, "", "\n", "Epilogue\n", "--another--\n");
}

static void put_entity(maker *m, unsigned depth) {
  const bool is_full = depth >= MAX_DEPTH || ++m->parts >= MAX_PARTS;
  switch (choose(m, is_full ? 4 : 8)) {
  case 0:
  case 1: put_report(m, false); return;
  case 2: put_report(m, true); return;
  case 3: put_text(m); return;
  case 4:
    put(m, "Content-Type: message/rfc822\n\n");
    put_fields(m);
    put_entity(m, depth + 1);
    return;
  default: put_multipart(m, depth); return;
  }
}

/* ---- what is read ---- */

static void check(const maker *m, trpt_mail *mail) {
  const trpt_mail_item *item;
  uint32_t reports = 0, errors = 0;
  trpt_status status;
  while ((status = trpt_mail_next(mail, &item)) == TRPT_OK) {
    CHECK(!item->report == (item->error != NULL));
    errors += item->error != NULL;
    if (!item->report) continue;
    char id[16];
    const int len = snprintf(id, sizeof id, "%u", reports++);
    const trpt_str found = trpt_report_metadata(item->report)->report_id;
    CHECK(found.len == (size_t)len && memcmp(found.ptr, id, found.len) == 0);
  }
  CHECK(status == TRPT_END && reports == m->reports);
  /* A mail without any report is one error. */
  CHECK(errors == (m->reports + m->broken ? m->broken : 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static trpt_mail *mail;
  maker m = {.choices = data, .left = size};
  if (!mail) CHECK(trpt_mail_new(&mail, NULL) == TRPT_OK);
  m.eol = choose(&m, 2) ? "\r\n" : "\n";
  const size_t chunk = 1 + choose(&m, 200);
  put_fields(&m);
  put_entity(&m, 0);
  char *copy = fuzz_copy(m.mail.bytes, m.mail.len);
  fuzz_chunks chunks = {copy, m.mail.len, chunk};
  CHECK(trpt_mail_open_bytes(mail, copy, m.mail.len) == TRPT_OK);
  check(&m, mail);
  CHECK(trpt_mail_open(mail, fuzz_read_chunk, &chunks) == TRPT_OK);
  check(&m, mail);
  free(copy);
  free(m.mail.bytes);
  return 0;
}
