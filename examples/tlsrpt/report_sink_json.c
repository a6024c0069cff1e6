/* SPDX-License-Identifier: MIT */
/* tlsrpt report --format json: one line of JSON per input. */
#include "../../lib/base/text.h"
#include "report_sinks.h"
#include "standard_output.h"

typedef struct json_sink {
  trpt_source source;
  buffer line;
} json_sink;

static void begin(void *user, const char *source) {
  json_sink *s = user;
  s->source = (trpt_source){.struct_size = sizeof s->source, .name = trpt_str_of(source)};
  buffer_clear(&s->line);
}

static void diagnostics(void *user, const trpt_diagnostic *const *list, size_t count) {
  json_sink *s = user;
  s->source.diagnostics = list;
  s->source.diagnostic_count = count;
}

static void report(void *user, const trpt_report *r, const char *key) {
  json_sink *s = user;
  s->source.key = trpt_str_of(key);
  trpt_report_json(r, NULL, &s->source, 0, buffer_write, &s->line);
}

static bool end(void *user, const problem *p) {
  json_sink *s = user;
  if (!p && s->line.failed) {
    diagnostics(s, NULL, 0); /* their memory is released already */
    return false;
  }
  if (p) {
    buffer_clear(&s->line);
    s->source.error_status = trpt_str_of(p->status);
    trpt_report_json(NULL, &p->error, &s->source, 0, buffer_write, &s->line);
  }
  buffer_text(&s->line, "\n");
  output_buffer(&s->line);
  output_end_unit();
  return true;
}

int report_json(const arguments *a, const read_options *options) {
  json_sink s = {0};
  const report_sink json = {
      .begin = begin, .diagnostics = diagnostics, .report = report, .end = end, .user = &s, .is_quiet = true};
  const int status = read_reports(a, options, &json);
  buffer_free(&s.line);
  return status;
}
