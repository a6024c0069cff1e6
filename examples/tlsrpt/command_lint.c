/* SPDX-License-Identifier: MIT */
/* tlsrpt lint: prints only diagnostics, for other programs and for those who check what they send or publish. */
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/record.h>

#include "../../lib/base/text.h"
#include "allocate.h"
#include "command.h"
#include "help.h"
#include "jobs.h"
#include "json_buffer.h"
#include "json_lines.h"
#include "read_reports.h"
#include "standard_output.h"

/* Text about one report that is collected before it is written. A thread that writes it earlier waits for its turn. */
enum { TEXT_MAX = 1024 * 1024 };

typedef struct lint {
  bool json;
  trpt_severity min_severity; /* less severe diagnostics are not shown */
  int status;
  trpt_str source;
  trpt_str text; /* of the current record */
  json_lines lines;
  buffer out; /* a line of text, or the elements of `diagnostics` */
} lint;

/* Writes the text so far, if nothing earlier is missing. */
static void write_text(lint *l) {
  if (jobs_take_turn())
    output_buffer(&l->out);
  else
    buffer_clear(&l->out);
}

/* Adds an element to the JSON array, or a line of text. Much text waits for its turn here, less of it does so in `end`. */
static void show(lint *l, const trpt_diagnostic *d) {
  if (d->severity < l->min_severity) return;
  if (d->severity == TRPT_ERROR) l->status = STATUS_BAD_INPUT;
  if (l->json) {
    json_separate(&l->out);
    diagnostic_json(&l->out, d, true);
  } else {
    diagnostic_line(&l->out, l->source.ptr, d);
    if (l->text.ptr) diagnostic_caret(&l->out, l->text.ptr, l->text.len, d->offset, 2);
    if (l->out.failed || l->out.len >= TEXT_MAX) write_text(l);
  }
}

static void begin(void *user, const trpt_source *source) {
  lint *l = user;
  l->source = source->name;
  buffer_clear(&l->out);
}

static void begin_input(void *user, const input_source *input) { json_lines_begin(&((lint *)user)->lines, input); }

static void end_input(void *user) { json_lines_end(&((lint *)user)->lines); }

static void event(void *user, const trpt_event *e) {
  if (e->type == TRPT_EVENT_DIAGNOSTIC) show(user, e->diagnostic);
}

/* The error that ends an input is shown as a diagnostic as well, once. */
static void show_problem(lint *l, const problem *p) {
  const trpt_error *e = &p->error;
  const trpt_diagnostic d = {.code = e->code,
                             .severity = TRPT_ERROR,
                             .line = e->line,
                             .column = e->column,
                             .offset = e->offset,
                             .where = e->where,
                             .message = e->message};
  if (d.code && !p->is_diagnostic) show(l, &d);
}

static bool end(void *user, const problem *p) {
  lint *l = user;
  if (!l->json) {
    if (p) show_problem(l, p);
    write_text(l);
    return true;
  }
  if (l->out.failed && !p) return false;
  if (l->out.failed) buffer_clear(&l->out);
  buffer object = {0};
  buffer_text(&object, "{");
  if (!l->lines.is_item) json_string(&object, "source", l->source);
  if (p) {
    json_name(&object, "error");
    problem_json(&object, p);
  }
  json_name(&object, "diagnostics");
  buffer_text(&object, "[");
  buffer_append(&object, &l->out);
  buffer_text(&object, "]}");
  const bool is_added = !(object.failed && !p) && json_lines_add(&l->lines, l->source, &object);
  buffer_free(&object);
  return is_added || p;
}

/* A record is always one line, whatever bytes it contains. */
static int show_for_record(void *user, const trpt_diagnostic *d) {
  trpt_diagnostic positioned = *d;
  positioned.line = 1;
  positioned.column = (uint32_t)d->offset + 1;
  show(user, &positioned);
  return 0;
}

static void lint_record(lint *l, const char *text) {
  char suggestion[TRPT_SUGGESTION_MAX_LEN + 1];
  begin(l, &(trpt_source){.name = TRPT_STR("record")});
  l->text = (trpt_str){text, strlen(text)};
  trpt_record_diagnose(l->text.ptr, l->text.len, show_for_record, l);
  if (!l->json && trpt_record_suggest(text, l->text.len, suggestion, sizeof suggestion, NULL) == TRPT_OK) {
    write_text(l);
    output_text("record: note: publish instead: ");
    output_text(suggestion);
    output_text("\n");
  }
  end(l, NULL);
  l->text = (trpt_str){NULL, 0};
}

static void *split(void *user) {
  const lint *l = user;
  lint *part = allocate_zeros(1, sizeof *part);
  *part = (lint){.json = l->json, .min_severity = l->min_severity, .status = STATUS_GOOD};
  return part;
}

static size_t size(const void *part) {
  const lint *l = part;
  return l->out.capacity + l->lines.only.capacity + l->lines.list.capacity;
}

static void join(void *user, void *part) {
  lint *l = user;
  lint *p = part;
  l->status = status_of_both(l->status, p->status);
  buffer_free(&p->out);
  json_lines_free(&p->lines);
  free(p);
}

int command_lint(int argc, char **argv) {
  enum { FORMAT = READ_OPTION_COUNT, SEVERITY, RECORD, MARK_DOMAIN };
  static const option known[] = {READ_OPTIONS,
                                 [FORMAT] = {"--format", true},
                                 [SEVERITY] = {"--severity", true},
                                 [RECORD] = {"--record", true},
                                 [MARK_DOMAIN] = {"--mark-domain", true},
                                 {0}};
  static const char *const formats[] = {"text", "json", NULL};
  const char *const severities[] = {trpt_severity_name(TRPT_INFO), trpt_severity_name(TRPT_WARNING),
                                    trpt_severity_name(TRPT_ERROR), NULL};
  read_options options = {.parser = {.struct_size = sizeof options.parser, .max_diagnostics = UINT32_MAX}};
  lint l = {.status = STATUS_GOOD};
  int format = 0;
  read_options_begin(&options, argc);
  const char **records = allocate_zeros((size_t)argc + 1, sizeof *records);
  int record_count = 0;
  int status = STATUS_FAILED;
  arguments a;
  arguments_begin(&a, "lint", known, argc, argv);
  for (int i; (i = arguments_next(&a)) != ARGUMENTS_END;) {
    switch (i) {
    case FORMAT: format = arguments_choose("lint", "--format", a.value, formats); break;
    case SEVERITY: l.min_severity = arguments_choose("lint", "--severity", a.value, severities); break;
    case RECORD: records[record_count++] = a.value; break;
    case MARK_DOMAIN: options.own_domains.names[options.own_domains.count++] = a.value; break;
    case ARGUMENTS_HELP: status = help_show("lint"); goto done;
    default:
      if (i < 0 || !read_options_take(&options, "lint", (read_option)i, a.value)) goto done;
    }
    if (format < 0 || l.min_severity < 0) goto done;
  }
  if (!read_options_complete("lint", &options)) goto done;
  const bool has_paths = a.count || !record_count || options.input != FRAMING_AUTO;
  if (has_paths && !read_options_set_operands("lint", &a, options.input)) goto done;
  l.json = format == 1;
  for (int i = 0; i < record_count; i++) lint_record(&l, records[i]);
  status = STATUS_GOOD;
  if (has_paths)
    status = read_reports(&a, &options,
                          &(report_sink){.begin_input = l.json ? begin_input : NULL,
                                         .begin = begin,
                                         .event = event,
                                         .end = end,
                                         .end_input = l.json ? end_input : NULL,
                                         .user = &l,
                                         .split = split,
                                         .size = size,
                                         .join = join,
                                         .shows_problems = true});
  if (status == STATUS_GOOD) status = l.status;
done:
  buffer_free(&l.out);
  json_lines_free(&l.lines);
  free(records);
  read_options_end(&options);
  return status;
}
