/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_KEYS_H
#define TLSRPT_SUMMARY_KEYS_H

/* The keys of all reports that were counted, 16 bytes each, so that none is counted twice. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct key_set {
  uint64_t (*at)[2];
  size_t count;
  size_t capacity;
  size_t cap; /* beyond it keys are not remembered */
  bool full;  /* some were not */
  uint64_t seed;
} key_set;

void key_set_begin(key_set *k, size_t cap);
void key_set_end(key_set *k);

/* Whether this key, 32 hex digits, was seen before; from now on it was. */
bool key_set_seen(key_set *k, const char *key);

/* In ascending order, so that the same reports give the same text. Nothing may be added any more. */
void key_set_sort(key_set *k);

/* Key `i` of those that were sorted, with a NUL behind its 32 digits. */
void key_set_write(const key_set *k, size_t i, char *out);

#endif
