/* SPDX-License-Identifier: MIT */
/* Any text of up to LONGEST bytes as a host name. */

#include "base/hostname.h"

#include "any.h"

enum { LONGEST = 6 };

static void check(const char *text, size_t len) { trpt_host_check((trpt_str){text, len}); }

static any_choice choose(const unsigned char *chosen, size_t at) {
  static const any_class classes[] = {ANY_CLASS(".."), ANY_CLASS("\0-/\377")};
  (void)chosen;
  (void)at;
  return (any_choice){classes, 2};
}

int main(void) {
  //@ loop unroll LONGEST + 1;
  for (size_t len = 0; len <= LONGEST; len++) any_texts(choose, len, check);
  return 0;
}
