/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PENDING_H
#define TRPT_LIB_PENDING_H

/* Failures that were written before their policy object. They wait here until it was read, or until max_held is full. */

#include "current.h"

typedef struct trpt_pending {
  unsigned char *memory;
  uint32_t capacity; /* max_held */
  uint32_t len;
  uint32_t consumed;
  bool full; /* further failures of this policy do not wait */
} trpt_pending;

static inline void trpt_pending_reset(trpt_pending *pending) {
  pending->len = 0;
  pending->consumed = 0;
  pending->full = false;
}

/* Stores the current failure. Returns false if it does not fit; then it stays the current failure, and no further one is
   stored. */
bool trpt_pending_add(trpt_pending *pending, trpt_current *current);

/* The next failure. There must be one: `len` is not 0. It is valid until the next trpt_pending_add. */
const trpt_failure_state *trpt_pending_take(trpt_pending *pending);

#endif
