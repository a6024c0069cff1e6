/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MISSING_H
#define TRPT_LIB_MISSING_H

/* Finds the required members that an object lacks, by the rows of lib/model/schema.def. */

#include "../model/types.h"
#include "emit.h"

/* When a member is required, as bits. */
enum {
  TRPT_WHEN_ALWAYS = 1,
  TRPT_WHEN_ESSENTIAL = 2,        /* always, too: without it the report cannot be read */
  TRPT_WHEN_TYPED = 4,            /* always; the type of the policy decides which code says so */
  TRPT_WHEN_HAS_POLICY = 8,       /* the policy type says that there is a policy, RFC 8460 s4.4 */
  TRPT_WHEN_STS = 16,             /* it is MTA-STS */
  TRPT_WHEN_NO_POLICY_FOUND = 32, /* it is no-policy-found */
  TRPT_WHEN_CONNECTED = 64,       /* the session failed after the connection was made, so not by DANE or MTA-STS */
  TRPT_WHEN_NEEDS_REASON = 128,   /* RFC 8460 s4.3.1 and s4.3.3 ask for a reason code */
  TRPT_WHEN_ANY = 255,
  /* Decided at the end of the element of `policies`, once all its failures were read; all others at the end of the object. */
  TRPT_WHEN_ELEMENT_ENDS = TRPT_WHEN_HAS_POLICY | TRPT_WHEN_STS,
  TRPT_WHEN_OBJECT_ENDS = TRPT_WHEN_ANY - TRPT_WHEN_ELEMENT_ENDS
};

/* The conditions under which a row requires its member. */
#define TRPT_WHEN_OPTIONAL                   0
#define TRPT_WHEN_IF(condition, code)        TRPT_WHEN_##condition
#define TRPT_WHEN_BY(condition, code, other) TRPT_WHEN_TYPED

/* The members of an object that are required under these conditions. With constant arguments it is a constant. */
static inline uint32_t trpt_missing_required(trpt_context context, uint32_t conditions) {
  return 0
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  | (context == TRPT_IN_##object && conditions & TRPT_WHEN_##required ? TRPT_MEMBER_BIT(TRPT_MEMBER_##id) : 0)
#include "../model/schema.def"
      ;
}

static inline uint32_t trpt_missing_policy_conditions(trpt_policy_type type) {
  return (trpt_policy_types[type].group ? TRPT_WHEN_HAS_POLICY : 0) | (type == TRPT_POLICY_STS ? TRPT_WHEN_STS : 0) |
         (type == TRPT_POLICY_NO_POLICY_FOUND ? TRPT_WHEN_NO_POLICY_FOUND : 0);
}

static inline uint32_t trpt_missing_failure_conditions(trpt_result_type type) {
  return (trpt_result_type_is_of_policy(type) ? 0 : TRPT_WHEN_CONNECTED) |
         (trpt_result_type_needs_reason(type) ? TRPT_WHEN_NEEDS_REASON : 0);
}

/* The conditions that hold for the object that ends. */
static inline uint32_t trpt_missing_conditions(const trpt_parser *parser, trpt_context context) {
  const uint32_t always = TRPT_WHEN_ALWAYS | TRPT_WHEN_ESSENTIAL | TRPT_WHEN_TYPED;
  switch (context) {
  case TRPT_IN_POLICY_OBJECT:
    return always | (trpt_missing_policy_conditions(parser->current.policy.type) & TRPT_WHEN_OBJECT_ENDS);
  case TRPT_IN_FAILURE: return always | trpt_missing_failure_conditions(parser->current.failure.failure.type);
  default: return always;
  }
}

/* Reports what the object lacks and which of its members have another name. `missing` are the members that are required under
   the conditions and do not stand under their own names. */
void trpt_missing_report(trpt_parser *parser, trpt_context context, uint32_t missing, uint32_t conditions);

/* The end of an object. With a constant context it costs little for an object that has all its members. Without diagnostics only
   what makes the report unreadable matters. */
static inline void trpt_missing_check(trpt_parser *parser, trpt_context context) {
  const uint32_t seen = parser->decoder.seen[context];
  if (!trpt_diagnoses(&parser->settings) && !(trpt_missing_required(context, TRPT_WHEN_ESSENTIAL) & ~seen)) return;
  const uint32_t aliases = seen >> TRPT_FIRST_ALIAS;
  const uint32_t unseen = trpt_missing_required(context, TRPT_WHEN_OBJECT_ENDS) & ~seen;
  if (!(unseen | aliases)) return;
  const uint32_t conditions = trpt_missing_conditions(parser, context);
  const uint32_t missing = trpt_missing_required(context, conditions) & unseen;
  if (missing | aliases) trpt_missing_report(parser, context, missing, conditions);
}

/* Reports that policy-string or mx-host is missing, at the end of the element of `policies`. */
void trpt_missing_report_policy(trpt_parser *parser, uint32_t unseen);

/* The members of the policy object that are not required if the sender could not get the policy. */
static inline void trpt_missing_check_policy(trpt_parser *parser) {
  const uint32_t required = trpt_missing_required(TRPT_IN_POLICY_OBJECT, TRPT_WHEN_ELEMENT_ENDS);
  const uint32_t unseen = required & ~parser->decoder.seen[TRPT_IN_POLICY_OBJECT];
  if (!trpt_diagnoses(&parser->settings)) return;
  if (unseen && parser->current.policy.present & TRPT_POLICY_HAS_POLICY) trpt_missing_report_policy(parser, unseen);
}

#endif
