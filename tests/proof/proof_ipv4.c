/* SPDX-License-Identifier: MIT */
/* Any text of the length of an IPv4 address, as one. */

#include "parser/checks/address.c"

#include "any.h"

enum { SHORTEST = 7, LONGEST = 15, BEGIN = 5 };

static void check(const char *text, size_t len) {
  const uint64_t dot = ipv4_dots(text, len);
  if (!dot) return;
  first_octet(text, first_bit(dot));
  read_ipv4(text, len);
}

/* The functions know positions from the bits of dots and digits. What they do with them depends on those up to the first dot, and if there is no
   dot in the first five bytes, on these. So the bytes behind may be any. */
static any_choice of_begin(const unsigned char *chosen, size_t at) {
  static const any_class classes[] = {ANY_CLASS("09"), ANY_CLASS("\0-//:\377"), ANY_CLASS("..")};
  static const any_class any[] = {ANY_CLASS("\0\377")};
  const any_choice behind = {any, 1}, begin = {classes, 3};
  //@ loop unroll BEGIN;
  for (size_t i = 0; i < at && i < BEGIN; i++)
    if (chosen[i] == 2) return behind;
  return at < BEGIN ? begin : behind;
}

int main(void) {
  //@ loop unroll LONGEST;
  for (size_t len = SHORTEST; len <= LONGEST; len++) any_texts(of_begin, len, check);
  return 0;
}
