/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SOURCE_H
#define TLSRPT_SOURCE_H

/* What the PATHs of a command name: files, folders with all files below them, and standard input. */

#include <stddef.h>

/* An input that is open. */
typedef struct source {
  const char *name; /* the path; "-" for standard input */
  int fd;
} source;

typedef struct source_visitor {
  void (*read)(void *user, const source *s);
  void (*fail)(void *user, const char *name, const char *why); /* an input, or a folder, that cannot be read */
  void *user;
} source_visitor;

/**
 * Visits what a path names, a folder's content sorted by name. What is named itself may be a file, a folder, a FIFO or "-", all
 * also behind a symbolic link. Inside a folder only files are read, so that nothing there can make the command wait; a
 * link to a folder is not followed, so that no loop can catch it. All else is a failure.
 */
void source_visit(const char *path, const source_visitor *visitor);

/* Bytes that were read, 0 at the end, -1 with errno. */
long source_read(const source *s, char *data, size_t capacity);

#endif
