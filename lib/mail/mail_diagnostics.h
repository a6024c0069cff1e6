/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_DIAGNOSTICS_H
#define TRPT_LIB_MAIL_DIAGNOSTICS_H

/* Diagnostics about the mail around a report. */

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/status.h>

#include "../catalogue/catalogue.h"
#include "mail_fault.h"
#include "mail_lines.h"

enum {
  TRPT_MAIL_DIAGNOSTICS_CAPACITY = 0
#define DIAGNOSTIC(id, code, severity, section, message, advice) +1
#include "../catalogue/catalogue_mail.def"
#undef DIAGNOSTIC
};

/* Each code is reported at most once per item. */
typedef struct trpt_mail_diagnostics {
  uint32_t count;
  trpt_diagnostic at[TRPT_MAIL_DIAGNOSTICS_CAPACITY];
} trpt_mail_diagnostics;

/* Adds a diagnostic with the texts of libtrpt at run time. Adds nothing if that libtrpt is older and does not know the
   code. `offset` is relative to the data that GMime read. `where` is the name of a header field, of static lifetime, or
   "". */
void trpt_mail_diagnostics_add(trpt_mail_diagnostics *diagnostics, trpt_code code, uint64_t offset, const char *where);

/* Sorts all diagnostics by offset and sets their lines and columns. Call it after the last one was added. The data that
   GMime read begins with `added` bytes that are not in the mail, and lacks the first `skipped` bytes of the mail, whose
   lines are `lines`. */
void trpt_mail_diagnostics_locate(trpt_mail_diagnostics *diagnostics, const trpt_mail_lines *lines, size_t added,
                                  size_t skipped);

/* Fill an error without a position. */
void trpt_mail_error_of_fault(trpt_error *error, trpt_mail_fault fault);
void trpt_mail_error_of(trpt_error *error, trpt_status status, trpt_code code);

/* Fills TRPT_E_MAIL with the texts and the position of a diagnostic. */
void trpt_mail_error_of_diagnostic(trpt_error *error, const trpt_diagnostic *diagnostic);

#endif
