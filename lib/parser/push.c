/* SPDX-License-Identifier: MIT */
#include "push.h"

#include "../base/versioned.h"
#include "emit.h"
#include "read.h"

trpt_status trpt_parser_set_handler(trpt_parser *parser, const trpt_handler *handler, void *user) {
  trpt_handler all;
  const trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!handler || !trpt_versioned_copy(&all, sizeof all, handler)) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  parser->push = (trpt_push){all, user};
  return TRPT_OK;
}

static int call_back(const trpt_push *push, const trpt_event *event) {
  const trpt_handler *handler = &push->handler;
  void *user = push->user;
  switch (event->type) {
  case TRPT_EVENT_FAILURE: return handler->on_failure ? handler->on_failure(user, event->policy, event->failure) : 0;
  case TRPT_EVENT_POLICY: return handler->on_policy ? handler->on_policy(user, event->policy) : 0;
  case TRPT_EVENT_REPORT: return handler->on_report ? handler->on_report(user, event->metadata) : 0;
  default: return handler->on_diagnostic ? handler->on_diagnostic(user, event->diagnostic) : 0;
  }
}

/* Reads and calls back until the bytes are used up. */
static trpt_status push(trpt_parser *parser, const void *data, size_t len) {
  if (trpt_read_is_for_tree(parser)) return trpt_call_refuse(parser, TRPT_E_STATE);
  trpt_status status = trpt_read_begin(parser, data, len, parser->push.handler.on_diagnostic != NULL);
  if (status != TRPT_OK) return status;
  const trpt_event *event;
  while ((status = trpt_read_next(parser, &event)) == TRPT_OK) {
    parser->call.busy = true;
    const int stop = call_back(&parser->push, event);
    parser->call.busy = false;
    if (!stop) continue;
    status = trpt_fail_at_event(parser, TRPT_E_CANCELED, event);
    break;
  }
  trpt_read_end(parser, status);
  return status < 0 ? status : TRPT_OK;
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
