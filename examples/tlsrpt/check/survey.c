/* SPDX-License-Identifier: MIT */
#include "survey.h"

#include <strings.h>

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
  while (s->destination_count < SURVEY_DESTINATIONS && trpt_record_next_rua(&s->parsed, &cursor, &rua) == TRPT_OK) {
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

static bool is_wrapping(char c) { return c == ' ' || c == '\t' || c == '"' || c == '\''; }

static bool begins(const char *text, size_t len, const char *word) {
  return len >= strlen(word) && strncasecmp(text, word, strlen(word)) == 0;
}

static trpt_str skip_wrapping(trpt_str s) {
  while (s.len && is_wrapping(s.ptr[0])) s = (trpt_str){s.ptr + 1, s.len - 1};
  return s;
}

/* "v", "=" and what follows, if that is how it begins. */
static bool has_version(trpt_str text, trpt_str *version) {
  text = skip_wrapping(text);
  if (!begins(text.ptr, text.len, "v")) return false;
  text = skip_wrapping((trpt_str){text.ptr + 1, text.len - 1});
  if (!begins(text.ptr, text.len, "=")) return false;
  *version = skip_wrapping((trpt_str){text.ptr + 1, text.len - 1});
  return true;
}

bool survey_is_tlsrpt(trpt_str text) {
  trpt_str version;
  return has_version(text, &version) && begins(version.ptr, version.len, "TLSRPT");
}

bool survey_is_meant(trpt_str text) {
  trpt_str version;
  if (has_version(text, &version)) return begins(version.ptr, version.len, "TLSRPT");
  for (size_t i = 0; i < text.len; i++)
    if (begins(text.ptr + i, text.len - i, "TLSRPT") || begins(text.ptr + i, text.len - i, "rua=")) return true;
  return false;
}

void survey_ask(survey *s, lookups *l, const dns_name *domain, bool with_hosts) {
  *s = (survey){.domain = *domain};
  s->record = ask_below(l, "_smtp._tls", domain, DNS_TXT);
  s->sts = ask_below(l, "_mta-sts", domain, DNS_TXT);
  s->root = ask_below(l, "", NULL, DNS_SOA);
  ask_mail(&s->mail, l, domain);
  for (size_t i = 0; i < s->mail.count; i++) {
    s->tlsa[i] = ask_below(l, "_25._tcp", &s->mail.hosts[i], DNS_TLSA);
    if (with_hosts) s->host_records[i] = ask_below(l, "_smtp._tls", &s->mail.hosts[i], DNS_TXT);
  }
  if (!is_known(s->record)) return;
  bool any = false;
  for (size_t i = 0; i < s->record->count; i++) any = any || survey_is_meant(s->record->texts[i]);
  if (!any) ask_elsewhere(s, l);
  s->has_parsed = trpt_record_select(s->record->texts, s->record->count, 0, &s->parsed, NULL) == TRPT_OK;
  if (s->has_parsed) ask_destinations(s, l);
}
