/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "help.h"
#include "memory.h"
#include "output.h"
#include "reading.h"
#include "report_sinks.h"

int command_report(int argc, char **argv) {
  static const option options[] = {{"--format", true},
                                   {"--strict", false},
                                   {"--tokenizer", true},
                                   {"--verbose", false},
                                   {"--input", true},
                                   {"--no-header", false},
                                   {"--authserv-id", true},
                                   {"--require-dkim", false},
                                   {"--domain", true},
                                   {"--delivery", false},
                                   {0}};
  static const char *const formats[] = {"text", "json", "ndjson", "csv", "tsv", NULL};
  enum { TEXT, JSON, FIRST_OF_ROWS }; /* trpt_rows_format has the rows in the same order */
  choice c = {.options = {.struct_size = sizeof c.options}};
  int format = TEXT;
  bool verbose = false;
  bool header = true;
  int status = STATUS_FAILED;
  arguments a;
  /* First of all, since a mistake in the arguments must not send a mail back either. */
  for (int i = 0; i < argc; i++)
    if (strcmp(argv[i], "--delivery") == 0) output_delivery();
  c.domains = memory_zeros((size_t)argc + 1, sizeof *c.domains);
  arguments_begin(&a, "report", options, argc, argv);
  for (int i; (i = arguments_next(&a)) != ARGUMENTS_END;) {
    switch (i) {
    case 0: format = arguments_choose("report", "--format", a.value, formats); break;
    case 1: c.options.flags |= TRPT_STRICT; break;
    case 2: c.options.tokenizer = reading_tokenizer("report", a.value); break;
    case 3: verbose = true; break;
    case 4: c.input = framing_choose("report", a.value); break;
    case 5: header = false; break;
    case 6: c.authserv_id = a.value; break;
    case 7: c.require_dkim = true; break;
    case 8: c.domains[c.domain_count++] = a.value; break;
    case 9: break;
    case ARGUMENTS_HELP: status = help_show("report") ? STATUS_GOOD : STATUS_FAILED; goto done;
    default: goto done;
    }
    if (format < 0 || c.input < 0 || c.options.tokenizer < 0) goto done;
  }
  if (!choice_is_complete("report", &c) || !choice_take_input("report", &a, c.input)) goto done;
  if (format == TEXT)
    status = report_text(&a, &c, verbose);
  else if (format == JSON)
    status = report_json(&a, &c);
  else
    status = report_rows(&a, &c, format - FIRST_OF_ROWS, header);
done:
  free(c.domains);
  return status;
}
