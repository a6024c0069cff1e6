/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_PROBE_H
#define TLSRPT_CHECK_PROBE_H

/* The DNS queries about one domain: its record, and everything that decides whether reports arrive and are useful. */

#include <tlsrpt/record.h>

#include "query.h"

/* Limits. Further MX hosts are only counted. */
enum { PROBE_HOSTS_MAX = 20, PROBE_DESTINATIONS_MAX = 20 };

/* Wrong names at which people publish the record. The last one contains the domain twice: many DNS editors append it to
   a name that already ends in it. */
enum { PROBE_WRONG_NAMES = 13 };

/* The hosts that receive the mail of a domain. */
typedef struct mail_hosts {
  const query *mx; /* NULL: not sent */
  /* Sent if there is no MX record. */
  const query *a;
  const query *aaaa;
  dns_name hosts[PROBE_HOSTS_MAX]; /* by preference; the domain itself if it has an address but no MX record */
  size_t count;
  size_t left_out; /* hosts beyond the limit */
  bool refuses;    /* null MX, RFC 7505 */
} mail_hosts;

/* What decides whether an MX host has DANE, RFC 7672 s2.2.2. */
typedef struct mail_host {
  const query *address; /* its owner is the target if the host is an alias */
  const query *tlsa;
  /* NULL unless the host is an alias */
  const query *target_tlsa;
  const query *alias; /* the first alias alone; NULL unless it decides */
} mail_host;

typedef struct destination {
  bool is_usable;
  bool is_mail;
  bool has_host; /* false: not usable, or an address, which is not looked up */
  dns_name host;
  mail_hosts mail;
  /* https */
  const query *a;
  const query *aaaa;
} destination;

typedef struct probe {
  dns_name domain;
  const query *record;
  trpt_conclusion conclusion;                /* from `record` */
  const query *elsewhere[PROBE_WRONG_NAMES]; /* sent if there is no record at the right name */
  const query *sts;
  const query *root; /* the root zone: its answer is signed if the resolver validates */
  mail_hosts mail;
  mail_host hosts[PROBE_HOSTS_MAX];                 /* as in `mail` */
  const query *host_records[PROBE_HOSTS_MAX];       /* --mx */
  destination destinations[PROBE_DESTINATIONS_MAX]; /* in the order of the URIs in rua */
  size_t destination_count;
} probe;

/* Sends all queries that the answers so far allow. Call it again when answers have arrived, until it sends no more. */
void probe_ask(probe *p, queries *all, const dns_name *domain, bool with_hosts);

/* Returns the index of the first wrong name from `from` on that has a record; PROBE_WRONG_NAMES: none. */
size_t probe_elsewhere(const probe *p, size_t from);

/* Draws the conclusion from the TXT records of a domain, or of an MX host for DANE. If the query failed, the verdict is
   TRPT_VERDICT_UNKNOWN and the reason is the failure. */
trpt_conclusion probe_conclude(const query *record);

#endif
