/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_DIAGNOSTICS_H
#define TLSRPT_CHECK_DIAGNOSTICS_H

#include "probe.h"

/* Receives a diagnostic, which is valid during the call. `text` is the record to which its offset refers. It is absent
   if the diagnostic is not about a text. */
typedef void check_diagnostic_fn(void *user, const trpt_diagnostic *d, trpt_str text);

/* Reports all diagnostics about a domain, first those about the record itself. */
void check_diagnose(const probe *p, check_diagnostic_fn *fn, void *user);

#endif
