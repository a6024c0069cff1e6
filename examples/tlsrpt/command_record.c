/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include <tlsrpt/record.h>

#include "../../lib/base/hostname.h"
#include "../../lib/base/text.h"
#include "arguments.h"
#include "command.h"
#include "help.h"
#include "publish_format.h"
#include "record_view.h"
#include "standard_output.h"
#include "stdin_lines.h"
#include "terminal.h"

typedef struct record_run {
  bool is_json;
  publish_format *publish; /* NULL: show the record */
  uint32_t flags;
  uint32_t text_count; /* TEXT operands so far */
  uint32_t line;       /* of standard input; 0: an operand */
  uint64_t read;       /* records so far */
  bool in_zone_file;   /* standard input has comments or entries of zone files */
  int status;
} record_run;

static void report(record_run *r, problem p) {
  buffer source = {0};
  p.error.line = r->line;
  buffer_text(&source, r->line ? "-" : "record ");
  if (!r->line) buffer_number(&source, r->text_count);
  buffer_add(&source, "", 1);
  if (source.failed) output_no_memory();
  problem_repeat(source.data, &p);
  buffer_free(&source);
  r->status = STATUS_BAD_INPUT;
}

/* Why the record is bad. */
static problem problem_of(const record_view *view) {
  problem p = problem_of_error(&view->error);
  if (view->domain.ptr) {
    p = problem_io("This is a domain name. Use tlsrpt check to query DNS.");
  } else if (view->status) {
    p.error.column = (uint32_t)view->error.offset + 1;
  } else {
    /* The record can be parsed, but no sender would use it. */
    p = problem_io(trpt_diagnostic_message(view->conclusion.code));
    p.error.code = view->conclusion.code;
  }
  return p;
}

/* The record is bad if no sender would report, and in strict mode also if some would not. */
static bool is_bad(const record_run *r, trpt_verdict verdict) {
  return verdict == TRPT_VERDICT_NONE || (r->flags & TRPT_STRICT && verdict != TRPT_VERDICT_ALL);
}

/* A domain name, perhaps that of its record. Absent for any other text, such as one without a dot. */
static trpt_str domain_of(trpt_str text) {
  static const char prefix[] = TRPT_RECORD_LABELS ".";
  text = trpt_host_without_dot(trpt_trim_space(text));
  if (trpt_str_begins_nocase(text, prefix)) text = trpt_str_from(text, sizeof prefix - 1);
  const bool is_domain = text.len && memchr(text.ptr, '.', text.len) &&
                         trpt_record_name(text.ptr, text.len, NULL, 0, NULL) == TRPT_E_BUFFER;
  return is_domain ? text : (trpt_str){NULL, 0};
}

static void show_record(record_run *r, trpt_str text, uint32_t notation) {
  record_view view = {.text = text, .notation = notation, .domain = domain_of(text)};
  trpt_record record;
  buffer out = {0};
  view.status = trpt_record_parse(text.ptr, text.len, r->flags, &record, &view.error);
  trpt_record_conclude(&text, 1, &view.conclusion);
  if (r->is_json) {
    trpt_record_json(text.ptr, text.len, r->flags, notation, buffer_write, &out);
    buffer_text(&out, "\n");
    output_buffer(&out);
  } else {
    record_text(&out, &view, r->read > 1);
    terminal_output(&out);
  }
  buffer_free(&out);
  if (is_bad(r, view.conclusion.verdict)) report(r, problem_of(&view));
}

/* Prints the record to publish: the same one if it is good. */
static void publish_record(record_run *r, trpt_str text) {
  char record[TRPT_SUGGESTION_MAX_LEN + 1];
  size_t len;
  buffer out = {0};
  if (trpt_record_merge(&text, 1, record, sizeof record, &len) == TRPT_OK)
    r->publish(&out, (trpt_str){NULL, 0}, (trpt_str){record, len});
  else
    report(r, problem_io("No record to publish can be derived from this text."));
  output_buffer(&out);
  buffer_free(&out);
}

static void run_record(record_run *r, trpt_str text, uint32_t notation) {
  r->read++;
  if (r->publish)
    publish_record(r, text);
  else
    show_record(r, text, notation);
}

/* Reads the records of a text in the notation of zone files. Sets `*notation` to what else such a file has, if the text
   has no records. */
static bool run_extracted(record_run *r, trpt_str text, uint32_t *notation) {
  const uint64_t read = r->read;
  buffer record = {0};
  size_t cursor = 0;
  size_t len;
  while (trpt_record_extract(text.ptr, text.len, &cursor, notation, NULL, 0, &len) == TRPT_E_BUFFER) {
    buffer_clear(&record);
    if (!buffer_reserve(&record, len + 1)) output_no_memory();
    trpt_record_extract(text.ptr, text.len, &cursor, NULL, record.data, len + 1, NULL);
    run_record(r, (trpt_str){record.data, len}, *notation);
  }
  buffer_free(&record);
  return r->read > read;
}

static problem no_entry(void) { return problem_io("There is no TXT record in this text."); }

/* In a zone file, or in the output of dig, comments, empty lines and entries of other types are passed over. Elsewhere
   each line is a record. */
static void run_line(void *user, trpt_str text, uint32_t number) {
  record_run *r = user;
  uint32_t notation;
  r->line = number;
  const bool has_records = run_extracted(r, text, &notation);
  r->in_zone_file = r->in_zone_file || has_records || notation;
  if (has_records || notation || (r->in_zone_file && !trpt_trim_space(text).len)) return;
  run_record(r, text, 0);
}

static void run_stdin(record_run *r) {
  const uint64_t read = r->read;
  r->in_zone_file = false;
  const bool is_good = stdin_lines_read(run_line, r);
  r->line = 0;
  if (!is_good) {
    problem p = problem_io(strerror(errno));
    problem_print("-", &p);
    r->status = STATUS_BAD_INPUT;
  } else if (r->in_zone_file && r->read == read) {
    problem p = no_entry();
    problem_print("-", &p);
    r->status = STATUS_BAD_INPUT;
  }
}

static void run_operand(record_run *r, const char *operand) {
  const trpt_str text = trpt_str_of(operand);
  uint32_t notation;
  if (strcmp(operand, "-") == 0) {
    run_stdin(r);
    return;
  }
  r->text_count++;
  if (run_extracted(r, text, &notation)) return;
  if (notation)
    report(r, no_entry());
  else
    run_record(r, text, 0);
}

int command_record(int argc, char **argv) {
  static const option options[] = {{"--format", true}, {"--strict", false}, {"--publish", true}, {0}};
  static const char *const formats[] = {"text", "json", NULL};
  record_run r = {0};
  arguments a;
  arguments_begin(&a, "record", options, argc, argv);
  for (int i; (i = arguments_next(&a)) != ARGUMENTS_END;) {
    int format;
    switch (i) {
    case ARGUMENTS_HELP: return help_show("record");
    case 0:
      if ((format = arguments_choose("record", "--format", a.value, formats)) < 0) return STATUS_FAILED;
      r.is_json = format == 1;
      break;
    case 1: r.flags |= TRPT_STRICT; break;
    case 2:
      if ((format = arguments_choose("record", "--publish", a.value, publish_format_names)) < 0) return STATUS_FAILED;
      r.publish = publish_formats[format];
      break;
    default: return STATUS_FAILED;
    }
  }
  if (r.publish && r.is_json)
    return arguments_reject("record", "--publish prints only the record; leave out --format json", NULL);
  if (a.count == 0) return arguments_reject("record", "no TEXT given", NULL);
  for (int i = 0; i < a.count; i++) run_operand(&r, a.values[i]);
  return r.status;
}
