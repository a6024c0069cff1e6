/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "command.h"
#include "help.h"
#include "read_reports.h"
#include "report_sinks.h"
#include "standard_output.h"

int command_report(int argc, char **argv) {
  static const option known[] = {{"--format", true},
                                 {"--strict", false},
                                 {"--tokenizer", true},
                                 {"--verbose", false},
                                 {"--input", true},
                                 {"--no-header", false},
                                 {"--authserv-id", true},
                                 {"--require-dkim", false},
                                 {"--domain", true},
                                 {"--delivery", false},
                                 {"--trust-topmost-results", false},
                                 {"--no-formula-guard", false},
                                 {0}};
  static const char *const formats[] = {"text", "json", "ndjson", "csv", "tsv", NULL};
  enum { TEXT, JSON, FIRST_ROWS_FORMAT }; /* the formats of rows follow in the order of trpt_rows_format */
  trpt_rows_options rows = {.struct_size = sizeof rows};
  read_options options = {.parser = {.struct_size = sizeof options.parser}};
  int format = TEXT;
  bool verbose = false;
  bool header = true;
  int status = STATUS_FAILED;
  arguments a;
  /* Before parsing the arguments, because a usage error must not cause a bounce either. */
  for (int i = 0; i < argc; i++)
    if (strcmp(argv[i], "--delivery") == 0) output_delivery();
  read_options_begin(&options, argc);
  arguments_begin(&a, "report", known, argc, argv);
  for (int i; (i = arguments_next(&a)) != ARGUMENTS_END;) {
    switch (i) {
    case 0: format = arguments_choose("report", "--format", a.value, formats); break;
    case 1: options.parser.flags |= TRPT_STRICT; break;
    case 2: options.parser.tokenizer = read_options_tokenizer("report", a.value); break;
    case 3: verbose = true; break;
    case 4: options.input = framing_from_option("report", a.value); break;
    case 5: header = false; break;
    case 6: options.authserv_ids[options.authserv_id_count++] = a.value; break;
    case 7: options.require_dkim = true; break;
    case 8: options.domains[options.domain_count++] = a.value; break;
    case 9: break;
    case 10: options.trust_topmost_results = true; break;
    case 11: rows.flags |= TRPT_ROWS_NO_FORMULA_GUARD; break;
    case ARGUMENTS_HELP: status = help_show("report") ? STATUS_GOOD : STATUS_FAILED; goto done;
    default: goto done;
    }
    if (format < 0 || options.input < 0 || options.parser.tokenizer < 0) goto done;
  }
  if (!read_options_are_valid("report", &options) || !read_options_set_operands("report", &a, options.input)) goto done;
  if (format == TEXT) {
    status = report_text(&a, &options, verbose);
  } else if (format == JSON) {
    status = report_json(&a, &options);
  } else {
    rows.format = format - FIRST_ROWS_FORMAT;
    status = report_rows(&a, &options, &rows, header);
  }
done:
  read_options_end(&options);
  return status;
}
