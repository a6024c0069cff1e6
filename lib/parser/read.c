/* SPDX-License-Identifier: MIT */
#include "read.h"

#include "emit.h"

trpt_status trpt_read_begin(trpt_parser *parser, const void *chunk, size_t len, bool receives) {
  if (!chunk && len) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  trpt_events_go_on(&parser->events);
  if (chunk && parser->input.ended && !parser->events.failed.status) return trpt_call_refuse(parser, TRPT_E_STATE);
  parser->events.receives = receives;
  trpt_input_begin(parser, chunk, len);
  return TRPT_OK;
}

/* The end of the input: checks that the report is complete. */
static void finish(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_input_finish(parser);
  if (parser->events.failed.status) return;
  if (parser->sequence.state != TRPT_IN_TEXT) {
    trpt_sequence_finish(parser);
    return;
  }
  switch (trpt_json_finish(&decoder->json, &decoder->token)) {
  case TRPT_JSON_MORE: trpt_deferred_add(&parser->deferred, TRPT_DEFER_REPORT); return;
  case TRPT_JSON_TOKEN: trpt_decode_value(parser); return;
  default:
    trpt_fail(parser, TRPT_E_TRUNCATED, TRPT_CODE_JSON_NOT_JSON, trpt_position_now(parser), trpt_path_now(parser));
    parser->events.scope = TRPT_FAILED_JSON;
  }
}

/* The tokenizer needs more text. Returns false if the caller must pass more input. */
static bool read_more(trpt_parser *parser) {
  if (trpt_input_next(parser) || parser->events.count || parser->events.failed.status) return true;
  if (!parser->input.ended) return false;
  finish(parser);
  return true;
}

/* Handles what the tokenizer returns instead of a token. */
static void report(trpt_parser *parser, trpt_json_status status) {
  const trpt_path nowhere = trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE);
  const trpt_path path = trpt_path_now(parser);
  const trpt_position position = trpt_position_now(parser);
  switch (status) {
  case TRPT_JSON_BOM: trpt_emit(parser, TRPT_CODE_JSON_BOM, position, nowhere); return;
  case TRPT_JSON_TRAILING:
    trpt_emit(parser, TRPT_CODE_JSON_TRAILING_DATA, position, nowhere);
    trpt_input_skip(parser);
    return;
  case TRPT_JSON_TOO_DEEP: trpt_fail_limit(parser, TRPT_LIMIT_NESTING, position, path); break;
  case TRPT_JSON_TOO_LONG: trpt_fail_limit(parser, TRPT_LIMIT_STRING, position, path); break;
  default: trpt_fail(parser, TRPT_E_JSON, TRPT_CODE_JSON_NOT_JSON, position, path); break;
  }
  parser->events.scope = TRPT_FAILED_JSON;
}

trpt_status trpt_read_next(trpt_parser *parser, const trpt_event **event) {
  for (;;) {
    const trpt_status waiting = trpt_events_next(&parser->events, event);
    if (waiting < 0 && trpt_sequence_catch(parser)) continue;
    if (waiting != TRPT_MORE) return waiting;
    if (parser->deferred.work) {
      trpt_deferred_run(parser);
      continue;
    }
    const trpt_json_status status =
        parser->sequence.state == TRPT_IN_TEXT ? trpt_decode(parser) : trpt_sequence_read(parser);
    if (status == TRPT_JSON_TOKEN) continue;
    if (status != TRPT_JSON_MORE)
      report(parser, status);
    else if (!read_more(parser))
      return TRPT_MORE;
  }
}

size_t trpt_read_end(trpt_parser *parser, trpt_status status) {
  if (status < 0) {
    parser->call.error = parser->events.failed;
    parser->call.has_failed = !trpt_events_has_returned(&parser->events);
  }
  return trpt_input_end(parser);
}

bool trpt_read_is_for_tree(const trpt_parser *parser) {
  return parser->call.reads_tree && (!parser->events.failed.status || trpt_events_has_returned(&parser->events));
}

bool trpt_read_is_for_events(const trpt_parser *parser) {
  const trpt_events *events = &parser->events;
  const bool failed = events->failed.status && !events->count && !trpt_events_has_returned(&parser->events);
  return !parser->call.reads_tree && parser->input.consumed && !failed;
}

trpt_status trpt_parser_read(trpt_parser *parser, const void *data, size_t len, size_t *used,
                             const trpt_event **event) {
  if (event) *event = NULL;
  if (used) *used = 0;
  trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!event) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  if (trpt_read_is_for_tree(parser)) return trpt_call_refuse(parser, TRPT_E_STATE);
  status = trpt_read_begin(parser, data, len, true);
  if (status != TRPT_OK) return status;
  status = trpt_read_next(parser, event);
  const size_t consumed = trpt_read_end(parser, status);
  if (used) *used = consumed;
  return status;
}
