/* SPDX-License-Identifier: MIT */
#include "record_json.h"

#include <tlsrpt/writer.h>

#include "../base/text.h"
#include "diagnostic_json.h"

static void open_array(trpt_json_output *json, const char *name) {
  trpt_json_name(json, name);
  trpt_json_open(json, '[');
}

static void add_bool(trpt_json_output *json, const char *name, bool value) {
  trpt_json_name(json, name);
  trpt_output_str(&json->text, trpt_str_of(value ? "true" : "false"));
}

/* Why the record is invalid. */
static void add_error(trpt_json_output *json, const trpt_error *error) {
  trpt_json_name(json, "offset");
  trpt_json_number(json, error->offset);
  trpt_json_name(json, "error");
  trpt_json_error(json, error, trpt_str_of(trpt_status_name(error->status)));
}

static void add_ruas(trpt_json_output *json, const trpt_record *record) {
  size_t cursor = 0;
  trpt_rua rua;
  open_array(json, "rua");
  while (trpt_record_next_rua(record, &cursor, &rua) == TRPT_OK) {
    trpt_json_element(json);
    trpt_json_open(json, '{');
    trpt_json_text(json, "uri", rua.uri);
    trpt_json_text(json, "scheme", trpt_str_of(trpt_scheme_name(rua.scheme)));
    add_bool(json, "usable", rua.usable);
    if (rua.address.ptr) trpt_json_text(json, "address", rua.address);
    trpt_json_close(json, '}');
  }
  trpt_json_close(json, ']');
}

static void add_extensions(trpt_json_output *json, const trpt_record *record) {
  size_t cursor = 0;
  trpt_str name;
  trpt_str value;
  open_array(json, "extensions");
  while (trpt_record_next_extension(record, &cursor, &name, &value) == TRPT_OK) {
    trpt_json_element(json);
    trpt_json_open(json, '{');
    trpt_json_text(json, "name", name);
    trpt_json_text(json, "value", value);
    trpt_json_close(json, '}');
  }
  trpt_json_close(json, ']');
}

void trpt_json_record(trpt_json_output *json, const trpt_record *record) {
  add_ruas(json, record);
  add_extensions(json, record);
}

static int add_diagnostic(void *user, const trpt_diagnostic *diagnostic) {
  trpt_json_output *json = user;
  trpt_json_element(json);
  trpt_json_diagnostic(json, diagnostic, TRPT_NO_LINES | TRPT_WITH_ADVICE);
  return json->text.status;
}

static void add_diagnostics(trpt_json_output *json, trpt_str text) {
  open_array(json, "diagnostics");
  trpt_record_diagnose(text.ptr, text.len, add_diagnostic, json);
  trpt_json_close(json, ']');
}

static void add_suggestion(trpt_json_output *json, trpt_str text) {
  char buffer[TRPT_SUGGESTION_MAX_LEN + 1];
  size_t len;
  const trpt_status status = trpt_record_suggest(text.ptr, text.len, buffer, sizeof buffer, &len);
  trpt_json_text(json, "publish", (trpt_str){status == TRPT_OK ? buffer : NULL, len});
}

static const struct {
  uint32_t bit;
  const char *name;
} notations[] = {{TRPT_NOTATION_ENTRY, "entry"}, {TRPT_NOTATION_STRINGS, "strings"}, {TRPT_NOTATION_QUOTES, "quotes"}};

static void add_notation(trpt_json_output *json, uint32_t notation) {
  open_array(json, "notation");
  for (size_t i = 0; i < sizeof notations / sizeof notations[0]; i++) {
    if (!(notation & notations[i].bit)) continue;
    trpt_json_element(json);
    trpt_json_value(json, trpt_str_of(notations[i].name));
  }
  trpt_json_close(json, ']');
}

trpt_status trpt_record_json(const char *text, size_t len, uint32_t flags, uint32_t notation, trpt_write_fn write,
                             void *user) {
  const uint32_t known_notation = TRPT_NOTATION_QUOTES | TRPT_NOTATION_STRINGS | TRPT_NOTATION_ENTRY;
  const trpt_str whole = {text, len};
  trpt_json_output json;
  trpt_record record;
  trpt_error error;
  trpt_conclusion conclusion;
  const trpt_status status = trpt_record_parse(text, len, flags, &record, &error);
  if (status == TRPT_E_ARGUMENT || notation & ~known_notation || !write) return TRPT_E_ARGUMENT;
  trpt_record_conclude(&whole, 1, &conclusion);
  /* The caller says that this text is a record. So the error is the reason even if the text is about something else. */
  const char *reason = conclusion.status == TRPT_E_NO_RECORD ? error.message : conclusion.reason;
  trpt_json_begin(&json, 0, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  trpt_json_open(&json, '{');
  trpt_json_text(&json, "text", whole);
  add_bool(&json, "valid", status == TRPT_OK);
  trpt_json_text(&json, "status", trpt_str_of(trpt_status_name(status)));
  if (status == TRPT_OK)
    trpt_json_text(&json, "offset", (trpt_str){NULL, 0});
  else
    add_error(&json, &error);
  trpt_json_text(&json, "verdict", trpt_str_of(trpt_verdict_name(conclusion.verdict)));
  trpt_json_text(&json, "reason", trpt_str_of(reason));
  trpt_json_record(&json, &record);
  add_diagnostics(&json, whole);
  add_suggestion(&json, whole);
  add_notation(&json, notation);
  trpt_json_close(&json, '}');
  return trpt_json_end(&json);
}
