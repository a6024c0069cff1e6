/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SCHEMA_H
#define TRPT_LIB_SCHEMA_H

/* The members of a report as data: what schema.def says about each, for all code that handles the members one by one. */

#include <stdbool.h>
#include <stddef.h>

#include <tlsrpt/parser.h>

/* Objects and arrays of a report. */
typedef enum trpt_context {
  TRPT_IN_NOTHING, /* around the report */
#define OBJECT(id, structure) TRPT_IN_##id,
#define ARRAY(id)             TRPT_IN_##id,
#include "schema.def"
  TRPT_CONTEXT_COUNT
} trpt_context;

/* The members of one object, and of one structure, have consecutive numbers. Each marker has the number of the member that
   follows it. */
#define TRPT_MARK(marker) marker, TRPT_AFTER_##marker = (marker)-1,
typedef enum trpt_member {
  TRPT_MEMBER_NONE, /* not defined by the RFC */
#define STRUCTURE(id, type)                                                      TRPT_MARK(TRPT_FIRST_OF_##id)
#define OBJECT(id, structure)                                                    TRPT_MARK(TRPT_FIRST_IN_##id)
#define ARRAY(id)                                                                TRPT_MARK(TRPT_FIRST_IN_##id)
#define MEMBER(tag, id, object, name, type, field, number, has, required, check) TRPT_MEMBER_##id,
#include "schema.def"
  /* Other names of members come last, so that one comparison finds them. */
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

/* Types of members; schema.def describes them. */
typedef enum trpt_member_type {
  TRPT_TYPE_STRING,
  TRPT_TYPE_POLICY_TYPE,
  TRPT_TYPE_RESULT_TYPE,
  TRPT_TYPE_TIME,
  TRPT_TYPE_COUNT, /* the types before this one have a text */
  TRPT_TYPE_LIST,
  TRPT_TYPE_OBJECT,
  TRPT_TYPE_ARRAY
} trpt_member_type;

typedef struct trpt_member_info {
  const char *name;
  uint8_t name_len;
  uint8_t tag;     /* stands for the member in the report key */
  uint8_t member;  /* itself; of an alias the member that it stands for. The fields below are 0 in an alias. */
  uint8_t context; /* the object that has the member */
  uint8_t type;
  uint8_t inner;    /* the context of the value of a LIST, OBJECT or ARRAY */
  uint16_t field;   /* offset of the value in the object's structure: trpt_str, const trpt_str * or uint64_t */
  uint16_t number;  /* offset of what the text means, int32_t or int64_t, or of a list's count, uint32_t */
  uint16_t present; /* offset of the structure's `present` */
  uint32_t has;     /* the member's bit there; 0: none */
} trpt_member_info;

extern const trpt_member_info trpt_members[TRPT_MEMBER_COUNT];

/* What is around a context, and the member whose value it is; the elements of an array are the value of no member. */
typedef struct trpt_context_info {
  uint8_t parent;
  uint8_t opener;
} trpt_context_info;

extern const trpt_context_info trpt_contexts[TRPT_CONTEXT_COUNT];

/* The members of a context follow trpt_first_in[context], in the order in which they are written, and end before that of the
   next context; arrays have none. */
extern const uint8_t trpt_first_in[TRPT_CONTEXT_COUNT + 1];

/* Likewise the members whose values a public structure holds; objects and arrays are among them. */
extern const uint8_t trpt_first_of[TRPT_STRUCTURE_COUNT + 1];

/* Loops over the members of a context or of a structure. */
#define TRPT_EACH_MEMBER(info, first, id)                                                                              \
  for (const trpt_member_info *info = &trpt_members[first[id]]; info < &trpt_members[first[(id) + 1]]; info++)
#define TRPT_EACH_IN(info, context)   TRPT_EACH_MEMBER(info, trpt_first_in, context)
#define TRPT_EACH_OF(info, structure) TRPT_EACH_MEMBER(info, trpt_first_of, structure)

static inline const void *trpt_value_at(const void *structure, size_t offset) {
  return (const char *)structure + offset;
}

/* Whether the report has the member, in a type that could be read; false for members without a bit. */
static inline bool trpt_is_present(const trpt_member_info *info, const void *structure) {
  return *(const uint32_t *)trpt_value_at(structure, info->present) & info->has;
}

static inline bool trpt_has_text(const trpt_member_info *info) { return info->type < TRPT_TYPE_COUNT; }

/* Where the structure keeps the text of a member, the strings of a LIST, a COUNT, */
static inline trpt_str *trpt_text_in(const trpt_member_info *info, void *structure) {
  return (trpt_str *)(void *)((char *)structure + info->field);
}
static inline const trpt_str **trpt_strings_in(const trpt_member_info *info, void *structure) {
  return (const trpt_str **)(void *)((char *)structure + info->field);
}
static inline uint64_t *trpt_count_in(const trpt_member_info *info, void *structure) {
  return (uint64_t *)(void *)((char *)structure + info->field);
}

/* and the values of a member: its text, a COUNT, the Unix seconds of a TIME, the number of a POLICY_TYPE or RESULT_TYPE, the
   strings of a LIST and how many there are. */
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
