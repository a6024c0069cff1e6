/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_OUTPUT_H
#define TRPT_LIB_OUTPUT_H

/* Text on its way to a caller's function, collected so that the function is not called for each byte. */

#include <stdbool.h>
#include <string.h>

#include <tlsrpt/status.h>

enum { TRPT_OUTPUT_SIZE = 4096 };

typedef struct trpt_output {
  trpt_write_fn write;
  void *user;
  size_t len;
  trpt_status status; /* TRPT_E_CANCELED once `write` has stopped; it is not called again */
  bool is_writing;    /* `write` is running: a call from inside it must be refused */
  char buffer[TRPT_OUTPUT_SIZE];
} trpt_output;

void trpt_output_begin(trpt_output *output, trpt_write_fn write, void *user);

/* Hands over what was collected. */
void trpt_output_flush(trpt_output *output);

/* For text that does not fit into what is left of the buffer. */
void trpt_output_put_long(trpt_output *output, const char *bytes, size_t len);

static inline void trpt_output_put(trpt_output *output, const char *bytes, size_t len) {
  if (len > sizeof output->buffer - output->len) {
    trpt_output_put_long(output, bytes, len);
  } else if (len) {
    memcpy(output->buffer + output->len, bytes, len);
    output->len += len;
  }
}

static inline void trpt_output_str(trpt_output *output, trpt_str text) { trpt_output_put(output, text.ptr, text.len); }

/* Decimal digits. */
void trpt_output_number(trpt_output *output, uint64_t number);

/* The inside of a JSON string; flags of json_escape.h. */
void trpt_output_json(trpt_output *output, trpt_str text, unsigned flags);

#endif
