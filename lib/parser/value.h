/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_VALUE_H
#define TRPT_LIB_VALUE_H

/* One member's value into the structure it belongs to. */

#include <string.h>

#include "parser.h"

void trpt_value_fail_limit(trpt_parser *parser, trpt_where where);

/* Copies text to a store; false, with the parser failed, where it does not fit. */
static inline bool trpt_store_add(trpt_parser *parser, trpt_store *store, trpt_str text, trpt_str *out,
                                  trpt_where where) {
  if (text.len > store->longest || text.len > store->capacity - store->len) {
    trpt_value_fail_limit(parser, where);
    return false;
  }
  char *to = store->text + store->len;
  /* Text that was decoded straight into the store is there already. */
  memmove(to, text.ptr, text.len);
  store->len += text.len;
  *out = (trpt_str){to, text.len};
  return true;
}

/* What can be wrong with the text of the token, which is kept. */
void trpt_value_judge(trpt_parser *parser, const trpt_schema *schema, trpt_where where);
/* What the strings of some members mean beyond their text; judges them too. */
void trpt_value_read(trpt_parser *parser, trpt_member member, trpt_where where);

/* A string of the object that is being read. */
static inline void trpt_value_take_string(trpt_parser *parser, trpt_member member) {
  const trpt_schema *schema = &trpt_schemas[member];
  const trpt_where where = trpt_where_of(parser->context, member);
  const trpt_target *target = &parser->targets[parser->context];
  trpt_str *slot = (trpt_str *)(void *)((char *)target->structure + schema->slot);
  if (!trpt_store_add(parser, target->store, parser->token.text, slot, where)) return;
  *target->present |= schema->present;
  if (schema->has_meaning)
    trpt_value_read(parser, (trpt_member)schema->member, where);
  else if (parser->findings)
    trpt_value_judge(parser, schema, where);
}

/* What can be wrong with a count that is not a plain, positive and exact number. */
void trpt_value_judge_count(trpt_parser *parser, trpt_member member);

/* RFC 8460 s4.4: an integer. */
static inline void trpt_value_take_count(trpt_parser *parser, trpt_member member) {
  const trpt_schema *schema = &trpt_schemas[member];
  const trpt_number *number = &parser->token.number;
  const trpt_target *target = &parser->targets[parser->context];
  uint64_t *slot = (uint64_t *)(void *)((char *)target->structure + schema->slot);
  if (member == TRPT_MEMBER_TOTAL_FAILURE) parser->totals.failed_place = trpt_place_now(parser);
  if (number->class == TRPT_NUMBER_COUNT) {
    *slot = number->value;
    *target->present |= schema->present;
  }
  if (!number->plain || number->value > TRPT_NUMBER_EXACT || number->value == 0) trpt_value_judge_count(parser, member);
}

/* A string of `policy-string` or `mx-host`. */
void trpt_value_add(trpt_parser *parser, trpt_list *list, trpt_member member, uint32_t index);
/* Adds text as an element; false, with the parser failed, where it does not fit. */
bool trpt_list_add(trpt_parser *parser, trpt_list *list, trpt_str text, uint32_t index);
/* Tells what of the token's string was no Unicode text. */
void trpt_value_raise_flaws(trpt_parser *parser, trpt_where where);

#endif
