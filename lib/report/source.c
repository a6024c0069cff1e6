/* SPDX-License-Identifier: MIT */
#include "source.h"

#include "../base/text.h"
#include "../base/versioned.h"

static bool is_valid(const trpt_source *source) {
  if (!source->diagnostics) return !source->diagnostic_count;
  for (size_t i = 0; i < source->diagnostic_count; i++)
    if (!source->diagnostics[i]) return false;
  return true;
}

bool trpt_source_read(trpt_resolved_source *out, const trpt_source *source, const trpt_report *report) {
  out->source = (trpt_source){0};
  if (source && !trpt_versioned_copy(&out->source, sizeof out->source, source)) return false;
  if (!is_valid(&out->source)) return false;
  out->key = out->source.key;
  if (!out->key.ptr && report) {
    trpt_report_key(report, out->key_text, sizeof out->key_text, &out->key.len);
    out->key.ptr = out->key_text;
  }
  return true;
}

trpt_str trpt_source_status(const trpt_source *source, const trpt_error *error) {
  return source->error_status.ptr ? source->error_status : trpt_str_of(trpt_status_name(error->status));
}
