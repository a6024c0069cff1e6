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

typedef struct record_run {
  record_show *show;
  uint32_t flags;
  uint32_t text_count; /* TEXT operands so far */
  bool has_shown;      /* a record was shown already */
  int status;
} record_run;

/* Reads and shows one record. `line` is 0 if it is an operand. */
static void run_record(record_run *r, trpt_str text, uint32_t line) {
  record_view view = {.text = text};
  buffer out = {0};
  view.status = trpt_record_parse(text.ptr, text.len, r->flags, &view.record, &view.error);
  r->show(&out, &view, r->has_shown);
  output_buffer(&out);
  r->has_shown = true;
  if (view.status) {
    r->status = STATUS_BAD_INPUT;
    problem p = problem_of_error(&view.error);
    p.error.line = line;
    p.error.column = (uint32_t)view.error.offset + 1;
    if (!line) {
      buffer_text(&out, "record ");
      buffer_number(&out, r->text_count);
      buffer_add(&out, "", 1);
    }
    if (out.failed) output_no_memory();
    problem_print(line ? "-" : out.data, &p);
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
    if (i == ARGUMENTS_HELP) return help_show("record") ? STATUS_GOOD : STATUS_FAILED;
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
