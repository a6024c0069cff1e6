/* SPDX-License-Identifier: MIT */
#include <tlsrpt/record.h>

#include <string.h>

#include "../catalogue/error_of_code.h"
#include "chars.h"
#include "destination.h"
#include "diagnose.h"
#include "fields.h"
#include "grammar.h"

/* The first diagnostic about the grammar explains why strict parsing rejects a record. */
typedef struct explanation {
  trpt_code code;
  char where[32];
} explanation;

static bool explain(void *user, trpt_code code, size_t offset, const char *where) {
  explanation *out = user;
  (void)offset;
  if (!trpt_record_breaks_grammar(code)) return true;
  out->code = code;
  memcpy(out->where, where, strlen(where) + 1);
  return false;
}

static trpt_position position_at(size_t offset) { return (trpt_position){offset, 1, trpt_record_column(offset)}; }

static trpt_status refuse(trpt_str text, trpt_status status, size_t offset, trpt_error *error) {
  if (!error) return status;
  explanation why = {TRPT_CODE_NONE, ""};
  trpt_record_check(text, explain, &why);
  return trpt_error_set(error, status, why.code, position_at(offset), why.where);
}

trpt_status trpt_record_parse(const char *text, size_t len, uint32_t flags, trpt_record *out, trpt_error *error) {
  trpt_error_clear(error);
  if (out) *out = (trpt_record){.text = {NULL, 0}};
  if (!text || !out || flags & ~(uint32_t)TRPT_STRICT)
    return trpt_error_set(error, TRPT_E_ARGUMENT, TRPT_CODE_NONE, (trpt_position){0, 0, 0}, "");
  trpt_scanner s = {{text, len}, 0};
  if (!trpt_grammar_version(&s)) return refuse(s.text, TRPT_E_NOT_TLSRPT, s.pos, error);
  if (flags & TRPT_STRICT && !trpt_grammar_record(&s)) return refuse(s.text, TRPT_E_RECORD, s.pos, error);
  trpt_record record = {.text = s.text, .flags = flags};
  const trpt_field_iterator iterator = {.text = s.text, .pos = trpt_fields_begin(s.text, TRPT_RECORD_VERSION_LEN)};
  if (!trpt_fields_count(iterator, &record))
    return trpt_error_set(error, TRPT_E_RECORD, TRPT_CODE_RECORD_NO_RUA, position_at(len), "");
  *out = record;
  return TRPT_OK;
}

/* A cursor is twice the position of the iterator, with the lowest bit set inside a list. No text is longer than half of
   SIZE_MAX. A cursor from elsewhere gives meaningless results, but never reads outside the text. */
static bool resume(const trpt_record *record, size_t cursor, trpt_field_iterator *iterator) {
  *iterator = (trpt_field_iterator){.text = record->text, .pos = cursor >> 1, .in_list = cursor & 1};
  if (cursor == 0) iterator->pos = trpt_fields_begin(iterator->text, TRPT_RECORD_VERSION_LEN);
  return iterator->pos <= iterator->text.len && (iterator->text.ptr || iterator->text.len == 0);
}

static size_t suspend(const trpt_field_iterator *iterator) { return iterator->pos << 1 | iterator->in_list; }

trpt_status trpt_record_next_rua(const trpt_record *record, size_t *cursor, trpt_rua *out) {
  if (out) *out = (trpt_rua){.uri = {NULL, 0}};
  trpt_field_iterator iterator;
  if (!record || !cursor || !out || !resume(record, *cursor, &iterator)) return TRPT_E_ARGUMENT;
  bool found = false;
  trpt_str uri;
  while (!found && trpt_fields_next(&iterator)) found = trpt_fields_uri(&iterator, &uri);
  *cursor = suspend(&iterator);
  if (!found) return TRPT_END;
  trpt_uri parts;
  size_t bad;
  trpt_destination_read(uri, out, &parts, &bad);
  return TRPT_OK;
}

trpt_status trpt_record_next_extension(const trpt_record *record, size_t *cursor, trpt_str *name, trpt_str *value) {
  if (name) *name = (trpt_str){NULL, 0};
  if (value) *value = (trpt_str){NULL, 0};
  trpt_field_iterator iterator;
  if (!record || !cursor || !name || !value || !resume(record, *cursor, &iterator)) return TRPT_E_ARGUMENT;
  bool found = false;
  while (!found && trpt_fields_next(&iterator)) found = trpt_fields_extension(&iterator, name, value);
  *cursor = suspend(&iterator);
  return found ? TRPT_OK : TRPT_END;
}
