/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include <assert.h>

#include <tlsrpt/policy.h>

#include "../base/text.h"
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

/* ---- computed columns ---- */

static void kind_of(const trpt_row *row, trpt_value *out) {
  static const trpt_str names[TRPT_ROW_KIND_COUNT] = {TRPT_STR("policy"), TRPT_STR("failure"), TRPT_STR("error")};
  set_text(out, names[row->kind]);
}

static void source_of(const trpt_row *row, trpt_value *out) { set_text(out, row->source->name); }

static void report_key_of(const trpt_row *row, trpt_value *out) { set_text(out, row->report_key); }

/* Part of the primary key, so all rows have one. */
static void policy_index_of(const trpt_row *row, trpt_value *out) {
  set_number(out, row->policy ? row->policy->index : 0);
}

static void policy_mode_of(const trpt_row *row, trpt_value *out) {
  set_text(out, trpt_str_of(row->policy ? trpt_sts_mode_name(trpt_policy_mode(row->policy)) : NULL));
}

static void failure_index_of(const trpt_row *row, trpt_value *out) {
  set_number(out, row->failure ? row->failure->index : 0);
}

static void report_domain_of(const trpt_row *row, trpt_value *out) { set_text(out, row->source->report_domain); }

static void report_submitter_of(const trpt_row *row, trpt_value *out) { set_text(out, row->source->report_submitter); }

static void message_id_of(const trpt_row *row, trpt_value *out) { set_text(out, row->source->message_id); }

static void dkim_of(const trpt_row *row, trpt_value *out) { set_text(out, row->source->dkim); }

static void dkim_domain_of(const trpt_row *row, trpt_value *out) { set_text(out, row->source->dkim_domain); }

static void error_code_of(const trpt_row *row, trpt_value *out) { set_text(out, row->error_code); }

static void error_message_of(const trpt_row *row, trpt_value *out) {
  set_text(out, trpt_str_of(row->error ? row->error->message : NULL));
}

/* ---- columns with members ---- */

static const void *structure_of(const trpt_row *row, trpt_member member) {
  if (member < TRPT_FIRST_OF_POLICY) return row->metadata;
  return member < TRPT_FIRST_OF_FAILURE ? (const void *)row->policy : row->failure;
}

/* A list without any text becomes null, like an absent one. */
static void set_list(trpt_value *out, const trpt_str *texts, size_t count) {
  out->is_null = count == 0 || (count == 1 && !texts[0].len);
  out->texts = texts;
  out->text_count = count;
}

static void member_value(const trpt_row *row, trpt_member member, trpt_value *out) {
  const trpt_member_info *info = &trpt_members[member];
  const void *structure = structure_of(row, member);
  switch (info->type) {
  case TRPT_TYPE_COUNT:
    out->is_null = !trpt_is_present(info, structure);
    out->number = trpt_count_of(info, structure);
    break;
  case TRPT_TYPE_TIME:
    out->time = trpt_time_of(info, structure);
    out->is_null = out->time == INT64_MIN;
    break;
  case TRPT_TYPE_LIST: set_list(out, trpt_strings_of(info, structure), trpt_string_count_of(info, structure)); break;
  default: set_text(out, trpt_text_of(info, structure));
  }
}

void trpt_column_value(const trpt_column *column, const trpt_row *row, trpt_value *out) {
  const trpt_member member = (trpt_member)column->members[row->kind];
  if (column->compute)
    column->compute(row, out);
  else if (member == TRPT_MEMBER_NONE)
    out->is_null = true;
  else
    member_value(row, member, out);
}

/* ---- the table ---- */

/* The value type of each member. */
enum {
  TYPE_OF_NONE = TRPT_VALUE_TEXT,
#define VALUE_OF_STRING                                                              TRPT_VALUE_TEXT
#define VALUE_OF_POLICY_TYPE                                                         TRPT_VALUE_TEXT
#define VALUE_OF_RESULT_TYPE                                                         TRPT_VALUE_TEXT
#define VALUE_OF_TIME                                                                TRPT_VALUE_TIME
#define VALUE_OF_COUNT                                                               TRPT_VALUE_COUNT
#define VALUE_OF_LIST                                                                TRPT_VALUE_TEXT
#define VALUE_OF_OBJECT                                                              TRPT_VALUE_TEXT
#define VALUE_OF_ARRAY                                                               TRPT_VALUE_TEXT
#define MEMBER(tag, id, object, name, type, field, number, present, required, check) TYPE_OF_##id = VALUE_OF_##type,
#include "../model/schema.def"
};

const trpt_column trpt_columns[TRPT_COLUMN_COUNT] = {
#define COLUMN(name, type, scope, is_nullable, policy, failure, compute)                                               \
  {TRPT_STR(#name),                                                                                                    \
   TRPT_STR(",\"" #name "\":"),                                                                                        \
   TRPT_STR(",\"" #name "\":null"),                                                                                    \
   (trpt_value_type)(type),                                                                                            \
   scope,                                                                                                              \
   is_nullable,                                                                                                        \
   {policy, failure, TRPT_MEMBER_NONE},                                                                                \
   compute},
#define SHARED(name, member)                                                                                           \
  COLUMN(name, TYPE_OF_##member, TRPT_MEMBER_##member < TRPT_FIRST_OF_POLICY ? TRPT_SCOPE_REPORT : TRPT_SCOPE_POLICY,  \
         true, TRPT_MEMBER_##member, TRPT_MEMBER_##member, NULL)
#define OWN(name, policy, failure)                                                                                     \
  COLUMN(name, TRPT_MEMBER_##policy ? TYPE_OF_##policy : TYPE_OF_##failure, TRPT_SCOPE_ROW, true,                      \
         TRPT_MEMBER_##policy, TRPT_MEMBER_##failure, NULL)
#define COMPUTED(name, type, scope, compute)                                                                           \
  COLUMN(name, TRPT_VALUE_##type, TRPT_SCOPE_##scope, true, TRPT_MEMBER_NONE, TRPT_MEMBER_NONE, compute)
#define REQUIRED(name, type, scope, compute)                                                                           \
  COLUMN(name, TRPT_VALUE_##type, TRPT_SCOPE_##scope, false, TRPT_MEMBER_NONE, TRPT_MEMBER_NONE, compute)
#include "columns.def"
};

/* Members of a failure are only in failure rows. */
#define SHARED(name, member) static_assert(TRPT_MEMBER_##member < TRPT_FIRST_OF_FAILURE, "rows share " #name);
#define OWN(name, policy, failure)                                                                                     \
  static_assert(TRPT_MEMBER_##policy < TRPT_FIRST_OF_FAILURE, "policy rows have " #name);
#define COMPUTED(name, type, scope, compute)
#define REQUIRED(name, type, scope, compute)
#include "columns.def"
