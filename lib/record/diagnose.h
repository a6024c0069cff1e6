/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DIAGNOSE_H
#define TRPT_LIB_DIAGNOSE_H

/* Diagnostics of a record, as codes of the catalogue. */

#include <stdbool.h>

#include <tlsrpt/record.h>

#include "../catalogue/catalogue.h"

/* Receives a diagnostic. Returns true to continue. */
typedef bool (*trpt_record_code_fn)(void *user, trpt_code code, size_t offset, const char *where);

/* Reports all diagnostics in order of offset. Returns false if `fn` stopped it. */
bool trpt_record_check(trpt_str text, trpt_record_code_fn fn, void *user);

/* Whether the diagnostic means that the record violates the grammar, so that strict parsing rejects it. */
bool trpt_record_breaks_grammar(trpt_code code);

/* The column of a byte. Saturates at UINT32_MAX. */
static inline uint32_t trpt_record_column(size_t offset) {
  return offset < UINT32_MAX ? (uint32_t)offset + 1 : UINT32_MAX; /* GCOVR_EXCL_BR_LINE: a record of 4 GiB */
}

#endif
