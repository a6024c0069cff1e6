/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_FOLDER_H
#define TLSRPT_FOLDER_H

/* What is in a folder, sorted by name. */

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct folder_entry {
  const char *name;
  uint64_t order; /* the bytes of the name by which it is sorted first */
  bool is_file;   /* for certain a file; else it must be looked at */
} folder_entry;

typedef struct folder {
  DIR *directory;
  int fd;
  char *names;
  folder_entry *entries;
  size_t count;
} folder;

/* All but "." and "..". Returns errno; `f` then has what could be read. To be closed in any case. */
int folder_open(folder *f, const char *path);

void folder_close(folder *f);

#endif
