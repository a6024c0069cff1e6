/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_COMMAND_H
#define TLSRPT_COMMAND_H

/* The subcommands. Each takes the arguments after its name and returns the exit status. */

int command_record(int argc, char **argv);
int command_report(int argc, char **argv);
int command_lint(int argc, char **argv);
int command_summary(int argc, char **argv);
int command_check(int argc, char **argv);
int command_explain(int argc, char **argv);

#endif
