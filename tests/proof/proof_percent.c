/* SPDX-License-Identifier: MIT */
/* Any text of up to LONGEST bytes with percent-encoding, into a buffer of exactly the length that is needed. */

#include <tlsrpt/record.h>

#include "any.h"

enum { LONGEST = 4 };

static void decode(const char *uri, size_t len) {
  char text[LONGEST + 1];
  size_t needed;
  if (trpt_uri_decode(uri, len, NULL, 0, &needed) == TRPT_E_BUFFER)
    trpt_uri_decode(uri, len, text + LONGEST - needed, needed + 1, &needed);
}

/* Hex digits count only after a percent sign. */
static any_choice choose(const unsigned char *chosen, size_t at) {
  static const any_class classes[] = {ANY_CLASS("%%"), ANY_CLASS("\0$&\377")};
  static const any_class after_percent[] = {ANY_CLASS("%%"), ANY_CLASS("09"), ANY_CLASS("AF"), ANY_CLASS("af"),
                                            ANY_CLASS("\0$&/:@G`g\377")};
  const int is_after = (at >= 1 && chosen[at - 1] == 0) || (at >= 2 && chosen[at - 2] == 0);
  return is_after ? (any_choice){after_percent, 5} : (any_choice){classes, 2};
}

int main(void) {
  //@ loop unroll LONGEST + 1;
  for (size_t len = 0; len <= LONGEST; len++) any_texts(choose, len, decode);
  return 0;
}
