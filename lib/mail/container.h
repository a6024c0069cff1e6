/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_PIECES_H
#define TRPT_LIB_MAIL_PIECES_H

/* Takes an input apart into pieces that may each be a report or a mail: the mails of an mbox, the entries of a tar or a zip, or the
   input itself. One piece is in memory at a time. */

#include <stdbool.h>

#include <tlsrpt/mail.h>

#include "mail_fault.h"

typedef struct trpt_mail_limits {
  uint64_t max_message;
  uint64_t max_inflated;
  uint64_t *inflated; /* what came out of this zip and of those around it, up to max_inflated */
  uint32_t max_entries;
  uint32_t max_ratio;
} trpt_mail_limits;

typedef struct trpt_mail_member {
  /* Valid until the next call on the pieces. */
  const char *data;
  size_t len;
  trpt_mail_kind kind; /* of `data` */
  trpt_str name;       /* of an entry, as it stands there */
  uint64_t number;     /* from 1; 0: the input itself */
  uint64_t offset;     /* of the mail or entry in the input */
  /* Why `data` is NULL: TRPT_E_LIMIT, TRPT_E_MAIL, TRPT_E_UNSUPPORTED, TRPT_E_NO_REPORT (it is empty). */
  trpt_mail_fault fault;
} trpt_mail_member;

typedef struct trpt_mail_container trpt_mail_container;

/* Bytes from `read`, or where that is NULL those at `data`. NULL where there is no memory. */
trpt_mail_container *trpt_mail_container_new(trpt_mail_read_fn read, void *user, const void *data, size_t len,
                                             const trpt_mail_limits *limits);
void trpt_mail_container_free(trpt_mail_container *pieces);

/* What the input is. TRPT_MAIL_KIND_UNKNOWN before the first piece. */
trpt_mail_kind trpt_mail_container_container(const trpt_mail_container *pieces);

/* TRPT_OK: the next piece, be it one that could not be read. TRPT_END, TRPT_E_CANCELED, TRPT_E_MEMORY: there is none. Directories,
   links and all else in an archive that is no file are passed over. */
trpt_status trpt_mail_container_next(trpt_mail_container *pieces, trpt_mail_member *out);

#endif
