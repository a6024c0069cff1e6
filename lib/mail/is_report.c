/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <tlsrpt/mail.h>

#include "kind.h"

/* The header alone, without what reads mail: this is asked of each mail of a mailbox. */

static bool begins_with(const char *text, size_t len, const char *word) {
  const size_t word_len = strlen(word);
  return len >= word_len && strncasecmp(text, word, word_len) == 0;
}

static bool contains(const char *text, size_t len, const char *word) {
  for (size_t i = 0; i < len; i++)
    if (begins_with(text + i, len - i, word)) return true;
  return false;
}

/* The length of the field that begins here, with the lines that continue it. */
static size_t field_length(const char *text, size_t len) {
  size_t at = 0;
  do {
    const char *end = memchr(text + at, '\n', len - at);
    at = end ? (size_t)(end - text) + 1 : len;
  } while (at < len && (text[at] == ' ' || text[at] == '\t'));
  return at;
}

static bool is_media_type(const char *field, size_t len) {
  if (contains(field, len, "application/tlsrpt")) return true;
  if (!contains(field, len, "multipart/report")) return false;
  for (size_t i = 0; i < len; i++)
    if (begins_with(field + i, len - i, "report-type")) return contains(field + i, len - i, "tlsrpt");
  return false;
}

static bool is_subject(const char *field, size_t len) {
  return contains(field, len, "Report Domain:") && contains(field, len, "Submitter:") &&
         contains(field, len, "Report-ID:") && !contains(field, len, "DMARC");
}

int32_t trpt_mail_is_report(const void *data, size_t len) {
  const char *p = data;
  if (!p) return 0;
  bool dated;
  size_t at = trpt_mail_from_line(p, len, &dated);
  bool domain = false;
  bool submitter = false;
  bool subject = false;
  while (at < len && trpt_mail_is_field(p + at, len - at)) {
    const char *field = p + at;
    const size_t field_len = field_length(field, len - at);
    if (begins_with(field, field_len, "Content-Type") && is_media_type(field, field_len)) return 1;
    domain |= begins_with(field, field_len, "TLS-Report-Domain:");
    submitter |= begins_with(field, field_len, "TLS-Report-Submitter:");
    subject |= begins_with(field, field_len, "Subject:") && is_subject(field, field_len);
    if (domain && (submitter || subject)) return 1;
    at += field_len;
  }
  return 0;
}
