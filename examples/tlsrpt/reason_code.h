/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REASON_CODE_H
#define TLSRPT_REASON_CODE_H

#include <tlsrpt/status.h>

/* Returns what a failure-reason-code means, "the certificate has expired", or NULL if it is not a known one. */
const char *reason_code_meaning(trpt_str value);

#endif
