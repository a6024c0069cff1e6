/* SPDX-License-Identifier: MIT */
#include "lost_value.h"

#include <string.h>

lost_value lost_value_of(const trpt_diagnostic *d) {
  static const char policies[] = "policies[", details[] = "failure-details";
  if (strcmp(d->code, "report.wrong-type") != 0) return LOST_NOTHING;
  const char *at = strstr(d->where, details);
  const char *last = at ? at : d->where;
  if (strchr(last, '.')) return LOST_NOTHING;
  if (!at) return strncmp(d->where, policies, sizeof policies - 1) == 0 ? LOST_POLICY : LOST_NOTHING;
  return at[sizeof details - 1] ? LOST_FAILURE : LOST_DETAILS;
}

bool lost_value_has_policy(const trpt_report *report) {
  const uint32_t count = trpt_report_diagnostic_count(report);
  for (uint32_t i = 0; i < count; i++)
    if (lost_value_of(trpt_report_diagnostic(report, i)) == LOST_POLICY) return true;
  return false;
}
