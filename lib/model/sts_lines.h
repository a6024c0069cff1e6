/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_STS_LINES_H
#define TRPT_LIB_STS_LINES_H

/* An MTA-STS policy in one string: its lines joined by line ends or by blanks. */

#include "../base/scan.h"
#include "../base/text.h"

/* The keys of RFC 8461 s3.2. */
enum { TRPT_STS_MX, TRPT_STS_MODE, TRPT_STS_VERSION, TRPT_STS_MAX_AGE, TRPT_STS_KEYS };
extern const trpt_str trpt_sts_keys[TRPT_STS_KEYS];

/* Whether the text begins with a line that has one of these keys, and at least two lines have one. */
bool trpt_sts_is_joined(trpt_str text);

/* Removes the first line from `*rest`, which is absent after the last one, and returns it without blanks around it. It ends at an
   LF, or at blanks before one of the keys. It may be empty. */
trpt_str trpt_sts_next_line(trpt_str *rest);

static inline trpt_block trpt_sts_colons(trpt_block v) { return trpt_block_is(v, ':'); }

/* Whether a text that is not empty may have two colons: false for nearly all single lines. */
static inline bool trpt_sts_has_colons(trpt_str text) {
  if (text.len > TRPT_SCAN_MOST) return true;
  const uint64_t colons = trpt_scan_bits(text.ptr, text.len, trpt_sts_colons);
  return colons & (colons - 1);
}

#endif
