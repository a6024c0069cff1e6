/* SPDX-License-Identifier: MIT */
#include "duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"
#include "report_key.h"

/* The bits of a key select its set. A new key replaces the oldest one in the set. */
enum { SETS = 8192, KEYS_PER_SET = 8 };

typedef struct duplicates_key {
  uint64_t halves[2]; /* both 0: empty */
} duplicates_key;

struct duplicates {
  duplicates_key sets[SETS][KEYS_PER_SET]; /* the newest first */
};

duplicates *duplicates_new(void) { return allocate_zeros(1, sizeof(duplicates)); }

void duplicates_free(duplicates *r) { free(r); }

bool duplicates_seen(duplicates *r, const char *key) {
  duplicates_key k = {{0}};
  report_key_read(key, k.halves);
  duplicates_key *const set = r->sets[k.halves[0] % SETS];
  size_t i = 0;
  while (i < KEYS_PER_SET - 1 && (set[i].halves[0] != k.halves[0] || set[i].halves[1] != k.halves[1])) i++;
  const bool is_seen = set[i].halves[0] == k.halves[0] && set[i].halves[1] == k.halves[1];
  memmove(set + 1, set, i * sizeof *set);
  set[0] = k;
  return is_seen;
}
