/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_MBOX_H
#define TRPT_LIB_MAIL_MBOX_H

/* The mails of an mbox, RFC 4155. */

#include "container.h"
#include "mail_source.h"

/* The next mail, without its line "From ", as trpt_mail_container_next gives it. It lies in the source: the caller drops `*taken`
   bytes before the next call. */
trpt_status trpt_mail_mbox_next(trpt_mail_source *source, uint64_t max_message, trpt_mail_member *out, size_t *taken);

#endif
