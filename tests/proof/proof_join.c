/* SPDX-License-Identifier: MIT */
/* Any TXT RDATA of up to LONGEST bytes, into a buffer of exactly the length that is needed. */

#include <tlsrpt/record.h>

#include "any.h"

enum { LONGEST = 8 };

static void join(const char *rdata, size_t len) {
  char text[LONGEST + 1];
  size_t needed;
  if (trpt_record_join((const uint8_t *)rdata, len, NULL, 0, &needed) == TRPT_E_BUFFER)
    trpt_record_join((const uint8_t *)rdata, len, text + LONGEST - needed, needed + 1, &needed);
}

/* The bytes that are lengths of strings are those where a bit of `begins` is set, and the first one. Each string ends before the next one
   begins; the last one ends where the text ends, or would end after it. */
static void join_strings(size_t begins, size_t len) {
  char rdata[LONGEST];
  char *const begin = rdata + LONGEST - len;
  size_t at = 0;
  any_bytes(begin, (unsigned)len);
  //@ loop unroll LONGEST;
  for (size_t i = 1; i < len; i++) {
    if (!(begins >> i & 1)) continue;
    begin[at] = (char)(i - at - 1);
    at = i;
  }
  begin[at] = (char)(len - at - 1);
  join(begin, len);
  begin[at] = (char)Frama_C_interval((int)(len - at), 255);
  join(begin, len);
}

int main(void) {
  join("", 0);
  //@ loop unroll LONGEST;
  for (size_t len = 1; len <= LONGEST; len++) {
    //@ loop unroll 1 << LONGEST;
    for (size_t begins = 0; begins < (size_t)1 << len; begins += 2) join_strings(begins, len);
  }
  return 0;
}
