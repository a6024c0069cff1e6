/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_QUERY_H
#define TLSRPT_CHECK_QUERY_H

/* DNS queries about one domain. Aliases are followed. */

#include <tlsrpt/status.h>

#include "dns_message.h"
#include "resolver.h"

typedef enum query_state { QUERY_SENT, QUERY_ARRIVED, QUERY_ANSWERED, QUERY_FAILED } query_state;

typedef struct query {
  dns_name name;
  uint16_t type;
  query_state state;
  bool no_edns;         /* a server does not support EDNS */
  bool asked_others;    /* the first server failed, and the others were queried */
  bool is_truncated;    /* an answer over UDP was truncated, so TCP is used */
  const char *failure;  /* why there is no answer */
  dns_name owner;       /* of the records; differs from `name` if there are aliases (CNAME) */
  unsigned alias_count; /* aliases that were followed */
  bool has_both;        /* an alias has records of the type beside it, which RFC 1034 s3.6.2 forbids */
  /* For all answers together, including those with aliases. */
  bool authenticated;
  bool authoritative;
  bool no_name; /* NXDOMAIN */
  uint32_t ttl; /* the shortest one */
  uint8_t *answer;
  dns_message message; /* points into `answer` */
  size_t count;        /* number of records of the type */
  /* TXT: the strings of each record, joined to one text. */
  trpt_str *texts;
  bool *split; /* for each text, whether it consists of several strings */
  buffer joined;
  struct queries *all;
} query;

/* Finds the next record of the type. Initialize the cursor with dns_message_answers(&q->message). */
bool query_next(const query *q, dns_cursor *cursor, dns_record *out);

static inline bool query_failed(const query *q) { return q->state == QUERY_FAILED; }

/* Initialize with zeros, except for the resolver. */
typedef struct queries {
  resolver *resolver;
  query **all;
  size_t count;
  size_t arrived; /* answers and failures so far */
  bool is_closed; /* time is up, so further queries fail */
} queries;

/* Sends a query, or returns an earlier query with the same name and type. Never returns NULL: a query that cannot be
   sent has failed. */
const query *queries_ask(queries *all, const dns_name *name, uint16_t type);

/* Reads and counts the answers that have arrived. Returns true if no query is pending. */
bool queries_settle(queries *all);

/* Ends all pending queries because time is up. */
void queries_close(queries *all);

void queries_free(queries *all);

#endif
