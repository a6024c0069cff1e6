/* SPDX-License-Identifier: MIT */
#include "host.h"

#include <idn2.h>
#include <tlsrpt/record.h>

#include "../output.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Top-level domains have letters, RFC 1123 s2.1; so what ends in digits is meant as an address. */
static bool is_address(const char *text, size_t len) {
  while (len && is_digit(text[len - 1])) len--;
  return !len || text[len - 1] == '.';
}

static bool is_host_name(const char *text, size_t len) {
  return trpt_record_name(text, len, NULL, 0, NULL) != TRPT_E_ARGUMENT;
}

static bool is_ascii(trpt_str text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.ptr[i] >= 0x80) return false;
  return true;
}

/* What is ASCII already is taken as it is, since DNS may have it whatever IDNA says. */
static const char *to_ascii(trpt_str text, buffer *ascii) {
  if (is_ascii(text)) {
    buffer_add(ascii, text.ptr, text.len);
    return NULL;
  }
  buffer unicode = {0};
  char *converted = NULL;
  buffer_add(&unicode, text.ptr, text.len);
  buffer_add(&unicode, "", 1);
  if (unicode.failed) output_no_memory();
  const int status = idn2_to_ascii_8z(unicode.data, &converted, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  if (status == IDN2_OK) buffer_text(ascii, converted);
  idn2_free(converted);
  buffer_free(&unicode);
  return status == IDN2_OK ? NULL : "The name is not one of internationalized domain names (IDNA).";
}

const char *host_read(trpt_str text, buffer *ascii, dns_name *out) {
  static const char prefix[] = "_smtp._tls.";
  enum { PREFIX = sizeof prefix - 1, NAME_MAX_LEN = 253, LABEL_MAX_LEN = 63, TOO_MUCH = 2048 };
  buffer_clear(ascii);
  if (!text.len) return "The name is empty.";
  if (memchr(text.ptr, '\0', text.len)) return "The name holds a NUL byte.";
  if (text.len > TOO_MUCH) return "The name has more than 253 bytes.";
  const char *why = to_ascii(text, ascii);
  if (why) return why;
  if (ascii->len && ascii->data[ascii->len - 1] == '.') ascii->len--;
  const size_t len = ascii->len;
  if (len > NAME_MAX_LEN) return "The name has more than 253 bytes.";
  if (len > NAME_MAX_LEN - PREFIX)
    return "The name is so long that with _smtp._tls before it there are more than 253 bytes.";
  if (len > PREFIX && memcmp(ascii->data, prefix, PREFIX) == 0)
    return "Give the domain alone, without _smtp._tls before it.";
  size_t label = 0;
  for (size_t i = 0; i < len; i++) {
    label = ascii->data[i] == '.' ? 0 : label + 1;
    if (label > LABEL_MAX_LEN) return "A label of the name, the part between two dots, has more than 63 bytes.";
  }
  if (!is_host_name(ascii->data, len))
    return "This is no host name: labels of letters, digits and hyphens, with dots between them.";
  if (is_address(ascii->data, len)) return "This is an address and no domain.";
  return dns_name_below(out, ascii->data, len, NULL) ? NULL : "This is no name of DNS.";
}

static bool read_plain(const char *text, size_t len, dns_name *out) {
  if (len && text[len - 1] == '.') len--;
  return is_host_name(text, len) && !is_address(text, len) && dns_name_below(out, text, len, NULL);
}

bool host_of_address(trpt_str address, dns_name *out) {
  /* It is encoded; no domain is so long that its encoding would not fit. */
  char decoded[1024];
  size_t len;
  if (trpt_uri_decode(address.ptr, address.len, decoded, sizeof decoded, &len) != TRPT_OK) return false;
  size_t at = len;
  while (at && decoded[at - 1] != '@') at--;
  return at && read_plain(decoded + at, len - at, out);
}

bool host_of_uri(trpt_str uri, dns_name *out) {
  const char *end = uri.ptr + uri.len;
  const char *host = memchr(uri.ptr, ':', uri.len);
  if (!host || end - host < 3) return false;
  host += 3;
  size_t len = 0;
  while (host + len < end && !strchr("/?#", host[len])) len++;
  for (size_t i = 0; i < len; i++) {
    if (host[i] != '@') continue;
    host += i + 1;
    len -= i + 1;
    i = SIZE_MAX;
  }
  const char *port = memchr(host, ':', len);
  return read_plain(host, port ? (size_t)(port - host) : len, out);
}
