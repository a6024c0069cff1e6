/* SPDX-License-Identifier: MIT */
#include "parser.h"

trpt_path trpt_path_now(const trpt_parser *parser) { return trpt_path_of(parser->context, parser->member); }

void trpt_fail(trpt_parser *parser, trpt_status status, trpt_code code, trpt_position position, trpt_path path) {
  char text[sizeof parser->failed.where];
  if (parser->failed.status) return;
  trpt_path_write(text, sizeof text, path, parser->entry_index, parser->failure_index);
  trpt_error_set(&parser->failed, status, code, position, text);
}

trpt_status trpt_fail_at_once(trpt_parser *parser, trpt_status status, trpt_code code) {
  parser->queue_count = 0;
  parser->queue_first = 0;
  trpt_error_clear(&parser->failed); /* an error behind the queue was not told yet */
  trpt_fail(parser, status, code, trpt_position_now(parser), trpt_path_now(parser));
  return status;
}

/* In strict mode a finding is an error of the layer that it speaks of: "json." or "report.". What gzip raises is no error. */
static trpt_status strict_status(trpt_code code) {
  return trpt_catalogue[code].code[0] == 'j' ? TRPT_E_JSON : TRPT_E_SCHEMA;
}

static uint32_t *count_of(trpt_metadata *metadata, trpt_severity severity) {
  if (severity == TRPT_ERROR) return &metadata->error_count;
  return severity == TRPT_WARNING ? &metadata->warning_count : &metadata->info_count;
}

void trpt_emit(trpt_parser *parser, trpt_code code, trpt_position position, trpt_path path) {
  if (!parser->codes || parser->failed.status) return;
  const trpt_severity severity = trpt_catalogue[code].severity;
  if (parser->strict && severity == TRPT_ERROR) {
    trpt_fail(parser, strict_status(code), code, position, path);
    return;
  }
  uint32_t *count = count_of(&parser->metadata, severity);
  *count += *count < UINT32_MAX;
  if (!parser->receives || parser->diagnostics_given == parser->options.max_diagnostics) return;
  /* The queue is emptied before the next token or step, none of which can fill it. */
  if (parser->queue_count == TRPT_QUEUE_CAPACITY) return; /* GCOVR_EXCL_BR_LINE */
  parser->diagnostics_given++;
  parser->queue[parser->queue_count++] =
      (trpt_queued){position, path, parser->entry_index, parser->failure_index, code};
}

void trpt_emit_all(trpt_parser *parser, const trpt_codes *codes, trpt_position position, trpt_path path) {
  for (uint32_t i = 0; i < codes->count; i++) trpt_emit(parser, codes->at[i], position, path);
}
