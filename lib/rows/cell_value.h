/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CELL_VALUE_H
#define TRPT_LIB_CELL_VALUE_H

/* The value of a cell, and where a record has it. A record is a structure with the data of a row. */

#include <stdbool.h>

#include "../base/text.h"

typedef enum trpt_value_type {
  TRPT_VALUE_TEXT,
  TRPT_VALUE_INDEX, /* 32 bits */
  TRPT_VALUE_COUNT, /* 64 bits, unsigned */
  TRPT_VALUE_TIME   /* Unix seconds */
} trpt_value_type;

typedef struct trpt_value {
  trpt_value_type type;
  bool is_null;         /* the rest is undefined */
  trpt_str text;        /* TEXT: the whole text, unless there is a list */
  const trpt_str *list; /* TEXT: the texts of the cell, separated by spaces; or NULL */
  size_t list_count;
  uint64_t number; /* INDEX, COUNT */
  int64_t time;    /* TIME */
} trpt_value;

/* Without the structure, an INDEX is 0, and the other values are null. The kinds of a single text come first. */
typedef enum trpt_origin_kind {
  TRPT_FROM_NOTHING, /* always null */
  TRPT_FROM_TEXT,    /* trpt_str; null if absent */
  TRPT_FROM_STRING,  /* const char *; null if NULL */
  TRPT_FROM_ARRAY,   /* char [] with a NUL */
  TRPT_FROM_RESULT,  /* what `text` returns */
  TRPT_FROM_LIST,    /* const trpt_str *, and uint32_t at `number`; null without any text */
  TRPT_FROM_INDEX,   /* uint32_t */
  TRPT_FROM_ORDINAL, /* uint32_t; null if 0 */
  TRPT_FROM_OFFSET,  /* uint64_t */
  TRPT_FROM_COUNT,   /* uint64_t; null unless uint32_t at `number` has the bit `has` */
  TRPT_FROM_TIME     /* int64_t; null if INT64_MIN */
} trpt_origin_kind;

typedef struct trpt_origin {
  uint8_t kind;      /* trpt_origin_kind */
  uint8_t structure; /* offset of the structure's pointer in the record; 0: the structure is the record */
  uint16_t field;    /* offset of the value in the structure */
  uint16_t number;
  uint32_t has;
  trpt_str (*text)(const void *record);
} trpt_origin;

/* Initializes the origin of a value in `field` of a structure, to which the record points with `pointer`. */
#define TRPT_FROM(kind, record, pointer, structure, field)                                                             \
  { TRPT_FROM_##kind, offsetof(record, pointer), offsetof(structure, field), 0, 0, NULL }
/* The same for a field of the record. */
#define TRPT_FROM_RECORD(kind, record, field)                                                                          \
  { TRPT_FROM_##kind, 0, offsetof(record, field), 0, 0, NULL }
#define TRPT_FROM_CALL(function)                                                                                       \
  { TRPT_FROM_RESULT, 0, 0, 0, 0, function }

static inline trpt_value trpt_value_of_text(trpt_str text) {
  return (trpt_value){.type = TRPT_VALUE_TEXT, .is_null = !text.ptr, .text = text};
}

static inline trpt_value trpt_value_of_list(const trpt_str *list, size_t count) {
  const bool is_null = count == 0 || (count == 1 && !list[0].len);
  return (trpt_value){.type = TRPT_VALUE_TEXT, .is_null = is_null, .list = list, .list_count = count};
}

static inline trpt_value trpt_value_of_number(trpt_value_type type, bool is_null, uint64_t number) {
  return (trpt_value){.type = type, .is_null = is_null, .number = number};
}

static inline trpt_value trpt_value_of_time(int64_t time) {
  return (trpt_value){.type = TRPT_VALUE_TIME, .is_null = time == INT64_MIN, .time = time};
}

/* NULL: the record has none. */
static inline const char *trpt_origin_structure(const trpt_origin *origin, const void *record) {
  const char *r = record;
  return origin->structure ? *(const char *const *)(const void *)(r + origin->structure) : r;
}

/* Whether the origin is of a single text. */
static inline bool trpt_origin_is_text(const trpt_origin *origin) { return origin->kind <= TRPT_FROM_RESULT; }

/* The single text. */
static inline trpt_str trpt_origin_text(const trpt_origin *origin, const void *record) {
  const char *structure = trpt_origin_structure(origin, record);
  if (!structure) return (trpt_str){NULL, 0};
  const void *field = structure + origin->field;
  switch ((trpt_origin_kind)origin->kind) {
  case TRPT_FROM_TEXT: return *(const trpt_str *)field;
  case TRPT_FROM_STRING: return trpt_str_of(*(const char *const *)field);
  case TRPT_FROM_ARRAY: return trpt_str_of(field);
  case TRPT_FROM_RESULT: return origin->text(record);
  default: return (trpt_str){NULL, 0};
  }
}

/* The value of an origin that is not of a single text. */
static inline trpt_value trpt_origin_value(const trpt_origin *origin, const void *record) {
  const char *structure = trpt_origin_structure(origin, record);
  if (!structure) return trpt_value_of_number(TRPT_VALUE_INDEX, origin->kind != TRPT_FROM_INDEX, 0);
  const void *field = structure + origin->field;
  const uint32_t *number = (const void *)(structure + origin->number);
  switch ((trpt_origin_kind)origin->kind) {
  case TRPT_FROM_LIST: return trpt_value_of_list(*(const trpt_str *const *)field, *number);
  case TRPT_FROM_INDEX: return trpt_value_of_number(TRPT_VALUE_INDEX, false, *(const uint32_t *)field);
  case TRPT_FROM_ORDINAL:
    return trpt_value_of_number(TRPT_VALUE_INDEX, !*(const uint32_t *)field, *(const uint32_t *)field);
  case TRPT_FROM_OFFSET: return trpt_value_of_number(TRPT_VALUE_COUNT, false, *(const uint64_t *)field);
  case TRPT_FROM_COUNT:
    return trpt_value_of_number(TRPT_VALUE_COUNT, !(*number & origin->has), *(const uint64_t *)field);
  default: return trpt_value_of_time(*(const int64_t *)field);
  }
}

static inline trpt_value trpt_origin_read(const trpt_origin *origin, const void *record) {
  return trpt_origin_is_text(origin) ? trpt_value_of_text(trpt_origin_text(origin, record))
                                     : trpt_origin_value(origin, record);
}

#endif
