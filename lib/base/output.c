/* SPDX-License-Identifier: MIT */
#include "output.h"

#include "json_escape.h"
#include "text.h"
#include "word.h"

void trpt_output_begin(trpt_output *output, trpt_write_fn write, void *user) {
  output->write = write;
  output->user = user;
  output->len = 0;
  output->status = TRPT_OK;
  output->is_writing = false;
}

void trpt_output_flush(trpt_output *output) {
  if (output->status != TRPT_OK || !output->len) return;
  output->is_writing = true;
  if (output->write(output->user, output->buffer, output->len) != 0) output->status = TRPT_E_CANCELED;
  output->is_writing = false;
  if (output->status == TRPT_OK) output->len = 0;
}

void trpt_output_put_long(trpt_output *output, const char *bytes, size_t len) {
  while (len && output->status == TRPT_OK) {
    const size_t available = sizeof output->buffer - output->len;
    const size_t part = len < available ? len : available;
    memcpy(output->buffer + output->len, bytes, part);
    output->len += part;
    bytes += part;
    len -= part;
    if (len) trpt_output_flush(output);
  }
}

void trpt_output_number(trpt_output *output, uint64_t number) {
  char digits[TRPT_DECIMAL_SIZE];
  trpt_output_str(output, trpt_decimal(number, digits));
}

void trpt_output_json(trpt_output *output, trpt_str text, unsigned flags) {
  /* Nearly all strings are plain. */
  const size_t plain = trpt_word_printable(text.ptr, text.len, '"', '\\');
  trpt_output_put_short(output, text.ptr, plain);
  text = trpt_str_from(text, plain);
  while (text.len) {
    trpt_json_segment segment;
    trpt_json_escape_next(&text, flags, &segment);
    trpt_output_str(output, segment.plain);
    trpt_output_put(output, segment.escape, segment.escape_len);
  }
}
