/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FINDING_H
#define TRPT_LIB_FINDING_H

/* Findings inside the library: numbers into the catalogue, which become text only where somebody receives them. */

#include <tlsrpt/diagnostic.h>

typedef enum trpt_finding {
#define FINDING(id, code, severity, section, message, advice) TRPT_FINDING_##id,
#include "catalogue.def"
#undef FINDING
  TRPT_FINDING_COUNT,
  TRPT_FINDING_NONE = TRPT_FINDING_COUNT
} trpt_finding;

typedef struct trpt_catalogue_entry {
  const char *code;
  const char *section;
  const char *message;
  const char *advice;
  trpt_severity severity;
} trpt_catalogue_entry;

extern const trpt_catalogue_entry trpt_catalogue[TRPT_FINDING_COUNT];

/* What the judgement of one value found, in the order of the judging. */
enum { TRPT_FINDINGS_CAPACITY = 8 };
typedef struct trpt_findings {
  uint32_t count;
  trpt_finding at[TRPT_FINDINGS_CAPACITY];
} trpt_findings;

/* A judge finds each code at most once in a value, and no judge knows more than TRPT_FINDINGS_CAPACITY codes. */
static inline void trpt_findings_add(trpt_findings *findings, trpt_finding finding) {
  if (findings->count == TRPT_FINDINGS_CAPACITY) return; /* GCOVR_EXCL_BR_LINE: only a wrong judge gets here */
  findings->at[findings->count++] = finding;
}

#endif
