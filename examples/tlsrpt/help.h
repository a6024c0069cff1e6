/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_HELP_H
#define TLSRPT_HELP_H

#include <stdbool.h>

/* Commands, and NULL for the whole program. */
bool help_has(const char *command);

/* Prints the manual of a command, which must exist. Returns STATUS_GOOD. */
int help_show(const char *command);

/* Prints the usage of a command to standard error. */
void help_usage(const char *command);

#endif
