/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_KIND_H
#define TRPT_LIB_KIND_H

/* Reads a text as its owner meant it: in any letter case, and with pasted whitespace and quotes. Only the
   classification and the suggestion are this lenient; senders are not. */

#include <stdbool.h>
#include <string.h>

#include <tlsrpt/status.h>

/* Removes whitespace, line ends and quotes from both ends. */
trpt_str trpt_unwrap(trpt_str text);

/* Sets `*version` to the text after `v=`. Returns false if the text does not begin with that. */
bool trpt_find_version(trpt_str text, trpt_str *version);

/* The DMARC tag (RFC 7489 s6.3) with this name in any letter case, or NULL. */
const char *trpt_dmarc_tag(trpt_str name);

/* Whether this is the exact name of a DMARC tag. Case matters, RFC 6376 s3.2. */
static inline bool trpt_is_dmarc_tag(trpt_str name) {
  const char *tag = trpt_dmarc_tag(name);
  return tag && memcmp(tag, name.ptr, name.len) == 0;
}

#endif
