/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_READING_H
#define TLSRPT_READING_H

/* Reads every report that the operands name, in one pass and constant memory, and hands it to a report_sink. */

#include <tlsrpt/report.h>

#include "arguments.h"
#include "diagnostic_output.h"
#include "read_options.h"

typedef struct report_sink {
  void (*begin)(void *user, const char *source);
  /* One of these is NULL. Events come as they are read. A report comes when it is whole, with its key, and is not kept. */
  void (*event)(void *user, const trpt_event *event);
  void (*report)(void *user, const trpt_report *report, const char *key);
  /* All diagnostics of an input in order: those of its mail, its own, also before an error, and those of the command. Comes before
     the report, or before the end of a bad input, and is valid until that returns. May be NULL. */
  void (*diagnostics)(void *user, const trpt_diagnostic *const *list, size_t count);
  /* The last of an input: `p` is NULL for a good one. Returns false where the report_sink could not take the input whole: then it
     is called again with the problem to show. */
  bool (*end)(void *user, const problem *p);
  void *user;
  bool is_quiet; /* what the command itself finds of a report is of no use here */
  /* Inputs that are no report and of use all the same, known by their beginning: taken whole, without begin and end. Returns why
     it is of none, or NULL. May be NULL. */
  bool (*takes)(const char *head, size_t len);
  const char *(*whole)(void *user, const char *data, size_t len);
} report_sink;

/* Returns the exit status. Each bad input is told on standard error, and the others are still read. A report that was seen
   before in this run is told too: by an event, or to a report_sink that takes reports on standard error. */
int read_reports(const arguments *a, const read_options *options, const report_sink *s);

#endif
