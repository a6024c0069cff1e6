/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_ADVICE_H
#define TLSRPT_ADVICE_H

#include <tlsrpt/model.h>

#include "buffer.h"

/* What failed and what to check. `is_named`: the failure has a result type, known or not. */
const char *advice_for(trpt_result_type type, bool is_named);

/* Adds it with the policy domain in place of "<domain>" if that is a host name. */
void advice_text(buffer *out, trpt_result_type type, bool is_named, trpt_str domain);

#endif
