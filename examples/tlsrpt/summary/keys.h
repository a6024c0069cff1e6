/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_KEYS_H
#define TLSRPT_SUMMARY_KEYS_H

/* The keys of all reports that were counted, 16 bytes each, so that none is counted twice. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct keys {
  uint64_t (*at)[2];
  size_t count;
  size_t capacity;
  size_t cap; /* beyond it keys are not remembered */
  bool full;  /* some were not */
  uint64_t seed;
} keys;

void keys_begin(keys *k, size_t cap);
void keys_end(keys *k);

/* Whether this key, 32 hex digits, was seen before; from now on it was. */
bool keys_seen(keys *k, const char *key);

/* In ascending order, so that the same reports give the same text. Nothing may be added any more. */
void keys_sort(keys *k);

/* Key `i` of those that were sorted, with a NUL behind its 32 digits. */
void keys_write(const keys *k, size_t i, char *out);

#endif
