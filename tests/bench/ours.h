/* SPDX-License-Identifier: MIT */
#ifndef BENCH_OURS_H
#define BENCH_OURS_H

/* The library, as a program would use it. */

#include <stdbool.h>

#include <tlsrpt/trpt.h>

#include "corpus.h"

typedef enum diagnostics { DIAGNOSTICS_OFF, DIAGNOSTICS_COUNTED, DIAGNOSTICS_RECEIVED } diagnostics;

typedef struct ours {
  trpt_tokenizer tokenizer;
  diagnostics diagnostics;
  size_t chunk;                        /* 0: 64 KiB */
  uint32_t max_depth, max_diagnostics; /* 0: the default */
} ours;

/* With the limits that a report of any size needs. */
trpt_options ours_options(const ours *setting);

/* Push, with callbacks; one parser for all inputs, reset between them. The first error, or TRPT_OK. */
trpt_status ours_stream(const corpus *c, const ours *setting);

/* Whole-report trees, one after the other, with one parser. */
trpt_status ours_tree(const corpus *c, const ours *setting);

/* What the trees of a corpus take, told by an allocator of their own. */
typedef struct tree_use {
  uint64_t allocations;
  uint64_t bytes; /* the sum over all reports */
} tree_use;

tree_use ours_tree_use(const corpus *c, const ours *setting);

/* A handler that reads something of each event. `sum` is its user pointer. */
trpt_handler ours_handler(const ours *setting);

#endif
