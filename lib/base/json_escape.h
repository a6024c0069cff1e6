/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_ESCAPE_H
#define TRPT_LIB_JSON_ESCAPE_H

/* Encodes any bytes as the content of a JSON string, RFC 8259 s7. Each maximal run of bytes that could begin a
   character but is not valid UTF-8 becomes U+FFFD. */

#include <tlsrpt/status.h>

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
