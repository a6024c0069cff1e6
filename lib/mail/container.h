/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_CONTAINER_H
#define TRPT_LIB_MAIL_CONTAINER_H

/* Splits an input into members, each of which may be a report or a mail: the mails of an mbox, the entries of a tar or
   zip, or the input itself. Of an mbox or tar, only one member is in memory at a time. */

#include <tlsrpt/mail.h>

#include "unit.h"

typedef struct trpt_mail_member {
  /* Valid until the next call on the container. */
  const char *data;
  size_t len;
  trpt_mail_kind kind; /* of `data` */
  trpt_str name;       /* of an entry, as written */
  uint64_t number;     /* from 1; 0: the input itself */
  uint64_t offset;     /* of the mail or entry in the input */
  /* Why `data` is NULL: TRPT_E_LIMIT, TRPT_E_MAIL, TRPT_E_UNSUPPORTED, or TRPT_E_NO_REPORT if the input is empty. */
  trpt_mail_fault fault;
} trpt_mail_member;

typedef struct trpt_mail_container trpt_mail_container;

/* A whole input, from `read`, or from `data` if `read` is NULL. Each member of an mbox or tar begins a unit, and any other
   input is a unit. Returns NULL if out of memory. */
trpt_mail_container *trpt_mail_container_new(trpt_mail_read_fn read, void *user, const void *data, size_t len,
                                             const trpt_mail_limits *limits);

/* A container inside the current unit. `is_gzip`: the data is gzip around it. Returns NULL if out of memory. */
trpt_mail_container *trpt_mail_container_within(trpt_str data, bool is_gzip, const trpt_mail_limits *limits);

/* Makes the input one member that is longer than max_message, whatever its kind. */
void trpt_mail_container_refuse(trpt_mail_container *container);

void trpt_mail_container_free(trpt_mail_container *container);

/* The kind of the input, for gzip around a tar or mbox that of the tar or mbox. UNKNOWN before the first member. */
trpt_mail_kind trpt_mail_container_kind(const trpt_mail_container *container);

/* Whether the container is gzip in gzip. */
bool trpt_mail_container_is_gzip_in_gzip(const trpt_mail_container *container);

/* Returns TRPT_OK and the next member, whether readable or not. Otherwise returns TRPT_END, TRPT_E_CANCELED or
   TRPT_E_MEMORY. Skips everything in an archive that is not a regular file, such as directories and links. */
trpt_status trpt_mail_container_next(trpt_mail_container *container, trpt_mail_member *out);

#endif
