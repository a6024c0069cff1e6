/* SPDX-License-Identifier: MIT */
#include "engines_agree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each string of at most this many bytes fits, however small max_string is. */
enum { ALWAYS_FITS = 63 };

typedef struct ending {
  size_t at; /* where the line "END …" begins in the text of the events */
  char status[32], code[64];
  unsigned long long line, offset;
  const char *where;
} ending;

static ending ending_of(const events *e) {
  ending end = {0};
  const char *line = e->text;
  while (strncmp(line, "END ", 4) != 0) line += strcspn(line, "\n") + 1;
  end.at = (size_t)(line - e->text);
  end.where = "";
  if (sscanf(line, "END %31s code=\"%63[^\"]\" line=%llu column=%*u offset=%llu", end.status, end.code, &end.line,
             &end.offset) == 4)
    end.where = strstr(line, " where=");
  return end;
}

static bool same_events(const events *a, const ending *a_end, const events *b, const ending *b_end) {
  return a_end->at == b_end->at && memcmp(a->text, b->text, a_end->at) == 0;
}

/* ---- errors within a token ---- */

static bool is_delimiter(unsigned char c) { return c <= ' ' || (c && strchr("{}[],:\"", c)); }

/* Whether nothing but the inside of a token lies between two offsets. */
static bool is_one_token(const unsigned char *text, size_t len, unsigned long long from, unsigned long long to) {
  if (from > to || to > len) return false;
  if (from < to && text[from] == '"') return true;
  while (from < to && !is_delimiter(text[from])) from++;
  return from == to;
}

/* yajl reports the token in which the built-in tokenizer reports a byte. */
static bool same_error(const ending *builtin, const ending *yajl, const unsigned char *text, size_t len) {
  if (strcmp(builtin->status, yajl->status) != 0 || strcmp(builtin->code, yajl->code) != 0) return false;
  if (builtin->line != yajl->line || strcmp(builtin->where, yajl->where) != 0) return false;
  return text ? is_one_token(text, len, yajl->offset, builtin->offset) : yajl->offset <= builtin->offset;
}

/* ---- long tokens ---- */

/* How long a token can be once it is decoded: each byte that is not UTF-8 becomes the three bytes of U+FFFD. */
static size_t decoded_len(const unsigned char *text, size_t len) {
  const bool string = text[0] == '"';
  size_t decoded = 1;
  for (size_t at = 1; at < len && (string ? text[at] != '"' : !is_delimiter(text[at])); at++) {
    if (string && text[at] == '\\') at++;
    decoded += at < len && text[at] >= 0x80 ? 3 : 1;
  }
  return decoded;
}

/* yajl refuses a string that is too long for its buffers, which the built-in tokenizer cuts or only checks. Up to there they agree. */
static bool is_too_long(const events *builtin, const events *yajl, const ending *end, const unsigned char *text,
                        size_t len) {
  if (strcmp(end->status, "TRPT_E_LIMIT") != 0 || strcmp(end->code, "json.limit") != 0) return false;
  if (builtin->len < end->at || memcmp(builtin->text, yajl->text, end->at) != 0) return false;
  return !text || (end->offset < len && decoded_len(text + end->offset, len - (size_t)end->offset) > ALWAYS_FITS);
}

/* ---- lone surrogates ---- */

/* The UTF-16 code unit of an escape \uXXXX that begins there, or 0. */
static unsigned long escape_at(const unsigned char *text, size_t len) {
  char digits[5] = {0};
  if (len < 6 || text[0] != '\\' || text[1] != 'u') return 0;
  memcpy(digits, text + 2, 4);
  return strspn(digits, "0123456789abcdefABCDEF") == 4 ? strtoul(digits, NULL, 16) : 0;
}

bool engines_lone_surrogate(const unsigned char *text, size_t len) {
  for (size_t at = 0; at < len; at++) {
    if (text[at] != '\\') continue;
    const unsigned long unit = escape_at(text + at, len - at);
    at++; /* what is escaped may be a backslash */
    if (unit < 0xD800 || unit > 0xDFFF) continue;
    const unsigned long next = len - at > 5 ? escape_at(text + at + 5, len - at - 5) : 0;
    if (unit >= 0xDC00 || next < 0xDC00 || next > 0xDFFF) return true;
    at += 10;
  }
  return false;
}

/* Of such texts they need only agree whether they are JSON, unless one of them stops before the end: for the surrogate, for
   what it has become, or because that has another length. */
static bool agree_on_json(const ending *builtin, const ending *yajl) {
  static const char *const not_json = "json.not-json";
  if ((*builtin->code && strcmp(builtin->code, not_json) != 0) || (*yajl->code && strcmp(yajl->code, not_json) != 0))
    return true;
  return strcmp(builtin->status, yajl->status) == 0;
}

bool engines_agree(const events *builtin, const events *yajl, const unsigned char *text, size_t len) {
  if (builtin->len == yajl->len && memcmp(builtin->text, yajl->text, yajl->len) == 0) return true;
  const ending builtin_end = ending_of(builtin), yajl_end = ending_of(yajl);
  if (same_events(builtin, &builtin_end, yajl, &yajl_end) && same_error(&builtin_end, &yajl_end, text, len))
    return true;
  if (is_too_long(builtin, yajl, &yajl_end, text, len)) return true;
  return text && engines_lone_surrogate(text, len) && agree_on_json(&builtin_end, &yajl_end);
}
