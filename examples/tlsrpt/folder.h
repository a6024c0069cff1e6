/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_FOLDER_H
#define TLSRPT_FOLDER_H

/* The entries of a folder, sorted by name. */

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct folder_entry {
  const char *name;
  uint64_t order; /* first sort key: eight bytes of the name after the common prefix */
  bool is_file;   /* if false, the type is unknown */
} folder_entry;

typedef struct folder {
  DIR *directory;
  int fd;
  char *names;
  folder_entry *entries;
  size_t count;
} folder;

/* Lists all entries except "." and "..". Returns errno, or 0. After an error, `f` has the entries that could be read.
   Close it in any case. */
int folder_open(folder *f, const char *path);

void folder_close(folder *f);

#endif
