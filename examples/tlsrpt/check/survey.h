/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_SURVEY_H
#define TLSRPT_CHECK_SURVEY_H

/* What is asked about one domain: the record, and what makes it a good one. */

#include <tlsrpt/record.h>

#include "lookup.h"

/* What is shown of more is their number. */
enum { SURVEY_HOSTS = 20, SURVEY_DESTINATIONS = 20 };

/* Names where people publish the record by mistake, below the domain. The last one is the right name below the domain below the
   domain, as editors make it that append what was typed already. */
enum { SURVEY_ELSEWHERE = 8 };

/* Where mail for a domain goes. */
typedef struct mail_hosts {
  const lookup *mx; /* NULL: not looked for */
  /* Looked for where there is no MX. */
  const lookup *a;
  const lookup *aaaa;
  dns_name hosts[SURVEY_HOSTS]; /* the best first; the domain itself where it has an address and no MX */
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
  const lookup *a;
  const lookup *aaaa;
} destination;

typedef struct survey {
  dns_name domain;
  const lookup *record;
  trpt_conclusion conclusion;                /* from `record` */
  const lookup *elsewhere[SURVEY_ELSEWHERE]; /* where there is nothing at the right name */
  const lookup *sts;
  const lookup *root; /* signed, if anything is: whether the resolver validates */
  mail_hosts mail;
  const lookup *tlsa[SURVEY_HOSTS];
  const lookup *host_records[SURVEY_HOSTS];      /* --mx */
  destination destinations[SURVEY_DESTINATIONS]; /* by index of the URI */
  size_t destination_count;
} survey;

/* Asks all that can be asked with what is known; to be called again whenever answers have come, until it asks no more. */
void survey_ask(survey *s, lookups *l, const dns_name *domain, bool with_hosts);

/* What follows from the TXT records of a domain, or of an MX host for DANE. Where DNS did not say, the verdict is
   TRPT_VERDICT_UNKNOWN and the reason the failure. */
trpt_conclusion survey_conclude(const lookup *record);

#endif
