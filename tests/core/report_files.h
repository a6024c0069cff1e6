/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_REPORT_FILES_H
#define TRPT_TESTS_REPORT_FILES_H

/* Reports from files, good and bad, plain and gzipped: those of tests/data/reports, of examples/reports, and of the corpus beside the
   repository (../shared/corpus/reports) where it is there. */

#include <stddef.h>

enum { REPORTS_OF_TESTS = 1, REPORTS_OF_EXAMPLES = 2, REPORTS_OF_CORPUS = 4 };

typedef struct report_file {
  char *name;
  unsigned char *bytes; /* followed by a NUL */
  size_t len;
  int origin; /* one of the above */
} report_file;

/* Reads all files of `origins`, in order of their names. Fails the test if one cannot be read, or if there are fewer than 20. */
report_file *report_files_read(int origins, size_t *count);
void report_files_free(report_file *files, size_t count);

#endif
