/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_HEADERS_H
#define TRPT_LIB_MAIL_HEADERS_H

/* The header fields that describe the origin of a report. */

#include <stdbool.h>

#include <gmime/gmime.h>

#include <tlsrpt/status.h>

#include "subject.h"

typedef enum trpt_mail_field {
  TRPT_MAIL_FROM,
  TRPT_MAIL_SUBJECT,
  TRPT_MAIL_DATE,
  TRPT_MAIL_MESSAGE_ID,
  TRPT_MAIL_REPORT_DOMAIN,
  TRPT_MAIL_REPORT_SUBMITTER,
  TRPT_MAIL_FIELD_COUNT
} trpt_mail_field;

typedef struct trpt_mail_headers {
  trpt_str text[TRPT_MAIL_FIELD_COUNT]; /* decoded and unfolded; allocated with GLib */
  uint64_t offset[TRPT_MAIL_FIELD_COUNT];
  bool repeated[TRPT_MAIL_FIELD_COUNT]; /* the first one is used, but never for a decision about trust */
  trpt_str sender;                      /* the domain of From; empty unless there is exactly one; allocated likewise */
  trpt_subject subject;
  int64_t date; /* Unix seconds; INT64_MIN: absent or unreadable */
} trpt_mail_headers;

void trpt_mail_headers_read(trpt_mail_headers *headers, GMimeObject *mail);
void trpt_mail_headers_clear(trpt_mail_headers *headers);

const char *trpt_mail_field_name(trpt_mail_field field);

/* The offset of a header field in the mail; 0 if GMime does not know it. */
uint64_t trpt_mail_header_offset(GMimeHeader *header);

/* The same for the first field with this name; 0 if absent. */
uint64_t trpt_mail_field_offset(GMimeObject *object, const char *name);

/* An unfolded field without surrounding whitespace. Free it with g_free. */
char *trpt_mail_unfold(const char *raw);

#endif
