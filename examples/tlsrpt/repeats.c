/* SPDX-License-Identifier: MIT */
#include "repeats.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"

/* A key belongs into one set, by its own bits, and pushes the oldest one out of it. */
enum { SETS = 8192, KEYS = 8, DIGITS = 16 };

typedef struct repeats_key {
  uint64_t halves[2]; /* both 0: none */
} repeats_key;

struct repeats {
  repeats_key sets[SETS][KEYS]; /* the newest first */
};

repeats *repeats_new(void) {
  repeats *r = calloc(1, sizeof *r);
  if (!r) output_no_memory();
  return r;
}

void repeats_free(repeats *r) { free(r); }

static uint64_t half_of(const char *digits) {
  uint64_t half = 0;
  for (int i = 0; i < DIGITS; i++) {
    unsigned c = (unsigned char)digits[i];
    half = half << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return half;
}

bool repeats_seen(repeats *r, const char *key) {
  const repeats_key k = {{half_of(key), half_of(key + DIGITS)}};
  repeats_key *set = r->sets[k.halves[0] % SETS];
  size_t i = 0;
  while (i < KEYS - 1 && (set[i].halves[0] != k.halves[0] || set[i].halves[1] != k.halves[1])) i++;
  bool seen = set[i].halves[0] == k.halves[0] && set[i].halves[1] == k.halves[1];
  memmove(set + 1, set, i * sizeof *set);
  set[0] = k;
  return seen;
}
