/* SPDX-License-Identifier: MIT */
#include "survey.h"

#include <string.h>

#include "host.h"

static const lookup *ask_below(lookups *l, const char *labels, const dns_name *parent, uint16_t type) {
  dns_name name;
  return dns_name_below(&name, labels, strlen(labels), parent) ? lookups_ask(l, &name, type) : NULL;
}

static bool is_known(const lookup *l) { return l && l->state == LOOKUP_ANSWERED; }

static bool is_empty(const lookup *l) { return is_known(l) && !l->count; }

/* Reads MX records by rising preference, and each host once. */
static void read_mx(mail_hosts *m) {
  unsigned preferences[SURVEY_HOSTS] = {0};
  dns_cursor cursor = dns_message_answers(&m->mx->message);
  dns_record r;
  while (lookup_next(m->mx, &cursor, &r)) {
    dns_name host;
    if (r.len < 3 || !dns_record_name(&m->mx->message, &r, 2, &host)) continue;
    if (dns_name_is_root(&host)) {
      m->refuses = true;
      continue;
    }
    const unsigned preference = (unsigned)m->mx->message.bytes[r.at] << 8 | m->mx->message.bytes[r.at + 1];
    bool again = false;
    for (size_t i = 0; i < m->count && !again; i++) again = dns_name_equal(&m->hosts[i], &host);
    if (again) continue;
    size_t at = m->count;
    while (at && preferences[at - 1] > preference) at--;
    if (m->count == SURVEY_HOSTS) {
      m->left_out++;
      if (at == SURVEY_HOSTS) continue;
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

static void ask_mail(mail_hosts *m, lookups *l, const dns_name *domain) {
  m->mx = lookups_ask(l, domain, DNS_MX);
  if (is_known(m->mx)) read_mx(m);
  if (!is_empty(m->mx)) return;
  /* RFC 5321 s5.1: without MX the domain itself is its host. */
  m->a = lookups_ask(l, domain, DNS_A);
  m->aaaa = lookups_ask(l, domain, DNS_AAAA);
  if ((is_known(m->a) && m->a->count) || (is_known(m->aaaa) && m->aaaa->count)) m->hosts[m->count++] = *domain;
}

static void ask_destinations(survey *s, lookups *l) {
  size_t cursor = 0;
  trpt_rua rua;
  while (s->destination_count < SURVEY_DESTINATIONS &&
         trpt_record_next_rua(&s->conclusion.record, &cursor, &rua) == TRPT_OK) {
    destination *d = &s->destinations[s->destination_count++];
    if (!rua.usable) continue;
    d->is_mail = rua.scheme == TRPT_SCHEME_MAILTO;
    d->has_host = d->is_mail ? host_of_address(rua.address, &d->host) : host_of_uri(rua.uri, &d->host);
    if (!d->has_host) continue;
    if (d->is_mail) {
      ask_mail(&d->mail, l, &d->host);
    } else {
      d->a = lookups_ask(l, &d->host, DNS_A);
      d->aaaa = lookups_ask(l, &d->host, DNS_AAAA);
    }
  }
}

static void ask_elsewhere(survey *s, lookups *l) {
  static const char *const names[SURVEY_ELSEWHERE - 1] = {
      "", "_tls", "_smtp", "_tlsrpt", "_smtp-tlsrpt", "_smtp_tlsrpt", "_tls._smtp"};
  for (size_t i = 0; i < SURVEY_ELSEWHERE - 1; i++) s->elsewhere[i] = ask_below(l, names[i], &s->domain, DNS_TXT);
  buffer doubled = {0};
  buffer_text(&doubled, "_smtp._tls.");
  dns_name_text(&doubled, &s->domain);
  buffer_add(&doubled, "", 1);
  if (!doubled.failed) s->elsewhere[SURVEY_ELSEWHERE - 1] = ask_below(l, doubled.data, &s->domain, DNS_TXT);
  buffer_free(&doubled);
}

trpt_conclusion survey_conclude(const lookup *record) {
  static const trpt_str nothing = {"", 0};
  trpt_conclusion conclusion = {.reason = record->failure};
  if (is_known(record)) trpt_record_conclude(record->count ? record->texts : &nothing, record->count, &conclusion);
  return conclusion;
}

void survey_ask(survey *s, lookups *l, const dns_name *domain, bool with_hosts) {
  *s = (survey){.domain = *domain};
  s->record = ask_below(l, "_smtp._tls", domain, DNS_TXT);
  s->conclusion = survey_conclude(s->record);
  s->sts = ask_below(l, "_mta-sts", domain, DNS_TXT);
  s->root = ask_below(l, "", NULL, DNS_SOA);
  ask_mail(&s->mail, l, domain);
  for (size_t i = 0; i < s->mail.count; i++) {
    s->tlsa[i] = ask_below(l, "_25._tcp", &s->mail.hosts[i], DNS_TLSA);
    if (with_hosts) s->host_records[i] = ask_below(l, "_smtp._tls", &s->mail.hosts[i], DNS_TXT);
  }
  if (!is_known(s->record)) return;
  if (!s->conclusion.tlsrpt_count && !s->conclusion.intended_count) ask_elsewhere(s, l);
  if (s->conclusion.record.text.ptr) ask_destinations(s, l);
}
