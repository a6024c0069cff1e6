/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MX_PATTERN_H
#define TRPT_LIB_MX_PATTERN_H

/* MX patterns of an MTA-STS policy, RFC 8461 s3.2 and s4.1, in `mx-host` and `policy-string` of a report. */

#include "../base/text.h"

/* Whether the pattern begins with "*.", whatever follows. */
static inline bool trpt_mx_pattern_is_wildcard(trpt_str pattern) {
  return pattern.len > 2 && pattern.ptr[0] == '*' && pattern.ptr[1] == '.';
}

/* Whether the pattern is a host name, with or without "*." in front: sts-policy-mx-value of RFC 8461 s3.2. A final dot
   is invalid. */
bool trpt_mx_pattern_is_valid(trpt_str pattern);

/* Removes the key from a pattern, since some senders copy the whole policy line "mx: *.example.com" to `mx-host`.
   Ignores the case of the key, so that the pattern still matches. Inline, because each failure is compared with each
   pattern. */
static inline trpt_str trpt_mx_pattern_without_key(trpt_str pattern) {
  static const char key[] = "mx:";
  const size_t len = sizeof key - 1;
  if (pattern.len < len || pattern.ptr[len - 1] != ':' || !trpt_equal_nocase(pattern.ptr, key, len)) return pattern;
  return trpt_skip_wsp(trpt_str_from(pattern, len));
}

#endif
