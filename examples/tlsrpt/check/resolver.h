/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_RESOLVER_H
#define TLSRPT_CHECK_RESOLVER_H

/* Sends questions and receives answers, by c-ares: servers, ports, repetitions, TCP where an answer does not fit. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All resolvers of one run, and their sockets. */
typedef struct network network;

/* One of several that ask at the same time, each from ports of its own. */
typedef struct resolver resolver;

/* Opens none yet. `milliseconds`: how long all questions about one domain may take. */
network *network_new(size_t resolver_count, int64_t milliseconds, bool tcp);
void network_free(network *n);

/* A further server, in place of those of the system: ADDR, ADDR:PORT or [ADDR]:PORT. False where it is none of these. */
bool network_add_server(network *n, const char *text);

/* Opens the resolvers; false where that failed, which has been told. */
bool network_open(network *n);

resolver *network_resolver(network *n, size_t i);

/* Waits until a socket or `input` (-1: none) has something, or until the time comes, and handles it. Returns whether there is
   input. */
bool network_wait(network *n, int input, int64_t until);

/* `failure`: why there is no answer, or NULL. May be called before resolver_ask returns. */
typedef void resolver_done(void *user, const char *failure, const uint8_t *answer, size_t len);

/* `others`: pass over the first server, and take from the others only what is no failure of theirs. */
void resolver_ask(resolver *r, const uint8_t *question, size_t len, bool others, resolver_done *done, void *user);

/* Whether there is more than one server. */
bool resolver_has_others(const resolver *r);

/* Ends all that is under way: no answer came in time. */
void resolver_cancel(resolver *r);

/* A number that nobody can guess. */
uint16_t resolver_id(void);

#endif
