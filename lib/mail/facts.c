/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include <string.h>

static const char *const names[TRPT_MAIL_FIELD_COUNT] = {"From",       "Subject",           "Date",
                                                         "Message-ID", "TLS-Report-Domain", "TLS-Report-Submitter"};

const char *trpt_mail_field_name(trpt_mail_field field) { return names[field]; }

char *trpt_mail_unfold(const char *raw) {
  char *text = g_mime_utils_header_unfold(raw);
  return text ? g_strstrip(text) : NULL;
}

static char *decode(const char *raw) {
  if (!raw) return NULL;
  char *unfolded = trpt_mail_unfold(raw);
  char *decoded = g_mime_utils_header_decode_text(NULL, unfolded);
  g_free(unfolded);
  return decoded;
}

void trpt_mail_facts_read(trpt_mail_facts *facts, GMimeObject *mail) {
  GMimeHeaderList *list = g_mime_object_get_header_list(mail);
  for (size_t i = 0; i < TRPT_MAIL_FIELD_COUNT; i++) {
    GMimeHeader *header = g_mime_header_list_get_header(list, names[i]);
    facts->text[i] = header ? decode(g_mime_header_get_raw_value(header)) : NULL;
    facts->offset[i] = trpt_mail_field_offset(mail, names[i]);
  }
}

void trpt_mail_facts_clear(trpt_mail_facts *facts) {
  for (size_t i = 0; i < TRPT_MAIL_FIELD_COUNT; i++) g_free(facts->text[i]);
  *facts = (trpt_mail_facts){0};
}

int64_t trpt_mail_date(const char *text) {
  GDateTime *date = text ? g_mime_utils_header_decode_date(text) : NULL;
  if (!date) return INT64_MIN;
  const int64_t seconds = g_date_time_to_unix(date);
  g_date_time_unref(date);
  return seconds;
}

uint64_t trpt_mail_field_offset(GMimeObject *object, const char *name) {
  GMimeHeader *header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
  const gint64 offset = header ? g_mime_header_get_offset(header) : 0;
  return offset > 0 ? (uint64_t)offset : 0;
}
