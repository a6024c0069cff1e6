/* SPDX-License-Identifier: MIT */
#include "report_files.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LARGEST = 1 << 20, PATH = 1024 };

static void read_file(report_file *file, const char *folder, const char *name) {
  char path[PATH];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *stream = fopen(path, "rb");
  if (!stream) fail_msg("%s cannot be opened", path);
  file->bytes = malloc(LARGEST);
  file->name = malloc(strlen(name) + 1);
  assert_true(file->bytes && file->name);
  strcpy(file->name, name);
  file->len = fread(file->bytes, 1, LARGEST, stream);
  assert_true(file->len < LARGEST);
  assert_int_equal(ferror(stream), 0);
  fclose(stream);
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const report_file *)a)->name, ((const report_file *)b)->name);
}

report_file *report_files_read(size_t *count) {
  static const char *const folders[] = {TRPT_SOURCE_DIR "/tests/data/reports", TRPT_SOURCE_DIR "/examples/reports"};
  report_file *files = NULL;
  *count = 0;
  for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
    DIR *folder = opendir(folders[i]);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
      if (!strstr(entry->d_name, ".json")) continue;
      report_file *more = realloc(files, (*count + 1) * sizeof *files);
      assert_non_null(more);
      files = more;
      read_file(&files[(*count)++], folders[i], entry->d_name);
    }
    closedir(folder);
  }
  assert_true(*count >= 20);
  qsort(files, *count, sizeof *files, by_name);
  return files;
}

void report_files_free(report_file *files, size_t count) {
  for (size_t i = 0; i < count; i++) {
    free(files[i].name);
    free(files[i].bytes);
  }
  free(files);
}
