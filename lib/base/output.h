/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_OUTPUT_H
#define TRPT_LIB_OUTPUT_H

/* Buffers text for a caller's write function, so that the function is called once per buffer and not once per value. */

#include <stdbool.h>
#include <string.h>

#include <tlsrpt/status.h>

#include "copy.h"

enum { TRPT_OUTPUT_SIZE = 4096 };

typedef struct trpt_output {
  trpt_write_fn write;
  void *user;
  size_t len;
  trpt_status status; /* TRPT_E_CANCELED after `write` asked to stop; it is not called again */
  bool is_writing;    /* `write` is running, and calls from inside it are errors */
  char buffer[TRPT_OUTPUT_SIZE];
} trpt_output;

void trpt_output_begin(trpt_output *output, trpt_write_fn write, void *user);

/* Passes the buffered text to `write`. */
void trpt_output_flush(trpt_output *output);

/* Slow path of trpt_output_put, for text that does not fit into the buffer. */
void trpt_output_put_long(trpt_output *output, const char *bytes, size_t len);

static inline void trpt_output_put(trpt_output *output, const char *bytes, size_t len) {
  if (len > sizeof output->buffer - output->len) {
    trpt_output_put_long(output, bytes, len);
  } else if (len) {
    memcpy(output->buffer + output->len, bytes, len);
    output->len += len;
  }
}

/* The same for text that is mostly short, without a call of memcpy. */
static inline void trpt_output_put_short(trpt_output *output, const char *bytes, size_t len) {
  if (len > TRPT_COPY_SHORT || len > sizeof output->buffer - output->len) {
    trpt_output_put(output, bytes, len);
  } else {
    trpt_copy_short(output->buffer + output->len, bytes, len);
    output->len += len;
  }
}

static inline void trpt_output_str(trpt_output *output, trpt_str text) { trpt_output_put(output, text.ptr, text.len); }

/* Writes decimal digits. */
void trpt_output_number(trpt_output *output, uint64_t number);

/* Writes the content of a JSON string. `flags` are those of json_escape.h. */
void trpt_output_json(trpt_output *output, trpt_str text, unsigned flags);

#endif
