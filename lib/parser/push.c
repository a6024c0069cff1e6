/* SPDX-License-Identifier: MIT */
#include "push.h"

#include "../base/versioned.h"
#include "callback.h"
#include "emit.h"
#include "read.h"

trpt_status trpt_parser_set_handler(trpt_parser *parser, const trpt_handler *handler, void *user) {
  trpt_handler all;
  const trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!handler || !trpt_versioned_copy(&all, sizeof all, handler)) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  parser->push = (trpt_push){all, user, false};
  return TRPT_OK;
}

/* The fault of a text. Returns TRPT_OK to continue. `*first` is the first one for which there is no callback. */
static trpt_status hand_over_fault(trpt_parser *parser, trpt_error *first) {
  const trpt_error fault = parser->events.failed;
  if (parser->push.handler.on_fault) {
    if (trpt_callback_call_fault(parser)) return trpt_fail_at_fault(parser, TRPT_E_CANCELED, &fault);
  } else if (!first->status) {
    *first = fault;
  }
  trpt_events_go_on(&parser->events);
  return TRPT_OK;
}

/* Reads to the end of the chunk and calls back. */
static trpt_status push_all(trpt_parser *parser, trpt_error *first) {
  const trpt_event *event;
  for (;;) {
    trpt_status status = trpt_read_next(parser, &event);
    if (status == TRPT_OK) {
      if (trpt_callback_call(parser, *event)) return trpt_fail_at_event(parser, TRPT_E_CANCELED, event);
    } else if (status < 0 && trpt_events_has_returned(&parser->events)) {
      status = hand_over_fault(parser, first);
    }
    if (status != TRPT_OK) return status;
  }
}

static trpt_status push(trpt_parser *parser, const void *data, size_t len) {
  trpt_error first; /* the rest is set with it */
  first.status = TRPT_OK;
  if (trpt_read_is_for_tree(parser)) return trpt_call_refuse(parser, TRPT_E_STATE);
  trpt_status status = trpt_read_begin(parser, data, len, parser->push.handler.on_diagnostic != NULL);
  if (status != TRPT_OK) return status;
  parser->push.calls = true;
  status = push_all(parser, &first);
  parser->push.calls = false;
  trpt_read_end(parser, status);
  if (!first.status) return status < 0 ? status : TRPT_OK;
  parser->call.error = first;
  return first.status;
}

trpt_status trpt_parser_feed(trpt_parser *parser, const void *data, size_t len) {
  const trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  return data ? push(parser, data, len) : trpt_call_refuse(parser, TRPT_E_ARGUMENT);
}

trpt_status trpt_parser_finish(trpt_parser *parser) {
  const trpt_status status = trpt_call_begin(parser);
  return status == TRPT_OK ? push(parser, NULL, 0) : status;
}
