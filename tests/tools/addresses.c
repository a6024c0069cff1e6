/* SPDX-License-Identifier: MIT */
/* Compares trpt_check_address with the rule of RFC 8460 s4.4 for all texts of up to LENGTH bytes of an alphabet, and for all texts of three
   to five octets of a list: an IPv4 address is what printf writes for four numbers up to 255. No text without a colon is an IPv6 address.
   usage: addresses LENGTH */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parser/checks/checks.h"

/* Of the digits those where the limit 255 changes something; of other bytes those next to them. */
static const char alphabet[] = "01256./x";
enum { LETTERS = sizeof alphabet - 1, MOST = 10 };

/* What may stand between two dots, as an octet or not. */
static const char *const octets[] = {"",    "0",   "1",   "5",    "9",    "00",   "01",  "10",  "25",
                                     "99",  "000", "001", "010",  "099",  "100",  "192", "199", "200",
                                     "249", "250", "255", "256",  "259",  "260",  "300", "555", "999",
                                     "1x",  "x1",  "-1",  "1000", "2550", "0255", "1 ",  "/",   ":"};
enum { OCTETS = sizeof octets / sizeof octets[0] };

static uint64_t compared, addresses;

/* Reads four numbers in any way that strtoul can, and writes them as printf does. */
static bool is_ipv4(const char *text) {
  unsigned long octet[4];
  char again[64], *at = NULL;
  for (unsigned i = 0; i < 4; i++) {
    octet[i] = strtoul(at ? at + (*at != '\0') : text, &at, 10);
    if (octet[i] > 255) return false;
  }
  snprintf(again, sizeof again, "%lu.%lu.%lu.%lu", octet[0], octet[1], octet[2], octet[3]);
  return strcmp(again, text) == 0;
}

/* The text is at the end of its memory, so that a sanitizer sees each byte too many. */
static void compare(const char *text, size_t len) {
  trpt_codes codes = {0};
  trpt_check_address((trpt_str){text, len}, &codes);
  bool is_bad = false;
  for (uint32_t i = 0; i < codes.count; i++) is_bad |= codes.at[i] == TRPT_CODE_REPORT_BAD_IP;
  char with_end[64];
  memcpy(with_end, text, len);
  with_end[len] = '\0';
  const bool is_address = is_ipv4(with_end);
  if (is_bad == is_address) {
    printf("\"%s\" is %s address\n", with_end, is_address ? "an" : "no");
    exit(1);
  }
  compared++;
  addresses += is_address;
}

static void compare_all(size_t len) {
  char *text = malloc(len);
  unsigned char at[MOST] = {0};
  if (!text) abort();
  size_t i;
  do {
    for (i = 0; i < len; i++) text[i] = alphabet[at[i]];
    compare(text, len);
    for (i = len; i && ++at[i - 1] == LETTERS; i--) at[i - 1] = 0;
  } while (i);
  free(text);
}

/* `count` of the first `choices` octets, with a dot between two. */
static void compare_octets(unsigned count, unsigned choices) {
  unsigned at[5] = {0}, i;
  do {
    char text[32];
    size_t len = 0;
    for (i = 0; i < count; i++)
      len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", i ? "." : "", octets[at[i]]);
    char *copy = malloc(len + !len);
    if (!copy) abort();
    memcpy(copy, text, len);
    compare(copy, len);
    free(copy);
    for (i = count; i && ++at[i - 1] == choices; i--) at[i - 1] = 0;
  } while (i);
}

int main(int argc, char **argv) {
  const size_t most = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
  if (!most || most > MOST) {
    fprintf(stderr, "usage: addresses LENGTH\n");
    return 2;
  }
  for (size_t len = 1; len <= most; len++) compare_all(len);
  compare_octets(3, OCTETS);
  compare_octets(4, OCTETS);
  compare_octets(5, 10);
  printf("%" PRIu64 " texts compared, %" PRIu64 " of them addresses, no difference\n", compared, addresses);
  return addresses ? 0 : 1;
}
