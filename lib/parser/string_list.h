/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_STRING_LIST_H
#define TRPT_LIB_STRING_LIST_H

/* The strings of a member that is a list, in the parser's memory. */

#include "value.h"

static inline trpt_list *trpt_list_of(trpt_parser *parser, const trpt_schema *schema) {
  return trpt_value_slot(parser, schema->number);
}

/* The value of the member begins: from now on the policy has the list. */
void trpt_list_begin(trpt_parser *parser, const trpt_schema *schema);

/* The policy no longer has the list. */
void trpt_list_withdraw(trpt_parser *parser, const trpt_schema *schema);

/* Bytes that the next element may have. */
static inline size_t trpt_list_room(const trpt_parser *parser) {
  const size_t most = parser->current.list_room;
  const size_t longest = parser->settings.options.max_string;
  return trpt_store_room(&parser->current.text, most < longest ? most : longest);
}

static inline bool trpt_list_fits(const trpt_parser *parser, const trpt_list *list, trpt_str text) {
  return text.len <= trpt_list_room(parser) && list->count < list->most;
}

/* Adds text that fits as an element. */
static inline void trpt_list_add(trpt_parser *parser, trpt_list *list, trpt_str text, uint32_t index) {
  list->strings[list->count] = trpt_store_add(&parser->current.text, text);
  parser->current.list_room -= text.len;
  list->elements[list->count++] = (trpt_element){trpt_position_now(parser), index, false, false};
}

/* Adds what it can of text that does not fit. Returns false if that is nothing. */
bool trpt_list_add_cut(trpt_parser *parser, trpt_list *list, trpt_str text, trpt_path path);

/* Elements from `position` on are left out. Strict mode fails with `limit`. */
void trpt_list_leave_out(trpt_parser *parser, trpt_list *list, trpt_limit limit, trpt_position position,
                         trpt_path path);

#endif
