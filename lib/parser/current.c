/* SPDX-License-Identifier: MIT */
#include "current.h"

#include "../base/copy.h"
#include "../model/types.h"

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

static void add_capped(uint64_t *sum, uint64_t count) { *sum = count > UINT64_MAX - *sum ? UINT64_MAX : *sum + count; }

void trpt_current_count_failure(trpt_current *current) {
  trpt_failure_state *entry = &current->failure;
  entry->index = current->failure_index;
  entry->failure.index = current->totals.failure_count++;
  current->metadata.failure_count++;
  current->totals.hiding_count += trpt_result_type_hides_policy(entry->failure.type);
  add_capped(&current->totals.details, entry->failure.failed_sessions);
}
