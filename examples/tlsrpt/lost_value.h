/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_LOST_VALUE_H
#define TLSRPT_LOST_VALUE_H

/* Values that the parser skips because they do not have the JSON type that the RFC requires. */

#include <stdbool.h>

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/report.h>

typedef enum lost_value {
  LOST_NOTHING, /* that counts sessions */
  LOST_POLICY,  /* an element of `policies` */
  LOST_FAILURE, /* an element of `failure-details` */
  LOST_DETAILS  /* all of `failure-details` */
} lost_value;

/* What is lost according to a diagnostic. */
lost_value lost_value_of(const trpt_diagnostic *d);

/* Whether an element of `policies` is lost, so that sessions may have failed that no policy counts. It needs the
   diagnostics of the report. */
bool lost_value_has_policy(const trpt_report *report);

#endif
