/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_EMIT_H
#define TRPT_LIB_EMIT_H

/* Diagnostics and errors, from where they are found into the queue of events. */

#include "parser.h"

/* Counts a diagnostic, and queues it if the caller takes it. In strict mode one of error level fails the parser. */
void trpt_emit(trpt_parser *parser, trpt_code code, trpt_position position, trpt_path path);
void trpt_emit_all(trpt_parser *parser, const trpt_codes *codes, trpt_position position, trpt_path path);

/* The report cannot be read on. Only the first error counts. */
void trpt_fail(trpt_parser *parser, trpt_status status, trpt_code code, trpt_position position, trpt_path path);
/* The same with TRPT_E_LIMIT; the message names the limit and its value. */
void trpt_fail_limit(trpt_parser *parser, trpt_limit limit, trpt_position position, trpt_path path);

/* Reading ends at an event, for a reason that lies outside of the text: what was still to be reported is dropped. The
   position is that of the event, since how far the tokenizer has read depends on the chunks. NULL: before the first
   event. */
trpt_status trpt_fail_at_event(trpt_parser *parser, trpt_status status, const trpt_event *event);
trpt_status trpt_fail_at_fault(trpt_parser *parser, trpt_status status, const trpt_error *fault);
trpt_status trpt_fail_limit_at_event(trpt_parser *parser, trpt_limit limit, const trpt_event *event);

/* The position of the token that is being handled. */
static inline trpt_position trpt_position_now(const trpt_parser *parser) {
  return trpt_json_position(&parser->decoder.json, parser->decoder.token.offset);
}

/* The member or context that is being decoded. */
static inline trpt_path trpt_path_now(const trpt_parser *parser) {
  return trpt_path_of(parser->decoder.context, parser->decoder.member);
}

#endif
