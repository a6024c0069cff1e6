/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_SOURCE_H
#define TRPT_LIB_MAIL_SOURCE_H

/* The bytes of an input. Those that were read and not yet consumed are contiguous. An input that is whole in memory is
   not copied. */

#include <stdbool.h>

#include <tlsrpt/mail.h>

typedef struct trpt_mail_source {
  const char *data; /* available bytes */
  size_t len;
  uint64_t offset;        /* of `data` in the input */
  bool ended;             /* nothing follows them */
  trpt_mail_read_fn read; /* TRPT_E_MEMORY means that, everything else but 0 that the caller stopped */
  void *user;
  char *memory;
  size_t capacity;
} trpt_mail_source;

void trpt_mail_source_begin(trpt_mail_source *source, trpt_mail_read_fn read, void *user, const void *data, size_t len);
void trpt_mail_source_end(trpt_mail_source *source);

/* Reads until `len` bytes are available, or the input ends. Returns TRPT_OK, TRPT_E_CANCELED or TRPT_E_MEMORY. `data`
   may move. */
trpt_status trpt_mail_source_need(trpt_mail_source *source, size_t len);

/* Removes the first `len` available bytes. */
void trpt_mail_source_consume(trpt_mail_source *source, size_t len);

#endif
