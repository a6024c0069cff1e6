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

void trpt_policy_string_add_nested(trpt_parser *parser, trpt_list *list, uint32_t index) {
  trpt_json json;
  trpt_json_token token;
  unsigned char level[1];
  bool reported = false;
  const trpt_store *store = &parser->current.text;
  begin_nested(&json, level, parser->decoder.token.text, NULL, 0);
  trpt_json_next(&json, &token); /* [ */
  do {
    json.string.text = store->text + store->len;
    json.string.capacity = store->capacity - store->len;
    trpt_json_next(&json, &token);
    if (token.kind != TRPT_JSON_STRING) return;
    /* It was cut because there is no room: one byte more exceeds the limit. */
    if (token.string_errors & TRPT_STRING_CUT) token.text.len++;
    if (token.string_errors & TRPT_STRING_BAD_CODEPOINT && !reported)
      trpt_emit(parser, TRPT_CODE_JSON_BAD_CODEPOINT, trpt_position_now(parser),
                (trpt_path){TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING, index});
    reported = reported || token.string_errors & TRPT_STRING_BAD_CODEPOINT;
  } while (trpt_list_add(parser, list, token.text, index));
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

/* How many records a joined string holds. */
static uint64_t count_parts(trpt_str text) {
  uint64_t count = 0;
  while (text.ptr) count += next_part(&text).len != 0;
  return count;
}

/* Writes a string, or the records that it holds, as elements from `to` on; returns where they end. */
static uint32_t split_one(trpt_list *list, uint32_t to, trpt_str text, trpt_element element) {
  if (!is_joined(text)) {
    list->strings[to] = text;
    list->elements[to] = element;
    return to + 1;
  }
  element.joined = element.index != TRPT_NO_INDEX; /* a bare string was reported already */
  while (text.ptr) {
    const trpt_str part = next_part(&text);
    if (!part.len) continue;
    list->strings[to] = part;
    list->elements[to++] = element;
    element.joined = 0;
  }
  return to;
}

/* Moves the elements to the end of their arrays and writes their parts to the front. Each gives at least one part, so what is
   written never overtakes what is read. */
static void split_all(trpt_parser *parser, trpt_list *list) {
  const uint32_t shift = parser->settings.options.max_strings - list->count;
  memmove(list->strings + shift, list->strings, list->count * sizeof *list->strings);
  memmove(list->elements + shift, list->elements, list->count * sizeof *list->elements);
  uint32_t written = 0;
  for (uint32_t i = shift; i < parser->settings.options.max_strings; i++)
    written = split_one(list, written, list->strings[i], list->elements[i]);
  list->count = written;
}

void trpt_policy_string_split(trpt_parser *parser) {
  trpt_list *list = &parser->current.strings;
  uint64_t parts = 0;
  bool joined = false;
  for (uint32_t i = 0; i < list->count; i++) {
    const bool is_one = !is_joined(list->strings[i]);
    parts += is_one ? 1 : count_parts(list->strings[i]);
    joined = joined || !is_one;
  }
  if (!joined) return;
  if (parts > parser->settings.options.max_strings) {
    trpt_fail_limit(parser, TRPT_LIMIT_STRINGS, list->position,
                    trpt_path_of(TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING));
    return;
  }
  split_all(parser, list);
}
