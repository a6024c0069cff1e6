/* SPDX-License-Identifier: MIT */
#include "json_string.h"

#include <string.h>

#include "../base/scan.h"
#include "../base/text.h"

enum { PLAIN, ESCAPE, HEX };

void trpt_string_begin(trpt_json_string *string, bool keep) {
  string->len = 0;
  string->string_errors = 0;
  string->high = 0;
  string->state = PLAIN;
  string->have = 0;
  string->lead.need = 0;
  string->keep = keep;
}

static void put(trpt_json_string *string, const void *bytes, size_t len) {
  if (!string->keep) return;
  const size_t room = string->capacity - string->len;
  if (len > room) len = room;
  memcpy(string->text + string->len, bytes, len);
  string->len += len;
}

static void add_error(trpt_json_string *string, uint32_t kind, uint64_t offset) {
  const uint32_t before = string->string_errors & (TRPT_STRING_NOT_UTF8 | TRPT_STRING_BAD_CODEPOINT);
  if (!before) string->error_offset = offset;
  if (before == TRPT_STRING_BAD_CODEPOINT && kind == TRPT_STRING_NOT_UTF8)
    string->string_errors |= TRPT_STRING_CODEPOINT_FIRST;
  string->string_errors |= kind;
}

static void put_codepoint(trpt_json_string *string, uint32_t codepoint) {
  unsigned char bytes[4];
  size_t len = 1;
  if (codepoint < 0x80) {
    bytes[0] = (unsigned char)codepoint;
  } else if (codepoint < 0x800) {
    bytes[0] = (unsigned char)(0xC0 | codepoint >> 6);
    len = 2;
  } else if (codepoint < 0x10000) {
    bytes[0] = (unsigned char)(0xE0 | codepoint >> 12);
    len = 3;
  } else {
    bytes[0] = (unsigned char)(0xF0 | codepoint >> 18);
    len = 4;
  }
  for (size_t i = 1; i < len; i++) bytes[i] = (unsigned char)(0x80 | (codepoint >> 6 * (len - 1 - i) & 0x3F));
  put(string, bytes, len);
}

static void put_replacement(trpt_json_string *string, uint32_t kind, uint64_t offset) {
  add_error(string, kind, offset);
  put(string, TRPT_UTF8_REPLACEMENT, sizeof TRPT_UTF8_REPLACEMENT - 1);
}

static void end_surrogate(trpt_json_string *string) {
  if (string->high) put_replacement(string, TRPT_STRING_BAD_CODEPOINT, string->high_offset);
  string->high = 0;
}

/* Called after the last digit of a \u escape. */
static void end_unit(trpt_json_string *string) {
  const uint32_t unit = string->unit;
  const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
  uint32_t codepoint = unit;
  uint64_t offset = string->escape_offset;
  if (string->high && low) {
    codepoint = 0x10000 + (((uint32_t)string->high - 0xD800) << 10) + (unit - 0xDC00);
    offset = string->high_offset;
    string->high = 0;
  } else {
    end_surrogate(string);
    if (low) {
      put_replacement(string, TRPT_STRING_BAD_CODEPOINT, offset);
      return;
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      string->high = (uint16_t)unit;
      string->high_offset = offset;
      return;
    }
  }
  if (trpt_is_noncharacter(codepoint)) add_error(string, TRPT_STRING_BAD_CODEPOINT, offset);
  put_codepoint(string, codepoint);
}

/* Reads the first byte of a multi-byte character. Returns false if no character begins with it. */
static bool begin_character(trpt_json_string *string, unsigned char c) {
  string->lead = trpt_utf8_begin(c);
  if (!string->lead.need) return false;
  string->bytes[0] = c;
  string->have = 1;
  return true;
}

/* The offset of a multi-byte character whose first `have` bytes end before `next`. */
static uint64_t character_offset(const trpt_json_string *string, uint64_t next) { return next - string->have; }

static void end_character(trpt_json_string *string, uint64_t offset) {
  if (trpt_is_noncharacter(trpt_utf8_code(string->bytes, string->have)))
    add_error(string, TRPT_STRING_BAD_CODEPOINT, offset);
  put(string, string->bytes, string->have);
  string->have = 0;
}

/* Reads one byte of a multi-byte character. Returns false if the byte does not belong to it: the character was cut, and the
   byte must be read again. */
static bool read_character(trpt_json_string *string, unsigned char c, uint64_t offset) {
  if (c < string->lead.low || c > string->lead.high) {
    put_replacement(string, TRPT_STRING_NOT_UTF8, character_offset(string, offset));
    string->have = 0;
    string->lead.need = 0;
    return false;
  }
  string->lead = (trpt_utf8_lead){(uint8_t)(string->lead.need - 1), 0x80, 0xBF};
  string->bytes[string->have++] = c;
  if (!string->lead.need) end_character(string, character_offset(string, offset + 1));
  return true;
}

/* The character that a backslash and this byte stand for, RFC 8259 s7; 0 if there is none. */
static char escaped(unsigned char c) {
  switch (c) {
  case '"': return '"';
  case '\\': return '\\';
  case '/': return '/';
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  default: return 0;
  }
}

static bool read_escape(trpt_json_string *string, unsigned char c) {
  if (c == 'u') {
    string->state = HEX;
    string->hex_left = 4;
    string->unit = 0;
    return true;
  }
  const char character = escaped(c);
  if (!character) return false;
  end_surrogate(string);
  put(string, &character, 1);
  string->state = PLAIN;
  return true;
}

static bool read_hex(trpt_json_string *string, unsigned char c) {
  if (!trpt_is_hex(c)) return false;
  string->unit = (uint16_t)((unsigned)string->unit << 4 | trpt_hex_value(c));
  if (--string->hex_left == 0) {
    end_unit(string);
    string->state = PLAIN;
  }
  return true;
}

trpt_string_status trpt_string_read(trpt_json_string *string, const unsigned char **p, const unsigned char *end,
                                    uint64_t bias) {
  for (; *p < end; (*p)++) {
    const unsigned char c = **p;
    const uint64_t offset = bias + (uint64_t)(uintptr_t)*p;
    if (string->state == ESCAPE) {
      if (!read_escape(string, c)) return TRPT_STRING_BAD;
      continue;
    }
    if (string->state == HEX) {
      if (!read_hex(string, c)) return TRPT_STRING_BAD;
      continue;
    }
    if (string->lead.need && read_character(string, c, offset)) continue;
    if (c == '\\') {
      string->state = ESCAPE;
      string->escape_offset = offset;
      continue;
    }
    end_surrogate(string);
    if (c == '"') {
      (*p)++;
      return TRPT_STRING_CLOSED;
    }
    if (c < 0x20) return TRPT_STRING_BAD;
    if (c >= 0x80) {
      if (!begin_character(string, c)) put_replacement(string, TRPT_STRING_NOT_UTF8, offset);
      continue;
    }
    const unsigned char *run = trpt_scan_string(*p, end);
    put(string, *p, (size_t)(run - *p));
    *p = run - 1;
  }
  return TRPT_STRING_MORE;
}
