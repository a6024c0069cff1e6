/* SPDX-License-Identifier: MIT */
/* The format of docs/key.md: each value is framed as its member's tag, its length and its bytes. */
#include <tlsrpt/key.h>

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "../base/siphash.h"
#include "../base/text.h"

/* "libtrpt-key-0001", as two little-endian words. */
#define KEY_0 UINT64_C(0x2D7470727462696C)
#define KEY_1 UINT64_C(0x313030302D79656B)

/* What trpt_key.state may be. Random memory is neither. */
#define STATE_ADDING   UINT64_C(0x6B65792061646473)
#define STATE_COMPLETE UINT64_C(0x6B6579206F66616C)

_Static_assert(sizeof(trpt_siphash) == sizeof((trpt_key *)0)->policy, "a hash fits its place in trpt_key");

/* Members and elements. A tag never changes, and that of a member that is gone is never used again. */
enum {
  TAG_ORGANIZATION_NAME = 1,
  TAG_CONTACT_INFO = 2,
  TAG_REPORT_ID = 3,
  TAG_START_DATETIME = 4,
  TAG_END_DATETIME = 5,
  TAG_POLICIES = 6,
  TAG_POLICY = 7,
  TAG_POLICY_TYPE = 8,
  TAG_POLICY_STRING = 9,
  TAG_POLICY_DOMAIN = 10,
  TAG_MX_HOST = 11,
  TAG_TOTAL_SUCCESSFUL = 12,
  TAG_TOTAL_FAILURE = 13,
  TAG_FAILURE_DETAILS = 14,
  TAG_RESULT_TYPE = 15,
  TAG_SENDING_MTA_IP = 16,
  TAG_RECEIVING_MX_HOSTNAME = 17,
  TAG_RECEIVING_MX_HELO = 18,
  TAG_RECEIVING_IP = 19,
  TAG_FAILED_SESSION_COUNT = 20,
  TAG_ADDITIONAL_INFORMATION = 21,
  TAG_FAILURE_REASON_CODE = 22
};

/* Marks the text of a time that cannot be read; the same tag without it has an instant. */
enum { TAG_UNREADABLE = 128 };

typedef enum value_type { VALUE_PRESENCE, VALUE_TEXT, VALUE_LIST, VALUE_COUNT, VALUE_TIME } value_type;

typedef struct key_row {
  uint8_t tag;
  uint8_t type;
  uint16_t value;   /* offset of the text, of the list or of the count */
  uint16_t second;  /* offset of the length of a list, or of the seconds of a time */
  uint32_t present; /* bit of a presence, a list or a count */
} key_row;

#define AT(type, field) offsetof(trpt_##type, field)

static const key_row metadata_rows[] = {
    {TAG_ORGANIZATION_NAME, VALUE_TEXT, AT(metadata, organization_name), 0, 0},
    {TAG_CONTACT_INFO, VALUE_TEXT, AT(metadata, contact_info), 0, 0},
    {TAG_REPORT_ID, VALUE_TEXT, AT(metadata, report_id), 0, 0},
    {TAG_START_DATETIME, VALUE_TIME, AT(metadata, start_text), AT(metadata, start), 0},
    {TAG_END_DATETIME, VALUE_TIME, AT(metadata, end_text), AT(metadata, end), 0},
    {0}};
static const key_row policy_rows[] = {
    {TAG_POLICY, VALUE_PRESENCE, 0, 0, TRPT_POLICY_HAS_POLICY},
    {TAG_POLICY_TYPE, VALUE_TEXT, AT(policy, type_name), 0, 0},
    {TAG_POLICY_STRING, VALUE_LIST, AT(policy, strings), AT(policy, string_count), TRPT_POLICY_HAS_STRINGS},
    {TAG_POLICY_DOMAIN, VALUE_TEXT, AT(policy, domain), 0, 0},
    {TAG_MX_HOST, VALUE_LIST, AT(policy, mx_hosts), AT(policy, mx_host_count), TRPT_POLICY_HAS_MX_HOSTS},
    {TAG_TOTAL_SUCCESSFUL, VALUE_COUNT, AT(policy, successful_sessions), 0, TRPT_POLICY_HAS_SUCCESSFUL},
    {TAG_TOTAL_FAILURE, VALUE_COUNT, AT(policy, failed_sessions), 0, TRPT_POLICY_HAS_FAILED},
    {TAG_FAILURE_DETAILS, VALUE_PRESENCE, 0, 0, TRPT_POLICY_HAS_FAILURES},
    {0}};
static const key_row failure_rows[] = {
    {TAG_RESULT_TYPE, VALUE_TEXT, AT(failure, type_name), 0, 0},
    {TAG_SENDING_MTA_IP, VALUE_TEXT, AT(failure, sending_mta_ip), 0, 0},
    {TAG_RECEIVING_MX_HOSTNAME, VALUE_TEXT, AT(failure, receiving_mx_hostname), 0, 0},
    {TAG_RECEIVING_MX_HELO, VALUE_TEXT, AT(failure, receiving_mx_helo), 0, 0},
    {TAG_RECEIVING_IP, VALUE_TEXT, AT(failure, receiving_ip), 0, 0},
    {TAG_FAILED_SESSION_COUNT, VALUE_COUNT, AT(failure, failed_sessions), 0, TRPT_FAILURE_HAS_FAILED_SESSIONS},
    {TAG_ADDITIONAL_INFORMATION, VALUE_TEXT, AT(failure, additional_information), 0, 0},
    {TAG_FAILURE_REASON_CODE, VALUE_TEXT, AT(failure, failure_reason_code), 0, 0},
    {0}};

/* The length of a text, or the number of elements of a list. */
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

static inline bool add_list(trpt_siphash *hash, unsigned tag, const trpt_str *texts, uint32_t count) {
  if (count && !texts) return false;
  add_head(hash, tag, count);
  for (uint32_t i = 0; i < count; i++) {
    if (!texts[i].ptr) return false;
    add_text(hash, tag, texts[i]);
  }
  return true;
}

/* ---- values ---- */

static inline void add_time(trpt_siphash *hash, unsigned tag, int64_t seconds, trpt_str text) {
  if (seconds != INT64_MIN)
    add_number(hash, tag, (uint64_t)seconds);
  else if (text.ptr)
    add_text(hash, tag | TAG_UNREADABLE, text);
}

/* A member that is absent adds nothing, so that members which later versions add change no key of a report without them. */
static inline bool add_value(trpt_siphash *hash, const key_row *row, const void *element, uint32_t present) {
  const char *value = (const char *)element + row->value;
  const char *second = (const char *)element + row->second;
  const bool is_present = present & row->present;
  switch (row->type) {
  case VALUE_PRESENCE:
    if (is_present) add_head(hash, row->tag, 0);
    return true;
  case VALUE_TEXT: {
    const trpt_str text = *(const trpt_str *)(const void *)value;
    if (text.ptr) add_text(hash, row->tag, text);
    return true;
  }
  case VALUE_LIST:
    return !is_present || add_list(hash, row->tag, *(const trpt_str *const *)(const void *)value,
                                   *(const uint32_t *)(const void *)second);
  case VALUE_COUNT:
    if (is_present) add_number(hash, row->tag, *(const uint64_t *)(const void *)value);
    return true;
  default:
    add_time(hash, row->tag, *(const int64_t *)(const void *)second, *(const trpt_str *)(const void *)value);
    return true;
  }
}

/* An error leaves the hash as it was. */
static bool add_values(trpt_siphash *hash, const key_row *rows, const void *element, uint32_t present) {
  trpt_siphash next = *hash;
  for (; rows->tag; rows++)
    if (!add_value(&next, rows, element, present)) return false;
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

/* Folds an element of an array into the hash of the object that has the array. */
static void fold(uint64_t into[5], unsigned tag, const trpt_siphash *element) {
  uint64_t digest[2];
  trpt_siphash hash = load(into);
  trpt_siphash_digest(element, NULL, 0, digest);
  add_head(&hash, tag, sizeof digest);
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
  *key = (trpt_key){.state = STATE_ADDING};
  begin(key->report);
  begin(key->policy);
  return TRPT_OK;
}

static trpt_status add_failure(trpt_key *key, const trpt_failure *failure) {
  if (!failure) return TRPT_E_ARGUMENT;
  trpt_siphash hash = trpt_siphash_begin(KEY_0, KEY_1);
  add_values(&hash, failure_rows, failure, failure->present);
  fold(key->policy, TAG_FAILURE_DETAILS, &hash);
  key->failures++;
  return TRPT_OK;
}

static trpt_status add_policy(trpt_key *key, const trpt_policy *policy) {
  if (!policy) return TRPT_E_ARGUMENT;
  if (policy->failure_count != key->failures) return TRPT_E_STATE;
  trpt_siphash hash = load(key->policy);
  if (!add_values(&hash, policy_rows, policy, policy->present)) return TRPT_E_ARGUMENT;
  fold(key->report, TAG_POLICIES, &hash);
  begin(key->policy);
  key->failures = 0;
  key->policies++;
  return TRPT_OK;
}

static trpt_status add_report(trpt_key *key, const trpt_metadata *metadata) {
  if (!metadata) return TRPT_E_ARGUMENT;
  if (key->failures || metadata->policy_count != key->policies) return TRPT_E_STATE;
  trpt_siphash hash = load(key->report);
  add_values(&hash, metadata_rows, metadata, metadata->present);
  store(key->report, &hash);
  key->state = STATE_COMPLETE;
  return TRPT_OK;
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
  static const char digits[] = "0123456789abcdef";
  uint64_t digest[2];
  char text[32];
  if (needed) *needed = 0;
  if (!key) return TRPT_E_ARGUMENT;
  if (key->state != STATE_COMPLETE) return TRPT_E_STATE;
  const trpt_siphash hash = load(key->report);
  trpt_siphash_digest(&hash, NULL, 0, digest);
  for (unsigned i = 0; i < sizeof text; i++) /* the first byte of a word is its lowest */
    text[i] = digits[digest[i / 16] >> ((i ^ 1) % 16 * 4) & 15];
  return trpt_text_to_buffer(text, sizeof text, buffer, capacity, needed);
}
