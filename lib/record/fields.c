/* SPDX-License-Identifier: MIT */
#include "fields.h"

#include "../base/text.h"
#include "chars.h"
#include "destination.h"
#include "kind.h"

size_t trpt_fields_begin(trpt_str text, size_t version_end) {
  size_t pos = trpt_chars_skip(text, version_end < text.len ? version_end : text.len, TRPT_CHAR_WSP);
  return trpt_chars_at(text, pos, ';') || trpt_chars_at(text, pos, ',') ? pos + 1 : pos;
}

trpt_field trpt_fields_look(trpt_str text, size_t pos) {
  trpt_field field = {.begin = trpt_chars_skip(text, pos, TRPT_CHAR_WSP)};
  field.name_end = trpt_chars_skip(text, field.begin, TRPT_CHAR_NAME);
  field.value = field.begin;
  size_t equals = trpt_chars_skip(text, field.name_end, TRPT_CHAR_WSP);
  if (field.name_end == field.begin || !trpt_chars_at(text, equals, '=')) return field;
  field.value = equals + 1;
  field.has_equals = true;
  field.is_rua = trpt_str_equal((trpt_str){text.ptr + field.begin, field.name_end - field.begin}, "rua", 3);
  return field;
}

/* After a blank, a name and "=" begin a field although the ";" before it is missing. */
static bool field_begins(trpt_str text, size_t pos) {
  size_t end = trpt_chars_name_end(text, pos);
  return end > pos && trpt_chars_at(text, end, '=');
}

/* After a comma `a=b` is rather the rest of a URI with a raw comma. The comma stands for ";" only before a name that people
   write into such records: "rua=mailto:a@b.example,ruf=mailto:c@d.example". */
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

/* Reads an item from `pos` on and returns where the next one begins. In a list "," ends an item. */
static size_t read_item(trpt_str text, size_t pos, bool list, trpt_item *item) {
  item->begin = item->end = pos = trpt_chars_skip(text, pos, TRPT_CHAR_WSP);
  for (;;) {
    pos = trpt_chars_skip(text, pos, TRPT_CHAR_URI);
    item->end = pos;
    size_t next = trpt_chars_skip(text, pos, TRPT_CHAR_WSP);
    if (next == text.len) return separate(item, TRPT_SEPARATOR_END, next, next);
    if (text.ptr[next] == ';') return separate(item, TRPT_SEPARATOR_SEMICOLON, next, next + 1);
    if (text.ptr[next] == ',' && list) {
      size_t after = trpt_chars_skip(text, next + 1, TRPT_CHAR_WSP);
      if (known_field_begins(text, after)) return separate(item, TRPT_SEPARATOR_MISSING, next, after);
      return separate(item, TRPT_SEPARATOR_COMMA, next, next + 1);
    }
    if (next > pos && field_begins(text, next)) return separate(item, TRPT_SEPARATOR_MISSING, pos, next);
    pos = text.ptr[next] == ',' ? next + 1 : next;
  }
}

bool trpt_fields_next(trpt_field_iterator *walk) {
  walk->first = !walk->in_list;
  if (walk->first) {
    if (walk->pos >= walk->text.len) return false;
    walk->field = trpt_fields_look(walk->text, walk->pos);
  }
  bool list = walk->in_list || walk->field.is_rua;
  walk->pos = read_item(walk->text, walk->first ? walk->field.value : walk->pos, list, &walk->item);
  walk->in_list = walk->item.separator == TRPT_SEPARATOR_COMMA;
  return true;
}

bool trpt_fields_uri(const trpt_field_iterator *walk, trpt_str *uri) {
  *uri = (trpt_str){walk->text.ptr + walk->item.begin, walk->item.end - walk->item.begin};
  return (!walk->first || walk->field.is_rua) && uri->len > 0;
}

bool trpt_fields_check_extension(trpt_str text, const trpt_field *field, const trpt_item *item, trpt_code *finding,
                                 size_t *bad) {
  *finding = TRPT_CODE_RECORD_BAD_EXT_NAME;
  *bad = trpt_chars_name_end(text, field->begin);
  if (!field->has_equals || *bad != field->name_end) return false;
  *finding = TRPT_CODE_RECORD_BAD_EXT_VALUE;
  *bad = trpt_chars_skip(text, item->begin, TRPT_CHAR_VALUE);
  return item->end > item->begin && *bad == item->end;
}

bool trpt_fields_extension(const trpt_field_iterator *walk, trpt_str *name, trpt_str *value) {
  trpt_code finding;
  size_t bad;
  if (!walk->first || walk->field.is_rua ||
      !trpt_fields_check_extension(walk->text, &walk->field, &walk->item, &finding, &bad))
    return false;
  *name = (trpt_str){walk->text.ptr + walk->field.begin, walk->field.name_end - walk->field.begin};
  *value = (trpt_str){walk->text.ptr + walk->item.begin, walk->item.end - walk->item.begin};
  return true;
}

/* Counts stop at the end of their type, which only a text of more than 8 GiB can reach. */
static void count(uint32_t *counter) { *counter += *counter < UINT32_MAX; }

bool trpt_fields_count(trpt_field_iterator walk, trpt_record *counts) {
  bool has_rua = false;
  while (trpt_fields_next(&walk)) {
    has_rua |= walk.field.is_rua;
    trpt_str uri, name, value;
    if (trpt_fields_uri(&walk, &uri)) {
      trpt_rua rua;
      trpt_uri parts;
      size_t bad;
      trpt_destination_read(uri, &rua, &parts, &bad);
      count(&counts->rua_count);
      if (rua.usable) count(&counts->usable_rua_count);
    } else if (trpt_fields_extension(&walk, &name, &value)) {
      count(&counts->extension_count);
    }
  }
  return has_rua;
}
