/* SPDX-License-Identifier: MIT */
#include "domain.h"

#include <arpa/inet.h>
#include <tlsrpt/record.h>

#include "../../../lib/base/hostname.h"
#include "../../../lib/base/text.h"
#include "../a_labels.h"
#include "../standard_output.h"

/* ASCII text is not checked against IDNA, because DNS allows names that IDNA does not. */
static const char *to_ascii(trpt_str text, buffer *ascii) {
  if (!trpt_str_is_ascii(text))
    return a_labels_of(text, ascii) ? "Not a valid internationalized domain name (IDNA)." : NULL;
  buffer_add(ascii, text.ptr, text.len);
  return NULL;
}

/* Messages for the results of trpt_host_check. */
static const char *const reasons[] = {
    [TRPT_HOST_GOOD] = NULL,
    [TRPT_HOST_TOO_LONG] = "The name has more than 253 bytes.",
    [TRPT_HOST_LONG_LABEL] = "A label, the part between two dots, has more than 63 bytes.",
    [TRPT_HOST_BAD_LABEL] =
        "Not a valid host name. Use labels of letters, digits and inner hyphens, separated by dots.",
    [TRPT_HOST_ADDRESS] = "Not a valid host name: its last label is a number.",
};

static bool is_ip_address(const char *text) {
  unsigned char address[sizeof(struct in6_addr)];
  return inet_pton(AF_INET, text, address) == 1 || inet_pton(AF_INET6, text, address) == 1;
}

/* The part after the last `c`, or the whole text. */
static trpt_str after_last(trpt_str text, char c) {
  for (size_t i = text.len; i; i--)
    if (text.ptr[i - 1] == c) return trpt_str_from(text, i);
  return text;
}

static trpt_str before_first(trpt_str text, const char *separators) {
  size_t len = 0;
  while (len < text.len && !strchr(separators, text.ptr[len])) len++;
  return (trpt_str){text.ptr, len};
}

/* The domain of a URL or a mail address. Any other text is returned as it is. */
static trpt_str domain_within(trpt_str text) {
  static const char mailto[] = "mailto:";
  enum { MAILTO_LEN = sizeof mailto - 1 };
  const char *colon = memchr(text.ptr, ':', text.len);
  const bool is_url = colon && text.ptr + text.len - colon > 2 && memcmp(colon, "://", 3) == 0;
  if (is_url) {
    text = trpt_str_from(text, (size_t)(colon - text.ptr) + 3);
  } else if (trpt_str_begins_nocase(text, mailto)) {
    text = trpt_str_from(text, MAILTO_LEN);
  }
  text = after_last(before_first(text, "/?#"), '@');
  return is_url ? before_first(text, ":") : text;
}

const char *domain_read(trpt_str text, buffer *ascii, dns_name *out) {
  static const char prefix[] = TRPT_RECORD_LABELS ".";
  enum { PREFIX_LEN = sizeof prefix - 1, TEXT_MAX_LEN = 2048 };
  buffer_clear(ascii);
  if (!text.len) return "The name is empty.";
  if (memchr(text.ptr, '\0', text.len)) return "The name contains a NUL byte.";
  if (text.len > TEXT_MAX_LEN) return reasons[TRPT_HOST_TOO_LONG];
  text = domain_within(text);
  if (!text.len) return "This contains no domain name.";
  const char *why = to_ascii(text, ascii);
  if (why) return why;
  const trpt_str name = trpt_host_without_dot((trpt_str){ascii->data, ascii->len});
  ascii->len = name.len;
  if (name.len > TRPT_HOST_MAX_LEN) return reasons[TRPT_HOST_TOO_LONG];
  if (name.len > TRPT_HOST_MAX_LEN - PREFIX_LEN)
    return "The name is too long: with the prefix " TRPT_RECORD_LABELS " it has more than 253 bytes.";
  if (name.len > PREFIX_LEN && memcmp(name.ptr, prefix, PREFIX_LEN) == 0)
    return "Give the domain without the prefix " TRPT_RECORD_LABELS ".";
  buffer_add(ascii, "", 1);
  if (ascii->failed) output_no_memory();
  ascii->len = name.len;
  if (is_ip_address(ascii->data)) return "This is an IP address. Give a domain name.";
  why = reasons[trpt_host_check(name)];
  if (why) return why;
  return dns_name_below(out, name.ptr, name.len, NULL) ? NULL : "Not a valid DNS name.";
}

/* Decodes a host, as in the check of the destination. An address is not looked up. */
static bool read_host(trpt_str encoded, dns_name *out) {
  char host[TRPT_HOST_MAX_LEN + 2]; /* a final dot and a NUL */
  size_t len;
  if (trpt_uri_decode(encoded.ptr, encoded.len, host, sizeof host, &len) != TRPT_OK) return false;
  const trpt_str name = trpt_host_without_dot((trpt_str){host, len});
  if (host[0] == '[' || trpt_host_check(name) == TRPT_HOST_ADDRESS) return false;
  return dns_name_below(out, name.ptr, name.len, NULL);
}

bool domain_of_address(trpt_str address, dns_name *out) {
  const char *at = memchr(address.ptr, '@', address.len);
  return at && read_host((trpt_str){at + 1, (size_t)(address.ptr + address.len - at) - 1}, out);
}

bool domain_of_uri(trpt_str uri, dns_name *out) { return read_host(domain_within(uri), out); }
