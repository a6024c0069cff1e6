/* SPDX-License-Identifier: MIT */
#ifndef TRPT_FUZZ_FUZZING_H
#define TRPT_FUZZ_FUZZING_H

/* Shared by the fuzz targets: the entry point, the check that stops a target, and inputs and outputs in memory. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
