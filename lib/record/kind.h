/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_KIND_H
#define TRPT_LIB_KIND_H

/* Reads a text as its owner meant it: in any case, and with blanks and quotes that were pasted with it. Only the
   classification and the suggestion read like this; no sender does. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* Removes blanks, line ends and quotes from both ends. */
trpt_str trpt_unwrap(trpt_str text);

/* The text without its first `count` bytes. */
static inline trpt_str trpt_skip(trpt_str text, size_t count) { return (trpt_str){text.ptr + count, text.len - count}; }

/* ASCII letters in either case. */
bool trpt_begins_nocase(trpt_str text, const char *prefix);

/* Finds what follows `v=`; false where the text does not begin with that. */
bool trpt_find_version(trpt_str text, trpt_str *version);

/* The tag of DMARC (RFC 7489 s6.3) that has this name in upper or lower case, or NULL. */
const char *trpt_dmarc_tag(trpt_str name);

#endif
