/* SPDX-License-Identifier: MIT */
#include <tlsrpt/report.h>

/* Adds the events of a policy in the order of the parser, failures first. */
static void add_policy(trpt_key *key, const trpt_report *report, uint32_t policy) {
  trpt_event event = {.type = TRPT_EVENT_FAILURE, .policy = trpt_report_policy(report, policy)};
  const uint32_t count = trpt_report_failure_count(report, policy);
  for (uint32_t i = 0; i < count; i++) {
    event.failure = trpt_report_failure(report, policy, i);
    trpt_key_add(key, &event);
  }
  event.type = TRPT_EVENT_POLICY;
  trpt_key_add(key, &event);
}

trpt_status trpt_report_key(const trpt_report *report, char *buffer, size_t capacity, size_t *needed) {
  const trpt_event last = {.type = TRPT_EVENT_REPORT, .metadata = trpt_report_metadata(report)};
  trpt_key key;
  if (needed) *needed = 0;
  if (!report) return TRPT_E_ARGUMENT;
  trpt_key_begin(&key);
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) add_policy(&key, report, i);
  trpt_key_add(&key, &last);
  return trpt_key_text(&key, buffer, capacity, needed);
}
