/* SPDX-License-Identifier: MIT */
#include "escape.h"

#include "../../lib/base/cell_text.h"
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
    const unsigned char c = (unsigned char)text[i];
    const bool plain = c >= 0x20 && c < 0x7F;
    if (plain) {
      buffer_add(out, &text[i], 1);
    } else {
      add_byte(out, c);
    }
    if (i < until) columns += plain ? 1 : 4;
  }
  return columns;
}

void escape_json(buffer *out, const char *text, size_t len) {
  trpt_str rest = {text, len};
  buffer_text(out, "\"");
  while (rest.len) {
    trpt_json_segment segment;
    trpt_json_escape_next(&rest, TRPT_JSON_ESCAPE_HIDDEN, &segment);
    buffer_add(out, segment.plain.ptr, segment.plain.len);
    buffer_add(out, segment.escape, segment.escape_len);
  }
  buffer_text(out, "\"");
}

void escape_csv_cell(buffer *out, const char *text, size_t len, bool has_guard) {
  trpt_output output;
  trpt_output_begin(&output, buffer_write, out);
  trpt_cell_csv(&output, &(trpt_str){text, len}, 1, has_guard);
  trpt_output_flush(&output);
}
