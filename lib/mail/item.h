/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_ITEM_H
#define TRPT_LIB_MAIL_ITEM_H

/* Items: what trpt_mail_next returns, with its origin, its diagnostics and its limits. */

#include "mail_state.h"

/* Prepares for the next item. */
void trpt_item_release(trpt_mail *mail);

void trpt_item_discard_report(trpt_mail *mail);

/* Returns the report, or the error in `item_error`. `kind` is that of the report or of what cannot be read. */
trpt_step trpt_item_return(trpt_mail *mail, trpt_mail_kind kind);
trpt_step trpt_item_return_fault(trpt_mail *mail, trpt_mail_kind kind, trpt_mail_fault fault);

/* What cannot be read. In a mail that does not claim to be a report it is other content, and skipped, unless a limit was
   exceeded. */
trpt_step trpt_item_return_unreadable(trpt_mail *mail, trpt_mail_kind kind, trpt_mail_fault fault);

/* The error in `item_error`, or one with this status and code. It is other content unless it claims to be a report. */
trpt_step trpt_item_return_other(trpt_mail *mail, trpt_mail_kind kind);
trpt_step trpt_item_return_code(trpt_mail *mail, trpt_mail_kind kind, trpt_status status, trpt_code code);

/* Content of a kind that is never a report. */
trpt_step trpt_item_return_kind(trpt_mail *mail, trpt_mail_kind kind, bool is_expected);

/* Whether a part is labelled as a report. Other parts are read too if they are gzip or JSON. */
bool trpt_item_is_labelled_part(const trpt_mail_part *part);

/* Whether a label or a name says that the current content is a report. */
bool trpt_item_has_claim(const trpt_mail *mail);

/* Whether content claims to be a report. A body or an attachment that is text may begin with any character. */
bool trpt_item_is_report_content(const trpt_mail *mail, const char *data, size_t len);

#endif
