/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include <string.h>

#include "../model/schema.h"
#include "../parser/parser.h"

/* A tree is about as large as its report, of which there are `len` bytes or more. */
static trpt_report *new_report(const trpt_parser *parser, size_t len, bool *over_limit) {
  trpt_arena arena = {
      .allocator = parser->allocator, .first = sizeof(trpt_report) + len, .limit = parser->options.max_memory};
  trpt_report *report = trpt_arena_allocate(&arena, sizeof *report);
  if (report) *report = (trpt_report){.arena = arena};
  *over_limit = arena.over_limit;
  return report;
}

void trpt_report_free(trpt_report *report) {
  if (!report) return;
  trpt_arena arena = report->arena;
  trpt_arena_free(&arena);
}

static bool keep(trpt_arena *arena, trpt_str *text) {
  if (!text->ptr) return true;
  text->ptr = trpt_arena_copy(arena, text->ptr, text->len);
  return text->ptr != NULL;
}

static bool keep_strings(trpt_arena *arena, const trpt_str **strings, uint32_t count) {
  if (!*strings) return true;
  trpt_str *copies = trpt_arena_allocate(arena, count * sizeof *copies);
  if (!copies) return false;
  for (uint32_t i = 0; i < count; i++) {
    copies[i] = (*strings)[i];
    if (!keep(arena, &copies[i])) return false;
  }
  *strings = copies;
  return true;
}

/* Copies what the members of a structure point to. */
static bool keep_members(trpt_arena *arena, trpt_structure id, void *structure) {
  for
    TRPT_EACH_OF(info, id) {
      if (trpt_has_text(info) && !keep(arena, trpt_text_in(info, structure))) return false;
      if (info->type == TRPT_TYPE_LIST &&
          !keep_strings(arena, trpt_strings_in(info, structure), trpt_string_count_of(info, structure)))
        return false;
    }
  return true;
}

static bool add_failure(trpt_report *report, const trpt_failure *failure) {
  trpt_failure *copy = trpt_vector_add(&report->failures, &report->arena, sizeof *copy);
  if (!copy) return false;
  *copy = *failure;
  return keep_members(&report->arena, TRPT_STRUCTURE_FAILURE, copy);
}

/* A policy follows its failures. */
static bool add_policy(trpt_report *report, const trpt_policy *policy) {
  trpt_tree_policy *entry = trpt_vector_add(&report->policies, &report->arena, sizeof *entry);
  if (!entry) return false;
  *entry = (trpt_tree_policy){*policy, report->failures.count - policy->failure_count, 0};
  return keep_members(&report->arena, TRPT_STRUCTURE_POLICY, &entry->policy);
}

static bool set_metadata(trpt_report *report, const trpt_metadata *metadata) {
  report->metadata = *metadata;
  return keep_members(&report->arena, TRPT_STRUCTURE_METADATA, &report->metadata);
}

static bool add_diagnostic(trpt_report *report, const trpt_diagnostic *diagnostic) {
  trpt_diagnostic *copy = trpt_vector_add(&report->diagnostics, &report->arena, sizeof *copy);
  if (!copy) return false;
  *copy = *diagnostic;
  copy->where = trpt_arena_copy(&report->arena, diagnostic->where, strlen(diagnostic->where) + 1);
  return copy->where != NULL;
}

static bool add_event(trpt_report *report, const trpt_event *event) {
  switch (event->type) {
  case TRPT_EVENT_FAILURE: return add_failure(report, event->failure);
  case TRPT_EVENT_POLICY: return add_policy(report, event->policy);
  case TRPT_EVENT_REPORT: return set_metadata(report, event->metadata);
  default: return add_diagnostic(report, event->diagnostic);
  }
}

/* The tree cannot grow: this fails the parser, as an error in the text does. */
static trpt_status fail_memory(trpt_parser *parser, bool over_limit) {
  const trpt_status status =
      over_limit ? trpt_fail_limit_at_once(parser, TRPT_LIMIT_MEMORY) : trpt_fail_at_once(parser, TRPT_E_MEMORY);
  parser->error = parser->failed;
  return status;
}

/* Whether something other than trpt_report_read has begun on this report, or it is at its end. */
static bool is_taken(const trpt_parser *parser) {
  return !parser->tree && !parser->failed.status && parser->input.taken;
}

trpt_status trpt_report_read(trpt_parser *parser, const void *data, size_t len, trpt_report **out) {
  if (out) *out = NULL;
  if (!parser) return TRPT_E_ARGUMENT;
  if (parser->busy) return TRPT_E_STATE;
  trpt_parser_begin(parser);
  if (!out || (!data && len)) return trpt_parser_refuse(parser, TRPT_E_ARGUMENT);
  if (is_taken(parser)) return trpt_parser_refuse(parser, TRPT_E_STATE);
  parser->receives = true;
  if (!parser->tree && !parser->failed.status) {
    bool over_limit;
    parser->tree = new_report(parser, len, &over_limit);
    if (!parser->tree) return fail_memory(parser, over_limit);
  }
  const unsigned char *bytes = data;
  for (;;) {
    const trpt_event *event;
    size_t used;
    trpt_status status = trpt_parser_advance(parser, bytes, len, &used, &event);
    if (status == TRPT_MORE) return status;
    if (status == TRPT_END) {
      *out = parser->tree;
      parser->tree = NULL;
      return TRPT_OK;
    }
    if (status == TRPT_OK && !add_event(parser->tree, event))
      status = fail_memory(parser, parser->tree->arena.over_limit);
    if (status != TRPT_OK) return status;
    if (bytes) bytes += used;
    len -= used;
  }
}

const trpt_report *trpt_report_unfinished(const trpt_parser *parser) {
  return parser && parser->failed.status ? parser->tree : NULL;
}

trpt_status trpt_report_parse(const void *data, size_t len, const trpt_options *options, trpt_report **out,
                              trpt_error *error) {
  trpt_parser *parser;
  trpt_error_clear(error);
  if (out) *out = NULL;
  trpt_status status = out && data ? trpt_parser_new(&parser, options) : TRPT_E_ARGUMENT;
  if (status != TRPT_OK) return trpt_error_set(error, status, TRPT_CODE_NONE, (trpt_position){0}, "");
  if (len) status = trpt_report_read(parser, data, len, out);
  if (status == TRPT_OK || status == TRPT_MORE) status = trpt_report_read(parser, NULL, 0, out);
  if (status != TRPT_OK && error) *error = *trpt_parser_error(parser);
  trpt_parser_free(parser);
  return status;
}

const trpt_metadata *trpt_report_metadata(const trpt_report *report) { return report ? &report->metadata : NULL; }

uint32_t trpt_report_policy_count(const trpt_report *report) { return report ? report->policies.count : 0; }

static const trpt_tree_policy *entry_at(const trpt_report *report, uint32_t policy) {
  if (!report || policy >= report->policies.count) return NULL;
  return trpt_vector_at(&report->policies, policy, sizeof(trpt_tree_policy));
}

const trpt_policy *trpt_report_policy(const trpt_report *report, uint32_t policy) {
  const trpt_tree_policy *entry = entry_at(report, policy);
  return entry ? &entry->policy : NULL;
}

uint32_t trpt_report_failure_count(const trpt_report *report, uint32_t policy) {
  const trpt_tree_policy *entry = entry_at(report, policy);
  return entry ? entry->policy.failure_count : 0;
}

const trpt_failure *trpt_report_failure(const trpt_report *report, uint32_t policy, uint32_t failure) {
  const trpt_tree_policy *entry = entry_at(report, policy);
  if (!entry || failure >= entry->policy.failure_count) return NULL;
  return trpt_vector_at(&report->failures, entry->first_failure + failure, sizeof(trpt_failure));
}

uint32_t trpt_report_diagnostic_count(const trpt_report *report) { return report ? report->diagnostics.count : 0; }

const trpt_diagnostic *trpt_report_diagnostic(const trpt_report *report, uint32_t i) {
  if (!report || i >= report->diagnostics.count) return NULL;
  return trpt_vector_at(&report->diagnostics, i, sizeof(trpt_diagnostic));
}
