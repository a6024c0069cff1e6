/* SPDX-License-Identifier: MIT */
#include "emit.h"

/* The path in this report: it may have the members of the policy object in the element of `policies` itself. */
static trpt_path path_in_report(const trpt_parser *parser, trpt_path path) {
  if (parser->decoder.flat && path.context == TRPT_IN_POLICY_OBJECT) path.context = TRPT_IN_POLICY;
  return path;
}

void trpt_fail(trpt_parser *parser, trpt_status status, trpt_code code, trpt_position position, trpt_path path) {
  trpt_error *failed = &parser->events.failed;
  char where[TRPT_PATH_SIZE];
  if (failed->status) return;
  trpt_path_write(where, path_in_report(parser, path), parser->current.policy_index, parser->current.failure_index);
  trpt_error_set(failed, status, code, position, where);
  /* "Not JSON" would be correct for an empty input, but no help. */
  if (status == TRPT_E_TRUNCATED && code == TRPT_CODE_JSON_NOT_JSON && position.offset == 0)
    trpt_error_fill(failed, status, failed->code, "The input is empty.", position, where);
  parser->events.scope = TRPT_FAILED_TEXT;
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

static void set_limit_message(trpt_parser *parser, trpt_limit limit) {
  trpt_error_set_limit(&parser->events.failed, limits[limit].sentence, limit_value(&parser->settings.options, limit));
}

void trpt_fail_limit(trpt_parser *parser, trpt_limit limit, trpt_position position, trpt_path path) {
  if (parser->events.failed.status) return;
  trpt_fail(parser, TRPT_E_LIMIT, limits[limit].code, position, path);
  set_limit_message(parser, limit);
}

static trpt_status fail_at_event(trpt_parser *parser, trpt_status status, trpt_code code, const trpt_event *event) {
  const trpt_diagnostic *d = event ? event->diagnostic : NULL;
  trpt_events_drop(&parser->events);
  if (d)
    trpt_error_set(&parser->events.failed, status, code, (trpt_position){d->offset, d->line, d->column}, d->where);
  else
    trpt_fail(parser, status, code, trpt_position_now(parser), trpt_path_now(parser));
  parser->events.scope = TRPT_FAILED_INPUT;
  return status;
}

trpt_status trpt_fail_at_event(trpt_parser *parser, trpt_status status, const trpt_event *event) {
  return fail_at_event(parser, status, TRPT_CODE_NONE, event);
}

trpt_status trpt_fail_at_fault(trpt_parser *parser, trpt_status status, const trpt_error *fault) {
  const trpt_position position = {fault->offset, fault->line, fault->column};
  parser->events.scope = TRPT_FAILED_INPUT;
  return trpt_error_set(&parser->events.failed, status, TRPT_CODE_NONE, position, fault->where);
}

trpt_status trpt_fail_limit_at_event(trpt_parser *parser, trpt_limit limit, const trpt_event *event) {
  fail_at_event(parser, TRPT_E_LIMIT, limits[limit].code, event);
  parser->events.scope = TRPT_FAILED_TEXT;
  set_limit_message(parser, limit);
  return TRPT_E_LIMIT;
}

/* In strict mode a diagnostic fails with the status of its layer: "json." or "report.". No gzip diagnostic has error level. */
static trpt_status strict_status(trpt_code code) {
  return trpt_catalogue[code].code[0] == 'j' ? TRPT_E_JSON : TRPT_E_SCHEMA;
}

static uint32_t *count_of(trpt_metadata *metadata, trpt_severity severity) {
  if (severity == TRPT_ERROR) return &metadata->error_count;
  return severity == TRPT_WARNING ? &metadata->warning_count : &metadata->info_count;
}

void trpt_emit(trpt_parser *parser, trpt_code code, trpt_position position, trpt_path path) {
  trpt_events *events = &parser->events;
  trpt_current *current = &parser->current;
  if (!trpt_diagnoses(&parser->settings) || events->failed.status) return;
  const trpt_severity severity = trpt_catalogue[code].severity;
  if (trpt_is_strict(&parser->settings) && severity == TRPT_ERROR) {
    trpt_fail(parser, strict_status(code), code, position, path);
    return;
  }
  uint32_t *count = count_of(&current->metadata, severity);
  *count += *count < UINT32_MAX;
  if (!events->receives || events->diagnostics == parser->settings.options.max_diagnostics) return;
  trpt_events_add(events, (trpt_queued){position, path_in_report(parser, path), current->policy_index,
                                        current->failure_index, code});
}

void trpt_emit_all(trpt_parser *parser, const trpt_codes *codes, trpt_position position, trpt_path path) {
  for (uint32_t i = 0; i < codes->count; i++) trpt_emit(parser, codes->at[i], position, path);
}
