/* SPDX-License-Identifier: MIT */
#include "command.h"
#include "help.h"
#include "output.h"
#include "reading.h"
#include "report_sinks.h"

int command_report(int argc, char **argv) {
  static const option options[] = {
      {"--format", true}, {"--strict", false}, {"--tokenizer", true}, {"--verbose", false}, {0}};
  static const char *const formats[] = {"text", "json", NULL};
  trpt_options parser_options = {.struct_size = sizeof parser_options};
  int format = 0;
  bool verbose = false;
  arguments a;
  arguments_begin(&a, "report", options, argc, argv);
  for (int i; (i = arguments_next(&a)) != ARGUMENTS_END;) {
    switch (i) {
    case 0: format = arguments_choose("report", "--format", a.value, formats); break;
    case 1: parser_options.flags |= TRPT_STRICT; break;
    case 2: parser_options.tokenizer = reading_tokenizer("report", a.value); break;
    case 3: verbose = true; break;
    case ARGUMENTS_HELP: help_show("report"); return STATUS_GOOD;
    default: return STATUS_FAILED;
    }
    if (format < 0 || parser_options.tokenizer < 0) return STATUS_FAILED;
  }
  if (a.count == 0) return arguments_wrong("report", "no report was named", NULL);
  return format == 0 ? report_text(&a, &parser_options, verbose) : report_json(&a, &parser_options);
}
