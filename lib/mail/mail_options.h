/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_OPTIONS_H
#define TRPT_LIB_MAIL_OPTIONS_H

#include <stdbool.h>

#include <tlsrpt/mail.h>

/* Copies the caller's options, which may be of an older or newer version or NULL, and replaces zeros by defaults.
   Returns false if they are invalid. */
bool trpt_mail_options_read(trpt_mail_options *out, const trpt_mail_options *options);

#endif
