/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include <tlsrpt/policy.h>

#include "../model/schema.h"

static void set_text(trpt_value *out, trpt_str text) {
  out->is_null = !text.ptr;
  out->own_text = text;
  out->texts = &out->own_text;
  out->text_count = 1;
}

static void set_number(trpt_value *out, uint64_t number) {
  out->is_null = false;
  out->number = number;
}

static void kind_of(const trpt_row *row, trpt_value *out) {
  static const trpt_str names[TRPT_ROW_KIND_COUNT] = {
      [TRPT_ROW_POLICY] = TRPT_STR("policy"), [TRPT_ROW_FAILURE] = TRPT_STR("failure")};
  set_text(out, names[row->kind]);
}

static void source_of(const trpt_row *row, trpt_value *out) { set_text(out, row->source->name); }

static void report_key_of(const trpt_row *row, trpt_value *out) { set_text(out, row->report_key); }

static void policy_index_of(const trpt_row *row, trpt_value *out) { set_number(out, row->policy->index); }

static void policy_mode_of(const trpt_row *row, trpt_value *out) {
  const char *name = trpt_sts_mode_name(trpt_policy_mode(row->policy));
  set_text(out, (trpt_str){name, name ? strlen(name) : 0});
}

/* Part of the key of a row, so policy rows have it too. */
static void failure_index_of(const trpt_row *row, trpt_value *out) {
  set_number(out, row->failure ? row->failure->index : 0);
}
