/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include <tlsrpt/record.h>

#include "arguments.h"
#include "command.h"
#include "help.h"
#include "record_view.h"
#include "standard_output.h"
#include "stdin_lines.h"
#include "terminal.h"

typedef struct record_run {
  record_show *show;
  uint32_t flags;
  uint32_t text_count; /* TEXT operands so far */
  bool has_shown;      /* a record was shown already */
  int status;
} record_run;

/* Prints why the record is bad. `line` is 0 if it is an operand. */
static void print_problem(const record_run *r, const record_view *view, uint32_t line) {
  problem p = problem_of_error(&view->error);
  buffer source = {0};
  if (view->status) {
    p.error.column = (uint32_t)view->error.offset + 1;
  } else {
    /* The record can be parsed, but no sender would use it. */
    p = problem_io(trpt_diagnostic_message(view->conclusion.code));
    p.error.code = view->conclusion.code;
  }
  p.error.line = line;
  buffer_text(&source, line ? "-" : "record ");
  if (!line) buffer_number(&source, r->text_count);
  buffer_add(&source, "", 1);
  if (source.failed) output_no_memory();
  problem_repeat(source.data, &p);
  buffer_free(&source);
}

/* The record is bad if no sender would report, and in strict mode also if some would not. */
static bool is_bad(const record_run *r, trpt_verdict verdict) {
  return verdict == TRPT_VERDICT_NONE || (r->flags & TRPT_STRICT && verdict != TRPT_VERDICT_ALL);
}

/* Reads and shows one record. `line` is 0 if it is an operand. */
static void run_record(record_run *r, trpt_str text, uint32_t line) {
  record_view view = {.text = text};
  char suggestion[TRPT_SUGGESTION_MAX_LEN + 1];
  buffer out = {0};
  view.status = trpt_record_parse(text.ptr, text.len, r->flags, &view.record, &view.error);
  trpt_record_conclude(&text, 1, &view.conclusion);
  /* The user says that this text is a record, so show why it is invalid, even if it does not look like a TLSRPT
     record. */
  view.reason = view.conclusion.status == TRPT_E_NO_RECORD ? view.error.message : view.conclusion.reason;
  if (trpt_record_suggest(text.ptr, text.len, suggestion, sizeof suggestion, NULL) == TRPT_OK)
    view.publish = suggestion;
  r->show(&out, &view, r->has_shown);
  if (r->show == record_text)
    terminal_output(&out);
  else
    output_buffer(&out);
  r->has_shown = true;
  if (is_bad(r, view.conclusion.verdict)) {
    r->status = STATUS_BAD_INPUT;
    print_problem(r, &view, line);
  }
  buffer_free(&out);
}

static void run_line(void *user, trpt_str text, uint32_t number) { run_record(user, text, number); }

static void run_operand(record_run *r, const char *text) {
  if (strcmp(text, "-") == 0) {
    if (stdin_lines_read(run_line, r)) return;
    problem p = problem_io(strerror(errno));
    problem_print(text, &p);
    r->status = STATUS_BAD_INPUT;
  } else {
    r->text_count++;
    run_record(r, (trpt_str){text, strlen(text)}, 0);
  }
}

int command_record(int argc, char **argv) {
  static const option options[] = {{"--format", true}, {"--strict", false}, {0}};
  static const char *const formats[] = {"text", "json", NULL};
  static record_show *const shows[] = {record_text, record_json};
  record_run r = {.show = record_text};
  arguments a;
  arguments_begin(&a, "record", options, argc, argv);
  for (int i; (i = arguments_next(&a)) != ARGUMENTS_END;) {
    if (i == ARGUMENTS_HELP) return help_show("record");
    if (i == ARGUMENTS_ERROR) return STATUS_FAILED;
    if (i == 0) {
      const int format = arguments_choose("record", "--format", a.value, formats);
      if (format < 0) return STATUS_FAILED;
      r.show = shows[format];
    } else {
      r.flags |= TRPT_STRICT;
    }
  }
  if (a.count == 0) return arguments_reject("record", "no TEXT given", NULL);
  for (int i = 0; i < a.count; i++) run_operand(&r, a.values[i]);
  return r.status;
}
