/* SPDX-License-Identifier: MIT */
#include <tlsrpt/diagnostic.h>

#include <string.h>

#include "catalogue.h"

/* The catalogue's severities have the short names of the table in the manual. */
enum { INFO = TRPT_INFO, WARNING = TRPT_WARNING, ERROR = TRPT_ERROR };

const trpt_catalogue_entry trpt_catalogue[TRPT_CODE_COUNT] = {
#define DIAGNOSTIC(id, code, severity, section, message, advice) {code, section, message, advice, severity},
#include "catalogue.def"
#undef DIAGNOSTIC
};

/* The entry of a code, or NULL. A walk over the table is fast enough: this is asked once for each finding that a person
   reads, never while a report is parsed. */
static const trpt_catalogue_entry *find(const char *code) {
  if (!code) return NULL;
  for (size_t i = 0; i < TRPT_CODE_COUNT; i++)
    if (strcmp(trpt_catalogue[i].code, code) == 0) return &trpt_catalogue[i];
  return NULL;
}

uint32_t trpt_diagnostic_count(void) { return TRPT_CODE_COUNT; }

const char *trpt_diagnostic_code(uint32_t i) { return i < TRPT_CODE_COUNT ? trpt_catalogue[i].code : NULL; }

trpt_severity trpt_diagnostic_severity(const char *code) {
  const trpt_catalogue_entry *entry = find(code);
  return entry ? entry->severity : TRPT_INFO;
}

const char *trpt_diagnostic_section(const char *code) {
  const trpt_catalogue_entry *entry = find(code);
  return entry ? entry->section : NULL;
}

const char *trpt_diagnostic_message(const char *code) {
  const trpt_catalogue_entry *entry = find(code);
  return entry ? entry->message : NULL;
}

const char *trpt_diagnostic_advice(const char *code) {
  const trpt_catalogue_entry *entry = find(code);
  return entry ? entry->advice : NULL;
}
