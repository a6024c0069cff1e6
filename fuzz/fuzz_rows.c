/* SPDX-License-Identifier: MIT */
/* Rows of a report with the input as values. Other programs read the report's values from each row, with the changes that
   docs/rows.md lists, and no cell is a formula, unless the guard against formulas is off. CSV and TSV have no control
   characters for a terminal. The input is a list of cells, each a length byte and its bytes; the first one is the source.
   The readers here share no code with the writer. */

#include <stdbool.h>

#include <tlsrpt/rows.h>

#include "fuzzing.h"

enum { CELLS = 30, INPUTS = 21, MX_HOSTS = 3, MAX_CELL = 4096, MAX_TEXT = 1 << 16 };

static const char *const names[CELLS] = {"kind",
                                         "source",
                                         "report_key",
                                         "organization_name",
                                         "contact_info",
                                         "report_id",
                                         "start",
                                         "end",
                                         "policy_index",
                                         "policy_type",
                                         "policy_domain",
                                         "policy_mode",
                                         "mx_host",
                                         "failure_index",
                                         "result_type",
                                         "sending_mta_ip",
                                         "receiving_mx_hostname",
                                         "receiving_mx_helo",
                                         "receiving_ip",
                                         "successful_sessions",
                                         "failed_sessions",
                                         "failure_reason_code",
                                         "additional_information",
                                         "report_domain",
                                         "report_submitter",
                                         "message_id",
                                         "dkim",
                                         "dkim_domain",
                                         "error_code",
                                         "error_message"};

/* What each cell of the input is for. */
enum {
  SOURCE,
  FIRST_MX,
  METADATA = FIRST_MX + MX_HOSTS,
  POLICY = METADATA + 3,
  FAILURE = POLICY + 2,
  MAIL = FAILURE + 7
};

typedef struct cell {
  bool is_null;
  size_t len;
  char text[MAX_CELL];
} cell;

typedef struct row {
  size_t count;
  cell cells[CELLS];
} row;

/* The library's output. */
typedef struct text {
  size_t len;
  char data[MAX_TEXT];
} text;

static void fail(const char *what, const text *written) {
  fprintf(stderr, "%s:\n%.*s\n", what, (int)written->len, written->data);
  abort();
}

static void put(cell *c, char byte) {
  if (c->len == MAX_CELL) abort();
  c->text[c->len++] = byte;
}

static int append(void *user, const char *data, size_t len) {
  text *to = user;
  if (len > sizeof to->data - to->len) abort();
  memcpy(to->data + to->len, data, len);
  to->len += len;
  return 0;
}

/* ---- expected values ---- */

/* Whether a character of `size` bytes may begin with these bytes. With count equal to size, whether they are a character. */
static bool begins_character(const uint8_t *bytes, size_t count, size_t size) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  /* The first byte has as many ones as the character has bytes, then a zero; a single byte has just the zero. */
  if (bytes[0] >> (size == 1 ? 7 : 7 - size) != (size == 1 ? 0 : (1 << (size + 1)) - 2)) return false;
  uint32_t low = bytes[0] & (size == 1 ? 0x7FU : 0x7FU >> size);
  uint32_t high = low;
  for (size_t i = 1; i < size; i++) {
    if (i < count && bytes[i] >> 6 != 2) return false;
    low = low << 6 | (i < count ? bytes[i] & 0x3FU : 0);
    high = high << 6 | (i < count ? bytes[i] & 0x3FU : 0x3F);
  }
  if (low < least[size]) low = least[size];
  if (high > 0x10FFFF) high = 0x10FFFF;
  if (low >= 0xD800 && low <= 0xDFFF) low = 0xE000;
  if (high >= 0xD800 && high <= 0xDFFF) high = 0xD7FF;
  return low <= high;
}

/* The number of bytes of a control character that CSV and TSV cannot hold, which begins the text; 0 if none does. */
static size_t control_len(const char *text, size_t len) {
  static const char *const bidi[] = {"\xD8\x9C",     "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAA",
                                     "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE",
                                     "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9"};
  const unsigned char c = (unsigned char)text[0];
  if (c == 0x7F || (c < 0x20 && c != '\t' && c != '\r' && c != '\n')) return 1;
  if (len > 1 && c == 0xC2 && (unsigned char)text[1] < 0xA0) return 2;
  for (size_t i = 0; c >= 0x80 && i < sizeof bidi / sizeof bidi[0]; i++)
    if (len >= strlen(bidi[i]) && memcmp(text, bidi[i], strlen(bidi[i])) == 0) return strlen(bidi[i]);
  return 0;
}

/* CSV and TSV have U+FFFD for each of these control characters. */
static void replace_controls(row *r) {
  static cell copy;
  for (size_t i = 0; i < r->count; i++) {
    cell *c = &r->cells[i];
    copy.len = c->len;
    memcpy(copy.text, c->text, c->len);
    c->len = 0;
    for (size_t at = 0; at < copy.len;) {
      const size_t len = control_len(copy.text + at, copy.len - at);
      if (len)
        for (size_t k = 0; k < 3; k++) put(c, "\xEF\xBF\xBD"[k]);
      else
        put(c, copy.text[at]);
      at += len ? len : 1;
    }
  }
}

/* The value that a reader must find: U+FFFD replaces NUL and each maximal invalid part of a character. */
static void expect(cell *c, const uint8_t *bytes, size_t len) {
  c->len = 0;
  c->is_null = false;
  for (size_t at = 0; at < len;) {
    size_t taken = 0;
    bool whole = false;
    for (size_t size = 1; size <= 4 && !whole; size++) {
      for (size_t n = 1; n <= size && at + n <= len && begins_character(bytes + at, n, size); n++) {
        if (n > taken) taken = n;
        whole = n == size;
      }
    }
    if (whole && bytes[at]) {
      for (size_t i = 0; i < taken; i++) put(c, (char)bytes[at + i]);
    } else {
      for (size_t i = 0; i < 3; i++) put(c, "\xEF\xBF\xBD"[i]);
    }
    at += taken ? taken : 1;
  }
}

static void expect_str(cell *c, trpt_str s) {
  if (s.ptr)
    expect(c, (const uint8_t *)s.ptr, s.len);
  else
    c->is_null = true;
}

static void expect_text(cell *c, const char *string) { expect_str(c, (trpt_str){string, strlen(string)}); }

static void expect_number(cell *c, bool present, uint64_t number) {
  char digits[24];
  snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
  expect_text(c, digits);
  c->is_null = !present;
}

/* All patterns, separated by blanks. */
static void expect_list(cell *c, const trpt_str *list, uint32_t count) {
  char all[MAX_CELL];
  size_t len = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (list[i].len + 1 > sizeof all - len) abort();
    if (i) all[len++] = ' ';
    memcpy(all + len, list[i].ptr, list[i].len);
    len += list[i].len;
  }
  expect_str(c, (trpt_str){len ? all : NULL, len});
}

/* `f` is NULL for the row of the policy. */
static void expect_row(row *r, const trpt_report *report, const trpt_source *source, const trpt_policy *p,
                       const trpt_failure *f) {
  const trpt_metadata *m = trpt_report_metadata(report);
  static const trpt_failure none;
  char key[33];
  cell *c = r->cells;
  r->count = CELLS;
  if (trpt_report_key(report, key, sizeof key, NULL) != TRPT_OK) abort();
  expect_text(c++, f ? "failure" : "policy");
  expect_str(c++, source->name);
  expect_text(c++, key);
  expect_str(c++, m->organization_name);
  expect_str(c++, m->contact_info);
  expect_str(c++, m->report_id);
  expect_text(c++, "1970-01-01T00:00:00Z");
  (c++)->is_null = true; /* the end */
  expect_number(c++, true, p->index);
  expect_str(c++, p->type_name);
  expect_str(c++, p->domain);
  (c++)->is_null = true; /* the mode */
  expect_list(c++, p->mx_hosts, p->mx_host_count);
  expect_number(c++, true, f ? f->index : 0);
  const trpt_failure *shown = f ? f : &none;
  expect_str(c++, shown->type_name);
  expect_str(c++, shown->sending_mta_ip);
  expect_str(c++, shown->receiving_mx_hostname);
  expect_str(c++, shown->receiving_mx_helo);
  expect_str(c++, shown->receiving_ip);
  expect_number(c++, !f, p->successful_sessions);
  expect_number(c++, true, f ? f->failed_sessions : p->failed_sessions);
  expect_str(c++, shown->failure_reason_code);
  expect_str(c++, shown->additional_information);
  expect_str(c++, source->report_domain);
  expect_str(c++, source->report_submitter);
  expect_str(c++, source->message_id);
  expect_str(c++, source->dkim);
  expect_str(c++, source->dkim_domain);
  (c++)->is_null = true; /* no error */
  (c++)->is_null = true;
}

/* ---- readers ---- */

/* Reads a row of separated values with quoting, RFC 4180. `strict` rejects quotes where the RFC has none. */
static bool read_quoted(row *r, const text *b, char separator, bool strict) {
  size_t at = 0;
  for (r->count = 0; r->count < CELLS;) {
    cell *c = &r->cells[r->count++];
    c->len = 0;
    c->is_null = at == b->len || b->data[at] == separator || b->data[at] == '\r';
    if (at < b->len && b->data[at] == '"') {
      for (at++;; at++) {
        if (at == b->len) return false;
        if (b->data[at] == '"' && !(at + 1 < b->len && b->data[at + 1] == '"')) break;
        if (b->data[at] == '"') at++;
        put(c, b->data[at]);
      }
      at++;
    }
    while (at < b->len && b->data[at] != separator && b->data[at] != '\r' && b->data[at] != '\n') {
      if (strict && (b->data[at] == '"' || c->len == MAX_CELL)) return false;
      put(c, b->data[at++]);
    }
    if (at == b->len) return !strict;
    if (b->data[at] != separator) return b->len - at == 2 && memcmp(b->data + at, "\r\n", 2) == 0;
    at++;
  }
  return false;
}

/* Reads a row of COPY's text format with backslash escapes. */
static bool read_escaped(row *r, const text *b) {
  size_t at = 0;
  for (r->count = 0; r->count < CELLS;) {
    cell *c = &r->cells[r->count++];
    for (c->len = 0; at < b->len && b->data[at] != '\t' && b->data[at] != '\n'; at++) {
      char byte = b->data[at];
      if (byte == '\r' || byte == '\0') return false;
      if (byte == '\\') {
        static const char names[] = "tnr\\";
        const char *name = ++at < b->len ? memchr(names, b->data[at], 4) : NULL;
        if (!name) return false;
        byte = "\t\n\r\\"[name - names];
      }
      put(c, byte);
    }
    if (at == b->len) return false;
    if (b->data[at++] == '\n') return at == b->len;
  }
  return false;
}

/* Reads a UTF-16 code unit from four hex digits at `at`. */
static bool read_unit(const text *b, size_t at, uint32_t *unit) {
  *unit = 0;
  if (b->len - at < 4) return false;
  for (size_t i = 0; i < 4; i++) {
    static const char digits[] = "0123456789abcdef";
    const char *digit = b->data[at + i] ? strchr(digits, b->data[at + i]) : NULL;
    if (!digit) return false;
    *unit = *unit << 4 | (uint32_t)(digit - digits);
  }
  return true;
}

static void put_code(cell *c, uint32_t code) {
  const unsigned more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static const unsigned marks[] = {0, 0xC0, 0xE0, 0xF0};
  put(c, (char)(marks[more] | code >> (6 * more)));
  for (unsigned i = more; i--;) put(c, (char)(0x80 | (code >> (6 * i) & 0x3F)));
}

/* Reads an escape after its backslash. Returns its end, or 0. */
static size_t read_escape(cell *c, const text *b, size_t at) {
  static const char plain[] = "bfnrt\"\\";
  uint32_t high, low;
  if (at == b->len) return 0;
  const char *name = b->data[at] ? strchr(plain, b->data[at]) : NULL;
  if (name) {
    put(c, "\b\f\n\r\t\"\\"[name - plain]);
    return at + 1;
  }
  if (b->data[at] != 'u' || !read_unit(b, at + 1, &high)) return 0;
  at += 5;
  if (high < 0xD800 || high > 0xDFFF) {
    put_code(c, high);
    return at;
  }
  if (b->len - at < 6 || memcmp(b->data + at, "\\u", 2) != 0 || !read_unit(b, at + 2, &low)) return 0;
  if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF) return 0;
  put_code(c, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
  return at + 6;
}

/* Reads a string, a number or null. Returns its end, or 0. */
static size_t read_value(cell *c, const text *b, size_t at) {
  c->len = 0;
  c->is_null = b->len - at >= 4 && memcmp(b->data + at, "null", 4) == 0;
  if (c->is_null) return at + 4;
  if (b->data[at] != '"') {
    while (at < b->len && b->data[at] >= '0' && b->data[at] <= '9') put(c, b->data[at++]);
    return c->len ? at : 0;
  }
  for (at++; at && at < b->len && b->data[at] != '"';) {
    if ((unsigned char)b->data[at] < 0x20 || b->data[at] == 0x7F) return 0;
    if (b->data[at] == '\\')
      at = read_escape(c, b, at + 1);
    else
      put(c, b->data[at++]);
  }
  return at && at < b->len ? at + 1 : 0;
}

static bool read_json(row *r, const text *b) {
  size_t at = 0;
  for (r->count = 0; r->count < CELLS; r->count++) {
    char before[64];
    const int len = snprintf(before, sizeof before, "%s\"%s\":", r->count ? "," : "{", names[r->count]);
    if (b->len - at <= (size_t)len || memcmp(b->data + at, before, (size_t)len) != 0) return false;
    at = read_value(&r->cells[r->count], b, at + (size_t)len);
    if (!at) return false;
  }
  return b->len - at == 2 && memcmp(b->data + at, "}\n", 2) == 0;
}

/* ---- comparison ---- */

static bool is_formula(const cell *c) {
  static const char *const signs[] = {"=",           "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                      "\xEF\xBC\xA0"};
  size_t at = 0;
  if (c->len && strchr("\t\r\n", c->text[0]) && c->text[0]) return true;
  while (at < c->len && (unsigned char)c->text[at] <= 0x20) at++;
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
    if (c->len - at >= strlen(signs[i]) && memcmp(c->text + at, signs[i], strlen(signs[i])) == 0) return true;
  return false;
}

/* `guarded`: formulas are not allowed, and one leading apostrophe is removed. */
static void compare(const char *what, const row *expected, const row *read, bool guarded, const text *written) {
  if (read->count != expected->count) fail(what, written);
  for (size_t i = 0; i < read->count; i++) {
    const cell *e = &expected->cells[i];
    const cell *c = &read->cells[i];
    if (guarded && is_formula(c)) fail("a formula", written);
    const size_t quote = guarded && c->len && c->text[0] == '\'';
    const size_t len = e->is_null ? 0 : e->len;
    if (c->len - quote != len || memcmp(c->text + quote, e->text, len) != 0) fail(what, written);
  }
}

static void compare_nulls(const char *what, const row *expected, const row *read, const text *written) {
  for (size_t i = 0; i < read->count; i++)
    if (read->cells[i].is_null != expected->cells[i].is_null) fail(what, written);
}

static void check_row(trpt_rows_format format, bool guarded, row *expected, text *b) {
  static row read;
  if (format != TRPT_ROWS_NDJSON) {
    replace_controls(expected);
    for (size_t at = 0; at < b->len; at++)
      if (control_len(b->data + at, b->len - at)) fail("a control character", b);
  }
  switch (format) {
  case TRPT_ROWS_NDJSON:
    if (!read_json(&read, b)) fail("JSON: cannot be read", b);
    compare("JSON", expected, &read, false, b);
    compare_nulls("JSON: null", expected, &read, b);
    break;
  case TRPT_ROWS_CSV:
    if (!read_quoted(&read, b, ',', true)) fail("CSV: cannot be read", b);
    compare("CSV", expected, &read, guarded, b);
    compare_nulls("CSV: null", expected, &read, b);
    break;
  default:
    if (!read_escaped(&read, b)) fail("TSV: cannot be read", b);
    compare("TSV", expected, &read, guarded, b);
    if (!guarded) break;
    /* A spreadsheet interprets quotes but not backslashes. */
    b->len--;
    append(b, "\r\n", 2);
    if (!read_quoted(&read, b, '\t', false) || read.count != CELLS) fail("TSV: quotes", b);
    for (size_t i = 0; i < read.count; i++)
      if (is_formula(&read.cells[i])) fail("TSV: a formula", b);
  }
}

/* Returns the end of the next row. Line feeds inside quotation marks do not end a row. */
static size_t next_row(const text *all, size_t at, trpt_rows_format format, text *out) {
  bool quoted = false;
  out->len = 0;
  while (at < all->len) {
    const char byte = all->data[at++];
    append(out, &byte, 1);
    if (byte == '"' && format == TRPT_ROWS_CSV) quoted = !quoted;
    if (byte == '\n' && !quoted) return at;
  }
  fail("a row without an end", all);
  return 0;
}

static void check_rows(trpt_rows_format format, bool guarded, const trpt_report *report, const trpt_str *in) {
  static char memory[32768];
  static text all, one;
  static row expected;
  const trpt_rows_options options = {
      .struct_size = sizeof options, .format = format, .flags = guarded ? 0 : TRPT_ROWS_NO_FORMULA_GUARD};
  const trpt_source source = {.struct_size = sizeof source,
                              .name = in[SOURCE],
                              .report_domain = in[MAIL],
                              .report_submitter = in[MAIL + 1],
                              .message_id = in[MAIL + 2],
                              .dkim = in[MAIL + 3],
                              .dkim_domain = in[MAIL + 4]};
  const trpt_policy *policy = trpt_report_policy(report, 0);
  trpt_rows *rows;
  all.len = 0;
  if (trpt_rows_init(&rows, memory, sizeof memory, &options, append, &all) != TRPT_OK) abort();
  if (trpt_rows_report(rows, report, &source) != TRPT_OK) abort();
  size_t at = next_row(&all, 0, format, &one);
  expect_row(&expected, report, &source, policy, NULL);
  check_row(format, guarded, &expected, &one);
  at = next_row(&all, at, format, &one);
  expect_row(&expected, report, &source, policy, trpt_report_failure(report, 0, 0));
  check_row(format, guarded, &expected, &one);
  if (at != all.len) fail("too many rows", &all);
}

/* ---- the report ---- */

/* Writes a report with the cells of the input as values. */
static void write_report(text *json, const trpt_str *in) {
  static char memory[8192];
  const trpt_str *m = in + METADATA;
  const trpt_str *f = in + FAILURE;
  const trpt_metadata metadata = {
      .organization_name = m[0], .contact_info = m[1], .report_id = m[2], .start = 0, .end = INT64_MIN};
  trpt_policy policy = {.type_name = in[POLICY],
                        .domain = in[POLICY + 1],
                        .mx_hosts = in + FIRST_MX,
                        .successful_sessions = UINT64_MAX,
                        .failed_sessions = in[SOURCE].len,
                        .present = TRPT_POLICY_HAS_POLICY | TRPT_POLICY_HAS_MX_HOSTS | TRPT_POLICY_HAS_SUCCESSFUL |
                                   TRPT_POLICY_HAS_FAILED};
  const trpt_failure failure = {.type_name = f[0],
                                .sending_mta_ip = f[1],
                                .receiving_mx_hostname = f[2],
                                .receiving_mx_helo = f[3],
                                .receiving_ip = f[4],
                                .additional_information = f[5],
                                .failure_reason_code = f[6],
                                .failed_sessions = 1,
                                .present = TRPT_FAILURE_HAS_FAILED_SESSIONS};
  trpt_writer *writer;
  while (policy.mx_host_count < MX_HOSTS && policy.mx_hosts[policy.mx_host_count].ptr) policy.mx_host_count++;
  json->len = 0;
  if (trpt_writer_init(&writer, memory, sizeof memory, 0, append, json) != TRPT_OK) abort();
  trpt_writer_metadata(writer, &metadata);
  trpt_writer_policy(writer, &policy);
  trpt_writer_failure(writer, &failure);
  if (trpt_writer_end(writer) != TRPT_OK) abort();
}

/* Cells that are missing at the end are absent. */
static void split(const uint8_t *data, size_t size, trpt_str *in) {
  size_t at = 0;
  for (size_t i = 0; i < INPUTS; i++) {
    in[i] = (trpt_str){NULL, 0};
    if (at == size) continue;
    size_t len = data[at++];
    if (len > size - at) len = size - at;
    in[i] = (trpt_str){(const char *)data + at, len};
    at += len;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static trpt_parser *parser;
  static text json;
  const trpt_options options = {.struct_size = sizeof options, .flags = TRPT_NO_INFLATE | TRPT_NO_DIAGNOSTICS};
  trpt_report *report;
  trpt_str in[INPUTS];
  split(data, size, in);
  if (!in[0].ptr) return 0;
  write_report(&json, in);
  if (!parser && trpt_parser_new(&parser, &options) != TRPT_OK) abort();
  trpt_parser_reset(parser);
  if (trpt_report_read(parser, json.data, json.len, &report) != TRPT_MORE ||
      trpt_report_read(parser, NULL, 0, &report) != TRPT_OK)
    fail("no report", &json);
  for (trpt_rows_format format = TRPT_ROWS_NDJSON; format <= TRPT_ROWS_TSV; format++) {
    check_rows(format, true, report, in);
    check_rows(format, false, report, in);
  }
  trpt_report_free(report);
  return 0;
}
