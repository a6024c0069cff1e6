/* SPDX-License-Identifier: MIT */
#include "mail_diagnostics.h"

#include <string.h>

#include "../base/error.h"

enum { INFO = TRPT_INFO, WARNING = TRPT_WARNING, ERROR = TRPT_ERROR };

static const trpt_diagnostic catalogue[TRPT_MAIL_CODE_COUNT] = {
#define DIAGNOSTIC(id, code_, severity_, section_, message_, advice)                                                   \
  {.code = code_, .severity = severity_, .where = "", .message = message_, .section = section_},
#include "../catalogue/catalogue_mail.def"
#undef DIAGNOSTIC
};

void trpt_mail_diagnostics_add(trpt_mail_diagnostics *findings, trpt_mail_code finding, uint64_t offset,
                               const char *where) {
  trpt_diagnostic *d = &findings->at[findings->count++];
  *d = catalogue[finding];
  d->offset = offset;
  d->where = where;
}

void trpt_mail_diagnostics_place(trpt_mail_diagnostics *findings, trpt_str mail, size_t added, size_t skipped) {
  for (uint32_t i = 1; i < findings->count; i++)
    for (uint32_t k = i; k && findings->at[k - 1].offset > findings->at[k].offset; k--) {
      const trpt_diagnostic d = findings->at[k];
      findings->at[k] = findings->at[k - 1];
      findings->at[k - 1] = d;
    }
  uint32_t line = 1;
  size_t line_start = 0;
  for (uint32_t i = 0; i < findings->count; i++) {
    trpt_diagnostic *d = &findings->at[i];
    d->offset = (d->offset > added ? d->offset - added : 0) + skipped;
    const size_t offset = d->offset < mail.len ? (size_t)d->offset : mail.len;
    const char *end;
    while ((end = memchr(mail.ptr + line_start, '\n', offset - line_start))) {
      line_start = (size_t)(end - mail.ptr) + 1;
      line++;
    }
    d->line = line;
    d->column = (uint32_t)(offset - line_start) + 1;
  }
}

void trpt_mail_error_set(trpt_error *error, trpt_status status, const char *message) {
  trpt_error_fill(error, status, NULL, message, (trpt_position){0}, "");
}

void trpt_mail_error_of(trpt_error *error, trpt_status status, trpt_mail_code finding) {
  trpt_error_fill(error, status, catalogue[finding].code, catalogue[finding].message, (trpt_position){0}, "");
}
