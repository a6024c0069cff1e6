/* SPDX-License-Identifier: MIT */
#include "report_filter.h"

#include <string.h>

#include "../../lib/base/hostname.h"
#include "../../lib/base/text.h"
#include "a_labels.h"
#include "lost_value.h"
#include "standard_output.h"

bool domain_list_includes(const domain_list *list, trpt_str domain) {
  for (int i = 0; i < list->count; i++)
    if (trpt_host_is_within(domain, trpt_str_of(list->names[i])) ||
        trpt_host_is_within(domain, trpt_str_of(list->a_labels[i])))
      return true;
  return !list->count;
}

static bool can_be_domain(const char *name) {
  const trpt_str text = trpt_host_without_dot(trpt_str_of(name));
  bool is_label = false; /* the label has a byte */
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (c == '.' && !is_label) return false;
    if (c != '.' && c < 0x80 && !trpt_is_alpha(c) && !trpt_is_digit(c) && c != '-' && c != '_') return false;
    is_label = c != '.';
  }
  return is_label;
}

const char *domain_list_complete(domain_list *list, int number) {
  const trpt_str name = trpt_str_of(list->names[number]);
  buffer ascii = {0};
  if (!can_be_domain(list->names[number])) return "a domain name such as example.com";
  if (trpt_str_is_ascii(name)) return NULL;
  const char *needed = a_labels_of(name, &ascii);
  buffer_add(&ascii, "", 1);
  if (ascii.failed) output_no_memory();
  list->a_labels[number] = ascii.data;
  return needed;
}

bool report_filter_is_set(const report_filter *f) {
  return f->domains.count || *f->since || *f->until || f->only_failures;
}

/* An undated report is on no day. */
static bool is_within(const report_filter *f, const trpt_report *report) {
  char day[DAY_SIZE];
  if (!*f->since && !*f->until) return true;
  day_of(trpt_report_metadata(report)->start, day);
  return *day && (!*f->since || strcmp(day, f->since) >= 0) && (!*f->until || strcmp(day, f->until) <= 0);
}

bool report_filter_has_failures(const trpt_policy *policy) {
  return policy->failed_sessions || policy->failure_count || !(policy->present & TRPT_POLICY_HAS_FAILED);
}

trpt_str policy_recipient(const trpt_policy *policy, const trpt_source *source) {
  const trpt_str domain = source->report_domain;
  if (policy->type == TRPT_POLICY_TLSA && domain.ptr && trpt_host_is_valid(trpt_host_without_dot(domain)))
    return domain;
  return policy->domain.ptr ? policy->domain : (trpt_str){"", 0};
}

bool report_filter_accepts(const report_filter *f, const trpt_report *report, const trpt_source *source) {
  if (!is_within(f, report)) return false;
  if (!f->domains.count && (!f->only_failures || lost_value_has_policy(report))) return true;
  for (uint32_t p = 0; p < trpt_report_policy_count(report); p++) {
    const trpt_policy *policy = trpt_report_policy(report, p);
    if (domain_list_includes(&f->domains, policy_recipient(policy, source)) &&
        (!f->only_failures || report_filter_has_failures(policy)))
      return true;
  }
  return false;
}
