/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_MAILDIR_H
#define TLSRPT_MAILDIR_H

/* The messages of a Maildir. Programs move them from `new` to `cur`, and rename them there, at any time. The part of a
   name before ":2," never changes. */

#include <stdbool.h>

/* Whether the entry `name` of the folder `fd` is a folder with the folders `cur` and `new`. "." is the folder itself. */
bool maildir_is_at(int fd, const char *name);

typedef struct maildir_visitor {
  /* Opens and reads `name`, which is "cur/..." or "new/...". Returns false if there is no such file any more. */
  bool (*read)(void *user, const char *name);
  void (*fail)(void *user, const char *name, int error); /* `name` cannot be read. `error` is an errno. */
  void *user;
} maildir_visitor;

/**
 * Visits each message in `cur` and `new` of the Maildir at `path` once, in the order of names. A message that was moved
 * after the folders were listed is found again by the part of its name that does not change, after all others. One that
 * was deleted is skipped.
 */
void maildir_visit(const char *path, const maildir_visitor *visitor);

#endif
