/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PUSH_H
#define TRPT_LIB_PUSH_H

/* Callbacks for events: a loop over trpt_read_next. */

#include <tlsrpt/parser.h>

typedef struct trpt_push {
  trpt_handler handler; /* each member may be NULL */
  void *user;
} trpt_push;

#endif
