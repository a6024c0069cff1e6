/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_NAMES_H
#define TLSRPT_CHECK_NAMES_H

/* The names to check, in order: the arguments, with the lines of standard input in place of "-". No function blocks. */

#include <tlsrpt/status.h>

#include "../buffer.h"

typedef struct names {
  char **arguments;
  int count;
  int at;
  uint32_t number; /* line number of the last name; 0: it was an argument */
  bool in_input;   /* the current argument is "-" */
  bool ended;      /* standard input has ended */
  int error;       /* errno if standard input could not be read */
  buffer line;     /* the part of the current line that was read */
  bool line_is_consumed;
  char *chunk;
  size_t used;
  size_t filled;
} names;

void names_begin(names *n, char **arguments, int count);

typedef enum names_state { NAMES_AVAILABLE, NAMES_WAIT, NAMES_END } names_state;

/* Returns AVAILABLE with a name, WAIT if names_fill must be called when standard input is readable, or END. The name is
   valid until the next call. It is trimmed, and truncated to 4096 bytes. */
names_state names_next(names *n, trpt_str *out);

/* Reads the available bytes of standard input. */
void names_fill(names *n);

void names_free(names *n);

#endif
