/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_MBOX_H
#define TRPT_LIB_MAIL_MBOX_H

/* The mails of an mbox, RFC 4155. */

#include "container.h"
#include "mail_source.h"

/* Returns the next mail without its "From " line, like trpt_mail_container_next. It points into the source; the caller
   consumes `*mail_size` bytes before the next call. */
trpt_status trpt_mail_mbox_next(trpt_mail_source *source, uint64_t max_message, trpt_mail_member *out,
                                size_t *mail_size);

#endif
