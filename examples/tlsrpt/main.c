/* SPDX-License-Identifier: MIT */
/* tlsrpt: reads SMTP TLS Reporting (RFC 8460) with libtrpt. */
#include <string.h>
#include <unistd.h>

#include <tlsrpt/status.h>

#include "arguments.h"
#include "command.h"
#include "escape.h"
#include "help.h"
#include "nearest.h"
#include "standard_output.h"

static int show_version(int argc, char **argv) {
  (void)argc;
  (void)argv;
  output_text("tlsrpt ");
  output_text(trpt_version());
  output_text("\n");
  return STATUS_GOOD;
}

static const char *nearest_command(const char *word, bool needs_manual);

static int show_help(int argc, char **argv) {
  static const option options[] = {{0}};
  arguments a;
  arguments_begin(&a, "help", options, argc, argv);
  const int next = arguments_next(&a);
  if (next == ARGUMENTS_ERROR) return STATUS_FAILED;
  if (a.count > 1) return arguments_reject("help", "help takes one command; unexpected argument", a.values[1]);
  const char *command = next == ARGUMENTS_HELP ? "help" : a.count ? a.values[0] : NULL;
  if (!help_has(command))
    return arguments_reject_name("help", "unknown command", command, nearest_command(command, true));
  return help_show(command);
}

static const struct {
  const char *name;
  int (*run)(int argc, char **argv);
} commands[] = {{"check", command_check},  {"record", command_record},   {"report", command_report},
                {"lint", command_lint},    {"explain", command_explain}, {"summary", command_summary},
                {"help", show_help},       {"--help", show_help},        {"-h", show_help},
                {"version", show_version}, {"--version", show_version},  {"-V", show_version}};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

/* `needs_manual`: of the commands with a manual. */
static const char *nearest_command(const char *word, bool needs_manual) {
  nearest n;
  nearest_begin(&n, word, '=');
  for (size_t i = 0; i < COMMANDS; i++)
    if (!needs_manual || help_has(commands[i].name)) nearest_try(&n, commands[i].name);
  return n.name;
}

/* Suggests the command for an operand that was given without one. */
static int reject_command(const char *word) {
  const char *const command = access(word, F_OK) == 0             ? "report"
                              : strncmp(word, "v=TLSRPT", 8) == 0 ? "record"
                              : strchr(word, '.')                 ? "check"
                                                                  : NULL;
  const bool is_option = word[0] == '-' && word[1];
  if (is_option || !command)
    return arguments_reject_name(NULL, is_option ? "unknown option" : "unknown command", word,
                                 nearest_command(word, false));
  buffer text = {0};
  buffer_text(&text, "unknown command '");
  escape_terminal(&text, word, strlen(word));
  buffer_text(&text, "'; did you mean: tlsrpt ");
  buffer_text(&text, command);
  /* A shell would split a record at its blanks. */
  const char *quote = strpbrk(word, " ;&|<>()$*?\"") ? "'" : "";
  buffer_text(&text, " ");
  buffer_text(&text, quote);
  escape_terminal(&text, word, strlen(word));
  buffer_text(&text, quote);
  message_buffer(&text);
  buffer_free(&text);
  return STATUS_FAILED;
}

static int run(int argc, char **argv) {
  if (argc < 2) return arguments_reject(NULL, "no command given", NULL);
  for (size_t i = 0; i < COMMANDS; i++)
    if (strcmp(argv[1], commands[i].name) == 0) return commands[i].run(argc - 2, argv + 2);
  return reject_command(argv[1]);
}

int main(int argc, char **argv) {
  output_begin();
  const int status = run(argc, argv);
  output_end();
  return output_status(status);
}
