/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_STS_LINES_H
#define TRPT_LIB_STS_LINES_H

/* An MTA-STS policy in one string: its lines joined by line ends or by blanks. */

#include "../base/text.h"

/* The keys of RFC 8461 s3.2. */
enum { TRPT_STS_MX, TRPT_STS_MODE, TRPT_STS_VERSION, TRPT_STS_MAX_AGE, TRPT_STS_KEYS };
extern const trpt_str trpt_sts_keys[TRPT_STS_KEYS];

/* Whether the text begins with a line that has one of these keys, and at least two lines have one. */
bool trpt_sts_is_joined(trpt_str text);

/* Removes the first line from `*rest`, which is absent after the last one, and returns it without blanks around it. It ends at an
   LF, or at blanks before one of the keys. It may be empty. */
trpt_str trpt_sts_next_line(trpt_str *rest);

/* Whether the text has a second colon: false for nearly all single lines. It begins with one of the keys, or does not matter. */
static inline bool trpt_sts_has_colons(trpt_str line) {
  const size_t key_len = line.len < 2 ? 0 : line.ptr[1] == 'x' ? 2 : line.ptr[1] == 'o' ? 4 : 7;
  const uint64_t colons = TRPT_WORD_OF(':');
  if (line.len < key_len + 1) return false;
  const trpt_str rest = trpt_str_from(line, key_len + 1);
  if (rest.len < TRPT_WORD_SIZE) return trpt_word_has_zero(trpt_word_load_short(rest.ptr, rest.len) ^ colons);
  const size_t last = rest.len - TRPT_WORD_SIZE;
  bool found = trpt_word_has_zero(trpt_word_load(rest.ptr + last) ^ colons);
  for (size_t at = 0; at < last; at += TRPT_WORD_SIZE)
    found |= trpt_word_has_zero(trpt_word_load(rest.ptr + at) ^ colons);
  return found;
}

#endif
