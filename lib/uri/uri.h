/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_URI_H
#define TRPT_LIB_URI_H

/* Parses URIs: the rule `URI` of RFC 3986 appendix A, with a scheme and an optional fragment. */

#include <stdbool.h>

#include <tlsrpt/status.h>

#include "../base/text.h"

/* pct-encoded = "%" HEXDIG HEXDIG, RFC 3986 s2.1. `i` is below `len`. */
static inline bool trpt_is_percent_encoded(const char *text, size_t len, size_t i) {
  return text[i] == '%' && len - i > 2 && trpt_is_hex((unsigned char)text[i + 1]) &&
         trpt_is_hex((unsigned char)text[i + 2]);
}

/* The byte that is percent-encoded at `i`. */
static inline unsigned char trpt_percent_value(const char *text, size_t i) {
  return (unsigned char)(trpt_hex_value((unsigned char)text[i + 1]) << 4 | trpt_hex_value((unsigned char)text[i + 2]));
}

/* The parts of a URI. They point into the text; absent parts have `ptr` NULL. */
typedef struct trpt_uri {
  trpt_str scheme;
  trpt_str userinfo;
  trpt_str host; /* present, possibly empty, if there is an authority; includes the brackets of an IP literal */
  trpt_str port;
  trpt_str path; /* always present */
  trpt_str query;
  trpt_str fragment;
} trpt_uri;

/* Returns whether the text is a URI. If not, `*bad` is the offset of the first byte after which no continuation could
   make the text a URI, or `len` if it is only truncated. The parts before it are set. */
bool trpt_uri_parse(const char *text, size_t len, trpt_uri *out, size_t *bad);

/* Whether the text is an IPv4address of RFC 3986. */
bool trpt_uri_is_ipv4(trpt_str text);

/* Whether the text is an IPv6address of RFC 3986 and a "]" after it. */
bool trpt_uri_is_ipv6(trpt_str text);

#endif
