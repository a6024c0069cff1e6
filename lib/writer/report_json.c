/* SPDX-License-Identifier: MIT */
#include "../base/text.h"
#include "../report/reports.h"
#include "../report/source.h"
#include "report_writer.h"

static void add_text(trpt_json_output *json, const char *name, trpt_str value) {
  trpt_json_name(json, name);
  if (value.ptr)
    trpt_json_value(json, value);
  else
    trpt_output_str(&json->text, (trpt_str)TRPT_STR("null"));
}

static void add_number(trpt_json_output *json, const char *name, uint64_t value) {
  trpt_json_name(json, name);
  trpt_json_number(json, value);
}

static void add_position(trpt_json_output *json, uint32_t line, uint32_t column) {
  add_number(json, "line", line);
  add_number(json, "column", column);
}

static void write_diagnostic(trpt_json_output *json, const trpt_diagnostic *diagnostic, uint32_t flags) {
  trpt_json_open(json, '{');
  add_text(json, "code", trpt_str_of(diagnostic->code));
  add_text(json, "severity", trpt_str_of(trpt_severity_name(diagnostic->severity)));
  if (!(flags & TRPT_NO_LINES)) add_position(json, diagnostic->line, diagnostic->column);
  add_number(json, "offset", diagnostic->offset);
  add_text(json, "where", trpt_str_of(diagnostic->where));
  add_text(json, "message", trpt_str_of(diagnostic->message));
  add_text(json, "section", trpt_str_of(diagnostic->section));
  if (flags & TRPT_WITH_ADVICE) add_text(json, "advice", trpt_str_of(trpt_diagnostic_advice(diagnostic->code)));
  trpt_json_close(json, '}');
}

static void write_error(trpt_json_output *json, const trpt_error *error, const trpt_source *source) {
  trpt_json_open(json, '{');
  add_text(json, "status", trpt_source_status(source, error));
  add_text(json, "code", trpt_str_of(error->code));
  add_position(json, error->line, error->column);
  add_number(json, "offset", error->offset);
  add_text(json, "where", trpt_str_of(error->where));
  add_text(json, "message", trpt_str_of(error->message));
  trpt_json_close(json, '}');
}

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
    if (members[i].value.ptr) add_text(json, members[i].name, members[i].value);
}

static void write_diagnostics(trpt_json_output *json, const trpt_report *report, const trpt_source *source) {
  const size_t count = source->diagnostics ? source->diagnostic_count : trpt_report_diagnostic_count(report);
  trpt_json_name(json, "diagnostics");
  trpt_json_open(json, '[');
  for (size_t i = 0; i < count && json->text.status == TRPT_OK; i++) {
    trpt_json_element(json);
    write_diagnostic(json, source->diagnostics ? source->diagnostics[i] : trpt_report_diagnostic(report, (uint32_t)i),
                     0);
  }
  trpt_json_close(json, ']');
}

/* Whether the arguments of a function that writes one object are valid. */
static bool are_arguments_valid(const void *object, uint32_t flags, uint32_t known_flags, trpt_write_fn write) {
  return object && write && !(flags & ~known_flags);
}

trpt_status trpt_report_json(const trpt_report *report, const trpt_error *error, const trpt_source *source,
                             uint32_t flags, trpt_write_fn write, void *user) {
  trpt_resolved_source resolved;
  trpt_writer writer;
  trpt_json_output *json = &writer.json;
  if (!are_arguments_valid(error ? (const void *)error : report, flags, TRPT_PRETTY, write)) return TRPT_E_ARGUMENT;
  if (!trpt_source_read(&resolved, source, error ? NULL : report)) return TRPT_E_ARGUMENT;
  trpt_writer_begin(&writer, flags, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  trpt_json_open(json, '{');
  if (resolved.source.name.ptr) add_text(json, "source", resolved.source.name);
  if (error) {
    trpt_json_name(json, "error");
    write_error(json, error, &resolved.source);
  } else {
    trpt_writer_members(&writer, report);
    add_text(json, "report_key", resolved.key);
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

trpt_status trpt_diagnostic_json(const trpt_diagnostic *diagnostic, uint32_t flags, trpt_write_fn write, void *user) {
  trpt_json_output json;
  if (!are_arguments_valid(diagnostic, flags, TRPT_PRETTY | TRPT_NO_LINES | TRPT_WITH_ADVICE, write))
    return TRPT_E_ARGUMENT;
  trpt_json_begin(&json, flags, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  write_diagnostic(&json, diagnostic, flags);
  return trpt_json_end(&json);
}

trpt_status trpt_error_json(const trpt_error *error, const trpt_source *source, uint32_t flags, trpt_write_fn write,
                            void *user) {
  trpt_resolved_source resolved;
  trpt_json_output json;
  if (!are_arguments_valid(error, flags, TRPT_PRETTY, write) || !trpt_source_read(&resolved, source, NULL))
    return TRPT_E_ARGUMENT;
  trpt_json_begin(&json, flags, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  write_error(&json, error, &resolved.source);
  return trpt_json_end(&json);
}
