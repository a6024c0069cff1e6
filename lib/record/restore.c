/* SPDX-License-Identifier: MIT */
#include "restore.h"

#include <string.h>

#include <tlsrpt/record.h>

#include "../base/text.h"
#include "../uri/uri.h"
#include "invisible.h"
#include "kind.h"

/* ---- Texts ---- */

/* Takes the record out of the notation that surrounds it. Returns false if it does not fit. */
static bool extract(trpt_str *text, char *buffer, size_t capacity) {
  size_t cursor = 0;
  size_t len;
  trpt_status status;
  while ((status = trpt_record_extract(text->ptr, text->len, &cursor, NULL, buffer, capacity, &len)) == TRPT_OK) {
    if (trpt_record_kind(buffer, len) == TRPT_TEXT_UNRELATED) continue;
    *text = (trpt_str){buffer, len};
    return true;
  }
  return status != TRPT_E_BUFFER;
}

static bool is_plain(trpt_str text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.ptr[i] >= 0x80 || text.ptr[i] == '"' || text.ptr[i] == '\\') return false;
  return true;
}

/* One character of a record: how many bytes it takes, and which bytes it was meant to be: 0 or 1. */
typedef struct character {
  size_t len;
  size_t meaning_len;
  char meaning;
} character;

/* The escape of RFC 1035 s5.1 at `pos`, "\DDD" or "\X". No record needs a backslash: one that is escaped has been escaped
   twice. A letter needs no escape: it stands for a line end or tab, or for something unknown, with `len` 0. */
static character read_escape(trpt_str text, size_t pos) {
  const trpt_str rest = trpt_str_from(text, pos + 1);
  unsigned value = 0;
  size_t digits = 0;
  if (!rest.len) return (character){.len = 1};
  while (digits < 3 && digits < rest.len && trpt_is_digit((unsigned char)rest.ptr[digits]))
    value = value * 10 + (unsigned)(rest.ptr[digits++] - '0');
  const bool is_decimal = digits == 3 && value <= UINT8_MAX;
  const char meaning = is_decimal ? (char)value : rest.ptr[0];
  if (!is_decimal && trpt_is_alpha((unsigned char)meaning))
    return memchr("nrt", meaning, 3) ? (character){2, 1, ' '} : (character){0};
  return (character){is_decimal ? 4 : 2, meaning != '\\', meaning};
}

static character read_character(trpt_str text, size_t pos) {
  size_t len;
  if (text.ptr[pos] == '\\') return read_escape(text, pos);
  const char meaning = trpt_pasted_meaning(text, pos, &len);
  if (len) return (character){len, meaning != '\0', meaning};
  return (character){1, 1, text.ptr[pos]};
}

/* Removes each closing quotation mark with the opening one after it: there the data was split into strings. */
static size_t join_strings(char *text, size_t len) {
  size_t to = 0;
  for (size_t i = 0; i < len; i++) {
    size_t next = i + 1;
    while (next < len && trpt_is_wsp(text[next])) next++;
    if (text[i] == '"' && next < len && text[next] == '"')
      i = next;
    else
      text[to++] = text[i];
  }
  return to;
}

bool trpt_restore_text(trpt_str *text, char *buffer, size_t capacity) {
  if (!extract(text, buffer, capacity)) return false;
  if (is_plain(*text)) return true;
  /* The text may be in the buffer already: no character becomes longer. */
  size_t len = 0;
  for (size_t i = 0; i < text->len;) {
    const character c = read_character(*text, i);
    if (!c.len) return false;
    i += c.len;
    if (!c.meaning_len) continue;
    if (len == capacity) return false;
    buffer[len++] = c.meaning;
  }
  *text = (trpt_str){buffer, join_strings(buffer, len)};
  return true;
}

/* ---- Destinations ---- */

enum { WORD_MAX_LEN = 10 };

/* The number of letters to insert, delete, replace or swap with a neighbor to make `name` of a word, ignoring case. */
static unsigned edit_distance(trpt_str word, const char *name) {
  unsigned rows[3][WORD_MAX_LEN + 1] = {{0}};
  const size_t name_len = strlen(name);
  for (size_t j = 0; j <= name_len; j++) rows[0][j] = (unsigned)j;
  for (size_t i = 1; i <= word.len; i++) {
    unsigned *row = rows[i % 3];
    const unsigned *above = rows[(i - 1) % 3];
    const char c = (char)trpt_lower((unsigned char)word.ptr[i - 1]);
    row[0] = (unsigned)i;
    for (size_t j = 1; j <= name_len; j++) {
      unsigned best = above[j - 1] + (c != name[j - 1]);
      if (above[j] + 1 < best) best = above[j] + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      const bool is_swapped =
          i > 1 && j > 1 && c == name[j - 2] && (char)trpt_lower((unsigned char)word.ptr[i - 2]) == name[j - 1];
      if (is_swapped && rows[(i - 2) % 3][j - 2] + 1 < best) best = rows[(i - 2) % 3][j - 2] + 1;
      row[j] = best;
    }
  }
  return rows[word.len % 3][name_len];
}

/* The scheme that a word means, or NULL. A misspelled one is recognized only before a separator. */
static const char *find_scheme(trpt_str word, bool is_separated) {
  static const struct {
    const char *name;
    const char *scheme;
    unsigned mistakes;
  } schemes[] = {{"mailto", "mailto:", 2}, {"https", "https://", 1}, {"http", "https://", 1}};
  if (word.len > WORD_MAX_LEN) return NULL;
  for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
    if (edit_distance(word, schemes[i].name) <= (is_separated ? schemes[i].mistakes : 0)) return schemes[i].scheme;
  return NULL;
}

static bool contains(trpt_str text, char c) { return text.len && memchr(text.ptr, c, text.len); }

/* Removes a DMARC size limit such as "!10m" (RFC 7489 s6.2), and quotes before it. */
static trpt_str without_size_limit(trpt_str uri) {
  size_t begin = uri.len;
  if (memchr("kmgt", trpt_lower((unsigned char)uri.ptr[begin - 1]), 4)) begin--;
  const size_t digits_end = begin;
  while (begin && trpt_is_digit((unsigned char)uri.ptr[begin - 1])) begin--;
  if (!begin || begin == digits_end || uri.ptr[begin - 1] != '!') return uri;
  return trpt_unwrap((trpt_str){uri.ptr, begin - 1});
}

/* Removes quotes, and the angle brackets of a mail header. */
static trpt_str without_brackets(trpt_str text) {
  text = trpt_unwrap(text);
  if (text.len && text.ptr[0] == '<') text = trpt_str_from(text, 1);
  if (text.len && text.ptr[text.len - 1] == '>') text.len--;
  return trpt_unwrap(text);
}

static trpt_str without_separators(trpt_str text) {
  while (text.len && (text.ptr[0] == ':' || text.ptr[0] == '/')) text = trpt_str_from(text, 1);
  return text;
}

static size_t count_encoded_at(trpt_str text) {
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++)
    count += trpt_is_percent_encoded(text.ptr, text.len, i) && trpt_percent_value(text.ptr, i) == '@';
  return count;
}

static bool restore_mailto(trpt_str rest, trpt_restored_uri *out) {
  static const char scheme[] = "mailto:";
  const bool has_query = contains(rest, '?');
  /* What surrounds the address may be nested in any order. */
  for (size_t before = rest.len + 1; rest.len < before;) {
    before = rest.len;
    rest = without_separators(without_brackets(rest));
    if (trpt_str_begins_nocase(rest, scheme)) rest = trpt_str_from(rest, sizeof scheme - 1);
    /* A mail domain has no final dot. */
    if (!has_query && rest.len && rest.ptr[rest.len - 1] == '.') rest.len--;
  }
  const char *query = has_query ? memchr(rest.ptr, '?', rest.len) : NULL;
  const trpt_str address = {rest.ptr, query ? (size_t)(query - rest.ptr) : rest.len};
  *out = (trpt_restored_uri){.scheme = scheme, .rest = rest};
  out->decode_at = address.len && !contains(address, '@') && count_encoded_at(address) == 1;
  return rest.len > 0;
}

/* A slash is legal in an address, but more likely part of a broken scheme. */
static bool is_bare_address(trpt_str uri) {
  return uri.len && !contains(uri, ':') && !contains(uri, '/') && (contains(uri, '@') || count_encoded_at(uri) == 1);
}

/* Removes a scheme that lacks its colon, with what was written for the colon. A mailbox may have that name, too. */
static trpt_str without_mailto(trpt_str address) {
  static const char mailto[] = "mailto";
  if (!trpt_str_begins_nocase(address, mailto)) return address;
  const trpt_str rest = trpt_str_from(address, sizeof mailto - 1); /* with the "@", so it is not empty */
  if (rest.ptr[0] == '@' || trpt_str_begins_nocase(rest, "%40")) return address;
  if (trpt_str_begins_nocase(rest, "%3A")) return trpt_str_from(rest, 3);
  return memchr("=.-_", rest.ptr[0], 4) ? trpt_str_from(rest, 1) : rest;
}

bool trpt_restore_uri(trpt_str uri, trpt_restored_uri *out) {
  size_t word_len = 0;
  uri = without_brackets(without_size_limit(uri));
  while (word_len < uri.len &&
         (trpt_is_alpha((unsigned char)uri.ptr[word_len]) || trpt_is_digit((unsigned char)uri.ptr[word_len])))
    word_len++;
  trpt_str rest = trpt_str_from(uri, word_len);
  size_t separator_len = 0;
  while (separator_len < rest.len && (rest.ptr[separator_len] == ':' || rest.ptr[separator_len] == '/'))
    separator_len++;
  const trpt_str separator = {rest.ptr, separator_len};
  const bool is_separated = separator_len > 1 || (separator_len && rest.ptr[0] == ':');
  const char *scheme = separator_len ? find_scheme((trpt_str){uri.ptr, word_len}, is_separated) : NULL;
  if (!scheme) {
    if (!is_bare_address(uri)) return false;
    return restore_mailto(without_mailto(uri), out);
  }
  rest = trpt_str_from(rest, separator_len);
  if (scheme[0] == 'm') return restore_mailto(rest, out);
  /* More slashes than two leave no host. */
  if (separator_len > 3 && trpt_str_begins_nocase(separator, "://")) rest = trpt_str_from(uri, word_len + 3);
  *out = (trpt_restored_uri){.scheme = scheme, .rest = rest};
  return rest.len > 0;
}
