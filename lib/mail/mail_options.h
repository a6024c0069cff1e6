/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_OPTIONS_H
#define TRPT_LIB_MAIL_OPTIONS_H

#include <stdbool.h>

#include <tlsrpt/mail.h>

/* Reads the caller's options, which may be of an older or newer version or NULL, with defaults in place of zeros. False where they
   are not valid. */
bool trpt_mail_options_read(trpt_mail_options *out, const trpt_mail_options *options);

#endif
