/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_QUERY_H
#define TLSRPT_CHECK_QUERY_H

/* Queries to DNS about one domain, with aliases followed. */

#include <tlsrpt/status.h>

#include "dns_message.h"
#include "resolver.h"

typedef enum query_state { QUERY_SENT, QUERY_ARRIVED, QUERY_ANSWERED, QUERY_FAILED } query_state;

typedef struct query {
  dns_name name;
  uint16_t type;
  query_state state;
  bool no_edns;        /* a server does not know EDNS */
  bool asked_others;   /* the first server has failed */
  const char *failure; /* why there is no answer */
  dns_name owner;      /* of the records: differs from `name` after aliases (CNAME) */
  unsigned links;      /* aliases that were followed */
  /* Of all answers, those with aliases included. */
  bool authenticated;
  bool authoritative;
  bool no_name; /* NXDOMAIN */
  uint32_t ttl; /* the shortest */
  uint8_t *answer;
  dns_message message; /* points into it */
  size_t count;        /* records of the type */
  /* TXT: the texts, each joined. */
  trpt_str *texts;
  bool *split; /* whether a text was split into several strings */
  buffer joined;
  struct queries *all;
} query;

/* Finds the next record of the type. The cursor begins as dns_message_answers(&q->message). */
bool query_next(const query *q, dns_cursor *cursor, dns_record *out);

static inline bool query_failed(const query *q) { return q->state == QUERY_FAILED; }

/* Begins as zeros, apart from the resolver. */
typedef struct queries {
  resolver *resolver;
  query **all;
  size_t count;
  size_t arrived; /* answers and failures so far */
  bool closed;    /* time is up: further queries fail */
} queries;

/* Sends a query, or finds the same one sent before. Never NULL: a query that cannot be sent has failed. */
const query *queries_ask(queries *all, const dns_name *name, uint16_t type);

/* Reads and counts the answers that have arrived. Returns whether no query is pending. */
bool queries_settle(queries *all);

/* Time is up. */
void queries_close(queries *all);

void queries_free(queries *all);

#endif
