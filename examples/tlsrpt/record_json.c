/* SPDX-License-Identifier: MIT */
/* A line of JSON for each record. */
#include <string.h>

#include "escape.h"
#include "record_show.h"

/* Before the second and further elements of an array. */
static void separate(buffer *out) {
  if (out->len && out->data[out->len - 1] != '[') buffer_text(out, ",");
}

static void add_ruas(buffer *out, const trpt_record *record) {
  size_t cursor = 0;
  trpt_rua rua;
  while (trpt_record_next_rua(record, &cursor, &rua) == TRPT_OK) {
    separate(out);
    buffer_text(out, "{\"uri\":");
    escape_json(out, rua.uri.ptr, rua.uri.len);
    buffer_text(out, ",\"scheme\":\"");
    buffer_text(out, trpt_scheme_name(rua.scheme));
    buffer_text(out, rua.usable ? "\",\"usable\":true}" : "\",\"usable\":false}");
  }
}

static void add_extensions(buffer *out, const trpt_record *record) {
  size_t cursor = 0;
  trpt_str name;
  trpt_str value;
  while (trpt_record_next_extension(record, &cursor, &name, &value) == TRPT_OK) {
    separate(out);
    buffer_text(out, "{\"name\":");
    escape_json(out, name.ptr, name.len);
    buffer_text(out, ",\"value\":");
    escape_json(out, value.ptr, value.len);
    buffer_text(out, "}");
  }
}

static int add_diagnostic(void *user, const trpt_diagnostic *d) {
  separate(user);
  finding_json(user, d, false);
  return 0;
}

void record_json_fields(buffer *out, const trpt_record *record) {
  buffer_text(out, ",\"rua\":[");
  if (record) add_ruas(out, record);
  buffer_text(out, "],\"extensions\":[");
  if (record) add_extensions(out, record);
  buffer_text(out, "]");
}

void record_json(buffer *out, const record_view *view, bool again) {
  (void)again;
  bool valid = view->status == TRPT_OK;
  buffer_text(out, "{\"text\":");
  escape_json(out, view->text.ptr, view->text.len);
  buffer_text(out, valid ? ",\"valid\":true" : ",\"valid\":false");
  buffer_text(out, ",\"status\":\"");
  buffer_text(out, trpt_status_name(view->status));
  buffer_text(out, "\",\"offset\":");
  if (valid) {
    buffer_text(out, "null");
  } else {
    buffer_number(out, view->error.offset);
  }
  record_json_fields(out, valid ? &view->record : NULL);
  buffer_text(out, ",\"diagnostics\":[");
  trpt_record_diagnose(view->text.ptr, view->text.len, add_diagnostic, out);
  buffer_text(out, "]}\n");
}
