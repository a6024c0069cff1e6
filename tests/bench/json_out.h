/* SPDX-License-Identifier: MIT */
#ifndef BENCH_JSON_OUT_H
#define BENCH_JSON_OUT_H

/* Writes JSON in a layout. Strings are written as given: whoever gives them has escaped what must be. */

#include <stdbool.h>
#include <stdint.h>

#include "bench_text.h"

typedef struct layout {
  unsigned indent; /* of each level; 0: all in one line */
  bool spaced; /* a blank after each colon and comma, as Python writes them; where it is indented, after each colon */
  bool crlf;
} layout;

typedef struct json_out {
  text *to;
  layout layout;
  unsigned depth;
  bool first; /* nothing was written since the last bracket */
} json_out;

/* `key` is NULL in arrays and at the top. */
void out_open(json_out *out, const char *key, char bracket);
void out_close(json_out *out, char bracket);
void out_string(json_out *out, const char *key, const char *value);
void out_number(json_out *out, const char *key, uint64_t value);

#endif
