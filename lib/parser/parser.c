/* SPDX-License-Identifier: MIT */
#include "parser.h"

#include <stdalign.h>
#include <string.h>

static size_t alignment_slack(void) { return alignof(max_align_t) - 1; }

static void *align(void *memory) {
  const uintptr_t address = (uintptr_t)memory;
  const size_t past = address % alignof(max_align_t);
  return (char *)memory + (past ? alignof(max_align_t) - past : 0);
}

/* 0: more than the PTRDIFF_MAX bytes that an object can have, which options can ask for where size_t has 32 bits. */
static size_t size_of(const trpt_options *options) {
  const uint64_t size = trpt_parser_plan(options, NULL) + alignment_slack();
  return size > PTRDIFF_MAX ? 0 : (size_t)size; /* GCOVR_EXCL_BR_LINE: not where it has 64 */
}

size_t trpt_parser_size(const trpt_options *options) {
  trpt_options all;
  return trpt_options_read(&all, options) == TRPT_OK ? size_of(&all) : 0;
}

static void reset(trpt_parser *parser) {
  trpt_report_free(parser->tree);
  parser->tree = NULL;
  trpt_input_reset(parser);
  parser->ended = false;
  parser->trailing = false;
  parser->complete = false;
  parser->context = TRPT_IN_NOTHING;
  parser->member = TRPT_MEMBER_NONE;
  parser->skip_depth = 0;
  parser->metadata = (trpt_metadata){.start = INT64_MIN, .end = INT64_MIN};
  parser->report_text.len = 0;
  parser->recent_count = 0;
  parser->pending_len = 0;
  parser->pending_consumed = 0;
  parser->deferred = 0;
  parser->deferred_index = 0;
  parser->ready = 0;
  parser->queue_first = 0;
  parser->queue_count = 0;
  parser->diagnostics_given = 0;
  trpt_error_clear(&parser->failed);
  trpt_error_clear(&parser->error);
}

static trpt_parser *set_up(void *memory, const trpt_options *options) {
  trpt_parser *parser = align(memory);
  memset(parser, 0, sizeof *parser);
  trpt_parser_plan(options, parser);
  parser->options = *options;
  trpt_allocator_read(&parser->allocator, options->allocator);
  parser->options.allocator = NULL;
  parser->codes = !(options->flags & TRPT_NO_DIAGNOSTICS);
  parser->strict = options->flags & TRPT_STRICT;
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
  parser->allocation = memory;
  parser->allocation_size = size;
  *out = parser;
  return TRPT_OK;
}

void trpt_parser_free(trpt_parser *parser) {
  if (!parser || parser->busy) return;
  trpt_report_free(parser->tree);
  parser->tree = NULL;
  if (!parser->allocation) return;
  const trpt_allocator allocator = parser->allocator;
  allocator.release(allocator.user, parser->allocation, parser->allocation_size);
}

void trpt_parser_reset(trpt_parser *parser) {
  if (parser && !parser->busy) reset(parser);
}

const trpt_error *trpt_parser_error(const trpt_parser *parser) {
  static const trpt_error no_parser = {.status = TRPT_E_ARGUMENT};
  return parser ? &parser->error : &no_parser;
}

static const trpt_event *set_event(trpt_parser *parser, trpt_event event) {
  parser->event = event;
  return &parser->event;
}

static const trpt_event *give_diagnostic(trpt_parser *parser) {
  const trpt_queued *pending = &parser->queue[parser->queue_first++];
  const trpt_catalogue_entry *entry = &trpt_catalogue[pending->code];
  if (parser->queue_first == parser->queue_count) {
    parser->queue_first = 0;
    parser->queue_count = 0;
  }
  trpt_path_write(parser->diagnostic_where, sizeof parser->diagnostic_where, pending->path, pending->entry,
                  pending->failure);
  parser->diagnostic = (trpt_diagnostic){
      .code = entry->code,
      .severity = entry->severity,
      .line = pending->position.line,
      .column = pending->position.column,
      .offset = pending->position.offset,
      .where = parser->diagnostic_where,
      .message = entry->message,
      .section = entry->section,
  };
  return set_event(parser, (trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = &parser->diagnostic});
}

static const trpt_event *give_element(trpt_parser *parser) {
  trpt_event event = {.type = parser->ready};
  if (event.type == TRPT_EVENT_REPORT) {
    event.metadata = &parser->metadata;
    parser->complete = true;
  } else {
    event.policy = &parser->policy;
    if (event.type == TRPT_EVENT_FAILURE) event.failure = parser->ready_failure;
  }
  parser->ready = 0;
  return set_event(parser, event);
}

/* The end of the input: whether all was there. */
static void finish(trpt_parser *parser) {
  trpt_input_finish(parser);
  if (parser->failed.status) return;
  switch (trpt_json_finish(&parser->json, &parser->token)) {
  case TRPT_JSON_MORE: parser->deferred |= TRPT_DEFER_REPORT; return;
  case TRPT_JSON_TOKEN: trpt_decode_value(parser); return;
  default:
    trpt_fail(parser, TRPT_E_TRUNCATED, TRPT_CODE_JSON_NOT_JSON, trpt_position_now(parser), trpt_path_now(parser));
  }
}

/* Whatever the tokenizer says but "here is a token". False: it wants more than there is. */
static bool handle(trpt_parser *parser, trpt_json_status status, const unsigned char *data, size_t len, size_t *taken) {
  const trpt_path nowhere = trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE);
  switch (status) {
  case TRPT_JSON_BOM: trpt_emit(parser, TRPT_CODE_JSON_BOM, trpt_position_now(parser), nowhere); return true;
  case TRPT_JSON_TRAILING:
    trpt_emit(parser, TRPT_CODE_JSON_TRAILING_DATA, trpt_position_now(parser), nowhere);
    parser->trailing = true;
    parser->json.cursor = parser->json.end;
    return true;
  case TRPT_JSON_BAD:
    trpt_fail(parser, TRPT_E_JSON, TRPT_CODE_JSON_NOT_JSON, trpt_position_now(parser), trpt_path_now(parser));
    return true;
  case TRPT_JSON_TOO_DEEP:
    trpt_fail_limit(parser, TRPT_LIMIT_DEPTH, trpt_position_now(parser), trpt_path_now(parser));
    return true;
  case TRPT_JSON_TOO_LONG:
    trpt_fail_limit(parser, TRPT_LIMIT_STRING, trpt_position_now(parser), trpt_path_now(parser));
    return true;
  default: break;
  }
  /* Plain text that was given whole is used up. */
  if (len && parser->input.given == len - *taken) return false;
  if (trpt_input_next(parser, data, len, taken)) {
    if (parser->trailing) parser->json.cursor = parser->json.end;
    return true;
  }
  if (parser->queue_count || parser->failed.status) return true;
  if (!parser->ended) return false;
  finish(parser);
  return true;
}

/* Plain text goes straight to the tokenizer, unless something is pending. */
static void give(trpt_parser *parser, const unsigned char *data, size_t len, size_t *taken) {
  const uint32_t pending =
      parser->queue_count | parser->deferred | (uint32_t)parser->ready | (uint32_t)parser->failed.status;
  if (parser->input.kind != TRPT_INPUT_PLAIN || pending || !len) return;
  trpt_input_next(parser, data, len, taken);
  if (parser->trailing) parser->json.cursor = parser->json.end;
}

static trpt_status advance(trpt_parser *parser, const unsigned char *data, size_t len, size_t *taken,
                           const trpt_event **event) {
  for (;;) {
    if (parser->queue_count) {
      *event = give_diagnostic(parser);
      return TRPT_OK;
    }
    if (parser->failed.status) return parser->failed.status;
    if (parser->ready) {
      *event = give_element(parser);
      return TRPT_OK;
    }
    if (parser->complete) return TRPT_END;
    if (parser->deferred) {
      trpt_deferred_run(parser);
    } else {
      const trpt_json_status status = trpt_decode(parser);
      if (status != TRPT_JSON_TOKEN && !handle(parser, status, data, len, taken)) return TRPT_MORE;
    }
  }
}

void trpt_parser_begin(trpt_parser *parser) {
  if (parser->error.status) trpt_error_clear(&parser->error);
}

trpt_status trpt_parser_refuse(trpt_parser *parser, trpt_status status) {
  return trpt_error_set(&parser->error, status, TRPT_CODE_NONE, (trpt_position){0}, "");
}

/* Whether bytes may be given now, or the end told. */
static trpt_status check_input(trpt_parser *parser, const void *data, size_t len) {
  if (!data && len) return trpt_parser_refuse(parser, TRPT_E_ARGUMENT);
  if (data && parser->ended && !parser->failed.status) return trpt_parser_refuse(parser, TRPT_E_STATE);
  if (!data) parser->ended = true;
  return TRPT_OK;
}

trpt_status trpt_parser_advance(trpt_parser *parser, const void *data, size_t len, size_t *used,
                                const trpt_event **event) {
  size_t taken = 0;
  *event = NULL;
  if (used) *used = 0;
  trpt_status status = check_input(parser, data, len);
  if (status != TRPT_OK) return status;
  give(parser, data, len, &taken);
  status = advance(parser, data, len, &taken, event);
  trpt_input_release(parser, &taken);
  if (used) *used = taken;
  if (status < 0) parser->error = parser->failed;
  return status;
}

trpt_status trpt_parser_read(trpt_parser *parser, const void *data, size_t len, size_t *used,
                             const trpt_event **event) {
  if (event) *event = NULL;
  if (used) *used = 0;
  if (!parser) return TRPT_E_ARGUMENT;
  if (parser->busy) return TRPT_E_STATE;
  trpt_parser_begin(parser);
  if (!event) return trpt_parser_refuse(parser, TRPT_E_ARGUMENT);
  if (parser->tree && !parser->failed.status) return trpt_parser_refuse(parser, TRPT_E_STATE);
  parser->receives = true;
  return trpt_parser_advance(parser, data, len, used, event);
}

trpt_status trpt_parser_set_handler(trpt_parser *parser, const trpt_handler *handler, void *user) {
  trpt_handler all;
  if (!parser) return TRPT_E_ARGUMENT;
  if (parser->busy) return TRPT_E_STATE;
  trpt_parser_begin(parser);
  if (!handler || !trpt_handler_read(&all, handler)) return trpt_parser_refuse(parser, TRPT_E_ARGUMENT);
  parser->handler = all;
  parser->user = user;
  return TRPT_OK;
}

static int call_back(const trpt_parser *parser, const trpt_event *event) {
  const trpt_handler *handler = &parser->handler;
  void *user = parser->user;
  switch (event->type) {
  case TRPT_EVENT_FAILURE: return handler->on_failure ? handler->on_failure(user, event->policy, event->failure) : 0;
  case TRPT_EVENT_POLICY: return handler->on_policy ? handler->on_policy(user, event->policy) : 0;
  case TRPT_EVENT_REPORT: return handler->on_report ? handler->on_report(user, event->metadata) : 0;
  default: return handler->on_diagnostic ? handler->on_diagnostic(user, event->diagnostic) : 0;
  }
}

/* Reads and calls back until the bytes are used up. */
static trpt_status push(trpt_parser *parser, const unsigned char *data, size_t len) {
  size_t taken = 0;
  if (parser->tree && !parser->failed.status) return trpt_parser_refuse(parser, TRPT_E_STATE);
  trpt_status status = check_input(parser, data, len);
  if (status != TRPT_OK) return status;
  parser->receives = parser->handler.on_diagnostic != NULL;
  give(parser, data, len, &taken);
  const trpt_event *event;
  while ((status = advance(parser, data, len, &taken, &event)) == TRPT_OK) {
    parser->busy = true;
    const int stop = call_back(parser, event);
    parser->busy = false;
    if (!stop) continue;
    status = trpt_fail_at_once(parser, TRPT_E_CANCELED);
    break;
  }
  trpt_input_release(parser, &taken);
  if (status < 0) parser->error = parser->failed;
  return status < 0 ? status : TRPT_OK;
}

trpt_status trpt_parser_feed(trpt_parser *parser, const void *data, size_t len) {
  if (!parser) return TRPT_E_ARGUMENT;
  if (parser->busy) return TRPT_E_STATE;
  trpt_parser_begin(parser);
  return data ? push(parser, data, len) : trpt_parser_refuse(parser, TRPT_E_ARGUMENT);
}

trpt_status trpt_parser_finish(trpt_parser *parser) {
  if (!parser) return TRPT_E_ARGUMENT;
  if (parser->busy) return TRPT_E_STATE;
  trpt_parser_begin(parser);
  return push(parser, NULL, 0);
}
