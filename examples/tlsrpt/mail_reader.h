/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_MAIL_READER_H
#define TLSRPT_MAIL_READER_H

/* Finds reports in mails and archives, with libtrpt-mail. */

#include <tlsrpt/mail.h>

#include "input_source.h"
#include "read_options.h"

typedef struct mail_reader mail_reader;

/* Whether this build has libtrpt-mail. Otherwise mail_reader_accepts is always false. */
bool mail_reader_is_available(void);

/* Receives a report, or the error where a report was expected. `s` has its name. */
typedef void (*mail_reader_item_fn)(void *user, const input_source *s, const mail_reader *m,
                                    const trpt_mail_item *item);

/* Returns a diagnostic about the mail that contains the item. */
const trpt_diagnostic *mail_reader_diagnostic(const mail_reader *m, uint32_t i);

/* Ends the command if memory is exhausted. */
mail_reader *mail_reader_new(const read_options *options);
void mail_reader_free(mail_reader *m);

/* Bytes of an input that mail_reader_accepts needs. */
enum { MAIL_READER_HEAD_LEN = 2048 };

/* Whether an input with this beginning is a mail or an archive, and not a report itself. */
bool mail_reader_accepts(const char *head, size_t len);

/* Calls `item` for each item in the input. Returns 0, or errno if reading failed. */
int mail_reader_read(mail_reader *m, input_source *s, mail_reader_item_fn item, void *user);

#endif
