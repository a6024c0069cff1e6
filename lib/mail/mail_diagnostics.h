/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_FINDINGS_H
#define TRPT_LIB_MAIL_FINDINGS_H

/* What is wrong with the mail that a report came in. */

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/status.h>

typedef enum trpt_mail_code {
#define DIAGNOSTIC(id, code, severity, section, message, advice) TRPT_CODE_##id,
#include "../catalogue/catalogue_mail.def"
#undef DIAGNOSTIC
  TRPT_MAIL_CODE_COUNT
} trpt_mail_code;

/* Each is found once in a mail at most. */
typedef struct trpt_mail_diagnostics {
  uint32_t count;
  trpt_diagnostic at[TRPT_MAIL_CODE_COUNT];
} trpt_mail_diagnostics;

/* `offset` in the mail; `where`: the name of a header field, of static lifetime, or "". */
void trpt_mail_diagnostics_add(trpt_mail_diagnostics *findings, trpt_mail_code finding, uint64_t offset,
                               const char *where);

/* Once all were added: puts them in order of offset, and counts lines in the mail. What GMime read had `added` bytes in front
   of it, and `skipped` bytes of the mail not. */
void trpt_mail_diagnostics_place(trpt_mail_diagnostics *findings, trpt_str mail, size_t added, size_t skipped);

/* Fill an error without a position: with a message (NULL: that of the status), or with what the catalogue says. */
void trpt_mail_error_set(trpt_error *error, trpt_status status, const char *message);
void trpt_mail_error_of(trpt_error *error, trpt_status status, trpt_mail_code finding);

#endif
