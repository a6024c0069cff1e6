/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_BATCH_H
#define TRPT_LIB_BATCH_H

#include <stdatomic.h>
#include <stdbool.h>

#include "arrow_table.h"

struct trpt_batch {
  trpt_allocator allocator;
  trpt_batch_options options; /* only next, done and user are used */
  trpt_parser *parser;
  atomic_uint references; /* of the caller and of each stream, which may be released in any thread */
  bool is_in_callback;    /* `next` is running, and calls from inside it are errors */
  bool has_pending;       /* `pending` came from `next` and was not added yet */
  trpt_batch_item pending;
  trpt_status input; /* TRPT_OK; TRPT_END after the last item; or the error of `next` */
  uint64_t overflows;
  trpt_arrow_table tables[TRPT_TABLE_COUNT];
};

/* Drops one reference, and frees the batch with the last one. */
void trpt_batch_drop(trpt_batch *batch);

#endif
