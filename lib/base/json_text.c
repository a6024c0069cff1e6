/* SPDX-License-Identifier: MIT */
#include "json_text.h"

#include "text.h"
#include "utf8.h"
#include "word.h"

static const trpt_str replacement = TRPT_STR("\xEF\xBF\xBD"); /* U+FFFD */

/* Control characters, and characters that are invisible or change how others are displayed. */
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

static void put_unit(trpt_output *output, uint32_t unit) {
  static const char digits[] = "0123456789abcdef";
  const char escape[] = {'\\', 'u', digits[unit >> 12], digits[unit >> 8 & 0xF], digits[unit >> 4 & 0xF], digits[unit & 0xF]};
  trpt_output_put(output, escape, sizeof escape);
}

static void put_escape(trpt_output *output, uint32_t code) {
  if (code <= 0xFFFF) {
    put_unit(output, code);
  } else {
    put_unit(output, 0xD7C0 + (code >> 10)); /* UTF-16 */
    put_unit(output, 0xDC00 + (code & 0x3FF));
  }
}

/* RFC 8259 s7: the characters that have short escapes. */
static bool put_short_escape(trpt_output *output, char c) {
  static const char names[] = "\bb\tt\nn\ff\rr";
  for (const char *name = names; *name; name += 2) {
    if (*name != c) continue;
    const char escape[] = {'\\', name[1]};
    trpt_output_put(output, escape, sizeof escape);
    return true;
  }
  return false;
}

static void put_i_json(trpt_output *output, trpt_str c, uint32_t code) {
  if (trpt_utf8_is_noncharacter((const unsigned char *)c.ptr, c.len))
    trpt_output_str(output, replacement);
  else if (code >= 0x20)
    trpt_output_str(output, c);
  else if (!put_short_escape(output, *c.ptr))
    put_escape(output, code);
}

static void put_visible(trpt_output *output, trpt_str c, uint32_t code) {
  if (is_hidden(code))
    put_escape(output, code);
  else
    trpt_output_str(output, c);
}

static void put_character(trpt_output *output, trpt_str c, trpt_json_style style) {
  const uint32_t code = trpt_utf8_code((const unsigned char *)c.ptr, c.len);
  if (code == '"' || code == '\\') {
    trpt_output_put(output, "\\", 1);
    trpt_output_str(output, c);
  } else if (style == TRPT_JSON_I_JSON) {
    put_i_json(output, c, code);
  } else if (code == 0 && style == TRPT_JSON_WITHOUT_NUL) {
    trpt_output_str(output, replacement);
  } else {
    put_visible(output, c, code);
  }
}

void trpt_json_text(trpt_output *output, trpt_str text, trpt_json_style style) {
  const char *at = text.ptr;
  const char *end = text.ptr + text.len;
  for (;;) {
    const size_t plain = trpt_word_printable(at, (size_t)(end - at), '"', '\\');
    trpt_output_put(output, at, plain);
    at += plain;
    if (at == end) return;
    bool good;
    const size_t len = trpt_utf8_length((const unsigned char *)at, (const unsigned char *)end, &good);
    if (good)
      put_character(output, (trpt_str){at, len}, style);
    else
      trpt_output_str(output, replacement);
    at += len;
  }
}
