/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_RESTORE_H
#define TRPT_LIB_RESTORE_H

/* Undoes what happens to a record when people copy it. Never changes the destination that the owner meant. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* Removes the notation of zone files, backslashes, and invisible characters. Writes the result to `buffer` and makes
   `*text` point there; a text without any of these stays as it is. Returns false if the result does not fit. */
bool trpt_restore_text(trpt_str *text, char *buffer, size_t capacity);

/* A destination in two parts, since no buffer holds both. */
typedef struct trpt_restored_uri {
  const char *scheme; /* "mailto:" or "https://" */
  trpt_str rest;      /* not empty */
  bool decode_at;     /* the first "%40" of the rest is the "@" of the address */
} trpt_restored_uri;

/* Reads a destination, which is not empty, as its owner meant it. Returns false if RFC 8460 does not support it, or if its meaning
   is unclear. */
bool trpt_restore_uri(trpt_str uri, trpt_restored_uri *out);

#endif
