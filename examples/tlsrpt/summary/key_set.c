/* SPDX-License-Identifier: MIT */
#include "key_set.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../allocate.h"
#include "../report_key.h"

void key_set_begin(key_set *k, size_t max_count) {
  *k = (key_set){.max_count = max_count};
  if (getentropy(&k->seed, sizeof k->seed)) k->seed = (uint64_t)(uintptr_t)k;
}

void key_set_end(key_set *k) { free(k->at); }

/* Returns the slot of a key, or a free slot. Keys are hashes already, but an attacker can make reports whose keys
   collide in the lower bits; hence the seed. A slot is free if both halves are 0. A report with that key would be
   counted each time. */
static size_t find_slot(const key_set *k, const uint64_t *key) {
  const uint64_t mixed = (key[0] ^ k->seed) * (k->seed | 1);
  size_t i = (size_t)(mixed ^ mixed >> 32) & (k->capacity - 1);
  while ((k->at[i][0] || k->at[i][1]) && (k->at[i][0] != key[0] || k->at[i][1] != key[1]))
    i = (i + 1) & (k->capacity - 1);
  return i;
}

static void grow(key_set *k) {
  key_set larger = *k;
  larger.capacity = k->capacity ? k->capacity * 2 : 1024;
  larger.at = allocate_zeros(larger.capacity, sizeof *larger.at);
  for (size_t i = 0; i < k->capacity; i++)
    if (k->at[i][0] || k->at[i][1]) memcpy(larger.at[find_slot(&larger, k->at[i])], k->at[i], sizeof *k->at);
  free(k->at);
  *k = larger;
}

bool key_set_add(key_set *k, const char *key) {
  uint64_t halves[2];
  report_key_read(key, halves);
  if (k->count * 2 >= k->capacity) grow(k);
  const size_t i = find_slot(k, halves);
  if (k->at[i][0] || k->at[i][1]) return true;
  if (k->count == k->max_count) {
    k->full = true;
    return false;
  }
  memcpy(k->at[i], halves, sizeof halves);
  k->count++;
  return false;
}

static int compare(const void *a, const void *b) {
  const uint64_t *left = a;
  const uint64_t *right = b;
  if (left[0] != right[0]) return left[0] < right[0] ? -1 : 1;
  return (left[1] > right[1]) - (left[1] < right[1]);
}

void key_set_sort(key_set *k) {
  size_t count = 0;
  for (size_t i = 0; i < k->capacity; i++)
    if (k->at[i][0] || k->at[i][1]) memmove(k->at[count++], k->at[i], sizeof *k->at);
  if (count) qsort(k->at, count, sizeof *k->at, compare);
}

void key_set_write(const key_set *k, size_t i, char *out) { report_key_write(k->at[i], out); }
