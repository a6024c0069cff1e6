/* SPDX-License-Identifier: MIT */
#include <stdalign.h>
#include <string.h>

#include "../model/types.h"
#include "parser.h"

/* When the members of an object are required, as bits. */
enum {
  ALWAYS = 1,
  ESSENTIAL = 2,
  BY_TYPE = 4,          /* in a policy object, by which code depends on its type */
  HAS_POLICY = 8,       /* the policy type has a policy, RFC 8460 s4.4 */
  STS = 16,             /* it is MTA-STS */
  NO_POLICY_FOUND = 32, /* it is no-policy-found */
  CONNECTED = 64,       /* the session failed once there was a connection: not a DANE or MTA-STS result */
  NEEDS_REASON = 128    /* RFC 8460 s4.3.1 and s4.3.3 ask for a reason code */
};

/* A member is required if one of the conditions in `when` holds; `code` says that it is missing if one of `first` holds, else
   `other` does. */
typedef struct requirement {
  uint8_t when;
  uint8_t first;
  uint16_t code;
  uint16_t other;
} requirement;

#define REQUIRE(when, first, code, other)                                                                              \
  { when, first, TRPT_CODE_##code, TRPT_CODE_##other }
#define REQUIRE_OPTIONAL                   REQUIRE(0, 0, NONE, NONE)
#define REQUIRE_ALWAYS                     REQUIRE(ALWAYS, 0, NONE, REPORT_MISSING_MEMBER)
#define REQUIRE_ESSENTIAL                  REQUIRE(ESSENTIAL, 0, NONE, REPORT_MISSING_MEMBER)
#define REQUIRE_IF(condition, code)        REQUIRE(condition, condition, REPORT_##code, NONE)
#define REQUIRE_BY(condition, code, other) REQUIRE(BY_TYPE, condition, REPORT_##code, REPORT_##other)

static const requirement requirements[TRPT_MEMBER_COUNT] = {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  [TRPT_MEMBER_##id] = REQUIRE_##required,
#include "../model/schema.def"
};

/* The members of all objects that are required under these conditions. */
#define WHEN_OPTIONAL                   0
#define WHEN_ALWAYS                     ALWAYS
#define WHEN_ESSENTIAL                  ESSENTIAL
#define WHEN_IF(condition, code)        condition
#define WHEN_BY(condition, code, other) BY_TYPE
static inline uint32_t required_members(uint32_t conditions) {
  return 0
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  | (conditions & WHEN_##required ? TRPT_MEMBER_BIT(TRPT_MEMBER_##id) : 0)
#include "../model/schema.def"
      ;
}

static uint32_t members_in(trpt_context context) {
  return (UINT32_C(1) << trpt_first_in[context + 1]) - (UINT32_C(1) << trpt_first_in[context]);
}

static void emit_missing(trpt_parser *parser, trpt_context context, trpt_member member, uint32_t conditions) {
  const requirement *required = &requirements[member];
  const trpt_position position = parser->positions[context];
  const trpt_path path = trpt_path_of(context, member);
  const trpt_code code = (trpt_code)(conditions & required->first ? required->code : required->other);
  if (required->when == ESSENTIAL)
    trpt_fail(parser, TRPT_E_SCHEMA, code, position, path);
  else
    trpt_emit(parser, code, position, path);
}

static void missing_members(trpt_parser *parser, trpt_context context, uint32_t conditions) {
  uint32_t missing = required_members(conditions) & members_in(context) & ~parser->seen[context];
  for (uint32_t member = 0; missing; member++, missing >>= 1)
    if (missing & 1) emit_missing(parser, context, (trpt_member)member, conditions);
}

/* Aliases count as the members that they stand for. */
static void count_aliases(uint32_t *seen) {
  for (uint32_t alias = TRPT_FIRST_ALIAS; alias < TRPT_MEMBER_COUNT; alias++)
    if (*seen & TRPT_MEMBER_BIT(alias)) *seen |= TRPT_MEMBER_BIT(trpt_members[alias].member);
}

static void renamed_members(trpt_parser *parser, trpt_context context) {
  uint32_t aliases = parser->seen[context] >> TRPT_FIRST_ALIAS;
  for (uint32_t i = 0; aliases; i++, aliases >>= 1)
    if (aliases & 1)
      trpt_emit(parser, TRPT_CODE_REPORT_RENAMED_MEMBER, parser->alias_positions[i],
                trpt_path_of(context, (trpt_member)(TRPT_FIRST_ALIAS + i)));
}

/* What the type of a policy or of a failure asks for. */
static uint32_t policy_conditions(trpt_policy_type type) {
  switch (type) {
  case TRPT_POLICY_STS: return BY_TYPE | HAS_POLICY | STS;
  case TRPT_POLICY_TLSA: return BY_TYPE | HAS_POLICY;
  case TRPT_POLICY_NO_POLICY_FOUND: return BY_TYPE | NO_POLICY_FOUND;
  default: return BY_TYPE;
  }
}

static uint32_t failure_conditions(trpt_result_type type) {
  return (trpt_result_type_is_of_policy(type) ? 0 : CONNECTED) | (trpt_result_type_needs_reason(type) ? NEEDS_REASON : 0);
}

/* What holds for an object that was read, besides ALWAYS. */
static uint32_t conditions_of(const trpt_parser *parser, trpt_context context) {
  switch (context) {
  case TRPT_IN_POLICY_OBJECT: return policy_conditions(parser->policy.type);
  case TRPT_IN_FAILURE: return failure_conditions(parser->failure.failure.type);
  default: return ESSENTIAL;
  }
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

static void close_policy(trpt_parser *parser) {
  trpt_policy *policy = &parser->policy;
  trpt_policy_string_split(parser);
  policy->string_count = parser->strings.count;
  policy->mx_host_count = parser->mx_hosts.count;
  if (parser->pending_len) parser->deferred |= TRPT_DEFER_PENDING;
  if (parser->codes) parser->deferred |= TRPT_DEFER_STRINGS | TRPT_DEFER_POLICY;
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
  for
    TRPT_EACH_OF(info, TRPT_STRUCTURE_FAILURE)
  if (trpt_has_text(info)) rebase(trpt_text_in(info, &entry->failure), from, to);
  parser->pending_len += size;
  parser->text.len = parser->failure_text;
  return true;
}

static void add_details(uint64_t *sum, uint64_t count) { *sum = count > UINT64_MAX - *sum ? UINT64_MAX : *sum + count; }

/* A failure written before its policy object is held back until that was read, or until there are too many. */
static void close_failure(trpt_parser *parser) {
  trpt_failure_state *entry = &parser->failure;
  entry->index = parser->failure_index;
  entry->failure.index = parser->totals.failure_count++;
  parser->metadata.failure_count++;
  add_details(&parser->totals.details, entry->failure.failed_sessions);
  const bool policy_read = parser->seen[TRPT_IN_POLICY] & TRPT_MEMBER_BIT(TRPT_MEMBER_POLICY);
  if (!policy_read && !parser->pending_full) {
    if (hold_back(parser)) return;
    parser->pending_full = true;
    parser->deferred |= TRPT_DEFER_PENDING;
  }
  parser->deferred |= TRPT_DEFER_FAILURE;
}

static void close_entry(trpt_parser *parser) {
  parser->deferred |= TRPT_DEFER_END;
  if (parser->pending_len) parser->deferred |= TRPT_DEFER_PENDING;
}

void trpt_end_object(trpt_parser *parser, trpt_context context) {
  if (parser->seen[context] >> TRPT_FIRST_ALIAS) count_aliases(&parser->seen[context]);
  missing_members(parser, context, ALWAYS);
  if (parser->seen[context] >> TRPT_FIRST_ALIAS) renamed_members(parser, context);
  missing_members(parser, context, conditions_of(parser, context));
  switch (context) {
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
