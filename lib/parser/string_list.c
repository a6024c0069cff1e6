/* SPDX-License-Identifier: MIT */
#include "string_list.h"

void trpt_list_begin(trpt_parser *parser, const trpt_schema *schema) {
  trpt_list *list = trpt_list_of(parser, schema);
  *(const trpt_str **)trpt_value_slot(parser, schema->slot) = list->strings;
  *trpt_value_present(parser, schema) |= schema->present;
  list->count = 0;
  list->next_index = 0;
  list->position = trpt_position_now(parser);
}

void trpt_list_withdraw(trpt_parser *parser, const trpt_schema *schema) {
  *(const trpt_str **)trpt_value_slot(parser, schema->slot) = NULL;
  *trpt_value_present(parser, schema) &= ~schema->present;
  trpt_list_of(parser, schema)->count = 0;
}
