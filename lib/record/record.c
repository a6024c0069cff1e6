/* SPDX-License-Identifier: MIT */
#include "record.h"

#include "../base/text.h"
#include "../catalogue/error_of_code.h"
#include "kind.h"

/* What a byte may be part of. */
enum {
  NAME_BEGIN = 1, /* ALPHA / DIGIT */
  NAME = 2,       /* ALPHA / DIGIT / "_" / "-" / "." */
  VALUE = 4,      /* %x21-3A / %x3C / %x3E-7E: VCHAR but for ";" and "=" */
  URI = 8,        /* what does not end a URI: any byte but ",", ";" and WSP */
  WSP = 16        /* SP / HTAB */
};

enum { NAME_MAX_LEN = 32 };

/* clang-format off */
static const unsigned char classes[256] = {
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x10, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x10, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x04, 0x0e, 0x0e, 0x0c,
    0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0c, 0x00, 0x0c, 0x08, 0x0c, 0x0c,
    0x0c, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f,
    0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0c, 0x0c, 0x0c, 0x0c, 0x0e,
    0x0c, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f,
    0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0c, 0x0c, 0x0c, 0x0c, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,};
/* clang-format on */

static bool is(trpt_str text, size_t pos, unsigned class) {
  return pos < text.len && classes[(unsigned char)text.ptr[pos]] & class;
}

static bool is_char(trpt_str text, size_t pos, char c) { return pos < text.len && text.ptr[pos] == c; }

/* First byte from `pos` on that is not of the class. */
static size_t skip(trpt_str text, size_t pos, unsigned class) {
  while (is(text, pos, class)) pos++;
  return pos;
}

size_t trpt_record_skip_wsp(trpt_str text, size_t pos) { return skip(text, pos, WSP); }

/* ---- The grammar, RFC 8460 s3: one function a rule. ----

   Each returns true behind what it matched, or false at the first byte after which no continuation could match: the
   text's length where it only ends too early. That is the strict verdict. */

typedef struct scanner {
  trpt_str text;
  size_t pos;
} scanner;

static bool field_delim(scanner *s);
static bool tlsrpt_field(scanner *s, bool *is_rua);
static bool tlsrpt_version(scanner *s);
static bool tlsrpt_rua(scanner *s);
static bool tlsrpt_uri(scanner *s);
static bool tlsrpt_extension(scanner *s);
static bool tlsrpt_ext_name(scanner *s);
static bool tlsrpt_ext_value(scanner *s);

/* tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim], one field of which is a tlsrpt-rua.
   The version has been matched. */
static bool tlsrpt_record(scanner *s) {
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
static bool field_delim(scanner *s) {
  s->pos = skip(s->text, s->pos, WSP);
  if (!is_char(s->text, s->pos, ';')) return false;
  s->pos = skip(s->text, s->pos + 1, WSP);
  return true;
}

static bool starts_with(trpt_str text, size_t pos, const char *literal, size_t len) {
  return text.len - pos >= len && memcmp(text.ptr + pos, literal, len) == 0;
}

/* tlsrpt-field = tlsrpt-rua / tlsrpt-extension
   "rua=" also matches tlsrpt-extension; read so, a record with a broken URI would be valid. */
static bool tlsrpt_field(scanner *s, bool *is_rua) {
  *is_rua = starts_with(s->text, s->pos, "rua=", 4);
  return *is_rua ? tlsrpt_rua(s) : tlsrpt_extension(s);
}

/* tlsrpt-version = %s"v=TLSRPTv1"
   What follows must be able to begin a field-delim, so that version 10 is not taken for version 1. */
static bool tlsrpt_version(scanner *s) {
  for (; s->pos < TRPT_RECORD_VERSION_LEN; s->pos++)
    if (!is_char(s->text, s->pos, TRPT_RECORD_VERSION[s->pos])) return false;
  return s->pos == s->text.len || is(s->text, s->pos, WSP) || is_char(s->text, s->pos, ';');
}

/* tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri) */
static bool tlsrpt_rua(scanner *s) {
  s->pos += 4;
  for (;;) {
    if (!tlsrpt_uri(s)) return false;
    size_t comma = skip(s->text, s->pos, WSP);
    if (!is_char(s->text, comma, ',')) return true;
    s->pos = skip(s->text, comma + 1, WSP);
  }
}

/* tlsrpt-uri = URI, in which "," "!" ";" must be percent-encoded */
static bool tlsrpt_uri(scanner *s) {
  size_t end = skip(s->text, s->pos, URI);
  trpt_rua rua;
  trpt_uri parts;
  size_t bad;
  bool good = trpt_record_check_uri((trpt_str){s->text.ptr + s->pos, end - s->pos}, &rua, &parts, &bad);
  s->pos = good ? end : s->pos + bad;
  return good;
}

/* tlsrpt-extension = tlsrpt-ext-name "=" tlsrpt-ext-value */
static bool tlsrpt_extension(scanner *s) {
  if (!tlsrpt_ext_name(s) || !is_char(s->text, s->pos, '=')) return false;
  s->pos++;
  return tlsrpt_ext_value(s);
}

/* End of a name that begins at `pos`; `pos` where none does. */
static size_t name_end(trpt_str text, size_t pos) {
  if (!is(text, pos, NAME_BEGIN)) return pos;
  size_t end = pos + 1;
  while (end - pos < NAME_MAX_LEN && is(text, end, NAME)) end++;
  return end;
}

/* tlsrpt-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".") */
static bool tlsrpt_ext_name(scanner *s) {
  size_t from = s->pos;
  s->pos = name_end(s->text, from);
  return s->pos > from;
}

/* tlsrpt-ext-value = 1*(%x21-3A / %x3C / %x3E-7E) */
static bool tlsrpt_ext_value(scanner *s) {
  size_t from = s->pos;
  s->pos = skip(s->text, from, VALUE);
  return s->pos > from;
}

/* ---- One URI ---- */

static const char *const schemes[] = {
    [TRPT_SCHEME_OTHER] = "other", [TRPT_SCHEME_MAILTO] = "mailto", [TRPT_SCHEME_HTTPS] = "https"};
enum { SCHEMES = sizeof schemes / sizeof schemes[0] };

const char *trpt_scheme_name(trpt_scheme scheme) { return scheme >= 0 && scheme < SCHEMES ? schemes[scheme] : NULL; }

static trpt_scheme scheme_of(trpt_str text) {
  for (trpt_scheme scheme = TRPT_SCHEME_MAILTO; scheme < SCHEMES; scheme++)
    if (text.len == strlen(schemes[scheme]) && trpt_equal_nocase(text.ptr, schemes[scheme], text.len)) return scheme;
  return TRPT_SCHEME_OTHER;
}

/* An "@" with something on both sides, RFC 6068 s2. The last one: a local part may hold more in quotes. */
static bool has_mailbox(trpt_str address) {
  size_t at = address.len;
  while (at > 0 && address.ptr[at - 1] != '@') at--;
  return at > 1 && at < address.len;
}

bool trpt_record_check_uri(trpt_str uri, trpt_rua *out, trpt_uri *parts, size_t *bad) {
  *out = (trpt_rua){.uri = uri};
  bool good = trpt_uri_parse(uri.ptr, uri.len, parts, bad);
  const char *bang = memchr(uri.ptr, '!', *bad);
  if (bang) *bad = (size_t)(bang - uri.ptr);
  out->scheme = scheme_of(parts->scheme);
  if (!good || bang) return false;
  if (out->scheme == TRPT_SCHEME_MAILTO) {
    out->address = parts->path;
    out->usable = has_mailbox(parts->path);
  } else if (out->scheme == TRPT_SCHEME_HTTPS) {
    out->usable = parts->host.len > 0;
  }
  return true;
}

/* ---- The lenient reading: a walk that steps over what the grammar refuses. ---- */

size_t trpt_record_fields(trpt_str text, size_t version_end) {
  size_t pos = skip(text, version_end < text.len ? version_end : text.len, WSP);
  return is_char(text, pos, ';') || is_char(text, pos, ',') ? pos + 1 : pos;
}

trpt_field trpt_record_field(trpt_str text, size_t pos) {
  trpt_field field = {.begin = skip(text, pos, WSP)};
  field.name_end = skip(text, field.begin, NAME);
  field.value = field.begin;
  size_t equals = skip(text, field.name_end, WSP);
  if (field.name_end == field.begin || !is_char(text, equals, '=')) return field;
  field.value = equals + 1;
  field.has_equals = true;
  field.is_rua = trpt_str_equal((trpt_str){text.ptr + field.begin, field.name_end - field.begin}, "rua", 3);
  return field;
}

/* Behind a blank, a name and "=" begin a field, though the ";" before it is missing. */
static bool field_begins(trpt_str text, size_t pos) {
  size_t end = name_end(text, pos);
  return end > pos && is_char(text, end, '=');
}

/* After a comma `a=b` is rather the rest of a URI with a raw comma. The comma stands for ";" only before a name that people
   write into such records: "rua=mailto:a@b.example,ruf=mailto:c@d.example". */
static bool known_field_begins(trpt_str text, size_t pos) {
  const trpt_str name = {text.ptr + pos, name_end(text, pos) - pos};
  return is_char(text, pos + name.len, '=') &&
         (trpt_str_equal(name, "rua", 3) || trpt_str_equal(name, "v", 1) || trpt_is_dmarc_tag(name));
}

/* Ends a piece at the separator that begins at `at`, with the next piece or field from `next` on. */
static size_t separate(trpt_piece *piece, trpt_separator separator, size_t at, size_t next) {
  piece->separator = separator;
  piece->at = at;
  return next;
}

/* Reads a piece from `pos` on and returns where the next one begins. In a list, "," ends a piece. */
static size_t read_piece(trpt_str text, size_t pos, bool list, trpt_piece *piece) {
  piece->begin = piece->end = pos = skip(text, pos, WSP);
  for (;;) {
    pos = skip(text, pos, URI);
    piece->end = pos;
    size_t next = skip(text, pos, WSP);
    if (next == text.len) return separate(piece, TRPT_SEPARATOR_END, next, next);
    if (text.ptr[next] == ';') return separate(piece, TRPT_SEPARATOR_SEMICOLON, next, next + 1);
    if (text.ptr[next] == ',' && list) {
      size_t behind = skip(text, next + 1, WSP);
      if (known_field_begins(text, behind)) return separate(piece, TRPT_SEPARATOR_MISSING, next, behind);
      return separate(piece, TRPT_SEPARATOR_COMMA, next, next + 1);
    }
    if (next > pos && field_begins(text, next)) return separate(piece, TRPT_SEPARATOR_MISSING, pos, next);
    pos = text.ptr[next] == ',' ? next + 1 : next;
  }
}

bool trpt_record_next(trpt_record_iterator *walk) {
  walk->first = !walk->in_list;
  if (walk->first) {
    if (walk->pos >= walk->text.len) return false;
    walk->field = trpt_record_field(walk->text, walk->pos);
  }
  bool list = walk->in_list || walk->field.is_rua;
  walk->pos = read_piece(walk->text, walk->first ? walk->field.value : walk->pos, list, &walk->piece);
  walk->in_list = walk->piece.separator == TRPT_SEPARATOR_COMMA;
  return true;
}

/* The URI of a rua field on which the walk stands; false for a piece of another field and for an empty piece. */
static bool walk_uri(const trpt_record_iterator *walk, trpt_str *uri) {
  *uri = (trpt_str){walk->text.ptr + walk->piece.begin, walk->piece.end - walk->piece.begin};
  return (!walk->first || walk->field.is_rua) && uri->len > 0;
}

bool trpt_record_check_extension(trpt_str text, const trpt_field *field, const trpt_piece *piece, trpt_code *finding,
                                 size_t *bad) {
  *finding = TRPT_CODE_RECORD_BAD_EXT_NAME;
  *bad = name_end(text, field->begin);
  if (!field->has_equals || *bad != field->name_end) return false;
  *finding = TRPT_CODE_RECORD_BAD_EXT_VALUE;
  *bad = skip(text, piece->begin, VALUE);
  return piece->end > piece->begin && *bad == piece->end;
}

/* The extension on which the walk stands; false for anything else, also for one that cannot be read. */
static bool walk_extension(const trpt_record_iterator *walk, trpt_str *name, trpt_str *value) {
  trpt_code finding;
  size_t bad;
  if (!walk->first || walk->field.is_rua ||
      !trpt_record_check_extension(walk->text, &walk->field, &walk->piece, &finding, &bad))
    return false;
  *name = (trpt_str){walk->text.ptr + walk->field.begin, walk->field.name_end - walk->field.begin};
  *value = (trpt_str){walk->text.ptr + walk->piece.begin, walk->piece.end - walk->piece.begin};
  return true;
}

/* Counts stop at the end of their type, which only a text of more than 8 GiB can reach. */
static void count(uint32_t *counter) { *counter += *counter < UINT32_MAX; }

bool trpt_record_count(trpt_record_iterator walk, trpt_record *counts) {
  bool has_rua = false;
  while (trpt_record_next(&walk)) {
    has_rua |= walk.field.is_rua;
    trpt_str uri, name, value;
    if (walk_uri(&walk, &uri)) {
      trpt_rua rua;
      trpt_uri parts;
      size_t bad;
      trpt_record_check_uri(uri, &rua, &parts, &bad);
      count(&counts->rua_count);
      if (rua.usable) count(&counts->usable_rua_count);
    } else if (walk_extension(&walk, &name, &value)) {
      count(&counts->extension_count);
    }
  }
  return has_rua;
}

/* ---- The interface ---- */

/* The first finding that makes a record invalid explains the fault of the strict reading. */
typedef struct explanation {
  trpt_code finding;
  char where[32];
} explanation;

static bool explain(void *user, trpt_code finding, size_t offset, const char *where) {
  explanation *out = user;
  (void)offset;
  if (!trpt_record_breaks_grammar(finding)) return true;
  out->finding = finding;
  memcpy(out->where, where, strlen(where) + 1);
  return false;
}

static trpt_position place_at(size_t offset) { return (trpt_position){offset, 1, trpt_record_column(offset)}; }

static trpt_status refuse(trpt_str text, trpt_status status, size_t offset, trpt_error *error) {
  if (!error) return status;
  explanation why = {TRPT_CODE_NONE, ""};
  trpt_record_find(text, explain, &why);
  return trpt_error_set(error, status, why.finding, place_at(offset), why.where);
}

trpt_status trpt_record_parse(const char *text, size_t len, uint32_t flags, trpt_record *out, trpt_error *error) {
  trpt_error_clear(error);
  if (out) *out = (trpt_record){.text = {NULL, 0}};
  if (!text || !out || flags & ~(uint32_t)TRPT_STRICT)
    return trpt_error_set(error, TRPT_E_ARGUMENT, TRPT_CODE_NONE, (trpt_position){0, 0, 0}, "");
  scanner s = {{text, len}, 0};
  if (!tlsrpt_version(&s)) return refuse(s.text, TRPT_E_NOT_TLSRPT, s.pos, error);
  if (flags & TRPT_STRICT && !tlsrpt_record(&s)) return refuse(s.text, TRPT_E_RECORD, s.pos, error);
  trpt_record record = {.text = s.text, .flags = flags};
  trpt_record_iterator walk = {.text = s.text, .pos = trpt_record_fields(s.text, TRPT_RECORD_VERSION_LEN)};
  if (!trpt_record_count(walk, &record))
    return trpt_error_set(error, TRPT_E_RECORD, TRPT_CODE_RECORD_NO_RUA, place_at(len), "");
  *out = record;
  return TRPT_OK;
}

/* A cursor is the position of the walk, doubled, with the lowest bit set inside of a list. No text is longer than
   half of SIZE_MAX. A cursor that did not come from here can give nonsense, but only from inside the text. */
static bool resume(const trpt_record *record, size_t cursor, trpt_record_iterator *walk) {
  *walk = (trpt_record_iterator){.text = record->text, .pos = cursor >> 1, .in_list = cursor & 1};
  if (cursor == 0) walk->pos = trpt_record_fields(walk->text, TRPT_RECORD_VERSION_LEN);
  return walk->pos <= walk->text.len && (walk->text.ptr || walk->text.len == 0);
}

static size_t suspend(const trpt_record_iterator *walk) { return walk->pos << 1 | walk->in_list; }

trpt_status trpt_record_next_rua(const trpt_record *record, size_t *cursor, trpt_rua *out) {
  if (out) *out = (trpt_rua){.uri = {NULL, 0}};
  trpt_record_iterator walk;
  if (!record || !cursor || !out || !resume(record, *cursor, &walk)) return TRPT_E_ARGUMENT;
  bool found = false;
  trpt_str uri;
  while (!found && trpt_record_next(&walk)) found = walk_uri(&walk, &uri);
  *cursor = suspend(&walk);
  if (!found) return TRPT_END;
  trpt_uri parts;
  size_t bad;
  trpt_record_check_uri(uri, out, &parts, &bad);
  return TRPT_OK;
}

trpt_status trpt_record_next_extension(const trpt_record *record, size_t *cursor, trpt_str *name, trpt_str *value) {
  if (name) *name = (trpt_str){NULL, 0};
  if (value) *value = (trpt_str){NULL, 0};
  trpt_record_iterator walk;
  if (!record || !cursor || !name || !value || !resume(record, *cursor, &walk)) return TRPT_E_ARGUMENT;
  bool found = false;
  while (!found && trpt_record_next(&walk)) found = walk_extension(&walk, name, value);
  *cursor = suspend(&walk);
  return found ? TRPT_OK : TRPT_END;
}
