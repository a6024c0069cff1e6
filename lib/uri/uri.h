/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_URI_H
#define TRPT_LIB_URI_H

/* URIs by the grammar of RFC 3986, appendix A: `URI`, with a scheme and perhaps a fragment. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* Parts of a URI: absent ones have ptr NULL. All point into the text. */
typedef struct trpt_uri {
  trpt_str scheme;
  trpt_str userinfo;
  trpt_str host; /* present, perhaps empty, where there is an authority; an IP literal with its brackets */
  trpt_str port;
  trpt_str path; /* always present */
  trpt_str query;
  trpt_str fragment;
} trpt_uri;

/* True for a URI. Otherwise `*bad` is the first byte after which no continuation could make the text a URI, `len` where it
   ends too early; parts read before it are set. */
bool trpt_uri_parse(const char *text, size_t len, trpt_uri *out, size_t *bad);

#endif
