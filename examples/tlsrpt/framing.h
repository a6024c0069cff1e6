/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_FRAMING_H
#define TLSRPT_FRAMING_H

/* How standard input is divided into reports: the values of --input. */

#include "input_visit.h"

typedef int framing;
enum {
  FRAMING_AUTO,   /* one report */
  FRAMING_LINES,  /* one per line, JSON or base64; a prefix "KEY TAB" names it */
  FRAMING_U32,    /* a big-endian length in four bytes, then the report */
  FRAMING_FILES0, /* names of files, each ending in NUL */
  FRAMING_TAR,    /* an archive of files that may contain reports; this and all later values are read as one input */
  FRAMING_MBOX,   /* mails */
};

/**
 * Visits each item of standard input, in order. A bad item is a failure, and the next ones are still visited. The
 * exception is an invalid frame length, after which no item can be found. Memory does not grow with the number of
 * items.
 */
void framing_visit(framing input, const input_visitor *visitor);

/* Parses the value of --input. Returns -1 after printing a usage error. */
int framing_from_option(const char *command, const char *value);

#endif
