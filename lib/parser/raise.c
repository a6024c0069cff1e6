/* SPDX-License-Identifier: MIT */
#include "parser.h"

trpt_where trpt_where_now(const trpt_parser *parser) { return trpt_where_of(parser->context, parser->member); }

void trpt_fail(trpt_parser *parser, trpt_status status, trpt_finding finding, trpt_place place, trpt_where where) {
  char path[sizeof parser->failed.where];
  if (parser->failed.status) return;
  trpt_where_write(path, sizeof path, where, parser->entry_index, parser->failure_index);
  trpt_error_set(&parser->failed, status, finding, place, path);
}

trpt_status trpt_give_up(trpt_parser *parser, trpt_status status, trpt_finding finding) {
  parser->queue_count = 0;
  parser->queue_first = 0;
  trpt_error_clear(&parser->failed); /* an error behind the queue was not told yet */
  /* Not where the tokenizer is, which may have read ahead. */
  trpt_fail(parser, status, finding, trpt_place_now(parser), trpt_where_now(parser));
  return status;
}

/* In strict mode a finding is an error of the layer that it speaks of: "json." or "report.". What gzip raises is no error. */
static trpt_status strict_status(trpt_finding finding) {
  return trpt_catalogue[finding].code[0] == 'j' ? TRPT_E_JSON : TRPT_E_SCHEMA;
}

static uint32_t *count_of(trpt_metadata *metadata, trpt_severity severity) {
  if (severity == TRPT_ERROR) return &metadata->error_count;
  return severity == TRPT_WARNING ? &metadata->warning_count : &metadata->info_count;
}

void trpt_raise(trpt_parser *parser, trpt_finding finding, trpt_place place, trpt_where where) {
  if (!parser->findings || parser->failed.status) return;
  const trpt_severity severity = trpt_catalogue[finding].severity;
  if (parser->strict && severity == TRPT_ERROR) {
    trpt_fail(parser, strict_status(finding), finding, place, where);
    return;
  }
  uint32_t *count = count_of(&parser->metadata, severity);
  *count += *count < UINT32_MAX;
  if (!parser->receives || parser->diagnostics_given == parser->options.max_diagnostics) return;
  /* The queue is emptied before the next token or step, none of which can fill it. */
  if (parser->queue_count == TRPT_QUEUE_CAPACITY) return; /* GCOVR_EXCL_BR_LINE */
  parser->diagnostics_given++;
  parser->queue[parser->queue_count++] =
      (trpt_pending){place, where, parser->entry_index, parser->failure_index, finding};
}

void trpt_raise_all(trpt_parser *parser, const trpt_findings *findings, trpt_place place, trpt_where where) {
  for (uint32_t i = 0; i < findings->count; i++) trpt_raise(parser, findings->at[i], place, where);
}
