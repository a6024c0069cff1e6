/* SPDX-License-Identifier: MIT */
#include "string_list.h"

#include "../base/utf8.h"

void trpt_list_begin(trpt_parser *parser, const trpt_schema *schema) {
  trpt_list *list = trpt_list_of(parser, schema);
  *(const trpt_str **)trpt_value_slot(parser, schema->slot) = list->strings;
  *trpt_value_present(parser, schema) |= schema->present;
  list->count = 0;
  list->most = parser->settings.options.max_strings;
  list->next_index = 0;
  list->incomplete = false;
  list->left_out = false;
  list->position = trpt_position_now(parser);
}

void trpt_list_withdraw(trpt_parser *parser, const trpt_schema *schema) {
  *(const trpt_str **)trpt_value_slot(parser, schema->slot) = NULL;
  *trpt_value_present(parser, schema) &= ~schema->present;
  trpt_list_of(parser, schema)->count = 0;
}

void trpt_list_leave_out(trpt_parser *parser, trpt_list *list, trpt_limit limit, trpt_position position,
                         trpt_path path) {
  if (trpt_is_strict(&parser->settings))
    trpt_fail_limit(parser, limit, position, path);
  else if (!list->left_out)
    trpt_emit(parser, TRPT_CODE_REPORT_ELEMENTS_CUT, position, path);
  list->most = list->count;
  list->left_out = true;
  list->incomplete = true;
  parser->current.policy_is_cut = true;
}

static trpt_limit exceeded(const trpt_parser *parser, const trpt_list *list, trpt_str text) {
  if (list->count == list->most) return TRPT_LIMIT_STRINGS;
  return text.len > parser->settings.options.max_string ? TRPT_LIMIT_STRING : TRPT_LIMIT_LISTS;
}

bool trpt_list_add_cut(trpt_parser *parser, trpt_list *list, trpt_str text, trpt_path path) {
  const trpt_limit limit = exceeded(parser, list, text);
  const size_t room = trpt_list_room(parser);
  if (limit == TRPT_LIMIT_STRINGS || !trpt_utf8_prefix(text, room).len) {
    trpt_list_leave_out(parser, list, limit, trpt_position_now(parser), path);
    return false;
  }
  const trpt_str kept = trpt_value_cut(parser, text, room, limit, path);
  if (!kept.len) return false;
  trpt_list_add(parser, list, kept, path.string);
  list->elements[list->count - 1].cut = true;
  list->incomplete = true;
  parser->current.policy_is_cut = true;
  return true;
}
