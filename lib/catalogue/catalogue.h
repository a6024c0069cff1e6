/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FINDING_H
#define TRPT_LIB_FINDING_H

/* Findings inside the library: numbers into the catalogue, which become text only where somebody receives them. */

#include <tlsrpt/diagnostic.h>

typedef enum trpt_code {
#define DIAGNOSTIC(id, code, severity, section, message, advice) TRPT_CODE_##id,
#include "catalogue.def"
#undef DIAGNOSTIC
  TRPT_CODE_COUNT,
  TRPT_CODE_NONE = TRPT_CODE_COUNT
} trpt_code;

typedef struct trpt_catalogue_entry {
  const char *code;
  const char *section;
  const char *message;
  const char *advice;
  trpt_severity severity;
} trpt_catalogue_entry;

extern const trpt_catalogue_entry trpt_catalogue[TRPT_CODE_COUNT];

/* What the judgement of one value found, in the order of the judging. */
enum { TRPT_CODES_CAPACITY = 8 };
typedef struct trpt_codes {
  uint32_t count;
  trpt_code at[TRPT_CODES_CAPACITY];
} trpt_codes;

/* A judge finds each code at most once in a value, and no judge knows more than TRPT_CODES_CAPACITY codes. */
static inline void trpt_codes_add(trpt_codes *findings, trpt_code finding) {
  if (findings->count == TRPT_CODES_CAPACITY) return; /* GCOVR_EXCL_BR_LINE: only a wrong judge gets here */
  findings->at[findings->count++] = finding;
}

#endif
