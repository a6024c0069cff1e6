/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_FOLDER_H
#define TLSRPT_FOLDER_H

/* The entries of a folder, sorted by name, and the descriptor that they are opened with. */

#include <dirent.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct folder_entry {
  const char *name;
  uint64_t order; /* first sort key: eight bytes of the name after the common prefix */
  bool is_file;   /* if false, the type is unknown */
} folder_entry;

/* Limit of nested folders. Each level takes a stack frame, a descriptor and the names of its entries. */
enum { FOLDER_DEPTH_MAX = 128 };

/* An open folder, which its entries are opened relative to: their whole path may be too long, or lead to another folder by then. It
   stays open as long as there is a holder, in any thread. */
typedef struct open_folder {
  DIR *directory;
  int fd;
  atomic_uint holders;
} open_folder;

typedef struct folder {
  open_folder *open; /* NULL after an error */
  char *names;
  folder_entry *entries;
  size_t count;
} folder;

/* Lists all entries except "." and "..", and holds the open folder. Returns errno, or 0. After an error, `f` has the entries that
   could be read. Close it in any case. */
int folder_open(folder *f, const char *path);

void folder_close(folder *f);

/* The last holder that releases the folder closes it. NULL is no folder. */
void folder_hold(open_folder *open);
void folder_release(open_folder *open);

/* The descriptor for openat, and the name relative to it of an entry, whose path ends with it. NULL: any path as it is. */
int folder_fd(const open_folder *open);
const char *folder_name(const open_folder *open, const char *path);

#endif
