/* SPDX-License-Identifier: MIT */
#include "mail_diagnostics.h"

/* Only the codes. Their texts are not compiled in, because libtrpt at run time may be older or newer. */
static const char *const names[TRPT_CODE_COUNT] = {
#define DIAGNOSTIC(id, code, severity, section, message, advice) [TRPT_CODE_##id] = code,
#include "../catalogue/catalogue.def"
#undef DIAGNOSTIC
};

void trpt_mail_diagnostics_add(trpt_mail_diagnostics *diagnostics, trpt_code code, uint64_t offset, const char *where) {
  const char *name = names[code];
  const char *message = trpt_diagnostic_message(name);
  if (!message) return;
  diagnostics->at[diagnostics->count++] = (trpt_diagnostic){.code = name,
                                                            .severity = trpt_diagnostic_severity(name),
                                                            .offset = offset,
                                                            .where = where,
                                                            .message = message,
                                                            .section = trpt_diagnostic_section(name)};
}

void trpt_mail_diagnostics_locate(trpt_mail_diagnostics *diagnostics, const trpt_mail_lines *lines, size_t added,
                                  size_t skipped) {
  for (uint32_t i = 1; i < diagnostics->count; i++)
    for (uint32_t k = i; k && diagnostics->at[k - 1].offset > diagnostics->at[k].offset; k--) {
      const trpt_diagnostic d = diagnostics->at[k];
      diagnostics->at[k] = diagnostics->at[k - 1];
      diagnostics->at[k - 1] = d;
    }
  for (uint32_t i = 0; i < diagnostics->count; i++) {
    trpt_diagnostic *d = &diagnostics->at[i];
    d->offset = (d->offset > added ? d->offset - added : 0) + skipped;
    const trpt_position position = trpt_mail_lines_position(lines, d->offset);
    d->line = position.line;
    d->column = position.column;
  }
}

void trpt_mail_error_of_fault(trpt_error *error, trpt_mail_fault fault) {
  const bool is_gzip = fault.status == TRPT_E_COMPRESSION || fault.status == TRPT_E_TRUNCATED;
  const char *code = is_gzip ? names[fault.code] : NULL;
  if (is_gzip) fault.sentence = trpt_diagnostic_message(code);
  trpt_error_fill(error, fault.status, code, fault.sentence, (trpt_position){.offset = fault.offset}, "");
  if (fault.sentence) trpt_error_set_limit(error, fault.sentence, fault.limit);
}

void trpt_mail_error_of(trpt_error *error, trpt_status status, trpt_code code) {
  trpt_error_fill(error, status, names[code], trpt_diagnostic_message(names[code]), (trpt_position){0}, "");
}

void trpt_mail_error_of_diagnostic(trpt_error *error, const trpt_diagnostic *d) {
  trpt_error_fill(error, TRPT_E_MAIL, d->code, d->message,
                  (trpt_position){.offset = d->offset, .line = d->line, .column = d->column}, d->where);
}
