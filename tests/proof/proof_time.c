/* SPDX-License-Identifier: MIT */
/* Any text of up to LONGEST bytes as a time, and any time as a text. */

#include <tlsrpt/time.h>

#include "any.h"

enum { LONGEST = 40 };

void read_time(void);
void write_time(void);

void read_time(void) {
  char text[LONGEST];
  int64_t seconds;
  any_bytes(text, sizeof text);
  /* At the end of its array: a byte more is none of it. */
  //@ loop unroll LONGEST + 1;
  for (size_t len = 0; len <= LONGEST; len++) trpt_time_parse(text + LONGEST - len, len, &seconds);
}

void write_time(void) {
  char text[21];
  size_t needed;
  const int64_t seconds = Frama_C_long_long_interval(INT64_MIN, INT64_MAX);
  if (trpt_time_format(seconds, text, sizeof text, &needed) == TRPT_OK) {
    /*@ check needed == 20; */
  }
}

int main(void) {
  read_time();
  write_time();
  return 0;
}
