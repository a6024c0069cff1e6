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

/* A report-id, and half of the key of the last report with it. */
typedef struct duplicates_id {
  uint64_t hash;
  uint64_t key;
} duplicates_id;

struct duplicates {
  duplicates_key sets[SETS][KEYS_PER_SET]; /* the newest first */
  duplicates_id ids[SETS][KEYS_PER_SET];
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

/* The key of a report of these two members only. */
static uint64_t hash_of(const trpt_metadata *metadata) {
  const trpt_metadata names = {.organization_name = metadata->organization_name,
                               .report_id = metadata->report_id,
                               .start = INT64_MIN,
                               .end = INT64_MIN};
  char text[REPORT_KEY_DIGITS + 1];
  duplicates_key k = {{0}};
  trpt_key hash;
  trpt_key_begin(&hash);
  if (trpt_key_add(&hash, &(trpt_event){.type = TRPT_EVENT_REPORT, .metadata = &names}) != TRPT_OK) return 0;
  trpt_key_text(&hash, text, sizeof text, NULL);
  report_key_read(text, k.halves);
  return k.halves[0];
}

bool duplicates_conflict(duplicates *r, const trpt_metadata *metadata, const char *key) {
  duplicates_key k = {{0}};
  if (!metadata->report_id.len) return false;
  const uint64_t hash = hash_of(metadata);
  duplicates_id *const set = r->ids[hash % SETS];
  size_t i = 0;
  report_key_read(key, k.halves);
  while (i < KEYS_PER_SET - 1 && set[i].hash != hash) i++;
  const bool is_conflict = set[i].hash == hash && set[i].key != k.halves[0];
  memmove(set + 1, set, i * sizeof *set);
  set[0] = (duplicates_id){hash, k.halves[0]};
  return is_conflict;
}
