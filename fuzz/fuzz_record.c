/* SPDX-License-Identifier: MIT */

#include <tlsrpt/record.h>
#include <tlsrpt/report.h>

#include "fuzzing.h"

/* The input as a record, as RDATA and as a name. Besides not crashing, strict and lenient parsing, the cursors, the
   diagnostics, the conclusion and the suggestion must agree with each other, and the JSON must be well-formed. */

static int is_inside(trpt_str part, trpt_str text) {
  return part.ptr >= text.ptr && part.ptr + part.len <= text.ptr + text.len;
}

/* Both cursors end, return as many items as were counted, and return parts of the text in order. */
static void check_cursors(const trpt_record *record) {
  uint32_t found = 0, usable = 0;
  const char *last = record->text.ptr;
  size_t cursor = 0;
  for (trpt_rua rua; trpt_record_next_rua(record, &cursor, &rua) == TRPT_OK; found++) {
    CHECK(rua.uri.len > 0 && is_inside(rua.uri, record->text) && rua.uri.ptr >= last);
    CHECK(!rua.address.ptr || (rua.scheme == TRPT_SCHEME_MAILTO && is_inside(rua.address, rua.uri)));
    CHECK(!rua.usable || rua.scheme != TRPT_SCHEME_OTHER);
    usable += rua.usable == 1;
    last = rua.uri.ptr + rua.uri.len;
  }
  CHECK(found == record->rua_count && usable == record->usable_rua_count);
  found = 0;
  cursor = 0;
  last = record->text.ptr;
  for (trpt_str name, value; trpt_record_next_extension(record, &cursor, &name, &value) == TRPT_OK; found++) {
    CHECK(name.len > 0 && name.len <= 32 && value.len > 0);
    CHECK(is_inside(name, record->text) && is_inside(value, record->text) && name.ptr >= last);
    last = value.ptr + value.len;
  }
  CHECK(found == record->extension_count);
}

/* The error-level diagnostics on one URI. */
typedef struct uri_errors {
  char where[32];
  uint64_t begin, end;
  int named, inside; /* `where` is the URI; the offset is within it */
} uri_errors;

static int on_uri_error(void *user, const trpt_diagnostic *d) {
  uri_errors *e = user;
  if (d->severity != TRPT_ERROR) return 0;
  e->named |= strcmp(d->where, e->where) == 0;
  e->inside |= d->offset >= e->begin && d->offset < e->end;
  return 0;
}

/* An error is inside of a usable destination only for a raw "!" in https, and an error names each destination that is not
   usable. */
static void check_usable(const trpt_record *record) {
  const trpt_str text = record->text;
  size_t cursor = 0;
  trpt_rua rua;
  for (unsigned i = 0; i < 8 && trpt_record_next_rua(record, &cursor, &rua) == TRPT_OK; i++) {
    uri_errors e = {.begin = (uint64_t)(rua.uri.ptr - text.ptr)};
    e.end = e.begin + rua.uri.len;
    snprintf(e.where, sizeof e.where, "rua[%u]", i);
    CHECK(trpt_record_diagnose(text.ptr, text.len, on_uri_error, &e) == TRPT_OK);
    const int has_bang = rua.scheme == TRPT_SCHEME_HTTPS && memchr(rua.uri.ptr, '!', rua.uri.len);
    CHECK(rua.usable ? e.inside == has_bang : e.named);
  }
}

typedef struct diagnostics {
  uint64_t text_len, last_offset;
  int breaks_grammar;
} diagnostics;

static int on_diagnostic(void *user, const trpt_diagnostic *d) {
  static const char *const about_use[] = {"record.rua-case",      "record.http-scheme",  "record.unsupported-scheme",
                                          "record.no-usable-rua", "record.mailto-empty", "record.mailto-without-at",
                                          "record.https-no-host", "record.bad-host",     "record.bad-port",
                                          "record.bad-address"};
  diagnostics *f = user;
  CHECK(d->offset >= f->last_offset && d->offset <= f->text_len);
  CHECK(d->where && strlen(d->where) < 128);
  f->last_offset = d->offset;
  int breaks = d->severity == TRPT_ERROR;
  for (size_t i = 0; i < sizeof about_use / sizeof about_use[0]; i++)
    if (strcmp(d->code, about_use[i]) == 0) breaks = 0;
  f->breaks_grammar |= breaks;
  return 0;
}

/* The text before the fault can still become valid: parsed alone, it is valid or ends too early. With the byte of the fault
   it cannot, and the fault has the same offset. */
static void check_fault(const char *text, size_t len, uint64_t offset) {
  trpt_record record;
  trpt_error error;
  CHECK(offset <= len);
  char *cut = fuzz_copy(text, (size_t)offset);
  if (trpt_record_parse(cut, (size_t)offset, TRPT_STRICT, &record, &error) != TRPT_OK) CHECK(error.offset == offset);
  free(cut);
  if (offset == len) return;
  cut = fuzz_copy(text, (size_t)offset + 1);
  CHECK(trpt_record_parse(cut, (size_t)offset + 1, TRPT_STRICT, &record, &error) < 0 && error.offset == offset);
  free(cut);
}

static void check_record(const char *text, size_t len) {
  trpt_record strict, lenient;
  trpt_error error, lenient_error;
  trpt_status strict_status = trpt_record_parse(text, len, TRPT_STRICT, &strict, &error);
  trpt_status lenient_status = trpt_record_parse(text, len, 0, &lenient, &lenient_error);
  diagnostics f = {len, 0, 0};
  CHECK(trpt_record_diagnose(text, len, on_diagnostic, &f) == TRPT_OK);
  CHECK((strict_status == TRPT_OK) == !f.breaks_grammar);
  CHECK((strict_status == TRPT_E_NOT_TLSRPT) == (lenient_status == TRPT_E_NOT_TLSRPT));
  if (strict_status == TRPT_OK) {
    CHECK(lenient_status == TRPT_OK && strict.rua_count > 0);
    CHECK(strict.rua_count == lenient.rua_count && strict.usable_rua_count == lenient.usable_rua_count);
    CHECK(strict.extension_count == lenient.extension_count);
    check_cursors(&strict);
  } else {
    CHECK(error.status == strict_status && error.code && !strict.text.ptr);
    check_fault(text, len, error.offset);
  }
  if (lenient_status == TRPT_OK) {
    check_cursors(&lenient);
    check_usable(&lenient);
  }
}

/* Invalid cursors. */
static void check_wild_cursors(const char *text, size_t len, size_t seed) {
  trpt_record record = {.text = {text, len}};
  size_t cursor = seed;
  trpt_rua rua;
  for (size_t i = 0; i < len + 2 && trpt_record_next_rua(&record, &cursor, &rua) == TRPT_OK; i++)
    CHECK(is_inside(rua.uri, record.text));
  cursor = seed;
  trpt_str name, value;
  for (size_t i = 0; i < len + 2 && trpt_record_next_extension(&record, &cursor, &name, &value) == TRPT_OK; i++)
    CHECK(is_inside(name, record.text) && is_inside(value, record.text));
}

/* Every record in the notation of zone files is shorter than the text, and the cursor moves on. */
static void check_extract(const char *text, size_t len) {
  size_t cursor = 0, last = 0, needed;
  uint32_t notation;
  while (trpt_record_extract(text, len, &cursor, &notation, NULL, 0, &needed) == TRPT_E_BUFFER) {
    CHECK(needed < len && notation && cursor == last);
    char *record = malloc(needed + 1);
    if (!record) abort();
    CHECK(trpt_record_extract(text, len, &cursor, NULL, record, needed + 1, NULL) == TRPT_OK);
    CHECK(cursor > last && cursor <= len);
    last = cursor;
    check_record(record, needed);
    free(record);
  }
  CHECK(cursor == len && needed == 0 && (notation & ~(uint32_t)TRPT_NOTATION_ENTRY) == 0);
}

/* The length that a call without a buffer returns is the length it writes. */
static void check_buffers(const char *text, size_t len) {
  size_t needed, again;
  if (trpt_record_join((const uint8_t *)text, len, NULL, 0, &needed) == TRPT_E_BUFFER) {
    char *joined = malloc(needed + 1);
    if (!joined) abort();
    CHECK(trpt_record_join((const uint8_t *)text, len, joined, needed + 1, &again) == TRPT_OK && again == needed);
    check_record(joined, needed);
    free(joined);
  }
  CHECK(trpt_uri_decode(text, len, NULL, 0, &needed) == TRPT_E_BUFFER && needed <= len);
  char *decoded = malloc(needed + 1);
  if (!decoded) abort();
  CHECK(trpt_uri_decode(text, len, decoded, needed + 1, &again) == TRPT_OK && again == needed);
  free(decoded);
  char name[254];
  trpt_status status = trpt_record_name(text, len, name, sizeof name, &needed);
  CHECK(status == TRPT_E_ARGUMENT || (status == TRPT_OK && strlen(name) == needed));
}

static int stop_at_error(void *user, const trpt_diagnostic *d) {
  (void)user;
  return d->severity == TRPT_ERROR;
}

static int stop_at_warning(void *user, const trpt_diagnostic *d) {
  (void)user;
  return d->severity >= TRPT_WARNING;
}

/* A written record is valid, and needs no suggestion. */
static void check_good(const char *text, size_t len) {
  trpt_record record;
  char again[TRPT_SUGGESTION_MAX_LEN + 1];
  size_t needed;
  CHECK(len <= TRPT_SUGGESTION_MAX_LEN && text[len] == '\0');
  CHECK(trpt_record_parse(text, len, TRPT_STRICT, &record, NULL) == TRPT_OK && record.usable_rua_count > 0);
  CHECK(trpt_record_diagnose(text, len, stop_at_error, NULL) == TRPT_OK);
  CHECK(trpt_record_suggest(text, len, again, sizeof again, &needed) == TRPT_END && needed == 0);
}

typedef trpt_status derive(const void *input, size_t count, char *buffer, size_t capacity, size_t *needed);

static trpt_status suggest(const void *text, size_t len, char *buffer, size_t capacity, size_t *needed) {
  return trpt_record_suggest(text, len, buffer, capacity, needed);
}

static trpt_status merge(const void *texts, size_t count, char *buffer, size_t capacity, size_t *needed) {
  return trpt_record_merge(texts, count, buffer, capacity, needed);
}

/* A buffer of any size receives either the whole text or nothing. Returns NULL if the
   function has nothing to write; otherwise the text, which the caller frees. */
static char *check_derived(derive *fn, const void *input, size_t count, size_t *len) {
  trpt_status status = fn(input, count, NULL, 0, len);
  if (status == TRPT_END) {
    char c = '#';
    CHECK(*len == 0 && fn(input, count, &c, 1, NULL) == TRPT_END && c == '#');
    return NULL;
  }
  CHECK(status == TRPT_E_BUFFER && *len > 0);
  char *text = fuzz_copy("", 0);
  for (size_t capacity = 1; capacity <= *len; capacity += 1 + capacity / 2) {
    size_t needed;
    free(text);
    text = malloc(capacity);
    if (!text) abort();
    *text = '#';
    CHECK(fn(input, count, text, capacity, &needed) == TRPT_E_BUFFER && needed == *len && *text == '#');
  }
  free(text);
  text = malloc(*len + 1);
  if (!text) abort();
  CHECK(fn(input, count, text, *len + 1, NULL) == TRPT_OK);
  check_good(text, *len);
  return text;
}

static void check_suggestion(const char *text, size_t len) {
  const trpt_str one = {text, len};
  const int is_good = trpt_record_diagnose(text, len, stop_at_warning, NULL) == TRPT_OK;
  size_t suggested_len, merged_len;
  char *suggested = check_derived(suggest, text, len, &suggested_len);
  char *merged = check_derived(merge, &one, 1, &merged_len);
  CHECK(!suggested || (!is_good && merged && merged_len == suggested_len && !memcmp(merged, suggested, merged_len)));
  if (is_good && len <= TRPT_SUGGESTION_MAX_LEN) CHECK(merged && merged_len == len && !memcmp(merged, text, len));
  free(suggested);
  free(merged);
}

/* The texts between line ends, as the records of one name. */
static void check_set(const char *text, size_t len) {
  trpt_str texts[8];
  size_t count = 0;
  for (size_t from = 0; from <= len && count < 8; count++) {
    const char *end = memchr(text + from, '\n', len - from);
    size_t to = end ? (size_t)(end - text) : len;
    texts[count] = (trpt_str){text + from, to - from};
    from = to + 1;
  }
  trpt_record record;
  trpt_error error;
  trpt_status status = trpt_record_select(texts, count, TRPT_STRICT, &record, &error);
  CHECK(error.status == status && (status == TRPT_OK) == (record.text.ptr != NULL));

  trpt_conclusion c;
  CHECK(trpt_record_conclude(texts, count, &c) == TRPT_OK);
  CHECK((c.verdict == TRPT_VERDICT_ALL) == (status == TRPT_OK && record.usable_rua_count > 0));
  CHECK((c.verdict == TRPT_VERDICT_ALL) == !c.reason && !c.reason == !c.code && trpt_verdict_name(c.verdict));
  CHECK(c.tlsrpt_count + c.intended_count + c.unrelated_count == count);
  CHECK((c.status == TRPT_OK) == (c.record.text.ptr != NULL) && c.index < count);
  if (c.status == TRPT_OK) CHECK(c.record.text.ptr == texts[c.index].ptr && c.record.text.len == texts[c.index].len);
  if (c.verdict == TRPT_VERDICT_SOME) CHECK(c.record.usable_rua_count > 0 && status == TRPT_E_RECORD);
  size_t merged_len;
  free(check_derived(merge, texts, count, &merged_len));
}

/* The JSON of a record is well-formed I-JSON of one line, although it is not a report. */
static void check_json(const char *text, size_t len) {
  const uint32_t notations = TRPT_NOTATION_QUOTES | TRPT_NOTATION_STRINGS | TRPT_NOTATION_ENTRY;
  fuzz_output line = {NULL, 0};
  trpt_report *report;
  CHECK(trpt_record_json(text, len, len % 2 ? TRPT_STRICT : 0, len & notations, fuzz_append, &line) == TRPT_OK);
  for (size_t i = 0; i < line.len; i++) CHECK((unsigned char)line.bytes[i] >= 0x20 && line.bytes[i] != 0x7F);
  CHECK(trpt_report_parse(line.bytes, line.len, NULL, &report, NULL) == TRPT_E_SCHEMA);
  free(line.bytes);
}

void fuzz_brief(const uint8_t *data, size_t size) { check_record((const char *)data, size); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_brief(data, size);
  char *text = fuzz_copy(data, size);
  check_record(text, size);
  check_wild_cursors(text, size, size > 1 ? (size_t)data[0] << 1 | (data[1] & 1) : 0);
  check_buffers(text, size);
  check_extract(text, size);
  check_suggestion(text, size);
  check_set(text, size);
  check_json(text, size);
  free(text);
  return 0;
}
