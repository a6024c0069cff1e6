/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_NAMES_H
#define TLSRPT_CHECK_NAMES_H

/* The names to check: arguments, and lines of standard input in place of "-", in order. Nothing here waits. */

#include <tlsrpt/status.h>

#include "../buffer.h"

typedef struct names {
  char **arguments;
  int count;
  int at;
  uint32_t number; /* of the line that was given last; 0: it was an argument */
  bool in_input;   /* the argument is "-" */
  bool ended;      /* standard input */
  int why;         /* errno, where standard input could not be read */
  buffer line;     /* as much of it as was read */
  bool line_is_consumed;
  char *chunk;
  size_t used;
  size_t filled;
} names;

void names_begin(names *n, char **arguments, int count);

typedef enum names_state { NAMES_NEXT, NAMES_WAIT, NAMES_END } names_state;

/* NEXT with a name, which lives until the next call, blanks around it and what is beyond 4096 bytes left out; WAIT where standard input has to be waited for
   and names_fill to be called; END. */
names_state names_next(names *n, trpt_str *out);

/* Reads what standard input has. */
void names_fill(names *n);

void names_free(names *n);

#endif
