/* SPDX-License-Identifier: MIT */
#include <tlsrpt/record.h>
#include <tlsrpt/writer.h>

#include "../base/text.h"
#include "../uri/uri.h"

/* Writes text to a buffer. Text that does not fit is only counted. */
typedef struct text_writer {
  char *buffer;
  size_t capacity;
  size_t len;
} text_writer;

static void put(text_writer *writer, const char *text, size_t len) {
  for (size_t i = 0; i < len; i++, writer->len++)
    if (writer->len < writer->capacity) writer->buffer[writer->len] = text[i];
}

/* RFC 8460 s3 requires percent-encoding of these delimiters; "!" is one in DMARC. */
static void put_uri(text_writer *writer, trpt_str uri) {
  for (size_t i = 0; i < uri.len; i++) {
    switch (uri.ptr[i]) {
    case ',': put(writer, "%2C", 3); break;
    case '!': put(writer, "%21", 3); break;
    case ';': put(writer, "%3B", 3); break;
    default: put(writer, &uri.ptr[i], 1); break;
    }
  }
}

static size_t write_record(const trpt_str *uris, size_t count, char *buffer, size_t capacity) {
  static const char version[] = "v=TLSRPTv1; rua=";
  text_writer writer = {buffer, capacity, 0};
  put(&writer, version, sizeof version - 1);
  for (size_t i = 0; i < count; i++) {
    if (i) put(&writer, ",", 1);
    put_uri(&writer, uris[i]);
  }
  return writer.len;
}

/* Whether the result is a valid URI. Percent-encoding is allowed wherever "," "!" and ";" are, except in IPvFuture. */
static bool is_writable(trpt_str text) {
  trpt_uri uri;
  size_t bad;
  if (!text.ptr || !trpt_uri_parse(text.ptr, text.len, &uri, &bad)) return false;
  if (!uri.host.len || *uri.host.ptr != '[') return true;
  for (size_t i = 0; i < uri.host.len; i++)
    if (strchr(",!;", uri.host.ptr[i])) return false;
  return true;
}

static bool are_writable(const trpt_str *uris, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!is_writable(uris[i])) return false;
  return true;
}

trpt_status trpt_record_write(const trpt_str *uris, size_t count, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!uris || !count || !are_writable(uris, count) || (!buffer && capacity)) return TRPT_E_ARGUMENT;
  const size_t len = write_record(uris, count, NULL, 0);
  if (needed) *needed = len;
  if (capacity <= len) return TRPT_E_BUFFER;
  write_record(uris, count, buffer, capacity);
  buffer[len] = '\0';
  return TRPT_OK;
}
