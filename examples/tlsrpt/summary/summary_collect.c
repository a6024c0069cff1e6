/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tlsrpt/policy.h>

#include "../../../lib/base/hostname.h"
#include "../../../lib/base/text.h"
#include "../lost_value.h"
#include "../report_key.h"
#include "../standard_output.h"
#include "summary.h"

enum { WINDOW_MAX_DAYS = 31 };

const summary_table_kind summary_tables[SUMMARY_TABLES] = {
    [SUMMARY_DAYS] = {"days", 3, true, true, true},
    [SUMMARY_MISMATCHES] = {"shortfalls", 2, true, false, false},
    [SUMMARY_CAUSES] = {"causes", 3, true, false, false},
    [SUMMARY_CAUSE_DAYS] = {"cause_days", 4, true, true, false},
    [SUMMARY_CAUSE_HOSTS] = {"cause_hosts", 4, true, false, false},
    [SUMMARY_CAUSE_SENDERS] = {"cause_senders", 4, true, false, false},
    [SUMMARY_CAUSE_REASONS] = {"cause_reasons", 4, true, false, false},
    [SUMMARY_REPORTERS] = {"reporters", 2, true, false, false},
    [SUMMARY_REPORTER_DAYS] = {"reporter_days", 3, true, true, false},
    [SUMMARY_MODES] = {"modes", 3, true, true, true},
    [SUMMARY_MODE_CAUSES] = {"mode_causes", 4, true, true, false},
    [SUMMARY_MODE_REPORTERS] = {"mode_reporters", 3, true, false, false},
    [SUMMARY_UNCOUNTED] = {"untold", 3, true, false, false},
    [SUMMARY_MX_HOSTS] = {"mx_hosts", 3, true, false, true},
    [SUMMARY_CONFLICTS] = {"conflicts", 4, false, false, false},
    [SUMMARY_UNCOUNTED_DAYS] = {"uncounted_days", 3, true, true, false}};

/* Enough for the reports of years. The hash table takes 32 to 64 bytes per key. */
enum { KEYS_MAX = 10 * 1000 * 1000 };

void summary_begin(summary *s, const summary_options *options) {
  *s = (summary){.options = options};
  for (int i = 0; i < SUMMARY_TABLES; i++) table_begin(&s->tables[i], summary_tables[i].columns, options->max_rows);
  key_set_begin(&s->keys, KEYS_MAX);
  report_ids_begin(&s->ids);
}

void summary_end(summary *s) {
  for (int i = 0; i < SUMMARY_TABLES; i++) table_end(&s->tables[i]);
  key_set_end(&s->keys);
  report_ids_end(&s->ids);
}

void summary_sort(summary *s) {
  for (int i = 0; i < SUMMARY_TABLES; i++) table_sort(&s->tables[i]);
  key_set_sort(&s->keys);
}

/* A domain in lower case, without a dot at the end, so names can be compared. */
typedef struct domain_name {
  char text[TABLE_VALUE_MAX_LEN + 1];
  trpt_str str;
} domain_name;

static void normalize_domain(domain_name *out, trpt_str domain) {
  const trpt_str name = trpt_host_without_dot((trpt_str){domain.ptr, table_truncated_len(domain, TABLE_VALUE_MAX_LEN)});
  for (size_t i = 0; i < name.len; i++) out->text[i] = (char)trpt_lower((unsigned char)name.ptr[i]);
  out->str = (trpt_str){out->text, name.len};
}

static const trpt_str no_text = {"", 0};

/* The context while one report is counted. */
typedef struct collector {
  summary *summary;
  trpt_str organization;
  char day[DAY_SIZE];
  const trpt_metadata *metadata;
  const trpt_source *source;
} collector;

static void add(const collector *c, summary_table id, trpt_str a, trpt_str b, trpt_str d, trpt_str e, counts more) {
  const trpt_str columns[TABLE_COLUMNS_MAX] = {a, b, d, e};
  memcpy(more.first, c->day, sizeof more.first);
  memcpy(more.last, c->day, sizeof more.last);
  table_add(&c->summary->tables[id], columns, &more);
}

/* Like add, but counts each row at most once per report. */
static void add_once(const collector *c, summary_table id, trpt_str a, trpt_str b, trpt_str d) {
  const trpt_str columns[TABLE_COLUMNS_MAX] = {a, b, d};
  counts one = {.entries = 1};
  memcpy(one.first, c->day, sizeof one.first);
  memcpy(one.last, c->day, sizeof one.last);
  table_add_once(&c->summary->tables[id], columns, &one, c->summary->reports);
}

static trpt_str or_empty(trpt_str text) { return text.ptr ? text : no_text; }

static counts counts_of(const trpt_failure *failure) {
  return (counts){.successful = !(failure->present & TRPT_FAILURE_HAS_FAILED_SESSIONS),
                  .failed = failure->failed_sessions,
                  .entries = 1};
}

static void count_failure(const collector *c, trpt_str domain, const trpt_policy *policy, const trpt_failure *failure) {
  const trpt_str type = or_empty(policy->type_name);
  const trpt_str result = or_empty(failure->type_name);
  const counts more = counts_of(failure);
  const struct {
    summary_table table;
    trpt_str value;
  } details[] = {{SUMMARY_CAUSE_HOSTS, failure->receiving_mx_hostname},
                 {SUMMARY_CAUSE_SENDERS, failure->sending_mta_ip},
                 {SUMMARY_CAUSE_REASONS, failure->failure_reason_code}};
  add(c, SUMMARY_CAUSES, domain, type, result, no_text, more);
  add(c, SUMMARY_CAUSE_DAYS, domain, type, result, trpt_str_of(c->day), more);
  for (size_t i = 0; i < sizeof details / sizeof details[0]; i++)
    if (details[i].value.len) add(c, details[i].table, domain, type, result, details[i].value, more);
}

static void count_mode(const collector *c, trpt_str domain, const trpt_report *report, uint32_t p, counts sessions) {
  const trpt_policy *policy = trpt_report_policy(report, p);
  const char *name = trpt_sts_mode_name(trpt_policy_mode(policy));
  const trpt_str type = or_empty(policy->type_name);
  const counts uncounted = {.successful = !(policy->present & TRPT_POLICY_HAS_SUCCESSFUL),
                            .entries = !(policy->present & TRPT_POLICY_HAS_FAILED)};
  if (uncounted.entries)
    add(c, SUMMARY_UNCOUNTED, domain, type, trpt_str_of(name ? name : ""), no_text, (counts){.entries = 1});
  if (uncounted.entries || uncounted.successful)
    add(c, SUMMARY_UNCOUNTED_DAYS, domain, type, trpt_str_of(c->day), no_text, uncounted);
  if (!name || !*c->day) return;
  const trpt_str mode = trpt_str_of(name);
  add(c, SUMMARY_MODES, domain, mode, trpt_str_of(c->day), no_text, sessions);
  add_once(c, SUMMARY_MODE_REPORTERS, domain, mode, c->organization);
  for (uint32_t i = 0; i < trpt_report_failure_count(report, p); i++) {
    const trpt_failure *failure = trpt_report_failure(report, p, i);
    add(c, SUMMARY_MODE_CAUSES, domain, mode, or_empty(failure->type_name), trpt_str_of(c->day), counts_of(failure));
  }
}

/* Some senders report on several days at once. An unusually long period counts as its first day only. */
static void count_reporter_days(const collector *c, trpt_str domain) {
  const int64_t start = c->metadata->start;
  const int64_t end = c->metadata->end;
  int64_t days = 1;
  if (start != INT64_MIN && end > start) days = (end - 1) / SECONDS_PER_DAY - start / SECONDS_PER_DAY + 1;
  if (days > WINDOW_MAX_DAYS) days = 1;
  for (int64_t i = 0; i < days && *c->day; i++) {
    collector for_day = *c;
    day_of(start + i * SECONDS_PER_DAY, for_day.day);
    if (*for_day.day) add_once(&for_day, SUMMARY_REPORTER_DAYS, domain, c->organization, trpt_str_of(for_day.day));
  }
}

static void count_policy(const collector *c, const trpt_report *report, uint32_t p) {
  const trpt_policy *policy = trpt_report_policy(report, p);
  const counts sessions = {.successful = policy->successful_sessions, .failed = policy->failed_sessions, .entries = 1};
  domain_name domain;
  domain_name named;
  uint64_t detailed = 0;
  normalize_domain(&domain, policy_recipient(policy, c->source));
  normalize_domain(&named, or_empty(policy->domain));
  if (!domain_list_includes(&c->summary->options->read->filter.domains, domain.str)) return;
  add(c, SUMMARY_DAYS, domain.str, or_empty(policy->type_name), trpt_str_of(c->day), no_text, sessions);
  if (!trpt_str_equal(named.str, domain.str.ptr, domain.str.len))
    add(c, SUMMARY_MX_HOSTS, domain.str, or_empty(policy->type_name), named.str, no_text, sessions);
  for (uint32_t i = 0; i < trpt_report_failure_count(report, p); i++) {
    const trpt_failure *failure = trpt_report_failure(report, p, i);
    detailed = counts_sum(detailed, failure->failed_sessions);
    count_failure(c, domain.str, policy, failure);
  }
  if (detailed != policy->failed_sessions)
    add(c, SUMMARY_MISMATCHES, domain.str, or_empty(policy->type_name), no_text, no_text,
        (counts){.successful = detailed, .failed = policy->failed_sessions, .entries = 1});
  count_mode(c, domain.str, report, p, sessions);
  /* Once per domain, even if several policies are about it. */
  add_once(c, SUMMARY_REPORTERS, domain.str, c->organization, no_text);
  count_reporter_days(c, domain.str);
}

static trpt_str signer_of(const trpt_source *source) {
  return trpt_str_equal(source->dkim, "pass", strlen("pass")) ? or_empty(source->dkim_domain) : no_text;
}

static void add_conflict(const collector *c, const char *key, trpt_str signer) {
  const trpt_str columns[] = {or_empty(c->metadata->organization_name), c->metadata->report_id, trpt_str_of(key),
                              signer};
  table_add(&c->summary->tables[SUMMARY_CONFLICTS], columns, &(counts){.entries = 1});
}

/* A stranger may know the report-id of a genuine report, so both count, and the summary says so. */
static void find_conflict(const collector *c) {
  const trpt_str organization = or_empty(c->metadata->organization_name);
  const trpt_str id = c->metadata->report_id;
  report_ids *ids = &c->summary->ids;
  char key[REPORT_KEY_DIGITS + 1];
  if (!id.len) return;
  report_id *first = report_ids_add(ids, organization, id, c->source->key.ptr, signer_of(c->source));
  if (!first) return;
  report_key_write(first->key, key);
  if (memcmp(key, c->source->key.ptr, REPORT_KEY_DIGITS) == 0)
    return; /* a repetition that the full set of keys missed */
  if (!first->is_listed) add_conflict(c, key, trpt_str_of(ids->signers[first->signer]));
  first->is_listed = true;
  add_conflict(c, c->source->key.ptr, signer_of(c->source));
}

/* A reporter whose signature is required is shown with it: "Google Inc., signed by google.com". */
static void add_signer(collector *c, buffer *name) {
  const trpt_str signer = signer_of(c->source);
  if (!c->summary->options->read->require_dkim || !signer.len) return;
  buffer_add(name, c->organization.ptr, c->organization.len);
  buffer_text(name, c->organization.len ? ", signed by " : "signed by ");
  buffer_add(name, signer.ptr, signer.len);
  if (name->failed) output_no_memory();
  c->organization = (trpt_str){name->data, name->len};
}

void summary_count(summary *s, const trpt_report *report, const trpt_source *source) {
  collector c = {.summary = s, .metadata = trpt_report_metadata(report), .source = source};
  day_of(c.metadata->start, c.day);
  c.organization = or_empty(c.metadata->organization_name);
  if (key_set_add(&s->keys, source->key.ptr)) {
    s->duplicates++;
    return;
  }
  s->reports++;
  s->unreadable += lost_value_has_policy(report);
  /* Otherwise a reporter with a wrong clock would shift "the last days". */
  if (strcmp(c.day, s->options->tomorrow) > 0) {
    s->future++;
    *c.day = '\0';
  }
  find_conflict(&c);
  buffer name = {0};
  add_signer(&c, &name);
  for (uint32_t p = 0; p < trpt_report_policy_count(report); p++) count_policy(&c, report, p);
  buffer_free(&name);
}
