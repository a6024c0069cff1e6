/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_MBOX_H
#define TRPT_LIB_MAIL_MBOX_H

/* The mails of an mbox, RFC 4155. */

#include "pieces.h"
#include "source.h"

/* The next mail, without its line "From ", as trpt_mail_pieces_next gives it. It lies in the source: the caller drops `*taken`
   bytes before the next call. */
trpt_status trpt_mail_mbox_next(trpt_mail_source *source, uint64_t max_message, trpt_mail_piece *out, size_t *taken);

#endif
