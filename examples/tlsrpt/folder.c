/* SPDX-License-Identifier: MIT */
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "allocate.h"
#include "buffer.h"
#include "standard_output.h"

/* Saves a stat per file if the system reports the type. */
static bool is_certainly_file(const struct dirent *entry) {
#ifdef DT_REG
  return entry->d_type == DT_REG;
#else
  (void)entry;
  return false;
#endif
}

/* Collects the names in the order of the system. Each is preceded by 'f' for a file or '?', and followed by a NUL. */
static int list(DIR *directory, buffer *names, size_t *count) {
  for (;;) {
    errno = 0;
    const struct dirent *entry = readdir(directory);
    if (!entry) return errno;
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    buffer_add(names, is_certainly_file(entry) ? "f" : "?", 1);
    buffer_add(names, entry->d_name, strlen(entry->d_name) + 1);
    if (names->failed) output_no_memory();
    ++*count;
  }
}

static int by_name(const void *a, const void *b) {
  const folder_entry *x = a;
  const folder_entry *y = b;
  if (x->order != y->order) return x->order < y->order ? -1 : 1;
  return strcmp(x->name, y->name);
}

/* Returns the length of the prefix that all names share. The folder must not be empty. */
static size_t common_prefix(const folder *f) {
  size_t common = strlen(f->entries[0].name);
  for (size_t i = 1; i < f->count; i++) {
    size_t n = 0;
    while (n < common && f->entries[i].name[n] == f->entries[0].name[n]) n++;
    common = n;
  }
  return common;
}

/* Returns the first eight bytes of a name as a number with the same order. */
static uint64_t order_of(const char *name) {
  uint64_t order = 0;
  for (unsigned i = 0; i < 8; i++) {
    order = order << 8 | (unsigned char)*name;
    if (*name) name++;
  }
  return order;
}

int folder_open(folder *f, const char *path) {
  DIR *directory = opendir(path);
  *f = (folder){0};
  if (!directory) return errno;
  f->open = allocate_zeros(1, sizeof *f->open);
  f->open->directory = directory;
  f->open->fd = dirfd(directory);
  f->open->holders = 1;
  buffer names = {0};
  const int error = list(directory, &names, &f->count);
  f->names = names.data;
  if (!f->names || !f->count) return error;
  f->entries = allocate_zeros(f->count, sizeof *f->entries);
  const char *at = f->names;
  for (size_t i = 0; i < f->count; i++) {
    f->entries[i] = (folder_entry){.name = at + 1, .is_file = *at == 'f'};
    at += strlen(at) + 1;
  }
  const size_t common = common_prefix(f);
  for (size_t i = 0; i < f->count; i++) f->entries[i].order = order_of(f->entries[i].name + common);
  qsort(f->entries, f->count, sizeof *f->entries, by_name);
  return error;
}

void folder_close(folder *f) {
  folder_release(f->open);
  free(f->names);
  free(f->entries);
}

void folder_hold(open_folder *open) {
  if (open) open->holders++;
}

void folder_release(open_folder *open) {
  if (!open || --open->holders) return;
  closedir(open->directory);
  free(open);
}

int folder_fd(const open_folder *open) { return open ? open->fd : AT_FDCWD; }

const char *folder_name(const open_folder *open, const char *path) { return open ? strrchr(path, '/') + 1 : path; }
