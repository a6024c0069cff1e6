/* SPDX-License-Identifier: MIT */
/* tlsrpt report --format json: one line of JSON per input. */
#include "../../lib/base/text.h"
#include "report_sinks.h"
#include "standard_output.h"

typedef struct json_sink {
  const trpt_source *source;
  buffer line;
} json_sink;

static void begin(void *user, const trpt_source *source) {
  json_sink *s = user;
  s->source = source;
  buffer_clear(&s->line);
}

static void report(void *user, const trpt_report *r, const trpt_source *source) {
  json_sink *s = user;
  trpt_report_json(r, NULL, source, 0, buffer_write, &s->line);
}

static bool end(void *user, const problem *p) {
  json_sink *s = user;
  if (!p && s->line.failed) return false;
  if (p) {
    trpt_source source = *s->source;
    source.error_status = trpt_str_of(p->status);
    buffer_clear(&s->line);
    trpt_report_json(NULL, &p->error, &source, 0, buffer_write, &s->line);
  }
  buffer_text(&s->line, "\n");
  output_buffer(&s->line);
  output_end_unit();
  return true;
}

int report_json(const arguments *a, const read_options *options) {
  json_sink s = {0};
  const report_sink json = {.begin = begin,
                            .report = report,
                            .needs_diagnostics = true,
                            .end = end,
                            .user = &s,
                            .is_quiet = true,
                            .shows_problems = true};
  const int status = read_reports(a, options, &json);
  buffer_free(&s.line);
  return status;
}
