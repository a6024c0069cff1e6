/* SPDX-License-Identifier: MIT */
#include "lookup.h"

#include <stdlib.h>

#include <tlsrpt/record.h>

#include "../memory.h"
#include "../output.h"

enum { MAX_LINKS = 16 };

static const char unreadable[] = "the answer cannot be read";

static void fail(lookup *l, const char *why) {
  l->state = LOOKUP_FAILED;
  l->failure = why;
}

static void done(void *user, const char *failure, const uint8_t *answer, size_t len) {
  lookup *l = user;
  if (failure) {
    /* Where the other servers could do no better, what the first one said tells more. */
    fail(l, l->asked_others ? l->failure : failure);
    return;
  }
  l->answer = memory_resize(l->answer, len ? len : 1, 1);
  memcpy(l->answer, answer, len);
  l->message = (dns_message){.bytes = l->answer, .len = len};
  l->state = LOOKUP_ARRIVED;
}

static void send_question(lookup *l) {
  if (l->all->closed) {
    fail(l, "no answer came in time");
    return;
  }
  uint8_t question[DNS_QUESTION_MAX];
  const size_t len = dns_question(question, resolver_id(), &l->owner, l->type, !l->no_edns);
  l->state = LOOKUP_SENT;
  resolver_ask(l->all->resolver, question, len, l->asked_others, done, l);
}

static const char *failure_of(unsigned rcode) {
  switch (rcode) {
  case DNS_FORMERR: return "the server does not understand the question (FORMERR)";
  case DNS_SERVFAIL: return "the server failed (SERVFAIL)";
  case DNS_NOTIMP: return "the server does not answer such questions (NOTIMP)";
  case DNS_REFUSED: return "the server refused to answer (REFUSED)";
  default: return "the server answered with an error";
  }
}

/* A server may not be able to answer, and another one may. */
static bool is_failure(unsigned rcode) { return rcode == DNS_SERVFAIL || rcode == DNS_NOTIMP || rcode == DNS_REFUSED; }

/* Whether `out` is the first record of this type at the owner. */
static bool find(const lookup *l, uint16_t type, dns_cursor *cursor, dns_record *out) {
  while (dns_message_next(&l->message, cursor, out))
    if (out->type == type && dns_name_equal(&out->owner, &l->owner)) return true;
  return false;
}

bool lookup_next(const lookup *l, dns_cursor *cursor, dns_record *out) { return find(l, l->type, cursor, out); }

static void count_ttl(lookup *l, uint32_t ttl) {
  /* RFC 2181 s8 */
  if (ttl > INT32_MAX) ttl = 0;
  if (ttl < l->ttl) l->ttl = ttl;
}

/* Goes on to the owner at the end of the aliases, as far as this answer has them. */
static bool follow_aliases(lookup *l) {
  dns_record r;
  for (;;) {
    dns_cursor cursor = dns_message_answers(&l->message);
    if (!find(l, DNS_CNAME, &cursor, &r)) return true;
    dns_name target;
    if (!dns_record_name(&l->message, &r, 0, &target)) {
      fail(l, unreadable);
      return false;
    }
    if (++l->links > MAX_LINKS) {
      fail(l, "the aliases (CNAME) lead in a circle, or are more than 16");
      return false;
    }
    l->owner = target;
    count_ttl(l, r.ttl);
  }
}

/* The text of each record. */
static void read_texts(lookup *l) {
  dns_cursor cursor = dns_message_answers(&l->message);
  dns_record r;
  size_t i = 0;
  l->texts = memory_zeros(l->count, sizeof *l->texts);
  l->split = memory_zeros(l->count, sizeof *l->split);
  /* No text is longer than its data; so nothing below moves. */
  if (!buffer_reserve(&l->joined, l->message.len)) output_no_memory();
  while (lookup_next(l, &cursor, &r)) {
    const uint8_t *data = l->message.bytes + r.at;
    char *to = l->joined.data + l->joined.len;
    size_t len;
    if (trpt_record_join(data, r.len, to, l->joined.capacity - l->joined.len, &len)) {
      fail(l, unreadable);
      return;
    }
    l->texts[i] = (trpt_str){to, len};
    l->split[i] = data[0] + 1U < r.len;
    l->joined.len += len;
    i++;
  }
}

static void read_records(lookup *l) {
  dns_cursor cursor = dns_message_answers(&l->message);
  dns_record r;
  l->count = 0;
  while (lookup_next(l, &cursor, &r)) {
    count_ttl(l, r.ttl);
    l->count++;
  }
  l->state = LOOKUP_ANSWERED;
  l->no_name = !l->count && l->message.rcode == DNS_NXDOMAIN;
  if (l->count && l->type == DNS_TXT) read_texts(l);
}

static void read_answer(lookup *l) {
  dns_message *m = &l->message;
  if (!dns_message_read(m, l->answer, m->len, &l->owner, l->type)) {
    fail(l, unreadable);
    return;
  }
  if (m->rcode == DNS_FORMERR && !l->no_edns) {
    l->no_edns = true;
    send_question(l);
    return;
  }
  if (m->rcode != DNS_NOERROR && m->rcode != DNS_NXDOMAIN) {
    fail(l, failure_of(m->rcode));
    if (!is_failure(m->rcode) || l->asked_others || !resolver_has_others(l->all->resolver)) return;
    l->asked_others = true;
    send_question(l);
    return;
  }
  const unsigned links = l->links;
  l->authenticated = l->authenticated && m->authenticated;
  l->authoritative = l->authoritative && m->authoritative;
  if (!follow_aliases(l)) return;
  read_records(l);
  /* A server may know an alias and not what is behind it. */
  if (!l->count && l->links != links && m->rcode == DNS_NOERROR) {
    l->asked_others = false;
    send_question(l);
  }
}

const lookup *lookups_ask(lookups *all, const dns_name *name, uint16_t type) {
  for (size_t i = 0; i < all->count; i++)
    if (all->all[i]->type == type && dns_name_equal(&all->all[i]->name, name)) return all->all[i];
  all->all = memory_resize(all->all, all->count + 1, sizeof(lookup *));
  lookup *l = memory_zeros(1, sizeof *l);
  *l = (lookup){.name = *name,
                .owner = *name,
                .type = type,
                .authenticated = true,
                .authoritative = true,
                .ttl = UINT32_MAX,
                .all = all};
  all->all[all->count++] = l;
  send_question(l);
  return l;
}

bool lookups_settle(lookups *all) {
  bool settled = true;
  all->arrived = 0;
  for (size_t i = 0; i < all->count; i++) {
    lookup *l = all->all[i];
    /* c-ares may answer at once. */
    while (l->state == LOOKUP_ARRIVED) read_answer(l);
    all->arrived += l->state != LOOKUP_SENT;
    settled = settled && l->state != LOOKUP_SENT;
  }
  return settled;
}

void lookups_close(lookups *all) {
  all->closed = true;
  resolver_cancel(all->resolver);
}

void lookups_free(lookups *all) {
  for (size_t i = 0; i < all->count; i++) {
    lookup *l = all->all[i];
    free(l->answer);
    free(l->texts);
    free(l->split);
    buffer_free(&l->joined);
    free(l);
  }
  free(all->all);
  *all = (lookups){.resolver = all->resolver};
}
