/* SPDX-License-Identifier: MIT */
#include "report_results.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"
#include "jobs.h"
#include "standard_output.h"

/* STORED_MAX: bytes that stored results may take, but the last may exceed it. KEPT_MAX: more memory than this is freed after a
   result, and less is used for the next one. */
enum { STORED_MAX = 2 * 1024 * 1024, KEPT_MAX = 16 * 1024 };

static const report_sink *sink_of(const results *rs) { return rs->all->sink; }

/* ---- the sink's part of a result ---- */

static bool has_parts(const results *rs) { return rs->capacity && sink_of(rs)->split; }

static void begin_part(results *rs, result *r) {
  const report_sink *sink = sink_of(rs);
  if (!has_parts(rs))
    r->user = sink->user;
  else if (!r->user)
    r->user = sink->split(sink->user);
}

static void end_part(results *rs, result *r) {
  if (has_parts(rs) && r->user) sink_of(rs)->join(sink_of(rs)->user, r->user);
  r->user = NULL;
}

static size_t part_size(const results *rs, const result *r) { return has_parts(rs) ? sink_of(rs)->size(r->user) : 0; }

/* Without parts, the output about a result is made when it has its turn, because it needs the one before it. */
static bool is_made_early(const results *rs) { return sink_of(rs)->split; }

/* ---- finishing a result ---- */

void result_list(result *r, const trpt_diagnostic *d) {
  if (r->list_len == r->list_capacity) {
    r->list_capacity = r->list_capacity ? r->list_capacity * 2 : 16;
    r->list = reallocate(r->list, r->list_capacity, sizeof(trpt_diagnostic *));
  }
  r->list[r->list_len++] = d;
}

/* The list is complete. */
static void set_diagnostics(result *r) {
  static const trpt_diagnostic *const none[] = {NULL};
  r->source.diagnostics = r->list ? r->list : none;
  r->source.diagnostic_count = r->list_len;
}

static void finish_problem(results *rs, result *r) {
  reading *all = rs->all;
  const problem *p = &r->problem;
  all->status = STATUS_BAD_INPUT;
  set_diagnostics(r);
  /* First the sink, so its output about the input precedes the message. */
  all->sink->end(r->user, p);
  if (!message_limit_allows(&all->messages, p->error.code ? p->error.code : p->status)) return;
  buffer label = {0};
  input_label(&label, &r->input);
  if (all->sink->shows_problems && p->error.code)
    problem_repeat(label.data, p);
  else
    problem_print(label.data, p);
  buffer_free(&label);
}

/* The diagnostics of the command itself, which need more context than one report. */
typedef struct own_diagnostics {
  trpt_diagnostic list[2];
  uint32_t count;
} own_diagnostics;

/* Whether the report was read before, or another one with its report-id. */
static own_diagnostics recognize(reading *all, const result *r) {
  own_diagnostics own = {.count = 0};
  const bool is_duplicate = duplicates_seen(all->duplicates, r->key);
  all->conflicts += !is_duplicate && duplicates_conflict(all->duplicates, &r->metadata, r->key);
  if (r->is_other_domain) own.list[own.count++] = diagnostic_of("report.other-domain", "");
  if (is_duplicate) own.list[own.count++] = diagnostic_of("report.duplicate-report", "");
  return own;
}

static void print_diagnostic(const input_source *s, const trpt_diagnostic *d) {
  buffer label = {0};
  buffer line = {0};
  input_label(&label, s);
  diagnostic_line(&line, label.data, d);
  if (line.len) line.len--; /* note_buffer adds the line end */
  note_buffer(&line);
  buffer_free(&line);
  buffer_free(&label);
}

static void print_own_diagnostics(reading *all, const result *r, const own_diagnostics *own) {
  if (!all->sink->report || all->sink->is_quiet) return;
  for (uint32_t i = 0; i < own->count; i++)
    if (message_limit_allows(&all->messages, own->list[i].code)) print_diagnostic(&r->input, &own->list[i]);
}

void metadata_count(trpt_metadata *metadata, const trpt_diagnostic *d) {
  uint32_t *const counts[] = {&metadata->info_count, &metadata->warning_count, &metadata->error_count};
  ++*counts[d->severity];
}

/* Emits the diagnostics of the command itself before the last event of a report, whose counts include them. */
static void finish_events(const report_sink *sink, result *r, const own_diagnostics *own) {
  for (uint32_t i = 0; i < own->count; i++) {
    metadata_count(&r->metadata, &own->list[i]);
    sink->event(r->user, &(trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = &own->list[i]});
  }
  sink->event(r->user, &(trpt_event){.type = TRPT_EVENT_REPORT, .metadata = &r->metadata});
}

static void show_report(const report_sink *sink, result *r, const trpt_report *report) {
  set_diagnostics(r);
  r->source.key = (trpt_str){r->key, REPORT_KEY_DIGITS};
  sink->report(r->user, report, &r->source);
  r->source.key = (trpt_str){NULL, 0};
}

/* The report needed all earlier ones. */
static void finish_whole(const report_sink *sink, result *r, const own_diagnostics *own) {
  for (uint32_t i = 0; sink->needs_diagnostics && i < trpt_report_diagnostic_count(r->report); i++)
    result_list(r, trpt_report_diagnostic(r->report, i));
  for (uint32_t i = 0; sink->needs_diagnostics && i < own->count; i++) result_list(r, &own->list[i]);
  show_report(sink, r, r->report);
}

static void finish_report(results *rs, result *r) {
  const report_sink *sink = sink_of(rs);
  const own_diagnostics own = recognize(rs->all, r);
  if (sink->event)
    finish_events(sink, r, &own);
  else if (!is_made_early(rs))
    finish_whole(sink, r, &own);
  if (sink->end(r->user, NULL)) {
    print_own_diagnostics(rs->all, r, &own);
  } else {
    r->list_len = 0; /* a message is enough */
    r->problem = problem_too_large();
    finish_problem(rs, r);
  }
}

static void free_report(result *r) {
  trpt_report_free(r->report);
  r->report = NULL;
}

/* Frees what was large, and keeps the rest for the next result. */
static void clear(results *rs, result *r) {
  free_report(r);
  if (r->list_capacity * sizeof(const trpt_diagnostic *) > KEPT_MAX) {
    free(r->list);
    r->list = NULL;
    r->list_capacity = 0;
  }
  if (r->copies.capacity > KEPT_MAX) buffer_free(&r->copies);
  if (r->name.capacity > KEPT_MAX) buffer_free(&r->name);
  if (part_size(rs, r) > KEPT_MAX) end_part(rs, r);
}

static void finish(results *rs, result *r) {
  reading *all = rs->all;
  if (r->is_item) read_progress_step(&all->progress);
  if (!is_made_early(rs) && r->type != RESULT_OTHER) all->sink->begin(r->user, &r->source);
  switch (r->type) {
  case RESULT_REPORT: finish_report(rs, r); break;
  case RESULT_PROBLEM: finish_problem(rs, r); break;
  case RESULT_OTHER: other_content_add(&all->others, r->kind); break;
  case RESULT_LEFT_OUT:
    if (all->sink->leave_out) all->sink->leave_out(r->user);
    break;
  }
  clear(rs, r);
}

/* ---- storing a result ---- */

enum { TEXTS = 10 };

static size_t find_texts(result *r, trpt_str *texts[TEXTS]) {
  trpt_metadata *m = &r->metadata;
  trpt_source *s = &r->source;
  trpt_str *const all[TEXTS] = {&m->organization_name, &m->contact_info,  &m->report_id,        &m->start_text,
                                &m->end_text,          &s->report_domain, &s->report_submitter, &s->message_id,
                                &s->dkim_domain,       &s->dkim};
  size_t len = 0;
  for (int i = 0; i < TEXTS; i++) {
    texts[i] = all[i];
    len += all[i]->len;
  }
  return len;
}

static void copy_text(buffer *b, trpt_str *text) {
  const char *begin = b->data + b->len;
  buffer_add(b, text->ptr, text->len);
  if (text->len) text->ptr = begin;
}

/* Copies what the parser or the mail owns. The buffer has room, so that no copy moves. */
static void copy_all(result *r) {
  trpt_str *texts[TEXTS];
  size_t size = find_texts(r, texts) + r->list_len * sizeof(trpt_diagnostic);
  buffer *b = &r->copies;
  for (size_t i = 0; i < r->list_len; i++) size += strlen(r->list[i]->where) + 1;
  buffer_clear(b);
  if (!buffer_reserve(b, size + 1)) output_no_memory();
  trpt_diagnostic *diagnostics = (void *)b->data; /* first, so that they are aligned */
  b->len = r->list_len * sizeof *diagnostics;
  for (size_t i = 0; i < r->list_len; i++) {
    diagnostics[i] = *r->list[i];
    diagnostics[i].where = b->data + b->len;
    buffer_add(b, r->list[i]->where, strlen(r->list[i]->where) + 1);
    r->list[i] = &diagnostics[i];
  }
  for (int i = 0; i < TEXTS; i++) copy_text(b, texts[i]);
}

static bool can_store(const results *rs, const result *r, size_t tree) {
  return rs->count < rs->capacity && !jobs_have_turn() && rs->stored < STORED_MAX &&
         part_size(rs, r) + tree < STORED_MAX;
}

result *results_new(results *rs, const input_source *s) {
  result *r = &rs->items[rs->count];
  r->is_item = r->is_other_domain = false;
  r->input = *s;
  r->list_len = 0;
  r->metadata = (trpt_metadata){0};
  if (rs->capacity) {
    buffer_clear(&r->name);
    buffer_add(&r->name, s->name, strlen(s->name) + 1);
    if (r->name.failed) output_no_memory();
    r->input.name = r->name.data;
  }
  r->source = (trpt_source){.struct_size = sizeof r->source, .name = trpt_str_of(r->input.name)};
  begin_part(rs, r);
  if (is_made_early(rs)) sink_of(rs)->begin(r->user, &r->source);
  return r;
}

void results_show(results *rs, const trpt_report *report) {
  if (sink_of(rs)->report && is_made_early(rs)) show_report(sink_of(rs), &rs->items[rs->count], report);
}

void results_add(results *rs, size_t tree) {
  result *r = &rs->items[rs->count];
  if (is_made_early(rs)) tree = 0; /* it is not needed any more */
  if (can_store(rs, r, tree)) {
    copy_all(r);
    if (is_made_early(rs)) free_report(r);
    rs->stored += part_size(rs, r) + tree + r->copies.len;
    rs->count++;
  } else if (jobs_take_turn()) {
    finish(rs, r);
  } else {
    clear(rs, r);
  }
}

void results_finish(results *rs) {
  for (; rs->next < rs->count; rs->next++) finish(rs, &rs->items[rs->next]);
}

void results_drop(results *rs) {
  for (; rs->next < rs->count; rs->next++) clear(rs, &rs->items[rs->next]);
}

void results_begin(results *rs, reading *all, unsigned capacity) { *rs = (results){.all = all, .capacity = capacity}; }

void results_reset(results *rs) {
  rs->next = rs->count = 0;
  rs->stored = 0;
}

void results_end(results *rs) {
  for (unsigned i = 0; i <= rs->capacity; i++) {
    result *r = &rs->items[i];
    end_part(rs, r);
    buffer_free(&r->copies);
    buffer_free(&r->name);
    free(r->list);
  }
}
