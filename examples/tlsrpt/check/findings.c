/* SPDX-License-Identifier: MIT */
/* Findings: about the record's text by the library, about what DNS has beside it here. */
#include <string.h>

#include "../finding.h"
#include "../output.h"
#include "judge.h"

typedef struct listing {
  judge_fn *fn;
  void *user;
  trpt_str text; /* that is being diagnosed */
  size_t left;   /* findings that are still told about it */
} listing;

/* What one text may give: a hostile one has thousands. */
enum { FINDINGS_A_TEXT = 50, TEXTS = 4 };

static const trpt_str no_text = {NULL, 0};

/* `message`: NULL for that of the catalogue. */
static void tell(const listing *l, const char *code, const char *where, const char *message) {
  trpt_diagnostic d = finding_of(code, where);
  if (message) d.message = message;
  l->fn(l->user, &d, no_text);
}

static void tell_at(const listing *l, const char *code, const dns_name *name) {
  buffer where = {0};
  dns_name_text(&where, name);
  buffer_add(&where, "", 1);
  if (where.failed) output_no_memory();
  tell(l, code, where.data, NULL);
  buffer_free(&where);
}

static int pass_on(void *user, const trpt_diagnostic *d) {
  listing *l = user;
  l->fn(l->user, d, l->text);
  return --l->left == 0;
}

static bool is_nothing(const lookup *l) { return l && !lookup_failed(l) && !l->count; }
static bool is_something(const lookup *l) { return l && !lookup_failed(l) && l->count; }

static trpt_text_kind kind_of(trpt_str text) { return trpt_record_kind(text.ptr, text.len); }

static bool tell_elsewhere(const listing *l, const survey *s) {
  bool any = false;
  for (size_t i = 0; i < SURVEY_ELSEWHERE; i++) {
    const lookup *e = s->elsewhere[i];
    size_t j = 0;
    while (is_something(e) && j < e->count && kind_of(e->texts[j]) != TRPT_TEXT_TLSRPT) j++;
    if (!is_something(e) || j == e->count) continue;
    tell_at(l, "record.wrong-location", &e->name);
    any = true;
  }
  return any;
}

/* `elsewhere`: a diagnostic about another name has said already that there is no record here. */
static void tell_texts(listing *l, const survey *s, bool elsewhere) {
  const lookup *r = s->record;
  const trpt_conclusion *c = &s->conclusion;
  bool is_split = false;
  size_t told = 0;
  if (c->status == TRPT_E_MANY_RECORDS) tell_at(l, "record.multiple-records", &r->name);
  if (!c->tlsrpt_count && !c->intended_count && !elsewhere) tell_at(l, "record.no-record", &r->name);
  if (c->unrelated_count) tell_at(l, "record.unrelated-txt", &r->name);
  for (size_t i = 0; i < r->count; i++) {
    if (kind_of(r->texts[i]) == TRPT_TEXT_UNRELATED) continue;
    is_split = is_split || r->split[i];
    if (told++ >= TEXTS) continue;
    l->text = r->texts[i];
    l->left = FINDINGS_A_TEXT;
    trpt_record_diagnose(l->text.ptr, l->text.len, pass_on, l);
  }
  if (is_split) tell_at(l, "record.split-strings", &r->name);
}

static bool shares_host(const mail_hosts *a, const mail_hosts *b) {
  for (size_t i = 0; i < a->count; i++)
    for (size_t j = 0; j < b->count; j++)
      if (dns_name_equal(&a->hosts[i], &b->hosts[j])) return true;
  return false;
}

/* The finding about how reports get there, or NULL. */
static const char *judge_destination(const survey *s, const destination *d) {
  if (d->is_mail) {
    if (d->mail.count) return shares_host(&d->mail, &s->mail) ? "record.self-hosted-mailto" : NULL;
    if (d->mail.refuses) return "check.null-mx";
    return is_nothing(d->mail.a) && is_nothing(d->mail.aaaa) ? "check.no-mail-host" : "check.not-found-out";
  }
  if (is_something(d->a) || is_something(d->aaaa)) return NULL;
  return is_nothing(d->a) && is_nothing(d->aaaa) ? "check.no-address" : "check.not-found-out";
}

static void tell_destinations(const listing *l, const survey *s) {
  for (size_t i = 0; i < s->destination_count; i++) {
    const destination *d = &s->destinations[i];
    if (!d->has_host) continue;
    buffer where = {0};
    buffer_text(&where, "rua[");
    buffer_number(&where, i);
    buffer_add(&where, "]", 2);
    if (where.failed) output_no_memory();
    const char *code = judge_destination(s, d);
    if (code) tell(l, code, where.data, NULL);
    if (!dns_name_is_within(&d->host, &s->domain)) tell(l, "record.external-domain", where.data, NULL);
    buffer_free(&where);
  }
}

/* A cache counts the time down, so that what is short there says less. */
static void tell_ttl(const listing *l, const lookup *r) {
  enum { SHORT = 3600, SHORT_IN_CACHE = 300 };
  if (r->ttl >= (r->authoritative ? SHORT : SHORT_IN_CACHE)) return;
  buffer message = {0};
  buffer_text(&message, "The record has ");
  buffer_number(&message, r->ttl);
  buffer_text(&message, r->authoritative ? " seconds to live" : " seconds left to live in this server's cache");
  buffer_text(&message, ": the shorter, the more easily an attacker can hide it.");
  buffer_add(&message, "", 1);
  if (message.failed) output_no_memory();
  tell(l, "record.low-ttl", "", message.data);
  buffer_free(&message);
}

void judge_findings(const survey *s, judge_fn *fn, void *user) {
  listing l = {.fn = fn, .user = user};
  if (lookup_failed(s->record)) return;
  tell_texts(&l, s, tell_elsewhere(&l, s));
  if (!s->conclusion.record.text.ptr) return;
  tell_destinations(&l, s);
  tell_ttl(&l, s->record);
  if (judge_signed(s, s->record) == ANSWER_NO) tell(&l, "record.no-dnssec", "", NULL);
}
