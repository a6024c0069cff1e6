/* SPDX-License-Identifier: MIT */
#include "query.h"

#include <stdlib.h>

#include <tlsrpt/record.h>

#include "../allocate.h"
#include "../standard_output.h"

enum { ALIASES_MAX = 16 };

static const char malformed[] = "the answer is malformed";

static void fail(query *q, const char *why) {
  q->state = QUERY_FAILED;
  q->failure = why;
}

static void done(void *user, const char *failure, const uint8_t *answer, size_t len) {
  query *q = user;
  if (failure && q->is_truncated) {
    fail(q, "the answer over UDP was truncated, and the server gave none over TCP");
    return;
  }
  if (failure) {
    /* If the other servers failed too, report the failure of the first one. */
    fail(q, q->asked_others ? q->failure : failure);
    return;
  }
  q->answer = reallocate(q->answer, len ? len : 1, 1);
  memcpy(q->answer, answer, len);
  q->message = (dns_message){.bytes = q->answer, .len = len};
  q->state = QUERY_ARRIVED;
}

static void send_question(query *q) {
  if (q->all->is_closed) {
    fail(q, "no answer arrived in time");
    return;
  }
  uint8_t question[DNS_QUESTION_MAX_LEN];
  const size_t len = dns_question(question, resolver_id(), &q->owner, q->type, !q->no_edns);
  q->state = QUERY_SENT;
  resolver_ask(q->all->resolver, question, len,
               (q->asked_others ? RESOLVER_OTHERS : 0) | (q->is_truncated ? RESOLVER_TCP : 0), done, q);
}

static const char *failure_of(unsigned rcode) {
  switch (rcode) {
  case DNS_FORMERR: return "the server reported a format error (FORMERR)";
  case DNS_SERVFAIL: return "the server failed (SERVFAIL)";
  case DNS_NOTIMP: return "the server does not support this query (NOTIMP)";
  case DNS_REFUSED: return "the server refused to answer (REFUSED)";
  default: return "the server answered with an error";
  }
}

/* Whether another server may still answer after this failure. */
static bool is_server_failure(unsigned rcode) {
  return rcode == DNS_SERVFAIL || rcode == DNS_NOTIMP || rcode == DNS_REFUSED;
}

/* Finds the next record of this type at the owner. */
static bool find(const query *q, uint16_t type, dns_cursor *cursor, dns_record *out) {
  while (dns_message_next(&q->message, cursor, out))
    if (out->type == type && dns_name_equal(&out->owner, &q->owner)) return true;
  return false;
}

bool query_next(const query *q, dns_cursor *cursor, dns_record *out) { return find(q, q->type, cursor, out); }

static void count_ttl(query *q, uint32_t ttl) {
  /* RFC 2181 s8 */
  if (ttl > INT32_MAX) ttl = 0;
  if (ttl < q->ttl) q->ttl = ttl;
}

/* Sets the owner to the end of the alias chain in this answer. */
static bool follow_aliases(query *q) {
  dns_record r;
  if (q->type == DNS_CNAME) return true;
  for (;;) {
    dns_cursor cursor = dns_message_answers(&q->message);
    dns_cursor beside = cursor;
    dns_record other;
    if (!find(q, DNS_CNAME, &cursor, &r)) return true;
    q->has_both = q->has_both || find(q, q->type, &beside, &other);
    dns_name target;
    if (!dns_record_name(&q->message, &r, 0, &target)) {
      fail(q, malformed);
      return false;
    }
    if (++q->alias_count > ALIASES_MAX) {
      fail(q, "the chain of aliases (CNAME) is a loop or longer than 16");
      return false;
    }
    q->owner = target;
    count_ttl(q, r.ttl);
  }
}

/* Joins the strings of each record. */
static void read_texts(query *q) {
  dns_cursor cursor = dns_message_answers(&q->message);
  dns_record r;
  size_t i = 0;
  q->texts = allocate_zeros(q->count, sizeof *q->texts);
  q->split = allocate_zeros(q->count, sizeof *q->split);
  /* No text is longer than its data, so the buffer is not reallocated below. */
  if (!buffer_reserve(&q->joined, q->message.len)) output_no_memory();
  while (query_next(q, &cursor, &r)) {
    const uint8_t *data = q->message.bytes + r.at;
    char *const to = q->joined.data + q->joined.len;
    size_t len;
    if (trpt_record_join(data, r.len, to, q->joined.capacity - q->joined.len, &len)) {
      fail(q, malformed);
      return;
    }
    q->texts[i] = (trpt_str){to, len};
    q->split[i] = data[0] + 1U < r.len;
    q->joined.len += len;
    i++;
  }
}

static void read_records(query *q) {
  dns_cursor cursor = dns_message_answers(&q->message);
  dns_record r;
  q->count = 0;
  while (query_next(q, &cursor, &r)) {
    count_ttl(q, r.ttl);
    q->count++;
  }
  q->state = QUERY_ANSWERED;
  q->no_name = !q->count && q->message.rcode == DNS_NXDOMAIN;
  if (q->count && q->type == DNS_TXT) read_texts(q);
}

static void read_answer(query *q) {
  dns_message *const m = &q->message;
  if (!q->is_truncated && dns_is_truncated(q->answer, m->len)) {
    q->is_truncated = true;
    send_question(q);
    return;
  }
  if (!dns_message_read(m, q->answer, m->len, &q->owner, q->type)) {
    fail(q, malformed);
    return;
  }
  if (m->rcode == DNS_FORMERR && !q->no_edns) {
    q->no_edns = true;
    send_question(q);
    return;
  }
  if (m->rcode != DNS_NOERROR && m->rcode != DNS_NXDOMAIN) {
    fail(q, failure_of(m->rcode));
    if (!is_server_failure(m->rcode) || q->asked_others || !resolver_has_others(q->all->resolver)) return;
    q->asked_others = true;
    send_question(q);
    return;
  }
  const unsigned alias_count = q->alias_count;
  q->authenticated = q->authenticated && m->authenticated;
  q->authoritative = q->authoritative && m->authoritative;
  if (!follow_aliases(q)) return;
  read_records(q);
  /* A server may know an alias, but not its target. */
  if (!q->count && q->alias_count != alias_count && m->rcode == DNS_NOERROR) {
    q->asked_others = false;
    send_question(q);
  }
}

const query *queries_ask(queries *all, const dns_name *name, uint16_t type) {
  for (size_t i = 0; i < all->count; i++)
    if (all->all[i]->type == type && dns_name_equal(&all->all[i]->name, name)) return all->all[i];
  all->all = reallocate(all->all, all->count + 1, sizeof(query *));
  query *q = allocate_zeros(1, sizeof *q);
  *q = (query){.name = *name,
               .owner = *name,
               .type = type,
               .authenticated = true,
               .authoritative = true,
               .ttl = UINT32_MAX,
               .all = all};
  all->all[all->count++] = q;
  send_question(q);
  return q;
}

bool queries_settle(queries *all) {
  bool settled = true;
  all->arrived = 0;
  for (size_t i = 0; i < all->count; i++) {
    query *const q = all->all[i];
    /* read_answer may send another query, and c-ares may answer it immediately. */
    while (q->state == QUERY_ARRIVED) read_answer(q);
    all->arrived += q->state != QUERY_SENT;
    settled = settled && q->state != QUERY_SENT;
  }
  return settled;
}

void queries_close(queries *all) {
  all->is_closed = true;
  resolver_cancel(all->resolver);
}

void queries_free(queries *all) {
  for (size_t i = 0; i < all->count; i++) {
    query *const q = all->all[i];
    free(q->answer);
    free(q->texts);
    free(q->split);
    buffer_free(&q->joined);
    free(q);
  }
  free(all->all);
  *all = (queries){.resolver = all->resolver};
}
