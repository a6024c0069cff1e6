/* SPDX-License-Identifier: MIT */
#include <tlsrpt/diagnostic.h>

#include <string.h>

#include "catalogue.h"

/* Short names for the severity column. */
enum { INFO = TRPT_INFO, WARNING = TRPT_WARNING, ERROR = TRPT_ERROR };

const trpt_catalogue_entry trpt_catalogue[TRPT_CODE_COUNT] = {
#define DIAGNOSTIC(id, code, severity, section, message, advice) {code, section, message, advice, severity},
#include "catalogue.def"
#undef DIAGNOSTIC
};

/* The entry of all unknown codes: the public functions return NULL for its texts. */
static const trpt_catalogue_entry unknown = {NULL, NULL, NULL, NULL, TRPT_INFO};

/* A linear search is fast enough: it runs once per diagnostic that a person reads, never while parsing a report. */
static const trpt_catalogue_entry *find(const char *code) {
  for (size_t i = 0; code && i < TRPT_CODE_COUNT; i++)
    if (strcmp(trpt_catalogue[i].code, code) == 0) return &trpt_catalogue[i];
  return &unknown;
}

uint32_t trpt_diagnostic_count(void) { return TRPT_CODE_COUNT; }

const char *trpt_diagnostic_code(uint32_t i) { return i < TRPT_CODE_COUNT ? trpt_catalogue[i].code : NULL; }

trpt_severity trpt_diagnostic_severity(const char *code) { return find(code)->severity; }

const char *trpt_diagnostic_message(const char *code) { return find(code)->message; }

const char *trpt_diagnostic_section(const char *code) { return find(code)->section; }

const char *trpt_diagnostic_advice(const char *code) { return find(code)->advice; }

const char *trpt_severity_name(trpt_severity severity) {
  static const char *const names[] = {[TRPT_INFO] = "info", [TRPT_WARNING] = "warning", [TRPT_ERROR] = "error"};
  return severity >= 0 && (size_t)severity < sizeof names / sizeof names[0] ? names[severity] : NULL;
}
