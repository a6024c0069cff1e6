/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CURRENT_H
#define TRPT_LIB_CURRENT_H

/* What was read of the report so far, as far as it is still needed: its metadata, the policy and the failure. */

#include <tlsrpt/model.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../model/schema.h"

/* Strings that are kept, one after the other. */
typedef struct trpt_store {
  char *text;
  size_t len;
  size_t capacity;
} trpt_store;

/* Copies text of at most `longest` bytes to a store; false if it is longer or does not fit. */
static inline bool trpt_store_add(trpt_store *store, size_t longest, trpt_str text, trpt_str *out) {
  if (text.len > longest || text.len > store->capacity - store->len) return false;
  char *to = store->text + store->len;
  /* Text that was decoded straight into the store is there already. */
  trpt_move_short(to, text.ptr, text.len);
  store->len += text.len;
  *out = (trpt_str){to, text.len};
  return true;
}

/* Where an element of `policy-string` or `mx-host` is in the report. */
typedef struct trpt_element {
  trpt_position position;
  uint32_t index;  /* in the array of the report; TRPT_NO_INDEX: the member was a bare string */
  uint32_t joined; /* 1: the first of several TLSA records in one element of the array; else 0 */
} trpt_element;

typedef struct trpt_list {
  trpt_str *strings;
  trpt_element *elements;
  uint32_t count;
  uint32_t next_index;    /* of the next element of the array */
  trpt_position position; /* of the member's value */
} trpt_list;

/* The counts of a policy: its `summary`, and what was counted. */
typedef struct trpt_totals {
  trpt_policy summary;           /* only the counts of the object `summary`, which FAILURE events do not show yet */
  uint64_t details;              /* sum of failed-session-count */
  trpt_position failed_position; /* of total-failure-session-count */
  uint32_t failure_count;
  uint32_t hiding_count; /* of them, those for which the sender could not get the policy */
  bool lost_details;     /* there are failures that cannot be read */
} trpt_totals;

/* A failure with what its checks need once its policy is known. */
typedef struct trpt_failure_state {
  trpt_failure failure;
  trpt_position type_position;
  trpt_position host_position;
  uint32_t index; /* in the array of the report */
  uint32_t size;  /* of this with its text, while it is pending */
} trpt_failure_state;

typedef struct trpt_current {
  trpt_metadata metadata;
  trpt_policy policy;
  trpt_totals totals;
  trpt_failure_state failure;
  /* The lists of the policy, each with the name of its public field. */
#define LIST(tag, id, object, name, field, number, has, required, check) trpt_list field;
#include "../model/schema.def"
  trpt_store report_text;     /* of the metadata */
  trpt_store text;            /* of the policy, and above it of the failure */
  size_t failure_text;        /* where the failure's begins */
  trpt_position end_position; /* of end-datetime */
  uint32_t policy_index;      /* in `policies`, counting elements that are not objects */
  uint32_t failure_index;     /* in `failure-details`, likewise */
  uint32_t next_policy;
  uint32_t next_failure;
} trpt_current;

void trpt_current_reset(trpt_current *current);
void trpt_current_begin_policy(trpt_current *current);
void trpt_current_begin_failure(trpt_current *current);

/* Counts the failure that ends. */
void trpt_current_count_failure(trpt_current *current);

/* The failure was copied or returned, and its text is no longer needed. */
static inline void trpt_current_drop_failure(trpt_current *current) { current->text.len = current->failure_text; }

#endif
