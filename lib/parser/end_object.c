/* SPDX-License-Identifier: MIT */
#include <stdalign.h>
#include <string.h>

#include "missing.h"
#include "policy_string.h"

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
#define LIST(tag, id, object, name, field, number, has, required, check) policy->number = parser->field.count;
#include "../model/schema.def"
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
  TRPT_EACH_OF (info, TRPT_STRUCTURE_FAILURE)
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

static void close_policies(trpt_parser *parser) {
  if (parser->next_entry) return;
  trpt_emit(parser, TRPT_CODE_REPORT_NO_POLICIES, parser->positions[TRPT_IN_POLICIES],
            trpt_path_of(TRPT_IN_POLICIES, TRPT_MEMBER_NONE));
}

static void close_entry(trpt_parser *parser) {
  parser->deferred |= TRPT_DEFER_END;
  if (parser->pending_len) parser->deferred |= TRPT_DEFER_PENDING;
}

void trpt_end_object(trpt_parser *parser, trpt_context context) {
  switch (context) {
  case TRPT_IN_REPORT: trpt_missing_check(parser, TRPT_IN_REPORT); return;
  case TRPT_IN_DATE_RANGE:
    trpt_missing_check(parser, TRPT_IN_DATE_RANGE);
    close_date_range(parser);
    return;
  case TRPT_IN_POLICIES: close_policies(parser); return;
  case TRPT_IN_POLICY:
    trpt_missing_check(parser, TRPT_IN_POLICY);
    close_entry(parser);
    return;
  case TRPT_IN_POLICY_OBJECT:
    trpt_missing_check(parser, TRPT_IN_POLICY_OBJECT);
    close_policy(parser);
    return;
  case TRPT_IN_SUMMARY: trpt_missing_check(parser, TRPT_IN_SUMMARY); return;
  case TRPT_IN_FAILURE:
    trpt_missing_check(parser, TRPT_IN_FAILURE);
    close_failure(parser);
    return;
  default: return;
  }
}
