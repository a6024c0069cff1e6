/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_MESSAGE_H
#define TRPT_LIB_MAIL_MESSAGE_H

/* The parts of a mail, in order. */

#include "filename.h"
#include "headers.h"
#include "mail_diagnostics.h"
#include "mail_fault.h"
#include <tlsrpt/mail.h>

enum { TRPT_MAIL_PART_NUMBER_SIZE = 128 };

/* The multipart around a part. */
typedef enum trpt_mail_report_type {
  TRPT_REPORT_TYPE_NONE,
  TRPT_REPORT_TYPE_TLSRPT,
  TRPT_REPORT_TYPE_OTHER
} trpt_mail_report_type;

typedef struct trpt_mail_multipart {
  bool is_report; /* multipart/report */
  trpt_mail_report_type report_type;
  int count;            /* of its parts */
  uint64_t type_offset; /* of its Content-Type, or of that of the mail if there is no multipart */
} trpt_mail_multipart;

/* All that a check of a report needs, so that a part with many reports is looked at only once. */
typedef struct trpt_mail_part {
  const char *data; /* decoded; valid until the next part */
  size_t len;
  trpt_mail_kind kind;
  GMimeMessage *message; /* an attached mail, and the members above are not set; else NULL */
  bool is_set;           /* false: the mail has not begun, or the report is not in a part */
  const char *number;    /* as in IMAP, RFC 3501 s6.4.5 */
  trpt_str media_type;   /* in lower case */
  trpt_str filename;
  trpt_filename parsed_filename;
  uint64_t type_offset;       /* of Content-Type */
  uint64_t filename_offset;   /* of the field with the filename */
  const char *filename_field; /* its name */
  const trpt_mail_multipart *multipart;
  int index;             /* in the multipart, from 0 */
  trpt_mail_fault fault; /* why `data` is not set */
} trpt_mail_part;

typedef struct trpt_mail_message trpt_mail_message;

/* `mail` must stay valid until the message is freed. Returns TRPT_OK, TRPT_E_MEMORY, or TRPT_E_LIMIT or TRPT_E_MAIL
   with `*fault`. */
trpt_status trpt_mail_message_new(trpt_mail_message **out, trpt_str mail, const trpt_mail_options *options,
                                  trpt_mail_fault *fault);

/* The attached mail in the current part of `outer`, which must stay valid until this one is freed. NULL if out of
   memory. */
trpt_mail_message *trpt_mail_message_within(const trpt_mail_message *outer, const trpt_mail_part *part);

void trpt_mail_message_free(trpt_mail_message *message);

/* Returns TRPT_OK, TRPT_END or TRPT_E_MEMORY. */
trpt_status trpt_mail_message_next(trpt_mail_message *message, trpt_mail_part *out);

const trpt_mail_headers *trpt_mail_message_headers(const trpt_mail_message *message);
GMimeObject *trpt_mail_message_root(const trpt_mail_message *message);

/* Whether the header of the mail has fields other than those of its content. */
bool trpt_mail_message_has_fields(const trpt_mail_message *message);

/* The bytes of the outermost mail from its header on. */
trpt_str trpt_mail_message_text(const trpt_mail_message *message);

/* See trpt_mail_diagnostics_locate. */
void trpt_mail_message_locate(const trpt_mail_message *message, trpt_mail_diagnostics *diagnostics);

#endif
