/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FAST_PATH_H
#define TRPT_LIB_FAST_PATH_H

/* The fast path of the decoder, for text as nearly all senders write it. */

#include "parser.h"

/* Something else has to be done before the next token. */
static inline bool trpt_must_stop(const trpt_parser *parser) {
  return trpt_events_wait(&parser->events) | parser->deferred.work;
}

/* Reads members, elements and ends until something else has to be done before the next token, or until the next one is not for
   the fast path. Then nothing of it is consumed. */
void trpt_fast_path(trpt_parser *parser);

#endif
