/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REPORT_FILTER_H
#define TLSRPT_REPORT_FILTER_H

/* Which reports a command reads: --domain, --since, --until, --only-failures. */

#include <tlsrpt/report.h>

#include "day.h"

typedef struct domain_list {
  const char **names; /* array of as many elements as there are arguments */
  int count;
  char **a_labels; /* of each name that has U-labels; NULL for others */
} domain_list;

/* Whether a policy domain equals one of the domains or is below one, as an MX host may be, which is the policy domain of
   a DANE policy. An empty list includes every domain. */
bool domain_list_includes(const domain_list *list, trpt_str domain);

/* Checks that the value of an option can be the domain of a policy, and adds its A-labels. Returns NULL, or what is needed in place
   of it. It need not be a host name, since senders also write names with underscores and U-labels. */
const char *domain_list_complete(domain_list *list, int number);

typedef struct report_filter {
  domain_list domains;
  char since[DAY_SIZE]; /* first and last day; "": no limit */
  char until[DAY_SIZE];
  bool only_failures;
} report_filter;

/* Whether the filter leaves out any report. */
bool report_filter_is_set(const report_filter *f);

/* The domain whose mail a policy is about, without a NUL. For DANE the policy domain is an MX host, which may belong to
   another domain; TLS-Report-Domain of the mail names the recipients' domain (RFC 8460 s5.3). In all other cases it is the
   policy domain. */
trpt_str policy_recipient(const trpt_policy *policy, const trpt_source *source);

/* Whether the report begins on one of the days, has a policy of one of the domains, and failures if they are wanted. A
   failure count or a policy that cannot be read may be a failure; --only-failures needs the diagnostics of the report. */
bool report_filter_accepts(const report_filter *f, const trpt_report *report, const trpt_source *source);

/* Whether a policy has failures, or a failure count that cannot be read. */
bool report_filter_has_failures(const trpt_policy *policy);

#endif
