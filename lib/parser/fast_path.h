/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FAST_PATH_H
#define TRPT_LIB_FAST_PATH_H

/* The fast path of the decoder, for text as nearly all senders write it. */

#include "parser.h"

/* Something else has to be done before the next token. */
static inline bool trpt_must_stop(const trpt_parser *parser) {
  return trpt_events_wait(&parser->events) | parser->deferred.work;
}

/* Whether the next token may be for the fast path: it may come after a comma, no value that is skipped has begun, and objects and
   arrays nest as RFC 8460 says. */
static inline bool trpt_is_for_fast_path(const trpt_decoder *decoder) {
  const unsigned expected =
      1U << TRPT_EXPECT_COMMA_OR_END | 1U << TRPT_EXPECT_KEY_OR_END | 1U << TRPT_EXPECT_VALUE_OR_END;
  return !(decoder->skip_depth | decoder->misplaced) && expected >> decoder->json.expect & 1 &&
         !(decoder->json.inside | decoder->is_exact);
}

/* Reads members, elements and ends until something else has to be done before the next token, or until the next one is not for
   the fast path. Then nothing of it is consumed. */
void trpt_fast_path(trpt_parser *parser);

#endif
