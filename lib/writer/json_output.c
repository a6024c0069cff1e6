/* SPDX-License-Identifier: MIT */
#include "json_output.h"

#include <string.h>

#include "../base/utf8.h"

void trpt_output_flush(trpt_output *output) {
  if (output->status == TRPT_OK && output->write(output->user, output->buffer, output->len) != 0)
    output->status = TRPT_E_CANCELED;
  output->len = 0;
}

static void put(trpt_output *output, const char *bytes, size_t len) {
  while (len) {
    if (output->len == sizeof output->buffer) trpt_output_flush(output);
    const size_t room = sizeof output->buffer - output->len;
    const size_t part = len < room ? len : room;
    memcpy(output->buffer + output->len, bytes, part);
    output->len += part;
    bytes += part;
    len -= part;
  }
}

static void put_text(trpt_output *output, const char *text) { put(output, text, strlen(text)); }

static void new_line(trpt_output *output) {
  if (!output->pretty) return;
  put(output, "\n", 1);
  for (uint32_t i = 0; i < output->depth; i++) put(output, "  ", 2);
}

void trpt_output_open(trpt_output *output, char bracket) {
  put(output, &bracket, 1);
  output->depth++;
  output->first = 1;
}

void trpt_output_close(trpt_output *output, char bracket) {
  output->depth--;
  if (!output->first) new_line(output);
  put(output, &bracket, 1);
  output->first = 0;
  if (!output->depth) new_line(output);
}

void trpt_output_next(trpt_output *output, const char *name) {
  if (!output->first) put(output, ",", 1);
  output->first = 0;
  new_line(output);
  if (!name) return;
  put(output, "\"", 1);
  put_text(output, name);
  put_text(output, output->pretty ? "\": " : "\":");
}

/* RFC 8259 s7: what must be escaped. */
static void put_escape(trpt_output *output, unsigned char c) {
  static const char short_names[] = "\bb\tt\nn\ff\rr\"\"\\\\";
  static const char digits[] = "0123456789abcdef";
  for (const char *name = short_names; *name; name += 2) {
    if ((unsigned char)*name != c) continue;
    put(output, "\\", 1);
    put(output, name + 1, 1);
    return;
  }
  put_text(output, "\\u00");
  put(output, &digits[c >> 4], 1);
  put(output, &digits[c & 0x0F], 1);
}

void trpt_output_string(trpt_output *output, trpt_str text) {
  const unsigned char *p = (const unsigned char *)text.ptr;
  const unsigned char *end = p + text.len;
  const unsigned char *run = p;
  put(output, "\"", 1);
  while (p < end) {
    bool good;
    const size_t len = trpt_utf8_length(p, end, &good);
    const bool escape = *p < 0x20 || *p == '"' || *p == '\\';
    const bool replace = !good || trpt_utf8_is_noncharacter(p, len);
    if (escape || replace) {
      put(output, (const char *)run, (size_t)(p - run));
      if (escape)
        put_escape(output, *p);
      else
        put_text(output, "\xEF\xBF\xBD");
      run = p + len;
    }
    p += len;
  }
  put(output, (const char *)run, (size_t)(p - run));
  put(output, "\"", 1);
}

void trpt_output_number(trpt_output *output, uint64_t number) {
  char digits[20];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  put(output, digits + at, sizeof digits - at);
}
