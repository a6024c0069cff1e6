/* SPDX-License-Identifier: MIT */
/* Guesses at what the owner of a broken record meant. A guess may be wild, since the library judges the result. */
#include "mend.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <tlsrpt/record.h>

typedef struct span {
  const char *at;
  size_t len;
} span;

/* C locale: the command never sets another. */
static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
/* Blanks and the quotes of zone files, which people paste with the text. */
static bool is_wrapping(char c) { return is_blank(c) || c == '"' || c == '\''; }

static span trim(span s) {
  while (s.len && is_wrapping(s.at[0])) s = (span){s.at + 1, s.len - 1};
  while (s.len && is_wrapping(s.at[s.len - 1])) s.len--;
  return s;
}

/* Takes what stands before the first of these bytes off the front of `*rest`; false where nothing was left. */
static bool take(span *rest, const char *separators, span *part) {
  if (!rest->at) return false;
  size_t n = 0;
  while (n < rest->len && !strchr(separators, rest->at[n])) n++;
  *part = trim((span){rest->at, n});
  *rest = n < rest->len ? (span){rest->at + n + 1, rest->len - n - 1} : (span){NULL, 0};
  return true;
}

static bool begins(span s, const char *prefix) {
  return s.len >= strlen(prefix) && strncasecmp(s.at, prefix, strlen(prefix)) == 0;
}

static bool contains(span s, char c) { return s.len && memchr(s.at, c, s.len); }

/* Skips "v = TLSRPTv1" in whatever case, and of whatever version. */
static bool skip_version(span *rest) {
  span s = trim(*rest);
  if (!begins(s, "v")) return false;
  s = trim((span){s.at + 1, s.len - 1});
  if (!s.len || s.at[0] != '=') return false;
  s = trim((span){s.at + 1, s.len - 1});
  if (!begins(s, "TLS")) return false;
  size_t n = 0;
  while (n < s.len && (isalnum((unsigned char)s.at[n]) || s.at[n] == '-' || s.at[n] == '.')) n++;
  *rest = (span){s.at + n, s.len - n};
  return true;
}

/* "!10m", the size limit of DMARC. */
static size_t without_size(span uri) {
  size_t n = uri.len;
  if (n && strchr("kmgtKMGT", uri.at[n - 1])) n--;
  size_t digits = n;
  while (digits && isdigit((unsigned char)uri.at[digits - 1])) digits--;
  return digits && digits < n && uri.at[digits - 1] == '!' ? digits - 1 : uri.len;
}

static void add_uri(buffer *uris, span uri) {
  buffer one = {0};
  uri.len = without_size(uri);
  if (begins(uri, "http:")) {
    buffer_text(&one, "https:");
    uri = (span){uri.at + 5, uri.len - 5};
  } else if (!begins(uri, "mailto:") && !begins(uri, "https:")) {
    if (!contains(uri, '@') || contains(uri, ':')) return;
    buffer_text(&one, "mailto:");
  }
  for (size_t i = 0; i < uri.len; i++) {
    if (uri.at[i] == '!') {
      buffer_text(&one, "%21");
    } else if (uri.at[i] == '%' &&
               !(i + 2 < uri.len && isxdigit((unsigned char)uri.at[i + 1]) && isxdigit((unsigned char)uri.at[i + 2]))) {
      buffer_text(&one, "%25");
    } else {
      buffer_add(&one, &uri.at[i], 1);
    }
  }
  /* Each destination once. */
  span rest = {uris->data, uris->len};
  span known;
  bool again = false;
  while (uris->len && take(&rest, ",", &known))
    again = again || (known.len == one.len && !memcmp(known.at, one.data, one.len));
  if (!again) {
    if (uris->len) buffer_text(uris, ",");
    buffer_append(uris, &one);
  }
  buffer_free(&one);
}

static void add_field(buffer *uris, buffer *extensions, span field) {
  static const char *const of_dmarc[] = {"p", "sp", "np", "pct", "ruf", "adkim", "aspf", "fo", "rf", "ri"};
  span value = field;
  span name;
  if (!contains(field, '=') || !take(&value, "=", &name)) return;
  value = trim(value);
  if (name.len == 3 && begins(name, "rua")) {
    span uri;
    while (take(&value, ", \t", &uri))
      if (uri.len) add_uri(uris, uri);
    return;
  }
  if (name.len == 1 && begins(name, "v")) return;
  for (size_t i = 0; i < sizeof of_dmarc / sizeof of_dmarc[0]; i++)
    if (name.len == strlen(of_dmarc[i]) && begins(name, of_dmarc[i])) return;
  if (!name.len || !value.len) return;
  buffer_text(extensions, "; ");
  buffer_add(extensions, name.at, name.len);
  buffer_text(extensions, "=");
  buffer_add(extensions, value.at, value.len);
}

static int stop_at_error(void *user, const trpt_diagnostic *d) {
  (void)user;
  return d->severity == TRPT_ERROR;
}

static int stop_at_warning(void *user, const trpt_diagnostic *d) {
  (void)user;
  return d->severity >= TRPT_WARNING;
}

/* Several strings in quotes, as dig prints a record: what they were meant to be joined to is not guessed at. */
static bool has_strings(const char *text, size_t len) {
  size_t quotes = 0;
  for (size_t i = 0; i < len; i++) quotes += text[i] == '"';
  return quotes > 2;
}

bool mend_record(const char *text, size_t len, buffer *out) {
  buffer uris = {0};
  buffer extensions = {0};
  span rest = {text, len};
  bool has_version = skip_version(&rest);
  buffer_clear(out);
  /* No TXT record is longer. */
  if (len > 65535 || has_strings(text, len) || trpt_record_diagnose(text, len, stop_at_warning, NULL) == TRPT_OK)
    return false;
  /* What stands behind the version is a semicolon, or should have been. */
  while (rest.len && (is_wrapping(rest.at[0]) || rest.at[0] == ',' || rest.at[0] == ';')) {
    rest.at++;
    rest.len--;
  }
  span field;
  while (take(&rest, ";", &field)) add_field(&uris, &extensions, field);
  if (has_version && uris.len) {
    buffer_text(out, "v=TLSRPTv1; rua=");
    buffer_append(out, &uris);
    buffer_append(out, &extensions);
  }
  buffer_free(&uris);
  buffer_free(&extensions);

  trpt_record record;
  bool good = out->len && !out->failed && !(out->len == len && memcmp(out->data, text, len) == 0) &&
              trpt_record_parse(out->data, out->len, TRPT_STRICT, &record, NULL) == TRPT_OK &&
              trpt_record_diagnose(out->data, out->len, stop_at_error, NULL) == TRPT_OK;
  if (!good) buffer_clear(out);
  return good;
}
