/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_LINES_H
#define TRPT_LIB_MAIL_LINES_H

/* The lines of a text. One pass counts them, so that any number of positions take constant time each. */

#include <stdbool.h>

#include "../base/error.h"

typedef struct trpt_mail_line {
  uint32_t number; /* from 1 */
  size_t begin;    /* offset of its first byte */
} trpt_mail_line;

typedef struct trpt_mail_lines {
  trpt_str text;
  trpt_mail_line *blocks; /* the line at the begin of each block of the text */
} trpt_mail_lines;

/* `text` must stay valid. Returns false if out of memory. O(text). */
bool trpt_mail_lines_read(trpt_mail_lines *lines, trpt_str text);
void trpt_mail_lines_free(trpt_mail_lines *lines);

/* Line and column at `offset`. Beyond the text, those of its end. O(1). */
trpt_position trpt_mail_lines_position(const trpt_mail_lines *lines, uint64_t offset);

#endif
