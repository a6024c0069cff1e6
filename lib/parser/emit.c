/* SPDX-License-Identifier: MIT */
#include "parser.h"

trpt_path trpt_path_now(const trpt_parser *parser) { return trpt_path_of(parser->context, parser->member); }

void trpt_fail(trpt_parser *parser, trpt_status status, trpt_code code, trpt_position position, trpt_path path) {
  char text[sizeof parser->failed.where];
  if (parser->failed.status) return;
  trpt_path_write(text, sizeof text, path, parser->entry_index, parser->failure_index);
  trpt_error_set(&parser->failed, status, code, position, text);
}

typedef struct limit_row {
  trpt_code code;
  const char *sentence;
} limit_row;

static const limit_row limits[] = {
#define LIMIT(id, member, initial, code, sentence) {TRPT_CODE_##code, sentence},
#define FIXED_LIMIT(id, value, code, sentence)     {TRPT_CODE_##code, sentence},
#include "limits.def"
#undef LIMIT
#undef FIXED_LIMIT
};

static uint64_t limit_value(const trpt_options *options, trpt_limit limit) {
  const uint64_t values[] = {
#define LIMIT(id, member, initial, code, sentence) options->member,
#define FIXED_LIMIT(id, value, code, sentence)     value,
#include "limits.def"
#undef LIMIT
#undef FIXED_LIMIT
  };
  return values[limit];
}

void trpt_fail_limit(trpt_parser *parser, trpt_limit limit, trpt_position position, trpt_path path) {
  trpt_error *error = &parser->failed;
  if (error->status) return;
  trpt_fail(parser, TRPT_E_LIMIT, limits[limit].code, position, path);
  trpt_error_set_limit(error, limits[limit].sentence, limit_value(&parser->options, limit));
}

/* An error that follows what is queued was not reported yet. */
static void drop_queue(trpt_parser *parser) {
  parser->queue_count = 0;
  parser->queue_first = 0;
  trpt_error_clear(&parser->failed);
}

trpt_status trpt_fail_at_once(trpt_parser *parser, trpt_status status) {
  drop_queue(parser);
  trpt_fail(parser, status, TRPT_CODE_NONE, trpt_position_now(parser), trpt_path_now(parser));
  return status;
}

trpt_status trpt_fail_limit_at_once(trpt_parser *parser, trpt_limit limit) {
  drop_queue(parser);
  trpt_fail_limit(parser, limit, trpt_position_now(parser), trpt_path_now(parser));
  return TRPT_E_LIMIT;
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
