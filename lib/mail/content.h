/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_CONTENT_H
#define TRPT_LIB_MAIL_CONTENT_H

/* Takes an input apart: containers, mails and their parts, until an item is found. */

#include "mail_state.h"

/* Looks at the next member or part of the innermost level, which must exist. */
trpt_step trpt_content_step(trpt_mail *mail);

/* Leaves the innermost level. */
void trpt_content_pop(trpt_mail *mail);

#endif
