/* SPDX-License-Identifier: MIT */
#include "policy_checks.h"

#include <tlsrpt/policy.h>

#include "../base/hostname.h"
#include "../model/mx_pattern.h"
#include "../model/types.h"
#include "emit.h"
#include "policy_string.h"
#include "text_hash.h"

/* Above this number of patterns a host name is not compared with them, so that the cost of a failure stays linear in its
   bytes. */
enum { MX_PATTERNS = 64 };

/* ---- policy-string ---- */

/* Order-independent hash. Empty patterns are skipped; report.empty-string covers them. */
static void add_pattern(uint64_t *sum, trpt_str pattern) {
  if (pattern.len) *sum += trpt_hash_text(1, trpt_host_without_dot(pattern));
}

static trpt_path string_path(const trpt_list *list, uint32_t i) {
  return (trpt_path){TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING, list->elements[i].index};
}

/* A bare string of TLSA records was reported already, with the same code. */
static void report_joined(trpt_parser *parser, const trpt_element *element, trpt_path path) {
  static const trpt_code codes[TRPT_JOINED_COUNT] = {
      [TRPT_JOINED_TLSA] = TRPT_CODE_REPORT_POLICY_STRING_NOT_ARRAY,
      [TRPT_JOINED_STS] = TRPT_CODE_REPORT_POLICY_STRING_JOINED,
  };
  const bool was_reported = element->joined == TRPT_JOINED_TLSA && element->index == TRPT_NO_INDEX;
  if (!was_reported) trpt_emit(parser, codes[element->joined], element->position, path);
}

/* If the policy has another type, the text has no meaning here. report.empty-string covers an empty one, report.string-cut one
   whose end is missing. */
static void check_string(trpt_parser *parser, uint32_t index) {
  const trpt_list *list = &parser->current.strings;
  const trpt_str text = list->strings[index];
  const trpt_element *element = &list->elements[index];
  trpt_policy_checks *checks = &parser->policy_checks;
  trpt_codes codes;
  trpt_str mx = {NULL, 0};
  codes.count = 0;
  if (!text.len || element->cut) return;
  if (element->joined) report_joined(parser, element, string_path(list, index));
  if (parser->current.policy.type == TRPT_POLICY_TLSA)
    trpt_check_tlsa(text, &codes);
  else if (parser->current.policy.type == TRPT_POLICY_STS)
    trpt_check_sts_line(&checks->sts_lines, text, &mx, &codes);
  if (mx.ptr) add_pattern(&checks->sts_patterns, mx);
  if (codes.count) trpt_emit_all(parser, &codes, element->position, string_path(list, index));
}

/* What the lines of an MTA-STS policy lack, and whether `mx-host` says the same. Neither is known of a list that is incomplete. */
static void check_sts_policy(trpt_parser *parser) {
  const trpt_policy_checks *checks = &parser->policy_checks;
  const trpt_list *hosts = &parser->current.mx_hosts;
  trpt_codes codes = {0};
  uint64_t sum = 0;
  trpt_check_sts_lines(&checks->sts_lines, &codes);
  trpt_emit_all(parser, &codes, parser->current.strings.position,
                trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING));
  if (!hosts->count || hosts->incomplete || !(checks->sts_lines.seen & TRPT_STS_SAW_MX)) return;
  for (uint32_t i = 0; i < hosts->count; i++) add_pattern(&sum, trpt_mx_pattern_without_key(hosts->strings[i]));
  if (sum && sum != checks->sts_patterns)
    trpt_emit(parser, TRPT_CODE_REPORT_STS_MX_DISAGREES, hosts->position,
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_MX_HOST));
}

bool trpt_policy_check_strings(trpt_parser *parser, uint32_t *index) {
  const uint32_t count = parser->current.strings.count;
  if (!count) return true;
  if (*index == 0) {
    parser->policy_checks.sts_lines = (trpt_sts_lines){0};
    parser->policy_checks.sts_patterns = 0;
  }
  while (*index < count) {
    check_string(parser, (*index)++);
    if (parser->events.count | (uint32_t)parser->events.failed.status) return false;
  }
  if (parser->current.policy.type == TRPT_POLICY_STS && !parser->current.strings.incomplete) check_sts_policy(parser);
  return true;
}

/* ---- the policy object ---- */

/* RFC 8460 s4.4: mx-host has a meaning under MTA-STS only, policy-string none without a policy. RFC 8460 s4: an element for each
   policy. */
void trpt_policy_check(trpt_parser *parser) {
  const trpt_policy *policy = &parser->current.policy;
  const bool other = policy->type == TRPT_POLICY_TLSA || policy->type == TRPT_POLICY_NO_POLICY_FOUND;
  if (other && policy->mx_host_count)
    trpt_emit(parser, TRPT_CODE_REPORT_MX_HOST_UNEXPECTED, parser->current.mx_hosts.position,
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_MX_HOST));
  if (policy->type == TRPT_POLICY_NO_POLICY_FOUND && policy->string_count)
    trpt_emit(parser, TRPT_CODE_REPORT_POLICY_STRING_UNEXPECTED, parser->current.strings.position,
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING));
  if (parser->current.policy_is_cut) return; /* it may differ from another one in what is missing */
  if (trpt_repetition_add(&parser->policy_checks.recent, policy))
    trpt_emit(parser, TRPT_CODE_REPORT_DUPLICATE_POLICY, parser->decoder.positions[TRPT_IN_POLICY_OBJECT],
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_NONE));
}

/* ---- failures ---- */

/* RFC 8461 s4.1: whether the MX host fits no pattern of the policy. */
static bool fits_no_pattern(const trpt_policy *policy, trpt_str host) {
  if (policy->type != TRPT_POLICY_STS || !host.len || !policy->mx_host_count || policy->mx_host_count > MX_PATTERNS)
    return false;
  bool any = false;
  for (uint32_t i = 0; i < policy->mx_host_count; i++) {
    const trpt_str pattern = trpt_mx_pattern_without_key(policy->mx_hosts[i]);
    any |= pattern.len != 0;
    if (trpt_mx_match(pattern.ptr, pattern.len, host.ptr, host.len)) return false;
  }
  return any;
}

void trpt_policy_check_failure(trpt_parser *parser, const trpt_failure_state *state) {
  const trpt_policy *policy = &parser->current.policy;
  if (trpt_result_type_is_of_other_policy(state->failure.type, policy->type))
    trpt_emit(parser, TRPT_CODE_REPORT_RESULT_TYPE_POLICY_MISMATCH, state->type_position,
              trpt_path_of(TRPT_IN_FAILURE, TRPT_MEMBER_RESULT_TYPE));
  if (parser->current.mx_hosts.incomplete || state->host_is_cut) return;
  if (fits_no_pattern(policy, state->failure.receiving_mx_hostname))
    trpt_emit(parser, TRPT_CODE_REPORT_MX_MISMATCH, state->host_position,
              trpt_path_of(TRPT_IN_FAILURE, TRPT_MEMBER_RECEIVING_MX_HOSTNAME));
}

/* RFC 8460 s4 and s4.3.4: failures may be counted more than once or not at all, so that sums need not agree. Nothing is missing
   if the rest could not be read. */
void trpt_policy_check_totals(trpt_parser *parser) {
  const trpt_totals *totals = &parser->current.totals;
  trpt_code code = TRPT_CODE_NONE;
  if (!(totals->summary.present & TRPT_POLICY_HAS_FAILED)) return;
  if (totals->failure_count == 0) {
    if (totals->summary.failed_sessions && !totals->lost_details) code = TRPT_CODE_REPORT_FAILURES_WITHOUT_DETAILS;
  } else if (totals->summary.failed_sessions == 0) {
    code = TRPT_CODE_REPORT_DETAILS_WITHOUT_FAILURES;
  } else if (totals->details > totals->summary.failed_sessions) {
    code = TRPT_CODE_REPORT_DETAILS_EXCEED_TOTAL;
  } else if (totals->details < totals->summary.failed_sessions && !totals->lost_details) {
    code = TRPT_CODE_REPORT_DETAILS_BELOW_TOTAL;
  }
  if (code != TRPT_CODE_NONE)
    trpt_emit(parser, code, totals->failed_position, trpt_path_of(TRPT_IN_SUMMARY, TRPT_MEMBER_TOTAL_FAILURE));
}
