/* SPDX-License-Identifier: MIT */
/* Any text of up to LONGEST bytes as an IP address, and any text of up to LONGEST_IPV6 bytes without dots. */

#include "parser/checks/checks.h"

#include "any.h"

enum { LONGEST = 3, LONGEST_IPV6 = 6 };

static void check(const char *text, size_t len) {
  trpt_codes codes = {0};
  trpt_check_address((trpt_str){text, len}, &codes);
}

static any_choice of_any(const unsigned char *chosen, size_t at) {
  static const any_class classes[] = {ANY_CLASS(".."), ANY_CLASS("09"), ANY_CLASS("\0-//:\377")};
  (void)chosen;
  (void)at;
  return (any_choice){classes, 3};
}

static any_choice without_dots(const unsigned char *chosen, size_t at) {
  static const any_class classes[] = {ANY_CLASS("\0-/\377")};
  (void)chosen;
  (void)at;
  return (any_choice){classes, 1};
}

int main(void) {
  //@ loop unroll LONGEST;
  for (size_t len = 1; len <= LONGEST; len++) any_texts(of_any, len, check);
  //@ loop unroll LONGEST_IPV6;
  for (size_t len = LONGEST + 1; len <= LONGEST_IPV6; len++) any_texts(without_dots, len, check);
  return 0;
}
