/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_MAILS_H
#define TLSRPT_MAILS_H

/* Reports that lie in mails and archives, which libtrpt-mail finds. */

#include <tlsrpt/mail.h>

#include "choice.h"
#include "source.h"

typedef struct mails mails;

/* Whether this build can; else no input is ever for here. */
bool mails_are_read(void);

/* A report, or a place where one should have been: `s` names it. */
typedef void (*mails_item_fn)(void *user, const input_source *s, const mails *m, const trpt_mail_item *item);

/* A finding about the mail around the item. */
const trpt_diagnostic *mails_finding(const mails *m, uint32_t i);

/* Ends the command where there is no memory. */
mails *mails_new(const choice *c);
void mails_free(mails *m);

/* What is enough of an input to tell whether it is for here. */
enum { MAILS_HEAD = 2048 };

/* Whether bytes that begin so are a mail or an archive, and not a report itself. */
bool mails_has(const char *head, size_t len);

/* Hands on all that is in the input. Returns 0, or errno where the system gave no more of it. */
int mails_read(mails *m, input_source *s, mails_item_fn item, void *user);

#endif
