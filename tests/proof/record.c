/* SPDX-License-Identifier: MIT */
/* Any text of up to LONGEST bytes behind "v=TLSRPTv1;" as a record, in both readings, with its cursors and findings. */

#include <string.h>

#include <tlsrpt/record.h>

#include "any.h"

enum { LONGEST = 3 };

static int ignore(void *user, const trpt_diagnostic *diagnostic) {
  (void)user;
  (void)diagnostic;
  return 0;
}

static void read(const char *text, size_t len, uint32_t flags) {
  trpt_record record;
  trpt_error error;
  trpt_rua rua;
  trpt_str name, value;
  size_t cursor = 0;
  if (trpt_record_parse(text, len, flags, &record, &error) != TRPT_OK) return;
  while (trpt_record_next_rua(&record, &cursor, &rua) == TRPT_OK) continue;
  cursor = 0;
  while (trpt_record_next_extension(&record, &cursor, &name, &value) == TRPT_OK) continue;
}

static void read_all(const char *text, size_t len) {
  read(text, len, 0);
  read(text, len, TRPT_STRICT);
  trpt_record_diagnose(text, len, ignore, NULL);
}

int main(void) {
  static const char version[] = "v=TLSRPTv1;";
  enum { VERSION = sizeof version - 1 };
  char text[VERSION + LONGEST];
  const size_t len = (size_t)Frama_C_interval(0, LONGEST);
  //@ split len;
  /* At the end of its array: a byte more is none of it. */
  char *begin = text + LONGEST - len;
  memcpy(begin, version, VERSION);
  any_bytes(begin + VERSION, (unsigned)len);
  read_all(begin, VERSION + len);
  return 0;
}
