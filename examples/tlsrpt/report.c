/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "help.h"
#include "mails.h"
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

/* Only a server that is named is trusted, and without libtrpt-mail there is nothing to ask it about. */
static bool is_complete(const choice *c) {
  if (c->require_dkim && !c->authserv_id) {
    arguments_wrong("report", "--require-dkim needs --authserv-id", NULL);
    return false;
  }
  if (c->authserv_id && !mails_are_read()) {
    arguments_wrong("report", "this build, which has no libtrpt-mail, cannot use --authserv-id", NULL);
    return false;
  }
  return true;
}

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
  enum { TEXT, JSON };
  choice c = {.options = {.struct_size = sizeof c.options}};
  int format = TEXT;
  bool verbose = false;
  bool header = true;
  int status = STATUS_FAILED;
  arguments a;
  /* First of all, since a mistake in the arguments must not send a mail back either. */
  for (int i = 0; i < argc; i++)
    if (strcmp(argv[i], "--delivery") == 0) output_delivery();
  c.domains = calloc((size_t)argc + 1, sizeof *c.domains);
  if (!c.domains) output_no_memory();
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
  if (!is_complete(&c) || !take_input(&a, c.input)) goto done;
  if (format == TEXT)
    status = report_text(&a, &c, verbose);
  else if (format == JSON)
    status = report_json(&a, &c);
  else
    status = report_rows(&a, &c, format - JSON - 1 + ROWS_NDJSON, header);
done:
  free(c.domains);
  return status;
}
