/* SPDX-License-Identifier: MIT */
/* Cells of rows: what other programs read of a row is what was put in, but for what docs/rows.md says, and no spreadsheet takes
   a cell for a formula. The input is cells, each a byte of length and its bytes. */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/report.h>

#include "escape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CELLS = 16, MAX_CELL = 3 * 256 + 1 };

typedef struct cell {
  size_t len;
  char text[MAX_CELL];
} cell;

typedef struct row {
  size_t count;
  cell cells[CELLS];
} row;

static void fail(const char *what, const buffer *written) {
  fprintf(stderr, "%s:\n%.*s\n", what, (int)written->len, written->data);
  abort();
}

static void put(cell *c, char byte) {
  if (c->len == MAX_CELL) abort();
  c->text[c->len++] = byte;
}

/* Whether some character of `size` bytes begins with these bytes; with all of them: whether they are one. */
static bool begins_character(const uint8_t *bytes, size_t count, size_t size) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  /* As many ones as bytes, then a zero; of one byte just the zero. */
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

/* What is to be read back: U+FFFD for NUL and for each longest run of bytes that could have begun a character. */
static void expect(cell *c, const uint8_t *bytes, size_t len) {
  c->len = 0;
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

static void split(row *r, const uint8_t *data, size_t size, const uint8_t **starts, size_t *lengths) {
  r->count = 0;
  for (size_t at = 0; at < size && r->count < CELLS; r->count++) {
    size_t len = data[at++];
    if (len > size - at) len = size - at;
    starts[r->count] = data + at;
    lengths[r->count] = len;
    expect(&r->cells[r->count], data + at, len);
    at += len;
  }
}

/* A row of separated values with quoting, RFC 4180. `strict`: no quotes where the RFC has none. */
static bool read_quoted(row *r, const buffer *b, char separator, bool strict) {
  size_t at = 0;
  for (r->count = 0; r->count < CELLS;) {
    cell *c = &r->cells[r->count++];
    c->len = 0;
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

/* A row of COPY's text format: bytes behind a backslash stand for others. */
static bool read_escaped(row *r, const buffer *b) {
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

/* The one apostrophe that may stand in front is taken away; then all must be as it was given. */
static void compare(const char *what, const row *given, row *read, const buffer *written) {
  if (read->count != given->count) fail(what, written);
  for (size_t i = 0; i < read->count; i++) {
    const cell *g = &given->cells[i];
    cell *c = &read->cells[i];
    if (is_formula(c)) fail("a formula", written);
    const size_t quote = c->len && c->text[0] == '\'';
    if (c->len - quote != g->len || memcmp(c->text + quote, g->text, g->len) != 0) fail(what, written);
  }
}

static void check_csv(const row *given, const uint8_t **starts, const size_t *lengths, buffer *b) {
  static row read;
  buffer_clear(b);
  for (size_t i = 0; i < given->count; i++) {
    const size_t before = b->len + (i ? 1 : 0);
    if (i) buffer_text(b, ",");
    escape_csv_cell(b, (const char *)starts[i], lengths[i]);
    /* What is there, be it empty, is told from what is absent. */
    if (b->len == before) fail("CSV: absent", b);
  }
  buffer_text(b, "\r\n");
  if (!read_quoted(&read, b, ',', true)) fail("CSV: cannot be read", b);
  compare("CSV", given, &read, b);
}

static void check_tsv(const row *given, const uint8_t **starts, const size_t *lengths, buffer *b) {
  static row read;
  buffer_clear(b);
  for (size_t i = 0; i < given->count; i++) {
    if (i) buffer_text(b, "\t");
    escape_tsv_cell(b, (const char *)starts[i], lengths[i]);
  }
  buffer_text(b, "\n");
  if (!read_escaped(&read, b)) fail("TSV: cannot be read", b);
  compare("TSV", given, &read, b);
  /* A spreadsheet takes quotes for quoting and knows no backslash. */
  b->len--;
  buffer_text(b, "\r\n");
  if (!read_quoted(&read, b, '\t', false) || read.count != given->count) fail("TSV: quotes", b);
  for (size_t i = 0; i < read.count; i++)
    if (is_formula(&read.cells[i])) fail("TSV: a formula", b);
}

/* Read by the parser, as a member of a report. */
static void check_json(const cell *given, const uint8_t *text, size_t len, buffer *b) {
  static trpt_parser *parser;
  const trpt_options options = {.struct_size = sizeof options, .flags = TRPT_NO_INFLATE};
  trpt_report *report = NULL;
  if (!parser && trpt_parser_new(&parser, &options) != TRPT_OK) abort();
  buffer_clear(b);
  buffer_text(b, "{\"policies\":[],\"organization-name\":");
  escape_json_cell(b, (const char *)text, len);
  buffer_text(b, "}");
  trpt_parser_reset(parser);
  if (trpt_report_read(parser, b->data, b->len, &report) != TRPT_MORE ||
      trpt_report_read(parser, NULL, 0, &report) != TRPT_OK)
    fail("JSON: cannot be read", b);
  const trpt_str read = trpt_report_metadata(report)->organization_name;
  if (read.len != given->len || (read.len && memcmp(read.ptr, given->text, read.len) != 0)) fail("JSON", b);
  trpt_report_free(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static row given;
  static buffer b;
  const uint8_t *starts[CELLS];
  size_t lengths[CELLS];
  split(&given, data, size, starts, lengths);
  if (!given.count) return 0;
  check_csv(&given, starts, lengths, &b);
  check_tsv(&given, starts, lengths, &b);
  for (size_t i = 0; i < given.count; i++) check_json(&given.cells[i], starts[i], lengths[i], &b);
  return 0;
}
