/* SPDX-License-Identifier: MIT */
#include "read_reports.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allocate.h"
#include "input_visit.h"
#include "report_reader.h"
#include "standard_output.h"

/* ---- inputs that other threads read ---- */

/* A batch of inputs. */
typedef struct job_batch {
  results results;
  uint64_t bytes; /* that were read and are not in input_bytes yet */
} job_batch;

static void *begin_batch(void *all) {
  job_batch *b = allocate_zeros(1, sizeof *b);
  results_begin(&b->results, all, RESULTS_MAX);
  return b;
}

static void end_batch(void *batch) {
  job_batch *b = batch;
  results_end(&b->results);
  free(b);
}

static void *begin_thread(void *all) {
  const reading *r = all;
  report_tools *t = allocate_zeros(1, sizeof *t);
  if (report_tools_begin(t, r->options) != TRPT_OK) output_no_memory();
  return t;
}

static void end_thread(void *tools) {
  report_tools_end(tools);
  free(tools);
}

typedef struct job_reader {
  results *results;
  report_tools *tools;
} job_reader;

static void read_in_job(void *user, input_source *s) {
  const job_reader *r = user;
  report_reader_read(r->tools, r->results, s);
}

static void fail_in_job(void *user, const input_source *s, const problem *p) {
  report_reader_fail(((job_reader *)user)->results, s, p);
}

static void skip_in_job(void *user) { report_reader_skip(((job_reader *)user)->results, TRPT_MAIL_KIND_UNKNOWN); }

static void read_batch(void *batch, void *tools, const job_input *inputs, unsigned count) {
  job_batch *b = batch;
  job_reader reader = {&b->results, tools};
  const input_visitor visitor = {.read = read_in_job, .fail = fail_in_job, .skip = skip_in_job, .user = &reader};
  results_reset(&b->results);
  for (unsigned i = 0; i < count; i++)
    input_visit_found(
        &(input_source){
            .name = inputs[i].name, .origin = inputs[i].origin, .folder = inputs[i].folder, .fd = inputs[i].fd},
        &visitor);
  b->bytes = input_take_bytes();
}

static void finish_batch(void *batch) {
  job_batch *b = batch;
  results_finish(&b->results);
  input_add_bytes(b->bytes);
  b->bytes = 0;
}

static void drop_batch(void *batch) { results_drop(&((job_batch *)batch)->results); }

/* ---- the main thread ---- */

/* Reads standard input and FIFOs, which SIGINT interrupts, and everything if there is one job. */
typedef struct main_reader {
  reading *all;
  report_tools tools;
  results results;
  jobs_work work;
  jobs *jobs;    /* NULL until an input is for other threads */
  bool has_many; /* there is more than one PATH */
} main_reader;

static bool found_source(void *user, const input_source *s) {
  main_reader *m = user;
  if (m->work.threads < 2 || (s->origin == INPUT_NAMED && !m->has_many)) return false;
  if (!m->jobs) m->jobs = jobs_begin(&m->work);
  jobs_add(m->jobs, &(job_input){s->name, s->origin, s->folder, s->fd});
  return true;
}

static void begin_input(const main_reader *m, const input_source *s) {
  const report_sink *sink = m->all->sink;
  jobs_take_turn();
  if (sink->begin_input) sink->begin_input(sink->user, s);
}

static void end_input(const main_reader *m) {
  const report_sink *sink = m->all->sink;
  if (sink->end_input) sink->end_input(sink->user);
}

static void read_source(void *user, input_source *s) {
  main_reader *m = user;
  if (input_interrupted()) return;
  begin_input(m, s);
  report_reader_read(&m->tools, &m->results, s);
  end_input(m);
}

static void fail_source(void *user, const input_source *s, const problem *p) {
  main_reader *m = user;
  if (input_interrupted()) return;
  begin_input(m, s);
  report_reader_fail(&m->results, s, p);
  end_input(m);
}

static void skip_source(void *user) {
  if (!input_interrupted()) report_reader_skip(&((main_reader *)user)->results, TRPT_MAIL_KIND_UNKNOWN);
}

static void visit_all(main_reader *m, const arguments *a) {
  const read_options *options = m->all->options;
  const bool is_framed = options->input != FRAMING_AUTO;
  m->work = (jobs_work){.threads = jobs_count(is_framed && !options->jobs ? 1 : options->jobs),
                        .begin = begin_batch,
                        .end = end_batch,
                        .begin_thread = begin_thread,
                        .end_thread = end_thread,
                        .read = read_batch,
                        .finish = finish_batch,
                        .drop = drop_batch,
                        .user = m->all};
  const input_visitor visitor = {found_source, read_source, fail_source, skip_source, m};
  m->has_many = a->count > 1;
  for (int i = 0; i < a->count; i++) {
    if (is_framed && strcmp(a->values[i], "-") == 0)
      framing_visit(options->input, &visitor);
    else
      input_visit(a->values[i], &visitor);
  }
  if (m->jobs) jobs_end(m->jobs);
}

static void note_conflicts(uint64_t count) {
  buffer text = {0};
  buffer_count(&text, count, "report");
  buffer_text(&text, count == 1 ? " has" : " have");
  buffer_text(&text, " the report-id of another report and different content. All reports count.");
  note_buffer(&text);
  buffer_free(&text);
}

/* Says how much was read, since the output may have no place for it. */
static void end_interrupted(reading *all) {
  buffer text = {0};
  buffer_text(&text, "interrupted after ");
  buffer_count(&text, all->progress.items, "input");
  buffer_text(&text, " and ");
  buffer_megabytes(&text, input_bytes());
  buffer_text(&text, "; the rest was not read");
  message_buffer(&text);
  buffer_free(&text);
  all->status = STATUS_INTERRUPTED;
}

static void read_all(main_reader *m, const arguments *a) {
  reading *all = m->all;
  const bool is_quiet = all->options->quiet;
  const bool is_silent = all->sink->is_silent;
  all->duplicates = duplicates_new();
  input_stop_on_interrupt();
  read_progress_begin(&all->progress, is_quiet || (!is_silent && isatty(STDOUT_FILENO)), a);
  results_begin(&m->results, all, 0);
  visit_all(m, a);
  results_end(&m->results);
  progress_hide();
  message_limit_end(&all->messages);
  if (all->conflicts && !is_quiet && !is_silent) note_conflicts(all->conflicts);
  if (!is_quiet) other_content_print(&all->others);
  if (input_interrupted()) end_interrupted(all);
  duplicates_free(all->duplicates);
}

int read_reports(const arguments *a, const read_options *options, const report_sink *s) {
  reading all = {.options = options, .sink = s, .messages = {.is_off = options->verbose}, .status = STATUS_GOOD};
  main_reader m = {.all = &all};
  const trpt_status status = report_tools_begin(&m.tools, options);
  if (status == TRPT_OK) {
    read_all(&m, a);
  } else {
    message_text(status == TRPT_E_UNSUPPORTED ? "this build has no such tokenizer" : trpt_status_message(status));
    all.status = STATUS_FAILED;
  }
  report_tools_end(&m.tools);
  return all.status;
}
