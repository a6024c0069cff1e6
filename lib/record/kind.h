/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_KIND_H
#define TRPT_LIB_KIND_H

/* Reads a text as its owner meant it: in any case, and with blanks and quotes that were pasted with it. Only the
   classification and the suggestion read like this; no sender does. */

#include <stdbool.h>
#include <string.h>

#include <tlsrpt/status.h>

/* Removes blanks, line ends and quotes from both ends. */
trpt_str trpt_unwrap(trpt_str text);

/* Finds what follows `v=`; false where the text does not begin with that. */
bool trpt_find_version(trpt_str text, trpt_str *version);

/* The tag of DMARC (RFC 7489 s6.3) that has this name in upper or lower case, or NULL. */
const char *trpt_dmarc_tag(trpt_str name);

/* Whether this is the name of a tag as DMARC reads it: case matters, RFC 6376 s3.2. */
static inline bool trpt_is_dmarc_tag(trpt_str name) {
  const char *tag = trpt_dmarc_tag(name);
  return tag && memcmp(tag, name.ptr, name.len) == 0;
}

#endif
