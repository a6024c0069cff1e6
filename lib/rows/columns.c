/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include <assert.h>

#include <tlsrpt/policy.h>

#include "../base/text.h"
#include "../model/schema.h"

/* ---- origins ---- */

static trpt_str kind_of(const void *record) {
  static const trpt_str names[TRPT_ROW_KIND_COUNT] = {TRPT_STR("policy"), TRPT_STR("failure"), TRPT_STR("error")};
  const trpt_row *row = record;
  return names[row->kind];
}

static trpt_str policy_mode_of(const void *record) {
  const trpt_row *row = record;
  return trpt_str_of(row->policy ? trpt_sts_mode_name(trpt_policy_mode(row->policy)) : NULL);
}

/* The pointer to the structure of a member. */
static size_t pointer_to(trpt_member member) {
  if (member < TRPT_FIRST_OF_POLICY) return offsetof(trpt_row, metadata);
  return member < TRPT_FIRST_OF_FAILURE ? offsetof(trpt_row, policy) : offsetof(trpt_row, failure);
}

static trpt_origin origin_of(trpt_member member) {
  const trpt_member_info *info = &trpt_members[member];
  trpt_origin origin = {.structure = (uint8_t)pointer_to(member), .field = info->field, .number = info->number};
  switch (info->type) {
  case TRPT_TYPE_COUNT:
    origin.kind = TRPT_FROM_COUNT;
    origin.number = info->present;
    origin.has = info->has;
    break;
  case TRPT_TYPE_TIME:
    origin.kind = TRPT_FROM_TIME;
    origin.field = info->number;
    break;
  case TRPT_TYPE_LIST: origin.kind = TRPT_FROM_LIST; break;
  default: origin.kind = TRPT_FROM_TEXT;
  }
  return origin;
}

trpt_origin trpt_column_origin(const trpt_column *column, trpt_row_kind kind) {
  const trpt_member member = (trpt_member)column->members[kind];
  return member == TRPT_MEMBER_NONE ? column->origin : origin_of(member);
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
#define CALL(function)          TRPT_FROM_CALL(function)
#define OF_ROW(kind, field)     TRPT_FROM_RECORD(kind, trpt_row, field)
#define OF_SOURCE(kind, field)  TRPT_FROM(kind, trpt_row, source, trpt_source, field)
#define OF_POLICY(kind, field)  TRPT_FROM(kind, trpt_row, policy, trpt_policy, field)
#define OF_FAILURE(kind, field) TRPT_FROM(kind, trpt_row, failure, trpt_failure, field)
#define OF_ERROR(kind, field)   TRPT_FROM(kind, trpt_row, error, trpt_error, field)
#define NO_ORIGIN                                                                                                      \
  { 0 }
#define COLUMN(name, type, scope, is_nullable, policy, failure, ...)                                                   \
  {TRPT_STR(#name),                                                                                                    \
   TRPT_STR(",\"" #name "\":"),                                                                                        \
   TRPT_STR(",\"" #name "\":null"),                                                                                    \
   (trpt_value_type)(type),                                                                                            \
   scope,                                                                                                              \
   is_nullable,                                                                                                        \
   {policy, failure, TRPT_MEMBER_NONE},                                                                                \
   __VA_ARGS__},
#define SHARED(name, member)                                                                                           \
  COLUMN(name, TYPE_OF_##member, TRPT_MEMBER_##member < TRPT_FIRST_OF_POLICY ? TRPT_SCOPE_REPORT : TRPT_SCOPE_POLICY,  \
         true, TRPT_MEMBER_##member, TRPT_MEMBER_##member, NO_ORIGIN)
#define OWN(name, policy, failure)                                                                                     \
  COLUMN(name, TRPT_MEMBER_##policy ? TYPE_OF_##policy : TYPE_OF_##failure, TRPT_SCOPE_ROW, true,                      \
         TRPT_MEMBER_##policy, TRPT_MEMBER_##failure, NO_ORIGIN)
#define COMPUTED(name, type, scope, ...)                                                                               \
  COLUMN(name, TRPT_VALUE_##type, TRPT_SCOPE_##scope, true, TRPT_MEMBER_NONE, TRPT_MEMBER_NONE, __VA_ARGS__)
#define REQUIRED(name, type, scope, ...)                                                                               \
  COLUMN(name, TRPT_VALUE_##type, TRPT_SCOPE_##scope, false, TRPT_MEMBER_NONE, TRPT_MEMBER_NONE, __VA_ARGS__)
#include "columns.def"
};

/* Members of a failure are only in failure rows. */
#define SHARED(name, member) static_assert(TRPT_MEMBER_##member < TRPT_FIRST_OF_FAILURE, "rows share " #name);
#define OWN(name, policy, failure)                                                                                     \
  static_assert(TRPT_MEMBER_##policy < TRPT_FIRST_OF_FAILURE, "policy rows have " #name);
#define COMPUTED(name, type, scope, ...)
#define REQUIRED(name, type, scope, ...)
#include "columns.def"
