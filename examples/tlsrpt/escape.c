/* SPDX-License-Identifier: MIT */
#include "escape.h"

#include <string.h>

#include "../../lib/base/hidden.h"
#include "../../lib/base/json_escape.h"
#include "../../lib/base/text.h"
#include "../../lib/base/utf8.h"

static void add_hex(buffer *out, uint32_t number, unsigned digits) {
  while (digits--) buffer_add(out, (const char[]){trpt_hex_digit(number >> (4 * digits))}, 1);
}

static void add_byte(buffer *out, unsigned char byte) {
  buffer_text(out, "\\x");
  add_hex(out, byte, 2);
}

void escape_terminal(buffer *out, const char *text, size_t len) {
  while (len) {
    const trpt_utf8_char c = trpt_utf8_next((trpt_str){text, len});
    if (!c.is_valid) {
      for (size_t i = 0; i < c.len; i++) add_byte(out, (unsigned char)text[i]);
    } else if (c.code == '\\') {
      buffer_text(out, "\\\\");
    } else if (!trpt_is_hidden(c.code)) {
      buffer_add(out, text, c.len);
    } else if (c.code < 0x80) {
      add_byte(out, (unsigned char)c.code);
    } else {
      buffer_text(out, "\\u{");
      add_hex(out, c.code, c.code > 0xFFFF ? 5 : 4);
      buffer_text(out, "}");
    }
    text += c.len;
    len -= c.len;
  }
}

size_t escape_ascii(buffer *out, const char *text, size_t len, size_t until) {
  size_t columns = 0;
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)text[i];
    bool plain = c >= 0x20 && c < 0x7F;
    if (plain) {
      buffer_add(out, &text[i], 1);
    } else {
      add_byte(out, c);
    }
    if (i < until) columns += plain ? 1 : 4;
  }
  return columns;
}

static void add_json(buffer *out, trpt_str text, unsigned flags) {
  buffer_text(out, "\"");
  while (text.len) {
    trpt_json_piece piece;
    trpt_json_escape_next(&text, flags, &piece);
    buffer_add(out, piece.plain.ptr, piece.plain.len);
    buffer_add(out, piece.escape, piece.escape_len);
  }
  buffer_text(out, "\"");
}

void escape_json(buffer *out, const char *text, size_t len) {
  add_json(out, (trpt_str){text, len}, TRPT_JSON_ESCAPE_HIDDEN);
}

void escape_json_cell(buffer *out, const char *text, size_t len) {
  add_json(out, (trpt_str){text, len}, TRPT_JSON_ESCAPE_HIDDEN | TRPT_JSON_REPLACE_NUL);
}

/* Whether a spreadsheet could take the cell for a formula, or for something that holds one. Spreadsheets look past blanks, and
   East Asian ones at full-width signs. A quotation mark is one more where the format itself has no quoting. A cell
   that begins with an apostrophe is counted too, so that taking one away always gives back what was there. */
static bool is_risky(const char *text, size_t len, bool without_quoting) {
  static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"}; /* = + - @ */
  if (len && (text[0] == '\'' || text[0] == '\t' || text[0] == '\r' || text[0] == '\n')) return true;
  while (len && (unsigned char)text[0] <= ' ') {
    text++;
    len--;
  }
  if (!len) return false;
  if (text[0] == '=' || text[0] == '+' || text[0] == '-' || text[0] == '@') return true;
  if (text[0] == '"' && without_quoting) return true;
  for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
    if (len >= 3 && memcmp(text, wide[i], 3) == 0) return true;
  return false;
}

/* One character of a cell, as UTF-8 without NUL. */
static void add_character(buffer *out, const char *text, trpt_utf8_char c) {
  if (c.is_valid && c.code) {
    buffer_add(out, text, c.len);
  } else {
    buffer_text(out, TRPT_UTF8_REPLACEMENT);
  }
}

static bool is_plain_csv(unsigned char c) { return c > ' ' && c < 0x7F && c != '"' && c != ','; }

void escape_csv_cell(buffer *out, const char *text, size_t len) {
  bool risky = is_risky(text, len, false);
  size_t plain = 0;
  while (plain < len && (is_plain_csv((unsigned char)text[plain]) || (text[plain] == ' ' && plain && plain + 1 < len)))
    plain++;
  if (plain == len && len && !risky) {
    buffer_add(out, text, len);
    return;
  }
  buffer_text(out, risky ? "\"'" : "\"");
  while (len) {
    const trpt_utf8_char c = trpt_utf8_next((trpt_str){text, len});
    if (c.is_valid && c.code == '"') buffer_text(out, "\"");
    add_character(out, text, c);
    text += c.len;
    len -= c.len;
  }
  buffer_text(out, "\"");
}

static bool is_plain_tsv(unsigned char c) { return c >= ' ' && c < 0x7F && c != '\\'; }

void escape_tsv_cell(buffer *out, const char *text, size_t len) {
  if (is_risky(text, len, true)) buffer_text(out, "'");
  while (len) {
    size_t plain = 0;
    while (plain < len && is_plain_tsv((unsigned char)text[plain])) plain++;
    buffer_add(out, text, plain);
    text += plain;
    len -= plain;
    if (!len) break;
    const trpt_utf8_char c = trpt_utf8_next((trpt_str){text, len});
    switch (c.is_valid ? c.code : 0) {
    case '\t': buffer_text(out, "\\t"); break;
    case '\n': buffer_text(out, "\\n"); break;
    case '\r': buffer_text(out, "\\r"); break;
    case '\\': buffer_text(out, "\\\\"); break;
    default: add_character(out, text, c);
    }
    text += c.len;
    len -= c.len;
  }
}
