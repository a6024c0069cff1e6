/* SPDX-License-Identifier: MIT */
#include "fields.h"

#include "../base/text.h"
#include "chars.h"
#include "destination.h"
#include "kind.h"

size_t trpt_fields_begin(trpt_str text, size_t version_end) {
  const size_t pos = trpt_chars_skip(text, version_end < text.len ? version_end : text.len, TRPT_CHAR_WSP);
  return trpt_chars_at(text, pos, ';') || trpt_chars_at(text, pos, ',') ? pos + 1 : pos;
}

trpt_field trpt_fields_peek(trpt_str text, size_t pos) {
  trpt_field field = {.begin = trpt_chars_skip(text, pos, TRPT_CHAR_WSP)};
  field.name_end = trpt_chars_skip(text, field.begin, TRPT_CHAR_NAME);
  field.value = field.begin;
  const size_t equals = trpt_chars_skip(text, field.name_end, TRPT_CHAR_WSP);
  if (field.name_end == field.begin || !trpt_chars_at(text, equals, '=')) return field;
  field.value = equals + 1;
  field.has_equals = true;
  field.is_rua = trpt_str_equal((trpt_str){text.ptr + field.begin, field.name_end - field.begin}, "rua", 3);
  return field;
}

/* After whitespace, a name and "=" begin a field even if the ";" before it is missing. */
static bool field_begins(trpt_str text, size_t pos) {
  const size_t end = trpt_chars_name_end(text, pos);
  return end > pos && trpt_chars_at(text, end, '=');
}

/* After a comma, `a=b` is more likely the rest of a URI with an unencoded comma. The comma separates fields only before
   a name that people use in such records: "rua=mailto:a@b.example,ruf=mailto:c@d.example". */
static bool known_field_begins(trpt_str text, size_t pos) {
  const trpt_str name = {text.ptr + pos, trpt_chars_name_end(text, pos) - pos};
  return trpt_chars_at(text, pos + name.len, '=') &&
         (trpt_str_equal(name, "rua", 3) || trpt_str_equal(name, "v", 1) || trpt_is_dmarc_tag(name));
}

/* Ends an item at the separator that begins at `at`; the next item or field begins at `next`. */
static size_t separate(trpt_item *item, trpt_separator separator, size_t at, size_t next) {
  item->separator = separator;
  item->at = at;
  return next;
}

/* Reads the item at `pos` and returns the position of the next. In a list, a comma ends an item. */
static size_t read_item(trpt_str text, size_t pos, bool is_list, trpt_item *item) {
  item->begin = item->end = pos = trpt_chars_skip(text, pos, TRPT_CHAR_WSP);
  for (;;) {
    pos = trpt_chars_skip(text, pos, TRPT_CHAR_URI);
    item->end = pos;
    const size_t next = trpt_chars_skip(text, pos, TRPT_CHAR_WSP);
    if (next == text.len) return separate(item, TRPT_SEPARATOR_END, next, next);
    if (text.ptr[next] == ';') return separate(item, TRPT_SEPARATOR_SEMICOLON, next, next + 1);
    if (text.ptr[next] == ',' && is_list) {
      const size_t after = trpt_chars_skip(text, next + 1, TRPT_CHAR_WSP);
      if (known_field_begins(text, after)) return separate(item, TRPT_SEPARATOR_MISSING, next, after);
      return separate(item, TRPT_SEPARATOR_COMMA, next, next + 1);
    }
    if (next > pos && field_begins(text, next)) return separate(item, TRPT_SEPARATOR_MISSING, pos, next);
    pos = text.ptr[next] == ',' ? next + 1 : next;
  }
}

bool trpt_fields_next(trpt_field_iterator *iterator) {
  iterator->first = !iterator->in_list;
  if (iterator->first) {
    if (iterator->pos >= iterator->text.len) return false;
    iterator->field = trpt_fields_peek(iterator->text, iterator->pos);
  }
  const bool is_list = iterator->in_list || iterator->field.is_rua;
  iterator->pos =
      read_item(iterator->text, iterator->first ? iterator->field.value : iterator->pos, is_list, &iterator->item);
  iterator->in_list = iterator->item.separator == TRPT_SEPARATOR_COMMA;
  return true;
}

bool trpt_fields_uri(const trpt_field_iterator *iterator, trpt_str *uri) {
  *uri = (trpt_str){iterator->text.ptr + iterator->item.begin, iterator->item.end - iterator->item.begin};
  return (!iterator->first || iterator->field.is_rua) && uri->len > 0;
}

bool trpt_fields_check_extension(trpt_str text, const trpt_field *field, const trpt_item *item, trpt_code *code,
                                 size_t *bad) {
  *code = TRPT_CODE_RECORD_BAD_EXT_NAME;
  *bad = trpt_chars_name_end(text, field->begin);
  if (!field->has_equals || *bad != field->name_end) return false;
  *code = TRPT_CODE_RECORD_BAD_EXT_VALUE;
  *bad = trpt_chars_skip(text, item->begin, TRPT_CHAR_VALUE);
  return item->end > item->begin && *bad == item->end;
}

bool trpt_fields_extension(const trpt_field_iterator *iterator, trpt_str *name, trpt_str *value) {
  trpt_code code;
  size_t bad;
  if (!iterator->first || iterator->field.is_rua ||
      !trpt_fields_check_extension(iterator->text, &iterator->field, &iterator->item, &code, &bad))
    return false;
  *name = (trpt_str){iterator->text.ptr + iterator->field.begin, iterator->field.name_end - iterator->field.begin};
  *value = (trpt_str){iterator->text.ptr + iterator->item.begin, iterator->item.end - iterator->item.begin};
  return true;
}

/* Counts saturate, which takes a text of more than 8 GiB. */
static void count(uint32_t *counter) { *counter += *counter < UINT32_MAX; }

bool trpt_fields_count(trpt_field_iterator iterator, trpt_record *counts) {
  bool has_rua = false;
  while (trpt_fields_next(&iterator)) {
    has_rua |= iterator.field.is_rua;
    trpt_str uri, name, value;
    if (trpt_fields_uri(&iterator, &uri)) {
      trpt_rua rua;
      trpt_uri parts;
      size_t bad;
      trpt_destination_read(uri, &rua, &parts, &bad);
      count(&counts->rua_count);
      if (rua.usable) count(&counts->usable_rua_count);
    } else if (trpt_fields_extension(&iterator, &name, &value)) {
      count(&counts->extension_count);
    }
  }
  return has_rua;
}
