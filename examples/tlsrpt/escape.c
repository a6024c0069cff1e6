/* SPDX-License-Identifier: MIT */
#include "escape.h"

#include <string.h>

static const char hex[] = "0123456789abcdef";

/* One code point, or what should be one. */
typedef struct unit {
  uint32_t code;
  size_t len;
  bool valid; /* false: `len` bytes that are not UTF-8, the longest run that could have begun a character */
} unit;

static unit next_unit(const unsigned char *text, size_t len) {
  unsigned char first = text[0];
  if (first < 0x80) return (unit){first, 1, true};
  if (first < 0xC2 || first > 0xF4) return (unit){0, 1, false};
  size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  /* The second byte's range excludes overlong forms, surrogates and what is beyond U+10FFFF. */
  unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  uint32_t code = first & (0x7FU >> size);
  for (size_t i = 1; i < size; i++) {
    if (i == len || text[i] < low || text[i] > high) return (unit){0, i, false};
    code = code << 6 | (text[i] & 0x3FU);
    low = 0x80;
    high = 0xBF;
  }
  return (unit){code, size, true};
}

/* Controls, and characters that cannot be seen or that change how others are seen. */
static bool is_hidden(uint32_t code) {
  static const struct {
    uint32_t first, last;
  } ranges[] = {
      {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x115F, 0x1160},   {0x17B4, 0x17B5},
      {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},
      {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF},
  };
  for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
    if (code >= ranges[i].first && code <= ranges[i].last) return true;
  return false;
}

static void add_hex(buffer *out, uint32_t number, unsigned digits) {
  while (digits--) buffer_add(out, &hex[number >> (4 * digits) & 0xF], 1);
}

static void add_byte(buffer *out, unsigned char byte) {
  buffer_text(out, "\\x");
  add_hex(out, byte, 2);
}

void escape_terminal(buffer *out, const char *text, size_t len) {
  while (len) {
    unit u = next_unit((const unsigned char *)text, len);
    if (!u.valid) {
      for (size_t i = 0; i < u.len; i++) add_byte(out, (unsigned char)text[i]);
    } else if (u.code == '\\') {
      buffer_text(out, "\\\\");
    } else if (!is_hidden(u.code)) {
      buffer_add(out, text, u.len);
    } else if (u.code < 0x80) {
      add_byte(out, (unsigned char)u.code);
    } else {
      buffer_text(out, "\\u{");
      add_hex(out, u.code, u.code > 0xFFFF ? 5 : 4);
      buffer_text(out, "}");
    }
    text += u.len;
    len -= u.len;
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

static void add_utf16(buffer *out, uint32_t code) {
  buffer_text(out, "\\u");
  add_hex(out, code, 4);
}

/* What a JSON string may hold as it is, of ASCII. */
static bool is_plain_json(unsigned char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

/* How much of a text is plain: eight bytes at a time, by the tricks of a byte in a word that is zero or below a limit. */
static size_t plain_json(const char *text, size_t len) {
  const uint64_t ones = UINT64_C(0x0101010101010101);
  size_t n = 0;
  for (; len - n >= 8; n += 8) {
    uint64_t word;
    memcpy(&word, text + n, 8);
    const uint64_t quote = word ^ ones * '"';
    const uint64_t slash = word ^ ones * '\\';
    const uint64_t del = word ^ ones * 0x7F;
    /* A byte may be taken for another one only above one that counts, which is found below. */
    if ((word | (word - ones * 0x20) | (quote - ones) | (slash - ones) | (del - ones)) & ones * 0x80) break;
  }
  while (n < len && is_plain_json((unsigned char)text[n])) n++;
  return n;
}

static const char replacement[] = "\xEF\xBF\xBD";

/* `nul`: what stands for U+0000, or NULL for its escape. */
static void add_json(buffer *out, const char *text, size_t len, const char *nul) {
  buffer_text(out, "\"");
  while (len) {
    const size_t plain = plain_json(text, len);
    buffer_add(out, text, plain);
    text += plain;
    len -= plain;
    if (!len) break;
    unit u = next_unit((const unsigned char *)text, len);
    if (!u.valid) {
      buffer_text(out, replacement);
    } else if (u.code == 0 && nul) {
      buffer_text(out, nul);
    } else if (u.code == '"' || u.code == '\\') {
      buffer_text(out, "\\");
      buffer_add(out, text, 1);
    } else if (!is_hidden(u.code)) {
      buffer_add(out, text, u.len);
    } else if (u.code <= 0xFFFF) {
      add_utf16(out, u.code);
    } else {
      add_utf16(out, 0xD7C0 + (u.code >> 10));
      add_utf16(out, 0xDC00 + (u.code & 0x3FF));
    }
    text += u.len;
    len -= u.len;
  }
  buffer_text(out, "\"");
}

void escape_json(buffer *out, const char *text, size_t len) { add_json(out, text, len, NULL); }

void escape_json_cell(buffer *out, const char *text, size_t len) { add_json(out, text, len, replacement); }

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
static void add_unit(buffer *out, const char *text, unit u) {
  if (u.valid && u.code) {
    buffer_add(out, text, u.len);
  } else {
    buffer_text(out, replacement);
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
    unit u = next_unit((const unsigned char *)text, len);
    if (u.valid && u.code == '"') buffer_text(out, "\"");
    add_unit(out, text, u);
    text += u.len;
    len -= u.len;
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
    unit u = next_unit((const unsigned char *)text, len);
    switch (u.valid ? u.code : 0) {
    case '\t': buffer_text(out, "\\t"); break;
    case '\n': buffer_text(out, "\\n"); break;
    case '\r': buffer_text(out, "\\r"); break;
    case '\\': buffer_text(out, "\\\\"); break;
    default: add_unit(out, text, u);
    }
    text += u.len;
    len -= u.len;
  }
}
