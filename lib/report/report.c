/* SPDX-License-Identifier: MIT */
#include <tlsrpt/report.h>

#include "../parser/parser.h"
#include "../tree/tree.h"

/* Fails the parser because the tree cannot grow, in the same way as an error in the text. */
static trpt_status fail_memory(trpt_parser *parser, bool over_limit) {
  const trpt_status status =
      over_limit ? trpt_fail_limit_at_once(parser, TRPT_LIMIT_MEMORY) : trpt_fail_at_once(parser, TRPT_E_MEMORY);
  parser->error = parser->failed;
  return status;
}

/* Whether trpt_parser_read or trpt_parser_feed has begun to read this report. An error is returned only after its
   events. */
static bool is_read_by_events(const trpt_parser *parser) {
  return !parser->tree && parser->input.taken && (!parser->failed.status || parser->queue_count);
}

trpt_status trpt_report_read(trpt_parser *parser, const void *data, size_t len, trpt_report **out) {
  if (out) *out = NULL;
  if (!parser) return TRPT_E_ARGUMENT;
  if (parser->busy) return TRPT_E_STATE;
  trpt_parser_begin(parser);
  if (!out || (!data && len)) return trpt_parser_refuse(parser, TRPT_E_ARGUMENT);
  if (is_read_by_events(parser)) return trpt_parser_refuse(parser, TRPT_E_STATE);
  parser->receives = true;
  if (!parser->tree && !parser->failed.status) {
    bool over_limit;
    parser->tree = trpt_tree_new(&parser->allocator, parser->options.max_memory, len, &over_limit);
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
    if (status == TRPT_OK && !trpt_tree_add(parser->tree, event))
      status = fail_memory(parser, trpt_tree_is_over_limit(parser->tree));
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
