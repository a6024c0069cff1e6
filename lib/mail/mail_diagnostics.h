/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_DIAGNOSTICS_H
#define TRPT_LIB_MAIL_DIAGNOSTICS_H

/* What is wrong with the mail that a report came in. */

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/status.h>

#include "../catalogue/catalogue.h"
#include "mail_fault.h"

enum {
  TRPT_MAIL_DIAGNOSTICS_CAPACITY = 0
#define DIAGNOSTIC(id, code, severity, section, message, advice) +1
#include "../catalogue/catalogue_mail.def"
#undef DIAGNOSTIC
};

/* Each code is found at most once in a mail. */
typedef struct trpt_mail_diagnostics {
  uint32_t count;
  trpt_diagnostic at[TRPT_MAIL_DIAGNOSTICS_CAPACITY];
} trpt_mail_diagnostics;

/* Adds a diagnostic with the texts of the libtrpt that runs. If that one is older and does not know the code, nothing is
   added. `offset` is in the mail; `where` is the name of a header field, of static lifetime, or "". */
void trpt_mail_diagnostics_add(trpt_mail_diagnostics *diagnostics, trpt_code code, uint64_t offset, const char *where);

/* After the last one was added: sorts them by offset, and counts lines in the mail. What GMime read began with `added` bytes
   that the mail does not have, and lacked the first `skipped` bytes of the mail. */
void trpt_mail_diagnostics_place(trpt_mail_diagnostics *diagnostics, trpt_str mail, size_t added, size_t skipped);

/* Fill an error that has no position. */
void trpt_mail_error_of_fault(trpt_error *error, trpt_mail_fault fault);
void trpt_mail_error_of(trpt_error *error, trpt_status status, trpt_code code);

#endif
