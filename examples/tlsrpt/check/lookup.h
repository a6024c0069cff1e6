/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_LOOKUP_H
#define TLSRPT_CHECK_LOOKUP_H

/* Questions to DNS about one domain, and what came of them. */

#include <tlsrpt/status.h>

#include "dns_message.h"
#include "resolver.h"

typedef enum lookup_state { LOOKUP_SENT, LOOKUP_ARRIVED, LOOKUP_ANSWERED, LOOKUP_FAILED } lookup_state;

typedef struct lookup {
  dns_name name;
  uint16_t type;
  lookup_state state;
  bool no_edns;        /* a server does not know it */
  bool asked_others;   /* the first server has failed */
  const char *failure; /* why there is no answer */
  dns_name owner;      /* of the records: another than `name` behind aliases (CNAME) */
  unsigned links;      /* so many */
  /* Of what was answered, aliases included. */
  bool authenticated;
  bool authoritative;
  bool no_name; /* NXDOMAIN */
  uint32_t ttl; /* the shortest */
  uint8_t *answer;
  dns_message message; /* points into it */
  size_t count;        /* records of the type */
  /* TXT: the texts, each joined. */
  trpt_str *texts;
  bool *split; /* whether it was of several strings */
  buffer joined;
  struct lookups *all;
} lookup;

/* The records of the type; begin with dns_message_answers(&l->message). */
bool lookup_next(const lookup *l, dns_cursor *cursor, dns_record *out);

static inline bool lookup_failed(const lookup *l) { return l->state == LOOKUP_FAILED; }

/* Begins as zeros but for the resolver. */
typedef struct lookups {
  resolver *resolver;
  lookup **all;
  size_t count;
  size_t arrived; /* answers and failures so far */
  bool closed;    /* the time is over: what was not asked yet fails */
} lookups;

/* Asks, or finds what was asked before. Never NULL: what cannot be asked has failed. */
const lookup *lookups_ask(lookups *l, const dns_name *name, uint16_t type);

/* Handles what has arrived and counts it. Whether nothing is under way any more. */
bool lookups_settle(lookups *l);

/* The time is over. */
void lookups_close(lookups *l);

void lookups_free(lookups *l);

#endif
