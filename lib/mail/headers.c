/* SPDX-License-Identifier: MIT */
#include "headers.h"

#include "../base/text.h"
#include "mail_domain.h"

static const char *const names[TRPT_MAIL_FIELD_COUNT] = {"From",       "Subject",           "Date",
                                                         "Message-ID", "TLS-Report-Domain", "TLS-Report-Submitter"};

const char *trpt_mail_field_name(trpt_mail_field field) { return names[field]; }

char *trpt_mail_unfold(const char *raw) {
  char *text = g_mime_utils_header_unfold(raw);
  return g_strstrip(text);
}

uint64_t trpt_mail_header_offset(GMimeHeader *header) {
  const gint64 offset = g_mime_header_get_offset(header);
  return offset > 0 ? (uint64_t)offset : 0;
}

static void read_header(trpt_mail_headers *headers, trpt_mail_field field, GMimeHeader *header) {
  headers->repeated[field] = headers->text[field].ptr != NULL;
  if (headers->repeated[field]) return;
  char *unfolded = trpt_mail_unfold(g_mime_header_get_raw_value(header));
  headers->offset[field] = trpt_mail_header_offset(header);
  headers->text[field] = trpt_str_of(g_mime_utils_header_decode_text(NULL, unfolded));
  if (field == TRPT_MAIL_FROM) {
    const trpt_str domain = trpt_domain_of_address(trpt_str_of(unfolded));
    headers->sender = (trpt_str){g_strndup(domain.ptr, domain.len), domain.len};
  }
  g_free(unfolded);
}

static int64_t read_date(const char *text) {
  GDateTime *date = text ? g_mime_utils_header_decode_date(text) : NULL;
  if (!date) return INT64_MIN;
  const int64_t seconds = g_date_time_to_unix(date);
  g_date_time_unref(date);
  return seconds;
}

void trpt_mail_headers_read(trpt_mail_headers *headers, GMimeObject *mail) {
  GMimeHeaderList *list = g_mime_object_get_header_list(mail);
  const int count = g_mime_header_list_get_count(list);
  for (int i = 0; i < count; i++) {
    GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
    const char *name = g_mime_header_get_name(header);
    for (size_t field = 0; field < TRPT_MAIL_FIELD_COUNT; field++)
      if (g_ascii_strcasecmp(name, names[field]) == 0) read_header(headers, (trpt_mail_field)field, header);
  }
  headers->subject = trpt_subject_parse(headers->text[TRPT_MAIL_SUBJECT]);
  headers->date = read_date(headers->text[TRPT_MAIL_DATE].ptr);
}

static void free_text(trpt_str text) { g_free((char *)(uintptr_t)text.ptr); }

void trpt_mail_headers_clear(trpt_mail_headers *headers) {
  for (size_t i = 0; i < TRPT_MAIL_FIELD_COUNT; i++) free_text(headers->text[i]);
  free_text(headers->sender);
  *headers = (trpt_mail_headers){0};
}

uint64_t trpt_mail_field_offset(GMimeObject *object, const char *name) {
  GMimeHeader *header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
  return header ? trpt_mail_header_offset(header) : 0;
}
