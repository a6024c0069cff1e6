/* SPDX-License-Identifier: MIT */
#include "sequence.h"

#include "emit.h"

void trpt_sequence_reset(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  sequence->state = trpt_is_sequence(&parser->settings) ? TRPT_BEFORE_TEXT : TRPT_IN_TEXT;
  sequence->fault.status = TRPT_OK;
  trpt_gap_reset(&sequence->gap);
}

/* ---- faults ---- */

static void return_fault(trpt_parser *parser) {
  trpt_events *events = &parser->events;
  events->failed = parser->sequence.fault;
  events->scope = TRPT_FAILED_RETURNED;
  parser->sequence.fault.status = TRPT_OK;
}

bool trpt_sequence_return_fault(trpt_parser *parser) {
  if (!parser->sequence.fault.status) return false;
  return_fault(parser);
  return true;
}

/* The rest of the text cannot be read. */
static void give_up_text(trpt_parser *parser) {
  return_fault(parser);
  trpt_gap_begin(&parser->sequence.gap);
  trpt_gap_lose_array(&parser->sequence.gap);
  trpt_deferred_add(&parser->deferred, TRPT_DEFER_NEXT_TEXT);
  parser->sequence.state = TRPT_IN_JUNK;
}

bool trpt_sequence_catch(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  trpt_events *events = &parser->events;
  const trpt_failed_scope scope = events->scope;
  if (!trpt_is_sequence(&parser->settings) || scope == TRPT_FAILED_INPUT || scope == TRPT_FAILED_RETURNED) return false;
  sequence->fault = events->failed;
  trpt_events_drop(events);
  events->has_element = false;
  const bool is_over = parser->deferred.work & TRPT_DEFER_NEXT_TEXT; /* its REPORT was already there */
  trpt_deferred_reset(&parser->deferred);
  if (is_over) trpt_deferred_add(&parser->deferred, TRPT_DEFER_NEXT_TEXT);
  if (scope == TRPT_FAILED_JSON)
    give_up_text(parser);
  else if (is_over)
    return_fault(parser);
  else if (sequence->state == TRPT_IN_TEXT && trpt_json_is_complete(&parser->decoder.json))
    trpt_sequence_end_text(parser);
  else if (sequence->state == TRPT_IN_TEXT)
    sequence->state = TRPT_IN_REST;
  return true;
}

/* ---- texts ---- */

void trpt_sequence_end_text(trpt_parser *parser) {
  trpt_gap_begin(&parser->sequence.gap);
  parser->sequence.state = TRPT_AFTER_TEXT;
}

void trpt_sequence_next_text(trpt_parser *parser) {
  trpt_report_free(parser->tree); /* of a text that failed */
  parser->tree = NULL;
  trpt_decoder_begin_text(&parser->decoder);
  trpt_current_reset(&parser->current);
  trpt_pending_reset(&parser->pending);
  trpt_repetition_reset(&parser->policy_checks.recent);
  parser->events.diagnostics = 0;
}

/* The text before is over at the cursor. */
static void return_text(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  decoder->token.offset = trpt_json_offset(&decoder->json);
  parser->sequence.state = TRPT_BEFORE_TEXT;
  trpt_deferred_add(&parser->deferred, TRPT_DEFER_REPORT | TRPT_DEFER_NEXT_TEXT);
}

static void begin_text(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  trpt_decoder *decoder = &parser->decoder;
  const bool has_mark = sequence->gap.has_mark;
  sequence->state = sequence->fault.status ? TRPT_IN_REST : TRPT_IN_TEXT;
  sequence->gap.any_text = true;
  trpt_gap_begin(&sequence->gap);
  trpt_json_begin_text(&decoder->json);
  decoder->token.offset = trpt_json_offset(&decoder->json);
  if (has_mark)
    trpt_emit(parser, TRPT_CODE_JSON_BOM, sequence->gap.mark, trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE));
}

static void fail_json(trpt_parser *parser, trpt_status status) {
  const trpt_json *json = &parser->decoder.json;
  trpt_fail(parser, status, TRPT_CODE_JSON_NOT_JSON, trpt_json_position(json, trpt_json_offset(json)),
            trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE));
  parser->events.scope = TRPT_FAILED_JSON;
}

/* Bytes after a text. One that failed has no more diagnostics. */
static void report_garbage(trpt_parser *parser) {
  const trpt_sequence *sequence = &parser->sequence;
  if (sequence->fault.status) return;
  trpt_emit(parser, TRPT_CODE_JSON_TRAILING_DATA, sequence->gap.garbage,
            trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE));
}

static trpt_json_status read_gap(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  switch (trpt_gap_read(&sequence->gap, &parser->decoder.json)) {
  case TRPT_GAP_MORE: return TRPT_JSON_MORE;
  case TRPT_GAP_GARBAGE: report_garbage(parser); break;
  case TRPT_GAP_TEXT: (sequence->state == TRPT_AFTER_TEXT ? return_text : begin_text)(parser); break;
  default: fail_json(parser, TRPT_E_JSON); break;
  }
  return TRPT_JSON_TOKEN;
}

static trpt_json_status read_rest(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_json_status status;
  decoder->json.wanted = false;
  do status = trpt_json_next(&decoder->json, &decoder->token);
  while (status == TRPT_JSON_TOKEN && !trpt_json_is_complete(&decoder->json));
  if (status == TRPT_JSON_MORE) return status;
  if (status == TRPT_JSON_TOKEN)
    trpt_sequence_end_text(parser);
  else
    give_up_text(parser);
  return TRPT_JSON_TOKEN;
}

trpt_json_status trpt_sequence_read(trpt_parser *parser) {
  switch (parser->sequence.state) {
  case TRPT_IN_REST: return read_rest(parser);
  case TRPT_IN_JUNK:
    if (!trpt_gap_find_line(&parser->decoder.json)) return TRPT_JSON_MORE;
    parser->sequence.state = TRPT_BEFORE_TEXT;
    return TRPT_JSON_TOKEN;
  default: return read_gap(parser);
  }
}

static void finish_gap(trpt_parser *parser) {
  trpt_sequence *sequence = &parser->sequence;
  const trpt_gap_status status = trpt_gap_finish(&sequence->gap);
  if (status == TRPT_GAP_GARBAGE)
    report_garbage(parser);
  else if (sequence->state == TRPT_AFTER_TEXT)
    return_text(parser);
  else if (status == TRPT_GAP_CUT)
    fail_json(parser, TRPT_E_TRUNCATED);
  else
    parser->events.complete = true;
}

void trpt_sequence_finish(trpt_parser *parser) {
  switch (parser->sequence.state) {
  case TRPT_IN_REST: give_up_text(parser); break;
  case TRPT_IN_JUNK: parser->events.complete = true; break;
  default: finish_gap(parser); break;
  }
}
