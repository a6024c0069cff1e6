/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_STRING_H
#define TRPT_LIB_JSON_STRING_H

/* Decodes JSON strings (RFC 8259 s7) byte by byte, so that a chunk may end anywhere. Bytes that are not Unicode text (RFC
   7493 s2.1) become U+FFFD and a string error. ASCII strings without escapes that are whole in a chunk do not pass through
   here. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/utf8.h"

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
