/*
 * SPDX-License-Identifier: MIT
 *
 * libtrpt in one file, without libtrpt-mail. Compile it with a C11 compiler and link zlib.
 *
 * MIT License
 *
 * Copyright (c) 2026 The libtrpt authors
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 */
#ifndef TRPT_BUILD
#define TRPT_BUILD
#endif
#include "trpt.h"
#include <assert.h>
#include <errno.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#if defined(__ELF__) || defined(__APPLE__)
#pragma GCC visibility push(hidden)
#endif
/* gcc limits how much one source may grow by inlining, and leaves out what is called for each value. */
#if defined(__GNUC__) && !defined(__clang__)
#define TRPT_INLINE inline __attribute__((always_inline))
#else
#define TRPT_INLINE inline
#endif
#ifdef __GNUC__
/* Some helpers are for libtrpt-mail only. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif

/* lib/base/allocator.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ALLOCATOR_H
#define TRPT_LIB_ALLOCATOR_H

#include <stdbool.h>



/* Copies the caller's allocator; NULL means malloc and free. Returns false if it is invalid. */
bool trpt_allocator_read(trpt_allocator *out, const trpt_allocator *allocator);

#endif

#include <stdlib.h>

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_VERSIONED_H
#define TRPT_LIB_VERSIONED_H

#include <stdbool.h>
#include <stddef.h>

/* A larger struct_size is a mistake: the copy could read beyond the caller's memory. */
enum { TRPT_VERSIONED_MAX_SIZE = 4096 };

/* Copies a struct of the caller that begins with `size_t struct_size`. Members that an older, smaller struct lacks
   become 0. A newer, larger struct is accepted if all bytes beyond `size` are 0. For any other struct_size, and for 0,
   returns false and sets `*to` to zero. */
bool trpt_versioned_copy(void *to, size_t size, const void *from);

#endif

static void *default_allocate(void *user, size_t size) {
  (void)user;
  return malloc(size);
}

static void default_release(void *user, void *memory, size_t size) {
  (void)user;
  (void)size;
  free(memory);
}

bool trpt_allocator_read(trpt_allocator *out, const trpt_allocator *allocator) {
  *out = (trpt_allocator){sizeof *out, default_allocate, default_release, NULL};
  if (!allocator) return true;
  return trpt_versioned_copy(out, sizeof *out, allocator) && out->allocate && out->release;
}

/* lib/base/cell_text.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CELL_TEXT_H
#define TRPT_LIB_CELL_TEXT_H

/* Cells of rows as text, docs/rows.md. Each function writes one or more texts as one cell, separated by spaces. NUL and
   each maximal run of bytes that is not UTF-8 become U+FFFD, since databases reject them.

   In CSV and TSV, control characters (see hidden.h) other than TAB, LF and CR become U+FFFD too, since these formats
   cannot escape them and people print them on terminals.

   With `has_guard`, a cell of CSV or TSV gets an apostrophe in front if a spreadsheet could mistake it for a formula,
   or if it begins with an apostrophe. Removing one apostrophe from the front therefore always restores the cell. */

#include <stdbool.h>

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_OUTPUT_H
#define TRPT_LIB_OUTPUT_H

/* Buffers text for a caller's write function, so that the function is called once per buffer and not once per value. */

#include <stdbool.h>
#include <string.h>



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_COPY_H
#define TRPT_LIB_COPY_H

/* Copies and clears a few bytes. */

#include <stddef.h>
#include <string.h>

/* For x86, gcc turns memset and memcpy of at most a few KiB into one `rep` instruction, which takes some 40 cycles to start. The
   two functions here avoid it where it would be felt. */

/* memset to 0 of a constant size of 16 to 512 bytes, as that many stores. */
static TRPT_INLINE void trpt_clear(void *memory, size_t size) {
  static const char zeros[16] = {0};
  char *to = memory;
#pragma GCC unroll 32
  for (size_t at = 0; at < size - 15; at += 16) memcpy(to + at, zeros, 16);
  memcpy(to + size - 16, zeros, 16);
}

/* memcpy of up to so many bytes, in copies that may overlap. */
enum { TRPT_COPY_SHORT = 48 };
static TRPT_INLINE void trpt_copy_short(char *to, const char *from, size_t len) {
  if (len >= 16) {
    memcpy(to, from, 16);
    if (len > 32) memcpy(to + 16, from + 16, 16);
    memcpy(to + len - 16, from + len - 16, 16);
  } else if (len >= 8) {
    memcpy(to, from, 8);
    memcpy(to + len - 8, from + len - 8, 8);
  } else if (len >= 4) {
    memcpy(to, from, 4);
    memcpy(to + len - 4, from + len - 4, 4);
  } else if (len) {
    to[0] = from[0];
    to[len / 2] = from[len / 2];
    to[len - 1] = from[len - 1];
  }
}

#endif

enum { TRPT_OUTPUT_SIZE = 4096 };

typedef struct trpt_output {
  trpt_write_fn write;
  void *user;
  size_t len;
  trpt_status status; /* TRPT_E_CANCELED after `write` asked to stop; it is not called again */
  bool is_writing;    /* `write` is running, and calls from inside it are errors */
  char buffer[TRPT_OUTPUT_SIZE];
} trpt_output;

void trpt_output_begin(trpt_output *output, trpt_write_fn write, void *user);

/* Passes the buffered text to `write`. */
void trpt_output_flush(trpt_output *output);

/* Slow path of trpt_output_put, for text that does not fit into the buffer. */
void trpt_output_put_long(trpt_output *output, const char *bytes, size_t len);

static TRPT_INLINE void trpt_output_put(trpt_output *output, const char *bytes, size_t len) {
  if (len > sizeof output->buffer - output->len) {
    trpt_output_put_long(output, bytes, len);
  } else if (len) {
    memcpy(output->buffer + output->len, bytes, len);
    output->len += len;
  }
}

/* The same for text that is mostly short, without a call of memcpy. */
static TRPT_INLINE void trpt_output_put_short(trpt_output *output, const char *bytes, size_t len) {
  if (len > TRPT_COPY_SHORT || len > sizeof output->buffer - output->len) {
    trpt_output_put(output, bytes, len);
  } else {
    trpt_copy_short(output->buffer + output->len, bytes, len);
    output->len += len;
  }
}

static TRPT_INLINE void trpt_output_str(trpt_output *output, trpt_str text) { trpt_output_put(output, text.ptr, text.len); }

/* Writes decimal digits. */
void trpt_output_number(trpt_output *output, uint64_t number);

/* Writes the content of a JSON string. `flags` are those of json_escape.h. */
void trpt_output_json(trpt_output *output, trpt_str text, unsigned flags);

#endif

/* A JSON string, which needs no guard. */
void trpt_cell_json(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard);

/* RFC 4180, with quotation marks only where needed. An empty text is quoted, since an empty cell means null. */
void trpt_cell_csv(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard);

/* The format of PostgreSQL's COPY and ClickHouse's TabSeparated: \t, \n, \r and \\ replace the bytes that have a
   meaning in a row. */
void trpt_cell_tsv(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard);

/* Copies a text for a column of another format, with U+FFFD as above and nothing else changed. `to` needs three bytes for
   each byte of the text. Returns the number of bytes written. */
size_t trpt_cell_copy(char *to, trpt_str text);

#endif

#include <stdbool.h>

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_HIDDEN_H
#define TRPT_LIB_HIDDEN_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a code point is invisible or changes how others appear: controls, zero-width spaces, direction controls,
   variation selectors, tags and the like. Text from strangers is displayed without them, RFC 8460 s7. */
bool trpt_is_hidden(uint32_t code);

/* Whether a terminal could execute a code point, or reorder the text around it: C0 (with TAB, CR and LF), DEL, C1 and
   the bidirectional controls. All of them are hidden. */
bool trpt_is_control(uint32_t code);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_ESCAPE_H
#define TRPT_LIB_JSON_ESCAPE_H

/* Encodes any bytes as the content of a JSON string, RFC 8259 s7. Each maximal run of bytes that could begin a
   character but is not valid UTF-8 becomes U+FFFD. */



/* Characters to change in addition to those that RFC 8259 requires. */
enum {
  TRPT_JSON_I_JSON = 1,        /* noncharacters become U+FFFD, RFC 7493 s2.1 */
  TRPT_JSON_ESCAPE_HIDDEN = 2, /* invisible characters become \uXXXX, see hidden.h */
  TRPT_JSON_REPLACE_NUL = 4    /* U+0000 becomes U+FFFD, since databases reject it */
};

enum { TRPT_JSON_ESCAPE_MAX_LEN = 12 }; /* "\ud83d\ude00" */

/* A run of text to write unchanged, followed by the escape sequence of the next character. */
typedef struct trpt_json_segment {
  trpt_str plain;
  size_t escape_len; /* 0 at the end of the text */
  char escape[TRPT_JSON_ESCAPE_MAX_LEN];
} trpt_json_segment;

/* Removes the next segment from `*rest`. The string is complete when `rest->len` is 0. */
void trpt_json_escape_next(trpt_str *rest, unsigned flags, trpt_json_segment *out);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TEXT_H
#define TRPT_LIB_TEXT_H

/* Byte classes, comparing and trimming short texts, and output to a caller's buffer. Nothing depends on the locale. */

#include <stdbool.h>
#include <string.h>



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_WORD_H
#define TRPT_LIB_WORD_H

/* Tests eight bytes at a time in portable C. The result for each byte is in its highest bit. Callers must not depend on
   the order of the bytes in the word, which depends on the machine. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { TRPT_WORD_SIZE = 8 };

/* A word of eight equal bytes. */
#define TRPT_WORD_OF(byte)  (UINT64_C(0x0101010101010101) * (byte))
#define TRPT_WORD_HIGH_BITS TRPT_WORD_OF(0x80)

static TRPT_INLINE uint64_t trpt_word_load(const char *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/* Loads fewer than eight bytes. The rest of the word repeats bytes of the text, and has the letter "x" if the text is
   shorter than four. From four bytes on, neighbors in the word need not be neighbors in the text. */
static TRPT_INLINE uint64_t trpt_word_load_short(const char *bytes, size_t len) {
  const unsigned char *text = (const unsigned char *)bytes;
  uint32_t first, last;
  if (len == 0) return TRPT_WORD_OF('x');
  if (len < sizeof first)
    return TRPT_WORD_OF('x') << 24 | (uint64_t)text[0] << 16 | (uint64_t)text[len / 2] << 8 | text[len - 1];
  memcpy(&first, bytes, sizeof first);
  memcpy(&last, bytes + len - sizeof last, sizeof last);
  return (uint64_t)first << 32 | last;
}

/* Marks the bytes from `first` to `last`, both 0x01 to 0x7F. The result is valid only if all bytes are ASCII, which the
   caller must check too: other bytes also spoil their neighbors. The other seven bits of each byte are undefined. */
static TRPT_INLINE uint64_t trpt_word_between(uint64_t word, unsigned first, unsigned last) {
  return (word + TRPT_WORD_OF(0x80 - first)) ^ (word + TRPT_WORD_OF(0x7F - last));
}

/* Marks the ASCII letters. Valid for all bytes; the other seven bits are 0. */
static TRPT_INLINE uint64_t trpt_word_letters(uint64_t word) {
  const uint64_t small = (word | TRPT_WORD_OF(0x20)) & ~TRPT_WORD_HIGH_BITS;
  return trpt_word_between(small, 'a', 'z') & ~word & TRPT_WORD_HIGH_BITS;
}

/* Whether two words are equal, ignoring ASCII case. */
static TRPT_INLINE bool trpt_word_equal_nocase(uint64_t a, uint64_t b) {
  const uint64_t difference = a ^ b;
  return difference == 0 || (difference & ~(trpt_word_letters(a) >> 2)) == 0;
}

/* Whether every byte of a word is ASCII other than NUL. A borrow can mark a wrong byte only next to one that is marked correctly. */
static TRPT_INLINE bool trpt_word_is_ascii(uint64_t word) {
  return !((word | (word - TRPT_WORD_OF(1))) & TRPT_WORD_HIGH_BITS);
}

/* Whether every byte of a word is printable ASCII other than `a` and `b`. */
static TRPT_INLINE bool trpt_word_is_printable(uint64_t word, char a, char b) {
  const uint64_t control = word - TRPT_WORD_OF(0x20);
  const uint64_t del = (word ^ TRPT_WORD_OF(0x7F)) - TRPT_WORD_OF(1);
  const uint64_t is_a = (word ^ TRPT_WORD_OF((unsigned char)a)) - TRPT_WORD_OF(1);
  const uint64_t is_b = (word ^ TRPT_WORD_OF((unsigned char)b)) - TRPT_WORD_OF(1);
  /* A borrow can mark a wrong byte only next to one that is marked correctly. */
  return !((word | control | del | is_a | is_b) & TRPT_WORD_HIGH_BITS);
}

/* The number of bytes at the start of a text that are printable ASCII other than `a` and `b`. Neither may be the letter
   "x". */
static TRPT_INLINE size_t trpt_word_printable(const char *text, size_t len, char a, char b) {
  size_t n = 0;
  while (len - n >= TRPT_WORD_SIZE && trpt_word_is_printable(trpt_word_load(text + n), a, b)) n += TRPT_WORD_SIZE;
  if (len - n < TRPT_WORD_SIZE) {
    const uint64_t last =
        len < TRPT_WORD_SIZE ? trpt_word_load_short(text, len) : trpt_word_load(text + len - TRPT_WORD_SIZE);
    if (trpt_word_is_printable(last, a, b)) return len;
  }
  /* Another byte follows. */
  while (text[n] >= ' ' && text[n] < 0x7F && text[n] != a && text[n] != b) n++;
  return n;
}

#endif

/* Initializes a trpt_str from a string literal. */
#define TRPT_STR(literal)                                                                                              \
  { literal, sizeof(literal) - 1 }

static TRPT_INLINE bool trpt_is_digit(unsigned char c) { return (unsigned)c - '0' < 10; }
static TRPT_INLINE bool trpt_is_alpha(unsigned char c) { return ((unsigned)c | 0x20U) - 'a' < 26; }
static TRPT_INLINE unsigned char trpt_lower(unsigned char c) {
  return (unsigned char)((unsigned)c - 'A' < 26 ? c | 0x20U : c);
}
static TRPT_INLINE bool trpt_is_hex(unsigned char c) { return trpt_is_digit(c) || ((unsigned)c | 0x20U) - 'a' < 6; }
static TRPT_INLINE unsigned trpt_hex_value(unsigned char c) {
  return trpt_is_digit(c) ? (unsigned)c - '0' : ((unsigned)c | 0x20U) - 'a' + 10;
}

/* atext of RFC 5322 s3.2.3: visible ASCII without the specials. Nearly all are letters. */
static TRPT_INLINE bool trpt_is_atext(char c) {
  return trpt_is_alpha((unsigned char)c) || (c > 0x20 && c < 0x7F && !strchr("()<>[]:;@\\,.\"", c));
}

static TRPT_INLINE char trpt_hex_digit(unsigned value) { return "0123456789abcdef"[value & 0xF]; }

/* Writes a number in decimal, with a NUL, into `digits`. The result points into `digits`. */
enum { TRPT_DECIMAL_SIZE = 21 };
static TRPT_INLINE trpt_str trpt_decimal(uint64_t number, char digits[TRPT_DECIMAL_SIZE]) {
  char *end = digits + TRPT_DECIMAL_SIZE - 1;
  char *at = end;
  *end = '\0';
  do {
    *--at = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  return (trpt_str){at, (size_t)(end - at)};
}

/* WSP of RFC 5234: whitespace within a line. */
static TRPT_INLINE bool trpt_is_wsp(char c) { return c == ' ' || c == '\t'; }

/* WSP and line ends: whitespace of JSON (RFC 8259 s2) and of texts with several lines. */
static TRPT_INLINE bool trpt_is_space(char c) { return trpt_is_wsp(c) || c == '\r' || c == '\n'; }

static TRPT_INLINE trpt_str trpt_str_of(const char *text) { return (trpt_str){text, text ? strlen(text) : 0}; }

/* `text` without its first `count` bytes. */
static TRPT_INLINE trpt_str trpt_str_from(trpt_str text, size_t count) {
  return (trpt_str){text.ptr + count, text.len - count};
}

static TRPT_INLINE trpt_str trpt_skip_wsp(trpt_str text) {
  while (text.len && trpt_is_wsp(*text.ptr)) text = trpt_str_from(text, 1);
  return text;
}

static TRPT_INLINE trpt_str trpt_trim_trailing_space(trpt_str text) {
  while (text.len && trpt_is_space(text.ptr[text.len - 1])) text.len--;
  return text;
}

static TRPT_INLINE trpt_str trpt_trim_wsp(trpt_str text) {
  while (text.len && trpt_is_wsp(text.ptr[text.len - 1])) text.len--;
  return trpt_skip_wsp(text);
}

static TRPT_INLINE trpt_str trpt_skip_space(trpt_str text) {
  while (text.len && trpt_is_space(*text.ptr)) text = trpt_str_from(text, 1);
  return text;
}

static TRPT_INLINE trpt_str trpt_trim_space(trpt_str text) { return trpt_skip_space(trpt_trim_trailing_space(text)); }

static TRPT_INLINE bool trpt_str_is_ascii(trpt_str text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.ptr[i] > 0x7F) return false;
  return true;
}

static TRPT_INLINE bool trpt_str_equal(trpt_str a, const char *literal, size_t len) {
  return a.len == len && memcmp(a.ptr, literal, len) == 0;
}

/* Whether none of the texts is absent. */
static TRPT_INLINE bool trpt_all_present(const trpt_str *texts, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!texts[i].ptr) return false;
  return true;
}

/* memmove for mostly short text. Moves 8 to 32 bytes without a call, as two halves that may overlap. */
static TRPT_INLINE void trpt_move_short(char *to, const char *from, size_t len) {
  struct half {
    char bytes[16];
  } first, last;
  if (len - 16 <= 16) {
    memcpy(&first, from, 16);
    memcpy(&last, from + len - 16, 16);
    memcpy(to, &first, 16);
    memcpy(to + len - 16, &last, 16);
  } else if (len - 8 < 8) {
    memcpy(&first, from, 8);
    memcpy(&last, from + len - 8, 8);
    memcpy(to, &first, 8);
    memcpy(to + len - 8, &last, 8);
  } else {
    memmove(to, from, len);
  }
}

/* Whether two texts are equal, ignoring ASCII case. */
static TRPT_INLINE bool trpt_equal_nocase(const char *a, const char *b, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (trpt_lower((unsigned char)a[i]) != trpt_lower((unsigned char)b[i])) return false;
  return true;
}

static TRPT_INLINE bool trpt_str_equal_nocase(trpt_str text, const char *other) {
  return text.len == strlen(other) && trpt_equal_nocase(text.ptr, other, text.len);
}

static TRPT_INLINE bool trpt_str_begins_nocase(trpt_str text, const char *prefix) {
  const size_t len = strlen(prefix);
  return text.len >= len && trpt_equal_nocase(text.ptr, prefix, len);
}

/* For functions that write to a caller's buffer. Sets `*needed`, and returns TRPT_OK if `len` bytes and a NUL fit. */
static TRPT_INLINE trpt_status trpt_text_check_buffer(size_t len, const char *to, size_t capacity, size_t *needed) {
  if (needed) *needed = len;
  if (!to && capacity) return TRPT_E_ARGUMENT;
  return capacity > len ? TRPT_OK : TRPT_E_BUFFER;
}

/* Copies a whole text to a caller's buffer, with a NUL. */
static TRPT_INLINE trpt_status trpt_text_to_buffer(const char *text, size_t len, char *to, size_t capacity, size_t *needed) {
  const trpt_status status = trpt_text_check_buffer(len, to, capacity, needed);
  if (status != TRPT_OK) return status;
  memcpy(to, text, len);
  to[len] = '\0';
  return TRPT_OK;
}

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_UTF8_H
#define TRPT_LIB_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>



/* The bytes that may follow the first byte of a multi-byte character, RFC 3629 s4: their number, and the range of the
   first of them. The range excludes overlong forms, surrogates and code points beyond U+10FFFF. `need` is 0 for an
   invalid first byte. */
typedef struct trpt_utf8_lead {
  uint8_t need;
  uint8_t low;
  uint8_t high;
} trpt_utf8_lead;

static TRPT_INLINE trpt_utf8_lead trpt_utf8_begin(unsigned char c) {
  trpt_utf8_lead lead = {0, 0x80, 0xBF};
  if (c >= 0xC2 && c <= 0xDF) {
    lead.need = 1;
  } else if (c >= 0xE0 && c <= 0xEF) {
    lead.need = 2;
    if (c == 0xE0) lead.low = 0xA0;
    if (c == 0xED) lead.high = 0x9F;
  } else if (c >= 0xF0 && c <= 0xF4) {
    lead.need = 3;
    if (c == 0xF0) lead.low = 0x90;
    if (c == 0xF4) lead.high = 0x8F;
  }
  return lead;
}

/* The code point of a valid character of 2 to 4 bytes. */
static TRPT_INLINE uint32_t trpt_utf8_code(const unsigned char *bytes, size_t len) {
  uint32_t code = bytes[0] & (0x7FU >> len);
  for (size_t i = 1; i < len; i++) code = code << 6 | (bytes[i] & 0x3FU);
  return code;
}

/* The noncharacters of Unicode: U+FDD0 to U+FDEF, and the last two code points of each plane. RFC 7493 s2.1 forbids
   them. */
static TRPT_INLINE bool trpt_is_noncharacter(uint32_t code) {
  return (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

/* U+FFFD, which replaces bytes that are not UTF-8. */
#define TRPT_UTF8_REPLACEMENT "\xEF\xBF\xBD"

/* The longest prefix of whole characters with at most `max` bytes. `text` is longer than that, and UTF-8 up to there. */
static TRPT_INLINE trpt_str trpt_utf8_prefix(trpt_str text, size_t max) {
  while (max && ((unsigned char)text.ptr[max] & 0xC0) == 0x80) max--;
  return (trpt_str){text.ptr, max};
}

/* A character, or a maximal run of bytes that could begin one but is invalid. */
typedef struct trpt_utf8_char {
  uint32_t code; /* 0 if not valid */
  size_t len;    /* at least 1 */
  bool is_valid;
} trpt_utf8_char;

/* The first character of `text`, which must not be empty. */
static TRPT_INLINE trpt_utf8_char trpt_utf8_next(trpt_str text) {
  const unsigned char *bytes = (const unsigned char *)text.ptr;
  if (bytes[0] < 0x80) return (trpt_utf8_char){bytes[0], 1, true};
  trpt_utf8_lead lead = trpt_utf8_begin(bytes[0]);
  trpt_utf8_char c = {0, 1, false};
  for (; lead.need && c.len < text.len && bytes[c.len] >= lead.low && bytes[c.len] <= lead.high; c.len++) {
    lead = (trpt_utf8_lead){(uint8_t)(lead.need - 1), 0x80, 0xBF};
    c.is_valid = lead.need == 0;
  }
  if (c.is_valid) c.code = trpt_utf8_code(bytes, c.len);
  return c;
}

#endif


static const trpt_str replacement = TRPT_STR(TRPT_UTF8_REPLACEMENT);

/* Returns the replacement of a character, or an absent string if it is written unchanged. */
typedef trpt_str (*substitute_fn)(uint32_t cell_text_code);

static trpt_str character_of_cell(trpt_str text, trpt_utf8_char c, substitute_fn substitute) {
  const trpt_str other = c.is_valid ? substitute(c.code) : replacement;
  return other.ptr ? other : (trpt_str){text.ptr, c.len};
}

/* `special` is the only printable character that is substituted. */
static void put_text(trpt_output *output, trpt_str text, char special, substitute_fn substitute) {
  for (;;) {
    const size_t plain = trpt_word_printable(text.ptr, text.len, special, special);
    trpt_output_put(output, text.ptr, plain);
    text = trpt_str_from(text, plain);
    if (!text.len) return;
    const trpt_utf8_char c = trpt_utf8_next(text);
    trpt_output_str(output, character_of_cell(text, c, substitute));
    text = trpt_str_from(text, c.len);
  }
}

/* `substitute` is NULL if the texts consist only of printable characters that are written unchanged. */
static void put_texts(trpt_output *output, const trpt_str *texts, size_t count, char special,
                      substitute_fn substitute) {
  for (size_t i = 0; i < count; i++) {
    if (i) trpt_output_put(output, " ", 1);
    if (substitute)
      put_text(output, texts[i], special, substitute);
    else
      trpt_output_str(output, texts[i]);
  }
}

/* ---- spreadsheet formulas ---- */

/* Whether a spreadsheet treats a text that begins like this as a formula. East Asian spreadsheets also accept the
   full-width signs U+FF1D, U+FF0B, U+FF0D and U+FF20. */
static bool is_formula(trpt_str text) {
  if (memchr("=+-@", text.ptr[0], 4)) return true;
  return text.len >= 3 && memcmp(text.ptr, "\xEF\xBC", 2) == 0 && memchr("\x9D\x8B\x8D\xA0", text.ptr[2], 4);
}

/* Spreadsheets skip leading spaces and control characters. */
static trpt_str skip_invisible(trpt_str text) {
  while (text.len && (unsigned char)*text.ptr <= ' ') text = trpt_str_from(text, 1);
  return text;
}

/* Whether a cell needs an apostrophe in front. A cell that begins with an apostrophe needs one too, so that removing
   one always restores the text. `has_quoting` says whether the format encloses cells in quotation marks. If it does
   not, a leading quotation mark could hide a formula after it. */
static bool needs_guard(const trpt_str *texts, size_t count, bool has_quoting) {
  const unsigned char first = texts[0].len ? (unsigned char)texts[0].ptr[0] : ' ';
  if (trpt_is_alpha(first) || trpt_is_digit(first)) return false; /* nearly all cells */
  if (memchr("'\t\r\n", first, 4)) return true;
  for (size_t i = 0; i < count; i++) {
    const trpt_str rest = skip_invisible(texts[i]);
    if (rest.len) return is_formula(rest) || (rest.ptr[0] == '"' && !has_quoting);
  }
  return false;
}

/* ---- the formats ---- */

static trpt_str replace_control(uint32_t cell_text_code) { return trpt_is_control(cell_text_code) ? replacement : (trpt_str){NULL, 0}; }

static trpt_str csv_substitute(uint32_t cell_text_code) {
  switch (cell_text_code) {
  case '\t':
  case '\n':
  case '\r': return (trpt_str){NULL, 0}; /* in quotation marks, they are part of the text */
  case '"': return (trpt_str)TRPT_STR("\"\"");
  default: return replace_control(cell_text_code);
  }
}

/* Whether a text needs no quotation marks in CSV. */
static bool is_plain_csv(trpt_str text) { return trpt_word_printable(text.ptr, text.len, '"', ',') == text.len; }

/* The same for a whole cell. Some readers trim spaces at the edges, and an empty cell without quotation marks means
   null. */
static bool are_plain_csv(const trpt_str *texts, size_t count) {
  const trpt_str first = texts[0];
  const trpt_str last = texts[count - 1];
  if (!first.len || first.ptr[0] == ' ' || !last.len || last.ptr[last.len - 1] == ' ') return false;
  for (size_t i = 0; i < count; i++)
    if (!is_plain_csv(texts[i])) return false;
  return true;
}

void trpt_cell_csv(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard) {
  const bool is_guarded = has_guard && needs_guard(texts, count, true);
  const bool is_quoted = is_guarded || !are_plain_csv(texts, count);
  if (is_quoted) trpt_output_put(output, "\"'", is_guarded ? 2 : 1);
  put_texts(output, texts, count, '"', is_quoted ? csv_substitute : NULL);
  if (is_quoted) trpt_output_put(output, "\"", 1);
}

static trpt_str tsv_substitute(uint32_t cell_text_code) {
  switch (cell_text_code) {
  case '\t': return (trpt_str)TRPT_STR("\\t");
  case '\n': return (trpt_str)TRPT_STR("\\n");
  case '\r': return (trpt_str)TRPT_STR("\\r");
  case '\\': return (trpt_str)TRPT_STR("\\\\");
  default: return replace_control(cell_text_code);
  }
}

void trpt_cell_tsv(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard) {
  if (has_guard && needs_guard(texts, count, false)) trpt_output_put(output, "'", 1);
  put_texts(output, texts, count, '\\', tsv_substitute);
}

void trpt_cell_json(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard) {
  (void)has_guard;
  trpt_output_put(output, "\"", 1);
  for (size_t i = 0; i < count; i++) {
    if (i) trpt_output_put(output, " ", 1);
    trpt_output_json(output, texts[i], TRPT_JSON_ESCAPE_HIDDEN | TRPT_JSON_REPLACE_NUL);
  }
  trpt_output_put(output, "\"", 1);
}

size_t trpt_cell_copy(char *to, trpt_str text) {
  const char *begin = to;
  while (text.len) {
    const trpt_utf8_char c = trpt_utf8_next(text);
    const trpt_str written = c.code ? (trpt_str){text.ptr, c.len} : replacement; /* 0: NUL, or not UTF-8 */
    memcpy(to, written.ptr, written.len);
    to += written.len;
    text = trpt_str_from(text, c.len);
  }
  return (size_t)(to - begin);
}

/* lib/base/hidden.c */
/* SPDX-License-Identifier: MIT */


#include <stddef.h>

typedef struct hidden_range {
  uint32_t first, last;
} hidden_range;

static const hidden_range hidden_hidden[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x115F, 0x1160},   {0x17B4, 0x17B5},
    {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF},
};

/* C0; DEL and C1; then the characters with the Unicode property Bidi_Control. */
static const hidden_range controls[] = {
    {0x00, 0x1F}, {0x7F, 0x9F}, {0x61C, 0x61C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069},
};

static bool is_in(const hidden_range *list, size_t count, uint32_t code) {
  for (size_t i = 0; i < count; i++)
    if (code >= list[i].first && code <= list[i].last) return true;
  return false;
}

bool trpt_is_hidden(uint32_t code) { return is_in(hidden_hidden, sizeof hidden_hidden / sizeof hidden_hidden[0], code); }

bool trpt_is_control(uint32_t code) { return is_in(controls, sizeof controls / sizeof controls[0], code); }

/* lib/base/json_escape.c */
/* SPDX-License-Identifier: MIT */







static void json_escape_add(trpt_json_segment *out, const char *text, size_t len) {
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
  json_escape_add(out, text, sizeof text);
}

static void add_escape(trpt_json_segment *out, uint32_t code) {
  static const char short_names[] = "\bb\tt\nn\ff\rr\"\"\\\\";
  for (const char *name = short_names; *name; name += 2)
    if ((unsigned char)*name == code) {
      json_escape_add(out, (const char[]){'\\', name[1]}, 2);
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
        json_escape_add(out, TRPT_UTF8_REPLACEMENT, sizeof TRPT_UTF8_REPLACEMENT - 1);
      else
        add_escape(out, c.code);
      *rest = trpt_str_from(text, at + c.len);
      break;
    }
    at += c.len;
  }
  out->plain = (trpt_str){text.ptr, at};
}

/* lib/base/output.c */
/* SPDX-License-Identifier: MIT */






void trpt_output_begin(trpt_output *output, trpt_write_fn write, void *user) {
  output->write = write;
  output->user = user;
  output->len = 0;
  output->status = TRPT_OK;
  output->is_writing = false;
}

void trpt_output_flush(trpt_output *output) {
  if (output->status != TRPT_OK || !output->len) return;
  output->is_writing = true;
  if (output->write(output->user, output->buffer, output->len) != 0) output->status = TRPT_E_CANCELED;
  output->is_writing = false;
  if (output->status == TRPT_OK) output->len = 0;
}

void trpt_output_put_long(trpt_output *output, const char *bytes, size_t len) {
  while (len && output->status == TRPT_OK) {
    const size_t available = sizeof output->buffer - output->len;
    const size_t part = len < available ? len : available;
    memcpy(output->buffer + output->len, bytes, part);
    output->len += part;
    bytes += part;
    len -= part;
    if (len) trpt_output_flush(output);
  }
}

void trpt_output_number(trpt_output *output, uint64_t number) {
  char digits[TRPT_DECIMAL_SIZE];
  trpt_output_str(output, trpt_decimal(number, digits));
}

void trpt_output_json(trpt_output *output, trpt_str text, unsigned flags) {
  /* Nearly all strings are plain. */
  const size_t plain = trpt_word_printable(text.ptr, text.len, '"', '\\');
  trpt_output_put_short(output, text.ptr, plain);
  text = trpt_str_from(text, plain);
  while (text.len) {
    trpt_json_segment segment;
    trpt_json_escape_next(&text, flags, &segment);
    trpt_output_str(output, segment.plain);
    trpt_output_put(output, segment.escape, segment.escape_len);
  }
}

/* lib/base/siphash.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SIPHASH_H
#define TRPT_LIB_SIPHASH_H

/* SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012), for messages
   that arrive as words of eight bytes. Words are little-endian on every machine. Functions that are called per value
   are inline, so that the state stays in registers. */

#include <stddef.h>
#include <stdint.h>

typedef struct trpt_siphash {
  uint64_t v0, v1, v2, v3;
  uint64_t words; /* so far */
} trpt_siphash;

enum { TRPT_SIPHASH_WORD_SIZE = 8 };

/* `k0` and `k1` are the key. */
trpt_siphash trpt_siphash_begin(uint64_t k0, uint64_t k1);

static TRPT_INLINE uint64_t trpt_siphash_rotate(uint64_t x, unsigned bits) { return x << bits | x >> (64 - bits); }

static TRPT_INLINE void trpt_siphash_round(trpt_siphash *hash) {
  hash->v0 += hash->v1;
  hash->v2 += hash->v3;
  hash->v1 = trpt_siphash_rotate(hash->v1, 13) ^ hash->v0;
  hash->v3 = trpt_siphash_rotate(hash->v3, 16) ^ hash->v2;
  hash->v0 = trpt_siphash_rotate(hash->v0, 32);
  hash->v2 += hash->v1;
  hash->v0 += hash->v3;
  hash->v1 = trpt_siphash_rotate(hash->v1, 17) ^ hash->v2;
  hash->v3 = trpt_siphash_rotate(hash->v3, 21) ^ hash->v0;
  hash->v2 = trpt_siphash_rotate(hash->v2, 32);
}

static TRPT_INLINE void trpt_siphash_add_word(trpt_siphash *hash, uint64_t word) {
  hash->v3 ^= word;
  trpt_siphash_round(hash);
  trpt_siphash_round(hash);
  hash->v0 ^= word;
  hash->words++;
}

/* Compilers turn each of these into a single load. */
static TRPT_INLINE uint64_t trpt_siphash_load32(const unsigned char *bytes) {
  return bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24;
}
static TRPT_INLINE uint64_t trpt_siphash_load64(const unsigned char *bytes) {
  return bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24 |
         (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 | (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

/* Loads 1 to 7 bytes and pads them with zeros. The loads may overlap. */
static TRPT_INLINE uint64_t trpt_siphash_load_short(const unsigned char *bytes, size_t len) {
  if (len >= 4) return trpt_siphash_load32(bytes) | trpt_siphash_load32(bytes + len - 4) << 8 * (len - 4);
  return bytes[0] | (uint64_t)bytes[len / 2] << 8 * (len / 2) | (uint64_t)bytes[len - 1] << 8 * (len - 1);
}

/* Adds the data, padded with zeros to whole words. */
static TRPT_INLINE void trpt_siphash_add(trpt_siphash *hash, const void *data, size_t len) {
  const unsigned char *bytes = data;
  for (; len >= TRPT_SIPHASH_WORD_SIZE; bytes += TRPT_SIPHASH_WORD_SIZE, len -= TRPT_SIPHASH_WORD_SIZE)
    trpt_siphash_add_word(hash, trpt_siphash_load64(bytes));
  if (len) trpt_siphash_add_word(hash, trpt_siphash_load_short(bytes, len));
}

/* The hash of the words so far, followed by `len` bytes, at most 7. More words may be added afterwards. */
void trpt_siphash_digest(const trpt_siphash *hash, const void *data, size_t len, uint64_t digest[2]);

/* Writes the 32 hex digits of a digest, and a NUL. Words are little-endian. */
enum { TRPT_SIPHASH_TEXT_SIZE = 33 };
void trpt_siphash_text(const uint64_t digest[2], char text[TRPT_SIPHASH_TEXT_SIZE]);

#endif



/* Constants of the variant with 128 bits of output. */
enum { WIDE = 0xEE, SECOND_HALF = 0xDD };

trpt_siphash trpt_siphash_begin(uint64_t k0, uint64_t k1) {
  return (trpt_siphash){.v0 = k0 ^ UINT64_C(0x736F6D6570736575),
                        .v1 = k1 ^ UINT64_C(0x646F72616E646F6D) ^ WIDE,
                        .v2 = k0 ^ UINT64_C(0x6C7967656E657261),
                        .v3 = k1 ^ UINT64_C(0x7465646279746573)};
}

static uint64_t siphash_half(trpt_siphash *hash) {
  for (int i = 0; i < 4; i++) trpt_siphash_round(hash);
  return hash->v0 ^ hash->v1 ^ hash->v2 ^ hash->v3;
}

void trpt_siphash_digest(const trpt_siphash *hash, const void *data, size_t len, uint64_t digest[2]) {
  trpt_siphash last = *hash;
  const uint64_t rest = len ? trpt_siphash_load_short(data, len) : 0;
  trpt_siphash_add_word(&last, rest | (hash->words * TRPT_SIPHASH_WORD_SIZE + len) << 56);
  last.v2 ^= WIDE;
  digest[0] = siphash_half(&last);
  last.v1 ^= SECOND_HALF;
  digest[1] = siphash_half(&last);
}

void trpt_siphash_text(const uint64_t digest[2], char text[TRPT_SIPHASH_TEXT_SIZE]) {
  for (unsigned i = 0; i < 2 * TRPT_SIPHASH_WORD_SIZE; i++, text += 2) {
    const unsigned byte = (unsigned)(digest[i / TRPT_SIPHASH_WORD_SIZE] >> i % TRPT_SIPHASH_WORD_SIZE * 8);
    text[0] = trpt_hex_digit(byte >> 4);
    text[1] = trpt_hex_digit(byte);
  }
  *text = '\0';
}

/* lib/base/status.c */
/* SPDX-License-Identifier: MIT */


typedef struct status_entry {
  trpt_status status;
  const char *name;
  const char *message;
} status_entry;

static const status_entry statuses[] = {
    {TRPT_OK, "TRPT_OK", "No error."},
    {TRPT_END, "TRPT_END", "The end was reached."},
    {TRPT_MORE, "TRPT_MORE", "More input is needed."},
    {TRPT_E_ARGUMENT, "TRPT_E_ARGUMENT", "An argument of the call is invalid."},
    {TRPT_E_STATE, "TRPT_E_STATE", "The call is not allowed at this point."},
    {TRPT_E_MEMORY, "TRPT_E_MEMORY", "Not enough memory."},
    {TRPT_E_LIMIT, "TRPT_E_LIMIT", "The input exceeds a limit."},
    {TRPT_E_CANCELED, "TRPT_E_CANCELED", "A callback asked to stop."},
    {TRPT_E_BUFFER, "TRPT_E_BUFFER", "The buffer is too small."},
    {TRPT_E_UNSUPPORTED, "TRPT_E_UNSUPPORTED", "This build of the library does not support this feature."},
    {TRPT_E_SYNTAX, "TRPT_E_SYNTAX", "The text does not have the form that this function expects."},
    {TRPT_E_NOT_TLSRPT, "TRPT_E_NOT_TLSRPT", "The text is not a TLSRPT record."},
    {TRPT_E_NO_RECORD, "TRPT_E_NO_RECORD", "No TLSRPT record exists."},
    {TRPT_E_MANY_RECORDS, "TRPT_E_MANY_RECORDS", "More than one TLSRPT record exists, so senders use none of them."},
    {TRPT_E_RECORD, "TRPT_E_RECORD", "The TLSRPT record violates the grammar of RFC 8460 s3."},
    {TRPT_E_JSON, "TRPT_E_JSON", "The text is not valid JSON, or not the I-JSON that RFC 8460 requires."},
    {TRPT_E_SCHEMA, "TRPT_E_SCHEMA", "The JSON text is not a report as defined in RFC 8460 s4.4."},
    {TRPT_E_TRUNCATED, "TRPT_E_TRUNCATED", "The input is truncated."},
    {TRPT_E_COMPRESSION, "TRPT_E_COMPRESSION", "The gzip data is invalid."},
    {TRPT_E_NO_REPORT, "TRPT_E_NO_REPORT", "The input contains no report."},
    {TRPT_E_MAIL, "TRPT_E_MAIL", "The mail cannot be read."},
};

/* The entry of all numbers that this version does not define. */
static const status_entry status_unknown = {0, "TRPT_E_UNKNOWN", "This version of the library does not know the status."};

static const status_entry *status_find(trpt_status status) {
  for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
    if (statuses[i].status == status) return &statuses[i];
  return &status_unknown;
}

const char *trpt_status_name(trpt_status status) { return status_find(status)->name; }

const char *trpt_status_message(trpt_status status) { return status_find(status)->message; }

const char *trpt_version(void) { return TRPT_VERSION_STRING; }

uint32_t trpt_version_number(void) { return TRPT_VERSION_NUMBER; }

/* lib/catalogue/diagnostic.c */
/* SPDX-License-Identifier: MIT */


#include <string.h>

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CATALOGUE_H
#define TRPT_LIB_CATALOGUE_H

/* The library identifies a diagnostic by the number of its row in the catalogue, and looks up the text only for a
   receiver. Numbers are valid within one build. libtrpt-mail may run with another libtrpt, so it looks up codes by
   their text. */



typedef enum trpt_code {
#define DIAGNOSTIC(id, code, severity, section, message, advice) TRPT_CODE_##id,
DIAGNOSTIC(RECORD_NO_RECORD, "record.no-record", INFO, "RFC 8460 s3",
        "No TLSRPT record exists at this name.",
        "Publish a TXT record at _smtp._tls under the domain, such as \"v=TLSRPTv1; rua=mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_MULTIPLE_RECORDS, "record.multiple-records", ERROR, "RFC 8460 s3",
        "More than one TLSRPT record exists at this name, so senders use none of them.",
        "Keep one record and delete the others. List all destinations in its rua field, separated by commas.")
DIAGNOSTIC(RECORD_UNRELATED_TXT, "record.unrelated-txt", WARNING, "RFC 8460 s3",
        "A TXT record at this name is not a TLSRPT record.",
        "Remove it, or the wildcard that produces it. Senders skip it, but some tools report it as a broken TLSRPT "
        "record.")
DIAGNOSTIC(RECORD_WRONG_LOCATION, "record.wrong-location", ERROR, "RFC 8460 s3",
        "A TLSRPT record is at a name where senders do not look for it.",
        "Move it to _smtp._tls under the domain. Many DNS editors append the domain themselves, so enter only "
        "\"_smtp._tls\" there.")
DIAGNOSTIC(RECORD_BAD_VERSION, "record.bad-version", ERROR, "RFC 8460 s3",
        "The record does not begin with the version \"v=TLSRPTv1\".",
        "Begin the record with \"v=TLSRPTv1;\", without spaces.")
DIAGNOSTIC(RECORD_BAD_VERSION_CASE, "record.bad-version-case", ERROR, "RFC 7405 s2.1",
        "The version differs from \"v=TLSRPTv1\" in letter case.",
        "Write \"v=TLSRPTv1\" with a lowercase v before the equals sign and another before the digit.")
DIAGNOSTIC(RECORD_WS_BEFORE_FIRST_DELIM, "record.ws-before-first-delim", WARNING, "RFC 8460 s3",
        "The record has a space between the version and the semicolon.",
        "Write \"v=TLSRPTv1;\" without a space. If the name has another TXT record, senders discard this one.")
DIAGNOSTIC(RECORD_LEADING_GARBAGE, "record.leading-garbage", ERROR, "RFC 8460 s3",
        "The record has extra characters before the version.",
        "Remove everything before \"v=TLSRPTv1\", including spaces and quotation marks.")
DIAGNOSTIC(RECORD_TRAILING_GARBAGE, "record.trailing-garbage", ERROR, "RFC 8460 s3",
        "A field is followed by something other than a semicolon.",
        "Remove the text after the field. If it is a field of its own, put a semicolon before it.")
DIAGNOSTIC(RECORD_EMPTY_FIELD, "record.empty-field", ERROR, "RFC 8460 s3",
        "Two semicolons have no field between them.",
        "Remove one of the semicolons.")
DIAGNOSTIC(RECORD_MISSING_DELIMITER, "record.missing-delimiter", ERROR, "RFC 8460 s3",
        "A semicolon is missing between two fields.",
        "Separate the version and the fields with semicolons: \"v=TLSRPTv1; rua=mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_WS_AROUND_EQUALS, "record.ws-around-equals", ERROR, "RFC 8460 s3",
        "A field has a space next to its equals sign.",
        "Remove the spaces around the equals sign: \"rua=mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_NO_RUA, "record.no-rua", ERROR, "RFC 8460 s3",
        "The record has no rua field, so senders have nowhere to send reports.",
        "Add one, such as \"rua=mailto:reports@example.com\". Write its name in lowercase; TLSRPT has no ruf field.")
DIAGNOSTIC(RECORD_RUA_CASE, "record.rua-case", ERROR, "RFC 7405 s2.1",
        "The field name rua is not in lowercase, so senders ignore the field.",
        "Write \"rua\" in lowercase.")
DIAGNOSTIC(RECORD_EMPTY_RUA, "record.empty-rua", ERROR, "RFC 8460 s3",
        "The rua field is empty.",
        "Add at least one destination: \"rua=mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_EMPTY_URI, "record.empty-uri", ERROR, "RFC 8460 s3",
        "A comma in the rua field has no URI before or after it.",
        "Remove the extra comma.")
DIAGNOSTIC(RECORD_REPEATED_RUA, "record.repeated-rua", WARNING, "RFC 8460 s3",
        "The record has more than one rua field.",
        "Put all destinations into one rua field, separated by commas. Some senders reject a record with two.")
DIAGNOSTIC(RECORD_REPEATED_VERSION, "record.repeated-version", WARNING, "RFC 8460 s3",
        "The version appears again later in the record, where it is only an unknown field.",
        "Remove the second \"v=TLSRPTv1\". If two records were joined into one, keep only one of them.")
DIAGNOSTIC(RECORD_RUA_NOT_FIRST, "record.rua-not-first", WARNING, "RFC 8460 s3",
        "The rua field does not directly follow the version, and some senders then send no reports.",
        "Put rua first: \"v=TLSRPTv1; rua=mailto:reports@example.com; name=value\".")
DIAGNOSTIC(RECORD_WS_AROUND_COMMA, "record.ws-around-comma", WARNING, "RFC 8460 s3",
        "The list of destinations has a space next to a comma, and some senders then send no reports.",
        "Separate the destinations with a comma alone. RFC 8460 allows the space, but not all senders do.")
DIAGNOSTIC(RECORD_MANY_RUA, "record.many-rua", INFO, "RFC 8460 s3",
        "The record has more than one destination, and a sender may choose just one of them.",
        "No action is needed if each destination accepts all reports. Do not expect every report at every destination.")
DIAGNOSTIC(RECORD_DUPLICATE_URI, "record.duplicate-uri", WARNING, "RFC 8460 s3",
        "The same destination is listed twice.",
        "Remove one of them. Otherwise a sender may deliver each report twice.")
DIAGNOSTIC(RECORD_MISSING_SCHEME, "record.missing-scheme", ERROR, "RFC 3986 s3.1",
        "A destination does not begin with a scheme such as \"mailto:\".",
        "Write \"mailto:\" before an email address, and \"https://\" before a host.")
DIAGNOSTIC(RECORD_SCHEME_CASE, "record.scheme-case", WARNING, "RFC 3986 s3.1",
        "The scheme of a destination is not in lowercase, and some senders then send no reports.",
        "Write \"mailto:\" or \"https:\" in lowercase. RFC 3986 allows other letter case, but not all senders do.")
DIAGNOSTIC(RECORD_HTTP_SCHEME, "record.http-scheme", ERROR, "RFC 8460 s3",
        "A destination uses http, which senders do not support.",
        "Use an https URI. RFC 8460 supports only mailto and https. Some senders then use none of the destinations.")
DIAGNOSTIC(RECORD_UNSUPPORTED_SCHEME, "record.unsupported-scheme", ERROR, "RFC 8460 s3",
        "A destination uses a scheme other than mailto or https.",
        "Use a mailto or https URI, and check the spelling of the scheme. Some senders then use none of the "
        "destinations.")
DIAGNOSTIC(RECORD_NO_USABLE_RUA, "record.no-usable-rua", ERROR, "RFC 8460 s3",
        "Senders cannot report to any of the destinations.",
        "Add at least one destination, such as \"mailto:reports@example.com\" or \"https://example.com/tlsrpt\".")
DIAGNOSTIC(RECORD_INVALID_URI, "record.invalid-uri", ERROR, "RFC 3986 s3",
        "A destination is not a valid URI.",
        "Correct the destination. Percent-encode characters that a URI cannot contain.")
DIAGNOSTIC(RECORD_BAD_PERCENT, "record.bad-percent", ERROR, "RFC 3986 s2.1",
        "A percent sign in a destination is not followed by two hexadecimal digits.",
        "Write a literal percent sign as \"%25\".")
DIAGNOSTIC(RECORD_UNENCODED_COMMA, "record.unencoded-comma", ERROR, "RFC 8460 s3",
        "A comma inside a destination is not percent-encoded.",
        "Write a comma that is part of a URI as \"%2C\". If it separates two destinations, begin the second with its "
        "own scheme, such as \"mailto:\".")
DIAGNOSTIC(RECORD_UNENCODED_BANG, "record.unencoded-bang", ERROR, "RFC 8460 s3",
        "An exclamation mark in a destination is not percent-encoded.",
        "Write an exclamation mark in a URI as \"%21\".")
DIAGNOSTIC(RECORD_UNENCODED_SEMICOLON, "record.unencoded-semicolon", ERROR, "RFC 8460 s3",
        "A semicolon inside a destination is not percent-encoded.",
        "Write a semicolon that is part of a URI as \"%3B\". Write a colon after mailto, and a comma between "
        "destinations.")
DIAGNOSTIC(RECORD_DMARC_SIZE_SUFFIX, "record.dmarc-size-suffix", ERROR, "RFC 8460 s3",
        "A destination ends with a size limit as in DMARC, which TLSRPT does not have.",
        "Remove the exclamation mark and the size after it.")
DIAGNOSTIC(RECORD_MAILTO_WITHOUT_AT, "record.mailto-without-at", ERROR, "RFC 6068 s2",
        "A mailto destination is not an address of the form user@domain.",
        "Write the full address, with a plain \"@\": \"mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_MAILTO_EMPTY, "record.mailto-empty", ERROR, "RFC 6068 s2",
        "A mailto destination has no address.",
        "Write the address after \"mailto:\".")
DIAGNOSTIC(RECORD_MAILTO_SLASH, "record.mailto-slash", WARNING, "RFC 6068 s2",
        "The address of a mailto destination begins with a slash.",
        "Remove the slash after \"mailto:\", unless the name of the mailbox begins with one.")
DIAGNOSTIC(RECORD_BAD_ADDRESS, "record.bad-address", ERROR, "RFC 6068 s2",
        "A destination has a second \"@\", an unquoted \":\" or an encoded control character.",
        "Write one plain address or URI for each destination, and \"mailto:\" once. An \"@\" in the name of a mailbox is "
        "written as \"%40\".")
DIAGNOSTIC(RECORD_BAD_HOST, "record.bad-host", ERROR, "RFC 1123 s2.1",
        "The host of a destination is not a valid host name or address.",
        "Correct the host. A mail domain has no port, path or final dot. An international name is written with "
        "\"xn--\".")
DIAGNOSTIC(RECORD_BAD_PORT, "record.bad-port", ERROR, "RFC 3986 s3.2.3",
        "The port of an https destination is not a number from 1 to 65535.",
        "Correct the port, or remove it and the colon before it. Port 443 is then used.")
DIAGNOSTIC(RECORD_UNUSUAL_HOST, "record.unusual-host", WARNING, "RFC 1123 s2.1",
        "The host of a destination has an underscore or is a single label.",
        "Write the full name of the host, such as \"reports.example.com\". Some senders refuse other names.")
DIAGNOSTIC(RECORD_MAILTO_HEADERS, "record.mailto-headers", WARNING, "RFC 6068 s2",
        "A mailto destination sets header fields, which senders may ignore.",
        "Remove the question mark and everything after it.")
DIAGNOSTIC(RECORD_HTTPS_NO_HOST, "record.https-no-host", ERROR, "RFC 3986 s3.2.2",
        "An https destination has no host.",
        "Write the host after two slashes: \"https://example.com/tlsrpt\".")
DIAGNOSTIC(RECORD_HTTPS_USERINFO, "record.https-userinfo", WARNING, "RFC 3986 s3.2.1",
        "An https destination contains a user name or password, which anyone can read.",
        "Remove the user name and password. DNS is public, and senders may ignore them.")
DIAGNOSTIC(RECORD_URI_FRAGMENT, "record.uri-fragment", WARNING, "RFC 3986 s3.5",
        "A destination has a fragment, which is never sent to the server.",
        "Remove the number sign and everything after it.")
DIAGNOSTIC(RECORD_EXTERNAL_DOMAIN, "record.external-domain", INFO, "RFC 8460 s7",
        "A destination is outside the domain, and nothing proves that it accepts the reports.",
        "No action is needed if the owner of the destination agreed to receive the reports.")
DIAGNOSTIC(RECORD_SELF_HOSTED_MAILTO, "record.self-hosted-mailto", INFO, "RFC 8460 s7",
        "Reports go to a mailbox on the same mail servers that they are about.",
        "Add an https destination, or a mailbox on other servers. Reports then still arrive when TLS on these servers "
        "is broken.")
DIAGNOSTIC(RECORD_UNKNOWN_FIELD, "record.unknown-field", INFO, "RFC 8460 s3",
        "RFC 8460 does not define this field, so senders ignore it.",
        "Remove the field, unless you publish it for software that uses it.")
DIAGNOSTIC(RECORD_DMARC_TAG, "record.dmarc-tag", WARNING, "RFC 8460 s3",
        "This field is a DMARC tag, which has no meaning in TLSRPT.",
        "Remove the field. TLSRPT defines only the rua field.")
DIAGNOSTIC(RECORD_BAD_EXT_NAME, "record.bad-ext-name", ERROR, "RFC 8460 s3",
        "A field does not begin with a valid name and an equals sign.",
        "Remove the field, or write it as name=value. A name has up to 32 letters, digits, \"_\", \"-\" and \".\", "
        "and begins with a letter or digit.")
DIAGNOSTIC(RECORD_BAD_EXT_VALUE, "record.bad-ext-value", ERROR, "RFC 8460 s3",
        "The value of a field is empty or contains an invalid character.",
        "Remove the field, or give it a value of printable ASCII characters other than space, \";\" and \"=\".")
DIAGNOSTIC(RECORD_NON_ASCII, "record.non-ascii", ERROR, "RFC 8460 s3",
        "The record contains a byte that is not ASCII.",
        "Use ASCII only. Retype quotes and dashes that an editor has replaced, and write domains as A-labels (xn--).")
DIAGNOSTIC(RECORD_CONTROL_CHAR, "record.control-char", ERROR, "RFC 8460 s3",
        "The record contains a control character.",
        "Remove it. Line ends and NUL bytes often come from copying a record out of a file.")
DIAGNOSTIC(RECORD_QUOTES_IN_DATA, "record.quotes-in-data", WARNING, "RFC 1035 s5.1",
        "The record contains a quotation mark, which is zone file syntax and not part of the data.",
        "Remove the quotation marks from the value. Most DNS editors add them themselves.")
DIAGNOSTIC(RECORD_ZONE_SYNTAX, "record.zone-syntax", ERROR, "RFC 1035 s5.1",
        "The data is a line of a zone file or a quoted string, and the record is only a part of it.",
        "Publish the text between the quotation marks, without the name, TTL and type before it. Most DNS editors add "
        "the quotation marks themselves.")
DIAGNOSTIC(RECORD_BACKSLASH, "record.backslash", ERROR, "RFC 1035 s5.1",
        "The record contains a backslash, which belongs to the syntax of zone files and not to the record.",
        "Remove the backslash. Zone files may write \";\" as \"\\;\", but most DNS editors put the backslash into the "
        "record.")
DIAGNOSTIC(RECORD_INVISIBLE_CHAR, "record.invisible-char", ERROR, "RFC 8460 s3",
        "The record contains an invisible character, such as a no-break or zero-width space, or a byte order mark.",
        "Remove it, or type the record again instead of pasting it.")
DIAGNOSTIC(RECORD_TOO_LONG, "record.too-long", INFO, "RFC 1035 s2.3.4",
        "The record is so long that its DNS answer may not fit into 512 bytes.",
        "Shorten the record if you can, for example by listing fewer destinations. Otherwise every resolver needs TCP "
        "or EDNS to get it.")
DIAGNOSTIC(RECORD_SPLIT_STRINGS, "record.split-strings", INFO, "RFC 8460 s3",
        "The record is split into several strings, which are joined without a separator.",
        "No action is needed. Check that no space was lost or added where the strings meet.")
DIAGNOSTIC(RECORD_LOW_TTL, "record.low-ttl", INFO, "RFC 8460 s7",
        "The record has a short time to live (TTL), so an attacker can hide it more easily.",
        "Use a TTL of a day or more.")
DIAGNOSTIC(RECORD_NO_DNSSEC, "record.no-dnssec", INFO, "RFC 8460 s7",
        "The record is not signed with DNSSEC, so an attacker can hide or change it.",
        "Sign the zone with DNSSEC.")
DIAGNOSTIC(JSON_NOT_JSON, "json.not-json", ERROR, "RFC 8259 s2",
        "The text is not valid JSON, or it is truncated.",
        "Write the report with a JSON library. Check that it was not cut or changed in transit.")
DIAGNOSTIC(JSON_NOT_OBJECT, "json.not-object", ERROR, "RFC 8460 s4.4",
        "The JSON text is not an object.",
        "Put the members of the report into one object at the top level.")
DIAGNOSTIC(JSON_TRAILING_DATA, "json.trailing-data", ERROR, "RFC 8259 s2",
        "The JSON text is followed by other data.",
        "Send one JSON object per report, with nothing after it.")
DIAGNOSTIC(JSON_BOM, "json.bom", ERROR, "RFC 8259 s8.1",
        "The JSON text begins with a byte order mark.",
        "Write UTF-8 without a byte order mark.")
DIAGNOSTIC(JSON_NOT_UTF8, "json.not-utf8", ERROR, "RFC 7493 s2.1",
        "A string or member name contains bytes that are not valid UTF-8.",
        "Encode the report in UTF-8. Replace text that other servers sent in another encoding before you put it into "
        "the report.")
DIAGNOSTIC(JSON_DUPLICATE_MEMBER, "json.duplicate-member", ERROR, "RFC 7493 s2.3",
        "An object has two members with the same name, and the first one is used.",
        "Write each member once.")
DIAGNOSTIC(JSON_BAD_CODEPOINT, "json.bad-codepoint", ERROR, "RFC 7493 s2.1",
        "A string or member name contains an unpaired surrogate or a noncharacter.",
        "Omit such characters, or write U+FFFD instead.")
DIAGNOSTIC(JSON_NUMBER_RANGE, "json.number-range", WARNING, "RFC 7493 s2.2",
        "A number is too large or too precise for a double.",
        "Write numbers that a double can represent, such as integers up to 9007199254740991.")
DIAGNOSTIC(JSON_LIMIT, "json.limit", ERROR, "RFC 8259 s9",
        "The input exceeds a limit of this reader.",
        "Send a smaller report. If you are the receiver and the report is genuine, raise the limit.")
DIAGNOSTIC(REPORT_MISSING_MEMBER, "report.missing-member", ERROR, "RFC 8460 s4.4",
        "A required member of the report is missing.",
        "Add the member. RFC 8460 s4.4 lists the members of a report.")
DIAGNOSTIC(REPORT_POLICY_DOMAIN_MISSING, "report.policy-domain-missing", INFO, "RFC 8460 s4.4",
        "The policy has no policy-domain, which is common if no policy was found.",
        "Add the domain whose policy was looked up.")
DIAGNOSTIC(REPORT_MX_HOST_MISSING, "report.mx-host-missing", INFO, "RFC 8460 s4.4",
        "The MTA-STS policy has no mx-host.",
        "Add the MX patterns of the policy as an array in mx-host.")
DIAGNOSTIC(REPORT_WRONG_TYPE, "report.wrong-type", ERROR, "RFC 8460 s4.4",
        "The value does not have the JSON type that RFC 8460 requires.",
        "Use the types of RFC 8460 s4.4. Counts are numbers without quotes. The members policies, policy-string, "
        "mx-host and failure-details are arrays; date-range, policy and summary are objects. All other members are "
        "strings.")
DIAGNOSTIC(REPORT_NULL_MEMBER, "report.null-member", ERROR, "RFC 8460 s4.4",
        "The value is null.",
        "Omit the member, or give it a value. RFC 8460 does not use null.")
DIAGNOSTIC(REPORT_EMPTY_STRING, "report.empty-string", WARNING, "RFC 8460 s4.4",
        "The string is empty.",
        "Omit the member, or give it a value.")
DIAGNOSTIC(REPORT_UNKNOWN_MEMBER, "report.unknown-member", INFO, "RFC 7493 s4.2",
        "RFC 8460 does not define this member, so it is ignored.",
        "No action is needed. Check the spelling if you meant a member of RFC 8460.")
DIAGNOSTIC(REPORT_RENAMED_MEMBER, "report.renamed-member", WARNING, "RFC 8460 s4.4",
        "The member has another name or is in another object than in RFC 8460.",
        "Use the names of RFC 8460 s4.4, such as mx-host, additional-information and failure-reason-code. Put the "
        "members that describe the policy into the object policy.")
DIAGNOSTIC(REPORT_FLAT_POLICY, "report.flat-policy", ERROR, "RFC 8460 s4.4",
        "The element of policies has the members of the policy object itself.",
        "Put policy-type, policy-string, policy-domain and mx-host into an object named policy.")
DIAGNOSTIC(REPORT_POLICIES_NOT_ARRAY, "report.policies-not-array", ERROR, "RFC 8460 s4",
        "The member policies is not an array.",
        "Put the policies into an array, even if there is only one.")
DIAGNOSTIC(REPORT_NO_POLICIES, "report.no-policies", WARNING, "RFC 8460 s4",
        "The array policies is empty.",
        "Send a report only if it has at least one policy.")
DIAGNOSTIC(REPORT_UNKNOWN_POLICY_TYPE, "report.unknown-policy-type", WARNING, "RFC 8460 s4.4",
        "The policy-type is not tlsa, sts or no-policy-found.",
        "Use one of these three names, in lowercase.")
DIAGNOSTIC(REPORT_UNKNOWN_RESULT_TYPE, "report.unknown-result-type", WARNING, "RFC 8460 s6.6",
        "The result-type is not registered.",
        "Use a name from RFC 8460 s4.3, in lowercase. If no other name fits, use validation-failure.")
DIAGNOSTIC(REPORT_RESULT_TYPE_POLICY_MISMATCH, "report.result-type-policy-mismatch", INFO, "RFC 8460 s4.3.2",
        "The result-type belongs to another kind of policy than the policy-type.",
        "Report DANE results under a tlsa policy and MTA-STS results under an sts policy.")
DIAGNOSTIC(REPORT_BAD_DATETIME, "report.bad-datetime", ERROR, "RFC 3339 s5.6",
        "The time is not a valid RFC 3339 date-time.",
        "Write times as \"2016-04-01T00:00:00Z\". Hours run from 00 to 23.")
DIAGNOSTIC(REPORT_MISSING_TIMEZONE, "report.missing-timezone", WARNING, "RFC 3339 s5.6",
        "The time has no time zone, so it is read as UTC.",
        "End the time with \"Z\".")
DIAGNOSTIC(REPORT_LOWERCASE_DATETIME, "report.lowercase-datetime", INFO, "RFC 7493 s4.3",
        "The time has a lowercase t or z.",
        "Write T and Z in uppercase.")
DIAGNOSTIC(REPORT_END_BEFORE_START, "report.end-before-start", ERROR, "RFC 8460 s4.1",
        "The report ends before it starts.",
        "Check start-datetime and end-datetime, and their time zones.")
DIAGNOSTIC(REPORT_ZERO_WINDOW, "report.zero-window", WARNING, "RFC 8460 s4.1",
        "The report starts and ends at the same time.",
        "Report on a full UTC day.")
DIAGNOSTIC(REPORT_FUTURE_WINDOW, "report.future-window", WARNING, "RFC 8460 s4.1",
        "The report ends in the future.",
        "Check the sender's clock and the time zones.")
DIAGNOSTIC(REPORT_WINDOW_NOT_UTC_DAY, "report.window-not-utc-day", WARNING, "RFC 8460 s4.1",
        "The report does not cover a full UTC day.",
        "Report from 00:00:00Z until 24 hours later.")
DIAGNOSTIC(REPORT_WINDOW_TOO_LONG, "report.window-too-long", WARNING, "RFC 8460 s4.1",
        "The report covers more than a day.",
        "Send one report for each day.")
DIAGNOSTIC(REPORT_BAD_CONTACT_INFO, "report.bad-contact-info", WARNING, "RFC 5322 s3.4.1",
        "The contact-info is not an email address of the form user@domain.",
        "Write one email address, without a name, brackets or \"mailto:\".")
DIAGNOSTIC(REPORT_BAD_COUNT, "report.bad-count", ERROR, "RFC 8460 s4.4",
        "The count exceeds 18446744073709551615, the largest that can be read.",
        "Check the count. No sender has that many sessions.")
DIAGNOSTIC(REPORT_NEGATIVE_COUNT, "report.negative-count", ERROR, "RFC 8460 s4.4",
        "The count is negative.",
        "Check how the sender computes it. A count is never below 0.")
DIAGNOSTIC(REPORT_FRACTIONAL_COUNT, "report.fractional-count", ERROR, "RFC 8460 s4.4",
        "The count is not an integer.",
        "Write counts as integers.")
DIAGNOSTIC(REPORT_COUNT_FORM, "report.count-form", WARNING, "RFC 8460 s4.4",
        "The count is an integer, but is not written as plain digits.",
        "Write counts as plain digits.")
DIAGNOSTIC(REPORT_COUNT_INEXACT, "report.count-inexact", WARNING, "RFC 7493 s2.2",
        "The count exceeds 9007199254740991, so other readers may round it.",
        "Check the count. No sender has that many sessions in a day.")
DIAGNOSTIC(REPORT_DETAILS_EXCEED_TOTAL, "report.details-exceed-total", INFO, "RFC 8460 s4",
        "The failure details add up to more than the total of failed sessions.",
        "No action is needed. One session can fail in more than one way.")
DIAGNOSTIC(REPORT_DETAILS_BELOW_TOTAL, "report.details-below-total", INFO, "RFC 8460 s4.3.4",
        "The failure details add up to less than the total of failed sessions.",
        "No action is needed. Senders may omit the details of transient failures.")
DIAGNOSTIC(REPORT_FAILURES_WITHOUT_DETAILS, "report.failures-without-details", INFO, "RFC 8460 s4.4",
        "The policy has failed sessions, but no failure details.",
        "Add failure-details, so that the receiver can find the cause.")
DIAGNOSTIC(REPORT_DETAILS_WITHOUT_FAILURES, "report.details-without-failures", WARNING, "RFC 8460 s4.4",
        "The policy has failure details, but its total of failed sessions is 0.",
        "Count the failed sessions in total-failure-session-count.")
DIAGNOSTIC(REPORT_ZERO_COUNT_DETAIL, "report.zero-count-detail", WARNING, "RFC 8460 s4.4",
        "The failure has a session count of 0.",
        "Omit failures whose failed-session-count is 0.")
DIAGNOSTIC(REPORT_REASON_CODE_MISSING, "report.reason-code-missing", INFO, "RFC 8460 s4.3",
        "The failure has no failure-reason-code, and its result-type alone says little.",
        "Add a failure-reason-code that says why the certificate or the session was rejected.")
DIAGNOSTIC(REPORT_BAD_IP, "report.bad-ip", ERROR, "RFC 8460 s4.4",
        "The address is neither an IPv4 nor an IPv6 address.",
        "Write the bare address, without brackets, port, zone or leading zeros.")
DIAGNOSTIC(REPORT_IP_NOT_CANONICAL, "report.ip-not-canonical", INFO, "RFC 5952 s4",
        "The IPv6 address is not in its canonical form.",
        "Write IPv6 addresses as in RFC 5952: lowercase, without leading zeros, the longest run of zeros as \"::\".")
DIAGNOSTIC(REPORT_IP_SPECIAL, "report.ip-special", INFO, "RFC 6890 s2",
        "The address does not belong to a public network.",
        "No action is needed if the session was inside a private network. Otherwise check where the sender takes the "
        "address from.")
DIAGNOSTIC(REPORT_POLICY_DOMAIN_NOT_A_LABEL, "report.policy-domain-not-a-label", ERROR, "RFC 8460 s4.4",
        "The policy-domain contains a character that is not ASCII.",
        "Write internationalized domains as A-labels (xn--).")
DIAGNOSTIC(REPORT_BAD_DOMAIN, "report.bad-domain", ERROR, "RFC 8460 s4.4",
        "The value is not a valid domain name.",
        "Write a host name: labels of letters, digits and hyphens, separated by dots.")
DIAGNOSTIC(REPORT_TRAILING_DOT, "report.trailing-dot", INFO, "RFC 8460 s4.4",
        "The domain name ends with a dot.",
        "Remove the trailing dot.")
DIAGNOSTIC(REPORT_MX_HOST_NOT_ARRAY, "report.mx-host-not-array", WARNING, "RFC 8460 s4.4",
        "The mx-host is a string, not an array of strings.",
        "Write an array, even for one element. The example in RFC 8460 appendix B is wrong (erratum 6241).")
DIAGNOSTIC(REPORT_MX_HOST_UNEXPECTED, "report.mx-host-unexpected", INFO, "RFC 8460 s4.4",
        "The policy has an mx-host, but is not an MTA-STS policy.",
        "Omit mx-host if policy-type is not sts.")
DIAGNOSTIC(REPORT_MX_HOST_PREFIX, "report.mx-host-prefix", WARNING, "RFC 8460 s4.4",
        "The MX pattern begins with the \"mx: \" of the policy file.",
        "Write only the pattern.")
DIAGNOSTIC(REPORT_MX_MISMATCH, "report.mx-mismatch", WARNING, "RFC 8461 s4.1",
        "The receiving MX matches none of the MX patterns.",
        "If you are the receiver, compare the MX records with the mx lines of the policy.")
DIAGNOSTIC(REPORT_POLICY_STRING_NOT_ARRAY, "report.policy-string-not-array", WARNING, "RFC 8460 s4.4",
        "The policy-string is not an array with one string per TLSA record or policy line.",
        "Write an array with one element per TLSA record or policy line.")
DIAGNOSTIC(REPORT_POLICY_STRING_MISSING, "report.policy-string-missing", WARNING, "RFC 8460 s4.5",
        "The policy has no policy-string.",
        "Add the TLSA records or the policy lines that were applied.")
DIAGNOSTIC(REPORT_POLICY_STRING_NESTED_JSON, "report.policy-string-nested-json", WARNING, "RFC 8460 s4.5",
        "The policy-string is a string that contains a JSON array.",
        "Write the array itself, not its text in a string.")
DIAGNOSTIC(REPORT_POLICY_STRING_JOINED, "report.policy-string-joined", WARNING, "RFC 8460 s4.4",
        "The lines of the MTA-STS policy are in one string.",
        "Write one string per line of the policy.")
DIAGNOSTIC(REPORT_POLICY_STRING_UNEXPECTED, "report.policy-string-unexpected", INFO, "RFC 8460 s4.5",
        "The policy has a policy-string, although no policy was found.",
        "Omit policy-string if policy-type is no-policy-found.")
DIAGNOSTIC(REPORT_TLSA_SYNTAX, "report.tlsa-syntax", ERROR, "RFC 6698 s2.2",
        "The text is not a TLSA record of three numbers and an even number of hexadecimal digits.",
        "Write only the data of the record, separated by single spaces: \"3 1 1 0123...\". Omit its name and type.")
DIAGNOSTIC(REPORT_TLSA_LENGTH, "report.tlsa-length", WARNING, "RFC 6698 s2.1.3",
        "The data of the TLSA record does not have the length that its matching type requires.",
        "Write 64 hexadecimal digits for matching type 1 and 128 for matching type 2.")
DIAGNOSTIC(REPORT_TLSA_USAGE, "report.tlsa-usage", WARNING, "RFC 7672 s3.1",
        "The TLSA record has a usage other than 2 or 3, which SMTP does not use.",
        "If you are the receiver, publish TLSA records with usage 3 or 2.")
DIAGNOSTIC(REPORT_TLSA_FIELD_RANGE, "report.tlsa-field-range", ERROR, "RFC 6698 s2.2",
        "A number in the TLSA record exceeds 255.",
        "Write usage, selector and matching type as numbers from 0 to 255.")
DIAGNOSTIC(REPORT_STS_LINE_SYNTAX, "report.sts-line-syntax", WARNING, "RFC 8461 s3.2",
        "A line of the MTA-STS policy is not of the form \"key: value\", or its MX pattern is invalid.",
        "If you are the receiver, correct the policy file. Senders report its lines unchanged.")
DIAGNOSTIC(REPORT_STS_NO_VERSION, "report.sts-no-version", WARNING, "RFC 8461 s3.2",
        "The MTA-STS policy has no line \"version: STSv1\", or another version comes first.",
        "If you are the receiver, begin the policy file with \"version: STSv1\".")
DIAGNOSTIC(REPORT_STS_NO_MODE, "report.sts-no-mode", WARNING, "RFC 8461 s3.2",
        "The MTA-STS policy has no mode, or its mode is unknown.",
        "If you are the receiver, add \"mode: enforce\", \"mode: testing\" or \"mode: none\" to the policy file.")
DIAGNOSTIC(REPORT_STS_NO_MX, "report.sts-no-mx", WARNING, "RFC 8461 s3.2",
        "The MTA-STS policy has no mx, although its mode is enforce or testing.",
        "If you are the receiver, add a line such as \"mx: mx.example.com\" for each mail server to the policy file. Only the mode "
        "none needs no mx.")
DIAGNOSTIC(REPORT_STS_BAD_MAX_AGE, "report.sts-bad-max-age", WARNING, "RFC 8461 s3.2",
        "The MTA-STS policy has no max_age, or it is not a number of seconds up to 31557600.",
        "If you are the receiver, write max_age in digits only, such as \"max_age: 604800\" for a week.")
DIAGNOSTIC(REPORT_STS_MX_DISAGREES, "report.sts-mx-disagrees", WARNING, "RFC 8460 s4.4",
        "The mx lines of the MTA-STS policy differ from the mx-host of the report.",
        "Take mx-host and policy-string from the same policy.")
DIAGNOSTIC(REPORT_BAD_ADDITIONAL_INFORMATION, "report.bad-additional-information", WARNING, "RFC 8460 s4.4",
        "The additional-information is not an http or https URI.",
        "Write a URI that leads to more information. Put text into failure-reason-code.")
DIAGNOSTIC(REPORT_CONTROL_CHARS, "report.control-chars", WARNING, "RFC 8460 s7",
        "The string contains control characters.",
        "Remove line ends and other control characters. Readers must not send them to a terminal unchanged.")
DIAGNOSTIC(REPORT_MARKUP, "report.markup", WARNING, "RFC 8460 s7",
        "The string contains text that a browser could interpret as markup.",
        "Escape the string wherever you display it. It comes from a stranger.")
DIAGNOSTIC(REPORT_LONG_STRING, "report.long-string", WARNING, "RFC 8460 s7",
        "The string is unusually long.",
        "Shorten it to what a person needs to read.")
DIAGNOSTIC(REPORT_STRING_CUT, "report.string-cut", ERROR, "RFC 8259 s9",
        "The string exceeds a limit of this reader, so its end was cut off.",
        "Shorten the string. If you are the receiver and need all of it, raise max_string or max_entry.")
DIAGNOSTIC(REPORT_ELEMENTS_CUT, "report.elements-cut", ERROR, "RFC 8259 s9",
        "The list exceeds a limit of this reader, so this element and those after it were left out.",
        "Shorten the list. If you are the receiver and need all of it, raise max_strings or max_entry.")
DIAGNOSTIC(REPORT_OTHER_DOMAIN, "report.other-domain", WARNING, "RFC 8460 s7",
        "The report is about a domain that you did not ask for.",
        "Check whether the domain should be one of yours. Anyone can have reports about any domain sent to you.")
DIAGNOSTIC(REPORT_DUPLICATE_REPORT, "report.duplicate-report", INFO, "RFC 8460 s5.3",
        "The same report was read before.",
        "No action is needed. Senders try again, and may send to several destinations. Count the report once.")
DIAGNOSTIC(REPORT_DUPLICATE_POLICY, "report.duplicate-policy", INFO, "RFC 8460 s4",
        "The report contains the same policy twice.",
        "Write each policy once, and count all its sessions there.")
DIAGNOSTIC(GZIP_BAD_MAGIC, "gzip.bad-magic", ERROR, "RFC 1952 s2.3",
        "The input is not valid gzip data.",
        "Compress the report with gzip. Check that the mail or upload did not change its bytes.")
DIAGNOSTIC(GZIP_BAD_CRC, "gzip.bad-crc", ERROR, "RFC 1952 s2.3.1",
        "The checksum or length at the end of the gzip data is wrong.",
        "Send the report again. Its bytes were changed in transit.")
DIAGNOSTIC(GZIP_TRUNCATED, "gzip.truncated", ERROR, "RFC 1952 s2.3",
        "The gzip data is truncated.",
        "Send the report again. Its end was lost in transit.")
DIAGNOSTIC(GZIP_TRAILING, "gzip.trailing", WARNING, "RFC 1952 s2.2",
        "The gzip data is followed by data that is not gzip.",
        "Send nothing after the end of the gzip data.")
DIAGNOSTIC(GZIP_MULTI_MEMBER, "gzip.multi-member", INFO, "RFC 1952 s2.2",
        "The gzip data has more than one member.",
        "No action is needed. Some readers read only the first member, so prefer a single one.")
DIAGNOSTIC(GZIP_RATIO, "gzip.ratio", ERROR, "RFC 8460 s7",
        "The gzip data inflates to far more than reports usually do.",
        "Send reports that compress like ordinary text. If you are the receiver and the report is genuine, raise the "
        "limit.")
DIAGNOSTIC(GZIP_FNAME, "gzip.fname", INFO, "RFC 1952 s2.3.1",
        "The gzip header contains a file name, which is ignored.",
        "No action is needed. The option -n of gzip omits the name.")
DIAGNOSTIC(MAIL_NOT_MULTIPART_REPORT, "mail.not-multipart-report", WARNING, "RFC 8460 s5.3",
        "The report did not arrive in a multipart/report of type tlsrpt.",
        "Send reports as \"multipart/report; report-type=tlsrpt\".")
DIAGNOSTIC(MAIL_BAD_REPORT_TYPE, "mail.bad-report-type", ERROR, "RFC 8460 s5.3",
        "The report arrived in a multipart/report whose report-type is not tlsrpt.",
        "Write \"report-type=tlsrpt\" into the Content-Type of the mail.")
DIAGNOSTIC(MAIL_WRONG_PART_ORDER, "mail.wrong-part-order", WARNING, "RFC 8460 s5.3",
        "The report is not the second part of its multipart/report.",
        "Put a human-readable text first and the report second.")
DIAGNOSTIC(MAIL_EXTRA_PART, "mail.extra-part", INFO, "RFC 8460 s5.3",
        "The multipart/report has more than two parts.",
        "Send one text and one report in each mail, and nothing else.")
DIAGNOSTIC(MAIL_NO_REPORT_PART, "mail.no-report-part", ERROR, "RFC 8460 s5.3",
        "The mail contains no TLS report.",
        "Attach the report as application/tlsrpt+gzip.")
DIAGNOSTIC(MAIL_MEDIA_TYPE_MISMATCH, "mail.media-type-mismatch", WARNING, "RFC 8460 s5.3",
        "The media type of the part does not match its content.",
        "Label gzip data as application/tlsrpt+gzip and JSON text as application/tlsrpt+json.")
DIAGNOSTIC(MAIL_UNCOMPRESSED, "mail.uncompressed", INFO, "RFC 8460 s5.2",
        "The report is not compressed.",
        "Compress reports with gzip. Many receivers limit the size of a mail.")
DIAGNOSTIC(MAIL_GZIP_IN_GZIP, "mail.gzip-in-gzip", WARNING, "RFC 8460 s5.2",
        "The report was compressed twice.",
        "Compress reports once. Most receivers cannot read gzip data inside gzip data.")
DIAGNOSTIC(MAIL_UNSUPPORTED_COMPRESSION, "mail.unsupported-compression", ERROR, "RFC 8460 s5.2",
        "The part has a compression format that neither RFC 8460 nor this library supports.",
        "Compress reports with gzip.")
DIAGNOSTIC(MAIL_MISSING_REPORT_DOMAIN, "mail.missing-tls-report-domain", ERROR, "RFC 8460 s5.3",
        "The mail has no TLS-Report-Domain field.",
        "Add \"TLS-Report-Domain:\" with the domain that the report is about.")
DIAGNOSTIC(MAIL_MISSING_REPORT_SUBMITTER, "mail.missing-tls-report-submitter", ERROR, "RFC 8460 s5.3",
        "The mail has no TLS-Report-Submitter field.",
        "Add \"TLS-Report-Submitter:\" with the domain that the report is from.")
DIAGNOSTIC(MAIL_SUBMITTER_MISMATCH, "mail.submitter-mismatch", WARNING, "RFC 8460 s5.3",
        "TLS-Report-Submitter is not the domain of contact-info.",
        "Set TLS-Report-Submitter to the domain of contact-info.")
DIAGNOSTIC(MAIL_DOMAIN_MISMATCH, "mail.domain-mismatch", WARNING, "RFC 8460 s5.6",
        "TLS-Report-Domain is not the domain of any policy in the report.",
        "Set TLS-Report-Domain to the policy domain. Receivers use the values in the report.")
DIAGNOSTIC(MAIL_FROM_MISMATCH, "mail.from-mismatch", INFO, "RFC 8460 s5.3",
        "The mail comes from another domain than TLS-Report-Submitter names.",
        "No action is needed if both domains belong to the sender.")
DIAGNOSTIC(MAIL_SUBJECT_SYNTAX, "mail.subject-syntax", WARNING, "RFC 8460 s5.3",
        "The subject does not have the form that RFC 8460 defines.",
        "Write \"Report Domain: example.com Submitter: example.net Report-ID: <id@example.net>\".")
DIAGNOSTIC(MAIL_SUBJECT_MISMATCH, "mail.subject-mismatch", WARNING, "RFC 8460 s5.6",
        "The domains in the subject differ from those in the report.",
        "Write the policy domain and the domain of contact-info into the subject. Receivers use the values in the "
        "report.")
DIAGNOSTIC(MAIL_REPORT_ID_MISMATCH, "mail.report-id-mismatch", INFO, "RFC 8460 s5.3",
        "The Report-ID in the subject differs from the report-id in the report.",
        "No action is needed. Many senders do this, and receivers use the report-id in the report.")
DIAGNOSTIC(MAIL_FILENAME_SYNTAX, "mail.filename-syntax", WARNING, "RFC 8460 s5.1",
        "The filename does not have the form that RFC 8460 defines for this content.",
        "Name the file \"example.net!example.com!1470013207!1470186007.json.gz\". End the name with \".json\" if the "
        "report is not compressed.")
DIAGNOSTIC(MAIL_FILENAME_MISMATCH, "mail.filename-mismatch", INFO, "RFC 8460 s5.6",
        "The domains or times in the filename differ from those in the report.",
        "Name the file after the domains and the date-range of the report. Receivers use the values in the report.")
DIAGNOSTIC(MAIL_FILENAME_PATH, "mail.filename-path", WARNING, "RFC 8460 s7",
        "The filename contains a path.",
        "Use a name without slashes. Receivers must never use a filename from a mail as a path.")
DIAGNOSTIC(MAIL_NO_DKIM, "mail.no-dkim", ERROR, "RFC 8460 s3",
        "No valid DKIM signature of the reporting domain is known.",
        "Sign reports with DKIM for the domain that they are from. Receivers must ignore reports without a valid "
        "signature.")
DIAGNOSTIC(MAIL_DKIM_L_TAG, "mail.dkim-l-tag", ERROR, "RFC 8460 s3",
        "The DKIM signature has an l= tag, so anyone may have appended unsigned text.",
        "Sign the whole mail. Reports must not be signed with l=.")
DIAGNOSTIC(MAIL_DKIM_SERVICE_TYPE, "mail.dkim-service-type", WARNING, "RFC 8460 s3",
        "The DKIM key record does not allow the service type tlsrpt.",
        "Omit s= from the key record, or add tlsrpt to it.")
DIAGNOSTIC(MAIL_DKIM_HEADERS_UNSIGNED, "mail.dkim-headers-unsigned", WARNING, "RFC 8460 s5.3",
        "The DKIM signature does not cover both TLS-Report-Domain and TLS-Report-Submitter.",
        "List both fields in the h= tag of the signature.")
DIAGNOSTIC(CHECK_NO_MAIL_HOST, "check.no-mail-host", WARNING, "RFC 5321 s5.1",
        "The domain of a mail destination has neither MX nor address records, so reports cannot be delivered.",
        "Check the spelling of the domain, or name a mailbox that receives mail.")
DIAGNOSTIC(CHECK_NULL_MX, "check.null-mx", WARNING, "RFC 7505 s3",
        "The domain of a mail destination has a null MX, so it accepts no mail.",
        "Name a mailbox at a domain that accepts mail.")
DIAGNOSTIC(CHECK_NO_ADDRESS, "check.no-address", WARNING, "RFC 9110 s4.3.4",
        "The host of an https destination has no address, so reports cannot be delivered.",
        "Check the spelling of the host, or give it an A or AAAA record.")
DIAGNOSTIC(CHECK_NOT_FOUND_OUT, "check.not-found-out", INFO, "RFC 8460 s5",
        "DNS gave no answer about this destination, so reports may or may not be deliverable.",
        "Check again later, or query another server with --server.")
DIAGNOSTIC(CHECK_NOT_LOOKED_UP, "check.not-looked-up", INFO, "RFC 8460 s5",
        "This destination is an address and not a name, so it was not looked up in DNS.",
        "Check yourself that reports can be delivered to this destination.")
DIAGNOSTIC(CHECK_NO_DOMAIN, "check.no-domain", ERROR, "RFC 8020 s2",
        "The domain does not exist, so no sender can look for its record.",
        "Check the spelling of the domain. If it is new, wait until its registration is in DNS.")
DIAGNOSTIC(CHECK_DANGLING_ALIAS, "check.dangling-alias", ERROR, "RFC 1034 s3.6.2",
        "The name of the record is an alias (CNAME) to a name that has no record.",
        "Publish the record at the target of the alias, or correct the target. In a zone file, end the target with a dot.")
DIAGNOSTIC(CHECK_ALIAS_AND_TXT, "check.alias-and-txt", WARNING, "RFC 1034 s3.6.2",
        "The name has an alias (CNAME) and a TXT record, so a sender may find the one or the other.",
        "Remove the alias or the TXT record. An alias must be the only record of its name.")
DIAGNOSTIC(CHECK_MX_ALIAS, "check.mx-alias", WARNING, "RFC 2181 s10.3",
        "The MX host is an alias (CNAME), so not all senders find its TLSA records.",
        "Name the target of the alias in the MX record, and publish the TLSA records there.")
#undef DIAGNOSTIC
  TRPT_CODE_COUNT,
  TRPT_CODE_NONE = TRPT_CODE_COUNT
} trpt_code;

typedef struct trpt_catalogue_entry {
  const char *code;
  const char *section;
  const char *message;
  const char *advice;
  trpt_severity severity;
} trpt_catalogue_entry;

extern const trpt_catalogue_entry trpt_catalogue[TRPT_CODE_COUNT];

/* The codes that the checks of one value reported, in order. */
enum { TRPT_CODES_CAPACITY = 8 };
typedef struct trpt_codes {
  uint32_t count;
  trpt_code at[TRPT_CODES_CAPACITY];
} trpt_codes;

/* No check has more than TRPT_CODES_CAPACITY codes, and it reports each code at most once per value. */
static TRPT_INLINE void trpt_codes_add(trpt_codes *codes, trpt_code code) {
  if (codes->count == TRPT_CODES_CAPACITY) return; /* GCOVR_EXCL_BR_LINE: only an incorrect check gets here */
  codes->at[codes->count++] = code;
}

#endif

/* Short names for the severity column. */
enum { INFO = TRPT_INFO, WARNING = TRPT_WARNING, ERROR = TRPT_ERROR };

const trpt_catalogue_entry trpt_catalogue[TRPT_CODE_COUNT] = {
#define DIAGNOSTIC(id, code, severity, section, message, advice) {code, section, message, advice, severity},
DIAGNOSTIC(RECORD_NO_RECORD, "record.no-record", INFO, "RFC 8460 s3",
        "No TLSRPT record exists at this name.",
        "Publish a TXT record at _smtp._tls under the domain, such as \"v=TLSRPTv1; rua=mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_MULTIPLE_RECORDS, "record.multiple-records", ERROR, "RFC 8460 s3",
        "More than one TLSRPT record exists at this name, so senders use none of them.",
        "Keep one record and delete the others. List all destinations in its rua field, separated by commas.")
DIAGNOSTIC(RECORD_UNRELATED_TXT, "record.unrelated-txt", WARNING, "RFC 8460 s3",
        "A TXT record at this name is not a TLSRPT record.",
        "Remove it, or the wildcard that produces it. Senders skip it, but some tools report it as a broken TLSRPT "
        "record.")
DIAGNOSTIC(RECORD_WRONG_LOCATION, "record.wrong-location", ERROR, "RFC 8460 s3",
        "A TLSRPT record is at a name where senders do not look for it.",
        "Move it to _smtp._tls under the domain. Many DNS editors append the domain themselves, so enter only "
        "\"_smtp._tls\" there.")
DIAGNOSTIC(RECORD_BAD_VERSION, "record.bad-version", ERROR, "RFC 8460 s3",
        "The record does not begin with the version \"v=TLSRPTv1\".",
        "Begin the record with \"v=TLSRPTv1;\", without spaces.")
DIAGNOSTIC(RECORD_BAD_VERSION_CASE, "record.bad-version-case", ERROR, "RFC 7405 s2.1",
        "The version differs from \"v=TLSRPTv1\" in letter case.",
        "Write \"v=TLSRPTv1\" with a lowercase v before the equals sign and another before the digit.")
DIAGNOSTIC(RECORD_WS_BEFORE_FIRST_DELIM, "record.ws-before-first-delim", WARNING, "RFC 8460 s3",
        "The record has a space between the version and the semicolon.",
        "Write \"v=TLSRPTv1;\" without a space. If the name has another TXT record, senders discard this one.")
DIAGNOSTIC(RECORD_LEADING_GARBAGE, "record.leading-garbage", ERROR, "RFC 8460 s3",
        "The record has extra characters before the version.",
        "Remove everything before \"v=TLSRPTv1\", including spaces and quotation marks.")
DIAGNOSTIC(RECORD_TRAILING_GARBAGE, "record.trailing-garbage", ERROR, "RFC 8460 s3",
        "A field is followed by something other than a semicolon.",
        "Remove the text after the field. If it is a field of its own, put a semicolon before it.")
DIAGNOSTIC(RECORD_EMPTY_FIELD, "record.empty-field", ERROR, "RFC 8460 s3",
        "Two semicolons have no field between them.",
        "Remove one of the semicolons.")
DIAGNOSTIC(RECORD_MISSING_DELIMITER, "record.missing-delimiter", ERROR, "RFC 8460 s3",
        "A semicolon is missing between two fields.",
        "Separate the version and the fields with semicolons: \"v=TLSRPTv1; rua=mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_WS_AROUND_EQUALS, "record.ws-around-equals", ERROR, "RFC 8460 s3",
        "A field has a space next to its equals sign.",
        "Remove the spaces around the equals sign: \"rua=mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_NO_RUA, "record.no-rua", ERROR, "RFC 8460 s3",
        "The record has no rua field, so senders have nowhere to send reports.",
        "Add one, such as \"rua=mailto:reports@example.com\". Write its name in lowercase; TLSRPT has no ruf field.")
DIAGNOSTIC(RECORD_RUA_CASE, "record.rua-case", ERROR, "RFC 7405 s2.1",
        "The field name rua is not in lowercase, so senders ignore the field.",
        "Write \"rua\" in lowercase.")
DIAGNOSTIC(RECORD_EMPTY_RUA, "record.empty-rua", ERROR, "RFC 8460 s3",
        "The rua field is empty.",
        "Add at least one destination: \"rua=mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_EMPTY_URI, "record.empty-uri", ERROR, "RFC 8460 s3",
        "A comma in the rua field has no URI before or after it.",
        "Remove the extra comma.")
DIAGNOSTIC(RECORD_REPEATED_RUA, "record.repeated-rua", WARNING, "RFC 8460 s3",
        "The record has more than one rua field.",
        "Put all destinations into one rua field, separated by commas. Some senders reject a record with two.")
DIAGNOSTIC(RECORD_REPEATED_VERSION, "record.repeated-version", WARNING, "RFC 8460 s3",
        "The version appears again later in the record, where it is only an unknown field.",
        "Remove the second \"v=TLSRPTv1\". If two records were joined into one, keep only one of them.")
DIAGNOSTIC(RECORD_RUA_NOT_FIRST, "record.rua-not-first", WARNING, "RFC 8460 s3",
        "The rua field does not directly follow the version, and some senders then send no reports.",
        "Put rua first: \"v=TLSRPTv1; rua=mailto:reports@example.com; name=value\".")
DIAGNOSTIC(RECORD_WS_AROUND_COMMA, "record.ws-around-comma", WARNING, "RFC 8460 s3",
        "The list of destinations has a space next to a comma, and some senders then send no reports.",
        "Separate the destinations with a comma alone. RFC 8460 allows the space, but not all senders do.")
DIAGNOSTIC(RECORD_MANY_RUA, "record.many-rua", INFO, "RFC 8460 s3",
        "The record has more than one destination, and a sender may choose just one of them.",
        "No action is needed if each destination accepts all reports. Do not expect every report at every destination.")
DIAGNOSTIC(RECORD_DUPLICATE_URI, "record.duplicate-uri", WARNING, "RFC 8460 s3",
        "The same destination is listed twice.",
        "Remove one of them. Otherwise a sender may deliver each report twice.")
DIAGNOSTIC(RECORD_MISSING_SCHEME, "record.missing-scheme", ERROR, "RFC 3986 s3.1",
        "A destination does not begin with a scheme such as \"mailto:\".",
        "Write \"mailto:\" before an email address, and \"https://\" before a host.")
DIAGNOSTIC(RECORD_SCHEME_CASE, "record.scheme-case", WARNING, "RFC 3986 s3.1",
        "The scheme of a destination is not in lowercase, and some senders then send no reports.",
        "Write \"mailto:\" or \"https:\" in lowercase. RFC 3986 allows other letter case, but not all senders do.")
DIAGNOSTIC(RECORD_HTTP_SCHEME, "record.http-scheme", ERROR, "RFC 8460 s3",
        "A destination uses http, which senders do not support.",
        "Use an https URI. RFC 8460 supports only mailto and https. Some senders then use none of the destinations.")
DIAGNOSTIC(RECORD_UNSUPPORTED_SCHEME, "record.unsupported-scheme", ERROR, "RFC 8460 s3",
        "A destination uses a scheme other than mailto or https.",
        "Use a mailto or https URI, and check the spelling of the scheme. Some senders then use none of the "
        "destinations.")
DIAGNOSTIC(RECORD_NO_USABLE_RUA, "record.no-usable-rua", ERROR, "RFC 8460 s3",
        "Senders cannot report to any of the destinations.",
        "Add at least one destination, such as \"mailto:reports@example.com\" or \"https://example.com/tlsrpt\".")
DIAGNOSTIC(RECORD_INVALID_URI, "record.invalid-uri", ERROR, "RFC 3986 s3",
        "A destination is not a valid URI.",
        "Correct the destination. Percent-encode characters that a URI cannot contain.")
DIAGNOSTIC(RECORD_BAD_PERCENT, "record.bad-percent", ERROR, "RFC 3986 s2.1",
        "A percent sign in a destination is not followed by two hexadecimal digits.",
        "Write a literal percent sign as \"%25\".")
DIAGNOSTIC(RECORD_UNENCODED_COMMA, "record.unencoded-comma", ERROR, "RFC 8460 s3",
        "A comma inside a destination is not percent-encoded.",
        "Write a comma that is part of a URI as \"%2C\". If it separates two destinations, begin the second with its "
        "own scheme, such as \"mailto:\".")
DIAGNOSTIC(RECORD_UNENCODED_BANG, "record.unencoded-bang", ERROR, "RFC 8460 s3",
        "An exclamation mark in a destination is not percent-encoded.",
        "Write an exclamation mark in a URI as \"%21\".")
DIAGNOSTIC(RECORD_UNENCODED_SEMICOLON, "record.unencoded-semicolon", ERROR, "RFC 8460 s3",
        "A semicolon inside a destination is not percent-encoded.",
        "Write a semicolon that is part of a URI as \"%3B\". Write a colon after mailto, and a comma between "
        "destinations.")
DIAGNOSTIC(RECORD_DMARC_SIZE_SUFFIX, "record.dmarc-size-suffix", ERROR, "RFC 8460 s3",
        "A destination ends with a size limit as in DMARC, which TLSRPT does not have.",
        "Remove the exclamation mark and the size after it.")
DIAGNOSTIC(RECORD_MAILTO_WITHOUT_AT, "record.mailto-without-at", ERROR, "RFC 6068 s2",
        "A mailto destination is not an address of the form user@domain.",
        "Write the full address, with a plain \"@\": \"mailto:reports@example.com\".")
DIAGNOSTIC(RECORD_MAILTO_EMPTY, "record.mailto-empty", ERROR, "RFC 6068 s2",
        "A mailto destination has no address.",
        "Write the address after \"mailto:\".")
DIAGNOSTIC(RECORD_MAILTO_SLASH, "record.mailto-slash", WARNING, "RFC 6068 s2",
        "The address of a mailto destination begins with a slash.",
        "Remove the slash after \"mailto:\", unless the name of the mailbox begins with one.")
DIAGNOSTIC(RECORD_BAD_ADDRESS, "record.bad-address", ERROR, "RFC 6068 s2",
        "A destination has a second \"@\", an unquoted \":\" or an encoded control character.",
        "Write one plain address or URI for each destination, and \"mailto:\" once. An \"@\" in the name of a mailbox is "
        "written as \"%40\".")
DIAGNOSTIC(RECORD_BAD_HOST, "record.bad-host", ERROR, "RFC 1123 s2.1",
        "The host of a destination is not a valid host name or address.",
        "Correct the host. A mail domain has no port, path or final dot. An international name is written with "
        "\"xn--\".")
DIAGNOSTIC(RECORD_BAD_PORT, "record.bad-port", ERROR, "RFC 3986 s3.2.3",
        "The port of an https destination is not a number from 1 to 65535.",
        "Correct the port, or remove it and the colon before it. Port 443 is then used.")
DIAGNOSTIC(RECORD_UNUSUAL_HOST, "record.unusual-host", WARNING, "RFC 1123 s2.1",
        "The host of a destination has an underscore or is a single label.",
        "Write the full name of the host, such as \"reports.example.com\". Some senders refuse other names.")
DIAGNOSTIC(RECORD_MAILTO_HEADERS, "record.mailto-headers", WARNING, "RFC 6068 s2",
        "A mailto destination sets header fields, which senders may ignore.",
        "Remove the question mark and everything after it.")
DIAGNOSTIC(RECORD_HTTPS_NO_HOST, "record.https-no-host", ERROR, "RFC 3986 s3.2.2",
        "An https destination has no host.",
        "Write the host after two slashes: \"https://example.com/tlsrpt\".")
DIAGNOSTIC(RECORD_HTTPS_USERINFO, "record.https-userinfo", WARNING, "RFC 3986 s3.2.1",
        "An https destination contains a user name or password, which anyone can read.",
        "Remove the user name and password. DNS is public, and senders may ignore them.")
DIAGNOSTIC(RECORD_URI_FRAGMENT, "record.uri-fragment", WARNING, "RFC 3986 s3.5",
        "A destination has a fragment, which is never sent to the server.",
        "Remove the number sign and everything after it.")
DIAGNOSTIC(RECORD_EXTERNAL_DOMAIN, "record.external-domain", INFO, "RFC 8460 s7",
        "A destination is outside the domain, and nothing proves that it accepts the reports.",
        "No action is needed if the owner of the destination agreed to receive the reports.")
DIAGNOSTIC(RECORD_SELF_HOSTED_MAILTO, "record.self-hosted-mailto", INFO, "RFC 8460 s7",
        "Reports go to a mailbox on the same mail servers that they are about.",
        "Add an https destination, or a mailbox on other servers. Reports then still arrive when TLS on these servers "
        "is broken.")
DIAGNOSTIC(RECORD_UNKNOWN_FIELD, "record.unknown-field", INFO, "RFC 8460 s3",
        "RFC 8460 does not define this field, so senders ignore it.",
        "Remove the field, unless you publish it for software that uses it.")
DIAGNOSTIC(RECORD_DMARC_TAG, "record.dmarc-tag", WARNING, "RFC 8460 s3",
        "This field is a DMARC tag, which has no meaning in TLSRPT.",
        "Remove the field. TLSRPT defines only the rua field.")
DIAGNOSTIC(RECORD_BAD_EXT_NAME, "record.bad-ext-name", ERROR, "RFC 8460 s3",
        "A field does not begin with a valid name and an equals sign.",
        "Remove the field, or write it as name=value. A name has up to 32 letters, digits, \"_\", \"-\" and \".\", "
        "and begins with a letter or digit.")
DIAGNOSTIC(RECORD_BAD_EXT_VALUE, "record.bad-ext-value", ERROR, "RFC 8460 s3",
        "The value of a field is empty or contains an invalid character.",
        "Remove the field, or give it a value of printable ASCII characters other than space, \";\" and \"=\".")
DIAGNOSTIC(RECORD_NON_ASCII, "record.non-ascii", ERROR, "RFC 8460 s3",
        "The record contains a byte that is not ASCII.",
        "Use ASCII only. Retype quotes and dashes that an editor has replaced, and write domains as A-labels (xn--).")
DIAGNOSTIC(RECORD_CONTROL_CHAR, "record.control-char", ERROR, "RFC 8460 s3",
        "The record contains a control character.",
        "Remove it. Line ends and NUL bytes often come from copying a record out of a file.")
DIAGNOSTIC(RECORD_QUOTES_IN_DATA, "record.quotes-in-data", WARNING, "RFC 1035 s5.1",
        "The record contains a quotation mark, which is zone file syntax and not part of the data.",
        "Remove the quotation marks from the value. Most DNS editors add them themselves.")
DIAGNOSTIC(RECORD_ZONE_SYNTAX, "record.zone-syntax", ERROR, "RFC 1035 s5.1",
        "The data is a line of a zone file or a quoted string, and the record is only a part of it.",
        "Publish the text between the quotation marks, without the name, TTL and type before it. Most DNS editors add "
        "the quotation marks themselves.")
DIAGNOSTIC(RECORD_BACKSLASH, "record.backslash", ERROR, "RFC 1035 s5.1",
        "The record contains a backslash, which belongs to the syntax of zone files and not to the record.",
        "Remove the backslash. Zone files may write \";\" as \"\\;\", but most DNS editors put the backslash into the "
        "record.")
DIAGNOSTIC(RECORD_INVISIBLE_CHAR, "record.invisible-char", ERROR, "RFC 8460 s3",
        "The record contains an invisible character, such as a no-break or zero-width space, or a byte order mark.",
        "Remove it, or type the record again instead of pasting it.")
DIAGNOSTIC(RECORD_TOO_LONG, "record.too-long", INFO, "RFC 1035 s2.3.4",
        "The record is so long that its DNS answer may not fit into 512 bytes.",
        "Shorten the record if you can, for example by listing fewer destinations. Otherwise every resolver needs TCP "
        "or EDNS to get it.")
DIAGNOSTIC(RECORD_SPLIT_STRINGS, "record.split-strings", INFO, "RFC 8460 s3",
        "The record is split into several strings, which are joined without a separator.",
        "No action is needed. Check that no space was lost or added where the strings meet.")
DIAGNOSTIC(RECORD_LOW_TTL, "record.low-ttl", INFO, "RFC 8460 s7",
        "The record has a short time to live (TTL), so an attacker can hide it more easily.",
        "Use a TTL of a day or more.")
DIAGNOSTIC(RECORD_NO_DNSSEC, "record.no-dnssec", INFO, "RFC 8460 s7",
        "The record is not signed with DNSSEC, so an attacker can hide or change it.",
        "Sign the zone with DNSSEC.")
DIAGNOSTIC(JSON_NOT_JSON, "json.not-json", ERROR, "RFC 8259 s2",
        "The text is not valid JSON, or it is truncated.",
        "Write the report with a JSON library. Check that it was not cut or changed in transit.")
DIAGNOSTIC(JSON_NOT_OBJECT, "json.not-object", ERROR, "RFC 8460 s4.4",
        "The JSON text is not an object.",
        "Put the members of the report into one object at the top level.")
DIAGNOSTIC(JSON_TRAILING_DATA, "json.trailing-data", ERROR, "RFC 8259 s2",
        "The JSON text is followed by other data.",
        "Send one JSON object per report, with nothing after it.")
DIAGNOSTIC(JSON_BOM, "json.bom", ERROR, "RFC 8259 s8.1",
        "The JSON text begins with a byte order mark.",
        "Write UTF-8 without a byte order mark.")
DIAGNOSTIC(JSON_NOT_UTF8, "json.not-utf8", ERROR, "RFC 7493 s2.1",
        "A string or member name contains bytes that are not valid UTF-8.",
        "Encode the report in UTF-8. Replace text that other servers sent in another encoding before you put it into "
        "the report.")
DIAGNOSTIC(JSON_DUPLICATE_MEMBER, "json.duplicate-member", ERROR, "RFC 7493 s2.3",
        "An object has two members with the same name, and the first one is used.",
        "Write each member once.")
DIAGNOSTIC(JSON_BAD_CODEPOINT, "json.bad-codepoint", ERROR, "RFC 7493 s2.1",
        "A string or member name contains an unpaired surrogate or a noncharacter.",
        "Omit such characters, or write U+FFFD instead.")
DIAGNOSTIC(JSON_NUMBER_RANGE, "json.number-range", WARNING, "RFC 7493 s2.2",
        "A number is too large or too precise for a double.",
        "Write numbers that a double can represent, such as integers up to 9007199254740991.")
DIAGNOSTIC(JSON_LIMIT, "json.limit", ERROR, "RFC 8259 s9",
        "The input exceeds a limit of this reader.",
        "Send a smaller report. If you are the receiver and the report is genuine, raise the limit.")
DIAGNOSTIC(REPORT_MISSING_MEMBER, "report.missing-member", ERROR, "RFC 8460 s4.4",
        "A required member of the report is missing.",
        "Add the member. RFC 8460 s4.4 lists the members of a report.")
DIAGNOSTIC(REPORT_POLICY_DOMAIN_MISSING, "report.policy-domain-missing", INFO, "RFC 8460 s4.4",
        "The policy has no policy-domain, which is common if no policy was found.",
        "Add the domain whose policy was looked up.")
DIAGNOSTIC(REPORT_MX_HOST_MISSING, "report.mx-host-missing", INFO, "RFC 8460 s4.4",
        "The MTA-STS policy has no mx-host.",
        "Add the MX patterns of the policy as an array in mx-host.")
DIAGNOSTIC(REPORT_WRONG_TYPE, "report.wrong-type", ERROR, "RFC 8460 s4.4",
        "The value does not have the JSON type that RFC 8460 requires.",
        "Use the types of RFC 8460 s4.4. Counts are numbers without quotes. The members policies, policy-string, "
        "mx-host and failure-details are arrays; date-range, policy and summary are objects. All other members are "
        "strings.")
DIAGNOSTIC(REPORT_NULL_MEMBER, "report.null-member", ERROR, "RFC 8460 s4.4",
        "The value is null.",
        "Omit the member, or give it a value. RFC 8460 does not use null.")
DIAGNOSTIC(REPORT_EMPTY_STRING, "report.empty-string", WARNING, "RFC 8460 s4.4",
        "The string is empty.",
        "Omit the member, or give it a value.")
DIAGNOSTIC(REPORT_UNKNOWN_MEMBER, "report.unknown-member", INFO, "RFC 7493 s4.2",
        "RFC 8460 does not define this member, so it is ignored.",
        "No action is needed. Check the spelling if you meant a member of RFC 8460.")
DIAGNOSTIC(REPORT_RENAMED_MEMBER, "report.renamed-member", WARNING, "RFC 8460 s4.4",
        "The member has another name or is in another object than in RFC 8460.",
        "Use the names of RFC 8460 s4.4, such as mx-host, additional-information and failure-reason-code. Put the "
        "members that describe the policy into the object policy.")
DIAGNOSTIC(REPORT_FLAT_POLICY, "report.flat-policy", ERROR, "RFC 8460 s4.4",
        "The element of policies has the members of the policy object itself.",
        "Put policy-type, policy-string, policy-domain and mx-host into an object named policy.")
DIAGNOSTIC(REPORT_POLICIES_NOT_ARRAY, "report.policies-not-array", ERROR, "RFC 8460 s4",
        "The member policies is not an array.",
        "Put the policies into an array, even if there is only one.")
DIAGNOSTIC(REPORT_NO_POLICIES, "report.no-policies", WARNING, "RFC 8460 s4",
        "The array policies is empty.",
        "Send a report only if it has at least one policy.")
DIAGNOSTIC(REPORT_UNKNOWN_POLICY_TYPE, "report.unknown-policy-type", WARNING, "RFC 8460 s4.4",
        "The policy-type is not tlsa, sts or no-policy-found.",
        "Use one of these three names, in lowercase.")
DIAGNOSTIC(REPORT_UNKNOWN_RESULT_TYPE, "report.unknown-result-type", WARNING, "RFC 8460 s6.6",
        "The result-type is not registered.",
        "Use a name from RFC 8460 s4.3, in lowercase. If no other name fits, use validation-failure.")
DIAGNOSTIC(REPORT_RESULT_TYPE_POLICY_MISMATCH, "report.result-type-policy-mismatch", INFO, "RFC 8460 s4.3.2",
        "The result-type belongs to another kind of policy than the policy-type.",
        "Report DANE results under a tlsa policy and MTA-STS results under an sts policy.")
DIAGNOSTIC(REPORT_BAD_DATETIME, "report.bad-datetime", ERROR, "RFC 3339 s5.6",
        "The time is not a valid RFC 3339 date-time.",
        "Write times as \"2016-04-01T00:00:00Z\". Hours run from 00 to 23.")
DIAGNOSTIC(REPORT_MISSING_TIMEZONE, "report.missing-timezone", WARNING, "RFC 3339 s5.6",
        "The time has no time zone, so it is read as UTC.",
        "End the time with \"Z\".")
DIAGNOSTIC(REPORT_LOWERCASE_DATETIME, "report.lowercase-datetime", INFO, "RFC 7493 s4.3",
        "The time has a lowercase t or z.",
        "Write T and Z in uppercase.")
DIAGNOSTIC(REPORT_END_BEFORE_START, "report.end-before-start", ERROR, "RFC 8460 s4.1",
        "The report ends before it starts.",
        "Check start-datetime and end-datetime, and their time zones.")
DIAGNOSTIC(REPORT_ZERO_WINDOW, "report.zero-window", WARNING, "RFC 8460 s4.1",
        "The report starts and ends at the same time.",
        "Report on a full UTC day.")
DIAGNOSTIC(REPORT_FUTURE_WINDOW, "report.future-window", WARNING, "RFC 8460 s4.1",
        "The report ends in the future.",
        "Check the sender's clock and the time zones.")
DIAGNOSTIC(REPORT_WINDOW_NOT_UTC_DAY, "report.window-not-utc-day", WARNING, "RFC 8460 s4.1",
        "The report does not cover a full UTC day.",
        "Report from 00:00:00Z until 24 hours later.")
DIAGNOSTIC(REPORT_WINDOW_TOO_LONG, "report.window-too-long", WARNING, "RFC 8460 s4.1",
        "The report covers more than a day.",
        "Send one report for each day.")
DIAGNOSTIC(REPORT_BAD_CONTACT_INFO, "report.bad-contact-info", WARNING, "RFC 5322 s3.4.1",
        "The contact-info is not an email address of the form user@domain.",
        "Write one email address, without a name, brackets or \"mailto:\".")
DIAGNOSTIC(REPORT_BAD_COUNT, "report.bad-count", ERROR, "RFC 8460 s4.4",
        "The count exceeds 18446744073709551615, the largest that can be read.",
        "Check the count. No sender has that many sessions.")
DIAGNOSTIC(REPORT_NEGATIVE_COUNT, "report.negative-count", ERROR, "RFC 8460 s4.4",
        "The count is negative.",
        "Check how the sender computes it. A count is never below 0.")
DIAGNOSTIC(REPORT_FRACTIONAL_COUNT, "report.fractional-count", ERROR, "RFC 8460 s4.4",
        "The count is not an integer.",
        "Write counts as integers.")
DIAGNOSTIC(REPORT_COUNT_FORM, "report.count-form", WARNING, "RFC 8460 s4.4",
        "The count is an integer, but is not written as plain digits.",
        "Write counts as plain digits.")
DIAGNOSTIC(REPORT_COUNT_INEXACT, "report.count-inexact", WARNING, "RFC 7493 s2.2",
        "The count exceeds 9007199254740991, so other readers may round it.",
        "Check the count. No sender has that many sessions in a day.")
DIAGNOSTIC(REPORT_DETAILS_EXCEED_TOTAL, "report.details-exceed-total", INFO, "RFC 8460 s4",
        "The failure details add up to more than the total of failed sessions.",
        "No action is needed. One session can fail in more than one way.")
DIAGNOSTIC(REPORT_DETAILS_BELOW_TOTAL, "report.details-below-total", INFO, "RFC 8460 s4.3.4",
        "The failure details add up to less than the total of failed sessions.",
        "No action is needed. Senders may omit the details of transient failures.")
DIAGNOSTIC(REPORT_FAILURES_WITHOUT_DETAILS, "report.failures-without-details", INFO, "RFC 8460 s4.4",
        "The policy has failed sessions, but no failure details.",
        "Add failure-details, so that the receiver can find the cause.")
DIAGNOSTIC(REPORT_DETAILS_WITHOUT_FAILURES, "report.details-without-failures", WARNING, "RFC 8460 s4.4",
        "The policy has failure details, but its total of failed sessions is 0.",
        "Count the failed sessions in total-failure-session-count.")
DIAGNOSTIC(REPORT_ZERO_COUNT_DETAIL, "report.zero-count-detail", WARNING, "RFC 8460 s4.4",
        "The failure has a session count of 0.",
        "Omit failures whose failed-session-count is 0.")
DIAGNOSTIC(REPORT_REASON_CODE_MISSING, "report.reason-code-missing", INFO, "RFC 8460 s4.3",
        "The failure has no failure-reason-code, and its result-type alone says little.",
        "Add a failure-reason-code that says why the certificate or the session was rejected.")
DIAGNOSTIC(REPORT_BAD_IP, "report.bad-ip", ERROR, "RFC 8460 s4.4",
        "The address is neither an IPv4 nor an IPv6 address.",
        "Write the bare address, without brackets, port, zone or leading zeros.")
DIAGNOSTIC(REPORT_IP_NOT_CANONICAL, "report.ip-not-canonical", INFO, "RFC 5952 s4",
        "The IPv6 address is not in its canonical form.",
        "Write IPv6 addresses as in RFC 5952: lowercase, without leading zeros, the longest run of zeros as \"::\".")
DIAGNOSTIC(REPORT_IP_SPECIAL, "report.ip-special", INFO, "RFC 6890 s2",
        "The address does not belong to a public network.",
        "No action is needed if the session was inside a private network. Otherwise check where the sender takes the "
        "address from.")
DIAGNOSTIC(REPORT_POLICY_DOMAIN_NOT_A_LABEL, "report.policy-domain-not-a-label", ERROR, "RFC 8460 s4.4",
        "The policy-domain contains a character that is not ASCII.",
        "Write internationalized domains as A-labels (xn--).")
DIAGNOSTIC(REPORT_BAD_DOMAIN, "report.bad-domain", ERROR, "RFC 8460 s4.4",
        "The value is not a valid domain name.",
        "Write a host name: labels of letters, digits and hyphens, separated by dots.")
DIAGNOSTIC(REPORT_TRAILING_DOT, "report.trailing-dot", INFO, "RFC 8460 s4.4",
        "The domain name ends with a dot.",
        "Remove the trailing dot.")
DIAGNOSTIC(REPORT_MX_HOST_NOT_ARRAY, "report.mx-host-not-array", WARNING, "RFC 8460 s4.4",
        "The mx-host is a string, not an array of strings.",
        "Write an array, even for one element. The example in RFC 8460 appendix B is wrong (erratum 6241).")
DIAGNOSTIC(REPORT_MX_HOST_UNEXPECTED, "report.mx-host-unexpected", INFO, "RFC 8460 s4.4",
        "The policy has an mx-host, but is not an MTA-STS policy.",
        "Omit mx-host if policy-type is not sts.")
DIAGNOSTIC(REPORT_MX_HOST_PREFIX, "report.mx-host-prefix", WARNING, "RFC 8460 s4.4",
        "The MX pattern begins with the \"mx: \" of the policy file.",
        "Write only the pattern.")
DIAGNOSTIC(REPORT_MX_MISMATCH, "report.mx-mismatch", WARNING, "RFC 8461 s4.1",
        "The receiving MX matches none of the MX patterns.",
        "If you are the receiver, compare the MX records with the mx lines of the policy.")
DIAGNOSTIC(REPORT_POLICY_STRING_NOT_ARRAY, "report.policy-string-not-array", WARNING, "RFC 8460 s4.4",
        "The policy-string is not an array with one string per TLSA record or policy line.",
        "Write an array with one element per TLSA record or policy line.")
DIAGNOSTIC(REPORT_POLICY_STRING_MISSING, "report.policy-string-missing", WARNING, "RFC 8460 s4.5",
        "The policy has no policy-string.",
        "Add the TLSA records or the policy lines that were applied.")
DIAGNOSTIC(REPORT_POLICY_STRING_NESTED_JSON, "report.policy-string-nested-json", WARNING, "RFC 8460 s4.5",
        "The policy-string is a string that contains a JSON array.",
        "Write the array itself, not its text in a string.")
DIAGNOSTIC(REPORT_POLICY_STRING_JOINED, "report.policy-string-joined", WARNING, "RFC 8460 s4.4",
        "The lines of the MTA-STS policy are in one string.",
        "Write one string per line of the policy.")
DIAGNOSTIC(REPORT_POLICY_STRING_UNEXPECTED, "report.policy-string-unexpected", INFO, "RFC 8460 s4.5",
        "The policy has a policy-string, although no policy was found.",
        "Omit policy-string if policy-type is no-policy-found.")
DIAGNOSTIC(REPORT_TLSA_SYNTAX, "report.tlsa-syntax", ERROR, "RFC 6698 s2.2",
        "The text is not a TLSA record of three numbers and an even number of hexadecimal digits.",
        "Write only the data of the record, separated by single spaces: \"3 1 1 0123...\". Omit its name and type.")
DIAGNOSTIC(REPORT_TLSA_LENGTH, "report.tlsa-length", WARNING, "RFC 6698 s2.1.3",
        "The data of the TLSA record does not have the length that its matching type requires.",
        "Write 64 hexadecimal digits for matching type 1 and 128 for matching type 2.")
DIAGNOSTIC(REPORT_TLSA_USAGE, "report.tlsa-usage", WARNING, "RFC 7672 s3.1",
        "The TLSA record has a usage other than 2 or 3, which SMTP does not use.",
        "If you are the receiver, publish TLSA records with usage 3 or 2.")
DIAGNOSTIC(REPORT_TLSA_FIELD_RANGE, "report.tlsa-field-range", ERROR, "RFC 6698 s2.2",
        "A number in the TLSA record exceeds 255.",
        "Write usage, selector and matching type as numbers from 0 to 255.")
DIAGNOSTIC(REPORT_STS_LINE_SYNTAX, "report.sts-line-syntax", WARNING, "RFC 8461 s3.2",
        "A line of the MTA-STS policy is not of the form \"key: value\", or its MX pattern is invalid.",
        "If you are the receiver, correct the policy file. Senders report its lines unchanged.")
DIAGNOSTIC(REPORT_STS_NO_VERSION, "report.sts-no-version", WARNING, "RFC 8461 s3.2",
        "The MTA-STS policy has no line \"version: STSv1\", or another version comes first.",
        "If you are the receiver, begin the policy file with \"version: STSv1\".")
DIAGNOSTIC(REPORT_STS_NO_MODE, "report.sts-no-mode", WARNING, "RFC 8461 s3.2",
        "The MTA-STS policy has no mode, or its mode is unknown.",
        "If you are the receiver, add \"mode: enforce\", \"mode: testing\" or \"mode: none\" to the policy file.")
DIAGNOSTIC(REPORT_STS_NO_MX, "report.sts-no-mx", WARNING, "RFC 8461 s3.2",
        "The MTA-STS policy has no mx, although its mode is enforce or testing.",
        "If you are the receiver, add a line such as \"mx: mx.example.com\" for each mail server to the policy file. Only the mode "
        "none needs no mx.")
DIAGNOSTIC(REPORT_STS_BAD_MAX_AGE, "report.sts-bad-max-age", WARNING, "RFC 8461 s3.2",
        "The MTA-STS policy has no max_age, or it is not a number of seconds up to 31557600.",
        "If you are the receiver, write max_age in digits only, such as \"max_age: 604800\" for a week.")
DIAGNOSTIC(REPORT_STS_MX_DISAGREES, "report.sts-mx-disagrees", WARNING, "RFC 8460 s4.4",
        "The mx lines of the MTA-STS policy differ from the mx-host of the report.",
        "Take mx-host and policy-string from the same policy.")
DIAGNOSTIC(REPORT_BAD_ADDITIONAL_INFORMATION, "report.bad-additional-information", WARNING, "RFC 8460 s4.4",
        "The additional-information is not an http or https URI.",
        "Write a URI that leads to more information. Put text into failure-reason-code.")
DIAGNOSTIC(REPORT_CONTROL_CHARS, "report.control-chars", WARNING, "RFC 8460 s7",
        "The string contains control characters.",
        "Remove line ends and other control characters. Readers must not send them to a terminal unchanged.")
DIAGNOSTIC(REPORT_MARKUP, "report.markup", WARNING, "RFC 8460 s7",
        "The string contains text that a browser could interpret as markup.",
        "Escape the string wherever you display it. It comes from a stranger.")
DIAGNOSTIC(REPORT_LONG_STRING, "report.long-string", WARNING, "RFC 8460 s7",
        "The string is unusually long.",
        "Shorten it to what a person needs to read.")
DIAGNOSTIC(REPORT_STRING_CUT, "report.string-cut", ERROR, "RFC 8259 s9",
        "The string exceeds a limit of this reader, so its end was cut off.",
        "Shorten the string. If you are the receiver and need all of it, raise max_string or max_entry.")
DIAGNOSTIC(REPORT_ELEMENTS_CUT, "report.elements-cut", ERROR, "RFC 8259 s9",
        "The list exceeds a limit of this reader, so this element and those after it were left out.",
        "Shorten the list. If you are the receiver and need all of it, raise max_strings or max_entry.")
DIAGNOSTIC(REPORT_OTHER_DOMAIN, "report.other-domain", WARNING, "RFC 8460 s7",
        "The report is about a domain that you did not ask for.",
        "Check whether the domain should be one of yours. Anyone can have reports about any domain sent to you.")
DIAGNOSTIC(REPORT_DUPLICATE_REPORT, "report.duplicate-report", INFO, "RFC 8460 s5.3",
        "The same report was read before.",
        "No action is needed. Senders try again, and may send to several destinations. Count the report once.")
DIAGNOSTIC(REPORT_DUPLICATE_POLICY, "report.duplicate-policy", INFO, "RFC 8460 s4",
        "The report contains the same policy twice.",
        "Write each policy once, and count all its sessions there.")
DIAGNOSTIC(GZIP_BAD_MAGIC, "gzip.bad-magic", ERROR, "RFC 1952 s2.3",
        "The input is not valid gzip data.",
        "Compress the report with gzip. Check that the mail or upload did not change its bytes.")
DIAGNOSTIC(GZIP_BAD_CRC, "gzip.bad-crc", ERROR, "RFC 1952 s2.3.1",
        "The checksum or length at the end of the gzip data is wrong.",
        "Send the report again. Its bytes were changed in transit.")
DIAGNOSTIC(GZIP_TRUNCATED, "gzip.truncated", ERROR, "RFC 1952 s2.3",
        "The gzip data is truncated.",
        "Send the report again. Its end was lost in transit.")
DIAGNOSTIC(GZIP_TRAILING, "gzip.trailing", WARNING, "RFC 1952 s2.2",
        "The gzip data is followed by data that is not gzip.",
        "Send nothing after the end of the gzip data.")
DIAGNOSTIC(GZIP_MULTI_MEMBER, "gzip.multi-member", INFO, "RFC 1952 s2.2",
        "The gzip data has more than one member.",
        "No action is needed. Some readers read only the first member, so prefer a single one.")
DIAGNOSTIC(GZIP_RATIO, "gzip.ratio", ERROR, "RFC 8460 s7",
        "The gzip data inflates to far more than reports usually do.",
        "Send reports that compress like ordinary text. If you are the receiver and the report is genuine, raise the "
        "limit.")
DIAGNOSTIC(GZIP_FNAME, "gzip.fname", INFO, "RFC 1952 s2.3.1",
        "The gzip header contains a file name, which is ignored.",
        "No action is needed. The option -n of gzip omits the name.")
DIAGNOSTIC(MAIL_NOT_MULTIPART_REPORT, "mail.not-multipart-report", WARNING, "RFC 8460 s5.3",
        "The report did not arrive in a multipart/report of type tlsrpt.",
        "Send reports as \"multipart/report; report-type=tlsrpt\".")
DIAGNOSTIC(MAIL_BAD_REPORT_TYPE, "mail.bad-report-type", ERROR, "RFC 8460 s5.3",
        "The report arrived in a multipart/report whose report-type is not tlsrpt.",
        "Write \"report-type=tlsrpt\" into the Content-Type of the mail.")
DIAGNOSTIC(MAIL_WRONG_PART_ORDER, "mail.wrong-part-order", WARNING, "RFC 8460 s5.3",
        "The report is not the second part of its multipart/report.",
        "Put a human-readable text first and the report second.")
DIAGNOSTIC(MAIL_EXTRA_PART, "mail.extra-part", INFO, "RFC 8460 s5.3",
        "The multipart/report has more than two parts.",
        "Send one text and one report in each mail, and nothing else.")
DIAGNOSTIC(MAIL_NO_REPORT_PART, "mail.no-report-part", ERROR, "RFC 8460 s5.3",
        "The mail contains no TLS report.",
        "Attach the report as application/tlsrpt+gzip.")
DIAGNOSTIC(MAIL_MEDIA_TYPE_MISMATCH, "mail.media-type-mismatch", WARNING, "RFC 8460 s5.3",
        "The media type of the part does not match its content.",
        "Label gzip data as application/tlsrpt+gzip and JSON text as application/tlsrpt+json.")
DIAGNOSTIC(MAIL_UNCOMPRESSED, "mail.uncompressed", INFO, "RFC 8460 s5.2",
        "The report is not compressed.",
        "Compress reports with gzip. Many receivers limit the size of a mail.")
DIAGNOSTIC(MAIL_GZIP_IN_GZIP, "mail.gzip-in-gzip", WARNING, "RFC 8460 s5.2",
        "The report was compressed twice.",
        "Compress reports once. Most receivers cannot read gzip data inside gzip data.")
DIAGNOSTIC(MAIL_UNSUPPORTED_COMPRESSION, "mail.unsupported-compression", ERROR, "RFC 8460 s5.2",
        "The part has a compression format that neither RFC 8460 nor this library supports.",
        "Compress reports with gzip.")
DIAGNOSTIC(MAIL_MISSING_REPORT_DOMAIN, "mail.missing-tls-report-domain", ERROR, "RFC 8460 s5.3",
        "The mail has no TLS-Report-Domain field.",
        "Add \"TLS-Report-Domain:\" with the domain that the report is about.")
DIAGNOSTIC(MAIL_MISSING_REPORT_SUBMITTER, "mail.missing-tls-report-submitter", ERROR, "RFC 8460 s5.3",
        "The mail has no TLS-Report-Submitter field.",
        "Add \"TLS-Report-Submitter:\" with the domain that the report is from.")
DIAGNOSTIC(MAIL_SUBMITTER_MISMATCH, "mail.submitter-mismatch", WARNING, "RFC 8460 s5.3",
        "TLS-Report-Submitter is not the domain of contact-info.",
        "Set TLS-Report-Submitter to the domain of contact-info.")
DIAGNOSTIC(MAIL_DOMAIN_MISMATCH, "mail.domain-mismatch", WARNING, "RFC 8460 s5.6",
        "TLS-Report-Domain is not the domain of any policy in the report.",
        "Set TLS-Report-Domain to the policy domain. Receivers use the values in the report.")
DIAGNOSTIC(MAIL_FROM_MISMATCH, "mail.from-mismatch", INFO, "RFC 8460 s5.3",
        "The mail comes from another domain than TLS-Report-Submitter names.",
        "No action is needed if both domains belong to the sender.")
DIAGNOSTIC(MAIL_SUBJECT_SYNTAX, "mail.subject-syntax", WARNING, "RFC 8460 s5.3",
        "The subject does not have the form that RFC 8460 defines.",
        "Write \"Report Domain: example.com Submitter: example.net Report-ID: <id@example.net>\".")
DIAGNOSTIC(MAIL_SUBJECT_MISMATCH, "mail.subject-mismatch", WARNING, "RFC 8460 s5.6",
        "The domains in the subject differ from those in the report.",
        "Write the policy domain and the domain of contact-info into the subject. Receivers use the values in the "
        "report.")
DIAGNOSTIC(MAIL_REPORT_ID_MISMATCH, "mail.report-id-mismatch", INFO, "RFC 8460 s5.3",
        "The Report-ID in the subject differs from the report-id in the report.",
        "No action is needed. Many senders do this, and receivers use the report-id in the report.")
DIAGNOSTIC(MAIL_FILENAME_SYNTAX, "mail.filename-syntax", WARNING, "RFC 8460 s5.1",
        "The filename does not have the form that RFC 8460 defines for this content.",
        "Name the file \"example.net!example.com!1470013207!1470186007.json.gz\". End the name with \".json\" if the "
        "report is not compressed.")
DIAGNOSTIC(MAIL_FILENAME_MISMATCH, "mail.filename-mismatch", INFO, "RFC 8460 s5.6",
        "The domains or times in the filename differ from those in the report.",
        "Name the file after the domains and the date-range of the report. Receivers use the values in the report.")
DIAGNOSTIC(MAIL_FILENAME_PATH, "mail.filename-path", WARNING, "RFC 8460 s7",
        "The filename contains a path.",
        "Use a name without slashes. Receivers must never use a filename from a mail as a path.")
DIAGNOSTIC(MAIL_NO_DKIM, "mail.no-dkim", ERROR, "RFC 8460 s3",
        "No valid DKIM signature of the reporting domain is known.",
        "Sign reports with DKIM for the domain that they are from. Receivers must ignore reports without a valid "
        "signature.")
DIAGNOSTIC(MAIL_DKIM_L_TAG, "mail.dkim-l-tag", ERROR, "RFC 8460 s3",
        "The DKIM signature has an l= tag, so anyone may have appended unsigned text.",
        "Sign the whole mail. Reports must not be signed with l=.")
DIAGNOSTIC(MAIL_DKIM_SERVICE_TYPE, "mail.dkim-service-type", WARNING, "RFC 8460 s3",
        "The DKIM key record does not allow the service type tlsrpt.",
        "Omit s= from the key record, or add tlsrpt to it.")
DIAGNOSTIC(MAIL_DKIM_HEADERS_UNSIGNED, "mail.dkim-headers-unsigned", WARNING, "RFC 8460 s5.3",
        "The DKIM signature does not cover both TLS-Report-Domain and TLS-Report-Submitter.",
        "List both fields in the h= tag of the signature.")
DIAGNOSTIC(CHECK_NO_MAIL_HOST, "check.no-mail-host", WARNING, "RFC 5321 s5.1",
        "The domain of a mail destination has neither MX nor address records, so reports cannot be delivered.",
        "Check the spelling of the domain, or name a mailbox that receives mail.")
DIAGNOSTIC(CHECK_NULL_MX, "check.null-mx", WARNING, "RFC 7505 s3",
        "The domain of a mail destination has a null MX, so it accepts no mail.",
        "Name a mailbox at a domain that accepts mail.")
DIAGNOSTIC(CHECK_NO_ADDRESS, "check.no-address", WARNING, "RFC 9110 s4.3.4",
        "The host of an https destination has no address, so reports cannot be delivered.",
        "Check the spelling of the host, or give it an A or AAAA record.")
DIAGNOSTIC(CHECK_NOT_FOUND_OUT, "check.not-found-out", INFO, "RFC 8460 s5",
        "DNS gave no answer about this destination, so reports may or may not be deliverable.",
        "Check again later, or query another server with --server.")
DIAGNOSTIC(CHECK_NOT_LOOKED_UP, "check.not-looked-up", INFO, "RFC 8460 s5",
        "This destination is an address and not a name, so it was not looked up in DNS.",
        "Check yourself that reports can be delivered to this destination.")
DIAGNOSTIC(CHECK_NO_DOMAIN, "check.no-domain", ERROR, "RFC 8020 s2",
        "The domain does not exist, so no sender can look for its record.",
        "Check the spelling of the domain. If it is new, wait until its registration is in DNS.")
DIAGNOSTIC(CHECK_DANGLING_ALIAS, "check.dangling-alias", ERROR, "RFC 1034 s3.6.2",
        "The name of the record is an alias (CNAME) to a name that has no record.",
        "Publish the record at the target of the alias, or correct the target. In a zone file, end the target with a dot.")
DIAGNOSTIC(CHECK_ALIAS_AND_TXT, "check.alias-and-txt", WARNING, "RFC 1034 s3.6.2",
        "The name has an alias (CNAME) and a TXT record, so a sender may find the one or the other.",
        "Remove the alias or the TXT record. An alias must be the only record of its name.")
DIAGNOSTIC(CHECK_MX_ALIAS, "check.mx-alias", WARNING, "RFC 2181 s10.3",
        "The MX host is an alias (CNAME), so not all senders find its TLSA records.",
        "Name the target of the alias in the MX record, and publish the TLSA records there.")
#undef DIAGNOSTIC
};

/* The entry of all unknown codes: the public functions return NULL for its texts. */
static const trpt_catalogue_entry diagnostic_unknown = {NULL, NULL, NULL, NULL, TRPT_INFO};

/* A linear search is fast enough: it runs once per diagnostic that a person reads, never while parsing a report. */
static const trpt_catalogue_entry *diagnostic_find(const char *code) {
  for (size_t i = 0; code && i < TRPT_CODE_COUNT; i++)
    if (strcmp(trpt_catalogue[i].code, code) == 0) return &trpt_catalogue[i];
  return &diagnostic_unknown;
}

uint32_t trpt_diagnostic_count(void) { return TRPT_CODE_COUNT; }

const char *trpt_diagnostic_code(uint32_t i) { return i < TRPT_CODE_COUNT ? trpt_catalogue[i].code : NULL; }

trpt_severity trpt_diagnostic_severity(const char *code) { return diagnostic_find(code)->severity; }

const char *trpt_diagnostic_message(const char *code) { return diagnostic_find(code)->message; }

const char *trpt_diagnostic_section(const char *code) { return diagnostic_find(code)->section; }

const char *trpt_diagnostic_advice(const char *code) { return diagnostic_find(code)->advice; }

const char *trpt_severity_name(trpt_severity severity) {
  static const char *const names[] = {[TRPT_INFO] = "info", [TRPT_WARNING] = "warning", [TRPT_ERROR] = "error"};
  return severity >= 0 && (size_t)severity < sizeof names / sizeof names[0] ? names[severity] : NULL;
}

/* lib/catalogue/error_of_code.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ERROR_OF_CODE_H
#define TRPT_LIB_ERROR_OF_CODE_H

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ERROR_H
#define TRPT_LIB_ERROR_H

/* Fills trpt_error; no other code does. For errors with a code, see lib/catalogue/error_of_code.h. */



/* A position in the text. Line and column are 0 if unknown. */
typedef struct trpt_position {
  uint64_t offset;
  uint32_t line;
  uint32_t column;
} trpt_position;

/* Sets all members to zero. `error` may be NULL. */
void trpt_error_clear(trpt_error *error);

/* Fills `error`, which may be NULL, and returns `status`. `code` has static lifetime or is NULL. `message` is copied;
   NULL means the message of the status. Texts are truncated to fit. */
trpt_status trpt_error_fill(trpt_error *error, trpt_status status, const char *code, const char *message,
                            trpt_position position, const char *where);

/* Sets the message to `sentence`, with `value` in place of "#". Truncates it to fit. */
void trpt_error_set_limit(trpt_error *error, const char *sentence, uint64_t value);

#endif


/* Fills `error`, which may be NULL, and returns `status`. Takes the code and message from the catalogue. For
   TRPT_CODE_NONE there is no code, and the message is that of the status. */
trpt_status trpt_error_set(trpt_error *error, trpt_status status, trpt_code code, trpt_position position,
                           const char *where);

#endif

trpt_status trpt_error_set(trpt_error *error, trpt_status status, trpt_code code, trpt_position position,
                           const char *where) {
  const trpt_catalogue_entry *entry = code == TRPT_CODE_NONE ? NULL : &trpt_catalogue[code];
  return trpt_error_fill(error, status, entry ? entry->code : NULL, entry ? entry->message : NULL, position, where);
}

/* lib/json/builtin.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ENGINES_H
#define TRPT_LIB_ENGINES_H

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_H
#define TRPT_LIB_JSON_H

/* The interface of the tokenizers, which split JSON text (RFC 8259) into tokens. The caller sets a chunk of any size, then
   asks for tokens until the tokenizer needs more text. Tokens and errors do not depend on the chunks. Violations of I-JSON
   (RFC 7493) that do not stop the reading are string_errors of a token. step.h is the other half of the interface: it reads
   common tokens without a call. */



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_STRING_H
#define TRPT_LIB_JSON_STRING_H

/* Decodes JSON strings (RFC 8259 s7) byte by byte, so that a chunk may end anywhere. Bytes that are not Unicode text (RFC
   7493 s2.1) become U+FFFD and a string error. ASCII strings without escapes that are whole in a chunk do not pass through
   here. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>



enum {
  TRPT_STRING_NOT_UTF8 = 1,       /* bytes that are not UTF-8; each maximal part of them became U+FFFD */
  TRPT_STRING_BAD_CODEPOINT = 2,  /* a surrogate without its pair (became U+FFFD) or a noncharacter (unchanged) */
  TRPT_STRING_CODEPOINT_FIRST = 4 /* of both errors BAD_CODEPOINT came first */
};

typedef enum trpt_string_status { TRPT_STRING_MORE, TRPT_STRING_CLOSED, TRPT_STRING_BAD } trpt_string_status;

typedef struct trpt_json_string {
  /* The buffer for the text; set once. What does not fit is only checked, and the last character may be cut. */
  char *text;
  size_t capacity;
  size_t len; /* of the decoded text, at most `capacity` */
  uint64_t error_offset;
  uint64_t escape_offset; /* of the backslash of the escape that is being read */
  uint64_t high_offset;   /* of the escape of the pending surrogate */
  uint32_t string_errors;
  uint16_t unit; /* UTF-16 code unit of \u, as far as it was read */
  uint16_t high; /* a pending high surrogate; 0: none */
  uint8_t state;
  uint8_t hex_left;
  /* The multi-byte character that is being read: its bytes so far, and what may follow. */
  uint8_t bytes[4];
  uint8_t have;
  trpt_utf8_lead lead;
  bool keep; /* false: the text is only checked */
} trpt_json_string;

/* Begins a string, after its opening quote. */
void trpt_string_begin(trpt_json_string *string, bool keep);

/* Reads bytes up to and including the closing quote. After BAD `*p` is the first wrong byte. `bias` converts addresses into
   offsets. */
trpt_string_status trpt_string_read(trpt_json_string *string, const unsigned char **p, const unsigned char *end,
                                    uint64_t bias);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_NUMBER_H
#define TRPT_LIB_NUMBER_H

/* Reads JSON numbers (RFC 8259 s6) digit by digit, in constant memory and without loss: a count of RFC 8460 s4.4 may be
   written 5, 5.0 or 50e-1. */

#include <stdbool.h>
#include <stdint.h>



typedef enum trpt_number_class {
  TRPT_NUMBER_COUNT,      /* an integer from 0 to 2^64-1: `value` */
  TRPT_NUMBER_NEGATIVE,   /* below 0 */
  TRPT_NUMBER_FRACTIONAL, /* not negative, not an integer */
  TRPT_NUMBER_HUGE        /* 2^64 or above */
} trpt_number_class;

typedef struct trpt_number {
  uint64_t value;
  trpt_number_class class;
  bool plain;         /* digits alone: no sign, fraction or exponent */
  bool beyond_double; /* greater magnitude or precision than a double has, RFC 7493 s2.2 */
} trpt_number;

/* Above this not every integer is a double, RFC 7493 s2.2. */
#define TRPT_NUMBER_EXACT UINT64_C(9007199254740991)

/* How many digits of an integer are kept as they were written: those of 2^64-1. */
enum { TRPT_NUMBER_DIGITS = 20 };

typedef struct trpt_number_reader {
  uint64_t significand; /* the digits up to the last one that is not 0 */
  uint64_t digits;      /* number of those digits, from the first one that is not 0 */
  uint64_t zeros;       /* zeros after them */
  uint64_t fraction;    /* digits after the point */
  uint64_t exponent;    /* without its sign; saturates at EXPONENT_LIMIT */
  uint8_t state;
  bool negative;
  bool exponent_negative;
  bool overflow;    /* the significand does not fit */
  uint8_t text_len; /* of the integer digits, TRPT_NUMBER_DIGITS + 1 if there are more than fit */
  char text[TRPT_NUMBER_DIGITS];
} trpt_number_reader;

void trpt_number_begin(trpt_number_reader *reader);

/* Reads bytes as long as they belong to the number. If `*p` is below `end` afterwards, the number ended there; false means
   at a byte that no number can have there. */
bool trpt_number_read(trpt_number_reader *reader, const unsigned char **p, const unsigned char *end);

/* Whether the bytes so far are a complete number. "-", "1." and "1e" are not. */
bool trpt_number_is_whole(const trpt_number_reader *reader);

trpt_number trpt_number_value(const trpt_number_reader *reader);

/* The digits before the point as they were written; absent if there are more than TRPT_NUMBER_DIGITS. */
trpt_str trpt_number_text(const trpt_number_reader *reader);

/* Reads decimal digits and nothing else, at least one, up to 2^64-1; zeros may precede them. */
bool trpt_number_read_digits(trpt_str text, uint64_t *value);

#endif

typedef enum trpt_json_kind {
  TRPT_JSON_NULL,
  TRPT_JSON_BOOLEAN,
  TRPT_JSON_NUMBER,
  TRPT_JSON_STRING,
  TRPT_JSON_KEY,
  TRPT_JSON_OBJECT_BEGIN,
  TRPT_JSON_OBJECT_END,
  TRPT_JSON_ARRAY_BEGIN,
  TRPT_JSON_ARRAY_END
} trpt_json_kind;

typedef enum trpt_json_status {
  TRPT_JSON_TOKEN,
  TRPT_JSON_MORE,     /* the whole chunk was consumed */
  TRPT_JSON_BOM,      /* a byte order mark at the start; reported once, and reading continues */
  TRPT_JSON_TRAILING, /* a byte other than a blank after the text, at the token's offset; reading has ended */
  TRPT_JSON_BAD,      /* not JSON; the wrong byte is at the token's offset or in the token that begins there */
  TRPT_JSON_TOO_DEEP, /* objects and arrays are nested deeper than max_depth */
  TRPT_JSON_TOO_LONG  /* the token at the token's offset does not fit the engine's memory */
} trpt_json_status;

typedef struct trpt_json_token {
  trpt_json_kind kind;
  uint32_t string_errors; /* TRPT_STRING_*, of a STRING or KEY */
  uint64_t offset;        /* of its first byte, which is in the cursor's line; after an error see trpt_json_status */
  uint64_t error_offset;  /* of the first string error, or of the token */
  trpt_str text;      /* STRING or KEY, decoded; valid until the next call. Not set for a string that is not wanted. */
  trpt_number number; /* NUMBER */
} trpt_json_token;

typedef struct trpt_json trpt_json;

/* An engine decides which token may appear where. */
typedef struct trpt_json_engine {
  /* Bytes of memory that it needs in addition to trpt_json, aligned for max_align_t. `max_text` is string.capacity. */
  uint64_t (*size)(uint32_t max_depth, uint64_t max_text);
  void (*reset)(trpt_json *json);
  trpt_json_status (*next)(trpt_json *json, trpt_json_token *token);
} trpt_json_engine;

/* The engine for a trpt_tokenizer of <tlsrpt/parser.h>; NULL if it is not built in. */
const trpt_json_engine *trpt_json_engine_find(int32_t tokenizer);

/* What the grammar of RFC 8259 s2 allows next. */
enum {
  TRPT_EXPECT_VALUE,
  TRPT_EXPECT_VALUE_OR_END, /* after [ */
  TRPT_EXPECT_KEY,
  TRPT_EXPECT_KEY_OR_END, /* after { */
  TRPT_EXPECT_COLON,
  TRPT_EXPECT_COMMA_OR_END,
  TRPT_EXPECT_NOTHING, /* after the text */
  TRPT_EXPECT_ENGINE   /* only the engine knows: step.h is not for it */
};

struct trpt_json {
  /* The chunk, and the next byte in it. `bias` converts the address of a byte into an offset in the text. */
  const unsigned char *cursor;
  const unsigned char *end;
  uint64_t bias;
  uint32_t line;       /* of the cursor, 1-based; 0: too large to count */
  uint64_t line_start; /* offset of that line's first byte */
  /* Set by the caller before each call: whether it will read the text of a string value. */
  bool wanted;
  bool in_object; /* the innermost container is an object */
  uint8_t expect; /* TRPT_EXPECT_* */
  uint8_t inside; /* the token that the last chunk cut */
  uint8_t literal;
  uint8_t matched; /* number of bytes of a literal or byte order mark that were read */
  uint32_t depth;
  uint32_t max_depth;
  uint64_t start; /* of the token that was cut */
  trpt_json_string string;
  trpt_number_reader number;
  const trpt_json_engine *engine;
  /* Owned by the engine. For an engine that uses step.h: one byte per level, 1 for an object. */
  void *memory;
};

/* Prepares for the first text. `engine`, `memory`, `max_depth` and the buffer of `string` were set before. */
void trpt_json_reset(trpt_json *json);

/* Prepares for the text that begins at the cursor, and which has no byte order mark. */
void trpt_json_begin_text(trpt_json *json);

/* Whether the text was read to its end. */
static TRPT_INLINE bool trpt_json_is_complete(const trpt_json *json) { return json->expect == TRPT_EXPECT_NOTHING; }

/* Sets the next chunk, or the rest of a chunk that has moved. The previous chunk must have been consumed up to here. */
static TRPT_INLINE void trpt_json_set_chunk(trpt_json *json, const void *data, size_t len, uint64_t offset) {
  json->cursor = data;
  json->end = json->cursor + len;
  json->bias = offset - (uint64_t)(uintptr_t)json->cursor;
}

/* Offset in the text of the next byte. */
static TRPT_INLINE uint64_t trpt_json_offset(const trpt_json *json) {
  return json->bias + (uint64_t)(uintptr_t)json->cursor;
}

/* The position of a byte of the line that the cursor is in. */
static TRPT_INLINE trpt_position trpt_json_position(const trpt_json *json, uint64_t offset) {
  const uint64_t column = offset - json->line_start + 1;
  return (trpt_position){offset, json->line, column > UINT32_MAX ? 0 : (uint32_t)column};
}

static TRPT_INLINE trpt_json_status trpt_json_next(trpt_json *json, trpt_json_token *token) {
  return json->engine->next(json, token);
}

/* The text of a NUMBER of up to TRPT_NUMBER_DIGITS digits without sign, fraction and exponent; absent for any other. `digits`
   is memory for it. */
trpt_str trpt_json_integer_text(const trpt_json *json, const trpt_json_token *token, char digits[TRPT_DECIMAL_SIZE]);

/* Ends the text. Returns MORE if it was complete, TOKEN for a number that ends here (call again), BAD if it was truncated. */
trpt_json_status trpt_json_finish(trpt_json *json, trpt_json_token *token);

#endif

/* The grammar of RFC 8259 as a few states; uses step.h. */
extern const trpt_json_engine trpt_json_builtin;

/* yajl, in the caller's memory. */
extern const trpt_json_engine trpt_json_yajl;

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_STEP_H
#define TRPT_LIB_STEP_H

/* Common tokens that are whole in the chunk, for the built-in engine and for callers that read such tokens themselves. They
   maintain `expect`, `in_object`, `depth` and the levels in `memory`. An engine that does not leaves TRPT_EXPECT_ENGINE in
   `expect`. */


/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_LEXER_H
#define TRPT_LIB_LEXER_H

/* Both engines read blanks, lines and the byte order mark with this code. The built-in engine also reads strings, numbers
   and literals here (RFC 8259 s2 to s7). A chunk may end anywhere. The engine decides which token may appear where. */

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SCAN_H
#define TRPT_LIB_SCAN_H

/* Looks at sixteen bytes at a time, with SSE2, NEON or the SIMD of WebAssembly: skips runs of ordinary bytes, and sorts the
   bytes of a short text into classes, as bits. TRPT_SCAN_PLAIN selects the plain C code that other machines use; the tests run
   both. Nothing here reads beyond the text. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if !defined(TRPT_SCAN_PLAIN) && defined(__SSE2__)
#include <emmintrin.h>
#define TRPT_SCAN_SSE2
#elif !defined(TRPT_SCAN_PLAIN) && defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#define TRPT_SCAN_NEON
#elif !defined(TRPT_SCAN_PLAIN) && defined(__wasm_simd128__)
#include <wasm_simd128.h>
#define TRPT_SCAN_WASM
#endif

/* Inside a string: neither its end, nor an escape, a control character (RFC 8259 s7) or the start of a multi-byte
   character. */
static TRPT_INLINE bool trpt_scan_is_plain(unsigned char c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; }

/* ---- classes of bytes ---- */

/* Sixteen bytes; or for each of them 0xFF if it belongs to a class, else 0. */
#if defined(TRPT_SCAN_SSE2)

typedef __m128i trpt_block;

static TRPT_INLINE trpt_block trpt_block_load(const char *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }
static TRPT_INLINE void trpt_block_store(char *p, trpt_block v) { _mm_storeu_si128((__m128i *)(void *)p, v); }
/* All that is not plain in a string, in the highest bit of each byte. Flipping one bit swaps the quote with the blank, so that one
   difference is negative for the quote, the control characters and what is not ASCII. gcc needs an instruction more for a comparison. */
static TRPT_INLINE trpt_block trpt_block_not_plain(trpt_block v) {
  const __m128i swapped = _mm_xor_si128(v, _mm_set1_epi8('"' ^ 0x20));
  return _mm_or_si128(_mm_subs_epi8(swapped, _mm_set1_epi8(0x21)), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
}
static TRPT_INLINE trpt_block trpt_block_equal(trpt_block a, trpt_block b) { return _mm_cmpeq_epi8(a, b); }
static TRPT_INLINE trpt_block trpt_block_of_words(uint64_t low, uint64_t high) {
  return _mm_set_epi64x((int64_t)high, (int64_t)low);
}
static TRPT_INLINE trpt_block trpt_block_or(trpt_block a, trpt_block b) { return _mm_or_si128(a, b); }
static TRPT_INLINE trpt_block trpt_block_and(trpt_block a, trpt_block b) { return _mm_and_si128(a, b); }
static TRPT_INLINE trpt_block trpt_block_is(trpt_block v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }
/* The bytes from `first` to `last`. Adding moves the first one to the lowest signed value. */
static TRPT_INLINE trpt_block trpt_block_in(trpt_block v, unsigned first, unsigned last) {
  const __m128i moved = _mm_add_epi8(v, _mm_set1_epi8((char)(0x80 - first)));
  return _mm_cmplt_epi8(moved, _mm_set1_epi8((char)(0x80 + last - first + 1)));
}
static TRPT_INLINE trpt_block trpt_block_small(trpt_block v) { return _mm_or_si128(v, _mm_set1_epi8(0x20)); }
/* Bit i: byte i belongs to the class. */
static TRPT_INLINE unsigned trpt_block_bits(trpt_block v) { return (unsigned)_mm_movemask_epi8(v); }
/* The same as cheap as it gets, in TRPT_MASK_WIDTH equal bits for each byte. */
#define TRPT_MASK_WIDTH 1
static TRPT_INLINE uint64_t trpt_block_mask(trpt_block v) { return trpt_block_bits(v); }

#elif defined(TRPT_SCAN_NEON)

typedef uint8x16_t trpt_block;

static TRPT_INLINE trpt_block trpt_block_load(const char *p) { return vld1q_u8((const uint8_t *)p); }
static TRPT_INLINE void trpt_block_store(char *p, trpt_block v) { vst1q_u8((uint8_t *)p, v); }
static TRPT_INLINE trpt_block trpt_block_equal(trpt_block a, trpt_block b) { return vceqq_u8(a, b); }
static TRPT_INLINE trpt_block trpt_block_of_words(uint64_t low, uint64_t high) {
  return vcombine_u8(vcreate_u8(low), vcreate_u8(high));
}
static TRPT_INLINE trpt_block trpt_block_or(trpt_block a, trpt_block b) { return vorrq_u8(a, b); }
static TRPT_INLINE trpt_block trpt_block_and(trpt_block a, trpt_block b) { return vandq_u8(a, b); }
static TRPT_INLINE trpt_block trpt_block_is(trpt_block v, char c) { return vceqq_u8(v, vdupq_n_u8((uint8_t)c)); }
static TRPT_INLINE trpt_block trpt_block_in(trpt_block v, unsigned first, unsigned last) {
  return vcleq_u8(vsubq_u8(v, vdupq_n_u8((uint8_t)first)), vdupq_n_u8((uint8_t)(last - first)));
}
static TRPT_INLINE trpt_block trpt_block_small(trpt_block v) { return vorrq_u8(v, vdupq_n_u8(0x20)); }
static TRPT_INLINE unsigned trpt_block_bits(trpt_block v) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t weighted = vandq_u8(v, vld1q_u8(weights));
  return vaddv_u8(vget_low_u8(weighted)) | (unsigned)vaddv_u8(vget_high_u8(weighted)) << 8;
}
#define TRPT_MASK_WIDTH 4
static TRPT_INLINE uint64_t trpt_block_mask(trpt_block v) {
  return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(v), 4)), 0);
}

#elif defined(TRPT_SCAN_WASM)

typedef v128_t trpt_block;

static TRPT_INLINE trpt_block trpt_block_load(const char *p) { return wasm_v128_load(p); }
static TRPT_INLINE void trpt_block_store(char *p, trpt_block v) { wasm_v128_store(p, v); }
static TRPT_INLINE trpt_block trpt_block_equal(trpt_block a, trpt_block b) { return wasm_i8x16_eq(a, b); }
static TRPT_INLINE trpt_block trpt_block_of_words(uint64_t low, uint64_t high) {
  return wasm_i64x2_make((int64_t)low, (int64_t)high);
}
static TRPT_INLINE trpt_block trpt_block_or(trpt_block a, trpt_block b) { return wasm_v128_or(a, b); }
static TRPT_INLINE trpt_block trpt_block_and(trpt_block a, trpt_block b) { return wasm_v128_and(a, b); }
static TRPT_INLINE trpt_block trpt_block_is(trpt_block v, char c) { return wasm_i8x16_eq(v, wasm_i8x16_splat(c)); }
static TRPT_INLINE trpt_block trpt_block_in(trpt_block v, unsigned first, unsigned last) {
  return wasm_u8x16_le(wasm_i8x16_sub(v, wasm_i8x16_splat((int8_t)first)), wasm_i8x16_splat((int8_t)(last - first)));
}
static TRPT_INLINE trpt_block trpt_block_small(trpt_block v) { return wasm_v128_or(v, wasm_i8x16_splat(0x20)); }
static TRPT_INLINE unsigned trpt_block_bits(trpt_block v) { return wasm_i8x16_bitmask(v); }
#define TRPT_MASK_WIDTH 1
static TRPT_INLINE uint64_t trpt_block_mask(trpt_block v) { return trpt_block_bits(v); }

#else

typedef struct trpt_block {
  unsigned char bytes[16];
} trpt_block;

static TRPT_INLINE trpt_block trpt_block_load(const char *p) {
  trpt_block block;
  memcpy(block.bytes, p, sizeof block.bytes);
  return block;
}
static TRPT_INLINE void trpt_block_store(char *p, trpt_block v) { memcpy(p, v.bytes, sizeof v.bytes); }
static TRPT_INLINE trpt_block trpt_block_equal(trpt_block a, trpt_block b) {
  for (unsigned i = 0; i < 16; i++) a.bytes[i] = a.bytes[i] == b.bytes[i] ? 0xFF : 0;
  return a;
}
static TRPT_INLINE trpt_block trpt_block_of_words(uint64_t low, uint64_t high) {
  trpt_block block;
  for (unsigned i = 0; i < 16; i++) block.bytes[i] = (unsigned char)((i < 8 ? low : high) >> i % 8 * 8);
  return block;
}
/* Fewer than 16 bytes, then zeros. */
static TRPT_INLINE trpt_block trpt_block_load_short(const char *text, size_t len) {
  trpt_block block = {{0}};
  memcpy(block.bytes, text, len);
  return block;
}
static TRPT_INLINE trpt_block trpt_block_or(trpt_block a, trpt_block b) {
  for (unsigned i = 0; i < 16; i++) a.bytes[i] |= b.bytes[i];
  return a;
}
static TRPT_INLINE trpt_block trpt_block_and(trpt_block a, trpt_block b) {
  for (unsigned i = 0; i < 16; i++) a.bytes[i] &= b.bytes[i];
  return a;
}
static TRPT_INLINE trpt_block trpt_block_in(trpt_block v, unsigned first, unsigned last) {
  for (unsigned i = 0; i < 16; i++) v.bytes[i] = v.bytes[i] - first <= last - first ? 0xFF : 0;
  return v;
}
static TRPT_INLINE trpt_block trpt_block_is(trpt_block v, char c) {
  return trpt_block_in(v, (unsigned char)c, (unsigned char)c);
}
static TRPT_INLINE trpt_block trpt_block_small(trpt_block v) {
  for (unsigned i = 0; i < 16; i++) v.bytes[i] |= 0x20;
  return v;
}
static TRPT_INLINE unsigned trpt_block_bits(trpt_block v) {
  unsigned bits = 0;
  for (unsigned i = 0; i < 16; i++) bits |= (v.bytes[i] & 1U) << i;
  return bits;
}

#endif

#if !defined(TRPT_SCAN_SSE2)
static TRPT_INLINE trpt_block trpt_block_not_plain(trpt_block v) {
  return trpt_block_or(trpt_block_in(v, 0x80, 0x1F), trpt_block_or(trpt_block_is(v, '"'), trpt_block_is(v, '\\')));
}
#endif

/* The first byte from `p` on that is not plain, or `end`. */
static TRPT_INLINE const unsigned char *trpt_scan_string(const unsigned char *p, const unsigned char *end) {
#if defined(TRPT_MASK_WIDTH)
  for (; end - p >= 16; p += 16) {
    const uint64_t mask = trpt_block_mask(trpt_block_not_plain(trpt_block_load((const char *)p)));
    if (mask) return p + (unsigned)__builtin_ctzll(mask) / TRPT_MASK_WIDTH;
  }
#endif
  while (p < end && trpt_scan_is_plain(*p)) p++;
  return p;
}

/* The first byte from `p` on that is neither a blank nor a tab, or `end`: the indentation of a line. */
static TRPT_INLINE const unsigned char *trpt_scan_indent(const unsigned char *p, const unsigned char *end) {
#if defined(TRPT_MASK_WIDTH)
  const uint64_t all = UINT64_MAX >> (64 - 16 * TRPT_MASK_WIDTH);
  for (; end - p >= 16; p += 16) {
    const trpt_block v = trpt_block_load((const char *)p);
    const uint64_t mask = trpt_block_mask(trpt_block_or(trpt_block_is(v, ' '), trpt_block_is(v, '\t'))) ^ all;
    if (mask) return p + (unsigned)__builtin_ctzll(mask) / TRPT_MASK_WIDTH;
  }
#endif
  while (p < end && (*p == ' ' || *p == '\t')) p++;
  return p;
}

static TRPT_INLINE trpt_block trpt_block_digits(trpt_block v) { return trpt_block_in(v, '0', '9'); }
static TRPT_INLINE trpt_block trpt_block_letters_and_digits(trpt_block v) {
  return trpt_block_or(trpt_block_in(trpt_block_small(v), 'a', 'z'), trpt_block_digits(v));
}

/* With small letters instead of capital ones. */
static TRPT_INLINE trpt_block trpt_block_lower(trpt_block v) {
  const uint64_t bits = UINT64_C(0x2020202020202020);
  return trpt_block_or(v, trpt_block_and(trpt_block_in(v, 'A', 'Z'), trpt_block_of_words(bits, bits)));
}

/* Up to eight bytes, least significant first, then zeros. */
static TRPT_INLINE uint64_t trpt_scan_word(const char *text, size_t len) {
  const unsigned char *p = (const unsigned char *)text;
  uint64_t word = 0;
#if defined(TRPT_SCAN_SSE2) || defined(TRPT_SCAN_NEON)
  uint32_t first, last;
  if (len == 8) {
    memcpy(&word, p, 8);
  } else if (len >= 4) {
    memcpy(&first, p, 4);
    memcpy(&last, p + len - 4, 4);
    word = first | (uint64_t)last << 8 * (len - 4);
  } else if (len) {
    word = p[0] | (uint64_t)p[len / 2] << 8 * (len / 2) | (uint64_t)p[len - 1] << 8 * (len - 1);
  }
#else
  for (size_t i = 0; i < len; i++) word |= (uint64_t)p[i] << 8 * i;
#endif
  return word;
}

#if defined(TRPT_MASK_WIDTH)
/* Fewer than 16 bytes, then zeros. */
static TRPT_INLINE trpt_block trpt_block_load_short(const char *text, size_t len) {
  if (len < 8) return trpt_block_of_words(trpt_scan_word(text, len), 0);
  /* In two steps, since a shift by 64 is undefined. */
  const unsigned half = 4 * (16 - (unsigned)len);
  return trpt_block_of_words(trpt_scan_word(text, 8), trpt_scan_word(text + len - 8, 8) >> half >> half);
}
#endif

/* A text for the functions below has 1 to 64 bytes. */
enum { TRPT_SCAN_MOST = 64 };

/* Bit i: byte i of the text belongs to a class, which `class_of` returns and to which NUL does not belong. Blocks
   overlap where the length is not a multiple of 16. */
static TRPT_INLINE uint64_t trpt_scan_bits(const char *text, size_t len, trpt_block (*class_of)(trpt_block v)) {
  if (len < 16) return trpt_block_bits(class_of(trpt_block_load_short(text, len)));
  const char *last = text + len - 16;
  uint64_t bits = trpt_block_bits(class_of(trpt_block_load(text)));
  bits |= (uint64_t)trpt_block_bits(class_of(trpt_block_load(last))) << (len - 16);
  if (len <= 32) return bits;
  bits |= (uint64_t)trpt_block_bits(class_of(trpt_block_load(text + 16))) << 16;
  return bits | (uint64_t)trpt_block_bits(class_of(trpt_block_load(last - 16))) << (len - 32);
}

/* The bits of all bytes of the text. */
static TRPT_INLINE uint64_t trpt_scan_all(size_t len) { return UINT64_MAX >> (64 - len); }

#endif


extern const unsigned char trpt_byte_order_mark[3];

/* Tokens that a chunk can cut. */
enum {
  TRPT_INSIDE_NOTHING,
  TRPT_INSIDE_START, /* where a byte order mark may be */
  TRPT_INSIDE_BOM,
  TRPT_INSIDE_STRING,
  TRPT_INSIDE_NUMBER,
  TRPT_INSIDE_LITERAL
};

static TRPT_INLINE uint64_t trpt_lexer_offset(const trpt_json *json, const unsigned char *p) {
  return json->bias + (uint64_t)(uintptr_t)p;
}

static TRPT_INLINE trpt_json_status trpt_lexer_bad(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  json->cursor = p;
  token->offset = trpt_lexer_offset(json, p);
  return TRPT_JSON_BAD;
}

/* The chunk ends here. */
static TRPT_INLINE trpt_json_status trpt_lexer_cut(trpt_json *json, uint8_t inside) {
  json->cursor = json->end;
  json->inside = inside;
  return TRPT_JSON_MORE;
}

/* Lines count from 1. Counting stops when the number no longer fits. */
static TRPT_INLINE void trpt_lexer_begin_line(trpt_json *json, const unsigned char *p) {
  json->line += json->line != 0;
  json->line_start = trpt_lexer_offset(json, p);
}

/* ws of RFC 8259 s2. Lines are counted here, since line feeds appear nowhere else. */
static TRPT_INLINE const unsigned char *trpt_lexer_blanks(trpt_json *json, const unsigned char *p) {
  while (p < json->end && *p <= ' ') {
    if (*p == '\n') {
      p++;
      trpt_lexer_begin_line(json, p);
      p = trpt_scan_indent(p, json->end);
    } else if (*p == ' ' || *p == '\t' || *p == '\r') {
      p++;
    } else {
      break;
    }
  }
  return p;
}

/* Each reads the token whose first byte is at `p`. The caller has set `token->offset`. After TOKEN the cursor is after the
   token. */
trpt_json_status trpt_lexer_string(trpt_json *json, trpt_json_token *token, const unsigned char *p, bool keep);
trpt_json_status trpt_lexer_number(trpt_json *json, trpt_json_token *token, const unsigned char *p);
trpt_json_status trpt_lexer_literal(trpt_json *json, trpt_json_token *token, const unsigned char *p);

/* Continues with the token that the last chunk cut. TOKEN with `*resumed` false means: no byte order mark and no token. */
trpt_json_status trpt_lexer_resume(trpt_json *json, trpt_json_token *token, bool *resumed);

#endif

static TRPT_INLINE void trpt_step_end_value(trpt_json *json) {
  json->expect = json->depth ? TRPT_EXPECT_COMMA_OR_END : TRPT_EXPECT_NOTHING;
}

/* A byte for each level: 1 an object. */
static TRPT_INLINE unsigned char *trpt_step_level(const trpt_json *json, uint32_t depth) {
  return (unsigned char *)json->memory + depth - 1;
}

/* Returns false if max_depth is reached. */
static TRPT_INLINE bool trpt_step_open(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (json->depth == json->max_depth) return false;
  const bool object = *p == '{';
  *trpt_step_level(json, ++json->depth) = object;
  json->in_object = object;
  json->expect = object ? TRPT_EXPECT_KEY_OR_END : TRPT_EXPECT_VALUE_OR_END;
  json->cursor = p + 1;
  token->kind = object ? TRPT_JSON_OBJECT_BEGIN : TRPT_JSON_ARRAY_BEGIN;
  return true;
}

static TRPT_INLINE void trpt_step_close(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  json->cursor = p + 1;
  json->in_object = --json->depth && *trpt_step_level(json, json->depth);
  trpt_step_end_value(json);
}

/* Nearly all strings are whole in a chunk and need no decoding. */
static TRPT_INLINE bool trpt_step_string(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *text = p + 1;
  const unsigned char *stop = trpt_scan_string(text, json->end);
  if (stop == json->end || *stop != '"') return false;
  json->cursor = stop + 1;
  token->string_errors = 0;
  token->text = (trpt_str){(const char *)text, (size_t)(stop - text)};
  return true;
}

/* What nearly always follows a number. Anything else, such as a point or a blank, is for the engine. */
static TRPT_INLINE bool trpt_step_ends_number(unsigned char c) { return c == ',' || c == '}' || c == '\n' || c == '\r'; }

/* Nearly all numbers are a few digits that end within the chunk. */
static TRPT_INLINE bool trpt_step_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const unsigned char *digit = p;
  uint64_t value = 0;
  while (digit < json->end && digit - p < 16 && trpt_is_digit(*digit)) value = value * 10 + (*digit++ - (uint64_t)'0');
  const bool ends = digit < json->end && trpt_step_ends_number(*digit);
  if (!ends || digit == p || (*p == '0' && digit - p > 1)) return false;
  json->cursor = digit;
  token->number = (trpt_number){value, TRPT_NUMBER_COUNT, true, value > TRPT_NUMBER_EXACT};
  return true;
}

/* A value in an object or array. False: the engine must read it, and nothing was consumed. */
static TRPT_INLINE bool trpt_step_value(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (*p == '"') {
    if (!trpt_step_string(json, token, p)) return false;
    token->kind = TRPT_JSON_STRING;
  } else if (*p == '{' || *p == '[') {
    return trpt_step_open(json, token, p);
  } else {
    if (!trpt_step_number(json, token, p)) return false;
    token->kind = TRPT_JSON_NUMBER;
  }
  json->expect = TRPT_EXPECT_COMMA_OR_END;
  return true;
}

#endif

static uint64_t levels_size(uint32_t max_depth, uint64_t max_text) {
  (void)max_text;
  return max_depth;
}

static void builtin_reset(trpt_json *json) { json->expect = TRPT_EXPECT_VALUE; }

static TRPT_INLINE trpt_json_status end_key(trpt_json *json, trpt_json_token *token) {
  token->kind = TRPT_JSON_KEY;
  json->expect = TRPT_EXPECT_COLON;
  /* The colon is nearly always in the same chunk. */
  if (json->cursor < json->end && *json->cursor == ':') {
    json->cursor++;
    json->expect = TRPT_EXPECT_VALUE;
  }
  return TRPT_JSON_TOKEN;
}

/* What follows a token that the lexer read. A string is a key where a key was expected. */
static trpt_json_status builtin_end_token(trpt_json *json, trpt_json_token *token, trpt_json_status status) {
  if (status != TRPT_JSON_TOKEN) return status;
  if (json->expect == TRPT_EXPECT_KEY || json->expect == TRPT_EXPECT_KEY_OR_END) return end_key(json, token);
  trpt_step_end_value(json);
  return TRPT_JSON_TOKEN;
}

static trpt_json_status builtin_close(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->kind = json->in_object ? TRPT_JSON_OBJECT_END : TRPT_JSON_ARRAY_END;
  trpt_step_close(json, token, p);
  return TRPT_JSON_TOKEN;
}

static trpt_json_status read_value(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  if (json->depth && trpt_step_value(json, token, p)) return TRPT_JSON_TOKEN;
  switch (*p) {
  case '"': return builtin_end_token(json, token, trpt_lexer_string(json, token, p, json->wanted));
  case '{':
  case '[':
    if (trpt_step_open(json, token, p)) return TRPT_JSON_TOKEN;
    json->cursor = p;
    return TRPT_JSON_TOO_DEEP;
  case 'n':
  case 't':
  case 'f': return builtin_end_token(json, token, trpt_lexer_literal(json, token, p));
  default: return builtin_end_token(json, token, trpt_lexer_number(json, token, p));
  }
}

static TRPT_INLINE trpt_json_status read_key(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  token->offset = trpt_lexer_offset(json, p);
  if (*p != '"') return trpt_lexer_bad(json, token, p);
  if (trpt_step_string(json, token, p)) return end_key(json, token);
  return builtin_end_token(json, token, trpt_lexer_string(json, token, p, true));
}

static trpt_json_status builtin_next(trpt_json *json, trpt_json_token *token) {
  if (json->inside) {
    bool resumed;
    const trpt_json_status status = trpt_lexer_resume(json, token, &resumed);
    if (status != TRPT_JSON_TOKEN || resumed) return builtin_end_token(json, token, status);
  }
  const unsigned char *p = trpt_lexer_blanks(json, json->cursor);
  if (json->expect == TRPT_EXPECT_COMMA_OR_END && p < json->end) {
    if (*p == (json->in_object ? '}' : ']')) return builtin_close(json, token, p);
    if (*p != ',') return trpt_lexer_bad(json, token, p);
    json->expect = json->in_object ? TRPT_EXPECT_KEY : TRPT_EXPECT_VALUE;
    p = trpt_lexer_blanks(json, p + 1);
  } else if (json->expect == TRPT_EXPECT_COLON && p < json->end) {
    if (*p != ':') return trpt_lexer_bad(json, token, p);
    json->expect = TRPT_EXPECT_VALUE;
    p = trpt_lexer_blanks(json, p + 1);
  }
  if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NOTHING);
  switch (json->expect) {
  case TRPT_EXPECT_KEY_OR_END:
    if (*p == '}') return builtin_close(json, token, p);
    /* fall through */
  case TRPT_EXPECT_KEY: return read_key(json, token, p);
  case TRPT_EXPECT_VALUE_OR_END:
    if (*p == ']') return builtin_close(json, token, p);
    /* fall through */
  case TRPT_EXPECT_VALUE: return read_value(json, token, p);
  default:
    json->cursor = p;
    token->offset = trpt_lexer_offset(json, p);
    return TRPT_JSON_TRAILING;
  }
}

const trpt_json_engine trpt_json_builtin = {levels_size, builtin_reset, builtin_next};

/* lib/json/gap.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_GAP_H
#define TRPT_LIB_GAP_H

/* What lies between the texts of a sequence: blanks, byte order marks, and the brackets and commas of one array around all texts.
   Both engines use it. What it finds depends on the position in the input alone, not on the chunks. */



typedef enum trpt_gap_status {
  TRPT_GAP_MORE,    /* the whole chunk was consumed */
  TRPT_GAP_TEXT,    /* a text begins at the cursor */
  TRPT_GAP_GARBAGE, /* bytes that belong to no text begin at `garbage`; returned once after each text */
  TRPT_GAP_BAD,     /* before the first text: a byte order mark is broken at the cursor */
  TRPT_GAP_CUT,     /* the input ends where more must come */
  TRPT_GAP_END      /* the input may end here */
} trpt_gap_status;

typedef struct trpt_gap {
  uint8_t array;   /* of the state of the array around the texts */
  uint8_t matched; /* number of bytes of a byte order mark that were read */
  bool any_text;   /* a text began before */
  bool has_comma;
  bool has_mark; /* a byte order mark came before the text */
  bool has_garbage;
  trpt_position comma;
  trpt_position mark;
  trpt_position garbage;
} trpt_gap;

/* Nothing was read yet. */
void trpt_gap_reset(trpt_gap *gap);

/* A text has ended. */
void trpt_gap_begin(trpt_gap *gap);

/* A text was not read to its end, so it is not known where in the array the reading goes on. */
void trpt_gap_lose_array(trpt_gap *gap);

/* Reads up to the next text. */
trpt_gap_status trpt_gap_read(trpt_gap *gap, trpt_json *json);

/* The input has ended: GARBAGE (call again), CUT or END. */
trpt_gap_status trpt_gap_finish(trpt_gap *gap);

/* Reads up to the next line that begins with "{", from which reading can go on after text that is not JSON. A line that
   begins at the cursor counts. Returns false if the chunk was consumed. */
bool trpt_gap_find_line(trpt_json *json);

#endif

#include <string.h>



/* LOST: it is not known which comma or bracket comes next, so that each is passed over. */
enum { ARRAY_NONE, ARRAY_OPEN, ARRAY_CLOSED, ARRAY_LOST };

void trpt_gap_begin(trpt_gap *gap) {
  gap->matched = 0;
  gap->has_comma = gap->has_mark = gap->has_garbage = false;
}

void trpt_gap_reset(trpt_gap *gap) {
  gap->array = ARRAY_NONE;
  gap->any_text = false;
  trpt_gap_begin(gap);
}

void trpt_gap_lose_array(trpt_gap *gap) {
  if (gap->array == ARRAY_OPEN) gap->array = ARRAY_LOST;
}

static trpt_gap_status find_garbage(trpt_gap *gap, trpt_position position) {
  gap->matched = 0;
  gap->has_mark = gap->has_comma = false;
  gap->has_garbage = true;
  gap->garbage = position;
  trpt_gap_lose_array(gap);
  return TRPT_GAP_GARBAGE;
}

static trpt_position gap_position_of(const trpt_json *json) { return trpt_json_position(json, trpt_json_offset(json)); }

/* Reads a bracket or comma of the array around the texts. Returns false for any other byte. */
static bool read_array(trpt_gap *gap, trpt_json *json) {
  switch (*json->cursor) {
  case '[':
    if (gap->array != ARRAY_NONE || gap->any_text) return false;
    gap->array = ARRAY_OPEN;
    break;
  case ',':
    if (gap->array != ARRAY_LOST && (gap->array != ARRAY_OPEN || !gap->any_text || gap->has_comma)) return false;
    gap->comma = gap_position_of(json);
    gap->has_comma = true;
    break;
  case ']':
    if (gap->array != ARRAY_LOST && gap->array != ARRAY_OPEN) return false;
    if (gap->array == ARRAY_OPEN) gap->array = ARRAY_CLOSED;
    break;
  default: return false;
  }
  json->cursor++;
  return true;
}

/* Reads on in a byte order mark, RFC 8259 s8.1. TEXT: it is complete. */
static trpt_gap_status read_mark(trpt_gap *gap, trpt_json *json) {
  for (; gap->matched < sizeof trpt_byte_order_mark; gap->matched++, json->cursor++) {
    if (json->cursor == json->end) return TRPT_GAP_MORE;
    if (*json->cursor == trpt_byte_order_mark[gap->matched]) continue;
    gap->matched = 0;
    return gap->any_text ? find_garbage(gap, gap->mark) : TRPT_GAP_BAD;
  }
  gap->matched = 0;
  gap->has_mark = true;
  return TRPT_GAP_TEXT;
}

static void begin_mark(trpt_gap *gap, trpt_json *json) {
  gap->mark = gap_position_of(json);
  gap->matched = 1;
  json->cursor++;
}

trpt_gap_status trpt_gap_read(trpt_gap *gap, trpt_json *json) {
  for (;;) {
    const trpt_gap_status status = gap->matched ? read_mark(gap, json) : TRPT_GAP_TEXT;
    if (status != TRPT_GAP_TEXT) return status;
    json->cursor = trpt_lexer_blanks(json, json->cursor);
    if (json->cursor == json->end) return TRPT_GAP_MORE;
    if (*json->cursor == '{') return TRPT_GAP_TEXT;
    if (*json->cursor == trpt_byte_order_mark[0] && !gap->has_mark && !gap->has_garbage)
      begin_mark(gap, json);
    else if (gap->has_mark && gap->any_text)
      return find_garbage(gap, gap->mark);
    else if (read_array(gap, json)) {
      if (gap->array == ARRAY_CLOSED && gap->has_comma) return find_garbage(gap, gap->comma);
    } else if (!gap->any_text)
      return TRPT_GAP_TEXT; /* the engine says what is wrong with it */
    else if (!gap->has_garbage)
      return find_garbage(gap, gap_position_of(json));
    else
      json->cursor++;
  }
}

trpt_gap_status trpt_gap_finish(trpt_gap *gap) {
  if ((gap->matched || gap->has_mark) && gap->any_text) return find_garbage(gap, gap->mark);
  return gap->array == ARRAY_OPEN || (gap->array == ARRAY_NONE && !gap->any_text) ? TRPT_GAP_CUT : TRPT_GAP_END;
}

bool trpt_gap_find_line(trpt_json *json) {
  for (;;) {
    if (json->cursor == json->end) return false;
    if (*json->cursor == '{' && trpt_json_offset(json) == json->line_start) return true;
    const unsigned char *feed = memchr(json->cursor, '\n', (size_t)(json->end - json->cursor));
    json->cursor = feed ? feed + 1 : json->end;
    if (feed) trpt_lexer_begin_line(json, json->cursor);
  }
}

/* lib/json/json.c */
/* SPDX-License-Identifier: MIT */





const trpt_json_engine *trpt_json_engine_find(int32_t tokenizer) {
#ifdef TRPT_WITH_YAJL
  const trpt_json_engine *yajl = &trpt_json_yajl;
#else
  const trpt_json_engine *yajl = NULL;
#endif
  return tokenizer == TRPT_TOKENIZER_YAJL ? yajl : &trpt_json_builtin;
}

void trpt_json_begin_text(trpt_json *json) {
  json->wanted = true;
  json->in_object = false;
  json->inside = TRPT_INSIDE_NOTHING;
  json->depth = 0;
  json->engine->reset(json);
}

void trpt_json_reset(trpt_json *json) {
  json->line = 1;
  json->line_start = 0;
  trpt_json_set_chunk(json, "", 0, 0);
  trpt_json_begin_text(json);
  json->inside = TRPT_INSIDE_START;
}

/* step.h keeps no text of numbers, so it is made from the value, which is exact below 2^64. */
trpt_str trpt_json_integer_text(const trpt_json *json, const trpt_json_token *token, char digits[TRPT_DECIMAL_SIZE]) {
  const trpt_number *number = &token->number;
  if (!number->plain) return (trpt_str){NULL, 0};
  return number->class == TRPT_NUMBER_COUNT ? trpt_decimal(number->value, digits) : trpt_number_text(&json->number);
}

trpt_json_status trpt_json_finish(trpt_json *json, trpt_json_token *token) {
  /* At the top level the end of the text may end a number. One more blank makes the engine return it. */
  if (json->inside == TRPT_INSIDE_NUMBER && json->depth == 0) {
    trpt_json_set_chunk(json, " ", 1, trpt_json_offset(json));
    const trpt_json_status status = trpt_json_next(json, token);
    if (status == TRPT_JSON_TOKEN) return status;
    json->cursor = json->end = json->end - 1;
  }
  token->offset = trpt_json_offset(json);
  return trpt_json_is_complete(json) ? TRPT_JSON_MORE : TRPT_JSON_BAD;
}

/* lib/json/json_string.c */
/* SPDX-License-Identifier: MIT */


#include <string.h>




enum { PLAIN, ESCAPE, JSON_STRING_HEX };

void trpt_string_begin(trpt_json_string *string, bool keep) {
  string->len = 0;
  string->string_errors = 0;
  string->high = 0;
  string->state = PLAIN;
  string->have = 0;
  string->lead.need = 0;
  string->keep = keep;
}

static void json_string_put(trpt_json_string *string, const void *bytes, size_t len) {
  if (!string->keep) return;
  const size_t room = string->capacity - string->len;
  if (len > room) len = room;
  memcpy(string->text + string->len, bytes, len);
  string->len += len;
}

static void json_string_add_error(trpt_json_string *string, uint32_t kind, uint64_t offset) {
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
  json_string_put(string, bytes, len);
}

static void put_replacement(trpt_json_string *string, uint32_t kind, uint64_t offset) {
  json_string_add_error(string, kind, offset);
  json_string_put(string, TRPT_UTF8_REPLACEMENT, sizeof TRPT_UTF8_REPLACEMENT - 1);
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
  if (trpt_is_noncharacter(codepoint)) json_string_add_error(string, TRPT_STRING_BAD_CODEPOINT, offset);
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
    json_string_add_error(string, TRPT_STRING_BAD_CODEPOINT, offset);
  json_string_put(string, string->bytes, string->have);
  string->have = 0;
}

/* Reads one byte of a multi-byte character. Returns false if the byte does not belong to it: the character was cut, and the
   byte must be read again. */
static bool json_string_read_character(trpt_json_string *string, unsigned char c, uint64_t offset) {
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
static char json_string_escaped(unsigned char c) {
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

static bool json_string_read_escape(trpt_json_string *string, unsigned char c) {
  if (c == 'u') {
    string->state = JSON_STRING_HEX;
    string->hex_left = 4;
    string->unit = 0;
    return true;
  }
  const char character = json_string_escaped(c);
  if (!character) return false;
  end_surrogate(string);
  json_string_put(string, &character, 1);
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
      if (!json_string_read_escape(string, c)) return TRPT_STRING_BAD;
      continue;
    }
    if (string->state == JSON_STRING_HEX) {
      if (!read_hex(string, c)) return TRPT_STRING_BAD;
      continue;
    }
    if (string->lead.need && json_string_read_character(string, c, offset)) continue;
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
    json_string_put(string, *p, (size_t)(run - *p));
    *p = run - 1;
  }
  return TRPT_STRING_MORE;
}

/* lib/json/lexer.c */
/* SPDX-License-Identifier: MIT */


static const struct lexer_literal {
  const char *text;
  uint8_t len;
  trpt_json_kind kind;
} lexer_literals[] = {{"null", 4, TRPT_JSON_NULL}, {"true", 4, TRPT_JSON_BOOLEAN}, {"false", 5, TRPT_JSON_BOOLEAN}};

const unsigned char trpt_byte_order_mark[] = {0xEF, 0xBB, 0xBF};

static trpt_json_status lexer_read_string(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  trpt_json_string *string = &json->string;
  const trpt_string_status status = trpt_string_read(string, &p, json->end, json->bias);
  if (status == TRPT_STRING_MORE) return trpt_lexer_cut(json, TRPT_INSIDE_STRING);
  if (status == TRPT_STRING_BAD) return trpt_lexer_bad(json, token, p);
  json->cursor = p;
  token->kind = TRPT_JSON_STRING;
  token->offset = json->start;
  token->string_errors = string->string_errors;
  token->error_offset = string->error_offset;
  token->text = (trpt_str){string->text, string->len};
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_lexer_string(trpt_json *json, trpt_json_token *token, const unsigned char *p, bool keep) {
  json->start = token->offset;
  trpt_string_begin(&json->string, keep);
  return lexer_read_string(json, token, p + 1);
}

static trpt_json_status read_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  if (!trpt_number_read(&json->number, &p, json->end)) return trpt_lexer_bad(json, token, p);
  if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NUMBER);
  json->cursor = p;
  token->kind = TRPT_JSON_NUMBER;
  token->offset = json->start;
  token->number = trpt_number_value(&json->number);
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_lexer_number(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  json->start = token->offset;
  trpt_number_begin(&json->number);
  return read_number(json, token, p);
}

static trpt_json_status lexer_read_literal(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const struct lexer_literal *lexer_literal = &lexer_literals[json->literal];
  for (; json->matched < lexer_literal->len; json->matched++, p++) {
    if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_LITERAL);
    if (*p != (unsigned char)lexer_literal->text[json->matched]) return trpt_lexer_bad(json, token, p);
  }
  json->cursor = p;
  token->kind = lexer_literal->kind;
  token->offset = json->start;
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_lexer_literal(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  json->start = token->offset;
  json->literal = *p == 'n' ? 0 : *p == 't' ? 1 : 2;
  json->matched = 0;
  return lexer_read_literal(json, token, p);
}

/* RFC 8259 s8.1: a sender must not put one there, a reader may ignore it. */
static trpt_json_status read_byte_order_mark(trpt_json *json, trpt_json_token *token) {
  const unsigned char *p = json->cursor;
  for (; json->matched < sizeof trpt_byte_order_mark; json->matched++, p++) {
    if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_BOM);
    if (*p != trpt_byte_order_mark[json->matched]) return trpt_lexer_bad(json, token, p);
  }
  json->cursor = p;
  token->offset = 0;
  return TRPT_JSON_BOM;
}

static trpt_json_status read_start(trpt_json *json, trpt_json_token *token, bool *resumed) {
  if (json->cursor == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_START);
  json->matched = 0;
  if (*json->cursor == trpt_byte_order_mark[0]) return read_byte_order_mark(json, token);
  *resumed = false;
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_lexer_resume(trpt_json *json, trpt_json_token *token, bool *resumed) {
  const uint8_t inside = json->inside;
  json->inside = TRPT_INSIDE_NOTHING;
  *resumed = true;
  switch (inside) {
  case TRPT_INSIDE_START: return read_start(json, token, resumed);
  case TRPT_INSIDE_BOM: return read_byte_order_mark(json, token);
  case TRPT_INSIDE_STRING: return lexer_read_string(json, token, json->cursor);
  case TRPT_INSIDE_NUMBER: return read_number(json, token, json->cursor);
  default: return lexer_read_literal(json, token, json->cursor);
  }
}

/* lib/json/number.c */
/* SPDX-License-Identifier: MIT */




/* States, named after what was read last. */
enum { START, MINUS, ZERO, INTEGER, POINT, FRACTION, E, E_SIGN, EXPONENT };

/* Larger than the number of digits in any possible input, so that no fraction can compensate it. */
#define EXPONENT_LIMIT (UINT64_C(1) << 62)

void trpt_number_begin(trpt_number_reader *reader) { *reader = (trpt_number_reader){0}; }

static bool multiply_add(uint64_t *value, uint64_t factor, uint64_t addend) {
  if (*value > (UINT64_MAX - addend) / factor) return false;
  *value = *value * factor + addend;
  return true;
}

/* Zeros wait until a digit follows, so that 1000…0e-99 stays exact. */
static void take_digit(trpt_number_reader *reader, unsigned digit) {
  if (digit == 0) {
    if (reader->digits) reader->zeros++;
    return;
  }
  for (; reader->zeros && !reader->overflow; reader->zeros--, reader->digits++)
    reader->overflow = !multiply_add(&reader->significand, 10, 0);
  reader->digits += reader->zeros + 1;
  reader->zeros = 0;
  if (!reader->overflow) reader->overflow = !multiply_add(&reader->significand, 10, digit);
}

static void take_exponent_digit(trpt_number_reader *reader, unsigned digit) {
  if (reader->exponent < EXPONENT_LIMIT / 16)
    reader->exponent = reader->exponent * 10 + digit;
  else
    reader->exponent = EXPONENT_LIMIT;
}

static void take_integer_digit(trpt_number_reader *reader, unsigned char c) {
  take_digit(reader, (unsigned)c - '0');
  if (reader->text_len < TRPT_NUMBER_DIGITS) reader->text[reader->text_len] = (char)c;
  if (reader->text_len <= TRPT_NUMBER_DIGITS) reader->text_len++;
}

/* The state after byte `c`, or -1 if the number ends before it. */
static int number_step(trpt_number_reader *reader, unsigned char c) {
  const bool digit = trpt_is_digit(c);
  const bool e = c == 'e' || c == 'E';
  switch (reader->state) {
  case START:
    if (c == '-') {
      reader->negative = true;
      return MINUS;
    }
    /* fall through */
  case MINUS:
    if (!digit) return -1;
    take_integer_digit(reader, c);
    return c == '0' ? ZERO : INTEGER;
  case INTEGER:
    if (digit) {
      take_integer_digit(reader, c);
      return INTEGER;
    }
    /* fall through */
  case ZERO: return c == '.' ? POINT : e ? E : -1;
  case FRACTION:
    if (e) return E;
    /* fall through */
  case POINT:
    if (!digit) return -1;
    take_digit(reader, (unsigned)c - '0');
    reader->fraction++;
    return FRACTION;
  case E:
    if (c == '+' || c == '-') {
      reader->exponent_negative = c == '-';
      return E_SIGN;
    }
    /* fall through */
  default: /* E_SIGN, EXPONENT */
    if (!digit) return -1;
    take_exponent_digit(reader, (unsigned)c - '0');
    return EXPONENT;
  }
}

bool trpt_number_is_whole(const trpt_number_reader *reader) {
  const uint8_t state = reader->state;
  return state == ZERO || state == INTEGER || state == FRACTION || state == EXPONENT;
}

bool trpt_number_read(trpt_number_reader *reader, const unsigned char **p, const unsigned char *end) {
  for (; *p < end; (*p)++) {
    const int state = number_step(reader, **p);
    if (state < 0) return trpt_number_is_whole(reader);
    reader->state = (uint8_t)state;
  }
  return true;
}

/* The power of ten to multiply the significand by. Both counts of digits are below 2^62, since each digit is a byte of
   input. */
static int64_t power(const trpt_number_reader *reader) {
  const int64_t exponent = reader->exponent_negative ? -(int64_t)reader->exponent : (int64_t)reader->exponent;
  return exponent - (int64_t)reader->fraction + (int64_t)reader->zeros;
}

/* RFC 7493 s2.2: more than 17 digits, an integer that has no exact double, or beyond 10^308 either way. */
static bool is_beyond_double(const trpt_number_reader *reader, const trpt_number *number) {
  if (reader->digits == 0) return false;
  if (reader->digits > 17) return true;
  if (number->class == TRPT_NUMBER_COUNT && number->value > TRPT_NUMBER_EXACT) return true;
  const int64_t magnitude = power(reader) + (int64_t)reader->digits;
  return magnitude > 308 || magnitude < -307;
}

trpt_number trpt_number_value(const trpt_number_reader *reader) {
  trpt_number number = {0, TRPT_NUMBER_COUNT, false, false};
  number.plain = !reader->negative && (reader->state == ZERO || reader->state == INTEGER);
  if (reader->digits) {
    int64_t zeros = power(reader);
    number.value = reader->significand;
    if (reader->negative)
      number.class = TRPT_NUMBER_NEGATIVE;
    else if (zeros < 0)
      number.class = TRPT_NUMBER_FRACTIONAL;
    else if (reader->overflow || zeros > 19)
      number.class = TRPT_NUMBER_HUGE;
    for (; number.class == TRPT_NUMBER_COUNT && zeros > 0; zeros--)
      if (!multiply_add(&number.value, 10, 0)) number.class = TRPT_NUMBER_HUGE;
    if (number.class != TRPT_NUMBER_COUNT) number.value = 0;
  }
  number.beyond_double = is_beyond_double(reader, &number);
  return number;
}

trpt_str trpt_number_text(const trpt_number_reader *reader) {
  if (reader->text_len > TRPT_NUMBER_DIGITS) return (trpt_str){NULL, 0};
  return (trpt_str){reader->text, reader->text_len};
}

bool trpt_number_read_digits(trpt_str text, uint64_t *value) {
  *value = 0;
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (!trpt_is_digit(c) || !multiply_add(value, 10, (uint64_t)c - '0')) return false;
  }
  return text.len != 0;
}
#undef EXPONENT_LIMIT

/* lib/model/key.c */
/* SPDX-License-Identifier: MIT */
/* The format of docs/key.md: each value is framed as its member's tag, its length and its bytes. */


#include <assert.h>
#include <string.h>




/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SCHEMA_H
#define TRPT_LIB_SCHEMA_H

/* The rows of schema.def as tables, for code that handles members one by one. */

#include <stdbool.h>
#include <stddef.h>



/* Objects and arrays of a report. */
typedef enum trpt_context {
  TRPT_IN_NOTHING, /* outside the report */
#define OBJECT(id, structure) TRPT_IN_##id,
#define ARRAY(id)             TRPT_IN_##id,
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
  TRPT_CONTEXT_COUNT
} trpt_context;

/* The members of an object, and of a structure, have consecutive numbers. Each marker has the number of the member
   after it. */
#define TRPT_MARK(marker) marker, TRPT_AFTER_##marker = (marker)-1,
typedef enum trpt_member {
  TRPT_MEMBER_NONE, /* not defined by the RFC */
#define STRUCTURE(id, type)                                                      TRPT_MARK(TRPT_FIRST_OF_##id)
#define OBJECT(id, structure)                                                    TRPT_MARK(TRPT_FIRST_IN_##id)
#define ARRAY(id)                                                                TRPT_MARK(TRPT_FIRST_IN_##id)
#define MEMBER(tag, id, object, name, type, field, number, has, required, check) TRPT_MEMBER_##id,
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
  /* Aliases come last, so that one comparison detects them. */
  TRPT_MARK(TRPT_FIRST_ALIAS)
#define ALIAS(id, member, name) TRPT_MEMBER_##id,
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
      TRPT_MEMBER_COUNT
} trpt_member;

#define TRPT_ALIAS_COUNT (TRPT_MEMBER_COUNT - TRPT_FIRST_ALIAS)

/* Sets of members. */
#define TRPT_MEMBER_BIT(member) (UINT32_C(1) << (member))

/* The public structures that hold the values of members. */
typedef enum trpt_structure {
#define STRUCTURE(id, type) TRPT_STRUCTURE_##id,
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
  TRPT_STRUCTURE_COUNT
} trpt_structure;

/* Types of members, described in schema.def. */
typedef enum trpt_member_type {
  TRPT_TYPE_STRING,
  TRPT_TYPE_POLICY_TYPE,
  TRPT_TYPE_RESULT_TYPE,
  TRPT_TYPE_TIME,
  TRPT_TYPE_COUNT, /* the types above store a text */
  TRPT_TYPE_LIST,
  TRPT_TYPE_OBJECT,
  TRPT_TYPE_ARRAY
} trpt_member_type;

typedef struct trpt_member_info {
  const char *name;
  uint8_t name_len;
  uint8_t tag;     /* identifies the member in the report key */
  uint8_t member;  /* its own number; for an alias, that of the real member, and the fields below are 0 */
  uint8_t context; /* the object that contains the member */
  uint8_t type;
  uint8_t inner;    /* the context of the value of a LIST, OBJECT or ARRAY */
  uint16_t field;   /* offset of the value in the object's structure: trpt_str, const trpt_str * or uint64_t */
  uint16_t number;  /* offset of the number: a type (int32_t), a time (int64_t) or the count of a list (uint32_t) */
  uint16_t present; /* offset of the structure's `present` */
  uint32_t has;     /* bit of the member in `present`; 0: none */
} trpt_member_info;

extern const trpt_member_info trpt_members[TRPT_MEMBER_COUNT];

/* The context around a context, and the member that opens it. Array elements are not opened by a member. */
typedef struct trpt_context_info {
  uint8_t parent;
  uint8_t opener;
  bool is_object; /* and not an array */
} trpt_context_info;

extern const trpt_context_info trpt_contexts[TRPT_CONTEXT_COUNT];

/* The members of a context are numbered from trpt_first_in[context], in the order of writing, up to the first of the
   next context. Arrays have none. */
extern const uint8_t trpt_first_in[TRPT_CONTEXT_COUNT + 1];

/* The same for the members of a public structure, including its objects and arrays. */
extern const uint8_t trpt_first_of[TRPT_STRUCTURE_COUNT + 1];

/* Loops over the members of a context or of a structure. */
#define TRPT_EACH_MEMBER(info, first, id)                                                                              \
  for (const trpt_member_info *info = &trpt_members[first[id]]; info < &trpt_members[first[(id) + 1]]; info++)
#define TRPT_EACH_IN(info, context)   TRPT_EACH_MEMBER(info, trpt_first_in, context)
#define TRPT_EACH_OF(info, structure) TRPT_EACH_MEMBER(info, trpt_first_of, structure)

static TRPT_INLINE const void *trpt_value_at(const void *structure, size_t offset) {
  return (const char *)structure + offset;
}

/* Whether the report contains the member with a readable type. false for members without a bit. */
static TRPT_INLINE bool trpt_is_present(const trpt_member_info *info, const void *structure) {
  return *(const uint32_t *)trpt_value_at(structure, info->present) & info->has;
}

static TRPT_INLINE bool trpt_has_text(const trpt_member_info *info) { return info->type < TRPT_TYPE_COUNT; }

/* Where a structure stores the text of a member, the strings of a LIST, or a COUNT. */
static TRPT_INLINE trpt_str *trpt_text_in(const trpt_member_info *info, void *structure) {
  return (trpt_str *)(void *)((char *)structure + info->field);
}
static TRPT_INLINE const trpt_str **trpt_strings_in(const trpt_member_info *info, void *structure) {
  return (const trpt_str **)(void *)((char *)structure + info->field);
}
static TRPT_INLINE uint64_t *trpt_count_in(const trpt_member_info *info, void *structure) {
  return (uint64_t *)(void *)((char *)structure + info->field);
}

/* The value of a member: its text, a COUNT, the Unix seconds of a TIME, the number of a POLICY_TYPE or RESULT_TYPE, and
   the strings of a LIST with their count. */
static TRPT_INLINE trpt_str trpt_text_of(const trpt_member_info *info, const void *structure) {
  return *(const trpt_str *)trpt_value_at(structure, info->field);
}
static TRPT_INLINE uint64_t trpt_count_of(const trpt_member_info *info, const void *structure) {
  return *(const uint64_t *)trpt_value_at(structure, info->field);
}
static TRPT_INLINE int64_t trpt_time_of(const trpt_member_info *info, const void *structure) {
  return *(const int64_t *)trpt_value_at(structure, info->number);
}
static TRPT_INLINE int32_t trpt_type_of(const trpt_member_info *info, const void *structure) {
  return *(const int32_t *)trpt_value_at(structure, info->number);
}
static TRPT_INLINE const trpt_str *trpt_strings_of(const trpt_member_info *info, const void *structure) {
  return *(const trpt_str *const *)trpt_value_at(structure, info->field);
}
static TRPT_INLINE uint32_t trpt_string_count_of(const trpt_member_info *info, const void *structure) {
  return *(const uint32_t *)trpt_value_at(structure, info->number);
}

#endif

/* "libtrpt-key-0001", as two little-endian words. */
#define KEY_0 UINT64_C(0x2D7470727462696C)
#define KEY_1 UINT64_C(0x313030302D79656B)

/* The values of trpt_key.state. Uninitialized memory matches neither. */
#define STATE_ADDING   UINT64_C(0x6B65792061646473)
#define STATE_COMPLETE UINT64_C(0x6B6579206F66616C)

static_assert(sizeof(trpt_siphash) == sizeof((trpt_key *)0)->policy, "trpt_key stores a whole hash");

/* The sum of powers of two equals their union only if all are different. */
static_assert((0
#define MEMBER(tag, ...) | UINT64_C(1) << (tag)
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
               ) == (0
#define MEMBER(tag, ...) +(UINT64_C(1) << (tag))
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
                     ),
              "tags are unique and below 64");

/* Flag in the tag of a time: unreadable, so the text is hashed. Without it, the Unix seconds are hashed. */
enum { TAG_UNREADABLE = 128 };

/* ---- frames ---- */

/* Adds a tag with the length of a text or the number of elements of a list. */
static TRPT_INLINE void add_head(trpt_siphash *hash, unsigned tag, uint64_t len) {
  trpt_siphash_add_word(hash, len << 8 | tag);
}

static TRPT_INLINE void key_add_text(trpt_siphash *hash, unsigned tag, trpt_str text) {
  add_head(hash, tag, text.len);
  trpt_siphash_add(hash, text.ptr, text.len);
}

static TRPT_INLINE void key_add_number(trpt_siphash *hash, unsigned tag, uint64_t number) {
  add_head(hash, tag, sizeof number);
  trpt_siphash_add_word(hash, number);
}

/* ---- values ---- */

static TRPT_INLINE void add_optional_text(trpt_siphash *hash, unsigned tag, trpt_str text) {
  if (text.ptr) key_add_text(hash, tag, text);
}

static TRPT_INLINE void add_time(trpt_siphash *hash, const trpt_member_info *info, const void *structure) {
  const int64_t seconds = trpt_time_of(info, structure);
  if (seconds != INT64_MIN)
    key_add_number(hash, info->tag, (uint64_t)seconds);
  else
    add_optional_text(hash, info->tag | TAG_UNREADABLE, trpt_text_of(info, structure));
}

static TRPT_INLINE bool add_list(trpt_siphash *hash, const trpt_member_info *info, const void *structure) {
  const trpt_str *texts = trpt_strings_of(info, structure);
  const uint32_t count = trpt_string_count_of(info, structure);
  add_head(hash, info->tag, count);
  for (uint32_t i = 0; i < count; i++) {
    if (!texts || !texts[i].ptr) return false;
    key_add_text(hash, info->tag, texts[i]);
  }
  return true;
}

/* Absent members add nothing. Members of future versions therefore do not change the key of reports without them. */
static bool add_values(trpt_siphash *hash, trpt_structure id, const void *structure) {
  trpt_siphash next = *hash; /* this copy stays in registers */
  TRPT_EACH_OF (info, id) {
    const bool is_present = trpt_is_present(info, structure);
    switch (info->type) {
    case TRPT_TYPE_TIME: add_time(&next, info, structure); break;
    case TRPT_TYPE_COUNT:
      if (is_present) key_add_number(&next, info->tag, trpt_count_of(info, structure));
      break;
    case TRPT_TYPE_LIST:
      if (is_present && !add_list(&next, info, structure)) return false;
      break;
    case TRPT_TYPE_OBJECT:
    case TRPT_TYPE_ARRAY:
      if (is_present) add_head(&next, info->tag, 0);
      break;
    default: add_optional_text(&next, info->tag, trpt_text_of(info, structure)); break;
    }
  }
  *hash = next;
  return true;
}

/* ---- events ---- */

static trpt_siphash key_load(const uint64_t words[5]) {
  trpt_siphash hash;
  memcpy(&hash, words, sizeof hash);
  return hash;
}

static void key_store(uint64_t words[5], const trpt_siphash *hash) { memcpy(words, hash, sizeof *hash); }

/* Adds the hash of an array element to the hash of the object that contains the array. */
static void fold(uint64_t into[5], trpt_member array, const trpt_siphash *element) {
  uint64_t digest[2];
  trpt_siphash hash = key_load(into);
  trpt_siphash_digest(element, NULL, 0, digest);
  add_head(&hash, trpt_members[array].tag, sizeof digest);
  trpt_siphash_add_word(&hash, digest[0]);
  trpt_siphash_add_word(&hash, digest[1]);
  key_store(into, &hash);
}

static void key_begin(uint64_t words[5]) {
  const trpt_siphash hash = trpt_siphash_begin(KEY_0, KEY_1);
  key_store(words, &hash);
}

trpt_status trpt_key_begin(trpt_key *key) {
  if (!key) return TRPT_E_ARGUMENT;
  trpt_clear(key, sizeof *key);
  key->state = STATE_ADDING;
  key_begin(key->report);
  key_begin(key->policy);
  return TRPT_OK;
}

static void end_failure(trpt_key *key, const trpt_siphash *hash) {
  fold(key->policy, TRPT_MEMBER_FAILURE_DETAILS, hash);
  key->failures++;
}

static void key_end_policy(trpt_key *key, const trpt_siphash *hash) {
  fold(key->report, TRPT_MEMBER_POLICIES, hash);
  key_begin(key->policy);
  key->failures = 0;
  key->policies++;
}

static void key_end_report(trpt_key *key, const trpt_siphash *hash) {
  key_store(key->report, hash);
  key->state = STATE_COMPLETE;
}

/* Adds a structure's values to `hash`, which `end` stores in the key. An error leaves the key unchanged. */
static trpt_status key_add(trpt_key *key, trpt_siphash hash, trpt_structure id, const void *structure,
                       void (*end)(trpt_key *key, const trpt_siphash *hash)) {
  if (!add_values(&hash, id, structure)) return TRPT_E_ARGUMENT;
  end(key, &hash);
  return TRPT_OK;
}

static trpt_status key_add_failure(trpt_key *key, const trpt_failure *failure) {
  if (!failure) return TRPT_E_ARGUMENT;
  return key_add(key, trpt_siphash_begin(KEY_0, KEY_1), TRPT_STRUCTURE_FAILURE, failure, end_failure);
}

static trpt_status key_add_policy(trpt_key *key, const trpt_policy *policy) {
  if (!policy) return TRPT_E_ARGUMENT;
  if (policy->failure_count != key->failures) return TRPT_E_STATE;
  return key_add(key, key_load(key->policy), TRPT_STRUCTURE_POLICY, policy, key_end_policy);
}

static trpt_status key_add_report(trpt_key *key, const trpt_metadata *metadata) {
  if (!metadata) return TRPT_E_ARGUMENT;
  if (key->failures || metadata->policy_count != key->policies) return TRPT_E_STATE;
  return key_add(key, key_load(key->report), TRPT_STRUCTURE_METADATA, metadata, key_end_report);
}

trpt_status trpt_key_add(trpt_key *key, const trpt_event *event) {
  if (!key || !event) return TRPT_E_ARGUMENT;
  if (key->state != STATE_ADDING) return TRPT_E_STATE;
  switch (event->type) {
  case TRPT_EVENT_FAILURE: return key_add_failure(key, event->failure);
  case TRPT_EVENT_POLICY: return key_add_policy(key, event->policy);
  case TRPT_EVENT_REPORT: return key_add_report(key, event->metadata);
  case TRPT_EVENT_DIAGNOSTIC: return TRPT_OK;
  default: return TRPT_E_ARGUMENT;
  }
}

trpt_status trpt_key_text(const trpt_key *key, char *buffer, size_t capacity, size_t *needed) {
  uint64_t digest[2];
  char text[TRPT_SIPHASH_TEXT_SIZE];
  if (needed) *needed = 0;
  if (!key) return TRPT_E_ARGUMENT;
  if (key->state != STATE_COMPLETE) return TRPT_E_STATE;
  const trpt_siphash hash = key_load(key->report);
  trpt_siphash_digest(&hash, NULL, 0, digest);
  trpt_siphash_text(digest, text);
  return trpt_text_to_buffer(text, sizeof text - 1, buffer, capacity, needed);
}
#undef KEY_0
#undef KEY_1
#undef STATE_ADDING
#undef STATE_COMPLETE
#undef MEMBER
#undef MEMBER

/* lib/model/model.c */
/* SPDX-License-Identifier: MIT */
#include <assert.h>


/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TYPES_H
#define TRPT_LIB_TYPES_H

/* The rows of policy_types.def and result_types.def as tables. The parser uses them for each failure. */

#include <stdbool.h>



/* Properties of a result type besides its group. */
enum {
  TRPT_TRAIT_LOSES_MAIL = 1,     /* senders do not deliver once MTA-STS is enforced, RFC 8461 s5 */
  TRPT_TRAIT_NEEDS_REASON = 2,   /* says little without a reason code, RFC 8460 s4.3.1 and s4.3.3 */
  TRPT_TRAIT_WITHOUT_POLICY = 4, /* belongs to a policy, but is also reported if no policy was found */
  TRPT_TRAIT_HIDES_POLICY = 8    /* the sender could not get the policy, so it has none to report */
};

typedef struct trpt_policy_type_row {
  trpt_str name;
  const char *title;
  trpt_result_group group;
} trpt_policy_type_row;

typedef struct trpt_result_type_row {
  trpt_str name;
  const char *description;
  trpt_result_group group;
  uint32_t traits;
} trpt_result_type_row;

/* Indexed by type. The first row is the unknown type. */
extern const trpt_policy_type_row trpt_policy_types[];
extern const trpt_result_type_row trpt_result_types[];

/* The functions below take only types that the library itself determined, which are always in the tables. */

static TRPT_INLINE bool trpt_result_type_needs_reason(trpt_result_type result) {
  return trpt_result_types[result].traits & TRPT_TRAIT_NEEDS_REASON;
}

static TRPT_INLINE bool trpt_result_type_hides_policy(trpt_result_type result) {
  return trpt_result_types[result].traits & TRPT_TRAIT_HIDES_POLICY;
}

/* Whether the result is about a policy, and not about a TLS session with an MX host. */
static TRPT_INLINE bool trpt_result_type_is_of_policy(trpt_result_type result) {
  const trpt_result_group group = trpt_result_types[result].group;
  return group == TRPT_GROUP_STS || group == TRPT_GROUP_DANE;
}

/* Whether the result is about another kind of policy than `policy`, under which it is reported, RFC 8460 s4.3.2. */
static TRPT_INLINE bool trpt_result_type_is_of_other_policy(trpt_result_type result, trpt_policy_type policy) {
  const trpt_result_type_row *row = &trpt_result_types[result];
  if (policy == TRPT_POLICY_UNKNOWN || !trpt_result_type_is_of_policy(result)) return false;
  if (policy == TRPT_POLICY_NO_POLICY_FOUND && row->traits & TRPT_TRAIT_WITHOUT_POLICY) return false;
  return row->group != trpt_policy_types[policy].group;
}

#endif

/* Short names for the traits column. */
enum {
  NONE = 0,
  LOSES_MAIL = TRPT_TRAIT_LOSES_MAIL,
  NEEDS_REASON = TRPT_TRAIT_NEEDS_REASON,
  WITHOUT_POLICY = TRPT_TRAIT_WITHOUT_POLICY,
  HIDES_POLICY = TRPT_TRAIT_HIDES_POLICY
};

const trpt_policy_type_row trpt_policy_types[] = {
    [TRPT_POLICY_UNKNOWN] = {{NULL, 0}, NULL, TRPT_GROUP_UNKNOWN},
#define POLICY_TYPE(id, name, title, group) [TRPT_POLICY_##id] = {TRPT_STR(name), title, group},
POLICY_TYPE(TLSA, "tlsa", "DANE", TRPT_GROUP_DANE)
POLICY_TYPE(STS, "sts", "MTA-STS", TRPT_GROUP_STS)
POLICY_TYPE(NO_POLICY_FOUND, "no-policy-found", "no policy found", TRPT_GROUP_UNKNOWN)
#undef POLICY_TYPE
};

/* Unknown types are assumed to lose mail. */
const trpt_result_type_row trpt_result_types[] = {
    [TRPT_RESULT_UNKNOWN] = {{NULL, 0},
                             "The sender reported a result type that RFC 8460 does not define. Look at the reason "
                             "code and the additional information.",
                             TRPT_GROUP_UNKNOWN,
                             LOSES_MAIL},
#define RESULT_TYPE(id, name, group, traits, description)                                                              \
  [TRPT_RESULT_##id] = {TRPT_STR(name), description, group, traits},
RESULT_TYPE(STARTTLS_NOT_SUPPORTED, "starttls-not-supported", TRPT_GROUP_NEGOTIATION, LOSES_MAIL,
        "The mail server did not offer STARTTLS. Check that TLS is enabled on this MX host, and that nothing in front of it "
        "strips STARTTLS from its EHLO reply.")
RESULT_TYPE(CERTIFICATE_HOST_MISMATCH, "certificate-host-mismatch", TRPT_GROUP_NEGOTIATION, LOSES_MAIL,
        "The mail server's certificate does not meet the policy, usually because it does not contain the MX host name. Check "
        "the subject alternative names of the certificate of this MX host.")
RESULT_TYPE(CERTIFICATE_NOT_TRUSTED, "certificate-not-trusted", TRPT_GROUP_NEGOTIATION, LOSES_MAIL | NEEDS_REASON,
        "The mail server's certificate does not chain to a trusted authority. Check that this MX host sends every "
        "intermediate certificate, and that a public authority issued them.")
RESULT_TYPE(CERTIFICATE_EXPIRED, "certificate-expired", TRPT_GROUP_NEGOTIATION, LOSES_MAIL,
        "The mail server's certificate has expired. Renew it, and check that the mail server on this MX host has loaded the "
        "new one.")
RESULT_TYPE(VALIDATION_FAILURE, "validation-failure", TRPT_GROUP_GENERAL, LOSES_MAIL | NEEDS_REASON,
        "TLS failed for a reason that no other result type covers. Look at the reason code, and try a TLS session with this "
        "MX host.")
RESULT_TYPE(STS_POLICY_FETCH_ERROR, "sts-policy-fetch-error", TRPT_GROUP_STS, HIDES_POLICY,
        "The MTA-STS policy could not be fetched. Check that https://mta-sts.<domain>/.well-known/mta-sts.txt answers with "
        "status 200 and no redirect.")
RESULT_TYPE(STS_POLICY_INVALID, "sts-policy-invalid", TRPT_GROUP_STS, NONE,
        "The MTA-STS policy was fetched but is not valid. Check its version, mode, max_age and mx lines against RFC "
        "8461 section 3.2.")
RESULT_TYPE(STS_WEBPKI_INVALID, "sts-webpki-invalid", TRPT_GROUP_STS, HIDES_POLICY,
        "The web server that holds the MTA-STS policy could not be authenticated. Check the name, chain and expiry of "
        "the certificate of mta-sts.<domain>.")
RESULT_TYPE(TLSA_INVALID, "tlsa-invalid", TRPT_GROUP_DANE, LOSES_MAIL,
        "None of the mail server's TLSA records could be used. Check that they match the certificate of this MX host, and "
        "update them whenever it is renewed.")
RESULT_TYPE(DNSSEC_INVALID, "dnssec-invalid", TRPT_GROUP_DANE, LOSES_MAIL | HIDES_POLICY,
        "The resolver returned no records that passed DNSSEC validation. Check the signatures and DS records of the domain "
        "and of the zone of this MX host.")
RESULT_TYPE(DANE_REQUIRED, "dane-required", TRPT_GROUP_DANE, LOSES_MAIL | WITHOUT_POLICY | HIDES_POLICY,
        "The sender requires DANE, but found no DNSSEC-validated TLSA records for the mail server. Publish TLSA records for "
        "this MX host in a signed zone.")
#undef RESULT_TYPE
};

enum {
#define POLICY_TYPE(id, name, title, group)               +1
#define RESULT_TYPE(id, name, group, traits, description) +1
  POLICY_TYPE_END = 1
POLICY_TYPE(TLSA, "tlsa", "DANE", TRPT_GROUP_DANE)
POLICY_TYPE(STS, "sts", "MTA-STS", TRPT_GROUP_STS)
POLICY_TYPE(NO_POLICY_FOUND, "no-policy-found", "no policy found", TRPT_GROUP_UNKNOWN)
  ,
  RESULT_TYPE_END = 1
RESULT_TYPE(STARTTLS_NOT_SUPPORTED, "starttls-not-supported", TRPT_GROUP_NEGOTIATION, LOSES_MAIL,
        "The mail server did not offer STARTTLS. Check that TLS is enabled on this MX host, and that nothing in front of it "
        "strips STARTTLS from its EHLO reply.")
RESULT_TYPE(CERTIFICATE_HOST_MISMATCH, "certificate-host-mismatch", TRPT_GROUP_NEGOTIATION, LOSES_MAIL,
        "The mail server's certificate does not meet the policy, usually because it does not contain the MX host name. Check "
        "the subject alternative names of the certificate of this MX host.")
RESULT_TYPE(CERTIFICATE_NOT_TRUSTED, "certificate-not-trusted", TRPT_GROUP_NEGOTIATION, LOSES_MAIL | NEEDS_REASON,
        "The mail server's certificate does not chain to a trusted authority. Check that this MX host sends every "
        "intermediate certificate, and that a public authority issued them.")
RESULT_TYPE(CERTIFICATE_EXPIRED, "certificate-expired", TRPT_GROUP_NEGOTIATION, LOSES_MAIL,
        "The mail server's certificate has expired. Renew it, and check that the mail server on this MX host has loaded the "
        "new one.")
RESULT_TYPE(VALIDATION_FAILURE, "validation-failure", TRPT_GROUP_GENERAL, LOSES_MAIL | NEEDS_REASON,
        "TLS failed for a reason that no other result type covers. Look at the reason code, and try a TLS session with this "
        "MX host.")
RESULT_TYPE(STS_POLICY_FETCH_ERROR, "sts-policy-fetch-error", TRPT_GROUP_STS, HIDES_POLICY,
        "The MTA-STS policy could not be fetched. Check that https://mta-sts.<domain>/.well-known/mta-sts.txt answers with "
        "status 200 and no redirect.")
RESULT_TYPE(STS_POLICY_INVALID, "sts-policy-invalid", TRPT_GROUP_STS, NONE,
        "The MTA-STS policy was fetched but is not valid. Check its version, mode, max_age and mx lines against RFC "
        "8461 section 3.2.")
RESULT_TYPE(STS_WEBPKI_INVALID, "sts-webpki-invalid", TRPT_GROUP_STS, HIDES_POLICY,
        "The web server that holds the MTA-STS policy could not be authenticated. Check the name, chain and expiry of "
        "the certificate of mta-sts.<domain>.")
RESULT_TYPE(TLSA_INVALID, "tlsa-invalid", TRPT_GROUP_DANE, LOSES_MAIL,
        "None of the mail server's TLSA records could be used. Check that they match the certificate of this MX host, and "
        "update them whenever it is renewed.")
RESULT_TYPE(DNSSEC_INVALID, "dnssec-invalid", TRPT_GROUP_DANE, LOSES_MAIL | HIDES_POLICY,
        "The resolver returned no records that passed DNSSEC validation. Check the signatures and DS records of the domain "
        "and of the zone of this MX host.")
RESULT_TYPE(DANE_REQUIRED, "dane-required", TRPT_GROUP_DANE, LOSES_MAIL | WITHOUT_POLICY | HIDES_POLICY,
        "The sender requires DANE, but found no DNSSEC-validated TLSA records for the mail server. Publish TLSA records for "
        "this MX host in a signed zone.")
#undef POLICY_TYPE
#undef RESULT_TYPE
};

/* Types are numbered from 1 without gaps. */
static_assert(sizeof trpt_policy_types / sizeof trpt_policy_types[0] == POLICY_TYPE_END, "a policy type has no row");
static_assert(sizeof trpt_result_types / sizeof trpt_result_types[0] == RESULT_TYPE_END, "a result type has no row");

trpt_policy_type trpt_policy_type_from_name(const char *name, size_t len) {
  if (!name) return TRPT_POLICY_UNKNOWN;
  for (trpt_policy_type type = 1; type < POLICY_TYPE_END; type++)
    if (trpt_str_equal(trpt_policy_types[type].name, name, len)) return type;
  return TRPT_POLICY_UNKNOWN;
}

/* The names differ so much in length that memcmp rarely runs more than once. */
trpt_result_type trpt_result_type_from_name(const char *name, size_t len) {
  if (!name) return TRPT_RESULT_UNKNOWN;
  for (trpt_result_type type = 1; type < RESULT_TYPE_END; type++)
    if (trpt_str_equal(trpt_result_types[type].name, name, len)) return type;
  return TRPT_RESULT_UNKNOWN;
}

/* Callers may pass any number. */
static const trpt_policy_type_row *policy_row(trpt_policy_type type) {
  return &trpt_policy_types[type > 0 && type < POLICY_TYPE_END ? type : TRPT_POLICY_UNKNOWN];
}

static const trpt_result_type_row *result_row(trpt_result_type type) {
  return &trpt_result_types[type > 0 && type < RESULT_TYPE_END ? type : TRPT_RESULT_UNKNOWN];
}

const char *trpt_policy_type_name(trpt_policy_type type) { return policy_row(type)->name.ptr; }

const char *trpt_policy_type_title(trpt_policy_type type) { return policy_row(type)->title; }

const char *trpt_result_type_name(trpt_result_type type) { return result_row(type)->name.ptr; }

const char *trpt_result_type_description(trpt_result_type type) { return result_row(type)->description; }

trpt_result_group trpt_result_type_group(trpt_result_type type) { return result_row(type)->group; }

int32_t trpt_result_type_loses_mail(trpt_result_type type) {
  return (result_row(type)->traits & TRPT_TRAIT_LOSES_MAIL) != 0;
}

uint32_t trpt_policy_type_count(void) { return POLICY_TYPE_END - 1; }

uint32_t trpt_result_type_count(void) { return RESULT_TYPE_END - 1; }

/* lib/model/mx_pattern.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MX_PATTERN_H
#define TRPT_LIB_MX_PATTERN_H

/* MX patterns of an MTA-STS policy, RFC 8461 s3.2 and s4.1, in `mx-host` and `policy-string` of a report. */



/* Whether the pattern begins with "*.", whatever follows. */
static TRPT_INLINE bool trpt_mx_pattern_is_wildcard(trpt_str pattern) {
  return pattern.len > 2 && pattern.ptr[0] == '*' && pattern.ptr[1] == '.';
}

/* Whether the pattern is a host name, with or without "*." in front: sts-policy-mx-value of RFC 8461 s3.2. A final dot
   is invalid. */
bool trpt_mx_pattern_is_valid(trpt_str pattern);

/* Removes the key from a pattern, since some senders copy the whole policy line "mx: *.example.com" to `mx-host`.
   Ignores the case of the key, so that the pattern still matches. Inline, because each failure is compared with each
   pattern. */
static TRPT_INLINE trpt_str trpt_mx_pattern_without_key(trpt_str pattern) {
  static const char key[] = "mx:";
  const size_t len = sizeof key - 1;
  if (pattern.len < len || pattern.ptr[len - 1] != ':' || !trpt_equal_nocase(pattern.ptr, key, len)) return pattern;
  return trpt_skip_wsp(trpt_str_from(pattern, len));
}

#endif



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_HOSTNAME_H
#define TRPT_LIB_HOSTNAME_H

/* The one rule for host names: labels of letters, digits and inner hyphens, separated by dots (RFC 952, RFC 1123 s2.1).
   Underscores are legal in the DNS but not in a host name, and a U-label must be converted to an A-label first. The
   rule does not allow a final dot; callers that do remove it with trpt_host_without_dot. */

#include <stdbool.h>



/* RFC 1035 s2.3.4. A name of 255 octets on the wire has 253 bytes as text. */
enum { TRPT_HOST_MAX_LEN = 253, TRPT_LABEL_MAX_LEN = 63 };

/* The labels in front of a domain where its record is, RFC 8460 s3. */
#define TRPT_RECORD_LABELS "_smtp._tls"

/* What is wrong with a name. TOO_LONG takes precedence, then the first fault in the text. */
typedef enum trpt_host_verdict {
  TRPT_HOST_GOOD,
  TRPT_HOST_TOO_LONG,   /* more than TRPT_HOST_MAX_LEN bytes */
  TRPT_HOST_LONG_LABEL, /* a label has more than TRPT_LABEL_MAX_LEN bytes */
  TRPT_HOST_BAD_LABEL,  /* a label is empty, or has an invalid byte or a hyphen at an edge */
  TRPT_HOST_ADDRESS     /* the last label is a number, as in an IPv4 address, RFC 1123 s2.1 */
} trpt_host_verdict;

trpt_host_verdict trpt_host_check(trpt_str name);

static TRPT_INLINE bool trpt_host_is_valid(trpt_str name) { return trpt_host_check(name) == TRPT_HOST_GOOD; }

/* The name without one final dot. */
static TRPT_INLINE trpt_str trpt_host_without_dot(trpt_str name) {
  if (name.len && name.ptr[name.len - 1] == '.') name.len--;
  return name;
}

/* Whether two names are equal, ignoring ASCII case and one final dot. Empty names are never equal. The names need not
   be valid. */
bool trpt_host_equal(trpt_str a, trpt_str b);

/* Whether `name` equals `parent` or is below it, compared in the same way. */
bool trpt_host_is_within(trpt_str name, trpt_str parent);

#endif

bool trpt_mx_pattern_is_valid(trpt_str pattern) {
  if (trpt_mx_pattern_is_wildcard(pattern)) pattern = trpt_str_from(pattern, 2);
  return trpt_host_is_valid(pattern);
}

/* The name without its first label. Absent if that label is empty or the only one. */
static trpt_str after_first_label(trpt_str name) {
  const char *dot = memchr(name.ptr, '.', name.len);
  if (!dot || dot == name.ptr) return (trpt_str){NULL, 0};
  return trpt_str_from(name, (size_t)(dot - name.ptr) + 1);
}

int32_t trpt_mx_match(const char *pattern, size_t pattern_len, const char *host, size_t host_len) {
  if (!pattern || !host) return 0;
  trpt_str wanted = {pattern, pattern_len};
  trpt_str name = {host, host_len};
  /* A wildcard is the whole left-most label and matches exactly one label, RFC 8461 s4.1. */
  if (trpt_mx_pattern_is_wildcard(wanted)) {
    wanted = trpt_str_from(wanted, 2);
    name = after_first_label(name);
  }
  return trpt_host_equal(wanted, name);
}

/* lib/model/schema.c */
/* SPDX-License-Identifier: MIT */


#include <assert.h>

/* The structure of each object. */
#define STRUCTURE(id, type)   typedef type structure_##id;
#define OBJECT(id, structure) typedef structure_##structure object_##id;
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS

/* The offsets of each type of member. */
#define OFFSETS(inner, field, number)                  inner, field, number
#define TEXT(id, object, field)                        OFFSETS(0, offsetof(object_##object, field), 0)
#define NAMED(id, object, field, number)               OFFSETS(0, offsetof(object_##object, field), offsetof(object_##object, number))
#define OFFSETS_STRING(id, object, field, number)      TEXT(id, object, field)
#define OFFSETS_POLICY_TYPE(id, object, field, number) NAMED(id, object, field, number)
#define OFFSETS_RESULT_TYPE(id, object, field, number) NAMED(id, object, field, number)
#define OFFSETS_TIME(id, object, field, number)        NAMED(id, object, field, number)
#define OFFSETS_COUNT(id, object, field, number)       TEXT(id, object, field)
#define OFFSETS_LIST(id, object, field, number)                                                                        \
  OFFSETS(TRPT_IN_##id, offsetof(object_##object, field), offsetof(object_##object, number))
#define OFFSETS_OBJECT(id, object, field, number) OFFSETS(TRPT_IN_##field, 0, 0)
#define OFFSETS_ARRAY(id, object, field, number)  OFFSETS(TRPT_IN_##field, 0, 0)

const trpt_member_info trpt_members[TRPT_MEMBER_COUNT] = {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  [TRPT_MEMBER_##id] = {name,                                                                                          \
                        sizeof name - 1,                                                                               \
                        tag,                                                                                           \
                        TRPT_MEMBER_##id,                                                                              \
                        TRPT_IN_##object,                                                                              \
                        TRPT_TYPE_##type,                                                                              \
                        OFFSETS_##type(id, object, field, number),                                                     \
                        offsetof(object_##object, present),                                                            \
                        has},
#define ALIAS(id, member, name)                                                                                        \
  [TRPT_MEMBER_##id] = {name, sizeof name - 1, 0, TRPT_MEMBER_##member, 0, 0, 0, 0, 0, 0, 0},
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
};

const trpt_context_info trpt_contexts[TRPT_CONTEXT_COUNT] = {
#define OPENS_STRING(id, object, inner)
#define OPENS_POLICY_TYPE(id, object, inner)
#define OPENS_RESULT_TYPE(id, object, inner)
#define OPENS_TIME(id, object, inner)
#define OPENS_COUNT(id, object, inner)
#define OPENS_LIST(id, object, inner)   [TRPT_IN_##id] = {TRPT_IN_##object, TRPT_MEMBER_##id, false},
#define OPENS_OBJECT(id, object, inner) [TRPT_IN_##inner] = {TRPT_IN_##object, TRPT_MEMBER_##id, true},
#define OPENS_ARRAY(id, object, inner)  [TRPT_IN_##inner] = {TRPT_IN_##object, TRPT_MEMBER_##id, false},
#define ELEMENT(object, array)          [TRPT_IN_##object] = {TRPT_IN_##array, TRPT_MEMBER_NONE, true},
#define MEMBER(tag, id, object, name, type, field, number, has, required, check) OPENS_##type(id, object, field)
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
    [TRPT_IN_REPORT] = {TRPT_IN_NOTHING, TRPT_MEMBER_NONE, true},
};

const uint8_t trpt_first_in[TRPT_CONTEXT_COUNT + 1] = {
    [TRPT_IN_NOTHING] = TRPT_MEMBER_NONE + 1,
#define OBJECT(id, structure) [TRPT_IN_##id] = TRPT_FIRST_IN_##id,
#define ARRAY(id)             [TRPT_IN_##id] = TRPT_FIRST_IN_##id,
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
    [TRPT_CONTEXT_COUNT] = TRPT_FIRST_ALIAS,
};

const uint8_t trpt_first_of[TRPT_STRUCTURE_COUNT + 1] = {
#define STRUCTURE(id, type) [TRPT_STRUCTURE_##id] = TRPT_FIRST_OF_##id,
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
    [TRPT_STRUCTURE_COUNT] = TRPT_FIRST_ALIAS,
};

static_assert(TRPT_MEMBER_COUNT <= 32, "sets of members have 32 bits");
#define STRUCTURE(id, type) static_assert(sizeof(type) <= UINT16_MAX, "offsets within " #type " fit a member's row");
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  static_assert(sizeof name - 1 <= UINT8_MAX && (tag) <= UINT8_MAX, "the name and the tag of " name " fit its row");
#define ALIAS(id, member, name) static_assert(sizeof name - 1 <= UINT8_MAX, "the length of " name " fits its row");
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS

/* ---- compile-time checks: each field has the right type and exactly one row ---- */

#define IS_A(wanted, object, field)             _Generic(((object_##object *)0)->field, wanted : 1, default : 0)
#define FITS_TEXT(object, field)                IS_A(trpt_str, object, field)
#define FITS_STRING(object, field, number)      FITS_TEXT(object, field)
#define FITS_POLICY_TYPE(object, field, number) FITS_TEXT(object, field) && IS_A(trpt_policy_type, object, number)
#define FITS_RESULT_TYPE(object, field, number) FITS_TEXT(object, field) && IS_A(trpt_result_type, object, number)
#define FITS_TIME(object, field, number)        FITS_TEXT(object, field) && IS_A(int64_t, object, number)
#define FITS_COUNT(object, field, number)       IS_A(uint64_t, object, field)
#define FITS_LIST(object, field, number)        IS_A(const trpt_str *, object, field) && IS_A(uint32_t, object, number)
#define FITS_OBJECT(object, field, number)      1
#define FITS_ARRAY(object, field, number)       1
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  static_assert(FITS_##type(object, field, number), "the type of " name);
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS

/* Structures with the size of all fields that rows name. They consist of bytes, so they have no padding. Fields that
   are not members of a report have no row, and are listed below. */
#define COPY(object, field)                     char field[sizeof(((object_##object *)0)->field)];
#define COPY_STRING(object, field, number)      COPY(object, field)
#define COPY_POLICY_TYPE(object, field, number) COPY(object, field) COPY(object, number)
#define COPY_RESULT_TYPE(object, field, number) COPY(object, field) COPY(object, number)
#define COPY_TIME(object, field, number)        COPY(object, field) COPY(object, number)
#define COPY_COUNT(object, field, number)       COPY(object, field)
#define COPY_LIST(object, field, number)        COPY(object, field) COPY(object, number)
#define COPY_OBJECT(object, field, number)
#define COPY_ARRAY(object, field, number)
#define STRUCTURE(id, type)                                                      typedef struct {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check) COPY_##type(object, field, number)
#define STRUCTURE_END(id)                                                                                              \
  }                                                                                                                    \
  covered_##id;
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS

#define SIZE(type, field) sizeof(((type *)0)->field)
#define COVERS(id, type, others)                                                                                       \
  static_assert(sizeof(covered_##id) + (others) == sizeof(type), "each field of " #type " needs exactly one row, or "  \
                                                                 "a line in the list")
COVERS(METADATA, trpt_metadata,
       SIZE(trpt_metadata, failure_count) + SIZE(trpt_metadata, policy_count) + SIZE(trpt_metadata, present) +
           SIZE(trpt_metadata, error_count) + SIZE(trpt_metadata, warning_count) + SIZE(trpt_metadata, info_count) +
           SIZE(trpt_metadata, reserved));
COVERS(POLICY, trpt_policy, SIZE(trpt_policy, index) + SIZE(trpt_policy, failure_count) + SIZE(trpt_policy, present));
COVERS(FAILURE, trpt_failure,
       SIZE(trpt_failure, policy_index) + SIZE(trpt_failure, index) + SIZE(trpt_failure, present));
#undef STRUCTURE
#undef OBJECT
#undef OFFSETS
#undef TEXT
#undef NAMED
#undef OFFSETS_STRING
#undef OFFSETS_POLICY_TYPE
#undef OFFSETS_RESULT_TYPE
#undef OFFSETS_TIME
#undef OFFSETS_COUNT
#undef OFFSETS_LIST
#undef OFFSETS_OBJECT
#undef OFFSETS_ARRAY
#undef MEMBER
#undef ALIAS
#undef OBJECT
#undef ARRAY
#undef STRUCTURE
#undef STRUCTURE
#undef MEMBER
#undef ALIAS
#undef IS_A
#undef FITS_TEXT
#undef FITS_STRING
#undef FITS_POLICY_TYPE
#undef FITS_RESULT_TYPE
#undef FITS_TIME
#undef FITS_COUNT
#undef FITS_LIST
#undef FITS_OBJECT
#undef FITS_ARRAY
#undef MEMBER
#undef COPY
#undef COPY_STRING
#undef COPY_POLICY_TYPE
#undef COPY_RESULT_TYPE
#undef COPY_TIME
#undef COPY_COUNT
#undef COPY_LIST
#undef COPY_OBJECT
#undef COPY_ARRAY
#undef STRUCTURE
#undef MEMBER
#undef STRUCTURE_END
#undef SIZE
#undef COVERS

/* lib/model/sts.c */
/* SPDX-License-Identifier: MIT */




enum { STS_NAME_MAX_LEN = 32 };

/* The characters of sts-policy-ext-name in RFC 8461 s3.2, which also matches the four defined names. A name begins with
   a character of class 1 and continues with classes 1 and 2. */
static const uint8_t name_classes[256] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1,
    ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1,
    ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1,
    ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1,
    ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1,
    ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1,
    ['y'] = 1, ['z'] = 1, ['_'] = 2, ['-'] = 2, ['.'] = 2,
};

/* The length without the line end, LF or CRLF, and without whitespace before it. */
static size_t len_without_line_end(const char *line, size_t len) {
  if (len > 0 && line[len - 1] == '\n') len--;
  if (len > 0 && line[len - 1] == '\r') len--;
  while (len > 0 && trpt_is_wsp(line[len - 1])) len--;
  return len;
}

/* The length of the name at the start of the line; 0 if there is none. */
static size_t name_len_at(const char *line, size_t len) {
  if (len == 0 || name_classes[(unsigned char)line[0]] != 1) return 0;
  size_t name_len = 1;
  while (name_len < len && name_classes[(unsigned char)line[name_len]] != 0) name_len++;
  return name_len <= STS_NAME_MAX_LEN ? name_len : 0;
}

/* sts-policy-ext-value, without validation of UTF-8: not empty, and no control characters. */
static bool is_value(const char *value, size_t len) {
  for (size_t i = 0; i < len; i++)
    if ((unsigned char)value[i] < 0x20 || value[i] == 0x7F) return false;
  return len > 0;
}

trpt_status trpt_sts_line_parse(const char *line, size_t len, trpt_str *key, trpt_str *value) {
  if (key) *key = (trpt_str){NULL, 0};
  if (value) *value = (trpt_str){NULL, 0};
  if (!line || !key || !value) return TRPT_E_ARGUMENT;
  const size_t end = len_without_line_end(line, len);
  const size_t name_len = name_len_at(line, end);
  if (name_len == 0 || name_len == end || line[name_len] != ':') return TRPT_E_SYNTAX;
  size_t begin = name_len + 1; /* sts-policy-field-delim = ":" *WSP */
  while (begin < end && trpt_is_wsp(line[begin])) begin++;
  if (!is_value(line + begin, end - begin)) return TRPT_E_SYNTAX;
  *key = (trpt_str){line, name_len};
  *value = (trpt_str){line + begin, end - begin};
  return TRPT_OK;
}

static const char *const modes[] = {
    [TRPT_STS_MODE_UNKNOWN] = NULL,
    [TRPT_STS_MODE_NONE] = "none",
    [TRPT_STS_MODE_TESTING] = "testing",
    [TRPT_STS_MODE_ENFORCE] = "enforce",
};

enum { MODES = sizeof modes / sizeof modes[0] };

trpt_sts_mode trpt_sts_mode_from_name(const char *name, size_t len) {
  if (!name) return TRPT_STS_MODE_UNKNOWN;
  for (trpt_sts_mode mode = 1; mode < MODES; mode++)
    if (trpt_str_equal((trpt_str){name, len}, modes[mode], strlen(modes[mode]))) return mode;
  return TRPT_STS_MODE_UNKNOWN;
}

/* Removes the first line, including its LF, from `*text` and returns it. */
static trpt_str take_line(trpt_str *text) {
  const char *feed = memchr(text->ptr, '\n', text->len);
  const trpt_str line = {text->ptr, feed ? (size_t)(feed - text->ptr) + 1 : text->len};
  *text = trpt_str_from(*text, line.len);
  return line;
}

/* Sets `*mode` to the mode of the first `mode` line. Returns false if there is none. */
static bool find_mode(trpt_str lines, trpt_sts_mode *mode) {
  while (lines.len) {
    trpt_str key, value;
    const trpt_str line = take_line(&lines);
    if (trpt_sts_line_parse(line.ptr, line.len, &key, &value) != TRPT_OK || !trpt_str_equal(key, "mode", 4)) continue;
    *mode = trpt_sts_mode_from_name(value.ptr, value.len);
    return true;
  }
  return false;
}

trpt_sts_mode trpt_policy_mode(const trpt_policy *policy) {
  trpt_sts_mode mode = TRPT_STS_MODE_UNKNOWN;
  if (!policy || policy->type != TRPT_POLICY_STS || !policy->strings) return mode;
  for (uint32_t i = 0; i < policy->string_count; i++)
    if (find_mode(policy->strings[i], &mode)) break;
  return mode;
}

const char *trpt_sts_mode_name(trpt_sts_mode mode) { return mode > 0 && mode < MODES ? modes[mode] : NULL; }

/* lib/model/sts_lines.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_STS_LINES_H
#define TRPT_LIB_STS_LINES_H

/* An MTA-STS policy in one string: its lines joined by line ends or by blanks. */




/* The keys of RFC 8461 s3.2. */
enum { TRPT_STS_MX, TRPT_STS_MODE, TRPT_STS_VERSION, TRPT_STS_MAX_AGE, TRPT_STS_KEYS };
extern const trpt_str trpt_sts_keys[TRPT_STS_KEYS];

/* Whether the text begins with a line that has one of these keys, and at least two lines have one. */
bool trpt_sts_is_joined(trpt_str text);

/* Removes the first line from `*rest`, which is absent after the last one, and returns it without blanks around it. It ends at an
   LF, or at blanks before one of the keys. It may be empty. */
trpt_str trpt_sts_next_line(trpt_str *rest);

static TRPT_INLINE trpt_block trpt_sts_colons(trpt_block v) { return trpt_block_is(v, ':'); }

/* Whether a text that is not empty may have two colons: false for nearly all single lines. */
static TRPT_INLINE bool trpt_sts_has_colons(trpt_str text) {
  if (text.len > TRPT_SCAN_MOST) return true;
  const uint64_t colons = trpt_scan_bits(text.ptr, text.len, trpt_sts_colons);
  return colons & (colons - 1);
}

#endif

const trpt_str trpt_sts_keys[TRPT_STS_KEYS] = {
    [TRPT_STS_MX] = TRPT_STR("mx"),
    [TRPT_STS_MODE] = TRPT_STR("mode"),
    [TRPT_STS_VERSION] = TRPT_STR("version"),
    [TRPT_STS_MAX_AGE] = TRPT_STR("max_age"),
};

/* sts-policy-field-delim = ":" *WSP: nothing is between a key and its colon. */
static TRPT_INLINE bool sts_lines_has_key(trpt_str line) {
  if (!line.len || (*line.ptr != 'm' && *line.ptr != 'v')) return false;
  for (size_t i = 0; i < TRPT_STS_KEYS; i++) {
    const trpt_str key = trpt_sts_keys[i];
    if (line.len > key.len && line.ptr[key.len] == ':' && memcmp(line.ptr, key.ptr, key.len) == 0) return true;
  }
  return false;
}

/* Whether a line ends at this byte, which is not above a blank. A key without a value is not followed by another one in its line. */
static bool ends_line(trpt_str text, size_t at) {
  if (text.ptr[at] == '\n') return true;
  if (!trpt_is_wsp(text.ptr[at]) || !sts_lines_has_key(trpt_str_from(text, at + 1))) return false;
  const trpt_str before = trpt_trim_trailing_space((trpt_str){text.ptr, at});
  return before.len && before.ptr[before.len - 1] != ':';
}

trpt_str trpt_sts_next_line(trpt_str *rest) {
  trpt_str line = *rest;
  size_t end = 0;
  while (end < line.len && ((unsigned char)line.ptr[end] > ' ' || !ends_line(line, end))) end++;
  *rest = end < line.len ? trpt_str_from(line, end + 1) : (trpt_str){NULL, 0};
  line.len = end;
  return trpt_trim_space(line);
}

bool trpt_sts_is_joined(trpt_str text) {
  unsigned keys = 0;
  text = trpt_trim_space(text);
  if (!sts_lines_has_key(text)) return false;
  while (text.ptr && keys < 2) keys += sts_lines_has_key(trpt_sts_next_line(&text));
  return keys == 2;
}

/* lib/model/time.c */
/* SPDX-License-Identifier: MIT */


/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DATETIME_H
#define TRPT_LIB_DATETIME_H

/* The parser of date-times, for callers that also need to know the form. The file is not called time.h because that
   would hide the header of the C library. */

#include <stdbool.h>



/* The form of a date-time. */
enum {
  TRPT_DATETIME_NO_ZONE = 1,    /* has no time-offset, against RFC 3339; read as UTC */
  TRPT_DATETIME_LOWER_CASE = 2, /* has `t` or `z`, which RFC 3339 allows and RFC 7493 s4.3 advises against */
  TRPT_DATETIME_OTHER = 4,      /* is not of RFC 3339, but no other instant can be meant */
  TRPT_DATETIME_DATE = 8        /* is a date alone; also has OTHER */
};

/* Parses a date-time of RFC 3339 s5.6, whose time-offset may be absent. Also parses these other forms: one blank for the "T",
   an offset without its colon, a time without seconds, a date alone (its first second), and Unix seconds of 1 to 11 digits.
   For any other text, returns false and leaves the out-parameters unchanged. */
bool trpt_datetime_read(const char *text, size_t len, int64_t *seconds, unsigned *form);

#endif

/* One function per rule of RFC 3339 s5.6, in the order of the RFC. Years follow the proleptic Gregorian calendar. */

enum { SECONDS_PER_MINUTE = 60, SECONDS_PER_HOUR = 3600, TIME_SECONDS_PER_DAY = 86400 };

#define FIRST_SECOND INT64_C(-62167219200) /* 0000-01-01T00:00:00Z */
#define LAST_SECOND  INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

enum { DAYS_TO_1970 = 719468 }; /* from 0000-03-01 to 1970-01-01 */
enum { DAYS_PER_ERA = 146097 }; /* an era has 400 years, after which the calendar repeats */

typedef struct time_cursor {
  const char *at;
  const char *end;
} time_cursor;

/* Consumes a number of `count` digits. */
static bool take_number(time_cursor *c, int count, int *number) {
  if (c->end - c->at < count) return false;
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (!trpt_is_digit((unsigned char)c->at[i])) return false;
    value = value * 10 + (c->at[i] - '0');
  }
  c->at += count;
  *number = value;
  return true;
}

static bool time_take_byte(time_cursor *c, char byte) {
  if (c->at == c->end || *c->at != byte) return false;
  c->at++;
  return true;
}

/* Consumes a letter in either case, as RFC 3339 s5.6 allows. */
static bool take_letter(time_cursor *c, char upper, unsigned *form) {
  if (time_take_byte(c, upper)) return true;
  if (!time_take_byte(c, (char)(upper | 0x20))) return false;
  *form |= TRPT_DATETIME_LOWER_CASE;
  return true;
}

static bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int days_of_month(int year, int month) {
  static const uint8_t days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : days[month];
}

/* Days since 1970-01-01. Years begin in March here. The leap day is then the last day of a year, and every five months
   have 153 days. */
static int32_t days_from_date(int year, int month, int day) {
  const int from_march = month > 2 ? month - 3 : month + 9;
  const int shifted = month > 2 ? year : year - 1;
  int era = (shifted + 400) / 400 - 1; /* rounds down, even for year -1 */
  const int year_of_era = shifted - era * 400;
  const int day_of_year = (153 * from_march + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

/* Returns false if there is no such date. */
static bool day_of_date(int year, int month, int day, int32_t *days) {
  if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month)) return false;
  *days = days_from_date(year, month, day);
  return true;
}

/* Returns false if there is no such time. Second 60 is valid in any minute, because future leap seconds (s5.7) are unknown. */
static bool second_of_clock(int hour, int minute, int second, int32_t *seconds) {
  if (hour > 23 || minute > 59 || second > 60) return false;
  *seconds = hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE + second;
  return true;
}

/* full-date = date-fullyear "-" date-month "-" date-mday */
static bool take_full_date(time_cursor *c, int32_t *days) {
  int year, month, day;
  return take_number(c, 4, &year) && time_take_byte(c, '-') && take_number(c, 2, &month) && time_take_byte(c, '-') &&
         take_number(c, 2, &day) && day_of_date(year, month, day, days);
}

/* time-secfrac = "." 1*DIGIT. The fraction is ignored. */
static bool take_secfrac(time_cursor *c) {
  if (!time_take_byte(c, '.')) return true;
  const char *digits = c->at;
  while (c->at < c->end && trpt_is_digit((unsigned char)*c->at)) c->at++;
  return c->at > digits;
}

/* What another form has in place of what RFC 3339 requires. */
static bool take_other(bool is_there, unsigned *form) {
  if (is_there) *form |= TRPT_DATETIME_OTHER;
  return is_there;
}

/* partial-time = time-hour ":" time-minute ":" time-second [time-secfrac]. Another form has no seconds. */
static bool take_partial_time(time_cursor *c, int32_t *seconds, unsigned *form) {
  int hour, minute, second = 0;
  if (!take_number(c, 2, &hour) || !time_take_byte(c, ':') || !take_number(c, 2, &minute)) return false;
  const bool has_seconds = time_take_byte(c, ':');
  if (has_seconds && (!take_number(c, 2, &second) || !take_secfrac(c))) return false;
  take_other(!has_seconds, form);
  return second_of_clock(hour, minute, second, seconds);
}

/* time-offset = "Z" / ("+" / "-") time-hour ":" time-minute. "-00:00" means UTC with an unknown local offset (s4.3). */
static bool take_offset(time_cursor *c, int32_t *offset, unsigned *form) {
  *offset = 0;
  if (c->at == c->end) {
    *form |= TRPT_DATETIME_NO_ZONE;
    return true;
  }
  if (take_letter(c, 'Z', form)) return true;
  const bool is_west = time_take_byte(c, '-');
  if (!is_west && !time_take_byte(c, '+')) return false;
  int hour, minute;
  if (!take_number(c, 2, &hour)) return false;
  if (!time_take_byte(c, ':')) take_other(true, form);
  if (!take_number(c, 2, &minute) || !second_of_clock(hour, minute, 0, offset)) return false;
  if (is_west) *offset = -*offset;
  return true;
}

/* Another form: seconds since 1970. More digits would be milliseconds. */
static bool read_unix_seconds(const char *text, size_t len, int64_t *seconds, unsigned *form) {
  enum { MAX_DIGITS = 11 };
  int64_t value = 0;
  if (len == 0 || len > MAX_DIGITS) return false;
  for (size_t i = 0; i < len; i++) {
    if (!trpt_is_digit((unsigned char)text[i])) return false;
    value = value * 10 + (text[i] - '0');
  }
  *seconds = value;
  return take_other(true, form);
}

static bool take_separator(time_cursor *c, unsigned *form) {
  return take_letter(c, 'T', form) || take_other(time_take_byte(c, ' '), form);
}

static int time_two_digits(const char *text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

/* "YYYY-MM-DDTHH:MM:SSZ", as nearly all senders write it. Returns false for anything else. */
static bool read_usual(const char *text, size_t len, int64_t *seconds) {
  static const char usual[] = "0000-00-00T00:00:00Z";
  enum { DIGITS = 0x6DB6F }; /* bit i: byte i is a digit */
  int32_t days, second;
  if (len != sizeof usual - 1 || trpt_scan_bits(text, len, trpt_block_digits) != DIGITS) return false;
  for (size_t i = 4; i < sizeof usual; i += 3)
    if (text[i] != usual[i]) return false;
  if (!day_of_date(time_two_digits(text) * 100 + time_two_digits(text + 2), time_two_digits(text + 5), time_two_digits(text + 8), &days) ||
      !second_of_clock(time_two_digits(text + 11), time_two_digits(text + 14), time_two_digits(text + 17), &second))
    return false;
  *seconds = (int64_t)days * TIME_SECONDS_PER_DAY + second;
  return true;
}

/* date-time = full-date "T" full-time */
bool trpt_datetime_read(const char *text, size_t len, int64_t *seconds, unsigned *form) {
  time_cursor c = {text, text + len};
  unsigned seen = 0;
  int32_t days, second = 0, offset = 0;
  if (read_usual(text, len, seconds)) {
    *form = 0;
    return true;
  }
  if (!take_full_date(&c, &days)) return read_unix_seconds(text, len, seconds, form);
  if (c.at == c.end)
    seen = TRPT_DATETIME_OTHER | TRPT_DATETIME_DATE;
  else if (!take_separator(&c, &seen) || !take_partial_time(&c, &second, &seen) || !take_offset(&c, &offset, &seen))
    return false;
  if (c.at != c.end) return false;
  *seconds = (int64_t)days * TIME_SECONDS_PER_DAY + second - offset;
  *form = seen;
  return true;
}

trpt_status trpt_time_parse(const char *text, size_t len, int64_t *seconds) {
  if (!seconds) return TRPT_E_ARGUMENT;
  *seconds = INT64_MIN;
  if (!text) return TRPT_E_ARGUMENT;
  int64_t value = 0;
  unsigned form = 0;
  if (!trpt_datetime_read(text, len, &value, &form)) return TRPT_E_SYNTAX;
  if (form & (TRPT_DATETIME_NO_ZONE | TRPT_DATETIME_OTHER)) return TRPT_E_SYNTAX;
  *seconds = value;
  return TRPT_OK;
}

/* The inverse of days_from_date, for days from 0000-01-01 on. */
static void date_from_days(int32_t days, unsigned *year, unsigned *month, unsigned *day) {
  /* Adds an era, since January and February of year 0 precede 0000-03-01. */
  const unsigned shifted = (unsigned)(days + DAYS_TO_1970 + DAYS_PER_ERA);
  const unsigned era = shifted / DAYS_PER_ERA;
  const unsigned day_of_era = shifted % DAYS_PER_ERA;
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned from_march = (5 * day_of_year + 2) / 153;
  *day = day_of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = era * 400 + year_of_era + (*month <= 2) - 400;
}

static void put_number(char *to, int count, unsigned number) {
  for (int i = count - 1; i >= 0; i--, number /= 10) to[i] = (char)('0' + number % 10);
}

trpt_status trpt_time_format(int64_t seconds, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return TRPT_E_ARGUMENT;
  const uint64_t since_first = (uint64_t)(seconds - FIRST_SECOND);
  const int32_t days = (int32_t)(since_first / TIME_SECONDS_PER_DAY) + (int32_t)(FIRST_SECOND / TIME_SECONDS_PER_DAY);
  const unsigned second_of_day = (unsigned)(since_first % TIME_SECONDS_PER_DAY);
  unsigned year, month, day;
  date_from_days(days, &year, &month, &day);
  char text[] = "0000-00-00T00:00:00Z";
  put_number(text, 4, year);
  put_number(text + 5, 2, month);
  put_number(text + 8, 2, day);
  put_number(text + 11, 2, second_of_day / SECONDS_PER_HOUR);
  put_number(text + 14, 2, second_of_day % SECONDS_PER_HOUR / SECONDS_PER_MINUTE);
  put_number(text + 17, 2, second_of_day % SECONDS_PER_MINUTE);
  return trpt_text_to_buffer(text, sizeof text - 1, buffer, capacity, needed);
}
#undef FIRST_SECOND
#undef LAST_SECOND

/* lib/model/tlsa.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TLSA_H
#define TRPT_LIB_TLSA_H

/* The parser of TLSA records, for callers that also need to know why a text is invalid. */



typedef enum trpt_tlsa_verdict {
  TRPT_TLSA_GOOD,
  TRPT_TLSA_BAD_SYNTAX,  /* not three numbers and an even, positive number of hex digits */
  TRPT_TLSA_OUT_OF_RANGE /* one of the numbers is above 255 */
} trpt_tlsa_verdict;

/* Sets `*out` and `*digits`, the number of hex digits, only if the record is valid. */
trpt_tlsa_verdict trpt_tlsa_read(trpt_str text, trpt_tlsa *out, size_t *digits);

#endif




enum { FIELD_MAX = 255 }; /* each number is one octet, RFC 6698 s2.1 */

/* Consumes a decimal number and the whitespace after it. Numbers above 255 become 256. Line ends count as whitespace,
   since the sample in RFC 8460 s4.5 has hex data on several lines. */
static bool take_field(trpt_str *text, uint32_t *field) {
  if (text->len > 2 && trpt_is_digit((unsigned char)text->ptr[0]) && text->ptr[1] == ' ' && text->ptr[2] > ' ') {
    *field = (uint32_t)(text->ptr[0] - '0'); /* as nearly all are written */
    *text = trpt_str_from(*text, 2);
    return true;
  }
  size_t len = 0;
  uint32_t value = 0;
  for (; len < text->len && trpt_is_digit((unsigned char)text->ptr[len]); len++) {
    value = value * 10 + (uint32_t)(text->ptr[len] - '0');
    if (value > FIELD_MAX) value = FIELD_MAX + 1;
  }
  if (len == 0 || len == text->len || !trpt_is_space(text->ptr[len])) return false;
  *field = value;
  *text = trpt_trim_space(trpt_str_from(*text, len));
  return true;
}

static TRPT_INLINE trpt_block tlsa_hex_digits(trpt_block v) {
  return trpt_block_or(trpt_block_digits(v), trpt_block_in(trpt_block_small(v), 'a', 'f'));
}

/* Fast path: returns true if all bytes are hex digits. false means undecided; the caller falls back to a loop. */
static bool is_plain_hex(trpt_str text) {
  if (text.len < 16) return false;
  const size_t last = text.len - 16;
  trpt_block all = tlsa_hex_digits(trpt_block_load(text.ptr + last));
  for (size_t at = 0; at < last; at += 16) all = trpt_block_and(all, tlsa_hex_digits(trpt_block_load(text.ptr + at)));
  return trpt_block_bits(all) == 0xFFFF;
}

/* Counts hex digits and skips the whitespace that zone files allow between them, RFC 6698 s2.2. The text must be
   trimmed and not empty, so that `true` implies at least one digit. */
static bool count_hex(trpt_str text, size_t *digits) {
  if (is_plain_hex(text)) {
    *digits = text.len;
    return true;
  }
  *digits = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (trpt_is_hex((unsigned char)text.ptr[i]))
      ++*digits;
    else if (!trpt_is_space(text.ptr[i]))
      return false;
  }
  return true;
}

trpt_tlsa_verdict trpt_tlsa_read(trpt_str text, trpt_tlsa *out, size_t *digits) {
  trpt_tlsa record = {0, 0, 0, 0, {NULL, 0}};
  size_t count;
  trpt_str rest = trpt_trim_space(text);
  if (!take_field(&rest, &record.usage) || !take_field(&rest, &record.selector) ||
      !take_field(&rest, &record.matching_type))
    return TRPT_TLSA_BAD_SYNTAX;
  if (!count_hex(rest, &count) || count % 2 != 0) return TRPT_TLSA_BAD_SYNTAX;
  if (record.usage > FIELD_MAX || record.selector > FIELD_MAX || record.matching_type > FIELD_MAX)
    return TRPT_TLSA_OUT_OF_RANGE;
  record.data = rest;
  *out = record;
  *digits = count;
  return TRPT_TLSA_GOOD;
}

trpt_status trpt_tlsa_parse(const char *text, size_t len, trpt_tlsa *out) {
  if (!out) return TRPT_E_ARGUMENT;
  memset(out, 0, sizeof *out);
  if (!text) return TRPT_E_ARGUMENT;
  size_t digits;
  return trpt_tlsa_read((trpt_str){text, len}, out, &digits) == TRPT_TLSA_GOOD ? TRPT_OK : TRPT_E_SYNTAX;
}

/* lib/parser/checks/address.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CHECKS_H
#define TRPT_LIB_CHECKS_H

/* Checks of single values of a report. Each adds the codes that apply, and is in a file named after its subject. The checks
   are pure and take linear time. They are not called for empty texts, which the parser reports as report.empty-string. They
   run for every value of every report, so the good case must be one pass with few branches. A check that returns true has
   added all codes that apply; trpt_check_text has nothing to add. */

#include <stdbool.h>



/* More than any name, address, reason code or URI needs, and far more than senders write. */
enum { TRPT_LONG_STRING = 1024 };

/* plain_text.c: any stored string. report.control-chars, report.markup, report.long-string. */
bool trpt_check_text(trpt_str text, trpt_codes *codes);
/* plain_text.c: a part of a string that was too long. report.control-chars, report.markup. */
void trpt_check_characters(trpt_str text, trpt_codes *codes);
/* plain_text.c: an element of `policy-string`. The same, except that an MTA-STS line may have tabs after its colon, and tabs
   and a carriage return at its end. The lines of an MTA-STS policy in one string are checked each. */
bool trpt_check_policy_line(trpt_str text, trpt_codes *codes);

/* host.c: `policy-domain`. report.policy-domain-not-a-label, report.bad-domain, report.trailing-dot. */
bool trpt_check_policy_domain(trpt_str domain, trpt_codes *codes);
/* host.c: `receiving-mx-hostname`. report.bad-domain, report.trailing-dot. */
bool trpt_check_host(trpt_str host, trpt_codes *codes);
/* host.c: an element of `mx-host`, a host name or a pattern "*.example.com". report.mx-host-prefix ("mx: " in either case;
   the text after it is checked), report.bad-domain, report.trailing-dot. */
bool trpt_check_mx_pattern(trpt_str pattern, trpt_codes *codes);

/* address.c: `sending-mta-ip` and `receiving-ip`. report.bad-ip, report.ip-not-canonical, report.ip-special. */
bool trpt_check_address(trpt_str address, trpt_codes *codes);

/* contact.c: `contact-info`, an addr-spec of RFC 5322 s3.4.1. report.bad-contact-info. */
bool trpt_check_contact(trpt_str contact, trpt_codes *codes);

/* information.c: `additional-information`. report.bad-additional-information: not a URI of RFC 3986, or neither http nor
   https. */
bool trpt_check_information(trpt_str information, trpt_codes *codes);

/* window.c: one of the two times. Sets `*seconds`, INT64_MIN if unreadable. A date alone is its first second, as the end its last.
   With `codes` NULL it does nothing else. report.bad-datetime (also for the other forms of datetime.h, which are read),
   report.missing-timezone (read as UTC), report.lowercase-datetime. */
void trpt_check_time(trpt_str text, bool is_end, int64_t *seconds, trpt_codes *codes);
/* window.c: both times, which are readable. report.end-before-start, report.zero-window, report.future-window (unless `now`
   is 0), report.window-too-long, report.window-not-utc-day. */
void trpt_check_window(int64_t start, int64_t end, int64_t now, trpt_codes *codes);

/* policy_lines.c: an element of `policy-string` of type "tlsa". report.tlsa-syntax, report.tlsa-field-range,
   report.tlsa-length, report.tlsa-usage. */
void trpt_check_tlsa(trpt_str record, trpt_codes *codes);

/* policy_lines.c: the lines of an MTA-STS policy, one after another. Begin with zeros in `lines`. */
typedef struct trpt_sts_lines {
  uint32_t seen; /* TRPT_STS_* */
} trpt_sts_lines;
enum {
  TRPT_STS_SAW_VERSION = 1, /* a good one */
  TRPT_STS_SAW_MODE = 2,    /* a good one */
  TRPT_STS_SAW_MAX_AGE = 4,
  TRPT_STS_SAW_MX = 8,
  TRPT_STS_MET_VERSION = 16, /* any value: only the first line with a key counts */
  TRPT_STS_MET_MODE = 32,
  TRPT_STS_NEEDS_MX = 64 /* the mode is enforce or testing */
};
/* report.sts-line-syntax, report.sts-bad-max-age. Sets `*mx` to the pattern of an `mx` line, even an invalid one, which is
   report.sts-line-syntax; otherwise to absent. */
void trpt_check_sts_line(trpt_sts_lines *lines, trpt_str line, trpt_str *mx, trpt_codes *codes);
/* After the last line: report.sts-no-version, report.sts-no-mode, report.sts-no-mx, and report.sts-bad-max-age if there was no
   max_age. */
void trpt_check_sts_lines(const trpt_sts_lines *lines, trpt_codes *codes);

#endif

#include <stdbool.h>
#include <string.h>





/* IP addresses: the IPv4address of RFC 8460 s4.4 and the IPv6 text of RFC 4291 s2.2. inet_pton cannot be used: it needs a NUL,
   does not report the form, and differs between systems. */

/* The longest IPv6 text: six groups of four digits and an IPv4 address. */
enum { ADDRESS_MAX_LEN = 45 };

/* The IANA registries of special-purpose addresses (RFC 6890): blocks that are not globally reachable, including
   documentation, with the smaller reachable blocks inside them; and multicast. No mail server on the public Internet has
   such an address. The first matching row counts. */

typedef struct ipv4_block {
  uint32_t prefix;
  uint32_t mask;
  bool special;
} ipv4_block;

typedef struct ipv6_block {
  uint64_t prefix; /* the first eight bytes of the address; only two functions need more */
  uint64_t mask;
  bool special;
} ipv6_block;

#define IPV4(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))
#define IPV4_BITS(bits)  (UINT32_MAX << (32 - (bits)))
#define IPV6(a, b, c, d) ((uint64_t)(a) << 48 | (uint64_t)(b) << 32 | (uint64_t)(c) << 16 | (uint64_t)(d))
#define IPV6_BITS(bits)  (UINT64_MAX << (64 - (bits)))

/* Sorted by the first byte. */
static const ipv4_block ipv4_blocks[] = {
    {IPV4(0, 0, 0, 0), IPV4_BITS(8), true},       /* this network, RFC 791 */
    {IPV4(10, 0, 0, 0), IPV4_BITS(8), true},      /* private, RFC 1918 */
    {IPV4(100, 64, 0, 0), IPV4_BITS(10), true},   /* shared by a carrier's customers, RFC 6598 */
    {IPV4(127, 0, 0, 0), IPV4_BITS(8), true},     /* loopback, RFC 1122 */
    {IPV4(169, 254, 0, 0), IPV4_BITS(16), true},  /* link-local, RFC 3927 */
    {IPV4(172, 16, 0, 0), IPV4_BITS(12), true},   /* private */
    {IPV4(192, 168, 0, 0), IPV4_BITS(16), true},  /* private */
    {IPV4(192, 0, 2, 0), IPV4_BITS(24), true},    /* documentation, RFC 5737 */
    {IPV4(192, 0, 0, 9), IPV4_BITS(32), false},   /* Port Control Protocol anycast, RFC 7723 */
    {IPV4(192, 0, 0, 10), IPV4_BITS(32), false},  /* TURN anycast, RFC 8155 */
    {IPV4(192, 0, 0, 0), IPV4_BITS(24), true},    /* protocol assignments, RFC 6890 */
    {IPV4(192, 88, 99, 2), IPV4_BITS(32), true},  /* 6a44 relay anycast, RFC 6751 */
    {IPV4(198, 51, 100, 0), IPV4_BITS(24), true}, /* documentation */
    {IPV4(198, 18, 0, 0), IPV4_BITS(15), true},   /* benchmarking, RFC 2544 */
    {IPV4(203, 0, 113, 0), IPV4_BITS(24), true},  /* documentation */
    {IPV4(224, 0, 0, 0), IPV4_BITS(3), true},     /* multicast, RFC 5771; reserved, RFC 1112; broadcast, RFC 919 */
};

/* For each first byte below the last block: the first row with that byte, plus one. For most public addresses this one lookup
   is enough. */
static const uint8_t ipv4_rows[224] = {
    [0] = 1, [10] = 2, [100] = 3, [127] = 4, [169] = 5, [172] = 6, [192] = 7, [198] = 13, [203] = 15,
};

static const ipv6_block ipv6_blocks[] = {
    {IPV6(0xfe80, 0, 0, 0), IPV6_BITS(10), true},      /* link-local, RFC 4291 */
    {IPV6(0xfc00, 0, 0, 0), IPV6_BITS(7), true},       /* unique local, RFC 4193 */
    {IPV6(0x3fff, 0, 0, 0), IPV6_BITS(20), true},      /* documentation, RFC 9637 */
    {IPV6(0x2001, 3, 0, 0), IPV6_BITS(32), false},     /* AMT, RFC 7450 */
    {IPV6(0x2001, 4, 0x112, 0), IPV6_BITS(48), false}, /* AS112, RFC 7535 */
    {IPV6(0x2001, 0x20, 0, 0), IPV6_BITS(28), false},  /* ORCHIDv2, RFC 7343 */
    {IPV6(0x2001, 0x30, 0, 0), IPV6_BITS(28), false},  /* drone identification, RFC 9374 */
    {IPV6(0x2001, 0, 0, 0), IPV6_BITS(23), true},      /* protocol assignments, RFC 2928 */
    {IPV6(0x64, 0xff9b, 1, 0), IPV6_BITS(48), true},   /* local translation, RFC 8215 */
    {IPV6(0x100, 0, 0, 0), IPV6_BITS(64), true},       /* discard-only, RFC 6666 */
    {IPV6(0x100, 0, 0, 1), IPV6_BITS(64), true},       /* dummy, RFC 9780 */
    {IPV6(0x5f00, 0, 0, 0), IPV6_BITS(16), true},      /* segment routing, RFC 9602 */
    {IPV6(0xfec0, 0, 0, 0), IPV6_BITS(10), true},      /* site-local, RFC 3879 */
    {IPV6(0xff00, 0, 0, 0), IPV6_BITS(8), true},       /* multicast, RFC 4291 */
};

/* ---- IPv4 ---- */

static TRPT_INLINE uint32_t word_of(const char *text) { return (uint32_t)trpt_scan_word(text, 4); }
static TRPT_INLINE unsigned first_bit(uint64_t bits) { return (unsigned)__builtin_ctzll(bits); }

static TRPT_INLINE trpt_block address_dots(trpt_block v) { return trpt_block_is(v, '.'); }
static TRPT_INLINE trpt_block zero_digits(trpt_block v) { return trpt_block_is(v, '0'); }

/* Of an octet of three digits: those after which it is too large, and those with which that depends on the next one. */
static TRPT_INLINE trpt_block above_two(trpt_block v) { return trpt_block_in(v, '3', '9'); }
static TRPT_INLINE trpt_block twos(trpt_block v) { return trpt_block_is(v, '2'); }
static TRPT_INLINE trpt_block above_five(trpt_block v) { return trpt_block_in(v, '6', '9'); }
static TRPT_INLINE trpt_block fives(trpt_block v) { return trpt_block_is(v, '5'); }

/* The dots of an IPv4address, that is four dec-octets of 0 to 255 without leading zeros; 0 for any other text. Bit i of each set is
   byte i. No branch depends on the text. */
static TRPT_INLINE uint64_t ipv4_dots(const char *text, size_t len) {
  if (len < 7 || len > 15) return 0;
  const uint64_t dot = trpt_scan_bits(text, len, address_dots), digit = trpt_scan_bits(text, len, trpt_block_digits);
  const uint64_t third = dot & (dot - 1), last = third & (third - 1); /* without the first dot; without the first two */
  const uint64_t begins = digit & ~(digit << 1), two_digits = digit & digit >> 1,
                 three_digits = two_digits & digit >> 2;
  const uint64_t over_55 = trpt_scan_bits(text, len, above_five) |
                           (trpt_scan_bits(text, len, fives) & trpt_scan_bits(text, len, above_five) >> 1);
  const uint64_t over_255 = trpt_scan_bits(text, len, above_two) | (trpt_scan_bits(text, len, twos) & over_55 >> 1);
  uint64_t wrong = ((dot | digit) ^ trpt_scan_all(len)) | (dot & (dot << 1 | 1)) | dot >> (len - 1);
  wrong |= (three_digits & digit >> 3) | (begins & three_digits & over_255);
  wrong |= begins & two_digits & trpt_scan_bits(text, len, zero_digits);
  return wrong || !last || last & (last - 1) ? 0 : dot;
}

/* The first octet, of `len` digits. At least four bytes follow its begin. */
static TRPT_INLINE uint32_t first_octet(const char *text, unsigned len) {
  const uint32_t word = word_of(text) << 8 * (4 - len);
  return (word >> 24 & 0xF) + 10 * (word >> 16 & 0xF) + 100 * (word >> 8 & 0xF);
}

/* The number that an IPv4address stands for. */
static uint32_t read_ipv4(const char *text, size_t len) {
  uint32_t address = 0, octet = 0;
  for (const char *at = text; at < text + len; at++) {
    const bool is_end = *at == '.';
    if (is_end) address = address << 8 | octet;
    octet = is_end ? 0 : octet * 10 + (uint32_t)(*at & 0xF);
  }
  return address << 8 | octet;
}

/* Of an IPv4address with these dots. The table of first octets decides for most public addresses. */
static TRPT_INLINE bool is_special_ipv4(const char *text, size_t len, uint64_t dot) {
  const uint32_t first = first_octet(text, first_bit(dot));
  if (first >= sizeof ipv4_rows) return true;
  if (!ipv4_rows[first]) return false;
  const uint32_t address = read_ipv4(text, len);
  for (const ipv4_block *block = &ipv4_blocks[ipv4_rows[first] - 1]; block->prefix >> 24 == first; block++)
    if ((address & block->mask) == block->prefix) return block->special;
  return false;
}

/* ---- IPv6, in a copy that ends in NUL: no rule matches NUL, so none has to check for the end at each byte ---- */

enum { GROUPS = 8 };

typedef struct ipv6 {
  uint16_t groups[GROUPS]; /* as written, without those that "::" stands for */
  int count;               /* number of groups */
  int gap;                 /* number of groups before "::"; -1 if there is none */
  unsigned zeros;          /* bit i: group i, as written, is zero */
  bool padded;             /* a group has leading zeros */
  bool dotted;             /* the last two groups are written as an IPv4 address */
} ipv6;

/* Lower-case hex digits: the value plus HEX, so that 0 differs from a byte that is not a digit. */
enum { ADDRESS_HEX = 0x10 };
static const uint8_t hex_class[256] = {
    ['0'] = ADDRESS_HEX,      ['1'] = ADDRESS_HEX + 1,  ['2'] = ADDRESS_HEX + 2,  ['3'] = ADDRESS_HEX + 3,  ['4'] = ADDRESS_HEX + 4,  ['5'] = ADDRESS_HEX + 5,
    ['6'] = ADDRESS_HEX + 6,  ['7'] = ADDRESS_HEX + 7,  ['8'] = ADDRESS_HEX + 8,  ['9'] = ADDRESS_HEX + 9,  ['a'] = ADDRESS_HEX + 10, ['b'] = ADDRESS_HEX + 11,
    ['c'] = ADDRESS_HEX + 12, ['d'] = ADDRESS_HEX + 13, ['e'] = ADDRESS_HEX + 14, ['f'] = ADDRESS_HEX + 15,
};

/* Appends one hex digit to a group. */
static TRPT_INLINE bool add_digit(uint32_t *group, char c) {
  const uint32_t class = hex_class[(unsigned char)c];
  if (class == 0) return false;
  *group = (*group << 4) + class - ADDRESS_HEX;
  return true;
}

/* One group of 16 bits: 1 to 4 hex digits. Returns its end, or NULL. */
static TRPT_INLINE const char *take_group(const char *at, uint32_t *group) {
  *group = 0;
  if (!add_digit(group, at[0])) return NULL;
  if (!add_digit(group, at[1])) return at + 1;
  if (!add_digit(group, at[2])) return at + 2;
  return add_digit(group, at[3]) ? at + 4 : at + 3;
}

static TRPT_INLINE void add_group(ipv6 *address, uint32_t group) {
  if (group == 0) address->zeros |= 1U << address->count;
  address->groups[address->count++] = (uint16_t)group;
}

/* The last 32 bits as an IPv4 address, RFC 4291 s2.2 item 3. */
static bool take_dotted(const char *at, const char *end, ipv6 *address) {
  const size_t len = (size_t)(end - at);
  if (address->count > GROUPS - 2 || !ipv4_dots(at, len)) return false;
  const uint32_t low = read_ipv4(at, len);
  add_group(address, low >> 16);
  add_group(address, low & 0xffff);
  address->dotted = true;
  return true;
}

/* All groups, to the end of the text. */
static TRPT_INLINE bool read_groups(const char *at, const char *end, ipv6 *address) {
  if (*at == ':') {
    if (at[1] != ':') return false;
    address->gap = 0;
    at += 2;
    if (at == end) return true;
  }
  while (address->count < GROUPS) {
    uint32_t group;
    const char *next = take_group(at, &group);
    if (!next) return false;
    if (*next == '.') return take_dotted(at, end, address);
    if (*at == '0' && next - at > 1) address->padded = true;
    add_group(address, group);
    at = next;
    if (*at != ':') return at == end;
    if (*++at != ':') continue;
    if (address->gap >= 0) return false;
    address->gap = address->count;
    if (++at == end) return true;
  }
  return false;
}

/* Eight groups, or fewer and "::". */
static TRPT_INLINE bool read_ipv6(const char *at, const char *end, ipv6 *address) {
  address->count = 0;
  address->gap = -1;
  address->zeros = 0;
  address->padded = address->dotted = false;
  return read_groups(at, end, address) && (address->gap < 0) == (address->count == GROUPS);
}

static int missing_groups(const ipv6 *address) { return GROUPS - address->count; }

/* The zero groups of the whole address, including those that "::" stands for. */
static unsigned all_zeros(const ipv6 *address) {
  if (address->gap < 0) return address->zeros;
  const unsigned missing = (unsigned)missing_groups(address), gap = (unsigned)address->gap;
  const unsigned before = (1U << gap) - 1;
  return (address->zeros & before) | (address->zeros & ~before) << missing | ((1U << missing) - 1) << gap;
}

/* Whether "::" stands for the first of the longest runs of zero groups (RFC 5952 s4.2.3) and for more than one group (s4.2.2);
   or there is neither such a run nor a "::". */
static bool is_best_gap(const ipv6 *address) {
  if (!address->zeros) return missing_groups(address) != 1;
  int length = 1;
  unsigned begins = all_zeros(address); /* bit i: at group i begins a run of `length` or more */
  for (unsigned longer; (longer = begins & all_zeros(address) >> length) != 0; begins = longer) length++;
  if (address->gap < 0) return length == 1;
  return length > 1 && length == missing_groups(address) && (begins & (0U - begins)) == 1U << address->gap;
}

/* IPv4-compatible and IPv4-mapped addresses, RFC 4291 s2.5.5, which RFC 5952 s5 writes with an IPv4 address. */
static bool holds_ipv4(const ipv6 *address) {
  int missing = missing_groups(address);
  return address->gap == 0 && (missing == 6 || (missing == 5 && address->groups[0] == 0xffff));
}

/* RFC 5952 s4 and s5: the form that inet_ntop writes. */
static bool is_canonical(const ipv6 *address) {
  return !address->padded && is_best_gap(address) && address->dotted == holds_ipv4(address);
}

/* Group i of the whole address. */
static uint64_t group_at(const ipv6 *address, int i) {
  int missing = missing_groups(address);
  if (missing == 0 || i < address->gap) return address->groups[i];
  return i < address->gap + missing ? 0 : address->groups[i - missing];
}

static uint64_t four_groups(const ipv6 *address, int i) {
  return group_at(address, i) << 48 | group_at(address, i + 1) << 32 | group_at(address, i + 2) << 16 |
         group_at(address, i + 3);
}

/* Under ::/64: unspecified and loopback, RFC 4291, and IPv4-mapped, ::ffff:0:0/96. */
static bool is_special_low(uint64_t low) { return low <= 1 || low >> 32 == 0xffff; }

/* In 2001:1::/64 only the anycast addresses ::1 (RFC 7723), ::2 (RFC 8155) and ::3 (RFC 9665) are reachable. */
static bool is_special_anycast(uint64_t low) { return low < 1 || low > 3; }

static bool is_special_ipv6(const ipv6 *address) {
  /* Most addresses are in 2000::/3, outside of the special parts of 2001::/16 and 3fff::/16. */
  const uint64_t first = group_at(address, 0), second = group_at(address, 1);
  if (first >> 13 == 1 && first != 0x2001 && first != 0x3fff) return false;
  if (first == 0x2001 && second > 0x1ff) return second == 0xdb8; /* documentation, RFC 3849 */
  const uint64_t high = four_groups(address, 0);
  if (high == 0) return is_special_low(four_groups(address, 4));
  if (high == IPV6(0x2001, 1, 0, 0)) return is_special_anycast(four_groups(address, 4));
  for (size_t i = 0; i < sizeof ipv6_blocks / sizeof ipv6_blocks[0]; i++)
    if ((high & ipv6_blocks[i].mask) == ipv6_blocks[i].prefix) return ipv6_blocks[i].special;
  return false;
}

static TRPT_INLINE bool check_ipv6(const char *at, const char *end, bool capitals, trpt_codes *codes) {
  ipv6 address;
  if (!read_ipv6(at, end, &address)) return false;
  if (capitals || !is_canonical(&address)) trpt_codes_add(codes, TRPT_CODE_REPORT_IP_NOT_CANONICAL);
  if (is_special_ipv6(&address)) trpt_codes_add(codes, TRPT_CODE_REPORT_IP_SPECIAL);
  return true;
}

/* RFC 5952 s4.3 wants lower-case letters. An address with capitals is converted and read again. */
static bool check_capitals(char *text, const char *end, trpt_codes *codes) {
  bool capitals = false;
  for (char *at = text; at < end; at++) {
    const char small = (char)trpt_lower((unsigned char)*at);
    capitals |= small != *at;
    *at = small;
  }
  return capitals && check_ipv6(text, end, true, codes);
}

/* ---- the common form of IPv6, without a branch that depends on the text; false means undecided ---- */

static TRPT_INLINE trpt_block address_colons(trpt_block v) { return trpt_block_is(v, ':'); }
static TRPT_INLINE trpt_block address_hex_digits(trpt_block v) {
  return trpt_block_or(trpt_block_digits(v), trpt_block_in(v, 'a', 'f'));
}

#define LETTERS(a, b, c, d) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* Not the builtin, for which some compilers call a function of their own library. */
static TRPT_INLINE unsigned count_bits(uint64_t bits) {
  bits -= bits >> 1 & UINT64_MAX / 3;
  bits = (bits & UINT64_MAX / 5) + (bits >> 2 & UINT64_MAX / 5);
  bits = (bits + (bits >> 4)) & UINT64_MAX / 17;
  return (unsigned)(bits * (UINT64_MAX / 255) >> 56);
}

/* An address of 2000::/3 without special blocks in the form of RFC 5952 s4, in which a run of zero groups is "::" and does not
   end the address. Bit i of each set is byte i. */
static TRPT_INLINE bool is_plain_ipv6(const char *text, size_t len) {
  if (len < 8 || len > 39) return false;
  const uint64_t all = trpt_scan_all(len), colon = trpt_scan_bits(text, len, address_colons);
  const uint64_t hex = trpt_scan_bits(text, len, address_hex_digits), zero = trpt_scan_bits(text, len, zero_digits);
  const uint64_t groups = hex & ~(hex << 1); /* where they begin */
  const uint64_t gap = colon & colon >> 1, zero_groups = zero & groups & ~(hex >> 1);
  const uint64_t first_digits = 0xF, second_digits = hex >> 5 & 0xF, edges = 1 | UINT64_C(1) << (len - 1);
  uint64_t wrong = ((hex | colon) ^ all) | (~hex & (first_digits | edges)) | (~colon & 1 << 4);
  wrong |= hex & hex >> 1 & hex >> 2 & hex >> 3 & hex >> 4; /* more than four digits */
  wrong |= zero & groups & hex >> 1;                        /* leading zeros */
  wrong |= gap & (gap - 1);                                 /* "::" twice, or ":::" */
  wrong |= zero_groups & zero_groups >> 2;                  /* zero groups that "::" should stand for */
  wrong |= gap & (zero_groups << 1 | zero_groups >> 2);
  const unsigned count = count_bits(groups);
  const bool is_full = gap ? count <= 6 : count == GROUPS;
  /* Of 2001::/16 those whose second group has four digits, or three from 200 on that are not db8, RFC 3849. */
  const uint32_t first = word_of(text), second = word_of(text + 4) >> 8;
  const bool is_high =
      second_digits == 0xF || (second_digits == 7 && text[5] > '1' && second != LETTERS('d', 'b', '8', 0));
  const bool is_special = first == LETTERS('3', 'f', 'f', 'f') || (first == LETTERS('2', '0', '0', '1') && !is_high);
  return !wrong && is_full && !is_special && (text[0] == '2' || text[0] == '3');
}

bool trpt_check_address(trpt_str address, trpt_codes *codes) {
  const uint64_t dot = ipv4_dots(address.ptr, address.len);
  if (dot) {
    if (is_special_ipv4(address.ptr, address.len, dot)) trpt_codes_add(codes, TRPT_CODE_REPORT_IP_SPECIAL);
    return true;
  }
  if (is_plain_ipv6(address.ptr, address.len)) return true;
  char copy[ADDRESS_MAX_LEN + 1] = {0}; /* so that it ends in a NUL */
  if (address.len <= ADDRESS_MAX_LEN) {
    const char *end = copy + address.len;
    trpt_copy_short(copy, address.ptr, address.len);
    if (check_ipv6(copy, end, false, codes) || check_capitals(copy, end, codes)) return true;
  }
  trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_IP);
  return false;
}
#undef IPV4
#undef IPV4_BITS
#undef IPV6
#undef IPV6_BITS
#undef LETTERS

/* lib/parser/checks/contact.c */
/* SPDX-License-Identifier: MIT */


#include <stdbool.h>




/* addr-spec of RFC 5322 s3.4.1, without comments and folding, which belong in header fields, and without the obsolete forms. One
   function for each rule; each consumes what matches at the cursor. */

typedef struct contact_cursor {
  const char *at;
  const char *end;
} contact_cursor;

/* The text inside quotes or brackets: VCHAR and blanks. */
static bool contact_is_text(char c) { return (c >= 0x20 && c < 0x7F) || c == '\t'; }

static bool contact_take_byte(contact_cursor *c, char byte) {
  if (c->at == c->end || *c->at != byte) return false;
  c->at++;
  return true;
}

/* dot-atom-text = 1*atext *("." 1*atext) */
static bool take_dot_atom(contact_cursor *c) {
  do {
    const char *atom = c->at;
    while (c->at < c->end && trpt_is_atext(*c->at)) c->at++;
    if (c->at == atom) return false;
  } while (contact_take_byte(c, '.'));
  return true;
}

/* quoted-string = DQUOTE *([FWS] (qtext / quoted-pair)) [FWS] DQUOTE, on one line; called after its first byte */
static bool take_quoted_string(contact_cursor *c) {
  while (c->at < c->end && *c->at != '"') {
    if (*c->at == '\\') c->at++;
    if (c->at == c->end || !contact_is_text(*c->at)) return false;
    c->at++;
  }
  return contact_take_byte(c, '"');
}

/* domain-literal = "[" *([FWS] dtext) [FWS] "]", on one line; called after its first byte */
static bool take_domain_literal(contact_cursor *c) {
  while (c->at < c->end && contact_is_text(*c->at) && *c->at != '[' && *c->at != ']' && *c->at != '\\') c->at++;
  return contact_take_byte(c, ']');
}

/* addr-spec = local-part "@" domain */
static bool is_addr_spec(trpt_str text) {
  contact_cursor c = {text.ptr, text.ptr + text.len};
  if (!(contact_take_byte(&c, '"') ? take_quoted_string(&c) : take_dot_atom(&c))) return false;
  if (!contact_take_byte(&c, '@')) return false;
  return (contact_take_byte(&c, '[') ? take_domain_literal(&c) : take_dot_atom(&c)) && c.at == c.end;
}

static TRPT_INLINE trpt_block signs(trpt_block v) { return trpt_block_is(v, '@'); }
static TRPT_INLINE trpt_block dots_and_signs(trpt_block v) { return trpt_block_or(trpt_block_is(v, '.'), signs(v)); }
static TRPT_INLINE trpt_block letters_digits_and_hyphens(trpt_block v) {
  return trpt_block_or(trpt_block_letters_and_digits(v), trpt_block_is(v, '-'));
}

/* Accepts most valid texts, without a branch that depends on the text: two dot-atoms of letters, digits and hyphens. false means
   undecided. */
static TRPT_INLINE bool is_plain_addr_spec(trpt_str text) {
  if (text.len - 1 >= TRPT_SCAN_MOST) return false;
  const uint64_t sign = trpt_scan_bits(text.ptr, text.len, signs);
  const uint64_t mark = trpt_scan_bits(text.ptr, text.len, dots_and_signs);
  const uint64_t other = trpt_scan_bits(text.ptr, text.len, letters_digits_and_hyphens);
  const uint64_t wrong = ((other | mark) ^ trpt_scan_all(text.len)) | (mark & (mark << 1 | 1)) |
                         mark >> (text.len - 1) | (sign & (sign - 1));
  return !wrong && sign;
}

bool trpt_check_contact(trpt_str contact, trpt_codes *codes) {
  if (is_plain_addr_spec(contact)) return true;
  if (!is_addr_spec(contact)) trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_CONTACT_INFO);
  return false; /* a quoted string or domain literal may contain "<b>" and tabs */
}

/* lib/parser/checks/host.c */
/* SPDX-License-Identifier: MIT */





/* One final dot, which RFC 8460 does not mention, is reported and left out. A dot alone is not a name with a final dot. */
static trpt_str without_trailing_dot(trpt_str name, trpt_codes *codes) {
  if (name.len < 2 || name.ptr[name.len - 1] != '.') return name;
  trpt_codes_add(codes, TRPT_CODE_REPORT_TRAILING_DOT);
  return trpt_host_without_dot(name);
}

bool trpt_check_policy_domain(trpt_str domain, trpt_codes *codes) {
  if (trpt_host_is_valid(domain)) return true;
  domain = without_trailing_dot(domain, codes);
  if (trpt_host_is_valid(domain)) return true;
  /* RFC 8460 s4.4 speaks of U-labels, so they have a code of their own. */
  trpt_codes_add(codes,
                 trpt_str_is_ascii(domain) ? TRPT_CODE_REPORT_BAD_DOMAIN : TRPT_CODE_REPORT_POLICY_DOMAIN_NOT_A_LABEL);
  return false;
}

bool trpt_check_host(trpt_str host, trpt_codes *codes) {
  if (trpt_host_is_valid(host) || trpt_host_is_valid(without_trailing_dot(host, codes))) return true;
  trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_DOMAIN);
  return false;
}

bool trpt_check_mx_pattern(trpt_str text, trpt_codes *codes) {
  if (trpt_mx_pattern_is_valid(text)) return true;
  const trpt_str pattern = trpt_mx_pattern_without_key(text);
  if (pattern.len < text.len) trpt_codes_add(codes, TRPT_CODE_REPORT_MX_HOST_PREFIX);
  if (!trpt_mx_pattern_is_valid(without_trailing_dot(pattern, codes)))
    trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_DOMAIN);
  return false;
}

/* lib/parser/checks/information.c */
/* SPDX-License-Identifier: MIT */



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_URI_H
#define TRPT_LIB_URI_H

/* Parses URIs: the rule `URI` of RFC 3986 appendix A, with a scheme and an optional fragment. */

#include <stdbool.h>





/* pct-encoded = "%" HEXDIG HEXDIG, RFC 3986 s2.1. `i` is below `len`. */
static TRPT_INLINE bool trpt_is_percent_encoded(const char *text, size_t len, size_t i) {
  return text[i] == '%' && len - i > 2 && trpt_is_hex((unsigned char)text[i + 1]) &&
         trpt_is_hex((unsigned char)text[i + 2]);
}

/* The byte that is percent-encoded at `i`. */
static TRPT_INLINE unsigned char trpt_percent_value(const char *text, size_t i) {
  return (unsigned char)(trpt_hex_value((unsigned char)text[i + 1]) << 4 | trpt_hex_value((unsigned char)text[i + 2]));
}

/* The parts of a URI. They point into the text; absent parts have `ptr` NULL. */
typedef struct trpt_uri {
  trpt_str scheme;
  trpt_str userinfo;
  trpt_str host; /* present, possibly empty, if there is an authority; includes the brackets of an IP literal */
  trpt_str port;
  trpt_str path; /* always present */
  trpt_str query;
  trpt_str fragment;
} trpt_uri;

/* Returns whether the text is a URI. If not, `*bad` is the offset of the first byte after which no continuation could
   make the text a URI, or `len` if it is only truncated. The parts before it are set. */
bool trpt_uri_parse(const char *text, size_t len, trpt_uri *out, size_t *bad);

/* Whether the text is an IPv4address of RFC 3986. */
bool trpt_uri_is_ipv4(trpt_str text);

/* Whether the text is an IPv6address of RFC 3986 and a "]" after it. */
bool trpt_uri_is_ipv6(trpt_str text);

#endif

/* RFC 8460 s4.4 requires a URI. The text may become a link in a user interface, so a scheme that a browser executes, such as
   "javascript:", is as bad as no URI. Schemes are case-insensitive, RFC 3986 s3.1. */
static bool is_web_scheme(trpt_str scheme) {
  static const char https[] = "https";
  return (scheme.len == 4 || scheme.len == 5) && trpt_equal_nocase(scheme.ptr, https, scheme.len);
}

bool trpt_check_information(trpt_str information, trpt_codes *codes) {
  trpt_uri uri;
  size_t bad;
  if (trpt_uri_parse(information.ptr, information.len, &uri, &bad) && is_web_scheme(uri.scheme))
    return information.len <= TRPT_LONG_STRING;
  trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_ADDITIONAL_INFORMATION);
  return false;
}

/* lib/parser/checks/plain_text.c */
/* SPDX-License-Identifier: MIT */








/* RFC 8460 s7: reports are untrusted, and their texts are shown to people. Most texts are printable ASCII without "<", which is
   verified sixteen bytes at a time. Any other text is checked byte by byte. */

enum { CONTROL_CHARS = 1, MARKUP = 2, ALL_FOUND = CONTROL_CHARS | MARKUP };

/* Of the characters beyond ASCII only these matter: U+0080 to U+009F (C1), U+2028 to U+202E (line and paragraph
   separator, embeddings and overrides of direction) and U+2066 to U+2069 (isolates): UTF-8 C2, E2 80 and E2 81. */
enum { LEAD_C1 = 0xC2, LEAD_GENERAL_PUNCTUATION = 0xE2 };

/* All but printable ASCII other than "<". */
static TRPT_INLINE trpt_block unusual(trpt_block v) {
  return trpt_block_or(trpt_block_is(v, '<'), trpt_block_in(v, 0x7F, 0x1F));
}

static bool is_plain_text(trpt_str text) {
  if (text.len < 16) {
    const unsigned bits = trpt_block_bits(unusual(trpt_block_load_short(text.ptr, text.len)));
    return !(bits & ((1U << text.len) - 1));
  }
  const size_t last = text.len - 16;
  trpt_block seen = trpt_block_or(unusual(trpt_block_load(text.ptr)), unusual(trpt_block_load(text.ptr + last)));
  for (size_t at = 16; at < last; at += 16) seen = trpt_block_or(seen, unusual(trpt_block_load(text.ptr + at)));
  return !trpt_block_bits(seen);
}

static bool is_between(unsigned char c, unsigned first, unsigned last) { return c - first <= last - first; }

static bool is_control(const unsigned char *at, size_t left) {
  if (at[0] < 0x20 || at[0] == 0x7F) return true;
  if (at[0] == LEAD_C1) return left > 1 && is_between(at[1], 0x80, 0x9F);
  if (at[0] != LEAD_GENERAL_PUNCTUATION || left < 3) return false;
  return (at[1] == 0x80 && is_between(at[2], 0xA8, 0xAE)) || (at[1] == 0x81 && is_between(at[2], 0xA6, 0xA9));
}

/* The start of an HTML tag, end tag, comment, declaration or processing instruction. */
static bool is_markup(const unsigned char *at, size_t left) {
  if (at[0] != '<' || left < 2) return false;
  return trpt_is_alpha(at[1]) || at[1] == '/' || at[1] == '!' || at[1] == '?';
}

static unsigned look_at_bytes(trpt_str text) {
  unsigned found = 0;
  const unsigned char *bytes = (const unsigned char *)text.ptr;
  for (size_t i = 0; i < text.len && found != ALL_FOUND; i++) {
    if (is_between(bytes[i], '<' + 1, 0x7E)) continue; /* most bytes */
    if (is_control(bytes + i, text.len - i)) found |= CONTROL_CHARS;
    if (is_markup(bytes + i, text.len - i)) found |= MARKUP;
  }
  return found;
}

static void add_found(unsigned found, trpt_codes *codes) {
  if (found & CONTROL_CHARS) trpt_codes_add(codes, TRPT_CODE_REPORT_CONTROL_CHARS);
  if (found & MARKUP) trpt_codes_add(codes, TRPT_CODE_REPORT_MARKUP);
}

static void check_bytes(trpt_str text, trpt_codes *codes) { add_found(look_at_bytes(text), codes); }

static void check_length(trpt_str text, trpt_codes *codes) {
  if (text.len > TRPT_LONG_STRING) trpt_codes_add(codes, TRPT_CODE_REPORT_LONG_STRING);
}

void trpt_check_characters(trpt_str text, trpt_codes *codes) {
  if (!is_plain_text(text)) check_bytes(text, codes);
}

bool trpt_check_text(trpt_str text, trpt_codes *codes) {
  trpt_check_characters(text, codes);
  check_length(text, codes);
  return true;
}

/* The value of an MTA-STS line, since the key and what surrounds the value are legal, RFC 8461 s3.2; the whole text if it is not
   such a line. A line feed is not part of a line, so a text that ends in one is checked as a whole. */
static trpt_str part_to_check(trpt_str text) {
  trpt_str key, value;
  if (text.ptr[text.len - 1] == '\n') return text;
  return trpt_sts_line_parse(text.ptr, text.len, &key, &value) == TRPT_OK ? value : text;
}

/* All lines of an MTA-STS policy in one string. */
static void check_joined_lines(trpt_str text, bool is_plain, trpt_codes *codes) {
  unsigned found = 0;
  trpt_str longest = {NULL, 0};
  while (text.ptr) {
    const trpt_str line = trpt_sts_next_line(&text);
    if (!is_plain && line.len) found |= look_at_bytes(part_to_check(line));
    if (line.len > longest.len) longest = line;
  }
  add_found(found, codes);
  check_length(longest, codes);
}

bool trpt_check_policy_line(trpt_str text, trpt_codes *codes) {
  const bool is_plain = is_plain_text(text);
  if (is_plain && text.len <= TRPT_LONG_STRING) return true;
  if (trpt_sts_is_joined(text)) {
    check_joined_lines(text, is_plain, codes);
    return true;
  }
  if (!is_plain) check_bytes(part_to_check(text), codes);
  check_length(text, codes);
  return true;
}

/* lib/parser/checks/policy_lines.c */
/* SPDX-License-Identifier: MIT */






/* RFC 6698 s2.1.3: how many hex digits the data of a matching type has; 0: any number. */
static size_t digits_of_matching_type(uint32_t matching_type) {
  static const size_t digits[] = {0, 64, 128}; /* the whole certificate or key, SHA-256, SHA-512 */
  return matching_type < sizeof digits / sizeof digits[0] ? digits[matching_type] : 0;
}

/* Certificate usages for SMTP: DANE-TA and DANE-EE, RFC 7672 s3.1. */
static bool is_usable(uint32_t usage) { return usage == 2 || usage == 3; }

void trpt_check_tlsa(trpt_str record, trpt_codes *codes) {
  trpt_tlsa tlsa;
  size_t digits;
  switch (trpt_tlsa_read(record, &tlsa, &digits)) {
  case TRPT_TLSA_BAD_SYNTAX: trpt_codes_add(codes, TRPT_CODE_REPORT_TLSA_SYNTAX); return;
  case TRPT_TLSA_OUT_OF_RANGE: trpt_codes_add(codes, TRPT_CODE_REPORT_TLSA_FIELD_RANGE); return;
  default: break;
  }
  size_t expected = digits_of_matching_type(tlsa.matching_type);
  if (expected != 0 && digits != expected) trpt_codes_add(codes, TRPT_CODE_REPORT_TLSA_LENGTH);
  if (!is_usable(tlsa.usage)) trpt_codes_add(codes, TRPT_CODE_REPORT_TLSA_USAGE);
}

/* The functions below return what a good value adds to trpt_sts_lines, and 0 for a bad value. */

/* sts-policy-max-age-value = 1*10DIGIT, at most a year; RFC 8461 s3.2. No value is empty. */
static uint32_t read_max_age(trpt_str value) {
  enum { MAX_DIGITS = 10, MAX_SECONDS = 31557600 };
  uint64_t seconds = 0;
  if (value.len > MAX_DIGITS) return 0;
  for (size_t i = 0; i < value.len; i++) {
    if (!trpt_is_digit((unsigned char)value.ptr[i])) return 0;
    seconds = seconds * 10 + (uint64_t)(value.ptr[i] - '0');
  }
  return seconds <= MAX_SECONDS ? TRPT_STS_SAW_MAX_AGE : 0;
}

static uint32_t policy_lines_read_version(trpt_str value) { return trpt_str_equal(value, "STSv1", 5) ? TRPT_STS_SAW_VERSION : 0; }

/* RFC 8461 s3.2: only the mode "none" needs no mx. */
static uint32_t read_mode(trpt_str value) {
  static const uint32_t bits[] = {
      [TRPT_STS_MODE_UNKNOWN] = 0,
      [TRPT_STS_MODE_NONE] = TRPT_STS_SAW_MODE,
      [TRPT_STS_MODE_TESTING] = TRPT_STS_SAW_MODE | TRPT_STS_NEEDS_MX,
      [TRPT_STS_MODE_ENFORCE] = TRPT_STS_SAW_MODE | TRPT_STS_NEEDS_MX,
  };
  return bits[trpt_sts_mode_from_name(value.ptr, value.len)];
}

static uint32_t read_mx(trpt_str value) { return trpt_mx_pattern_is_valid(value) ? TRPT_STS_SAW_MX : 0; }

/* The fields of RFC 8461 s3.2. Keys and values are case-sensitive, unknown keys are ignored, and of a repeated key other than
   mx the first counts. */
typedef struct sts_field {
  uint32_t (*read)(trpt_str value);
  bool repeats;
  uint32_t met;     /* in trpt_sts_lines, once there was one */
  trpt_code if_bad; /* NONE: reported after the last line if no line was good */
} sts_field;

static const sts_field policy_lines_fields[TRPT_STS_KEYS] = {
    [TRPT_STS_MX] = {read_mx, true, TRPT_STS_SAW_MX, TRPT_CODE_REPORT_STS_LINE_SYNTAX},
    [TRPT_STS_MODE] = {read_mode, false, TRPT_STS_MET_MODE, TRPT_CODE_NONE},
    [TRPT_STS_VERSION] = {policy_lines_read_version, false, TRPT_STS_MET_VERSION, TRPT_CODE_NONE},
    [TRPT_STS_MAX_AGE] = {read_max_age, false, TRPT_STS_SAW_MAX_AGE, TRPT_CODE_REPORT_STS_BAD_MAX_AGE},
};

static const sts_field *field_of(trpt_str key) {
  for (size_t i = 0; i < TRPT_STS_KEYS; i++)
    if (trpt_str_equal(key, trpt_sts_keys[i].ptr, trpt_sts_keys[i].len)) return &policy_lines_fields[i];
  return NULL;
}

static TRPT_INLINE bool begins_with(trpt_str line, const char *prefix, size_t len) {
  return line.len > len && memcmp(line.ptr, prefix, len) == 0;
}

/* The field of a line that begins as nearly all do, with one blank before the value; else NULL. */
static const sts_field *plain_field_of(trpt_str line) {
  if (begins_with(line, "mx: ", 4)) return &policy_lines_fields[TRPT_STS_MX];
  if (begins_with(line, "mode: ", 6)) return &policy_lines_fields[TRPT_STS_MODE];
  if (begins_with(line, "version: ", 9)) return &policy_lines_fields[TRPT_STS_VERSION];
  return begins_with(line, "max_age: ", 9) ? &policy_lines_fields[TRPT_STS_MAX_AGE] : NULL;
}

/* Reads a line whose rest after the blank is a valid value, so that no blanks or line end must be removed. */
static bool take_plain_line(trpt_sts_lines *lines, trpt_str line, trpt_str *mx) {
  const sts_field *field = plain_field_of(line);
  if (!field) return false;
  const size_t begin = trpt_sts_keys[field - policy_lines_fields].len + 2;
  const trpt_str value = {line.ptr + begin, line.len - begin};
  const uint32_t good = field->read(value);
  if (!good) return false;
  if (field->repeats) *mx = value;
  if (field->repeats || !(lines->seen & field->met)) lines->seen |= field->met | good;
  return true;
}

void trpt_check_sts_line(trpt_sts_lines *lines, trpt_str line, trpt_str *mx, trpt_codes *codes) {
  trpt_str key, value;
  *mx = (trpt_str){NULL, 0};
  if (take_plain_line(lines, line, mx)) return;
  if (trpt_sts_line_parse(line.ptr, line.len, &key, &value) != TRPT_OK) {
    trpt_codes_add(codes, TRPT_CODE_REPORT_STS_LINE_SYNTAX);
    return;
  }
  const sts_field *field = field_of(key);
  if (!field || (!field->repeats && lines->seen & field->met)) return;
  if (field->repeats) *mx = value;
  const uint32_t good = field->read(value);
  lines->seen |= field->met | good;
  if (!good && field->if_bad != TRPT_CODE_NONE) trpt_codes_add(codes, field->if_bad);
}

void trpt_check_sts_lines(const trpt_sts_lines *lines, trpt_codes *codes) {
  if (!(lines->seen & TRPT_STS_SAW_VERSION)) trpt_codes_add(codes, TRPT_CODE_REPORT_STS_NO_VERSION);
  if (!(lines->seen & TRPT_STS_SAW_MODE)) trpt_codes_add(codes, TRPT_CODE_REPORT_STS_NO_MODE);
  if ((lines->seen & (TRPT_STS_NEEDS_MX | TRPT_STS_SAW_MX)) == TRPT_STS_NEEDS_MX)
    trpt_codes_add(codes, TRPT_CODE_REPORT_STS_NO_MX);
  /* There is no code of its own for a policy without max_age, which is as invalid as one with a bad one. */
  if (!(lines->seen & TRPT_STS_SAW_MAX_AGE)) trpt_codes_add(codes, TRPT_CODE_REPORT_STS_BAD_MAX_AGE);
}

/* lib/parser/checks/window.c */
/* SPDX-License-Identifier: MIT */




enum { WINDOW_SECONDS_PER_DAY = 86400 };

void trpt_check_time(trpt_str text, bool is_end, int64_t *seconds, trpt_codes *codes) {
  unsigned form = 0;
  *seconds = INT64_MIN;
  const bool is_time = trpt_datetime_read(text.ptr, text.len, seconds, &form);
  if (form & TRPT_DATETIME_DATE && is_end) *seconds += WINDOW_SECONDS_PER_DAY - 1;
  if (!codes) return;
  if (!is_time || form & TRPT_DATETIME_OTHER) trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_DATETIME);
  if (form & TRPT_DATETIME_NO_ZONE) trpt_codes_add(codes, TRPT_CODE_REPORT_MISSING_TIMEZONE);
  if (form & TRPT_DATETIME_LOWER_CASE) trpt_codes_add(codes, TRPT_CODE_REPORT_LOWERCASE_DATETIME);
}

/* Seconds from one time to a later one. Never overflows. */
static uint64_t seconds_between(int64_t from, int64_t to) { return (uint64_t)to - (uint64_t)from; }

/* A full day of UTC, RFC 8460 s4.1. Senders write its end as the last second of the day, as in RFC 8460 appendix B, or as the
   first second of the next day, since RFC 3339 has no 24:00. */
static bool is_utc_day(int64_t start, uint64_t length) {
  return start % WINDOW_SECONDS_PER_DAY == 0 && (length == WINDOW_SECONDS_PER_DAY || length == WINDOW_SECONDS_PER_DAY - 1);
}

void trpt_check_window(int64_t start, int64_t end, int64_t now, trpt_codes *codes) {
  /* Only the most specific problem with the length is reported: a window of a week is not a day either. */
  if (end < start)
    trpt_codes_add(codes, TRPT_CODE_REPORT_END_BEFORE_START);
  else if (end == start)
    trpt_codes_add(codes, TRPT_CODE_REPORT_ZERO_WINDOW);
  else if (seconds_between(start, end) > WINDOW_SECONDS_PER_DAY)
    trpt_codes_add(codes, TRPT_CODE_REPORT_WINDOW_TOO_LONG);
  else if (!is_utc_day(start, seconds_between(start, end)))
    trpt_codes_add(codes, TRPT_CODE_REPORT_WINDOW_NOT_UTC_DAY);
  /* One day of tolerance for wrong clocks and for senders that write local times as UTC. */
  if (now != 0 && end > now && seconds_between(now, end) > WINDOW_SECONDS_PER_DAY)
    trpt_codes_add(codes, TRPT_CODE_REPORT_FUTURE_WINDOW);
}

/* lib/parser/current.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CURRENT_H
#define TRPT_LIB_CURRENT_H

/* What was read of the report so far, as far as it is still needed: its metadata, the policy and the failure. */







/* Strings that are kept, one after the other. */
typedef struct trpt_store {
  char *text;
  size_t len;
  size_t capacity;
} trpt_store;

/* Bytes that the next text may have. */
static TRPT_INLINE size_t trpt_store_room(const trpt_store *store, size_t longest) {
  const size_t room = store->capacity - store->len;
  return room < longest ? room : longest;
}

/* Copies text that fits to a store. */
static TRPT_INLINE trpt_str trpt_store_add(trpt_store *store, trpt_str text) {
  char *to = store->text + store->len;
  /* Text that was decoded straight into the store is there already. */
  trpt_move_short(to, text.ptr, text.len);
  store->len += text.len;
  return (trpt_str){to, text.len};
}

/* Where an element of `policy-string` or `mx-host` is in the report. */
typedef struct trpt_element {
  trpt_position position;
  uint32_t index; /* in the array of the report; TRPT_NO_INDEX: the member was a bare string */
  uint8_t joined; /* the first of several in one string: a TRPT_JOINED_* of policy_string.h; else 0 */
  bool cut;       /* its end was cut off, so nothing but its characters can be checked */
} trpt_element;

typedef struct trpt_list {
  trpt_str *strings;
  trpt_element *elements;
  uint32_t count;
  uint32_t most;       /* of `count`. After an element was left out all later ones are, too. */
  uint32_t next_index; /* of the next element of the array */
  bool incomplete;     /* an element was cut or left out, so checks of the whole list would blame the sender wrongly */
  bool left_out;
  trpt_position position; /* of the member's value */
} trpt_list;

/* The counts of a policy: its `summary`, and what was counted. */
typedef struct trpt_totals {
  trpt_policy summary;           /* only the counts of the object `summary`, which FAILURE events do not show yet */
  uint64_t details;              /* sum of failed-session-count */
  trpt_position failed_position; /* of total-failure-session-count */
  uint32_t failure_count;
  uint32_t hiding_count; /* of them, those for which the sender could not get the policy */
  bool lost_details;     /* there are failures that cannot be read */
} trpt_totals;

/* A failure with what its checks need once its policy is known. */
typedef struct trpt_failure_state {
  trpt_failure failure;
  trpt_position type_position;
  trpt_position host_position;
  uint32_t index;       /* in the array of the report */
  uint32_t size;        /* of this with its text, while it is pending */
  uint64_t host_is_cut; /* whether receiving_mx_hostname is only the begin of what was written */
} trpt_failure_state;

typedef struct trpt_current {
  trpt_metadata metadata;
  trpt_policy policy;
  trpt_totals totals;
  trpt_failure_state failure;
  /* The lists of the policy, each with the name of its public field. */
#define LIST(tag, id, object, name, field, number, has, required, check) trpt_list field;
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
  trpt_store report_text;     /* of the metadata */
  trpt_store text;            /* of the policy, and above it of the failure */
  size_t failure_text;        /* where the failure's begins */
  size_t list_room;           /* bytes that the lists of the policy may still take */
  bool policy_is_cut;         /* a text of the policy object is not complete */
  trpt_position end_position; /* of end-datetime */
  uint32_t policy_index;      /* in `policies`, counting elements that are not objects */
  uint32_t failure_index;     /* in `failure-details`, likewise */
  uint32_t next_policy;
  uint32_t next_failure;
} trpt_current;

void trpt_current_reset(trpt_current *current);
/* The policy has none of its members. `list_room`: bytes that its lists may take. */
void trpt_current_clear_policy(trpt_current *current, size_t list_room);
void trpt_current_begin_policy(trpt_current *current, size_t list_room);
void trpt_current_begin_failure(trpt_current *current);

/* The next element of `policies` or `failure-details`, which need not be an object. */
static TRPT_INLINE void trpt_current_next_policy(trpt_current *current) { current->policy_index = current->next_policy++; }
static TRPT_INLINE void trpt_current_next_failure(trpt_current *current) {
  current->failure_index = current->next_failure++;
}

/* The failure was copied or returned, and its text is no longer needed. */
static TRPT_INLINE void trpt_current_drop_failure(trpt_current *current) { current->text.len = current->failure_text; }

#endif



void trpt_current_reset(trpt_current *current) {
  trpt_clear(&current->metadata, sizeof current->metadata);
  current->metadata.start = current->metadata.end = INT64_MIN;
  current->report_text.len = 0;
}

void trpt_current_clear_policy(trpt_current *current, size_t list_room) {
  trpt_clear(&current->policy, sizeof current->policy);
  current->policy.index = current->metadata.policy_count;
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  current->field.count = 0;                                                                                            \
  current->field.incomplete = false;
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
  current->text.len = 0;
  current->list_room = list_room;
  current->policy_is_cut = false;
}

void trpt_current_begin_policy(trpt_current *current, size_t list_room) {
  trpt_current_clear_policy(current, list_room);
  trpt_clear(&current->totals, sizeof current->totals);
}

void trpt_current_begin_failure(trpt_current *current) {
  trpt_clear(&current->failure.failure, sizeof current->failure.failure);
  current->failure.failure.policy_index = current->policy.index;
  current->failure.host_is_cut = false;
  current->failure_text = current->text.len;
}
#undef LIST

/* lib/parser/decode.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_BEGIN_H
#define TRPT_LIB_BEGIN_H

/* The begin of an object or array. All of it is inline, since on the fast path the context and the member are constants, which
   leaves a few stores of it. */

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_EMIT_H
#define TRPT_LIB_EMIT_H

/* Diagnostics and errors, from where they are found into the queue of events. */

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PARSER_H
#define TRPT_LIB_PARSER_H

/* The parser: one struct for each part, which only the files named here change.

     settings    settings.c                         what the caller asked for; never changed
     allocation  parser.c                           creates, resets and frees parsers
     input       input.c                            bytes to JSON text, the caller's chunk
     decoder     decode_loop.c decode.c fast_path.c tokens to members, by the rows of decode_table.c
     current     current.c value.c string_list.c    the values of the metadata, the policy and the failure
                 list_value.c policy_string.c other_form.c
                 flat_policy.c
     pending     pending.c                          failures before their policy object
     sequence    sequence.c                         texts one after another, TRPT_SEQUENCE
     deferred    deferred.c end_object.c            what follows a token in several steps
     policy_checks policy_checks.c repetition.c     checks of more than one value
     events      event_queue.c emit.c               what waits to be returned
     call        parser.c read.c                    one call of a public function
     push        push.c callback.h                  callbacks
     tree        lib/report                         the unfinished tree of trpt_report_read

   memory_layout.c lays all of them out in one block; missing.c finds required members; path.c writes paths. */



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CALL_H
#define TRPT_LIB_CALL_H

/* What every public function on a parser begins with, and the error that trpt_parser_error returns. */

#include <stdbool.h>



typedef struct trpt_call {
  trpt_error error; /* why the last call failed; status 0: it did not */
  bool busy;        /* a callback is running */
  bool reads_tree;  /* trees are made of the input, not events */
  bool has_failed;  /* an error was returned that every call returns */
  bool has_result;  /* trpt_reports_next has returned a report or an error */
} trpt_call;

/* Begins a call and clears the error of the last one. TRPT_E_ARGUMENT without a parser, TRPT_E_STATE inside a callback. */
trpt_status trpt_call_begin(trpt_parser *parser);

/* Sets an error that applies to this call only. Returns `status`. */
trpt_status trpt_call_refuse(trpt_parser *parser, trpt_status status);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DECODER_H
#define TRPT_LIB_DECODER_H

/* Where the decoder is in the report, and the token that it handles. */





/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DECODE_TABLE_H
#define TRPT_LIB_DECODE_TABLE_H

/* What the decoder does with each member of a report: the rows of lib/model/schema.def as offsets in a parser. */

#include <stdalign.h>




/* The longest key. */
enum { TRPT_KEY_SIZE = 32 };

/* Kept small: the decoder reads one of these for each member of a report. An alias has only a key, a bit and the member that
   it stands for. */
typedef struct trpt_schema {
  alignas(16) char key[TRPT_KEY_SIZE + 1]; /* the name as it is written in a report after its first quote: name": */
  bool (*check)(trpt_str value, trpt_codes *codes); /* of a string */
  uint32_t present;                                 /* the bit that says that the structure has the value */
  uint32_t bit;                                     /* in the set of members that an object has */
  uint32_t key_mask;                                /* bit i: byte i of the key is used */
  uint8_t key_len;                                  /* with both quotes and the colon */
  uint8_t kind;                                     /* of the token that its value is, or begins with */
  uint8_t inner;                                    /* the context of the value of an object or array */
  uint8_t member;                                   /* itself; of an alias the member that it stands for */
  uint8_t type;                                     /* of the member */
  bool has_meaning;                                 /* a string that is more than text: see trpt_value_read */
  uint16_t slot;                                    /* where the value goes, in the parser */
  uint16_t present_slot;                            /* where its bit goes */
  uint16_t store;                                   /* where the text of a string goes */
  uint16_t number;   /* where the meaning of a string goes: a time, or the number of a type; of a list, its trpt_list */
  uint16_t position; /* where its position goes, for later checks; 0: nowhere */
} trpt_schema;

extern const trpt_schema trpt_schemas[TRPT_MEMBER_COUNT];

/* What to do with the value of a member: of an alias the same as with that of the member for which it stands. */
static TRPT_INLINE const trpt_schema *trpt_schema_of(trpt_member member) {
  return &trpt_schemas[trpt_schemas[member].member];
}

/* The member of this name in an object, or TRPT_MEMBER_NONE. */
trpt_member trpt_schema_find(trpt_context context, trpt_str name);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PATH_H
#define TRPT_LIB_PATH_H

/* A position in the structure of a report, from which its path can be written. */



#define TRPT_NO_INDEX UINT32_MAX

typedef struct trpt_path {
  uint8_t context;
  uint8_t member;  /* TRPT_MEMBER_NONE: the object or array itself */
  uint32_t string; /* index in `policy-string` or `mx-host`; TRPT_NO_INDEX: none */
} trpt_path;

static TRPT_INLINE trpt_path trpt_path_of(trpt_context context, trpt_member member) {
  return (trpt_path){(uint8_t)context, (uint8_t)member, TRPT_NO_INDEX};
}

/* Writes the path with a NUL; `policy` and `failure` are indexes in the arrays of the report. The bytes after the NUL change too. */
enum { TRPT_PATH_SIZE = 128 };
void trpt_path_write(char text[TRPT_PATH_SIZE], trpt_path path, uint32_t policy, uint32_t failure);

#endif

typedef struct trpt_decoder {
  trpt_json json;
  trpt_json_token token;
  trpt_context context;
  trpt_member member;                          /* whose value comes next; TRPT_MEMBER_NONE: it is skipped */
  uint32_t skip_depth;                         /* inside a value that is skipped */
  bool is_exact;                               /* for fuzzing: reads token by token, never a step at once */
  uint8_t vain;                                /* how often in a row the fast path took nothing */
  uint8_t exact_tokens;                        /* for so many tokens the fast path is not tried */
  uint32_t seen[TRPT_CONTEXT_COUNT];           /* members of the object, by TRPT_MEMBER_BIT */
  trpt_position positions[TRPT_CONTEXT_COUNT]; /* of the object or array */
  trpt_position alias_positions[TRPT_ALIAS_COUNT];
  uint8_t last;           /* the member before, or the start of the object */
  trpt_context misplaced; /* in an element of `policies` itself, but not by RFC 8460; or TRPT_IN_NOTHING */
  /* The first member of the policy object in the element of `policies` itself, and its name; or TRPT_MEMBER_NONE. */
  trpt_member flat;
  trpt_position flat_position;
  /* What came after each in the last object of its kind, as a guess for this one. */
  uint8_t followers[TRPT_MEMBER_COUNT + TRPT_CONTEXT_COUNT];
} trpt_decoder;

static TRPT_INLINE void trpt_decoder_begin_text(trpt_decoder *decoder) {
  decoder->context = TRPT_IN_NOTHING;
  decoder->member = TRPT_MEMBER_NONE;
  decoder->flat = TRPT_MEMBER_NONE;
  decoder->misplaced = TRPT_IN_NOTHING;
  decoder->vain = decoder->exact_tokens = 0;
  decoder->last = TRPT_MEMBER_NONE;
  decoder->skip_depth = 0;
}

static TRPT_INLINE void trpt_decoder_reset(trpt_decoder *decoder) {
  trpt_json_reset(&decoder->json);
  decoder->token.offset = 0;
  trpt_decoder_begin_text(decoder);
}

/* Handles tokens until something else has to be done before the next one: TOKEN. Otherwise returns what the tokenizer said
   instead of a token. */
trpt_json_status trpt_decode(trpt_parser *parser);

/* What the exact and the fast path do with a token. */

/* A value, by its context. */
void trpt_decode_value(trpt_parser *parser);
/* The end of an object or array. */
void trpt_decode_leave(trpt_parser *parser);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DEFERRED_H
#define TRPT_LIB_DEFERRED_H

/* What follows a token in several steps, so that no step emits more than the queue holds: checks of lists, and the policies,
   failures and the report that are complete. */



/* To be done before the next token is read, in this order. */
enum {
  TRPT_DEFER_STRINGS = 1,    /* check the elements of policy-string */
  TRPT_DEFER_POLICY = 2,     /* check what needs the whole policy object */
  TRPT_DEFER_PENDING = 4,    /* return the pending failures */
  TRPT_DEFER_FAILURE = 8,    /* return the failure that just ended */
  TRPT_DEFER_END = 16,       /* check the sums, return the policy */
  TRPT_DEFER_END_TEXT = 32,  /* of a sequence: the top-level object has ended */
  TRPT_DEFER_REPORT = 64,    /* return the report */
  TRPT_DEFER_NEXT_TEXT = 128 /* prepare for the next text of a sequence */
};

typedef struct trpt_deferred {
  uint32_t work;
  uint32_t index; /* of the next element of policy-string */
} trpt_deferred;

static TRPT_INLINE void trpt_deferred_reset(trpt_deferred *deferred) { *deferred = (trpt_deferred){0}; }

static TRPT_INLINE void trpt_deferred_add(trpt_deferred *deferred, uint32_t work) { deferred->work |= work; }

/* Does one step of it. There must be work. */
void trpt_deferred_run(trpt_parser *parser);

/* Does all of it at once, unless something has to be returned before. So reading need not stop for most policies. */
void trpt_deferred_run_all(trpt_parser *parser);

/* Checks and returns the failure that just ended. There is no work before that. */
void trpt_deferred_return_failure(trpt_parser *parser);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_EVENT_QUEUE_H
#define TRPT_LIB_EVENT_QUEUE_H

/* The queue of what the caller receives next: diagnostics, then an error, then a policy, failure or report. */

#include <stdbool.h>






/* More than one token, or one step of deferred work, can emit. */
enum { TRPT_QUEUE_CAPACITY = 32 };

typedef struct trpt_queued {
  trpt_position position;
  trpt_path path;
  uint32_t policy; /* indexes in the arrays of the report */
  uint32_t failure;
  trpt_code code;
} trpt_queued;

/* What an error ends. Without TRPT_SEQUENCE it ends the input in any case. */
typedef enum trpt_failed_scope {
  TRPT_FAILED_TEXT,    /* the text, which is still JSON */
  TRPT_FAILED_JSON,    /* the text, whose end cannot be found */
  TRPT_FAILED_INPUT,   /* the input */
  TRPT_FAILED_RETURNED /* nothing more: it was returned for its text, or is being returned */
} trpt_failed_scope;

typedef struct trpt_events {
  uint32_t first; /* in the queue */
  uint32_t count; /* of the queued element; 0: none is queued */
  trpt_queued queue[TRPT_QUEUE_CAPACITY];
  uint32_t diagnostics; /* number of diagnostics queued for this report */
  bool receives;        /* the caller takes diagnostics */
  bool has_element;
  bool complete;      /* no event follows the queue and the element */
  trpt_event element; /* a policy, failure or report */
  trpt_event event;   /* a diagnostic, with what it points to */
  trpt_diagnostic diagnostic;
  char where[TRPT_PATH_SIZE];
  trpt_failed_scope scope; /* of `failed` */
  trpt_error failed;       /* why reading cannot continue; status 0: it can */
} trpt_events;

void trpt_events_reset(trpt_events *waiting);

/* Adds a diagnostic to the queue. */
void trpt_events_add(trpt_events *waiting, trpt_queued queued);

/* Drops the queue and an error that would follow it. */
void trpt_events_drop(trpt_events *waiting);

static TRPT_INLINE void trpt_events_set_element(trpt_events *waiting, trpt_event element) {
  waiting->element = element;
  waiting->has_element = true;
}

/* The error was that of one text of a sequence, and the next call goes on. */
static TRPT_INLINE bool trpt_events_has_returned(const trpt_events *waiting) {
  return waiting->scope == TRPT_FAILED_RETURNED;
}

/* Forgets such an error. */
static TRPT_INLINE void trpt_events_go_on(trpt_events *waiting) {
  if (trpt_events_has_returned(waiting)) trpt_events_drop(waiting);
}

/* Something has to be returned before more is read. Not 0: yes. */
static TRPT_INLINE uint32_t trpt_events_wait(const trpt_events *waiting) {
  return waiting->count | (uint32_t)waiting->failed.status | waiting->has_element;
}

/* What trpt_events_next does if a diagnostic or an error is queued. */
trpt_status trpt_events_take(trpt_events *waiting, const trpt_event **event);

/* OK: `*event` is the next event; END: all events were returned; MORE: nothing is queued; otherwise the error. */
static TRPT_INLINE trpt_status trpt_events_next(trpt_events *waiting, const trpt_event **event) {
  if (waiting->count | (uint32_t)waiting->failed.status) return trpt_events_take(waiting, event);
  if (waiting->has_element) {
    waiting->has_element = false;
    *event = &waiting->element;
    return TRPT_OK;
  }
  return waiting->complete ? TRPT_END : TRPT_MORE;
}

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_INPUT_H
#define TRPT_LIB_INPUT_H

/* Turns the input, plain or gzip, into JSON text and enforces the limits on both. It owns the caller's chunk for the
   duration of a call. */

#include <stdbool.h>



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_GZIP_H
#define TRPT_LIB_GZIP_H

/* Reads gzip members (RFC 1952: header, deflate data, trailer), one after another, in chunks of any size. Offsets count
   compressed bytes.

   Guarantees for any input:
   - Output, diagnostics, their order and offsets, and the end depend on the input bytes alone, not on the chunks or on
     the sizes of the output buffers.
   - Bytes that were inflated before a diagnostic or an error are returned before it.
   - Time is linear in input and output, even for thousands of empty members. Nothing is allocated. */


/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_INFLATE_H
#define TRPT_LIB_INFLATE_H

/* Inflates raw deflate data (RFC 1951) in memory that the caller reserved. Only zlib.c knows which library is used.
   Nothing is allocated after init. */

#include <stddef.h>
#include <stdint.h>

typedef struct trpt_inflate trpt_inflate;

typedef enum trpt_inflate_status {
  TRPT_INFLATE_MORE,   /* all input was consumed */
  TRPT_INFLATE_OUTPUT, /* the output is full, and more output is certain */
  TRPT_INFLATE_END,    /* the deflate data ended after `*in_used` bytes */
  TRPT_INFLATE_BAD     /* invalid deflate data */
} trpt_inflate_status;

/* The number of bytes that init needs, aligned for max_align_t. Init returns NULL if the library at run time needs more
   memory than any known version; otherwise the first stream can be read. */
size_t trpt_inflate_size(void);
trpt_inflate *trpt_inflate_init(void *memory);

/* Prepares for the next deflate stream in the same memory, without allocation. */
void trpt_inflate_reset(trpt_inflate *inflate);

/* Neither `in` nor `out` may be NULL, even for 0 bytes. */
trpt_inflate_status trpt_inflate_run(trpt_inflate *inflate, const uint8_t *in, size_t in_len, size_t *in_used,
                                     uint8_t *out, size_t out_capacity, size_t *out_len);

/* The bits of consumed input that the engine has read ahead but not used. Subtracting them makes the position in the
   input independent of the chunks after OUTPUT. */
uint32_t trpt_inflate_unused_bits(const trpt_inflate *inflate);

/* CRC-32 of RFC 1952, continued from `crc`; begin with 0. */
uint32_t trpt_inflate_crc32(uint32_t crc, const uint8_t *data, size_t len);

#endif

typedef enum trpt_gzip_status {
  TRPT_GZIP_MORE,       /* all input was consumed */
  TRPT_GZIP_OUTPUT,     /* the output is full: call again with the rest of the input and an empty output */
  TRPT_GZIP_DIAGNOSTIC, /* a diagnostic that does not stop the reading: `code` and `offset` are set; call again */
  TRPT_GZIP_BAD         /* broken: `code` and `offset` are set. The output holds what was inflated before. */
} trpt_gzip_status;

typedef struct trpt_gzip {
  trpt_inflate *inflate;
  uint64_t in_total;  /* compressed bytes consumed, over all members */
  uint64_t out_total; /* bytes written, over all members */
  trpt_code code;     /* of the last DIAGNOSTIC or BAD */
  uint64_t offset;    /* where that code applies */
  /* The rest is private to gzip.c. */
  uint64_t part_start; /* offset of the part that is being read: the member, its header CRC, deflate data or trailer */
  uint32_t member_out; /* bytes inflated from this member, modulo 2^32 like ISIZE */
  uint32_t crc;        /* of the inflated bytes */
  uint32_t header_crc;
  uint32_t number;    /* the little-endian number that is being read */
  uint32_t remaining; /* remaining bytes of the part that is being read */
  uint8_t state;
  uint8_t flags;         /* FLG of the header: the parts still to come */
  uint8_t members;       /* number of members begun; 2 means two or more */
  uint8_t reported_name; /* gzip.fname was reported */
} trpt_gzip;

/* The caller keeps ownership of `inflate`. */
void trpt_gzip_init(trpt_gzip *gzip, trpt_inflate *inflate);
void trpt_gzip_reset(trpt_gzip *gzip);

/* Reads input and writes output until one of them is exhausted or there is a diagnostic. Always sets `*in_used` and
   `*out_len`; output may have been written together with a diagnostic. With capacity 0 `out` may be NULL.

   OUTPUT means that more output is certain. It is returned once for each output that is filled, always with the same
   trpt_gzip_bits_used, if the caller does this: when MORE leaves the output full, pass the next input with capacity 0
   until OUTPUT is returned. That is the moment to check limits.

   After BAD every call returns BAD until reset. */
trpt_gzip_status trpt_gzip_read(trpt_gzip *gzip, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                                size_t out_capacity, size_t *out_len);

/* The input has ended. Returns MORE if it ended after a member or in trailing bytes, else BAD (gzip.truncated). Call it
   after a MORE that did not fill the output; if the output is full, read once more without input first. A single 1f
   after the last member counts as a truncated member. */
trpt_gzip_status trpt_gzip_finish(trpt_gzip *gzip);

/* Bits of input that produced the output so far. After OUTPUT this number depends on the output alone, not on the
   chunks. */
uint64_t trpt_gzip_bits_used(const trpt_gzip *gzip);

#endif

/* The limits are checked at each full window of inflated text, so that they do not depend on how the input is cut. */
enum { TRPT_WINDOW_SIZE = 65536 };

typedef enum trpt_input_kind { TRPT_INPUT_UNKNOWN, TRPT_INPUT_PLAIN, TRPT_INPUT_GZIP } trpt_input_kind;

typedef struct trpt_input {
  trpt_input_kind kind;
  trpt_gzip_status status; /* DIAGNOSTIC or BAD: reported once the window was read */
  bool over_limit;         /* more text than max_inflated; reported likewise */
  bool ended;              /* the input has ended */
  bool skips;              /* what follows is not read */
  bool lends;              /* the tokenizer has what follows those bytes of the chunk that were used */
  const unsigned char *chunk;
  size_t chunk_len;
  size_t chunk_used;
  uint64_t consumed;    /* bytes of input */
  uint64_t text_offset; /* bytes of JSON text before those that the tokenizer has */
  unsigned char *window;
  size_t window_len;
  trpt_gzip gzip;
} trpt_input;

void trpt_input_reset(trpt_parser *parser);

/* Begins a call with a chunk, or with NULL at the end of the input. Plain text is passed straight to the tokenizer. */
void trpt_input_begin(trpt_parser *parser, const void *chunk, size_t len);

/* Ends the call and releases the chunk. The tokenizer keeps its state. Returns the number of consumed bytes. */
size_t trpt_input_end(trpt_parser *parser);

/* Passes the next text to the tokenizer, which has read everything before. Returns false if there is none, if the parser has
   failed, or if it has something to report. */
bool trpt_input_next(trpt_parser *parser);

/* Skips the rest of the input. */
void trpt_input_skip(trpt_parser *parser);

/* Called at the end of the input, after all of its text. */
void trpt_input_finish(trpt_parser *parser);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PENDING_H
#define TRPT_LIB_PENDING_H

/* Failures that were written before their policy object. They wait here until it was read, or until max_held is full. */



typedef struct trpt_pending {
  unsigned char *memory;
  uint32_t capacity; /* max_held */
  uint32_t len;
  uint32_t consumed;
  bool full; /* further failures of this policy do not wait */
} trpt_pending;

static TRPT_INLINE void trpt_pending_reset(trpt_pending *pending) {
  pending->len = 0;
  pending->consumed = 0;
  pending->full = false;
}

/* Stores the current failure. Returns false if it does not fit; then it stays the current failure, and no further one is
   stored. */
bool trpt_pending_add(trpt_pending *pending, trpt_current *current);

/* The next failure. There must be one: `len` is not 0. It is valid until the next trpt_pending_add. */
const trpt_failure_state *trpt_pending_take(trpt_pending *pending);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_POLICY_CHECKS_H
#define TRPT_LIB_POLICY_CHECKS_H

/* Checks that need more than one value of a policy. They run from deferred.c. */



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_REPETITION_H
#define TRPT_LIB_REPETITION_H

/* Finds policies that a report contains twice. Memory is constant, so only the last few policies are compared. */

#include <stdbool.h>



enum { TRPT_RECENT_POLICIES = 64 };

typedef struct trpt_repetition {
  uint64_t hashes[TRPT_RECENT_POLICIES];
  char tags[TRPT_RECENT_POLICIES]; /* the first byte of each, so that sixteen can be compared at once */
  uint32_t count;                  /* of all that were added */
  bool first_waits;                /* to be added once a second one begins, which few reports have */
} trpt_repetition;

static TRPT_INLINE void trpt_repetition_reset(trpt_repetition *recent) {
  recent->count = 0;
  recent->first_waits = false;
}

/* Adds a policy. True if it is one of the last. */
bool trpt_repetition_add(trpt_repetition *recent, const trpt_policy *policy);

void trpt_repetition_add_first(trpt_repetition *recent, const trpt_policy *policy);

/* The policy that was read last is about to be overwritten. */
static TRPT_INLINE void trpt_repetition_next(trpt_repetition *recent, const trpt_policy *policy) {
  if (recent->first_waits) trpt_repetition_add_first(recent, policy);
}

#endif

typedef struct trpt_policy_checks {
  trpt_sts_lines sts_lines;
  uint64_t sts_patterns;  /* of the mx lines, as a sum of hashes */
  trpt_repetition recent; /* policies */
} trpt_policy_checks;

/* The elements of policy-string from `*index` on, by the type of the policy. False: there is something to report about the last
   one that was checked; go on after that. */
bool trpt_policy_check_strings(trpt_parser *parser, uint32_t *index);

/* The whole policy object. */
void trpt_policy_check(trpt_parser *parser);

/* A failure against its policy. */
void trpt_policy_check_failure(trpt_parser *parser, const trpt_failure_state *state);

/* The totals against the failures, once all were read. */
void trpt_policy_check_totals(trpt_parser *parser);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PUSH_H
#define TRPT_LIB_PUSH_H

/* Callbacks for events: a loop over trpt_read_next. */

#include <stdbool.h>



typedef struct trpt_push {
  trpt_handler handler; /* each member may be NULL */
  void *user;
  bool calls; /* the events of this call go to the callbacks */
} trpt_push;

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SEQUENCE_H
#define TRPT_LIB_SEQUENCE_H

/* TRPT_SEQUENCE: an input of many texts, each with a report. Without the flag the input is one text, in which this file has nothing
   to do. A text is over once the first byte of the next one, or the end of the input, was seen. */

#include <stdbool.h>





/* What is read next. */
typedef enum trpt_sequence_state {
  TRPT_IN_TEXT,     /* the decoder reads a text */
  TRPT_IN_REST,     /* the rest of a text that failed: only its end matters */
  TRPT_AFTER_TEXT,  /* the gap after a text whose REPORT or fault is not yet returned */
  TRPT_BEFORE_TEXT, /* any other gap */
  TRPT_IN_JUNK      /* after text that is not JSON, up to the next line that begins with "{" */
} trpt_sequence_state;

typedef struct trpt_sequence {
  trpt_sequence_state state;
  trpt_gap gap;
  trpt_error fault; /* of the text, to be returned at its end; status 0: none */
} trpt_sequence;

void trpt_sequence_reset(trpt_parser *parser);

/* Reads on outside of a text that is decoded. Returns TOKEN if something was read, MORE if there must be more text. */
trpt_json_status trpt_sequence_read(trpt_parser *parser);

/* The same at the end of the input. */
void trpt_sequence_finish(trpt_parser *parser);

/* The top-level object has ended. */
void trpt_sequence_end_text(trpt_parser *parser);

/* Returns the fault of the text that is over. Returns false if it has none. */
bool trpt_sequence_return_fault(trpt_parser *parser);

/* Prepares for the next text. */
void trpt_sequence_next_text(trpt_parser *parser);

/* Reading has failed. Returns true if that concerns one text alone, and if the reading goes on before the fault is returned. */
bool trpt_sequence_catch(trpt_parser *parser);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SETTINGS_H
#define TRPT_LIB_SETTINGS_H

/* The caller's options with the defaults filled in. They never change. */

#include <stdbool.h>



/* The rows of limits.def. */
typedef enum trpt_limit {
#define LIMIT(id, member, initial, code, sentence) TRPT_LIMIT_##id,
#define FIXED_LIMIT(id, value, code, sentence)     TRPT_LIMIT_##id,
LIMIT(DEPTH, max_depth, 16, JSON_LIMIT, "Objects and arrays are nested deeper than max_depth (#).")
FIXED_LIMIT(NESTING, trpt_max_nesting(options), JSON_LIMIT,
            "Objects and arrays are nested deeper than # levels, the greater of 64 and max_depth.")
LIMIT(STRING, max_string, 16U << 10, JSON_LIMIT, "The string is longer than max_string (# bytes).")
LIMIT(STRINGS, max_strings, 1024, JSON_LIMIT, "The list has more elements than max_strings (#).")
LIMIT(ENTRY, max_entry, 64U << 10, JSON_LIMIT, "The strings of the policy take more than max_entry (# bytes).")
FIXED_LIMIT(LISTS, options->max_entry, JSON_LIMIT,
            "The lists policy-string and mx-host take more than half of max_entry (# bytes).")
LIMIT(HELD, max_held, 64U << 10, JSON_LIMIT, NULL)
LIMIT(POLICIES, max_policies, 100000, JSON_LIMIT, "The report has more policies than max_policies (#).")
LIMIT(DIAGNOSTICS, max_diagnostics, 1000, JSON_LIMIT, NULL)
LIMIT(RATIO, max_ratio, 200, GZIP_RATIO, "The gzip data inflates to more than max_ratio (#) times its own length.")
LIMIT(FAILURES, max_failures, 10000000, JSON_LIMIT, "The report has more failures than max_failures (#).")
LIMIT(INPUT, max_input, UINT64_C(64) << 20, JSON_LIMIT, "The input is longer than max_input (# bytes).")
LIMIT(INFLATED, max_inflated, UINT64_C(256) << 20, JSON_LIMIT, "The gzip data inflates to more than max_inflated (# bytes).")
LIMIT(MEMORY, max_memory, UINT64_C(256) << 20, JSON_LIMIT, "The report needs more memory than max_memory (# bytes).")
FIXED_LIMIT(FAILURES_OF_POLICY, UINT32_MAX, JSON_LIMIT, "A policy has more than # failures.")
#undef LIMIT
#undef FIXED_LIMIT
} trpt_limit;

typedef struct trpt_settings {
  trpt_options options; /* its allocator is NULL, since it need not live as long */
  trpt_allocator allocator;
} trpt_settings;

static TRPT_INLINE bool trpt_is_strict(const trpt_settings *settings) { return settings->options.flags & TRPT_STRICT; }

static TRPT_INLINE bool trpt_is_sequence(const trpt_settings *settings) { return settings->options.flags & TRPT_SEQUENCE; }

/* Not TRPT_NO_DIAGNOSTICS. */
static TRPT_INLINE bool trpt_diagnoses(const trpt_settings *settings) {
  return !(settings->options.flags & TRPT_NO_DIAGNOSTICS);
}

/* How deep objects and arrays may nest. Only what is known of a report is bound by max_depth alone. */
static TRPT_INLINE uint32_t trpt_max_nesting(const trpt_options *options) {
  return options->max_depth < 64 ? 64 : options->max_depth;
}

/* Bytes that the lists of a policy may take, so that its other texts have room. */
static TRPT_INLINE size_t trpt_list_most(const trpt_settings *settings) { return settings->options.max_entry / 2; }

trpt_status trpt_options_read(trpt_options *out, const trpt_options *options);
/* `options` come from trpt_options_read. */
void trpt_settings_init(trpt_settings *settings, const trpt_options *options);

#endif

/* Of trpt_parser_new; NULL: the memory is the caller's. */
typedef struct trpt_allocation {
  void *memory;
  size_t size;
} trpt_allocation;

struct trpt_parser {
  trpt_settings settings;
  trpt_allocation allocation;
  trpt_input input;
  trpt_decoder decoder;
  trpt_sequence sequence;
  trpt_current current;
  trpt_pending pending;
  trpt_deferred deferred;
  trpt_policy_checks policy_checks;
  trpt_events events;
  trpt_call call;
  trpt_push push;
  trpt_report *tree;
};

#endif

/* Counts a diagnostic, and queues it if the caller takes it. In strict mode one of error level fails the parser. */
void trpt_emit(trpt_parser *parser, trpt_code code, trpt_position position, trpt_path path);
void trpt_emit_all(trpt_parser *parser, const trpt_codes *codes, trpt_position position, trpt_path path);

/* The report cannot be read on. Only the first error counts. */
void trpt_fail(trpt_parser *parser, trpt_status status, trpt_code code, trpt_position position, trpt_path path);
/* The same with TRPT_E_LIMIT; the message names the limit and its value. */
void trpt_fail_limit(trpt_parser *parser, trpt_limit limit, trpt_position position, trpt_path path);

/* Reading ends at an event, for a reason that lies outside of the text: what was still to be reported is dropped. The
   position is that of the event, since how far the tokenizer has read depends on the chunks. NULL: before the first
   event. */
trpt_status trpt_fail_at_event(trpt_parser *parser, trpt_status status, const trpt_event *event);
trpt_status trpt_fail_at_fault(trpt_parser *parser, trpt_status status, const trpt_error *fault);
trpt_status trpt_fail_limit_at_event(trpt_parser *parser, trpt_limit limit, const trpt_event *event);

/* The position of the token that is being handled. */
static TRPT_INLINE trpt_position trpt_position_now(const trpt_parser *parser) {
  return trpt_json_position(&parser->decoder.json, parser->decoder.token.offset);
}

/* The member or context that is being decoded. */
static TRPT_INLINE trpt_path trpt_path_now(const trpt_parser *parser) {
  return trpt_path_of(parser->decoder.context, parser->decoder.member);
}

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FLAT_POLICY_H
#define TRPT_LIB_FLAT_POLICY_H

/* Members of the policy object that a sender wrote into the element of `policies` itself. They are read as they come, and count
   unless the element has a policy object, before or after them. */



/* A member of the element has the name of `member`, a member of the policy object. Returns the member whose value counts, or
   TRPT_MEMBER_NONE. */
trpt_member trpt_flat_policy_begin(trpt_parser *parser, trpt_member member, trpt_position position);

/* The policy object begins after such members, which do not count. */
void trpt_flat_policy_withdraw(trpt_parser *parser);

/* The element ends without a policy object. They count. */
void trpt_flat_policy_end(trpt_parser *parser);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_LIST_VALUE_H
#define TRPT_LIB_LIST_VALUE_H

/* The value of a member that is a list of strings. */




/* An array begins. */
void trpt_list_value_begin(trpt_parser *parser, const trpt_schema *schema);

/* An element of the array: a string, which is at `path`. */
void trpt_list_value_add(trpt_parser *parser, const trpt_schema *schema, trpt_path path);

/* RFC 8460 appendix B and s4: one string where s4.4 has an array of strings. */
void trpt_list_value_bare(trpt_parser *parser, const trpt_schema *schema);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_VALUE_H
#define TRPT_LIB_VALUE_H

/* The value of one member, into the structure that it belongs to. */




/* What remains of a text that is longer than `room`, and reports that. Strict mode fails with `limit` instead, and nothing
   remains. */
trpt_str trpt_value_cut(trpt_parser *parser, trpt_str text, size_t room, trpt_limit limit, trpt_path path);

/* A string that is longer than max_string or than the room in its store. */
void trpt_value_take_long(trpt_parser *parser, const trpt_schema *schema);

/* The value at an offset of decode_table.h. */
static TRPT_INLINE void *trpt_value_slot(trpt_parser *parser, size_t slot) { return (char *)parser + slot; }

/* An alias appears under its own name. */
static TRPT_INLINE trpt_path trpt_value_path(const trpt_parser *parser, const trpt_schema *schema) {
  const trpt_member member =
      parser->decoder.member >= TRPT_FIRST_ALIAS ? parser->decoder.member : (trpt_member)schema->member;
  return trpt_path_of(parser->decoder.context, member);
}

/* The bits of the structure of a member, which say what is present. */
static TRPT_INLINE uint32_t *trpt_value_present(trpt_parser *parser, const trpt_schema *schema) {
  return trpt_value_slot(parser, schema->present_slot);
}

static TRPT_INLINE void trpt_value_set_present(trpt_parser *parser, const trpt_schema *schema) {
  *trpt_value_present(parser, schema) |= schema->present;
}

/* Reports `codes`, which the check of the text found, and what else is wrong with it. `all`: nothing else can be. */
void trpt_value_emit(trpt_parser *parser, trpt_codes *codes, bool all, trpt_path path);

/* Checks the text of the token, which is stored. */
static TRPT_INLINE void trpt_value_check(trpt_parser *parser, const trpt_schema *schema, trpt_path path) {
  const trpt_json_token *token = &parser->decoder.token;
  trpt_codes codes;
  codes.count = 0;
  const bool all = token->text.len && schema->check(token->text, &codes);
  if (!all || codes.count || token->string_errors) trpt_value_emit(parser, &codes, all, path);
}

/* Finds the type that a string names. Returns false if it is unknown. */
static TRPT_INLINE bool trpt_value_find_type(trpt_parser *parser, const trpt_schema *schema, trpt_str name) {
  if (schema->type == TRPT_TYPE_POLICY_TYPE) {
    trpt_policy_type *type = trpt_value_slot(parser, schema->number);
    return (*type = trpt_policy_type_from_name(name.ptr, name.len)) != TRPT_POLICY_UNKNOWN;
  }
  trpt_result_type *type = trpt_value_slot(parser, schema->number);
  return (*type = trpt_result_type_from_name(name.ptr, name.len)) != TRPT_RESULT_UNKNOWN;
}

/* Reads what the strings of some members mean beyond their text, and checks them. */
void trpt_value_read(trpt_parser *parser, const trpt_schema *schema);

/* A string of the object that is being read. */
static TRPT_INLINE void trpt_value_take_string(trpt_parser *parser, const trpt_schema *schema) {
  trpt_store *store = trpt_value_slot(parser, schema->store);
  const trpt_str text = parser->decoder.token.text;
  if (text.len > trpt_store_room(store, parser->settings.options.max_string)) {
    trpt_value_take_long(parser, schema);
    return;
  }
  *(trpt_str *)trpt_value_slot(parser, schema->slot) = trpt_store_add(store, text);
  trpt_value_set_present(parser, schema);
  if (schema->has_meaning)
    trpt_value_read(parser, schema);
  else if (trpt_diagnoses(&parser->settings))
    trpt_value_check(parser, schema, trpt_value_path(parser, schema));
}

/* Checks a count that is not a plain, positive and exact number. */
void trpt_value_check_count(trpt_parser *parser, const trpt_schema *schema);

/* RFC 8460 s4.4: an integer. */
static TRPT_INLINE void trpt_value_take_count(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_number *number = &parser->decoder.token.number;
  if (schema->position) *(trpt_position *)trpt_value_slot(parser, schema->position) = trpt_position_now(parser);
  if (number->class == TRPT_NUMBER_COUNT) {
    *(uint64_t *)trpt_value_slot(parser, schema->slot) = number->value;
    trpt_value_set_present(parser, schema);
  }
  if (!number->plain || number->value > TRPT_NUMBER_EXACT || number->value == 0) trpt_value_check_count(parser, schema);
}

/* Reports what in the string of the token was not Unicode text. */
void trpt_value_emit_string_errors(trpt_parser *parser, trpt_path path);

#endif

/* What stands for the start of an object among the members that others follow. */
static TRPT_INLINE uint8_t trpt_start_of(trpt_context context) { return (uint8_t)(TRPT_MEMBER_COUNT + context); }

/* max_depth bounds what is read; values that are skipped may nest deeper. */
static TRPT_INLINE void trpt_begin_context(trpt_parser *parser, trpt_context context) {
  trpt_decoder *decoder = &parser->decoder;
  if (decoder->json.depth > parser->settings.options.max_depth)
    trpt_fail_limit(parser, TRPT_LIMIT_DEPTH, trpt_position_now(parser), trpt_path_of(context, TRPT_MEMBER_NONE));
  decoder->context = context;
  decoder->member = TRPT_MEMBER_NONE;
  decoder->last = trpt_start_of(context);
  decoder->positions[context] = trpt_position_now(parser);
  decoder->seen[context] = 0;
}

/* ---- the value of a member ---- */

static TRPT_INLINE void trpt_begin_array(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_context inner = (trpt_context)schema->inner;
  switch (inner) {
  case TRPT_IN_POLICIES: parser->current.next_policy = 0; break;
  case TRPT_IN_FAILURES:
    parser->current.next_failure = 0;
    trpt_value_set_present(parser, schema);
    break;
  default:
    trpt_list_value_begin(parser, schema);
    if (parser->decoder.context == TRPT_IN_POLICY) parser->decoder.misplaced = inner;
  }
  trpt_begin_context(parser, inner);
}

static TRPT_INLINE void trpt_begin_object(trpt_parser *parser, const trpt_schema *schema) {
  if (schema->inner == TRPT_IN_POLICY_OBJECT && parser->decoder.flat) trpt_flat_policy_withdraw(parser);
  trpt_value_set_present(parser, schema);
  trpt_begin_context(parser, (trpt_context)schema->inner);
}

/* The member is one that the RFC defines, and the bracket is the right one. */
static TRPT_INLINE void trpt_begin_value(trpt_parser *parser, const trpt_schema *schema) {
  if (schema->kind == TRPT_JSON_ARRAY_BEGIN)
    trpt_begin_array(parser, schema);
  else
    trpt_begin_object(parser, schema);
}

/* ---- an object in an array; its index was taken before ---- */

static TRPT_INLINE void trpt_begin_limit(trpt_parser *parser, trpt_limit limit, trpt_context context) {
  trpt_fail_limit(parser, limit, trpt_position_now(parser), trpt_path_of(context, TRPT_MEMBER_NONE));
}

static TRPT_INLINE void trpt_begin_policy(trpt_parser *parser) {
  if (parser->current.metadata.policy_count == parser->settings.options.max_policies) {
    trpt_begin_limit(parser, TRPT_LIMIT_POLICIES, TRPT_IN_POLICY);
    return;
  }
  trpt_repetition_next(&parser->policy_checks.recent, &parser->current.policy);
  trpt_current_begin_policy(&parser->current, trpt_list_most(&parser->settings));
  trpt_pending_reset(&parser->pending);
  parser->decoder.flat = TRPT_MEMBER_NONE;
  parser->decoder.seen[TRPT_IN_POLICY_OBJECT] = 0;
  trpt_begin_context(parser, TRPT_IN_POLICY);
}

static TRPT_INLINE void trpt_begin_failure(trpt_parser *parser) {
  trpt_current *current = &parser->current;
  if (current->totals.failure_count == UINT32_MAX) { /* GCOVR_EXCL_BR_LINE: a count has 32 bits */
    trpt_begin_limit(parser, TRPT_LIMIT_FAILURES_OF_POLICY, TRPT_IN_FAILURE); /* GCOVR_EXCL_LINE */
  } else if (current->metadata.failure_count == parser->settings.options.max_failures) {
    trpt_begin_limit(parser, TRPT_LIMIT_FAILURES, TRPT_IN_FAILURE);
  } else {
    trpt_current_begin_failure(current);
    trpt_begin_context(parser, TRPT_IN_FAILURE);
  }
}

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_END_OBJECT_H
#define TRPT_LIB_END_OBJECT_H

/* The end of an object or array: required members, checks, and what is deferred. */




void trpt_end_report(trpt_parser *parser);
void trpt_end_date_range(trpt_parser *parser);
void trpt_end_policies(trpt_parser *parser);
void trpt_end_policy_element(trpt_parser *parser);
void trpt_end_policy_object(trpt_parser *parser);
void trpt_end_summary(trpt_parser *parser);
void trpt_end_failure(trpt_parser *parser);

/* Inline, since on the fast path the context is a constant. */
static TRPT_INLINE void trpt_end_object(trpt_parser *parser, trpt_context context) {
  switch (context) {
  case TRPT_IN_REPORT: trpt_end_report(parser); break;
  case TRPT_IN_DATE_RANGE: trpt_end_date_range(parser); break;
  case TRPT_IN_POLICIES: trpt_end_policies(parser); break;
  case TRPT_IN_POLICY: trpt_end_policy_element(parser); break;
  case TRPT_IN_POLICY_OBJECT: trpt_end_policy_object(parser); break;
  case TRPT_IN_SUMMARY: trpt_end_summary(parser); break;
  case TRPT_IN_FAILURE: trpt_end_failure(parser); break;
  default: break;
  }
}

#endif


/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_OTHER_FORM_H
#define TRPT_LIB_OTHER_FORM_H

/* Values of another type than RFC 8460 s4.4 gives them, where no other value can be meant. */



/* Reads and reports a count in quotes, or an integer where text belongs. False: the value is neither, and was not read. */
bool trpt_other_form_read(trpt_parser *parser, const trpt_schema *schema);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SKIP_H
#define TRPT_LIB_SKIP_H

/* Skips values that are not read. Problems that any value can have are still reported. */



/* The token is, or begins, a value that is skipped. */
void trpt_skip_value(trpt_parser *parser, trpt_path path);

/* The same for a value that does not have the type of RFC 8460. */
void trpt_skip_unfit(trpt_parser *parser, trpt_path path);

/* The next token, inside a value that is skipped. */
void trpt_skip_token(trpt_parser *parser);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_STRING_LIST_H
#define TRPT_LIB_STRING_LIST_H

/* The strings of a member that is a list, in the parser's memory. */



static TRPT_INLINE trpt_list *trpt_list_of(trpt_parser *parser, const trpt_schema *schema) {
  return trpt_value_slot(parser, schema->number);
}

/* The value of the member begins: from now on the policy has the list. */
void trpt_list_begin(trpt_parser *parser, const trpt_schema *schema);

/* The policy no longer has the list. */
void trpt_list_withdraw(trpt_parser *parser, const trpt_schema *schema);

/* Bytes that the next element may have. */
static TRPT_INLINE size_t trpt_list_room(const trpt_parser *parser) {
  const size_t most = parser->current.list_room;
  const size_t longest = parser->settings.options.max_string;
  return trpt_store_room(&parser->current.text, most < longest ? most : longest);
}

static TRPT_INLINE bool trpt_list_fits(const trpt_parser *parser, const trpt_list *list, trpt_str text) {
  return text.len <= trpt_list_room(parser) && list->count < list->most;
}

/* Adds text that fits as an element. */
static TRPT_INLINE void trpt_list_add(trpt_parser *parser, trpt_list *list, trpt_str text, uint32_t index) {
  list->strings[list->count] = trpt_store_add(&parser->current.text, text);
  parser->current.list_room -= text.len;
  list->elements[list->count++] = (trpt_element){trpt_position_now(parser), index, false, false};
}

/* Adds what it can of text that does not fit. Returns false if that is nothing. */
bool trpt_list_add_cut(trpt_parser *parser, trpt_list *list, trpt_str text, trpt_path path);

/* Elements from `position` on are left out. Strict mode fails with `limit`. */
void trpt_list_leave_out(trpt_parser *parser, trpt_list *list, trpt_limit limit, trpt_position position,
                         trpt_path path);

#endif

/* The value of the element of `policies` itself ends. */
static void leave_misplaced(trpt_decoder *decoder) {
  decoder->misplaced = TRPT_IN_NOTHING;
  decoder->context = TRPT_IN_POLICY;
  decoder->last = trpt_start_of(TRPT_IN_POLICY);
}

void trpt_decode_leave(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_context context = decoder->context;
  const trpt_context_info *info = &trpt_contexts[context];
  decoder->context = (trpt_context)info->parent;
  decoder->last = info->opener;
  if (context == decoder->misplaced) leave_misplaced(decoder);
  trpt_end_object(parser, context);
}

/* ---- values ---- */

/* The value of a member that the RFC defines, of the type that it must have. */
static void fit_value(trpt_parser *parser, const trpt_schema *schema) {
  switch (schema->kind) {
  case TRPT_JSON_STRING: trpt_value_take_string(parser, schema); break;
  case TRPT_JSON_NUMBER: trpt_value_take_count(parser, schema); break;
  default: trpt_begin_value(parser, schema); break;
  }
  parser->decoder.member = TRPT_MEMBER_NONE;
}

static void failure_element(trpt_parser *parser);

/* Skips what is, or is in, failure-details. */
static void lose_failure(trpt_parser *parser, trpt_path path) {
  parser->current.totals.lost_details |= parser->decoder.token.kind != TRPT_JSON_NULL;
  trpt_skip_unfit(parser, path);
}

/* failure-details that is no array. One object is its only element. */
static void other_failures(trpt_parser *parser, const trpt_schema *schema, trpt_path path) {
  if (parser->decoder.token.kind != TRPT_JSON_OBJECT_BEGIN) {
    lose_failure(parser, path);
    return;
  }
  trpt_emit(parser, TRPT_CODE_REPORT_WRONG_TYPE, trpt_position_now(parser), path);
  trpt_value_set_present(parser, schema);
  parser->current.next_failure = 0;
  parser->decoder.misplaced = TRPT_IN_FAILURE;
  failure_element(parser);
}

static void member_value(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_schema *schema = trpt_schema_of(decoder->member);
  const trpt_json_kind kind = decoder->token.kind;
  const trpt_path path = trpt_path_now(parser);
  if (decoder->member == TRPT_MEMBER_NONE) {
    trpt_skip_value(parser, path);
  } else if (kind == schema->kind) {
    fit_value(parser, schema);
  } else if (decoder->member == TRPT_MEMBER_POLICIES) {
    trpt_fail(parser, TRPT_E_SCHEMA, TRPT_CODE_REPORT_POLICIES_NOT_ARRAY, trpt_position_now(parser), path);
  } else if (kind == TRPT_JSON_STRING && schema->type == TRPT_TYPE_LIST) {
    trpt_list_value_bare(parser, schema);
    decoder->member = TRPT_MEMBER_NONE;
  } else if (decoder->member == TRPT_MEMBER_FAILURE_DETAILS) {
    other_failures(parser, schema, path);
  } else if (trpt_other_form_read(parser, schema)) {
    decoder->member = TRPT_MEMBER_NONE;
  } else {
    trpt_skip_unfit(parser, path);
  }
}

/* ---- elements of arrays ---- */

static void policy_element(trpt_parser *parser) {
  trpt_current_next_policy(&parser->current);
  if (parser->decoder.token.kind == TRPT_JSON_OBJECT_BEGIN)
    trpt_begin_policy(parser);
  else
    trpt_skip_unfit(parser, trpt_path_of(TRPT_IN_POLICY, TRPT_MEMBER_NONE));
}

static void failure_element(trpt_parser *parser) {
  trpt_current_next_failure(&parser->current);
  if (parser->decoder.token.kind == TRPT_JSON_OBJECT_BEGIN)
    trpt_begin_failure(parser);
  else
    lose_failure(parser, trpt_path_of(TRPT_IN_FAILURE, TRPT_MEMBER_NONE));
}

static void list_element(trpt_parser *parser) {
  const trpt_context_info *info = &trpt_contexts[parser->decoder.context];
  const trpt_schema *schema = &trpt_schemas[info->opener];
  const trpt_path path = {info->parent, info->opener, trpt_list_of(parser, schema)->next_index++};
  if (parser->decoder.token.kind == TRPT_JSON_STRING)
    trpt_list_value_add(parser, schema, path);
  else
    trpt_skip_unfit(parser, path);
}

static void top_level(trpt_parser *parser) {
  if (parser->decoder.token.kind == TRPT_JSON_OBJECT_BEGIN)
    trpt_begin_context(parser, TRPT_IN_REPORT);
  else
    trpt_fail(parser, TRPT_E_SCHEMA, TRPT_CODE_JSON_NOT_OBJECT, trpt_position_now(parser), trpt_path_now(parser));
}

void trpt_decode_value(trpt_parser *parser) {
  switch (parser->decoder.context) {
  case TRPT_IN_NOTHING: top_level(parser); return;
  case TRPT_IN_POLICIES: policy_element(parser); return;
  case TRPT_IN_FAILURES: failure_element(parser); return;
#define LIST(tag, id, object, name, field, number, has, required, check) case TRPT_IN_##id:
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
    list_element(parser);
    return;
  default: member_value(parser); return;
  }
}
#undef LIST

/* lib/parser/decode_loop.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FAST_PATH_H
#define TRPT_LIB_FAST_PATH_H

/* The fast path of the decoder, for text as nearly all senders write it. */



/* Something else has to be done before the next token. */
static TRPT_INLINE bool trpt_must_stop(const trpt_parser *parser) {
  return trpt_events_wait(&parser->events) | parser->deferred.work;
}

/* Whether the next token may be for the fast path: it may come after a comma, no value that is skipped has begun, and objects and
   arrays nest as RFC 8460 says. */
static TRPT_INLINE bool trpt_is_for_fast_path(const trpt_decoder *decoder) {
  const unsigned expected =
      1U << TRPT_EXPECT_COMMA_OR_END | 1U << TRPT_EXPECT_KEY_OR_END | 1U << TRPT_EXPECT_VALUE_OR_END;
  return !(decoder->skip_depth | decoder->misplaced) && expected >> decoder->json.expect & 1 &&
         !(decoder->json.inside | decoder->is_exact);
}

/* Reads members, elements and ends until something else has to be done before the next token, or until the next one is not for
   the fast path. Then nothing of it is consumed. */
void trpt_fast_path(trpt_parser *parser);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MEMBER_NAME_H
#define TRPT_LIB_MEMBER_NAME_H

/* Names of members: known, unknown, repeated, or another name for a known one. */



/* A member begins, whose name is at `offset` in the line of the token. From now on decoder.member is the member whose value
   counts, or TRPT_MEMBER_NONE. */
void trpt_member_begin(trpt_parser *parser, trpt_str name, uint64_t offset);

#endif



static void handle_token(trpt_parser *parser) {
  const trpt_decoder *decoder = &parser->decoder;
  const trpt_json_token *token = &decoder->token;
  switch (token->kind) {
  case TRPT_JSON_KEY:
    if (token->string_errors) trpt_value_emit_string_errors(parser, trpt_path_of(decoder->context, TRPT_MEMBER_NONE));
    trpt_member_begin(parser, token->text, token->offset);
    break;
  case TRPT_JSON_OBJECT_END:
  case TRPT_JSON_ARRAY_END: trpt_decode_leave(parser); break;
  default: trpt_decode_value(parser); break;
  }
}

trpt_json_status trpt_decode(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  do {
    if (trpt_is_for_fast_path(decoder)) {
      trpt_fast_path(parser);
      if (trpt_must_stop(parser)) return TRPT_JSON_TOKEN;
    }
    const trpt_json_status status = trpt_json_next(&decoder->json, &decoder->token);
    if (status != TRPT_JSON_TOKEN) return status;
    if (decoder->skip_depth)
      trpt_skip_token(parser);
    else
      handle_token(parser);
  } while (!trpt_must_stop(parser));
  return TRPT_JSON_TOKEN;
}

/* lib/parser/decode_table.c */
/* SPDX-License-Identifier: MIT */


#include <assert.h>
#include <stddef.h>
#include <string.h>



const trpt_schema trpt_schemas[TRPT_MEMBER_COUNT] = {
#define BASE_REPORT         current.metadata
#define BASE_DATE_RANGE     current.metadata
#define BASE_POLICY         current.policy
#define BASE_POLICY_OBJECT  current.policy
#define BASE_SUMMARY        current.totals.summary
#define BASE_FAILURE        current.failure.failure
#define STORE_REPORT        offsetof(trpt_parser, current.report_text)
#define STORE_DATE_RANGE    STORE_REPORT
#define STORE_POLICY        STORE_POLICY_OBJECT
#define STORE_POLICY_OBJECT offsetof(trpt_parser, current.text)
#define STORE_SUMMARY       STORE_POLICY_OBJECT
#define STORE_FAILURE       STORE_POLICY_OBJECT
#define KIND_STRING      TRPT_JSON_STRING
#define KIND_POLICY_TYPE TRPT_JSON_STRING
#define KIND_RESULT_TYPE TRPT_JSON_STRING
#define KIND_TIME        TRPT_JSON_STRING
#define KIND_COUNT       TRPT_JSON_NUMBER
#define KIND_LIST        TRPT_JSON_ARRAY_BEGIN
#define KIND_OBJECT      TRPT_JSON_OBJECT_BEGIN
#define KIND_ARRAY       TRPT_JSON_ARRAY_BEGIN
#define CHECK_STRING(check)      trpt_check_##check
#define CHECK_POLICY_TYPE(check) trpt_check_##check
#define CHECK_RESULT_TYPE(check) trpt_check_##check
#define CHECK_TIME(check)        trpt_check_##check
#define CHECK_COUNT(check)       NULL
#define CHECK_LIST(check)        trpt_check_##check
#define CHECK_OBJECT(check)      NULL
#define CHECK_ARRAY(check)       NULL
#define AT(base, field)                            offsetof(trpt_parser, base.field)
#define SLOTS_STRING(id, base, field, number)      0, AT(base, field), 0
#define SLOTS_POLICY_TYPE(id, base, field, number) 0, AT(base, field), AT(base, number)
#define SLOTS_RESULT_TYPE(id, base, field, number) 0, AT(base, field), AT(base, number)
#define SLOTS_TIME(id, base, field, number)        0, AT(base, field), AT(base, number)
#define SLOTS_COUNT(id, base, field, number)       0, AT(base, field), 0
#define SLOTS_LIST(id, base, field, number)        TRPT_IN_##id, AT(base, field), offsetof(trpt_parser, current.field)
#define SLOTS_OBJECT(id, base, field, number)      TRPT_IN_##field, 0, 0
#define SLOTS_ARRAY(id, base, field, number)       TRPT_IN_##field, 0, 0
#define POSITION(member)                                                                                               \
  ((member) == TRPT_MEMBER_END_DATETIME            ? offsetof(trpt_parser, current.end_position)                       \
   : (member) == TRPT_MEMBER_TOTAL_FAILURE         ? offsetof(trpt_parser, current.totals.failed_position)             \
   : (member) == TRPT_MEMBER_RESULT_TYPE           ? offsetof(trpt_parser, current.failure.type_position)              \
   : (member) == TRPT_MEMBER_RECEIVING_MX_HOSTNAME ? offsetof(trpt_parser, current.failure.host_position)              \
                                                   : 0)
#define SCHEMA(id, name, kind, member, type, inner, slot, number, present, present_slot, store, check)                 \
  [TRPT_MEMBER_##id] = {name "\":",                                                                                    \
                        check,                                                                                         \
                        present,                                                                                       \
                        TRPT_MEMBER_BIT(TRPT_MEMBER_##id),                                                             \
                        UINT32_MAX >> (TRPT_KEY_SIZE - 1 - sizeof name),                                               \
                        sizeof name + 2,                                                                               \
                        kind,                                                                                          \
                        inner,                                                                                         \
                        TRPT_MEMBER_##member,                                                                          \
                        type,                                                                                          \
                        (type) != TRPT_TYPE_STRING || POSITION(TRPT_MEMBER_##id),                                      \
                        slot,                                                                                          \
                        present_slot,                                                                                  \
                        store,                                                                                         \
                        number,                                                                                        \
                        POSITION(TRPT_MEMBER_##id)},
#define WITH_SLOTS(...) SCHEMA(__VA_ARGS__)
    [TRPT_MEMBER_NONE] = {.key_mask = UINT32_MAX}, 
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  WITH_SLOTS(id, name, KIND_##type, id, TRPT_TYPE_##type, SLOTS_##type(id, BASE_##object, field, number), has,         \
             AT(BASE_##object, present), STORE_##object, CHECK_##type(check))
#define ALIAS(id, member, name) SCHEMA(id, name, 0, member, 0, 0, 0, 0, 0, 0, 0, NULL)
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
};

static_assert(sizeof(trpt_parser) <= UINT16_MAX, "slots are 16 bits wide");

#define IS(name, literal) ((name).len == sizeof literal - 1 && memcmp((name).ptr, literal, sizeof literal - 1) == 0)

static trpt_member find_alias(trpt_context context, trpt_str name) {
#define ALIAS(id, member, text)                                                                                        \
  if (trpt_members[TRPT_MEMBER_##member].context == context && IS(name, text)) return TRPT_MEMBER_##id;
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
  return TRPT_MEMBER_NONE;
}

/* Comparisons with literals take fewer instructions than a search in a table: few names in one object have the same length. */
trpt_member trpt_schema_find(trpt_context context, trpt_str name) {
  switch (context) {
  case TRPT_IN_NOTHING:
#define OBJECT(id, structure)                                                                                          \
  break;                                                                                                               \
  case TRPT_IN_##id:
#define MEMBER(tag, id, object, text, type, field, number, has, required, check)                                       \
  if (IS(name, text)) return TRPT_MEMBER_##id;
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
    break;
  default: break;
  }
  return find_alias(context, name);
}
#undef IS
#undef ALIAS
#undef OBJECT
#undef MEMBER

/* lib/parser/deferred.c */
/* SPDX-License-Identifier: MIT */


/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CALLBACK_H
#define TRPT_LIB_CALLBACK_H

/* The caller's functions for events. */

#include <stdbool.h>



/* Calls the function for an event, and returns what it returned; 0 if there is none. Inline, since where an element ends its type
   is a constant. */
static TRPT_INLINE int trpt_callback_call(trpt_parser *parser, trpt_event event) {
  const trpt_handler *handler = &parser->push.handler;
  void *user = parser->push.user;
  int stop = 0;
  parser->call.busy = true;
  switch (event.type) {
  case TRPT_EVENT_FAILURE:
    if (handler->on_failure) stop = handler->on_failure(user, event.policy, event.failure);
    break;
  case TRPT_EVENT_POLICY:
    if (handler->on_policy) stop = handler->on_policy(user, event.policy);
    break;
  case TRPT_EVENT_REPORT:
    if (handler->on_report) stop = handler->on_report(user, event.metadata);
    break;
  default:
    if (handler->on_diagnostic) stop = handler->on_diagnostic(user, event.diagnostic);
    break;
  }
  parser->call.busy = false;
  return stop;
}

/* Calls the function for the fault of a text, which there must be. */
static TRPT_INLINE int trpt_callback_call_fault(trpt_parser *parser) {
  parser->call.busy = true;
  const int stop = parser->push.handler.on_fault(parser->push.user, &parser->events.failed);
  parser->call.busy = false;
  return stop;
}

/* Calls the function for an element where it ends, so that reading need not stop for it. Returns false if it must be queued: the
   call has no callbacks, or others come first. */
static TRPT_INLINE bool trpt_callback_at_once(trpt_parser *parser, trpt_event event) {
  if (!parser->push.calls || trpt_events_wait(&parser->events)) return false;
  /* An element is where the parser is. */
  if (trpt_callback_call(parser, event)) trpt_fail_at_event(parser, TRPT_E_CANCELED, NULL);
  return true;
}

#endif

static void deferred_done(trpt_parser *parser, uint32_t work) {
  parser->deferred.work &= ~work;
  parser->deferred.index = 0;
}

static TRPT_INLINE void return_element(trpt_parser *parser, trpt_event event) {
  if (!trpt_callback_at_once(parser, event)) trpt_events_set_element(&parser->events, event);
}

/* A failure is complete, and everything about its policy is known that will be. */
static void return_failure(trpt_parser *parser, const trpt_failure_state *state) {
  const trpt_policy *policy = &parser->current.policy;
  parser->current.failure_index = state->index;
  if (trpt_diagnoses(&parser->settings)) trpt_policy_check_failure(parser, state);
  return_element(parser, (trpt_event){.type = TRPT_EVENT_FAILURE, .policy = policy, .failure = &state->failure});
}

void trpt_deferred_return_failure(trpt_parser *parser) {
  return_failure(parser, &parser->current.failure);
  trpt_current_drop_failure(&parser->current);
}

static void return_pending(trpt_parser *parser) {
  return_failure(parser, trpt_pending_take(&parser->pending));
  if (!parser->pending.len) deferred_done(parser, TRPT_DEFER_PENDING);
}

static void add_summary(trpt_policy *policy, const trpt_policy *summary) {
  TRPT_EACH_IN (info, TRPT_IN_SUMMARY) *trpt_count_in(info, policy) = trpt_count_of(info, summary);
  policy->present |= summary->present;
}

static void return_policy(trpt_parser *parser) {
  trpt_current *current = &parser->current;
  trpt_policy *policy = &current->policy;
  if (trpt_diagnoses(&parser->settings)) trpt_policy_check_totals(parser);
  add_summary(policy, &current->totals.summary);
  policy->failure_count = current->totals.failure_count;
  current->metadata.policy_count++;
  deferred_done(parser, TRPT_DEFER_END);
  return_element(parser, (trpt_event){.type = TRPT_EVENT_POLICY, .policy = policy});
}

static void return_report(trpt_parser *parser) {
  deferred_done(parser, TRPT_DEFER_REPORT);
  if (trpt_sequence_return_fault(parser)) return;
  parser->events.complete = parser->sequence.state == TRPT_IN_TEXT; /* not of a sequence */
  return_element(parser, (trpt_event){.type = TRPT_EVENT_REPORT, .metadata = &parser->current.metadata});
}

void trpt_deferred_run(trpt_parser *parser) {
  const uint32_t work = parser->deferred.work;
  if (work & TRPT_DEFER_STRINGS) {
    if (trpt_policy_check_strings(parser, &parser->deferred.index)) deferred_done(parser, TRPT_DEFER_STRINGS);
  } else if (work & TRPT_DEFER_POLICY) {
    trpt_policy_check(parser);
    deferred_done(parser, TRPT_DEFER_POLICY);
  } else if (work & TRPT_DEFER_PENDING) {
    return_pending(parser);
  } else if (work & TRPT_DEFER_FAILURE) {
    trpt_deferred_return_failure(parser);
    deferred_done(parser, TRPT_DEFER_FAILURE);
  } else if (work & TRPT_DEFER_END) {
    return_policy(parser);
  } else if (work & TRPT_DEFER_END_TEXT) {
    trpt_sequence_end_text(parser);
    deferred_done(parser, TRPT_DEFER_END_TEXT);
  } else if (work & TRPT_DEFER_REPORT) {
    return_report(parser);
  } else {
    trpt_sequence_next_text(parser);
    deferred_done(parser, TRPT_DEFER_NEXT_TEXT);
  }
}

void trpt_deferred_run_all(trpt_parser *parser) {
  while (parser->deferred.work && !trpt_events_wait(&parser->events)) trpt_deferred_run(parser);
}

/* lib/parser/emit.c */
/* SPDX-License-Identifier: MIT */


/* The path in this report: it may have the members of the policy object in the element of `policies` itself. */
static trpt_path path_in_report(const trpt_parser *parser, trpt_path path) {
  if (parser->decoder.flat && path.context == TRPT_IN_POLICY_OBJECT) path.context = TRPT_IN_POLICY;
  return path;
}

void trpt_fail(trpt_parser *parser, trpt_status status, trpt_code code, trpt_position position, trpt_path path) {
  trpt_error *failed = &parser->events.failed;
  char where[TRPT_PATH_SIZE];
  if (failed->status) return;
  trpt_path_write(where, path_in_report(parser, path), parser->current.policy_index, parser->current.failure_index);
  trpt_error_set(failed, status, code, position, where);
  /* "Not JSON" would be correct for an empty input, but no help. */
  if (status == TRPT_E_TRUNCATED && code == TRPT_CODE_JSON_NOT_JSON && position.offset == 0)
    trpt_error_fill(failed, status, failed->code, "The input is empty.", position, where);
  parser->events.scope = TRPT_FAILED_TEXT;
}

typedef struct limit_row {
  trpt_code code;
  const char *sentence;
} limit_row;

static const limit_row emit_limits[] = {
#define LIMIT(id, member, initial, code, sentence) {TRPT_CODE_##code, sentence},
#define FIXED_LIMIT(id, value, code, sentence)     {TRPT_CODE_##code, sentence},
LIMIT(DEPTH, max_depth, 16, JSON_LIMIT, "Objects and arrays are nested deeper than max_depth (#).")
FIXED_LIMIT(NESTING, trpt_max_nesting(options), JSON_LIMIT,
            "Objects and arrays are nested deeper than # levels, the greater of 64 and max_depth.")
LIMIT(STRING, max_string, 16U << 10, JSON_LIMIT, "The string is longer than max_string (# bytes).")
LIMIT(STRINGS, max_strings, 1024, JSON_LIMIT, "The list has more elements than max_strings (#).")
LIMIT(ENTRY, max_entry, 64U << 10, JSON_LIMIT, "The strings of the policy take more than max_entry (# bytes).")
FIXED_LIMIT(LISTS, options->max_entry, JSON_LIMIT,
            "The lists policy-string and mx-host take more than half of max_entry (# bytes).")
LIMIT(HELD, max_held, 64U << 10, JSON_LIMIT, NULL)
LIMIT(POLICIES, max_policies, 100000, JSON_LIMIT, "The report has more policies than max_policies (#).")
LIMIT(DIAGNOSTICS, max_diagnostics, 1000, JSON_LIMIT, NULL)
LIMIT(RATIO, max_ratio, 200, GZIP_RATIO, "The gzip data inflates to more than max_ratio (#) times its own length.")
LIMIT(FAILURES, max_failures, 10000000, JSON_LIMIT, "The report has more failures than max_failures (#).")
LIMIT(INPUT, max_input, UINT64_C(64) << 20, JSON_LIMIT, "The input is longer than max_input (# bytes).")
LIMIT(INFLATED, max_inflated, UINT64_C(256) << 20, JSON_LIMIT, "The gzip data inflates to more than max_inflated (# bytes).")
LIMIT(MEMORY, max_memory, UINT64_C(256) << 20, JSON_LIMIT, "The report needs more memory than max_memory (# bytes).")
FIXED_LIMIT(FAILURES_OF_POLICY, UINT32_MAX, JSON_LIMIT, "A policy has more than # failures.")
#undef LIMIT
#undef FIXED_LIMIT
};

static uint64_t limit_value(const trpt_options *options, trpt_limit limit) {
  const uint64_t values[] = {
#define LIMIT(id, member, initial, code, sentence) options->member,
#define FIXED_LIMIT(id, value, code, sentence)     value,
LIMIT(DEPTH, max_depth, 16, JSON_LIMIT, "Objects and arrays are nested deeper than max_depth (#).")
FIXED_LIMIT(NESTING, trpt_max_nesting(options), JSON_LIMIT,
            "Objects and arrays are nested deeper than # levels, the greater of 64 and max_depth.")
LIMIT(STRING, max_string, 16U << 10, JSON_LIMIT, "The string is longer than max_string (# bytes).")
LIMIT(STRINGS, max_strings, 1024, JSON_LIMIT, "The list has more elements than max_strings (#).")
LIMIT(ENTRY, max_entry, 64U << 10, JSON_LIMIT, "The strings of the policy take more than max_entry (# bytes).")
FIXED_LIMIT(LISTS, options->max_entry, JSON_LIMIT,
            "The lists policy-string and mx-host take more than half of max_entry (# bytes).")
LIMIT(HELD, max_held, 64U << 10, JSON_LIMIT, NULL)
LIMIT(POLICIES, max_policies, 100000, JSON_LIMIT, "The report has more policies than max_policies (#).")
LIMIT(DIAGNOSTICS, max_diagnostics, 1000, JSON_LIMIT, NULL)
LIMIT(RATIO, max_ratio, 200, GZIP_RATIO, "The gzip data inflates to more than max_ratio (#) times its own length.")
LIMIT(FAILURES, max_failures, 10000000, JSON_LIMIT, "The report has more failures than max_failures (#).")
LIMIT(INPUT, max_input, UINT64_C(64) << 20, JSON_LIMIT, "The input is longer than max_input (# bytes).")
LIMIT(INFLATED, max_inflated, UINT64_C(256) << 20, JSON_LIMIT, "The gzip data inflates to more than max_inflated (# bytes).")
LIMIT(MEMORY, max_memory, UINT64_C(256) << 20, JSON_LIMIT, "The report needs more memory than max_memory (# bytes).")
FIXED_LIMIT(FAILURES_OF_POLICY, UINT32_MAX, JSON_LIMIT, "A policy has more than # failures.")
#undef LIMIT
#undef FIXED_LIMIT
  };
  return values[limit];
}

static void set_limit_message(trpt_parser *parser, trpt_limit limit) {
  trpt_error_set_limit(&parser->events.failed, emit_limits[limit].sentence, limit_value(&parser->settings.options, limit));
}

void trpt_fail_limit(trpt_parser *parser, trpt_limit limit, trpt_position position, trpt_path path) {
  if (parser->events.failed.status) return;
  trpt_fail(parser, TRPT_E_LIMIT, emit_limits[limit].code, position, path);
  set_limit_message(parser, limit);
}

static trpt_status fail_at_event(trpt_parser *parser, trpt_status status, trpt_code code, const trpt_event *event) {
  const trpt_diagnostic *d = event ? event->diagnostic : NULL;
  trpt_events_drop(&parser->events);
  if (d)
    trpt_error_set(&parser->events.failed, status, code, (trpt_position){d->offset, d->line, d->column}, d->where);
  else
    trpt_fail(parser, status, code, trpt_position_now(parser), trpt_path_now(parser));
  parser->events.scope = TRPT_FAILED_INPUT;
  return status;
}

trpt_status trpt_fail_at_event(trpt_parser *parser, trpt_status status, const trpt_event *event) {
  return fail_at_event(parser, status, TRPT_CODE_NONE, event);
}

trpt_status trpt_fail_at_fault(trpt_parser *parser, trpt_status status, const trpt_error *fault) {
  const trpt_position position = {fault->offset, fault->line, fault->column};
  parser->events.scope = TRPT_FAILED_INPUT;
  return trpt_error_set(&parser->events.failed, status, TRPT_CODE_NONE, position, fault->where);
}

trpt_status trpt_fail_limit_at_event(trpt_parser *parser, trpt_limit limit, const trpt_event *event) {
  fail_at_event(parser, TRPT_E_LIMIT, emit_limits[limit].code, event);
  parser->events.scope = TRPT_FAILED_TEXT;
  set_limit_message(parser, limit);
  return TRPT_E_LIMIT;
}

/* In strict mode a diagnostic fails with the status of its layer: "json." or "report.". No gzip diagnostic has error level. */
static trpt_status strict_status(trpt_code code) {
  return trpt_catalogue[code].code[0] == 'j' ? TRPT_E_JSON : TRPT_E_SCHEMA;
}

static uint32_t *count_of(trpt_metadata *metadata, trpt_severity severity) {
  if (severity == TRPT_ERROR) return &metadata->error_count;
  return severity == TRPT_WARNING ? &metadata->warning_count : &metadata->info_count;
}

void trpt_emit(trpt_parser *parser, trpt_code code, trpt_position position, trpt_path path) {
  trpt_events *events = &parser->events;
  trpt_current *current = &parser->current;
  if (!trpt_diagnoses(&parser->settings) || events->failed.status) return;
  const trpt_severity severity = trpt_catalogue[code].severity;
  if (trpt_is_strict(&parser->settings) && severity == TRPT_ERROR) {
    trpt_fail(parser, strict_status(code), code, position, path);
    return;
  }
  uint32_t *count = count_of(&current->metadata, severity);
  *count += *count < UINT32_MAX;
  if (!events->receives || events->diagnostics == parser->settings.options.max_diagnostics) return;
  trpt_events_add(events, (trpt_queued){position, path_in_report(parser, path), current->policy_index,
                                        current->failure_index, code});
}

void trpt_emit_all(trpt_parser *parser, const trpt_codes *codes, trpt_position position, trpt_path path) {
  for (uint32_t i = 0; i < codes->count; i++) trpt_emit(parser, codes->at[i], position, path);
}

/* lib/parser/end_object.c */
/* SPDX-License-Identifier: MIT */



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MISSING_H
#define TRPT_LIB_MISSING_H

/* Finds the required members that an object lacks, by the rows of lib/model/schema.def. */




/* When a member is required, as bits. */
enum {
  TRPT_WHEN_ALWAYS = 1,
  TRPT_WHEN_ESSENTIAL = 2,        /* always, too: without it the report cannot be read */
  TRPT_WHEN_TYPED = 4,            /* always; the type of the policy decides which code says so */
  TRPT_WHEN_HAS_POLICY = 8,       /* the policy type says that there is a policy, RFC 8460 s4.4 */
  TRPT_WHEN_STS = 16,             /* it is MTA-STS */
  TRPT_WHEN_NO_POLICY_FOUND = 32, /* it is no-policy-found */
  TRPT_WHEN_CONNECTED = 64,       /* the session failed after the connection was made, so not by DANE or MTA-STS */
  TRPT_WHEN_NEEDS_REASON = 128,   /* RFC 8460 s4.3.1 and s4.3.3 ask for a reason code */
  TRPT_WHEN_ANY = 255,
  /* Decided at the end of the element of `policies`, once all its failures were read; all others at the end of the object. */
  TRPT_WHEN_ELEMENT_ENDS = TRPT_WHEN_HAS_POLICY | TRPT_WHEN_STS,
  TRPT_WHEN_OBJECT_ENDS = TRPT_WHEN_ANY - TRPT_WHEN_ELEMENT_ENDS
};

/* The conditions under which a row requires its member. */
#define TRPT_WHEN_OPTIONAL                   0
#define TRPT_WHEN_IF(condition, code)        TRPT_WHEN_##condition
#define TRPT_WHEN_BY(condition, code, other) TRPT_WHEN_TYPED

/* The members of an object that are required under these conditions. With constant arguments it is a constant. */
static TRPT_INLINE uint32_t trpt_missing_required(trpt_context context, uint32_t conditions) {
  return 0
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  | (context == TRPT_IN_##object && conditions & TRPT_WHEN_##required ? TRPT_MEMBER_BIT(TRPT_MEMBER_##id) : 0)
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
      ;
}

static TRPT_INLINE uint32_t trpt_missing_policy_conditions(trpt_policy_type type) {
  return (trpt_policy_types[type].group ? TRPT_WHEN_HAS_POLICY : 0) | (type == TRPT_POLICY_STS ? TRPT_WHEN_STS : 0) |
         (type == TRPT_POLICY_NO_POLICY_FOUND ? TRPT_WHEN_NO_POLICY_FOUND : 0);
}

static TRPT_INLINE uint32_t trpt_missing_failure_conditions(trpt_result_type type) {
  return (trpt_result_type_is_of_policy(type) ? 0 : TRPT_WHEN_CONNECTED) |
         (trpt_result_type_needs_reason(type) ? TRPT_WHEN_NEEDS_REASON : 0);
}

/* The conditions that hold for the object that ends. */
static TRPT_INLINE uint32_t trpt_missing_conditions(const trpt_parser *parser, trpt_context context) {
  const uint32_t always = TRPT_WHEN_ALWAYS | TRPT_WHEN_ESSENTIAL | TRPT_WHEN_TYPED;
  switch (context) {
  case TRPT_IN_POLICY_OBJECT:
    return always | (trpt_missing_policy_conditions(parser->current.policy.type) & TRPT_WHEN_OBJECT_ENDS);
  case TRPT_IN_FAILURE: return always | trpt_missing_failure_conditions(parser->current.failure.failure.type);
  default: return always;
  }
}

/* Reports what the object lacks and which of its members have another name. `missing` are the members that are required under
   the conditions and do not stand under their own names. */
void trpt_missing_report(trpt_parser *parser, trpt_context context, uint32_t missing, uint32_t conditions);

/* The end of an object. With a constant context it costs little for an object that has all its members. Without diagnostics only
   what makes the report unreadable matters. */
static TRPT_INLINE void trpt_missing_check(trpt_parser *parser, trpt_context context) {
  const uint32_t seen = parser->decoder.seen[context];
  if (!trpt_diagnoses(&parser->settings) && !(trpt_missing_required(context, TRPT_WHEN_ESSENTIAL) & ~seen)) return;
  const uint32_t aliases = seen >> TRPT_FIRST_ALIAS;
  const uint32_t unseen = trpt_missing_required(context, TRPT_WHEN_OBJECT_ENDS) & ~seen;
  if (!(unseen | aliases)) return;
  const uint32_t conditions = trpt_missing_conditions(parser, context);
  const uint32_t missing = trpt_missing_required(context, conditions) & unseen;
  if (missing | aliases) trpt_missing_report(parser, context, missing, conditions);
}

/* Reports that policy-string or mx-host is missing, at the end of the element of `policies`. */
void trpt_missing_report_policy(trpt_parser *parser, uint32_t unseen);

/* The members of the policy object that are not required if the sender could not get the policy. */
static TRPT_INLINE void trpt_missing_check_policy(trpt_parser *parser) {
  const uint32_t required = trpt_missing_required(TRPT_IN_POLICY_OBJECT, TRPT_WHEN_ELEMENT_ENDS);
  const uint32_t unseen = required & ~parser->decoder.seen[TRPT_IN_POLICY_OBJECT];
  if (!trpt_diagnoses(&parser->settings)) return;
  if (unseen && parser->current.policy.present & TRPT_POLICY_HAS_POLICY) trpt_missing_report_policy(parser, unseen);
}

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_POLICY_STRING_H
#define TRPT_LIB_POLICY_STRING_H

/* Forms of `policy-string` that senders write where RFC 8460 s4.4 has an array with one string for each TLSA record or line of
   the MTA-STS policy: JSON text of that array in one string (Microsoft), TLSA records joined by ";" (RFC 8460 s4), and all lines
   of the policy in one string. */



/* Whether a string is the text of a JSON array of strings. */
bool trpt_policy_string_is_array(trpt_str text);
static TRPT_INLINE bool trpt_policy_string_is_nested(trpt_str text) {
  return text.len && (text.ptr[0] == '[' || (unsigned char)text.ptr[0] <= ' ') && trpt_policy_string_is_array(text);
}
/* Adds the strings of such an array, the text of the token, as elements. */
void trpt_policy_string_add_nested(trpt_parser *parser, trpt_list *list, trpt_path path);
/* What one string holds several of. */
enum { TRPT_JOINED_TLSA = 1, TRPT_JOINED_STS, TRPT_JOINED_COUNT };

/* Splits TLSA records joined by ";" and lines of an MTA-STS policy in one string. */
void trpt_policy_string_split(trpt_parser *parser);

#endif

static void defer_pending(trpt_parser *parser) {
  if (parser->pending.len) trpt_deferred_add(&parser->deferred, TRPT_DEFER_PENDING);
}

void trpt_end_date_range(trpt_parser *parser) {
  const trpt_metadata *metadata = &parser->current.metadata;
  trpt_codes codes = {0};
  trpt_missing_check(parser, TRPT_IN_DATE_RANGE);
  if (!trpt_diagnoses(&parser->settings) || metadata->start == INT64_MIN || metadata->end == INT64_MIN) return;
  trpt_check_window(metadata->start, metadata->end, parser->settings.options.now, &codes);
  for (uint32_t i = 0; i < codes.count; i++) {
    const trpt_code code = codes.at[i];
    const bool of_end = code == TRPT_CODE_REPORT_END_BEFORE_START || code == TRPT_CODE_REPORT_FUTURE_WINDOW;
    if (of_end)
      trpt_emit(parser, code, parser->current.end_position, trpt_path_of(TRPT_IN_DATE_RANGE, TRPT_MEMBER_END_DATETIME));
    else
      trpt_emit(parser, code, parser->decoder.positions[TRPT_IN_DATE_RANGE],
                trpt_path_of(TRPT_IN_DATE_RANGE, TRPT_MEMBER_NONE));
  }
}

static void count_lists(trpt_current *current) {
#define LIST(tag, id, object, name, field, number, has, required, check) current->policy.number = current->field.count;
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
}

static void end_object_end_policy(trpt_parser *parser) {
  trpt_policy_string_split(parser);
  count_lists(&parser->current);
  defer_pending(parser);
  if (trpt_diagnoses(&parser->settings)) trpt_deferred_add(&parser->deferred, TRPT_DEFER_STRINGS | TRPT_DEFER_POLICY);
}

void trpt_end_policy_object(trpt_parser *parser) {
  trpt_missing_check(parser, TRPT_IN_POLICY_OBJECT);
  end_object_end_policy(parser);
  trpt_deferred_run_all(parser);
}

static TRPT_INLINE void add_capped(uint64_t *sum, uint64_t count) {
  *sum = count > UINT64_MAX - *sum ? UINT64_MAX : *sum + count;
}

/* Counts the failure that ends. */
static TRPT_INLINE void count_failure(trpt_current *current) {
  trpt_failure_state *entry = &current->failure;
  entry->index = current->failure_index;
  entry->failure.index = current->totals.failure_count++;
  current->metadata.failure_count++;
  current->totals.hiding_count += trpt_result_type_hides_policy(entry->failure.type);
  add_capped(&current->totals.details, entry->failure.failed_sessions);
}

/* A failure written before its policy object waits until that was read, if there is room. Nearly all others are returned at once,
   since they have only a few checks. */
void trpt_end_failure(trpt_parser *parser) {
  trpt_missing_check(parser, TRPT_IN_FAILURE);
  count_failure(&parser->current);
  const bool policy_read = parser->current.policy.present & TRPT_POLICY_HAS_POLICY;
  if (!policy_read && trpt_pending_add(&parser->pending, &parser->current)) return;
  if (!policy_read) count_lists(&parser->current);
  if (parser->pending.len)
    trpt_deferred_add(&parser->deferred, TRPT_DEFER_PENDING | TRPT_DEFER_FAILURE);
  else if (!parser->events.failed.status)
    trpt_deferred_return_failure(parser);
}

void trpt_end_policies(trpt_parser *parser) {
  if (parser->current.next_policy) return;
  trpt_emit(parser, TRPT_CODE_REPORT_NO_POLICIES, parser->decoder.positions[TRPT_IN_POLICIES],
            trpt_path_of(TRPT_IN_POLICIES, TRPT_MEMBER_NONE));
}

void trpt_end_policy_element(trpt_parser *parser) {
  if (parser->decoder.flat) {
    trpt_flat_policy_end(parser);
    trpt_missing_check(parser, TRPT_IN_POLICY_OBJECT);
    end_object_end_policy(parser);
  }
  trpt_missing_check(parser, TRPT_IN_POLICY);
  trpt_missing_check_policy(parser);
  defer_pending(parser);
  trpt_deferred_add(&parser->deferred, TRPT_DEFER_END);
  trpt_deferred_run_all(parser);
}

void trpt_end_summary(trpt_parser *parser) { trpt_missing_check(parser, TRPT_IN_SUMMARY); }

void trpt_end_report(trpt_parser *parser) {
  trpt_missing_check(parser, TRPT_IN_REPORT);
  if (trpt_is_sequence(&parser->settings)) trpt_deferred_add(&parser->deferred, TRPT_DEFER_END_TEXT);
}
#undef LIST

/* lib/parser/event_queue.c */
/* SPDX-License-Identifier: MIT */


void trpt_events_reset(trpt_events *waiting) {
  trpt_events_drop(waiting);
  waiting->diagnostics = 0;
  waiting->complete = false;
  waiting->has_element = false;
}

void trpt_events_add(trpt_events *waiting, trpt_queued queued) {
  /* The queue is emptied before the next token or step, neither of which can fill it. */
  if (waiting->count == TRPT_QUEUE_CAPACITY) return; /* GCOVR_EXCL_BR_LINE */
  waiting->queue[waiting->count++] = queued;
  waiting->diagnostics++;
}

void trpt_events_drop(trpt_events *waiting) {
  waiting->first = 0;
  waiting->count = 0;
  waiting->scope = TRPT_FAILED_TEXT;
  if (waiting->failed.status) trpt_error_clear(&waiting->failed);
}

static const trpt_event *take_diagnostic(trpt_events *waiting) {
  const trpt_queued *queued = &waiting->queue[waiting->first++];
  const trpt_catalogue_entry *entry = &trpt_catalogue[queued->code];
  if (waiting->first == waiting->count) {
    waiting->first = 0;
    waiting->count = 0;
  }
  trpt_path_write(waiting->where, queued->path, queued->policy, queued->failure);
  waiting->diagnostic = (trpt_diagnostic){
      .code = entry->code,
      .severity = entry->severity,
      .line = queued->position.line,
      .column = queued->position.column,
      .offset = queued->position.offset,
      .where = waiting->where,
      .message = entry->message,
      .section = entry->section,
  };
  waiting->event = (trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = &waiting->diagnostic};
  return &waiting->event;
}

trpt_status trpt_events_take(trpt_events *waiting, const trpt_event **event) {
  if (!waiting->count) return waiting->failed.status;
  *event = take_diagnostic(waiting);
  return TRPT_OK;
}

/* lib/parser/fast_path.c */
/* SPDX-License-Identifier: MIT */
/* The fast path takes a whole step at once: a member with its value, or with the bracket that begins its value; an element; or an
   end. In front of each there may be a comma, and a line break with indentation or one blank. Strings are copied to where they
   are stored while their end is searched.

   Why it does the same as the exact path: each step first looks at the text, and the loop ends if there is anything else than it
   knows, if the chunk may cut it, or if the member needs more than its value. So far it has changed nothing but the guess and
   free memory, and has counted the line that a break before the token has begun. The token is then for the exact path, which goes
   on after that comma and break. Otherwise the same functions handle the value as on the exact path. A fuzz target compares the
   two. */









/* The rows once more, so that they are constants here: the code of each member, object and array has what its row says as
   numbers. */
static const trpt_schema member_rows[TRPT_MEMBER_COUNT] = {
#define BASE_REPORT         current.metadata
#define BASE_DATE_RANGE     current.metadata
#define BASE_POLICY         current.policy
#define BASE_POLICY_OBJECT  current.policy
#define BASE_SUMMARY        current.totals.summary
#define BASE_FAILURE        current.failure.failure
#define STORE_REPORT        offsetof(trpt_parser, current.report_text)
#define STORE_DATE_RANGE    STORE_REPORT
#define STORE_POLICY        STORE_POLICY_OBJECT
#define STORE_POLICY_OBJECT offsetof(trpt_parser, current.text)
#define STORE_SUMMARY       STORE_POLICY_OBJECT
#define STORE_FAILURE       STORE_POLICY_OBJECT
#define KIND_STRING      TRPT_JSON_STRING
#define KIND_POLICY_TYPE TRPT_JSON_STRING
#define KIND_RESULT_TYPE TRPT_JSON_STRING
#define KIND_TIME        TRPT_JSON_STRING
#define KIND_COUNT       TRPT_JSON_NUMBER
#define KIND_LIST        TRPT_JSON_ARRAY_BEGIN
#define KIND_OBJECT      TRPT_JSON_OBJECT_BEGIN
#define KIND_ARRAY       TRPT_JSON_ARRAY_BEGIN
#define CHECK_STRING(check)      trpt_check_##check
#define CHECK_POLICY_TYPE(check) trpt_check_##check
#define CHECK_RESULT_TYPE(check) trpt_check_##check
#define CHECK_TIME(check)        trpt_check_##check
#define CHECK_COUNT(check)       NULL
#define CHECK_LIST(check)        trpt_check_##check
#define CHECK_OBJECT(check)      NULL
#define CHECK_ARRAY(check)       NULL
#define AT(base, field)                            offsetof(trpt_parser, base.field)
#define SLOTS_STRING(id, base, field, number)      0, AT(base, field), 0
#define SLOTS_POLICY_TYPE(id, base, field, number) 0, AT(base, field), AT(base, number)
#define SLOTS_RESULT_TYPE(id, base, field, number) 0, AT(base, field), AT(base, number)
#define SLOTS_TIME(id, base, field, number)        0, AT(base, field), AT(base, number)
#define SLOTS_COUNT(id, base, field, number)       0, AT(base, field), 0
#define SLOTS_LIST(id, base, field, number)        TRPT_IN_##id, AT(base, field), offsetof(trpt_parser, current.field)
#define SLOTS_OBJECT(id, base, field, number)      TRPT_IN_##field, 0, 0
#define SLOTS_ARRAY(id, base, field, number)       TRPT_IN_##field, 0, 0
#define POSITION(member)                                                                                               \
  ((member) == TRPT_MEMBER_END_DATETIME            ? offsetof(trpt_parser, current.end_position)                       \
   : (member) == TRPT_MEMBER_TOTAL_FAILURE         ? offsetof(trpt_parser, current.totals.failed_position)             \
   : (member) == TRPT_MEMBER_RESULT_TYPE           ? offsetof(trpt_parser, current.failure.type_position)              \
   : (member) == TRPT_MEMBER_RECEIVING_MX_HOSTNAME ? offsetof(trpt_parser, current.failure.host_position)              \
                                                   : 0)
#define SCHEMA(id, name, kind, member, type, inner, slot, number, present, present_slot, store, check)                 \
  [TRPT_MEMBER_##id] = {name "\":",                                                                                    \
                        check,                                                                                         \
                        present,                                                                                       \
                        TRPT_MEMBER_BIT(TRPT_MEMBER_##id),                                                             \
                        UINT32_MAX >> (TRPT_KEY_SIZE - 1 - sizeof name),                                               \
                        sizeof name + 2,                                                                               \
                        kind,                                                                                          \
                        inner,                                                                                         \
                        TRPT_MEMBER_##member,                                                                          \
                        type,                                                                                          \
                        (type) != TRPT_TYPE_STRING || POSITION(TRPT_MEMBER_##id),                                      \
                        slot,                                                                                          \
                        present_slot,                                                                                  \
                        store,                                                                                         \
                        number,                                                                                        \
                        POSITION(TRPT_MEMBER_##id)},
#define WITH_SLOTS(...) SCHEMA(__VA_ARGS__)
    [TRPT_MEMBER_NONE] = {.key_mask = UINT32_MAX}, 
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  WITH_SLOTS(id, name, KIND_##type, id, TRPT_TYPE_##type, SLOTS_##type(id, BASE_##object, field, number), has,         \
             AT(BASE_##object, present), STORE_##object, CHECK_##type(check))
#define ALIAS(id, member, name) SCHEMA(id, name, 0, member, 0, 0, 0, 0, 0, 0, 0, NULL)
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
};
static const trpt_context_info fast_path_context_rows[TRPT_CONTEXT_COUNT] = {
#define OPENS_STRING(id, object, inner)
#define OPENS_POLICY_TYPE(id, object, inner)
#define OPENS_RESULT_TYPE(id, object, inner)
#define OPENS_TIME(id, object, inner)
#define OPENS_COUNT(id, object, inner)
#define OPENS_LIST(id, object, inner)   [TRPT_IN_##id] = {TRPT_IN_##object, TRPT_MEMBER_##id, false},
#define OPENS_OBJECT(id, object, inner) [TRPT_IN_##inner] = {TRPT_IN_##object, TRPT_MEMBER_##id, true},
#define OPENS_ARRAY(id, object, inner)  [TRPT_IN_##inner] = {TRPT_IN_##object, TRPT_MEMBER_##id, false},
#define ELEMENT(object, array)          [TRPT_IN_##object] = {TRPT_IN_##array, TRPT_MEMBER_NONE, true},
#define MEMBER(tag, id, object, name, type, field, number, has, required, check) OPENS_##type(id, object, field)
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
    [TRPT_IN_REPORT] = {TRPT_IN_NOTHING, TRPT_MEMBER_NONE, true},
};

#define NEVER_INLINE __attribute__((noinline)) /* rare code, which would take registers from the common */
#ifdef __OPTIMIZE__
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE inline /* so that a debugger and a coverage tool see one function and not its copies */
#endif

/* The compiler must compute the pointer here. Without it, it adds the result of a comparison, for which the next token would have to
   wait, which takes 7 % of the speed; a branch can be predicted. Or it computes the pointer once for each use. */
#define COMPUTE(pointer) __asm__ volatile("" : "+r"(pointer))

enum {
  STEP_ROOM = 112,  /* a comma, a line break, indentation, the longest name, a blank, and one step of a string */
  STRING_STEP = 32, /* bytes of a string that are copied at once */
  MOST_VAIN = 32,
  ALIASES = (int)~(TRPT_MEMBER_BIT(TRPT_FIRST_ALIAS) - 1)
};

/* What changes with each step. Everything else is where the exact path has it. */
typedef struct fast {
  const unsigned char *p;     /* the end of the last token */
  const unsigned char *next;  /* once the loop ends: the token that is for the exact path; NULL: not known */
  const unsigned char *limit; /* up to here a step can look at STEP_ROOM bytes */
  bool is_first;              /* the last token is the bracket */
} fast;

/* What became of a member. */
typedef enum fast_step {
  STEP_TAKEN,
  STEP_INNER,     /* the bracket that begins its value was taken, too */
  STEP_LAST,      /* it was taken, and something else has to be done now */
  STEP_UNUSUAL,   /* it is for the exact path */
  STEP_OTHER_NAME /* it has another name */
} fast_step;

/* ---- looking: nothing but the line is changed ---- */

/* Bit i: byte i is no blank. */
static ALWAYS_INLINE unsigned non_blanks(const unsigned char *p) {
  return trpt_block_bits(trpt_block_is(trpt_block_load((const char *)p), ' ')) ^ 0xFFFF;
}

/* After an unusual indentation. NULL: past the limit, and the line has not begun. */
static NEVER_INLINE const unsigned char *after_indent(trpt_json *json, const unsigned char *line,
                                                      const unsigned char *limit) {
  const unsigned char *p = trpt_scan_indent(line, limit + STEP_ROOM);
  if (p > limit) return NULL;
  trpt_lexer_begin_line(json, line);
  return p;
}

/* After a line break with indentation, or one blank. NULL: past the limit, and no line has begun. */
static ALWAYS_INLINE const unsigned char *after_blanks(trpt_parser *parser, const fast *s, const unsigned char *p) {
  if (*p > ' ') return p;
  if (*p != '\n') {
    if (*p == ' ') return p + 1;
    if (*p != '\r' || p[1] != '\n') return p;
    p++;
  }
  trpt_json *json = &parser->decoder.json;
  const unsigned char *const line = p + 1;
  const unsigned others = non_blanks(line);
  if (others) {
    p = line + (unsigned)__builtin_ctz(others);
  } else {
    const unsigned more = non_blanks(line + 16);
    if (!more) return after_indent(json, line, s->limit);
    p = line + 16 + (unsigned)__builtin_ctz(more);
  }
  if (*p == '\t') return after_indent(json, line, s->limit);
  trpt_lexer_begin_line(json, line);
  return p;
}

/* Whether a member that begins at `p` has the name of this row. */
static ALWAYS_INLINE bool fast_path_has_key(const unsigned char *p, const trpt_schema *row) {
  const char *text = (const char *)p + 1;
  uint32_t equal = trpt_block_bits(trpt_block_equal(trpt_block_load(text), trpt_block_load(row->key)));
  if (row->key_mask >> 16)
    equal |= trpt_block_bits(trpt_block_equal(trpt_block_load(text + 16), trpt_block_load(row->key + 16))) << 16;
  return !(~equal & row->key_mask);
}

/* A member that was not guessed, if the RFC defines it; it becomes the next guess. */
static NEVER_INLINE uint8_t find_member(trpt_decoder *decoder, const unsigned char *p) {
  const char *name = (const char *)p + 1;
  const trpt_block low = trpt_block_is(trpt_block_load(name), '"'),
                   high = trpt_block_is(trpt_block_load(name + 16), '"');
  const unsigned quotes = trpt_block_bits(low) | trpt_block_bits(high) << 16;
  if (!quotes) return TRPT_MEMBER_NONE;
  const size_t len = (unsigned)__builtin_ctz(quotes);
  if (name[len + 1] != ':') return TRPT_MEMBER_NONE;
  const trpt_member member = trpt_schema_find(decoder->context, (trpt_str){name, len});
  if (member >= TRPT_FIRST_ALIAS) return TRPT_MEMBER_NONE;
  return decoder->followers[decoder->last] = (uint8_t)member;
}

static ALWAYS_INLINE const unsigned char *value_of(const unsigned char *p, const trpt_schema *row) {
  const unsigned char *value = p + row->key_len;
  if (*value == ' ') {
    value++;
    COMPUTE(value);
  }
  return value;
}

/* Copies 32 bytes of a string. Bit i of the result: byte i does not stand for itself. */
static ALWAYS_INLINE unsigned copy_step(char *to, const char *from) {
  const trpt_block a = trpt_block_load(from), b = trpt_block_load(from + 16);
  trpt_block_store(to, a);
  trpt_block_store(to + 16, b);
  return trpt_block_bits(trpt_block_not_plain(a)) | trpt_block_bits(trpt_block_not_plain(b)) << 16;
}

/* Copies what follows the first step, and returns where the text ends; 0 if it is too long, or if the chunk or the memory may end
   within a step. */
static NEVER_INLINE size_t copy_rest(const trpt_parser *parser, char *to, const char *from, size_t room,
                                     const char *last_step) {
  for (size_t at = STRING_STEP; at + STRING_STEP <= room && from + at <= last_step; at += STRING_STEP) {
    const unsigned stops = copy_step(to + at, from + at);
    if (!stops) continue;
    const size_t len = at + (unsigned)__builtin_ctz(stops);
    return len > parser->settings.options.max_string ? 0 : len;
  }
  return 0;
}

/* Copies the text of a string to the free memory of a store. Returns what follows it, or NULL if a byte does not stand for itself, or
   if it is not known that the whole string is in the chunk and fits. */
static ALWAYS_INLINE const unsigned char *fast_path_read_string(const trpt_parser *parser, const unsigned char *value,
                                                      const fast *s, const trpt_store *store, trpt_str *text) {
  const char *from = (const char *)value + 1, *const last_step = (const char *)s->limit + STEP_ROOM - STRING_STEP;
  char *to = store->text + store->len;
  const size_t room = store->capacity - store->len;
  if (*value != '"' || room < STRING_STEP) return NULL;
  const unsigned stops = copy_step(to, from);
  const size_t len = stops ? (unsigned)__builtin_ctz(stops) : copy_rest(parser, to, from, room, last_step);
  *text = (trpt_str){to, len};
  return from[len] != '"' ? NULL : value + len + 2;
}

/* A count of up to seven digits: returns how many, or 0. Bytes that are no digits are found by a carry into their highest bit;
   then neighbours are added in pairs, twice as wide each time. */
static ALWAYS_INLINE unsigned read_count(const unsigned char *p, uint64_t *count) {
  uint64_t digits = trpt_scan_word((const char *)p, 8) ^ TRPT_WORD_OF('0');
  const uint64_t others = ((digits + TRPT_WORD_OF(0x76)) | digits) & TRPT_WORD_HIGH_BITS;
  if (!others) return 0;
  const unsigned len = (unsigned)__builtin_ctzll(others) / 8;
  if (!len || !trpt_step_ends_number(p[len]) || (*p == '0' && len > 1)) return 0;
  digits <<= 64 - 8 * len;
  digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
  digits = (digits * 100 + (digits >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
  *count = (uint32_t)(digits * 10000 + (digits >> 32));
  return len;
}

/* ---- taking ---- */

static ALWAYS_INLINE trpt_position fast_path_position_of(const trpt_json *json, const unsigned char *p) {
  return trpt_json_position(json, trpt_lexer_offset(json, p));
}

static ALWAYS_INLINE void set_position(trpt_parser *parser, const trpt_schema *row, const unsigned char *value) {
  if (row->position)
    *(trpt_position *)trpt_value_slot(parser, row->position) = fast_path_position_of(&parser->decoder.json, value);
}

/* The token for those who look at a value. */
static ALWAYS_INLINE void set_string(trpt_decoder *decoder, const unsigned char *value, trpt_str text) {
  decoder->token.kind = TRPT_JSON_STRING;
  decoder->token.offset = trpt_lexer_offset(&decoder->json, value);
  decoder->token.string_errors = 0;
  decoder->token.text = text;
}

/* What is wrong with a string. Returns false if something else has to be done now. */
static NEVER_INLINE bool report_string(trpt_parser *parser, const unsigned char *value, trpt_str text,
                                       trpt_codes *codes, bool all, trpt_path path) {
  set_string(&parser->decoder, value, text);
  trpt_value_emit(parser, codes, all, path);
  return !trpt_must_stop(parser);
}

static ALWAYS_INLINE bool fast_path_check_string(trpt_parser *parser, const trpt_schema *row, const unsigned char *value,
                                       trpt_str text, trpt_path path) {
  trpt_codes codes;
  codes.count = 0;
  const bool all = text.len && row->check(text, &codes);
  return (all && !codes.count) || report_string(parser, value, text, &codes, all, path);
}

/* A string that is more than text. */
static NEVER_INLINE bool read_meaning(trpt_parser *parser, const trpt_schema *row, const unsigned char *value,
                                      trpt_str text) {
  set_string(&parser->decoder, value, text);
  trpt_value_read(parser, row);
  return !trpt_must_stop(parser);
}

static NEVER_INLINE bool look_at_count(trpt_parser *parser, const trpt_schema *row, const unsigned char *value,
                                       uint64_t count) {
  trpt_json_token *token = &parser->decoder.token;
  token->kind = TRPT_JSON_NUMBER;
  token->offset = trpt_lexer_offset(&parser->decoder.json, value);
  token->number = (trpt_number){count, TRPT_NUMBER_COUNT, true, false};
  trpt_value_take_count(parser, row);
  return !trpt_must_stop(parser);
}

/* ---- brackets ---- */

/* The tokenizer's state for the exact path. What a report has nests in far fewer levels than trpt_max_nesting allows. */
static ALWAYS_INLINE void take_begin(trpt_parser *parser, fast *s, const unsigned char *p, bool is_object) {
  trpt_json *json = &parser->decoder.json;
  *trpt_step_level(json, ++json->depth) = is_object;
  json->in_object = is_object;
  json->expect = is_object ? TRPT_EXPECT_KEY_OR_END : TRPT_EXPECT_VALUE_OR_END;
  parser->decoder.token.offset = trpt_lexer_offset(json, p);
  s->p = p + 1;
  s->is_first = true;
}

/* A member whose value is an object or array. */
static ALWAYS_INLINE fast_step take_inner(trpt_parser *parser, fast *s, const trpt_schema *row, trpt_context context,
                                          const unsigned char *value) {
  const bool is_object = fast_path_context_rows[row->inner].is_object;
  if (*value != (is_object ? '{' : '[')) return STEP_UNUSUAL;
  take_begin(parser, s, value, is_object);
  parser->decoder.seen[context] |= row->bit;
  trpt_begin_value(parser, row);
  return trpt_must_stop(parser) ? STEP_LAST : STEP_INNER;
}

/* The end of an object or array. Returns where the next token is. */
static ALWAYS_INLINE trpt_context take_end(trpt_parser *parser, fast *s, trpt_context context, const unsigned char *p) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_context outer = (trpt_context)fast_path_context_rows[context].parent;
  decoder->json.depth--;
  decoder->json.in_object = fast_path_context_rows[outer].is_object;
  decoder->json.expect = outer == TRPT_IN_NOTHING ? TRPT_EXPECT_NOTHING : TRPT_EXPECT_COMMA_OR_END;
  decoder->token.offset = trpt_lexer_offset(&decoder->json, p);
  decoder->context = outer;
  decoder->last = fast_path_context_rows[context].opener;
  s->p = p + 1;
  s->is_first = false;
  trpt_end_object(parser, context);
  return trpt_must_stop(parser) ? TRPT_IN_NOTHING : outer;
}

/* ---- steps. They return where the next token is, or TRPT_IN_NOTHING if the loop ends before it. ---- */

/* The token at `p` is for the exact path. */
static ALWAYS_INLINE trpt_context leave_before(fast *s, const unsigned char *p) {
  s->next = p;
  return TRPT_IN_NOTHING;
}

/* The next member or element, or the end. NULL if it is neither, or not known to be in the chunk. */
static ALWAYS_INLINE const unsigned char *next_token(trpt_parser *parser, fast *s, bool is_first, unsigned char bracket,
                                                     bool *ends) {
  const unsigned char *p = s->p;
  *ends = false;
  if (p > s->limit) return NULL;
  if (*p == ',') {
    if (is_first) return NULL;
    p++;
    COMPUTE(p);
    return after_blanks(parser, s, p);
  }
  p = after_blanks(parser, s, p);
  if (!p) return NULL;
  *ends = *p == bracket;
  if (*ends || is_first) return p;
  s->next = p;
  return NULL;
}

static ALWAYS_INLINE fast_step fast_path_take_string(trpt_parser *parser, fast *s, const trpt_schema *row, trpt_context context,
                                           const unsigned char *value, const bool diagnoses) {
  trpt_str text;
  trpt_store *store = trpt_value_slot(parser, row->store);
  const unsigned char *end = fast_path_read_string(parser, value, s, store, &text);
  if (!end) return STEP_UNUSUAL;
  s->p = end;
  *(trpt_str *)trpt_value_slot(parser, row->slot) = text;
  trpt_value_set_present(parser, row);
  store->len += text.len;
  bool goes_on = true;
  if (diagnoses) set_position(parser, row, value);
  if (row->type == TRPT_TYPE_POLICY_TYPE || row->type == TRPT_TYPE_RESULT_TYPE)
    goes_on = trpt_value_find_type(parser, row, text) || !diagnoses || read_meaning(parser, row, value, text);
  else if (row->type == TRPT_TYPE_TIME)
    goes_on = read_meaning(parser, row, value, text);
  else if (diagnoses)
    goes_on = fast_path_check_string(parser, row, value, text, trpt_path_of(context, (trpt_member)row->member));
  return goes_on ? STEP_TAKEN : STEP_LAST;
}

static ALWAYS_INLINE fast_step take_count(trpt_parser *parser, fast *s, const trpt_schema *row,
                                          const unsigned char *value, const bool diagnoses) {
  uint64_t count;
  const unsigned len = read_count(value, &count);
  if (!len) return STEP_UNUSUAL;
  s->p = value + len;
  *(uint64_t *)trpt_value_slot(parser, row->slot) = count;
  trpt_value_set_present(parser, row);
  if (!diagnoses) return STEP_TAKEN;
  set_position(parser, row, value);
  if (count) return STEP_TAKEN;
  return look_at_count(parser, row, value, count) ? STEP_TAKEN : STEP_LAST;
}

/* The member that begins at `p`, if it has the name of this row. `fits`: the row is one of this context, 0 or 1. It is for the
   compiler, since no other row is guessed. */
static ALWAYS_INLINE fast_step take_member(trpt_parser *parser, fast *s, const trpt_schema *row, trpt_context context,
                                           unsigned fits, const unsigned char *p, const bool diagnoses) {
  trpt_decoder *decoder = &parser->decoder;
  if (!(fits & fast_path_has_key(p, row))) return STEP_OTHER_NAME;
  if (decoder->seen[context] & (row->bit | (uint32_t)ALIASES)) return STEP_UNUSUAL;
  const unsigned char *value = value_of(p, row);
  fast_step taken;
  switch (row->kind) {
  case TRPT_JSON_STRING: taken = fast_path_take_string(parser, s, row, context, value, diagnoses); break;
  case TRPT_JSON_NUMBER: taken = take_count(parser, s, row, value, diagnoses); break;
  default: return take_inner(parser, s, row, context, value);
  }
  if (taken == STEP_UNUSUAL) return taken;
  decoder->seen[context] |= row->bit;
  decoder->last = row->member;
  s->is_first = false;
  return taken;
}

static ALWAYS_INLINE fast_step take_named(trpt_parser *parser, fast *s, uint8_t member, trpt_context context,
                                          const unsigned char *p, const bool diagnoses) {
  switch (member) {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  case TRPT_MEMBER_##id:                                                                                               \
    return take_member(parser, s, &member_rows[TRPT_MEMBER_##id], context, context == TRPT_IN_##object, p, diagnoses);
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
  default: return STEP_OTHER_NAME;
  }
}

static ALWAYS_INLINE trpt_context read_members(trpt_parser *parser, fast *s, trpt_context context,
                                               const bool diagnoses) {
  trpt_decoder *decoder = &parser->decoder;
  bool ends;
  const unsigned char *p = next_token(parser, s, s->is_first, '}', &ends);
  for (;; p = next_token(parser, s, false, '}', &ends)) {
    if (!p) return TRPT_IN_NOTHING;
    if (ends) return take_end(parser, s, context, p);
    if (*p != '"') return leave_before(s, p);
    fast_step taken;
    uint8_t member = decoder->followers[decoder->last];
    do {
      taken = take_named(parser, s, member, context, p, diagnoses);
    } while (taken == STEP_OTHER_NAME && (member = find_member(decoder, p)) != TRPT_MEMBER_NONE);
    switch (taken) {
    case STEP_TAKEN: break;
    case STEP_INNER: return decoder->context;
    case STEP_LAST: return TRPT_IN_NOTHING;
    default: return leave_before(s, p);
    }
  }
}

/* The strings of a list. JSON text in a string, which begins with a bracket or blank, is for the exact path. */
static ALWAYS_INLINE trpt_context read_strings(trpt_parser *parser, fast *s, trpt_context context,
                                               const bool diagnoses) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_context_info *info = &fast_path_context_rows[context];
  const trpt_schema *row = &member_rows[info->opener];
  trpt_list *list = trpt_list_of(parser, row);
  trpt_store *store = &parser->current.text;
  bool ends;
  const unsigned char *p = next_token(parser, s, s->is_first, ']', &ends);
  for (;; p = next_token(parser, s, false, ']', &ends)) {
    if (!p) return TRPT_IN_NOTHING;
    if (ends) return take_end(parser, s, context, p);
    if (p[1] == '[' || p[1] == ' ') return leave_before(s, p);
    trpt_str text;
    const unsigned char *end = fast_path_read_string(parser, p, s, store, &text);
    if (!end || text.len > parser->current.list_room || list->count == list->most) return leave_before(s, p);
    store->len += text.len;
    s->p = end;
    s->is_first = false;
    const uint32_t index = list->next_index++;
    const trpt_position position = fast_path_position_of(&decoder->json, p);
    list->strings[list->count] = text;
    list->elements[list->count++] = (trpt_element){position, index, false, false};
    parser->current.list_room -= text.len;
    const trpt_path path = {info->parent, info->opener, index};
    if (diagnoses && !fast_path_check_string(parser, row, p, text, path)) return TRPT_IN_NOTHING;
  }
}

/* Policies and failures. */
static ALWAYS_INLINE trpt_context read_objects(trpt_parser *parser, fast *s, trpt_context array, trpt_context object) {
  bool ends;
  const unsigned char *p = next_token(parser, s, s->is_first, ']', &ends);
  if (!p) return TRPT_IN_NOTHING;
  if (ends) return take_end(parser, s, array, p);
  if (*p != '{') return leave_before(s, p);
  take_begin(parser, s, p, true);
  if (object == TRPT_IN_FAILURE) {
    trpt_current_next_failure(&parser->current);
    trpt_begin_failure(parser);
  } else {
    trpt_current_next_policy(&parser->current);
    trpt_begin_policy(parser);
  }
  return trpt_must_stop(parser) ? TRPT_IN_NOTHING : object;
}

static ALWAYS_INLINE trpt_context read_in(trpt_parser *parser, fast *s, trpt_context context, const bool diagnoses) {
  switch (context) { /* GCOVR_EXCL_BR_LINE: the path begins inside of the report */
                     /* clang-format off */
#define OBJECT(id, structure)  case TRPT_IN_##id: return read_members(parser, s, TRPT_IN_##id, diagnoses);
#define ELEMENT(object, array) case TRPT_IN_##array: return read_objects(parser, s, TRPT_IN_##array, TRPT_IN_##object);
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  case TRPT_IN_##id: return read_strings(parser, s, TRPT_IN_##id, diagnoses);
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
    /* clang-format on */
  default: return TRPT_IN_NOTHING; /* GCOVR_EXCL_LINE */
  }
}

/* Returns whether it has taken anything. */
static ALWAYS_INLINE bool fast_path_run(trpt_parser *parser, size_t len, const bool diagnoses) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_json *json = &decoder->json;
  const unsigned char *const begin = json->cursor;
  fast s = {begin, NULL, begin + len - STEP_ROOM, json->expect != TRPT_EXPECT_COMMA_OR_END};
  trpt_context context = decoder->context;
  do {
    context = read_in(parser, &s, context, diagnoses);
  } while (context != TRPT_IN_NOTHING);
  json->cursor = s.next ? s.next : s.p;
  if (s.next && *s.p == ',')
    json->expect = json->in_object ? TRPT_EXPECT_KEY : TRPT_EXPECT_VALUE;
  else if (!s.is_first && json->depth)
    json->expect = TRPT_EXPECT_COMMA_OR_END;
  return s.p != begin;
}

static NEVER_INLINE bool run_with(trpt_parser *parser, size_t len) { return fast_path_run(parser, len, true); }
static NEVER_INLINE bool run_without(trpt_parser *parser, size_t len) { return fast_path_run(parser, len, false); }

static bool read_ahead(trpt_parser *parser, size_t len) {
  return trpt_diagnoses(&parser->settings) ? run_with(parser, len) : run_without(parser, len);
}

/* The end of a chunk, from a copy with zeros after it: no token has or is followed by a zero, so none is taken that the chunk cuts. */
static NEVER_INLINE bool read_tail(trpt_parser *parser) {
  trpt_json *json = &parser->decoder.json;
  const unsigned char *cursor = json->cursor, *end = json->end;
  const uint64_t offset = trpt_json_offset(json);
  const size_t len = (size_t)(end - cursor);
  unsigned char tail[2 * STEP_ROOM];
  memcpy(tail, cursor, len);
  memset(tail + len, 0, STEP_ROOM);
  trpt_json_set_chunk(json, tail, len, offset);
  const bool taken = read_ahead(parser, len + STEP_ROOM);
  const size_t used = (size_t)(json->cursor - tail);
  trpt_json_set_chunk(json, cursor + used, len - used, offset + used);
  return taken;
}

static bool read_what_is_usual(trpt_parser *parser) {
  const trpt_decoder *decoder = &parser->decoder;
  const trpt_json *json = &decoder->json;
  bool taken = false;
  if (parser->settings.options.max_string < STRING_STEP) return false; /* the first step of a string is not too long */
  if (json->end - json->cursor >= STEP_ROOM) taken = read_ahead(parser, (size_t)(json->end - json->cursor));
  const bool is_tail = json->end - json->cursor < STEP_ROOM && json->cursor < json->end;
  if (is_tail && trpt_is_for_fast_path(decoder) && !trpt_must_stop(parser)) taken |= read_tail(parser);
  return taken;
}

/* Where it takes nothing again and again, it is tried less and less often, so that unusual reports do not pay for it. */
void trpt_fast_path(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  if (decoder->exact_tokens) {
    decoder->exact_tokens--;
  } else if (read_what_is_usual(parser)) {
    decoder->vain = 0;
  } else {
    decoder->exact_tokens = decoder->vain;
    if (decoder->vain < MOST_VAIN) decoder->vain++;
  }
}
#undef NEVER_INLINE
#undef ALWAYS_INLINE
#undef ALWAYS_INLINE
#undef COMPUTE
#undef MEMBER
#undef OBJECT
#undef ELEMENT
#undef LIST

/* lib/parser/flat_policy.c */
/* SPDX-License-Identifier: MIT */




trpt_member trpt_flat_policy_begin(trpt_parser *parser, trpt_member member, trpt_position position) {
  trpt_decoder *decoder = &parser->decoder;
  const bool is_ignored = parser->current.policy.present & TRPT_POLICY_HAS_POLICY;
  uint32_t *seen = &decoder->seen[TRPT_IN_POLICY_OBJECT];
  if (is_ignored || *seen & TRPT_MEMBER_BIT(member)) {
    trpt_emit(parser, is_ignored ? TRPT_CODE_REPORT_RENAMED_MEMBER : TRPT_CODE_JSON_DUPLICATE_MEMBER, position,
              trpt_path_of(TRPT_IN_POLICY, member));
    return TRPT_MEMBER_NONE;
  }
  if (decoder->flat == TRPT_MEMBER_NONE) {
    decoder->flat = member;
    decoder->flat_position = position;
    decoder->positions[TRPT_IN_POLICY_OBJECT] = decoder->positions[TRPT_IN_POLICY];
  }
  *seen |= TRPT_MEMBER_BIT(member);
  return member;
}

void trpt_flat_policy_withdraw(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_policy *policy = &parser->current.policy;
  const uint32_t present = policy->present & TRPT_POLICY_HAS_FAILURES;
  trpt_emit(parser, TRPT_CODE_REPORT_RENAMED_MEMBER, decoder->flat_position,
            trpt_path_of(TRPT_IN_POLICY, decoder->flat));
  decoder->flat = TRPT_MEMBER_NONE;
  trpt_current_clear_policy(&parser->current, trpt_list_most(&parser->settings));
  policy->present = present;
}

void trpt_flat_policy_end(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_emit(parser, TRPT_CODE_REPORT_FLAT_POLICY, decoder->flat_position, trpt_path_of(TRPT_IN_POLICY, decoder->flat));
  decoder->seen[TRPT_IN_POLICY] |= TRPT_MEMBER_BIT(TRPT_MEMBER_POLICY);
  parser->current.policy.present |= TRPT_POLICY_HAS_POLICY;
}

/* lib/parser/input.c */
/* SPDX-License-Identifier: MIT */




/* The ratio is not checked before this many bytes, since small reports may compress extremely well. */
#define RATIO_FREE (UINT64_C(1) << 20)

static const unsigned char gzip_first_byte = 0x1F; /* RFC 1952 s2.3.1; no JSON text begins with it */

static void set_text(trpt_parser *parser, const void *text, size_t len) {
  trpt_json *json = &parser->decoder.json;
  trpt_json_set_chunk(json, text, len, parser->input.text_offset);
  if (parser->input.skips) json->cursor = json->end;
}

void trpt_input_reset(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  input->kind = TRPT_INPUT_UNKNOWN;
  input->status = TRPT_GZIP_MORE;
  input->over_limit = false;
  input->ended = false;
  input->skips = false;
  input->lends = false;
  input->consumed = 0;
  input->text_offset = 0;
  input->window_len = 0;
}

void trpt_input_skip(trpt_parser *parser) {
  trpt_json *json = &parser->decoder.json;
  parser->input.skips = true;
  json->cursor = json->end;
}

static void fail_limit(trpt_parser *parser, trpt_limit limit) {
  const trpt_json *json = &parser->decoder.json;
  trpt_fail_limit(parser, limit, trpt_json_position(json, trpt_json_offset(json)), trpt_path_now(parser));
  parser->events.scope = TRPT_FAILED_INPUT;
}

/* The remaining bytes of the chunk, as far as max_input allows them. */
static size_t input_allowed(const trpt_parser *parser) {
  const trpt_input *input = &parser->input;
  const size_t left = input->chunk_len - input->chunk_used;
  const uint64_t most = parser->settings.options.max_input - input->consumed;
  return left < most ? left : (size_t)most;
}

/* False, with the parser failed, if there are bytes and none is allowed. */
static bool check_max_input(trpt_parser *parser) {
  if (parser->input.chunk_used == parser->input.chunk_len || input_allowed(parser)) return true;
  fail_limit(parser, TRPT_LIMIT_INPUT);
  return false;
}

static void use(trpt_input *input, size_t len) {
  input->chunk_used += len;
  input->consumed += len;
}

/* ---- plain ---- */

static void lend(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  const size_t len = input_allowed(parser);
  input->lends = len != 0;
  if (len) set_text(parser, input->chunk + input->chunk_used, len);
}

static void take_back(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  if (!input->lends) return;
  const size_t used = (size_t)(parser->decoder.json.cursor - (input->chunk + input->chunk_used));
  use(input, used);
  input->text_offset += used;
  input->lends = false;
  set_text(parser, "", 0);
}

void trpt_input_begin(trpt_parser *parser, const void *chunk, size_t len) {
  trpt_input *input = &parser->input;
  input->chunk = chunk;
  input->chunk_len = len;
  input->chunk_used = 0;
  if (!chunk) input->ended = true;
  if (input->kind == TRPT_INPUT_PLAIN && !parser->events.failed.status) lend(parser);
}

size_t trpt_input_end(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  take_back(parser);
  input->chunk = NULL;
  input->chunk_len = 0;
  return input->chunk_used;
}

static bool next_plain(trpt_parser *parser) {
  take_back(parser);
  if (!check_max_input(parser)) return false;
  lend(parser);
  return parser->input.lends;
}

/* ---- gzip ---- */

/* A diagnostic or error of gzip is reported after all text before it has been read. */
static void report_gzip(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  const trpt_position position = {input->gzip.offset, 0, 0};
  const trpt_path path = trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE);
  if (input->status == TRPT_GZIP_BAD) {
    trpt_fail(parser, TRPT_E_COMPRESSION, input->gzip.code, position, path);
    parser->events.scope = TRPT_FAILED_INPUT;
  }
  if (input->status == TRPT_GZIP_DIAGNOSTIC) trpt_emit(parser, input->gzip.code, position, path);
}

static bool exceeds_max_ratio(const trpt_parser *parser) {
  const trpt_gzip *gzip = &parser->input.gzip;
  const uint64_t ratio = gzip->out_total / parser->settings.options.max_ratio;
  return gzip->out_total > RATIO_FREE && ratio > trpt_gzip_bits_used(gzip) / 8;
}

/* Room in the window. None if it is full and gzip has not yet said that more is to come, so that the limits are always
   checked in the same place. Otherwise up to its end, or one byte more than max_inflated allows, which shows that there is
   more. */
static size_t window_room(const trpt_parser *parser) {
  const trpt_input *input = &parser->input;
  const uint64_t most = parser->settings.options.max_inflated - input->gzip.out_total;
  const size_t filled = (size_t)(input->gzip.out_total % TRPT_WINDOW_SIZE);
  const bool full = !filled && input->gzip.out_total;
  if (full && input->status != TRPT_GZIP_OUTPUT && !input->ended) return 0;
  const size_t room = TRPT_WINDOW_SIZE - filled;
  return room > most ? (size_t)most + 1 : room;
}

static void input_inflate(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  trpt_gzip *gzip = &input->gzip;
  const size_t len = input_allowed(parser);
  const unsigned char *data = len ? input->chunk + input->chunk_used : input->window;
  size_t used;
  size_t out;
  input->status = trpt_gzip_read(gzip, data, len, &used, input->window, window_room(parser), &out);
  use(input, used);
  input->over_limit = gzip->out_total > parser->settings.options.max_inflated;
  input->window_len = out - input->over_limit;
  set_text(parser, input->window, input->window_len);
}

static bool next_inflated(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  for (;;) {
    input->text_offset += input->window_len;
    input->window_len = 0;
    set_text(parser, input->window, 0);
    if (input->over_limit) fail_limit(parser, TRPT_LIMIT_INFLATED);
    if (input->status == TRPT_GZIP_OUTPUT && exceeds_max_ratio(parser)) fail_limit(parser, TRPT_LIMIT_RATIO);
    report_gzip(parser);
    if (input->status == TRPT_GZIP_DIAGNOSTIC) input->status = TRPT_GZIP_MORE;
    if (parser->events.failed.status || parser->events.count || !check_max_input(parser)) return false;
    input_inflate(parser);
    if (input->window_len) return true;
    if (input->status == TRPT_GZIP_MORE && input->chunk_used == input->chunk_len) return false;
  }
}

/* ---- either ---- */

static void find_kind(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  const bool gzip = input->chunk[0] == gzip_first_byte && !(parser->settings.options.flags & TRPT_NO_INFLATE);
  input->kind = gzip ? TRPT_INPUT_GZIP : TRPT_INPUT_PLAIN;
  if (gzip) trpt_gzip_reset(&input->gzip);
}

bool trpt_input_next(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  if (input->kind == TRPT_INPUT_UNKNOWN) {
    if (!input->chunk_len) return false;
    find_kind(parser);
  }
  return input->kind == TRPT_INPUT_GZIP ? next_inflated(parser) : next_plain(parser);
}

void trpt_input_finish(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  if (input->kind != TRPT_INPUT_GZIP || trpt_gzip_finish(&input->gzip) != TRPT_GZIP_BAD) return;
  trpt_fail(parser, TRPT_E_TRUNCATED, input->gzip.code, (trpt_position){input->gzip.offset, 0, 0},
            trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE));
  parser->events.scope = TRPT_FAILED_INPUT;
}
#undef RATIO_FREE

/* lib/parser/memory_layout.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MEMORY_LAYOUT_H
#define TRPT_LIB_MEMORY_LAYOUT_H

/* The layout of a parser's memory, which is one block. */



/* The number of bytes that a parser needs, from an aligned address; it may exceed all memory. If `parser` is not NULL, its
   pointers are set to their blocks, which follow it. `options` come from trpt_options_read. */
uint64_t trpt_layout_plan(const trpt_options *options, trpt_parser *parser);

#endif

#include <stdalign.h>



/* The blocks follow each other, each aligned. No options make the 64-bit size wrap. */
typedef struct layout {
  unsigned char *base; /* NULL: only the size is computed */
  uint64_t size;
} layout;

static void *memory_layout_reserve(layout *plan, uint64_t count, size_t size) {
  const size_t alignment = alignof(max_align_t);
  void *block = plan->base ? plan->base + (size_t)plan->size : NULL;
  plan->size += (count * size + alignment - 1) / alignment * alignment;
  return block;
}

/* The number of strings in the metadata, each up to max_string. */
static size_t count_metadata_strings(void) {
  size_t count = 0;
  TRPT_EACH_OF (info, TRPT_STRUCTURE_METADATA) count += trpt_has_text(info);
  return count;
}

/* One byte more shows that text that is decoded here is too long. */
static trpt_store reserve_store(layout *plan, size_t count, size_t size) {
  char *text = memory_layout_reserve(plan, (uint64_t)count * size + 1, 1);
  return (trpt_store){text, 0, count * size};
}

static trpt_list reserve_list(layout *plan, uint32_t count) {
  trpt_list list = {0};
  list.strings = memory_layout_reserve(plan, count, sizeof *list.strings);
  list.elements = memory_layout_reserve(plan, count, sizeof *list.elements);
  return list;
}

/* Room for a string that a chunk cuts. One byte more than max_string shows that there is more. Names must fit, whatever
   max_string is. */
enum { SMALLEST_STRING = 64 };

static void plan_json(layout *plan, const trpt_options *options, trpt_json *json) {
  const trpt_json_engine *engine = trpt_json_engine_find(options->tokenizer);
  const uint64_t string = options->max_string < SMALLEST_STRING ? SMALLEST_STRING : (uint64_t)options->max_string + 1;
  json->engine = engine;
  json->max_depth = trpt_max_nesting(options);
  json->memory = memory_layout_reserve(plan, engine->size(json->max_depth, string), 1);
  json->string.text = memory_layout_reserve(plan, string, 1);
  json->string.capacity = (size_t)string;
}

static void plan_current(layout *plan, const trpt_options *options, trpt_current *current) {
  current->report_text = reserve_store(plan, count_metadata_strings(), options->max_string);
  current->text = reserve_store(plan, 1, options->max_entry);
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  current->field = reserve_list(plan, options->max_strings);
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
}

static void plan_input(layout *plan, const trpt_options *options, trpt_input *input) {
  if (options->flags & TRPT_NO_INFLATE) return;
  input->window = memory_layout_reserve(plan, 1, TRPT_WINDOW_SIZE);
  void *inflate = memory_layout_reserve(plan, 1, trpt_inflate_size());
  if (inflate) trpt_gzip_init(&input->gzip, trpt_inflate_init(inflate));
}

uint64_t trpt_layout_plan(const trpt_options *options, trpt_parser *parser) {
  layout plan = {(unsigned char *)parser, 0};
  trpt_parser unused;
  /* cppcheck-suppress uninitvar; only its address is taken */
  trpt_parser *out = parser ? parser : &unused;
  memory_layout_reserve(&plan, 1, sizeof *parser);
  plan_json(&plan, options, &out->decoder.json);
  plan_current(&plan, options, &out->current);
  out->pending.memory = memory_layout_reserve(&plan, options->max_held, 1);
  out->pending.capacity = options->max_held;
  plan_input(&plan, options, &out->input);
  return plan.size;
}
#undef LIST

/* lib/parser/list_value.c */
/* SPDX-License-Identifier: MIT */





void trpt_list_value_begin(trpt_parser *parser, const trpt_schema *schema) {
  trpt_list_begin(parser, schema);
  parser->decoder.json.wanted = true; /* the key may have been guessed after a member that is skipped */
}

void trpt_list_value_add(trpt_parser *parser, const trpt_schema *schema, trpt_path path) {
  trpt_list *list = trpt_list_of(parser, schema);
  const trpt_str text = parser->decoder.token.text;
  const bool is_nested = schema->member == TRPT_MEMBER_POLICY_STRING &&
                         text.len <= parser->settings.options.max_string && trpt_policy_string_is_nested(text);
  if (!is_nested && !trpt_list_fits(parser, list, text)) {
    trpt_list_add_cut(parser, list, text, path);
    if (parser->decoder.token.string_errors) trpt_value_emit_string_errors(parser, path);
    return;
  }
  if (trpt_diagnoses(&parser->settings)) trpt_value_check(parser, schema, path);
  if (is_nested) {
    trpt_emit(parser, TRPT_CODE_REPORT_POLICY_STRING_NESTED_JSON, trpt_position_now(parser), path);
    trpt_policy_string_add_nested(parser, list, path);
  } else {
    trpt_list_add(parser, list, text, path.string);
  }
}

static trpt_code not_array_code(uint8_t member) {
  static const uint16_t codes[TRPT_MEMBER_COUNT] = {
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  [TRPT_MEMBER_##id] = TRPT_CODE_REPORT_##id##_NOT_ARRAY,
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
  };
  return (trpt_code)codes[member];
}

void trpt_list_value_bare(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_path path = trpt_value_path(parser, schema);
  trpt_emit(parser, not_array_code(schema->member), trpt_position_now(parser), path);
  trpt_list_value_begin(parser, schema);
  trpt_list_value_add(parser, schema, path);
}
#undef LIST

/* lib/parser/member_name.c */
/* SPDX-License-Identifier: MIT */





static uint32_t *seen_now(trpt_decoder *decoder) { return &decoder->seen[decoder->context]; }

/* RFC 8460 s4.3: the format is expected to grow, so unknown members are ignored (RFC 7493 s4.2). */
static trpt_member begin_unknown(trpt_parser *parser, uint64_t offset) {
  const trpt_decoder *decoder = &parser->decoder;
  trpt_emit(parser, TRPT_CODE_REPORT_UNKNOWN_MEMBER, trpt_json_position(&decoder->json, offset),
            trpt_path_of(decoder->context, TRPT_MEMBER_NONE));
  return TRPT_MEMBER_NONE;
}

/* A member of an element of `policies` that belongs into its policy object, if anywhere. */
static trpt_member begin_misplaced(trpt_parser *parser, trpt_str name, uint64_t offset) {
  const trpt_position position = trpt_json_position(&parser->decoder.json, offset);
  const trpt_member member = trpt_schema_find(TRPT_IN_POLICY_OBJECT, name);
  if (member == TRPT_MEMBER_NONE) return begin_unknown(parser, offset);
  if (member < TRPT_FIRST_ALIAS) return trpt_flat_policy_begin(parser, member, position);
  trpt_emit(parser, TRPT_CODE_REPORT_RENAMED_MEMBER, position, trpt_path_of(TRPT_IN_POLICY, member));
  return TRPT_MEMBER_NONE;
}

static void forget_value(trpt_parser *parser, trpt_member alias) {
  const trpt_schema *schema = trpt_schema_of(alias);
  if (schema->type == TRPT_TYPE_LIST) {
    trpt_list_withdraw(parser, schema);
    return;
  }
  *(trpt_str *)trpt_value_slot(parser, schema->slot) = (trpt_str){0};
  *trpt_value_present(parser, schema) &= ~schema->present;
}

/* The member comes after another name for it. What was read under that name does not count. */
static void withdraw_aliases(trpt_parser *parser, trpt_member member) {
  trpt_decoder *decoder = &parser->decoder;
  uint32_t *seen = seen_now(decoder);
  for (uint32_t i = 0; i < TRPT_ALIAS_COUNT; i++) {
    const trpt_member alias = (trpt_member)(TRPT_FIRST_ALIAS + i);
    if (!(*seen & TRPT_MEMBER_BIT(alias)) || trpt_schemas[alias].member != member) continue;
    *seen &= ~TRPT_MEMBER_BIT(alias);
    forget_value(parser, alias);
    trpt_emit(parser, TRPT_CODE_REPORT_UNKNOWN_MEMBER, decoder->alias_positions[i],
              trpt_path_of(decoder->context, TRPT_MEMBER_NONE));
  }
}

/* Another name for a member counts if neither the member nor this name came before. */
static trpt_member begin_alias(trpt_parser *parser, trpt_member alias, uint64_t offset) {
  trpt_decoder *decoder = &parser->decoder;
  uint32_t *seen = seen_now(decoder);
  const uint32_t taken = TRPT_MEMBER_BIT(alias) | TRPT_MEMBER_BIT((trpt_member)trpt_schemas[alias].member);
  if (*seen & taken) return begin_unknown(parser, offset);
  *seen |= TRPT_MEMBER_BIT(alias);
  decoder->alias_positions[alias - TRPT_FIRST_ALIAS] = trpt_json_position(&decoder->json, offset);
  return alias;
}

/* RFC 7493 s2.3. The first of several members with one name counts. */
static trpt_member begin_member(trpt_parser *parser, trpt_member member, uint64_t offset) {
  trpt_decoder *decoder = &parser->decoder;
  uint32_t *seen = seen_now(decoder);
  if (*seen & TRPT_MEMBER_BIT(member)) {
    trpt_emit(parser, TRPT_CODE_JSON_DUPLICATE_MEMBER, trpt_json_position(&decoder->json, offset),
              trpt_path_of(decoder->context, member));
    return TRPT_MEMBER_NONE;
  }
  if (*seen >> TRPT_FIRST_ALIAS) withdraw_aliases(parser, member);
  *seen |= TRPT_MEMBER_BIT(member);
  decoder->followers[decoder->last] = (uint8_t)member;
  decoder->last = (uint8_t)member;
  return member;
}

void trpt_member_begin(trpt_parser *parser, trpt_str name, uint64_t offset) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_member member = trpt_schema_find(decoder->context, name);
  if (member == TRPT_MEMBER_NONE)
    member = decoder->context == TRPT_IN_POLICY ? begin_misplaced(parser, name, offset) : begin_unknown(parser, offset);
  else if (member >= TRPT_FIRST_ALIAS)
    member = begin_alias(parser, member, offset);
  else
    member = begin_member(parser, member, offset);
  decoder->member = member;
  decoder->json.wanted = member != TRPT_MEMBER_NONE;
}

/* lib/parser/missing.c */
/* SPDX-License-Identifier: MIT */


/* How the absence of a member is reported: with `code` under one of the conditions in `first`, otherwise with `other`. */
typedef struct requirement {
  uint8_t when;
  uint8_t first;
  uint16_t code;
  uint16_t other;
} requirement;

#define REQUIRE_OPTIONAL            TRPT_WHEN_OPTIONAL, 0, 0, 0
#define REQUIRE_ALWAYS              TRPT_WHEN_ALWAYS, 0, 0, TRPT_CODE_REPORT_MISSING_MEMBER
#define REQUIRE_ESSENTIAL           TRPT_WHEN_ESSENTIAL, 0, 0, TRPT_CODE_REPORT_MISSING_MEMBER
#define REQUIRE_IF(condition, name) TRPT_WHEN_##condition, 0, 0, TRPT_CODE_REPORT_##name
#define REQUIRE_BY(condition, name, other)                                                                             \
  TRPT_WHEN_TYPED, TRPT_WHEN_##condition, TRPT_CODE_REPORT_##name, TRPT_CODE_REPORT_##other

static const requirement requirements[TRPT_MEMBER_COUNT] = {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  [TRPT_MEMBER_##id] = {REQUIRE_##required},
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
};

static void report_member(trpt_parser *parser, trpt_context context, trpt_member member, uint32_t conditions) {
  const requirement *required = &requirements[member];
  const trpt_code code = (trpt_code)(conditions & required->first ? required->code : required->other);
  const trpt_position position = parser->decoder.positions[context];
  const trpt_path path = trpt_path_of(context, member);
  if (required->when == TRPT_WHEN_ESSENTIAL)
    trpt_fail(parser, TRPT_E_SCHEMA, code, position, path);
  else
    trpt_emit(parser, code, position, path);
}

static void report_members(trpt_parser *parser, trpt_context context, uint32_t missing, uint32_t conditions) {
  uint32_t member = trpt_first_in[context];
  for (missing >>= member; missing; member++, missing >>= 1)
    if (missing & 1) report_member(parser, context, (trpt_member)member, conditions);
}

/* The members for which aliases stand. */
static uint32_t members_of(uint32_t aliases) {
  uint32_t members = 0;
  for (uint32_t i = 0; aliases; i++, aliases >>= 1)
    if (aliases & 1) members |= TRPT_MEMBER_BIT(trpt_members[TRPT_FIRST_ALIAS + i].member);
  return members;
}

static void report_aliases(trpt_parser *parser, trpt_context context, uint32_t aliases) {
  for (uint32_t i = 0; aliases; i++, aliases >>= 1)
    if (aliases & 1)
      trpt_emit(parser, TRPT_CODE_REPORT_RENAMED_MEMBER, parser->decoder.alias_positions[i],
                trpt_path_of(context, (trpt_member)(TRPT_FIRST_ALIAS + i)));
}

void trpt_missing_report(trpt_parser *parser, trpt_context context, uint32_t missing, uint32_t conditions) {
  const uint32_t aliases = parser->decoder.seen[context] >> TRPT_FIRST_ALIAS;
  const uint32_t always = trpt_missing_required(context, TRPT_WHEN_ALWAYS);
  missing &= ~members_of(aliases);
  report_members(parser, context, missing & always, conditions);
  report_aliases(parser, context, aliases);
  report_members(parser, context, missing & ~always, conditions);
}

void trpt_missing_report_policy(trpt_parser *parser, uint32_t unseen) {
  const trpt_totals *totals = &parser->current.totals;
  const uint32_t conditions = trpt_missing_policy_conditions(parser->current.policy.type) & TRPT_WHEN_ELEMENT_ENDS;
  const uint32_t aliases = parser->decoder.seen[TRPT_IN_POLICY_OBJECT] >> TRPT_FIRST_ALIAS;
  if (totals->failure_count && totals->hiding_count == totals->failure_count) return;
  report_members(parser, TRPT_IN_POLICY_OBJECT,
                 unseen & trpt_missing_required(TRPT_IN_POLICY_OBJECT, conditions) & ~members_of(aliases), conditions);
}
#undef REQUIRE_OPTIONAL
#undef REQUIRE_ALWAYS
#undef REQUIRE_ESSENTIAL
#undef REQUIRE_IF
#undef REQUIRE_BY
#undef MEMBER

/* lib/parser/other_form.c */
/* SPDX-License-Identifier: MIT */


static void report_type(trpt_parser *parser, const trpt_schema *schema) {
  trpt_emit(parser, TRPT_CODE_REPORT_WRONG_TYPE, trpt_position_now(parser), trpt_value_path(parser, schema));
}

static bool read_quoted_count(trpt_parser *parser, const trpt_schema *schema) {
  trpt_json_token *token = &parser->decoder.token;
  trpt_number number = {0, TRPT_NUMBER_COUNT, true, false};
  /* The rest of a longer text is not known. */
  if (token->text.len > parser->settings.options.max_string) return false;
  if (!trpt_number_read_digits(token->text, &number.value)) return false;
  report_type(parser, schema);
  token->number = number;
  trpt_value_take_count(parser, schema);
  return true;
}

/* A time of any other form than RFC 3339 has a code of its own. */
static bool read_integer(trpt_parser *parser, const trpt_schema *schema) {
  trpt_json_token *token = &parser->decoder.token;
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str text = trpt_json_integer_text(&parser->decoder.json, token, digits);
  if (!text.ptr) return false;
  if (schema->type != TRPT_TYPE_TIME) report_type(parser, schema);
  token->text = text;
  token->string_errors = 0;
  trpt_value_take_string(parser, schema);
  return true;
}

bool trpt_other_form_read(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_json_kind kind = parser->decoder.token.kind;
  if (kind == TRPT_JSON_STRING && schema->type == TRPT_TYPE_COUNT) return read_quoted_count(parser, schema);
  return kind == TRPT_JSON_NUMBER && schema->type < TRPT_TYPE_COUNT && read_integer(parser, schema);
}

/* lib/parser/parser.c */
/* SPDX-License-Identifier: MIT */


#include <string.h>


/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MEMORY_H
#define TRPT_LIB_MEMORY_H

/* Alignment of memory that a caller provides for an object of the library. */

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

/* The number of bytes that alignment may waste at the start. */
enum { TRPT_ALIGNMENT_SLACK = alignof(max_align_t) - 1 };

static TRPT_INLINE void *trpt_align_up(void *memory) {
  const size_t excess = (uintptr_t)memory % alignof(max_align_t);
  return (char *)memory + (excess ? alignof(max_align_t) - excess : 0);
}

#endif


/* 0: more than the PTRDIFF_MAX bytes that an object can have, which options can ask for where size_t has 32 bits. */
static size_t size_of(const trpt_options *options) {
  const uint64_t size = trpt_layout_plan(options, NULL) + TRPT_ALIGNMENT_SLACK;
  return size > PTRDIFF_MAX ? 0 : (size_t)size; /* GCOVR_EXCL_BR_LINE: not where it has 64 */
}

size_t trpt_parser_size(const trpt_options *options) {
  trpt_options all;
  return trpt_options_read(&all, options) == TRPT_OK ? size_of(&all) : 0;
}

static void drop_tree(trpt_parser *parser) {
  trpt_report_free(parser->tree);
  parser->tree = NULL;
}

static void parser_reset(trpt_parser *parser) {
  drop_tree(parser);
  trpt_input_reset(parser);
  trpt_decoder_reset(&parser->decoder);
  trpt_sequence_reset(parser);
  trpt_current_reset(&parser->current);
  trpt_pending_reset(&parser->pending);
  trpt_deferred_reset(&parser->deferred);
  trpt_repetition_reset(&parser->policy_checks.recent);
  trpt_events_reset(&parser->events);
  if (parser->call.error.status) trpt_error_clear(&parser->call.error);
  parser->call.reads_tree = false;
  parser->call.has_failed = false;
  parser->call.has_result = false;
}

static trpt_parser *set_up(void *memory, const trpt_options *options) {
  trpt_parser *parser = trpt_align_up(memory);
  memset(parser, 0, sizeof *parser);
  trpt_layout_plan(options, parser);
  trpt_settings_init(&parser->settings, options);
  parser_reset(parser);
  return parser;
}

trpt_status trpt_parser_init(trpt_parser **out, void *memory, size_t size, const trpt_options *options) {
  trpt_options all;
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  const trpt_status status = trpt_options_read(&all, options);
  if (status != TRPT_OK) return status;
  if (!memory) return TRPT_E_ARGUMENT;
  const size_t needed = size_of(&all);
  if (!needed) return TRPT_E_ARGUMENT; /* GCOVR_EXCL_BR_LINE: see size_of */
  if (size < needed) return TRPT_E_BUFFER;
  *out = set_up(memory, &all);
  return TRPT_OK;
}

trpt_status trpt_parser_new(trpt_parser **out, const trpt_options *options) {
  trpt_options all;
  trpt_allocator allocator;
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  const trpt_status status = trpt_options_read(&all, options);
  if (status != TRPT_OK) return status;
  const size_t size = size_of(&all);
  if (!size) return TRPT_E_MEMORY; /* GCOVR_EXCL_BR_LINE: see size_of */
  trpt_allocator_read(&allocator, all.allocator);
  void *memory = allocator.allocate(allocator.user, size);
  if (!memory) return TRPT_E_MEMORY;
  trpt_parser *parser = set_up(memory, &all);
  parser->allocation = (trpt_allocation){memory, size};
  *out = parser;
  return TRPT_OK;
}

void trpt_parser_free(trpt_parser *parser) {
  if (!parser || parser->call.busy) return;
  drop_tree(parser);
  const trpt_allocation allocation = parser->allocation;
  const trpt_allocator allocator = parser->settings.allocator;
  if (allocation.memory) allocator.release(allocator.user, allocation.memory, allocation.size);
}

void trpt_parser_reset(trpt_parser *parser) {
  if (parser && !parser->call.busy) parser_reset(parser);
}

const trpt_error *trpt_parser_error(const trpt_parser *parser) {
  static const trpt_error no_parser = {.status = TRPT_E_ARGUMENT};
  return parser ? &parser->call.error : &no_parser;
}

int32_t trpt_parser_has_ended(const trpt_parser *parser) {
  /* The end of the input is found when nothing is queued, and queues nothing. */
  return parser && (parser->call.has_failed || parser->events.complete);
}

uint64_t trpt_parser_inflated(const trpt_parser *parser) {
  return parser && parser->input.kind == TRPT_INPUT_GZIP ? parser->input.gzip.out_total : 0;
}

trpt_status trpt_call_begin(trpt_parser *parser) {
  if (!parser) return TRPT_E_ARGUMENT;
  if (parser->call.busy) return TRPT_E_STATE;
  if (parser->call.error.status) trpt_error_clear(&parser->call.error);
  return TRPT_OK;
}

trpt_status trpt_call_refuse(trpt_parser *parser, trpt_status status) {
  return trpt_error_set(&parser->call.error, status, TRPT_CODE_NONE, (trpt_position){0}, "");
}

/* lib/parser/path.c */
/* SPDX-License-Identifier: MIT */


#include <assert.h>
#include <string.h>



/* Names after a dot. They are copied with the zeros that follow, which the next part or the final NUL overwrites: a copy of a
   constant size takes one or two instructions. */
enum { NAME_SIZE = 32 };
static const char path_names[TRPT_MEMBER_COUNT][NAME_SIZE] = {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check) [TRPT_MEMBER_##id] = "." name,
#define ALIAS(id, member, name)                                                  [TRPT_MEMBER_##id] = "." name,
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
};

/* Paths are made of names from the schema and of numbers, never of input. After the longest path before a name,
   "policies[4294967295].failure-details[4294967295]", a name has room. */
static_assert(TRPT_PATH_SIZE >= 48 + NAME_SIZE, "the longest path fits");

/* The functions return the end of the path. */
static char *add_index(char *at, uint32_t index) {
  char digits[TRPT_DECIMAL_SIZE];
  *at++ = '[';
  if (index < 10) {
    *at++ = (char)('0' + index);
  } else {
    const trpt_str text = trpt_decimal(index, digits);
    memcpy(at, text.ptr, text.len);
    at += text.len;
  }
  *at++ = ']';
  return at;
}

static char *add_member(const char *begin, char *at, trpt_member member) {
  const bool is_first = at == begin; /* without a dot */
  memcpy(at, path_names[member] + is_first, NAME_SIZE - 1);
  return at + trpt_members[member].name_len + !is_first;
}

/* After the path of the context around it, the member that opens a context or the index of an element. */
static char *add_context(char *text, trpt_context context, uint32_t policy, uint32_t failure) {
  const trpt_context_info *info = &trpt_contexts[context];
  if (context <= TRPT_IN_REPORT) return text;
  char *at = add_context(text, (trpt_context)info->parent, policy, failure);
  if (info->opener) return add_member(text, at, (trpt_member)info->opener);
  return add_index(at, context == TRPT_IN_POLICY ? policy : failure);
}

void trpt_path_write(char text[TRPT_PATH_SIZE], trpt_path path, uint32_t policy, uint32_t failure) {
  char *at = add_context(text, (trpt_context)path.context, policy, failure);
  if (path.member != TRPT_MEMBER_NONE) at = add_member(text, at, (trpt_member)path.member);
  if (path.string != TRPT_NO_INDEX) at = add_index(at, path.string);
  *at = '\0';
}
#undef MEMBER
#undef ALIAS

/* lib/parser/pending.c */
/* SPDX-License-Identifier: MIT */


#include <stdalign.h>
#include <string.h>

static void rebase(trpt_str *text, const char *from, char *to) {
  if (text->ptr) text->ptr = to + (text->ptr - from);
}

bool trpt_pending_add(trpt_pending *pending, trpt_current *current) {
  const size_t alignment = alignof(max_align_t);
  const char *from = current->text.text + current->failure_text;
  const size_t text_len = current->text.len - current->failure_text;
  const size_t size = (sizeof current->failure + text_len + alignment - 1) / alignment * alignment;
  pending->full = pending->full || size > pending->capacity - pending->len;
  if (pending->full) return false;
  trpt_failure_state *entry = (trpt_failure_state *)(void *)(pending->memory + pending->len);
  char *to = (char *)(entry + 1);
  *entry = current->failure;
  entry->size = (uint32_t)size;
  memcpy(to, from, text_len);
  TRPT_EACH_OF (info, TRPT_STRUCTURE_FAILURE)
    if (trpt_has_text(info)) rebase(trpt_text_in(info, &entry->failure), from, to);
  pending->len += entry->size;
  trpt_current_drop_failure(current);
  return true;
}

const trpt_failure_state *trpt_pending_take(trpt_pending *pending) {
  const trpt_failure_state *entry = (const trpt_failure_state *)(const void *)(pending->memory + pending->consumed);
  pending->consumed += entry->size;
  if (pending->consumed == pending->len) pending->consumed = pending->len = 0;
  return entry;
}

/* lib/parser/policy_checks.c */
/* SPDX-License-Identifier: MIT */









/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TEXT_HASH_H
#define TRPT_LIB_TEXT_HASH_H

/* Hashes of texts within one report. They do not resist an attacker who constructs equal hashes. */




/* Both halves of a product, so that each bit of it depends on all bits below. */
static TRPT_INLINE uint64_t trpt_hash_product(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 product;
  const product whole = (product)a * b;
  return (uint64_t)whole ^ (uint64_t)(whole >> 64);
#else
  const uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX), high = (a >> 32) * (b >> 32);
  const uint64_t one = (a >> 32) * (b & UINT32_MAX) + (low >> 32);
  const uint64_t other = (a & UINT32_MAX) * (b >> 32) + (one & UINT32_MAX);
  return ((other << 32 | (low & UINT32_MAX)) ^ (high + (one >> 32) + (other >> 32)));
#endif
}

/* One multiplication for each sixteen bytes. */
static TRPT_INLINE uint64_t trpt_hash_block(uint64_t hash, trpt_block block) {
  uint64_t words[2];
  trpt_block_store((char *)words, trpt_block_lower(block));
  return trpt_hash_product(words[0] ^ UINT64_C(0x9E3779B97F4A7C15), words[1] ^ hash);
}

/* Texts that differ only in the case of letters have equal hashes; others almost never have. The last block may overlap the one
   before it, so the length is hashed as well. */
static TRPT_INLINE uint64_t trpt_hash_text(uint64_t hash, trpt_str text) {
  hash ^= (text.len + 1) * UINT64_C(0xD6E8FEB86659FD93);
  if (text.len < 16) return trpt_hash_block(hash, trpt_block_load_short(text.ptr, text.len));
  const char *last = text.ptr + text.len - 16;
  for (const char *at = text.ptr; at < last; at += 16) hash = trpt_hash_block(hash, trpt_block_load(at));
  return trpt_hash_block(hash, trpt_block_load(last));
}

#endif

/* Above this number of patterns a host name is not compared with them, so that the cost of a failure stays linear in its
   bytes. */
enum { MX_PATTERNS = 64 };

/* ---- policy-string ---- */

/* Order-independent hash. Empty patterns are skipped; report.empty-string covers them. */
static void add_pattern(uint64_t *sum, trpt_str pattern) {
  if (pattern.len) *sum += trpt_hash_text(1, trpt_host_without_dot(pattern));
}

static trpt_path string_path(const trpt_list *list, uint32_t i) {
  return (trpt_path){TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING, list->elements[i].index};
}

/* A bare string of TLSA records was reported already, with the same code. */
static void report_joined(trpt_parser *parser, const trpt_element *element, trpt_path path) {
  static const trpt_code codes[TRPT_JOINED_COUNT] = {
      [TRPT_JOINED_TLSA] = TRPT_CODE_REPORT_POLICY_STRING_NOT_ARRAY,
      [TRPT_JOINED_STS] = TRPT_CODE_REPORT_POLICY_STRING_JOINED,
  };
  const bool was_reported = element->joined == TRPT_JOINED_TLSA && element->index == TRPT_NO_INDEX;
  if (!was_reported) trpt_emit(parser, codes[element->joined], element->position, path);
}

/* If the policy has another type, the text has no meaning here. report.empty-string covers an empty one, report.string-cut one
   whose end is missing. */
static void policy_checks_check_string(trpt_parser *parser, uint32_t index) {
  const trpt_list *list = &parser->current.strings;
  const trpt_str text = list->strings[index];
  const trpt_element *element = &list->elements[index];
  trpt_policy_checks *checks = &parser->policy_checks;
  trpt_codes codes;
  trpt_str mx = {NULL, 0};
  codes.count = 0;
  if (!text.len || element->cut) return;
  if (element->joined) report_joined(parser, element, string_path(list, index));
  if (parser->current.policy.type == TRPT_POLICY_TLSA)
    trpt_check_tlsa(text, &codes);
  else if (parser->current.policy.type == TRPT_POLICY_STS)
    trpt_check_sts_line(&checks->sts_lines, text, &mx, &codes);
  if (mx.ptr) add_pattern(&checks->sts_patterns, mx);
  if (codes.count) trpt_emit_all(parser, &codes, element->position, string_path(list, index));
}

/* What the lines of an MTA-STS policy lack, and whether `mx-host` says the same. Neither is known of a list that is incomplete. */
static void check_sts_policy(trpt_parser *parser) {
  const trpt_policy_checks *checks = &parser->policy_checks;
  const trpt_list *hosts = &parser->current.mx_hosts;
  trpt_codes codes = {0};
  uint64_t sum = 0;
  trpt_check_sts_lines(&checks->sts_lines, &codes);
  trpt_emit_all(parser, &codes, parser->current.strings.position,
                trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING));
  if (!hosts->count || hosts->incomplete || !(checks->sts_lines.seen & TRPT_STS_SAW_MX)) return;
  for (uint32_t i = 0; i < hosts->count; i++) add_pattern(&sum, trpt_mx_pattern_without_key(hosts->strings[i]));
  if (sum && sum != checks->sts_patterns)
    trpt_emit(parser, TRPT_CODE_REPORT_STS_MX_DISAGREES, hosts->position,
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_MX_HOST));
}

bool trpt_policy_check_strings(trpt_parser *parser, uint32_t *index) {
  const uint32_t count = parser->current.strings.count;
  if (!count) return true;
  if (*index == 0) {
    parser->policy_checks.sts_lines = (trpt_sts_lines){0};
    parser->policy_checks.sts_patterns = 0;
  }
  while (*index < count) {
    policy_checks_check_string(parser, (*index)++);
    if (parser->events.count | (uint32_t)parser->events.failed.status) return false;
  }
  if (parser->current.policy.type == TRPT_POLICY_STS && !parser->current.strings.incomplete) check_sts_policy(parser);
  return true;
}

/* ---- the policy object ---- */

/* RFC 8460 s4.4: mx-host has a meaning under MTA-STS only, policy-string none without a policy. RFC 8460 s4: an element for each
   policy. */
void trpt_policy_check(trpt_parser *parser) {
  const trpt_policy *policy = &parser->current.policy;
  const bool other = policy->type == TRPT_POLICY_TLSA || policy->type == TRPT_POLICY_NO_POLICY_FOUND;
  if (other && policy->mx_host_count)
    trpt_emit(parser, TRPT_CODE_REPORT_MX_HOST_UNEXPECTED, parser->current.mx_hosts.position,
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_MX_HOST));
  if (policy->type == TRPT_POLICY_NO_POLICY_FOUND && policy->string_count)
    trpt_emit(parser, TRPT_CODE_REPORT_POLICY_STRING_UNEXPECTED, parser->current.strings.position,
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING));
  if (parser->current.policy_is_cut) return; /* it may differ from another one in what is missing */
  if (trpt_repetition_add(&parser->policy_checks.recent, policy))
    trpt_emit(parser, TRPT_CODE_REPORT_DUPLICATE_POLICY, parser->decoder.positions[TRPT_IN_POLICY_OBJECT],
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_NONE));
}

/* ---- failures ---- */

/* RFC 8461 s4.1: whether the MX host fits no pattern of the policy. */
static bool fits_no_pattern(const trpt_policy *policy, trpt_str host) {
  if (policy->type != TRPT_POLICY_STS || !host.len || !policy->mx_host_count || policy->mx_host_count > MX_PATTERNS)
    return false;
  bool any = false;
  for (uint32_t i = 0; i < policy->mx_host_count; i++) {
    const trpt_str pattern = trpt_mx_pattern_without_key(policy->mx_hosts[i]);
    any |= pattern.len != 0;
    if (trpt_mx_match(pattern.ptr, pattern.len, host.ptr, host.len)) return false;
  }
  return any;
}

void trpt_policy_check_failure(trpt_parser *parser, const trpt_failure_state *state) {
  const trpt_policy *policy = &parser->current.policy;
  if (trpt_result_type_is_of_other_policy(state->failure.type, policy->type))
    trpt_emit(parser, TRPT_CODE_REPORT_RESULT_TYPE_POLICY_MISMATCH, state->type_position,
              trpt_path_of(TRPT_IN_FAILURE, TRPT_MEMBER_RESULT_TYPE));
  if (parser->current.mx_hosts.incomplete || state->host_is_cut) return;
  if (fits_no_pattern(policy, state->failure.receiving_mx_hostname))
    trpt_emit(parser, TRPT_CODE_REPORT_MX_MISMATCH, state->host_position,
              trpt_path_of(TRPT_IN_FAILURE, TRPT_MEMBER_RECEIVING_MX_HOSTNAME));
}

/* RFC 8460 s4 and s4.3.4: failures may be counted more than once or not at all, so that sums need not agree. Nothing is missing
   if the rest could not be read. */
void trpt_policy_check_totals(trpt_parser *parser) {
  const trpt_totals *totals = &parser->current.totals;
  trpt_code code = TRPT_CODE_NONE;
  if (!(totals->summary.present & TRPT_POLICY_HAS_FAILED)) return;
  if (totals->failure_count == 0) {
    if (totals->summary.failed_sessions && !totals->lost_details) code = TRPT_CODE_REPORT_FAILURES_WITHOUT_DETAILS;
  } else if (totals->summary.failed_sessions == 0) {
    code = TRPT_CODE_REPORT_DETAILS_WITHOUT_FAILURES;
  } else if (totals->details > totals->summary.failed_sessions) {
    code = TRPT_CODE_REPORT_DETAILS_EXCEED_TOTAL;
  } else if (totals->details < totals->summary.failed_sessions && !totals->lost_details) {
    code = TRPT_CODE_REPORT_DETAILS_BELOW_TOTAL;
  }
  if (code != TRPT_CODE_NONE)
    trpt_emit(parser, code, totals->failed_position, trpt_path_of(TRPT_IN_SUMMARY, TRPT_MEMBER_TOTAL_FAILURE));
}

/* lib/parser/policy_string.c */
/* SPDX-License-Identifier: MIT */





/* A tokenizer for the text of such an array. Strings with escapes are decoded to `buffer`. */
static void begin_nested(trpt_json *json, unsigned char *level, trpt_str text, char *buffer, size_t capacity) {
  *json = (trpt_json){.engine = trpt_json_engine_find(TRPT_TOKENIZER_BUILTIN), .memory = level, .max_depth = 1};
  json->string.text = buffer;
  json->string.capacity = capacity;
  trpt_json_reset(json);
  trpt_json_set_chunk(json, text.ptr, text.len, 0);
}

bool trpt_policy_string_is_array(trpt_str text) {
  trpt_json json;
  trpt_json_token token;
  unsigned char level[1];
  begin_nested(&json, level, text, NULL, 0);
  json.wanted = false;
  if (trpt_json_next(&json, &token) != TRPT_JSON_TOKEN || token.kind != TRPT_JSON_ARRAY_BEGIN) return false;
  trpt_json_status status;
  while ((status = trpt_json_next(&json, &token)) == TRPT_JSON_TOKEN && token.kind == TRPT_JSON_STRING) {
  }
  if (status != TRPT_JSON_TOKEN || token.kind != TRPT_JSON_ARRAY_END) return false;
  return trpt_json_next(&json, &token) == TRPT_JSON_MORE;
}

void trpt_policy_string_add_nested(trpt_parser *parser, trpt_list *list, trpt_path path) {
  trpt_json json;
  trpt_json_token token;
  unsigned char level[1];
  bool reported = false;
  bool fits = true;
  const trpt_store *store = &parser->current.text;
  begin_nested(&json, level, parser->decoder.token.text, NULL, 0);
  trpt_json_next(&json, &token); /* [ */
  while (fits) {
    json.string.text = store->text + store->len;
    json.string.capacity = trpt_list_room(parser) + 1; /* which shows that the string is longer */
    trpt_json_next(&json, &token);
    if (token.kind != TRPT_JSON_STRING) return;
    if (token.string_errors & TRPT_STRING_BAD_CODEPOINT && !reported)
      trpt_emit(parser, TRPT_CODE_JSON_BAD_CODEPOINT, trpt_position_now(parser), path);
    reported = reported || token.string_errors & TRPT_STRING_BAD_CODEPOINT;
    if (trpt_list_fits(parser, list, token.text))
      trpt_list_add(parser, list, token.text, path.string);
    else
      fits = trpt_list_add_cut(parser, list, token.text, path);
  }
}

/* The next part of `*rest` up to a ";", without the white space around it; `*rest` is what follows, absent at the end. */
static trpt_str policy_string_next_record(trpt_str *rest) {
  trpt_str part = *rest;
  const char *delimiter = memchr(rest->ptr, ';', rest->len);
  if (delimiter) {
    part.len = (size_t)(delimiter - part.ptr);
    *rest = trpt_str_from(*rest, part.len + 1);
  } else {
    *rest = (trpt_str){0};
  }
  return trpt_trim_space(part);
}

/* Three numbers with blanks between them and something after them: a TLSA record, valid or not, RFC 6698 s2.2. */
static bool looks_like_tlsa(trpt_str text) {
  size_t at = 0;
  for (int field = 0; field < 3; field++) {
    const size_t begin = at;
    while (at < text.len && trpt_is_digit((unsigned char)text.ptr[at])) at++;
    const size_t end = at;
    while (at < text.len && trpt_is_space(text.ptr[at])) at++;
    if (begin == end || end == at) return false;
  }
  return at < text.len;
}

static bool is_joined_tlsa(trpt_str text) {
  if (!memchr(text.ptr, ';', text.len)) return false;
  trpt_str part = {NULL, 0};
  while (!part.len && text.ptr) part = policy_string_next_record(&text);
  return looks_like_tlsa(part);
}

static uint8_t joined_at_blank(trpt_str text) {
  if (is_joined_tlsa(text)) return TRPT_JOINED_TLSA;
  return trpt_sts_is_joined(text) ? TRPT_JOINED_STS : 0;
}

/* What a string holds several of. The text decides, and not policy-type, which may come later or be unreadable: how a member is
   read must not depend on another one. */
static TRPT_INLINE uint8_t joined_in(trpt_str text) {
  if (!text.len) return 0;
  const char first = *text.ptr;
  if (first == 'm' || first == 'v') return trpt_sts_has_colons(text) && trpt_sts_is_joined(text) ? TRPT_JOINED_STS : 0;
  if (trpt_is_space(first)) return joined_at_blank(text);
  return (trpt_is_digit((unsigned char)first) || first == ';') && is_joined_tlsa(text) ? TRPT_JOINED_TLSA : 0;
}

/* The end of a string that was cut is missing, so it stays whole. */
static TRPT_INLINE uint8_t find_joined(trpt_list *list, uint32_t i) {
  return list->elements[i].joined = list->elements[i].cut ? 0 : joined_in(list->strings[i]);
}

static trpt_str policy_string_next_part(uint8_t joined, trpt_str *rest) {
  return joined == TRPT_JOINED_STS ? trpt_sts_next_line(rest) : policy_string_next_record(rest);
}

/* How many parts a joined string holds. */
static uint64_t count_parts(uint8_t joined, trpt_str text) {
  uint64_t count = 0;
  while (text.ptr) count += policy_string_next_part(joined, &text).len != 0;
  return count;
}

/* Writes element `from`, or the parts that it holds, as elements from `to` on, but none from `end` on. Returns where they
   end. */
static uint32_t split_one(trpt_list *list, uint32_t from, uint32_t to, uint32_t end) {
  trpt_str text = list->strings[from];
  trpt_element element = list->elements[from];
  const uint8_t joined = element.joined;
  if (!joined) {
    list->strings[to] = text;
    list->elements[to] = element;
    return to + 1;
  }
  while (text.ptr && to < end) {
    const trpt_str part = policy_string_next_part(joined, &text);
    if (!part.len) continue;
    list->strings[to] = part;
    list->elements[to++] = element;
    element.joined = 0;
  }
  return to;
}

/* Moves the elements to the end of their arrays and writes their parts to the front. Each gives at least one part, and the parts
   of all but the last fit, so what is written never overtakes what is read. */
static void split_all(trpt_list *list, uint32_t most) {
  const uint32_t shift = most - list->count;
  memmove(list->strings + shift, list->strings, list->count * sizeof *list->strings);
  memmove(list->elements + shift, list->elements, list->count * sizeof *list->elements);
  uint32_t written = 0;
  for (uint32_t i = shift; i < most; i++) written = split_one(list, i, written, most);
  list->count = written;
}

void trpt_policy_string_split(trpt_parser *parser) {
  trpt_list *list = &parser->current.strings;
  const uint32_t most = parser->settings.options.max_strings;
  uint64_t parts = 0;
  uint32_t i = 0;
  bool any = false;
  for (; i < list->count && parts < most; i++) {
    const uint8_t joined = find_joined(list, i);
    parts += joined ? count_parts(joined, list->strings[i]) : 1;
    any = any || joined;
  }
  if (!any) return;
  if (parts > most || i < list->count) {
    const trpt_element *first = &list->elements[parts > most ? i - 1 : i]; /* of which something is left out */
    trpt_list_leave_out(parser, list, TRPT_LIMIT_STRINGS, first->position,
                        (trpt_path){TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING, first->index});
    list->count = i;
  }
  split_all(list, most);
}

/* lib/parser/push.c */
/* SPDX-License-Identifier: MIT */





/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_READ_H
#define TRPT_LIB_READ_H

/* One call that reads a chunk: begin, next until it is not TRPT_OK or the caller has enough, end. */

#include <stdbool.h>
#include <stddef.h>



/* Whether trpt_report_read or trpt_report_next has begun to read this input, and whether trpt_parser_read or trpt_parser_feed
   has. After an error it does not matter which reads, except that an error is returned only after its events. */
bool trpt_read_is_for_tree(const trpt_parser *parser);
bool trpt_read_is_for_events(const trpt_parser *parser);

/* Begins to read a chunk, or with NULL the end of the input. Returns TRPT_E_ARGUMENT or TRPT_E_STATE if that is not allowed
   now. `receives`: the caller receives diagnostics. */
trpt_status trpt_read_begin(trpt_parser *parser, const void *chunk, size_t len, bool receives);

/* OK: `*event` is the next event. MORE: the chunk is consumed. END: the report is complete. Otherwise the error. */
trpt_status trpt_read_next(trpt_parser *parser, const trpt_event **event);

/* Ends the call with the status of the reading. Returns the number of consumed bytes. */
size_t trpt_read_end(trpt_parser *parser, trpt_status status);

#endif

trpt_status trpt_parser_set_handler(trpt_parser *parser, const trpt_handler *handler, void *user) {
  trpt_handler all;
  const trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!handler || !trpt_versioned_copy(&all, sizeof all, handler)) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  parser->push = (trpt_push){all, user, false};
  return TRPT_OK;
}

/* The fault of a text. Returns TRPT_OK to continue. `*first` is the first one for which there is no callback. */
static trpt_status hand_over_fault(trpt_parser *parser, trpt_error *first) {
  const trpt_error fault = parser->events.failed;
  if (parser->push.handler.on_fault) {
    if (trpt_callback_call_fault(parser)) return trpt_fail_at_fault(parser, TRPT_E_CANCELED, &fault);
  } else if (!first->status) {
    *first = fault;
  }
  trpt_events_go_on(&parser->events);
  return TRPT_OK;
}

/* Reads to the end of the chunk and calls back. */
static trpt_status push_all(trpt_parser *parser, trpt_error *first) {
  const trpt_event *event;
  for (;;) {
    trpt_status status = trpt_read_next(parser, &event);
    if (status == TRPT_OK) {
      if (trpt_callback_call(parser, *event)) return trpt_fail_at_event(parser, TRPT_E_CANCELED, event);
    } else if (status < 0 && trpt_events_has_returned(&parser->events)) {
      status = hand_over_fault(parser, first);
    }
    if (status != TRPT_OK) return status;
  }
}

static trpt_status push_push(trpt_parser *parser, const void *data, size_t len) {
  trpt_error first; /* the rest is set with it */
  first.status = TRPT_OK;
  if (trpt_read_is_for_tree(parser)) return trpt_call_refuse(parser, TRPT_E_STATE);
  trpt_status status = trpt_read_begin(parser, data, len, parser->push.handler.on_diagnostic != NULL);
  if (status != TRPT_OK) return status;
  parser->push.calls = true;
  status = push_all(parser, &first);
  parser->push.calls = false;
  trpt_read_end(parser, status);
  if (!first.status) return status < 0 ? status : TRPT_OK;
  parser->call.error = first;
  return first.status;
}

trpt_status trpt_parser_feed(trpt_parser *parser, const void *data, size_t len) {
  const trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  return data ? push_push(parser, data, len) : trpt_call_refuse(parser, TRPT_E_ARGUMENT);
}

trpt_status trpt_parser_finish(trpt_parser *parser) {
  const trpt_status status = trpt_call_begin(parser);
  return status == TRPT_OK ? push_push(parser, NULL, 0) : status;
}

/* lib/parser/read.c */
/* SPDX-License-Identifier: MIT */




trpt_status trpt_read_begin(trpt_parser *parser, const void *chunk, size_t len, bool receives) {
  if (!chunk && len) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  trpt_events_go_on(&parser->events);
  if (chunk && parser->input.ended && !parser->events.failed.status) return trpt_call_refuse(parser, TRPT_E_STATE);
  parser->events.receives = receives;
  trpt_input_begin(parser, chunk, len);
  return TRPT_OK;
}

/* The end of the input: checks that the report is complete. */
static void read_finish(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_input_finish(parser);
  if (parser->events.failed.status) return;
  if (parser->sequence.state != TRPT_IN_TEXT) {
    trpt_sequence_finish(parser);
    return;
  }
  switch (trpt_json_finish(&decoder->json, &decoder->token)) {
  case TRPT_JSON_MORE: trpt_deferred_add(&parser->deferred, TRPT_DEFER_REPORT); return;
  case TRPT_JSON_TOKEN: trpt_decode_value(parser); return;
  default:
    trpt_fail(parser, TRPT_E_TRUNCATED, TRPT_CODE_JSON_NOT_JSON, trpt_position_now(parser), trpt_path_now(parser));
    parser->events.scope = TRPT_FAILED_JSON;
  }
}

/* The tokenizer needs more text. Returns false if the caller must pass more input. */
static bool read_more(trpt_parser *parser) {
  if (trpt_input_next(parser) || parser->events.count || parser->events.failed.status) return true;
  if (!parser->input.ended) return false;
  read_finish(parser);
  return true;
}

/* Handles what the tokenizer returns instead of a token. */
static void read_report(trpt_parser *parser, trpt_json_status status) {
  const trpt_path nowhere = trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE);
  const trpt_path path = trpt_path_now(parser);
  const trpt_position position = trpt_position_now(parser);
  switch (status) {
  case TRPT_JSON_BOM: trpt_emit(parser, TRPT_CODE_JSON_BOM, position, nowhere); return;
  case TRPT_JSON_TRAILING:
    trpt_emit(parser, TRPT_CODE_JSON_TRAILING_DATA, position, nowhere);
    trpt_input_skip(parser);
    return;
  case TRPT_JSON_TOO_DEEP: trpt_fail_limit(parser, TRPT_LIMIT_NESTING, position, path); break;
  case TRPT_JSON_TOO_LONG: trpt_fail_limit(parser, TRPT_LIMIT_STRING, position, path); break;
  default: trpt_fail(parser, TRPT_E_JSON, TRPT_CODE_JSON_NOT_JSON, position, path); break;
  }
  parser->events.scope = TRPT_FAILED_JSON;
}

trpt_status trpt_read_next(trpt_parser *parser, const trpt_event **event) {
  for (;;) {
    const trpt_status waiting = trpt_events_next(&parser->events, event);
    if (waiting < 0 && trpt_sequence_catch(parser)) continue;
    if (waiting != TRPT_MORE) return waiting;
    if (parser->deferred.work) {
      trpt_deferred_run(parser);
      continue;
    }
    const trpt_json_status status =
        parser->sequence.state == TRPT_IN_TEXT ? trpt_decode(parser) : trpt_sequence_read(parser);
    if (status == TRPT_JSON_TOKEN) continue;
    if (status != TRPT_JSON_MORE)
      read_report(parser, status);
    else if (!read_more(parser))
      return TRPT_MORE;
  }
}

size_t trpt_read_end(trpt_parser *parser, trpt_status status) {
  if (status < 0) {
    parser->call.error = parser->events.failed;
    parser->call.has_failed = !trpt_events_has_returned(&parser->events);
  }
  return trpt_input_end(parser);
}

bool trpt_read_is_for_tree(const trpt_parser *parser) {
  return parser->call.reads_tree && (!parser->events.failed.status || trpt_events_has_returned(&parser->events));
}

bool trpt_read_is_for_events(const trpt_parser *parser) {
  const trpt_events *events = &parser->events;
  const bool failed = events->failed.status && !events->count && !trpt_events_has_returned(&parser->events);
  return !parser->call.reads_tree && parser->input.consumed && !failed;
}

trpt_status trpt_parser_read(trpt_parser *parser, const void *data, size_t len, size_t *used,
                             const trpt_event **event) {
  if (event) *event = NULL;
  if (used) *used = 0;
  trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!event) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  if (trpt_read_is_for_tree(parser)) return trpt_call_refuse(parser, TRPT_E_STATE);
  status = trpt_read_begin(parser, data, len, true);
  if (status != TRPT_OK) return status;
  status = trpt_read_next(parser, event);
  const size_t consumed = trpt_read_end(parser, status);
  if (used) *used = consumed;
  return status;
}

/* lib/parser/repetition.c */
/* SPDX-License-Identifier: MIT */






static uint64_t hash_list(uint64_t hash, const trpt_member_info *info, const trpt_policy *policy) {
  const trpt_str *strings = trpt_strings_of(info, policy);
  const uint32_t count = trpt_string_count_of(info, policy);
  for (uint32_t i = 0; i < count; i++) hash = trpt_hash_text(hash, strings[i]);
  return hash;
}

/* The bits of the members of the policy object. The others depend on what was read before and after it. */
static const uint32_t has_members = 0
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  | (TRPT_IN_##object == TRPT_IN_POLICY_OBJECT ? (has) : 0)
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
    ;

static uint64_t hash_policy(const trpt_policy *policy) {
  uint64_t hash = policy->present & has_members;
  TRPT_EACH_IN (info, TRPT_IN_POLICY_OBJECT) {
    hash = ~hash; /* separates the lists */
    if (trpt_has_text(info)) hash = trpt_hash_text(hash, trpt_text_of(info, policy));
    if (info->type == TRPT_TYPE_LIST) hash = hash_list(hash, info, policy);
  }
  return hash;
}

static bool is_recent(const trpt_repetition *recent, uint64_t hash) {
  const char tag = (char)(hash >> 56);
  for (size_t i = 0; i < TRPT_RECENT_POLICIES && i < recent->count; i += 16) {
    unsigned equal = trpt_block_bits(trpt_block_is(trpt_block_load(recent->tags + i), tag));
    for (; equal; equal &= equal - 1) {
      const size_t k = i + (unsigned)__builtin_ctz(equal);
      if (k < recent->count && recent->hashes[k] == hash) return true;
    }
  }
  return false;
}

static void repetition_add(trpt_repetition *recent, uint64_t hash) {
  const uint32_t at = recent->count++ % TRPT_RECENT_POLICIES;
  recent->hashes[at] = hash;
  recent->tags[at] = (char)(hash >> 56);
}

void trpt_repetition_add_first(trpt_repetition *recent, const trpt_policy *policy) {
  recent->first_waits = false;
  repetition_add(recent, hash_policy(policy));
}

bool trpt_repetition_add(trpt_repetition *recent, const trpt_policy *policy) {
  if (!recent->count) {
    recent->first_waits = true;
    return false;
  }
  const uint64_t hash = hash_policy(policy);
  if (is_recent(recent, hash)) return true;
  repetition_add(recent, hash);
  return false;
}
#undef MEMBER

/* lib/parser/sequence.c */
/* SPDX-License-Identifier: MIT */




void trpt_sequence_reset(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  sequence->state = trpt_is_sequence(&parser->settings) ? TRPT_BEFORE_TEXT : TRPT_IN_TEXT;
  sequence->fault.status = TRPT_OK;
  trpt_gap_reset(&sequence->gap);
}

/* ---- faults ---- */

static void return_fault(trpt_parser *parser) {
  trpt_events *events = &parser->events;
  events->failed = parser->sequence.fault;
  events->scope = TRPT_FAILED_RETURNED;
  parser->sequence.fault.status = TRPT_OK;
}

bool trpt_sequence_return_fault(trpt_parser *parser) {
  if (!parser->sequence.fault.status) return false;
  return_fault(parser);
  return true;
}

/* The rest of the text cannot be read. */
static void give_up_text(trpt_parser *parser) {
  return_fault(parser);
  trpt_gap_begin(&parser->sequence.gap);
  trpt_gap_lose_array(&parser->sequence.gap);
  trpt_deferred_add(&parser->deferred, TRPT_DEFER_NEXT_TEXT);
  parser->sequence.state = TRPT_IN_JUNK;
}

bool trpt_sequence_catch(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  trpt_events *events = &parser->events;
  const trpt_failed_scope scope = events->scope;
  if (!trpt_is_sequence(&parser->settings) || scope == TRPT_FAILED_INPUT || scope == TRPT_FAILED_RETURNED) return false;
  sequence->fault = events->failed;
  trpt_events_drop(events);
  events->has_element = false;
  const bool is_over = parser->deferred.work & TRPT_DEFER_NEXT_TEXT; /* its REPORT was already there */
  trpt_deferred_reset(&parser->deferred);
  if (is_over) trpt_deferred_add(&parser->deferred, TRPT_DEFER_NEXT_TEXT);
  if (scope == TRPT_FAILED_JSON)
    give_up_text(parser);
  else if (is_over)
    return_fault(parser);
  else if (sequence->state == TRPT_IN_TEXT && trpt_json_is_complete(&parser->decoder.json))
    trpt_sequence_end_text(parser);
  else if (sequence->state == TRPT_IN_TEXT)
    sequence->state = TRPT_IN_REST;
  return true;
}

/* ---- texts ---- */

void trpt_sequence_end_text(trpt_parser *parser) {
  trpt_gap_begin(&parser->sequence.gap);
  parser->sequence.state = TRPT_AFTER_TEXT;
}

void trpt_sequence_next_text(trpt_parser *parser) {
  trpt_report_free(parser->tree); /* of a text that failed */
  parser->tree = NULL;
  trpt_decoder_begin_text(&parser->decoder);
  trpt_current_reset(&parser->current);
  trpt_pending_reset(&parser->pending);
  trpt_repetition_reset(&parser->policy_checks.recent);
  parser->events.diagnostics = 0;
}

/* The text before is over at the cursor. */
static void return_text(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  decoder->token.offset = trpt_json_offset(&decoder->json);
  parser->sequence.state = TRPT_BEFORE_TEXT;
  trpt_deferred_add(&parser->deferred, TRPT_DEFER_REPORT | TRPT_DEFER_NEXT_TEXT);
}

static void begin_text(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  trpt_decoder *decoder = &parser->decoder;
  const bool has_mark = sequence->gap.has_mark;
  sequence->state = sequence->fault.status ? TRPT_IN_REST : TRPT_IN_TEXT;
  sequence->gap.any_text = true;
  trpt_gap_begin(&sequence->gap);
  trpt_json_begin_text(&decoder->json);
  decoder->token.offset = trpt_json_offset(&decoder->json);
  if (has_mark)
    trpt_emit(parser, TRPT_CODE_JSON_BOM, sequence->gap.mark, trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE));
}

static void fail_json(trpt_parser *parser, trpt_status status) {
  const trpt_json *json = &parser->decoder.json;
  trpt_fail(parser, status, TRPT_CODE_JSON_NOT_JSON, trpt_json_position(json, trpt_json_offset(json)),
            trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE));
  parser->events.scope = TRPT_FAILED_JSON;
}

/* Bytes after a text. One that failed has no more diagnostics. */
static void report_garbage(trpt_parser *parser) {
  const trpt_sequence *sequence = &parser->sequence;
  if (sequence->fault.status) return;
  trpt_emit(parser, TRPT_CODE_JSON_TRAILING_DATA, sequence->gap.garbage,
            trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE));
}

static trpt_json_status read_gap(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  switch (trpt_gap_read(&sequence->gap, &parser->decoder.json)) {
  case TRPT_GAP_MORE: return TRPT_JSON_MORE;
  case TRPT_GAP_GARBAGE: report_garbage(parser); break;
  case TRPT_GAP_TEXT: (sequence->state == TRPT_AFTER_TEXT ? return_text : begin_text)(parser); break;
  default: fail_json(parser, TRPT_E_JSON); break;
  }
  return TRPT_JSON_TOKEN;
}

static trpt_json_status read_rest(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_json_status status;
  decoder->json.wanted = false;
  do status = trpt_json_next(&decoder->json, &decoder->token);
  while (status == TRPT_JSON_TOKEN && !trpt_json_is_complete(&decoder->json));
  if (status == TRPT_JSON_MORE) return status;
  if (status == TRPT_JSON_TOKEN)
    trpt_sequence_end_text(parser);
  else
    give_up_text(parser);
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_sequence_read(trpt_parser *parser) {
  switch (parser->sequence.state) {
  case TRPT_IN_REST: return read_rest(parser);
  case TRPT_IN_JUNK:
    if (!trpt_gap_find_line(&parser->decoder.json)) return TRPT_JSON_MORE;
    parser->sequence.state = TRPT_BEFORE_TEXT;
    return TRPT_JSON_TOKEN;
  default: return read_gap(parser);
  }
}

static void finish_gap(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  const trpt_gap_status status = trpt_gap_finish(&sequence->gap);
  if (status == TRPT_GAP_GARBAGE)
    report_garbage(parser);
  else if (sequence->state == TRPT_AFTER_TEXT)
    return_text(parser);
  else if (status == TRPT_GAP_CUT)
    fail_json(parser, TRPT_E_TRUNCATED);
  else
    parser->events.complete = true;
}

void trpt_sequence_finish(trpt_parser *parser) {
  switch (parser->sequence.state) {
  case TRPT_IN_REST: give_up_text(parser); break;
  case TRPT_IN_JUNK: parser->events.complete = true; break;
  default: finish_gap(parser); break;
  }
}

/* lib/parser/settings.c */
/* SPDX-License-Identifier: MIT */






trpt_status trpt_options_read(trpt_options *out, const trpt_options *options) {
  trpt_allocator allocator;
  *out = (trpt_options){0};
  if (options && !trpt_versioned_copy(out, sizeof *out, options)) return TRPT_E_ARGUMENT;
  out->struct_size = sizeof *out;
  if (out->flags & ~(uint32_t)(TRPT_STRICT | TRPT_NO_INFLATE | TRPT_NO_DIAGNOSTICS | TRPT_SEQUENCE))
    return TRPT_E_ARGUMENT;
  if ((out->flags & TRPT_STRICT) && (out->flags & TRPT_NO_DIAGNOSTICS)) return TRPT_E_ARGUMENT;
  if (out->tokenizer < TRPT_TOKENIZER_DEFAULT || out->tokenizer > TRPT_TOKENIZER_YAJL) return TRPT_E_ARGUMENT;
  if (!trpt_allocator_read(&allocator, out->allocator)) return TRPT_E_ARGUMENT;
  if (!trpt_json_engine_find(out->tokenizer)) return TRPT_E_UNSUPPORTED; /* GCOVR_EXCL_BR_LINE: a build without yajl */
#define LIMIT(id, member, initial, code, sentence)                                                                     \
  if (!out->member) out->member = initial;
#define FIXED_LIMIT(id, value, code, sentence)
LIMIT(DEPTH, max_depth, 16, JSON_LIMIT, "Objects and arrays are nested deeper than max_depth (#).")
FIXED_LIMIT(NESTING, trpt_max_nesting(options), JSON_LIMIT,
            "Objects and arrays are nested deeper than # levels, the greater of 64 and max_depth.")
LIMIT(STRING, max_string, 16U << 10, JSON_LIMIT, "The string is longer than max_string (# bytes).")
LIMIT(STRINGS, max_strings, 1024, JSON_LIMIT, "The list has more elements than max_strings (#).")
LIMIT(ENTRY, max_entry, 64U << 10, JSON_LIMIT, "The strings of the policy take more than max_entry (# bytes).")
FIXED_LIMIT(LISTS, options->max_entry, JSON_LIMIT,
            "The lists policy-string and mx-host take more than half of max_entry (# bytes).")
LIMIT(HELD, max_held, 64U << 10, JSON_LIMIT, NULL)
LIMIT(POLICIES, max_policies, 100000, JSON_LIMIT, "The report has more policies than max_policies (#).")
LIMIT(DIAGNOSTICS, max_diagnostics, 1000, JSON_LIMIT, NULL)
LIMIT(RATIO, max_ratio, 200, GZIP_RATIO, "The gzip data inflates to more than max_ratio (#) times its own length.")
LIMIT(FAILURES, max_failures, 10000000, JSON_LIMIT, "The report has more failures than max_failures (#).")
LIMIT(INPUT, max_input, UINT64_C(64) << 20, JSON_LIMIT, "The input is longer than max_input (# bytes).")
LIMIT(INFLATED, max_inflated, UINT64_C(256) << 20, JSON_LIMIT, "The gzip data inflates to more than max_inflated (# bytes).")
LIMIT(MEMORY, max_memory, UINT64_C(256) << 20, JSON_LIMIT, "The report needs more memory than max_memory (# bytes).")
FIXED_LIMIT(FAILURES_OF_POLICY, UINT32_MAX, JSON_LIMIT, "A policy has more than # failures.")
#undef LIMIT
#undef FIXED_LIMIT
  return TRPT_OK;
}

void trpt_settings_init(trpt_settings *settings, const trpt_options *options) {
  settings->options = *options;
  trpt_allocator_read(&settings->allocator, options->allocator);
  settings->options.allocator = NULL;
}

/* lib/parser/skip.c */
/* SPDX-License-Identifier: MIT */




static void skip_check(trpt_parser *parser, trpt_path path) {
  const trpt_json_token *token = &parser->decoder.token;
  if ((token->kind == TRPT_JSON_STRING || token->kind == TRPT_JSON_KEY) && token->string_errors)
    trpt_value_emit_string_errors(parser, path);
  if (token->kind == TRPT_JSON_NUMBER && token->number.beyond_double)
    trpt_emit(parser, TRPT_CODE_JSON_NUMBER_RANGE, trpt_position_now(parser), path);
}

void trpt_skip_value(trpt_parser *parser, trpt_path path) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_json_kind kind = decoder->token.kind;
  skip_check(parser, path);
  if (kind == TRPT_JSON_OBJECT_BEGIN || kind == TRPT_JSON_ARRAY_BEGIN)
    decoder->skip_depth = 1;
  else
    decoder->member = TRPT_MEMBER_NONE;
}

void trpt_skip_unfit(trpt_parser *parser, trpt_path path) {
  const bool null = parser->decoder.token.kind == TRPT_JSON_NULL;
  trpt_emit(parser, null ? TRPT_CODE_REPORT_NULL_MEMBER : TRPT_CODE_REPORT_WRONG_TYPE, trpt_position_now(parser), path);
  trpt_skip_value(parser, path);
}

void trpt_skip_token(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  switch (decoder->token.kind) {
  case TRPT_JSON_OBJECT_BEGIN:
  case TRPT_JSON_ARRAY_BEGIN: decoder->skip_depth++; return;
  case TRPT_JSON_OBJECT_END:
  case TRPT_JSON_ARRAY_END:
    if (--decoder->skip_depth == 0) decoder->member = TRPT_MEMBER_NONE;
    return;
  default: skip_check(parser, trpt_path_now(parser));
  }
}

/* lib/parser/string_list.c */
/* SPDX-License-Identifier: MIT */




void trpt_list_begin(trpt_parser *parser, const trpt_schema *schema) {
  trpt_list *list = trpt_list_of(parser, schema);
  *(const trpt_str **)trpt_value_slot(parser, schema->slot) = list->strings;
  *trpt_value_present(parser, schema) |= schema->present;
  list->count = 0;
  list->most = parser->settings.options.max_strings;
  list->next_index = 0;
  list->incomplete = false;
  list->left_out = false;
  list->position = trpt_position_now(parser);
}

void trpt_list_withdraw(trpt_parser *parser, const trpt_schema *schema) {
  *(const trpt_str **)trpt_value_slot(parser, schema->slot) = NULL;
  *trpt_value_present(parser, schema) &= ~schema->present;
  trpt_list_of(parser, schema)->count = 0;
}

void trpt_list_leave_out(trpt_parser *parser, trpt_list *list, trpt_limit limit, trpt_position position,
                         trpt_path path) {
  if (trpt_is_strict(&parser->settings))
    trpt_fail_limit(parser, limit, position, path);
  else if (!list->left_out)
    trpt_emit(parser, TRPT_CODE_REPORT_ELEMENTS_CUT, position, path);
  list->most = list->count;
  list->left_out = true;
  list->incomplete = true;
  parser->current.policy_is_cut = true;
}

static trpt_limit exceeded(const trpt_parser *parser, const trpt_list *list, trpt_str text) {
  if (list->count == list->most) return TRPT_LIMIT_STRINGS;
  return text.len > parser->settings.options.max_string ? TRPT_LIMIT_STRING : TRPT_LIMIT_LISTS;
}

bool trpt_list_add_cut(trpt_parser *parser, trpt_list *list, trpt_str text, trpt_path path) {
  const trpt_limit limit = exceeded(parser, list, text);
  const size_t room = trpt_list_room(parser);
  if (limit == TRPT_LIMIT_STRINGS || !trpt_utf8_prefix(text, room).len) {
    trpt_list_leave_out(parser, list, limit, trpt_position_now(parser), path);
    return false;
  }
  const trpt_str kept = trpt_value_cut(parser, text, room, limit, path);
  if (!kept.len) return false;
  trpt_list_add(parser, list, kept, path.string);
  list->elements[list->count - 1].cut = true;
  list->incomplete = true;
  parser->current.policy_is_cut = true;
  return true;
}

/* lib/parser/value.c */
/* SPDX-License-Identifier: MIT */


#include <stddef.h>



trpt_str trpt_value_cut(trpt_parser *parser, trpt_str text, size_t room, trpt_limit limit, trpt_path path) {
  const trpt_position position = trpt_position_now(parser);
  if (trpt_is_strict(&parser->settings)) {
    trpt_fail_limit(parser, limit, position, path);
    return (trpt_str){0};
  }
  const trpt_str kept = trpt_utf8_prefix(text, room);
  trpt_codes codes = {1, {TRPT_CODE_REPORT_STRING_CUT}};
  if (kept.len) trpt_check_characters(kept, &codes);
  trpt_emit_all(parser, &codes, position, path);
  return kept;
}

/* What was cut has no meaning beyond its text: it matches no type and no time. */
void trpt_value_take_long(trpt_parser *parser, const trpt_schema *schema) {
  const size_t longest = parser->settings.options.max_string;
  const trpt_path path = trpt_value_path(parser, schema);
  const trpt_str text = parser->decoder.token.text;
  const trpt_limit limit = text.len > longest ? TRPT_LIMIT_STRING : TRPT_LIMIT_ENTRY;
  trpt_store *store = trpt_value_slot(parser, schema->store);
  const trpt_str kept = trpt_value_cut(parser, text, trpt_store_room(store, longest), limit, path);
  if (parser->decoder.token.string_errors) trpt_value_emit_string_errors(parser, path);
  if (schema->present_slot == offsetof(trpt_parser, current.policy.present)) parser->current.policy_is_cut = true;
  if (schema->member == TRPT_MEMBER_RECEIVING_MX_HOSTNAME) parser->current.failure.host_is_cut = true;
  if (!kept.len) return;
  *(trpt_str *)trpt_value_slot(parser, schema->slot) = trpt_store_add(store, kept);
  *trpt_value_present(parser, schema) |= schema->present;
}

/* RFC 7493 s2.1. A diagnostic is at the first byte of the value, an error at the first byte that is wrong. */
void trpt_value_emit_string_errors(trpt_parser *parser, trpt_path path) {
  const trpt_json_token *token = &parser->decoder.token;
  trpt_position position = trpt_position_now(parser);
  if (trpt_is_strict(&parser->settings)) {
    const uint64_t column = position.column + (token->error_offset - position.offset);
    /* GCOVR_EXCL_BR_START: a line of 4 GiB */
    position.column = position.column && column <= UINT32_MAX ? (uint32_t)column : 0;
    /* GCOVR_EXCL_BR_STOP */
    position.offset = token->error_offset;
  }
  const bool codepoint_first = token->string_errors & TRPT_STRING_CODEPOINT_FIRST;
  if (codepoint_first) trpt_emit(parser, TRPT_CODE_JSON_BAD_CODEPOINT, position, path);
  if (token->string_errors & TRPT_STRING_NOT_UTF8) trpt_emit(parser, TRPT_CODE_JSON_NOT_UTF8, position, path);
  if (token->string_errors & TRPT_STRING_BAD_CODEPOINT && !codepoint_first)
    trpt_emit(parser, TRPT_CODE_JSON_BAD_CODEPOINT, position, path);
}

void trpt_value_emit(trpt_parser *parser, trpt_codes *codes, bool all, trpt_path path) {
  const trpt_json_token *token = &parser->decoder.token;
  if (token->string_errors) trpt_value_emit_string_errors(parser, path);
  if (token->text.len == 0)
    trpt_codes_add(codes, TRPT_CODE_REPORT_EMPTY_STRING);
  else if (!all)
    trpt_check_text(token->text, codes);
  trpt_emit_all(parser, codes, trpt_position_now(parser), path);
}

static void take_time(trpt_parser *parser, const trpt_schema *schema) {
  int64_t *seconds = trpt_value_slot(parser, schema->number);
  const trpt_path path = trpt_value_path(parser, schema);
  const trpt_str text = parser->decoder.token.text;
  trpt_codes codes = {0};
  trpt_check_time(text, schema->member == TRPT_MEMBER_END_DATETIME, seconds,
                  trpt_diagnoses(&parser->settings) ? &codes : NULL);
  if (!trpt_diagnoses(&parser->settings)) return;
  /* A time needs no other check, unless the fraction of its second is very long. */
  if (*seconds == INT64_MIN || text.len > TRPT_LONG_STRING) trpt_value_check(parser, schema, path);
  if (text.len) trpt_emit_all(parser, &codes, trpt_position_now(parser), path);
}

/* RFC 8460 s4.4: an unknown name is stored as written. A known one needs no check of its text. */
static void take_type(trpt_parser *parser, const trpt_schema *schema, trpt_code unknown) {
  const trpt_str text = parser->decoder.token.text;
  const trpt_path path = trpt_value_path(parser, schema);
  if (trpt_value_find_type(parser, schema, text) || !trpt_diagnoses(&parser->settings)) return;
  trpt_value_check(parser, schema, path);
  if (text.len) trpt_emit(parser, unknown, trpt_position_now(parser), path);
}

void trpt_value_read(trpt_parser *parser, const trpt_schema *schema) {
  if (schema->position) *(trpt_position *)trpt_value_slot(parser, schema->position) = trpt_position_now(parser);
  switch (schema->type) {
  case TRPT_TYPE_POLICY_TYPE: take_type(parser, schema, TRPT_CODE_REPORT_UNKNOWN_POLICY_TYPE); break;
  case TRPT_TYPE_RESULT_TYPE: take_type(parser, schema, TRPT_CODE_REPORT_UNKNOWN_RESULT_TYPE); break;
  case TRPT_TYPE_TIME: take_time(parser, schema); break;
  default:
    if (trpt_diagnoses(&parser->settings)) trpt_value_check(parser, schema, trpt_value_path(parser, schema));
  }
}

void trpt_value_check_count(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_path path = trpt_value_path(parser, schema);
  const trpt_number number = parser->decoder.token.number;
  const trpt_position position = trpt_position_now(parser);
  switch (number.class) {
  case TRPT_NUMBER_NEGATIVE: trpt_emit(parser, TRPT_CODE_REPORT_NEGATIVE_COUNT, position, path); return;
  case TRPT_NUMBER_FRACTIONAL: trpt_emit(parser, TRPT_CODE_REPORT_FRACTIONAL_COUNT, position, path); return;
  case TRPT_NUMBER_HUGE: trpt_emit(parser, TRPT_CODE_REPORT_BAD_COUNT, position, path); return;
  default: break;
  }
  if (!number.plain) trpt_emit(parser, TRPT_CODE_REPORT_COUNT_FORM, position, path);
  if (number.value > TRPT_NUMBER_EXACT) trpt_emit(parser, TRPT_CODE_REPORT_COUNT_INEXACT, position, path);
  if (number.value == 0 && schema->member == TRPT_MEMBER_FAILED_SESSION_COUNT)
    trpt_emit(parser, TRPT_CODE_REPORT_ZERO_COUNT_DETAIL, position, path);
}

/* lib/record/chars.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CHARS_H
#define TRPT_LIB_CHARS_H

/* The version of a record, and the character classes of the grammar in RFC 8460 s3. */

#include <stdbool.h>
#include <string.h>



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

static TRPT_INLINE bool trpt_chars_is(trpt_str text, size_t pos, unsigned class) {
  return pos < text.len && trpt_chars_classes[(unsigned char)text.ptr[pos]] & class;
}

static TRPT_INLINE bool trpt_chars_at(trpt_str text, size_t pos, char c) { return pos < text.len && text.ptr[pos] == c; }

static TRPT_INLINE bool trpt_chars_begin(trpt_str text, size_t pos, const char *literal, size_t len) {
  return text.len - pos >= len && memcmp(text.ptr + pos, literal, len) == 0;
}

/* The position of the first byte from `pos` on that is not in the class. */
static TRPT_INLINE size_t trpt_chars_skip(trpt_str text, size_t pos, unsigned class) {
  while (trpt_chars_is(text, pos, class)) pos++;
  return pos;
}

/* The end of the extension name that begins at `pos`; `pos` if none begins there. */
size_t trpt_chars_name_end(trpt_str text, size_t pos);

#endif

enum { CHARS_NAME_MAX_LEN = 32 };

/* clang-format off */
const unsigned char trpt_chars_classes[256] = {
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x10, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x10, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x04, 0x0e, 0x0e, 0x0c,
    0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0c, 0x00, 0x0c, 0x08, 0x0c, 0x0c,
    0x0c, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f,
    0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0c, 0x0c, 0x0c, 0x0c, 0x0e,
    0x0c, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f,
    0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0c, 0x0c, 0x0c, 0x0c, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,
    0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08, 0x08,};
/* clang-format on */

size_t trpt_chars_name_end(trpt_str text, size_t pos) {
  if (!trpt_chars_is(text, pos, TRPT_CHAR_NAME_BEGIN)) return pos;
  size_t end = pos + 1;
  while (end - pos < CHARS_NAME_MAX_LEN && trpt_chars_is(text, end, TRPT_CHAR_NAME)) end++;
  return end;
}

/* lib/record/conclude.c */
/* SPDX-License-Identifier: MIT */


#include <stdbool.h>




static void conclude_explain(trpt_conclusion *out, const char *code, const char *reason) {
  out->code = code;
  out->reason = reason;
}

/* Counts the texts by kind. Returns false if none is about TLSRPT. */
static bool count_kinds(trpt_conclusion *out, const trpt_str *texts, size_t count) {
  uint32_t *const counters[] = {
      [TRPT_TEXT_UNRELATED] = &out->unrelated_count,
      [TRPT_TEXT_INTENDED] = &out->intended_count,
      [TRPT_TEXT_TLSRPT] = &out->tlsrpt_count,
  };
  for (size_t i = 0; i < count; i++) {
    uint32_t *counter = counters[trpt_record_kind(texts[i].ptr, texts[i].len)];
    *counter += *counter < UINT32_MAX;
  }
  return out->tlsrpt_count || out->intended_count;
}

/* The verdict on a record that lenient parsing accepts. */
static void conclude_record(trpt_conclusion *out, const trpt_str *texts, size_t count) {
  trpt_record strict;
  trpt_error error;
  const trpt_str *text = texts;
  while (text->ptr != out->record.text.ptr || text->len != out->record.text.len) text++;
  out->index = (size_t)(text - texts);
  if (!out->record.usable_rua_count) {
    conclude_explain(out, trpt_catalogue[TRPT_CODE_RECORD_NO_USABLE_RUA].code, "They cannot use any of the destinations.");
  } else if (trpt_record_select(texts, count, TRPT_STRICT, &strict, &error) != TRPT_OK) {
    out->verdict = TRPT_VERDICT_SOME;
    conclude_explain(out, error.code, "The record violates the grammar.");
  } else {
    out->verdict = TRPT_VERDICT_ALL;
  }
}

trpt_status trpt_record_conclude(const trpt_str *texts, size_t count, trpt_conclusion *out) {
  if (out) *out = (trpt_conclusion){.record = {.text = {NULL, 0}}};
  if (!texts || !out || !trpt_all_present(texts, count)) return TRPT_E_ARGUMENT;
  trpt_error error;
  out->verdict = TRPT_VERDICT_NONE;
  /* trpt_record_select never discards a single text, but a text about something else is not a record. */
  const size_t considered = count_kinds(out, texts, count) ? count : 0;
  out->status = trpt_record_select(texts, considered, 0, &out->record, &error);
  if (out->status == TRPT_OK)
    conclude_record(out, texts, count);
  else
    conclude_explain(out, error.code, trpt_diagnostic_message(error.code));
  return TRPT_OK;
}

const char *trpt_verdict_name(trpt_verdict verdict) {
  static const char *const names[] = {
      [TRPT_VERDICT_UNKNOWN] = "unknown",
      [TRPT_VERDICT_ALL] = "all",
      [TRPT_VERDICT_SOME] = "some",
      [TRPT_VERDICT_NONE] = "none",
  };
  return verdict >= 0 && verdict <= TRPT_VERDICT_NONE ? names[verdict] : NULL;
}

/* lib/record/destination.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DESTINATION_H
#define TRPT_LIB_DESTINATION_H

/* One URI of a rua field. */

#include <stdbool.h>






/* Whether `uri` is a tlsrpt-uri of RFC 8460 s3, usable or not. If not, `*bad` is the first byte after which no
   continuation could make it one. An https URI whose only mistake is a raw "!" is not one, but usable: RFC 3986 allows
   the character, so forgiving senders can report to it. */
bool trpt_destination_read(trpt_str uri, trpt_rua *out, trpt_uri *parts, size_t *bad);

/* The diagnostic on a valid URI, at an offset in it. An error means that the destination cannot exist or that senders
   do not support it, so it is not usable. A warning means that it is usable but probably a mistake. */
typedef struct trpt_destination_verdict {
  trpt_code code; /* TRPT_CODE_NONE: nothing to report */
  size_t offset;
} trpt_destination_verdict;

/* Checks a URI for which trpt_destination_read returned true. Reports one diagnostic, and an error before a warning. */
trpt_destination_verdict trpt_destination_check(const trpt_rua *rua, const trpt_uri *parts);

#endif

#include <string.h>




static const char *const destination_schemes[] = {
    [TRPT_SCHEME_OTHER] = "other", [TRPT_SCHEME_MAILTO] = "mailto", [TRPT_SCHEME_HTTPS] = "https"};
enum { SCHEMES = sizeof destination_schemes / sizeof destination_schemes[0] };

const char *trpt_scheme_name(trpt_scheme scheme) { return scheme >= 0 && scheme < SCHEMES ? destination_schemes[scheme] : NULL; }

static trpt_scheme scheme_of(trpt_str text) {
  for (trpt_scheme scheme = TRPT_SCHEME_MAILTO; scheme < SCHEMES; scheme++)
    if (trpt_str_equal_nocase(text, destination_schemes[scheme])) return scheme;
  return TRPT_SCHEME_OTHER;
}

/* ---- Hosts ---- */

/* A name with a final dot, and a NUL. No address literal is longer. */
enum { HOST_SIZE = TRPT_HOST_MAX_LEN + 2 };

/* Decodes a host into `buffer`. The result is empty if it does not fit, so that the host is invalid. */
static trpt_str decode_host(trpt_str encoded, char buffer[HOST_SIZE]) {
  size_t len;
  const bool fits = trpt_uri_decode(encoded.ptr, encoded.len, buffer, HOST_SIZE, &len) == TRPT_OK;
  return (trpt_str){buffer, fits ? len : 0};
}

/* Checks a name without a final dot, and replaces each "_" by a letter. An underscore is legal in the DNS but not in a
   host name, and a single label is no public name. */
static trpt_code destination_check_name(char *name, size_t len) {
  bool has_underscore = false;
  for (size_t i = 0; i < len; i++) {
    if (name[i] != '_') continue;
    name[i] = 'x';
    has_underscore = true;
  }
  if (!trpt_host_is_valid((trpt_str){name, len})) return TRPT_CODE_RECORD_BAD_HOST;
  return has_underscore || !memchr(name, '.', len) ? TRPT_CODE_RECORD_UNUSUAL_HOST : TRPT_CODE_NONE;
}

/* Whether a domain is the address-literal of RFC 5321 s4.1.3, of IPv4 or IPv6. No other kind is registered. */
static bool is_address_literal(trpt_str domain) {
  static const char tag[] = "[IPv6:";
  if (trpt_str_begins_nocase(domain, tag)) return trpt_uri_is_ipv6(trpt_str_from(domain, sizeof tag - 1));
  return domain.len > 2 && domain.ptr[0] == '[' && domain.ptr[domain.len - 1] == ']' &&
         trpt_uri_is_ipv4((trpt_str){domain.ptr + 1, domain.len - 2});
}

static trpt_code check_mail_domain(trpt_str encoded) {
  char buffer[HOST_SIZE];
  const trpt_str domain = decode_host(encoded, buffer);
  return is_address_literal(domain) ? TRPT_CODE_NONE : destination_check_name(buffer, domain.len);
}

/* The URI grammar has already checked an IP literal. */
static trpt_code check_https_host(trpt_str encoded) {
  char buffer[HOST_SIZE];
  if (encoded.ptr[0] == '[') return TRPT_CODE_NONE;
  const trpt_str host = decode_host(encoded, buffer);
  return trpt_uri_is_ipv4(host) ? TRPT_CODE_NONE : destination_check_name(buffer, trpt_host_without_dot(host).len);
}

/* An empty port means the default, RFC 3986 s3.2.3. */
static bool is_good_port(trpt_str port) {
  uint32_t value = 0;
  for (size_t i = 0; i < port.len && value <= UINT16_MAX; i++) value = value * 10 + (uint32_t)(port.ptr[i] - '0');
  return port.len == 0 || (value > 0 && value <= UINT16_MAX);
}

/* ---- Destinations ---- */

/* The first percent-encoded control character, or NULL. It would end a line of a message or a request. */
static const char *find_control(trpt_str uri) {
  for (size_t i = 0; i < uri.len; i++) {
    if (!trpt_is_percent_encoded(uri.ptr, uri.len, i)) continue;
    const unsigned char value = trpt_percent_value(uri.ptr, i);
    if (value < 0x20 || value == 0x7F) return uri.ptr + i;
  }
  return NULL;
}

static trpt_destination_verdict destination_at(const trpt_rua *rua, trpt_code code, const char *where) {
  return (trpt_destination_verdict){code, (size_t)(where - rua->uri.ptr)};
}

/* A ":" in a local part needs quotes, RFC 5322 s3.4.1. Without them it mostly is that of a second "mailto:". */
static const char *find_unquoted_colon(trpt_str local) {
  const bool is_quoted = trpt_str_begins_nocase(local, "%22");
  return is_quoted ? NULL : memchr(local.ptr, ':', local.len);
}

/* An "@" of the local part must be percent-encoded, RFC 6068 s2. */
static trpt_destination_verdict check_mailto(const trpt_rua *rua) {
  const trpt_str address = rua->address;
  if (!address.len) return destination_at(rua, TRPT_CODE_RECORD_MAILTO_EMPTY, rua->uri.ptr);
  const char *separator = memchr(address.ptr, '@', address.len);
  const size_t local_len = separator ? (size_t)(separator - address.ptr) : 0;
  if (!local_len || local_len + 1 == address.len) return destination_at(rua, TRPT_CODE_RECORD_MAILTO_WITHOUT_AT, rua->uri.ptr);
  const trpt_str domain = trpt_str_from(address, local_len + 1);
  const char *second = memchr(domain.ptr, '@', domain.len);
  if (second) return destination_at(rua, TRPT_CODE_RECORD_BAD_ADDRESS, second);
  const char *colon = find_unquoted_colon((trpt_str){address.ptr, local_len});
  if (colon) return destination_at(rua, TRPT_CODE_RECORD_BAD_ADDRESS, colon);
  const trpt_code code = check_mail_domain(domain);
  if (code != TRPT_CODE_RECORD_BAD_HOST && address.ptr[0] == '/')
    return destination_at(rua, TRPT_CODE_RECORD_MAILTO_SLASH, address.ptr);
  return destination_at(rua, code, domain.ptr);
}

static trpt_destination_verdict check_https(const trpt_rua *rua, const trpt_uri *parts) {
  if (!parts->host.len) return destination_at(rua, TRPT_CODE_RECORD_HTTPS_NO_HOST, rua->uri.ptr);
  const trpt_code code = check_https_host(parts->host);
  if (code != TRPT_CODE_RECORD_BAD_HOST && !is_good_port(parts->port))
    return destination_at(rua, TRPT_CODE_RECORD_BAD_PORT, parts->port.ptr);
  return destination_at(rua, code, parts->host.ptr);
}

trpt_destination_verdict trpt_destination_check(const trpt_rua *rua, const trpt_uri *parts) {
  if (rua->scheme == TRPT_SCHEME_OTHER) {
    const bool is_http = trpt_str_equal_nocase(parts->scheme, "http");
    return destination_at(rua, is_http ? TRPT_CODE_RECORD_HTTP_SCHEME : TRPT_CODE_RECORD_UNSUPPORTED_SCHEME, rua->uri.ptr);
  }
  const char *control = find_control(rua->uri);
  if (control) return destination_at(rua, TRPT_CODE_RECORD_BAD_ADDRESS, control);
  return rua->scheme == TRPT_SCHEME_MAILTO ? check_mailto(rua) : check_https(rua, parts);
}

static bool is_error(trpt_code code) { return code != TRPT_CODE_NONE && trpt_catalogue[code].severity == TRPT_ERROR; }

bool trpt_destination_read(trpt_str uri, trpt_rua *out, trpt_uri *parts, size_t *bad) {
  *out = (trpt_rua){.uri = uri};
  const bool is_uri = trpt_uri_parse(uri.ptr, uri.len, parts, bad);
  const char *bang = memchr(uri.ptr, '!', *bad);
  if (bang) *bad = (size_t)(bang - uri.ptr);
  out->scheme = scheme_of(parts->scheme);
  if (!is_uri || (bang && out->scheme != TRPT_SCHEME_HTTPS)) return false;
  if (out->scheme == TRPT_SCHEME_MAILTO) out->address = parts->path;
  out->usable = !is_error(trpt_destination_check(out, parts).code);
  return !bang;
}

/* lib/record/diagnose.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DIAGNOSE_H
#define TRPT_LIB_DIAGNOSE_H

/* Diagnostics of a record, as codes of the catalogue. */

#include <stdbool.h>





/* Receives a diagnostic. Returns true to continue. */
typedef bool (*trpt_record_code_fn)(void *user, trpt_code code, size_t offset, const char *where);

/* Reports all diagnostics in order of offset. Returns false if `fn` stopped it. */
bool trpt_record_check(trpt_str text, trpt_record_code_fn fn, void *user);

/* Whether the diagnostic means that the record violates the grammar, so that strict parsing rejects it. */
bool trpt_record_breaks_grammar(trpt_code code);

/* The column of a byte. Saturates at UINT32_MAX. */
static TRPT_INLINE uint32_t trpt_record_column(size_t offset) {
  return offset < UINT32_MAX ? (uint32_t)offset + 1 : UINT32_MAX; /* GCOVR_EXCL_BR_LINE: a record of 4 GiB */
}

#endif



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FIELDS_H
#define TRPT_LIB_FIELDS_H

/* Lenient reading of the fields of a record, which skips what the grammar rejects. Cursors, counts and diagnostics all
   use trpt_fields_next, so they agree on what a field and a URI is. */

#include <stdbool.h>





/* A field: `name [WSP] "="`, followed by items. */
typedef struct trpt_field {
  size_t begin;
  size_t name_end;
  size_t value; /* after the "=", or the same as `begin` if there is none */
  bool has_equals;
  bool is_rua; /* exactly "rua" and "=", RFC 8460 s3; never an extension */
} trpt_field;

/* How an item ends. */
typedef enum trpt_separator {
  TRPT_SEPARATOR_END,       /* the end of the text */
  TRPT_SEPARATOR_SEMICOLON, /* the next field follows */
  TRPT_SEPARATOR_COMMA,     /* the next URI of the same field follows */
  TRPT_SEPARATOR_MISSING    /* the next field follows without a ";" */
} trpt_separator;

/* A URI of a rua field, or the whole value of another field, without surrounding whitespace. If the field has no "=",
   the item is the whole field. */
typedef struct trpt_item {
  size_t begin;
  size_t end;
  size_t at; /* of the separator; at the end of the text, its length */
  trpt_separator separator;
} trpt_item;

/* Iterates over the items of a text. Initialized as `{.text = text, .pos = trpt_fields_begin(...)}`. */
typedef struct trpt_field_iterator {
  trpt_str text;
  size_t pos;
  bool in_list;     /* the next item is another URI of the same field */
  bool first;       /* the item is the first of its field */
  trpt_field field; /* of the item; not set if a cursor resumed inside a list */
  trpt_item item;
} trpt_field_iterator;

/* The position of the first field, after the delimiter that follows the version. The version ends at `version_end`. */
size_t trpt_fields_begin(trpt_str text, size_t version_end);

/* The field that begins at `pos`, or after whitespace there. */
trpt_field trpt_fields_peek(trpt_str text, size_t pos);

/* Moves to the next item. Returns false at the end. */
bool trpt_fields_next(trpt_field_iterator *iterator);

/* Whether the item is a URI of a rua field. An empty one is not. */
bool trpt_fields_uri(const trpt_field_iterator *iterator, trpt_str *uri);

/* Whether the item is a valid extension of RFC 8460 s3. Whitespace around its "=" is tolerated. */
bool trpt_fields_extension(const trpt_field_iterator *iterator, trpt_str *name, trpt_str *value);

/* The same for a field other than rua. If it is not a valid extension, `*code` and `*bad` say why and where. */
bool trpt_fields_check_extension(trpt_str text, const trpt_field *field, const trpt_item *item, trpt_code *code,
                                 size_t *bad);

/* Counts the remaining items of the iterator. Returns true if there is a rua field. */
bool trpt_fields_count(trpt_field_iterator iterator, trpt_record *counts);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_INVISIBLE_H
#define TRPT_LIB_INVISIBLE_H

/* Characters that a record gets by pasting, and that a person cannot see. */



/* Returns the length of the UTF-8 sequence at `pos` if it is an invisible character, or 0. */
size_t trpt_invisible_len(trpt_str text, size_t pos);

/* Returns the ASCII character that the sequence at `pos` was meant to be: a blank for a space that is not ASCII, and a
   quotation mark for a typographic one. '\0' stands for a character without any meaning. Sets `*len` to the length of the
   sequence; 0: it is another one. */
char trpt_pasted_meaning(trpt_str text, size_t pos, size_t *len);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_KIND_H
#define TRPT_LIB_KIND_H

/* Reads a text as its owner meant it: in any letter case, and with pasted whitespace and quotes. Only the
   classification and the suggestion are this lenient; senders are not. */

#include <stdbool.h>
#include <string.h>



/* Removes whitespace, line ends and quotes from both ends. */
trpt_str trpt_unwrap(trpt_str text);

/* Sets `*version` to the text after `v=`. Returns false if the text does not begin with that. */
bool trpt_find_version(trpt_str text, trpt_str *version);

/* The DMARC tag (RFC 7489 s6.3) with this name in any letter case, or NULL. */
const char *trpt_dmarc_tag(trpt_str name);

/* Whether this is the exact name of a DMARC tag. Case matters, RFC 6376 s3.2. */
static TRPT_INLINE bool trpt_is_dmarc_tag(trpt_str name) {
  const char *tag = trpt_dmarc_tag(name);
  return tag && memcmp(tag, name.ptr, name.len) == 0;
}

#endif

/* Reports the diagnostics of a record in order of offset during one pass over the text, without storing them. Two
   checks look ahead. A first pass counts the usable destinations, and a field after a ";" that belongs to a URI is read
   early and then skipped. The time is linear.

   One mistake gives one error: only the first mistake in a URI or field is reported. */

/* A longer record may not fit into the 512 bytes of a plain DNS answer (RFC 1035 s2.3.4). The other 62 bytes are for
   the header of 12 bytes, the question, and the fields of the answer. */
enum { LONG_RECORD_LEN = 450 };

/* The number of destinations that are stored to find duplicates. Later ones are compared only with these. */
enum { REMEMBERED_MAX = 32 };

typedef struct diagnosis {
  trpt_str text;
  trpt_record_code_fn fn;
  void *user;
  bool stopped;
  bool has_rua;          /* a rua field was seen */
  bool useless;          /* no destination is usable; reported at the first rua field */
  bool skip_field;       /* the next field was already part of a diagnostic */
  bool item_is_good;     /* the last item was valid */
  bool item_is_empty;    /* the last item of this field was empty */
  bool comma_has_space;  /* whitespace before the comma was reported */
  uint32_t uris;         /* so far; the index of the next one */
  uint32_t destinations; /* so far, not counting parts split off by an unencoded comma */
  uint32_t extensions;   /* so far */
  size_t comma;          /* the comma before this item, or the length of the text */
  uint32_t remembered;
  trpt_str destination[REMEMBERED_MAX];
} diagnosis;

bool trpt_record_breaks_grammar(trpt_code code) {
  switch (code) {
  case TRPT_CODE_RECORD_RUA_CASE:
  case TRPT_CODE_RECORD_HTTP_SCHEME:
  case TRPT_CODE_RECORD_UNSUPPORTED_SCHEME:
  case TRPT_CODE_RECORD_NO_USABLE_RUA:
  case TRPT_CODE_RECORD_MAILTO_WITHOUT_AT:
  case TRPT_CODE_RECORD_MAILTO_EMPTY:
  case TRPT_CODE_RECORD_HTTPS_NO_HOST:
  case TRPT_CODE_RECORD_BAD_HOST:
  case TRPT_CODE_RECORD_BAD_PORT:
  case TRPT_CODE_RECORD_BAD_ADDRESS: return false;
  default: return trpt_catalogue[code].severity == TRPT_ERROR;
  }
}

static void diagnose_report(diagnosis *d, trpt_code code, size_t offset, const char *where) {
  if (!d->stopped) d->stopped = !d->fn(d->user, code, offset, where);
}

/* `name[index]`, without printf and its locale. */
static void report_indexed(diagnosis *d, trpt_code code, size_t offset, const char *name, uint32_t index) {
  char where[sizeof "extension[4294967295]"];
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str number = trpt_decimal(index, digits);
  const size_t len = strlen(name);
  memcpy(where, name, len);
  where[len] = '[';
  memcpy(where + len + 1, number.ptr, number.len);
  memcpy(where + len + 1 + number.len, "]", 2);
  diagnose_report(d, code, offset, where);
}

static void report_rua(diagnosis *d, trpt_code code, size_t offset) { report_indexed(d, code, offset, "rua", d->uris); }

static void report_extension(diagnosis *d, trpt_code code, size_t offset) {
  report_indexed(d, code, offset, "extension", d->extensions);
}

/* The code for a byte that is never right in a record, or TRPT_CODE_NONE. Only values of extensions may contain a
   backslash. */
static trpt_code check_byte(trpt_str text, size_t pos) {
  const unsigned char c = pos < text.len ? (unsigned char)text.ptr[pos] : ' ';
  if (c == '\\') return TRPT_CODE_RECORD_BACKSLASH;
  if (c >= 0x80) return trpt_invisible_len(text, pos) ? TRPT_CODE_RECORD_INVISIBLE_CHAR : TRPT_CODE_RECORD_NON_ASCII;
  return (c < 0x20 && c != '\t') || c == 0x7F ? TRPT_CODE_RECORD_CONTROL_CHAR : TRPT_CODE_NONE;
}

/* ---- The version ---- */

typedef struct diagnose_version {
  trpt_code code; /* TRPT_CODE_NONE: valid */
  size_t offset;  /* of the diagnostic */
  size_t end;
  bool readable; /* fields can be read after it */
} diagnose_version;

/* The version at `pos`, ignoring letter case and whitespace around "=". */
static diagnose_version loose_version(trpt_str text, size_t pos) {
  const diagnose_version none = {.code = TRPT_CODE_RECORD_BAD_VERSION};
  diagnose_version found = {.code = TRPT_CODE_NONE};
  if (pos == text.len || trpt_lower((unsigned char)text.ptr[pos]) != 'v') return none;
  const size_t equals = trpt_chars_skip(text, pos + 1, TRPT_CHAR_WSP);
  if (equals == text.len || text.ptr[equals] != '=') return none;
  const size_t name = trpt_chars_skip(text, equals + 1, TRPT_CHAR_WSP);
  if (text.len - name < 8 || !trpt_equal_nocase(text.ptr + name, "TLSRPTv1", 8)) return none;
  found.end = name + 8;
  found.readable = true;
  if (found.end < text.len && !memchr("; \t,", text.ptr[found.end], 4)) {
    /* A zone file may escape the semicolon, and a space may be pasted. */
    found.code = check_byte(text, found.end);
    found.offset = found.end;
    found.end += found.code == TRPT_CODE_RECORD_BACKSLASH ? 1 : trpt_invisible_len(text, found.end);
    return found.offset < found.end ? found : none;
  }
  if (equals > pos + 1 || name > equals + 1) {
    found.code = TRPT_CODE_RECORD_WS_AROUND_EQUALS;
    found.offset = equals > pos + 1 ? pos + 1 : equals + 1;
  } else if (memcmp(text.ptr + pos, TRPT_RECORD_VERSION, TRPT_RECORD_VERSION_LEN) != 0) {
    found.code = TRPT_CODE_RECORD_BAD_VERSION_CASE;
    found.offset = pos;
  }
  return found;
}

/* Whether a record is within the notation of zone files. */
static bool has_notation(trpt_str text) {
  size_t cursor = 0;
  return trpt_record_extract(text.ptr, text.len, &cursor, NULL, NULL, 0, NULL) == TRPT_E_BUFFER;
}

static diagnose_version diagnose_read_version(trpt_str text) {
  diagnose_version found = loose_version(text, 0);
  if (found.readable) return found;
  if (has_notation(text)) return (diagnose_version){.code = TRPT_CODE_RECORD_ZONE_SYNTAX};
  /* Stray text before a version is whitespace, quotes or a byte order mark, but never letters or digits. */
  size_t garbage = 0;
  while (garbage < text.len && !trpt_is_alpha((unsigned char)text.ptr[garbage]) &&
         !trpt_is_digit((unsigned char)text.ptr[garbage]))
    garbage++;
  found = loose_version(text, garbage);
  if (found.readable) {
    const trpt_code byte = check_byte(text, 0);
    const bool is_pasted = byte == TRPT_CODE_RECORD_BACKSLASH || byte == TRPT_CODE_RECORD_INVISIBLE_CHAR;
    found.code = is_pasted ? byte : TRPT_CODE_RECORD_LEADING_GARBAGE;
    found.offset = 0;
    return found;
  }
  found.offset = 0;
  while (found.offset < TRPT_RECORD_VERSION_LEN && found.offset < text.len &&
         text.ptr[found.offset] == TRPT_RECORD_VERSION[found.offset])
    found.offset++;
  return found;
}

/* Reports mistakes between the version and the first field. */
static void diagnose_first_delim(diagnosis *d, size_t version_end) {
  const size_t pos = trpt_chars_skip(d->text, version_end, TRPT_CHAR_WSP);
  if (pos == d->text.len) return;
  if (d->text.ptr[pos] == ';') {
    if (pos > version_end) diagnose_report(d, TRPT_CODE_RECORD_WS_BEFORE_FIRST_DELIM, version_end, "version");
    return;
  }
  const bool is_comma = d->text.ptr[pos] == ',';
  if (is_comma || trpt_fields_peek(d->text, pos).has_equals) {
    diagnose_report(d, TRPT_CODE_RECORD_MISSING_DELIMITER, is_comma ? pos : version_end, "");
  } else {
    diagnose_report(d, TRPT_CODE_RECORD_TRAILING_GARBAGE, pos, "version");
    d->skip_field = true;
  }
}

/* ---- URIs ---- */

/* Whether the text is a size limit such as "!10m", as in DMARC URIs (RFC 7489 s6.2). */
static bool is_size_suffix(trpt_str text) {
  size_t i = 1;
  while (i < text.len && trpt_is_digit((unsigned char)text.ptr[i])) i++;
  if (i > 1 && i < text.len && memchr("kmgt", trpt_lower((unsigned char)text.ptr[i]), 4)) i++;
  return i > 1 && i == text.len;
}

/* Reports whitespace in a destination. After a complete URI it begins other text; otherwise the URI is invalid. */
static void diagnose_space(diagnosis *d, trpt_str uri, size_t offset, size_t bad) {
  trpt_rua rua;
  trpt_uri parts;
  size_t unused;
  if (trpt_destination_read((trpt_str){uri.ptr, bad}, &rua, &parts, &unused) && rua.usable)
    report_rua(d, TRPT_CODE_RECORD_TRAILING_GARBAGE, trpt_chars_skip(d->text, offset + bad, TRPT_CHAR_WSP));
  else
    report_rua(d, TRPT_CODE_RECORD_INVALID_URI, offset + bad);
}

/* Reports why a text is not a tlsrpt-uri. `bad` is its first invalid byte. */
static void diagnose_broken_uri(diagnosis *d, trpt_str uri, size_t offset, const trpt_uri *parts, size_t bad) {
  const char *text = uri.ptr;
  const size_t percent = bad >= 1 && text[bad - 1] == '%' ? bad - 1 : bad >= 2 && text[bad - 2] == '%' ? bad - 2 : bad;
  if (percent < bad) {
    report_rua(d, TRPT_CODE_RECORD_BAD_PERCENT, offset + percent);
    return;
  }
  const char c = bad < uri.len ? text[bad] : 'a';
  const trpt_code code = check_byte(uri, bad);
  if (code != TRPT_CODE_NONE) {
    report_rua(d, code, offset + bad);
  } else if (c == '!') {
    const bool is_size = is_size_suffix(trpt_str_from(uri, bad));
    report_rua(d, is_size ? TRPT_CODE_RECORD_DMARC_SIZE_SUFFIX : TRPT_CODE_RECORD_UNENCODED_BANG, offset + bad);
  } else if (c == '"') {
    report_rua(d, TRPT_CODE_RECORD_QUOTES_IN_DATA, offset + bad);
    report_rua(d, TRPT_CODE_RECORD_INVALID_URI, offset + bad);
  } else if (!parts->scheme.ptr) {
    report_rua(d, TRPT_CODE_RECORD_MISSING_SCHEME, offset);
  } else if (trpt_is_wsp(c)) {
    diagnose_space(d, uri, offset, bad);
  } else {
    report_rua(d, TRPT_CODE_RECORD_INVALID_URI, offset + bad);
  }
}

/* Reports errors and warnings about the destination of a valid URI, in order of offset. */
static void diagnose_good_uri(diagnosis *d, const trpt_rua *rua, size_t offset, const trpt_uri *parts) {
  const trpt_destination_verdict verdict = trpt_destination_check(rua, parts);
  const bool is_mailto = rua->scheme == TRPT_SCHEME_MAILTO;
  if (rua->scheme == TRPT_SCHEME_OTHER) {
    report_rua(d, verdict.code, offset + verdict.offset);
    return;
  }
  const struct {
    trpt_code code;
    const char *begin; /* NULL: there is no such part */
    size_t delimiter;  /* the length of the delimiter before it, which is part of the mistake */
  } doubtful[] = {
      {TRPT_CODE_RECORD_HTTPS_USERINFO, is_mailto ? NULL : parts->userinfo.ptr, 0},
      {TRPT_CODE_RECORD_MAILTO_HEADERS, is_mailto ? parts->query.ptr : NULL, 1},
      {TRPT_CODE_RECORD_URI_FRAGMENT, parts->fragment.ptr, 1},
  };
  bool pending = verdict.code != TRPT_CODE_NONE;
  if (!trpt_str_equal(parts->scheme, trpt_scheme_name(rua->scheme), parts->scheme.len))
    report_rua(d, TRPT_CODE_RECORD_SCHEME_CASE, offset);
  for (size_t i = 0; i < sizeof doubtful / sizeof doubtful[0]; i++) {
    if (!doubtful[i].begin) continue;
    const size_t at = (size_t)(doubtful[i].begin - rua->uri.ptr) - doubtful[i].delimiter;
    if (pending && verdict.offset <= at) {
      report_rua(d, verdict.code, offset + verdict.offset);
      pending = false;
    }
    report_rua(d, doubtful[i].code, offset + at);
  }
  if (pending) report_rua(d, verdict.code, offset + verdict.offset);
}

/* Whether an earlier destination is the same, ignoring the letter case of its scheme. */
static bool is_duplicate(diagnosis *d, trpt_str uri, size_t scheme_len) {
  for (uint32_t i = 0; i < d->remembered; i++) {
    const trpt_str other = d->destination[i];
    if (other.len == uri.len && trpt_equal_nocase(other.ptr, uri.ptr, scheme_len) &&
        memcmp(other.ptr + scheme_len, uri.ptr + scheme_len, uri.len - scheme_len) == 0)
      return true;
  }
  if (d->remembered < REMEMBERED_MAX) d->destination[d->remembered++] = uri;
  return false;
}

/* Whether the comma before the item belongs to a URI: an item without a scheme directly follows the comma after a valid
   URI, as in "mailto:a@b.example,c@d.example". After a comma and whitespace, the item is a destination that lacks its
   scheme. */
static bool is_comma_inside(const diagnosis *d, const trpt_item *item, const trpt_uri *parts) {
  return d->item_is_good && d->comma + 1 == item->begin && !parts->scheme.ptr &&
         !trpt_is_wsp(d->text.ptr[d->comma - 1]);
}

/* Whether the ";" after the item was meant to be part of a destination or to separate two: the text after it is not a
   field and looks like the rest of a destination. Examples are "mailto;a@b.example",
   "mailto:a@b.example;mailto:c@d.example" and "https://a.example/?b;c". */
static bool is_semicolon_inside(const diagnosis *d, const trpt_item *item, const trpt_uri *parts) {
  const size_t begin = item->at + 1;
  if (begin == d->text.len || trpt_fields_peek(d->text, begin).has_equals) return false;
  const char *end = memchr(d->text.ptr + begin, ';', d->text.len - begin);
  const size_t len = end ? (size_t)(end - d->text.ptr) - begin : d->text.len - begin;
  if (trpt_chars_skip(d->text, begin, TRPT_CHAR_WSP) - begin == len) return false;
  if (memchr(d->text.ptr + begin, '@', len) || memchr(d->text.ptr + begin, ':', len)) return true;
  return !trpt_is_wsp(d->text.ptr[begin]) && (parts->query.ptr || memchr(d->text.ptr + begin, '/', len));
}

/* Reports whitespace after the comma before an item, unless whitespace before that comma was reported already. */
static void diagnose_space_after_comma(diagnosis *d, const trpt_item *item) {
  if (d->comma < d->text.len && item->begin > d->comma + 1 && !d->comma_has_space)
    report_rua(d, TRPT_CODE_RECORD_WS_AROUND_COMMA, d->comma + 1);
}

static void diagnose_space_before_comma(diagnosis *d, const trpt_item *item) {
  d->comma_has_space = item->separator == TRPT_SEPARATOR_COMMA && item->end < item->at;
  if (d->comma_has_space) report_rua(d, TRPT_CODE_RECORD_WS_AROUND_COMMA, item->end);
}

static void diagnose_uri(diagnosis *d, const trpt_item *item) {
  const trpt_str uri = {d->text.ptr + item->begin, item->end - item->begin};
  trpt_rua rua;
  trpt_uri parts;
  size_t bad;
  const bool good = trpt_destination_read(uri, &rua, &parts, &bad);
  const bool comma_inside =
      !good && is_comma_inside(d, item, &parts) && bad < uri.len && check_byte(uri, bad) == TRPT_CODE_NONE;
  const bool semicolon_inside = item->separator == TRPT_SEPARATOR_SEMICOLON && is_semicolon_inside(d, item, &parts);
  diagnose_space_after_comma(d, item);
  if (comma_inside)
    report_rua(d, TRPT_CODE_RECORD_UNENCODED_COMMA, d->comma);
  else if (d->destinations < 2 && ++d->destinations == 2)
    report_rua(d, TRPT_CODE_RECORD_MANY_RUA, item->begin);
  if (good) {
    if (is_duplicate(d, uri, parts.scheme.len)) report_rua(d, TRPT_CODE_RECORD_DUPLICATE_URI, item->begin);
    diagnose_good_uri(d, &rua, item->begin, &parts);
  } else if (!comma_inside && !(semicolon_inside && bad == uri.len)) {
    diagnose_broken_uri(d, uri, item->begin, &parts, bad);
  }
  if (semicolon_inside) report_rua(d, TRPT_CODE_RECORD_UNENCODED_SEMICOLON, item->at);
  diagnose_space_before_comma(d, item);
  d->skip_field = semicolon_inside;
  d->item_is_good = good;
  d->item_is_empty = false;
  d->uris += d->uris < UINT32_MAX;
}

/* Reports the extra comma at an empty item: the comma after the item, or else the comma before it. Several such commas
   in a row are one mistake. */
static void diagnose_empty_uri(diagnosis *d, const trpt_field_iterator *iterator) {
  const trpt_item *item = &iterator->item;
  const bool comma_follows = item->separator == TRPT_SEPARATOR_COMMA;
  if (iterator->first && !comma_follows)
    report_rua(d, TRPT_CODE_RECORD_EMPTY_RUA, iterator->field.value);
  else if (!d->item_is_empty)
    report_rua(d, TRPT_CODE_RECORD_EMPTY_URI, comma_follows ? item->at : d->comma);
  d->item_is_good = false;
  d->item_is_empty = true;
  d->comma_has_space = false;
}

/* ---- Fields ---- */

/* The position of the first whitespace next to the "=" of a field, or the length of the text. Whitespace after the "="
   counts only if a value follows; otherwise the missing value is the mistake. */
static size_t space_at_equals(const diagnosis *d, const trpt_field_iterator *iterator) {
  const trpt_field *field = &iterator->field;
  if (!field->has_equals) return d->text.len;
  if (field->value - 1 > field->name_end) return field->name_end;
  const bool is_after = iterator->item.begin > field->value && iterator->item.end > iterator->item.begin;
  return is_after ? field->value : d->text.len;
}

static void diagnose_rua_field(diagnosis *d, const trpt_field_iterator *iterator) {
  if (d->has_rua)
    report_rua(d, TRPT_CODE_RECORD_REPEATED_RUA, iterator->field.begin);
  else if (d->extensions)
    report_rua(d, TRPT_CODE_RECORD_RUA_NOT_FIRST, iterator->field.begin);
  d->has_rua = true;
  if (d->useless) diagnose_report(d, TRPT_CODE_RECORD_NO_USABLE_RUA, iterator->field.begin, "");
  d->useless = false;
  d->comma = d->text.len;
  d->item_is_empty = false;
  d->comma_has_space = false;
  const size_t space = space_at_equals(d, iterator);
  if (space < d->text.len) report_rua(d, TRPT_CODE_RECORD_WS_AROUND_EQUALS, space);
}

/* The code for the name of an extension. */
static trpt_code diagnose_check_name(trpt_str name) {
  if (trpt_str_equal_nocase(name, "rua")) return TRPT_CODE_RECORD_RUA_CASE;
  if (trpt_is_dmarc_tag(name)) return TRPT_CODE_RECORD_DMARC_TAG;
  if (trpt_str_equal(name, "v", 1)) return TRPT_CODE_RECORD_REPEATED_VERSION;
  return TRPT_CODE_RECORD_UNKNOWN_FIELD;
}

/* Reports why a field is not a tlsrpt-extension. */
static void diagnose_broken_extension(diagnosis *d, const trpt_field_iterator *iterator, trpt_code code, size_t bad) {
  const size_t end = iterator->item.end;
  const trpt_code byte = bad < end ? check_byte(d->text, bad) : TRPT_CODE_NONE;
  if (byte != TRPT_CODE_NONE) code = byte;
  /* A valid name without "=" contains no invalid byte, so the whole field is reported. */
  const bool lacks_equals = !iterator->field.has_equals && bad == end;
  report_extension(d, code, lacks_equals ? iterator->field.begin : bad);
}

static void diagnose_extension(diagnosis *d, const trpt_field_iterator *iterator) {
  const trpt_field *field = &iterator->field;
  const trpt_item *item = &iterator->item;
  trpt_code code;
  size_t bad;
  const bool good = trpt_fields_check_extension(d->text, field, item, &code, &bad);
  const trpt_code named = diagnose_check_name((trpt_str){d->text.ptr + field->begin, field->name_end - field->begin});
  if (field->has_equals && (good || named != TRPT_CODE_RECORD_UNKNOWN_FIELD)) report_extension(d, named, field->begin);
  const size_t space = space_at_equals(d, iterator);
  if (space < d->text.len && (good || bad >= space)) report_extension(d, TRPT_CODE_RECORD_WS_AROUND_EQUALS, space);
  const size_t value_end = good ? item->end : bad;
  const char *quote = value_end > item->begin ? memchr(d->text.ptr + item->begin, '"', value_end - item->begin) : NULL;
  if (quote) report_extension(d, TRPT_CODE_RECORD_QUOTES_IN_DATA, (size_t)(quote - d->text.ptr));
  if (!good) diagnose_broken_extension(d, iterator, code, bad);
  d->item_is_good = good;
  d->extensions += good & (d->extensions < UINT32_MAX);
}

/* Reports mistakes in the current item. */
static void diagnose_item(diagnosis *d, const trpt_field_iterator *iterator) {
  const bool empty = iterator->item.begin == iterator->item.end;
  if (iterator->first && !iterator->field.is_rua) {
    if (d->skip_field) {
      d->skip_field = false;
      d->item_is_good = false;
    } else if (empty && !iterator->field.has_equals) {
      d->item_is_good = false;
      if (iterator->item.separator == TRPT_SEPARATOR_SEMICOLON)
        diagnose_report(d, TRPT_CODE_RECORD_EMPTY_FIELD, iterator->item.at, "");
    } else {
      diagnose_extension(d, iterator);
    }
    return;
  }
  if (iterator->first) diagnose_rua_field(d, iterator);
  if (empty)
    diagnose_empty_uri(d, iterator);
  else
    diagnose_uri(d, &iterator->item);
  d->comma = iterator->item.at;
}

static void diagnose_separator(diagnosis *d, const trpt_item *item) {
  if (item->separator == TRPT_SEPARATOR_MISSING) diagnose_report(d, TRPT_CODE_RECORD_MISSING_DELIMITER, item->at, "");
  if (item->separator == TRPT_SEPARATOR_END && item->end < d->text.len && d->item_is_good)
    diagnose_report(d, TRPT_CODE_RECORD_TRAILING_GARBAGE, item->end, "");
}

static void diagnose_fields(diagnosis *d, trpt_field_iterator iterator) {
  while (!d->stopped && trpt_fields_next(&iterator)) {
    diagnose_item(d, &iterator);
    diagnose_separator(d, &iterator.item);
  }
  if (!d->has_rua) diagnose_report(d, TRPT_CODE_RECORD_NO_RUA, d->text.len, "");
}

bool trpt_record_check(trpt_str text, trpt_record_code_fn fn, void *user) {
  diagnosis d = {.text = text, .fn = fn, .user = user};
  const diagnose_version found = diagnose_read_version(text);
  if (found.readable && text.len > LONG_RECORD_LEN) diagnose_report(&d, TRPT_CODE_RECORD_TOO_LONG, 0, "");
  if (found.code != TRPT_CODE_NONE) diagnose_report(&d, found.code, found.offset, "version");
  if (!found.readable) return !d.stopped;
  const trpt_field_iterator iterator = {.text = text, .pos = trpt_fields_begin(text, found.end)};
  trpt_record counts = {.text = text};
  trpt_fields_count(iterator, &counts);
  d.useless = counts.rua_count > 0 && counts.usable_rua_count == 0;
  diagnose_first_delim(&d, found.end);
  diagnose_fields(&d, iterator);
  return !d.stopped;
}

/* ---- The interface ---- */

typedef struct receiver {
  trpt_diagnostic_fn fn;
  void *user;
} receiver;

static bool receive(void *user, trpt_code code, size_t offset, const char *where) {
  const receiver *to = user;
  const trpt_catalogue_entry *entry = &trpt_catalogue[code];
  const trpt_diagnostic diagnostic = {.code = entry->code,
                                      .severity = entry->severity,
                                      .line = 1,
                                      .column = trpt_record_column(offset),
                                      .offset = offset,
                                      .where = where,
                                      .message = entry->message,
                                      .section = entry->section};
  return to->fn(to->user, &diagnostic) == 0;
}

trpt_status trpt_record_diagnose(const char *text, size_t len, trpt_diagnostic_fn fn, void *user) {
  if (!text || !fn) return TRPT_E_ARGUMENT;
  receiver to = {fn, user};
  return trpt_record_check((trpt_str){text, len}, receive, &to) ? TRPT_OK : TRPT_E_CANCELED;
}

/* lib/record/extract.c */
/* SPDX-License-Identifier: MIT */
/* Texts in the notation of zone files, RFC 1035 s5.1. Only the parts that surround a record are notation: a backslash in
   a string is returned with it, since it often ends up in the DNS and is then a mistake in the record. */


#include <stdbool.h>



typedef struct extract_scanner {
  trpt_str text;
  size_t pos;
  char *out;         /* NULL: only measure */
  size_t len;        /* of the record so far */
  size_t strings;    /* read so far */
  uint32_t notation; /* TRPT_NOTATION_* */
  bool is_truncated; /* the text ends inside of a string */
  size_t begin;      /* of the line where the record begins */
  bool has_other;    /* a line was a comment or an entry of another type */
} extract_scanner;

static bool extract_at(const extract_scanner *s, char c) { return s->pos < s->text.len && s->text.ptr[s->pos] == c; }

static bool at_line_end(const extract_scanner *s) { return s->pos == s->text.len || extract_at(s, '\n'); }

static void skip_line(extract_scanner *s) {
  while (!at_line_end(s)) s->pos++;
}

static void skip_blanks(extract_scanner *s) {
  while (s->pos < s->text.len && (trpt_is_wsp(s->text.ptr[s->pos]) || s->text.ptr[s->pos] == '\r')) s->pos++;
}

/* A run of bytes up to a blank or the syntax of a string. */
static trpt_str take_word(extract_scanner *s) {
  const size_t begin = s->pos;
  while (s->pos < s->text.len && !memchr(" \t\r\n\"();", s->text.ptr[s->pos], 8)) s->pos++;
  return (trpt_str){s->text.ptr + begin, s->pos - begin};
}

static void extract_add(extract_scanner *s, const char *text, size_t len) {
  if (s->out) memcpy(s->out + s->len, text, len);
  s->len += len;
}

/* A string in quotation marks. A backslash protects the character after it. */
static bool take_quoted(extract_scanner *s) {
  const size_t begin = ++s->pos;
  while (s->pos < s->text.len && !extract_at(s, '"')) s->pos += extract_at(s, '\\') && s->text.len - s->pos > 1 ? 2 : 1;
  s->is_truncated = s->pos == s->text.len;
  if (s->is_truncated) return false;
  extract_add(s, s->text.ptr + begin, s->pos - begin);
  s->pos++;
  s->strings++;
  s->notation |= TRPT_NOTATION_QUOTES;
  return true;
}

/* A comment needs a blank before it: otherwise the ";" probably belongs to a record with misplaced quotation marks. */
static bool at_comment(const extract_scanner *s) { return extract_at(s, ';') && trpt_is_space(s->text.ptr[s->pos - 1]); }

/* Strings up to the end of the line, or of the lines within parentheses. `only_quoted`: nothing else is accepted. */
static bool take_strings(extract_scanner *s, bool only_quoted) {
  bool in_parentheses = false;
  for (;;) {
    skip_blanks(s);
    if (!only_quoted && at_comment(s)) skip_line(s);
    if (s->pos == s->text.len) return s->strings > 0;
    if (extract_at(s, '"')) {
      if (!take_quoted(s)) return false;
    } else if (extract_at(s, '\n')) {
      if (!in_parentheses) return s->strings > 0;
      s->pos++;
    } else if (only_quoted || extract_at(s, ';')) {
      return false;
    } else if (extract_at(s, '(') || extract_at(s, ')')) {
      in_parentheses = extract_at(s, '(');
      s->pos++;
    } else {
      const trpt_str word = take_word(s);
      extract_add(s, word.ptr, word.len);
      s->strings++;
    }
  }
}

/* What stands after the type. Without quotation marks it is the whole rest of the line, as many web pages show it,
   although ";" begins a comment in a zone file. */
static bool take_data(extract_scanner *s) {
  s->notation |= TRPT_NOTATION_ENTRY;
  skip_blanks(s);
  if (extract_at(s, '"') || extract_at(s, '(')) return take_strings(s, false);
  const size_t begin = s->pos;
  skip_line(s);
  const trpt_str rest = trpt_trim_space((trpt_str){s->text.ptr + begin, s->pos - begin});
  extract_add(s, rest.ptr, rest.len);
  return rest.len > 0;
}

/* `[name] [TTL] [class] TXT data`, as in zone files and the output of dig; `name descriptive text "data"` of host and
   `name text = "data"` of nslookup. */
static bool take_entry(extract_scanner *s) {
  enum { WORDS_MAX = 4 };
  trpt_str previous = {"", 0};
  for (int i = 0; i < WORDS_MAX; i++) {
    skip_blanks(s);
    const trpt_str word = take_word(s);
    if (!word.len || memchr(word.ptr, '=', word.len)) return false;
    if (trpt_str_equal_nocase(word, "TXT")) return !trpt_str_equal_nocase(previous, "RRSIG") && take_data(s);
    if (trpt_str_equal_nocase(word, "text")) {
      skip_blanks(s);
      const bool has_equals = extract_at(s, '=');
      s->pos += has_equals;
      skip_blanks(s);
      if (extract_at(s, '"') && (has_equals || trpt_str_equal_nocase(previous, "descriptive"))) return take_data(s);
    }
    previous = word;
  }
  return false;
}

/* The end of the text is not trimmed, since this runs once for each line. */
static trpt_str skip_space(trpt_str text) {
  while (text.len && trpt_is_space(text.ptr[0])) text = trpt_str_from(text, 1);
  return text;
}

/* Whether the text is a plain record, misspelled or not, whatever its later lines look like. */
static bool begins_with_version(trpt_str text) {
  text = skip_space(text);
  return trpt_str_begins_nocase(text, "v") && trpt_str_begins_nocase(skip_space(trpt_str_from(text, 1)), "=");
}

/* A comment that is not a record with a semicolon before it, or `[name] [TTL] class type data`. */
static bool at_other_entry(const extract_scanner *from) {
  extract_scanner s = *from;
  skip_blanks(&s);
  while (extract_at(&s, ';')) s.pos++;
  if (s.pos > from->pos && s.text.ptr[s.pos - 1] == ';') return !begins_with_version(trpt_str_from(s.text, s.pos));
  for (int i = 0; i < 3; i++) {
    const trpt_str word = take_word(&s);
    skip_blanks(&s);
    if (trpt_str_equal_nocase(word, "IN")) return take_word(&s).len > 0;
    if (!word.len || memchr(word.ptr, '=', word.len)) return false;
  }
  return false;
}

/* Reads the next record from `*cursor` on, and sets `*cursor` to the line after it. */
static bool extract_next_record(extract_scanner *s, size_t *cursor) {
  s->pos = *cursor;
  while (s->pos < s->text.len) {
    const size_t line = s->pos;
    s->len = 0;
    s->strings = 0;
    s->notation = 0;
    skip_blanks(s);
    const bool found = extract_at(s, '"') ? take_strings(s, true) : take_entry(s);
    if (s->is_truncated) break; /* so are all attempts that would begin later */
    if (!found) s->pos = line;
    if (!found && at_other_entry(s)) s->has_other = true;
    skip_line(s);
    s->pos += s->pos < s->text.len;
    if (!found) continue;
    if (s->strings > 1) s->notation |= TRPT_NOTATION_STRINGS;
    s->begin = line;
    *cursor = s->pos;
    return true;
  }
  *cursor = s->text.len;
  return false;
}

trpt_status trpt_record_extract(const char *text, size_t len, size_t *cursor, uint32_t *notation, char *buffer,
                                size_t capacity, size_t *needed) {
  if (notation) *notation = 0;
  if (needed) *needed = 0;
  if (!text || !cursor || *cursor > len) return TRPT_E_ARGUMENT;
  size_t next = *cursor;
  extract_scanner s = {.text = {text, len}};
  if (begins_with_version(s.text) || !extract_next_record(&s, &next)) {
    if (notation && s.has_other) *notation = TRPT_NOTATION_ENTRY;
    *cursor = len;
    return TRPT_END;
  }
  const trpt_status status = trpt_text_check_buffer(s.len, buffer, capacity, needed);
  if (status == TRPT_E_ARGUMENT) return status;
  if (notation) *notation = s.notation;
  if (status != TRPT_OK) return status;
  /* The lines before the record do not fit the buffer. */
  s.out = buffer;
  *cursor = s.begin;
  extract_next_record(&s, cursor);
  buffer[s.len] = '\0';
  return TRPT_OK;
}

/* lib/record/fields.c */
/* SPDX-License-Identifier: MIT */







size_t trpt_fields_begin(trpt_str text, size_t version_end) {
  const size_t pos = trpt_chars_skip(text, version_end < text.len ? version_end : text.len, TRPT_CHAR_WSP);
  return trpt_chars_at(text, pos, ';') || trpt_chars_at(text, pos, ',') ? pos + 1 : pos;
}

trpt_field trpt_fields_peek(trpt_str text, size_t pos) {
  trpt_field field = {.begin = trpt_chars_skip(text, pos, TRPT_CHAR_WSP)};
  field.name_end = trpt_chars_skip(text, field.begin, TRPT_CHAR_NAME);
  field.value = field.begin;
  const size_t equals = trpt_chars_skip(text, field.name_end, TRPT_CHAR_WSP);
  if (field.name_end == field.begin || !trpt_chars_at(text, equals, '=')) return field;
  field.value = equals + 1;
  field.has_equals = true;
  field.is_rua = trpt_str_equal((trpt_str){text.ptr + field.begin, field.name_end - field.begin}, "rua", 3);
  return field;
}

/* After whitespace, a name and "=" begin a field even if the ";" before it is missing. */
static bool field_begins(trpt_str text, size_t pos) {
  const size_t end = trpt_chars_name_end(text, pos);
  return end > pos && trpt_chars_at(text, end, '=');
}

/* After a comma, `a=b` is more likely the rest of a URI with an unencoded comma. The comma separates fields only before
   a name that people use in such records: "rua=mailto:a@b.example,ruf=mailto:c@d.example". */
static bool known_field_begins(trpt_str text, size_t pos) {
  const trpt_str name = {text.ptr + pos, trpt_chars_name_end(text, pos) - pos};
  return trpt_chars_at(text, pos + name.len, '=') &&
         (trpt_str_equal(name, "rua", 3) || trpt_str_equal(name, "v", 1) || trpt_is_dmarc_tag(name));
}

/* Ends an item at the separator that begins at `at`; the next item or field begins at `next`. */
static size_t separate(trpt_item *item, trpt_separator separator, size_t at, size_t next) {
  item->separator = separator;
  item->at = at;
  return next;
}

/* Reads the item at `pos` and returns the position of the next. In a list, a comma ends an item. */
static size_t fields_read_item(trpt_str text, size_t pos, bool is_list, trpt_item *item) {
  item->begin = item->end = pos = trpt_chars_skip(text, pos, TRPT_CHAR_WSP);
  for (;;) {
    pos = trpt_chars_skip(text, pos, TRPT_CHAR_URI);
    item->end = pos;
    const size_t next = trpt_chars_skip(text, pos, TRPT_CHAR_WSP);
    if (next == text.len) return separate(item, TRPT_SEPARATOR_END, next, next);
    if (text.ptr[next] == ';') return separate(item, TRPT_SEPARATOR_SEMICOLON, next, next + 1);
    if (text.ptr[next] == ',' && is_list) {
      const size_t after = trpt_chars_skip(text, next + 1, TRPT_CHAR_WSP);
      if (known_field_begins(text, after)) return separate(item, TRPT_SEPARATOR_MISSING, next, after);
      return separate(item, TRPT_SEPARATOR_COMMA, next, next + 1);
    }
    if (next > pos && field_begins(text, next)) return separate(item, TRPT_SEPARATOR_MISSING, pos, next);
    pos = text.ptr[next] == ',' ? next + 1 : next;
  }
}

bool trpt_fields_next(trpt_field_iterator *iterator) {
  iterator->first = !iterator->in_list;
  if (iterator->first) {
    if (iterator->pos >= iterator->text.len) return false;
    iterator->field = trpt_fields_peek(iterator->text, iterator->pos);
  }
  const bool is_list = iterator->in_list || iterator->field.is_rua;
  iterator->pos =
      fields_read_item(iterator->text, iterator->first ? iterator->field.value : iterator->pos, is_list, &iterator->item);
  iterator->in_list = iterator->item.separator == TRPT_SEPARATOR_COMMA;
  return true;
}

bool trpt_fields_uri(const trpt_field_iterator *iterator, trpt_str *uri) {
  *uri = (trpt_str){iterator->text.ptr + iterator->item.begin, iterator->item.end - iterator->item.begin};
  return (!iterator->first || iterator->field.is_rua) && uri->len > 0;
}

bool trpt_fields_check_extension(trpt_str text, const trpt_field *field, const trpt_item *item, trpt_code *code,
                                 size_t *bad) {
  *code = TRPT_CODE_RECORD_BAD_EXT_NAME;
  *bad = trpt_chars_name_end(text, field->begin);
  if (!field->has_equals || *bad != field->name_end) return false;
  *code = TRPT_CODE_RECORD_BAD_EXT_VALUE;
  *bad = trpt_chars_skip(text, item->begin, TRPT_CHAR_VALUE);
  return item->end > item->begin && *bad == item->end;
}

bool trpt_fields_extension(const trpt_field_iterator *iterator, trpt_str *name, trpt_str *value) {
  trpt_code code;
  size_t bad;
  if (!iterator->first || iterator->field.is_rua ||
      !trpt_fields_check_extension(iterator->text, &iterator->field, &iterator->item, &code, &bad))
    return false;
  *name = (trpt_str){iterator->text.ptr + iterator->field.begin, iterator->field.name_end - iterator->field.begin};
  *value = (trpt_str){iterator->text.ptr + iterator->item.begin, iterator->item.end - iterator->item.begin};
  return true;
}

/* Counts saturate, which takes a text of more than 8 GiB. */
static void fields_count(uint32_t *counter) { *counter += *counter < UINT32_MAX; }

bool trpt_fields_count(trpt_field_iterator iterator, trpt_record *counts) {
  bool has_rua = false;
  while (trpt_fields_next(&iterator)) {
    has_rua |= iterator.field.is_rua;
    trpt_str uri, name, value;
    if (trpt_fields_uri(&iterator, &uri)) {
      trpt_rua rua;
      trpt_uri parts;
      size_t bad;
      trpt_destination_read(uri, &rua, &parts, &bad);
      fields_count(&counts->rua_count);
      if (rua.usable) fields_count(&counts->usable_rua_count);
    } else if (trpt_fields_extension(&iterator, &name, &value)) {
      fields_count(&counts->extension_count);
    }
  }
  return has_rua;
}

/* lib/record/grammar.c */
/* SPDX-License-Identifier: MIT */
/* One function per rule of the grammar. */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_GRAMMAR_H
#define TRPT_LIB_GRAMMAR_H

/* The grammar of RFC 8460 s3. Strict parsing accepts exactly the records that match it. */

#include <stdbool.h>



typedef struct trpt_scanner {
  trpt_str text;
  size_t pos;
} trpt_scanner;

/* Each function returns true and moves past the text that it matched. Otherwise it returns false, and `pos` is the
   first byte after which no continuation could match, or the end of the text if it is only truncated. */

/* tlsrpt-version = %s"v=TLSRPTv1"
   A character that can begin a field-delim must follow, so that version 10 is not mistaken for version 1. */
bool trpt_grammar_version(trpt_scanner *s);

/* tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim], one field of which is a tlsrpt-rua.
   The caller has matched the version. */
bool trpt_grammar_record(trpt_scanner *s);

#endif






static bool field_delim(trpt_scanner *s);
static bool tlsrpt_field(trpt_scanner *s, bool *is_rua);
static bool tlsrpt_rua(trpt_scanner *s);
static bool tlsrpt_uri(trpt_scanner *s);
static bool tlsrpt_extension(trpt_scanner *s);
static bool tlsrpt_ext_name(trpt_scanner *s);
static bool tlsrpt_ext_value(trpt_scanner *s);

bool trpt_grammar_record(trpt_scanner *s) {
  bool has_rua = false;
  while (s->pos < s->text.len) {
    if (!field_delim(s)) return false;
    if (s->pos == s->text.len) break;
    bool is_rua = false;
    if (!tlsrpt_field(s, &is_rua)) return false;
    has_rua = has_rua || is_rua;
  }
  return has_rua;
}

/* field-delim = *WSP ";" *WSP */
static bool field_delim(trpt_scanner *s) {
  s->pos = trpt_chars_skip(s->text, s->pos, TRPT_CHAR_WSP);
  if (!trpt_chars_at(s->text, s->pos, ';')) return false;
  s->pos = trpt_chars_skip(s->text, s->pos + 1, TRPT_CHAR_WSP);
  return true;
}

/* tlsrpt-field = tlsrpt-rua / tlsrpt-extension
   "rua=" also matches tlsrpt-extension. If it counted as one, a record with an invalid URI would be valid. */
static bool tlsrpt_field(trpt_scanner *s, bool *is_rua) {
  *is_rua = trpt_chars_begin(s->text, s->pos, "rua=", 4);
  return *is_rua ? tlsrpt_rua(s) : tlsrpt_extension(s);
}

bool trpt_grammar_version(trpt_scanner *s) {
  for (; s->pos < TRPT_RECORD_VERSION_LEN; s->pos++)
    if (!trpt_chars_at(s->text, s->pos, TRPT_RECORD_VERSION[s->pos])) return false;
  return s->pos == s->text.len || trpt_chars_is(s->text, s->pos, TRPT_CHAR_WSP) || trpt_chars_at(s->text, s->pos, ';');
}

/* tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri) */
static bool tlsrpt_rua(trpt_scanner *s) {
  s->pos += 4;
  for (;;) {
    if (!tlsrpt_uri(s)) return false;
    const size_t comma = trpt_chars_skip(s->text, s->pos, TRPT_CHAR_WSP);
    if (!trpt_chars_at(s->text, comma, ',')) return true;
    s->pos = trpt_chars_skip(s->text, comma + 1, TRPT_CHAR_WSP);
  }
}

/* tlsrpt-uri = URI, in which "," "!" ";" must be percent-encoded */
static bool tlsrpt_uri(trpt_scanner *s) {
  const size_t end = trpt_chars_skip(s->text, s->pos, TRPT_CHAR_URI);
  trpt_rua rua;
  trpt_uri parts;
  size_t bad;
  const bool good = trpt_destination_read((trpt_str){s->text.ptr + s->pos, end - s->pos}, &rua, &parts, &bad);
  s->pos = good ? end : s->pos + bad;
  return good;
}

/* tlsrpt-extension = tlsrpt-ext-name "=" tlsrpt-ext-value */
static bool tlsrpt_extension(trpt_scanner *s) {
  if (!tlsrpt_ext_name(s) || !trpt_chars_at(s->text, s->pos, '=')) return false;
  s->pos++;
  return tlsrpt_ext_value(s);
}

/* tlsrpt-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".") */
static bool tlsrpt_ext_name(trpt_scanner *s) {
  const size_t from = s->pos;
  s->pos = trpt_chars_name_end(s->text, from);
  return s->pos > from;
}

/* tlsrpt-ext-value = 1*(%x21-3A / %x3C / %x3E-7E) */
static bool tlsrpt_ext_value(trpt_scanner *s) {
  const size_t from = s->pos;
  s->pos = trpt_chars_skip(s->text, from, TRPT_CHAR_VALUE);
  return s->pos > from;
}

/* lib/record/invisible.c */
/* SPDX-License-Identifier: MIT */


#include <string.h>

typedef struct invisible_range {
  char first[4]; /* UTF-8, of the same length as `last` */
  char last[4];
  char meaning; /* '\0': none */
} invisible_range;

static const invisible_range ranges[] = {
    {"\xC2\xA0", "\xC2\xA0", ' '},          /* U+00A0 no-break space */
    {"\xC2\xAD", "\xC2\xAD", '\0'},         /* U+00AD soft hyphen */
    {"\xE2\x80\x80", "\xE2\x80\x8A", ' '},  /* U+2000 to U+200A: spaces of several widths */
    {"\xE2\x80\x8B", "\xE2\x80\x8F", '\0'}, /* U+200B to U+200F: zero-width characters, directions */
    {"\xE2\x80\x98", "\xE2\x80\x9B", '\''}, /* U+2018 to U+201B: typographic quotation marks */
    {"\xE2\x80\x9C", "\xE2\x80\x9F", '"'},  /* U+201C to U+201F */
    {"\xE2\x80\xA8", "\xE2\x80\xA9", ' '},  /* U+2028, U+2029: line and paragraph separators */
    /* Escapes do not reorder the source. NOLINTNEXTLINE(misc-misleading-bidirectional) */
    {"\xE2\x80\xAA", "\xE2\x80\xAE", '\0'}, /* U+202A to U+202E: directions */
    {"\xE2\x80\xAF", "\xE2\x80\xAF", ' '},  /* U+202F narrow no-break space */
    {"\xE2\x81\x9F", "\xE2\x81\x9F", ' '},  /* U+205F mathematical space */
    {"\xE2\x81\xA0", "\xE2\x81\xAF", '\0'}, /* U+2060 to U+206F: joiners, directions */
    {"\xE3\x80\x80", "\xE3\x80\x80", ' '},  /* U+3000 ideographic space */
    {"\xEF\xBB\xBF", "\xEF\xBB\xBF", '\0'}, /* U+FEFF byte order mark */
};

char trpt_pasted_meaning(trpt_str text, size_t pos, size_t *len) {
  *len = 0;
  if ((unsigned char)text.ptr[pos] < 0x80) return '\0';
  for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
    *len = strlen(ranges[i].first);
    if (*len <= text.len - pos && memcmp(text.ptr + pos, ranges[i].first, *len) >= 0 &&
        memcmp(text.ptr + pos, ranges[i].last, *len) <= 0)
      return ranges[i].meaning;
  }
  *len = 0;
  return '\0';
}

size_t trpt_invisible_len(trpt_str text, size_t pos) {
  size_t len;
  const char meaning = trpt_pasted_meaning(text, pos, &len);
  return meaning == '"' || meaning == '\'' ? 0 : len;
}

/* lib/record/join.c */
/* SPDX-License-Identifier: MIT */




/* TXT-DATA is one or more character-strings (RFC 1035 s3.3.14), each a length octet followed by that many octets
   (s3.3). */
trpt_status trpt_record_join(const uint8_t *rdata, size_t len, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!rdata) return TRPT_E_ARGUMENT;
  if (len == 0) return TRPT_E_RECORD;
  size_t joined = 0;
  for (size_t i = 0; i < len; i += rdata[i] + (size_t)1) {
    if (len - i <= rdata[i]) return TRPT_E_RECORD;
    joined += rdata[i];
  }
  const trpt_status status = trpt_text_check_buffer(joined, buffer, capacity, needed);
  if (status != TRPT_OK) return status;
  char *to = buffer;
  for (size_t i = 0; i < len; i += rdata[i] + (size_t)1) {
    memcpy(to, rdata + i + 1, rdata[i]);
    to += rdata[i];
  }
  *to = '\0';
  return TRPT_OK;
}

/* lib/record/kind.c */
/* SPDX-License-Identifier: MIT */






/* Quotes come from zone files, line ends from pasted files. */
static bool is_wrapping(char c) { return trpt_is_space(c) || c == '"' || c == '\''; }

trpt_str trpt_unwrap(trpt_str text) {
  while (text.len && is_wrapping(text.ptr[0])) text = trpt_str_from(text, 1);
  while (text.len && is_wrapping(text.ptr[text.len - 1])) text.len--;
  return text;
}

bool trpt_find_version(trpt_str text, trpt_str *version) {
  text = trpt_unwrap(text);
  if (!trpt_str_begins_nocase(text, "v")) return false;
  text = trpt_unwrap(trpt_str_from(text, 1));
  if (!trpt_str_begins_nocase(text, "=")) return false;
  *version = trpt_unwrap(trpt_str_from(text, 1));
  return true;
}

const char *trpt_dmarc_tag(trpt_str name) {
  static const char *const tags[] = {"ruf", "p", "sp", "np", "pct", "fo", "rf", "ri", "adkim", "aspf"};
  for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
    if (trpt_str_equal_nocase(name, tags[i])) return tags[i];
  return NULL;
}

trpt_text_kind trpt_record_kind(const char *text, size_t len) {
  trpt_str version;
  if (!text) return TRPT_TEXT_UNRELATED;
  /* Another version, such as v=spf1, rules TLSRPT out. */
  if (trpt_find_version((trpt_str){text, len}, &version))
    return trpt_str_begins_nocase(version, "TLSRPT") ? TRPT_TEXT_TLSRPT : TRPT_TEXT_UNRELATED;
  for (trpt_str rest = {text, len}; rest.len; rest = trpt_str_from(rest, 1))
    if (trpt_str_begins_nocase(rest, "TLSRPT") || trpt_str_begins_nocase(rest, "rua=")) return TRPT_TEXT_INTENDED;
  return TRPT_TEXT_UNRELATED;
}

/* lib/record/name.c */
/* SPDX-License-Identifier: MIT */





static const char name_prefix[] = TRPT_RECORD_LABELS ".";

enum { NAME_PREFIX_LEN = sizeof name_prefix - 1 };

trpt_status trpt_record_name(const char *domain, size_t len, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!domain) return TRPT_E_ARGUMENT;
  const trpt_str host = trpt_host_without_dot((trpt_str){domain, len});
  if (host.len > TRPT_HOST_MAX_LEN - NAME_PREFIX_LEN || !trpt_host_is_valid(host)) return TRPT_E_ARGUMENT;
  char name[TRPT_HOST_MAX_LEN];
  memcpy(name, name_prefix, NAME_PREFIX_LEN);
  memcpy(name + NAME_PREFIX_LEN, host.ptr, host.len);
  return trpt_text_to_buffer(name, NAME_PREFIX_LEN + host.len, buffer, capacity, needed);
}

/* lib/record/record.c */
/* SPDX-License-Identifier: MIT */


#include <string.h>








/* The first diagnostic about the grammar explains why strict parsing rejects a record. */
typedef struct explanation {
  trpt_code code;
  char where[32];
} explanation;

static bool record_explain(void *user, trpt_code code, size_t offset, const char *where) {
  explanation *out = user;
  (void)offset;
  if (!trpt_record_breaks_grammar(code)) return true;
  out->code = code;
  memcpy(out->where, where, strlen(where) + 1);
  return false;
}

static trpt_position position_at(size_t offset) { return (trpt_position){offset, 1, trpt_record_column(offset)}; }

static trpt_status record_refuse(trpt_str text, trpt_status status, size_t offset, trpt_error *error) {
  if (!error) return status;
  explanation why = {TRPT_CODE_NONE, ""};
  trpt_record_check(text, record_explain, &why);
  return trpt_error_set(error, status, why.code, position_at(offset), why.where);
}

trpt_status trpt_record_parse(const char *text, size_t len, uint32_t flags, trpt_record *out, trpt_error *error) {
  trpt_error_clear(error);
  if (out) *out = (trpt_record){.text = {NULL, 0}};
  if (!text || !out || flags & ~(uint32_t)TRPT_STRICT)
    return trpt_error_set(error, TRPT_E_ARGUMENT, TRPT_CODE_NONE, (trpt_position){0, 0, 0}, "");
  trpt_scanner s = {{text, len}, 0};
  if (!trpt_grammar_version(&s)) return record_refuse(s.text, TRPT_E_NOT_TLSRPT, s.pos, error);
  if (flags & TRPT_STRICT && !trpt_grammar_record(&s)) return record_refuse(s.text, TRPT_E_RECORD, s.pos, error);
  trpt_record record = {.text = s.text, .flags = flags};
  const trpt_field_iterator iterator = {.text = s.text, .pos = trpt_fields_begin(s.text, TRPT_RECORD_VERSION_LEN)};
  if (!trpt_fields_count(iterator, &record))
    return trpt_error_set(error, TRPT_E_RECORD, TRPT_CODE_RECORD_NO_RUA, position_at(len), "");
  *out = record;
  return TRPT_OK;
}

/* A cursor is twice the position of the iterator, with the lowest bit set inside a list. No text is longer than half of
   SIZE_MAX. A cursor from elsewhere gives meaningless results, but never reads outside the text. */
static bool resume(const trpt_record *record, size_t cursor, trpt_field_iterator *iterator) {
  *iterator = (trpt_field_iterator){.text = record->text, .pos = cursor >> 1, .in_list = cursor & 1};
  if (cursor == 0) iterator->pos = trpt_fields_begin(iterator->text, TRPT_RECORD_VERSION_LEN);
  return iterator->pos <= iterator->text.len && (iterator->text.ptr || iterator->text.len == 0);
}

static size_t suspend(const trpt_field_iterator *iterator) { return iterator->pos << 1 | iterator->in_list; }

trpt_status trpt_record_next_rua(const trpt_record *record, size_t *cursor, trpt_rua *out) {
  if (out) *out = (trpt_rua){.uri = {NULL, 0}};
  trpt_field_iterator iterator;
  if (!record || !cursor || !out || !resume(record, *cursor, &iterator)) return TRPT_E_ARGUMENT;
  bool found = false;
  trpt_str uri;
  while (!found && trpt_fields_next(&iterator)) found = trpt_fields_uri(&iterator, &uri);
  *cursor = suspend(&iterator);
  if (!found) return TRPT_END;
  trpt_uri parts;
  size_t bad;
  trpt_destination_read(uri, out, &parts, &bad);
  return TRPT_OK;
}

trpt_status trpt_record_next_extension(const trpt_record *record, size_t *cursor, trpt_str *name, trpt_str *value) {
  if (name) *name = (trpt_str){NULL, 0};
  if (value) *value = (trpt_str){NULL, 0};
  trpt_field_iterator iterator;
  if (!record || !cursor || !name || !value || !resume(record, *cursor, &iterator)) return TRPT_E_ARGUMENT;
  bool found = false;
  while (!found && trpt_fields_next(&iterator)) found = trpt_fields_extension(&iterator, name, value);
  *cursor = suspend(&iterator);
  return found ? TRPT_OK : TRPT_END;
}

/* lib/record/restore.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_RESTORE_H
#define TRPT_LIB_RESTORE_H

/* Undoes what happens to a record when people copy it. Never changes the destination that the owner meant. */

#include <stdbool.h>



/* Removes the notation of zone files, backslashes, and invisible characters. Writes the result to `buffer` and makes
   `*text` point there; a text without any of these stays as it is. Returns false if the result does not fit. */
bool trpt_restore_text(trpt_str *text, char *buffer, size_t capacity);

/* A destination in two parts, since no buffer holds both. */
typedef struct trpt_restored_uri {
  const char *scheme; /* "mailto:" or "https://" */
  trpt_str rest;      /* not empty */
  bool decode_at;     /* the first "%40" of the rest is the "@" of the address */
} trpt_restored_uri;

/* Reads a destination, which is not empty, as its owner meant it. Returns false if RFC 8460 does not support it, or if its meaning
   is unclear. */
bool trpt_restore_uri(trpt_str uri, trpt_restored_uri *out);

#endif

#include <string.h>








/* ---- Texts ---- */

/* Takes the record out of the notation that surrounds it. Returns false if it does not fit. */
static bool extract(trpt_str *text, char *buffer, size_t capacity) {
  size_t cursor = 0;
  size_t len;
  trpt_status status;
  while ((status = trpt_record_extract(text->ptr, text->len, &cursor, NULL, buffer, capacity, &len)) == TRPT_OK) {
    if (trpt_record_kind(buffer, len) == TRPT_TEXT_UNRELATED) continue;
    *text = (trpt_str){buffer, len};
    return true;
  }
  return status != TRPT_E_BUFFER;
}

static bool restore_is_plain(trpt_str text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.ptr[i] >= 0x80 || text.ptr[i] == '"' || text.ptr[i] == '\\') return false;
  return true;
}

/* One character of a record: how many bytes it takes, and which bytes it was meant to be: 0 or 1. */
typedef struct restore_character {
  size_t len;
  size_t meaning_len;
  char meaning;
} restore_character;

/* The escape of RFC 1035 s5.1 at `pos`, "\DDD" or "\X". No record needs a backslash: one that is escaped has been escaped
   twice. A letter needs no escape: it stands for a line end or tab, or for something unknown, with `len` 0. */
static restore_character restore_read_escape(trpt_str text, size_t pos) {
  const trpt_str rest = trpt_str_from(text, pos + 1);
  unsigned value = 0;
  size_t digits = 0;
  if (!rest.len) return (restore_character){.len = 1};
  while (digits < 3 && digits < rest.len && trpt_is_digit((unsigned char)rest.ptr[digits]))
    value = value * 10 + (unsigned)(rest.ptr[digits++] - '0');
  const bool is_decimal = digits == 3 && value <= UINT8_MAX;
  const char meaning = is_decimal ? (char)value : rest.ptr[0];
  if (!is_decimal && trpt_is_alpha((unsigned char)meaning))
    return memchr("nrt", meaning, 3) ? (restore_character){2, 1, ' '} : (restore_character){0};
  return (restore_character){is_decimal ? 4 : 2, meaning != '\\', meaning};
}

static restore_character restore_read_character(trpt_str text, size_t pos) {
  size_t len;
  if (text.ptr[pos] == '\\') return restore_read_escape(text, pos);
  const char meaning = trpt_pasted_meaning(text, pos, &len);
  if (len) return (restore_character){len, meaning != '\0', meaning};
  return (restore_character){1, 1, text.ptr[pos]};
}

/* Removes each closing quotation mark with the opening one after it: there the data was split into strings. */
static size_t join_strings(char *text, size_t len) {
  size_t to = 0;
  for (size_t i = 0; i < len; i++) {
    size_t next = i + 1;
    while (next < len && trpt_is_wsp(text[next])) next++;
    if (text[i] == '"' && next < len && text[next] == '"')
      i = next;
    else
      text[to++] = text[i];
  }
  return to;
}

bool trpt_restore_text(trpt_str *text, char *buffer, size_t capacity) {
  if (!extract(text, buffer, capacity)) return false;
  if (restore_is_plain(*text)) return true;
  /* The text may be in the buffer already: no character becomes longer. */
  size_t len = 0;
  for (size_t i = 0; i < text->len;) {
    const restore_character c = restore_read_character(*text, i);
    if (!c.len) return false;
    i += c.len;
    if (!c.meaning_len) continue;
    if (len == capacity) return false;
    buffer[len++] = c.meaning;
  }
  *text = (trpt_str){buffer, join_strings(buffer, len)};
  return true;
}

/* ---- Destinations ---- */

enum { WORD_MAX_LEN = 10 };

/* The number of letters to insert, delete, replace or swap with a neighbor to make `name` of a word, ignoring case. */
static unsigned edit_distance(trpt_str word, const char *name) {
  unsigned rows[3][WORD_MAX_LEN + 1] = {{0}};
  const size_t name_len = strlen(name);
  for (size_t j = 0; j <= name_len; j++) rows[0][j] = (unsigned)j;
  for (size_t i = 1; i <= word.len; i++) {
    unsigned *row = rows[i % 3];
    const unsigned *above = rows[(i - 1) % 3];
    const char c = (char)trpt_lower((unsigned char)word.ptr[i - 1]);
    row[0] = (unsigned)i;
    for (size_t j = 1; j <= name_len; j++) {
      unsigned best = above[j - 1] + (c != name[j - 1]);
      if (above[j] + 1 < best) best = above[j] + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      const bool is_swapped =
          i > 1 && j > 1 && c == name[j - 2] && (char)trpt_lower((unsigned char)word.ptr[i - 2]) == name[j - 1];
      if (is_swapped && rows[(i - 2) % 3][j - 2] + 1 < best) best = rows[(i - 2) % 3][j - 2] + 1;
      row[j] = best;
    }
  }
  return rows[word.len % 3][name_len];
}

/* The scheme that a word means, or NULL. A misspelled one is recognized only before a separator. */
static const char *find_scheme(trpt_str word, bool is_separated) {
  static const struct {
    const char *name;
    const char *scheme;
    unsigned mistakes;
  } schemes[] = {{"mailto", "mailto:", 2}, {"https", "https://", 1}, {"http", "https://", 1}};
  if (word.len > WORD_MAX_LEN) return NULL;
  for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
    if (edit_distance(word, schemes[i].name) <= (is_separated ? schemes[i].mistakes : 0)) return schemes[i].scheme;
  return NULL;
}

static bool contains(trpt_str text, char c) { return text.len && memchr(text.ptr, c, text.len); }

/* Removes a DMARC size limit such as "!10m" (RFC 7489 s6.2), and quotes before it. */
static trpt_str without_size_limit(trpt_str uri) {
  size_t begin = uri.len;
  if (memchr("kmgt", trpt_lower((unsigned char)uri.ptr[begin - 1]), 4)) begin--;
  const size_t digits_end = begin;
  while (begin && trpt_is_digit((unsigned char)uri.ptr[begin - 1])) begin--;
  if (!begin || begin == digits_end || uri.ptr[begin - 1] != '!') return uri;
  return trpt_unwrap((trpt_str){uri.ptr, begin - 1});
}

/* Removes quotes, and the angle brackets of a mail header. */
static trpt_str without_brackets(trpt_str text) {
  text = trpt_unwrap(text);
  if (text.len && text.ptr[0] == '<') text = trpt_str_from(text, 1);
  if (text.len && text.ptr[text.len - 1] == '>') text.len--;
  return trpt_unwrap(text);
}

static trpt_str without_separators(trpt_str text) {
  while (text.len && (text.ptr[0] == ':' || text.ptr[0] == '/')) text = trpt_str_from(text, 1);
  return text;
}

static size_t count_encoded_at(trpt_str text) {
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++)
    count += trpt_is_percent_encoded(text.ptr, text.len, i) && trpt_percent_value(text.ptr, i) == '@';
  return count;
}

static bool restore_mailto(trpt_str rest, trpt_restored_uri *out) {
  static const char scheme[] = "mailto:";
  const bool has_query = contains(rest, '?');
  /* What surrounds the address may be nested in any order. */
  for (size_t before = rest.len + 1; rest.len < before;) {
    before = rest.len;
    rest = without_separators(without_brackets(rest));
    if (trpt_str_begins_nocase(rest, scheme)) rest = trpt_str_from(rest, sizeof scheme - 1);
    /* A mail domain has no final dot. */
    if (!has_query && rest.len && rest.ptr[rest.len - 1] == '.') rest.len--;
  }
  const char *query = has_query ? memchr(rest.ptr, '?', rest.len) : NULL;
  const trpt_str address = {rest.ptr, query ? (size_t)(query - rest.ptr) : rest.len};
  *out = (trpt_restored_uri){.scheme = scheme, .rest = rest};
  out->decode_at = address.len && !contains(address, '@') && count_encoded_at(address) == 1;
  return rest.len > 0;
}

/* A slash is legal in an address, but more likely part of a broken scheme. */
static bool is_bare_address(trpt_str uri) {
  return uri.len && !contains(uri, ':') && !contains(uri, '/') && (contains(uri, '@') || count_encoded_at(uri) == 1);
}

/* Removes a scheme that lacks its colon, with what was written for the colon. A mailbox may have that name, too. */
static trpt_str without_mailto(trpt_str address) {
  static const char mailto[] = "mailto";
  if (!trpt_str_begins_nocase(address, mailto)) return address;
  const trpt_str rest = trpt_str_from(address, sizeof mailto - 1); /* with the "@", so it is not empty */
  if (rest.ptr[0] == '@' || trpt_str_begins_nocase(rest, "%40")) return address;
  if (trpt_str_begins_nocase(rest, "%3A")) return trpt_str_from(rest, 3);
  return memchr("=.-_", rest.ptr[0], 4) ? trpt_str_from(rest, 1) : rest;
}

bool trpt_restore_uri(trpt_str uri, trpt_restored_uri *out) {
  size_t word_len = 0;
  uri = without_brackets(without_size_limit(uri));
  while (word_len < uri.len &&
         (trpt_is_alpha((unsigned char)uri.ptr[word_len]) || trpt_is_digit((unsigned char)uri.ptr[word_len])))
    word_len++;
  trpt_str rest = trpt_str_from(uri, word_len);
  size_t separator_len = 0;
  while (separator_len < rest.len && (rest.ptr[separator_len] == ':' || rest.ptr[separator_len] == '/'))
    separator_len++;
  const trpt_str separator = {rest.ptr, separator_len};
  const bool is_separated = separator_len > 1 || (separator_len && rest.ptr[0] == ':');
  const char *scheme = separator_len ? find_scheme((trpt_str){uri.ptr, word_len}, is_separated) : NULL;
  if (!scheme) {
    if (!is_bare_address(uri)) return false;
    return restore_mailto(without_mailto(uri), out);
  }
  rest = trpt_str_from(rest, separator_len);
  if (scheme[0] == 'm') return restore_mailto(rest, out);
  /* More slashes than two leave no host. */
  if (separator_len > 3 && trpt_str_begins_nocase(separator, "://")) rest = trpt_str_from(uri, word_len + 3);
  *out = (trpt_restored_uri){.scheme = scheme, .rest = rest};
  return rest.len > 0;
}

/* lib/record/select.c */
/* SPDX-License-Identifier: MIT */






static const char select_prefix[] = TRPT_RECORD_VERSION ";";
enum { SELECT_PREFIX_LEN = sizeof select_prefix - 1 };

static trpt_status select_refuse(trpt_error *error, trpt_status status, trpt_code code) {
  return trpt_error_set(error, status, code, (trpt_position){0, 0, 0}, "");
}

trpt_status trpt_record_select(const trpt_str *texts, size_t count, uint32_t flags, trpt_record *out,
                               trpt_error *error) {
  if (out) *out = (trpt_record){.text = {NULL, 0}};
  if (!texts || !out || flags & ~(uint32_t)TRPT_STRICT || !trpt_all_present(texts, count))
    return select_refuse(error, TRPT_E_ARGUMENT, TRPT_CODE_NONE);
  if (count == 1) return trpt_record_parse(texts[0].ptr, texts[0].len, flags, out, error);
  /* Of several records, RFC 8460 s3 discards those that do not begin with the version and ";", although its grammar
     allows whitespace between the two. A record that remains counts even if the rest of it is invalid. */
  const trpt_str *selected = NULL;
  for (size_t i = 0; i < count; i++) {
    if (!trpt_chars_begin(texts[i], 0, select_prefix, SELECT_PREFIX_LEN)) continue;
    if (selected) return select_refuse(error, TRPT_E_MANY_RECORDS, TRPT_CODE_RECORD_MULTIPLE_RECORDS);
    selected = &texts[i];
  }
  if (!selected) return select_refuse(error, TRPT_E_NO_RECORD, TRPT_CODE_RECORD_NO_RECORD);
  return trpt_record_parse(selected->ptr, selected->len, flags, out, error);
}

/* lib/record/suggest.c */
/* SPDX-License-Identifier: MIT */
/* Derives the record that the owner of an invalid one meant. Guesses may be wrong, because the result is checked before
   it is returned. The check needs the whole text in one buffer, so the length of a suggestion is limited. */







enum {
  TEXT_MAX_LEN = 65535, /* longest TXT record: RDLENGTH has 16 bits, RFC 1035 s3.2.1 */
  COMPARED_MAX = 32     /* Destinations are compared only with the first ones, which keeps the time linear. */
};

typedef struct suggestion {
  char text[TRPT_SUGGESTION_MAX_LEN];
  size_t len;
  bool is_full;    /* something did not fit */
  bool is_partial; /* a part of the destinations means nothing */
  size_t uri_count;
  trpt_str uris[COMPARED_MAX];
} suggestion;

static void suggest_add(suggestion *s, const char *text, size_t len) {
  s->is_full = s->is_full || len > sizeof s->text - s->len;
  if (s->is_full) return;
  memcpy(s->text + s->len, text, len);
  s->len += len;
}

static void suggest_add_text(suggestion *s, const char *text) { suggest_add(s, text, strlen(text)); }

/* Moves the part up to the first separator from `*rest` to `*part`. Returns false if nothing remains. A NUL also
   separates, since no record may contain one. */
static bool suggest_next_part(trpt_str *rest, const char *separators, trpt_str *part) {
  if (!rest->ptr) return false;
  const size_t count = strlen(separators) + 1;
  size_t end = 0;
  while (end < rest->len && !memchr(separators, rest->ptr[end], count)) end++;
  *part = trpt_unwrap((trpt_str){rest->ptr, end});
  *rest = end < rest->len ? trpt_str_from(*rest, end + 1) : (trpt_str){NULL, 0};
  return true;
}

/* ---- Destinations ---- */

static void add_encoded(suggestion *s, const trpt_restored_uri *restored) {
  const trpt_str uri = restored->rest;
  bool decode_at = restored->decode_at;
  for (size_t i = 0; i < uri.len; i++) {
    const bool is_encoded = trpt_is_percent_encoded(uri.ptr, uri.len, i);
    if (uri.ptr[i] == '!') {
      suggest_add_text(s, "%21");
    } else if (uri.ptr[i] == '%' && !is_encoded) {
      suggest_add_text(s, "%25");
    } else if (decode_at && is_encoded && trpt_percent_value(uri.ptr, i) == '@') {
      suggest_add_text(s, "@");
      decode_at = false;
      i += 2;
    } else {
      suggest_add(s, &uri.ptr[i], 1);
    }
  }
}

static bool is_known(const suggestion *s, trpt_str uri) {
  for (size_t i = 0; i < s->uri_count && i < COMPARED_MAX; i++)
    if (trpt_str_equal(s->uris[i], uri.ptr, uri.len)) return true;
  return false;
}

/* Adds a destination unless it was added before, or RFC 8460 does not support its scheme. */
static void add_uri(suggestion *s, trpt_str text) {
  trpt_restored_uri uri;
  if (!trpt_restore_uri(text, &uri)) {
    s->is_partial = true;
    return;
  }
  const size_t len_before = s->len;
  if (s->uri_count) suggest_add_text(s, ",");
  const size_t begin = s->len;
  suggest_add_text(s, uri.scheme);
  add_encoded(s, &uri);
  const trpt_str added = {s->text + begin, s->len - begin};
  if (is_known(s, added)) {
    s->len = len_before;
    return;
  }
  if (s->uri_count < COMPARED_MAX) s->uris[s->uri_count] = added;
  s->uri_count++;
}

/* ---- Fields ---- */

static void add_destinations(suggestion *s, trpt_str name, trpt_str suggest_value) {
  trpt_str uri;
  if (!trpt_str_equal_nocase(name, "rua")) return;
  while (suggest_next_part(&suggest_value, ", \t", &uri))
    if (uri.len) add_uri(s, uri);
}

static void add_extension(suggestion *s, trpt_str name, trpt_str suggest_value) {
  if (trpt_str_equal_nocase(name, "rua") || trpt_str_equal_nocase(name, "v") || trpt_dmarc_tag(name) || !name.len ||
      !suggest_value.len)
    return;
  suggest_add_text(s, "; ");
  suggest_add(s, name.ptr, name.len);
  suggest_add_text(s, "=");
  suggest_add(s, suggest_value.ptr, suggest_value.len);
}

typedef void add_field(suggestion *s, trpt_str name, trpt_str suggest_value);

/* A text between two ";" that is no field belongs to the field before it: some owners separate destinations with ";". */
static void add_fields(suggestion *s, trpt_str fields, add_field *add_one) {
  trpt_str field;
  trpt_str name = {"", 0};
  while (suggest_next_part(&fields, ";", &field)) {
    const char *equals = field.len ? memchr(field.ptr, '=', field.len) : NULL;
    if (equals) {
      const size_t name_len = (size_t)(equals - field.ptr);
      name = trpt_unwrap((trpt_str){field.ptr, name_len});
      add_one(s, name, trpt_unwrap(trpt_str_from(field, name_len + 1)));
    } else if (trpt_str_equal_nocase(name, "rua")) {
      add_one(s, name, field);
    }
  }
}

/* ---- Texts ---- */

/* Skips a version of any number. Returns false if there is none. */
static bool skip_version(trpt_str *text) {
  trpt_str rest;
  if (!trpt_find_version(*text, &rest) || !trpt_str_begins_nocase(rest, "TLS")) return false;
  while (rest.len && (trpt_is_alpha((unsigned char)rest.ptr[0]) || trpt_is_digit((unsigned char)rest.ptr[0]) ||
                      rest.ptr[0] == '-' || rest.ptr[0] == '.'))
    rest = trpt_str_from(rest, 1);
  *text = rest;
  return true;
}

static bool has_version(trpt_str text) {
  char restored[TRPT_SUGGESTION_MAX_LEN];
  return trpt_restore_text(&text, restored, sizeof restored) && skip_version(&text);
}

/* The fields of a text, without the version and the separator after it. */
static trpt_str fields_of(trpt_str text) {
  skip_version(&text);
  text = trpt_unwrap(text);
  while (text.len && (text.ptr[0] == ',' || text.ptr[0] == ';')) text = trpt_unwrap(trpt_str_from(text, 1));
  return text;
}

static bool is_below(void *user, trpt_code code, size_t offset, const char *where) {
  const trpt_severity *limit = user;
  (void)offset;
  (void)where;
  return trpt_catalogue[code].severity < *limit;
}

/* Whether a text has no diagnostic of this severity or above. */
static bool has_none_from(trpt_severity severity, trpt_str text) {
  return trpt_record_check(text, is_below, &severity);
}

/* Adds the fields of all texts. */
static void add_texts(suggestion *s, const trpt_str *texts, size_t count, add_field *add_one) {
  char restored[TRPT_SUGGESTION_MAX_LEN];
  for (size_t i = 0; i < count; i++) {
    trpt_str text = texts[i];
    if (text.len > TEXT_MAX_LEN || !trpt_restore_text(&text, restored, sizeof restored))
      s->is_full = true;
    else
      add_fields(s, fields_of(text), add_one);
  }
}

/* Makes one record from the fields of all texts. Returns false if it would have errors, or a text is too long. If a part
   is left out, a destination with a warning may be half of what it was, such as "a@b" of "a@b,example". */
static bool derive(suggestion *s, const trpt_str *texts, size_t count) {
  s->len = 0;
  s->is_full = s->is_partial = false;
  s->uri_count = 0;
  suggest_add_text(s, TRPT_RECORD_VERSION "; rua=");
  add_texts(s, texts, count, add_destinations);
  add_texts(s, texts, count, add_extension);
  return s->uri_count && !s->is_full &&
         has_none_from(s->is_partial ? TRPT_WARNING : TRPT_ERROR, (trpt_str){s->text, s->len});
}

/* ---- The interface ---- */

trpt_status trpt_record_suggest(const char *text, size_t len, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!text) return TRPT_E_ARGUMENT;
  const trpt_str original = {text, len};
  suggestion s;
  if (!has_version(original) || has_none_from(TRPT_WARNING, original) || !derive(&s, &original, 1) ||
      trpt_str_equal(original, s.text, s.len))
    return TRPT_END;
  return trpt_text_to_buffer(s.text, s.len, buffer, capacity, needed);
}

trpt_status trpt_record_merge(const trpt_str *texts, size_t count, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!texts || !trpt_all_present(texts, count)) return TRPT_E_ARGUMENT;
  if (count == 1 && texts->len <= TRPT_SUGGESTION_MAX_LEN && has_none_from(TRPT_WARNING, *texts))
    return trpt_text_to_buffer(texts->ptr, texts->len, buffer, capacity, needed);
  suggestion s;
  if (!derive(&s, texts, count)) return TRPT_END;
  return trpt_text_to_buffer(s.text, s.len, buffer, capacity, needed);
}

/* lib/report/report.c */
/* SPDX-License-Identifier: MIT */





/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TREE_H
#define TRPT_LIB_TREE_H

/* Report trees, which are built from parser events. */



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARENA_H
#define TRPT_LIB_ARENA_H

/* Memory that is freed all at once. It consists of a few blocks, each half as large as all before it. */

#include <stdbool.h>



typedef struct trpt_arena_block trpt_arena_block;

typedef struct trpt_arena {
  trpt_allocator allocator;
  trpt_arena_block *last;
  char *at; /* the available bytes of the last block */
  size_t available;
  size_t expected_size; /* estimate of the total, or 0; sizes the first block */
  uint64_t total;       /* size of all blocks */
  uint64_t limit;       /* maximum of `total` */
  bool over_limit;      /* the last allocation failed because of `limit` */
} trpt_arena;

/* Returns NULL if out of memory or if the limit would be exceeded; then `over_limit` is set. Allocated memory is
   aligned for max_align_t, copies are not. */
void *trpt_arena_allocate(trpt_arena *arena, size_t size);
char *trpt_arena_copy(trpt_arena *arena, const char *bytes, size_t len);

void trpt_arena_free(trpt_arena *arena);

/* An array in an arena that grows at its end and never moves its elements. All zero means empty. */
typedef struct trpt_vector {
  void **segments;
  uint32_t count; /* of elements */
  uint32_t segment_capacity;
} trpt_vector;

/* What all elements of a vector have in common. */
typedef struct trpt_vector_type {
  size_t size;    /* of an element */
  unsigned shift; /* a segment has 2^shift elements */
} trpt_vector_type;

/* Adds an uninitialized element. Returns NULL if out of memory. */
void *trpt_vector_add(trpt_vector *vector, trpt_arena *arena, trpt_vector_type type);
const void *trpt_vector_at(const trpt_vector *vector, uint32_t i, trpt_vector_type type);

#endif

typedef struct trpt_tree_policy {
  trpt_policy policy;
  uint32_t first_failure; /* in the report's `failures` */
} trpt_tree_policy;

struct trpt_report {
  trpt_arena arena; /* contains this structure too */
  trpt_metadata metadata;
  trpt_vector policies;
  trpt_vector failures; /* of all policies, in order */
  trpt_vector diagnostics;
};

/* Returns an empty tree of at most `limit` bytes for a report of at least `len` bytes. Returns NULL if out of memory;
   sets `*over_limit` if the limit is the reason. */
trpt_report *trpt_tree_new(const trpt_allocator *allocator, uint64_t limit, size_t len, bool *over_limit);

/* Adds a copy of the data of an event. Returns false if out of memory; trpt_tree_is_over_limit says whether the limit
   is the reason. */
bool trpt_tree_add(trpt_report *report, const trpt_event *event);
bool trpt_tree_is_over_limit(const trpt_report *report);

#endif

/* The tree cannot grow. A limit ends the report alone. */
static void fail_memory(trpt_parser *parser, bool over_limit, const trpt_event *event) {
  if (over_limit)
    trpt_fail_limit_at_event(parser, TRPT_LIMIT_MEMORY, event);
  else
    trpt_fail_at_event(parser, TRPT_E_MEMORY, event);
}

/* `len`: that of trpt_tree_new. `event`: the first one, or NULL. */
static bool begin_tree(trpt_parser *parser, size_t len, const trpt_event *event) {
  const trpt_settings *settings = &parser->settings;
  bool over_limit;
  if (parser->tree) return true;
  parser->tree = trpt_tree_new(&settings->allocator, settings->options.max_memory, len, &over_limit);
  if (!parser->tree) fail_memory(parser, over_limit, event);
  return parser->tree;
}

/* Reads up to the next report: TRPT_OK, and the tree is whole. */
static trpt_status read_tree(trpt_parser *parser) {
  const trpt_event *event;
  for (;;) {
    const trpt_status status = trpt_read_next(parser, &event);
    if (status != TRPT_OK) return status;
    const bool is_last = event->type == TRPT_EVENT_REPORT;
    if (!begin_tree(parser, 0, event)) continue;
    if (!trpt_tree_add(parser->tree, event))
      fail_memory(parser, trpt_tree_is_over_limit(parser->tree), event);
    else if (is_last)
      return TRPT_OK;
  }
}

static trpt_status next_report(trpt_parser *parser, const void *data, size_t len, size_t *used, trpt_report **out) {
  *used = 0;
  if (trpt_read_is_for_events(parser)) return trpt_call_refuse(parser, TRPT_E_STATE);
  trpt_status status = trpt_read_begin(parser, data, len, true);
  if (status != TRPT_OK) return status;
  parser->call.reads_tree = true;
  /* How much of the chunk belongs to one report of a sequence is not known. */
  const trpt_events *events = &parser->events;
  if (!trpt_is_sequence(&parser->settings) && !events->complete && !events->failed.status)
    begin_tree(parser, len, NULL);
  status = read_tree(parser);
  *used = trpt_read_end(parser, status);
  if (status != TRPT_OK) return status;
  *out = parser->tree;
  parser->tree = NULL;
  return TRPT_OK;
}

trpt_status trpt_report_next(trpt_parser *parser, const void *data, size_t len, size_t *used, trpt_report **out) {
  size_t consumed = 0;
  if (out) *out = NULL;
  trpt_status status = trpt_call_begin(parser);
  if (status == TRPT_OK)
    status = out ? next_report(parser, data, len, &consumed, out) : trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  if (used) *used = consumed;
  return status;
}

/* TRPT_MORE becomes the end of the input. */
static trpt_status next_of_rest(trpt_parser *parser, trpt_str *rest, trpt_report **out) {
  size_t used;
  trpt_status status;
  do {
    if (!rest->len) rest->ptr = NULL;
    status = next_report(parser, rest->ptr, rest->len, &used, out);
    if (rest->ptr) *rest = trpt_str_from(*rest, used);
  } while (status == TRPT_MORE);
  return status;
}

trpt_status trpt_reports_next(trpt_parser *parser, trpt_str *rest, trpt_report **out) {
  if (out) *out = NULL;
  trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!rest || !out || (!rest->ptr && rest->len)) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  if (trpt_parser_has_ended(parser)) return TRPT_END;
  status = next_of_rest(parser, rest, out);
  if (status == TRPT_E_STATE) return status;
  if (status == TRPT_END && !parser->call.has_result) status = trpt_call_refuse(parser, TRPT_E_NO_REPORT);
  parser->call.has_result = true;
  return status;
}

trpt_status trpt_report_read(trpt_parser *parser, const void *data, size_t len, trpt_report **out) {
  size_t used;
  if (out) *out = NULL;
  const trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!out || trpt_is_sequence(&parser->settings)) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  return next_report(parser, data, len, &used, out);
}

const trpt_report *trpt_report_unfinished(const trpt_parser *parser) {
  return parser && parser->events.failed.status ? parser->tree : NULL;
}

trpt_status trpt_report_parse(const void *data, size_t len, const trpt_options *options, trpt_report **out,
                              trpt_error *error) {
  trpt_parser *parser;
  trpt_error_clear(error);
  if (out) *out = NULL;
  trpt_status status = out && data ? trpt_parser_new(&parser, options) : TRPT_E_ARGUMENT;
  if (status != TRPT_OK) return trpt_error_set(error, status, TRPT_CODE_NONE, (trpt_position){0}, "");
  if (len) status = trpt_report_read(parser, data, len, out);
  if (status == TRPT_OK || status == TRPT_MORE) status = trpt_report_read(parser, NULL, 0, out);
  if (status != TRPT_OK && error) *error = *trpt_parser_error(parser);
  trpt_parser_free(parser);
  return status;
}

/* lib/report/report_key.c */
/* SPDX-License-Identifier: MIT */


/* Adds the events of a policy in the order of the parser, failures first. */
static void report_key_add_policy(trpt_key *key, const trpt_report *report, uint32_t policy) {
  trpt_event event = {.type = TRPT_EVENT_FAILURE, .policy = trpt_report_policy(report, policy)};
  const uint32_t count = trpt_report_failure_count(report, policy);
  for (uint32_t i = 0; i < count; i++) {
    event.failure = trpt_report_failure(report, policy, i);
    trpt_key_add(key, &event);
  }
  event.type = TRPT_EVENT_POLICY;
  trpt_key_add(key, &event);
}

trpt_status trpt_report_key(const trpt_report *report, char *buffer, size_t capacity, size_t *needed) {
  const trpt_event last = {.type = TRPT_EVENT_REPORT, .metadata = trpt_report_metadata(report)};
  trpt_key key;
  if (needed) *needed = 0;
  if (!report) return TRPT_E_ARGUMENT;
  trpt_key_begin(&key);
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) report_key_add_policy(&key, report, i);
  trpt_key_add(&key, &last);
  return trpt_key_text(&key, buffer, capacity, needed);
}

/* lib/report/reports.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_REPORTS_H
#define TRPT_LIB_REPORTS_H

/* All reports of an input that is whole in memory. */



/* Called for each report, or for each error with what was read before it or NULL. Returns TRPT_OK to continue. */
typedef trpt_status (*trpt_reports_fn)(void *user, const trpt_report *report, const trpt_error *error,
                                       const trpt_source *source);

/* Calls `each` at least once, with `source` named NAME, NAME#2 and so on. `source` may be NULL. Returns what `each` returned if that
   was not TRPT_OK; TRPT_E_MEMORY, TRPT_E_STATE or TRPT_E_ARGUMENT. */
trpt_status trpt_reports_each(trpt_parser *parser, const void *data, size_t len, const trpt_source *source,
                              trpt_reports_fn each, void *user);

#endif

#include <string.h>





enum { NUMBER_MAX_LEN = TRPT_DECIMAL_SIZE }; /* "#" takes the place of the NUL */

/* The source of one report of an input after another. */
typedef struct numbered {
  trpt_source source;
  trpt_str name; /* of the input */
  uint64_t number;
  const trpt_allocator *allocator;
  char *text; /* the name with a number; NULL until there is one */
} numbered;

/* Appends "#" and the number to the name. */
static void write_number(numbered *n) {
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str number = trpt_decimal(n->number, digits);
  char *end = n->text + n->name.len;
  *end = '#';
  memcpy(end + 1, number.ptr, number.len);
  n->source.name = (trpt_str){n->text, n->name.len + 1 + number.len};
}

static bool number_next(numbered *n) {
  if (++n->number == 1 || !n->name.ptr) return true;
  if (!n->text) {
    /* A text in memory is far shorter than SIZE_MAX. */
    n->text = n->allocator->allocate(n->allocator->user, n->name.len + NUMBER_MAX_LEN);
    if (!n->text) return false;
    memcpy(n->text, n->name.ptr, n->name.len);
  }
  write_number(n);
  return true;
}

static bool begin_numbers(numbered *n, const trpt_source *source, const trpt_parser *parser) {
  *n = (numbered){.allocator = &parser->settings.allocator};
  if (source && !trpt_versioned_copy(&n->source, sizeof n->source, source)) return false;
  n->source.struct_size = sizeof n->source;
  n->name = n->source.name;
  return !n->source.key.ptr && !n->source.error_status.ptr && !n->source.diagnostics;
}

static trpt_status read_all(trpt_parser *parser, trpt_str rest, numbered *n, trpt_reports_fn each, void *user) {
  trpt_report *report;
  for (;;) {
    trpt_status status = trpt_reports_next(parser, &rest, &report);
    if (status == TRPT_END) return TRPT_OK;
    if (status == TRPT_E_MEMORY) return status; /* nothing is wrong with the input */
    const trpt_error *error = status == TRPT_OK ? NULL : &parser->call.error;
    status = TRPT_E_MEMORY;
    if (number_next(n)) {
      parser->call.busy = true;
      status = each(user, error ? trpt_report_unfinished(parser) : report, error, &n->source);
      parser->call.busy = false;
    }
    trpt_report_free(report);
    if (status != TRPT_OK) return status;
  }
}

trpt_status trpt_reports_each(trpt_parser *parser, const void *data, size_t len, const trpt_source *source,
                              trpt_reports_fn each, void *user) {
  numbered n;
  trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if ((!data && len) || !begin_numbers(&n, source, parser)) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  trpt_parser_reset(parser);
  status = read_all(parser, (trpt_str){data, len}, &n, each, user);
  trpt_parser_reset(parser);
  if (n.text) n.allocator->release(n.allocator->user, n.text, n.name.len + NUMBER_MAX_LEN);
  return status;
}

/* lib/report/source.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SOURCE_H
#define TRPT_LIB_SOURCE_H

#include <stdbool.h>



enum { TRPT_KEY_TEXT_SIZE = 33 }; /* with the NUL */

/* A validated copy of a trpt_source, with the key of the report if the caller gave none. It points into itself, so it
   must not be copied. */
typedef struct trpt_resolved_source {
  trpt_source source;
  trpt_str key; /* absent without a report, unless the caller gave a key */
  char key_text[TRPT_KEY_TEXT_SIZE];
} trpt_resolved_source;

/* Returns false if `source` is invalid. `source` and `report` may be NULL. */
bool trpt_source_read(trpt_resolved_source *out, const trpt_source *source, const trpt_report *report);

/* The name of the status of an error about a source. */
trpt_str trpt_source_status(const trpt_source *source, const trpt_error *error);

#endif




static bool source_is_valid(const trpt_source *source) {
  if (!source->diagnostics) return !source->diagnostic_count;
  for (size_t i = 0; i < source->diagnostic_count; i++)
    if (!source->diagnostics[i]) return false;
  return true;
}

bool trpt_source_read(trpt_resolved_source *out, const trpt_source *source, const trpt_report *report) {
  out->source = (trpt_source){0};
  if (source && !trpt_versioned_copy(&out->source, sizeof out->source, source)) return false;
  if (!source_is_valid(&out->source)) return false;
  out->key = out->source.key;
  if (!out->key.ptr && report) {
    trpt_report_key(report, out->key_text, sizeof out->key_text, &out->key.len);
    out->key.ptr = out->key_text;
  }
  return true;
}

trpt_str trpt_source_status(const trpt_source *source, const trpt_error *error) {
  return source->error_status.ptr ? source->error_status : trpt_str_of(trpt_status_name(error->status));
}

/* lib/rows/arrow_block.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_BLOCK_H
#define TRPT_LIB_ARROW_BLOCK_H

/* The columns of a table with all their memory. */

#include <stdatomic.h>

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_COLUMN_H
#define TRPT_LIB_ARROW_COLUMN_H

/* The cells of one column, in the layout of the Arrow columnar format. */



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_MEMORY_H
#define TRPT_LIB_ARROW_MEMORY_H

/* The memory of a table, within its limit. */

#include <stdint.h>



/* Buffers are aligned as the Arrow columnar format recommends. */
enum { TRPT_ARROW_ALIGNMENT = 64, TRPT_ARROW_SLACK = TRPT_ARROW_ALIGNMENT - 1 };

/* The least capacity of a column, in values and in bytes of text. */
enum { TRPT_ARROW_MIN_SLOTS = 64, TRPT_ARROW_MIN_TEXT = 256 };

typedef struct trpt_arrow_budget {
  const trpt_allocator *allocator;
  size_t limit;
  size_t bytes; /* allocated */
} trpt_arrow_budget;

/* Returns TRPT_E_LIMIT beyond the limit, or TRPT_E_MEMORY. */
static TRPT_INLINE trpt_status trpt_arrow_allocate(trpt_arrow_budget *budget, uint64_t size, void **out) {
  if (size > budget->limit - budget->bytes) return TRPT_E_LIMIT;
  *out = budget->allocator->allocate(budget->allocator->user, (size_t)size);
  if (!*out) return TRPT_E_MEMORY;
  budget->bytes += (size_t)size;
  return TRPT_OK;
}

/* `memory` may be NULL. */
static TRPT_INLINE void trpt_arrow_release(const trpt_allocator *allocator, void *memory, size_t size) {
  if (memory) allocator->release(allocator->user, memory, size);
}

/* `size` rounded up to whole units of alignment. */
static TRPT_INLINE size_t trpt_arrow_aligned_size(size_t size) {
  return (size + TRPT_ARROW_SLACK) & ~(size_t)TRPT_ARROW_SLACK;
}

/* The first aligned address in memory that has TRPT_ARROW_SLACK bytes more than needed. */
static TRPT_INLINE char *trpt_arrow_aligned(void *memory) {
  const size_t excess = (uintptr_t)memory % TRPT_ARROW_ALIGNMENT;
  return (char *)memory + (excess ? TRPT_ARROW_ALIGNMENT - excess : 0);
}

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_COLUMNS_H
#define TRPT_LIB_COLUMNS_H

/* The columns of rows and their values, independent of the output format. */




/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CELL_VALUE_H
#define TRPT_LIB_CELL_VALUE_H

/* The value of a cell, and where a record has it. A record is a structure with the data of a row. */

#include <stdbool.h>



typedef enum trpt_value_type {
  TRPT_VALUE_TEXT,
  TRPT_VALUE_INDEX, /* 32 bits */
  TRPT_VALUE_COUNT, /* 64 bits, unsigned */
  TRPT_VALUE_TIME   /* Unix seconds */
} trpt_value_type;

typedef struct trpt_value {
  trpt_value_type type;
  bool is_null;         /* the rest is undefined */
  trpt_str text;        /* TEXT: the whole text, unless there is a list */
  const trpt_str *list; /* TEXT: the texts of the cell, separated by spaces; or NULL */
  size_t list_count;
  uint64_t number; /* INDEX, COUNT */
  int64_t time;    /* TIME */
} trpt_value;

/* Without the structure, an INDEX is 0, and the other values are null. The kinds of a single text come first. */
typedef enum trpt_origin_kind {
  TRPT_FROM_NOTHING, /* always null */
  TRPT_FROM_TEXT,    /* trpt_str; null if absent */
  TRPT_FROM_STRING,  /* const char *; null if NULL */
  TRPT_FROM_ARRAY,   /* char [] with a NUL */
  TRPT_FROM_RESULT,  /* what `text` returns */
  TRPT_FROM_LIST,    /* const trpt_str *, and uint32_t at `number`; null without any text */
  TRPT_FROM_INDEX,   /* uint32_t */
  TRPT_FROM_ORDINAL, /* uint32_t; null if 0 */
  TRPT_FROM_OFFSET,  /* uint64_t */
  TRPT_FROM_COUNT,   /* uint64_t; null unless uint32_t at `number` has the bit `has` */
  TRPT_FROM_TIME     /* int64_t; null if INT64_MIN */
} trpt_origin_kind;

typedef struct trpt_origin {
  uint8_t kind;      /* trpt_origin_kind */
  uint8_t structure; /* offset of the structure's pointer in the record; 0: the structure is the record */
  uint16_t field;    /* offset of the value in the structure */
  uint16_t number;
  uint32_t has;
  trpt_str (*text)(const void *record);
} trpt_origin;

/* Initializes the origin of a value in `field` of a structure, to which the record points with `pointer`. */
#define TRPT_FROM(kind, record, pointer, structure, field)                                                             \
  { TRPT_FROM_##kind, offsetof(record, pointer), offsetof(structure, field), 0, 0, NULL }
/* The same for a field of the record. */
#define TRPT_FROM_RECORD(kind, record, field)                                                                          \
  { TRPT_FROM_##kind, 0, offsetof(record, field), 0, 0, NULL }
#define TRPT_FROM_CALL(function)                                                                                       \
  { TRPT_FROM_RESULT, 0, 0, 0, 0, function }

static TRPT_INLINE trpt_value trpt_value_of_text(trpt_str text) {
  return (trpt_value){.type = TRPT_VALUE_TEXT, .is_null = !text.ptr, .text = text};
}

static TRPT_INLINE trpt_value trpt_value_of_list(const trpt_str *list, size_t count) {
  const bool is_null = count == 0 || (count == 1 && !list[0].len);
  return (trpt_value){.type = TRPT_VALUE_TEXT, .is_null = is_null, .list = list, .list_count = count};
}

static TRPT_INLINE trpt_value trpt_value_of_number(trpt_value_type type, bool is_null, uint64_t number) {
  return (trpt_value){.type = type, .is_null = is_null, .number = number};
}

static TRPT_INLINE trpt_value trpt_value_of_time(int64_t time) {
  return (trpt_value){.type = TRPT_VALUE_TIME, .is_null = time == INT64_MIN, .time = time};
}

/* NULL: the record has none. */
static TRPT_INLINE const char *trpt_origin_structure(const trpt_origin *origin, const void *record) {
  const char *r = record;
  return origin->structure ? *(const char *const *)(const void *)(r + origin->structure) : r;
}

/* Whether the origin is of a single text. */
static TRPT_INLINE bool trpt_origin_is_text(const trpt_origin *origin) { return origin->kind <= TRPT_FROM_RESULT; }

/* The single text. */
static TRPT_INLINE trpt_str trpt_origin_text(const trpt_origin *origin, const void *record) {
  const char *structure = trpt_origin_structure(origin, record);
  if (!structure) return (trpt_str){NULL, 0};
  const void *field = structure + origin->field;
  switch ((trpt_origin_kind)origin->kind) {
  case TRPT_FROM_TEXT: return *(const trpt_str *)field;
  case TRPT_FROM_STRING: return trpt_str_of(*(const char *const *)field);
  case TRPT_FROM_ARRAY: return trpt_str_of(field);
  case TRPT_FROM_RESULT: return origin->text(record);
  default: return (trpt_str){NULL, 0};
  }
}

/* The value of an origin that is not of a single text. */
static TRPT_INLINE trpt_value trpt_origin_value(const trpt_origin *origin, const void *record) {
  const char *structure = trpt_origin_structure(origin, record);
  if (!structure) return trpt_value_of_number(TRPT_VALUE_INDEX, origin->kind != TRPT_FROM_INDEX, 0);
  const void *field = structure + origin->field;
  const uint32_t *number = (const void *)(structure + origin->number);
  switch ((trpt_origin_kind)origin->kind) {
  case TRPT_FROM_LIST: return trpt_value_of_list(*(const trpt_str *const *)field, *number);
  case TRPT_FROM_INDEX: return trpt_value_of_number(TRPT_VALUE_INDEX, false, *(const uint32_t *)field);
  case TRPT_FROM_ORDINAL:
    return trpt_value_of_number(TRPT_VALUE_INDEX, !*(const uint32_t *)field, *(const uint32_t *)field);
  case TRPT_FROM_OFFSET: return trpt_value_of_number(TRPT_VALUE_COUNT, false, *(const uint64_t *)field);
  case TRPT_FROM_COUNT:
    return trpt_value_of_number(TRPT_VALUE_COUNT, !(*number & origin->has), *(const uint64_t *)field);
  default: return trpt_value_of_time(*(const int64_t *)field);
  }
}

static TRPT_INLINE trpt_value trpt_origin_read(const trpt_origin *origin, const void *record) {
  return trpt_origin_is_text(origin) ? trpt_value_of_text(trpt_origin_text(origin, record))
                                     : trpt_origin_value(origin, record);
}

#endif

/* docs/rows.md describes the kinds. */
typedef enum trpt_row_kind { TRPT_ROW_POLICY, TRPT_ROW_FAILURE, TRPT_ROW_ERROR, TRPT_ROW_KIND_COUNT } trpt_row_kind;

/* The data of a row. */
typedef struct trpt_row {
  trpt_row_kind kind;
  const trpt_source *source;
  trpt_str report_key;
  const trpt_metadata *metadata; /* NULL in an error row, as are the next two */
  const trpt_policy *policy;
  const trpt_failure *failure; /* NULL in a policy row */
  const trpt_error *error;     /* only in an error row */
  trpt_str error_code;         /* absent in others */
} trpt_row;

/* The rows that share the cell of a column. */
typedef enum trpt_scope { TRPT_SCOPE_REPORT, TRPT_SCOPE_POLICY, TRPT_SCOPE_ROW, TRPT_SCOPE_COUNT } trpt_scope;

typedef struct trpt_column {
  trpt_str name;
  trpt_str member_name; /* the prefix of the value in a JSON object: ,"name": */
  trpt_str null_member; /* the same with null */
  trpt_value_type type;
  trpt_scope scope;
  bool is_nullable;
  uint8_t members[TRPT_ROW_KIND_COUNT]; /* trpt_member per kind of row; unused if there is an origin */
  trpt_origin origin;                   /* TRPT_FROM_NOTHING: the column has `members` */
} trpt_column;

enum {
#define SHARED(name, member)                +1
#define OWN(name, policy, failure)          +1
#define COMPUTED(name, type, scope, origin) +1
#define REQUIRED(name, type, scope, origin) +1
  TRPT_COLUMN_COUNT = 0
REQUIRED(kind, TEXT, ROW, CALL(kind_of))
REQUIRED(source, TEXT, REPORT, OF_SOURCE(TEXT, name))
REQUIRED(report_key, TEXT, REPORT, OF_ROW(TEXT, report_key))
SHARED(organization_name, ORGANIZATION_NAME)
SHARED(contact_info, CONTACT_INFO)
SHARED(report_id, REPORT_ID)
SHARED(start, START_DATETIME)
SHARED(end, END_DATETIME)
REQUIRED(policy_index, INDEX, POLICY, OF_POLICY(INDEX, index))
SHARED(policy_type, POLICY_TYPE)
SHARED(policy_domain, POLICY_DOMAIN)
COMPUTED(policy_mode, TEXT, POLICY, CALL(policy_mode_of))
SHARED(mx_host, MX_HOST)
REQUIRED(failure_index, INDEX, ROW, OF_FAILURE(INDEX, index))
OWN(result_type, NONE, RESULT_TYPE)
OWN(sending_mta_ip, NONE, SENDING_MTA_IP)
OWN(receiving_mx_hostname, NONE, RECEIVING_MX_HOSTNAME)
OWN(receiving_mx_helo, NONE, RECEIVING_MX_HELO)
OWN(receiving_ip, NONE, RECEIVING_IP)
OWN(successful_sessions, TOTAL_SUCCESSFUL, NONE)
OWN(failed_sessions, TOTAL_FAILURE, FAILED_SESSION_COUNT)
OWN(failure_reason_code, NONE, FAILURE_REASON_CODE)
OWN(additional_information, NONE, ADDITIONAL_INFORMATION)
COMPUTED(report_domain, TEXT, REPORT, OF_SOURCE(TEXT, report_domain))
COMPUTED(report_submitter, TEXT, REPORT, OF_SOURCE(TEXT, report_submitter))
COMPUTED(message_id, TEXT, REPORT, OF_SOURCE(TEXT, message_id))
COMPUTED(dkim, TEXT, REPORT, OF_SOURCE(TEXT, dkim))
COMPUTED(dkim_domain, TEXT, REPORT, OF_SOURCE(TEXT, dkim_domain))
COMPUTED(error_code, TEXT, REPORT, OF_ROW(TEXT, error_code))
COMPUTED(error_message, TEXT, REPORT, OF_ERROR(ARRAY, message))
#undef SHARED
#undef OWN
#undef COMPUTED
#undef REQUIRED
};

extern const trpt_column trpt_columns[TRPT_COLUMN_COUNT];

/* The data that all rows of a report share; kind, policy and failure are still missing. It points into `source`. */
static TRPT_INLINE trpt_row trpt_row_of_report(const trpt_report *report, const trpt_resolved_source *source) {
  return (trpt_row){.source = &source->source, .report_key = source->key, .metadata = trpt_report_metadata(report)};
}

/* Where rows of a kind have the value of a column. */
trpt_origin trpt_column_origin(const trpt_column *column, trpt_row_kind kind);

#endif

typedef struct trpt_arrow_text {
  void *memory; /* NULL before the first text that is not empty */
  size_t size;  /* of `memory` */
  char *data;   /* aligned */
  size_t capacity;
  size_t len;
} trpt_arrow_text;

typedef struct trpt_arrow_column {
  trpt_value_type type;
  /* Of the table, which sees to it that they have room. */
  unsigned char *validity; /* a bit for each row, and 0 after the last one; unused without nulls */
  char *values;            /* numbers; or the offsets of text, which are one more than rows */
  trpt_arrow_text text;
  size_t row_count; /* up to the last value, or more */
  size_t null_count;
} trpt_arrow_column;

/* "u" and the like, of static lifetime. */
const char *trpt_arrow_format(trpt_value_type type);

/* The size of a number or offset. */
size_t trpt_arrow_width(trpt_value_type type);

/* Removes all but the first `row_count` rows. */
void trpt_arrow_column_withdraw(trpt_arrow_column *column, size_t row_count);

/* Gives the column so many rows. Those that it does not have yet are null. */
void trpt_arrow_column_end(trpt_arrow_column *column, size_t row_count);

/* These add row number `row` with a value. Nulls are not stored: the rows before the next value, and those before
   trpt_arrow_column_end, become null. After TRPT_E_LIMIT or TRPT_E_MEMORY, withdraw. */

/* The text is not absent. */
trpt_status trpt_arrow_column_add_text(trpt_arrow_column *column, size_t row, trpt_str text, trpt_arrow_budget *budget);

/* At least one text. */
trpt_status trpt_arrow_column_add_list(trpt_arrow_column *column, size_t row, const trpt_str *list, size_t count,
                                       trpt_arrow_budget *budget);

/* A number of the column's type; microseconds of a time. */
void trpt_arrow_column_add_number(trpt_arrow_column *column, size_t row, int64_t number);

/* Adds `count` more rows with the value of the last one, which is not null. */
trpt_status trpt_arrow_column_repeat(trpt_arrow_column *column, size_t count, trpt_arrow_budget *budget);

#endif
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TABLES_H
#define TRPT_LIB_TABLES_H

/* The tables of a batch: their columns, and the values of a record. */

#include <stdbool.h>





enum { TRPT_TABLE_COUNT = 3 };

/* No table has more columns than the rows. */
enum { TRPT_TABLE_MAX_COLUMNS = TRPT_COLUMN_COUNT };

/* The record of a row of TRPT_TABLE_DIAGNOSTICS. */
typedef struct trpt_diagnostic_record {
  trpt_str source;
  trpt_str report_key; /* absent for an item that could not be read */
  const trpt_diagnostic *diagnostic;
} trpt_diagnostic_record;

/* The record of a row of TRPT_TABLE_BAD. */
typedef struct trpt_bad_record {
  trpt_str source;
  trpt_str status;
  const trpt_error *error;
} trpt_bad_record;

typedef struct trpt_table_field {
  trpt_str name; /* followed by a NUL, of static lifetime */
  trpt_value_type type;
  trpt_scope scope;
  bool is_nullable;
} trpt_table_field;

typedef struct trpt_table_info {
  uint32_t column_count;
  trpt_table_field (*field)(uint32_t column);
  /* In a record, which is a trpt_row, trpt_diagnostic_record or trpt_bad_record. Only a trpt_row has kinds. */
  trpt_origin (*origin)(uint32_t column, trpt_row_kind kind);
} trpt_table_info;

/* Indexed by trpt_table. */
extern const trpt_table_info trpt_tables[TRPT_TABLE_COUNT];

static TRPT_INLINE bool trpt_table_is_valid(trpt_table table) { return table >= 0 && table < TRPT_TABLE_COUNT; }

#endif

enum { TRPT_ARROW_VALIDITY, TRPT_ARROW_VALUES, TRPT_ARROW_TEXT, TRPT_ARROW_BUFFERS };

typedef struct trpt_arrow_pool trpt_arrow_pool;

typedef struct trpt_arrow_block {
  trpt_allocator allocator;
  size_t size;      /* of this structure with the values after it */
  size_t slots;     /* values of each column, one more than rows */
  size_t slot_size; /* of the values of one row */
  uint32_t column_count;
  trpt_arrow_column columns[TRPT_TABLE_MAX_COLUMNS];
  /* The rest is of arrow_export.c. */
  trpt_arrow_pool *pool;
  atomic_uint references;
  const void *no_validity[1]; /* no row is null */
  const void *buffers[TRPT_TABLE_MAX_COLUMNS][TRPT_ARROW_BUFFERS];
  struct ArrowArray *pointers[TRPT_TABLE_MAX_COLUMNS];
  struct ArrowArray children[TRPT_TABLE_MAX_COLUMNS];
} trpt_arrow_block;

/* Replaces `*block`, which may be NULL, by one with so many slots and the same rows. Returns TRPT_OK; TRPT_E_LIMIT or
   TRPT_E_MEMORY with the block unchanged. */
trpt_status trpt_arrow_block_grow(trpt_arrow_block **block, const trpt_table_info *info, size_t slots,
                                  trpt_arrow_budget *budget);

void trpt_arrow_block_free(trpt_arrow_block *block);

/* Removes all rows, for use of the memory by others. */
void trpt_arrow_block_empty(trpt_arrow_block *block);

/* The bytes of all memory of the block, and those that so many rows use. */
size_t trpt_arrow_block_size(const trpt_arrow_block *block);
size_t trpt_arrow_block_used(const trpt_arrow_block *block, size_t row_count);

#endif

#include <string.h>

static size_t validity_size(size_t slots) { return trpt_arrow_aligned_size(slots / 8); }

static size_t slot_size_of(const trpt_table_info *info) {
  size_t size = 0;
  for (uint32_t i = 0; i < info->column_count; i++) size += trpt_arrow_width(info->field(i).type);
  return size;
}

/* Moves a column's values to `data`. Returns the end of them. */
static char *move_values(trpt_arrow_column *column, char *data, size_t slots) {
  const size_t width = trpt_arrow_width(column->type);
  const size_t size = validity_size(slots);
  char *values = data + size;
  memset(data, 0, size);
  memset(values, 0, width); /* the first offset */
  if (column->row_count) {
    memcpy(data, column->validity, (column->row_count + 7) / 8);
    memcpy(values, column->values, (column->row_count + (column->type == TRPT_VALUE_TEXT)) * width);
  }
  column->validity = (unsigned char *)data;
  column->values = values;
  return values + slots * width;
}

static void describe_columns(trpt_arrow_block *block, const trpt_table_info *info) {
  for (uint32_t i = 0; i < info->column_count; i++)
    block->columns[i] = (trpt_arrow_column){.type = info->field(i).type};
}

trpt_status trpt_arrow_block_grow(trpt_arrow_block **block, const trpt_table_info *info, size_t slots,
                                  trpt_arrow_budget *budget) {
  trpt_arrow_block *old = *block;
  const size_t slot_size = slot_size_of(info);
  const uint64_t size =
      sizeof **block + TRPT_ARROW_SLACK + info->column_count * validity_size(slots) + (uint64_t)slots * slot_size;
  void *memory;
  /* The old memory counts until the new one has its values. */
  const trpt_status status = trpt_arrow_allocate(budget, size, &memory);
  if (status != TRPT_OK) return status;
  trpt_arrow_block *grown = memory;
  grown->allocator = *budget->allocator;
  grown->size = (size_t)size;
  grown->slots = slots;
  grown->slot_size = slot_size;
  grown->column_count = info->column_count;
  if (old)
    memcpy(grown->columns, old->columns, sizeof grown->columns);
  else
    describe_columns(grown, info);
  char *data = trpt_arrow_aligned(grown + 1);
  for (uint32_t i = 0; i < info->column_count; i++) data = move_values(&grown->columns[i], data, slots);
  if (old) {
    budget->bytes -= old->size;
    trpt_arrow_release(budget->allocator, old, old->size);
  }
  *block = grown;
  return TRPT_OK;
}

void trpt_arrow_block_free(trpt_arrow_block *block) {
  const trpt_allocator allocator = block->allocator;
  for (uint32_t i = 0; i < block->column_count; i++)
    trpt_arrow_release(&allocator, block->columns[i].text.memory, block->columns[i].text.size);
  trpt_arrow_release(&allocator, block, block->size);
}

void trpt_arrow_block_empty(trpt_arrow_block *block) {
  for (uint32_t i = 0; i < block->column_count; i++) {
    trpt_arrow_column *c = &block->columns[i];
    memset(c->validity, 0, (c->row_count + 7) / 8);
    c->text.len = 0;
    c->row_count = 0;
    c->null_count = 0;
  }
}

size_t trpt_arrow_block_size(const trpt_arrow_block *block) {
  size_t size = block->size;
  for (uint32_t i = 0; i < block->column_count; i++) size += block->columns[i].text.size;
  return size;
}

size_t trpt_arrow_block_used(const trpt_arrow_block *block, size_t row_count) {
  size_t size = row_count * block->slot_size;
  for (uint32_t i = 0; i < block->column_count; i++) size += block->columns[i].text.len;
  return size;
}

/* lib/rows/arrow_column.c */
/* SPDX-License-Identifier: MIT */


#include <string.h>





enum { REPLACEMENT_LEN = 3 };

/* How the values of a type are stored. Text has offsets. */
static const struct {
  const char *format;
  size_t width;
} arrow_column_types[] = {
    [TRPT_VALUE_TEXT] = {"u", sizeof(int32_t)},
    [TRPT_VALUE_INDEX] = {"i", sizeof(int32_t)},
    [TRPT_VALUE_COUNT] = {"l", sizeof(int64_t)},
    [TRPT_VALUE_TIME] = {"tsu:UTC", sizeof(int64_t)},
};

const char *trpt_arrow_format(trpt_value_type type) { return arrow_column_types[type].format; }

size_t trpt_arrow_width(trpt_value_type type) { return arrow_column_types[type].width; }

/* ---- text ---- */

static trpt_status arrow_column_grow(trpt_arrow_text *text, uint64_t needed, trpt_arrow_budget *budget) {
  const uint64_t usual = text->capacity ? (uint64_t)text->capacity * 2 : TRPT_ARROW_MIN_TEXT;
  const uint64_t capacity = needed > usual ? needed : usual;
  void *memory;
  /* The old memory counts until the new one has its bytes. */
  const trpt_status status = trpt_arrow_allocate(budget, capacity + TRPT_ARROW_SLACK, &memory);
  if (status != TRPT_OK) return status;
  char *data = trpt_arrow_aligned(memory);
  if (text->len) memcpy(data, text->data, text->len);
  trpt_arrow_release(budget->allocator, text->memory, text->size);
  budget->bytes -= text->size;
  *text = (trpt_arrow_text){memory, (size_t)capacity + TRPT_ARROW_SLACK, data, (size_t)capacity, text->len};
  return TRPT_OK;
}

/* Copies eight bytes. Returns whether they are ASCII without NUL. */
static TRPT_INLINE bool copy_word(char *to, const char *from) {
  const uint64_t word = trpt_word_load(from);
  memcpy(to, &word, sizeof word);
  return trpt_word_is_ascii(word);
}

/* Copies a text that trpt_cell_copy does not change: ASCII without NUL, as nearly all texts are. Returns false for others. */
static TRPT_INLINE bool copy_plain(char *to, trpt_str text) {
  if (text.len < TRPT_WORD_SIZE) {
    trpt_copy_short(to, text.ptr, text.len);
    return trpt_word_is_ascii(trpt_word_load_short(text.ptr, text.len));
  }
  const size_t last = text.len - TRPT_WORD_SIZE;
  for (size_t at = 0; at < last; at += TRPT_WORD_SIZE)
    if (!copy_word(to + at, text.ptr + at)) return false;
  return copy_word(to + last, text.ptr + last);
}

/* Appends a text that is plain. Returns false if it is not, or if there is no room for it. */
static TRPT_INLINE bool append_plain(trpt_arrow_text *text, trpt_str added) {
  const size_t len = text->len;
  if (added.len >= text->capacity - len || !copy_plain(text->data + len, added)) return false;
  text->len = len + added.len;
  return true;
}

/* Makes room for `count` times `len` bytes and one more. The table has room for `count` rows, so that the product fits. */
static trpt_status arrow_column_reserve(trpt_arrow_text *text, size_t len, size_t count, trpt_arrow_budget *budget) {
  if (len > budget->limit) return TRPT_E_LIMIT;
  const uint64_t needed = text->len + (uint64_t)len * count + 1;
  return needed <= text->capacity ? TRPT_OK : arrow_column_grow(text, needed, budget);
}

/* Appends a text with the changes of trpt_cell_copy. */
static trpt_status append(trpt_arrow_text *text, trpt_str added, trpt_arrow_budget *budget) {
  trpt_status status = arrow_column_reserve(text, added.len, 1, budget);
  if (status != TRPT_OK || append_plain(text, added)) return status;
  status = arrow_column_reserve(text, added.len, REPLACEMENT_LEN, budget);
  if (status == TRPT_OK) text->len += trpt_cell_copy(text->data + text->len, added);
  return status;
}

/* ---- cells ---- */

static TRPT_INLINE void store_32(trpt_arrow_column *column, size_t at, int32_t number) {
  memcpy(column->values + at * sizeof number, &number, sizeof number);
}

static TRPT_INLINE void store_64(trpt_arrow_column *column, size_t at, int64_t number) {
  memcpy(column->values + at * sizeof number, &number, sizeof number);
}

/* Stores the end of the text of a row. The budget keeps offsets below 2^31. */
static TRPT_INLINE void store_offset(trpt_arrow_column *column, size_t row) {
  store_32(column, row + 1, (int32_t)column->text.len);
}

static TRPT_INLINE void set_valid(trpt_arrow_column *column, size_t row) {
  column->validity[row / 8] |= (unsigned char)(1U << row % 8);
}

/* Ends a row that is not null. */
static TRPT_INLINE void end_row(trpt_arrow_column *column, size_t row) {
  column->row_count = row + 1;
  if (column->null_count) set_valid(column, row);
}

static TRPT_INLINE void end_text(trpt_arrow_column *column, size_t row) {
  store_offset(column, row);
  end_row(column, row);
}

static size_t offset_of(const trpt_arrow_column *column, size_t row) {
  int32_t offset;
  memcpy(&offset, column->values + row * sizeof offset, sizeof offset);
  return (size_t)offset;
}

void trpt_arrow_column_end(trpt_arrow_column *column, size_t row_count) {
  const size_t begin = column->row_count;
  const size_t count = row_count - begin;
  const size_t width = trpt_arrow_width(column->type);
  if (!count) return;
  if (!column->null_count) {
    memset(column->validity, 0xFF, begin / 8);
    for (size_t row = begin / 8 * 8; row < begin; row++) set_valid(column, row);
  }
  if (column->type == TRPT_VALUE_TEXT)
    for (size_t row = begin; row < row_count; row++) store_offset(column, row);
  else
    memset(column->values + begin * width, 0, count * width);
  column->row_count = row_count;
  column->null_count += count;
}

/* Adds any text. */
static trpt_status add_any_text(trpt_arrow_column *column, size_t row, trpt_str text, trpt_arrow_budget *budget) {
  return trpt_arrow_column_add_list(column, row, &text, 1, budget);
}

trpt_status trpt_arrow_column_add_text(trpt_arrow_column *column, size_t row, trpt_str text,
                                       trpt_arrow_budget *budget) {
  if (column->row_count < row || !append_plain(&column->text, text)) return add_any_text(column, row, text, budget);
  end_text(column, row);
  return TRPT_OK;
}

trpt_status trpt_arrow_column_add_list(trpt_arrow_column *column, size_t row, const trpt_str *list, size_t count,
                                       trpt_arrow_budget *budget) {
  trpt_arrow_column_end(column, row);
  trpt_status status = append(&column->text, list[0], budget);
  for (size_t i = 1; i < count && status == TRPT_OK; i++) {
    column->text.data[column->text.len++] = ' '; /* there is always room for one more byte */
    status = append(&column->text, list[i], budget);
  }
  if (status == TRPT_OK) end_text(column, row);
  return status;
}

void trpt_arrow_column_add_number(trpt_arrow_column *column, size_t row, int64_t number) {
  if (column->row_count < row) trpt_arrow_column_end(column, row);
  if (column->type == TRPT_VALUE_INDEX)
    store_32(column, row, (int32_t)number);
  else
    store_64(column, row, number);
  end_row(column, row);
}

/* Repeats the last `len` bytes. */
static void repeat(char *to, size_t len, size_t count) {
  for (; count; count--, to += len) {
    if (len <= TRPT_COPY_SHORT)
      trpt_copy_short(to, to - len, len);
    else
      memcpy(to, to - len, len);
  }
}

/* Repeats the text of the last row, with its offsets. */
static trpt_status repeat_text(trpt_arrow_column *column, size_t count, trpt_arrow_budget *budget) {
  trpt_arrow_text *text = &column->text;
  const size_t len = text->len - offset_of(column, column->row_count - 1);
  const trpt_status status = arrow_column_reserve(text, len, count, budget);
  if (status != TRPT_OK) return status;
  repeat(text->data + text->len, len, count);
  for (size_t i = 1; i <= count; i++) {
    text->len += len;
    store_offset(column, column->row_count + i - 1);
  }
  return TRPT_OK;
}

trpt_status trpt_arrow_column_repeat(trpt_arrow_column *column, size_t count, trpt_arrow_budget *budget) {
  const size_t width = trpt_arrow_width(column->type);
  trpt_status status = TRPT_OK;
  if (column->type == TRPT_VALUE_TEXT)
    status = repeat_text(column, count, budget);
  else
    repeat(column->values + column->row_count * width, width, count);
  for (size_t i = 0; column->null_count && i < count; i++) set_valid(column, column->row_count + i);
  column->row_count += count;
  return status;
}

void trpt_arrow_column_withdraw(trpt_arrow_column *column, size_t row_count) {
  if (column->row_count > row_count) {
    const size_t end = column->null_count ? column->row_count : row_count;
    for (size_t row = row_count; row < end; row++) {
      const unsigned bit = 1U << row % 8;
      column->null_count -= !(column->validity[row / 8] & bit);
      column->validity[row / 8] &= (unsigned char)~bit;
    }
    column->row_count = row_count;
  }
  if (column->type == TRPT_VALUE_TEXT) column->text.len = offset_of(column, column->row_count);
}

/* lib/rows/arrow_export.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_EXPORT_H
#define TRPT_LIB_ARROW_EXPORT_H

/* Makes a block the private data of an array and of its children. Consumers may move children out of the array and release each
   in any order and thread. The last release gives the block back to the pool of its table. */

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_POOL_H
#define TRPT_LIB_ARROW_POOL_H

/* Stores the block of an array that was released for the next rows of the table: new memory costs a page fault for each page.
   It belongs to the table and to each exported block, which may be released in any thread. */



trpt_status trpt_arrow_pool_new(trpt_arrow_pool **out, const trpt_allocator *allocator, size_t limit);
void trpt_arrow_pool_hold(trpt_arrow_pool *pool);
/* Frees the pool with the last reference. */
void trpt_arrow_pool_drop(trpt_arrow_pool *pool);

/* Takes the block out of the pool. NULL: there is none. */
trpt_arrow_block *trpt_arrow_pool_take(trpt_arrow_pool *pool);
/* Stores the block, or frees it if it is large, and drops a reference. */
void trpt_arrow_pool_give(trpt_arrow_pool *pool, trpt_arrow_block *block);

#endif

/* Fills `out` with so many rows of the block, which the array then owns. */
void trpt_arrow_export(trpt_arrow_block *block, size_t row_count, trpt_arrow_pool *pool, struct ArrowArray *out);

#endif

static void arrow_export_drop(trpt_arrow_block *block) {
  if (atomic_fetch_sub_explicit(&block->references, 1, memory_order_acq_rel) == 1)
    trpt_arrow_pool_give(block->pool, block);
}

static void arrow_export_release_child(struct ArrowArray *array) {
  array->release = NULL;
  arrow_export_drop(array->private_data);
}

static void release_array(struct ArrowArray *array) {
  for (int64_t i = 0; i < array->n_children; i++)
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
  array->release = NULL;
  arrow_export_drop(array->private_data);
}

static struct ArrowArray child_of(trpt_arrow_block *block, size_t row_count, uint32_t column) {
  trpt_arrow_column *c = &block->columns[column];
  const void **buffers = block->buffers[column];
  const bool is_text = c->type == TRPT_VALUE_TEXT;
  trpt_arrow_column_end(c, row_count);
  buffers[TRPT_ARROW_VALIDITY] = c->null_count ? c->validity : NULL;
  buffers[TRPT_ARROW_VALUES] = c->values;
  buffers[TRPT_ARROW_TEXT] = c->text.memory ? c->text.data : c->values; /* an address even without any text */
  return (struct ArrowArray){.length = (int64_t)row_count,
                             .null_count = (int64_t)c->null_count,
                             .n_buffers = is_text ? TRPT_ARROW_BUFFERS : TRPT_ARROW_BUFFERS - 1,
                             .buffers = buffers,
                             .release = arrow_export_release_child,
                             .private_data = block};
}

void trpt_arrow_export(trpt_arrow_block *block, size_t row_count, trpt_arrow_pool *pool, struct ArrowArray *out) {
  block->pool = pool;
  trpt_arrow_pool_hold(pool);
  atomic_init(&block->references, block->column_count + 1);
  block->no_validity[0] = NULL;
  for (uint32_t i = 0; i < block->column_count; i++) {
    block->children[i] = child_of(block, row_count, i);
    block->pointers[i] = &block->children[i];
  }
  *out = (struct ArrowArray){.length = (int64_t)row_count,
                             .n_buffers = 1,
                             .n_children = block->column_count,
                             .buffers = block->no_validity,
                             .children = block->pointers,
                             .release = release_array,
                             .private_data = block};
}

/* lib/rows/arrow_pool.c */
/* SPDX-License-Identifier: MIT */


/* Larger blocks are freed: they are rare, and would stay as long as the batch does. */
enum { MAX_SIZE = 4 << 20, MAX_SHARE = 4 };

struct trpt_arrow_pool {
  trpt_allocator allocator;
  size_t max_size; /* of a block */
  atomic_uint references;
  _Atomic(trpt_arrow_block *) block;
};

trpt_status trpt_arrow_pool_new(trpt_arrow_pool **out, const trpt_allocator *allocator, size_t limit) {
  trpt_arrow_pool *pool = allocator->allocate(allocator->user, sizeof *pool);
  *out = pool;
  if (!pool) return TRPT_E_MEMORY;
  pool->allocator = *allocator;
  pool->max_size = limit / MAX_SHARE < MAX_SIZE ? limit / MAX_SHARE : MAX_SIZE;
  atomic_init(&pool->references, 1);
  atomic_init(&pool->block, NULL);
  return TRPT_OK;
}

void trpt_arrow_pool_hold(trpt_arrow_pool *pool) {
  atomic_fetch_add_explicit(&pool->references, 1, memory_order_relaxed);
}

void trpt_arrow_pool_drop(trpt_arrow_pool *pool) {
  if (atomic_fetch_sub_explicit(&pool->references, 1, memory_order_acq_rel) != 1) return;
  const trpt_allocator allocator = pool->allocator;
  trpt_arrow_block *block = trpt_arrow_pool_take(pool);
  if (block) trpt_arrow_block_free(block);
  allocator.release(allocator.user, pool, sizeof *pool);
}

trpt_arrow_block *trpt_arrow_pool_take(trpt_arrow_pool *pool) {
  return atomic_exchange_explicit(&pool->block, NULL, memory_order_acq_rel);
}

void trpt_arrow_pool_give(trpt_arrow_pool *pool, trpt_arrow_block *block) {
  if (trpt_arrow_block_size(block) <= pool->max_size)
    block = atomic_exchange_explicit(&pool->block, block, memory_order_acq_rel);
  if (block) trpt_arrow_block_free(block);
  trpt_arrow_pool_drop(pool);
}

/* lib/rows/arrow_schema.c */
/* SPDX-License-Identifier: MIT */




/* The private data of a struct type. Consumers may move the children out of it, which own nothing. */
typedef struct exported {
  trpt_allocator allocator;
  struct ArrowSchema *pointers[TRPT_TABLE_MAX_COLUMNS];
  struct ArrowSchema children[TRPT_TABLE_MAX_COLUMNS];
} exported;

static void arrow_schema_release_child(struct ArrowSchema *schema) { schema->release = NULL; }

static void release_schema(struct ArrowSchema *schema) {
  exported *e = schema->private_data;
  const trpt_allocator allocator = e->allocator;
  for (int64_t i = 0; i < schema->n_children; i++)
    if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
  schema->release = NULL;
  allocator.release(allocator.user, e, sizeof *e);
}

trpt_status trpt_table_schema(trpt_table table, const trpt_allocator *allocator, struct ArrowSchema *out) {
  trpt_allocator copy;
  if (!out) return TRPT_E_ARGUMENT;
  *out = (struct ArrowSchema){0};
  if (!trpt_table_is_valid(table) || !trpt_allocator_read(&copy, allocator)) return TRPT_E_ARGUMENT;
  exported *e = copy.allocate(copy.user, sizeof *e);
  if (!e) return TRPT_E_MEMORY;
  const trpt_table_info *info = &trpt_tables[table];
  e->allocator = copy;
  for (uint32_t i = 0; i < info->column_count; i++) {
    const trpt_table_field field = info->field(i);
    e->children[i] = (struct ArrowSchema){.format = trpt_arrow_format(field.type),
                                          .name = field.name.ptr,
                                          .flags = field.is_nullable ? ARROW_FLAG_NULLABLE : 0,
                                          .release = arrow_schema_release_child};
    e->pointers[i] = &e->children[i];
  }
  *out = (struct ArrowSchema){.format = "+s",
                              .name = "",
                              .n_children = info->column_count,
                              .children = e->pointers,
                              .release = release_schema,
                              .private_data = e};
  return TRPT_OK;
}

/* lib/rows/arrow_table.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_TABLE_H
#define TRPT_LIB_ARROW_TABLE_H

/* The rows of a table that wait in memory. Rows are added, then committed or withdrawn together. */



typedef struct trpt_arrow_cell {
  uint32_t column;
  trpt_origin origin;
} trpt_arrow_cell;

/* The cells of a scope in rows of a kind, other than those that are always null. */
typedef struct trpt_arrow_cells {
  uint32_t count;
  trpt_arrow_cell cells[TRPT_TABLE_MAX_COLUMNS];
} trpt_arrow_cells;

typedef struct trpt_arrow_table {
  const trpt_table_info *info;
  trpt_arrow_cells cells[TRPT_ROW_ERROR][TRPT_SCOPE_COUNT]; /* no table has error rows */
  size_t row_counts[TRPT_SCOPE_COUNT];                      /* rows that have the cells of the scope */
  trpt_arrow_budget budget;
  trpt_arrow_pool *pool;
  trpt_arrow_block *block; /* NULL without rows */
  size_t committed_row_count;
  bool is_used_memory; /* `block` is, or was before it was freed, from the pool */
} trpt_arrow_table;

/* Returns TRPT_OK or TRPT_E_MEMORY. A table that is all zeros may be freed. */
trpt_status trpt_arrow_table_begin(trpt_arrow_table *table, const trpt_table_info *info,
                                   const trpt_allocator *allocator, size_t limit);
void trpt_arrow_table_free(trpt_arrow_table *table);

/* These return TRPT_OK; TRPT_E_LIMIT if the budget is spent; TRPT_E_MEMORY. After an error, withdraw. */

/* Makes room for so many more rows. */
trpt_status trpt_arrow_table_reserve(trpt_arrow_table *table, size_t row_count);
/* Adds `count` equal cells to each column of a scope, from a record of a kind. Before commit, all scopes must have the same
   number of cells. */
trpt_status trpt_arrow_table_add(trpt_arrow_table *table, trpt_row_kind kind, trpt_scope scope, size_t count,
                                 const void *record, uint64_t *overflows);

void trpt_arrow_table_commit(trpt_arrow_table *table);
void trpt_arrow_table_withdraw(trpt_arrow_table *table);

/* Moves the committed rows to `out` and empties the table. Returns TRPT_OK, or an error with the table unchanged. */
trpt_status trpt_arrow_table_export(trpt_arrow_table *table, struct ArrowArray *out);

#endif

#include <string.h>



static void add_column(trpt_arrow_table *table, uint32_t column) {
  const trpt_scope scope = table->info->field(column).scope;
  for (int kind = 0; kind < TRPT_ROW_ERROR; kind++) {
    const trpt_arrow_cell cell = {column, table->info->origin(column, (trpt_row_kind)kind)};
    trpt_arrow_cells *cells = &table->cells[kind][scope];
    if (cell.origin.kind != TRPT_FROM_NOTHING) cells->cells[cells->count++] = cell;
  }
}

trpt_status trpt_arrow_table_begin(trpt_arrow_table *table, const trpt_table_info *info,
                                   const trpt_allocator *allocator, size_t limit) {
  memset(table, 0, sizeof *table);
  table->info = info;
  table->budget = (trpt_arrow_budget){.allocator = allocator, .limit = limit};
  for (uint32_t i = 0; i < info->column_count; i++) add_column(table, i);
  return trpt_arrow_pool_new(&table->pool, allocator, limit);
}

/* Removes the rows that are not committed. */
static void reset_row_counts(trpt_arrow_table *table) {
  for (int i = 0; i < TRPT_SCOPE_COUNT; i++) table->row_counts[i] = table->committed_row_count;
}

/* Forgets the block, which was exported or freed. */
static void clear(trpt_arrow_table *table) {
  table->block = NULL;
  table->budget.bytes = 0;
  table->committed_row_count = 0;
  reset_row_counts(table);
}

static void free_block(trpt_arrow_table *table) {
  if (table->block) trpt_arrow_block_free(table->block);
  clear(table);
}

void trpt_arrow_table_free(trpt_arrow_table *table) {
  free_block(table);
  if (table->pool) trpt_arrow_pool_drop(table->pool);
}

/* ---- rows ---- */

static void take_block(trpt_arrow_table *table) {
  table->block = trpt_arrow_pool_take(table->pool);
  table->is_used_memory = table->block;
  if (!table->block) return;
  trpt_arrow_block_empty(table->block);
  table->budget.bytes = trpt_arrow_block_size(table->block);
}

trpt_status trpt_arrow_table_reserve(trpt_arrow_table *table, size_t row_count) {
  const size_t needed = table->committed_row_count + row_count + 1;
  if (!table->block) take_block(table);
  const size_t present = table->block ? table->block->slots : 0;
  if (needed <= present) return TRPT_OK;
  const size_t usual = present ? present * 2 : TRPT_ARROW_MIN_SLOTS;
  return trpt_arrow_block_grow(&table->block, table->info, needed > usual ? trpt_arrow_aligned_size(needed) : usual,
                               &table->budget);
}

/* Whether nothing is stored for a list or number. Counts the numbers that their type cannot hold. */
static TRPT_INLINE bool arrow_table_is_null(const trpt_value *value, size_t count, uint64_t *overflows) {
  const uint64_t max = value->type == TRPT_VALUE_INDEX ? INT32_MAX : INT64_MAX;
  if (value->is_null || value->number <= max) return value->is_null;
  *overflows += count;
  return true;
}

static TRPT_INLINE trpt_status add_value(trpt_arrow_column *column, size_t row, const trpt_value *value,
                                    trpt_arrow_budget *budget) {
  if (value->list) return trpt_arrow_column_add_list(column, row, value->list, value->list_count, budget);
  /* Times of reports lie in the years 0 to 9999, whose microseconds fit. */
  const bool is_time = value->type == TRPT_VALUE_TIME;
  trpt_arrow_column_add_number(column, row, is_time ? value->time * 1000000 : (int64_t)value->number);
  return TRPT_OK;
}

trpt_status trpt_arrow_table_add(trpt_arrow_table *table, trpt_row_kind kind, trpt_scope scope, size_t count,
                                 const void *record, uint64_t *overflows) {
  const trpt_arrow_cells *cells = &table->cells[kind][scope];
  const size_t row = table->row_counts[scope];
  trpt_status status = TRPT_OK;
  for (uint32_t i = 0; i < cells->count && status == TRPT_OK; i++) {
    const trpt_origin *origin = &cells->cells[i].origin;
    trpt_arrow_column *column = &table->block->columns[cells->cells[i].column];
    if (trpt_origin_is_text(origin)) {
      const trpt_str text = trpt_origin_text(origin, record);
      if (!text.ptr) continue;
      status = trpt_arrow_column_add_text(column, row, text, &table->budget);
    } else {
      const trpt_value value = trpt_origin_value(origin, record);
      if (arrow_table_is_null(&value, count, overflows)) continue;
      status = add_value(column, row, &value, &table->budget);
    }
    if (count > 1 && status == TRPT_OK) status = trpt_arrow_column_repeat(column, count - 1, &table->budget);
  }
  table->row_counts[scope] = row + count;
  return status;
}

void trpt_arrow_table_commit(trpt_arrow_table *table) {
  /* Each table has columns of this scope. */
  table->committed_row_count = table->row_counts[TRPT_SCOPE_ROW];
}

/* A table without rows frees its memory too: buffers that grew for the withdrawn rows would leave no room for others. */
void trpt_arrow_table_withdraw(trpt_arrow_table *table) {
  if (!table->committed_row_count) {
    free_block(table);
    return;
  }
  for (uint32_t i = 0; i < table->info->column_count; i++)
    trpt_arrow_column_withdraw(&table->block->columns[i], table->committed_row_count);
  reset_row_counts(table);
}

/* ---- export ---- */

trpt_status trpt_arrow_table_export(trpt_arrow_table *table, struct ArrowArray *out) {
  const trpt_status status = trpt_arrow_table_reserve(table, 0);
  if (status != TRPT_OK) return status;
  trpt_arrow_export(table->block, table->committed_row_count, table->pool, out);
  clear(table);
  return TRPT_OK;
}

/* lib/rows/batch.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_BATCH_H
#define TRPT_LIB_BATCH_H

#include <stdatomic.h>
#include <stdbool.h>



struct trpt_batch {
  trpt_allocator allocator;
  trpt_batch_options options; /* only next, done and user are used */
  trpt_parser *parser;
  atomic_uint references; /* of the caller and of each stream, which may be released in any thread */
  bool is_in_callback;    /* `next` is running, and calls from inside it are errors */
  bool has_pending;       /* `pending` came from `next` and was not added yet */
  trpt_batch_item pending;
  trpt_status input; /* TRPT_OK; TRPT_END after the last item; or the error of `next` */
  uint64_t overflows;
  trpt_arrow_table tables[TRPT_TABLE_COUNT];
};

/* Drops one reference, and frees the batch with the last one. */
void trpt_batch_drop(trpt_batch *batch);

#endif

#include <assert.h>
#include <string.h>







/* A table must have room for its first row. Offsets of text are 32-bit numbers with a sign. */
enum { DEFAULT_MAX_TABLE = 64 << 20, SMALLEST_MAX_TABLE = 64 << 10, GREATEST_MAX_TABLE = 1 << 30 };
enum {
  LEAST_COLUMN = TRPT_ARROW_MIN_SLOTS * sizeof(int64_t) + TRPT_ARROW_ALIGNMENT + TRPT_ARROW_MIN_TEXT + TRPT_ARROW_SLACK
};
static_assert(sizeof(trpt_arrow_block) + TRPT_ARROW_SLACK + TRPT_TABLE_MAX_COLUMNS * LEAST_COLUMN <= SMALLEST_MAX_TABLE,
              "room for the first row");

/* ---- the batch ---- */

static size_t limit_of(const trpt_batch_options *options) {
  const uint64_t limit = options->max_table ? options->max_table : DEFAULT_MAX_TABLE;
  if (limit < SMALLEST_MAX_TABLE) return SMALLEST_MAX_TABLE;
  return (size_t)(limit < GREATEST_MAX_TABLE ? limit : GREATEST_MAX_TABLE);
}

static trpt_status begin_tables(trpt_batch *batch) {
  trpt_status status = TRPT_OK;
  for (int i = 0; i < TRPT_TABLE_COUNT && status == TRPT_OK; i++)
    status = trpt_arrow_table_begin(&batch->tables[i], &trpt_tables[i], &batch->allocator, limit_of(&batch->options));
  return status;
}

static void free_memory(trpt_batch *batch) {
  const trpt_allocator allocator = batch->allocator;
  for (int i = 0; i < TRPT_TABLE_COUNT; i++) trpt_arrow_table_free(&batch->tables[i]);
  trpt_parser_free(batch->parser);
  allocator.release(allocator.user, batch, sizeof *batch);
}

trpt_status trpt_batch_new(trpt_batch **out, const trpt_batch_options *options) {
  trpt_batch_options copy = {0};
  trpt_options report = {.struct_size = sizeof report};
  trpt_allocator allocator;
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  if (options && !trpt_versioned_copy(&copy, sizeof copy, options)) return TRPT_E_ARGUMENT;
  if (copy.report && !trpt_versioned_copy(&report, sizeof report, copy.report)) return TRPT_E_ARGUMENT;
  /* An item is one report, so that it is in the tables as a whole or not at all. */
  if (report.flags & TRPT_SEQUENCE || !trpt_allocator_read(&allocator, report.allocator)) return TRPT_E_ARGUMENT;
  trpt_parser *parser;
  const trpt_status status = trpt_parser_new(&parser, copy.report);
  if (status != TRPT_OK) return status;
  trpt_batch *batch = allocator.allocate(allocator.user, sizeof *batch);
  if (!batch) {
    trpt_parser_free(parser);
    return TRPT_E_MEMORY;
  }
  memset(batch, 0, sizeof *batch);
  batch->allocator = allocator;
  batch->options = copy;
  batch->parser = parser;
  atomic_init(&batch->references, 1);
  batch->input = copy.next ? TRPT_OK : TRPT_END;
  const trpt_status tables = begin_tables(batch);
  if (tables == TRPT_OK)
    *out = batch;
  else
    free_memory(batch);
  return tables;
}

void trpt_batch_drop(trpt_batch *batch) {
  if (atomic_fetch_sub_explicit(&batch->references, 1, memory_order_acq_rel) != 1) return;
  const trpt_batch_options options = batch->options;
  free_memory(batch);
  if (options.done) options.done(options.user);
}

void trpt_batch_free(trpt_batch *batch) {
  if (batch && !batch->is_in_callback) trpt_batch_drop(batch);
}

/* ---- rows of one item ---- */

/* These return TRPT_E_LIMIT with `*full` set to a table that has no room. */

static trpt_status check_room(trpt_arrow_table *table, trpt_status status, trpt_arrow_table **full) {
  if (status == TRPT_E_LIMIT) *full = table;
  return status;
}

static trpt_status batch_reserve(trpt_batch *batch, trpt_table table, size_t row_count, trpt_arrow_table **full) {
  trpt_arrow_table *t = &batch->tables[table];
  return check_room(t, trpt_arrow_table_reserve(t, row_count), full);
}

/* Adds the cells of a scope to `count` rows. */
static trpt_status batch_add(trpt_batch *batch, trpt_table table, trpt_scope scope, size_t count, const void *record,
                       trpt_arrow_table **full) {
  trpt_arrow_table *t = &batch->tables[table];
  /* Records of other tables have one kind. */
  const trpt_row_kind kind = table == TRPT_TABLE_ROWS ? ((const trpt_row *)record)->kind : TRPT_ROW_POLICY;
  return check_room(t, trpt_arrow_table_add(t, kind, scope, count, record, &batch->overflows), full);
}

static trpt_status batch_add_policy(trpt_batch *batch, const trpt_report *report, trpt_row *row, trpt_arrow_table **full) {
  const uint32_t count = row->policy->failure_count;
  row->kind = TRPT_ROW_POLICY;
  row->failure = NULL;
  trpt_status status = batch_add(batch, TRPT_TABLE_ROWS, TRPT_SCOPE_POLICY, (size_t)count + 1, row, full);
  if (status == TRPT_OK) status = batch_add(batch, TRPT_TABLE_ROWS, TRPT_SCOPE_ROW, 1, row, full);
  row->kind = TRPT_ROW_FAILURE;
  for (uint32_t i = 0; i < count && status == TRPT_OK; i++) {
    row->failure = trpt_report_failure(report, row->policy->index, i);
    status = batch_add(batch, TRPT_TABLE_ROWS, TRPT_SCOPE_ROW, 1, row, full);
  }
  return status;
}

/* A policy has a row, and each of its failures. */
static size_t row_count_of(const trpt_report *report) {
  size_t count = trpt_report_policy_count(report);
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) count += trpt_report_failure_count(report, i);
  return count;
}

static trpt_status add_rows(trpt_batch *batch, const trpt_report *report, const trpt_resolved_source *source,
                            trpt_arrow_table **full) {
  const size_t row_count = row_count_of(report);
  trpt_row row = trpt_row_of_report(report, source);
  if (!row_count) return TRPT_OK;
  trpt_status status = batch_reserve(batch, TRPT_TABLE_ROWS, row_count, full);
  if (status == TRPT_OK) status = batch_add(batch, TRPT_TABLE_ROWS, TRPT_SCOPE_REPORT, row_count, &row, full);
  for (uint32_t i = 0; i < trpt_report_policy_count(report) && status == TRPT_OK; i++) {
    row.policy = trpt_report_policy(report, i);
    status = batch_add_policy(batch, report, &row, full);
  }
  return status;
}

/* `report` may be NULL. */
static trpt_status batch_add_diagnostics(trpt_batch *batch, const trpt_report *report, const trpt_resolved_source *source,
                                   trpt_arrow_table **full) {
  const trpt_source *s = &source->source;
  const size_t count = s->diagnostics ? s->diagnostic_count : trpt_report_diagnostic_count(report);
  trpt_diagnostic_record record = {.source = s->name, .report_key = source->key};
  if (!count) return TRPT_OK;
  trpt_status status = batch_reserve(batch, TRPT_TABLE_DIAGNOSTICS, count, full);
  if (status == TRPT_OK) status = batch_add(batch, TRPT_TABLE_DIAGNOSTICS, TRPT_SCOPE_REPORT, count, &record, full);
  for (size_t i = 0; i < count && status == TRPT_OK; i++) {
    record.diagnostic = s->diagnostics ? s->diagnostics[i] : trpt_report_diagnostic(report, (uint32_t)i);
    status = batch_add(batch, TRPT_TABLE_DIAGNOSTICS, TRPT_SCOPE_ROW, 1, &record, full);
  }
  return status;
}

static trpt_status add_bad(trpt_batch *batch, const trpt_error *error, const trpt_source *source,
                           trpt_arrow_table **full) {
  const trpt_bad_record record = {
      .source = source->name,
      .status = trpt_source_status(source, error),
      .error = error,
  };
  const trpt_status status = batch_reserve(batch, TRPT_TABLE_BAD, 1, full);
  return status == TRPT_OK ? batch_add(batch, TRPT_TABLE_BAD, TRPT_SCOPE_ROW, 1, &record, full) : status;
}

/* Commits the rows of all tables, or withdraws them. */
static trpt_status batch_finish(trpt_batch *batch, trpt_status status, uint64_t overflows) {
  for (int i = 0; i < TRPT_TABLE_COUNT; i++)
    (status == TRPT_OK ? trpt_arrow_table_commit : trpt_arrow_table_withdraw)(&batch->tables[i]);
  if (status != TRPT_OK) batch->overflows = overflows;
  return status;
}

/* Whether an item did not fit although the table had no other rows. */
static bool is_too_large_for(const trpt_arrow_table *full) { return full && !full->committed_row_count; }

/* Whether it may fit into new memory: the table had the buffers of earlier rows. */
static bool may_fit(const trpt_arrow_table *full) { return full && full->is_used_memory && is_too_large_for(full); }

/* ---- items ---- */

static bool resolve(trpt_resolved_source *out, const trpt_source *source, const trpt_report *report) {
  return source && trpt_source_read(out, source, report) && out->source.name.ptr;
}

static trpt_status try_error(trpt_batch *batch, const trpt_report *unfinished, const trpt_error *error,
                             const trpt_resolved_source *source, bool has_diagnostics, trpt_arrow_table **full) {
  const uint64_t overflows = batch->overflows;
  trpt_status status;
  do {
    *full = NULL;
    status = has_diagnostics ? batch_add_diagnostics(batch, unfinished, source, full) : TRPT_OK;
    if (status == TRPT_OK) status = add_bad(batch, error, &source->source, full);
    status = batch_finish(batch, status, overflows);
  } while (may_fit(*full));
  return status;
}

/* The error is added even if there is never room for the diagnostics. */
static trpt_status batch_add_error(trpt_batch *batch, const trpt_report *unfinished, const trpt_error *error,
                             const trpt_source *source) {
  trpt_resolved_source resolved;
  trpt_arrow_table *full;
  if (!resolve(&resolved, source, NULL)) return TRPT_E_ARGUMENT;
  resolved.key = (trpt_str){NULL, 0};
  trpt_status status = try_error(batch, unfinished, error, &resolved, true, &full);
  if (!is_too_large_for(full)) return status;
  status = try_error(batch, unfinished, error, &resolved, false, &full);
  return is_too_large_for(full) ? TRPT_E_ARGUMENT : status;
}

static trpt_status add_oversized(trpt_batch *batch, const trpt_source *source, const trpt_arrow_table *full) {
  trpt_error error;
  trpt_error_set(&error, TRPT_E_LIMIT, TRPT_CODE_NONE, (trpt_position){0}, "");
  trpt_error_set_limit(&error, "The rows of the report need more memory than max_table (# bytes).", full->budget.limit);
  return batch_add_error(batch, NULL, &error, source);
}

static trpt_status try_report(trpt_batch *batch, const trpt_report *report, const trpt_resolved_source *source,
                              trpt_arrow_table **full) {
  const uint64_t overflows = batch->overflows;
  trpt_status status;
  do {
    *full = NULL;
    status = add_rows(batch, report, source, full);
    if (status == TRPT_OK) status = batch_add_diagnostics(batch, report, source, full);
    status = batch_finish(batch, status, overflows);
  } while (may_fit(*full));
  return status;
}

static trpt_status batch_add_report(trpt_batch *batch, const trpt_report *report, const trpt_source *source) {
  trpt_resolved_source resolved;
  trpt_arrow_table *full;
  if (!resolve(&resolved, source, report)) return TRPT_E_ARGUMENT;
  const trpt_status status = try_report(batch, report, &resolved, &full);
  return is_too_large_for(full) ? add_oversized(batch, source, full) : status;
}

static trpt_status add_bytes(trpt_batch *batch, const trpt_batch_item *item) {
  trpt_parser *parser = batch->parser;
  trpt_report *report;
  trpt_parser_reset(parser);
  trpt_status status = item->len ? trpt_report_read(parser, item->data, item->len, &report) : TRPT_MORE;
  if (status == TRPT_MORE) status = trpt_report_read(parser, NULL, 0, &report);
  switch (status) {
  case TRPT_OK: status = batch_add_report(batch, report, item->source); break;
  case TRPT_E_MEMORY: return status; /* nothing is wrong with the bytes */
  default: return batch_add_error(batch, trpt_report_unfinished(parser), trpt_parser_error(parser), item->source);
  }
  trpt_report_free(report);
  return status;
}

/* An item is bytes, a report or an error; a report may accompany an error. */
static bool batch_read_item(trpt_batch_item *out, const trpt_batch_item *item) {
  if (!item || !trpt_versioned_copy(out, sizeof *out, item)) return false;
  return out->data ? !out->report && !out->error : out->report || out->error;
}

trpt_status trpt_batch_add(trpt_batch *batch, const trpt_batch_item *item) {
  trpt_batch_item copy;
  if (!batch) return TRPT_E_ARGUMENT;
  if (batch->is_in_callback) return TRPT_E_STATE;
  if (!batch_read_item(&copy, item)) return TRPT_E_ARGUMENT;
  if (copy.data) return add_bytes(batch, &copy);
  return copy.error ? batch_add_error(batch, copy.report, copy.error, copy.source)
                    : batch_add_report(batch, copy.report, copy.source);
}

/* ---- results ---- */

uint64_t trpt_batch_count(const trpt_batch *batch, trpt_table table) {
  return batch && trpt_table_is_valid(table) ? batch->tables[table].committed_row_count : 0;
}

uint64_t trpt_batch_overflow_count(const trpt_batch *batch) { return batch ? batch->overflows : 0; }

trpt_status trpt_batch_export(trpt_batch *batch, trpt_table table, struct ArrowArray *out) {
  if (!out) return TRPT_E_ARGUMENT;
  *out = (struct ArrowArray){0};
  if (!batch || !trpt_table_is_valid(table)) return TRPT_E_ARGUMENT;
  if (batch->is_in_callback) return TRPT_E_STATE;
  return trpt_arrow_table_export(&batch->tables[table], out);
}

/* lib/rows/batch_stream.c */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>



/* The private data of a stream. */
typedef struct batch_stream_stream {
  trpt_batch *batch;
  trpt_table table;
  trpt_status status; /* of the last call */
} batch_stream_stream;

/* ---- reading ---- */

/* A stream returns rows once they have this many bytes. Such arrays stay in the processor's caches. The first one takes new
   pages of the system, and later ones the memory of those that their consumer released. */
enum { ARRAY_SIZE = 1 << 19 };

static bool has_array(const trpt_arrow_table *table) {
  return table->committed_row_count && trpt_arrow_block_used(table->block, table->committed_row_count) >= ARRAY_SIZE;
}

/* Adds items until the table has enough rows for an array (TRPT_OK), the batch has no room (TRPT_E_LIMIT), the input
   has ended (TRPT_END) or failed. */
static trpt_status read_items(trpt_batch *batch, trpt_table table) {
  while (!has_array(&batch->tables[table])) {
    if (!batch->has_pending && batch->input == TRPT_OK) {
      batch->pending = (trpt_batch_item){.struct_size = sizeof batch->pending};
      batch->is_in_callback = true;
      batch->input = batch->options.next(batch->options.user, &batch->pending);
      batch->is_in_callback = false;
      batch->has_pending = batch->input == TRPT_OK;
    }
    if (!batch->has_pending) return batch->input;
    const trpt_status status = trpt_batch_add(batch, &batch->pending);
    if (status != TRPT_OK) return status;
    batch->has_pending = false;
  }
  return TRPT_OK;
}

/* Fills `out` with the next rows. It stays released at the end. */
static trpt_status read_rows(const batch_stream_stream *s, struct ArrowArray *out) {
  if (s->batch->is_in_callback) return TRPT_E_STATE;
  const trpt_status status = read_items(s->batch, s->table);
  if (trpt_batch_count(s->batch, s->table)) return trpt_batch_export(s->batch, s->table, out);
  return status == TRPT_END ? TRPT_OK : status;
}

/* ---- callbacks ---- */

static int error_of(trpt_status status) {
  switch (status) {
  case TRPT_OK: return 0;
  case TRPT_E_MEMORY: return ENOMEM;
  case TRPT_E_LIMIT: return ENOBUFS;
  case TRPT_E_CANCELED: return ECANCELED;
  default: return EINVAL;
  }
}

static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out) {
  batch_stream_stream *s = self->private_data;
  s->status = trpt_table_schema(s->table, &s->batch->allocator, out);
  return error_of(s->status);
}

static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out) {
  batch_stream_stream *s = self->private_data;
  *out = (struct ArrowArray){0};
  s->status = read_rows(s, out);
  return error_of(s->status);
}

static const char *get_last_error(struct ArrowArrayStream *self) {
  const batch_stream_stream *s = self->private_data;
  switch (s->status) {
  case TRPT_OK: return NULL;
  case TRPT_E_LIMIT: return "Another table of the batch is full. Read its stream too, or let max_table be larger.";
  default: return trpt_status_message(s->status);
  }
}

static void release(struct ArrowArrayStream *self) {
  batch_stream_stream *s = self->private_data;
  trpt_batch *batch = s->batch;
  const trpt_allocator allocator = batch->allocator;
  self->release = NULL;
  allocator.release(allocator.user, s, sizeof *s);
  trpt_batch_drop(batch);
}

trpt_status trpt_batch_stream(trpt_batch *batch, trpt_table table, struct ArrowArrayStream *out) {
  if (!out) return TRPT_E_ARGUMENT;
  *out = (struct ArrowArrayStream){0};
  if (!batch || !trpt_table_is_valid(table)) return TRPT_E_ARGUMENT;
  if (batch->is_in_callback) return TRPT_E_STATE;
  batch_stream_stream *s = batch->allocator.allocate(batch->allocator.user, sizeof *s);
  if (!s) return TRPT_E_MEMORY;
  *s = (batch_stream_stream){.batch = batch, .table = table};
  atomic_fetch_add_explicit(&batch->references, 1, memory_order_relaxed);
  *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release, s};
  return TRPT_OK;
}

/* lib/rows/cells.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CELLS_H
#define TRPT_LIB_CELLS_H

/* The text formats of rows, docs/rows.md. */




typedef struct trpt_cell_format {
  /* A function of cell_text.h. */
  void (*text)(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard);
  bool is_named;      /* cells have the names of their columns, so there is no header row */
  trpt_str separator; /* between cells without names */
  trpt_str null;
  trpt_str end;
} trpt_cell_format;

/* Indexed by trpt_rows_format. */
enum { TRPT_CELL_FORMAT_COUNT = 3 };
extern const trpt_cell_format trpt_cell_formats[TRPT_CELL_FORMAT_COUNT];

/* Writes one cell, without the separator or name before it. */
void trpt_cell_write(trpt_output *output, const trpt_cell_format *format, bool has_guard, const trpt_value *value);

#endif






const trpt_cell_format trpt_cell_formats[TRPT_CELL_FORMAT_COUNT] = {
    [TRPT_ROWS_NDJSON] = {trpt_cell_json, true, TRPT_STR(""), TRPT_STR("null"), TRPT_STR("}\n")},
    [TRPT_ROWS_CSV] = {trpt_cell_csv, false, TRPT_STR(","), TRPT_STR(""), TRPT_STR("\r\n")},
    [TRPT_ROWS_TSV] = {trpt_cell_tsv, false, TRPT_STR("\t"), TRPT_STR(""), TRPT_STR("\n")},
};

static void put_time(trpt_output *output, const trpt_cell_format *format, int64_t seconds) {
  char text[32];
  trpt_str time = {text, 0};
  if (trpt_time_format(seconds, text, sizeof text, &time.len) != TRPT_OK)
    trpt_output_str(output, format->null);
  else
    format->text(output, &time, 1, false); /* never a formula */
}

void trpt_cell_write(trpt_output *output, const trpt_cell_format *format, bool has_guard, const trpt_value *value) {
  if (value->is_null) {
    trpt_output_str(output, format->null);
    return;
  }
  switch (value->type) {
  case TRPT_VALUE_TEXT:
    if (value->list)
      format->text(output, value->list, value->list_count, has_guard);
    else
      format->text(output, &value->text, 1, has_guard);
    break;
  case TRPT_VALUE_TIME: put_time(output, format, value->time); break;
  default: trpt_output_number(output, value->number);
  }
}

/* lib/rows/columns.c */
/* SPDX-License-Identifier: MIT */


#include <assert.h>






/* ---- origins ---- */

static trpt_str kind_of(const void *record) {
  static const trpt_str names[TRPT_ROW_KIND_COUNT] = {TRPT_STR("policy"), TRPT_STR("failure"), TRPT_STR("error")};
  const trpt_row *row = record;
  return names[row->kind];
}

static trpt_str policy_mode_of(const void *record) {
  const trpt_row *row = record;
  return trpt_str_of(row->policy ? trpt_sts_mode_name(trpt_policy_mode(row->policy)) : NULL);
}

/* The pointer to the structure of a member. */
static size_t pointer_to(trpt_member member) {
  if (member < TRPT_FIRST_OF_POLICY) return offsetof(trpt_row, metadata);
  return member < TRPT_FIRST_OF_FAILURE ? offsetof(trpt_row, policy) : offsetof(trpt_row, failure);
}

static trpt_origin origin_of(trpt_member member) {
  const trpt_member_info *info = &trpt_members[member];
  trpt_origin origin = {.structure = (uint8_t)pointer_to(member), .field = info->field, .number = info->number};
  switch (info->type) {
  case TRPT_TYPE_COUNT:
    origin.kind = TRPT_FROM_COUNT;
    origin.number = info->present;
    origin.has = info->has;
    break;
  case TRPT_TYPE_TIME:
    origin.kind = TRPT_FROM_TIME;
    origin.field = info->number;
    break;
  case TRPT_TYPE_LIST: origin.kind = TRPT_FROM_LIST; break;
  default: origin.kind = TRPT_FROM_TEXT;
  }
  return origin;
}

trpt_origin trpt_column_origin(const trpt_column *column, trpt_row_kind kind) {
  const trpt_member member = (trpt_member)column->members[kind];
  return member == TRPT_MEMBER_NONE ? column->origin : origin_of(member);
}

/* ---- the table ---- */

/* The value type of each member. */
enum {
  TYPE_OF_NONE = TRPT_VALUE_TEXT,
#define VALUE_OF_STRING                                                              TRPT_VALUE_TEXT
#define VALUE_OF_POLICY_TYPE                                                         TRPT_VALUE_TEXT
#define VALUE_OF_RESULT_TYPE                                                         TRPT_VALUE_TEXT
#define VALUE_OF_TIME                                                                TRPT_VALUE_TIME
#define VALUE_OF_COUNT                                                               TRPT_VALUE_COUNT
#define VALUE_OF_LIST                                                                TRPT_VALUE_TEXT
#define VALUE_OF_OBJECT                                                              TRPT_VALUE_TEXT
#define VALUE_OF_ARRAY                                                               TRPT_VALUE_TEXT
#define MEMBER(tag, id, object, name, type, field, number, present, required, check) TYPE_OF_##id = VALUE_OF_##type,
#ifndef STRUCTURE
#define STRUCTURE(id, type)
#endif
#ifndef STRUCTURE_END
#define STRUCTURE_END(id)
#endif
#ifndef OBJECT
#define OBJECT(id, structure)
#endif
#ifndef ARRAY
#define ARRAY(id)
#endif
#ifndef ELEMENT
#define ELEMENT(object, array)
#endif
#ifndef MEMBER
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)
#endif
#ifndef LIST
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  MEMBER(tag, id, object, name, LIST, field, number, has, required, check)
#endif
#ifndef ALIAS
#define ALIAS(id, member, name)
#endif
STRUCTURE(METADATA, trpt_metadata)
OBJECT(REPORT, METADATA)
MEMBER(1, ORGANIZATION_NAME, REPORT, "organization-name", STRING, organization_name, ,
       TRPT_METADATA_HAS_ORGANIZATION_NAME, ALWAYS, text)
MEMBER(2, DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, , 0, ALWAYS, )
MEMBER(3, CONTACT_INFO, REPORT, "contact-info", STRING, contact_info, ,
       TRPT_METADATA_HAS_CONTACT_INFO, ALWAYS, contact)
MEMBER(4, REPORT_ID, REPORT, "report-id", STRING, report_id, ,
       TRPT_METADATA_HAS_REPORT_ID, ALWAYS, text)
MEMBER(5, POLICIES, REPORT, "policies", ARRAY, POLICIES, , 0, ESSENTIAL, )
OBJECT(DATE_RANGE, METADATA)
MEMBER(6, START_DATETIME, DATE_RANGE, "start-datetime", TIME, start_text, start,
       TRPT_METADATA_HAS_START, ALWAYS, text)
MEMBER(7, END_DATETIME, DATE_RANGE, "end-datetime", TIME, end_text, end,
       TRPT_METADATA_HAS_END, ALWAYS, text)
STRUCTURE_END(METADATA)
STRUCTURE(POLICY, trpt_policy)
ARRAY(POLICIES)
ELEMENT(POLICY, POLICIES)
OBJECT(POLICY, POLICY)
MEMBER(8, POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, , TRPT_POLICY_HAS_POLICY, ALWAYS, )
MEMBER(9, SUMMARY, POLICY, "summary", OBJECT, SUMMARY, , 0, ALWAYS, )
MEMBER(10, FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, , TRPT_POLICY_HAS_FAILURES, OPTIONAL, )
OBJECT(POLICY_OBJECT, POLICY)
MEMBER(11, POLICY_TYPE, POLICY_OBJECT, "policy-type", POLICY_TYPE, type_name, type,
       TRPT_POLICY_HAS_TYPE, ALWAYS, text)
LIST(12, POLICY_STRING, POLICY_OBJECT, "policy-string", strings, string_count,
     TRPT_POLICY_HAS_STRINGS, IF(HAS_POLICY, POLICY_STRING_MISSING), policy_line)
MEMBER(13, POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, domain, ,
       TRPT_POLICY_HAS_DOMAIN, BY(NO_POLICY_FOUND, POLICY_DOMAIN_MISSING, MISSING_MEMBER), policy_domain)
LIST(14, MX_HOST, POLICY_OBJECT, "mx-host", mx_hosts, mx_host_count,
     TRPT_POLICY_HAS_MX_HOSTS, IF(STS, MX_HOST_MISSING), mx_pattern)
ARRAY(POLICY_STRING)
ARRAY(MX_HOST)
OBJECT(SUMMARY, POLICY)
MEMBER(15, TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, successful_sessions, ,
       TRPT_POLICY_HAS_SUCCESSFUL, ALWAYS, )
MEMBER(16, TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, failed_sessions, ,
       TRPT_POLICY_HAS_FAILED, ALWAYS, )
STRUCTURE_END(POLICY)
STRUCTURE(FAILURE, trpt_failure)
ARRAY(FAILURES)
ELEMENT(FAILURE, FAILURES)
OBJECT(FAILURE, FAILURE)
MEMBER(17, RESULT_TYPE, FAILURE, "result-type", RESULT_TYPE, type_name, type,
       TRPT_FAILURE_HAS_TYPE, ALWAYS, text)
MEMBER(18, SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, sending_mta_ip, ,
       TRPT_FAILURE_HAS_SENDING_MTA_IP, IF(CONNECTED, MISSING_MEMBER), address)
MEMBER(19, RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, receiving_mx_hostname, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, IF(CONNECTED, MISSING_MEMBER), host)
MEMBER(20, RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, receiving_mx_helo, ,
       TRPT_FAILURE_HAS_RECEIVING_MX_HELO, OPTIONAL, text)
MEMBER(21, RECEIVING_IP, FAILURE, "receiving-ip", STRING, receiving_ip, ,
       TRPT_FAILURE_HAS_RECEIVING_IP, OPTIONAL, address)
MEMBER(22, FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, failed_sessions, ,
       TRPT_FAILURE_HAS_FAILED_SESSIONS, ALWAYS, )
MEMBER(23, ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, additional_information, ,
       TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, OPTIONAL, information)
MEMBER(24, FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, failure_reason_code, ,
       TRPT_FAILURE_HAS_REASON_CODE, IF(NEEDS_REASON, REASON_CODE_MISSING), text)
STRUCTURE_END(FAILURE)
ALIAS(MX_HOST_PATTERN, MX_HOST, "mx-host-pattern")
ALIAS(ADDITIONAL_INFO_URI, ADDITIONAL_INFORMATION, "additional-info-uri")
ALIAS(FAILURE_ERROR_CODE, FAILURE_REASON_CODE, "failure-error-code")
#undef STRUCTURE
#undef STRUCTURE_END
#undef OBJECT
#undef ARRAY
#undef ELEMENT
#undef MEMBER
#undef LIST
#undef ALIAS
};

const trpt_column trpt_columns[TRPT_COLUMN_COUNT] = {
#define CALL(function)          TRPT_FROM_CALL(function)
#define OF_ROW(kind, field)     TRPT_FROM_RECORD(kind, trpt_row, field)
#define OF_SOURCE(kind, field)  TRPT_FROM(kind, trpt_row, source, trpt_source, field)
#define OF_POLICY(kind, field)  TRPT_FROM(kind, trpt_row, policy, trpt_policy, field)
#define OF_FAILURE(kind, field) TRPT_FROM(kind, trpt_row, failure, trpt_failure, field)
#define OF_ERROR(kind, field)   TRPT_FROM(kind, trpt_row, error, trpt_error, field)
#define NO_ORIGIN                                                                                                      \
  { 0 }
#define COLUMN(name, type, scope, is_nullable, policy, failure, ...)                                                   \
  {TRPT_STR(#name),                                                                                                    \
   TRPT_STR(",\"" #name "\":"),                                                                                        \
   TRPT_STR(",\"" #name "\":null"),                                                                                    \
   (trpt_value_type)(type),                                                                                            \
   scope,                                                                                                              \
   is_nullable,                                                                                                        \
   {policy, failure, TRPT_MEMBER_NONE},                                                                                \
   __VA_ARGS__},
#define SHARED(name, member)                                                                                           \
  COLUMN(name, TYPE_OF_##member, TRPT_MEMBER_##member < TRPT_FIRST_OF_POLICY ? TRPT_SCOPE_REPORT : TRPT_SCOPE_POLICY,  \
         true, TRPT_MEMBER_##member, TRPT_MEMBER_##member, NO_ORIGIN)
#define OWN(name, policy, failure)                                                                                     \
  COLUMN(name, TRPT_MEMBER_##policy ? TYPE_OF_##policy : TYPE_OF_##failure, TRPT_SCOPE_ROW, true,                      \
         TRPT_MEMBER_##policy, TRPT_MEMBER_##failure, NO_ORIGIN)
#define COMPUTED(name, type, scope, ...)                                                                               \
  COLUMN(name, TRPT_VALUE_##type, TRPT_SCOPE_##scope, true, TRPT_MEMBER_NONE, TRPT_MEMBER_NONE, __VA_ARGS__)
#define REQUIRED(name, type, scope, ...)                                                                               \
  COLUMN(name, TRPT_VALUE_##type, TRPT_SCOPE_##scope, false, TRPT_MEMBER_NONE, TRPT_MEMBER_NONE, __VA_ARGS__)
REQUIRED(kind, TEXT, ROW, CALL(kind_of))
REQUIRED(source, TEXT, REPORT, OF_SOURCE(TEXT, name))
REQUIRED(report_key, TEXT, REPORT, OF_ROW(TEXT, report_key))
SHARED(organization_name, ORGANIZATION_NAME)
SHARED(contact_info, CONTACT_INFO)
SHARED(report_id, REPORT_ID)
SHARED(start, START_DATETIME)
SHARED(end, END_DATETIME)
REQUIRED(policy_index, INDEX, POLICY, OF_POLICY(INDEX, index))
SHARED(policy_type, POLICY_TYPE)
SHARED(policy_domain, POLICY_DOMAIN)
COMPUTED(policy_mode, TEXT, POLICY, CALL(policy_mode_of))
SHARED(mx_host, MX_HOST)
REQUIRED(failure_index, INDEX, ROW, OF_FAILURE(INDEX, index))
OWN(result_type, NONE, RESULT_TYPE)
OWN(sending_mta_ip, NONE, SENDING_MTA_IP)
OWN(receiving_mx_hostname, NONE, RECEIVING_MX_HOSTNAME)
OWN(receiving_mx_helo, NONE, RECEIVING_MX_HELO)
OWN(receiving_ip, NONE, RECEIVING_IP)
OWN(successful_sessions, TOTAL_SUCCESSFUL, NONE)
OWN(failed_sessions, TOTAL_FAILURE, FAILED_SESSION_COUNT)
OWN(failure_reason_code, NONE, FAILURE_REASON_CODE)
OWN(additional_information, NONE, ADDITIONAL_INFORMATION)
COMPUTED(report_domain, TEXT, REPORT, OF_SOURCE(TEXT, report_domain))
COMPUTED(report_submitter, TEXT, REPORT, OF_SOURCE(TEXT, report_submitter))
COMPUTED(message_id, TEXT, REPORT, OF_SOURCE(TEXT, message_id))
COMPUTED(dkim, TEXT, REPORT, OF_SOURCE(TEXT, dkim))
COMPUTED(dkim_domain, TEXT, REPORT, OF_SOURCE(TEXT, dkim_domain))
COMPUTED(error_code, TEXT, REPORT, OF_ROW(TEXT, error_code))
COMPUTED(error_message, TEXT, REPORT, OF_ERROR(ARRAY, message))
#undef SHARED
#undef OWN
#undef COMPUTED
#undef REQUIRED
};

/* Members of a failure are only in failure rows. */
#define SHARED(name, member) static_assert(TRPT_MEMBER_##member < TRPT_FIRST_OF_FAILURE, "rows share " #name);
#define OWN(name, policy, failure)                                                                                     \
  static_assert(TRPT_MEMBER_##policy < TRPT_FIRST_OF_FAILURE, "policy rows have " #name);
#define COMPUTED(name, type, scope, ...)
#define REQUIRED(name, type, scope, ...)
REQUIRED(kind, TEXT, ROW, CALL(kind_of))
REQUIRED(source, TEXT, REPORT, OF_SOURCE(TEXT, name))
REQUIRED(report_key, TEXT, REPORT, OF_ROW(TEXT, report_key))
SHARED(organization_name, ORGANIZATION_NAME)
SHARED(contact_info, CONTACT_INFO)
SHARED(report_id, REPORT_ID)
SHARED(start, START_DATETIME)
SHARED(end, END_DATETIME)
REQUIRED(policy_index, INDEX, POLICY, OF_POLICY(INDEX, index))
SHARED(policy_type, POLICY_TYPE)
SHARED(policy_domain, POLICY_DOMAIN)
COMPUTED(policy_mode, TEXT, POLICY, CALL(policy_mode_of))
SHARED(mx_host, MX_HOST)
REQUIRED(failure_index, INDEX, ROW, OF_FAILURE(INDEX, index))
OWN(result_type, NONE, RESULT_TYPE)
OWN(sending_mta_ip, NONE, SENDING_MTA_IP)
OWN(receiving_mx_hostname, NONE, RECEIVING_MX_HOSTNAME)
OWN(receiving_mx_helo, NONE, RECEIVING_MX_HELO)
OWN(receiving_ip, NONE, RECEIVING_IP)
OWN(successful_sessions, TOTAL_SUCCESSFUL, NONE)
OWN(failed_sessions, TOTAL_FAILURE, FAILED_SESSION_COUNT)
OWN(failure_reason_code, NONE, FAILURE_REASON_CODE)
OWN(additional_information, NONE, ADDITIONAL_INFORMATION)
COMPUTED(report_domain, TEXT, REPORT, OF_SOURCE(TEXT, report_domain))
COMPUTED(report_submitter, TEXT, REPORT, OF_SOURCE(TEXT, report_submitter))
COMPUTED(message_id, TEXT, REPORT, OF_SOURCE(TEXT, message_id))
COMPUTED(dkim, TEXT, REPORT, OF_SOURCE(TEXT, dkim))
COMPUTED(dkim_domain, TEXT, REPORT, OF_SOURCE(TEXT, dkim_domain))
COMPUTED(error_code, TEXT, REPORT, OF_ROW(TEXT, error_code))
COMPUTED(error_message, TEXT, REPORT, OF_ERROR(ARRAY, message))
#undef SHARED
#undef OWN
#undef COMPUTED
#undef REQUIRED
#undef VALUE_OF_STRING
#undef VALUE_OF_POLICY_TYPE
#undef VALUE_OF_RESULT_TYPE
#undef VALUE_OF_TIME
#undef VALUE_OF_COUNT
#undef VALUE_OF_LIST
#undef VALUE_OF_OBJECT
#undef VALUE_OF_ARRAY
#undef MEMBER
#undef CALL
#undef OF_ROW
#undef OF_SOURCE
#undef OF_POLICY
#undef OF_FAILURE
#undef OF_ERROR
#undef NO_ORIGIN
#undef COLUMN
#undef SHARED
#undef OWN
#undef COMPUTED
#undef REQUIRED
#undef SHARED
#undef OWN
#undef COMPUTED
#undef REQUIRED

/* lib/rows/rows.c */
/* SPDX-License-Identifier: MIT */









/* Consecutive columns of the same scope. */
typedef struct rows_run {
  uint32_t first;
  uint32_t end;
  trpt_scope scope;
  bool is_shared; /* the text of the run is in `shared`; unused for TRPT_SCOPE_ROW */
  size_t at;      /* where the text begins in `shared` */
  size_t len;
} rows_run;

struct trpt_rows {
  const trpt_cell_format *format;
  bool has_guard; /* against formulas in spreadsheets */
  size_t run_count;
  rows_run runs[TRPT_COLUMN_COUNT];
  trpt_origin origins[TRPT_ROW_KIND_COUNT][TRPT_COLUMN_COUNT];
  trpt_output output;
  trpt_output shared; /* the cells of all rows of the report, then those of all rows of the policy */
};

size_t trpt_rows_size(void) { return sizeof(trpt_rows) + TRPT_ALIGNMENT_SLACK; }

/* Makes `shared` a buffer that cannot be flushed. */
static int rows_refuse(void *user, const char *data, size_t len) {
  (void)user;
  (void)data;
  (void)len;
  return 1;
}

static void find_runs(trpt_rows *rows) {
  rows->run_count = 0;
  for (uint32_t i = 0; i < TRPT_COLUMN_COUNT; i++) {
    if (!i || trpt_columns[i].scope != trpt_columns[i - 1].scope)
      rows->runs[rows->run_count++] = (rows_run){.first = i, .scope = trpt_columns[i].scope};
    rows->runs[rows->run_count - 1].end = i + 1;
  }
}

static void find_origins(trpt_rows *rows) {
  for (int kind = 0; kind < TRPT_ROW_KIND_COUNT; kind++)
    for (uint32_t i = 0; i < TRPT_COLUMN_COUNT; i++)
      rows->origins[kind][i] = trpt_column_origin(&trpt_columns[i], (trpt_row_kind)kind);
}

static bool copy_options(trpt_rows_options *out, const trpt_rows_options *options) {
  *out = (trpt_rows_options){.struct_size = sizeof *out};
  if (options && !trpt_versioned_copy(out, sizeof *out, options)) return false;
  return out->format >= 0 && out->format < TRPT_CELL_FORMAT_COUNT &&
         !(out->flags & ~(uint32_t)TRPT_ROWS_NO_FORMULA_GUARD);
}

trpt_status trpt_rows_init(trpt_rows **out, void *memory, size_t size, const trpt_rows_options *options,
                           trpt_write_fn write, void *user) {
  trpt_rows_options copy;
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  if (!memory || !write || !copy_options(&copy, options)) return TRPT_E_ARGUMENT;
  if (size < trpt_rows_size()) return TRPT_E_BUFFER;
  trpt_rows *rows = trpt_align_up(memory);
  rows->format = &trpt_cell_formats[copy.format];
  rows->has_guard = !(copy.flags & TRPT_ROWS_NO_FORMULA_GUARD);
  find_runs(rows);
  find_origins(rows);
  trpt_output_begin(&rows->output, write, user);
  *out = rows;
  return TRPT_OK;
}

/* Writes the separator or name before the cell of a column. */
static void put_prefix(const trpt_rows *rows, trpt_output *output, uint32_t column) {
  const trpt_str name = trpt_columns[column].member_name;
  if (!rows->format->is_named) {
    if (column) trpt_output_str(output, rows->format->separator);
  } else if (column) {
    trpt_output_put_short(output, name.ptr, name.len);
  } else {
    trpt_output_put(output, "{", 1);
    trpt_output_str(output, trpt_str_from(name, 1));
  }
}

static void put_cells(const trpt_rows *rows, trpt_output *output, const rows_run *r, const trpt_row *row) {
  for (uint32_t i = r->first; i < r->end; i++) {
    const trpt_column *column = &trpt_columns[i];
    const trpt_value value = trpt_origin_read(&rows->origins[row->kind][i], row);
    if (value.is_null && rows->format->is_named) { /* never the first column */
      trpt_output_put_short(output, column->null_member.ptr, column->null_member.len);
      continue;
    }
    put_prefix(rows, output, i);
    trpt_cell_write(output, rows->format, rows->has_guard, &value);
  }
}

/* Prepares the cells that the next rows share, after the first `used` bytes of `shared`. Returns the new number of used
   bytes. Runs that do not fit are not shared, and written for each row. */
static size_t rows_share(trpt_rows *rows, size_t used, trpt_scope scope, const trpt_row *row) {
  trpt_output *shared = &rows->shared;
  for (size_t i = 0; i < rows->run_count; i++) {
    rows_run *r = &rows->runs[i];
    if (r->scope != scope) continue;
    trpt_output_begin(shared, rows_refuse, NULL);
    shared->len = used;
    put_cells(rows, shared, r, row);
    r->is_shared = shared->status == TRPT_OK;
    r->at = used;
    r->len = r->is_shared ? shared->len - used : 0;
    used += r->len;
  }
  return used;
}

static void put_row(trpt_rows *rows, const trpt_row *row) {
  for (size_t i = 0; i < rows->run_count; i++) {
    const rows_run *r = &rows->runs[i];
    if (r->is_shared)
      trpt_output_put(&rows->output, rows->shared.buffer + r->at, r->len);
    else
      put_cells(rows, &rows->output, r, row);
  }
  trpt_output_str(&rows->output, rows->format->end);
}

static void put_policy(trpt_rows *rows, const trpt_report *report, trpt_row *row) {
  const uint32_t count = row->policy->failure_count;
  row->kind = TRPT_ROW_POLICY;
  row->failure = NULL;
  put_row(rows, row);
  row->kind = TRPT_ROW_FAILURE;
  for (uint32_t i = 0; i < count && rows->output.status == TRPT_OK; i++) {
    row->failure = trpt_report_failure(report, row->policy->index, i);
    put_row(rows, row);
  }
}

static void put_report(trpt_rows *rows, const trpt_report *report, trpt_row *row) {
  const uint32_t count = trpt_report_policy_count(report);
  const size_t used = rows_share(rows, 0, TRPT_SCOPE_REPORT, row);
  for (uint32_t i = 0; i < count && rows->output.status == TRPT_OK; i++) {
    row->policy = trpt_report_policy(report, i);
    rows_share(rows, used, TRPT_SCOPE_POLICY, row);
    put_policy(rows, report, row);
  }
}

trpt_status trpt_rows_report(trpt_rows *rows, const trpt_report *report, const trpt_source *source) {
  trpt_resolved_source resolved;
  if (!rows || !report || !trpt_source_read(&resolved, source, report) || !resolved.source.name.ptr)
    return TRPT_E_ARGUMENT;
  if (rows->output.is_writing) return TRPT_E_STATE;
  trpt_row row = trpt_row_of_report(report, &resolved);
  put_report(rows, report, &row);
  trpt_output_flush(&rows->output);
  return rows->output.status;
}

/* The key of an error row: of the source's name and the error's code. */
static void write_error_key(char text[TRPT_KEY_TEXT_SIZE], trpt_str name, trpt_str code) {
  trpt_siphash hash = trpt_siphash_begin(name.len, code.len);
  uint64_t digest[2];
  trpt_siphash_add(&hash, name.ptr, name.len);
  trpt_siphash_add(&hash, code.ptr, code.len);
  trpt_siphash_digest(&hash, NULL, 0, digest);
  trpt_siphash_text(digest, text);
}

trpt_status trpt_rows_error(trpt_rows *rows, const trpt_error *error, const trpt_source *source) {
  trpt_resolved_source resolved;
  char key[TRPT_KEY_TEXT_SIZE];
  if (!rows || !error || !trpt_source_read(&resolved, source, NULL) || !resolved.source.name.ptr)
    return TRPT_E_ARGUMENT;
  if (rows->output.is_writing) return TRPT_E_STATE;
  const trpt_str code = error->code ? trpt_str_of(error->code) : trpt_source_status(&resolved.source, error);
  write_error_key(key, resolved.source.name, code);
  const trpt_row row = {.kind = TRPT_ROW_ERROR,
                        .source = &resolved.source,
                        .report_key = {key, TRPT_KEY_TEXT_SIZE - 1},
                        .error = error,
                        .error_code = code};
  rows_share(rows, rows_share(rows, 0, TRPT_SCOPE_REPORT, &row), TRPT_SCOPE_POLICY, &row);
  put_row(rows, &row);
  trpt_output_flush(&rows->output);
  return rows->output.status;
}

static trpt_status write_rows(void *rows, const trpt_report *report, const trpt_error *error,
                              const trpt_source *source) {
  return error ? trpt_rows_error(rows, error, source) : trpt_rows_report(rows, report, source);
}

trpt_status trpt_rows_reports(trpt_rows *rows, trpt_parser *parser, const void *data, size_t len,
                              const trpt_source *source) {
  return trpt_reports_each(parser, data, len, source, write_rows, rows);
}

trpt_status trpt_rows_header(trpt_rows *rows) {
  if (!rows) return TRPT_E_ARGUMENT;
  if (rows->output.is_writing) return TRPT_E_STATE;
  if (!rows->format->is_named) {
    for (uint32_t i = 0; i < TRPT_COLUMN_COUNT; i++) {
      put_prefix(rows, &rows->output, i);
      trpt_output_str(&rows->output, trpt_columns[i].name);
    }
    trpt_output_str(&rows->output, rows->format->end);
  }
  trpt_output_flush(&rows->output);
  return rows->output.status;
}

/* lib/rows/tables.c */
/* SPDX-License-Identifier: MIT */


#include <assert.h>





/* A column of a table other than the rows. */
typedef struct simple_column {
  trpt_table_field field;
  trpt_origin origin;
} simple_column;

#define COLUMN(name, type, scope, is_nullable, ...)                                                                    \
  { {TRPT_STR(#name), TRPT_VALUE_##type, TRPT_SCOPE_##scope, is_nullable}, __VA_ARGS__ }

/* ---- rows ---- */

static trpt_table_field row_field(uint32_t column) {
  const trpt_column *c = &trpt_columns[column];
  return (trpt_table_field){c->name, c->type, c->scope, c->is_nullable};
}

static trpt_origin row_origin(uint32_t column, trpt_row_kind kind) {
  return trpt_column_origin(&trpt_columns[column], kind);
}

/* ---- diagnostics ---- */

static trpt_str severity_of(const void *record) {
  const trpt_diagnostic_record *r = record;
  return trpt_str_of(trpt_severity_name(r->diagnostic->severity));
}

#define OF_RECORD(kind, field)     TRPT_FROM_RECORD(kind, trpt_diagnostic_record, field)
#define OF_DIAGNOSTIC(kind, field) TRPT_FROM(kind, trpt_diagnostic_record, diagnostic, trpt_diagnostic, field)
static const simple_column diagnostic_columns[] = {
    COLUMN(source, TEXT, REPORT, false, OF_RECORD(TEXT, source)),
    COLUMN(report_key, TEXT, REPORT, true, OF_RECORD(TEXT, report_key)),
    COLUMN(severity, TEXT, ROW, true, TRPT_FROM_CALL(severity_of)),
    COLUMN(code, TEXT, ROW, true, OF_DIAGNOSTIC(STRING, code)),
    COLUMN(line, INDEX, ROW, true, OF_DIAGNOSTIC(ORDINAL, line)),
    COLUMN(column, INDEX, ROW, true, OF_DIAGNOSTIC(ORDINAL, column)),
    COLUMN(offset, COUNT, ROW, true, OF_DIAGNOSTIC(OFFSET, offset)),
    COLUMN(where, TEXT, ROW, true, OF_DIAGNOSTIC(STRING, where)),
    COLUMN(message, TEXT, ROW, true, OF_DIAGNOSTIC(STRING, message)),
    COLUMN(section, TEXT, ROW, true, OF_DIAGNOSTIC(STRING, section)),
};

static trpt_table_field diagnostic_field(uint32_t column) { return diagnostic_columns[column].field; }

static trpt_origin diagnostic_origin(uint32_t column, trpt_row_kind kind) {
  (void)kind;
  return diagnostic_columns[column].origin;
}

/* ---- items that could not be read ---- */

#define OF_BAD(kind, field)   TRPT_FROM_RECORD(kind, trpt_bad_record, field)
#define OF_ERROR(kind, field) TRPT_FROM(kind, trpt_bad_record, error, trpt_error, field)
static const simple_column bad_columns[] = {
    COLUMN(source, TEXT, ROW, false, OF_BAD(TEXT, source)),
    COLUMN(status, TEXT, ROW, false, OF_BAD(TEXT, status)),
    COLUMN(code, TEXT, ROW, true, OF_ERROR(STRING, code)),
    COLUMN(line, INDEX, ROW, true, OF_ERROR(ORDINAL, line)),
    COLUMN(column, INDEX, ROW, true, OF_ERROR(ORDINAL, column)),
    COLUMN(offset, COUNT, ROW, true, OF_ERROR(OFFSET, offset)),
    COLUMN(where, TEXT, ROW, false, OF_ERROR(ARRAY, where)),
    COLUMN(message, TEXT, ROW, false, OF_ERROR(ARRAY, message)),
};

static trpt_table_field bad_field(uint32_t column) { return bad_columns[column].field; }

static trpt_origin bad_origin(uint32_t column, trpt_row_kind kind) {
  (void)kind;
  return bad_columns[column].origin;
}

/* ---- the tables ---- */

enum {
  DIAGNOSTIC_COLUMNS = sizeof diagnostic_columns / sizeof diagnostic_columns[0],
  BAD_COLUMNS = sizeof bad_columns / sizeof bad_columns[0]
};
static_assert((int)DIAGNOSTIC_COLUMNS <= (int)TRPT_TABLE_MAX_COLUMNS, "room for all columns");
static_assert((int)BAD_COLUMNS <= (int)TRPT_TABLE_MAX_COLUMNS, "room for all columns");

const trpt_table_info trpt_tables[TRPT_TABLE_COUNT] = {
    [TRPT_TABLE_ROWS] = {TRPT_COLUMN_COUNT, row_field, row_origin},
    [TRPT_TABLE_DIAGNOSTICS] = {DIAGNOSTIC_COLUMNS, diagnostic_field, diagnostic_origin},
    [TRPT_TABLE_BAD] = {BAD_COLUMNS, bad_field, bad_origin},
};
#undef COLUMN
#undef OF_RECORD
#undef OF_DIAGNOSTIC
#undef OF_BAD
#undef OF_ERROR

/* lib/tree/arena.c */
/* SPDX-License-Identifier: MIT */


#include <stdalign.h>
#include <string.h>

enum { BLOCK_MIN_SIZE = 1024, FIRST_BLOCK_MAX_SIZE = 65536 };

struct trpt_arena_block {
  alignas(max_align_t) trpt_arena_block *previous;
  size_t size;
};

/* Adds a block with at least `size` available bytes. */
static bool arena_grow(trpt_arena *arena, size_t size) {
  uint64_t block_size = arena->total ? arena->total / 2 : arena->expected_size;
  if (block_size < BLOCK_MIN_SIZE) block_size = BLOCK_MIN_SIZE;
  if (!arena->total && block_size > FIRST_BLOCK_MAX_SIZE) block_size = FIRST_BLOCK_MAX_SIZE;
  const uint64_t allowed = arena->limit - arena->total;
  const uint64_t needed = (uint64_t)size + sizeof(trpt_arena_block);
  if (block_size < needed) block_size = needed;
  if (block_size > allowed) block_size = allowed;
  arena->over_limit = block_size < needed;
  if (arena->over_limit || block_size > SIZE_MAX) return false;
  trpt_arena_block *block = arena->allocator.allocate(arena->allocator.user, (size_t)block_size);
  if (!block) return false;
  *block = (trpt_arena_block){arena->last, (size_t)block_size};
  arena->last = block;
  arena->total += block_size;
  arena->at = (char *)(block + 1);
  arena->available = (size_t)block_size - sizeof *block;
  return true;
}

static char *arena_take(trpt_arena *arena, size_t size) {
  char *bytes = arena->at;
  arena->at += size;
  arena->available -= size;
  return bytes;
}

void *trpt_arena_allocate(trpt_arena *arena, size_t size) {
  const size_t alignment = alignof(max_align_t);
  const size_t excess = (uintptr_t)arena->at % alignment;
  const size_t padding = excess ? alignment - excess : 0;
  if (padding <= arena->available && size <= arena->available - padding) {
    arena_take(arena, padding);
    return arena_take(arena, size);
  }
  return arena_grow(arena, size) ? arena_take(arena, size) : NULL;
}

char *trpt_arena_copy(trpt_arena *arena, const char *bytes, size_t len) {
  if (len > arena->available && !arena_grow(arena, len)) return NULL;
  return memcpy(arena_take(arena, len), bytes, len);
}

void trpt_arena_free(trpt_arena *arena) {
  for (trpt_arena_block *block = arena->last; block;) {
    trpt_arena_block *previous = block->previous;
    arena->allocator.release(arena->allocator.user, block, block->size);
    block = previous;
  }
}

/* Doubles the table of segments. */
static bool grow_segments(trpt_vector *vector, trpt_arena *arena) {
  const uint32_t capacity = vector->segment_capacity ? vector->segment_capacity * 2 : 4;
  void **segments = trpt_arena_allocate(arena, capacity * sizeof *segments);
  if (!segments) return false;
  if (vector->segments) memcpy(segments, vector->segments, vector->segment_capacity * sizeof *segments);
  vector->segments = segments;
  vector->segment_capacity = capacity;
  return true;
}

/* The place of an element. */
static char *place_of(const trpt_vector *vector, uint32_t i, trpt_vector_type type) {
  const uint32_t segment = i >> type.shift;
  return (char *)vector->segments[segment] + (i - (segment << type.shift)) * type.size;
}

void *trpt_vector_add(trpt_vector *vector, trpt_arena *arena, trpt_vector_type type) {
  const uint32_t segment = vector->count >> type.shift;
  if (vector->count == UINT32_MAX) return NULL; /* GCOVR_EXCL_BR_LINE: a tree of 500 GiB */
  if (vector->count == segment << type.shift) {
    if (segment == vector->segment_capacity && !grow_segments(vector, arena)) return NULL;
    vector->segments[segment] = trpt_arena_allocate(arena, type.size << type.shift);
    if (!vector->segments[segment]) return NULL;
  }
  return place_of(vector, vector->count++, type);
}

const void *trpt_vector_at(const trpt_vector *vector, uint32_t i, trpt_vector_type type) {
  return place_of(vector, i, type);
}

/* lib/tree/tree.c */
/* SPDX-License-Identifier: MIT */


#include <string.h>




/* Most reports have one policy. */
static const trpt_vector_type tree_policies = {sizeof(trpt_tree_policy), 0};
static const trpt_vector_type tree_failures = {sizeof(trpt_failure), 2};
static const trpt_vector_type tree_diagnostics = {sizeof(trpt_diagnostic), 2};

static size_t segment_size(trpt_vector_type type) { return type.size << type.shift; }

/* The size of the first block: a tree is about as large as the JSON text. In that of a short one the first elements take more than
   their text. */
static size_t tree_expected_size(size_t len) {
  const size_t of_short = segment_size(tree_policies) + segment_size(tree_failures) + segment_size(tree_diagnostics) + len - len / 8;
  return sizeof(trpt_report) + (len > of_short ? len : of_short);
}

trpt_report *trpt_tree_new(const trpt_allocator *allocator, uint64_t limit, size_t len, bool *over_limit) {
  trpt_arena arena = {.allocator = *allocator, .expected_size = tree_expected_size(len), .limit = limit};
  trpt_report *report = trpt_arena_allocate(&arena, sizeof *report);
  if (report) {
    trpt_clear(report, sizeof *report);
    report->arena = arena;
    report->metadata.start = report->metadata.end = INT64_MIN;
  }
  *over_limit = arena.over_limit;
  return report;
}

bool trpt_tree_is_over_limit(const trpt_report *report) { return report->arena.over_limit; }

void trpt_report_free(trpt_report *report) {
  if (!report) return;
  trpt_arena arena = report->arena;
  trpt_arena_free(&arena);
}

static bool tree_copy_text(trpt_arena *arena, trpt_str *text) {
  if (!text->ptr) return true;
  text->ptr = trpt_arena_copy(arena, text->ptr, text->len);
  return text->ptr != NULL;
}

static bool copy_strings(trpt_arena *arena, const trpt_str **strings, uint32_t count) {
  if (!*strings) return true;
  trpt_str *copies = trpt_arena_allocate(arena, count * sizeof *copies);
  if (!copies) return false;
  for (uint32_t i = 0; i < count; i++) {
    copies[i] = (*strings)[i];
    if (!tree_copy_text(arena, &copies[i])) return false;
  }
  *strings = copies;
  return true;
}

/* Copies the strings that the members of a structure point to. */
static bool copy_members(trpt_arena *arena, trpt_structure id, void *structure) {
  TRPT_EACH_OF (info, id) {
    if (trpt_has_text(info) && !tree_copy_text(arena, trpt_text_in(info, structure))) return false;
    if (info->type == TRPT_TYPE_LIST &&
        !copy_strings(arena, trpt_strings_in(info, structure), trpt_string_count_of(info, structure)))
      return false;
  }
  return true;
}

static bool tree_add_failure(trpt_report *report, const trpt_failure *failure) {
  trpt_failure *copy = trpt_vector_add(&report->failures, &report->arena, tree_failures);
  if (!copy) return false;
  *copy = *failure;
  return copy_members(&report->arena, TRPT_STRUCTURE_FAILURE, copy);
}

/* The failures of a policy precede it. */
static bool tree_add_policy(trpt_report *report, const trpt_policy *policy) {
  trpt_tree_policy *copy = trpt_vector_add(&report->policies, &report->arena, tree_policies);
  if (!copy) return false;
  *copy = (trpt_tree_policy){*policy, report->failures.count - policy->failure_count};
  return copy_members(&report->arena, TRPT_STRUCTURE_POLICY, &copy->policy);
}

static bool set_metadata(trpt_report *report, const trpt_metadata *metadata) {
  report->metadata = *metadata;
  return copy_members(&report->arena, TRPT_STRUCTURE_METADATA, &report->metadata);
}

static bool tree_add_diagnostic(trpt_report *report, const trpt_diagnostic *diagnostic) {
  trpt_diagnostic *copy = trpt_vector_add(&report->diagnostics, &report->arena, tree_diagnostics);
  if (!copy) return false;
  *copy = *diagnostic;
  copy->where = trpt_arena_copy(&report->arena, diagnostic->where, strlen(diagnostic->where) + 1);
  return copy->where != NULL;
}

bool trpt_tree_add(trpt_report *report, const trpt_event *event) {
  switch (event->type) {
  case TRPT_EVENT_FAILURE: return tree_add_failure(report, event->failure);
  case TRPT_EVENT_POLICY: return tree_add_policy(report, event->policy);
  case TRPT_EVENT_REPORT: return set_metadata(report, event->metadata);
  default: return tree_add_diagnostic(report, event->diagnostic);
  }
}

const trpt_metadata *trpt_report_metadata(const trpt_report *report) { return report ? &report->metadata : NULL; }

uint32_t trpt_report_policy_count(const trpt_report *report) { return report ? report->policies.count : 0; }

static const trpt_tree_policy *policy_at(const trpt_report *report, uint32_t policy) {
  if (!report || policy >= report->policies.count) return NULL;
  return trpt_vector_at(&report->policies, policy, tree_policies);
}

const trpt_policy *trpt_report_policy(const trpt_report *report, uint32_t policy) {
  const trpt_tree_policy *found = policy_at(report, policy);
  return found ? &found->policy : NULL;
}

uint32_t trpt_report_failure_count(const trpt_report *report, uint32_t policy) {
  const trpt_tree_policy *found = policy_at(report, policy);
  return found ? found->policy.failure_count : 0;
}

const trpt_failure *trpt_report_failure(const trpt_report *report, uint32_t policy, uint32_t failure) {
  const trpt_tree_policy *found = policy_at(report, policy);
  if (!found || failure >= found->policy.failure_count) return NULL;
  return trpt_vector_at(&report->failures, found->first_failure + failure, tree_failures);
}

uint32_t trpt_report_diagnostic_count(const trpt_report *report) { return report ? report->diagnostics.count : 0; }

const trpt_diagnostic *trpt_report_diagnostic(const trpt_report *report, uint32_t i) {
  if (!report || i >= report->diagnostics.count) return NULL;
  return trpt_vector_at(&report->diagnostics, i, tree_diagnostics);
}

/* lib/uri/percent.c */
/* SPDX-License-Identifier: MIT */




trpt_status trpt_uri_decode(const char *uri, size_t len, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!uri) return TRPT_E_ARGUMENT;
  size_t decoded = 0;
  for (size_t i = 0; i < len; decoded++) i += trpt_is_percent_encoded(uri, len, i) ? 3 : 1;
  const trpt_status status = trpt_text_check_buffer(decoded, buffer, capacity, needed);
  if (status != TRPT_OK) return status;
  char *to = buffer;
  for (size_t i = 0; i < len;) {
    if (trpt_is_percent_encoded(uri, len, i)) {
      *to++ = (char)trpt_percent_value(uri, i);
      i += 3;
    } else {
      *to++ = uri[i++];
    }
  }
  *to = '\0';
  return TRPT_OK;
}

/* lib/uri/uri.c */
/* SPDX-License-Identifier: MIT */





/* One function per rule of RFC 3986 appendix A, in the order of the RFC. Each consumes the text that the rule matches
   and returns true. On a mismatch it returns false, and `pos` is the first byte after which no continuation could
   match, or the end of the text if it is only truncated. Only the bytes of a host and port are read twice. */
typedef struct uri_scanner {
  const char *text;
  size_t len;
  size_t pos;
} uri_scanner;

/* The rules whose characters include a byte. "%" is in none, since pct-encoded takes three bytes. */
enum {
  SCHEME = 1,   /* ALPHA / DIGIT / "+" / "-" / "." */
  REG_NAME = 2, /* unreserved / sub-delims */
  USERINFO = 4, /* unreserved / sub-delims / ":" */
  PATH = 8,     /* pchar / "/" */
  QUERY = 16    /* pchar / "/" / "?" */
};

/* clang-format off */
static const unsigned char classes[256] = {
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x1e, 0x00, 0x00, 0x1e, 0x00, 0x1e, 0x1e, 0x1e, 0x1e, 0x1e, 0x1f, 0x1e, 0x1f, 0x1f, 0x18,
    0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1c, 0x1e, 0x00, 0x1e, 0x00, 0x10,
    0x18, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f,
    0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x00, 0x00, 0x00, 0x00, 0x1e,
    0x00, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f,
    0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x00, 0x00, 0x00, 0x1e, 0x00,};
/* clang-format on */

static bool hier_part(uri_scanner *s, trpt_uri *out);
static bool uri_scheme(uri_scanner *s, trpt_uri *out);
static bool authority(uri_scanner *s, trpt_uri *out);
static bool uri_host(uri_scanner *s, trpt_uri *out);
static void uri_port(uri_scanner *s, trpt_uri *out);
static bool ip_literal(uri_scanner *s);
static bool ipv_future(uri_scanner *s);
static bool ipv6_address(uri_scanner *s);
static bool ipv4_rest(uri_scanner *s, size_t first, size_t first_len);
static bool dec_octet(uri_scanner *s);
static bool uri_path(uri_scanner *s, trpt_uri *out);
static bool uri_query(uri_scanner *s, trpt_uri *out);
static bool uri_fragment(uri_scanner *s, trpt_uri *out);
static bool pct_encoded(uri_scanner *s);

/* The next byte, or -1 at the end. */
static int peek(const uri_scanner *s) { return s->pos < s->len ? (unsigned char)s->text[s->pos] : -1; }

static bool uri_take(uri_scanner *s, char c) {
  if (peek(s) != (unsigned char)c) return false;
  s->pos++;
  return true;
}

static bool at_digit(const uri_scanner *s) { return s->pos < s->len && trpt_is_digit((unsigned char)s->text[s->pos]); }
static bool at_hex(const uri_scanner *s) { return s->pos < s->len && trpt_is_hex((unsigned char)s->text[s->pos]); }

static trpt_str uri_part(const uri_scanner *s, size_t from) { return (trpt_str){s->text + from, s->pos - from}; }

/* *( a byte of the class ) */
static TRPT_INLINE void uri_skip(uri_scanner *s, unsigned class) {
  size_t pos = s->pos;
  while (pos < s->len && classes[(unsigned char)s->text[pos]] & class) pos++;
  s->pos = pos;
}

/* *( a byte of the class / pct-encoded ) */
static bool skip_encoded(uri_scanner *s, unsigned class) {
  for (;;) {
    uri_skip(s, class);
    if (peek(s) != '%') return true;
    if (!pct_encoded(s)) return false;
  }
}

/* URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ] */
static bool uri_uri(uri_scanner *s, trpt_uri *out) {
  if (!uri_scheme(s, out) || !hier_part(s, out)) return false;
  if (uri_take(s, '?') && !uri_query(s, out)) return false;
  if (uri_take(s, '#') && !uri_fragment(s, out)) return false;
  return s->pos == s->len;
}

/* hier-part = "//" authority path-abempty / path-absolute / path-rootless / path-empty */
static bool hier_part(uri_scanner *s, trpt_uri *out) {
  if (s->len - s->pos >= 2 && s->text[s->pos] == '/' && s->text[s->pos + 1] == '/') {
    s->pos += 2;
    if (!authority(s, out)) return false;
  }
  return uri_path(s, out);
}

/* scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ), with the ":" after it */
static bool uri_scheme(uri_scanner *s, trpt_uri *out) {
  if (peek(s) < 0 || !trpt_is_alpha((unsigned char)s->text[s->pos])) return false;
  uri_skip(s, SCHEME);
  if (peek(s) != ':') return false;
  out->scheme = uri_part(s, 0);
  s->pos++;
  return true;
}

/* Whether an authority may end here: path-abempty, query, fragment or the end of the text follows. */
static bool at_authority_end(const uri_scanner *s) {
  const int c = peek(s);
  return c < 0 || c == '/' || c == '?' || c == '#';
}

/* Reads the bytes from `from` on as host [ ":" port ], since no "@" follows that would make them a userinfo. Letters
   after the ":" are valid in a userinfo, so the position of the error is where the "@" is missing. */
static bool host_and_port(uri_scanner *s, size_t from, trpt_uri *out) {
  if (!at_authority_end(s)) return false;
  const char *colon = memchr(s->text + from, ':', s->pos - from);
  out->host = uri_part(s, from);
  if (!colon) return true;
  out->host.len = (size_t)(colon - out->host.ptr);
  const size_t digits = (size_t)(colon - s->text) + 1;
  for (size_t i = digits; i < s->pos; i++)
    if (!trpt_is_digit((unsigned char)s->text[i])) return false;
  out->port = uri_part(s, digits);
  return true;
}

/* authority = [ userinfo "@" ] host [ ":" port ]
   userinfo  = *( unreserved / pct-encoded / sub-delims / ":" ) */
static bool authority(uri_scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (peek(s) != '[') {
    if (!skip_encoded(s, USERINFO)) return false;
    if (peek(s) != '@') return host_and_port(s, from, out);
    out->userinfo = uri_part(s, from);
    s->pos++;
  }
  if (!uri_host(s, out)) return false;
  if (uri_take(s, ':')) uri_port(s, out);
  return at_authority_end(s);
}

/* host     = IP-literal / IPv4address / reg-name
   reg-name = *( unreserved / pct-encoded / sub-delims )
   An IPv4address also matches reg-name, so it needs no function of its own. */
static bool uri_host(uri_scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (!(peek(s) == '[' ? ip_literal(s) : skip_encoded(s, REG_NAME))) return false;
  out->host = uri_part(s, from);
  return true;
}

/* port = *DIGIT */
static void uri_port(uri_scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  while (at_digit(s)) s->pos++;
  out->port = uri_part(s, from);
}

/* IP-literal = "[" ( IPv6address / IPvFuture  ) "]" */
static bool ip_literal(uri_scanner *s) {
  s->pos++;
  const int c = peek(s);
  if (!(c == 'v' || c == 'V' ? ipv_future(s) : ipv6_address(s))) return false;
  return uri_take(s, ']');
}

/* IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" ) */
static bool ipv_future(uri_scanner *s) {
  s->pos++;
  if (!at_hex(s)) return false;
  while (at_hex(s)) s->pos++;
  if (!uri_take(s, '.')) return false;
  const size_t from = s->pos;
  uri_skip(s, USERINFO);
  return s->pos > from;
}

/* IPv6address =                            6( h16 ":" ) ls32
               /                       "::" 5( h16 ":" ) ls32
               / [               h16 ] "::" 4( h16 ":" ) ls32
               / [ *1( h16 ":" ) h16 ] "::" 3( h16 ":" ) ls32
               / [ *2( h16 ":" ) h16 ] "::" 2( h16 ":" ) ls32
               / [ *3( h16 ":" ) h16 ] "::"    h16 ":"   ls32
               / [ *4( h16 ":" ) h16 ] "::"              ls32
               / [ *5( h16 ":" ) h16 ] "::"              h16
               / [ *6( h16 ":" ) h16 ] "::"
   h16         = 1*4HEXDIG
   ls32        = ( h16 ":" h16 ) / IPv4address
   In other words: eight units of 16 bits, or up to seven units and one "::". The last two may be an IPv4address. */
static bool ipv6_address(uri_scanner *s) {
  size_t units = 0;
  bool has_elision = false; /* a "::" was read */
  if (uri_take(s, ':')) {
    if (!uri_take(s, ':')) return false;
    has_elision = true;
    if (peek(s) == ']') return true;
  }
  for (;;) {
    const size_t from = s->pos;
    while (s->pos - from < 4 && at_hex(s)) s->pos++;
    if (s->pos == from) return false;
    const bool can_end_in_ipv4 = has_elision ? units <= 5 : units == 6;
    if (peek(s) == '.' && can_end_in_ipv4) return ipv4_rest(s, from, s->pos - from);
    units++;
    if (peek(s) == ']') return has_elision || units == 8;
    /* Another unit follows the ":" or, if there was no "::" yet, the second colon. */
    if (units >= (has_elision ? 7U : 8U) || !uri_take(s, ':')) return false;
    if (!has_elision && uri_take(s, ':')) {
      has_elision = true;
      if (peek(s) == ']') return true;
      if (units == 7) return false;
    }
  }
}

/* IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet
   The first octet, at `first`, was already read as h16. */
static bool ipv4_rest(uri_scanner *s, size_t first, size_t first_len) {
  uri_scanner octet = {s->text, first + first_len, first};
  if (!dec_octet(&octet) || octet.pos != octet.len) return false;
  for (int i = 0; i < 3; i++)
    if (!uri_take(s, '.') || !dec_octet(s)) return false;
  return true;
}

/* dec-octet = DIGIT / %x31-39 DIGIT / "1" 2DIGIT / "2" %x30-34 DIGIT / "25" %x30-35
   Stops before a digit that would exceed 255, or after a leading zero. */
static bool dec_octet(uri_scanner *s) {
  if (!at_digit(s)) return false;
  unsigned value = 0;
  do {
    const unsigned next = value * 10 + (unsigned)(s->text[s->pos] - '0');
    if (next > 255) break;
    value = next;
    s->pos++;
  } while (value > 0 && at_digit(s));
  return true;
}

/* path-abempty  = *( "/" segment )                        after an authority, only "/" can follow
   path-absolute = "/" [ segment-nz *( "/" segment ) ]     "//" would begin an authority
   path-rootless = segment-nz *( "/" segment )
   path-empty    = 0<pchar>
   segment       = *pchar
   pchar         = unreserved / pct-encoded / sub-delims / ":" / "@"
   At this point, each of them is any run of pchar and "/". */
static bool uri_path(uri_scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (!skip_encoded(s, PATH)) return false;
  out->path = uri_part(s, from);
  return true;
}

/* query = *( pchar / "/" / "?" ) */
static bool uri_query(uri_scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (!skip_encoded(s, QUERY)) return false;
  out->query = uri_part(s, from);
  return true;
}

/* fragment = *( pchar / "/" / "?" ) */
static bool uri_fragment(uri_scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (!skip_encoded(s, QUERY)) return false;
  out->fragment = uri_part(s, from);
  return true;
}

/* pct-encoded = "%" HEXDIG HEXDIG */
static bool pct_encoded(uri_scanner *s) {
  s->pos++;
  for (int i = 0; i < 2; i++) {
    if (!at_hex(s)) return false;
    s->pos++;
  }
  return true;
}

bool trpt_uri_parse(const char *text, size_t len, trpt_uri *out, size_t *bad) {
  uri_scanner s = {text, len, 0};
  trpt_clear(out, sizeof *out);
  const bool is_uri = uri_uri(&s, out);
  *bad = s.pos;
  return is_uri;
}

bool trpt_uri_is_ipv4(trpt_str text) {
  uri_scanner s = {text.ptr, text.len, 0};
  for (int i = 0; i < 4; i++)
    if ((i > 0 && !uri_take(&s, '.')) || !dec_octet(&s)) return false;
  return s.pos == s.len;
}

bool trpt_uri_is_ipv6(trpt_str text) {
  uri_scanner s = {text.ptr, text.len, 0};
  return ipv6_address(&s) && uri_take(&s, ']') && s.pos == s.len;
}

/* lib/writer/diagnostic_json.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DIAGNOSTIC_JSON_H
#define TRPT_LIB_DIAGNOSTIC_JSON_H

/* Writes diagnostics and errors as JSON objects. */



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_OUTPUT_H
#define TRPT_LIB_JSON_OUTPUT_H

/* Writes JSON objects and arrays. */




typedef struct trpt_json_output {
  uint32_t depth;
  uint8_t pretty;
  uint8_t is_empty; /* the innermost object or array has no element yet */
  uint16_t escapes; /* flags of json_escape.h, for strings */
  trpt_output text;
} trpt_json_output;

/* `flags` is TRPT_PRETTY or 0. `escapes` are flags of json_escape.h for strings. */
void trpt_json_begin(trpt_json_output *json, uint32_t flags, uint16_t escapes, trpt_write_fn write, void *user);
void trpt_json_open(trpt_json_output *json, char bracket);
void trpt_json_close(trpt_json_output *json, char bracket);

/* Call before each element of an array. */
void trpt_json_element(trpt_json_output *json);

/* Begins a member of an object. Its value must follow. */
void trpt_json_name(trpt_json_output *json, const char *name);

/* A member of an object. Its value is null if the text is absent. */
void trpt_json_text(trpt_json_output *json, const char *name, trpt_str text);

void trpt_json_value(trpt_json_output *json, trpt_str text);
static TRPT_INLINE void trpt_json_number(trpt_json_output *json, uint64_t number) {
  trpt_output_number(&json->text, number);
}

/* Flushes the rest of the text. */
static TRPT_INLINE trpt_status trpt_json_end(trpt_json_output *json) {
  trpt_output_flush(&json->text);
  return json->text.status;
}

#endif

/* `flags` are TRPT_NO_LINES and TRPT_WITH_ADVICE. */
void trpt_json_diagnostic(trpt_json_output *json, const trpt_diagnostic *diagnostic, uint32_t flags);

/* `status` is the name of the status. */
void trpt_json_error(trpt_json_output *json, const trpt_error *error, trpt_str status);

#endif






static void diagnostic_json_add_number(trpt_json_output *json, const char *name, uint64_t value) {
  trpt_json_name(json, name);
  trpt_json_number(json, value);
}

static void add_position(trpt_json_output *json, uint32_t line, uint32_t column) {
  diagnostic_json_add_number(json, "line", line);
  diagnostic_json_add_number(json, "column", column);
}

void trpt_json_diagnostic(trpt_json_output *json, const trpt_diagnostic *diagnostic, uint32_t flags) {
  trpt_json_open(json, '{');
  trpt_json_text(json, "code", trpt_str_of(diagnostic->code));
  trpt_json_text(json, "severity", trpt_str_of(trpt_severity_name(diagnostic->severity)));
  if (!(flags & TRPT_NO_LINES)) add_position(json, diagnostic->line, diagnostic->column);
  diagnostic_json_add_number(json, "offset", diagnostic->offset);
  trpt_json_text(json, "where", trpt_str_of(diagnostic->where));
  trpt_json_text(json, "message", trpt_str_of(diagnostic->message));
  trpt_json_text(json, "section", trpt_str_of(diagnostic->section));
  if (flags & TRPT_WITH_ADVICE) trpt_json_text(json, "advice", trpt_str_of(trpt_diagnostic_advice(diagnostic->code)));
  trpt_json_close(json, '}');
}

void trpt_json_error(trpt_json_output *json, const trpt_error *error, trpt_str status) {
  trpt_json_open(json, '{');
  trpt_json_text(json, "status", status);
  trpt_json_text(json, "code", trpt_str_of(error->code));
  add_position(json, error->line, error->column);
  diagnostic_json_add_number(json, "offset", error->offset);
  trpt_json_text(json, "where", trpt_str_of(error->where));
  trpt_json_text(json, "message", trpt_str_of(error->message));
  trpt_json_close(json, '}');
}

trpt_status trpt_diagnostic_json(const trpt_diagnostic *diagnostic, uint32_t flags, trpt_write_fn write, void *user) {
  const uint32_t known_flags = TRPT_PRETTY | TRPT_NO_LINES | TRPT_WITH_ADVICE;
  trpt_json_output json;
  if (!diagnostic || !write || flags & ~known_flags) return TRPT_E_ARGUMENT;
  trpt_json_begin(&json, flags, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  trpt_json_diagnostic(&json, diagnostic, flags);
  return trpt_json_end(&json);
}

trpt_status trpt_error_json(const trpt_error *error, const trpt_source *source, uint32_t flags, trpt_write_fn write,
                            void *user) {
  trpt_resolved_source resolved;
  trpt_json_output json;
  if (!error || !write || flags & ~(uint32_t)TRPT_PRETTY) return TRPT_E_ARGUMENT;
  if (!trpt_source_read(&resolved, source, NULL)) return TRPT_E_ARGUMENT;
  trpt_json_begin(&json, flags, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  trpt_json_error(&json, error, trpt_source_status(&resolved.source, error));
  return trpt_json_end(&json);
}

/* lib/writer/json_output.c */
/* SPDX-License-Identifier: MIT */






void trpt_json_begin(trpt_json_output *json, uint32_t flags, uint16_t escapes, trpt_write_fn write, void *user) {
  json->depth = 0;
  json->pretty = (flags & TRPT_PRETTY) != 0;
  json->is_empty = 1;
  json->escapes = escapes;
  trpt_output_begin(&json->text, write, user);
}

static void new_line(trpt_json_output *json) {
  if (!json->pretty) return;
  trpt_output_put(&json->text, "\n", 1);
  for (uint32_t i = 0; i < json->depth; i++) trpt_output_put(&json->text, "  ", 2);
}

void trpt_json_open(trpt_json_output *json, char bracket) {
  trpt_output_put(&json->text, &bracket, 1);
  json->depth++;
  json->is_empty = 1;
}

void trpt_json_close(trpt_json_output *json, char bracket) {
  json->depth--;
  if (!json->is_empty) new_line(json);
  trpt_output_put(&json->text, &bracket, 1);
  json->is_empty = 0;
  if (!json->depth) new_line(json);
}

void trpt_json_element(trpt_json_output *json) {
  if (!json->is_empty) trpt_output_put(&json->text, ",", 1);
  json->is_empty = 0;
  new_line(json);
}

void trpt_json_name(trpt_json_output *json, const char *name) {
  trpt_json_element(json);
  trpt_output_put(&json->text, "\"", 1);
  trpt_output_put(&json->text, name, strlen(name));
  trpt_output_put(&json->text, "\": ", json->pretty ? 3 : 2);
}

void trpt_json_value(trpt_json_output *json, trpt_str text) {
  trpt_output_put(&json->text, "\"", 1);
  trpt_output_json(&json->text, text, json->escapes);
  trpt_output_put(&json->text, "\"", 1);
}

void trpt_json_text(trpt_json_output *json, const char *name, trpt_str text) {
  trpt_json_name(json, name);
  if (text.ptr)
    trpt_json_value(json, text);
  else
    trpt_output_str(&json->text, (trpt_str)TRPT_STR("null"));
}

/* lib/writer/record_json.c */
/* SPDX-License-Identifier: MIT */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_RECORD_JSON_H
#define TRPT_LIB_RECORD_JSON_H

/* Writes the parts of a record as JSON. */





/* The members "rua" and "extensions" of an object: empty arrays if the record is zero. */
void trpt_json_record(trpt_json_output *json, const trpt_record *record);

#endif






static void record_json_open_array(trpt_json_output *json, const char *name) {
  trpt_json_name(json, name);
  trpt_json_open(json, '[');
}

static void add_bool(trpt_json_output *json, const char *name, bool value) {
  trpt_json_name(json, name);
  trpt_output_str(&json->text, trpt_str_of(value ? "true" : "false"));
}

/* Why the record is invalid. */
static void record_json_add_error(trpt_json_output *json, const trpt_error *error) {
  trpt_json_name(json, "offset");
  trpt_json_number(json, error->offset);
  trpt_json_name(json, "error");
  trpt_json_error(json, error, trpt_str_of(trpt_status_name(error->status)));
}

static void add_ruas(trpt_json_output *json, const trpt_record *record) {
  size_t cursor = 0;
  trpt_rua rua;
  record_json_open_array(json, "rua");
  while (trpt_record_next_rua(record, &cursor, &rua) == TRPT_OK) {
    trpt_json_element(json);
    trpt_json_open(json, '{');
    trpt_json_text(json, "uri", rua.uri);
    trpt_json_text(json, "scheme", trpt_str_of(trpt_scheme_name(rua.scheme)));
    add_bool(json, "usable", rua.usable);
    if (rua.address.ptr) trpt_json_text(json, "address", rua.address);
    trpt_json_close(json, '}');
  }
  trpt_json_close(json, ']');
}

static void add_extensions(trpt_json_output *json, const trpt_record *record) {
  size_t cursor = 0;
  trpt_str name;
  trpt_str value;
  record_json_open_array(json, "extensions");
  while (trpt_record_next_extension(record, &cursor, &name, &value) == TRPT_OK) {
    trpt_json_element(json);
    trpt_json_open(json, '{');
    trpt_json_text(json, "name", name);
    trpt_json_text(json, "value", value);
    trpt_json_close(json, '}');
  }
  trpt_json_close(json, ']');
}

void trpt_json_record(trpt_json_output *json, const trpt_record *record) {
  add_ruas(json, record);
  add_extensions(json, record);
}

static int record_json_add_diagnostic(void *user, const trpt_diagnostic *diagnostic) {
  trpt_json_output *json = user;
  trpt_json_element(json);
  trpt_json_diagnostic(json, diagnostic, TRPT_NO_LINES | TRPT_WITH_ADVICE);
  return json->text.status;
}

static void record_json_add_diagnostics(trpt_json_output *json, trpt_str text) {
  record_json_open_array(json, "diagnostics");
  trpt_record_diagnose(text.ptr, text.len, record_json_add_diagnostic, json);
  trpt_json_close(json, ']');
}

static void add_suggestion(trpt_json_output *json, trpt_str text) {
  char buffer[TRPT_SUGGESTION_MAX_LEN + 1];
  size_t len;
  const trpt_status status = trpt_record_suggest(text.ptr, text.len, buffer, sizeof buffer, &len);
  trpt_json_text(json, "publish", (trpt_str){status == TRPT_OK ? buffer : NULL, len});
}

static const struct {
  uint32_t bit;
  const char *name;
} notations[] = {{TRPT_NOTATION_ENTRY, "entry"}, {TRPT_NOTATION_STRINGS, "strings"}, {TRPT_NOTATION_QUOTES, "quotes"}};

static void add_notation(trpt_json_output *json, uint32_t notation) {
  record_json_open_array(json, "notation");
  for (size_t i = 0; i < sizeof notations / sizeof notations[0]; i++) {
    if (!(notation & notations[i].bit)) continue;
    trpt_json_element(json);
    trpt_json_value(json, trpt_str_of(notations[i].name));
  }
  trpt_json_close(json, ']');
}

trpt_status trpt_record_json(const char *text, size_t len, uint32_t flags, uint32_t notation, trpt_write_fn write,
                             void *user) {
  const uint32_t known_notation = TRPT_NOTATION_QUOTES | TRPT_NOTATION_STRINGS | TRPT_NOTATION_ENTRY;
  const trpt_str whole = {text, len};
  trpt_json_output json;
  trpt_record record;
  trpt_error error;
  trpt_conclusion conclusion;
  const trpt_status status = trpt_record_parse(text, len, flags, &record, &error);
  if (status == TRPT_E_ARGUMENT || notation & ~known_notation || !write) return TRPT_E_ARGUMENT;
  trpt_record_conclude(&whole, 1, &conclusion);
  /* The caller says that this text is a record. So the error is the reason even if the text is about something else. */
  const char *reason = conclusion.status == TRPT_E_NO_RECORD ? error.message : conclusion.reason;
  trpt_json_begin(&json, 0, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  trpt_json_open(&json, '{');
  trpt_json_text(&json, "text", whole);
  add_bool(&json, "valid", status == TRPT_OK);
  trpt_json_text(&json, "status", trpt_str_of(trpt_status_name(status)));
  if (status == TRPT_OK)
    trpt_json_text(&json, "offset", (trpt_str){NULL, 0});
  else
    record_json_add_error(&json, &error);
  trpt_json_text(&json, "verdict", trpt_str_of(trpt_verdict_name(conclusion.verdict)));
  trpt_json_text(&json, "reason", trpt_str_of(reason));
  trpt_json_record(&json, &record);
  record_json_add_diagnostics(&json, whole);
  add_suggestion(&json, whole);
  add_notation(&json, notation);
  trpt_json_close(&json, '}');
  return trpt_json_end(&json);
}

/* lib/writer/record_writer.c */
/* SPDX-License-Identifier: MIT */






/* Writes text to a buffer. Text that does not fit is only counted. */
typedef struct text_writer {
  char *buffer;
  size_t capacity;
  size_t len;
} text_writer;

static void record_writer_put(text_writer *writer, const char *text, size_t len) {
  for (size_t i = 0; i < len; i++, writer->len++)
    if (writer->len < writer->capacity) writer->buffer[writer->len] = text[i];
}

/* RFC 8460 s3 requires percent-encoding of these delimiters; "!" is one in DMARC. */
static void put_uri(text_writer *writer, trpt_str uri) {
  for (size_t i = 0; i < uri.len; i++) {
    switch (uri.ptr[i]) {
    case ',': record_writer_put(writer, "%2C", 3); break;
    case '!': record_writer_put(writer, "%21", 3); break;
    case ';': record_writer_put(writer, "%3B", 3); break;
    default: record_writer_put(writer, &uri.ptr[i], 1); break;
    }
  }
}

static size_t write_record(const trpt_str *uris, size_t count, char *buffer, size_t capacity) {
  static const char version[] = "v=TLSRPTv1; rua=";
  text_writer writer = {buffer, capacity, 0};
  record_writer_put(&writer, version, sizeof version - 1);
  for (size_t i = 0; i < count; i++) {
    if (i) record_writer_put(&writer, ",", 1);
    put_uri(&writer, uris[i]);
  }
  return writer.len;
}

/* Whether the result is a valid URI. Percent-encoding is allowed wherever "," "!" and ";" are, except in IPvFuture. */
static bool is_writable(trpt_str text) {
  trpt_uri uri;
  size_t bad;
  if (!text.ptr || !trpt_uri_parse(text.ptr, text.len, &uri, &bad)) return false;
  if (!uri.host.len || *uri.host.ptr != '[') return true;
  for (size_t i = 0; i < uri.host.len; i++)
    if (strchr(",!;", uri.host.ptr[i])) return false;
  return true;
}

static bool are_writable(const trpt_str *uris, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!is_writable(uris[i])) return false;
  return true;
}

trpt_status trpt_record_write(const trpt_str *uris, size_t count, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!uris || !count || !are_writable(uris, count) || (!buffer && capacity)) return TRPT_E_ARGUMENT;
  const size_t len = write_record(uris, count, NULL, 0);
  if (needed) *needed = len;
  if (capacity <= len) return TRPT_E_BUFFER;
  write_record(uris, count, buffer, capacity);
  buffer[len] = '\0';
  return TRPT_OK;
}

/* lib/writer/report_json.c */
/* SPDX-License-Identifier: MIT */



/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_REPORT_WRITER_H
#define TRPT_LIB_REPORT_WRITER_H

/* Writes the members of a report as JSON. */





struct trpt_writer {
  uint32_t state;          /* the part that was written last */
  uint32_t empty_failures; /* write `failure-details` of the last policy even if no failure follows */
  trpt_json_output json;
};

void trpt_writer_begin(trpt_writer *writer, uint32_t flags, uint16_t escapes, trpt_write_fn write, void *user);

/* Writes all members of a report into the open object. */
void trpt_writer_members(trpt_writer *writer, const trpt_report *report);

#endif

/* What is known about the mail. */
static void write_mail(trpt_json_output *json, const trpt_source *source) {
  const struct {
    const char *name;
    trpt_str value;
  } members[] = {{"report_domain", source->report_domain},
                 {"report_submitter", source->report_submitter},
                 {"message_id", source->message_id},
                 {"dkim", source->dkim},
                 {"dkim_domain", source->dkim_domain}};
  for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
    if (members[i].value.ptr) trpt_json_text(json, members[i].name, members[i].value);
}

static void write_diagnostics(trpt_json_output *json, const trpt_report *report, const trpt_source *source) {
  const size_t count = source->diagnostics ? source->diagnostic_count : trpt_report_diagnostic_count(report);
  trpt_json_name(json, "diagnostics");
  trpt_json_open(json, '[');
  for (size_t i = 0; i < count && json->text.status == TRPT_OK; i++) {
    trpt_json_element(json);
    trpt_json_diagnostic(json,
                         source->diagnostics ? source->diagnostics[i] : trpt_report_diagnostic(report, (uint32_t)i), 0);
  }
  trpt_json_close(json, ']');
}

trpt_status trpt_report_json(const trpt_report *report, const trpt_error *error, const trpt_source *source,
                             uint32_t flags, trpt_write_fn write, void *user) {
  trpt_resolved_source resolved;
  trpt_writer writer;
  trpt_json_output *json = &writer.json;
  if ((!report && !error) || !write || flags & ~(uint32_t)TRPT_PRETTY) return TRPT_E_ARGUMENT;
  if (!trpt_source_read(&resolved, source, error ? NULL : report)) return TRPT_E_ARGUMENT;
  trpt_writer_begin(&writer, flags, TRPT_JSON_ESCAPE_HIDDEN, write, user);
  trpt_json_open(json, '{');
  if (resolved.source.name.ptr) trpt_json_text(json, "source", resolved.source.name);
  if (error) {
    trpt_json_name(json, "error");
    trpt_json_error(json, error, trpt_source_status(&resolved.source, error));
  } else {
    trpt_writer_members(&writer, report);
    trpt_json_text(json, "report_key", resolved.key);
  }
  write_mail(json, &resolved.source);
  write_diagnostics(json, report, &resolved.source);
  trpt_json_close(json, '}');
  return trpt_json_end(json);
}

/* What the lines of an input are written with. */
typedef struct report_json_lines {
  uint32_t flags;
  bool has_line;
  trpt_write_fn write;
  void *user;
} report_json_lines;

static trpt_status write_line(void *user, const trpt_report *report, const trpt_error *error,
                              const trpt_source *source) {
  report_json_lines *l = user;
  if (l->has_line && l->write(l->user, "\n", 1)) return TRPT_E_CANCELED;
  l->has_line = true;
  return trpt_report_json(report, error, source, l->flags, l->write, l->user);
}

trpt_status trpt_reports_json(trpt_parser *parser, const void *data, size_t len, const trpt_source *source,
                              uint32_t flags, trpt_write_fn write, void *user) {
  report_json_lines l = {flags, false, write, user};
  return trpt_reports_each(parser, data, len, source, write_line, &l);
}

/* lib/writer/submission.c */
/* SPDX-License-Identifier: MIT */






/* A field of a mail has at most 998 bytes in a line, RFC 5322 s2.1.1. A report-id cannot be folded. */
enum { REPORT_ID_MAX_LEN = 900 };

/* ---- output ---- */

/* Concatenates texts to the caller's buffer, with a NUL. */
static trpt_status write_parts(const trpt_str *parts, size_t count, char *buffer, size_t capacity, size_t *needed) {
  size_t len = 0;
  for (size_t i = 0; i < count; i++) len += parts[i].len;
  const trpt_status status = trpt_text_check_buffer(len, buffer, capacity, needed);
  if (status != TRPT_OK) return status;
  for (size_t i = 0; i < count; i++) {
    if (parts[i].len) memcpy(buffer, parts[i].ptr, parts[i].len);
    buffer += parts[i].len;
  }
  *buffer = '\0';
  return TRPT_OK;
}

/* ---- arguments ---- */

/* Removes the final dot of a domain. Returns false if it is not a host name. */
static bool take_domain(trpt_str *domain) {
  if (!domain->ptr) return false;
  *domain = trpt_host_without_dot(*domain);
  return trpt_host_is_valid(*domain);
}

static bool copy_submission(trpt_submission *out, const trpt_submission *submission) {
  if (!submission || !trpt_versioned_copy(out, sizeof *out, submission)) return false;
  if (out->flags & ~(uint32_t)TRPT_SUBMISSION_PLAIN || out->reserved) return false;
  return take_domain(&out->submitter) && take_domain(&out->domain);
}

static bool is_unique_id(trpt_str text) {
  if (!text.ptr) return true;
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (!trpt_is_alpha(c) && !trpt_is_digit(c)) return false;
  }
  return text.len != 0;
}

/* dot-atom-text of RFC 5322 s3.2.3 */
static bool is_dot_atom(trpt_str text) {
  bool is_in_atom = false;
  for (size_t i = 0; i < text.len; i++) {
    const bool is_dot = text.ptr[i] == '.';
    if (is_dot ? !is_in_atom : !trpt_is_atext(text.ptr[i])) return false;
    is_in_atom = !is_dot;
  }
  return is_in_atom;
}

/* Splits a report-id at its "@". `*right` becomes `submitter` if there is none. */
static bool split_report_id(trpt_str id, trpt_str submitter, trpt_str *left, trpt_str *right) {
  *left = id;
  *right = submitter;
  if (!id.ptr || id.len > REPORT_ID_MAX_LEN) return false;
  const char *at = memchr(id.ptr, '@', id.len);
  if (at) {
    left->len = (size_t)(at - id.ptr);
    *right = trpt_str_from(id, left->len + 1);
  }
  return is_dot_atom(*left) && is_dot_atom(*right);
}

/* ---- interface ---- */

trpt_status trpt_report_filename(const trpt_submission *submission, char *buffer, size_t capacity, size_t *needed) {
  char start[TRPT_DECIMAL_SIZE], end[TRPT_DECIMAL_SIZE];
  trpt_submission copy;
  if (needed) *needed = 0;
  if (!copy_submission(&copy, submission) || !is_unique_id(copy.unique_id)) return TRPT_E_ARGUMENT;
  if (copy.start < 0 || copy.end < copy.start) return TRPT_E_ARGUMENT;
  const trpt_str mark = TRPT_STR("!");
  const trpt_str extension = trpt_str_of(copy.flags & TRPT_SUBMISSION_PLAIN ? ".json" : ".json.gz");
  const trpt_str none = {NULL, 0};
  const trpt_str parts[] = {copy.submitter,
                            mark,
                            copy.domain,
                            mark,
                            trpt_decimal((uint64_t)copy.start, start),
                            mark,
                            trpt_decimal((uint64_t)copy.end, end),
                            copy.unique_id.ptr ? mark : none,
                            copy.unique_id.ptr ? copy.unique_id : none,
                            extension};
  return write_parts(parts, sizeof parts / sizeof parts[0], buffer, capacity, needed);
}

/* The domain-name of RFC 8460 s5.3 has at least two labels, RFC 6376 s3.5. */
static bool has_two_labels(trpt_str name) { return memchr(name.ptr, '.', name.len) != NULL; }

trpt_status trpt_report_subject(const trpt_submission *submission, char *buffer, size_t capacity, size_t *needed) {
  trpt_submission copy;
  trpt_str left, right;
  if (needed) *needed = 0;
  if (!copy_submission(&copy, submission) || !has_two_labels(copy.submitter) || !has_two_labels(copy.domain))
    return TRPT_E_ARGUMENT;
  if (!split_report_id(copy.report_id, copy.submitter, &left, &right)) return TRPT_E_ARGUMENT;
  const trpt_str parts[] = {TRPT_STR("Report Domain: "),
                            copy.domain,
                            TRPT_STR(" Submitter: "),
                            copy.submitter,
                            TRPT_STR(" Report-ID: <"),
                            left,
                            TRPT_STR("@"),
                            right,
                            TRPT_STR(">")};
  return write_parts(parts, sizeof parts / sizeof parts[0], buffer, capacity, needed);
}

/* lib/writer/writer.c */
/* SPDX-License-Identifier: MIT */








/* The part of the report that was written last. */
enum { NOTHING, WRITER_METADATA, WRITER_POLICY, WRITER_FAILURE, WRITER_END };

size_t trpt_writer_size(void) { return sizeof(trpt_writer) + TRPT_ALIGNMENT_SLACK; }

void trpt_writer_begin(trpt_writer *writer, uint32_t flags, uint16_t escapes, trpt_write_fn write, void *user) {
  writer->state = NOTHING;
  writer->empty_failures = 0;
  trpt_json_begin(&writer->json, flags, escapes, write, user);
}

trpt_status trpt_writer_init(trpt_writer **out, void *memory, size_t size, uint32_t flags, trpt_write_fn write,
                             void *user) {
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  if (!memory || !write || (flags & ~(uint32_t)TRPT_PRETTY)) return TRPT_E_ARGUMENT;
  if (size < trpt_writer_size()) return TRPT_E_BUFFER;
  *out = trpt_align_up(memory);
  trpt_writer_begin(*out, flags, TRPT_JSON_I_JSON, write, user);
  return TRPT_OK;
}

/* A time as RFC 3339 text, with a NUL. */
typedef struct time_text {
  char text[24];
  size_t len; /* 0: not representable in RFC 3339 */
} time_text;

static time_text format_time(int64_t seconds) {
  time_text time;
  if (trpt_time_format(seconds, time.text, sizeof time.text, &time.len) != TRPT_OK) time.len = 0;
  return time;
}

/* The name of a type as it was read, or else its standard name. */
static trpt_str text_of_type(const trpt_member_info *info, const void *structure) {
  const trpt_str text = trpt_text_of(info, structure);
  const int32_t type = trpt_type_of(info, structure);
  if (text.ptr) return text;
  const char *name = info->type == TRPT_TYPE_POLICY_TYPE ? trpt_policy_type_name(type) : trpt_result_type_name(type);
  return trpt_str_of(name);
}

static bool is_written(const trpt_member_info *info, const void *structure);

static bool has_written_member(trpt_context context, const void *structure) {
  TRPT_EACH_IN (info, context)
    if (is_written(info, structure)) return true;
  return false;
}

/* Whether a member has a value to write. Arrays are not written here, but after all other members. */
static bool is_written(const trpt_member_info *info, const void *structure) {
  switch (info->type) {
  case TRPT_TYPE_STRING: return trpt_text_of(info, structure).ptr;
  case TRPT_TYPE_POLICY_TYPE:
  case TRPT_TYPE_RESULT_TYPE: return text_of_type(info, structure).ptr;
  case TRPT_TYPE_TIME: return format_time(trpt_time_of(info, structure)).len;
  case TRPT_TYPE_ARRAY: return false;
  case TRPT_TYPE_OBJECT:
    if (!info->has) return has_written_member((trpt_context)info->inner, structure);
    break;
  default: break;
  }
  return trpt_is_present(info, structure);
}

static void write_time(trpt_json_output *json, int64_t seconds) {
  const time_text time = format_time(seconds);
  trpt_json_value(json, (trpt_str){time.text, time.len});
}

static void write_list(trpt_json_output *json, const trpt_str *strings, uint32_t count) {
  trpt_json_open(json, '[');
  for (uint32_t i = 0; i < count; i++) {
    trpt_json_element(json);
    trpt_json_value(json, strings[i]);
  }
  trpt_json_close(json, ']');
}

static void write_object(trpt_json_output *json, trpt_context context, const void *structure);

static void write_value(trpt_json_output *json, const trpt_member_info *info, const void *structure) {
  switch (info->type) {
  case TRPT_TYPE_STRING: trpt_json_value(json, trpt_text_of(info, structure)); break;
  case TRPT_TYPE_TIME: write_time(json, trpt_time_of(info, structure)); break;
  case TRPT_TYPE_COUNT: trpt_json_number(json, trpt_count_of(info, structure)); break;
  case TRPT_TYPE_LIST: write_list(json, trpt_strings_of(info, structure), trpt_string_count_of(info, structure)); break;
  case TRPT_TYPE_OBJECT: write_object(json, (trpt_context)info->inner, structure); break;
  default: trpt_json_value(json, text_of_type(info, structure)); break;
  }
}

static void write_members(trpt_json_output *json, trpt_context context, const void *structure) {
  TRPT_EACH_IN (info, context) {
    if (!is_written(info, structure)) continue;
    trpt_json_name(json, info->name);
    write_value(json, info, structure);
  }
}

static void write_object(trpt_json_output *json, trpt_context context, const void *structure) {
  trpt_json_open(json, '{');
  write_members(json, context, structure);
  trpt_json_close(json, '}');
}

static void writer_open_array(trpt_json_output *json, trpt_member member) {
  trpt_json_name(json, trpt_members[member].name);
  trpt_json_open(json, '[');
}

/* Whether `write` is running. It must not call the writer. */
static bool writer_is_writing(const trpt_writer *writer) { return writer->json.text.is_writing; }

static void begin_report(trpt_writer *writer, const trpt_metadata *metadata) {
  write_members(&writer->json, TRPT_IN_REPORT, metadata);
  writer_open_array(&writer->json, TRPT_MEMBER_POLICIES);
  writer->state = WRITER_METADATA;
}

trpt_status trpt_writer_metadata(trpt_writer *writer, const trpt_metadata *metadata) {
  if (!writer || !metadata) return TRPT_E_ARGUMENT;
  if (writer->state != NOTHING || writer_is_writing(writer)) return TRPT_E_STATE;
  trpt_json_open(&writer->json, '{');
  begin_report(writer, metadata);
  return writer->json.text.status;
}

/* Closes the open element of `policies`, if any. */
static void close_policy(trpt_writer *writer) {
  trpt_json_output *json = &writer->json;
  if (writer->state == WRITER_POLICY && writer->empty_failures) writer_open_array(json, TRPT_MEMBER_FAILURE_DETAILS);
  if (writer->state == WRITER_FAILURE || (writer->state == WRITER_POLICY && writer->empty_failures)) trpt_json_close(json, ']');
  if (writer->state == WRITER_FAILURE || writer->state == WRITER_POLICY) trpt_json_close(json, '}');
}

/* Whether all elements of all lists have a text. */
static bool are_lists_complete(const trpt_policy *policy) {
  TRPT_EACH_OF (info, TRPT_STRUCTURE_POLICY) {
    if (info->type != TRPT_TYPE_LIST) continue;
    const trpt_str *strings = trpt_strings_of(info, policy);
    for (uint32_t i = 0; i < trpt_string_count_of(info, policy); i++)
      if (!strings || !strings[i].ptr) return false;
  }
  return true;
}

trpt_status trpt_writer_policy(trpt_writer *writer, const trpt_policy *policy) {
  if (!writer || !policy || !are_lists_complete(policy)) return TRPT_E_ARGUMENT;
  if (writer->state == NOTHING || writer->state == WRITER_END || writer_is_writing(writer)) return TRPT_E_STATE;
  trpt_json_output *json = &writer->json;
  close_policy(writer);
  trpt_json_element(json);
  trpt_json_open(json, '{');
  write_members(json, TRPT_IN_POLICY, policy);
  writer->empty_failures = policy->present & TRPT_POLICY_HAS_FAILURES;
  writer->state = WRITER_POLICY;
  return json->text.status;
}

trpt_status trpt_writer_failure(trpt_writer *writer, const trpt_failure *failure) {
  if (!writer || !failure) return TRPT_E_ARGUMENT;
  if ((writer->state != WRITER_POLICY && writer->state != WRITER_FAILURE) || writer_is_writing(writer)) return TRPT_E_STATE;
  trpt_json_output *json = &writer->json;
  if (writer->state == WRITER_POLICY) writer_open_array(json, TRPT_MEMBER_FAILURE_DETAILS);
  trpt_json_element(json);
  write_object(json, TRPT_IN_FAILURE, failure);
  writer->state = WRITER_FAILURE;
  return json->text.status;
}

static void writer_end_report(trpt_writer *writer) {
  close_policy(writer);
  trpt_json_close(&writer->json, ']');
  writer->state = WRITER_END;
}

trpt_status trpt_writer_end(trpt_writer *writer) {
  if (!writer) return TRPT_E_ARGUMENT;
  if (writer->state == NOTHING || writer->state == WRITER_END || writer_is_writing(writer)) return TRPT_E_STATE;
  writer_end_report(writer);
  trpt_json_close(&writer->json, '}');
  return trpt_json_end(&writer->json);
}

void trpt_writer_members(trpt_writer *writer, const trpt_report *report) {
  const trpt_status *status = &writer->json.text.status;
  const uint32_t count = trpt_report_policy_count(report);
  begin_report(writer, trpt_report_metadata(report));
  for (uint32_t i = 0; i < count && *status == TRPT_OK; i++) {
    const trpt_policy *policy = trpt_report_policy(report, i);
    trpt_writer_policy(writer, policy);
    for (uint32_t j = 0; j < policy->failure_count && *status == TRPT_OK; j++)
      trpt_writer_failure(writer, trpt_report_failure(report, i, j));
  }
  writer_end_report(writer);
}

trpt_status trpt_report_write(const trpt_report *report, uint32_t flags, trpt_write_fn write, void *user) {
  trpt_writer writer;
  if (!report || !write || (flags & ~(uint32_t)TRPT_PRETTY)) return TRPT_E_ARGUMENT;
  trpt_writer_begin(&writer, flags, TRPT_JSON_I_JSON, write, user);
  trpt_json_open(&writer.json, '{');
  trpt_writer_members(&writer, report);
  trpt_json_close(&writer.json, '}');
  return trpt_json_end(&writer.json);
}

/* lib/base/error.c */
/* SPDX-License-Identifier: MIT */





/* Texts of the library always fit. Texts from the system may be truncated. */
static void error_copy_text(char *to, size_t capacity, const char *from) {
  size_t len = 0;
  for (; len < capacity - 1 && from[len]; len++) to[len] = from[len];
  memset(to + len, 0, capacity - len);
}

void trpt_error_clear(trpt_error *error) {
  if (error) trpt_clear(error, sizeof *error);
}

trpt_status trpt_error_fill(trpt_error *error, trpt_status status, const char *code, const char *message,
                            trpt_position position, const char *where) {
  if (!error) return status;
  memset(error, 0, sizeof *error);
  error->status = status;
  error->line = position.line;
  error->column = position.column;
  error->offset = position.offset;
  error->code = code;
  error_copy_text(error->where, sizeof error->where, where);
  error_copy_text(error->message, sizeof error->message, message ? message : trpt_status_message(status));
  return status;
}

void trpt_error_set_limit(trpt_error *error, const char *sentence, uint64_t value) {
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str number = trpt_decimal(value, digits);
  const size_t capacity = sizeof error->message - 1;
  size_t len = 0;
  for (; *sentence && len < capacity; sentence++) {
    const trpt_str part = *sentence == '#' ? number : (trpt_str){sentence, 1};
    const size_t fits = part.len < capacity - len ? part.len : capacity - len;
    memcpy(error->message + len, part.ptr, fits);
    len += fits;
  }
  error->message[len] = '\0';
}

/* lib/base/hostname.c */
/* SPDX-License-Identifier: MIT */






static bool is_host_byte(unsigned char c) { return trpt_is_alpha(c) || trpt_is_digit(c) || c == '-'; }

/* label = let-dig [*(let-dig / "-") let-dig] */
static trpt_host_verdict check_label(const char *label, size_t len) {
  if (len == 0 || label[0] == '-' || label[len - 1] == '-') return TRPT_HOST_BAD_LABEL;
  if (len > TRPT_LABEL_MAX_LEN) return TRPT_HOST_LONG_LABEL;
  for (size_t i = 0; i < len; i++)
    if (!is_host_byte((unsigned char)label[i])) return TRPT_HOST_BAD_LABEL;
  return TRPT_HOST_GOOD;
}

static bool is_number(const char *label, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (!trpt_is_digit((unsigned char)label[i])) return false;
  return true;
}

/* Applies the full rule, label by label. */
static trpt_host_verdict check_labels(trpt_str name) {
  if (name.len == 0) return TRPT_HOST_BAD_LABEL;
  if (name.len > TRPT_HOST_MAX_LEN) return TRPT_HOST_TOO_LONG;
  const char *label = name.ptr;
  const char *end = name.ptr + name.len;
  for (;;) {
    const char *dot = memchr(label, '.', (size_t)(end - label));
    const size_t len = (size_t)((dot ? dot : end) - label);
    const trpt_host_verdict verdict = check_label(label, len);
    if (verdict != TRPT_HOST_GOOD) return verdict;
    if (!dot) return is_number(label, len) ? TRPT_HOST_ADDRESS : TRPT_HOST_GOOD;
    label = dot + 1;
  }
}

static TRPT_INLINE trpt_block hostname_dots(trpt_block v) { return trpt_block_is(v, '.'); }
static TRPT_INLINE trpt_block hyphens(trpt_block v) { return trpt_block_is(v, '-'); }

/* Accepts most valid names, without a branch that depends on the text: names that are no longer than a label and end with a
   letter. false means undecided; the caller falls back to check_labels. */
static TRPT_INLINE bool is_plain_name(trpt_str name) {
  if (name.len == 0 || name.len > TRPT_LABEL_MAX_LEN) return false;
  const uint64_t legal = trpt_scan_bits(name.ptr, name.len, trpt_block_letters_and_digits);
  const uint64_t dot = trpt_scan_bits(name.ptr, name.len, hostname_dots);
  const uint64_t mark = dot | trpt_scan_bits(name.ptr, name.len, hyphens);
  /* Nothing else, no mark at an edge of the name, and none next to a dot. */
  const uint64_t wrong =
      ((legal | mark) ^ trpt_scan_all(name.len)) | (mark & 1) | (mark & dot << 1) | (dot & mark << 1);
  return !wrong && trpt_is_alpha((unsigned char)name.ptr[name.len - 1]);
}

trpt_host_verdict trpt_host_check(trpt_str name) { return is_plain_name(name) ? TRPT_HOST_GOOD : check_labels(name); }

static bool equal_nocase(const char *a, const char *b, size_t len) {
  if (len < TRPT_WORD_SIZE) return trpt_equal_nocase(a, b, len);
  const size_t last = len - TRPT_WORD_SIZE;
  for (size_t at = 0; at < last; at += TRPT_WORD_SIZE)
    if (!trpt_word_equal_nocase(trpt_word_load(a + at), trpt_word_load(b + at))) return false;
  return trpt_word_equal_nocase(trpt_word_load(a + last), trpt_word_load(b + last));
}

bool trpt_host_equal(trpt_str a, trpt_str b) {
  a = trpt_host_without_dot(a);
  b = trpt_host_without_dot(b);
  return a.len && a.len == b.len && equal_nocase(a.ptr, b.ptr, a.len);
}

bool trpt_host_is_within(trpt_str name, trpt_str parent) {
  name = trpt_host_without_dot(name);
  parent = trpt_host_without_dot(parent);
  if (!parent.len || name.len < parent.len) return false;
  const char *tail = name.ptr + (name.len - parent.len);
  return equal_nocase(tail, parent.ptr, parent.len) && (name.len == parent.len || tail[-1] == '.');
}

/* lib/base/versioned.c */
/* SPDX-License-Identifier: MIT */


#include <string.h>

bool trpt_versioned_copy(void *to, size_t size, const void *from) {
  const unsigned char *bytes = from;
  size_t from_size;
  memset(to, 0, size);
  memcpy(&from_size, from, sizeof from_size);
  if (from_size == 0 || from_size > TRPT_VERSIONED_MAX_SIZE) return false;
  for (size_t i = size; i < from_size; i++)
    if (bytes[i]) return false;
  memcpy(to, from, from_size < size ? from_size : size);
  return true;
}

/* lib/inflate/gzip.c */
/* SPDX-License-Identifier: MIT */
/* gzip members. Header and trailer are read byte by byte, so that a chunk may end anywhere: one function for each part,
   in the order of RFC 1952 s2.3. */



#include <string.h>

/* Section 2.3.1. */
enum {
  ID1 = 0x1f,
  ID2 = 0x8b,
  CM_DEFLATE = 8,
  FLG_HEADER_CRC = 0x02,
  FLG_EXTRA = 0x04,
  FLG_NAME = 0x08,
  FLG_COMMENT = 0x10,
  FLG_RESERVED = 0xe0
};

enum {
  FIXED_FIELDS_SIZE = 6, /* MTIME, XFL, OS */
  XLEN_SIZE = 2,
  HEADER_CRC_SIZE = 2,
  TRAILER_SIZE = 8,
  ISIZE_SIZE = 4
};

/* The part that the next byte belongs to. */
enum {
  AT_ID1,
  AT_ID2,
  AT_METHOD,
  AT_FLAGS,
  AT_FIXED_FIELDS,
  AT_EXTRA_LENGTH,
  AT_EXTRA,
  AT_NAME_START,
  AT_NAME,
  AT_COMMENT,
  AT_HEADER_CRC,
  AT_DATA,
  AT_TRAILER,
  AT_TRAILING, /* after the last member: everything is skipped */
  AT_BAD       /* nothing more is read */
};

void trpt_gzip_init(trpt_gzip *gzip, trpt_inflate *inflate) {
  memset(gzip, 0, sizeof *gzip);
  gzip->inflate = inflate;
  gzip->code = TRPT_CODE_NONE;
  gzip->state = AT_ID1;
}

void trpt_gzip_reset(trpt_gzip *gzip) { trpt_gzip_init(gzip, gzip->inflate); }

static trpt_gzip_status gzip_report(trpt_gzip *gzip, trpt_code code, uint64_t offset) {
  gzip->code = code;
  gzip->offset = offset;
  return TRPT_GZIP_DIAGNOSTIC;
}

static trpt_gzip_status fail(trpt_gzip *gzip, trpt_code code, uint64_t offset) {
  gzip->code = code;
  gzip->offset = offset;
  gzip->state = AT_BAD;
  return TRPT_GZIP_BAD;
}

/* In the functions below in_total already counts the current byte, and MORE means success. */

static uint64_t here(const trpt_gzip *gzip) { return gzip->in_total - 1; }

static void gzip_expect(trpt_gzip *gzip, uint8_t state, uint32_t size) {
  gzip->state = state;
  gzip->remaining = size;
  gzip->number = 0;
}

static void begin_data(trpt_gzip *gzip) {
  trpt_inflate_reset(gzip->inflate);
  gzip->part_start = gzip->in_total;
  gzip->crc = 0;
  gzip->member_out = 0;
  gzip->state = AT_DATA;
}

/* Called at the last byte of a part. The optional parts follow in the order of their flags. The header CRC is last. */
static void begin_next_part(trpt_gzip *gzip) {
  const uint8_t flags = gzip->flags;
  if (flags & FLG_EXTRA) {
    gzip->flags = (uint8_t)(flags & ~FLG_EXTRA);
    gzip_expect(gzip, AT_EXTRA_LENGTH, XLEN_SIZE);
  } else if (flags & FLG_NAME) {
    gzip->flags = (uint8_t)(flags & ~FLG_NAME);
    gzip->state = AT_NAME_START;
  } else if (flags & FLG_COMMENT) {
    gzip->flags = (uint8_t)(flags & ~FLG_COMMENT);
    gzip->state = AT_COMMENT;
  } else if (flags & FLG_HEADER_CRC) {
    gzip->flags = (uint8_t)(flags & ~FLG_HEADER_CRC);
    gzip->part_start = gzip->in_total;
    gzip_expect(gzip, AT_HEADER_CRC, HEADER_CRC_SIZE);
  } else {
    begin_data(gzip);
  }
}

/* Adds the next byte of a little-endian number of `size` bytes. */
static void read_digit(trpt_gzip *gzip, uint8_t byte, uint32_t size) {
  gzip->number |= (uint32_t)byte << (8 * (size - gzip->remaining));
  gzip->remaining--;
}

/* The current byte shows that no member begins at part_start. */
static trpt_gzip_status read_no_member(trpt_gzip *gzip) {
  if (gzip->members == 0) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, here(gzip));
  gzip->state = AT_TRAILING;
  return gzip_report(gzip, TRPT_CODE_GZIP_TRAILING, gzip->part_start);
}

static trpt_gzip_status read_id1(trpt_gzip *gzip, uint8_t byte) {
  gzip->part_start = here(gzip);
  if (byte != ID1) return read_no_member(gzip);
  gzip->state = AT_ID2;
  return TRPT_GZIP_MORE;
}

static trpt_gzip_status read_id2(trpt_gzip *gzip, uint8_t byte) {
  if (byte != ID2) return read_no_member(gzip);
  gzip->state = AT_METHOD;
  if (gzip->members == 2) return TRPT_GZIP_MORE;
  gzip->members++;
  return gzip->members == 2 ? gzip_report(gzip, TRPT_CODE_GZIP_MULTI_MEMBER, gzip->part_start) : TRPT_GZIP_MORE;
}

static trpt_gzip_status read_method(trpt_gzip *gzip, uint8_t byte) {
  if (byte != CM_DEFLATE) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, here(gzip));
  gzip->state = AT_FLAGS;
  return TRPT_GZIP_MORE;
}

/* "Reserved FLG bits must be zero"; "a compliant decompressor must give an error indication if any reserved bit is
   non-zero". Only here it becomes known that there is a header CRC; the bytes before this one are always the same. */
static trpt_gzip_status read_flags(trpt_gzip *gzip, uint8_t byte) {
  const uint8_t begin[] = {ID1, ID2, CM_DEFLATE, byte};
  if (byte & FLG_RESERVED) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, here(gzip));
  gzip->flags = byte;
  if (byte & FLG_HEADER_CRC) gzip->header_crc = trpt_inflate_crc32(0, begin, sizeof begin);
  gzip_expect(gzip, AT_FIXED_FIELDS, FIXED_FIELDS_SIZE);
  return TRPT_GZIP_MORE;
}

static trpt_gzip_status read_extra_length(trpt_gzip *gzip, uint8_t byte) {
  read_digit(gzip, byte, XLEN_SIZE);
  if (gzip->remaining != 0) return TRPT_GZIP_MORE;
  if (gzip->number != 0)
    gzip_expect(gzip, AT_EXTRA, gzip->number);
  else
    begin_next_part(gzip);
  return TRPT_GZIP_MORE;
}

/* RFC 8460 s6.3: the name is untrusted and may be a path. Its presence is reported, and it is not stored. */
static trpt_gzip_status read_name_start(trpt_gzip *gzip, uint8_t byte) {
  gzip->state = AT_NAME;
  if (byte == 0) begin_next_part(gzip);
  if (gzip->reported_name) return TRPT_GZIP_MORE;
  gzip->reported_name = 1;
  return gzip_report(gzip, TRPT_CODE_GZIP_FNAME, here(gzip));
}

/* "The two least significant bytes of the CRC32 for all bytes of the gzip header up to and not including the CRC16". */
static trpt_gzip_status read_header_crc(trpt_gzip *gzip, uint8_t byte) {
  read_digit(gzip, byte, HEADER_CRC_SIZE);
  if (gzip->remaining != 0) return TRPT_GZIP_MORE;
  if (gzip->number != (gzip->header_crc & 0xffff)) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, gzip->part_start);
  begin_next_part(gzip);
  return TRPT_GZIP_MORE;
}

/* CRC32, then ISIZE. */
static trpt_gzip_status read_trailer(trpt_gzip *gzip, uint8_t byte) {
  const int in_crc = gzip->remaining > ISIZE_SIZE;
  read_digit(gzip, byte, in_crc ? TRAILER_SIZE : ISIZE_SIZE);
  if (gzip->remaining != ISIZE_SIZE && gzip->remaining != 0) return TRPT_GZIP_MORE;
  if (gzip->number != (in_crc ? gzip->crc : gzip->member_out))
    return fail(gzip, TRPT_CODE_GZIP_BAD_CRC, gzip->part_start);
  gzip->number = 0;
  if (gzip->remaining == 0) gzip->state = AT_ID1;
  return TRPT_GZIP_MORE;
}

static trpt_gzip_status read_byte(trpt_gzip *gzip, uint8_t byte) {
  gzip->in_total++;
  if (gzip->flags & FLG_HEADER_CRC) gzip->header_crc = trpt_inflate_crc32(gzip->header_crc, &byte, 1);
  switch (gzip->state) {
  case AT_ID1: return read_id1(gzip, byte);
  case AT_ID2: return read_id2(gzip, byte);
  case AT_METHOD: return read_method(gzip, byte);
  case AT_FLAGS: return read_flags(gzip, byte);
  case AT_EXTRA_LENGTH: return read_extra_length(gzip, byte);
  case AT_NAME_START: return read_name_start(gzip, byte);
  case AT_HEADER_CRC: return read_header_crc(gzip, byte);
  default: return read_trailer(gzip, byte);
  }
}

/* Skips bytes without a meaning and returns how many. FNAME and FCOMMENT end with a zero byte. */
static size_t gzip_skip(trpt_gzip *gzip, const uint8_t *in, size_t len) {
  int ended = 0;
  if (gzip->state == AT_FIXED_FIELDS || gzip->state == AT_EXTRA) {
    if (len > gzip->remaining) len = gzip->remaining;
    gzip->remaining -= (uint32_t)len;
    ended = gzip->remaining == 0;
  } else if (gzip->state == AT_NAME || gzip->state == AT_COMMENT) {
    const uint8_t *zero = memchr(in, 0, len);
    if (zero != NULL) len = (size_t)(zero - in) + 1;
    ended = zero != NULL;
  } else if (gzip->state != AT_TRAILING) {
    return 0;
  }
  gzip->in_total += len;
  if (gzip->flags & FLG_HEADER_CRC) gzip->header_crc = trpt_inflate_crc32(gzip->header_crc, in, len);
  if (ended) begin_next_part(gzip);
  return len;
}

static trpt_gzip_status read_data(trpt_gzip *gzip, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                                  size_t out_capacity, size_t *out_len) {
  const trpt_inflate_status status = trpt_inflate_run(gzip->inflate, in, in_len, in_used, out, out_capacity, out_len);
  if (*out_len != 0) gzip->crc = trpt_inflate_crc32(gzip->crc, out, *out_len);
  gzip->member_out += (uint32_t)*out_len;
  gzip->out_total += *out_len;
  gzip->in_total += *in_used;
  if (status == TRPT_INFLATE_BAD) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, gzip->part_start);
  if (status == TRPT_INFLATE_END) {
    gzip->part_start = gzip->in_total;
    gzip_expect(gzip, AT_TRAILER, TRAILER_SIZE);
    return TRPT_GZIP_MORE;
  }
  return status == TRPT_INFLATE_OUTPUT ? TRPT_GZIP_OUTPUT : TRPT_GZIP_MORE;
}

trpt_gzip_status trpt_gzip_read(trpt_gzip *gzip, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                                size_t out_capacity, size_t *out_len) {
  static const uint8_t nothing[1];
  uint8_t nowhere[1];
  trpt_gzip_status status = gzip->state == AT_BAD ? TRPT_GZIP_BAD : TRPT_GZIP_MORE;
  size_t used = 0, len = 0;
  if (in_len == 0) in = nothing; /* the engine needs valid addresses even for 0 bytes */
  if (out_capacity == 0) out = nowhere;
  while (status == TRPT_GZIP_MORE) {
    if (gzip->state == AT_DATA) {
      size_t data_used, data_len;
      status = read_data(gzip, in + used, in_len - used, &data_used, out + len, out_capacity - len, &data_len);
      used += data_used;
      len += data_len;
      if (gzip->state == AT_DATA) break;
    } else if (used == in_len) {
      break;
    } else {
      const size_t skipped = gzip_skip(gzip, in + used, in_len - used);
      used += skipped;
      if (skipped == 0) status = read_byte(gzip, in[used++]);
    }
  }
  *in_used = used;
  *out_len = len;
  return status;
}

trpt_gzip_status trpt_gzip_finish(trpt_gzip *gzip) {
  if (gzip->state == AT_BAD) return TRPT_GZIP_BAD;
  if (gzip->state == AT_TRAILING || (gzip->state == AT_ID1 && gzip->members != 0)) return TRPT_GZIP_MORE;
  return fail(gzip, TRPT_CODE_GZIP_TRUNCATED, gzip->in_total);
}

uint64_t trpt_gzip_bits_used(const trpt_gzip *gzip) {
  const uint32_t unused = gzip->state == AT_DATA ? trpt_inflate_unused_bits(gzip->inflate) : 0;
  return gzip->in_total * 8 - unused;
}

/* lib/inflate/zlib.c */
/* SPDX-License-Identifier: MIT */
/* Inflates with zlib. zlib allocates its state in inflateInit2 and its window when it first needs one.
   trpt_inflate_init makes it do both, in the reserved memory. Unless built without it, the project's own decoder comes
   first: what it cannot read, zlib reads from the same byte. */

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CRC32_H
#define TRPT_LIB_CRC32_H

/* CRC-32 by carry-less multiplication, for processors that support it. zlib's own CRC takes a tenth of the time needed
   to inflate a small report, this one a hundredth. After Gopal et al., "Fast CRC Computation for Generic Polynomials
   Using PCLMULQDQ Instruction", Intel 2009, where the constants come from: powers of x modulo the polynomial, bits
   reversed. */

#include <stddef.h>
#include <stdint.h>

enum { TRPT_CRC32_FOLD_MIN = 64 }; /* folding needs at least this many bytes */

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))

#include <immintrin.h>

#define TRPT_CRC32_TARGET __attribute__((target("pclmul,sse4.1")))

static TRPT_INLINE int trpt_crc32_can_fold(void) {
  return !!__builtin_cpu_supports("pclmul") & !!__builtin_cpu_supports("sse4.1");
}

static TRPT_INLINE __m128i trpt_crc32_load(const uint8_t *data) {
  return _mm_loadu_si128((const __m128i *)(const void *)data);
}

/* Shifts `sum` by the distance that `by` encodes, and adds `next`. */
TRPT_CRC32_TARGET static inline __m128i trpt_crc32_fold(__m128i sum, __m128i by, __m128i next) {
  const __m128i low = _mm_clmulepi64_si128(sum, by, 0x00), high = _mm_clmulepi64_si128(sum, by, 0x11);
  return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

/* 128 bits to 64, to 32 by Barrett reduction. */
TRPT_CRC32_TARGET static inline uint32_t trpt_crc32_reduce(__m128i sum, __m128i by_16_bytes) {
  const __m128i mask = _mm_setr_epi32(-1, 0, -1, 0);
  const __m128i by_8_bytes = _mm_set_epi64x(0, 0x163cd6124);
  const __m128i polynomial = _mm_set_epi64x(0x1f7011641, 0x1db710641);
  __m128i quotient;
  sum = _mm_xor_si128(_mm_srli_si128(sum, 8), _mm_clmulepi64_si128(sum, by_16_bytes, 0x10));
  sum = _mm_xor_si128(_mm_srli_si128(sum, 4), _mm_clmulepi64_si128(_mm_and_si128(sum, mask), by_8_bytes, 0x00));
  quotient = _mm_and_si128(_mm_clmulepi64_si128(_mm_and_si128(sum, mask), polynomial, 0x10), mask);
  sum = _mm_xor_si128(sum, _mm_clmulepi64_si128(quotient, polynomial, 0x00));
  return (uint32_t)_mm_extract_epi32(sum, 1);
}

/* `len` is a multiple of 16 and at least TRPT_CRC32_FOLD_MIN. `crc` and the result are inverted, as in the loop of RFC
   1952 s8. */
TRPT_CRC32_TARGET static inline uint32_t trpt_crc32_folded(uint32_t crc, const uint8_t *data, size_t len) {
  const __m128i by_64_bytes = _mm_set_epi64x(0x1c6e41596, 0x154442bd4);
  const __m128i by_16_bytes = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
  const uint8_t *end = data + len;
  __m128i a = _mm_xor_si128(trpt_crc32_load(data), _mm_cvtsi32_si128((int)crc)), b = trpt_crc32_load(data + 16);
  __m128i c = trpt_crc32_load(data + 32), d = trpt_crc32_load(data + 48);
  for (data += 64; end - data >= 64; data += 64) {
    a = trpt_crc32_fold(a, by_64_bytes, trpt_crc32_load(data));
    b = trpt_crc32_fold(b, by_64_bytes, trpt_crc32_load(data + 16));
    c = trpt_crc32_fold(c, by_64_bytes, trpt_crc32_load(data + 32));
    d = trpt_crc32_fold(d, by_64_bytes, trpt_crc32_load(data + 48));
  }
  a = trpt_crc32_fold(trpt_crc32_fold(trpt_crc32_fold(a, by_16_bytes, b), by_16_bytes, c), by_16_bytes, d);
  for (; data != end; data += 16) a = trpt_crc32_fold(a, by_16_bytes, trpt_crc32_load(data));
  return trpt_crc32_reduce(a, by_16_bytes);
}

/* Adds the beginning of the data to `*crc` (not inverted) and returns how many bytes it added: all but at most 15, or 0
   if there are fewer than TRPT_CRC32_FOLD_MIN. */
static TRPT_INLINE size_t trpt_crc32_begin(uint32_t *crc, const uint8_t *data, size_t len) {
  const int folds = trpt_crc32_can_fold();
  if (len < TRPT_CRC32_FOLD_MIN || !folds) return 0; /* GCOVR_EXCL_BR_LINE: depends on the processor */
  const size_t folded = len - len % 16;
  *crc = ~trpt_crc32_folded(~*crc, data, folded);
  return folded;
}

#else

static TRPT_INLINE size_t trpt_crc32_begin(uint32_t *crc, const uint8_t *data, size_t len) {
  (void)crc, (void)data, (void)len;
  return 0;
}

#endif
#endif


#include <stdalign.h>
#include <stdbool.h>
#include <string.h>
#include <zlib.h>

#ifndef TRPT_NO_OWN_INFLATE
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_WHOLE_H
#define TRPT_LIB_WHOLE_H

/* Inflates deflate data (RFC 1951) that lies whole in memory, with its whole output, as nearly all reports do. It is as
   strict as zlib, faster, and has no state between calls: on any failure the caller reads the same bytes with zlib, so
   that errors, their offsets and everything resumable are zlib's. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TRPT_CODE_MAX_LENGTH = 15, TRPT_CODE_MAX_SYMBOLS = 288, TRPT_CODE_TABLE_BITS = 10 };

/* A Huffman code: a table for codes of up to TRPT_CODE_TABLE_BITS bits, and what decodes the others bit by bit. */
typedef struct trpt_code_table {
  uint32_t entries[1 << TRPT_CODE_TABLE_BITS]; /* by the next bits of the input */
  uint16_t symbols[TRPT_CODE_MAX_SYMBOLS];     /* in the order of their codes */
  uint16_t counts[TRPT_CODE_MAX_LENGTH + 1];   /* of the codes of each length */
} trpt_code_table;

/* Scratch memory, which needs no initialization other than has_fixed = false. */
typedef struct trpt_whole {
  trpt_code_table literals; /* and lengths */
  trpt_code_table distances;
  bool has_fixed; /* both tables hold the fixed codes */
} trpt_whole;

/* The most input that is looked at: no sensible compressor makes data longer than its output by more. */
#define TRPT_WHOLE_MOST(out_capacity) ((out_capacity) + (out_capacity) / 8 + 64)

/* True: the data ended after `*in_used` bytes and `*out_len` bytes of output, and zlib reads it likewise. False: the data
   is invalid, its end is beyond `in` or TRPT_WHOLE_MOST, or its output beyond `out`; the two numbers are unchanged and the
   contents of `out` unspecified. Takes time in proportion to `out_capacity`, however much input there is. */
bool trpt_whole_inflate(trpt_whole *whole, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                        size_t out_capacity, size_t *out_len);

#endif
#endif

enum {
  /* zlib 1.2.13 needs 7,160 bytes for its state and 32,768 for its window. Forks with the same name pad and align both;
     none needs more than these 8 KiB in addition. */
  ARENA_SIZE = 48 * 1024,
  ARENA_ALIGNMENT = alignof(max_align_t),
  RAW_DEFLATE = -15,      /* windowBits: no header, no trailer, 32 KiB back */
  PART_MAX_SIZE = 1 << 20 /* zlib counts in 32 bits, so larger buffers are passed in parts */
};

struct trpt_inflate {
#ifndef TRPT_NO_OWN_INFLATE
  trpt_whole whole;
#endif
  bool is_begun; /* a byte of the stream was given to zlib */
  z_stream stream;
  size_t arena_used;
  alignas(max_align_t) unsigned char arena[ARENA_SIZE];
};

static voidpf zlib_allocate(voidpf opaque, uInt items, uInt size) {
  trpt_inflate *inflater = opaque;
  const size_t available = sizeof inflater->arena - inflater->arena_used;
  const uint64_t wanted = ((uint64_t)items * size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
  if (wanted > available) return Z_NULL; /* GCOVR_EXCL_BR_LINE: no zlib up to 1.3 needs so much */
  unsigned char *memory = inflater->arena + inflater->arena_used;
  inflater->arena_used += (size_t)wanted;
  return memory;
}

/* The reserved memory is released as a whole.
   GCOVR_EXCL_START: zlib needs this function, but calls it only when an allocation failed. */
static void zlib_release(voidpf opaque, voidpf memory) {
  (void)opaque;
  (void)memory;
}
/* GCOVR_EXCL_STOP */

/* Makes zlib allocate its window now: it does so when a call ends in the middle of a stored block. */
static int allocate_window(trpt_inflate *inflater) {
  static const uint8_t stored[] = {0x00, 0x02, 0x00, 0xfd, 0xff, 'a'};
  uint8_t out[1];
  size_t in_used, out_len;
  return trpt_inflate_run(inflater, stored, sizeof stored, &in_used, out, sizeof out, &out_len) == TRPT_INFLATE_MORE;
}

size_t trpt_inflate_size(void) { return sizeof(trpt_inflate); }

trpt_inflate *trpt_inflate_init(void *memory) {
  trpt_inflate *inflater = memory;
  memset(&inflater->stream, 0, sizeof inflater->stream);
  inflater->arena_used = 0;
#ifndef TRPT_NO_OWN_INFLATE
  inflater->whole.has_fixed = false;
#endif
  trpt_inflate_reset(inflater);
  inflater->stream.zalloc = zlib_allocate;
  inflater->stream.zfree = zlib_release;
  inflater->stream.opaque = inflater;
  /* GCOVR_EXCL_BR_START: only when an allocation failed */
  if (inflateInit2(&inflater->stream, RAW_DEFLATE) != Z_OK || !allocate_window(inflater)) return NULL;
  /* GCOVR_EXCL_BR_STOP */
  trpt_inflate_reset(inflater);
  return inflater;
}

void trpt_inflate_reset(trpt_inflate *inflater) { inflater->is_begun = false; }

/* True if nothing is left for zlib. */
static bool inflate_whole(trpt_inflate *inflater, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                          size_t out_capacity, size_t *out_len) {
#ifndef TRPT_NO_OWN_INFLATE
  return trpt_whole_inflate(&inflater->whole, in, in_len, in_used, out, out_capacity, out_len);
#else
  (void)inflater, (void)in, (void)in_len, (void)in_used, (void)out, (void)out_capacity, (void)out_len;
  return false;
#endif
}

static void zlib_begin(z_stream *stream) {
  (void)inflateReset(stream); /* fails only for a stream that was never initialized */
  stream->data_type = 0;      /* inflateReset does not change it */
}

static uInt zlib_part(size_t len) { return len < PART_MAX_SIZE ? (uInt)len : PART_MAX_SIZE; }

trpt_inflate_status trpt_inflate_run(trpt_inflate *inflater, const uint8_t *in, size_t in_len, size_t *in_used,
                                     uint8_t *out, size_t out_capacity, size_t *out_len) {
  z_stream *stream = &inflater->stream;
  *in_used = 0;
  *out_len = 0;
  if (!in_len && !inflater->is_begun) return TRPT_INFLATE_MORE;
  if (!inflater->is_begun) {
    if (inflate_whole(inflater, in, in_len, in_used, out, out_capacity, out_len)) return TRPT_INFLATE_END;
    zlib_begin(stream);
    inflater->is_begun = true;
  }
  do {
    const uInt in_part = zlib_part(in_len - *in_used), out_part = zlib_part(out_capacity - *out_len);
    stream->next_in = (z_const Bytef *)(in + *in_used);
    stream->avail_in = in_part;
    stream->next_out = out + *out_len;
    stream->avail_out = out_part;
    /* With Z_FINISH zlib does not copy into its window if the stream ends within this call, as in small reports.
       Otherwise it copies as usual and returns Z_BUF_ERROR, never Z_OK. */
    const int result = inflate(stream, Z_FINISH);
    *in_used += in_part - stream->avail_in;
    *out_len += out_part - stream->avail_out;
    if (result == Z_STREAM_END) return TRPT_INFLATE_END;
    if (result != Z_BUF_ERROR) return TRPT_INFLATE_BAD;
  } while ((stream->avail_in == 0 && *in_used < in_len) || (stream->avail_out == 0 && *out_len < out_capacity));
  return *in_used < in_len ? TRPT_INFLATE_OUTPUT : TRPT_INFLATE_MORE;
}

/* zlib.h: inflate sets data_type to the number of unused bits in the input, plus flags from 64 up. */
uint32_t trpt_inflate_unused_bits(const trpt_inflate *inflater) { return (uint32_t)inflater->stream.data_type & 63; }

uint32_t trpt_inflate_crc32(uint32_t crc, const uint8_t *data, size_t len) {
  const size_t begun = trpt_crc32_begin(&crc, data, len);
  return (uint32_t)crc32_z(crc, data + begun, len - begun);
}

/* lib/inflate/whole.c */
/* SPDX-License-Identifier: MIT */
/* RFC 1951, in the order of its sections. Refuses what zlib refuses: more than 286 or 30 symbols, symbols without a meaning,
   distances beyond the start of the output, and codes that are over-subscribed or incomplete, but for a single code of one
   bit or no distance code at all. */



#include <string.h>

#define NEVER_INLINE __attribute__((noinline)) /* rare code, which would whole_take registers from the common */

/* An entry of a code's table: the value of the symbol, its kind, the length of the code, and that length plus the number of
   extra bits. Entries of no kind are of codes that do not exist or are longer than the table. The value of a match, which
   is a length or distance, is its base. */
enum { LITERAL = 0x1000, MATCH = 0x2000, WHOLE_END = 0x4000, ANY_KIND = LITERAL | MATCH | WHOLE_END };
enum { VALUE_SHIFT = 16, LENGTH_SHIFT = 8, LENGTH_1 = 1 << LENGTH_SHIFT | 1 };

/* The symbols without the lengths of their codes: section 3.2.5. The last two of both have no meaning. */
#define BYTE(n)        ((uint32_t)(n) << VALUE_SHIFT | LITERAL)
#define BYTES4(n)      BYTE(n), BYTE((n) + 1), BYTE((n) + 2), BYTE((n) + 3)
#define BYTES16(n)     BYTES4(n), BYTES4((n) + 4), BYTES4((n) + 8), BYTES4((n) + 12)
#define BYTES64(n)     BYTES16(n), BYTES16((n) + 16), BYTES16((n) + 32), BYTES16((n) + 48)
#define BASE(n, extra) ((uint32_t)(n) << VALUE_SHIFT | MATCH | (extra))
#define BASES2(extra)  BASE((2 << (extra)) + 1, extra), BASE((3 << (extra)) + 1, extra)
#define BASES4(extra)                                                                                                  \
  BASE((4 << (extra)) + 3, extra), BASE((5 << (extra)) + 3, extra), BASE((6 << (extra)) + 3, extra),                   \
      BASE((7 << (extra)) + 3, extra)

enum { END_OF_BLOCK = 256, MAX_LITERALS = 286, MAX_DISTANCES = 30, LENGTH_CODES = 19, MAX_REPEAT = 138 };

static const uint32_t whole_literals[MAX_LITERALS + 2] = {
    BYTES64(0), BYTES64(64), BYTES64(128), BYTES64(192), WHOLE_END,       BASE(3, 0), BASE(4, 0), BASE(5, 0),
    BASE(6, 0), BASES4(0),   BASES4(1),    BASES4(2),    BASES4(3), BASES4(4),  BASES4(5),  BASE(258, 0)};
static const uint32_t whole_distances[MAX_DISTANCES + 2] = {
    BASE(1, 0), BASE(2, 0), BASES2(0), BASES2(1), BASES2(2),  BASES2(3),  BASES2(4),  BASES2(5),
    BASES2(6),  BASES2(7),  BASES2(8), BASES2(9), BASES2(10), BASES2(11), BASES2(12), BASES2(13)};

typedef struct alphabet {
  const uint32_t *entries;
  unsigned table_bits;
} alphabet;

static const alphabet literal_alphabet = {whole_literals, TRPT_CODE_TABLE_BITS};
static const alphabet distance_alphabet = {whole_distances, 8};
static const alphabet length_alphabet = {whole_literals, 7};

/* ---- bits: section 3.1.1 ---- */

/* Beyond the end of the input all bits are 0, so that only the end of the data needs to be checked. */
typedef struct whole_decoder {
  const uint8_t *in;
  size_t len, at; /* of the input, and of the next byte in it */
  uint64_t bits;  /* the first `count` are those before it */
  unsigned count; /* at least 56 after refill */
  uint8_t *out, *next, *end;
} whole_decoder;

/* Whether a bit was consumed that the input does not have. */
static bool is_beyond(const whole_decoder *d) { return 8 * d->at - d->count > 8 * d->len; }

/* Fewer than eight bytes are left. */
static NEVER_INLINE uint64_t load_last(const uint8_t *in, size_t len, size_t at) {
  uint64_t word = 0;
  for (size_t i = 0; at + i < len; i++) word |= (uint64_t)in[at + i] << 8 * i;
  return word;
}

static TRPT_INLINE uint64_t whole_load(const uint8_t *in) {
  const uint32_t low = in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24;
  return low | (uint64_t)in[4] << 32 | (uint64_t)in[5] << 40 | (uint64_t)in[6] << 48 | (uint64_t)in[7] << 56;
}

static TRPT_INLINE void refill(whole_decoder *d) {
  d->bits |= (d->at + 8 <= d->len ? whole_load(d->in + d->at) : load_last(d->in, d->len, d->at)) << d->count;
  d->at += (63 - d->count) / 8;
  d->count |= 56;
}

static TRPT_INLINE void whole_drop(whole_decoder *d, unsigned count) {
  d->bits >>= count;
  d->count -= count;
}

static TRPT_INLINE unsigned whole_take(whole_decoder *d, unsigned count) {
  const unsigned value = (unsigned)d->bits & ((1U << count) - 1);
  whole_drop(d, count);
  return value;
}

/* ---- codes: section 3.2.2 ---- */

/* Most codes have few symbols. Eight without a code are skipped at once, at multiples of eight. */
static TRPT_INLINE bool skip_zeros(const uint8_t *lengths, unsigned *symbol) {
  static const uint8_t zeros[8];
  if (*symbol % 8 || memcmp(lengths + *symbol, zeros, sizeof zeros) != 0) return false;
  *symbol += 7;
  return true;
}

/* The codes of a length, with reversed bits as in the input, go to the places that shorter codes left free. Doubling the table
   adds a bit to all that it has. */
static void fill(trpt_code_table *code, const alphabet *a) {
  const uint16_t *symbol = code->symbols;
  unsigned at = 0;
  code->entries[0] = 0;
  for (unsigned length = 1; length <= a->table_bits; length++) {
    const size_t half = (size_t)1 << (length - 1);
    memcpy(code->entries + half, code->entries, half * sizeof *code->entries);
    for (unsigned i = 0; i < code->counts[length]; i++) {
      code->entries[at] = a->entries[*symbol++] + length * LENGTH_1;
      unsigned bit = (unsigned)half;
      for (; at & bit; bit >>= 1) at ^= bit;
      at |= bit;
    }
  }
}

/* Sorts the symbols by the lengths of their codes. Returns false if the code is over-subscribed or incomplete. Reads up to
   seven bytes beyond `lengths`, whose values do not matter. */
static bool build(trpt_code_table *code, const alphabet *a, const uint8_t *lengths, unsigned count, bool is_complete) {
  unsigned starts[TRPT_CODE_MAX_LENGTH + 1];
  unsigned start = 0;
  int left = 1;
  memset(code->counts, 0, sizeof code->counts);
  for (unsigned symbol = 0; symbol < count; symbol++)
    if (!skip_zeros(lengths, &symbol)) code->counts[lengths[symbol]]++;
  for (unsigned length = 1; length <= TRPT_CODE_MAX_LENGTH; length++) {
    left = 2 * left - code->counts[length];
    if (left < 0) return false;
    starts[length] = start;
    start += code->counts[length];
  }
  if (left && (is_complete || start != code->counts[1])) return false;
  starts[0] = start; /* those without a code come last */
  for (unsigned symbol = 0; symbol < count; symbol++)
    if (!skip_zeros(lengths, &symbol)) code->symbols[starts[lengths[symbol]]++] = (uint16_t)symbol;
  fill(code, a);
  return true;
}

/* The entry of a code that the table does not have, or one of no kind. */
static NEVER_INLINE uint32_t decode_long(const trpt_code_table *code, const alphabet *a, uint64_t bits) {
  const uint16_t *symbols = code->symbols;
  unsigned offset = 0; /* of the code among those of its length */
  for (unsigned length = 1; length <= TRPT_CODE_MAX_LENGTH; length++, bits >>= 1) {
    const unsigned count = code->counts[length];
    offset = 2 * offset + (unsigned)(bits & 1);
    if (offset < count) return a->entries[symbols[offset]] + length * LENGTH_1;
    offset -= count;
    symbols += count;
  }
  return 0;
}

/* ---- blocks: section 3.2.3 ---- */

static bool read_stored(whole_decoder *d) {
  whole_drop(d, d->count % 8);
  refill(d);
  const unsigned len = whole_take(d, 16);
  if (whole_take(d, 16) != (len ^ 0xFFFF) || is_beyond(d)) return false;
  d->at -= d->count / 8;
  d->bits = 0;
  d->count = 0;
  if (len > d->len - d->at || len > (size_t)(d->end - d->next)) return false;
  memcpy(d->next, d->in + d->at, len);
  d->at += len;
  d->next += len;
  return true;
}

/* Both codes are complete, so they can be built. */
static void begin_fixed(trpt_whole *whole) {
  uint8_t lengths[TRPT_CODE_MAX_SYMBOLS];
  if (whole->has_fixed) return; /* so that many empty blocks take no longer than others */
  memset(lengths, 8, sizeof lengths);
  memset(lengths + 144, 9, 112);
  memset(lengths + 256, 7, 24);
  (void)build(&whole->literals, &literal_alphabet, lengths, TRPT_CODE_MAX_SYMBOLS, true);
  memset(lengths, 5, MAX_DISTANCES + 2);
  (void)build(&whole->distances, &distance_alphabet, lengths, MAX_DISTANCES + 2, true);
  whole->has_fixed = true;
}

/* Reads `count` code lengths, which are compressed themselves: symbols 16 to 18 repeat the last length or 0. Writes up to
   MAX_REPEAT bytes more. */
static bool read_lengths(whole_decoder *d, const trpt_code_table *code, uint8_t *lengths, unsigned count) {
  unsigned times;
  for (unsigned n = 0; n < count; n += times) {
    refill(d);
    const uint32_t entry = code->entries[d->bits & 127];
    const unsigned symbol = entry >> VALUE_SHIFT;
    whole_drop(d, entry & 0xFF);
    times = symbol < 16 ? 1 : symbol == 16 ? 3 + whole_take(d, 2) : symbol == 17 ? 3 + whole_take(d, 3) : 11 + whole_take(d, 7);
    if (times > count - n || (symbol == 16 && n == 0)) return false;
    if (symbol < 16)
      lengths[n] = (uint8_t)symbol;
    else if (symbol == 16)
      memset(lengths + n, lengths[n - 1], 6);
    else
      memset(lengths + n, 0, MAX_REPEAT);
  }
  return true;
}

/* Section 3.2.7. The code of the lengths lies where that of the distances follows. */
static bool begin_dynamic(trpt_whole *whole, whole_decoder *d) {
  static const uint8_t order[LENGTH_CODES] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  uint8_t lengths[MAX_LITERALS + MAX_DISTANCES + MAX_REPEAT] = {0};
  uint8_t code_lengths[LENGTH_CODES + 7] = {0};
  const unsigned literal_count = 257 + whole_take(d, 5), distance_count = 1 + whole_take(d, 5), code_count = 4 + whole_take(d, 4);
  whole->has_fixed = false;
  if (literal_count > MAX_LITERALS || distance_count > MAX_DISTANCES) return false;
  for (unsigned i = 0; i < code_count; i++) {
    if (i % 16 == 0) refill(d);
    code_lengths[order[i]] = (uint8_t)whole_take(d, 3);
  }
  return build(&whole->distances, &length_alphabet, code_lengths, LENGTH_CODES, true) &&
         read_lengths(d, &whole->distances, lengths, literal_count + distance_count) && lengths[END_OF_BLOCK] &&
         build(&whole->literals, &literal_alphabet, lengths, literal_count, false) &&
         build(&whole->distances, &distance_alphabet, lengths + literal_count, distance_count, false);
}

static TRPT_INLINE uint32_t look_up(const trpt_code_table *code, const alphabet *a, uint64_t bits) {
  return code->entries[bits & ((1U << a->table_bits) - 1)];
}

/* Consumes a code and its extra bits, and returns its value. */
static TRPT_INLINE unsigned take_value(whole_decoder *d, uint32_t entry) {
  return (entry >> VALUE_SHIFT) + (whole_take(d, entry & 0xFF) >> (entry >> LENGTH_SHIFT & 0xF));
}

/* Source and target may overlap: then bytes repeat. In larger steps where they do not, and where a step may go beyond. */
static TRPT_INLINE void copy_match(whole_decoder *d, size_t distance, size_t len) {
  uint8_t *to = d->next;
  const uint8_t *from = to - distance;
  d->next += len;
  if (distance >= 16 && (size_t)(d->end - to) >= len + 16)
    for (; to < d->next; to += 16, from += 16) memcpy(to, from, 16);
  else if (distance == 1)
    memset(to, *from, len);
  else
    while (to < d->next) *to++ = *from++;
}

static TRPT_INLINE bool read_match(whole_decoder *d, const trpt_code_table *code, uint32_t entry) {
  const unsigned len = take_value(d, entry);
  refill(d);
  entry = look_up(code, &distance_alphabet, d->bits);
  if (!(entry & ANY_KIND)) entry = decode_long(code, &distance_alphabet, d->bits);
  const unsigned distance = take_value(d, entry);
  if (!(entry & MATCH) || distance > (size_t)(d->next - d->out) || len > (size_t)(d->end - d->next)) return false;
  copy_match(d, distance, len);
  return true;
}

static TRPT_INLINE bool whole_read_literal(whole_decoder *d, uint32_t entry) {
  if (d->next == d->end) return false;
  *d->next++ = (uint8_t)take_value(d, entry);
  return true;
}

/* 56 bits suffice for three literals of the table and a length: 3 * 10 + 15 + 5. */
static bool read_symbols(const trpt_whole *whole, whole_decoder *state) {
  whole_decoder d = *state; /* a copy, which the compiler keeps in registers */
  uint32_t entry;
  do {
    refill(&d);
    entry = look_up(&whole->literals, &literal_alphabet, d.bits);
    for (unsigned i = 0; i < 3 && entry & LITERAL; i++) {
      if (!whole_read_literal(&d, entry)) return false;
      entry = look_up(&whole->literals, &literal_alphabet, d.bits);
    }
    if (entry & LITERAL) continue;
    if (!(entry & ANY_KIND)) entry = decode_long(&whole->literals, &literal_alphabet, d.bits);
    if (entry & LITERAL && !whole_read_literal(&d, entry)) return false;
    if (entry & MATCH && !read_match(&d, &whole->distances, entry)) return false;
  } while (entry & (LITERAL | MATCH));
  whole_drop(&d, entry & 0xFF);
  *state = d;
  return entry & WHOLE_END;
}

static bool read_block(trpt_whole *whole, whole_decoder *d, unsigned type) {
  switch (type) {
  case 0: return read_stored(d);
  case 1: begin_fixed(whole); break;
  case 2:
    if (!begin_dynamic(whole, d)) return false;
    break;
  default: return false;
  }
  return read_symbols(whole, d);
}

bool trpt_whole_inflate(trpt_whole *whole, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                        size_t out_capacity, size_t *out_len) {
  const size_t most = TRPT_WHOLE_MOST(out_capacity);
  whole_decoder d = {.in = in, .len = in_len < most ? in_len : most, .out = out, .next = out, .end = out + out_capacity};
  for (bool is_last = false; !is_last;) {
    refill(&d);
    is_last = whole_take(&d, 1);
    if (!read_block(whole, &d, whole_take(&d, 2))) return false;
  }
  if (is_beyond(&d)) return false;
  *in_used = d.at - d.count / 8;
  *out_len = (size_t)(d.next - out);
  return true;
}
#undef NEVER_INLINE
#undef BYTE
#undef BYTES4
#undef BYTES16
#undef BYTES64
#undef BASE
#undef BASES2
#undef BASES4

#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif
#if defined(__ELF__) || defined(__APPLE__)
#pragma GCC visibility pop
#endif
