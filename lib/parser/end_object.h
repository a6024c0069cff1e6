/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_END_OBJECT_H
#define TRPT_LIB_END_OBJECT_H

/* The end of an object or array: required members, checks, and what is deferred. */

#include "../model/schema.h"
#include "parser.h"

void trpt_end_report(trpt_parser *parser);
void trpt_end_date_range(trpt_parser *parser);
void trpt_end_policies(trpt_parser *parser);
void trpt_end_policy_element(trpt_parser *parser);
void trpt_end_policy_object(trpt_parser *parser);
void trpt_end_summary(trpt_parser *parser);
void trpt_end_failure(trpt_parser *parser);

/* Inline, since on the fast path the context is a constant. */
static inline void trpt_end_object(trpt_parser *parser, trpt_context context) {
  switch (context) {
  case TRPT_IN_REPORT: trpt_end_report(parser); break;
  case TRPT_IN_DATE_RANGE: trpt_end_date_range(parser); break;
  case TRPT_IN_POLICIES: trpt_end_policies(parser); break;
  case TRPT_IN_POLICY: trpt_end_policy_element(parser); break;
  case TRPT_IN_POLICY_OBJECT: trpt_end_policy_object(parser); break;
  case TRPT_IN_SUMMARY: trpt_end_summary(parser); break;
  case TRPT_IN_FAILURE: trpt_end_failure(parser); break;
  default: break;
  }
}

#endif
