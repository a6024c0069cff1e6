/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_OUTPUT_H
#define TRPT_LIB_OUTPUT_H

/* JSON text on its way to a caller's function, collected so that it is not called for each byte. */

#include <tlsrpt/writer.h>

enum { TRPT_OUTPUT_SIZE = 4096 };

typedef struct trpt_output {
  trpt_write_fn write;
  void *user;
  size_t len;
  trpt_status status; /* TRPT_E_CANCELED from then on */
  uint32_t depth;
  uint8_t pretty;
  uint8_t first; /* nothing stands in the innermost container yet */
  char buffer[TRPT_OUTPUT_SIZE];
} trpt_output;

void trpt_output_open(trpt_output *output, char bracket);
void trpt_output_close(trpt_output *output, char bracket);
/* What comes before a member of an object (its name), or an element of an array (NULL). */
void trpt_output_next(trpt_output *output, const char *name);
/* Values. Whatever bytes a string has, what is written is I-JSON. */
void trpt_output_string(trpt_output *output, trpt_str text);
void trpt_output_number(trpt_output *output, uint64_t number);
void trpt_output_flush(trpt_output *output);

#endif
