/* SPDX-License-Identifier: MIT */
#include <tlsrpt/report.h>

#include "../parser/emit.h"
#include "../parser/read.h"
#include "../tree/tree.h"

/* Fails the parser because the tree cannot grow, in the same way as an error in the text. */
static trpt_status fail_memory(trpt_parser *parser, bool over_limit, const trpt_event *event) {
  return over_limit ? trpt_fail_limit_at_event(parser, TRPT_LIMIT_MEMORY, event)
                    : trpt_fail_at_event(parser, TRPT_E_MEMORY, event);
}

/* Whether trpt_parser_read or trpt_parser_feed has begun to read this report. An error is returned only after its
   events. */
static bool is_read_by_events(const trpt_parser *parser) {
  return !parser->tree && parser->input.consumed && (!parser->events.failed.status || parser->events.count);
}

static trpt_status begin_tree(trpt_parser *parser, size_t len) {
  const trpt_settings *settings = &parser->settings;
  bool over_limit;
  if (parser->tree || parser->events.failed.status) return TRPT_OK;
  parser->tree = trpt_tree_new(&settings->allocator, settings->options.max_memory, len, &over_limit);
  return parser->tree ? TRPT_OK : fail_memory(parser, over_limit, NULL);
}

static trpt_status read_tree(trpt_parser *parser) {
  const trpt_event *event;
  for (;;) {
    const trpt_status status = trpt_read_next(parser, &event);
    if (status != TRPT_OK) return status;
    if (!trpt_tree_add(parser->tree, event)) return fail_memory(parser, trpt_tree_is_over_limit(parser->tree), event);
  }
}

trpt_status trpt_report_read(trpt_parser *parser, const void *data, size_t len, trpt_report **out) {
  if (out) *out = NULL;
  trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if (!out) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  if (is_read_by_events(parser)) return trpt_call_refuse(parser, TRPT_E_STATE);
  status = trpt_read_begin(parser, data, len, true);
  if (status != TRPT_OK) return status;
  status = begin_tree(parser, len);
  if (status == TRPT_OK) status = read_tree(parser);
  trpt_read_end(parser, status);
  if (status != TRPT_END) return status;
  *out = parser->tree;
  parser->tree = NULL;
  return TRPT_OK;
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
