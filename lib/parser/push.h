/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PUSH_H
#define TRPT_LIB_PUSH_H

/* Callbacks for events: a loop over trpt_read_next. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

typedef struct trpt_push {
  trpt_handler handler; /* each member may be NULL */
  void *user;
  bool calls; /* the events of this call go to the callbacks */
} trpt_push;

#endif
