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

/* Bytes that the next text may have. */
static inline size_t trpt_store_room(const trpt_store *store, size_t longest) {
  const size_t room = store->capacity - store->len;
  return room < longest ? room : longest;
}

/* Copies text that fits to a store. */
static inline trpt_str trpt_store_add(trpt_store *store, trpt_str text) {
  char *to = store->text + store->len;
  /* Text that was decoded straight into the store is there already. */
  trpt_move_short(to, text.ptr, text.len);
  store->len += text.len;
  return (trpt_str){to, text.len};
}

/* Where an element of `policy-string` or `mx-host` is in the report. */
typedef struct trpt_element {
  trpt_position position;
  uint32_t index; /* in the array of the report; TRPT_NO_INDEX: the member was a bare string */
  uint8_t joined; /* the first of several in one string: a TRPT_JOINED_* of policy_string.h; else 0 */
  bool cut;       /* its end was cut off, so nothing but its characters can be checked */
} trpt_element;

typedef struct trpt_list {
  trpt_str *strings;
  trpt_element *elements;
  uint32_t count;
  uint32_t most;       /* of `count`. After an element was left out all later ones are, too. */
  uint32_t next_index; /* of the next element of the array */
  bool incomplete;     /* an element was cut or left out, so checks of the whole list would blame the sender wrongly */
  bool left_out;
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
  uint32_t index;       /* in the array of the report */
  uint32_t size;        /* of this with its text, while it is pending */
  uint64_t host_is_cut; /* whether receiving_mx_hostname is only the begin of what was written */
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
  size_t list_room;           /* bytes that the lists of the policy may still take */
  bool policy_is_cut;         /* a text of the policy object is not complete */
  trpt_position end_position; /* of end-datetime */
  uint32_t policy_index;      /* in `policies`, counting elements that are not objects */
  uint32_t failure_index;     /* in `failure-details`, likewise */
  uint32_t next_policy;
  uint32_t next_failure;
} trpt_current;

void trpt_current_reset(trpt_current *current);
/* The policy has none of its members. `list_room`: bytes that its lists may take. */
void trpt_current_clear_policy(trpt_current *current, size_t list_room);
void trpt_current_begin_policy(trpt_current *current, size_t list_room);
void trpt_current_begin_failure(trpt_current *current);

/* The next element of `policies` or `failure-details`, which need not be an object. */
static inline void trpt_current_next_policy(trpt_current *current) { current->policy_index = current->next_policy++; }
static inline void trpt_current_next_failure(trpt_current *current) {
  current->failure_index = current->next_failure++;
}

/* The failure was copied or returned, and its text is no longer needed. */
static inline void trpt_current_drop_failure(trpt_current *current) { current->text.len = current->failure_text; }

#endif
