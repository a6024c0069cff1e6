/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_TEXT_H
#define TRPT_LIB_JSON_TEXT_H

/* Strings of JSON. */

#include "output.h"

typedef enum trpt_json_style {
  /* For any reader: I-JSON (RFC 7493). Noncharacters become U+FFFD. */
  TRPT_JSON_I_JSON,
  /* Safe to show on a terminal: characters that are invisible, or that change how others are displayed, are escaped. */
  TRPT_JSON_VISIBLE,
  /* The same for databases, which refuse NUL: it becomes U+FFFD. */
  TRPT_JSON_WITHOUT_NUL
} trpt_json_style;

/* Writes a text as it stands between the quotation marks of a string. Bytes that are not UTF-8 become U+FFFD. */
void trpt_json_text(trpt_output *output, trpt_str text, trpt_json_style style);

/* The same with its quotation marks. */
static inline void trpt_json_quoted(trpt_output *output, trpt_str text, trpt_json_style style) {
  trpt_output_put(output, "\"", 1);
  trpt_json_text(output, text, style);
  trpt_output_put(output, "\"", 1);
}

#endif
