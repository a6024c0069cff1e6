/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_READING_H
#define TLSRPT_READING_H

/* Reads every report that the operands name, in one pass and constant memory, and hands its events to a sink. */

#include <tlsrpt/parser.h>

#include "arguments.h"
#include "finding.h"

typedef struct sink {
  void (*begin)(void *user, const char *source);
  void (*event)(void *user, const trpt_event *event);
  /* The last of an input: `p` is NULL for a good one. Returns false where the sink could not take the input whole: then it
     is called again with the problem to show. */
  bool (*end)(void *user, const problem *p);
  void *user;
} sink;

/* Returns the exit status. Each bad input is told on standard error, and the others are still read. */
int reading_run(const arguments *a, const trpt_options *options, const sink *s);

/* The value of --tokenizer; -1, which has been told, for one that is none. */
trpt_tokenizer reading_tokenizer(const char *command, const char *value);

#endif
