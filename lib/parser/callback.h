/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CALLBACK_H
#define TRPT_LIB_CALLBACK_H

/* The caller's functions for events. */

#include <stdbool.h>

#include "emit.h"

/* Calls the function for an event, and returns what it returned; 0 if there is none. Inline, since where an element ends its type
   is a constant. */
static inline int trpt_callback_call(trpt_parser *parser, trpt_event event) {
  const trpt_handler *handler = &parser->push.handler;
  void *user = parser->push.user;
  int stop = 0;
  parser->call.busy = true;
  switch (event.type) {
  case TRPT_EVENT_FAILURE:
    if (handler->on_failure) stop = handler->on_failure(user, event.policy, event.failure);
    break;
  case TRPT_EVENT_POLICY:
    if (handler->on_policy) stop = handler->on_policy(user, event.policy);
    break;
  case TRPT_EVENT_REPORT:
    if (handler->on_report) stop = handler->on_report(user, event.metadata);
    break;
  default:
    if (handler->on_diagnostic) stop = handler->on_diagnostic(user, event.diagnostic);
    break;
  }
  parser->call.busy = false;
  return stop;
}

/* Calls the function for the fault of a text, which there must be. */
static inline int trpt_callback_call_fault(trpt_parser *parser) {
  parser->call.busy = true;
  const int stop = parser->push.handler.on_fault(parser->push.user, &parser->events.failed);
  parser->call.busy = false;
  return stop;
}

/* Calls the function for an element where it ends, so that reading need not stop for it. Returns false if it must be queued: the
   call has no callbacks, or others come first. */
static inline bool trpt_callback_at_once(trpt_parser *parser, trpt_event event) {
  if (!parser->push.calls || trpt_events_wait(&parser->events)) return false;
  /* An element is where the parser is. */
  if (trpt_callback_call(parser, event)) trpt_fail_at_event(parser, TRPT_E_CANCELED, NULL);
  return true;
}

#endif
