/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_REPORT_FILES_H
#define TRPT_TESTS_REPORT_FILES_H

/* The reports of tests/data/reports and examples/reports, good and bad, plain and gzipped. */

#include <stddef.h>

typedef struct report_file {
  char *name;
  unsigned char *bytes;
  size_t len;
} report_file;

/* Reads them all; fails the test where one cannot be read or there are none. */
report_file *report_files_read(size_t *count);
void report_files_free(report_file *files, size_t count);

#endif
