/* SPDX-License-Identifier: MIT */
#include <stdbool.h>

#include "../base/text.h"
#include "dkim.h"
#include "header_lines.h"
#include "headers.h"
#include "mail_domain.h"

/* Authentication-Results, RFC 8601 s2.2. A field that does not keep to the grammar ends where it leaves it: results before that
   count, one that is cut does not. */

enum { WORD_SIZE = 512 };

typedef struct reader {
  trpt_str rest;
  char word[WORD_SIZE]; /* quoted strings are taken out of their quotes */
  size_t len;
} reader;

static void skip_blanks(reader *r) {
  bool is_closed;
  r->rest = trpt_header_skip_cfws(r->rest, &is_closed);
}

static bool take(reader *r, char c) {
  skip_blanks(r);
  if (!r->rest.len || *r->rest.ptr != c) return false;
  r->rest = trpt_str_from(r->rest, 1);
  return true;
}

static void add(reader *r, char c) {
  if (r->len < sizeof r->word) r->word[r->len++] = c;
}

/* A word, up to a blank or one of `stops`; or a quoted string. */
static bool take_word(reader *r, const char *stops) {
  skip_blanks(r);
  r->len = 0;
  size_t i = 0;
  if (r->rest.len && *r->rest.ptr == '"') {
    for (i = 1; i < r->rest.len && r->rest.ptr[i] != '"'; i++) {
      if (r->rest.ptr[i] == '\\' && i + 1 < r->rest.len) i++;
      add(r, r->rest.ptr[i]);
    }
    if (i == r->rest.len) return false;
    i++;
  } else {
    for (; i < r->rest.len && !strchr(stops, r->rest.ptr[i]); i++) add(r, r->rest.ptr[i]);
    if (!i) return false;
  }
  r->rest = trpt_str_from(r->rest, i);
  return true;
}

static bool is_word(const reader *r, const char *word) {
  return trpt_str_equal_nocase((trpt_str){r->word, r->len}, word);
}

/* One resinfo: a method, its result, and properties of it, of which the signing domain is kept. */
static bool read_result(reader *r, trpt_dkim_verdicts *verdicts) {
  char domain[WORD_SIZE];
  trpt_str signer = {domain, 0};
  bool by_identity = false;
  if (!take_word(r, " \t(;=/\"")) return false;
  const bool is_dkim = is_word(r, "dkim");
  if (take(r, '/') && !take_word(r, " \t(;=")) return false;
  if (!take(r, '=') || !take_word(r, " \t(;")) return false;
  const trpt_dkim_result result = trpt_dkim_result_from_name((trpt_str){r->word, r->len});
  for (;;) {
    skip_blanks(r);
    if (!r->rest.len || *r->rest.ptr == ';') break;
    if (!take_word(r, " \t(;=")) return false;
    const bool is_domain = is_word(r, "header.d");
    const bool is_identity = is_word(r, "header.i");
    if (!take(r, '=')) continue;
    if (!take_word(r, " \t(;")) return false;
    /* header.d is the signing domain; without it the identity says it, RFC 6376 s3.5: its domain is below it. */
    if (is_domain || (is_identity && (!signer.len || by_identity))) {
      const trpt_str value = {r->word, r->len};
      const trpt_str part = is_identity ? trpt_domain_of_address(value) : value;
      memcpy(domain, part.ptr, part.len);
      signer.len = part.len;
      by_identity = is_identity;
    }
  }
  if (is_dkim) trpt_dkim_add(verdicts, result, signer, (trpt_str){0});
  return true;
}

static void read_field(trpt_dkim_verdicts *verdicts, trpt_str text, trpt_str authserv_id) {
  reader r = {.rest = text};
  if (!take_word(&r, " \t(;")) return;
  if (r.len != authserv_id.len || !trpt_equal_nocase(r.word, authserv_id.ptr, r.len)) return;
  /* A version, of which there is one. */
  skip_blanks(&r);
  if (r.rest.len && *r.rest.ptr != ';' && (!take_word(&r, " \t(;") || !is_word(&r, "1"))) return;
  while (take(&r, ';'))
    if (!read_result(&r, verdicts)) return;
}

void trpt_authentication_results_read(trpt_dkim_verdicts *verdicts, GMimeObject *mail, trpt_str authserv_id) {
  GMimeHeaderList *list = g_mime_object_get_header_list(mail);
  const int count = g_mime_header_list_get_count(list);
  verdicts->asked = true;
  /* The topmost one that speaks of DKIM: the server that is trusted wrote it last. One below it may have come with the mail. */
  for (int i = 0; i < count && !verdicts->count; i++) {
    GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
    if (g_ascii_strcasecmp(g_mime_header_get_name(header), "Authentication-Results") != 0) continue;
    char *unfolded = trpt_mail_unfold(g_mime_header_get_raw_value(header));
    read_field(verdicts, trpt_str_of(unfolded), authserv_id);
    g_free(unfolded);
  }
}
