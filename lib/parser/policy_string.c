/* SPDX-License-Identifier: MIT */
#include "policy_string.h"

#include "../model/sts_lines.h"
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
static trpt_str next_record(trpt_str *rest) {
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

static bool is_joined_tlsa(trpt_str text) {
  if (!memchr(text.ptr, ';', text.len)) return false;
  trpt_str part = {NULL, 0};
  while (!part.len && text.ptr) part = next_record(&text);
  return looks_like_tlsa(part);
}

static uint8_t joined_at_blank(trpt_str text) {
  if (is_joined_tlsa(text)) return TRPT_JOINED_TLSA;
  return trpt_sts_is_joined(text) ? TRPT_JOINED_STS : 0;
}

/* What a string holds several of. The text decides, and not policy-type, which may come later or be unreadable: how a member is
   read must not depend on another one. */
static inline uint8_t joined_in(trpt_str text) {
  if (!text.len) return 0;
  const char first = *text.ptr;
  if (first == 'm' || first == 'v') return trpt_sts_has_colons(text) && trpt_sts_is_joined(text) ? TRPT_JOINED_STS : 0;
  if (trpt_is_space(first)) return joined_at_blank(text);
  return (trpt_is_digit((unsigned char)first) || first == ';') && is_joined_tlsa(text) ? TRPT_JOINED_TLSA : 0;
}

/* The end of a string that was cut is missing, so it stays whole. */
static inline uint8_t find_joined(trpt_list *list, uint32_t i) {
  return list->elements[i].joined = list->elements[i].cut ? 0 : joined_in(list->strings[i]);
}

static trpt_str next_part(uint8_t joined, trpt_str *rest) {
  return joined == TRPT_JOINED_STS ? trpt_sts_next_line(rest) : next_record(rest);
}

/* How many parts a joined string holds. */
static uint64_t count_parts(uint8_t joined, trpt_str text) {
  uint64_t count = 0;
  while (text.ptr) count += next_part(joined, &text).len != 0;
  return count;
}

/* Writes element `from`, or the parts that it holds, as elements from `to` on, but none from `end` on. Returns where they
   end. */
static uint32_t split_one(trpt_list *list, uint32_t from, uint32_t to, uint32_t end) {
  trpt_str text = list->strings[from];
  trpt_element element = list->elements[from];
  const uint8_t joined = element.joined;
  if (!joined) {
    list->strings[to] = text;
    list->elements[to] = element;
    return to + 1;
  }
  while (text.ptr && to < end) {
    const trpt_str part = next_part(joined, &text);
    if (!part.len) continue;
    list->strings[to] = part;
    list->elements[to++] = element;
    element.joined = 0;
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
  bool any = false;
  for (; i < list->count && parts < most; i++) {
    const uint8_t joined = find_joined(list, i);
    parts += joined ? count_parts(joined, list->strings[i]) : 1;
    any = any || joined;
  }
  if (!any) return;
  if (parts > most || i < list->count) {
    const trpt_element *first = &list->elements[parts > most ? i - 1 : i]; /* of which something is left out */
    trpt_list_leave_out(parser, list, TRPT_LIMIT_STRINGS, first->position,
                        (trpt_path){TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING, first->index});
    list->count = i;
  }
  split_all(list, most);
}
