/* SPDX-License-Identifier: MIT */
/* tlsrpt record --format json: one line of JSON per record. */
#include "json_buffer.h"
#include "record_view.h"

static void add_ruas(buffer *out, const trpt_record *record) {
  size_t cursor = 0;
  trpt_rua rua;
  while (trpt_record_next_rua(record, &cursor, &rua) == TRPT_OK) {
    json_separate(out);
    buffer_text(out, "{");
    json_string(out, "uri", rua.uri);
    json_text(out, "scheme", trpt_scheme_name(rua.scheme));
    json_name(out, "usable");
    buffer_text(out, rua.usable ? "true}" : "false}");
  }
}

static void add_extensions(buffer *out, const trpt_record *record) {
  size_t cursor = 0;
  trpt_str name;
  trpt_str value;
  while (trpt_record_next_extension(record, &cursor, &name, &value) == TRPT_OK) {
    json_separate(out);
    buffer_text(out, "{");
    json_string(out, "name", name);
    json_string(out, "value", value);
    buffer_text(out, "}");
  }
}

static int add_diagnostic(void *user, const trpt_diagnostic *d) {
  json_separate(user);
  diagnostic_json(user, d, false);
  return 0;
}

void record_json_fields(buffer *out, const trpt_record *record) {
  json_name(out, "rua");
  buffer_text(out, "[");
  if (record) add_ruas(out, record);
  buffer_text(out, "]");
  json_name(out, "extensions");
  buffer_text(out, "[");
  if (record) add_extensions(out, record);
  buffer_text(out, "]");
}

static void add_notation(buffer *out, uint32_t notation) {
  static const struct {
    uint32_t bit;
    const char *name;
  } names[] = {
      {TRPT_NOTATION_ENTRY, "\"entry\""}, {TRPT_NOTATION_STRINGS, "\"strings\""}, {TRPT_NOTATION_QUOTES, "\"quotes\""}};
  json_name(out, "notation");
  buffer_text(out, "[");
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    if (!(notation & names[i].bit)) continue;
    json_separate(out);
    buffer_text(out, names[i].name);
  }
  buffer_text(out, "]");
}

void record_json(buffer *out, const record_view *view, bool again) {
  (void)again;
  const bool is_valid = view->status == TRPT_OK;
  buffer_text(out, "{");
  json_string(out, "text", view->text);
  json_name(out, "valid");
  buffer_text(out, is_valid ? "true" : "false");
  json_text(out, "status", trpt_status_name(view->status));
  if (is_valid) {
    json_text(out, "offset", NULL);
  } else {
    json_number(out, "offset", view->error.offset);
  }
  json_text(out, "verdict", trpt_verdict_name(view->conclusion.verdict));
  json_text(out, "reason", view->reason);
  record_json_fields(out, is_valid ? &view->record : NULL);
  json_name(out, "diagnostics");
  buffer_text(out, "[");
  trpt_record_diagnose(view->text.ptr, view->text.len, add_diagnostic, out);
  buffer_text(out, "]");
  json_text(out, "publish", view->publish);
  add_notation(out, view->notation);
  buffer_text(out, "}\n");
}
