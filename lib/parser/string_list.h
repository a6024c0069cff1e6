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

/* Adds text as an element; false, with the parser failed, if it does not fit. */
static inline bool trpt_list_add(trpt_parser *parser, trpt_list *list, trpt_str text, uint32_t index) {
  if (list->count == parser->settings.options.max_strings) {
    trpt_fail_limit(parser, TRPT_LIMIT_STRINGS, trpt_position_now(parser), trpt_path_now(parser));
    return false;
  }
  if (!trpt_store_add(&parser->current.text, parser->settings.options.max_string, text, &list->strings[list->count])) {
    trpt_value_fail_store(parser, text, trpt_path_now(parser));
    return false;
  }
  list->elements[list->count++] = (trpt_element){trpt_position_now(parser), index, 0};
  return true;
}

#endif
