/* SPDX-License-Identifier: MIT */
/* Derives the record that the owner of an invalid one meant. Guesses may be wrong, because the result is checked before
   it is returned. The check needs the whole text in one buffer, so the length of a suggestion is limited. */
#include "../base/text.h"
#include "../uri/uri.h"
#include "chars.h"
#include "diagnose.h"
#include "kind.h"
#include "restore.h"

enum {
  TEXT_MAX_LEN = 65535, /* longest TXT record: RDLENGTH has 16 bits, RFC 1035 s3.2.1 */
  COMPARED_MAX = 32     /* Destinations are compared only with the first ones, which keeps the time linear. */
};

typedef struct suggestion {
  char text[TRPT_SUGGESTION_MAX_LEN];
  size_t len;
  bool is_full;    /* something did not fit */
  bool is_partial; /* a part of the destinations means nothing */
  size_t uri_count;
  trpt_str uris[COMPARED_MAX];
} suggestion;

static void add(suggestion *s, const char *text, size_t len) {
  s->is_full = s->is_full || len > sizeof s->text - s->len;
  if (s->is_full) return;
  memcpy(s->text + s->len, text, len);
  s->len += len;
}

static void add_text(suggestion *s, const char *text) { add(s, text, strlen(text)); }

/* Moves the part up to the first separator from `*rest` to `*part`. Returns false if nothing remains. A NUL also
   separates, since no record may contain one. */
static bool next_part(trpt_str *rest, const char *separators, trpt_str *part) {
  if (!rest->ptr) return false;
  const size_t count = strlen(separators) + 1;
  size_t end = 0;
  while (end < rest->len && !memchr(separators, rest->ptr[end], count)) end++;
  *part = trpt_unwrap((trpt_str){rest->ptr, end});
  *rest = end < rest->len ? trpt_str_from(*rest, end + 1) : (trpt_str){NULL, 0};
  return true;
}

/* ---- Destinations ---- */

static void add_encoded(suggestion *s, const trpt_restored_uri *restored) {
  const trpt_str uri = restored->rest;
  bool decode_at = restored->decode_at;
  for (size_t i = 0; i < uri.len; i++) {
    const bool is_encoded = trpt_is_percent_encoded(uri.ptr, uri.len, i);
    if (uri.ptr[i] == '!') {
      add_text(s, "%21");
    } else if (uri.ptr[i] == '%' && !is_encoded) {
      add_text(s, "%25");
    } else if (decode_at && is_encoded && trpt_percent_value(uri.ptr, i) == '@') {
      add_text(s, "@");
      decode_at = false;
      i += 2;
    } else {
      add(s, &uri.ptr[i], 1);
    }
  }
}

static bool is_known(const suggestion *s, trpt_str uri) {
  for (size_t i = 0; i < s->uri_count && i < COMPARED_MAX; i++)
    if (trpt_str_equal(s->uris[i], uri.ptr, uri.len)) return true;
  return false;
}

/* Adds a destination unless it was added before, or RFC 8460 does not support its scheme. */
static void add_uri(suggestion *s, trpt_str text) {
  trpt_restored_uri uri;
  if (!trpt_restore_uri(text, &uri)) {
    s->is_partial = true;
    return;
  }
  const size_t len_before = s->len;
  if (s->uri_count) add_text(s, ",");
  const size_t begin = s->len;
  add_text(s, uri.scheme);
  add_encoded(s, &uri);
  const trpt_str added = {s->text + begin, s->len - begin};
  if (is_known(s, added)) {
    s->len = len_before;
    return;
  }
  if (s->uri_count < COMPARED_MAX) s->uris[s->uri_count] = added;
  s->uri_count++;
}

/* ---- Fields ---- */

static void add_destinations(suggestion *s, trpt_str name, trpt_str value) {
  trpt_str uri;
  if (!trpt_str_equal_nocase(name, "rua")) return;
  while (next_part(&value, ", \t", &uri))
    if (uri.len) add_uri(s, uri);
}

static void add_extension(suggestion *s, trpt_str name, trpt_str value) {
  if (trpt_str_equal_nocase(name, "rua") || trpt_str_equal_nocase(name, "v") || trpt_dmarc_tag(name) || !name.len ||
      !value.len)
    return;
  add_text(s, "; ");
  add(s, name.ptr, name.len);
  add_text(s, "=");
  add(s, value.ptr, value.len);
}

typedef void add_field(suggestion *s, trpt_str name, trpt_str value);

/* A text between two ";" that is no field belongs to the field before it: some owners separate destinations with ";". */
static void add_fields(suggestion *s, trpt_str fields, add_field *add_one) {
  trpt_str field;
  trpt_str name = {"", 0};
  while (next_part(&fields, ";", &field)) {
    const char *equals = field.len ? memchr(field.ptr, '=', field.len) : NULL;
    if (equals) {
      const size_t name_len = (size_t)(equals - field.ptr);
      name = trpt_unwrap((trpt_str){field.ptr, name_len});
      add_one(s, name, trpt_unwrap(trpt_str_from(field, name_len + 1)));
    } else if (trpt_str_equal_nocase(name, "rua")) {
      add_one(s, name, field);
    }
  }
}

/* ---- Texts ---- */

/* Skips a version of any number. Returns false if there is none. */
static bool skip_version(trpt_str *text) {
  trpt_str rest;
  if (!trpt_find_version(*text, &rest) || !trpt_str_begins_nocase(rest, "TLS")) return false;
  while (rest.len && (trpt_is_alpha((unsigned char)rest.ptr[0]) || trpt_is_digit((unsigned char)rest.ptr[0]) ||
                      rest.ptr[0] == '-' || rest.ptr[0] == '.'))
    rest = trpt_str_from(rest, 1);
  *text = rest;
  return true;
}

static bool has_version(trpt_str text) {
  char restored[TRPT_SUGGESTION_MAX_LEN];
  return trpt_restore_text(&text, restored, sizeof restored) && skip_version(&text);
}

/* The fields of a text, without the version and the separator after it. */
static trpt_str fields_of(trpt_str text) {
  skip_version(&text);
  text = trpt_unwrap(text);
  while (text.len && (text.ptr[0] == ',' || text.ptr[0] == ';')) text = trpt_unwrap(trpt_str_from(text, 1));
  return text;
}

static bool is_below(void *user, trpt_code code, size_t offset, const char *where) {
  const trpt_severity *limit = user;
  (void)offset;
  (void)where;
  return trpt_catalogue[code].severity < *limit;
}

/* Whether a text has no diagnostic of this severity or above. */
static bool has_none_from(trpt_severity severity, trpt_str text) {
  return trpt_record_check(text, is_below, &severity);
}

/* Adds the fields of all texts. */
static void add_texts(suggestion *s, const trpt_str *texts, size_t count, add_field *add_one) {
  char restored[TRPT_SUGGESTION_MAX_LEN];
  for (size_t i = 0; i < count; i++) {
    trpt_str text = texts[i];
    if (text.len > TEXT_MAX_LEN || !trpt_restore_text(&text, restored, sizeof restored))
      s->is_full = true;
    else
      add_fields(s, fields_of(text), add_one);
  }
}

/* Makes one record from the fields of all texts. Returns false if it would have errors, or a text is too long. If a part
   is left out, a destination with a warning may be half of what it was, such as "a@b" of "a@b,example". */
static bool derive(suggestion *s, const trpt_str *texts, size_t count) {
  s->len = 0;
  s->is_full = s->is_partial = false;
  s->uri_count = 0;
  add_text(s, TRPT_RECORD_VERSION "; rua=");
  add_texts(s, texts, count, add_destinations);
  add_texts(s, texts, count, add_extension);
  return s->uri_count && !s->is_full &&
         has_none_from(s->is_partial ? TRPT_WARNING : TRPT_ERROR, (trpt_str){s->text, s->len});
}

/* ---- The interface ---- */

trpt_status trpt_record_suggest(const char *text, size_t len, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!text) return TRPT_E_ARGUMENT;
  const trpt_str original = {text, len};
  suggestion s;
  if (!has_version(original) || has_none_from(TRPT_WARNING, original) || !derive(&s, &original, 1) ||
      trpt_str_equal(original, s.text, s.len))
    return TRPT_END;
  return trpt_text_to_buffer(s.text, s.len, buffer, capacity, needed);
}

trpt_status trpt_record_merge(const trpt_str *texts, size_t count, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!texts || !trpt_all_present(texts, count)) return TRPT_E_ARGUMENT;
  if (count == 1 && texts->len <= TRPT_SUGGESTION_MAX_LEN && has_none_from(TRPT_WARNING, *texts))
    return trpt_text_to_buffer(texts->ptr, texts->len, buffer, capacity, needed);
  suggestion s;
  if (!derive(&s, texts, count)) return TRPT_END;
  return trpt_text_to_buffer(s.text, s.len, buffer, capacity, needed);
}
