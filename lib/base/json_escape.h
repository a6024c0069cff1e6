/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_ESCAPE_H
#define TRPT_LIB_JSON_ESCAPE_H

/* The inside of JSON strings, RFC 8259 s7, for any bytes: each longest run of bytes that could have begun a character but is
   not UTF-8 becomes U+FFFD. */

#include <tlsrpt/status.h>

/* What is not written as it is, besides what RFC 8259 demands. */
enum {
  TRPT_JSON_I_JSON = 1,        /* noncharacters become U+FFFD, RFC 7493 s2.1 */
  TRPT_JSON_ESCAPE_HIDDEN = 2, /* characters that cannot be seen become \uXXXX, see hidden.h */
  TRPT_JSON_REPLACE_NUL = 4    /* U+0000 becomes U+FFFD, since databases refuse it */
};

enum { TRPT_JSON_ESCAPE_MAX = 12 }; /* "\ud83d\ude00" */

/* A run of text to write as it is, and what to write after it in place of the next character. */
typedef struct trpt_json_piece {
  trpt_str plain;
  size_t escape_len; /* 0: the text has ended */
  char escape[TRPT_JSON_ESCAPE_MAX];
} trpt_json_piece;

/* Takes the next piece off the front of `*rest`. The string is written when `rest->len` is 0. */
void trpt_json_escape_next(trpt_str *rest, unsigned flags, trpt_json_piece *out);

#endif
