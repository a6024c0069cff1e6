/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_STDIN_READER_H
#define TLSRPT_STDIN_READER_H

/* Reads standard input and buffers it until an item is complete. */

#include "input_source.h"

typedef struct stdin_reader {
  input_source source;
  char *data;
  size_t begin; /* of the available bytes */
  size_t end;
  size_t capacity;
  bool is_skipping; /* the next bytes belong to an item that was too long */
  int error;        /* errno if reading failed */
} stdin_reader;

typedef struct stdin_item {
  char *data; /* may be modified; valid until the next call */
  size_t len;
  bool is_complete;
} stdin_item;

void stdin_reader_begin(stdin_reader *in);
void stdin_reader_end(stdin_reader *in);

/* Reads up to the next delimiter or the end of the input. An item longer than `limit` is truncated and not complete;
   the next call skips the rest of it. Returns false at the end of the input. */
bool stdin_reader_until(stdin_reader *in, char delimiter, size_t limit, stdin_item *item);

/* Reads the next `len` bytes. At the end of the input there may be fewer, and the item is not complete. */
stdin_item stdin_reader_bytes(stdin_reader *in, size_t len);

#endif
