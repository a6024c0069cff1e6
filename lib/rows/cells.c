/* SPDX-License-Identifier: MIT */
#include "cells.h"

#include <tlsrpt/time.h>

#include "../base/utf8.h"
#include "../base/word.h"

static const trpt_str replacement = TRPT_STR("\xEF\xBF\xBD"); /* U+FFFD */

/* What is written instead of an ASCII character, or an absent string for the character itself. */
typedef trpt_str (*substitute_fn)(unsigned char c);

static void put_text(trpt_output *output, trpt_str text, substitute_fn substitute) {
  const unsigned char *at = (const unsigned char *)text.ptr;
  const unsigned char *end = at + text.len;
  const unsigned char *begin = at; /* of what is written as it is */
  while (at < end) {
    bool good;
    const size_t len = trpt_utf8_length(at, end, &good);
    const trpt_str other = !good ? replacement : len == 1 ? substitute(*at) : (trpt_str){NULL, 0};
    if (other.ptr) {
      trpt_output_put(output, (const char *)begin, (size_t)(at - begin));
      trpt_output_str(output, other);
      begin = at + len;
    }
    at += len;
  }
  trpt_output_put(output, (const char *)begin, (size_t)(end - begin));
}

static void put_texts(trpt_output *output, const trpt_str *texts, size_t count, substitute_fn substitute) {
  for (size_t i = 0; i < count; i++) {
    if (i) trpt_output_put(output, " ", 1);
    put_text(output, texts[i], substitute);
  }
}

/* ---- what a spreadsheet could take for a formula ---- */

static bool begins_with(trpt_str text, trpt_str prefix) {
  return text.len >= prefix.len && memcmp(text.ptr, prefix.ptr, prefix.len) == 0;
}
