/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_POLICY_STRING_H
#define TRPT_LIB_POLICY_STRING_H

/* Forms of `policy-string` that senders write where RFC 8460 s4.4 has an array with one string for each TLSA record or line of
   the MTA-STS policy: JSON text of that array in one string (Microsoft), TLSA records joined by ";" (RFC 8460 s4), and all lines
   of the policy in one string. */

#include "emit.h"

/* Whether a string is the text of a JSON array of strings. */
bool trpt_policy_string_is_array(trpt_str text);
static inline bool trpt_policy_string_is_nested(trpt_str text) {
  return text.len && (text.ptr[0] == '[' || (unsigned char)text.ptr[0] <= ' ') && trpt_policy_string_is_array(text);
}
/* Adds the strings of such an array, the text of the token, as elements. */
void trpt_policy_string_add_nested(trpt_parser *parser, trpt_list *list, trpt_path path);
/* What one string holds several of. */
enum { TRPT_JOINED_TLSA = 1, TRPT_JOINED_STS, TRPT_JOINED_COUNT };

/* Splits TLSA records joined by ";" and lines of an MTA-STS policy in one string. */
void trpt_policy_string_split(trpt_parser *parser);

#endif
