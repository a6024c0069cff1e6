/* SPDX-License-Identifier: MIT */
#include "../report/reports.h"
#include "../report/source.h"
#include "diagnostic_json.h"
#include "report_writer.h"

/* What is known about the mail. */
static void write_mail(trpt_json_output *json, const trpt_source *source) {
  const struct {
    const char *name;
    trpt_str value;
  } members[] = {{"report_domain", source->report_domain},
                 {"report_submitter", source->report_submitter},
                 {"message_id", source->message_id},
                 {"dkim", source->dkim},
                 {"dkim_domain", source->dkim_domain}};
  for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
    if (members[i].value.ptr) trpt_json_text(json, members[i].name, members[i].value);
}

static void write_diagnostics(trpt_json_output *json, const trpt_report *report, const trpt_source *source) {
  const size_t count = source->diagnostics ? source->diagnostic_count : trpt_report_diagnostic_count(report);
  trpt_json_name(json, "diagnostics");
  trpt_json_open(json, '[');
  for (size_t i = 0; i < count && json->text.status == TRPT_OK; i++) {
    trpt_json_element(json);
    trpt_json_diagnostic(json,
                         source->diagnostics ? source->diagnostics[i] : trpt_report_diagnostic(report, (uint32_t)i), 0);
  }
  trpt_json_close(json, ']');
}

trpt_status trpt_report_json(const trpt_report *report, const trpt_error *error, const trpt_source *source,
                             uint32_t flags, trpt_write_fn write, void *user) {
  trpt_resolved_source resolved;
  trpt_writer writer;
  trpt_json_output *json = &writer.json;
  if ((!report && !error) || !write || flags & ~(uint32_t)TRPT_PRETTY) return TRPT_E_ARGUMENT;
  if (!trpt_source_read(&resolved, source, error ? NULL : report)) return TRPT_E_ARGUMENT;
  trpt_writer_begin(&writer, flags, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  trpt_json_open(json, '{');
  if (resolved.source.name.ptr) trpt_json_text(json, "source", resolved.source.name);
  if (error) {
    trpt_json_name(json, "error");
    trpt_json_error(json, error, trpt_source_status(&resolved.source, error));
  } else {
    trpt_writer_members(&writer, report);
    trpt_json_text(json, "report_key", resolved.key);
  }
  write_mail(json, &resolved.source);
  write_diagnostics(json, report, &resolved.source);
  trpt_json_close(json, '}');
  return trpt_json_end(json);
}

/* What the lines of an input are written with. */
typedef struct lines {
  uint32_t flags;
  bool has_line;
  trpt_write_fn write;
  void *user;
} lines;

static trpt_status write_line(void *user, const trpt_report *report, const trpt_error *error,
                              const trpt_source *source) {
  lines *l = user;
  if (l->has_line && l->write(l->user, "\n", 1)) return TRPT_E_CANCELED;
  l->has_line = true;
  return trpt_report_json(report, error, source, l->flags, l->write, l->user);
}

trpt_status trpt_reports_json(trpt_parser *parser, const void *data, size_t len, const trpt_source *source,
                              uint32_t flags, trpt_write_fn write, void *user) {
  lines l = {flags, false, write, user};
  return trpt_reports_each(parser, data, len, source, write_line, &l);
}
