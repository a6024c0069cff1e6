/* SPDX-License-Identifier: MIT */
#include "json_escape.h"

#include "hidden.h"
#include "text.h"
#include "utf8.h"
#include "word.h"

static void add(trpt_json_segment *out, const char *text, size_t len) {
  memcpy(out->escape + out->escape_len, text, len);
  out->escape_len += len;
}

static void add_unit(trpt_json_segment *out, uint32_t unit) {
  const char text[] = {'\\',
                       'u',
                       trpt_hex_digit(unit >> 12),
                       trpt_hex_digit(unit >> 8),
                       trpt_hex_digit(unit >> 4),
                       trpt_hex_digit(unit)};
  add(out, text, sizeof text);
}

static void add_escape(trpt_json_segment *out, uint32_t code) {
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

void trpt_json_escape_next(trpt_str *rest, unsigned flags, trpt_json_segment *out) {
  const trpt_str text = *rest;
  size_t at = 0;
  out->escape_len = 0;
  *rest = trpt_str_from(text, text.len);
  while ((at += trpt_word_printable(text.ptr + at, text.len - at, '"', '\\')) < text.len) {
    const trpt_utf8_char c = trpt_utf8_next(trpt_str_from(text, at));
    const bool must_replace = is_replaced(c, flags);
    if (must_replace || is_escaped(c.code, flags)) {
      if (must_replace)
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
