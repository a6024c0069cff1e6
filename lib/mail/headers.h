/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_FACTS_H
#define TRPT_LIB_MAIL_FACTS_H

/* The header fields that say where a report came from. */

#include <stdbool.h>

#include <gmime/gmime.h>

#include <tlsrpt/status.h>

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
  char *text[TRPT_MAIL_FIELD_COUNT]; /* decoded and unfolded; NULL: absent */
  uint64_t offset[TRPT_MAIL_FIELD_COUNT];
  bool repeated[TRPT_MAIL_FIELD_COUNT]; /* the first counts, but nothing is trusted that hangs on it */
  char *sender;                         /* the domain of From; "": there is none, or not one alone */
} trpt_mail_headers;

void trpt_mail_headers_read(trpt_mail_headers *facts, GMimeObject *mail);
void trpt_mail_headers_clear(trpt_mail_headers *facts);

const char *trpt_mail_field_name(trpt_mail_field field);

/* Unix seconds; INT64_MIN: absent or unreadable. */
int64_t trpt_mail_date(const char *text);

/* Where a header field begins in the mail; 0 where there is none. */
uint64_t trpt_mail_field_offset(GMimeObject *object, const char *name);

/* A field without its folds and what surrounds it; to be freed with g_free. */
char *trpt_mail_unfold(const char *raw);

#endif
