/* SPDX-License-Identifier: MIT */
#include "replay_report.h"

void replay_report(const trpt_report *report, void (*emit)(void *user, const trpt_event *event), void *user) {
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++)
    emit(user, &(trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = trpt_report_diagnostic(report, i)});
  for (uint32_t p = 0; p < trpt_report_policy_count(report); p++) {
    const trpt_policy *policy = trpt_report_policy(report, p);
    for (uint32_t f = 0; f < trpt_report_failure_count(report, p); f++)
      emit(user,
           &(trpt_event){.type = TRPT_EVENT_FAILURE, .policy = policy, .failure = trpt_report_failure(report, p, f)});
    emit(user, &(trpt_event){.type = TRPT_EVENT_POLICY, .policy = policy});
  }
}
