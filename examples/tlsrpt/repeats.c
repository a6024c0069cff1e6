/* SPDX-License-Identifier: MIT */
#include "repeats.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "report_key.h"

/* A key belongs into one set, by its own bits, and pushes the oldest one out of it. */
enum { SETS = 8192, KEYS = 8 };

typedef struct repeats_key {
  uint64_t halves[2]; /* both 0: none */
} repeats_key;

struct repeats {
  repeats_key sets[SETS][KEYS]; /* the newest first */
};

repeats *repeats_new(void) { return memory_zeros(1, sizeof(repeats)); }

void repeats_free(repeats *r) { free(r); }

bool repeats_seen(repeats *r, const char *key) {
  repeats_key k;
  report_key_read(key, k.halves);
  repeats_key *set = r->sets[k.halves[0] % SETS];
  size_t i = 0;
  while (i < KEYS - 1 && (set[i].halves[0] != k.halves[0] || set[i].halves[1] != k.halves[1])) i++;
  bool seen = set[i].halves[0] == k.halves[0] && set[i].halves[1] == k.halves[1];
  memmove(set + 1, set, i * sizeof *set);
  set[0] = k;
  return seen;
}
