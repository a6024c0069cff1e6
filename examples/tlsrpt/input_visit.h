/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_INPUT_VISIT_H
#define TLSRPT_INPUT_VISIT_H

/* Visits the inputs that the PATH operands of a command name: files, folders with all files below them, Maildirs, and
   standard input. */

#include "input_source.h"

typedef struct input_visitor {
  /* A file was found, and may be open already. Returns whether the visitor takes it, to read it later with input_visit_found. May be
     NULL. */
  bool (*found)(void *user, const input_source *s);
  void (*read)(void *user, input_source *s);
  void (*fail)(void *user, const input_source *s, const problem *p); /* an input or a folder cannot be read */
  /* A folder has something that is neither a file nor a folder, such as a FIFO or a device. May be NULL. */
  void (*skip)(void *user);
  void *user;
} input_visitor;

/**
 * Visits all inputs that a path names. The path may be a file, a folder, a FIFO, a symbolic link to one of these, or
 * "-". A folder is visited in the order of names. Within a folder, only files are read, so nothing in it can make the
 * command block. Links to folders are a failure there, because they may form a loop. Everything else is skipped.
 *
 * Hidden entries of a folder are skipped (lib/base/entry_name.h), except for folders that are Maildirs. In a Maildir,
 * the messages in `cur` and `new` are visited (maildir.h), then the subfolders that are Maildirs themselves; all else is
 * left alone.
 */
void input_visit(const char *path, const input_visitor *visitor);

/* Visits a path that the user named, which must be a file, a FIFO or "-". */
void input_visit_named_file(const char *path, const input_visitor *visitor);

/* Visits a file that `found` took. */
void input_visit_found(const input_source *s, const input_visitor *visitor);

/* Visits one path of a list, which must name a file. `item` is its number in the list. */
void input_visit_file(const char *path, uint64_t item, const input_visitor *visitor);

#endif
