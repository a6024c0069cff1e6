/* SPDX-License-Identifier: MIT */
#include "destination.h"

#include <string.h>

#include "../base/hostname.h"
#include "../base/text.h"

static const char *const schemes[] = {
    [TRPT_SCHEME_OTHER] = "other", [TRPT_SCHEME_MAILTO] = "mailto", [TRPT_SCHEME_HTTPS] = "https"};
enum { SCHEMES = sizeof schemes / sizeof schemes[0] };

const char *trpt_scheme_name(trpt_scheme scheme) { return scheme >= 0 && scheme < SCHEMES ? schemes[scheme] : NULL; }

static trpt_scheme scheme_of(trpt_str text) {
  for (trpt_scheme scheme = TRPT_SCHEME_MAILTO; scheme < SCHEMES; scheme++)
    if (trpt_str_equal_nocase(text, schemes[scheme])) return scheme;
  return TRPT_SCHEME_OTHER;
}

/* ---- Hosts ---- */

/* A name with a final dot, and a NUL. No address literal is longer. */
enum { HOST_SIZE = TRPT_HOST_MAX_LEN + 2 };

/* Decodes a host into `buffer`. The result is empty if it does not fit, so that the host is invalid. */
static trpt_str decode_host(trpt_str encoded, char buffer[HOST_SIZE]) {
  size_t len;
  const bool fits = trpt_uri_decode(encoded.ptr, encoded.len, buffer, HOST_SIZE, &len) == TRPT_OK;
  return (trpt_str){buffer, fits ? len : 0};
}

/* Checks a name without a final dot, and replaces each "_" by a letter. An underscore is legal in the DNS but not in a
   host name, and a single label is no public name. */
static trpt_code check_name(char *name, size_t len) {
  bool has_underscore = false;
  for (size_t i = 0; i < len; i++) {
    if (name[i] != '_') continue;
    name[i] = 'x';
    has_underscore = true;
  }
  if (!trpt_host_is_valid((trpt_str){name, len})) return TRPT_CODE_RECORD_BAD_HOST;
  return has_underscore || !memchr(name, '.', len) ? TRPT_CODE_RECORD_UNUSUAL_HOST : TRPT_CODE_NONE;
}

/* Whether a domain is the address-literal of RFC 5321 s4.1.3, of IPv4 or IPv6. No other kind is registered. */
static bool is_address_literal(trpt_str domain) {
  static const char tag[] = "[IPv6:";
  if (trpt_str_begins_nocase(domain, tag)) return trpt_uri_is_ipv6(trpt_str_from(domain, sizeof tag - 1));
  return domain.len > 2 && domain.ptr[0] == '[' && domain.ptr[domain.len - 1] == ']' &&
         trpt_uri_is_ipv4((trpt_str){domain.ptr + 1, domain.len - 2});
}

static trpt_code check_mail_domain(trpt_str encoded) {
  char buffer[HOST_SIZE];
  const trpt_str domain = decode_host(encoded, buffer);
  return is_address_literal(domain) ? TRPT_CODE_NONE : check_name(buffer, domain.len);
}

/* The URI grammar has already checked an IP literal. */
static trpt_code check_https_host(trpt_str encoded) {
  char buffer[HOST_SIZE];
  if (encoded.ptr[0] == '[') return TRPT_CODE_NONE;
  const trpt_str host = decode_host(encoded, buffer);
  return trpt_uri_is_ipv4(host) ? TRPT_CODE_NONE : check_name(buffer, trpt_host_without_dot(host).len);
}

/* An empty port means the default, RFC 3986 s3.2.3. */
static bool is_good_port(trpt_str port) {
  uint32_t value = 0;
  for (size_t i = 0; i < port.len && value <= UINT16_MAX; i++) value = value * 10 + (uint32_t)(port.ptr[i] - '0');
  return port.len == 0 || (value > 0 && value <= UINT16_MAX);
}

/* ---- Destinations ---- */

/* The first percent-encoded control character, or NULL. It would end a line of a message or a request. */
static const char *find_control(trpt_str uri) {
  for (size_t i = 0; i < uri.len; i++) {
    if (!trpt_is_percent_encoded(uri.ptr, uri.len, i)) continue;
    const unsigned char value = trpt_percent_value(uri.ptr, i);
    if (value < 0x20 || value == 0x7F) return uri.ptr + i;
  }
  return NULL;
}

static trpt_destination_verdict at(const trpt_rua *rua, trpt_code code, const char *where) {
  return (trpt_destination_verdict){code, (size_t)(where - rua->uri.ptr)};
}

/* A ":" in a local part needs quotes, RFC 5322 s3.4.1. Without them it mostly is that of a second "mailto:". */
static const char *find_unquoted_colon(trpt_str local) {
  const bool is_quoted = trpt_str_begins_nocase(local, "%22");
  return is_quoted ? NULL : memchr(local.ptr, ':', local.len);
}

/* An "@" of the local part must be percent-encoded, RFC 6068 s2. */
static trpt_destination_verdict check_mailto(const trpt_rua *rua) {
  const trpt_str address = rua->address;
  if (!address.len) return at(rua, TRPT_CODE_RECORD_MAILTO_EMPTY, rua->uri.ptr);
  const char *separator = memchr(address.ptr, '@', address.len);
  const size_t local_len = separator ? (size_t)(separator - address.ptr) : 0;
  if (!local_len || local_len + 1 == address.len) return at(rua, TRPT_CODE_RECORD_MAILTO_WITHOUT_AT, rua->uri.ptr);
  const trpt_str domain = trpt_str_from(address, local_len + 1);
  const char *second = memchr(domain.ptr, '@', domain.len);
  if (second) return at(rua, TRPT_CODE_RECORD_BAD_ADDRESS, second);
  const char *colon = find_unquoted_colon((trpt_str){address.ptr, local_len});
  if (colon) return at(rua, TRPT_CODE_RECORD_BAD_ADDRESS, colon);
  const trpt_code code = check_mail_domain(domain);
  if (code != TRPT_CODE_RECORD_BAD_HOST && address.ptr[0] == '/')
    return at(rua, TRPT_CODE_RECORD_MAILTO_SLASH, address.ptr);
  return at(rua, code, domain.ptr);
}

static trpt_destination_verdict check_https(const trpt_rua *rua, const trpt_uri *parts) {
  if (!parts->host.len) return at(rua, TRPT_CODE_RECORD_HTTPS_NO_HOST, rua->uri.ptr);
  const trpt_code code = check_https_host(parts->host);
  if (code != TRPT_CODE_RECORD_BAD_HOST && !is_good_port(parts->port))
    return at(rua, TRPT_CODE_RECORD_BAD_PORT, parts->port.ptr);
  return at(rua, code, parts->host.ptr);
}

trpt_destination_verdict trpt_destination_check(const trpt_rua *rua, const trpt_uri *parts) {
  if (rua->scheme == TRPT_SCHEME_OTHER) {
    const bool is_http = trpt_str_equal_nocase(parts->scheme, "http");
    return at(rua, is_http ? TRPT_CODE_RECORD_HTTP_SCHEME : TRPT_CODE_RECORD_UNSUPPORTED_SCHEME, rua->uri.ptr);
  }
  const char *control = find_control(rua->uri);
  if (control) return at(rua, TRPT_CODE_RECORD_BAD_ADDRESS, control);
  return rua->scheme == TRPT_SCHEME_MAILTO ? check_mailto(rua) : check_https(rua, parts);
}

static bool is_error(trpt_code code) { return code != TRPT_CODE_NONE && trpt_catalogue[code].severity == TRPT_ERROR; }

bool trpt_destination_read(trpt_str uri, trpt_rua *out, trpt_uri *parts, size_t *bad) {
  *out = (trpt_rua){.uri = uri};
  const bool is_uri = trpt_uri_parse(uri.ptr, uri.len, parts, bad);
  const char *bang = memchr(uri.ptr, '!', *bad);
  if (bang) *bad = (size_t)(bang - uri.ptr);
  out->scheme = scheme_of(parts->scheme);
  if (!is_uri || (bang && out->scheme != TRPT_SCHEME_HTTPS)) return false;
  if (out->scheme == TRPT_SCHEME_MAILTO) out->address = parts->path;
  out->usable = !is_error(trpt_destination_check(out, parts).code);
  return !bang;
}
