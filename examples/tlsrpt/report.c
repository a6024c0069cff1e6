/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "command.h"
#include "help.h"
#include "output.h"
#include "reading.h"
#include "report_sinks.h"

/* Only standard input has a framing: it must be what is read, and it is where nothing else was named. */
static bool take_input(arguments *a, framing input) {
  static char standard_input[] = "-";
  static char *only_it[] = {standard_input};
  if (a->count == 0) {
    if (input == FRAMING_AUTO) {
      arguments_wrong("report", "no report was named", NULL);
      return false;
    }
    a->values = only_it;
    a->count = 1;
  }
  for (int i = 0; i < a->count; i++)
    if (input == FRAMING_AUTO || strcmp(a->values[i], "-") == 0) return true;
  arguments_wrong("report", "--input is for standard input: name it as", "-");
  return false;
}

int command_report(int argc, char **argv) {
  static const option options[] = {{"--format", true},
                                   {"--strict", false},
                                   {"--tokenizer", true},
                                   {"--verbose", false},
                                   {"--input", true},
                                   {"--no-header", false},
                                   {0}};
  static const char *const formats[] = {"text", "json", "ndjson", "csv", "tsv", NULL};
  enum { TEXT, JSON };
  trpt_options parser_options = {.struct_size = sizeof parser_options};
  int format = TEXT;
  framing input = FRAMING_AUTO;
  bool verbose = false;
  bool header = true;
  arguments a;
  arguments_begin(&a, "report", options, argc, argv);
  for (int i; (i = arguments_next(&a)) != ARGUMENTS_END;) {
    switch (i) {
    case 0: format = arguments_choose("report", "--format", a.value, formats); break;
    case 1: parser_options.flags |= TRPT_STRICT; break;
    case 2: parser_options.tokenizer = reading_tokenizer("report", a.value); break;
    case 3: verbose = true; break;
    case 4: input = framing_choose("report", a.value); break;
    case 5: header = false; break;
    case ARGUMENTS_HELP: help_show("report"); return STATUS_GOOD;
    default: return STATUS_FAILED;
    }
    if (format < 0 || input < 0 || parser_options.tokenizer < 0) return STATUS_FAILED;
  }
  if (!take_input(&a, input)) return STATUS_FAILED;
  if (format == TEXT) return report_text(&a, &parser_options, input, verbose);
  if (format == JSON) return report_json(&a, &parser_options, input);
  return report_rows(&a, &parser_options, input, format - JSON - 1 + ROWS_NDJSON, header);
}
