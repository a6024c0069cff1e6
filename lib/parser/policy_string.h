/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_POLICY_STRING_H
#define TRPT_LIB_POLICY_STRING_H

/* Forms of `policy-string` that senders write where RFC 8460 s4.4 has an array with one string for each TLSA record or line of
   the MTA-STS policy: JSON text of that array in one string (Microsoft), and TLSA records joined by ";" (RFC 8460 s4). */

#include "emit.h"

/* Whether a string is the text of a JSON array of strings. */
bool trpt_policy_string_is_array(trpt_str text);
static inline bool trpt_policy_string_is_nested(trpt_str text) {
  return text.len && (text.ptr[0] == '[' || (unsigned char)text.ptr[0] <= ' ') && trpt_policy_string_is_array(text);
}
/* Adds the strings of such an array, the text of the token, as elements. */
void trpt_policy_string_add_nested(trpt_parser *parser, trpt_list *list, trpt_path path);
/* Splits TLSA records joined by ";". */
void trpt_policy_string_split(trpt_parser *parser);

#endif
