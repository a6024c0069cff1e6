/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_FRAMING_H
#define TLSRPT_FRAMING_H

/* How many reports come on standard input, and how they are told apart. */

#include "input_source.h"

typedef int framing;
enum {
  FRAMING_AUTO,   /* one report */
  FRAMING_LINES,  /* a line each, JSON text or base64; "KEY TAB" in front is its name */
  FRAMING_U32,    /* four bytes of length, the most significant first, then the report */
  FRAMING_FILES0, /* names of files, each with a NUL behind it */
  FRAMING_TAR,    /* an archive of files, each of which may hold reports; this and the next are read as one input is */
  FRAMING_MBOX,   /* mails */
};

/**
 * Visits each item of standard input, in order. A bad one is a failure and the next ones still come, but for a length that
 * cannot be, behind which nothing can be found. Memory does not grow with the number of items.
 */
void framing_visit(framing input, const input_visitor *visitor);

/* The value of --input; -1, which has been told, for one that is none. */
int framing_from_option(const char *command, const char *value);

#endif
