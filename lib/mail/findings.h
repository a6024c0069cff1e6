/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_FINDINGS_H
#define TRPT_LIB_MAIL_FINDINGS_H

/* What is wrong with the mail that a report came in. */

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/status.h>

typedef enum trpt_mail_finding {
#define FINDING(id, code, severity, section, message, advice) TRPT_FINDING_##id,
#include "../catalogue_mail.def"
#undef FINDING
  TRPT_MAIL_FINDING_COUNT
} trpt_mail_finding;

/* Each is found once in a mail at most. */
typedef struct trpt_mail_findings {
  uint32_t count;
  trpt_diagnostic at[TRPT_MAIL_FINDING_COUNT];
} trpt_mail_findings;

/* `offset` in the mail; `where`: the name of a header field, of static lifetime, or "". */
void trpt_mail_findings_add(trpt_mail_findings *findings, trpt_mail_finding finding, uint64_t offset,
                            const char *where);

/* Once all were added: puts them in order of offset, and counts lines in the mail. What GMime read had `added` bytes in front
   of it, and `skipped` bytes of the mail not. */
void trpt_mail_findings_place(trpt_mail_findings *findings, trpt_str mail, size_t added, size_t skipped);

/* Fill an error that has no place: from a message, or from what a finding says. */
void trpt_mail_error_set(trpt_error *error, trpt_status status, const char *message);
void trpt_mail_error_of(trpt_error *error, trpt_status status, trpt_mail_finding finding);

#endif
