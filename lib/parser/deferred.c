/* SPDX-License-Identifier: MIT */
#include <tlsrpt/policy.h>

#include "../base/hostname.h"
#include "../base/word.h"
#include "../model/mx_pattern.h"
#include "../model/types.h"
#include "parser.h"

/* With more patterns than this a host name is not looked for among them, so that a failure costs no more than its bytes. */
enum { MX_PATTERNS = 64 };

static void done(trpt_parser *parser, uint32_t work) {
  parser->deferred &= ~work;
  parser->deferred_index = 0;
}

/* A mixing multiplication for each eight bytes. */
static inline uint64_t hash_word(uint64_t hash, uint64_t word) {
  /* Without this bit in some byte there may be capital letters. */
  if (~word & TRPT_WORD_OF(0x20)) word = trpt_word_lower(word);
  hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 32;
}

/* Texts that are equal but for the case of letters have equal hashes, others hardly ever. The last word may overlap the one
   before it, which the length makes up for. */
static uint64_t hash_text(uint64_t hash, trpt_str text) {
  if (text.len < TRPT_WORD_SIZE) {
    hash = hash_word(hash, trpt_word_load_short(text.ptr, text.len));
  } else {
    const size_t last = text.len - TRPT_WORD_SIZE;
    for (size_t at = 0; at < last; at += TRPT_WORD_SIZE) hash = hash_word(hash, trpt_word_load(text.ptr + at));
    hash = hash_word(hash, trpt_word_load(text.ptr + last));
  }
  return (hash ^ text.len) * UINT64_C(0xD6E8FEB86659FD93);
}

/* A sum, since the order of patterns has no meaning. An empty one is none, as was told already. */
static void add_pattern(uint64_t *sum, trpt_str pattern) {
  if (!pattern.len) return;
  *sum += hash_text(1, trpt_host_without_dot(pattern));
}

static trpt_path string_path(const trpt_list *list, uint32_t i) {
  return (trpt_path){TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING, list->elements[i].index};
}

/* The lines of the MTA-STS policy were all seen: what they lack, and whether `mx-host` says the same. */
static void check_sts_policy(trpt_parser *parser) {
  const trpt_path path = trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING);
  trpt_codes codes = {0};
  uint64_t sum = 0;
  trpt_check_sts_lines(&parser->sts_lines, &codes);
  trpt_emit_all(parser, &codes, parser->strings.position, path);
  if (!parser->mx_hosts.count || !(parser->sts_lines.seen & TRPT_STS_SAW_MX)) return;
  for (uint32_t i = 0; i < parser->mx_hosts.count; i++)
    add_pattern(&sum, trpt_mx_pattern_without_key(parser->mx_hosts.strings[i]));
  if (sum && sum != parser->sts_patterns)
    trpt_emit(parser, TRPT_CODE_REPORT_STS_MX_DISAGREES, parser->mx_hosts.position,
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_MX_HOST));
}

/* One element of `policy-string`. That it is empty was told already. */
static void check_string(trpt_parser *parser, uint32_t i) {
  const trpt_list *list = &parser->strings;
  trpt_codes codes;
  trpt_str mx = {NULL, 0};
  codes.count = 0;
  if (!list->strings[i].len) return;
  if (list->elements[i].joined)
    trpt_emit(parser, TRPT_CODE_REPORT_POLICY_STRING_NOT_ARRAY, list->elements[i].position, string_path(list, i));
  if (parser->policy.type == TRPT_POLICY_TLSA)
    trpt_check_tlsa(list->strings[i], &codes);
  else if (parser->policy.type == TRPT_POLICY_STS)
    trpt_check_sts_line(&parser->sts_lines, list->strings[i], &mx, &codes);
  if (mx.ptr) add_pattern(&parser->sts_patterns, mx);
  if (codes.count) trpt_emit_all(parser, &codes, list->elements[i].position, string_path(list, i));
}

/* The elements of `policy-string`, up to one of which there is something to tell, by the type of the policy: of any other type
   their text has no meaning here. */
static void check_strings(trpt_parser *parser) {
  const uint32_t count = parser->strings.count;
  const trpt_policy_type type = parser->policy.type;
  if (count) {
    if (parser->deferred_index == 0) {
      parser->sts_lines = (trpt_sts_lines){0};
      parser->sts_patterns = 0;
    }
    while (parser->deferred_index < count) {
      check_string(parser, parser->deferred_index++);
      if (parser->queue_count | (uint32_t)parser->failed.status) return;
    }
    if (type == TRPT_POLICY_STS) check_sts_policy(parser);
  }
  done(parser, TRPT_DEFER_STRINGS);
}

static uint64_t hash_list(uint64_t hash, const trpt_member_info *info, const trpt_policy *policy) {
  const trpt_str *strings = trpt_strings_of(info, policy);
  const uint32_t count = trpt_string_count_of(info, policy);
  for (uint32_t i = 0; i < count; i++) hash = hash_text(hash, strings[i]);
  return hash;
}

static uint64_t hash_policy(const trpt_policy *policy) {
  uint64_t hash = policy->present;
  TRPT_EACH_IN (info, TRPT_IN_POLICY_OBJECT) {
    hash = ~hash; /* separates the lists */
    if (trpt_has_text(info)) hash = hash_text(hash, trpt_text_of(info, policy));
    if (info->type == TRPT_TYPE_LIST) hash = hash_list(hash, info, policy);
  }
  return hash;
}

static bool is_recent(const trpt_parser *parser, uint64_t hash) {
  const uint64_t tags = TRPT_WORD_OF(hash >> 56);
  for (size_t i = 0; i < TRPT_RECENT_POLICIES; i += TRPT_WORD_SIZE) {
    if (!trpt_word_has_zero(trpt_word_load(parser->recent_tags + i) ^ tags)) continue;
    for (size_t k = i; k < i + TRPT_WORD_SIZE; k++)
      if (k < parser->recent_count && parser->recent_policies[k] == hash) return true;
  }
  return false;
}

/* RFC 8460 s4: an entry for each policy. In constant memory: among the last few. */
static void check_repetition(trpt_parser *parser) {
  const uint64_t hash = hash_policy(&parser->policy);
  if (is_recent(parser, hash)) {
    trpt_emit(parser, TRPT_CODE_REPORT_DUPLICATE_POLICY, parser->positions[TRPT_IN_POLICY_OBJECT],
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_NONE));
    return;
  }
  const uint32_t position = parser->recent_count++ % TRPT_RECENT_POLICIES;
  parser->recent_policies[position] = hash;
  parser->recent_tags[position] = (char)(hash >> 56);
}

/* RFC 8460 s4.4: mx-host has a meaning under MTA-STS only, policy-string none without a policy. */
static void check_policy(trpt_parser *parser) {
  const trpt_policy *policy = &parser->policy;
  const bool other = policy->type == TRPT_POLICY_TLSA || policy->type == TRPT_POLICY_NO_POLICY_FOUND;
  if (other && policy->mx_host_count)
    trpt_emit(parser, TRPT_CODE_REPORT_MX_HOST_UNEXPECTED, parser->mx_hosts.position,
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_MX_HOST));
  if (policy->type == TRPT_POLICY_NO_POLICY_FOUND && policy->string_count)
    trpt_emit(parser, TRPT_CODE_REPORT_POLICY_STRING_UNEXPECTED, parser->strings.position,
              trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING));
  check_repetition(parser);
  done(parser, TRPT_DEFER_POLICY);
}

/* RFC 8461 s4.1: whether the MX host fits no pattern of the policy. */
static bool fits_no_pattern(const trpt_policy *policy, trpt_str host) {
  if (policy->type != TRPT_POLICY_STS || !host.len || !policy->mx_host_count || policy->mx_host_count > MX_PATTERNS)
    return false;
  bool any = false;
  for (uint32_t i = 0; i < policy->mx_host_count; i++) {
    const trpt_str pattern = trpt_mx_pattern_without_key(policy->mx_hosts[i]);
    any |= pattern.len != 0;
    if (trpt_mx_match(pattern.ptr, pattern.len, host.ptr, host.len)) return false;
  }
  return any;
}

/* Hands out a failure, after what could be judged only with its policy. */
static void give_failure(trpt_parser *parser, const trpt_failure_state *entry) {
  const trpt_policy *policy = &parser->policy;
  parser->failure_index = entry->index;
  if (parser->codes) {
    if (trpt_result_type_is_of_other_policy(entry->failure.type, policy->type))
      trpt_emit(parser, TRPT_CODE_REPORT_RESULT_TYPE_POLICY_MISMATCH, entry->type_position,
                trpt_path_of(TRPT_IN_FAILURE, TRPT_MEMBER_RESULT_TYPE));
    if (fits_no_pattern(policy, entry->failure.receiving_mx_hostname))
      trpt_emit(parser, TRPT_CODE_REPORT_MX_MISMATCH, entry->host_position,
                trpt_path_of(TRPT_IN_FAILURE, TRPT_MEMBER_RECEIVING_MX_HOSTNAME));
  }
  parser->ready = TRPT_EVENT_FAILURE;
  parser->ready_failure = &entry->failure;
}

static void give_held(trpt_parser *parser) {
  if (parser->pending_consumed < parser->pending_len) {
    const trpt_failure_state *entry =
        (const trpt_failure_state *)(const void *)(parser->pending + parser->pending_consumed);
    parser->pending_consumed += entry->size;
    give_failure(parser, entry);
  }
  if (parser->pending_consumed < parser->pending_len) return;
  parser->pending_consumed = 0;
  parser->pending_len = 0;
  done(parser, TRPT_DEFER_PENDING);
}

/* RFC 8460 s4 and s4.3.4: failures may be counted more than once or not at all, so that sums need not agree. */
static void check_totals(trpt_parser *parser) {
  const trpt_totals *totals = &parser->totals;
  trpt_code code = TRPT_CODE_NONE;
  if (!(totals->summary.present & TRPT_POLICY_HAS_FAILED)) return;
  if (totals->failure_count == 0) {
    if (totals->summary.failed_sessions) code = TRPT_CODE_REPORT_FAILURES_WITHOUT_DETAILS;
  } else if (totals->summary.failed_sessions == 0) {
    code = TRPT_CODE_REPORT_DETAILS_WITHOUT_FAILURES;
  } else if (totals->details > totals->summary.failed_sessions) {
    code = TRPT_CODE_REPORT_DETAILS_EXCEED_TOTAL;
  } else if (totals->details < totals->summary.failed_sessions) {
    code = TRPT_CODE_REPORT_DETAILS_BELOW_TOTAL;
  }
  if (code != TRPT_CODE_NONE)
    trpt_emit(parser, code, totals->failed_position, trpt_path_of(TRPT_IN_SUMMARY, TRPT_MEMBER_TOTAL_FAILURE));
}

static void add_summary(trpt_policy *policy, const trpt_policy *summary) {
  TRPT_EACH_IN (info, TRPT_IN_SUMMARY) *trpt_count_in(info, policy) = trpt_count_of(info, summary);
  policy->present |= summary->present;
}

static void give_entry(trpt_parser *parser) {
  trpt_policy *policy = &parser->policy;
  if (parser->codes) check_totals(parser);
  add_summary(policy, &parser->totals.summary);
  policy->failure_count = parser->totals.failure_count;
  parser->metadata.policy_count++;
  parser->ready = TRPT_EVENT_POLICY;
  done(parser, TRPT_DEFER_END);
}

void trpt_deferred_run(trpt_parser *parser) {
  const uint32_t work = parser->deferred;
  if (work & TRPT_DEFER_STRINGS) {
    check_strings(parser);
  } else if (work & TRPT_DEFER_POLICY) {
    check_policy(parser);
  } else if (work & TRPT_DEFER_PENDING) {
    give_held(parser);
  } else if (work & TRPT_DEFER_FAILURE) {
    give_failure(parser, &parser->failure);
    parser->text.len = parser->failure_text;
    done(parser, TRPT_DEFER_FAILURE);
  } else if (work & TRPT_DEFER_END) {
    give_entry(parser);
  } else {
    parser->ready = TRPT_EVENT_REPORT;
    done(parser, TRPT_DEFER_REPORT);
  }
}
