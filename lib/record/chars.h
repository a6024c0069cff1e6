/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CHARS_H
#define TRPT_LIB_CHARS_H

/* The version of a record, and the character classes of the grammar in RFC 8460 s3. */

#include <stdbool.h>
#include <string.h>

#include <tlsrpt/status.h>

#define TRPT_RECORD_VERSION "v=TLSRPTv1"
enum { TRPT_RECORD_VERSION_LEN = sizeof TRPT_RECORD_VERSION - 1 };

enum {
  TRPT_CHAR_NAME_BEGIN = 1, /* ALPHA / DIGIT */
  TRPT_CHAR_NAME = 2,       /* ALPHA / DIGIT / "_" / "-" / "." */
  TRPT_CHAR_VALUE = 4,      /* %x21-3A / %x3C / %x3E-7E: VCHAR except ";" and "=" */
  TRPT_CHAR_URI = 8,        /* any byte except those that end a URI: ",", ";" and WSP */
  TRPT_CHAR_WSP = 16        /* SP / HTAB */
};

extern const unsigned char trpt_chars_classes[256];

static inline bool trpt_chars_is(trpt_str text, size_t pos, unsigned class) {
  return pos < text.len && trpt_chars_classes[(unsigned char)text.ptr[pos]] & class;
}

static inline bool trpt_chars_at(trpt_str text, size_t pos, char c) { return pos < text.len && text.ptr[pos] == c; }

static inline bool trpt_chars_begin(trpt_str text, size_t pos, const char *literal, size_t len) {
  return text.len - pos >= len && memcmp(text.ptr + pos, literal, len) == 0;
}

/* The position of the first byte from `pos` on that is not in the class. */
static inline size_t trpt_chars_skip(trpt_str text, size_t pos, unsigned class) {
  while (trpt_chars_is(text, pos, class)) pos++;
  return pos;
}

/* The end of the extension name that begins at `pos`; `pos` if none begins there. */
size_t trpt_chars_name_end(trpt_str text, size_t pos);

#endif
