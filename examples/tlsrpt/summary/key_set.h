/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_KEY_SET_H
#define TLSRPT_SUMMARY_KEY_SET_H

/* The keys of all counted reports, so that no report is counted twice. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct key_set {
  uint64_t (*at)[2];
  size_t count;
  size_t capacity;
  size_t max_count; /* further keys are not stored */
  bool full;        /* some keys were not stored */
  uint64_t seed;
} key_set;

void key_set_begin(key_set *k, size_t max_count);
void key_set_end(key_set *k);

/* Adds a key of 32 hex digits. Returns whether it was in the set already. */
bool key_set_add(key_set *k, const char *key);

/* Sorts the keys, so the same reports give the same output. Add nothing afterwards. */
void key_set_sort(key_set *k);

/* Writes the 32 hex digits of sorted key `i`, followed by a NUL. */
void key_set_write(const key_set *k, size_t i, char *out);

#endif
