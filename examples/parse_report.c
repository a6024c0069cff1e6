/* SPDX-License-Identifier: MIT */
/* Parses a report in memory, prints the tree, and frees it.
   usage: parse_report FILE... */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <tlsrpt/trpt.h>

static void show(const trpt_report *report) {
  char key[64];
  if (trpt_report_key(report, key, sizeof key, NULL) == TRPT_OK) printf("report %s\n", key);
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) {
    const trpt_policy *policy = trpt_report_policy(report, i);
    const char *type = trpt_policy_type_name(policy->type);
    printf("  %s: %" PRIu64 " of %" PRIu64 " sessions failed\n", type ? type : "unknown", policy->failed_sessions,
           policy->failed_sessions + policy->successful_sessions);
    for (uint32_t j = 0; j < trpt_report_failure_count(report, i); j++) {
      const trpt_failure *failure = trpt_report_failure(report, i, j);
      printf("    %" PRIu64 ": %s\n", failure->failed_sessions, trpt_result_type_description(failure->type));
    }
  }
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++) {
    const trpt_diagnostic *diagnostic = trpt_report_diagnostic(report, i);
    if (diagnostic->severity == TRPT_ERROR) printf("  line %u: %s\n", diagnostic->line, diagnostic->message);
  }
}

static int read_file(const char *path) {
  static char bytes[1 << 20]; /* plain JSON or gzip */
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    return 1;
  }
  const size_t len = fread(bytes, 1, sizeof bytes, file);
  const int is_complete = feof(file) && !ferror(file);
  fclose(file);
  if (!is_complete) {
    fprintf(stderr, "%s: cannot read the file, or it is larger than %zu bytes\n", path, sizeof bytes);
    return 1;
  }
  trpt_report *report;
  trpt_error error;
  if (trpt_report_parse(bytes, len, NULL, &report, &error) != TRPT_OK) {
    printf("%s: line %u, column %u: %s: %s\n", path, error.line, error.column, error.where, error.message);
    return 1;
  }
  show(report);
  trpt_report_free(report);
  return 0;
}

int main(int argc, char **argv) {
  int bad = 0;
  for (int i = 1; i < argc; i++) bad |= read_file(argv[i]);
  return bad;
}
