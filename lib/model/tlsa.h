/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TLSA_H
#define TRPT_LIB_TLSA_H

/* The parser of TLSA records, for callers that also need to know why a text is invalid. */

#include <tlsrpt/policy.h>

typedef enum trpt_tlsa_verdict {
  TRPT_TLSA_GOOD,
  TRPT_TLSA_BAD_SYNTAX,  /* not three numbers and an even, positive number of hex digits */
  TRPT_TLSA_OUT_OF_RANGE /* one of the numbers is above 255 */
} trpt_tlsa_verdict;

/* Sets `*out` and `*digits`, the number of hex digits, only if the record is valid. */
trpt_tlsa_verdict trpt_tlsa_read(trpt_str text, trpt_tlsa *out, size_t *digits);

#endif
