/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TYPES_H
#define TRPT_LIB_TYPES_H

/* The rows of policy_types.def and result_types.def as tables. The parser uses them for each failure. */

#include <stdbool.h>

#include <tlsrpt/model.h>

/* Properties of a result type besides its group. */
enum {
  TRPT_TRAIT_LOSES_MAIL = 1,     /* senders do not deliver once MTA-STS is enforced, RFC 8461 s5 */
  TRPT_TRAIT_NEEDS_REASON = 2,   /* says little without a reason code, RFC 8460 s4.3.1 and s4.3.3 */
  TRPT_TRAIT_WITHOUT_POLICY = 4, /* belongs to a policy, but is also reported if no policy was found */
  TRPT_TRAIT_HIDES_POLICY = 8    /* the sender could not get the policy, so it has none to report */
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

/* Indexed by type. The first row is the unknown type. */
extern const trpt_policy_type_row trpt_policy_types[];
extern const trpt_result_type_row trpt_result_types[];

/* The functions below take only types that the library itself determined, which are always in the tables. */

static inline bool trpt_result_type_needs_reason(trpt_result_type result) {
  return trpt_result_types[result].traits & TRPT_TRAIT_NEEDS_REASON;
}

static inline bool trpt_result_type_hides_policy(trpt_result_type result) {
  return trpt_result_types[result].traits & TRPT_TRAIT_HIDES_POLICY;
}

/* Whether the result is about a policy, and not about a TLS session with an MX host. */
static inline bool trpt_result_type_is_of_policy(trpt_result_type result) {
  const trpt_result_group group = trpt_result_types[result].group;
  return group == TRPT_GROUP_STS || group == TRPT_GROUP_DANE;
}

/* Whether the result is about another kind of policy than `policy`, under which it is reported, RFC 8460 s4.3.2. */
static inline bool trpt_result_type_is_of_other_policy(trpt_result_type result, trpt_policy_type policy) {
  const trpt_result_type_row *row = &trpt_result_types[result];
  if (policy == TRPT_POLICY_UNKNOWN || !trpt_result_type_is_of_policy(result)) return false;
  if (policy == TRPT_POLICY_NO_POLICY_FOUND && row->traits & TRPT_TRAIT_WITHOUT_POLICY) return false;
  return row->group != trpt_policy_types[policy].group;
}

#endif
