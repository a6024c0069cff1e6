/* SPDX-License-Identifier: MIT */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

/* Inputs of a benchmark, one behind the other in one block of memory. Input i lies from ends[i - 1] to ends[i]. */

#include <stdint.h>

#include "bench_text.h"

typedef struct corpus {
  text bytes;
  size_t *ends;
  size_t count;
  size_t json_bytes; /* of all inputs, inflated */
} corpus;

/* One report of all styles; `indent` 0: compact. */
corpus corpus_large(size_t size, unsigned indent);

/* Reports of 1 to 4 KB, each as its sender writes it. */
corpus corpus_small(size_t count);

/* Reports of some 800 bytes in the layouts of twelve senders. */
corpus corpus_senders(size_t count);

/* The same, each gzipped; count is 0 where zlib was not there at compile time. */
corpus corpus_gzip(const corpus *plain);

void corpus_free(corpus *c);

static inline const char *corpus_data(const corpus *c, size_t i) { return c->bytes.data + (i ? c->ends[i - 1] : 0); }
static inline size_t corpus_len(const corpus *c, size_t i) { return c->ends[i] - (i ? c->ends[i - 1] : 0); }

#endif
