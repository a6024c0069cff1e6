/* SPDX-License-Identifier: MIT */
#ifndef TRPT_FUZZ_FUZZING_H
#define TRPT_FUZZ_FUZZING_H

/* Shared by the fuzz targets: the entry point, the check that stops a target, and inputs and outputs in memory. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* A target may have a check that takes a tenth of the time, of which the blind engine makes most executions. LLVMFuzzerTestOneInput
   includes it. */
void fuzz_brief(const uint8_t *data, size_t size);

#define CHECK(condition)                                                                                               \
  do {                                                                                                                 \
    if (!(condition)) {                                                                                                \
      fprintf(stderr, "line %d: %s\n", __LINE__, #condition);                                                          \
      abort();                                                                                                         \
    }                                                                                                                  \
  } while (0)

/* Copies to a block of exactly this length, so that AddressSanitizer detects every access beyond it. Free it with free. */
static inline void *fuzz_copy(const void *data, size_t len) {
  void *copy = malloc(len ? len : 1);
  CHECK(copy);
  if (len) memcpy(copy, data, len);
  return copy;
}

static inline uint64_t fuzz_mix(uint64_t z) {
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

/* A number below `limit`, which is not 0 and has 32 bits (SplitMix64). */
static inline size_t fuzz_below(uint64_t *state, size_t limit) {
  const uint64_t random = fuzz_mix(*state += UINT64_C(0x9E3779B97F4A7C15));
  return (size_t)((random >> 32) * limit >> 32);
}

/* What a trpt_write_fn has received. Begins with all zeros; free bytes with free. */
typedef struct fuzz_output {
  char *bytes;
  size_t len;
} fuzz_output;

/* A trpt_write_fn. */
static inline int fuzz_append(void *output, const char *data, size_t len) {
  fuzz_output *to = output;
  to->bytes = realloc(to->bytes, to->len + len);
  CHECK(to->bytes);
  memcpy(to->bytes + to->len, data, len);
  to->len += len;
  return 0;
}

/* The rest of an input that is read `size` bytes at a time. */
typedef struct fuzz_chunks {
  const char *data;
  size_t len;
  size_t size;
} fuzz_chunks;

/* A trpt_mail_read_fn. */
static inline int fuzz_read_chunk(void *chunks, const void **data, size_t *len) {
  fuzz_chunks *c = chunks;
  *len = c->len < c->size ? c->len : c->size;
  *data = c->data;
  c->data += *len;
  c->len -= *len;
  return 0;
}

#endif
