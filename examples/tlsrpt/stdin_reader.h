/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_INTAKE_H
#define TLSRPT_INTAKE_H

/* Standard input, collected until an item is whole in memory. */

#include "input_source.h"

typedef struct stdin_reader {
  input_source source;
  char *data;
  size_t begin; /* what was not yet taken */
  size_t end;
  size_t capacity;
  bool skipping; /* what comes first belongs to an item that was too long */
  int why;       /* the system gave no more: errno */
} stdin_reader;

typedef struct stdin_item {
  char *data; /* may be written to; valid until the next call */
  size_t len;
  bool whole;
} stdin_item;

void stdin_reader_begin(stdin_reader *in);
void stdin_reader_end(stdin_reader *in);

/* What is before the next delimiter, or the end of the input. Where that is longer than `limit` the item is its beginning,
   not whole, and the next call begins behind it. False where nothing is left. */
bool stdin_reader_until(stdin_reader *in, char delimiter, size_t limit, stdin_item *item);

/* The next `len` bytes; fewer, not whole, at the end of the input. */
stdin_item stdin_reader_bytes(stdin_reader *in, size_t len);

#endif
