/* SPDX-License-Identifier: MIT */
#include "end_object.h"

#include "flat_policy.h"
#include "missing.h"
#include "policy_string.h"

static void defer_pending(trpt_parser *parser) {
  if (parser->pending.len) trpt_deferred_add(&parser->deferred, TRPT_DEFER_PENDING);
}

void trpt_end_date_range(trpt_parser *parser) {
  const trpt_metadata *metadata = &parser->current.metadata;
  trpt_codes codes = {0};
  trpt_missing_check(parser, TRPT_IN_DATE_RANGE);
  if (!trpt_diagnoses(&parser->settings) || metadata->start == INT64_MIN || metadata->end == INT64_MIN) return;
  trpt_check_window(metadata->start, metadata->end, parser->settings.options.now, &codes);
  for (uint32_t i = 0; i < codes.count; i++) {
    const trpt_code code = codes.at[i];
    const bool of_end = code == TRPT_CODE_REPORT_END_BEFORE_START || code == TRPT_CODE_REPORT_FUTURE_WINDOW;
    if (of_end)
      trpt_emit(parser, code, parser->current.end_position, trpt_path_of(TRPT_IN_DATE_RANGE, TRPT_MEMBER_END_DATETIME));
    else
      trpt_emit(parser, code, parser->decoder.positions[TRPT_IN_DATE_RANGE],
                trpt_path_of(TRPT_IN_DATE_RANGE, TRPT_MEMBER_NONE));
  }
}

static void count_lists(trpt_current *current) {
#define LIST(tag, id, object, name, field, number, has, required, check) current->policy.number = current->field.count;
#include "../model/schema.def"
}

static void end_policy(trpt_parser *parser) {
  trpt_policy_string_split(parser);
  count_lists(&parser->current);
  defer_pending(parser);
  if (trpt_diagnoses(&parser->settings)) trpt_deferred_add(&parser->deferred, TRPT_DEFER_STRINGS | TRPT_DEFER_POLICY);
}

void trpt_end_policy_object(trpt_parser *parser) {
  trpt_missing_check(parser, TRPT_IN_POLICY_OBJECT);
  end_policy(parser);
  trpt_deferred_run_all(parser);
}

static inline void add_capped(uint64_t *sum, uint64_t count) {
  *sum = count > UINT64_MAX - *sum ? UINT64_MAX : *sum + count;
}

/* Counts the failure that ends. */
static inline void count_failure(trpt_current *current) {
  trpt_failure_state *entry = &current->failure;
  entry->index = current->failure_index;
  entry->failure.index = current->totals.failure_count++;
  current->metadata.failure_count++;
  current->totals.hiding_count += trpt_result_type_hides_policy(entry->failure.type);
  add_capped(&current->totals.details, entry->failure.failed_sessions);
}

/* A failure written before its policy object waits until that was read, if there is room. Nearly all others are returned at once,
   since they have only a few checks. */
void trpt_end_failure(trpt_parser *parser) {
  trpt_missing_check(parser, TRPT_IN_FAILURE);
  count_failure(&parser->current);
  const bool policy_read = parser->current.policy.present & TRPT_POLICY_HAS_POLICY;
  if (!policy_read && trpt_pending_add(&parser->pending, &parser->current)) return;
  if (!policy_read) count_lists(&parser->current);
  if (parser->pending.len)
    trpt_deferred_add(&parser->deferred, TRPT_DEFER_PENDING | TRPT_DEFER_FAILURE);
  else if (!parser->events.failed.status)
    trpt_deferred_return_failure(parser);
}

void trpt_end_policies(trpt_parser *parser) {
  if (parser->current.next_policy) return;
  trpt_emit(parser, TRPT_CODE_REPORT_NO_POLICIES, parser->decoder.positions[TRPT_IN_POLICIES],
            trpt_path_of(TRPT_IN_POLICIES, TRPT_MEMBER_NONE));
}

void trpt_end_policy_element(trpt_parser *parser) {
  if (parser->decoder.flat) {
    trpt_flat_policy_end(parser);
    trpt_missing_check(parser, TRPT_IN_POLICY_OBJECT);
    end_policy(parser);
  }
  trpt_missing_check(parser, TRPT_IN_POLICY);
  trpt_missing_check_policy(parser);
  defer_pending(parser);
  trpt_deferred_add(&parser->deferred, TRPT_DEFER_END);
  trpt_deferred_run_all(parser);
}

void trpt_end_summary(trpt_parser *parser) { trpt_missing_check(parser, TRPT_IN_SUMMARY); }

void trpt_end_report(trpt_parser *parser) {
  trpt_missing_check(parser, TRPT_IN_REPORT);
  if (trpt_is_sequence(&parser->settings)) trpt_deferred_add(&parser->deferred, TRPT_DEFER_END_TEXT);
}
