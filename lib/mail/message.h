/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_MESSAGE_H
#define TRPT_LIB_MAIL_MESSAGE_H

/* A mail, to its parts, in the order in which they stand there. */

#include <stdbool.h>

#include "headers.h"
#include "mail_diagnostics.h"
#include "mail_fault.h"
#include <tlsrpt/mail.h>

enum { TRPT_MAIL_PART_NUMBER_SIZE = 128 };

typedef struct trpt_mail_part {
  const char *data; /* decoded; valid until the next part */
  size_t len;
  trpt_mail_kind kind;
  GMimeMessage *message;  /* a mail within the mail, in place of all above; else NULL */
  const char *number;     /* as IMAP numbers parts, RFC 3501 s6.4.5 */
  const char *media_type; /* in lower case */
  const char *filename;   /* NULL: it has none */
  GMimeObject *object;
  GMimeObject *parent;   /* the multipart that it is in; NULL: it is the whole mail */
  int index;             /* in it */
  trpt_mail_fault fault; /* why there is no data */
} trpt_mail_part;

typedef struct trpt_mail_message trpt_mail_message;

/* `mail` stays until the message is freed. TRPT_E_LIMIT, TRPT_E_MAIL: it cannot be read, see `*fault`; TRPT_E_MEMORY. */
trpt_status trpt_mail_message_new(trpt_mail_message **out, trpt_str mail, const trpt_mail_options *options,
                                  trpt_mail_fault *fault);

/* A mail within `outer`, in its current part, which stays until this one is freed. */
trpt_mail_message *trpt_mail_message_within(const trpt_mail_message *outer, const trpt_mail_part *part);

void trpt_mail_message_free(trpt_mail_message *message);

/* TRPT_OK, TRPT_END, or TRPT_E_MEMORY. */
trpt_status trpt_mail_message_next(trpt_mail_message *message, trpt_mail_part *out);

const trpt_mail_headers *trpt_mail_message_facts(const trpt_mail_message *message);
GMimeObject *trpt_mail_message_root(const trpt_mail_message *message);

/* The bytes of the mail from its header on; of a mail within another, those of the outermost that GMime read. */
trpt_str trpt_mail_message_text(const trpt_mail_message *message);

/* See trpt_mail_diagnostics_place. */
void trpt_mail_message_place(const trpt_mail_message *message, trpt_mail_diagnostics *findings);

#endif
