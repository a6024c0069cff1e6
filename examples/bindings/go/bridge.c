/* SPDX-License-Identifier: MIT */
#include "bridge.h"

#include <stdlib.h>

static trpt_status add_parts(trpt_go_report *report) {
  const trpt_report *tree = report->tree;
  const trpt_metadata *metadata = trpt_report_metadata(tree);
  const uint32_t policies = metadata->policy_count, diagnostics = trpt_report_diagnostic_count(tree);
  const size_t first_failure = 1 + (size_t)policies, first_diagnostic = first_failure + (size_t)metadata->failure_count;
  const size_t count = first_diagnostic + diagnostics;
  const void **parts = malloc(count * sizeof *parts), **failure; /* less than the tree */
  if (!parts) return TRPT_E_MEMORY;
  report->parts = parts;
  report->part_count = count;
  failure = parts + first_failure;
  parts[0] = metadata;
  for (uint32_t i = 0; i < policies; i++) {
    const uint32_t failures = trpt_report_failure_count(tree, i);
    parts[1 + i] = trpt_report_policy(tree, i);
    for (uint32_t j = 0; j < failures; j++) *failure++ = trpt_report_failure(tree, i, j);
  }
  for (uint32_t i = 0; i < diagnostics; i++) parts[first_diagnostic + i] = trpt_report_diagnostic(tree, i);
  return trpt_report_key(tree, report->key, sizeof report->key, NULL);
}

void trpt_go_free(trpt_go_report *report) {
  trpt_report_free(report->tree);
  free((void *)report->parts);
  *report = (trpt_go_report){0};
}

trpt_status trpt_go_next(trpt_parser *parser, int first, const void *data, size_t len, size_t *used,
                         trpt_go_report *report) {
  trpt_str rest = {data, len};
  trpt_status status;
  trpt_go_free(report);
  if (first) trpt_parser_reset(parser);
  status = trpt_reports_next(parser, &rest, &report->tree);
  *used = len - rest.len;
  return status == TRPT_OK ? add_parts(report) : status;
}

trpt_status trpt_go_print(trpt_rows *rows, trpt_parser *parser, const void *data, size_t len, const char *name,
                          size_t name_len, void *user) {
  const trpt_source source = {sizeof source, {name, name_len}};
  return rows ? trpt_rows_reports(rows, parser, data, len, &source)
              : trpt_reports_json(parser, data, len, &source, 0, trpt_go_write, user);
}
