/* SPDX-License-Identifier: MIT */
#include "destination.h"

#include <string.h>

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

/* Whether text precedes and follows the last "@", RFC 6068 s2. A quoted local part may contain other "@". */
static bool has_mailbox(trpt_str address) {
  size_t at = address.len;
  while (at > 0 && address.ptr[at - 1] != '@') at--;
  return at > 1 && at < address.len;
}

bool trpt_destination_read(trpt_str uri, trpt_rua *out, trpt_uri *parts, size_t *bad) {
  *out = (trpt_rua){.uri = uri};
  const bool is_uri = trpt_uri_parse(uri.ptr, uri.len, parts, bad);
  const char *bang = memchr(uri.ptr, '!', *bad);
  if (bang) *bad = (size_t)(bang - uri.ptr);
  out->scheme = scheme_of(parts->scheme);
  if (!is_uri || bang) return false;
  if (out->scheme == TRPT_SCHEME_MAILTO) {
    out->address = parts->path;
    out->usable = has_mailbox(parts->path);
  } else if (out->scheme == TRPT_SCHEME_HTTPS) {
    out->usable = parts->host.len > 0;
  }
  return true;
}
