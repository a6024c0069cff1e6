/* SPDX-License-Identifier: MIT */
#include "deferred.h"

#include "callback.h"

static void done(trpt_parser *parser, uint32_t work) {
  parser->deferred.work &= ~work;
  parser->deferred.index = 0;
}

static inline void return_element(trpt_parser *parser, trpt_event event) {
  if (!trpt_callback_at_once(parser, event)) trpt_events_set_element(&parser->events, event);
}

/* A failure is complete, and everything about its policy is known that will be. */
static void return_failure(trpt_parser *parser, const trpt_failure_state *state) {
  const trpt_policy *policy = &parser->current.policy;
  parser->current.failure_index = state->index;
  if (trpt_diagnoses(&parser->settings)) trpt_policy_check_failure(parser, state);
  return_element(parser, (trpt_event){.type = TRPT_EVENT_FAILURE, .policy = policy, .failure = &state->failure});
}

void trpt_deferred_return_failure(trpt_parser *parser) {
  return_failure(parser, &parser->current.failure);
  trpt_current_drop_failure(&parser->current);
}

static void return_pending(trpt_parser *parser) {
  return_failure(parser, trpt_pending_take(&parser->pending));
  if (!parser->pending.len) done(parser, TRPT_DEFER_PENDING);
}

static void add_summary(trpt_policy *policy, const trpt_policy *summary) {
  TRPT_EACH_IN (info, TRPT_IN_SUMMARY) *trpt_count_in(info, policy) = trpt_count_of(info, summary);
  policy->present |= summary->present;
}

static void return_policy(trpt_parser *parser) {
  trpt_current *current = &parser->current;
  trpt_policy *policy = &current->policy;
  if (trpt_diagnoses(&parser->settings)) trpt_policy_check_totals(parser);
  add_summary(policy, &current->totals.summary);
  policy->failure_count = current->totals.failure_count;
  current->metadata.policy_count++;
  done(parser, TRPT_DEFER_END);
  return_element(parser, (trpt_event){.type = TRPT_EVENT_POLICY, .policy = policy});
}

static void return_report(trpt_parser *parser) {
  done(parser, TRPT_DEFER_REPORT);
  if (trpt_sequence_return_fault(parser)) return;
  parser->events.complete = parser->sequence.state == TRPT_IN_TEXT; /* not of a sequence */
  return_element(parser, (trpt_event){.type = TRPT_EVENT_REPORT, .metadata = &parser->current.metadata});
}

void trpt_deferred_run(trpt_parser *parser) {
  const uint32_t work = parser->deferred.work;
  if (work & TRPT_DEFER_STRINGS) {
    if (trpt_policy_check_strings(parser, &parser->deferred.index)) done(parser, TRPT_DEFER_STRINGS);
  } else if (work & TRPT_DEFER_POLICY) {
    trpt_policy_check(parser);
    done(parser, TRPT_DEFER_POLICY);
  } else if (work & TRPT_DEFER_PENDING) {
    return_pending(parser);
  } else if (work & TRPT_DEFER_FAILURE) {
    trpt_deferred_return_failure(parser);
    done(parser, TRPT_DEFER_FAILURE);
  } else if (work & TRPT_DEFER_END) {
    return_policy(parser);
  } else if (work & TRPT_DEFER_END_TEXT) {
    trpt_sequence_end_text(parser);
    done(parser, TRPT_DEFER_END_TEXT);
  } else if (work & TRPT_DEFER_REPORT) {
    return_report(parser);
  } else {
    trpt_sequence_next_text(parser);
    done(parser, TRPT_DEFER_NEXT_TEXT);
  }
}

void trpt_deferred_run_all(trpt_parser *parser) {
  while (parser->deferred.work && !trpt_events_wait(&parser->events)) trpt_deferred_run(parser);
}
