/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "command.h"
#include "help.h"
#include "print_schema.h"
#include "read_reports.h"
#include "report_sinks.h"
#include "standard_output.h"

int command_report(int argc, char **argv) {
  enum {
    FORMAT = READ_OPTION_COUNT,
    STRICT,
    TOKENIZER,
    NO_HEADER,
    MARK_DOMAIN,
    DELIVERY,
    NO_FORMULA_GUARD,
    BAD_ROWS,
    OUTPUT,
    PRINT_SCHEMA
  };
  static const option known[] = {READ_OPTIONS,
                                 [FORMAT] = {"--format", true},
                                 [STRICT] = {"--strict", false},
                                 [TOKENIZER] = {"--tokenizer", true},
                                 [NO_HEADER] = {"--no-header", false},
                                 [MARK_DOMAIN] = {"--mark-domain", true},
                                 [DELIVERY] = {"--delivery", false},
                                 [NO_FORMULA_GUARD] = {"--no-formula-guard", false},
                                 [BAD_ROWS] = {"--bad-rows", false},
                                 [OUTPUT] = {"--output", true},
                                 [PRINT_SCHEMA] = {"--print-schema", true},
                                 {0}};
  static const char *const formats[] = {"text", "json", "ndjson", "csv", "tsv", NULL};
  enum { TEXT, JSON, FIRST_ROWS_FORMAT }; /* the formats of rows follow in the order of trpt_rows_format */
  trpt_rows_options rows = {.struct_size = sizeof rows};
  read_options options = {.parser = {.struct_size = sizeof options.parser}};
  int format = TEXT;
  int schema = -1;
  bool header = true;
  bool is_delivery = false;
  bool bad_rows = false;
  const char *output = NULL;
  int status = STATUS_FAILED;
  arguments a;
  /* Before parsing the arguments, because a usage error must not cause a bounce either. */
  for (int i = 0; i < argc; i++)
    if (strcmp(argv[i], "--delivery") == 0) output_delivery();
  read_options_begin(&options, argc);
  arguments_begin(&a, "report", known, argc, argv);
  for (int i; (i = arguments_next(&a)) != ARGUMENTS_END;) {
    switch (i) {
    case FORMAT: format = arguments_choose("report", "--format", a.value, formats); break;
    case STRICT: options.parser.flags |= TRPT_STRICT; break;
    case TOKENIZER: options.parser.tokenizer = read_options_tokenizer("report", a.value); break;
    case NO_HEADER: header = false; break;
    case MARK_DOMAIN: options.own_domains.names[options.own_domains.count++] = a.value; break;
    case DELIVERY: is_delivery = true; break;
    case NO_FORMULA_GUARD: rows.flags |= TRPT_ROWS_NO_FORMULA_GUARD; break;
    case BAD_ROWS: bad_rows = true; break;
    case OUTPUT: output = a.value; break;
    case PRINT_SCHEMA:
      schema = arguments_choose("report", "--print-schema", a.value, schema_names);
      if (schema < 0) goto done;
      break;
    case ARGUMENTS_HELP: status = help_show("report"); goto done;
    default:
      if (i < 0 || !read_options_take(&options, "report", (read_option)i, a.value)) goto done;
    }
    if (format < 0 || options.parser.tokenizer < 0) goto done;
  }
  if (schema >= 0) {
    status = a.count ? arguments_reject("report", "--print-schema takes no PATH; unexpected argument", a.values[0])
                     : print_schema(schema);
    goto done;
  }
  if (bad_rows && format < FIRST_ROWS_FORMAT) {
    arguments_reject("report", "--bad-rows needs --format ndjson, csv or tsv", NULL);
    goto done;
  }
  if (!read_options_complete("report", &options) || !read_options_set_operands("report", &a, options.input)) goto done;
  if (is_delivery && !options.jobs) options.jobs = 1; /* a mail server starts as many commands as it wants */
  if (output && strcmp(output, "-") != 0) output_to(output);
  if (format == TEXT) {
    status = report_text(&a, &options, options.verbose);
  } else if (format == JSON) {
    status = report_json(&a, &options);
  } else {
    rows.format = format - FIRST_ROWS_FORMAT;
    status = report_rows(&a, &options, &rows, header, bad_rows);
  }
done:
  read_options_end(&options);
  return status;
}
