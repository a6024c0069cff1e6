/* SPDX-License-Identifier: MIT */
#include "json_escape.h"

#include "hidden.h"
#include "text.h"
#include "utf8.h"
#include "word.h"

/* Printable ASCII that no flag changes. */
static bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

/* Sets the highest bit of some byte if the word has a byte that is not plain. A borrow may also set it for the neighbor of
   such a byte, which does not matter. */
static uint64_t not_plain(uint64_t word) {
  const uint64_t quote = word ^ TRPT_WORD_OF('"');
  const uint64_t slash = word ^ TRPT_WORD_OF('\\');
  const uint64_t delete = word ^ TRPT_WORD_OF(0x7F);
  const uint64_t one = TRPT_WORD_OF(1);
  return (word | (word - TRPT_WORD_OF(0x20)) | (quote - one) | (slash - one) | (delete - one)) & TRPT_WORD_HIGH_BITS;
}

/* The length of the run of plain bytes that begins at `at`. */
static size_t skip_plain(trpt_str text, size_t at) {
  while (text.len - at >= TRPT_WORD_SIZE && !not_plain(trpt_word_load(text.ptr + at))) at += TRPT_WORD_SIZE;
  while (at < text.len && is_plain((unsigned char)text.ptr[at])) at++;
  return at;
}

static void add(trpt_json_piece *out, const char *text, size_t len) {
  memcpy(out->escape + out->escape_len, text, len);
  out->escape_len += len;
}

static void add_unit(trpt_json_piece *out, uint32_t unit) {
  const char text[] = {'\\',
                       'u',
                       trpt_hex_digit(unit >> 12),
                       trpt_hex_digit(unit >> 8),
                       trpt_hex_digit(unit >> 4),
                       trpt_hex_digit(unit)};
  add(out, text, sizeof text);
}

static void add_escape(trpt_json_piece *out, uint32_t code) {
  static const char short_names[] = "\bb\tt\nn\ff\rr\"\"\\\\";
  for (const char *name = short_names; *name; name += 2)
    if ((unsigned char)*name == code) {
      add(out, (const char[]){'\\', name[1]}, 2);
      return;
    }
  if (code <= 0xFFFF) {
    add_unit(out, code);
  } else {
    add_unit(out, 0xD7C0 + (code >> 10));
    add_unit(out, 0xDC00 + (code & 0x3FF));
  }
}

static bool is_replaced(trpt_utf8_char c, unsigned flags) {
  return !c.is_valid || (flags & TRPT_JSON_REPLACE_NUL && c.code == 0) ||
         (flags & TRPT_JSON_I_JSON && trpt_is_noncharacter(c.code));
}

static bool is_escaped(uint32_t code, unsigned flags) {
  return code < 0x20 || code == '"' || code == '\\' || (flags & TRPT_JSON_ESCAPE_HIDDEN && trpt_is_hidden(code));
}

void trpt_json_escape_next(trpt_str *rest, unsigned flags, trpt_json_piece *out) {
  const trpt_str text = *rest;
  size_t at = 0;
  out->escape_len = 0;
  *rest = trpt_str_from(text, text.len);
  while ((at = skip_plain(text, at)) < text.len) {
    const trpt_utf8_char c = trpt_utf8_next(trpt_str_from(text, at));
    const bool replaced = is_replaced(c, flags);
    if (replaced || is_escaped(c.code, flags)) {
      if (replaced)
        add(out, TRPT_UTF8_REPLACEMENT, sizeof TRPT_UTF8_REPLACEMENT - 1);
      else
        add_escape(out, c.code);
      *rest = trpt_str_from(text, at + c.len);
      break;
    }
    at += c.len;
  }
  out->plain = (trpt_str){text.ptr, at};
}
