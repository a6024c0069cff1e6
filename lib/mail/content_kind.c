/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../base/text.h"
#include "content_kind.h"

enum { TAR_BLOCK_SIZE = 512, TAR_CHECKSUM_OFFSET = 148, TAR_CHECKSUM_SIZE = 8 };

/* Formats with fixed first bytes. A zip without entries consists only of its end record. */
static const struct {
  const char *bytes;
  size_t len;
  trpt_mail_kind kind;
} magics[] = {
    {"\x1F\x8B", 2, TRPT_MAIL_KIND_GZIP},
    {"PK\x03\x04", 4, TRPT_MAIL_KIND_ZIP},
    {"PK\x05\x06", 4, TRPT_MAIL_KIND_ZIP},
    {"BZh", 3, TRPT_MAIL_KIND_BZIP2},
    {"\xFD\x37zXZ\x00", 6, TRPT_MAIL_KIND_XZ},
    {"\x28\xB5\x2F\xFD", 4, TRPT_MAIL_KIND_ZSTD},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, TRPT_MAIL_KIND_OUTLOOK},
    {"!BDN", 4, TRPT_MAIL_KIND_OUTLOOK},
};

static const char *const names[] = {"unknown", "json", "gzip", "zip",       "tar",   "mbox", "message",
                                    "bzip2",   "xz",   "zstd", "wide-json", "dmarc", "html", "outlook"};

const char *trpt_mail_kind_name(trpt_mail_kind kind) {
  return kind >= 0 && (size_t)kind < sizeof names / sizeof names[0] ? names[kind] : names[0];
}

/* A tar header contains the sum of its bytes in octal. The sum counts its own field as spaces. */
static bool is_tar(const unsigned char *data, size_t len) {
  if (len < TAR_BLOCK_SIZE || !data[0]) return false;
  uint32_t sum = TAR_CHECKSUM_SIZE * ' ';
  uint32_t written = 0;
  for (size_t i = 0; i < TAR_BLOCK_SIZE; i++)
    if (i < TAR_CHECKSUM_OFFSET || i >= TAR_CHECKSUM_OFFSET + TAR_CHECKSUM_SIZE) sum += data[i];
  size_t i = TAR_CHECKSUM_OFFSET;
  while (i < TAR_CHECKSUM_OFFSET + TAR_CHECKSUM_SIZE - 1 && data[i] == ' ') i++;
  for (; i < TAR_CHECKSUM_OFFSET + TAR_CHECKSUM_SIZE && data[i] >= '0' && data[i] <= '7'; i++)
    written = written * 8 + (uint32_t)(data[i] - '0');
  return sum == written;
}

bool trpt_mail_is_field(const char *data, size_t len) {
  size_t i = 0;
  /* RFC 5322 allows a quotation mark, but no mail has one there, and broken JSON text has. */
  while (i < len && data[i] > ' ' && data[i] <= '~' && data[i] != ':' && data[i] != '"') i++;
  if (!i) return false;
  /* Obsolete syntax allows whitespace before the colon, RFC 5322 s4.5. */
  while (i < len && trpt_is_wsp(data[i])) i++;
  return i < len && data[i] == ':';
}

size_t trpt_mail_blank_len(const char *data, size_t len) {
  static const char mark[] = "\xEF\xBB\xBF";
  size_t i = len >= sizeof mark - 1 && memcmp(data, mark, sizeof mark - 1) == 0 ? sizeof mark - 1 : 0;
  while (i < len && trpt_is_space(data[i])) i++;
  return i;
}

size_t trpt_mail_from_line(const char *data, size_t len, bool *dated) {
  static const char prefix[] = "From ";
  *dated = false;
  if (len < sizeof prefix - 1 || memcmp(data, prefix, sizeof prefix - 1) != 0) return 0;
  if (trpt_mail_is_field(data, len)) return 0;
  const char *line_end = memchr(data, '\n', len);
  if (!line_end) return 0;
  const size_t line = (size_t)(line_end - data) + 1;
  for (size_t i = sizeof prefix; i + 2 < line && !*dated; i++)
    *dated = data[i] == ':' && trpt_is_digit((unsigned char)data[i - 1]) && trpt_is_digit((unsigned char)data[i + 1]);
  /* A mail from another mbox may begin with the quoted "From " line of that mbox. */
  const bool is_quoted = len - line > 6 && memcmp(data + line, ">From ", 6) == 0;
  return is_quoted || trpt_mail_is_field(data + line, len - line) ? line : 0;
}

/* Whether a mail begins, also after a line that was put before it: a quoted "From " line, or a length (Apple Mail). */
static bool is_message(trpt_str text) {
  if (trpt_mail_is_field(text.ptr, text.len)) return true;
  const char *line_end = memchr(text.ptr, '\n', text.len);
  if (!line_end) return false;
  const size_t len = (size_t)(line_end - text.ptr);
  size_t digits = 0;
  while (trpt_is_digit((unsigned char)text.ptr[digits])) digits++;
  const bool is_length = digits && trpt_trim_space((trpt_str){text.ptr, len}).len == digits;
  return (is_length || trpt_str_begins_nocase(text, ">From ")) && trpt_mail_is_field(line_end + 1, text.len - len - 1);
}

/* Whether JSON text begins in UTF-16 or UTF-32: a bracket with zeros around it, maybe after a byte order mark. */
static bool is_wide_json(const char *data, size_t len) {
  enum { BEGINNING = 16 };
  bool has_zero = false;
  size_t i = 0;
  for (; i < len && i < BEGINNING; i++) {
    const unsigned char c = (unsigned char)data[i];
    if (c && c != 0xFE && c != 0xFF && !trpt_is_space(data[i])) break;
    has_zero |= !c;
  }
  return i < len && (data[i] == '{' || data[i] == '[') && (has_zero || (i + 1 < len && !data[i + 1]));
}

static bool contains_nocase(trpt_str text, const char *word) {
  for (; text.len; text = trpt_str_from(text, 1))
    if (trpt_str_begins_nocase(text, word)) return true;
  return false;
}

/* Kinds of text that begin with a tag or a declaration. */
static trpt_mail_kind markup_kind(trpt_str text) {
  static const char *const html[] = {"<!doctype html", "<html", "<head", "<body"};
  if (trpt_str_begins_nocase(text, "<?xml") || trpt_str_begins_nocase(text, "<feedback"))
    return contains_nocase(text, "<feedback") ? TRPT_MAIL_KIND_DMARC : TRPT_MAIL_KIND_UNKNOWN;
  for (size_t i = 0; i < sizeof html / sizeof html[0]; i++)
    if (trpt_str_begins_nocase(text, html[i])) return TRPT_MAIL_KIND_HTML;
  return TRPT_MAIL_KIND_UNKNOWN;
}

trpt_mail_kind trpt_mail_kind_of(const void *data, size_t len) {
  const char *p = data;
  if (!p) return TRPT_MAIL_KIND_UNKNOWN;
  if (len > TRPT_MAIL_KIND_WINDOW_SIZE) len = TRPT_MAIL_KIND_WINDOW_SIZE;
  for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
    if (len >= magics[i].len && memcmp(p, magics[i].bytes, magics[i].len) == 0) return magics[i].kind;
  if (is_tar(data, len)) return TRPT_MAIL_KIND_TAR;
  if (is_wide_json(p, len)) return TRPT_MAIL_KIND_WIDE_JSON;
  const trpt_str whole = {p, len};
  const trpt_str text = trpt_str_from(whole, trpt_mail_blank_len(p, len));
  bool dated;
  if (!text.len) return TRPT_MAIL_KIND_UNKNOWN;
  if (trpt_mail_from_line(text.ptr, text.len, &dated)) return TRPT_MAIL_KIND_MBOX;
  if (*text.ptr == '{' || *text.ptr == '[') return TRPT_MAIL_KIND_JSON;
  if (*text.ptr == '<') return markup_kind(text);
  return is_message(text) ? TRPT_MAIL_KIND_MESSAGE : TRPT_MAIL_KIND_UNKNOWN;
}

trpt_mail_fault trpt_mail_kind_fault(trpt_mail_kind kind) {
  switch (kind) {
  case TRPT_MAIL_KIND_WIDE_JSON:
    return trpt_mail_fault_of(
        TRPT_E_JSON, "The text is UTF-16 or UTF-32. A report must be UTF-8: convert it, for example with iconv.");
  case TRPT_MAIL_KIND_DMARC: return trpt_mail_fault_of(TRPT_E_NO_REPORT, "This is a report of DMARC, not of SMTP TLS.");
  case TRPT_MAIL_KIND_HTML: return trpt_mail_fault_of(TRPT_E_NO_REPORT, "This is an HTML page, not a report.");
  case TRPT_MAIL_KIND_OUTLOOK:
    return trpt_mail_fault_of(
        TRPT_E_NO_REPORT, "This is a binary file of Outlook. Save the mail as text (.eml), or save its attachment.");
  default: return (trpt_mail_fault){0};
  }
}
