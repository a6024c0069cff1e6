/* SPDX-License-Identifier: MIT */
/* Any text of up to LONGEST bytes as a URI of a record. */

#include "uri/uri.h"

#include "any.h"

enum { LONGEST = 7 };

int main(void) {
  char text[LONGEST];
  trpt_uri parts;
  size_t bad;
  any_bytes(text, sizeof text);
  const size_t len = (size_t)Frama_C_interval(0, LONGEST);
  //@ split len;
  /* At the end of its array: a byte more is none of it. */
  trpt_uri_parse(text + LONGEST - len, len, &parts, &bad);
  return 0;
}
