/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TYPES_H
#define TRPT_LIB_TYPES_H

/* The rows of policy_types.def and result_types.def as tables. The parser asks them about each failure. */

#include <stdbool.h>

#include <tlsrpt/model.h>

/* What a result type means beyond its group. */
enum {
  TRPT_TRAIT_LOSES_MAIL = 1,    /* once MTA-STS is enforced senders do not deliver, RFC 8461 s5 */
  TRPT_TRAIT_NEEDS_REASON = 2,  /* it says little without a reason code, RFC 8460 s4.3.1 and s4.3.3 */
  TRPT_TRAIT_WITHOUT_POLICY = 4 /* of a group with policies, yet reported where no policy was found as well */
};

typedef struct trpt_policy_type_row {
  trpt_str name;
  const char *title;
  trpt_result_group group;
} trpt_policy_type_row;

typedef struct trpt_result_type_row {
  trpt_str name;
  const char *description;
  trpt_result_group group;
  uint32_t traits;
} trpt_result_type_row;

/* By number. The first row is that of an unknown type. */
extern const trpt_policy_type_row trpt_policy_types[];
extern const trpt_result_type_row trpt_result_types[];

/* For types that the library found itself, which are always in the tables. */

static inline bool trpt_result_type_needs_reason(trpt_result_type result) {
  return trpt_result_types[result].traits & TRPT_TRAIT_NEEDS_REASON;
}

/* The result is about a policy, and not about a TLS session with an MX host. */
static inline bool trpt_result_type_is_of_policy(trpt_result_type result) {
  const trpt_result_group group = trpt_result_types[result].group;
  return group == TRPT_GROUP_STS || group == TRPT_GROUP_DANE;
}

/* RFC 8460 s4.3.2: the result is about another kind of policy than the one that it is reported under. */
static inline bool trpt_result_type_is_of_other_policy(trpt_result_type result, trpt_policy_type policy) {
  const trpt_result_type_row *row = &trpt_result_types[result];
  if (policy == TRPT_POLICY_UNKNOWN || !trpt_result_type_is_of_policy(result)) return false;
  if (policy == TRPT_POLICY_NO_POLICY_FOUND && row->traits & TRPT_TRAIT_WITHOUT_POLICY) return false;
  return row->group != trpt_policy_types[policy].group;
}

#endif
