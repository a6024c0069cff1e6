/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MX_PATTERN_H
#define TRPT_LIB_MX_PATTERN_H

/* MX patterns of an MTA-STS policy, RFC 8461 s3.2 and s4.1, as `mx-host` and `policy-string` of a report have them. */

#include "../base/text.h"

/* True for "*.example.com", whatever follows "*.". */
static inline bool trpt_mx_pattern_is_wildcard(trpt_str pattern) {
  return pattern.len > 2 && pattern.ptr[0] == '*' && pattern.ptr[1] == '.';
}

/* True for a host name, perhaps with "*." in front: sts-policy-mx-value of RFC 8461 s3.2. No final dot. */
bool trpt_mx_pattern_is_valid(trpt_str pattern);

/* The pattern of a text that may be a whole line of the policy, "mx: *.example.com", which some senders copy to `mx-host`.
   The key has either case here, so that the pattern still matches. Inline: each failure is compared with each pattern. */
static inline trpt_str trpt_mx_pattern_without_key(trpt_str pattern) {
  static const char key[] = "mx:";
  const size_t len = sizeof key - 1;
  if (pattern.len < len || pattern.ptr[len - 1] != ':' || !trpt_equal_nocase(pattern.ptr, key, len)) return pattern;
  return trpt_skip_wsp((trpt_str){pattern.ptr + len, pattern.len - len});
}

#endif
