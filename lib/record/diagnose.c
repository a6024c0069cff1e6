/* SPDX-License-Identifier: MIT */
#include "diagnose.h"
#include "../base/text.h"
#include "chars.h"
#include "destination.h"
#include "fields.h"
#include "kind.h"

/* All findings about a record, in order of offset, without a list of them: one walk over the text tells each thing
   when it comes to it. Only two things need a look ahead: whether any destination is usable, which a first walk
   counts, and the field behind a ";" that belongs to a URI, which is then stepped over. So the time is linear.

   One mistake gives one error: in a URI or a field only the first fault is told. */

/* A record above this may need more than the 512 bytes of a plain DNS answer (RFC 1035 s2.3.4): 12 bytes of header,
   up to 50 of the question and the answer's own fields remain. */
enum { LONG_RECORD = 450 };

/* Destinations that are remembered to find one that is named twice. More are not compared. */
enum { REMEMBERED = 32 };

typedef struct diagnosis {
  trpt_str text;
  trpt_record_code_fn fn;
  void *user;
  bool stopped;
  bool has_rua;          /* a rua field was seen */
  bool no_usable;        /* to be told at the first rua field */
  bool skip_field;       /* the next field was already part of a finding */
  bool item_is_good;     /* the last item had no fault */
  bool item_is_empty;    /* the last item of this field was */
  uint32_t uris;         /* so far; the index of the next one */
  uint32_t destinations; /* so far, without what a raw comma split off */
  uint32_t extensions;   /* so far */
  size_t comma;          /* the one before this item; the text's length where there is none */
  uint32_t remembered;
  trpt_str destination[REMEMBERED];
} diagnosis;

bool trpt_record_breaks_grammar(trpt_code finding) {
  switch (finding) {
  case TRPT_CODE_RECORD_RUA_CASE:
  case TRPT_CODE_RECORD_HTTP_SCHEME:
  case TRPT_CODE_RECORD_UNSUPPORTED_SCHEME:
  case TRPT_CODE_RECORD_NO_USABLE_RUA:
  case TRPT_CODE_RECORD_MAILTO_WITHOUT_AT:
  case TRPT_CODE_RECORD_MAILTO_EMPTY:
  case TRPT_CODE_RECORD_HTTPS_NO_HOST: return false;
  default: return trpt_catalogue[finding].severity == TRPT_ERROR;
  }
}

static void tell(diagnosis *d, trpt_code finding, size_t offset, const char *where) {
  if (!d->stopped) d->stopped = !d->fn(d->user, finding, offset, where);
}

/* `name[index]`, without printf and its locale. */
static void tell_indexed(diagnosis *d, trpt_code finding, size_t offset, const char *name, uint32_t index) {
  char where[sizeof "extension[4294967295]"];
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str number = trpt_decimal(index, digits);
  const size_t len = strlen(name);
  memcpy(where, name, len);
  where[len] = '[';
  memcpy(where + len + 1, number.ptr, number.len);
  memcpy(where + len + 1 + number.len, "]", 2);
  tell(d, finding, offset, where);
}

static void tell_rua(diagnosis *d, trpt_code finding, size_t offset) {
  tell_indexed(d, finding, offset, "rua", d->uris);
}

static void tell_extension(diagnosis *d, trpt_code finding, size_t offset) {
  tell_indexed(d, finding, offset, "extension", d->extensions);
}

/* ---- The version ---- */

typedef struct version {
  trpt_code finding; /* TRPT_CODE_NONE where it is as it must be */
  size_t offset;     /* of the finding */
  size_t end;
  bool readable; /* what follows can be read as fields */
} version;

/* The version at `pos`, without regard to case and to blanks around "=". */
static version loose_version(trpt_str text, size_t pos) {
  version none = {.finding = TRPT_CODE_RECORD_BAD_VERSION};
  version found = {.finding = TRPT_CODE_NONE};
  if (pos == text.len || trpt_lower((unsigned char)text.ptr[pos]) != 'v') return none;
  size_t equals = trpt_chars_skip(text, pos + 1, TRPT_CHAR_WSP);
  if (equals == text.len || text.ptr[equals] != '=') return none;
  size_t name = trpt_chars_skip(text, equals + 1, TRPT_CHAR_WSP);
  if (text.len - name < 8 || !trpt_equal_nocase(text.ptr + name, "TLSRPTv1", 8)) return none;
  found.end = name + 8;
  if (found.end < text.len && !memchr("; \t,", text.ptr[found.end], 4)) return none;
  found.readable = true;
  if (equals > pos + 1 || name > equals + 1) {
    found.finding = TRPT_CODE_RECORD_WS_AROUND_EQUALS;
    found.offset = equals > pos + 1 ? pos + 1 : equals + 1;
  } else if (memcmp(text.ptr + pos, TRPT_RECORD_VERSION, TRPT_RECORD_VERSION_LEN) != 0) {
    found.finding = TRPT_CODE_RECORD_BAD_VERSION_CASE;
    found.offset = pos;
  }
  return found;
}

static version find_version(trpt_str text) {
  version found = loose_version(text, 0);
  if (found.readable) return found;
  /* What stands before a version by mistake are blanks, quotes, a byte order mark: nothing that is a letter or
     digit. */
  size_t garbage = 0;
  while (garbage < text.len && !trpt_is_alpha((unsigned char)text.ptr[garbage]) &&
         !trpt_is_digit((unsigned char)text.ptr[garbage]))
    garbage++;
  found = loose_version(text, garbage);
  if (found.readable) {
    found.finding = TRPT_CODE_RECORD_LEADING_GARBAGE;
    return found;
  }
  found.offset = 0;
  while (found.offset < TRPT_RECORD_VERSION_LEN && found.offset < text.len &&
         text.ptr[found.offset] == TRPT_RECORD_VERSION[found.offset])
    found.offset++;
  return found;
}

/* Tells what is wrong between the version and the first field. */
static void diagnose_first_delim(diagnosis *d, size_t version_end) {
  size_t pos = trpt_chars_skip(d->text, version_end, TRPT_CHAR_WSP);
  if (pos == d->text.len) return;
  if (d->text.ptr[pos] == ';') {
    if (pos > version_end) tell(d, TRPT_CODE_RECORD_WS_BEFORE_FIRST_DELIM, version_end, "version");
    return;
  }
  bool comma = d->text.ptr[pos] == ',';
  if (comma || trpt_fields_look(d->text, pos).has_equals) {
    tell(d, TRPT_CODE_RECORD_MISSING_DELIMITER, comma ? pos : version_end, "");
  } else {
    tell(d, TRPT_CODE_RECORD_TRAILING_GARBAGE, pos, "version");
    d->skip_field = true;
  }
}

/* ---- URIs ---- */

/* The finding for a byte that can stand nowhere in a record, or TRPT_CODE_NONE. */
static trpt_code judge_byte(char c) {
  if ((unsigned char)c >= 0x80) return TRPT_CODE_RECORD_NON_ASCII;
  return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7F ? TRPT_CODE_RECORD_CONTROL_CHAR : TRPT_CODE_NONE;
}

/* "!10m" at the end: a size limit as in the URIs of DMARC, RFC 7489 s6.2. */
static bool is_size_suffix(trpt_str text) {
  size_t i = 1;
  while (i < text.len && trpt_is_digit((unsigned char)text.ptr[i])) i++;
  if (i > 1 && i < text.len && memchr("kmgt", trpt_lower((unsigned char)text.ptr[i]), 4)) i++;
  return i > 1 && i == text.len;
}

/* A blank in a destination: behind a bare "mailto:" it is a slip, behind a whole URI something else begins. */
static void diagnose_blank(diagnosis *d, trpt_str uri, size_t offset, size_t bad) {
  trpt_rua rua;
  trpt_uri parts;
  size_t unused;
  if (trpt_destination_read((trpt_str){uri.ptr, bad}, &rua, &parts, &unused) && rua.usable)
    tell_rua(d, TRPT_CODE_RECORD_TRAILING_GARBAGE, trpt_chars_skip(d->text, offset + bad, TRPT_CHAR_WSP));
  else
    tell_rua(d, TRPT_CODE_RECORD_INVALID_URI, offset + bad);
}

/* Tells why a text is no tlsrpt-uri. `bad` is its first byte that is wrong. */
static void diagnose_broken_uri(diagnosis *d, trpt_str uri, size_t offset, const trpt_uri *parts, size_t bad) {
  const char *text = uri.ptr;
  size_t percent = bad >= 1 && text[bad - 1] == '%' ? bad - 1 : bad >= 2 && text[bad - 2] == '%' ? bad - 2 : bad;
  if (percent < bad) {
    tell_rua(d, TRPT_CODE_RECORD_BAD_PERCENT, offset + percent);
    return;
  }
  char c = bad < uri.len ? text[bad] : 'a';
  trpt_code finding = judge_byte(c);
  if (finding != TRPT_CODE_NONE) {
    tell_rua(d, finding, offset + bad);
  } else if (c == '!') {
    bool size = is_size_suffix((trpt_str){text + bad, uri.len - bad});
    tell_rua(d, size ? TRPT_CODE_RECORD_DMARC_SIZE_SUFFIX : TRPT_CODE_RECORD_UNENCODED_BANG, offset + bad);
  } else if (c == '"') {
    tell_rua(d, TRPT_CODE_RECORD_QUOTES_IN_DATA, offset + bad);
    tell_rua(d, TRPT_CODE_RECORD_INVALID_URI, offset + bad);
  } else if (!parts->scheme.ptr) {
    tell_rua(d, TRPT_CODE_RECORD_MISSING_SCHEME, offset);
  } else if (trpt_is_wsp(c)) {
    diagnose_blank(d, uri, offset, bad);
  } else {
    tell_rua(d, TRPT_CODE_RECORD_INVALID_URI, offset + bad);
  }
}

/* RFC 6068 s2 takes the domain of RFC 5322, dot-atom-text: no dot stands at either end, nor next to another. The address has
   an "@". */
static bool has_stray_dot(trpt_str address) {
  size_t domain = address.len;
  while (address.ptr[domain - 1] != '@') domain--;
  for (size_t i = domain; i < address.len; i++)
    if (address.ptr[i] == '.' && (i == domain || i + 1 == address.len || address.ptr[i + 1] == '.')) return true;
  return false;
}

/* Tells what is wrong with the destination of a good URI, or bad about it. */
static void diagnose_good_uri(diagnosis *d, const trpt_rua *rua, size_t offset, const trpt_uri *parts) {
  if (rua->scheme == TRPT_SCHEME_MAILTO) {
    if (rua->address.len == 0)
      tell_rua(d, TRPT_CODE_RECORD_MAILTO_EMPTY, offset);
    else if (!rua->usable || has_stray_dot(rua->address))
      tell_rua(d, TRPT_CODE_RECORD_MAILTO_WITHOUT_AT, offset);
  } else if (rua->scheme == TRPT_SCHEME_HTTPS) {
    if (!rua->usable) tell_rua(d, TRPT_CODE_RECORD_HTTPS_NO_HOST, offset);
  } else {
    bool http = trpt_str_equal_nocase(parts->scheme, "http");
    tell_rua(d, http ? TRPT_CODE_RECORD_HTTP_SCHEME : TRPT_CODE_RECORD_UNSUPPORTED_SCHEME, offset);
    return;
  }
  const char *uri = rua->uri.ptr;
  if (parts->userinfo.ptr && rua->scheme == TRPT_SCHEME_HTTPS)
    tell_rua(d, TRPT_CODE_RECORD_HTTPS_USERINFO, offset + (size_t)(parts->userinfo.ptr - uri));
  if (parts->query.ptr && rua->scheme == TRPT_SCHEME_MAILTO)
    tell_rua(d, TRPT_CODE_RECORD_MAILTO_HEADERS, offset + (size_t)(parts->query.ptr - uri) - 1);
  if (parts->fragment.ptr) tell_rua(d, TRPT_CODE_RECORD_URI_FRAGMENT, offset + (size_t)(parts->fragment.ptr - uri) - 1);
}

/* True where an earlier destination is the same, but for the case of its scheme. */
static bool is_duplicate(diagnosis *d, trpt_str uri, size_t scheme_len) {
  for (uint32_t i = 0; i < d->remembered; i++) {
    trpt_str other = d->destination[i];
    if (other.len == uri.len && trpt_equal_nocase(other.ptr, uri.ptr, scheme_len) &&
        memcmp(other.ptr + scheme_len, uri.ptr + scheme_len, uri.len - scheme_len) == 0)
      return true;
  }
  if (d->remembered < REMEMBERED) d->destination[d->remembered++] = uri;
  return false;
}

/* An item without a scheme right behind a good URI and its comma: "mailto:a@b.example,c@d.example". With a blank
   behind the comma a new destination was meant, which lacks its scheme. */
static bool is_comma_inside(const diagnosis *d, const trpt_item *item, const trpt_uri *parts) {
  return d->item_is_good && d->comma + 1 == item->begin && !parts->scheme.ptr &&
         !trpt_is_wsp(d->text.ptr[d->comma - 1]);
}

/* A ";" that was meant to be part of a destination, or to stand between two: what is behind it is no field, and
   looks like the rest of a destination. "mailto;a@b.example", "mailto:a@b.example;mailto:c@d.example",
   "https://a.example/?b;c". */
static bool is_semicolon_inside(const diagnosis *d, const trpt_item *item, const trpt_uri *parts) {
  size_t begin = item->at + 1;
  if (begin == d->text.len || trpt_fields_look(d->text, begin).has_equals) return false;
  const char *end = memchr(d->text.ptr + begin, ';', d->text.len - begin);
  size_t len = end ? (size_t)(end - d->text.ptr) - begin : d->text.len - begin;
  if (trpt_chars_skip(d->text, begin, TRPT_CHAR_WSP) - begin == len) return false;
  if (memchr(d->text.ptr + begin, '@', len) || memchr(d->text.ptr + begin, ':', len)) return true;
  return !trpt_is_wsp(d->text.ptr[begin]) && (parts->query.ptr || memchr(d->text.ptr + begin, '/', len));
}

static void diagnose_uri(diagnosis *d, const trpt_item *item) {
  trpt_str uri = {d->text.ptr + item->begin, item->end - item->begin};
  trpt_rua rua;
  trpt_uri parts;
  size_t bad;
  bool good = trpt_destination_read(uri, &rua, &parts, &bad);
  bool comma_inside =
      !good && is_comma_inside(d, item, &parts) && bad < uri.len && judge_byte(uri.ptr[bad]) == TRPT_CODE_NONE;
  bool semicolon_inside = item->separator == TRPT_SEPARATOR_SEMICOLON && is_semicolon_inside(d, item, &parts);
  if (comma_inside)
    tell_rua(d, TRPT_CODE_RECORD_UNENCODED_COMMA, d->comma);
  else if (d->destinations < 2 && ++d->destinations == 2)
    tell_rua(d, TRPT_CODE_RECORD_MANY_RUA, item->begin);
  if (good) {
    if (is_duplicate(d, uri, parts.scheme.len)) tell_rua(d, TRPT_CODE_RECORD_DUPLICATE_URI, item->begin);
    diagnose_good_uri(d, &rua, item->begin, &parts);
  } else if (!comma_inside && !(semicolon_inside && bad == uri.len)) {
    diagnose_broken_uri(d, uri, item->begin, &parts, bad);
  }
  if (semicolon_inside) tell_rua(d, TRPT_CODE_RECORD_UNENCODED_SEMICOLON, item->at);
  d->skip_field = semicolon_inside;
  d->item_is_good = good;
  d->item_is_empty = false;
  d->uris += d->uris < UINT32_MAX;
}

/* Where no URI stands, the comma that separates nothing is told: the one behind it, else the one before it. A row of
   such commas is one mistake. */
static void diagnose_empty_uri(diagnosis *d, const trpt_field_iterator *walk) {
  const trpt_item *item = &walk->item;
  bool comma_follows = item->separator == TRPT_SEPARATOR_COMMA;
  if (walk->first && !comma_follows)
    tell_rua(d, TRPT_CODE_RECORD_EMPTY_RUA, walk->field.value);
  else if (!d->item_is_empty)
    tell_rua(d, TRPT_CODE_RECORD_EMPTY_URI, comma_follows ? item->at : d->comma);
  d->item_is_good = false;
  d->item_is_empty = true;
}

/* ---- Fields ---- */

/* The first blank next to the "=" of a field; the text's length where there is none. A blank behind it is none where
   nothing follows, since then the missing value is the fault. */
static size_t blank_at_equals(const diagnosis *d, const trpt_field_iterator *walk) {
  const trpt_field *field = &walk->field;
  if (!field->has_equals) return d->text.len;
  if (field->value - 1 > field->name_end) return field->name_end;
  bool behind = walk->item.begin > field->value && walk->item.end > walk->item.begin;
  return behind ? field->value : d->text.len;
}

static void diagnose_rua_field(diagnosis *d, const trpt_field_iterator *walk) {
  if (d->has_rua) tell_rua(d, TRPT_CODE_RECORD_REPEATED_RUA, walk->field.begin);
  d->has_rua = true;
  if (d->no_usable) tell(d, TRPT_CODE_RECORD_NO_USABLE_RUA, walk->field.begin, "");
  d->no_usable = false;
  d->comma = d->text.len;
  d->item_is_empty = false;
  size_t blank = blank_at_equals(d, walk);
  if (blank < d->text.len) tell_rua(d, TRPT_CODE_RECORD_WS_AROUND_EQUALS, blank);
}

/* What the name of an extension tells. */
static trpt_code judge_name(trpt_str name) {
  if (trpt_str_equal_nocase(name, "rua")) return TRPT_CODE_RECORD_RUA_CASE;
  if (trpt_is_dmarc_tag(name)) return TRPT_CODE_RECORD_DMARC_TAG;
  if (trpt_str_equal(name, "v", 1)) return TRPT_CODE_RECORD_REPEATED_VERSION;
  return TRPT_CODE_RECORD_UNKNOWN_FIELD;
}

/* Tells why a field is no tlsrpt-extension. */
static void diagnose_broken_extension(diagnosis *d, const trpt_field_iterator *walk, trpt_code finding, size_t bad) {
  size_t end = walk->item.end;
  trpt_code byte = bad < end ? judge_byte(d->text.ptr[bad]) : TRPT_CODE_NONE;
  if (byte != TRPT_CODE_NONE) finding = byte;
  /* A whole name without "=" has no byte that is wrong in itself. */
  bool no_equals = !walk->field.has_equals && bad == end;
  tell_extension(d, finding, no_equals ? walk->field.begin : bad);
}

static void diagnose_extension(diagnosis *d, const trpt_field_iterator *walk) {
  const trpt_field *field = &walk->field;
  const trpt_item *item = &walk->item;
  trpt_code fault;
  size_t bad;
  bool good = trpt_fields_check_extension(d->text, field, item, &fault, &bad);
  trpt_code named = judge_name((trpt_str){d->text.ptr + field->begin, field->name_end - field->begin});
  if (field->has_equals && (good || named != TRPT_CODE_RECORD_UNKNOWN_FIELD)) tell_extension(d, named, field->begin);
  size_t blank = blank_at_equals(d, walk);
  if (blank < d->text.len && (good || bad >= blank)) tell_extension(d, TRPT_CODE_RECORD_WS_AROUND_EQUALS, blank);
  size_t value_end = good ? item->end : bad;
  const char *quote = value_end > item->begin ? memchr(d->text.ptr + item->begin, '"', value_end - item->begin) : NULL;
  if (quote) tell_extension(d, TRPT_CODE_RECORD_QUOTES_IN_DATA, (size_t)(quote - d->text.ptr));
  if (!good) diagnose_broken_extension(d, walk, fault, bad);
  d->item_is_good = good;
  d->extensions += good & (d->extensions < UINT32_MAX);
}

/* What the walk stands on. */
static void diagnose_item(diagnosis *d, const trpt_field_iterator *walk) {
  bool empty = walk->item.begin == walk->item.end;
  if (walk->first && !walk->field.is_rua) {
    if (d->skip_field) {
      d->skip_field = false;
      d->item_is_good = false;
    } else if (empty && !walk->field.has_equals) {
      d->item_is_good = false;
      if (walk->item.separator == TRPT_SEPARATOR_SEMICOLON) tell(d, TRPT_CODE_RECORD_EMPTY_FIELD, walk->item.at, "");
    } else {
      diagnose_extension(d, walk);
    }
    return;
  }
  if (walk->first) diagnose_rua_field(d, walk);
  if (empty)
    diagnose_empty_uri(d, walk);
  else
    diagnose_uri(d, &walk->item);
  d->comma = walk->item.at;
}

static void diagnose_separator(diagnosis *d, const trpt_item *item) {
  if (item->separator == TRPT_SEPARATOR_MISSING) tell(d, TRPT_CODE_RECORD_MISSING_DELIMITER, item->at, "");
  if (item->separator == TRPT_SEPARATOR_END && item->end < d->text.len && d->item_is_good)
    tell(d, TRPT_CODE_RECORD_TRAILING_GARBAGE, item->end, "");
}

static void diagnose_fields(diagnosis *d, trpt_field_iterator walk) {
  while (!d->stopped && trpt_fields_next(&walk)) {
    diagnose_item(d, &walk);
    diagnose_separator(d, &walk.item);
  }
  if (!d->has_rua) tell(d, TRPT_CODE_RECORD_NO_RUA, d->text.len, "");
}

bool trpt_record_find(trpt_str text, trpt_record_code_fn fn, void *user) {
  diagnosis d = {.text = text, .fn = fn, .user = user};
  version found = find_version(text);
  if (found.readable && text.len > LONG_RECORD) tell(&d, TRPT_CODE_RECORD_TOO_LONG, 0, "");
  if (found.finding != TRPT_CODE_NONE) tell(&d, found.finding, found.offset, "version");
  if (!found.readable) return !d.stopped;
  trpt_field_iterator walk = {.text = text, .pos = trpt_fields_begin(text, found.end)};
  trpt_record counts = {.text = text};
  trpt_fields_count(walk, &counts);
  d.no_usable = counts.rua_count > 0 && counts.usable_rua_count == 0;
  diagnose_first_delim(&d, found.end);
  diagnose_fields(&d, walk);
  return !d.stopped;
}

/* ---- The interface ---- */

typedef struct receiver {
  trpt_diagnostic_fn fn;
  void *user;
} receiver;

static bool receive(void *user, trpt_code finding, size_t offset, const char *where) {
  const receiver *to = user;
  const trpt_catalogue_entry *entry = &trpt_catalogue[finding];
  trpt_diagnostic diagnostic = {.code = entry->code,
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
  return trpt_record_find((trpt_str){text, len}, receive, &to) ? TRPT_OK : TRPT_E_CANCELED;
}
