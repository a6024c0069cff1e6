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

#include "../tools/files.h"

typedef struct list {
  report_file *files;
  size_t count;
} list;

static void add(list *l, const char *folder, const char *name, int origin) {
  char path[4096];
  assert_true((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) < sizeof path);
  report_file *files = realloc(l->files, (l->count + 1) * sizeof *files);
  assert_non_null(files);
  l->files = files;
  report_file *file = &files[l->count++];
  *file = (report_file){.name = malloc(strlen(name) + 1), .origin = origin};
  assert_non_null(file->name);
  strcpy(file->name, name);
  file->bytes = (unsigned char *)file_read(path, &file->len);
  if (!file->bytes) fail_msg("%s cannot be read", path);
}

static void add_folder(list *l, const char *folder, int origin) {
  DIR *directory = opendir(folder);
  if (!directory && origin == REPORTS_OF_CORPUS) {
    print_message("There is no corpus.\n");
    return;
  }
  if (!directory) fail_msg("%s cannot be read", folder);
  for (struct dirent *entry; (entry = readdir(directory));)
    if (strstr(entry->d_name, ".json")) add(l, folder, entry->d_name, origin);
  closedir(directory);
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const report_file *)a)->name, ((const report_file *)b)->name);
}

report_file *report_files_read(int origins, size_t *count) {
  list l = {0};
  if (origins & REPORTS_OF_TESTS) add_folder(&l, TRPT_SOURCE_DIR "/tests/data/reports", REPORTS_OF_TESTS);
  if (origins & REPORTS_OF_EXAMPLES) add_folder(&l, TRPT_SOURCE_DIR "/examples/reports", REPORTS_OF_EXAMPLES);
  if (origins & REPORTS_OF_CORPUS) add_folder(&l, TRPT_SOURCE_DIR "/../shared/corpus/reports", REPORTS_OF_CORPUS);
  assert_true(l.count >= 20);
  qsort(l.files, l.count, sizeof *l.files, by_name);
  *count = l.count;
  return l.files;
}

void report_files_free(report_file *files, size_t count) {
  for (size_t i = 0; i < count; i++) {
    free(files[i].name);
    free(files[i].bytes);
  }
  free(files);
}
