/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_HELP_H
#define TLSRPT_HELP_H

#include <stdbool.h>

/* The manual of a command, of the whole program for NULL, on standard output. False where there is no such command. */
bool help_show(const char *command);

/* How a command is used, in short, on standard error. */
void help_usage(const char *command);

#endif
