/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include <string.h>

#include "../base/copy.h"
#include "../model/schema.h"

/* Most reports have one policy. */
static const trpt_vector_type policies = {sizeof(trpt_tree_policy), 0};
static const trpt_vector_type failures = {sizeof(trpt_failure), 2};
static const trpt_vector_type diagnostics = {sizeof(trpt_diagnostic), 2};

static size_t segment_size(trpt_vector_type type) { return type.size << type.shift; }

/* The size of the first block: a tree is about as large as the JSON text. In that of a short one the first elements take more than
   their text. */
static size_t expected_size(size_t len) {
  const size_t of_short = segment_size(policies) + segment_size(failures) + segment_size(diagnostics) + len - len / 8;
  return sizeof(trpt_report) + (len > of_short ? len : of_short);
}

trpt_report *trpt_tree_new(const trpt_allocator *allocator, uint64_t limit, size_t len, bool *over_limit) {
  trpt_arena arena = {.allocator = *allocator, .expected_size = expected_size(len), .limit = limit};
  trpt_report *report = trpt_arena_allocate(&arena, sizeof *report);
  if (report) {
    trpt_clear(report, sizeof *report);
    report->arena = arena;
    report->metadata.start = report->metadata.end = INT64_MIN;
  }
  *over_limit = arena.over_limit;
  return report;
}

bool trpt_tree_is_over_limit(const trpt_report *report) { return report->arena.over_limit; }

void trpt_report_free(trpt_report *report) {
  if (!report) return;
  trpt_arena arena = report->arena;
  trpt_arena_free(&arena);
}

static bool copy_text(trpt_arena *arena, trpt_str *text) {
  if (!text->ptr) return true;
  text->ptr = trpt_arena_copy(arena, text->ptr, text->len);
  return text->ptr != NULL;
}

static bool copy_strings(trpt_arena *arena, const trpt_str **strings, uint32_t count) {
  if (!*strings) return true;
  trpt_str *copies = trpt_arena_allocate(arena, count * sizeof *copies);
  if (!copies) return false;
  for (uint32_t i = 0; i < count; i++) {
    copies[i] = (*strings)[i];
    if (!copy_text(arena, &copies[i])) return false;
  }
  *strings = copies;
  return true;
}

/* Copies the strings that the members of a structure point to. */
static bool copy_members(trpt_arena *arena, trpt_structure id, void *structure) {
  TRPT_EACH_OF (info, id) {
    if (trpt_has_text(info) && !copy_text(arena, trpt_text_in(info, structure))) return false;
    if (info->type == TRPT_TYPE_LIST &&
        !copy_strings(arena, trpt_strings_in(info, structure), trpt_string_count_of(info, structure)))
      return false;
  }
  return true;
}

static bool add_failure(trpt_report *report, const trpt_failure *failure) {
  trpt_failure *copy = trpt_vector_add(&report->failures, &report->arena, failures);
  if (!copy) return false;
  *copy = *failure;
  return copy_members(&report->arena, TRPT_STRUCTURE_FAILURE, copy);
}

/* The failures of a policy precede it. */
static bool add_policy(trpt_report *report, const trpt_policy *policy) {
  trpt_tree_policy *copy = trpt_vector_add(&report->policies, &report->arena, policies);
  if (!copy) return false;
  *copy = (trpt_tree_policy){*policy, report->failures.count - policy->failure_count};
  return copy_members(&report->arena, TRPT_STRUCTURE_POLICY, &copy->policy);
}

static bool set_metadata(trpt_report *report, const trpt_metadata *metadata) {
  report->metadata = *metadata;
  return copy_members(&report->arena, TRPT_STRUCTURE_METADATA, &report->metadata);
}

static bool add_diagnostic(trpt_report *report, const trpt_diagnostic *diagnostic) {
  trpt_diagnostic *copy = trpt_vector_add(&report->diagnostics, &report->arena, diagnostics);
  if (!copy) return false;
  *copy = *diagnostic;
  copy->where = trpt_arena_copy(&report->arena, diagnostic->where, strlen(diagnostic->where) + 1);
  return copy->where != NULL;
}

bool trpt_tree_add(trpt_report *report, const trpt_event *event) {
  switch (event->type) {
  case TRPT_EVENT_FAILURE: return add_failure(report, event->failure);
  case TRPT_EVENT_POLICY: return add_policy(report, event->policy);
  case TRPT_EVENT_REPORT: return set_metadata(report, event->metadata);
  default: return add_diagnostic(report, event->diagnostic);
  }
}

const trpt_metadata *trpt_report_metadata(const trpt_report *report) { return report ? &report->metadata : NULL; }

uint32_t trpt_report_policy_count(const trpt_report *report) { return report ? report->policies.count : 0; }

static const trpt_tree_policy *policy_at(const trpt_report *report, uint32_t policy) {
  if (!report || policy >= report->policies.count) return NULL;
  return trpt_vector_at(&report->policies, policy, policies);
}

const trpt_policy *trpt_report_policy(const trpt_report *report, uint32_t policy) {
  const trpt_tree_policy *found = policy_at(report, policy);
  return found ? &found->policy : NULL;
}

uint32_t trpt_report_failure_count(const trpt_report *report, uint32_t policy) {
  const trpt_tree_policy *found = policy_at(report, policy);
  return found ? found->policy.failure_count : 0;
}

const trpt_failure *trpt_report_failure(const trpt_report *report, uint32_t policy, uint32_t failure) {
  const trpt_tree_policy *found = policy_at(report, policy);
  if (!found || failure >= found->policy.failure_count) return NULL;
  return trpt_vector_at(&report->failures, found->first_failure + failure, failures);
}

uint32_t trpt_report_diagnostic_count(const trpt_report *report) { return report ? report->diagnostics.count : 0; }

const trpt_diagnostic *trpt_report_diagnostic(const trpt_report *report, uint32_t i) {
  if (!report || i >= report->diagnostics.count) return NULL;
  return trpt_vector_at(&report->diagnostics, i, diagnostics);
}
