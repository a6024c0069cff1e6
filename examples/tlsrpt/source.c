/* SPDX-License-Identifier: MIT */
#include "source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"

/* Folders below folders; each takes a stack frame and nothing else. */
enum { MAX_DEPTH = 128 };

static void visit(const char *path, unsigned depth, const source_visitor *v);

static void *need(void *memory) {
  if (!memory) output_no_memory();
  return memory;
}

static const char *why_not(mode_t mode) {
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "This is a device, which is not read.";
  if (S_ISFIFO(mode)) return "This is a FIFO; inside a folder it is not read.";
  if (S_ISSOCK(mode)) return "This is a socket, which is not read.";
  return "This is no file, folder or FIFO.";
}

static void visit_file(const char *path, bool named, const source_visitor *v) {
  /* Inside a folder the file may have been exchanged for a FIFO since it was looked at: do not wait for its writer. */
  int fd = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC | (named ? 0 : O_NONBLOCK));
  struct stat s;
  if (fd < 0 || fstat(fd, &s)) {
    v->fail(v->user, path, strerror(errno));
  } else if (S_ISREG(s.st_mode) || (named && S_ISFIFO(s.st_mode))) {
    v->read(v->user, &(source){path, fd});
  } else {
    v->fail(v->user, path, why_not(s.st_mode));
  }
  if (fd >= 0) close(fd);
}

/* The names in a folder but "." and "..", NULL where reading fails. */
static char **list(DIR *folder, size_t *count) {
  size_t capacity = 0;
  char **names = NULL;
  for (;;) {
    errno = 0;
    struct dirent *entry = readdir(folder);
    if (!entry) break;
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (*count == capacity) {
      capacity = capacity ? 2 * capacity : 64;
      names = need(realloc(names, capacity * sizeof *names));
    }
    names[(*count)++] = need(strdup(entry->d_name));
  }
  return names;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void visit_folder(const char *path, unsigned depth, const source_visitor *v) {
  if (depth == MAX_DEPTH) {
    v->fail(v->user, path, "Folders are nested too deeply.");
    return;
  }
  DIR *folder = opendir(path);
  if (!folder) {
    v->fail(v->user, path, strerror(errno));
    return;
  }
  size_t count = 0;
  char **names = list(folder, &count);
  int why = errno;
  closedir(folder);
  if (why) v->fail(v->user, path, strerror(why));
  if (count) qsort(names, count, sizeof *names, by_name);
  for (size_t i = 0; i < count; i++) {
    size_t path_len = strlen(path);
    bool slash = path_len && path[path_len - 1] != '/';
    size_t size = path_len + slash + strlen(names[i]) + 1;
    char *below = need(malloc(size));
    snprintf(below, size, "%s%s%s", path, slash ? "/" : "", names[i]);
    visit(below, depth + 1, v);
    free(below);
    free(names[i]);
  }
  free(names);
}

/* Depth 0: named by the user. */
static void visit(const char *path, unsigned depth, const source_visitor *v) {
  struct stat s;
  if (stat(path, &s)) {
    v->fail(v->user, path, strerror(errno));
  } else if (S_ISDIR(s.st_mode)) {
    struct stat link;
    if (depth && lstat(path, &link) == 0 && S_ISLNK(link.st_mode)) {
      v->fail(v->user, path, "This is a symbolic link to a folder, which is not followed.");
    } else {
      visit_folder(path, depth, v);
    }
  } else if (S_ISREG(s.st_mode) || (depth == 0 && S_ISFIFO(s.st_mode))) {
    visit_file(path, depth == 0, v);
  } else {
    v->fail(v->user, path, why_not(s.st_mode));
  }
}

void source_visit(const char *path, const source_visitor *visitor) {
  if (strcmp(path, "-") == 0) {
    visitor->read(visitor->user, &(source){path, STDIN_FILENO});
  } else {
    visit(path, 0, visitor);
  }
}

long source_read(const source *s, char *data, size_t capacity) {
  ssize_t n;
  do {
    n = read(s->fd, data, capacity);
  } while (n < 0 && errno == EINTR);
  return (long)n;
}
