/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_MAIL_READER_H
#define TLSRPT_MAIL_READER_H

/* Finds reports in mails and archives, with libtrpt-mail. */

#include <tlsrpt/mail.h>

#include "input_source.h"
#include "read_options.h"

typedef struct mail_reader mail_reader;

/* Whether this build has libtrpt-mail. */
bool mail_reader_is_available(void);

/* Receives a report, or the error where a report was expected. `s` has its name. */
typedef void (*mail_reader_item_fn)(void *user, const input_source *s, mail_reader *m, const trpt_mail_item *item);

/* Adds what is known about the mail of an item. */
void mail_reader_describe(const trpt_mail_item *item, trpt_source *out);

/* Transfers ownership of the item's report to the caller, who frees it with trpt_report_free. */
trpt_report *mail_reader_take(mail_reader *m);

/* Returns a diagnostic about the mail that contains the item. */
const trpt_diagnostic *mail_reader_diagnostic(const mail_reader *m, uint32_t i);

/* Ends the command if memory is exhausted. */
mail_reader *mail_reader_new(const read_options *options);
void mail_reader_free(mail_reader *m);

/* Bytes of an input that mail_reader_kind needs. */
enum { MAIL_READER_HEAD_LEN = 2048 };

/* The kind of an input with this beginning. Without libtrpt-mail, fewer kinds are recognized. */
trpt_mail_kind mail_reader_kind(const char *head, size_t len);

/* Whether mail_reader_read reads this kind, because it may contain reports or has an error of its own. The parser of
   reports reads the others. */
bool mail_reader_accepts(trpt_mail_kind kind);

/* Calls `item` for each item in the input. Returns 0, or errno if reading failed. */
int mail_reader_read(mail_reader *m, input_source *s, mail_reader_item_fn item, void *user);

#endif
