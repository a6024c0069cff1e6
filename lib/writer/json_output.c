/* SPDX-License-Identifier: MIT */
#include "json_output.h"

#include "../base/json_escape.h"
#include "../base/text.h"

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

void trpt_output_string(trpt_output *output, trpt_str text) {
  put(output, "\"", 1);
  while (text.len) {
    trpt_json_piece piece;
    trpt_json_escape_next(&text, TRPT_JSON_I_JSON, &piece);
    put(output, piece.plain.ptr, piece.plain.len);
    put(output, piece.escape, piece.escape_len);
  }
  put(output, "\"", 1);
}

void trpt_output_number(trpt_output *output, uint64_t number) {
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str text = trpt_decimal(number, digits);
  put(output, text.ptr, text.len);
}
