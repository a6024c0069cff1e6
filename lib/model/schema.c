/* SPDX-License-Identifier: MIT */
#include "schema.h"

#include <assert.h>

/* The structure of each object. */
#define STRUCTURE(id, type)   typedef type structure_##id;
#define OBJECT(id, structure) typedef structure_##structure object_##id;
#include "schema.def"

/* The offsets of each type of member. */
#define OFFSETS(inner, field, number)                  inner, field, number
#define TEXT(id, object, field)                        OFFSETS(0, offsetof(object_##object, field), 0)
#define NAMED(id, object, field, number)               OFFSETS(0, offsetof(object_##object, field), offsetof(object_##object, number))
#define OFFSETS_STRING(id, object, field, number)      TEXT(id, object, field)
#define OFFSETS_POLICY_TYPE(id, object, field, number) NAMED(id, object, field, number)
#define OFFSETS_RESULT_TYPE(id, object, field, number) NAMED(id, object, field, number)
#define OFFSETS_TIME(id, object, field, number)        NAMED(id, object, field, number)
#define OFFSETS_COUNT(id, object, field, number)       TEXT(id, object, field)
#define OFFSETS_LIST(id, object, field, number)                                                                        \
  OFFSETS(TRPT_IN_##id, offsetof(object_##object, field), offsetof(object_##object, number))
#define OFFSETS_OBJECT(id, object, field, number) OFFSETS(TRPT_IN_##field, 0, 0)
#define OFFSETS_ARRAY(id, object, field, number)  OFFSETS(TRPT_IN_##field, 0, 0)

const trpt_member_info trpt_members[TRPT_MEMBER_COUNT] = {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  [TRPT_MEMBER_##id] = {name,                                                                                          \
                        sizeof name - 1,                                                                               \
                        tag,                                                                                           \
                        TRPT_MEMBER_##id,                                                                              \
                        TRPT_IN_##object,                                                                              \
                        TRPT_TYPE_##type,                                                                              \
                        OFFSETS_##type(id, object, field, number),                                                     \
                        offsetof(object_##object, present),                                                            \
                        has},
#define ALIAS(id, member, name)                                                                                        \
  [TRPT_MEMBER_##id] = {name, sizeof name - 1, 0, TRPT_MEMBER_##member, 0, 0, 0, 0, 0, 0, 0},
#include "schema.def"
};

const trpt_context_info trpt_contexts[TRPT_CONTEXT_COUNT] = {
#include "context_rows.def"
};

const uint8_t trpt_first_in[TRPT_CONTEXT_COUNT + 1] = {
    [TRPT_IN_NOTHING] = TRPT_MEMBER_NONE + 1,
#define OBJECT(id, structure) [TRPT_IN_##id] = TRPT_FIRST_IN_##id,
#define ARRAY(id)             [TRPT_IN_##id] = TRPT_FIRST_IN_##id,
#include "schema.def"
    [TRPT_CONTEXT_COUNT] = TRPT_FIRST_ALIAS,
};

const uint8_t trpt_first_of[TRPT_STRUCTURE_COUNT + 1] = {
#define STRUCTURE(id, type) [TRPT_STRUCTURE_##id] = TRPT_FIRST_OF_##id,
#include "schema.def"
    [TRPT_STRUCTURE_COUNT] = TRPT_FIRST_ALIAS,
};

static_assert(TRPT_MEMBER_COUNT <= 32, "sets of members have 32 bits");
#define STRUCTURE(id, type) static_assert(sizeof(type) <= UINT16_MAX, "offsets within " #type " fit a member's row");
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  static_assert(sizeof name - 1 <= UINT8_MAX && (tag) <= UINT8_MAX, "the name and the tag of " name " fit its row");
#define ALIAS(id, member, name) static_assert(sizeof name - 1 <= UINT8_MAX, "the length of " name " fits its row");
#include "schema.def"

/* ---- compile-time checks: each field has the right type and exactly one row ---- */

#define IS_A(wanted, object, field)             _Generic(((object_##object *)0)->field, wanted : 1, default : 0)
#define FITS_TEXT(object, field)                IS_A(trpt_str, object, field)
#define FITS_STRING(object, field, number)      FITS_TEXT(object, field)
#define FITS_POLICY_TYPE(object, field, number) FITS_TEXT(object, field) && IS_A(trpt_policy_type, object, number)
#define FITS_RESULT_TYPE(object, field, number) FITS_TEXT(object, field) && IS_A(trpt_result_type, object, number)
#define FITS_TIME(object, field, number)        FITS_TEXT(object, field) && IS_A(int64_t, object, number)
#define FITS_COUNT(object, field, number)       IS_A(uint64_t, object, field)
#define FITS_LIST(object, field, number)        IS_A(const trpt_str *, object, field) && IS_A(uint32_t, object, number)
#define FITS_OBJECT(object, field, number)      1
#define FITS_ARRAY(object, field, number)       1
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  static_assert(FITS_##type(object, field, number), "the type of " name);
#include "schema.def"

/* Structures with the size of all fields that rows name. They consist of bytes, so they have no padding. Fields that
   are not members of a report have no row, and are listed below. */
#define COPY(object, field)                     char field[sizeof(((object_##object *)0)->field)];
#define COPY_STRING(object, field, number)      COPY(object, field)
#define COPY_POLICY_TYPE(object, field, number) COPY(object, field) COPY(object, number)
#define COPY_RESULT_TYPE(object, field, number) COPY(object, field) COPY(object, number)
#define COPY_TIME(object, field, number)        COPY(object, field) COPY(object, number)
#define COPY_COUNT(object, field, number)       COPY(object, field)
#define COPY_LIST(object, field, number)        COPY(object, field) COPY(object, number)
#define COPY_OBJECT(object, field, number)
#define COPY_ARRAY(object, field, number)
#define STRUCTURE(id, type)                                                      typedef struct {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check) COPY_##type(object, field, number)
#define STRUCTURE_END(id)                                                                                              \
  }                                                                                                                    \
  covered_##id;
#include "schema.def"

#define SIZE(type, field) sizeof(((type *)0)->field)
#define COVERS(id, type, others)                                                                                       \
  static_assert(sizeof(covered_##id) + (others) == sizeof(type), "each field of " #type " needs exactly one row, or "  \
                                                                 "a line in the list")
COVERS(METADATA, trpt_metadata,
       SIZE(trpt_metadata, failure_count) + SIZE(trpt_metadata, policy_count) + SIZE(trpt_metadata, present) +
           SIZE(trpt_metadata, error_count) + SIZE(trpt_metadata, warning_count) + SIZE(trpt_metadata, info_count) +
           SIZE(trpt_metadata, reserved));
COVERS(POLICY, trpt_policy, SIZE(trpt_policy, index) + SIZE(trpt_policy, failure_count) + SIZE(trpt_policy, present));
COVERS(FAILURE, trpt_failure,
       SIZE(trpt_failure, policy_index) + SIZE(trpt_failure, index) + SIZE(trpt_failure, present));
