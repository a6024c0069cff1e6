/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_ARGUMENTS_H
#define TLSRPT_ARGUMENTS_H

/* Options and operands, in any order: `--name value`, `--name=value`, `--name`; `--` ends the options, `-` is an operand.
   --help and --color are options of every command. */

#include <stdbool.h>

typedef struct option {
  const char *name; /* with its dashes */
  bool has_value;
} option;

typedef struct arguments {
  char **values; /* after the last option: the operands, moved to the front */
  int count;     /* of them */
  int at;
  int end;
  const char *command;
  const option *options; /* the last one has no name */
  const char *value;     /* of the option that was found */
} arguments;

/* `argv` begins behind the name of the command. */
void arguments_begin(arguments *a, const char *command, const option *options, int argc, char **argv);

enum { ARGUMENTS_END = -1, ARGUMENTS_HELP = -2, ARGUMENTS_WRONG = -3 };

/* The index of the next option; END, with the operands in place; HELP for --help; WRONG, which has been told. */
int arguments_next(arguments *a);

/* Tells what is wrong with the arguments, and how the command is used: "MESSAGE 'WHAT'", `what` may be NULL. Returns
   STATUS_FAILED. */
int arguments_wrong(const char *command, const char *message, const char *what);

/* The value of an option that is a number from 1 to `most`, which is at most LONG_MAX / 16; -1 after printing what is wrong
   with it. */
long arguments_number(const char *command, const char *option_name, const char *value, long most);

/* The place of `value` in a list of names that ends in NULL; -1, which has been told, for a value that is none. */
int arguments_choose(const char *command, const char *option_name, const char *value, const char *const *names);

#endif
