/* SPDX-License-Identifier: MIT */
#include <stdbool.h>

#include "../base/text.h"
#include "dkim.h"
#include "header_lines.h"
#include "headers.h"
#include "mail_domain.h"

/* Authentication-Results, RFC 8601 s2.2. Reading a field stops at its first syntax error. Complete results before that
   count. */

enum { TOKEN_SIZE = 512 };

typedef struct reader {
  trpt_str rest;
  char token[TOKEN_SIZE]; /* without the quotes of a quoted string */
  size_t len;
} reader;

static void skip_cfws(reader *r) {
  bool is_closed;
  r->rest = trpt_header_skip_cfws(r->rest, &is_closed);
}

static bool take(reader *r, char c) {
  skip_cfws(r);
  if (!r->rest.len || *r->rest.ptr != c) return false;
  r->rest = trpt_str_from(r->rest, 1);
  return true;
}

static void add(reader *r, char c) {
  if (r->len < sizeof r->token) r->token[r->len++] = c;
}

/* Reads a token up to one of `delimiters`, or a quoted string. Returns false if there is none. */
static bool take_token(reader *r, const char *delimiters) {
  skip_cfws(r);
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
    for (; i < r->rest.len && !strchr(delimiters, r->rest.ptr[i]); i++) add(r, r->rest.ptr[i]);
    if (!i) return false;
  }
  r->rest = trpt_str_from(r->rest, i);
  return true;
}

static bool token_is(const reader *r, const char *token) {
  return trpt_str_equal_nocase((trpt_str){r->token, r->len}, token);
}

/* Reads the method of a resinfo up to and including its "=". */
static bool read_method(reader *r, bool *is_dkim) {
  if (!take_token(r, " \t(;=/\"")) return false;
  *is_dkim = token_is(r, "dkim");
  if (take(r, '/') && !take_token(r, " \t(;=")) return false;
  return take(r, '=');
}

/* Reads a resinfo: a method, its result and its properties. Stores the result and the signing domain of DKIM. */
static bool read_result(reader *r, trpt_dkim_verdicts *verdicts) {
  char domain[TOKEN_SIZE];
  trpt_str signer = {domain, 0};
  bool is_from_identity = false;
  bool is_dkim;
  if (!read_method(r, &is_dkim) || !take_token(r, " \t(;")) return false;
  const trpt_dkim_result result = trpt_dkim_result_from_name((trpt_str){r->token, r->len});
  for (;;) {
    skip_cfws(r);
    if (!r->rest.len || *r->rest.ptr == ';') break;
    if (!take_token(r, " \t(;=")) return false;
    const bool is_domain = token_is(r, "header.d");
    const bool is_identity = token_is(r, "header.i");
    if (!take(r, '=')) continue;
    if (!take_token(r, " \t(;")) return false;
    /* header.d is the signing domain. Without it, the domain of header.i is used, which equals or is below d=
       (RFC 6376 s3.5). */
    if (is_domain || (is_identity && (!signer.len || is_from_identity))) {
      const trpt_str value = {r->token, r->len};
      const trpt_str part = is_identity ? trpt_domain_of_address(value) : value;
      memcpy(domain, part.ptr, part.len);
      signer.len = part.len;
      is_from_identity = is_identity;
    }
  }
  if (is_dkim) trpt_dkim_add(verdicts, result, signer, (trpt_str){0});
  return true;
}

/* Whether the field begins with a result instead of an authserv-id, which cannot contain "=" unless it is quoted. */
static bool is_unnamed(trpt_str text) {
  reader r = {.rest = text};
  bool is_dkim;
  skip_cfws(&r);
  return r.rest.len && *r.rest.ptr != '"' && read_method(&r, &is_dkim);
}

/* Reads an authserv-id and the optional version. Returns false unless the server is trusted and the version is 1, the
   only one that exists. */
static bool read_trusted_name(reader *r, const trpt_trusted_servers *servers) {
  bool is_trusted = false;
  if (!take_token(r, " \t(;")) return false;
  for (size_t i = 0; i < servers->count && !is_trusted; i++)
    is_trusted = r->len == servers->ids[i].len && trpt_equal_nocase(r->token, servers->ids[i].ptr, r->len);
  if (!is_trusted) return false;
  skip_cfws(r);
  if (!r->rest.len || *r->rest.ptr == ';') return true;
  return take_token(r, " \t(;") && token_is(r, "1");
}

static void read_field(trpt_dkim_verdicts *verdicts, trpt_str text, const trpt_trusted_servers *servers,
                       bool is_first) {
  reader r = {.rest = text};
  if (is_unnamed(text)) {
    if (!servers->unnamed || !is_first || !read_result(&r, verdicts)) return;
  } else if (!read_trusted_name(&r, servers)) {
    return;
  }
  while (take(&r, ';'))
    if (!read_result(&r, verdicts)) return;
}

void trpt_authentication_results_read(trpt_dkim_verdicts *verdicts, GMimeObject *mail,
                                      const trpt_trusted_servers *servers) {
  if (!servers->count && !servers->unnamed) return;
  GMimeHeaderList *list = g_mime_object_get_header_list(mail);
  const int count = g_mime_header_list_get_count(list);
  bool is_first = true;
  verdicts->is_available = true;
  /* Uses only the topmost field with DKIM results, which the trusted server added last. Lower ones may have come with
     the mail. */
  for (int i = 0; i < count && !verdicts->count; i++) {
    GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
    if (g_ascii_strcasecmp(g_mime_header_get_name(header), "Authentication-Results") != 0) continue;
    char *unfolded = trpt_mail_unfold(g_mime_header_get_raw_value(header));
    read_field(verdicts, trpt_str_of(unfolded), servers, is_first);
    g_free(unfolded);
    is_first = false;
  }
}
