/* SPDX-License-Identifier: MIT */
#include "probe.h"

#include <string.h>

#include "../../../lib/base/hostname.h"
#include "domain.h"

static const query *ask_below(queries *all, const char *labels, const dns_name *parent, uint16_t type) {
  dns_name name;
  return dns_name_below(&name, labels, strlen(labels), parent) ? queries_ask(all, &name, type) : NULL;
}

static bool is_answered(const query *q) { return q && q->state == QUERY_ANSWERED; }

static bool is_empty(const query *q) { return is_answered(q) && !q->count; }

/* Reads the hosts of the MX records, in the order of preference and without duplicates. */
static void read_mx(mail_hosts *m) {
  unsigned preferences[PROBE_HOSTS_MAX] = {0};
  dns_cursor cursor = dns_message_answers(&m->mx->message);
  dns_record r;
  while (query_next(m->mx, &cursor, &r)) {
    dns_name host;
    if (r.len < 3 || !dns_record_name(&m->mx->message, &r, 2, &host)) continue;
    if (dns_name_is_root(&host)) {
      m->refuses = true;
      continue;
    }
    const unsigned preference = (unsigned)m->mx->message.bytes[r.at] << 8 | m->mx->message.bytes[r.at + 1];
    bool is_known_host = false;
    for (size_t i = 0; i < m->count && !is_known_host; i++) is_known_host = dns_name_equal(&m->hosts[i], &host);
    if (is_known_host) continue;
    size_t at = m->count;
    while (at && preferences[at - 1] > preference) at--;
    if (m->count == PROBE_HOSTS_MAX) {
      m->left_out++;
      if (at == PROBE_HOSTS_MAX) continue;
    } else {
      m->count++;
    }
    for (size_t i = m->count - 1; i > at; i--) {
      preferences[i] = preferences[i - 1];
      m->hosts[i] = m->hosts[i - 1];
    }
    preferences[at] = preference;
    m->hosts[at] = host;
  }
}

static void ask_mail(mail_hosts *m, queries *all, const dns_name *domain) {
  m->mx = queries_ask(all, domain, DNS_MX);
  if (is_answered(m->mx)) read_mx(m);
  if (!is_empty(m->mx)) return;
  /* RFC 5321 s5.1: a domain without MX records is its own mail host. */
  m->a = queries_ask(all, domain, DNS_A);
  m->aaaa = queries_ask(all, domain, DNS_AAAA);
  if ((is_answered(m->a) && m->a->count) || (is_answered(m->aaaa) && m->aaaa->count)) m->hosts[m->count++] = *domain;
}

static void ask_destinations(probe *p, queries *all) {
  size_t cursor = 0;
  trpt_rua rua;
  while (p->destination_count < PROBE_DESTINATIONS_MAX &&
         trpt_record_next_rua(&p->conclusion.record, &cursor, &rua) == TRPT_OK) {
    destination *d = &p->destinations[p->destination_count++];
    d->is_usable = rua.usable != 0;
    if (!rua.usable) continue;
    d->is_mail = rua.scheme == TRPT_SCHEME_MAILTO;
    d->has_host = d->is_mail ? domain_of_address(rua.address, &d->host) : domain_of_uri(rua.uri, &d->host);
    if (!d->has_host) continue;
    if (d->is_mail) {
      ask_mail(&d->mail, all, &d->host);
    } else {
      d->a = queries_ask(all, &d->host, DNS_A);
      d->aaaa = queries_ask(all, &d->host, DNS_AAAA);
    }
  }
}

static void ask_elsewhere(probe *p, queries *all) {
  static const char *const names[PROBE_WRONG_NAMES - 1] = {
      "",           "_tls",      "_smtp",     "_tlsrpt",   "_smtp-tlsrpt", "_smtp_tlsrpt",
      "_tls._smtp", "smtp._tls", "_smtp_tls", "_smtp-tls", "_mta-sts",     "_dmarc"};
  for (size_t i = 0; i < PROBE_WRONG_NAMES - 1; i++) p->elsewhere[i] = ask_below(all, names[i], &p->domain, DNS_TXT);
  buffer doubled = {0};
  buffer_text(&doubled, TRPT_RECORD_LABELS ".");
  dns_name_text(&doubled, &p->domain);
  buffer_add(&doubled, "", 1);
  if (!doubled.failed) p->elsewhere[PROBE_WRONG_NAMES - 1] = ask_below(all, doubled.data, &p->domain, DNS_TXT);
  buffer_free(&doubled);
}

trpt_conclusion probe_conclude(const query *record) {
  static const trpt_str no_texts = {"", 0};
  trpt_conclusion conclusion = {.reason = record->failure};
  if (is_answered(record)) trpt_record_conclude(record->count ? record->texts : &no_texts, record->count, &conclusion);
  return conclusion;
}

static bool is_alias(const query *q) { return q->alias_count > 0; }

static void ask_host(mail_host *h, queries *all, const dns_name *host) {
  static const char port[] = "_25._tcp";
  h->tlsa = ask_below(all, port, host, DNS_TLSA);
  h->address = queries_ask(all, host, DNS_A);
  if (!is_answered(h->address) || !is_alias(h->address)) return;
  h->target_tlsa = ask_below(all, port, &h->address->owner, DNS_TLSA);
  if (!h->address->authenticated && is_answered(h->tlsa) && h->tlsa->count)
    h->alias = queries_ask(all, host, DNS_CNAME);
}

/* Names the cause if the record is missing: it explains more than that there is no record. */
static void find_cause(probe *p) {
  trpt_conclusion *c = &p->conclusion;
  const char *code = NULL;
  if (!is_empty(p->record)) return;
  if (p->record->alias_count) {
    code = "check.dangling-alias";
  } else if (p->record->no_name && is_answered(p->mail.mx) && p->mail.mx->no_name) {
    code = "check.no-domain";
  } else if (probe_elsewhere(p, 0) < PROBE_WRONG_NAMES) {
    code = "record.wrong-location";
  }
  if (!code) return;
  c->code = code;
  c->reason = trpt_diagnostic_message(code);
}

size_t probe_elsewhere(const probe *p, size_t from) {
  for (; from < PROBE_WRONG_NAMES; from++) {
    const query *q = p->elsewhere[from];
    if (!q || !is_answered(q)) continue;
    for (size_t i = 0; i < q->count; i++)
      if (trpt_record_kind(q->texts[i].ptr, q->texts[i].len) == TRPT_TEXT_TLSRPT) return from;
  }
  return PROBE_WRONG_NAMES;
}

void probe_ask(probe *p, queries *all, const dns_name *domain, bool with_hosts) {
  *p = (probe){.domain = *domain};
  p->record = ask_below(all, TRPT_RECORD_LABELS, domain, DNS_TXT);
  p->conclusion = probe_conclude(p->record);
  p->sts = ask_below(all, "_mta-sts", domain, DNS_TXT);
  p->root = ask_below(all, "", NULL, DNS_SOA);
  ask_mail(&p->mail, all, domain);
  for (size_t i = 0; i < p->mail.count; i++) {
    ask_host(&p->hosts[i], all, &p->mail.hosts[i]);
    if (with_hosts) p->host_records[i] = ask_below(all, TRPT_RECORD_LABELS, &p->mail.hosts[i], DNS_TXT);
  }
  if (!is_answered(p->record)) return;
  if (!p->conclusion.tlsrpt_count && !p->conclusion.intended_count) ask_elsewhere(p, all);
  if (p->conclusion.record.text.ptr) ask_destinations(p, all);
  find_cause(p);
}
