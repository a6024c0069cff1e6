/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include <tlsrpt/trpt.h>

int main(int argc, char **argv) {
  const char *text = argc > 1 ? argv[1] : "v=TLSRPTv1; rua=mailto:reports@example.com,https://example.net/tlsrpt";
  trpt_record record;
  trpt_error error;
  if (trpt_record_parse(text, strlen(text), TRPT_STRICT, &record, &error) != TRPT_OK) {
    printf("column %u: %s (%s)\n", (unsigned)error.offset + 1, error.message, error.code ? error.code : "no code");
    return 1;
  }

  size_t cursor = 0;
  trpt_rua rua; /* points into text; nothing is allocated */
  while (trpt_record_next_rua(&record, &cursor, &rua) == TRPT_OK)
    printf("%s %.*s\n", rua.usable ? "usable" : "unusable", (int)rua.uri.len, rua.uri.ptr);
  return 0;
}
