/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DIAGNOSTIC_JSON_H
#define TRPT_LIB_DIAGNOSTIC_JSON_H

/* Writes diagnostics and errors as JSON objects. */

#include <tlsrpt/diagnostic.h>

#include "json_output.h"

/* `flags` are TRPT_NO_LINES and TRPT_WITH_ADVICE. */
void trpt_json_diagnostic(trpt_json_output *json, const trpt_diagnostic *diagnostic, uint32_t flags);

/* `status` is the name of the status. */
void trpt_json_error(trpt_json_output *json, const trpt_error *error, trpt_str status);

#endif
