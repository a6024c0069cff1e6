/* SPDX-License-Identifier: MIT */
#include "decode_table.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "parser.h"

/* Where the parser keeps the structure of an object, and where the text of its strings goes. */
#define BASE_REPORT         current.metadata
#define BASE_DATE_RANGE     current.metadata
#define BASE_POLICY         current.policy
#define BASE_POLICY_OBJECT  current.policy
#define BASE_SUMMARY        current.totals.summary
#define BASE_FAILURE        current.failure.failure
#define STORE_REPORT        offsetof(trpt_parser, current.report_text)
#define STORE_DATE_RANGE    STORE_REPORT
#define STORE_POLICY        STORE_POLICY_OBJECT
#define STORE_POLICY_OBJECT offsetof(trpt_parser, current.text)
#define STORE_SUMMARY       STORE_POLICY_OBJECT
#define STORE_FAILURE       STORE_POLICY_OBJECT

/* A member's value begins with a token of this kind. */
#define KIND_STRING      TRPT_JSON_STRING
#define KIND_POLICY_TYPE TRPT_JSON_STRING
#define KIND_RESULT_TYPE TRPT_JSON_STRING
#define KIND_TIME        TRPT_JSON_STRING
#define KIND_COUNT       TRPT_JSON_NUMBER
#define KIND_LIST        TRPT_JSON_ARRAY_BEGIN
#define KIND_OBJECT      TRPT_JSON_OBJECT_BEGIN
#define KIND_ARRAY       TRPT_JSON_ARRAY_BEGIN

/* What checks the text of a string, or of each string of a list. */
#define CHECK_STRING(check)      trpt_check_##check
#define CHECK_POLICY_TYPE(check) trpt_check_##check
#define CHECK_RESULT_TYPE(check) trpt_check_##check
#define CHECK_TIME(check)        trpt_check_##check
#define CHECK_COUNT(check)       NULL
#define CHECK_LIST(check)        trpt_check_##check
#define CHECK_OBJECT(check)      NULL
#define CHECK_ARRAY(check)       NULL

/* The context of a value, where the value goes, and where its meaning goes. */
#define AT(base, field)                            offsetof(trpt_parser, base.field)
#define SLOTS_STRING(id, base, field, number)      0, AT(base, field), 0
#define SLOTS_POLICY_TYPE(id, base, field, number) 0, AT(base, field), AT(base, number)
#define SLOTS_RESULT_TYPE(id, base, field, number) 0, AT(base, field), AT(base, number)
#define SLOTS_TIME(id, base, field, number)        0, AT(base, field), AT(base, number)
#define SLOTS_COUNT(id, base, field, number)       0, AT(base, field), 0
#define SLOTS_LIST(id, base, field, number)        TRPT_IN_##id, AT(base, field), offsetof(trpt_parser, current.field)
#define SLOTS_OBJECT(id, base, field, number)      TRPT_IN_##field, 0, 0
#define SLOTS_ARRAY(id, base, field, number)       TRPT_IN_##field, 0, 0

/* Positions that checks need after the member was read. */
#define POSITION(member)                                                                                               \
  ((member) == TRPT_MEMBER_END_DATETIME            ? offsetof(trpt_parser, current.end_position)                       \
   : (member) == TRPT_MEMBER_TOTAL_FAILURE         ? offsetof(trpt_parser, current.totals.failed_position)             \
   : (member) == TRPT_MEMBER_RESULT_TYPE           ? offsetof(trpt_parser, current.failure.type_position)              \
   : (member) == TRPT_MEMBER_RECEIVING_MX_HOSTNAME ? offsetof(trpt_parser, current.failure.host_position)              \
                                                   : 0)

#define SCHEMA(id, name, kind, member, type, inner, slot, number, present, present_slot, store, check)                 \
  [TRPT_MEMBER_##id] = {name "\":",                                                                                    \
                        check,                                                                                         \
                        present,                                                                                       \
                        TRPT_MEMBER_BIT(TRPT_MEMBER_##id),                                                             \
                        UINT32_MAX >> (TRPT_KEY_SIZE - 1 - sizeof name),                                               \
                        sizeof name + 2,                                                                               \
                        kind,                                                                                          \
                        inner,                                                                                         \
                        TRPT_MEMBER_##member,                                                                          \
                        type,                                                                                          \
                        (type) != TRPT_TYPE_STRING || POSITION(TRPT_MEMBER_##id),                                      \
                        slot,                                                                                          \
                        present_slot,                                                                                  \
                        store,                                                                                         \
                        number,                                                                                        \
                        POSITION(TRPT_MEMBER_##id)},
/* Expands the slots to three arguments. */
#define WITH_SLOTS(...) SCHEMA(__VA_ARGS__)

const trpt_schema trpt_schemas[TRPT_MEMBER_COUNT] = {
    [TRPT_MEMBER_NONE] = {.key_mask = UINT32_MAX}, /* no member of a report has this key */
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  WITH_SLOTS(id, name, KIND_##type, id, TRPT_TYPE_##type, SLOTS_##type(id, BASE_##object, field, number), has,         \
             AT(BASE_##object, present), STORE_##object, CHECK_##type(check))
#define ALIAS(id, member, name) SCHEMA(id, name, 0, member, 0, 0, 0, 0, 0, 0, 0, NULL)
#include "../model/schema.def"
};

static_assert(sizeof(trpt_parser) <= UINT16_MAX, "slots are 16 bits wide");

#define IS(name, literal) ((name).len == sizeof literal - 1 && memcmp((name).ptr, literal, sizeof literal - 1) == 0)

static trpt_member find_alias(trpt_context context, trpt_str name) {
#define ALIAS(id, member, text)                                                                                        \
  if (trpt_members[TRPT_MEMBER_##member].context == context && IS(name, text)) return TRPT_MEMBER_##id;
#include "../model/schema.def"
  return TRPT_MEMBER_NONE;
}

/* Comparisons with literals take fewer instructions than a search in a table: few names in one object have the same length. */
trpt_member trpt_schema_find(trpt_context context, trpt_str name) {
  switch (context) {
  case TRPT_IN_NOTHING:
#define OBJECT(id, structure)                                                                                          \
  break;                                                                                                               \
  case TRPT_IN_##id:
#define MEMBER(tag, id, object, text, type, field, number, has, required, check)                                       \
  if (IS(name, text)) return TRPT_MEMBER_##id;
#include "../model/schema.def"
    break;
  default: break;
  }
  return find_alias(context, name);
}
