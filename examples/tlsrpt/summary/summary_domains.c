/* SPDX-License-Identifier: MIT */
/* The domains of a summary, worst first, and the columns of the overview. */
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/model.h>

#include "../allocate.h"
#include "summary_view.h"

const char *const view_answers[] = {"", "ready", "not ready", "cannot tell"};
const char *const view_answer_titles[] = {"", "Ready", "Not ready", "Cannot tell"};

static void add_policy(void *user, const view_policy *policy) {
  view_domains *v = user;
  /* Doubles the capacity whenever the count is a power of two. */
  if ((v->policy_count & (v->policy_count - 1)) == 0)
    v->policies = reallocate(v->policies, v->policy_count ? 2 * v->policy_count : 1, sizeof *v->policies);
  v->policies[v->policy_count++] = *policy;
}

static uint64_t failures_of(const view_policy *p) {
  return p->total.failed > p->detailed ? p->total.failed : p->detailed;
}

static int compare_numbers(uint64_t a, uint64_t b) { return a < b ? 1 : a > b ? -1 : 0; }

static int compare_policies(const view_policy *a, const view_policy *b) {
  const int by_failures = compare_numbers(failures_of(a), failures_of(b));
  return by_failures ? by_failures : compare_numbers(a->uncounted, b->uncounted);
}

static int compare_types(const void *a, const void *b) {
  const view_policy *left = a;
  const view_policy *right = b;
  const int by_failures = compare_policies(left, right);
  return by_failures ? by_failures : strcmp(left->type, right->type);
}

/* Never adds up policy types: they describe the same sessions. */
static int compare_domains(const void *a, const void *b) {
  const view_domain *left = a;
  const view_domain *right = b;
  const int by_failures = compare_policies(left->policies, right->policies);
  return by_failures ? by_failures : strcmp(left->name, right->name);
}

view_domains view_domains_begin(const summary *s) {
  view_domains v = {0};
  view_policies(s, add_policy, &v);
  v.domains = allocate_zeros(v.policy_count + 1, sizeof *v.domains);
  for (size_t i = 0; i < v.policy_count;) {
    view_domain *domain = &v.domains[v.count++];
    *domain = (view_domain){.name = v.policies[i].domain, .policies = &v.policies[i]};
    while (i < v.policy_count && strcmp(v.policies[i].domain, domain->name) == 0) i++;
    domain->policy_count = (size_t)(&v.policies[i] - domain->policies);
    domain->readiness = view_readiness_of(s, domain->name);
    qsort(domain->policies, domain->policy_count, sizeof *domain->policies, compare_types);
  }
  qsort(v.domains, v.count, sizeof *v.domains, compare_domains);
  return v;
}

void view_domains_end(view_domains *v) {
  free(v->domains);
  free(v->policies);
}

bool view_has_overview(const view_domains *v) { return v->count > 1; }

static void add_domain_name(buffer *out, const view_domain *domain, const view_policy *policy) {
  (void)policy;
  buffer_text(out, view_domain_title(domain->name));
}

static void add_type(buffer *out, const view_domain *domain, const view_policy *policy) {
  (void)domain;
  buffer_text(out, view_type_title(policy->type));
}

static void add_sessions(buffer *out, const view_domain *domain, const view_policy *policy) {
  (void)domain;
  buffer_number(out, counts_sum(policy->total.successful, policy->total.failed));
}

static void add_failed(buffer *out, const view_domain *domain, const view_policy *policy) {
  (void)domain;
  if (!policy->total.failed && policy->uncounted) {
    buffer_text(out, "unknown");
    return;
  }
  if (policy->uncounted) buffer_text(out, "at least ");
  buffer_number(out, policy->total.failed ? policy->total.failed : policy->detailed);
  if (!policy->total.failed && view_has_detailed_failures(policy))
    buffer_text(out, policy->detailed ? " by details" : " by totals");
  if (!policy->total.failed) return;
  buffer_text(out, " (");
  view_share_text(out, &policy->total);
  buffer_text(out, ")");
}

static void add_change(buffer *out, const view_domain *domain, const view_policy *policy) {
  (void)domain;
  if (!policy->trend.has_change) return;
  if (policy->trend.change > 0) buffer_text(out, "+");
  view_change_text(out, policy->trend.change);
}

static void add_answer(buffer *out, const view_domain *domain, const view_policy *policy) {
  const bool is_sts = trpt_policy_type_from_name(policy->type, strlen(policy->type)) == TRPT_POLICY_STS;
  if (is_sts) buffer_text(out, view_answers[domain->readiness.answer]);
}

const overview_column overview_columns[OVERVIEW_COLUMNS] = {
    [OVERVIEW_DOMAIN] = {"Domain", false, add_domain_name}, [OVERVIEW_POLICY] = {"Policy", false, add_type},
    [OVERVIEW_SESSIONS] = {"Sessions", true, add_sessions}, [OVERVIEW_FAILED] = {"Failed", true, add_failed},
    [OVERVIEW_CHANGE] = {"Change", true, add_change},       [OVERVIEW_READY] = {"Ready to enforce", false, add_answer},
};
