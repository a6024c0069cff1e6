/* SPDX-License-Identifier: MIT */
#include <tlsrpt/report.h>

#include "../base/text.h"
#include "../parser/emit.h"
#include "../parser/read.h"
#include "../tree/tree.h"

/* The tree cannot grow. A limit ends the report alone. */
static void fail_memory(trpt_parser *parser, bool over_limit, const trpt_event *event) {
  if (over_limit)
    trpt_fail_limit_at_event(parser, TRPT_LIMIT_MEMORY, event);
  else
    trpt_fail_at_event(parser, TRPT_E_MEMORY, event);
}

/* `len`: that of trpt_tree_new. `event`: the first one, or NULL. */
static bool begin_tree(trpt_parser *parser, size_t len, const trpt_event *event) {
  const trpt_settings *settings = &parser->settings;
  bool over_limit;
  if (parser->tree) return true;
  parser->tree = trpt_tree_new(&settings->allocator, settings->options.max_memory, len, &over_limit);
  if (!parser->tree) fail_memory(parser, over_limit, event);
  return parser->tree;
}

/* Reads up to the next report: TRPT_OK, and the tree is whole. */
static trpt_status read_tree(trpt_parser *parser) {
  const trpt_event *event;
  for (;;) {
    const trpt_status status = trpt_read_next(parser, &event);
    if (status != TRPT_OK) return status;
    const bool is_last = event->type == TRPT_EVENT_REPORT;
    if (!begin_tree(parser, 0, event)) continue;
    if (!trpt_tree_add(parser->tree, event))
      fail_memory(parser, trpt_tree_is_over_limit(parser->tree), event);
    else if (is_last)
      return TRPT_OK;
  }
}

static trpt_status next_report(trpt_parser *parser, const void *data, size_t len, size_t *used, trpt_report **out) {
  *used = 0;
  if (trpt_read_is_for_events(parser)) return trpt_call_refuse(parser, TRPT_E_STATE);
  trpt_status status = trpt_read_begin(parser, data, len, true);
  if (status != TRPT_OK) return status;
  parser->call.reads_tree = true;
  /* How much of the chunk belongs to one report of a sequence is not known. */
  const trpt_events *events = &parser->events;
  if (!trpt_is_sequence(&parser->settings) && !events->complete && !events->failed.status)
    begin_tree(parser, len, NULL);
  status = read_tree(parser);
  *used = trpt_read_end(parser, status);
  if (status != TRPT_OK) return status;
  *out = parser->tree;
  parser->tree = NULL;
  return TRPT_OK;
}

trpt_status trpt_report_next(trpt_parser *parser, const void *data, size_t len, size_t *used, trpt_report **out) {
  size_t consumed = 0;
  if (out) *out = NULL;
  trpt_status status = trpt_call_begin(parser);
  if (status == TRPT_OK)
    status = out ? next_report(parser, data, len, &consumed, out) : trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  if (used) *used = consumed;
  return status;
}

/* TRPT_MORE becomes the end of the input. */
static trpt_status next_of_rest(trpt_parser *parser, trpt_str *rest, trpt_report **out) {
  size_t used;
  trpt_status status;
  do {
    if (!rest->len) rest->ptr = NULL;
    status = next_report(parser, rest->ptr, rest->len, &used, out);
    if (rest->ptr) *rest = trpt_str_from(*rest, used);
  } while (status == TRPT_MORE);
  return status;
}

trpt_status trpt_reports_next(trpt_parser *parser, trpt_str *rest, trpt_report **out) {
  if (out) *out = NULL;
  trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!rest || !out || (!rest->ptr && rest->len)) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  if (trpt_parser_has_ended(parser)) return TRPT_END;
  status = next_of_rest(parser, rest, out);
  if (status == TRPT_E_STATE) return status;
  if (status == TRPT_END && !parser->call.has_result) status = trpt_call_refuse(parser, TRPT_E_NO_REPORT);
  parser->call.has_result = true;
  return status;
}

trpt_status trpt_report_read(trpt_parser *parser, const void *data, size_t len, trpt_report **out) {
  size_t used;
  if (out) *out = NULL;
  const trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!out || trpt_is_sequence(&parser->settings)) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  return next_report(parser, data, len, &used, out);
}

const trpt_report *trpt_report_unfinished(const trpt_parser *parser) {
  return parser && parser->events.failed.status ? parser->tree : NULL;
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
