/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_ADVICE_H
#define TLSRPT_ADVICE_H

#include <tlsrpt/model.h>

#include "buffer.h"

/* Adds what failed and what to check, with the policy domain in place of "<domain>" if it is a host name. */
void advice_text(buffer *out, trpt_result_type type, trpt_str domain);

#endif
