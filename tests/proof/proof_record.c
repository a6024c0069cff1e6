/* SPDX-License-Identifier: MIT */
/* Any text of up to LONGEST bytes behind the version of a record, and behind the begin of a URI, in both readings, with cursors
   and findings. */

#include <string.h>

#include <tlsrpt/record.h>

#include "any.h"

enum { LONGEST = 2 };

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

/* At the end of its array: a byte more is none of it. */
static void read_any_behind(const char *prefix, size_t prefix_len) {
  char text[64];
  const size_t len = (size_t)Frama_C_interval(0, LONGEST);
  //@ split len;
  char *begin = text + sizeof text - prefix_len - len;
  memcpy(begin, prefix, prefix_len);
  any_bytes(begin + prefix_len, (unsigned)len);
  read_all(begin, prefix_len + len);
}

int main(void) {
  static const char of_fields[] = "v=TLSRPTv1;";
  static const char of_uri[] = "v=TLSRPTv1;rua=mailto:";
  if (Frama_C_interval(0, 1))
    read_any_behind(of_fields, sizeof of_fields - 1);
  else
    read_any_behind(of_uri, sizeof of_uri - 1);
  return 0;
}
