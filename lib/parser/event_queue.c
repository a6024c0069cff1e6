/* SPDX-License-Identifier: MIT */
#include "event_queue.h"

void trpt_events_reset(trpt_events *waiting) {
  trpt_events_drop(waiting);
  waiting->diagnostics = 0;
  waiting->complete = false;
  waiting->has_element = false;
}

void trpt_events_add(trpt_events *waiting, trpt_queued queued) {
  /* The queue is emptied before the next token or step, neither of which can fill it. */
  if (waiting->count == TRPT_QUEUE_CAPACITY) return; /* GCOVR_EXCL_BR_LINE */
  waiting->queue[waiting->count++] = queued;
  waiting->diagnostics++;
}

void trpt_events_drop(trpt_events *waiting) {
  waiting->first = 0;
  waiting->count = 0;
  waiting->scope = TRPT_FAILED_TEXT;
  if (waiting->failed.status) trpt_error_clear(&waiting->failed);
}

static const trpt_event *take_diagnostic(trpt_events *waiting) {
  const trpt_queued *queued = &waiting->queue[waiting->first++];
  const trpt_catalogue_entry *entry = &trpt_catalogue[queued->code];
  if (waiting->first == waiting->count) {
    waiting->first = 0;
    waiting->count = 0;
  }
  trpt_path_write(waiting->where, queued->path, queued->policy, queued->failure);
  waiting->diagnostic = (trpt_diagnostic){
      .code = entry->code,
      .severity = entry->severity,
      .line = queued->position.line,
      .column = queued->position.column,
      .offset = queued->position.offset,
      .where = waiting->where,
      .message = entry->message,
      .section = entry->section,
  };
  waiting->event = (trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = &waiting->diagnostic};
  return &waiting->event;
}

trpt_status trpt_events_take(trpt_events *waiting, const trpt_event **event) {
  if (!waiting->count) return waiting->failed.status;
  *event = take_diagnostic(waiting);
  return TRPT_OK;
}
