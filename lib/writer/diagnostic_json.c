/* SPDX-License-Identifier: MIT */
#include "diagnostic_json.h"

#include <tlsrpt/writer.h>

#include "../base/text.h"
#include "../report/source.h"

static void add_number(trpt_json_output *json, const char *name, uint64_t value) {
  trpt_json_name(json, name);
  trpt_json_number(json, value);
}

static void add_position(trpt_json_output *json, uint32_t line, uint32_t column) {
  add_number(json, "line", line);
  add_number(json, "column", column);
}

void trpt_json_diagnostic(trpt_json_output *json, const trpt_diagnostic *diagnostic, uint32_t flags) {
  trpt_json_open(json, '{');
  trpt_json_text(json, "code", trpt_str_of(diagnostic->code));
  trpt_json_text(json, "severity", trpt_str_of(trpt_severity_name(diagnostic->severity)));
  if (!(flags & TRPT_NO_LINES)) add_position(json, diagnostic->line, diagnostic->column);
  add_number(json, "offset", diagnostic->offset);
  trpt_json_text(json, "where", trpt_str_of(diagnostic->where));
  trpt_json_text(json, "message", trpt_str_of(diagnostic->message));
  trpt_json_text(json, "section", trpt_str_of(diagnostic->section));
  if (flags & TRPT_WITH_ADVICE) trpt_json_text(json, "advice", trpt_str_of(trpt_diagnostic_advice(diagnostic->code)));
  trpt_json_close(json, '}');
}

void trpt_json_error(trpt_json_output *json, const trpt_error *error, trpt_str status) {
  trpt_json_open(json, '{');
  trpt_json_text(json, "status", status);
  trpt_json_text(json, "code", trpt_str_of(error->code));
  add_position(json, error->line, error->column);
  add_number(json, "offset", error->offset);
  trpt_json_text(json, "where", trpt_str_of(error->where));
  trpt_json_text(json, "message", trpt_str_of(error->message));
  trpt_json_close(json, '}');
}

trpt_status trpt_diagnostic_json(const trpt_diagnostic *diagnostic, uint32_t flags, trpt_write_fn write, void *user) {
  const uint32_t known_flags = TRPT_PRETTY | TRPT_NO_LINES | TRPT_WITH_ADVICE;
  trpt_json_output json;
  if (!diagnostic || !write || flags & ~known_flags) return TRPT_E_ARGUMENT;
  trpt_json_begin(&json, flags, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  trpt_json_diagnostic(&json, diagnostic, flags);
  return trpt_json_end(&json);
}

trpt_status trpt_error_json(const trpt_error *error, const trpt_source *source, uint32_t flags, trpt_write_fn write,
                            void *user) {
  trpt_resolved_source resolved;
  trpt_json_output json;
  if (!error || !write || flags & ~(uint32_t)TRPT_PRETTY) return TRPT_E_ARGUMENT;
  if (!trpt_source_read(&resolved, source, NULL)) return TRPT_E_ARGUMENT;
  trpt_json_begin(&json, flags, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  trpt_json_error(&json, error, trpt_source_status(&resolved.source, error));
  return trpt_json_end(&json);
}
