/* SPDX-License-Identifier: MIT */
#include "callback.h"

#include "emit.h"

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

int trpt_callback_call(trpt_parser *parser, const trpt_event *event) {
  parser->call.busy = true;
  const int stop = event ? call_back(&parser->push, event)
                         : parser->push.handler.on_fault(parser->push.user, &parser->events.failed);
  parser->call.busy = false;
  return stop;
}

bool trpt_callback_at_once(trpt_parser *parser, const trpt_event *event) {
  if (!parser->push.calls || trpt_events_wait(&parser->events)) return false;
  if (trpt_callback_call(parser, event)) trpt_fail_at_event(parser, TRPT_E_CANCELED, event);
  return true;
}
