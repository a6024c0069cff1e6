/* SPDX-License-Identifier: MIT */
#include "parser.h"

#include <string.h>

#include "../base/allocator.h"
#include "../base/memory.h"
#include "memory_layout.h"

/* 0: more than the PTRDIFF_MAX bytes that an object can have, which options can ask for where size_t has 32 bits. */
static size_t size_of(const trpt_options *options) {
  const uint64_t size = trpt_layout_plan(options, NULL) + TRPT_ALIGNMENT_SLACK;
  return size > PTRDIFF_MAX ? 0 : (size_t)size; /* GCOVR_EXCL_BR_LINE: not where it has 64 */
}

size_t trpt_parser_size(const trpt_options *options) {
  trpt_options all;
  return trpt_options_read(&all, options) == TRPT_OK ? size_of(&all) : 0;
}

static void drop_tree(trpt_parser *parser) {
  trpt_report_free(parser->tree);
  parser->tree = NULL;
}

static void reset(trpt_parser *parser) {
  drop_tree(parser);
  trpt_input_reset(parser);
  trpt_decoder_reset(&parser->decoder);
  trpt_sequence_reset(parser);
  trpt_current_reset(&parser->current);
  trpt_pending_reset(&parser->pending);
  trpt_deferred_reset(&parser->deferred);
  trpt_repetition_reset(&parser->policy_checks.recent);
  trpt_events_reset(&parser->events);
  if (parser->call.error.status) trpt_error_clear(&parser->call.error);
  parser->call.reads_tree = false;
  parser->call.has_failed = false;
  parser->call.has_result = false;
}

static trpt_parser *set_up(void *memory, const trpt_options *options) {
  trpt_parser *parser = trpt_align_up(memory);
  memset(parser, 0, sizeof *parser);
  trpt_layout_plan(options, parser);
  trpt_settings_init(&parser->settings, options);
  reset(parser);
  return parser;
}

trpt_status trpt_parser_init(trpt_parser **out, void *memory, size_t size, const trpt_options *options) {
  trpt_options all;
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  const trpt_status status = trpt_options_read(&all, options);
  if (status != TRPT_OK) return status;
  if (!memory) return TRPT_E_ARGUMENT;
  const size_t needed = size_of(&all);
  if (!needed) return TRPT_E_ARGUMENT; /* GCOVR_EXCL_BR_LINE: see size_of */
  if (size < needed) return TRPT_E_BUFFER;
  *out = set_up(memory, &all);
  return TRPT_OK;
}

trpt_status trpt_parser_new(trpt_parser **out, const trpt_options *options) {
  trpt_options all;
  trpt_allocator allocator;
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  const trpt_status status = trpt_options_read(&all, options);
  if (status != TRPT_OK) return status;
  const size_t size = size_of(&all);
  if (!size) return TRPT_E_MEMORY; /* GCOVR_EXCL_BR_LINE: see size_of */
  trpt_allocator_read(&allocator, all.allocator);
  void *memory = allocator.allocate(allocator.user, size);
  if (!memory) return TRPT_E_MEMORY;
  trpt_parser *parser = set_up(memory, &all);
  parser->allocation = (trpt_allocation){memory, size};
  *out = parser;
  return TRPT_OK;
}

void trpt_parser_free(trpt_parser *parser) {
  if (!parser || parser->call.busy) return;
  drop_tree(parser);
  const trpt_allocation allocation = parser->allocation;
  const trpt_allocator allocator = parser->settings.allocator;
  if (allocation.memory) allocator.release(allocator.user, allocation.memory, allocation.size);
}

void trpt_parser_reset(trpt_parser *parser) {
  if (parser && !parser->call.busy) reset(parser);
}

const trpt_error *trpt_parser_error(const trpt_parser *parser) {
  static const trpt_error no_parser = {.status = TRPT_E_ARGUMENT};
  return parser ? &parser->call.error : &no_parser;
}

int32_t trpt_parser_has_ended(const trpt_parser *parser) {
  /* The end of the input is found when nothing is queued, and queues nothing. */
  return parser && (parser->call.has_failed || parser->events.complete);
}

uint64_t trpt_parser_inflated(const trpt_parser *parser) {
  return parser && parser->input.kind == TRPT_INPUT_GZIP ? parser->input.gzip.out_total : 0;
}

trpt_status trpt_call_begin(trpt_parser *parser) {
  if (!parser) return TRPT_E_ARGUMENT;
  if (parser->call.busy) return TRPT_E_STATE;
  if (parser->call.error.status) trpt_error_clear(&parser->call.error);
  return TRPT_OK;
}

trpt_status trpt_call_refuse(trpt_parser *parser, trpt_status status) {
  return trpt_error_set(&parser->call.error, status, TRPT_CODE_NONE, (trpt_position){0}, "");
}
