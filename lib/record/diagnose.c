/* SPDX-License-Identifier: MIT */
#include "diagnose.h"
#include "../base/text.h"
#include "chars.h"
#include "destination.h"
#include "fields.h"
#include "invisible.h"
#include "kind.h"

/* Reports the diagnostics of a record in order of offset during one pass over the text, without storing them. Two
   checks look ahead. A first pass counts the usable destinations, and a field after a ";" that belongs to a URI is read
   early and then skipped. The time is linear.

   One mistake gives one error: only the first mistake in a URI or field is reported. */

/* A longer record may not fit into the 512 bytes of a plain DNS answer (RFC 1035 s2.3.4). The other 62 bytes are for
   the header of 12 bytes, the question, and the fields of the answer. */
enum { LONG_RECORD_LEN = 450 };

/* The number of destinations that are stored to find duplicates. Later ones are compared only with these. */
enum { REMEMBERED_MAX = 32 };

typedef struct diagnosis {
  trpt_str text;
  trpt_record_code_fn fn;
  void *user;
  bool stopped;
  bool has_rua;          /* a rua field was seen */
  bool useless;          /* no destination is usable; reported at the first rua field */
  bool skip_field;       /* the next field was already part of a diagnostic */
  bool item_is_good;     /* the last item was valid */
  bool item_is_empty;    /* the last item of this field was empty */
  bool comma_has_space;  /* whitespace before the comma was reported */
  uint32_t uris;         /* so far; the index of the next one */
  uint32_t destinations; /* so far, not counting parts split off by an unencoded comma */
  uint32_t extensions;   /* so far */
  size_t comma;          /* the comma before this item, or the length of the text */
  uint32_t remembered;
  trpt_str destination[REMEMBERED_MAX];
} diagnosis;

bool trpt_record_breaks_grammar(trpt_code code) {
  switch (code) {
  case TRPT_CODE_RECORD_RUA_CASE:
  case TRPT_CODE_RECORD_HTTP_SCHEME:
  case TRPT_CODE_RECORD_UNSUPPORTED_SCHEME:
  case TRPT_CODE_RECORD_NO_USABLE_RUA:
  case TRPT_CODE_RECORD_MAILTO_WITHOUT_AT:
  case TRPT_CODE_RECORD_MAILTO_EMPTY:
  case TRPT_CODE_RECORD_HTTPS_NO_HOST:
  case TRPT_CODE_RECORD_BAD_HOST:
  case TRPT_CODE_RECORD_BAD_PORT:
  case TRPT_CODE_RECORD_BAD_ADDRESS: return false;
  default: return trpt_catalogue[code].severity == TRPT_ERROR;
  }
}

static void report(diagnosis *d, trpt_code code, size_t offset, const char *where) {
  if (!d->stopped) d->stopped = !d->fn(d->user, code, offset, where);
}

/* `name[index]`, without printf and its locale. */
static void report_indexed(diagnosis *d, trpt_code code, size_t offset, const char *name, uint32_t index) {
  char where[sizeof "extension[4294967295]"];
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str number = trpt_decimal(index, digits);
  const size_t len = strlen(name);
  memcpy(where, name, len);
  where[len] = '[';
  memcpy(where + len + 1, number.ptr, number.len);
  memcpy(where + len + 1 + number.len, "]", 2);
  report(d, code, offset, where);
}

static void report_rua(diagnosis *d, trpt_code code, size_t offset) { report_indexed(d, code, offset, "rua", d->uris); }

static void report_extension(diagnosis *d, trpt_code code, size_t offset) {
  report_indexed(d, code, offset, "extension", d->extensions);
}

/* The code for a byte that is never right in a record, or TRPT_CODE_NONE. Only values of extensions may contain a
   backslash. */
static trpt_code check_byte(trpt_str text, size_t pos) {
  const unsigned char c = pos < text.len ? (unsigned char)text.ptr[pos] : ' ';
  if (c == '\\') return TRPT_CODE_RECORD_BACKSLASH;
  if (c >= 0x80) return trpt_invisible_len(text, pos) ? TRPT_CODE_RECORD_INVISIBLE_CHAR : TRPT_CODE_RECORD_NON_ASCII;
  return (c < 0x20 && c != '\t') || c == 0x7F ? TRPT_CODE_RECORD_CONTROL_CHAR : TRPT_CODE_NONE;
}

/* ---- The version ---- */

typedef struct version {
  trpt_code code; /* TRPT_CODE_NONE: valid */
  size_t offset;  /* of the diagnostic */
  size_t end;
  bool readable; /* fields can be read after it */
} version;

/* The version at `pos`, ignoring letter case and whitespace around "=". */
static version loose_version(trpt_str text, size_t pos) {
  const version none = {.code = TRPT_CODE_RECORD_BAD_VERSION};
  version found = {.code = TRPT_CODE_NONE};
  if (pos == text.len || trpt_lower((unsigned char)text.ptr[pos]) != 'v') return none;
  const size_t equals = trpt_chars_skip(text, pos + 1, TRPT_CHAR_WSP);
  if (equals == text.len || text.ptr[equals] != '=') return none;
  const size_t name = trpt_chars_skip(text, equals + 1, TRPT_CHAR_WSP);
  if (text.len - name < 8 || !trpt_equal_nocase(text.ptr + name, "TLSRPTv1", 8)) return none;
  found.end = name + 8;
  found.readable = true;
  if (found.end < text.len && !memchr("; \t,", text.ptr[found.end], 4)) {
    /* A zone file may escape the semicolon, and a space may be pasted. */
    found.code = check_byte(text, found.end);
    found.offset = found.end;
    found.end += found.code == TRPT_CODE_RECORD_BACKSLASH ? 1 : trpt_invisible_len(text, found.end);
    return found.offset < found.end ? found : none;
  }
  if (equals > pos + 1 || name > equals + 1) {
    found.code = TRPT_CODE_RECORD_WS_AROUND_EQUALS;
    found.offset = equals > pos + 1 ? pos + 1 : equals + 1;
  } else if (memcmp(text.ptr + pos, TRPT_RECORD_VERSION, TRPT_RECORD_VERSION_LEN) != 0) {
    found.code = TRPT_CODE_RECORD_BAD_VERSION_CASE;
    found.offset = pos;
  }
  return found;
}

/* Whether a record is within the notation of zone files. */
static bool has_notation(trpt_str text) {
  size_t cursor = 0;
  return trpt_record_extract(text.ptr, text.len, &cursor, NULL, NULL, 0, NULL) == TRPT_E_BUFFER;
}

static version read_version(trpt_str text) {
  version found = loose_version(text, 0);
  if (found.readable) return found;
  if (has_notation(text)) return (version){.code = TRPT_CODE_RECORD_ZONE_SYNTAX};
  /* Stray text before a version is whitespace, quotes or a byte order mark, but never letters or digits. */
  size_t garbage = 0;
  while (garbage < text.len && !trpt_is_alpha((unsigned char)text.ptr[garbage]) &&
         !trpt_is_digit((unsigned char)text.ptr[garbage]))
    garbage++;
  found = loose_version(text, garbage);
  if (found.readable) {
    const trpt_code byte = check_byte(text, 0);
    const bool is_pasted = byte == TRPT_CODE_RECORD_BACKSLASH || byte == TRPT_CODE_RECORD_INVISIBLE_CHAR;
    found.code = is_pasted ? byte : TRPT_CODE_RECORD_LEADING_GARBAGE;
    found.offset = 0;
    return found;
  }
  found.offset = 0;
  while (found.offset < TRPT_RECORD_VERSION_LEN && found.offset < text.len &&
         text.ptr[found.offset] == TRPT_RECORD_VERSION[found.offset])
    found.offset++;
  return found;
}

/* Reports mistakes between the version and the first field. */
static void diagnose_first_delim(diagnosis *d, size_t version_end) {
  const size_t pos = trpt_chars_skip(d->text, version_end, TRPT_CHAR_WSP);
  if (pos == d->text.len) return;
  if (d->text.ptr[pos] == ';') {
    if (pos > version_end) report(d, TRPT_CODE_RECORD_WS_BEFORE_FIRST_DELIM, version_end, "version");
    return;
  }
  const bool is_comma = d->text.ptr[pos] == ',';
  if (is_comma || trpt_fields_peek(d->text, pos).has_equals) {
    report(d, TRPT_CODE_RECORD_MISSING_DELIMITER, is_comma ? pos : version_end, "");
  } else {
    report(d, TRPT_CODE_RECORD_TRAILING_GARBAGE, pos, "version");
    d->skip_field = true;
  }
}

/* ---- URIs ---- */

/* Whether the text is a size limit such as "!10m", as in DMARC URIs (RFC 7489 s6.2). */
static bool is_size_suffix(trpt_str text) {
  size_t i = 1;
  while (i < text.len && trpt_is_digit((unsigned char)text.ptr[i])) i++;
  if (i > 1 && i < text.len && memchr("kmgt", trpt_lower((unsigned char)text.ptr[i]), 4)) i++;
  return i > 1 && i == text.len;
}

/* Reports whitespace in a destination. After a complete URI it begins other text; otherwise the URI is invalid. */
static void diagnose_space(diagnosis *d, trpt_str uri, size_t offset, size_t bad) {
  trpt_rua rua;
  trpt_uri parts;
  size_t unused;
  if (trpt_destination_read((trpt_str){uri.ptr, bad}, &rua, &parts, &unused) && rua.usable)
    report_rua(d, TRPT_CODE_RECORD_TRAILING_GARBAGE, trpt_chars_skip(d->text, offset + bad, TRPT_CHAR_WSP));
  else
    report_rua(d, TRPT_CODE_RECORD_INVALID_URI, offset + bad);
}

/* Reports why a text is not a tlsrpt-uri. `bad` is its first invalid byte. */
static void diagnose_broken_uri(diagnosis *d, trpt_str uri, size_t offset, const trpt_uri *parts, size_t bad) {
  const char *text = uri.ptr;
  const size_t percent = bad >= 1 && text[bad - 1] == '%' ? bad - 1 : bad >= 2 && text[bad - 2] == '%' ? bad - 2 : bad;
  if (percent < bad) {
    report_rua(d, TRPT_CODE_RECORD_BAD_PERCENT, offset + percent);
    return;
  }
  const char c = bad < uri.len ? text[bad] : 'a';
  const trpt_code code = check_byte(uri, bad);
  if (code != TRPT_CODE_NONE) {
    report_rua(d, code, offset + bad);
  } else if (c == '!') {
    const bool is_size = is_size_suffix(trpt_str_from(uri, bad));
    report_rua(d, is_size ? TRPT_CODE_RECORD_DMARC_SIZE_SUFFIX : TRPT_CODE_RECORD_UNENCODED_BANG, offset + bad);
  } else if (c == '"') {
    report_rua(d, TRPT_CODE_RECORD_QUOTES_IN_DATA, offset + bad);
    report_rua(d, TRPT_CODE_RECORD_INVALID_URI, offset + bad);
  } else if (!parts->scheme.ptr) {
    report_rua(d, TRPT_CODE_RECORD_MISSING_SCHEME, offset);
  } else if (trpt_is_wsp(c)) {
    diagnose_space(d, uri, offset, bad);
  } else {
    report_rua(d, TRPT_CODE_RECORD_INVALID_URI, offset + bad);
  }
}

/* Reports errors and warnings about the destination of a valid URI, in order of offset. */
static void diagnose_good_uri(diagnosis *d, const trpt_rua *rua, size_t offset, const trpt_uri *parts) {
  const trpt_destination_verdict verdict = trpt_destination_check(rua, parts);
  const bool is_mailto = rua->scheme == TRPT_SCHEME_MAILTO;
  if (rua->scheme == TRPT_SCHEME_OTHER) {
    report_rua(d, verdict.code, offset + verdict.offset);
    return;
  }
  const struct {
    trpt_code code;
    const char *begin; /* NULL: there is no such part */
    size_t delimiter;  /* the length of the delimiter before it, which is part of the mistake */
  } doubtful[] = {
      {TRPT_CODE_RECORD_HTTPS_USERINFO, is_mailto ? NULL : parts->userinfo.ptr, 0},
      {TRPT_CODE_RECORD_MAILTO_HEADERS, is_mailto ? parts->query.ptr : NULL, 1},
      {TRPT_CODE_RECORD_URI_FRAGMENT, parts->fragment.ptr, 1},
  };
  bool pending = verdict.code != TRPT_CODE_NONE;
  if (!trpt_str_equal(parts->scheme, trpt_scheme_name(rua->scheme), parts->scheme.len))
    report_rua(d, TRPT_CODE_RECORD_SCHEME_CASE, offset);
  for (size_t i = 0; i < sizeof doubtful / sizeof doubtful[0]; i++) {
    if (!doubtful[i].begin) continue;
    const size_t at = (size_t)(doubtful[i].begin - rua->uri.ptr) - doubtful[i].delimiter;
    if (pending && verdict.offset <= at) {
      report_rua(d, verdict.code, offset + verdict.offset);
      pending = false;
    }
    report_rua(d, doubtful[i].code, offset + at);
  }
  if (pending) report_rua(d, verdict.code, offset + verdict.offset);
}

/* Whether an earlier destination is the same, ignoring the letter case of its scheme. */
static bool is_duplicate(diagnosis *d, trpt_str uri, size_t scheme_len) {
  for (uint32_t i = 0; i < d->remembered; i++) {
    const trpt_str other = d->destination[i];
    if (other.len == uri.len && trpt_equal_nocase(other.ptr, uri.ptr, scheme_len) &&
        memcmp(other.ptr + scheme_len, uri.ptr + scheme_len, uri.len - scheme_len) == 0)
      return true;
  }
  if (d->remembered < REMEMBERED_MAX) d->destination[d->remembered++] = uri;
  return false;
}

/* Whether the comma before the item belongs to a URI: an item without a scheme directly follows the comma after a valid
   URI, as in "mailto:a@b.example,c@d.example". After a comma and whitespace, the item is a destination that lacks its
   scheme. */
static bool is_comma_inside(const diagnosis *d, const trpt_item *item, const trpt_uri *parts) {
  return d->item_is_good && d->comma + 1 == item->begin && !parts->scheme.ptr &&
         !trpt_is_wsp(d->text.ptr[d->comma - 1]);
}

/* Whether the ";" after the item was meant to be part of a destination or to separate two: the text after it is not a
   field and looks like the rest of a destination. Examples are "mailto;a@b.example",
   "mailto:a@b.example;mailto:c@d.example" and "https://a.example/?b;c". */
static bool is_semicolon_inside(const diagnosis *d, const trpt_item *item, const trpt_uri *parts) {
  const size_t begin = item->at + 1;
  if (begin == d->text.len || trpt_fields_peek(d->text, begin).has_equals) return false;
  const char *end = memchr(d->text.ptr + begin, ';', d->text.len - begin);
  const size_t len = end ? (size_t)(end - d->text.ptr) - begin : d->text.len - begin;
  if (trpt_chars_skip(d->text, begin, TRPT_CHAR_WSP) - begin == len) return false;
  if (memchr(d->text.ptr + begin, '@', len) || memchr(d->text.ptr + begin, ':', len)) return true;
  return !trpt_is_wsp(d->text.ptr[begin]) && (parts->query.ptr || memchr(d->text.ptr + begin, '/', len));
}

/* Reports whitespace after the comma before an item, unless whitespace before that comma was reported already. */
static void diagnose_space_after_comma(diagnosis *d, const trpt_item *item) {
  if (d->comma < d->text.len && item->begin > d->comma + 1 && !d->comma_has_space)
    report_rua(d, TRPT_CODE_RECORD_WS_AROUND_COMMA, d->comma + 1);
}

static void diagnose_space_before_comma(diagnosis *d, const trpt_item *item) {
  d->comma_has_space = item->separator == TRPT_SEPARATOR_COMMA && item->end < item->at;
  if (d->comma_has_space) report_rua(d, TRPT_CODE_RECORD_WS_AROUND_COMMA, item->end);
}

static void diagnose_uri(diagnosis *d, const trpt_item *item) {
  const trpt_str uri = {d->text.ptr + item->begin, item->end - item->begin};
  trpt_rua rua;
  trpt_uri parts;
  size_t bad;
  const bool good = trpt_destination_read(uri, &rua, &parts, &bad);
  const bool comma_inside =
      !good && is_comma_inside(d, item, &parts) && bad < uri.len && check_byte(uri, bad) == TRPT_CODE_NONE;
  const bool semicolon_inside = item->separator == TRPT_SEPARATOR_SEMICOLON && is_semicolon_inside(d, item, &parts);
  diagnose_space_after_comma(d, item);
  if (comma_inside)
    report_rua(d, TRPT_CODE_RECORD_UNENCODED_COMMA, d->comma);
  else if (d->destinations < 2 && ++d->destinations == 2)
    report_rua(d, TRPT_CODE_RECORD_MANY_RUA, item->begin);
  if (good) {
    if (is_duplicate(d, uri, parts.scheme.len)) report_rua(d, TRPT_CODE_RECORD_DUPLICATE_URI, item->begin);
    diagnose_good_uri(d, &rua, item->begin, &parts);
  } else if (!comma_inside && !(semicolon_inside && bad == uri.len)) {
    diagnose_broken_uri(d, uri, item->begin, &parts, bad);
  }
  if (semicolon_inside) report_rua(d, TRPT_CODE_RECORD_UNENCODED_SEMICOLON, item->at);
  diagnose_space_before_comma(d, item);
  d->skip_field = semicolon_inside;
  d->item_is_good = good;
  d->item_is_empty = false;
  d->uris += d->uris < UINT32_MAX;
}

/* Reports the extra comma at an empty item: the comma after the item, or else the comma before it. Several such commas
   in a row are one mistake. */
static void diagnose_empty_uri(diagnosis *d, const trpt_field_iterator *iterator) {
  const trpt_item *item = &iterator->item;
  const bool comma_follows = item->separator == TRPT_SEPARATOR_COMMA;
  if (iterator->first && !comma_follows)
    report_rua(d, TRPT_CODE_RECORD_EMPTY_RUA, iterator->field.value);
  else if (!d->item_is_empty)
    report_rua(d, TRPT_CODE_RECORD_EMPTY_URI, comma_follows ? item->at : d->comma);
  d->item_is_good = false;
  d->item_is_empty = true;
  d->comma_has_space = false;
}

/* ---- Fields ---- */

/* The position of the first whitespace next to the "=" of a field, or the length of the text. Whitespace after the "="
   counts only if a value follows; otherwise the missing value is the mistake. */
static size_t space_at_equals(const diagnosis *d, const trpt_field_iterator *iterator) {
  const trpt_field *field = &iterator->field;
  if (!field->has_equals) return d->text.len;
  if (field->value - 1 > field->name_end) return field->name_end;
  const bool is_after = iterator->item.begin > field->value && iterator->item.end > iterator->item.begin;
  return is_after ? field->value : d->text.len;
}

static void diagnose_rua_field(diagnosis *d, const trpt_field_iterator *iterator) {
  if (d->has_rua)
    report_rua(d, TRPT_CODE_RECORD_REPEATED_RUA, iterator->field.begin);
  else if (d->extensions)
    report_rua(d, TRPT_CODE_RECORD_RUA_NOT_FIRST, iterator->field.begin);
  d->has_rua = true;
  if (d->useless) report(d, TRPT_CODE_RECORD_NO_USABLE_RUA, iterator->field.begin, "");
  d->useless = false;
  d->comma = d->text.len;
  d->item_is_empty = false;
  d->comma_has_space = false;
  const size_t space = space_at_equals(d, iterator);
  if (space < d->text.len) report_rua(d, TRPT_CODE_RECORD_WS_AROUND_EQUALS, space);
}

/* The code for the name of an extension. */
static trpt_code check_name(trpt_str name) {
  if (trpt_str_equal_nocase(name, "rua")) return TRPT_CODE_RECORD_RUA_CASE;
  if (trpt_is_dmarc_tag(name)) return TRPT_CODE_RECORD_DMARC_TAG;
  if (trpt_str_equal(name, "v", 1)) return TRPT_CODE_RECORD_REPEATED_VERSION;
  return TRPT_CODE_RECORD_UNKNOWN_FIELD;
}

/* Reports why a field is not a tlsrpt-extension. */
static void diagnose_broken_extension(diagnosis *d, const trpt_field_iterator *iterator, trpt_code code, size_t bad) {
  const size_t end = iterator->item.end;
  const trpt_code byte = bad < end ? check_byte(d->text, bad) : TRPT_CODE_NONE;
  if (byte != TRPT_CODE_NONE) code = byte;
  /* A valid name without "=" contains no invalid byte, so the whole field is reported. */
  const bool lacks_equals = !iterator->field.has_equals && bad == end;
  report_extension(d, code, lacks_equals ? iterator->field.begin : bad);
}

static void diagnose_extension(diagnosis *d, const trpt_field_iterator *iterator) {
  const trpt_field *field = &iterator->field;
  const trpt_item *item = &iterator->item;
  trpt_code code;
  size_t bad;
  const bool good = trpt_fields_check_extension(d->text, field, item, &code, &bad);
  const trpt_code named = check_name((trpt_str){d->text.ptr + field->begin, field->name_end - field->begin});
  if (field->has_equals && (good || named != TRPT_CODE_RECORD_UNKNOWN_FIELD)) report_extension(d, named, field->begin);
  const size_t space = space_at_equals(d, iterator);
  if (space < d->text.len && (good || bad >= space)) report_extension(d, TRPT_CODE_RECORD_WS_AROUND_EQUALS, space);
  const size_t value_end = good ? item->end : bad;
  const char *quote = value_end > item->begin ? memchr(d->text.ptr + item->begin, '"', value_end - item->begin) : NULL;
  if (quote) report_extension(d, TRPT_CODE_RECORD_QUOTES_IN_DATA, (size_t)(quote - d->text.ptr));
  if (!good) diagnose_broken_extension(d, iterator, code, bad);
  d->item_is_good = good;
  d->extensions += good & (d->extensions < UINT32_MAX);
}

/* Reports mistakes in the current item. */
static void diagnose_item(diagnosis *d, const trpt_field_iterator *iterator) {
  const bool empty = iterator->item.begin == iterator->item.end;
  if (iterator->first && !iterator->field.is_rua) {
    if (d->skip_field) {
      d->skip_field = false;
      d->item_is_good = false;
    } else if (empty && !iterator->field.has_equals) {
      d->item_is_good = false;
      if (iterator->item.separator == TRPT_SEPARATOR_SEMICOLON)
        report(d, TRPT_CODE_RECORD_EMPTY_FIELD, iterator->item.at, "");
    } else {
      diagnose_extension(d, iterator);
    }
    return;
  }
  if (iterator->first) diagnose_rua_field(d, iterator);
  if (empty)
    diagnose_empty_uri(d, iterator);
  else
    diagnose_uri(d, &iterator->item);
  d->comma = iterator->item.at;
}

static void diagnose_separator(diagnosis *d, const trpt_item *item) {
  if (item->separator == TRPT_SEPARATOR_MISSING) report(d, TRPT_CODE_RECORD_MISSING_DELIMITER, item->at, "");
  if (item->separator == TRPT_SEPARATOR_END && item->end < d->text.len && d->item_is_good)
    report(d, TRPT_CODE_RECORD_TRAILING_GARBAGE, item->end, "");
}

static void diagnose_fields(diagnosis *d, trpt_field_iterator iterator) {
  while (!d->stopped && trpt_fields_next(&iterator)) {
    diagnose_item(d, &iterator);
    diagnose_separator(d, &iterator.item);
  }
  if (!d->has_rua) report(d, TRPT_CODE_RECORD_NO_RUA, d->text.len, "");
}

bool trpt_record_check(trpt_str text, trpt_record_code_fn fn, void *user) {
  diagnosis d = {.text = text, .fn = fn, .user = user};
  const version found = read_version(text);
  if (found.readable && text.len > LONG_RECORD_LEN) report(&d, TRPT_CODE_RECORD_TOO_LONG, 0, "");
  if (found.code != TRPT_CODE_NONE) report(&d, found.code, found.offset, "version");
  if (!found.readable) return !d.stopped;
  const trpt_field_iterator iterator = {.text = text, .pos = trpt_fields_begin(text, found.end)};
  trpt_record counts = {.text = text};
  trpt_fields_count(iterator, &counts);
  d.useless = counts.rua_count > 0 && counts.usable_rua_count == 0;
  diagnose_first_delim(&d, found.end);
  diagnose_fields(&d, iterator);
  return !d.stopped;
}

/* ---- The interface ---- */

typedef struct receiver {
  trpt_diagnostic_fn fn;
  void *user;
} receiver;

static bool receive(void *user, trpt_code code, size_t offset, const char *where) {
  const receiver *to = user;
  const trpt_catalogue_entry *entry = &trpt_catalogue[code];
  const trpt_diagnostic diagnostic = {.code = entry->code,
                                      .severity = entry->severity,
                                      .line = 1,
                                      .column = trpt_record_column(offset),
                                      .offset = offset,
                                      .where = where,
                                      .message = entry->message,
                                      .section = entry->section};
  return to->fn(to->user, &diagnostic) == 0;
}

trpt_status trpt_record_diagnose(const char *text, size_t len, trpt_diagnostic_fn fn, void *user) {
  if (!text || !fn) return TRPT_E_ARGUMENT;
  receiver to = {fn, user};
  return trpt_record_check((trpt_str){text, len}, receive, &to) ? TRPT_OK : TRPT_E_CANCELED;
}
