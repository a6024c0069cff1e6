/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_INTAKE_H
#define TLSRPT_INTAKE_H

/* Standard input, collected until an item is whole in memory. */

#include "source.h"

typedef struct intake {
  input_source source;
  char *data;
  size_t begin; /* what was not yet taken */
  size_t end;
  size_t capacity;
  bool skipping; /* what comes first belongs to an item that was too long */
  int why;       /* the system gave no more: errno */
} intake;

typedef struct intake_item {
  char *data; /* may be written to; valid until the next call */
  size_t len;
  bool whole;
} intake_item;

void intake_begin(intake *in);
void intake_end(intake *in);

/* What is before the next delimiter, or the end of the input. Where that is longer than `limit` the item is its beginning,
   not whole, and the next call begins behind it. False where nothing is left. */
bool intake_until(intake *in, char delimiter, size_t limit, intake_item *item);

/* The next `len` bytes; fewer, not whole, at the end of the input. */
intake_item intake_bytes(intake *in, size_t len);

#endif
