/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FLAT_POLICY_H
#define TRPT_LIB_FLAT_POLICY_H

/* Members of the policy object that a sender wrote into the element of `policies` itself. They are read as they come, and count
   unless the element has a policy object, before or after them. */

#include "parser.h"

/* A member of the element has the name of `member`, a member of the policy object. Returns the member whose value counts, or
   TRPT_MEMBER_NONE. */
trpt_member trpt_flat_policy_begin(trpt_parser *parser, trpt_member member, trpt_position position);

/* The policy object begins after such members, which do not count. */
void trpt_flat_policy_withdraw(trpt_parser *parser);

/* The element ends without a policy object. They count. */
void trpt_flat_policy_end(trpt_parser *parser);

#endif
