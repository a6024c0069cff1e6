/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CATALOGUE_H
#define TRPT_LIB_CATALOGUE_H

/* The library identifies a diagnostic by the number of its row in the catalogue, and looks up the text only for a
   receiver. Numbers are valid within one build. libtrpt-mail may run with another libtrpt, so it looks up codes by
   their text. */

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

/* The codes that the checks of one value reported, in order. */
enum { TRPT_CODES_CAPACITY = 8 };
typedef struct trpt_codes {
  uint32_t count;
  trpt_code at[TRPT_CODES_CAPACITY];
} trpt_codes;

/* No check has more than TRPT_CODES_CAPACITY codes, and it reports each code at most once per value. */
static inline void trpt_codes_add(trpt_codes *codes, trpt_code code) {
  if (codes->count == TRPT_CODES_CAPACITY) return; /* GCOVR_EXCL_BR_LINE: only an incorrect check gets here */
  codes->at[codes->count++] = code;
}

#endif
