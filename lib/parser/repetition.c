/* SPDX-License-Identifier: MIT */
#include "repetition.h"

#include "../base/scan.h"
#include "../model/schema.h"
#include "text_hash.h"

static uint64_t hash_list(uint64_t hash, const trpt_member_info *info, const trpt_policy *policy) {
  const trpt_str *strings = trpt_strings_of(info, policy);
  const uint32_t count = trpt_string_count_of(info, policy);
  for (uint32_t i = 0; i < count; i++) hash = trpt_hash_text(hash, strings[i]);
  return hash;
}

/* The bits of the members of the policy object. The others depend on what was read before and after it. */
static const uint32_t has_members = 0
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  | (TRPT_IN_##object == TRPT_IN_POLICY_OBJECT ? (has) : 0)
#include "../model/schema.def"
    ;

static uint64_t hash_policy(const trpt_policy *policy) {
  uint64_t hash = policy->present & has_members;
  TRPT_EACH_IN (info, TRPT_IN_POLICY_OBJECT) {
    hash = ~hash; /* separates the lists */
    if (trpt_has_text(info)) hash = trpt_hash_text(hash, trpt_text_of(info, policy));
    if (info->type == TRPT_TYPE_LIST) hash = hash_list(hash, info, policy);
  }
  return hash;
}

static bool is_recent(const trpt_repetition *recent, uint64_t hash) {
  const char tag = (char)(hash >> 56);
  for (size_t i = 0; i < TRPT_RECENT_POLICIES && i < recent->count; i += 16) {
    unsigned equal = trpt_block_bits(trpt_block_is(trpt_block_load(recent->tags + i), tag));
    for (; equal; equal &= equal - 1) {
      const size_t k = i + (unsigned)__builtin_ctz(equal);
      if (k < recent->count && recent->hashes[k] == hash) return true;
    }
  }
  return false;
}

static void add(trpt_repetition *recent, uint64_t hash) {
  const uint32_t at = recent->count++ % TRPT_RECENT_POLICIES;
  recent->hashes[at] = hash;
  recent->tags[at] = (char)(hash >> 56);
}

void trpt_repetition_add_first(trpt_repetition *recent, const trpt_policy *policy) {
  recent->first_waits = false;
  add(recent, hash_policy(policy));
}

bool trpt_repetition_add(trpt_repetition *recent, const trpt_policy *policy) {
  if (!recent->count) {
    recent->first_waits = true;
    return false;
  }
  const uint64_t hash = hash_policy(policy);
  if (is_recent(recent, hash)) return true;
  add(recent, hash);
  return false;
}
