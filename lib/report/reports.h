/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_REPORTS_H
#define TRPT_LIB_REPORTS_H

/* All reports of an input that is whole in memory. */

#include <tlsrpt/report.h>

/* Called for each report, or for each error with what was read before it or NULL. Returns TRPT_OK to continue. */
typedef trpt_status (*trpt_reports_fn)(void *user, const trpt_report *report, const trpt_error *error,
                                       const trpt_source *source);

/* Calls `each` at least once, with `source` named NAME, NAME#2 and so on. `source` may be NULL. Returns what `each` returned if that
   was not TRPT_OK; TRPT_E_MEMORY, TRPT_E_STATE or TRPT_E_ARGUMENT. */
trpt_status trpt_reports_each(trpt_parser *parser, const void *data, size_t len, const trpt_source *source,
                              trpt_reports_fn each, void *user);

#endif
