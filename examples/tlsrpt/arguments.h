/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_ARGUMENTS_H
#define TLSRPT_ARGUMENTS_H

/* Parses options and operands in any order: `--name value`, `--name=value`, `--name`. `--` ends the options, and `-` is
   an operand. Every command has the options --help and --color. */

#include <stdbool.h>
#include <stdint.h>

typedef struct option {
  const char *name; /* including the dashes */
  bool has_value;
} option;

typedef struct arguments {
  char **values; /* once all options are parsed, the operands are moved to the front */
  int count;     /* number of operands */
  int at;
  int end;
  const char *command;
  const option *options; /* ends with an option without a name */
  const char *value;     /* of the current option */
} arguments;

/* `argv` begins after the name of the command. */
void arguments_begin(arguments *a, const char *command, const option *options, int argc, char **argv);

enum { ARGUMENTS_END = -1, ARGUMENTS_HELP = -2, ARGUMENTS_ERROR = -3 };

/* Returns the index of the next option, or END after the last one, when the operands are in place. HELP stands for
   --help and -h. ERROR is returned after printing a usage error. */
int arguments_next(arguments *a);

/* Prints the usage error "MESSAGE 'WHAT'", followed by the usage of the command. `what` may be NULL. Returns
   STATUS_FAILED. */
int arguments_reject(const char *command, const char *message, const char *what);

/* The same for a name that does not exist, with the one that was meant, or NULL. */
int arguments_reject_name(const char *command, const char *message, const char *what, const char *meant);

/* Prints the usage error "OPTION needs WHAT, not 'VALUE'". Returns STATUS_FAILED. */
int arguments_reject_value(const char *command, const char *option_name, const char *what, const char *value);

/* Parses an option's value as a number from 1 to `max`. Returns -1 after printing a usage error. */
int64_t arguments_number(const char *command, const char *option_name, const char *value, int64_t max);

/* Returns the index of `value` in a NULL-terminated list of names. Returns -1 after printing a usage error if it is not
   in the list. */
int arguments_choose(const char *command, const char *option_name, const char *value, const char *const *names);

#endif
