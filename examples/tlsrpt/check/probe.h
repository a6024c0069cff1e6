/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_PROBE_H
#define TLSRPT_CHECK_PROBE_H

/* What check asks DNS about one domain: the record, and what else decides whether reports arrive and are worth having. */

#include <tlsrpt/record.h>

#include "query.h"

/* Further ones are only counted. */
enum { PROBE_HOSTS = 20, PROBE_DESTINATIONS = 20 };

/* Wrong names where people publish the record. The last one has the domain twice, since many editors append it to a name that has
   it already. */
enum { PROBE_ELSEWHERE = 8 };

/* Where mail for a domain goes. */
typedef struct mail_hosts {
  const query *mx; /* NULL: not asked */
  /* Asked where there is no MX. */
  const query *a;
  const query *aaaa;
  dns_name hosts[PROBE_HOSTS]; /* by preference; the domain itself if it has an address and no MX */
  size_t count;
  size_t left_out;
  bool refuses; /* null MX, RFC 7505 */
} mail_hosts;

typedef struct destination {
  bool is_mail;
  bool has_host;
  dns_name host;
  mail_hosts mail;
  /* https */
  const query *a;
  const query *aaaa;
} destination;

typedef struct probe {
  dns_name domain;
  const query *record;
  trpt_conclusion conclusion;              /* from `record` */
  const query *elsewhere[PROBE_ELSEWHERE]; /* asked if there is nothing at the right name */
  const query *sts;
  const query *root; /* signed if the resolver validates */
  mail_hosts mail;
  const query *tlsa[PROBE_HOSTS];
  const query *host_records[PROBE_HOSTS];       /* --mx */
  destination destinations[PROBE_DESTINATIONS]; /* by index of the URI */
  size_t destination_count;
} probe;

/* Asks every question that the answers so far allow. Call it again whenever answers have come, until it asks no more. */
void probe_ask(probe *p, queries *all, const dns_name *domain, bool with_hosts);

/* Concludes from the TXT records of a domain, or of an MX host for DANE. Where DNS did not answer, the verdict is
   TRPT_VERDICT_UNKNOWN and the reason is the failure. */
trpt_conclusion probe_conclude(const query *record);

#endif
