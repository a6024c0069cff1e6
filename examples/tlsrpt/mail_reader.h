/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_MAILS_H
#define TLSRPT_MAILS_H

/* Reports that lie in mails and archives, which libtrpt-mail finds. */

#include <tlsrpt/mail.h>

#include "input_source.h"
#include "read_options.h"

typedef struct mail_reader mail_reader;

/* Whether this build can; else no input is ever for here. */
bool mail_reader_is_available(void);

/* A report, or a place where one should have been: `s` names it. */
typedef void (*mail_reader_item_fn)(void *user, const input_source *s, const mail_reader *m,
                                    const trpt_mail_item *item);

/* A finding about the mail around the item. */
const trpt_diagnostic *mail_reader_diagnostic(const mail_reader *m, uint32_t i);

/* Ends the command where there is no memory. */
mail_reader *mail_reader_new(const read_options *options);
void mail_reader_free(mail_reader *m);

/* What is enough of an input to tell whether it is for here. */
enum { MAIL_READER_HEAD_LEN = 2048 };

/* Whether bytes that begin so are a mail or an archive, and not a report itself. */
bool mail_reader_accepts(const char *head, size_t len);

/* Hands on all that is in the input. Returns 0, or errno where the system gave no more of it. */
int mail_reader_read(mail_reader *m, input_source *s, mail_reader_item_fn item, void *user);

#endif
