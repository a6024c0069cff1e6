/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CATALOGUE_H
#define TRPT_LIB_CATALOGUE_H

/* Diagnostics inside the library are numbers of rows in the catalogue. They become text only for a receiver. The numbers
   hold for one build: libtrpt-mail, which may run with another libtrpt, asks that one by the text of the code. */

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

/* What the checks of one value found, in order. */
enum { TRPT_CODES_CAPACITY = 8 };
typedef struct trpt_codes {
  uint32_t count;
  trpt_code at[TRPT_CODES_CAPACITY];
} trpt_codes;

/* A check finds each code at most once in a value, and no check knows more than TRPT_CODES_CAPACITY codes. */
static inline void trpt_codes_add(trpt_codes *codes, trpt_code code) {
  if (codes->count == TRPT_CODES_CAPACITY) return; /* GCOVR_EXCL_BR_LINE: only a wrong check gets here */
  codes->at[codes->count++] = code;
}

#endif
