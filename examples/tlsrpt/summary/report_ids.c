/* SPDX-License-Identifier: MIT */
#include "report_ids.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../lib/base/siphash.h"
#include "../allocate.h"
#include "../report_key.h"

/* At most 80 MiB. Few organizations sign, so a list of their domains is short; all others count as not verified. */
enum { IDS_MAX = 1000 * 1000, SIGNERS_MAX = 1000 };

static char *copy(trpt_str text) {
  char *out = allocate_zeros(text.len + 1, 1);
  if (text.len) memcpy(out, text.ptr, text.len);
  return out;
}

void report_ids_begin(report_ids *ids) {
  *ids = (report_ids){0};
  if (getentropy(ids->seed, sizeof ids->seed)) ids->seed[0] = (uint64_t)(uintptr_t)ids;
  ids->signers = allocate_zeros(SIGNERS_MAX, sizeof *ids->signers);
  ids->signers[ids->signer_count++] = copy((trpt_str){"", 0});
}

void report_ids_end(report_ids *ids) {
  for (uint32_t i = 0; i < ids->signer_count; i++) free(ids->signers[i]);
  free(ids->signers);
  free(ids->at);
}

/* The lengths are part of the hash, so that texts cannot be shifted between the two. */
static uint64_t hash_of(const report_ids *ids, trpt_str organization, trpt_str id) {
  uint64_t digest[2];
  trpt_siphash hash = trpt_siphash_begin(ids->seed[0], ids->seed[1]);
  trpt_siphash_add_word(&hash, organization.len);
  trpt_siphash_add_word(&hash, id.len);
  trpt_siphash_add(&hash, organization.ptr, organization.len);
  trpt_siphash_add(&hash, id.ptr, id.len);
  trpt_siphash_digest(&hash, NULL, 0, digest);
  return digest[0] ? digest[0] : 1;
}

static report_id *find_slot(const report_ids *ids, uint64_t hash) {
  size_t i = (size_t)hash & (ids->capacity - 1);
  while (ids->at[i].hash && ids->at[i].hash != hash) i = (i + 1) & (ids->capacity - 1);
  return &ids->at[i];
}

static void grow(report_ids *ids) {
  report_ids larger = *ids;
  larger.capacity = ids->capacity ? ids->capacity * 2 : 1024;
  larger.at = allocate_zeros(larger.capacity, sizeof *larger.at);
  for (size_t i = 0; i < ids->capacity; i++)
    if (ids->at[i].hash) *find_slot(&larger, ids->at[i].hash) = ids->at[i];
  free(ids->at);
  *ids = larger;
}

static uint32_t index_of_signer(report_ids *ids, trpt_str signer) {
  uint32_t i = 0;
  while (i < ids->signer_count && !trpt_str_equal(signer, ids->signers[i], strlen(ids->signers[i]))) i++;
  if (i < ids->signer_count) return i;
  if (i == SIGNERS_MAX) return 0;
  ids->signers[ids->signer_count++] = copy(signer);
  return i;
}

report_id *report_ids_add(report_ids *ids, trpt_str organization, trpt_str id, const char *key, trpt_str signer) {
  if (ids->count * 2 >= ids->capacity) grow(ids);
  const uint64_t hash = hash_of(ids, organization, id);
  report_id *slot = find_slot(ids, hash);
  if (slot->hash) return slot;
  if (ids->count == IDS_MAX) {
    ids->full = true;
    return NULL;
  }
  *slot = (report_id){.hash = hash, .signer = index_of_signer(ids, signer)};
  report_key_read(key, slot->key);
  ids->count++;
  return NULL;
}
