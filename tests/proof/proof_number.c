/* SPDX-License-Identifier: MIT */
/* Any text of up to LONGEST bytes as a JSON number in two chunks, and as decimal digits. */

#include "json/number.h"

#include "any.h"

enum { LONGEST = 24 };

static void read_number(const char *text, size_t len) {
  trpt_number_reader reader;
  const unsigned char *begin = (const unsigned char *)text;
  const unsigned char *p = begin;
  trpt_number_begin(&reader);
  if (!trpt_number_read(&reader, &p, begin + Frama_C_interval(0, (int)len))) return;
  if (!trpt_number_read(&reader, &p, begin + len) || !trpt_number_is_whole(&reader)) return;
  trpt_number_value(&reader);
  trpt_number_text(&reader);
}

int main(void) {
  char text[LONGEST];
  uint64_t value;
  any_bytes(text, sizeof text);
  //@ loop unroll LONGEST + 1;
  for (size_t len = 0; len <= LONGEST; len++) {
    /* At the end of its array: a byte more is none of it. */
    read_number(text + LONGEST - len, len);
    trpt_number_read_digits((trpt_str){text + LONGEST - len, len}, &value);
  }
  return 0;
}
