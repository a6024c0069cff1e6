/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_HELP_H
#define TLSRPT_HELP_H

#include <stdbool.h>

/* Prints the manual of a command, or of the whole program if `command` is NULL. Returns false if there is no such
   command. */
bool help_show(const char *command);

/* Prints the usage of a command to standard error. */
void help_usage(const char *command);

#endif
