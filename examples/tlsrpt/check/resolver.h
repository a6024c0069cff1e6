/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_RESOLVER_H
#define TLSRPT_CHECK_RESOLVER_H

/* Sends queries and receives answers with c-ares, which handles servers, ports and repetitions. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All resolvers of a run, and their sockets. */
typedef struct network network;

/* One of several resolvers that work at the same time, each with its own ports. */
typedef struct resolver resolver;

/* Does not open the resolvers yet. `milliseconds`: time limit for all queries about one domain. `tcp`: use TCP only. */
network *network_new(size_t resolver_count, int64_t milliseconds, bool tcp);
void network_free(network *n);

/* Adds a server, ADDR, ADDR:PORT or [ADDR]:PORT, to use instead of those of the system. Returns false if the text is
   invalid. */
bool network_add_server(network *n, const char *text);

/* Opens the resolvers: fewer if the process may not have enough descriptors for all. Returns how many; 0 after printing
   a message if that fails. */
size_t network_open(network *n);

resolver *network_resolver(network *n, size_t i);

/* Waits until a socket or the descriptor `input` (-1: none) is ready, or until the time `until`, and handles the
   sockets. Returns whether `input` is readable. */
bool network_wait(network *n, int input, int64_t until);

/* Receives an answer, or the `failure` if there is none. May be called before resolver_ask returns. */
typedef void resolver_done(void *user, const char *failure, const uint8_t *answer, size_t len);

/* How to send a query. */
enum {
  RESOLVER_OTHERS = 1, /* query all servers but the first, and ignore answers that report a failure of the server */
  RESOLVER_TCP = 2     /* over TCP, after an answer over UDP was truncated */
};

/* Sends a query. `how`: a sum of RESOLVER_*. */
void resolver_ask(resolver *r, const uint8_t *question, size_t len, unsigned how, resolver_done *done, void *user);

/* Whether there is more than one server. */
bool resolver_has_others(const resolver *r);

/* Cancels all pending queries: no answer arrived in time. */
void resolver_cancel(resolver *r);

/* Returns a random message ID that an attacker cannot guess. */
uint16_t resolver_id(void);

#endif
