/* SPDX-License-Identifier: MIT */
/* Reports the library's diagnostics about the record, and those that need DNS. */

#include "check_diagnostics.h"

#include <string.h>

#include "../diagnostic_output.h"
#include "../standard_output.h"
#include "answer.h"

typedef struct receiver {
  check_diagnostic_fn *fn;
  void *user;
  trpt_str text;    /* the diagnosed text */
  size_t remaining; /* diagnostics about it that may still be reported */
} receiver;

/* Limits for hostile texts, which may have thousands of diagnostics. */
enum { DIAGNOSTICS_PER_TEXT_MAX = 50, TEXTS_MAX = 4 };

static const trpt_str no_text = {NULL, 0};

/* `message`: NULL for the message of the catalogue. */
static void report(const receiver *to, const char *code, const char *where, const char *message) {
  trpt_diagnostic d = diagnostic_of(code, where);
  if (message) d.message = message;
  to->fn(to->user, &d, no_text);
}

static void report_at(const receiver *to, const char *code, const dns_name *name) {
  buffer where = {0};
  dns_name_text(&where, name);
  buffer_add(&where, "", 1);
  if (where.failed) output_no_memory();
  report(to, code, where.data, NULL);
  buffer_free(&where);
}

static int pass_on(void *user, const trpt_diagnostic *d) {
  receiver *to = user;
  to->fn(to->user, d, to->text);
  return --to->remaining == 0;
}

static trpt_text_kind kind_of(trpt_str text) { return trpt_record_kind(text.ptr, text.len); }

static void report_elsewhere(const receiver *to, const probe *p) {
  for (size_t i = probe_elsewhere(p, 0); i < PROBE_WRONG_NAMES; i = probe_elsewhere(p, i + 1))
    report_at(to, "record.wrong-location", &p->elsewhere[i]->name);
}

/* Why no text is meant to be a record. */
static void report_missing(const receiver *to, const probe *p) {
  const char *code = p->conclusion.code;
  if (strcmp(code, "record.wrong-location") == 0) return; /* reported with each name */
  report_at(to, code, strcmp(code, "check.no-domain") == 0 ? &p->domain : &p->record->owner);
}

static void report_texts(receiver *to, const probe *p) {
  const query *r = p->record;
  const trpt_conclusion *c = &p->conclusion;
  bool is_split = false;
  size_t reported = 0;
  if (c->status == TRPT_E_MANY_RECORDS) report_at(to, "record.multiple-records", &r->name);
  if (r->has_both) report_at(to, "check.alias-and-txt", &r->name);
  if (!c->tlsrpt_count && !c->intended_count) report_missing(to, p);
  if (c->unrelated_count) report_at(to, "record.unrelated-txt", &r->name);
  for (size_t i = 0; i < r->count; i++) {
    if (kind_of(r->texts[i]) == TRPT_TEXT_UNRELATED) continue;
    is_split = is_split || r->split[i];
    if (reported++ >= TEXTS_MAX) continue;
    to->text = r->texts[i];
    to->remaining = DIAGNOSTICS_PER_TEXT_MAX;
    trpt_record_diagnose(to->text.ptr, to->text.len, pass_on, to);
  }
  if (is_split) report_at(to, "record.split-strings", &r->name);
}

static bool shares_host(const mail_hosts *a, const mail_hosts *b) {
  for (size_t i = 0; i < a->count; i++)
    for (size_t j = 0; j < b->count; j++)
      if (dns_name_equal(&a->hosts[i], &b->hosts[j])) return true;
  return false;
}

/* `message`: NULL for the message of the catalogue. */
static void report_rua(const receiver *to, const char *code, size_t index, const char *message) {
  buffer where = {0};
  buffer_text(&where, "rua[");
  buffer_number(&where, index);
  buffer_add(&where, "]", 2);
  if (where.failed) output_no_memory();
  report(to, code, where.data, message);
  buffer_free(&where);
}

static void report_destinations(const receiver *to, const probe *p) {
  for (size_t i = 0; i < p->destination_count; i++) {
    const destination *d = &p->destinations[i];
    if (!d->is_usable) continue;
    const char *code;
    if (answer_destination(d, &code) != ANSWER_YES) report_rua(to, code, i, answer_destination_message(d, code));
    if (d->is_mail && shares_host(&d->mail, &p->mail)) report_rua(to, "record.self-hosted-mailto", i, NULL);
    if (d->has_host && !dns_name_is_within(&d->host, &p->domain)) report_rua(to, "record.external-domain", i, NULL);
  }
  if (p->destination_count < p->conclusion.record.rua_count)
    report_rua(to, "check.not-looked-up", p->destination_count,
               "This destination and those after it were not looked up. The command looks up at most 20.");
}

/* A cache counts the TTL down, so only that of an authoritative answer says what the owner chose. */
static void report_ttl(const receiver *to, const query *r) {
  enum { MIN_TTL = 3600 };
  if (!r->authoritative || r->ttl >= MIN_TTL) return;
  buffer message = {0};
  buffer_text(&message, "The TTL of the record is ");
  buffer_number(&message, r->ttl);
  buffer_text(&message, " seconds. A short TTL makes it easier for an attacker to hide the record.");
  buffer_add(&message, "", 1);
  if (message.failed) output_no_memory();
  report(to, "record.low-ttl", "", message.data);
  buffer_free(&message);
}

/* TLSA records of an alias count for some senders. */
static void report_hosts(const receiver *to, const probe *p) {
  for (size_t i = 0; i < p->mail.count; i++)
    if (p->hosts[i].target_tlsa && answer_tlsa(&p->hosts[i]) == ANSWER_YES)
      report_at(to, "check.mx-alias", &p->mail.hosts[i]);
}

static void report_record(receiver *to, const probe *p) {
  report_elsewhere(to, p);
  report_texts(to, p);
  if (!p->conclusion.record.text.ptr) return;
  report_destinations(to, p);
  report_ttl(to, p->record);
  if (answer_signed(p, p->record) == ANSWER_NO) report(to, "record.no-dnssec", "", NULL);
}

void check_diagnose(const probe *p, check_diagnostic_fn *fn, void *user) {
  receiver to = {.fn = fn, .user = user};
  if (!query_failed(p->record)) report_record(&to, p);
  report_hosts(&to, p);
}
