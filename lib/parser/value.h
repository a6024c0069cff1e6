/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_VALUE_H
#define TRPT_LIB_VALUE_H

/* The value of one member, into the structure that it belongs to. */

#include "decode_table.h"
#include "emit.h"

/* What remains of a text that is longer than `room`, and reports that. Strict mode fails with `limit` instead, and nothing
   remains. */
trpt_str trpt_value_cut(trpt_parser *parser, trpt_str text, size_t room, trpt_limit limit, trpt_path path);

/* A string that is longer than max_string or than the room in its store. */
void trpt_value_take_long(trpt_parser *parser, const trpt_schema *schema);

/* The value at an offset of decode_table.h. */
static inline void *trpt_value_slot(trpt_parser *parser, size_t slot) { return (char *)parser + slot; }

/* An alias appears under its own name. */
static inline trpt_path trpt_value_path(const trpt_parser *parser, const trpt_schema *schema) {
  const trpt_member member =
      parser->decoder.member >= TRPT_FIRST_ALIAS ? parser->decoder.member : (trpt_member)schema->member;
  return trpt_path_of(parser->decoder.context, member);
}

/* The bits of the structure of a member, which say what is present. */
static inline uint32_t *trpt_value_present(trpt_parser *parser, const trpt_schema *schema) {
  return trpt_value_slot(parser, schema->present_slot);
}

static inline void trpt_value_set_present(trpt_parser *parser, const trpt_schema *schema) {
  *trpt_value_present(parser, schema) |= schema->present;
}

/* Reports `codes`, which the check of the text found, and what else is wrong with it. `all`: nothing else can be. */
void trpt_value_emit(trpt_parser *parser, trpt_codes *codes, bool all, trpt_path path);

/* Checks the text of the token, which is stored. */
static inline void trpt_value_check(trpt_parser *parser, const trpt_schema *schema, trpt_path path) {
  const trpt_json_token *token = &parser->decoder.token;
  trpt_codes codes;
  codes.count = 0;
  const bool all = token->text.len && schema->check(token->text, &codes);
  if (!all || codes.count || token->string_errors) trpt_value_emit(parser, &codes, all, path);
}

/* Finds the type that a string names. Returns false if it is unknown. */
static inline bool trpt_value_find_type(trpt_parser *parser, const trpt_schema *schema, trpt_str name) {
  if (schema->type == TRPT_TYPE_POLICY_TYPE) {
    trpt_policy_type *type = trpt_value_slot(parser, schema->number);
    return (*type = trpt_policy_type_from_name(name.ptr, name.len)) != TRPT_POLICY_UNKNOWN;
  }
  trpt_result_type *type = trpt_value_slot(parser, schema->number);
  return (*type = trpt_result_type_from_name(name.ptr, name.len)) != TRPT_RESULT_UNKNOWN;
}

/* Reads what the strings of some members mean beyond their text, and checks them. */
void trpt_value_read(trpt_parser *parser, const trpt_schema *schema);

/* A string of the object that is being read. */
static inline void trpt_value_take_string(trpt_parser *parser, const trpt_schema *schema) {
  trpt_store *store = trpt_value_slot(parser, schema->store);
  const trpt_str text = parser->decoder.token.text;
  if (text.len > trpt_store_room(store, parser->settings.options.max_string)) {
    trpt_value_take_long(parser, schema);
    return;
  }
  *(trpt_str *)trpt_value_slot(parser, schema->slot) = trpt_store_add(store, text);
  trpt_value_set_present(parser, schema);
  if (schema->has_meaning)
    trpt_value_read(parser, schema);
  else if (trpt_diagnoses(&parser->settings))
    trpt_value_check(parser, schema, trpt_value_path(parser, schema));
}

/* Checks a count that is not a plain, positive and exact number. */
void trpt_value_check_count(trpt_parser *parser, const trpt_schema *schema);

/* RFC 8460 s4.4: an integer. */
static inline void trpt_value_take_count(trpt_parser *parser, const trpt_schema *schema) {
  const trpt_number *number = &parser->decoder.token.number;
  if (schema->position) *(trpt_position *)trpt_value_slot(parser, schema->position) = trpt_position_now(parser);
  if (number->class == TRPT_NUMBER_COUNT) {
    *(uint64_t *)trpt_value_slot(parser, schema->slot) = number->value;
    trpt_value_set_present(parser, schema);
  }
  if (!number->plain || number->value > TRPT_NUMBER_EXACT || number->value == 0) trpt_value_check_count(parser, schema);
}

/* Reports what in the string of the token was not Unicode text. */
void trpt_value_emit_string_errors(trpt_parser *parser, trpt_path path);

#endif
