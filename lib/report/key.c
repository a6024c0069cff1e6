/* SPDX-License-Identifier: MIT */
#include "../base/text.h"
#include "tree.h"

/* Two hashes of 64 bits, with different multipliers (those of SplitMix64, which mix well): no two reports that anybody
   sends have the same. They are no defence against someone who wants them to: he could as well send the same report. */
typedef struct report_key {
  uint64_t halves[2];
} report_key;

static const uint64_t multipliers[2] = {UINT64_C(0xBF58476D1CE4E5B9), UINT64_C(0x94D049BB133111EB)};

static void add_number(report_key *key, uint64_t number) {
  for (size_t i = 0; i < 2; i++) {
    uint64_t half = (key->halves[i] ^ number) * multipliers[i];
    key->halves[i] = half ^ half >> 29;
  }
}

static void add_text(report_key *key, trpt_str text) {
  uint64_t word = 0;
  add_number(key, text.ptr ? text.len + 1 : 0);
  if (!text.ptr) return;
  for (size_t i = 0; i < text.len; i++) {
    word = word << 8 | (unsigned char)text.ptr[i];
    if (i % 8 == 7) {
      add_number(key, word);
      word = 0;
    }
  }
  if (text.len % 8) add_number(key, word);
}

static void add_failure(report_key *key, const trpt_failure *failure) {
  add_text(key, failure->type_name);
  add_text(key, failure->sending_mta_ip);
  add_text(key, failure->receiving_mx_hostname);
  add_text(key, failure->receiving_ip);
  add_text(key, failure->failure_reason_code);
  add_number(key, failure->failed_sessions);
}

/* RFC 8460 s5.3: the report-id is there to tell repeated reports; s4.4 leaves open whom it is unique for. */
static report_key key_of(const trpt_report *report) {
  const trpt_metadata *metadata = &report->metadata;
  report_key key = {{1, 2}};
  add_text(&key, metadata->organization_name);
  add_text(&key, metadata->report_id);
  add_number(&key, (uint64_t)metadata->start);
  add_number(&key, (uint64_t)metadata->end);
  for (uint32_t i = 0; i < metadata->policy_count; i++) {
    const trpt_policy *policy = trpt_report_policy(report, i);
    add_text(&key, policy->type_name);
    add_text(&key, policy->domain);
    if (metadata->report_id.len) continue;
    add_number(&key, policy->successful_sessions);
    add_number(&key, policy->failed_sessions);
    for (uint32_t j = 0; j < policy->failure_count; j++) add_failure(&key, trpt_report_failure(report, i, j));
  }
  return key;
}

trpt_status trpt_report_key(const trpt_report *report, char *buffer, size_t capacity, size_t *needed) {
  static const char digits[] = "0123456789abcdef";
  char text[32];
  if (needed) *needed = 0;
  if (!report) return TRPT_E_ARGUMENT;
  report_key key = key_of(report);
  for (size_t i = 0; i < sizeof text; i++) {
    uint64_t *half = &key.halves[i / 16];
    text[i] = digits[*half >> 60];
    *half <<= 4;
  }
  return trpt_text_to_buffer(text, sizeof text, buffer, capacity, needed);
}
