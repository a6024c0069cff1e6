/* SPDX-License-Identifier: MIT */
/* tlsrpt report --format ndjson, csv and tsv: rows of a table, described in docs/rows.md. */
#include <stdlib.h>
#include <string.h>

#include "../../lib/base/text.h"
#include "allocate.h"
#include "report_sinks.h"
#include "standard_output.h"

typedef struct rows_sink {
  const trpt_rows_options *options;
  void *memory; /* of `rows` */
  trpt_rows *rows;
  const trpt_source *source;
  bool bad_rows;
  buffer text; /* all rows of a report: they are written together or not at all */
} rows_sink;

static void begin(void *user, const trpt_source *source) {
  rows_sink *s = user;
  s->source = source;
  buffer_clear(&s->text);
}

static void report(void *user, const trpt_report *r, const trpt_source *source) {
  trpt_rows_report(((rows_sink *)user)->rows, r, source);
}

static bool end(void *user, const problem *p) {
  rows_sink *s = user;
  if (p && !s->bad_rows) return true; /* only the message on standard error */
  if (p) {
    trpt_source source = *s->source;
    source.error_status = trpt_str_of(p->status);
    buffer_clear(&s->text);
    trpt_rows_error(s->rows, &p->error, &source);
  }
  if (s->text.failed) return false;
  output_buffer(&s->text);
  output_end_unit();
  return true;
}

static void show_header(rows_sink *s) {
  trpt_rows_header(s->rows);
  output_header(&s->text);
}

static void begin_sink(rows_sink *s, const trpt_rows_options *options, bool bad_rows) {
  const size_t size = trpt_rows_size();
  *s = (rows_sink){.options = options, .memory = allocate_zeros(1, size), .bad_rows = bad_rows};
  if (trpt_rows_init(&s->rows, s->memory, size, options, buffer_write, &s->text) != TRPT_OK) output_no_memory();
}

static void end_sink(rows_sink *s) {
  buffer_free(&s->text);
  free(s->memory);
}

static void *split(void *user) {
  const rows_sink *s = user;
  rows_sink *part = allocate_zeros(1, sizeof *part);
  begin_sink(part, s->options, s->bad_rows);
  return part;
}

static size_t size(const void *part) { return ((const rows_sink *)part)->text.capacity; }

static void join(void *user, void *part) {
  (void)user;
  end_sink(part);
  free(part);
}

int report_rows(const arguments *a, const read_options *options, const trpt_rows_options *rows, bool header,
                bool bad_rows) {
  rows_sink s;
  read_options for_rows = *options;
  /* Rows have no diagnostics, so do not collect them. Strict parsing needs them. */
  if (!(options->parser.flags & TRPT_STRICT) && !options->filter.only_failures)
    for_rows.parser.flags |= TRPT_NO_DIAGNOSTICS;
  begin_sink(&s, rows, bad_rows);
  if (header) show_header(&s);
  const int status = read_reports(
      a, &for_rows,
      &(report_sink){
          .begin = begin, .report = report, .end = end, .user = &s, .split = split, .size = size, .join = join});
  end_sink(&s);
  return status;
}
