/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MEMBER_NAME_H
#define TRPT_LIB_MEMBER_NAME_H

/* Names of members: known, unknown, repeated, or another name for a known one. */

#include "parser.h"

/* A member begins, whose name is at `offset` in the line of the token. From now on decoder.member is the member whose value
   counts, or TRPT_MEMBER_NONE. */
void trpt_member_begin(trpt_parser *parser, trpt_str name, uint64_t offset);

#endif
