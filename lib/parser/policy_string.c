/* SPDX-License-Identifier: MIT */
#include "policy_string.h"

#include "../base/text.h"
#include "string_list.h"

/* A tokenizer for the text of such an array. Strings with escapes are decoded to `buffer`. */
static void begin_nested(trpt_json *json, unsigned char *level, trpt_str text, char *buffer, size_t capacity) {
  *json = (trpt_json){.engine = trpt_json_engine_find(TRPT_TOKENIZER_BUILTIN), .memory = level, .max_depth = 1};
  json->string.text = buffer;
  json->string.capacity = capacity;
  trpt_json_reset(json);
  trpt_json_set_chunk(json, text.ptr, text.len, 0);
}

bool trpt_policy_string_is_array(trpt_str text) {
  trpt_json json;
  trpt_json_token token;
  unsigned char level[1];
  begin_nested(&json, level, text, NULL, 0);
  json.wanted = false;
  if (trpt_json_next(&json, &token) != TRPT_JSON_TOKEN || token.kind != TRPT_JSON_ARRAY_BEGIN) return false;
  trpt_json_status status;
  while ((status = trpt_json_next(&json, &token)) == TRPT_JSON_TOKEN && token.kind == TRPT_JSON_STRING) {
  }
  if (status != TRPT_JSON_TOKEN || token.kind != TRPT_JSON_ARRAY_END) return false;
  return trpt_json_next(&json, &token) == TRPT_JSON_MORE;
}

void trpt_policy_string_add_nested(trpt_parser *parser, trpt_list *list, trpt_path path) {
  trpt_json json;
  trpt_json_token token;
  unsigned char level[1];
  bool reported = false;
  bool fits = true;
  const trpt_store *store = &parser->current.text;
  begin_nested(&json, level, parser->decoder.token.text, NULL, 0);
  trpt_json_next(&json, &token); /* [ */
  while (fits) {
    json.string.text = store->text + store->len;
    json.string.capacity = trpt_list_room(parser) + 1; /* which shows that the string is longer */
    trpt_json_next(&json, &token);
    if (token.kind != TRPT_JSON_STRING) return;
    if (token.string_errors & TRPT_STRING_BAD_CODEPOINT && !reported)
      trpt_emit(parser, TRPT_CODE_JSON_BAD_CODEPOINT, trpt_position_now(parser), path);
    reported = reported || token.string_errors & TRPT_STRING_BAD_CODEPOINT;
    if (trpt_list_fits(parser, list, token.text))
      trpt_list_add(parser, list, token.text, path.string);
    else
      fits = trpt_list_add_cut(parser, list, token.text, path);
  }
}

/* The next part of `*rest` up to a ";", without the white space around it; `*rest` is what follows, absent at the end. */
static trpt_str next_part(trpt_str *rest) {
  trpt_str part = *rest;
  const char *delimiter = memchr(rest->ptr, ';', rest->len);
  if (delimiter) {
    part.len = (size_t)(delimiter - part.ptr);
    *rest = trpt_str_from(*rest, part.len + 1);
  } else {
    *rest = (trpt_str){0};
  }
  return trpt_trim_space(part);
}

/* Three numbers with blanks between them and something after them: a TLSA record, valid or not, RFC 6698 s2.2. */
static bool looks_like_tlsa(trpt_str text) {
  size_t at = 0;
  for (int field = 0; field < 3; field++) {
    const size_t begin = at;
    while (at < text.len && trpt_is_digit((unsigned char)text.ptr[at])) at++;
    const size_t end = at;
    while (at < text.len && trpt_is_space(text.ptr[at])) at++;
    if (begin == end || end == at) return false;
  }
  return at < text.len;
}

/* Whether a string holds TLSA records joined by ";". The first of them decides, and not policy-type, which may come later or be
   unreadable: how a member is read must not depend on another one. */
static bool is_joined(trpt_str text) {
  const bool may_begin =
      text.len && (trpt_is_digit((unsigned char)*text.ptr) || trpt_is_space(*text.ptr) || *text.ptr == ';');
  if (!may_begin || !memchr(text.ptr, ';', text.len)) return false;
  trpt_str part = {NULL, 0};
  while (!part.len && text.ptr) part = next_part(&text);
  return looks_like_tlsa(part);
}

/* The end of a string that was cut is missing, so it stays whole. */
static bool may_split(const trpt_list *list, uint32_t i) {
  return !list->elements[i].cut && is_joined(list->strings[i]);
}

/* How many records a joined string holds. */
static uint64_t count_parts(trpt_str text) {
  uint64_t count = 0;
  while (text.ptr) count += next_part(&text).len != 0;
  return count;
}

/* Writes element `from`, or the records that it holds, as elements from `to` on, but none from `end` on. Returns where they
   end. */
static uint32_t split_one(trpt_list *list, uint32_t from, uint32_t to, uint32_t end) {
  trpt_str text = list->strings[from];
  trpt_element element = list->elements[from];
  if (!may_split(list, from)) {
    list->strings[to] = text;
    list->elements[to] = element;
    return to + 1;
  }
  element.joined = element.index != TRPT_NO_INDEX; /* a bare string was reported already */
  while (text.ptr && to < end) {
    const trpt_str part = next_part(&text);
    if (!part.len) continue;
    list->strings[to] = part;
    list->elements[to++] = element;
    element.joined = false;
  }
  return to;
}

/* Moves the elements to the end of their arrays and writes their parts to the front. Each gives at least one part, and the parts
   of all but the last fit, so what is written never overtakes what is read. */
static void split_all(trpt_list *list, uint32_t most) {
  const uint32_t shift = most - list->count;
  memmove(list->strings + shift, list->strings, list->count * sizeof *list->strings);
  memmove(list->elements + shift, list->elements, list->count * sizeof *list->elements);
  uint32_t written = 0;
  for (uint32_t i = shift; i < most; i++) written = split_one(list, i, written, most);
  list->count = written;
}

void trpt_policy_string_split(trpt_parser *parser) {
  trpt_list *list = &parser->current.strings;
  const uint32_t most = parser->settings.options.max_strings;
  uint64_t parts = 0;
  uint32_t i = 0;
  bool joined = false;
  for (; i < list->count && parts < most; i++) {
    const bool several = may_split(list, i);
    parts += several ? count_parts(list->strings[i]) : 1;
    joined = joined || several;
  }
  if (!joined) return;
  if (parts > most || i < list->count) {
    const trpt_element *first = &list->elements[parts > most ? i - 1 : i]; /* of which something is left out */
    trpt_list_leave_out(parser, list, TRPT_LIMIT_STRINGS, first->position,
                        (trpt_path){TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING, first->index});
    list->count = i;
  }
  split_all(list, most);
}
