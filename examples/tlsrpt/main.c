/* SPDX-License-Identifier: MIT */
/* tlsrpt: reads SMTP TLS Reporting (RFC 8460) with libtrpt. */
#include <string.h>

#include <tlsrpt/status.h>

#include "arguments.h"
#include "command.h"
#include "help.h"
#include "standard_output.h"

static int show_version(void) {
  output_text("tlsrpt ");
  output_text(trpt_version());
  output_text("\n");
  return STATUS_GOOD;
}

static int show_help(int argc, char **argv) {
  static const option options[] = {{0}};
  arguments a;
  arguments_begin(&a, "help", options, argc, argv);
  const int next = arguments_next(&a);
  if (next == ARGUMENTS_ERROR) return STATUS_FAILED;
  if (a.count > 1) return arguments_reject("help", "help takes one command; unexpected argument", a.values[1]);
  const char *command = next == ARGUMENTS_HELP ? "help" : a.count ? a.values[0] : NULL;
  if (!help_has(command)) return arguments_reject("help", "unknown command", command);
  return help_show(command);
}

static int run(int argc, char **argv) {
  static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
  } commands[] = {{"check", command_check}, {"record", command_record},   {"report", command_report},
                  {"lint", command_lint},   {"summary", command_summary}, {"help", show_help}};
  if (argc < 2) return arguments_reject(NULL, "no command given", NULL);
  for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
    if (strcmp(argv[1], commands[i].name) == 0) return commands[i].run(argc - 2, argv + 2);
  if (strcmp(argv[1], "--version") == 0) return show_version();
  if (strcmp(argv[1], "--help") == 0) return show_help(argc - 2, argv + 2);
  return arguments_reject(NULL, argv[1][0] == '-' ? "unknown option" : "unknown command", argv[1]);
}

int main(int argc, char **argv) {
  output_begin();
  const int status = run(argc, argv);
  output_end();
  return output_status(status);
}
