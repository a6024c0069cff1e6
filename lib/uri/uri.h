/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_URI_H
#define TRPT_LIB_URI_H

/* Parses URIs by the grammar of RFC 3986 appendix A: the rule `URI`, with a scheme and an optional fragment. */

#include <stdbool.h>

#include <tlsrpt/status.h>

#include "../base/text.h"

/* pct-encoded = "%" HEXDIG HEXDIG, RFC 3986 s2.1. `i` is below `len`. */
static inline bool trpt_is_percent_encoded(const char *text, size_t len, size_t i) {
  return text[i] == '%' && len - i > 2 && trpt_is_hex((unsigned char)text[i + 1]) &&
         trpt_is_hex((unsigned char)text[i + 2]);
}

/* The parts of a URI, which point into the text. Absent parts have ptr NULL. */
typedef struct trpt_uri {
  trpt_str scheme;
  trpt_str userinfo;
  trpt_str host; /* present, maybe empty, if there is an authority; an IP literal includes its brackets */
  trpt_str port;
  trpt_str path; /* always present */
  trpt_str query;
  trpt_str fragment;
} trpt_uri;

/* Returns whether the text is a URI. If not, `*bad` is the offset of the first byte after which no continuation could make the
   text a URI: `len` if it ends too early. Parts before it are set. */
bool trpt_uri_parse(const char *text, size_t len, trpt_uri *out, size_t *bad);

#endif
