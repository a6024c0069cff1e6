/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_READ_REPORTS_H
#define TLSRPT_READ_REPORTS_H

/* Reads all reports that the operands name, in one pass and in constant memory, and passes them to a sink. */

#include <tlsrpt/report.h>

#include "arguments.h"
#include "diagnostic_output.h"
#include "input_source.h"
#include "read_options.h"

typedef struct report_sink {
  /* What is known about the input: its name, and the mail that it is from. It is complete when the other functions are
     called, and valid until `end` returns. */
  void (*begin)(void *user, const trpt_source *source);
  /* One of these two is NULL. `event` is called for each event while a report is read. `report` is called with each
     complete report, which is valid during the call. `source` then has its key. */
  void (*event)(void *user, const trpt_event *event);
  void (*report)(void *user, const trpt_report *report, const trpt_source *source);
  /* Whether `report`, and `end` of an invalid input, need all diagnostics of the source: about its mail, about the report
     and from the command, in order. */
  bool needs_diagnostics;
  /* Called last for each input. `p` is NULL for a valid one. Returns false if the output about the input is too large.
     It is then called again with the problem to show. */
  bool (*end)(void *user, const problem *p);
  /* Called in place of `end` for a report that the filter does not accept. May be NULL. */
  void (*leave_out)(void *user);
  /* Called before the first and after the last report of an input, which may have none. May be NULL. */
  void (*begin_input)(void *user, const input_source *input);
  void (*end_input)(void *user);
  void *user;
  /* For a sink whose output about a report does not need earlier reports, except in `end`: makes another `user`, so that several
     threads can make output at a time; says how much memory it takes; and takes it back. `begin`, `event` and `report` are then
     called with it by any thread, and `end` in the order of the inputs. A sink with `event` must have them. NULL: everything is
     called in the order of the inputs. */
  void *(*split)(void *user);
  size_t (*size)(const void *part);
  void (*join)(void *user, void *part);
  bool is_silent;      /* writes nothing while it reads, so that a progress display does not disturb it */
  bool shows_problems; /* the output has the problems too */
  bool is_quiet;       /* do not print the command's own diagnostics to standard error */
  /* Returns why an input that begins with `head` is not read, as a static message, or NULL if it is read. May be
     NULL. */
  const char *(*refuses)(const char *head, size_t len);
} report_sink;

/* Returns the exit status. The output does not depend on the number of jobs. SIGINT ends reading, not the command, and a message
   says how much was read. Each invalid input is reported on standard error, and the others are still read. The diagnostics of
   the command itself, such as report.duplicate-report, go to the sink, and for a sink with `report` also to standard error
   unless it is quiet. */
int read_reports(const arguments *a, const read_options *options, const report_sink *s);

#endif
