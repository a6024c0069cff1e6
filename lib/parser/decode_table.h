/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DECODE_TABLE_H
#define TRPT_LIB_DECODE_TABLE_H

/* What the decoder does with each member of a report: the rows of lib/model/schema.def as offsets in a parser. */

#include <stdalign.h>

#include "../catalogue/catalogue.h"
#include "../model/schema.h"

/* The longest key. */
enum { TRPT_KEY_SIZE = 32 };

/* Kept small: the decoder reads one of these for each member of a report. An alias has only a key, a bit and the member that
   it stands for. */
typedef struct trpt_schema {
  alignas(16) char key[TRPT_KEY_SIZE + 1]; /* the name as it is written in a report after its first quote: name": */
  bool (*check)(trpt_str value, trpt_codes *codes); /* of a string */
  uint32_t present;                                 /* the bit that says that the structure has the value */
  uint32_t bit;                                     /* in the set of members that an object has */
  uint32_t key_mask;                                /* bit i: byte i of the key is used */
  uint8_t key_len;                                  /* with both quotes and the colon */
  uint8_t kind;                                     /* of the token that its value is, or begins with */
  uint8_t inner;                                    /* the context of the value of an object or array */
  uint8_t member;                                   /* itself; of an alias the member that it stands for */
  uint8_t type;                                     /* of the member */
  bool has_meaning;                                 /* a string that is more than text: see trpt_value_read */
  uint16_t slot;                                    /* where the value goes, in the parser */
  uint16_t present_slot;                            /* where its bit goes */
  uint16_t store;                                   /* where the text of a string goes */
  uint16_t number;   /* where the meaning of a string goes: a time, or the number of a type; of a list, its trpt_list */
  uint16_t position; /* where its position goes, for later checks; 0: nowhere */
} trpt_schema;

extern const trpt_schema trpt_schemas[TRPT_MEMBER_COUNT];

/* What to do with the value of a member: of an alias the same as with that of the member for which it stands. */
static inline const trpt_schema *trpt_schema_of(trpt_member member) {
  return &trpt_schemas[trpt_schemas[member].member];
}

/* The member of this name in an object, or TRPT_MEMBER_NONE. */
trpt_member trpt_schema_find(trpt_context context, trpt_str name);

#endif
