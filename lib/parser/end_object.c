/* SPDX-License-Identifier: MIT */
#include <stdalign.h>
#include <string.h>

#include "../model/types.h"
#include "parser.h"

#define BIT(member) (UINT32_C(1) << TRPT_MEMBER_##member)

/* Members without which an object lacks something, RFC 8460 s4.4, whatever else it says. */
static const uint32_t required[TRPT_CONTEXT_COUNT] = {
    [TRPT_IN_REPORT] = BIT(ORGANIZATION_NAME) | BIT(DATE_RANGE) | BIT(CONTACT_INFO) | BIT(REPORT_ID),
    [TRPT_IN_DATE_RANGE] = BIT(START_DATETIME) | BIT(END_DATETIME),
    [TRPT_IN_POLICY] = BIT(POLICY) | BIT(SUMMARY),
    [TRPT_IN_POLICY_OBJECT] = BIT(POLICY_TYPE),
    [TRPT_IN_SUMMARY] = BIT(TOTAL_SUCCESSFUL) | BIT(TOTAL_FAILURE),
    [TRPT_IN_FAILURE] = BIT(RESULT_TYPE) | BIT(FAILED_SESSION_COUNT),
};

static void raise_missing(trpt_parser *parser, trpt_context context, trpt_member member, trpt_code code) {
  trpt_emit(parser, code, parser->positions[context], trpt_path_of(context, member));
}

static void missing_members(trpt_parser *parser, trpt_context context, uint32_t members) {
  uint32_t missing = members & ~parser->seen[context];
  for (uint32_t member = 0; missing; member++, missing >>= 1)
    if (missing & 1) raise_missing(parser, context, (trpt_member)member, TRPT_CODE_REPORT_MISSING_MEMBER);
}

static void renamed_members(trpt_parser *parser, trpt_context context) {
  uint32_t aliases = parser->seen[context] >> TRPT_FIRST_ALIAS;
  for (uint32_t i = 0; aliases; i++, aliases >>= 1)
    if (aliases & 1)
      trpt_emit(parser, TRPT_CODE_REPORT_RENAMED_MEMBER, parser->alias_positions[i],
                trpt_path_of(context, (trpt_member)(TRPT_FIRST_ALIAS + i)));
}

static void close_date_range(trpt_parser *parser) {
  const trpt_metadata *metadata = &parser->metadata;
  trpt_codes codes = {0};
  if (!parser->codes || metadata->start == INT64_MIN || metadata->end == INT64_MIN) return;
  trpt_check_window(metadata->start, metadata->end, parser->options.now, &codes);
  for (uint32_t i = 0; i < codes.count; i++) {
    const trpt_code code = codes.at[i];
    const bool of_end = code == TRPT_CODE_REPORT_END_BEFORE_START || code == TRPT_CODE_REPORT_FUTURE_WINDOW;
    if (of_end)
      trpt_emit(parser, code, parser->end_position, trpt_path_of(TRPT_IN_DATE_RANGE, TRPT_MEMBER_END_DATETIME));
    else
      trpt_emit(parser, code, parser->positions[TRPT_IN_DATE_RANGE],
                trpt_path_of(TRPT_IN_DATE_RANGE, TRPT_MEMBER_NONE));
  }
}

/* What a policy object must have depends on its type, RFC 8460 s4.4. */
static void missing_in_policy(trpt_parser *parser) {
  const uint32_t seen = parser->seen[TRPT_IN_POLICY_OBJECT];
  const trpt_policy_type type = parser->policy.type;
  const bool has_policy = type == TRPT_POLICY_STS || type == TRPT_POLICY_TLSA;
  if (!(seen & BIT(POLICY_STRING)) && has_policy)
    raise_missing(parser, TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING, TRPT_CODE_REPORT_POLICY_STRING_MISSING);
  if (!(seen & BIT(POLICY_DOMAIN)))
    raise_missing(parser, TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_DOMAIN,
                  type == TRPT_POLICY_NO_POLICY_FOUND ? TRPT_CODE_REPORT_POLICY_DOMAIN_MISSING
                                                      : TRPT_CODE_REPORT_MISSING_MEMBER);
  if (!(seen & (BIT(MX_HOST) | BIT(MX_HOST_PATTERN))) && type == TRPT_POLICY_STS)
    raise_missing(parser, TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_MX_HOST, TRPT_CODE_REPORT_MX_HOST_MISSING);
}

static void close_policy(trpt_parser *parser) {
  trpt_policy *policy = &parser->policy;
  missing_in_policy(parser);
  trpt_policy_string_split(parser);
  policy->string_count = parser->strings.count;
  policy->mx_host_count = parser->mx_hosts.count;
  if (parser->pending_len) parser->deferred |= TRPT_DEFER_PENDING;
  if (parser->codes) parser->deferred |= TRPT_DEFER_STRINGS | TRPT_DEFER_POLICY;
}

/* Of a session that failed before there was a connection (DANE and STS results) no addresses can be told. */
static void missing_in_failure(trpt_parser *parser) {
  const uint32_t seen = parser->seen[TRPT_IN_FAILURE];
  const trpt_result_type type = parser->failure.failure.type;
  if (!trpt_result_type_is_of_policy(type))
    missing_members(parser, TRPT_IN_FAILURE, BIT(SENDING_MTA_IP) | BIT(RECEIVING_MX_HOSTNAME));
  if (trpt_result_type_needs_reason(type) && !(seen & (BIT(FAILURE_REASON_CODE) | BIT(FAILURE_ERROR_CODE))))
    raise_missing(parser, TRPT_IN_FAILURE, TRPT_MEMBER_FAILURE_REASON_CODE, TRPT_CODE_REPORT_REASON_CODE_MISSING);
}

static void rebase(trpt_str *text, const char *from, char *to) {
  if (text->ptr) text->ptr = to + (text->ptr - from);
}

/* Copies the failure with its text to the memory of those held back. False: there is no room. */
static bool hold_back(trpt_parser *parser) {
  const size_t alignment = alignof(max_align_t);
  const char *from = parser->text.text + parser->failure_text;
  const size_t text_len = parser->text.len - parser->failure_text;
  const size_t room = parser->options.max_held - parser->pending_len;
  const size_t size = (sizeof parser->failure + text_len + alignment - 1) / alignment * alignment;
  if (size > room) return false;
  trpt_failure_state *entry = (trpt_failure_state *)(void *)(parser->pending + parser->pending_len);
  char *to = (char *)(entry + 1);
  *entry = parser->failure;
  entry->size = size;
  memcpy(to, from, text_len);
  trpt_failure *failure = &entry->failure;
  rebase(&failure->type_name, from, to);
  rebase(&failure->sending_mta_ip, from, to);
  rebase(&failure->receiving_mx_hostname, from, to);
  rebase(&failure->receiving_mx_helo, from, to);
  rebase(&failure->receiving_ip, from, to);
  rebase(&failure->additional_information, from, to);
  rebase(&failure->failure_reason_code, from, to);
  parser->pending_len += size;
  parser->text.len = parser->failure_text;
  return true;
}

static void add_details(uint64_t *sum, uint64_t count) { *sum = count > UINT64_MAX - *sum ? UINT64_MAX : *sum + count; }

/* A failure written before its policy object is held back until that was read, or until there are too many. */
static void close_failure(trpt_parser *parser) {
  trpt_failure_state *entry = &parser->failure;
  missing_in_failure(parser);
  entry->index = parser->failure_index;
  entry->failure.index = parser->totals.failure_count++;
  parser->metadata.failure_count++;
  add_details(&parser->totals.details, entry->failure.failed_sessions);
  const bool policy_read = parser->seen[TRPT_IN_POLICY] & BIT(POLICY);
  if (!policy_read && !parser->pending_full) {
    if (hold_back(parser)) return;
    parser->pending_full = true;
    parser->deferred |= TRPT_DEFER_PENDING;
  }
  parser->deferred |= TRPT_DEFER_FAILURE;
}

static void close_report(trpt_parser *parser) {
  if (!(parser->seen[TRPT_IN_REPORT] & BIT(POLICIES)))
    trpt_fail(parser, TRPT_E_SCHEMA, TRPT_CODE_REPORT_MISSING_MEMBER, parser->positions[TRPT_IN_REPORT],
              trpt_path_of(TRPT_IN_REPORT, TRPT_MEMBER_POLICIES));
}

static void close_entry(trpt_parser *parser) {
  parser->deferred |= TRPT_DEFER_END;
  if (parser->pending_len) parser->deferred |= TRPT_DEFER_PENDING;
}

void trpt_end_object(trpt_parser *parser, trpt_context context) {
  missing_members(parser, context, required[context]);
  if (parser->seen[context] >> TRPT_FIRST_ALIAS) renamed_members(parser, context);
  switch (context) {
  case TRPT_IN_REPORT: close_report(parser); return;
  case TRPT_IN_DATE_RANGE: close_date_range(parser); return;
  case TRPT_IN_POLICIES:
    if (parser->next_entry == 0)
      trpt_emit(parser, TRPT_CODE_REPORT_NO_POLICIES, parser->positions[context],
                trpt_path_of(context, TRPT_MEMBER_NONE));
    return;
  case TRPT_IN_POLICY: close_entry(parser); return;
  case TRPT_IN_POLICY_OBJECT: close_policy(parser); return;
  case TRPT_IN_FAILURE: close_failure(parser); return;
  default: return;
  }
}
