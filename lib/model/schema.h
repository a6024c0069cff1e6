/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SCHEMA_H
#define TRPT_LIB_SCHEMA_H

/* The rows of schema.def as tables, for code that handles members one by one. */

#include <stdbool.h>
#include <stddef.h>

#include <tlsrpt/parser.h>

/* Objects and arrays of a report. */
typedef enum trpt_context {
  TRPT_IN_NOTHING, /* outside the report */
#define OBJECT(id, structure) TRPT_IN_##id,
#define ARRAY(id)             TRPT_IN_##id,
#include "schema.def"
  TRPT_CONTEXT_COUNT
} trpt_context;

/* The members of an object, and of a structure, have consecutive numbers. Each marker has the number of the member
   after it. */
#define TRPT_MARK(marker) marker, TRPT_AFTER_##marker = (marker)-1,
typedef enum trpt_member {
  TRPT_MEMBER_NONE, /* not defined by the RFC */
#define STRUCTURE(id, type)                                                      TRPT_MARK(TRPT_FIRST_OF_##id)
#define OBJECT(id, structure)                                                    TRPT_MARK(TRPT_FIRST_IN_##id)
#define ARRAY(id)                                                                TRPT_MARK(TRPT_FIRST_IN_##id)
#define MEMBER(tag, id, object, name, type, field, number, has, required, check) TRPT_MEMBER_##id,
#include "schema.def"
  /* Aliases come last, so that one comparison detects them. */
  TRPT_MARK(TRPT_FIRST_ALIAS)
#define ALIAS(id, member, name) TRPT_MEMBER_##id,
#include "schema.def"
      TRPT_MEMBER_COUNT
} trpt_member;

#define TRPT_ALIAS_COUNT (TRPT_MEMBER_COUNT - TRPT_FIRST_ALIAS)

/* Sets of members. */
#define TRPT_MEMBER_BIT(member) (UINT32_C(1) << (member))

/* The public structures that hold the values of members. */
typedef enum trpt_structure {
#define STRUCTURE(id, type) TRPT_STRUCTURE_##id,
#include "schema.def"
  TRPT_STRUCTURE_COUNT
} trpt_structure;

/* Types of members, described in schema.def. */
typedef enum trpt_member_type {
  TRPT_TYPE_STRING,
  TRPT_TYPE_POLICY_TYPE,
  TRPT_TYPE_RESULT_TYPE,
  TRPT_TYPE_TIME,
  TRPT_TYPE_COUNT, /* the types above store a text */
  TRPT_TYPE_LIST,
  TRPT_TYPE_OBJECT,
  TRPT_TYPE_ARRAY
} trpt_member_type;

typedef struct trpt_member_info {
  const char *name;
  uint8_t name_len;
  uint8_t tag;     /* identifies the member in the report key */
  uint8_t member;  /* its own number; for an alias, that of the real member, and the fields below are 0 */
  uint8_t context; /* the object that contains the member */
  uint8_t type;
  uint8_t inner;    /* the context of the value of a LIST, OBJECT or ARRAY */
  uint16_t field;   /* offset of the value in the object's structure: trpt_str, const trpt_str * or uint64_t */
  uint16_t number;  /* offset of the number: a type (int32_t), a time (int64_t) or the count of a list (uint32_t) */
  uint16_t present; /* offset of the structure's `present` */
  uint32_t has;     /* bit of the member in `present`; 0: none */
} trpt_member_info;

extern const trpt_member_info trpt_members[TRPT_MEMBER_COUNT];

/* The context around a context, and the member that opens it. Array elements are not opened by a member. */
typedef struct trpt_context_info {
  uint8_t parent;
  uint8_t opener;
  bool is_object; /* and not an array */
} trpt_context_info;

extern const trpt_context_info trpt_contexts[TRPT_CONTEXT_COUNT];

/* The members of a context are numbered from trpt_first_in[context], in the order of writing, up to the first of the
   next context. Arrays have none. */
extern const uint8_t trpt_first_in[TRPT_CONTEXT_COUNT + 1];

/* The same for the members of a public structure, including its objects and arrays. */
extern const uint8_t trpt_first_of[TRPT_STRUCTURE_COUNT + 1];

/* Loops over the members of a context or of a structure. */
#define TRPT_EACH_MEMBER(info, first, id)                                                                              \
  for (const trpt_member_info *info = &trpt_members[first[id]]; info < &trpt_members[first[(id) + 1]]; info++)
#define TRPT_EACH_IN(info, context)   TRPT_EACH_MEMBER(info, trpt_first_in, context)
#define TRPT_EACH_OF(info, structure) TRPT_EACH_MEMBER(info, trpt_first_of, structure)

static inline const void *trpt_value_at(const void *structure, size_t offset) {
  return (const char *)structure + offset;
}

/* Whether the report contains the member with a readable type. false for members without a bit. */
static inline bool trpt_is_present(const trpt_member_info *info, const void *structure) {
  return *(const uint32_t *)trpt_value_at(structure, info->present) & info->has;
}

static inline bool trpt_has_text(const trpt_member_info *info) { return info->type < TRPT_TYPE_COUNT; }

/* Where a structure stores the text of a member, the strings of a LIST, or a COUNT. */
static inline trpt_str *trpt_text_in(const trpt_member_info *info, void *structure) {
  return (trpt_str *)(void *)((char *)structure + info->field);
}
static inline const trpt_str **trpt_strings_in(const trpt_member_info *info, void *structure) {
  return (const trpt_str **)(void *)((char *)structure + info->field);
}
static inline uint64_t *trpt_count_in(const trpt_member_info *info, void *structure) {
  return (uint64_t *)(void *)((char *)structure + info->field);
}

/* The value of a member: its text, a COUNT, the Unix seconds of a TIME, the number of a POLICY_TYPE or RESULT_TYPE, and
   the strings of a LIST with their count. */
static inline trpt_str trpt_text_of(const trpt_member_info *info, const void *structure) {
  return *(const trpt_str *)trpt_value_at(structure, info->field);
}
static inline uint64_t trpt_count_of(const trpt_member_info *info, const void *structure) {
  return *(const uint64_t *)trpt_value_at(structure, info->field);
}
static inline int64_t trpt_time_of(const trpt_member_info *info, const void *structure) {
  return *(const int64_t *)trpt_value_at(structure, info->number);
}
static inline int32_t trpt_type_of(const trpt_member_info *info, const void *structure) {
  return *(const int32_t *)trpt_value_at(structure, info->number);
}
static inline const trpt_str *trpt_strings_of(const trpt_member_info *info, const void *structure) {
  return *(const trpt_str *const *)trpt_value_at(structure, info->field);
}
static inline uint32_t trpt_string_count_of(const trpt_member_info *info, const void *structure) {
  return *(const uint32_t *)trpt_value_at(structure, info->number);
}

#endif
