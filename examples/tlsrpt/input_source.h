/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SOURCE_H
#define TLSRPT_SOURCE_H

/* What the PATHs of a command name: files, folders with all files below them, and standard input. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagnostic_output.h"

/* One input: a descriptor that is open, or bytes. */
typedef struct input_source {
  const char *name; /* the path; "-" for standard input; of an item of it the key or "stdin:N" */
  uint64_t item;    /* its number, from 1, where `name` does not tell it; else 0 */
  int fd;           /* -1: bytes */
  bool waits;       /* reading may have to wait */
  bool ended;
  uint64_t left;    /* of a file: how much should still come */
  size_t peeked;    /* bytes that input_next gives first */
  const char *data; /* bytes that were not yet taken */
  size_t len;
} input_source;

typedef struct input_visitor {
  void (*read)(void *user, input_source *s);
  void (*fail)(void *user, const input_source *s, const problem *p); /* an input, or a folder, that cannot be read */
  void *user;
} input_visitor;

/**
 * Visits what a path names, a folder's content sorted by name. What is named itself may be a file, a folder, a FIFO or "-", all
 * also behind a symbolic link. Inside a folder only files are read, so that nothing there can make the command wait; a
 * link to a folder is not followed, so that no loop can catch it. All else is a failure.
 */
void input_visit(const char *path, const input_visitor *visitor);

/* Visits one path of a list, which may name a file and nothing else. `item` is its number in the list. */
void input_visit_file(const char *path, uint64_t item, const input_visitor *visitor);

/* Standard input as one source. */
input_source input_stdin(void);

/* The next bytes, valid until the next call for any source; how many, 0 at the end, -1 with errno. Before it waits all output
   is handed out. */
long input_next(input_source *s, const char **data);

/* The first bytes, `want` of them or all that there are, which input_next gives once more; how many, -1 with errno. Before any
   input_next only, and for no other source before this one has ended. */
long input_peek(input_source *s, size_t want, const char **data);

/* As input_next, into memory of the caller's, which has room. */
long input_read(input_source *s, char *data, size_t capacity);

/* From now on SIGINT ends the input, so that what was read can be shown. */
void input_stop_on_interrupt(void);
bool input_interrupted(void);

/* Bytes that all descriptors gave so far. */
uint64_t input_bytes(void);

/* What messages call the input: "NAME" or "NAME: item N". */
void input_label(buffer *out, const input_source *s);

#endif
