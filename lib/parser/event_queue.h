/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_EVENT_QUEUE_H
#define TRPT_LIB_EVENT_QUEUE_H

/* The queue of what the caller receives next: diagnostics, then an error, then a policy, failure or report. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

#include "../catalogue/error_of_code.h"
#include "path.h"

/* More than one token, or one step of deferred work, can emit. */
enum { TRPT_QUEUE_CAPACITY = 32 };

typedef struct trpt_queued {
  trpt_position position;
  trpt_path path;
  uint32_t policy; /* indexes in the arrays of the report */
  uint32_t failure;
  trpt_code code;
} trpt_queued;

/* What an error ends. Without TRPT_SEQUENCE it ends the input in any case. */
typedef enum trpt_failed_scope {
  TRPT_FAILED_TEXT,    /* the text, which is still JSON */
  TRPT_FAILED_JSON,    /* the text, whose end cannot be found */
  TRPT_FAILED_INPUT,   /* the input */
  TRPT_FAILED_RETURNED /* nothing more: it was returned for its text, or is being returned */
} trpt_failed_scope;

typedef struct trpt_events {
  uint32_t first; /* in the queue */
  uint32_t count; /* of the queued element; 0: none is queued */
  trpt_queued queue[TRPT_QUEUE_CAPACITY];
  uint32_t diagnostics; /* number of diagnostics queued for this report */
  bool receives;        /* the caller takes diagnostics */
  bool has_element;
  bool complete;      /* no event follows the queue and the element */
  trpt_event element; /* a policy, failure or report */
  trpt_event event;   /* a diagnostic, with what it points to */
  trpt_diagnostic diagnostic;
  char where[TRPT_PATH_SIZE];
  trpt_failed_scope scope; /* of `failed` */
  trpt_error failed;       /* why reading cannot continue; status 0: it can */
} trpt_events;

void trpt_events_reset(trpt_events *waiting);

/* Adds a diagnostic to the queue. */
void trpt_events_add(trpt_events *waiting, trpt_queued queued);

/* Drops the queue and an error that would follow it. */
void trpt_events_drop(trpt_events *waiting);

static inline void trpt_events_set_element(trpt_events *waiting, trpt_event element) {
  waiting->element = element;
  waiting->has_element = true;
}

/* The error was that of one text of a sequence, and the next call goes on. */
static inline bool trpt_events_has_returned(const trpt_events *waiting) {
  return waiting->scope == TRPT_FAILED_RETURNED;
}

/* Forgets such an error. */
static inline void trpt_events_go_on(trpt_events *waiting) {
  if (trpt_events_has_returned(waiting)) trpt_events_drop(waiting);
}

/* Something has to be returned before more is read. Not 0: yes. */
static inline uint32_t trpt_events_wait(const trpt_events *waiting) {
  return waiting->count | (uint32_t)waiting->failed.status | waiting->has_element;
}

/* What trpt_events_next does if a diagnostic or an error is queued. */
trpt_status trpt_events_take(trpt_events *waiting, const trpt_event **event);

/* OK: `*event` is the next event; END: all events were returned; MORE: nothing is queued; otherwise the error. */
static inline trpt_status trpt_events_next(trpt_events *waiting, const trpt_event **event) {
  if (waiting->count | (uint32_t)waiting->failed.status) return trpt_events_take(waiting, event);
  if (waiting->has_element) {
    waiting->has_element = false;
    *event = &waiting->element;
    return TRPT_OK;
  }
  return waiting->complete ? TRPT_END : TRPT_MORE;
}

#endif
