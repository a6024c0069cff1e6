/* SPDX-License-Identifier: MIT */
#include "json_out.h"

#include <inttypes.h>
#include <stdio.h>

static void new_line(json_out *out) {
  if (!out->layout.indent) return;
  text_put(out->to, out->layout.crlf ? "\r\n" : "\n");
  text_repeat(out->to, " ", (size_t)out->layout.indent * out->depth);
}

static void quote(json_out *out, const char *value) {
  text_put(out->to, "\"");
  text_put(out->to, value);
  text_put(out->to, "\"");
}

/* What stands in front of a value. */
static void begin(json_out *out, const char *key) {
  if (!out->first) text_put(out->to, out->layout.spaced && !out->layout.indent ? ", " : ",");
  if (out->depth) new_line(out);
  out->first = false;
  if (!key) return;
  quote(out, key);
  text_put(out->to, out->layout.indent || out->layout.spaced ? ": " : ":");
}

void out_open(json_out *out, const char *key, char bracket) {
  begin(out, key);
  text_add(out->to, &bracket, 1);
  out->depth++;
  out->first = true;
}

void out_close(json_out *out, char bracket) {
  out->depth--;
  if (!out->first) new_line(out);
  text_add(out->to, &bracket, 1);
  out->first = false;
}

void out_string(json_out *out, const char *key, const char *value) {
  begin(out, key);
  quote(out, value);
}

void out_number(json_out *out, const char *key, uint64_t value) {
  char digits[24];
  begin(out, key);
  snprintf(digits, sizeof digits, "%" PRIu64, value);
  text_put(out->to, digits);
}
