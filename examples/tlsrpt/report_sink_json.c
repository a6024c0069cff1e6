/* SPDX-License-Identifier: MIT */
/* tlsrpt report --format json: one line of JSON per report, and exactly one line per item of standard input. */
#include "../../lib/base/text.h"
#include "json_lines.h"
#include "report_sinks.h"

typedef struct json_sink {
  const trpt_source *source;
  json_lines lines;
  buffer object;
} json_sink;

static void begin_input(void *user, const input_source *input) { json_lines_begin(&((json_sink *)user)->lines, input); }

static void end_input(void *user) { json_lines_end(&((json_sink *)user)->lines); }

static void begin(void *user, const trpt_source *source) {
  json_sink *s = user;
  s->source = source;
  buffer_clear(&s->object);
}

static void add_json(json_sink *s, const trpt_report *report, const problem *p) {
  trpt_source source = *s->source;
  if (s->lines.is_item) source.name = (trpt_str){NULL, 0};
  if (p) source.error_status = trpt_str_of(p->status);
  trpt_report_json(report, p ? &p->error : NULL, &source, 0, buffer_write, &s->object);
}

static void report(void *user, const trpt_report *r, const trpt_source *source) {
  (void)source;
  add_json(user, r, NULL);
}

static bool end(void *user, const problem *p) {
  json_sink *s = user;
  if (p) {
    buffer_clear(&s->object);
    add_json(s, NULL, p);
  } else if (s->object.failed) {
    return false;
  }
  return json_lines_add(&s->lines, s->source->name, &s->object) || p;
}

int report_json(const arguments *a, const read_options *options) {
  json_sink s = {0};
  const report_sink json = {.begin_input = begin_input,
                            .begin = begin,
                            .report = report,
                            .needs_diagnostics = true,
                            .end = end,
                            .end_input = end_input,
                            .user = &s,
                            .is_quiet = true,
                            .shows_problems = true};
  const int status = read_reports(a, options, &json);
  buffer_free(&s.object);
  json_lines_free(&s.lines);
  return status;
}
