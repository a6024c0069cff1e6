/* SPDX-License-Identifier: MIT */
/* The format of docs/key.md: each value is framed as its member's tag, its length and its bytes. */
#include <tlsrpt/key.h>

#include <assert.h>
#include <string.h>

#include "../base/copy.h"
#include "../base/siphash.h"
#include "../base/text.h"
#include "schema.h"

/* "libtrpt-key-0001", as two little-endian words. */
#define KEY_0 UINT64_C(0x2D7470727462696C)
#define KEY_1 UINT64_C(0x313030302D79656B)

/* The values of trpt_key.state. Uninitialized memory matches neither. */
#define STATE_ADDING   UINT64_C(0x6B65792061646473)
#define STATE_COMPLETE UINT64_C(0x6B6579206F66616C)

static_assert(sizeof(trpt_siphash) == sizeof((trpt_key *)0)->policy, "trpt_key stores a whole hash");

/* The sum of powers of two equals their union only if all are different. */
static_assert((0
#define MEMBER(tag, ...) | UINT64_C(1) << (tag)
#include "schema.def"
               ) == (0
#define MEMBER(tag, ...) +(UINT64_C(1) << (tag))
#include "schema.def"
                     ),
              "tags are unique and below 64");

/* Flag in the tag of a time: unreadable, so the text is hashed. Without it, the Unix seconds are hashed. */
enum { TAG_UNREADABLE = 128 };

/* ---- frames ---- */

/* Adds a tag with the length of a text or the number of elements of a list. */
static inline void add_head(trpt_siphash *hash, unsigned tag, uint64_t len) {
  trpt_siphash_add_word(hash, len << 8 | tag);
}

static inline void add_text(trpt_siphash *hash, unsigned tag, trpt_str text) {
  add_head(hash, tag, text.len);
  trpt_siphash_add(hash, text.ptr, text.len);
}

static inline void add_number(trpt_siphash *hash, unsigned tag, uint64_t number) {
  add_head(hash, tag, sizeof number);
  trpt_siphash_add_word(hash, number);
}

/* ---- values ---- */

static inline void add_optional_text(trpt_siphash *hash, unsigned tag, trpt_str text) {
  if (text.ptr) add_text(hash, tag, text);
}

static inline void add_time(trpt_siphash *hash, const trpt_member_info *info, const void *structure) {
  const int64_t seconds = trpt_time_of(info, structure);
  if (seconds != INT64_MIN)
    add_number(hash, info->tag, (uint64_t)seconds);
  else
    add_optional_text(hash, info->tag | TAG_UNREADABLE, trpt_text_of(info, structure));
}

static inline bool add_list(trpt_siphash *hash, const trpt_member_info *info, const void *structure) {
  const trpt_str *texts = trpt_strings_of(info, structure);
  const uint32_t count = trpt_string_count_of(info, structure);
  add_head(hash, info->tag, count);
  for (uint32_t i = 0; i < count; i++) {
    if (!texts || !texts[i].ptr) return false;
    add_text(hash, info->tag, texts[i]);
  }
  return true;
}

/* Absent members add nothing. Members of future versions therefore do not change the key of reports without them. */
static bool add_values(trpt_siphash *hash, trpt_structure id, const void *structure) {
  trpt_siphash next = *hash; /* this copy stays in registers */
  TRPT_EACH_OF (info, id) {
    const bool is_present = trpt_is_present(info, structure);
    switch (info->type) {
    case TRPT_TYPE_TIME: add_time(&next, info, structure); break;
    case TRPT_TYPE_COUNT:
      if (is_present) add_number(&next, info->tag, trpt_count_of(info, structure));
      break;
    case TRPT_TYPE_LIST:
      if (is_present && !add_list(&next, info, structure)) return false;
      break;
    case TRPT_TYPE_OBJECT:
    case TRPT_TYPE_ARRAY:
      if (is_present) add_head(&next, info->tag, 0);
      break;
    default: add_optional_text(&next, info->tag, trpt_text_of(info, structure)); break;
    }
  }
  *hash = next;
  return true;
}

/* ---- events ---- */

static trpt_siphash load(const uint64_t words[5]) {
  trpt_siphash hash;
  memcpy(&hash, words, sizeof hash);
  return hash;
}

static void store(uint64_t words[5], const trpt_siphash *hash) { memcpy(words, hash, sizeof *hash); }

/* Adds the hash of an array element to the hash of the object that contains the array. */
static void fold(uint64_t into[5], trpt_member array, const trpt_siphash *element) {
  uint64_t digest[2];
  trpt_siphash hash = load(into);
  trpt_siphash_digest(element, NULL, 0, digest);
  add_head(&hash, trpt_members[array].tag, sizeof digest);
  trpt_siphash_add_word(&hash, digest[0]);
  trpt_siphash_add_word(&hash, digest[1]);
  store(into, &hash);
}

static void begin(uint64_t words[5]) {
  const trpt_siphash hash = trpt_siphash_begin(KEY_0, KEY_1);
  store(words, &hash);
}

trpt_status trpt_key_begin(trpt_key *key) {
  if (!key) return TRPT_E_ARGUMENT;
  trpt_clear(key, sizeof *key);
  key->state = STATE_ADDING;
  begin(key->report);
  begin(key->policy);
  return TRPT_OK;
}

static void end_failure(trpt_key *key, const trpt_siphash *hash) {
  fold(key->policy, TRPT_MEMBER_FAILURE_DETAILS, hash);
  key->failures++;
}

static void end_policy(trpt_key *key, const trpt_siphash *hash) {
  fold(key->report, TRPT_MEMBER_POLICIES, hash);
  begin(key->policy);
  key->failures = 0;
  key->policies++;
}

static void end_report(trpt_key *key, const trpt_siphash *hash) {
  store(key->report, hash);
  key->state = STATE_COMPLETE;
}

/* Adds a structure's values to `hash`, which `end` stores in the key. An error leaves the key unchanged. */
static trpt_status add(trpt_key *key, trpt_siphash hash, trpt_structure id, const void *structure,
                       void (*end)(trpt_key *key, const trpt_siphash *hash)) {
  if (!add_values(&hash, id, structure)) return TRPT_E_ARGUMENT;
  end(key, &hash);
  return TRPT_OK;
}

static trpt_status add_failure(trpt_key *key, const trpt_failure *failure) {
  if (!failure) return TRPT_E_ARGUMENT;
  return add(key, trpt_siphash_begin(KEY_0, KEY_1), TRPT_STRUCTURE_FAILURE, failure, end_failure);
}

static trpt_status add_policy(trpt_key *key, const trpt_policy *policy) {
  if (!policy) return TRPT_E_ARGUMENT;
  if (policy->failure_count != key->failures) return TRPT_E_STATE;
  return add(key, load(key->policy), TRPT_STRUCTURE_POLICY, policy, end_policy);
}

static trpt_status add_report(trpt_key *key, const trpt_metadata *metadata) {
  if (!metadata) return TRPT_E_ARGUMENT;
  if (key->failures || metadata->policy_count != key->policies) return TRPT_E_STATE;
  return add(key, load(key->report), TRPT_STRUCTURE_METADATA, metadata, end_report);
}

trpt_status trpt_key_add(trpt_key *key, const trpt_event *event) {
  if (!key || !event) return TRPT_E_ARGUMENT;
  if (key->state != STATE_ADDING) return TRPT_E_STATE;
  switch (event->type) {
  case TRPT_EVENT_FAILURE: return add_failure(key, event->failure);
  case TRPT_EVENT_POLICY: return add_policy(key, event->policy);
  case TRPT_EVENT_REPORT: return add_report(key, event->metadata);
  case TRPT_EVENT_DIAGNOSTIC: return TRPT_OK;
  default: return TRPT_E_ARGUMENT;
  }
}

trpt_status trpt_key_text(const trpt_key *key, char *buffer, size_t capacity, size_t *needed) {
  uint64_t digest[2];
  char text[TRPT_SIPHASH_TEXT_SIZE];
  if (needed) *needed = 0;
  if (!key) return TRPT_E_ARGUMENT;
  if (key->state != STATE_COMPLETE) return TRPT_E_STATE;
  const trpt_siphash hash = load(key->report);
  trpt_siphash_digest(&hash, NULL, 0, digest);
  trpt_siphash_text(digest, text);
  return trpt_text_to_buffer(text, sizeof text - 1, buffer, capacity, needed);
}
