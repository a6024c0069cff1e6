/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_PUBLISH_FORMAT_H
#define TLSRPT_PUBLISH_FORMAT_H

/* A record in the notation of the programs that publish it: --publish of `record` and `check`. Its strings have at most
   255 bytes, RFC 1035 s3.3. */

#include <tlsrpt/status.h>

#include "buffer.h"

/* `domain`: where the record is published; absent: not known, so names are relative. */
typedef void publish_format(buffer *out, trpt_str domain, trpt_str record);

/* The formats and their names, for arguments_choose. */
extern const char *const publish_format_names[];
extern publish_format *const publish_formats[];

/* Adds a record with a placeholder for the mailbox, for owners of whose mailbox nothing is known, and how to choose
   one. */
void publish_example(buffer *out);

#endif
