/* SPDX-License-Identifier: MIT */
#include <tlsrpt/mail.h>

#include "../base/text.h"
#include "content_kind.h"
#include "header_lines.h"

/* Reads only the raw header, without GMime, because callers ask this about each mail in a mailbox. */

/* Whether Content-Type is multipart/report with report-type=tlsrpt, or the media type of a report. */
static bool is_media_type(trpt_str field) {
  if (trpt_header_contains(field, "application/tlsrpt")) return true;
  if (!trpt_header_contains(field, "multipart/report")) return false;
  while (field.len && !trpt_str_begins_nocase(field, "report-type")) field = trpt_str_from(field, 1);
  while (field.len && *field.ptr != '=') field = trpt_str_from(field, 1);
  while (field.len && (*field.ptr == '=' || *field.ptr == '"' || *field.ptr <= ' ')) field = trpt_str_from(field, 1);
  return trpt_str_begins_nocase(field, "tlsrpt");
}

static bool is_subject(trpt_str field) {
  return trpt_header_contains(field, "Report Domain:") && trpt_header_contains(field, "Submitter:") &&
         trpt_header_contains(field, "Report-ID:") && !trpt_header_contains(field, "DMARC");
}

int32_t trpt_mail_is_report(const void *data, size_t len) {
  trpt_str rest = {data, data ? len : 0};
  bool has_domain = false;
  bool has_submitter = false;
  bool has_subject = false;
  bool has_begun = false;
  while (rest.len) {
    const trpt_str field = trpt_header_take_field(&rest);
    if (trpt_header_is_empty_line(field)) {
      if (has_begun) return 0;
      continue;
    }
    has_begun |= trpt_mail_is_field(field.ptr, field.len);
    if (trpt_header_is_named(field, "Content-Type") && is_media_type(field)) return 1;
    has_domain |= trpt_header_is_named(field, "TLS-Report-Domain");
    has_submitter |= trpt_header_is_named(field, "TLS-Report-Submitter");
    has_subject |= trpt_header_is_named(field, "Subject") && is_subject(field);
    if (has_domain && (has_submitter || has_subject)) return 1;
  }
  return 0;
}
