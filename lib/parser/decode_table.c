/* SPDX-License-Identifier: MIT */
#include "decode_table.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "parser.h"

const trpt_schema trpt_schemas[TRPT_MEMBER_COUNT] = {
#include "decode_rows.def"
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
