/* SPDX-License-Identifier: MIT */
/* One function per rule of the grammar. */
#include "grammar.h"

#include <tlsrpt/record.h>

#include "chars.h"
#include "destination.h"

static bool field_delim(trpt_scanner *s);
static bool tlsrpt_field(trpt_scanner *s, bool *is_rua);
static bool tlsrpt_rua(trpt_scanner *s);
static bool tlsrpt_uri(trpt_scanner *s);
static bool tlsrpt_extension(trpt_scanner *s);
static bool tlsrpt_ext_name(trpt_scanner *s);
static bool tlsrpt_ext_value(trpt_scanner *s);

bool trpt_grammar_record(trpt_scanner *s) {
  bool has_rua = false;
  while (s->pos < s->text.len) {
    if (!field_delim(s)) return false;
    if (s->pos == s->text.len) break;
    bool is_rua = false;
    if (!tlsrpt_field(s, &is_rua)) return false;
    has_rua = has_rua || is_rua;
  }
  return has_rua;
}

/* field-delim = *WSP ";" *WSP */
static bool field_delim(trpt_scanner *s) {
  s->pos = trpt_chars_skip(s->text, s->pos, TRPT_CHAR_WSP);
  if (!trpt_chars_at(s->text, s->pos, ';')) return false;
  s->pos = trpt_chars_skip(s->text, s->pos + 1, TRPT_CHAR_WSP);
  return true;
}

/* tlsrpt-field = tlsrpt-rua / tlsrpt-extension
   "rua=" also matches tlsrpt-extension. If it counted as one, a record with an invalid URI would be valid. */
static bool tlsrpt_field(trpt_scanner *s, bool *is_rua) {
  *is_rua = trpt_chars_begin(s->text, s->pos, "rua=", 4);
  return *is_rua ? tlsrpt_rua(s) : tlsrpt_extension(s);
}

bool trpt_grammar_version(trpt_scanner *s) {
  for (; s->pos < TRPT_RECORD_VERSION_LEN; s->pos++)
    if (!trpt_chars_at(s->text, s->pos, TRPT_RECORD_VERSION[s->pos])) return false;
  return s->pos == s->text.len || trpt_chars_is(s->text, s->pos, TRPT_CHAR_WSP) || trpt_chars_at(s->text, s->pos, ';');
}

/* tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri) */
static bool tlsrpt_rua(trpt_scanner *s) {
  s->pos += 4;
  for (;;) {
    if (!tlsrpt_uri(s)) return false;
    const size_t comma = trpt_chars_skip(s->text, s->pos, TRPT_CHAR_WSP);
    if (!trpt_chars_at(s->text, comma, ',')) return true;
    s->pos = trpt_chars_skip(s->text, comma + 1, TRPT_CHAR_WSP);
  }
}

/* tlsrpt-uri = URI, in which "," "!" ";" must be percent-encoded */
static bool tlsrpt_uri(trpt_scanner *s) {
  const size_t end = trpt_chars_skip(s->text, s->pos, TRPT_CHAR_URI);
  trpt_rua rua;
  trpt_uri parts;
  size_t bad;
  const bool good = trpt_destination_read((trpt_str){s->text.ptr + s->pos, end - s->pos}, &rua, &parts, &bad);
  s->pos = good ? end : s->pos + bad;
  return good;
}

/* tlsrpt-extension = tlsrpt-ext-name "=" tlsrpt-ext-value */
static bool tlsrpt_extension(trpt_scanner *s) {
  if (!tlsrpt_ext_name(s) || !trpt_chars_at(s->text, s->pos, '=')) return false;
  s->pos++;
  return tlsrpt_ext_value(s);
}

/* tlsrpt-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".") */
static bool tlsrpt_ext_name(trpt_scanner *s) {
  const size_t from = s->pos;
  s->pos = trpt_chars_name_end(s->text, from);
  return s->pos > from;
}

/* tlsrpt-ext-value = 1*(%x21-3A / %x3C / %x3E-7E) */
static bool tlsrpt_ext_value(trpt_scanner *s) {
  const size_t from = s->pos;
  s->pos = trpt_chars_skip(s->text, from, TRPT_CHAR_VALUE);
  return s->pos > from;
}
