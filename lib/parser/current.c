/* SPDX-License-Identifier: MIT */
#include "current.h"

#include "../base/copy.h"

void trpt_current_reset(trpt_current *current) {
  trpt_clear(&current->metadata, sizeof current->metadata);
  current->metadata.start = current->metadata.end = INT64_MIN;
  current->report_text.len = 0;
}

void trpt_current_clear_policy(trpt_current *current, size_t list_room) {
  trpt_clear(&current->policy, sizeof current->policy);
  current->policy.index = current->metadata.policy_count;
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  current->field.count = 0;                                                                                            \
  current->field.incomplete = false;
#include "../model/schema.def"
  current->text.len = 0;
  current->list_room = list_room;
  current->policy_is_cut = false;
}

void trpt_current_begin_policy(trpt_current *current, size_t list_room) {
  trpt_current_clear_policy(current, list_room);
  trpt_clear(&current->totals, sizeof current->totals);
}

void trpt_current_begin_failure(trpt_current *current) {
  trpt_clear(&current->failure.failure, sizeof current->failure.failure);
  current->failure.failure.policy_index = current->policy.index;
  current->failure.host_is_cut = false;
  current->failure_text = current->text.len;
}
