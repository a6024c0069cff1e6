/* SPDX-License-Identifier: MIT */
/* The fast path takes a whole step at once: a member with its value, or with the bracket that begins its value; an element; or an
   end. In front of each there may be a comma, and a line break with indentation or one blank. Strings are copied to where they
   are stored while their end is searched.

   Why it does the same as the exact path: each step first looks at the text, and the loop ends if there is anything else than it
   knows, if the chunk may cut it, or if the member needs more than its value. So far it has changed nothing but the guess and
   free memory, and has counted the line that a break before the token has begun. The token is then for the exact path, which goes
   on after that comma and break. Otherwise the same functions handle the value as on the exact path. A fuzz target compares the
   two. */

#include "fast_path.h"

#include "../base/scan.h"
#include "../json/step.h"
#include "begin.h"
#include "end_object.h"
#include "string_list.h"

/* The rows once more, so that they are constants here: the code of each member, object and array has what its row says as
   numbers. */
static const trpt_schema member_rows[TRPT_MEMBER_COUNT] = {
#include "decode_rows.def"
};
static const trpt_context_info context_rows[TRPT_CONTEXT_COUNT] = {
#include "../model/context_rows.def"
};

#define NEVER_INLINE __attribute__((noinline)) /* rare code, which would take registers from the common */
#ifdef __OPTIMIZE__
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE inline /* so that a debugger and a coverage tool see one function and not its copies */
#endif

/* The compiler must compute the pointer here. Without it, it adds the result of a comparison, for which the next token would have to
   wait, which takes 7 % of the speed; a branch can be predicted. Or it computes the pointer once for each use. */
#define COMPUTE(pointer) __asm__ volatile("" : "+r"(pointer))

enum {
  STEP_ROOM = 112,  /* a comma, a line break, indentation, the longest name, a blank, and one step of a string */
  STRING_STEP = 32, /* bytes of a string that are copied at once */
  MOST_VAIN = 32,
  ALIASES = (int)~(TRPT_MEMBER_BIT(TRPT_FIRST_ALIAS) - 1)
};

/* What changes with each step. Everything else is where the exact path has it. */
typedef struct fast {
  const unsigned char *p;     /* the end of the last token */
  const unsigned char *next;  /* once the loop ends: the token that is for the exact path; NULL: not known */
  const unsigned char *limit; /* up to here a step can look at STEP_ROOM bytes */
  bool is_first;              /* the last token is the bracket */
} fast;

/* What became of a member. */
typedef enum fast_step {
  STEP_TAKEN,
  STEP_INNER,     /* the bracket that begins its value was taken, too */
  STEP_LAST,      /* it was taken, and something else has to be done now */
  STEP_UNUSUAL,   /* it is for the exact path */
  STEP_OTHER_NAME /* it has another name */
} fast_step;

/* ---- looking: nothing but the line is changed ---- */

/* Bit i: byte i is no blank. */
static ALWAYS_INLINE unsigned non_blanks(const unsigned char *p) {
  return trpt_block_bits(trpt_block_is(trpt_block_load((const char *)p), ' ')) ^ 0xFFFF;
}

/* After an unusual indentation. NULL: past the limit, and the line has not begun. */
static NEVER_INLINE const unsigned char *after_indent(trpt_json *json, const unsigned char *line,
                                                      const unsigned char *limit) {
  const unsigned char *p = trpt_scan_indent(line, limit + STEP_ROOM);
  if (p > limit) return NULL;
  trpt_lexer_begin_line(json, line);
  return p;
}

/* After a line break with indentation, or one blank. NULL: past the limit, and no line has begun. */
static ALWAYS_INLINE const unsigned char *after_blanks(trpt_parser *parser, const fast *s, const unsigned char *p) {
  if (*p > ' ') return p;
  if (*p != '\n') {
    if (*p == ' ') return p + 1;
    if (*p != '\r' || p[1] != '\n') return p;
    p++;
  }
  trpt_json *json = &parser->decoder.json;
  const unsigned char *const line = p + 1;
  const unsigned others = non_blanks(line);
  if (others) {
    p = line + (unsigned)__builtin_ctz(others);
  } else {
    const unsigned more = non_blanks(line + 16);
    if (!more) return after_indent(json, line, s->limit);
    p = line + 16 + (unsigned)__builtin_ctz(more);
  }
  if (*p == '\t') return after_indent(json, line, s->limit);
  trpt_lexer_begin_line(json, line);
  return p;
}

/* Whether a member that begins at `p` has the name of this row. */
static ALWAYS_INLINE bool has_key(const unsigned char *p, const trpt_schema *row) {
  const char *text = (const char *)p + 1;
  uint32_t equal = trpt_block_bits(trpt_block_equal(trpt_block_load(text), trpt_block_load(row->key)));
  if (row->key_mask >> 16)
    equal |= trpt_block_bits(trpt_block_equal(trpt_block_load(text + 16), trpt_block_load(row->key + 16))) << 16;
  return !(~equal & row->key_mask);
}

/* A member that was not guessed, if the RFC defines it; it becomes the next guess. */
static NEVER_INLINE uint8_t find_member(trpt_decoder *decoder, const unsigned char *p) {
  const char *name = (const char *)p + 1;
  const trpt_block low = trpt_block_is(trpt_block_load(name), '"'),
                   high = trpt_block_is(trpt_block_load(name + 16), '"');
  const unsigned quotes = trpt_block_bits(low) | trpt_block_bits(high) << 16;
  if (!quotes) return TRPT_MEMBER_NONE;
  const size_t len = (unsigned)__builtin_ctz(quotes);
  if (name[len + 1] != ':') return TRPT_MEMBER_NONE;
  const trpt_member member = trpt_schema_find(decoder->context, (trpt_str){name, len});
  if (member >= TRPT_FIRST_ALIAS) return TRPT_MEMBER_NONE;
  return decoder->followers[decoder->last] = (uint8_t)member;
}

static ALWAYS_INLINE const unsigned char *value_of(const unsigned char *p, const trpt_schema *row) {
  const unsigned char *value = p + row->key_len;
  if (*value == ' ') {
    value++;
    COMPUTE(value);
  }
  return value;
}

/* Copies 32 bytes of a string. Bit i of the result: byte i does not stand for itself. */
static ALWAYS_INLINE unsigned copy_step(char *to, const char *from) {
  const trpt_block a = trpt_block_load(from), b = trpt_block_load(from + 16);
  trpt_block_store(to, a);
  trpt_block_store(to + 16, b);
  return trpt_block_bits(trpt_block_not_plain(a)) | trpt_block_bits(trpt_block_not_plain(b)) << 16;
}

/* Copies what follows the first step, and returns where the text ends; 0 if it is too long, or if the chunk or the memory may end
   within a step. */
static NEVER_INLINE size_t copy_rest(const trpt_parser *parser, char *to, const char *from, size_t room,
                                     const char *last_step) {
  for (size_t at = STRING_STEP; at + STRING_STEP <= room && from + at <= last_step; at += STRING_STEP) {
    const unsigned stops = copy_step(to + at, from + at);
    if (!stops) continue;
    const size_t len = at + (unsigned)__builtin_ctz(stops);
    return len > parser->settings.options.max_string ? 0 : len;
  }
  return 0;
}

/* Copies the text of a string to the free memory of a store. Returns what follows it, or NULL if a byte does not stand for itself, or
   if it is not known that the whole string is in the chunk and fits. */
static ALWAYS_INLINE const unsigned char *read_string(const trpt_parser *parser, const unsigned char *value,
                                                      const fast *s, const trpt_store *store, trpt_str *text) {
  const char *from = (const char *)value + 1, *const last_step = (const char *)s->limit + STEP_ROOM - STRING_STEP;
  char *to = store->text + store->len;
  const size_t room = store->capacity - store->len;
  if (*value != '"' || room < STRING_STEP) return NULL;
  const unsigned stops = copy_step(to, from);
  const size_t len = stops ? (unsigned)__builtin_ctz(stops) : copy_rest(parser, to, from, room, last_step);
  *text = (trpt_str){to, len};
  return from[len] != '"' ? NULL : value + len + 2;
}

/* A count of up to seven digits: returns how many, or 0. Bytes that are no digits are found by a carry into their highest bit;
   then neighbours are added in pairs, twice as wide each time. */
static ALWAYS_INLINE unsigned read_count(const unsigned char *p, uint64_t *count) {
  uint64_t digits = trpt_scan_word((const char *)p, 8) ^ TRPT_WORD_OF('0');
  const uint64_t others = ((digits + TRPT_WORD_OF(0x76)) | digits) & TRPT_WORD_HIGH_BITS;
  if (!others) return 0;
  const unsigned len = (unsigned)__builtin_ctzll(others) / 8;
  if (!len || !trpt_step_ends_number(p[len]) || (*p == '0' && len > 1)) return 0;
  digits <<= 64 - 8 * len;
  digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
  digits = (digits * 100 + (digits >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
  *count = (uint32_t)(digits * 10000 + (digits >> 32));
  return len;
}

/* ---- taking ---- */

static ALWAYS_INLINE trpt_position position_of(const trpt_json *json, const unsigned char *p) {
  return trpt_json_position(json, trpt_lexer_offset(json, p));
}

static ALWAYS_INLINE void set_position(trpt_parser *parser, const trpt_schema *row, const unsigned char *value) {
  if (row->position)
    *(trpt_position *)trpt_value_slot(parser, row->position) = position_of(&parser->decoder.json, value);
}

/* The token for those who look at a value. */
static ALWAYS_INLINE void set_string(trpt_decoder *decoder, const unsigned char *value, trpt_str text) {
  decoder->token.kind = TRPT_JSON_STRING;
  decoder->token.offset = trpt_lexer_offset(&decoder->json, value);
  decoder->token.string_errors = 0;
  decoder->token.text = text;
}

/* What is wrong with a string. Returns false if something else has to be done now. */
static NEVER_INLINE bool report_string(trpt_parser *parser, const unsigned char *value, trpt_str text,
                                       trpt_codes *codes, bool all, trpt_path path) {
  set_string(&parser->decoder, value, text);
  trpt_value_emit(parser, codes, all, path);
  return !trpt_must_stop(parser);
}

static ALWAYS_INLINE bool check_string(trpt_parser *parser, const trpt_schema *row, const unsigned char *value,
                                       trpt_str text, trpt_path path) {
  trpt_codes codes;
  codes.count = 0;
  const bool all = text.len && row->check(text, &codes);
  return (all && !codes.count) || report_string(parser, value, text, &codes, all, path);
}

/* A string that is more than text. */
static NEVER_INLINE bool read_meaning(trpt_parser *parser, const trpt_schema *row, const unsigned char *value,
                                      trpt_str text) {
  set_string(&parser->decoder, value, text);
  trpt_value_read(parser, row);
  return !trpt_must_stop(parser);
}

static NEVER_INLINE bool look_at_count(trpt_parser *parser, const trpt_schema *row, const unsigned char *value,
                                       uint64_t count) {
  trpt_json_token *token = &parser->decoder.token;
  token->kind = TRPT_JSON_NUMBER;
  token->offset = trpt_lexer_offset(&parser->decoder.json, value);
  token->number = (trpt_number){count, TRPT_NUMBER_COUNT, true, false};
  trpt_value_take_count(parser, row);
  return !trpt_must_stop(parser);
}

/* ---- brackets ---- */

/* The tokenizer's state for the exact path. What a report has nests in far fewer levels than trpt_max_nesting allows. */
static ALWAYS_INLINE void take_begin(trpt_parser *parser, fast *s, const unsigned char *p, bool is_object) {
  trpt_json *json = &parser->decoder.json;
  *trpt_step_level(json, ++json->depth) = is_object;
  json->in_object = is_object;
  json->expect = is_object ? TRPT_EXPECT_KEY_OR_END : TRPT_EXPECT_VALUE_OR_END;
  parser->decoder.token.offset = trpt_lexer_offset(json, p);
  s->p = p + 1;
  s->is_first = true;
}

/* A member whose value is an object or array. */
static ALWAYS_INLINE fast_step take_inner(trpt_parser *parser, fast *s, const trpt_schema *row, trpt_context context,
                                          const unsigned char *value) {
  const bool is_object = context_rows[row->inner].is_object;
  if (*value != (is_object ? '{' : '[')) return STEP_UNUSUAL;
  take_begin(parser, s, value, is_object);
  parser->decoder.seen[context] |= row->bit;
  trpt_begin_value(parser, row);
  return trpt_must_stop(parser) ? STEP_LAST : STEP_INNER;
}

/* The end of an object or array. Returns where the next token is. */
static ALWAYS_INLINE trpt_context take_end(trpt_parser *parser, fast *s, trpt_context context, const unsigned char *p) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_context outer = (trpt_context)context_rows[context].parent;
  decoder->json.depth--;
  decoder->json.in_object = context_rows[outer].is_object;
  decoder->json.expect = outer == TRPT_IN_NOTHING ? TRPT_EXPECT_NOTHING : TRPT_EXPECT_COMMA_OR_END;
  decoder->token.offset = trpt_lexer_offset(&decoder->json, p);
  decoder->context = outer;
  decoder->last = context_rows[context].opener;
  s->p = p + 1;
  s->is_first = false;
  trpt_end_object(parser, context);
  return trpt_must_stop(parser) ? TRPT_IN_NOTHING : outer;
}

/* ---- steps. They return where the next token is, or TRPT_IN_NOTHING if the loop ends before it. ---- */

/* The token at `p` is for the exact path. */
static ALWAYS_INLINE trpt_context leave_before(fast *s, const unsigned char *p) {
  s->next = p;
  return TRPT_IN_NOTHING;
}

/* The next member or element, or the end. NULL if it is neither, or not known to be in the chunk. */
static ALWAYS_INLINE const unsigned char *next_token(trpt_parser *parser, fast *s, bool is_first, unsigned char bracket,
                                                     bool *ends) {
  const unsigned char *p = s->p;
  *ends = false;
  if (p > s->limit) return NULL;
  if (*p == ',') {
    if (is_first) return NULL;
    p++;
    COMPUTE(p);
    return after_blanks(parser, s, p);
  }
  p = after_blanks(parser, s, p);
  if (!p) return NULL;
  *ends = *p == bracket;
  if (*ends || is_first) return p;
  s->next = p;
  return NULL;
}

static ALWAYS_INLINE fast_step take_string(trpt_parser *parser, fast *s, const trpt_schema *row, trpt_context context,
                                           const unsigned char *value, const bool diagnoses) {
  trpt_str text;
  trpt_store *store = trpt_value_slot(parser, row->store);
  const unsigned char *end = read_string(parser, value, s, store, &text);
  if (!end) return STEP_UNUSUAL;
  s->p = end;
  *(trpt_str *)trpt_value_slot(parser, row->slot) = text;
  trpt_value_set_present(parser, row);
  store->len += text.len;
  bool goes_on = true;
  if (diagnoses) set_position(parser, row, value);
  if (row->type == TRPT_TYPE_POLICY_TYPE || row->type == TRPT_TYPE_RESULT_TYPE)
    goes_on = trpt_value_find_type(parser, row, text) || !diagnoses || read_meaning(parser, row, value, text);
  else if (row->type == TRPT_TYPE_TIME)
    goes_on = read_meaning(parser, row, value, text);
  else if (diagnoses)
    goes_on = check_string(parser, row, value, text, trpt_path_of(context, (trpt_member)row->member));
  return goes_on ? STEP_TAKEN : STEP_LAST;
}

static ALWAYS_INLINE fast_step take_count(trpt_parser *parser, fast *s, const trpt_schema *row,
                                          const unsigned char *value, const bool diagnoses) {
  uint64_t count;
  const unsigned len = read_count(value, &count);
  if (!len) return STEP_UNUSUAL;
  s->p = value + len;
  *(uint64_t *)trpt_value_slot(parser, row->slot) = count;
  trpt_value_set_present(parser, row);
  if (!diagnoses) return STEP_TAKEN;
  set_position(parser, row, value);
  if (count) return STEP_TAKEN;
  return look_at_count(parser, row, value, count) ? STEP_TAKEN : STEP_LAST;
}

/* The member that begins at `p`, if it has the name of this row. `fits`: the row is one of this context, 0 or 1. It is for the
   compiler, since no other row is guessed. */
static ALWAYS_INLINE fast_step take_member(trpt_parser *parser, fast *s, const trpt_schema *row, trpt_context context,
                                           unsigned fits, const unsigned char *p, const bool diagnoses) {
  trpt_decoder *decoder = &parser->decoder;
  if (!(fits & has_key(p, row))) return STEP_OTHER_NAME;
  if (decoder->seen[context] & (row->bit | (uint32_t)ALIASES)) return STEP_UNUSUAL;
  const unsigned char *value = value_of(p, row);
  fast_step taken;
  switch (row->kind) {
  case TRPT_JSON_STRING: taken = take_string(parser, s, row, context, value, diagnoses); break;
  case TRPT_JSON_NUMBER: taken = take_count(parser, s, row, value, diagnoses); break;
  default: return take_inner(parser, s, row, context, value);
  }
  if (taken == STEP_UNUSUAL) return taken;
  decoder->seen[context] |= row->bit;
  decoder->last = row->member;
  s->is_first = false;
  return taken;
}

static ALWAYS_INLINE fast_step take_named(trpt_parser *parser, fast *s, uint8_t member, trpt_context context,
                                          const unsigned char *p, const bool diagnoses) {
  switch (member) {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check)                                       \
  case TRPT_MEMBER_##id:                                                                                               \
    return take_member(parser, s, &member_rows[TRPT_MEMBER_##id], context, context == TRPT_IN_##object, p, diagnoses);
#include "../model/schema.def"
  default: return STEP_OTHER_NAME;
  }
}

static ALWAYS_INLINE trpt_context read_members(trpt_parser *parser, fast *s, trpt_context context,
                                               const bool diagnoses) {
  trpt_decoder *decoder = &parser->decoder;
  bool ends;
  const unsigned char *p = next_token(parser, s, s->is_first, '}', &ends);
  for (;; p = next_token(parser, s, false, '}', &ends)) {
    if (!p) return TRPT_IN_NOTHING;
    if (ends) return take_end(parser, s, context, p);
    if (*p != '"') return leave_before(s, p);
    fast_step taken;
    uint8_t member = decoder->followers[decoder->last];
    do {
      taken = take_named(parser, s, member, context, p, diagnoses);
    } while (taken == STEP_OTHER_NAME && (member = find_member(decoder, p)) != TRPT_MEMBER_NONE);
    switch (taken) {
    case STEP_TAKEN: break;
    case STEP_INNER: return decoder->context;
    case STEP_LAST: return TRPT_IN_NOTHING;
    default: return leave_before(s, p);
    }
  }
}

/* The strings of a list. JSON text in a string, which begins with a bracket or blank, is for the exact path. */
static ALWAYS_INLINE trpt_context read_strings(trpt_parser *parser, fast *s, trpt_context context,
                                               const bool diagnoses) {
  trpt_decoder *decoder = &parser->decoder;
  const trpt_context_info *info = &context_rows[context];
  const trpt_schema *row = &member_rows[info->opener];
  trpt_list *list = trpt_list_of(parser, row);
  trpt_store *store = &parser->current.text;
  bool ends;
  const unsigned char *p = next_token(parser, s, s->is_first, ']', &ends);
  for (;; p = next_token(parser, s, false, ']', &ends)) {
    if (!p) return TRPT_IN_NOTHING;
    if (ends) return take_end(parser, s, context, p);
    if (p[1] == '[' || p[1] == ' ') return leave_before(s, p);
    trpt_str text;
    const unsigned char *end = read_string(parser, p, s, store, &text);
    if (!end || text.len > parser->current.list_room || list->count == list->most) return leave_before(s, p);
    store->len += text.len;
    s->p = end;
    s->is_first = false;
    const uint32_t index = list->next_index++;
    const trpt_position position = position_of(&decoder->json, p);
    list->strings[list->count] = text;
    list->elements[list->count++] = (trpt_element){position, index, false, false};
    parser->current.list_room -= text.len;
    const trpt_path path = {info->parent, info->opener, index};
    if (diagnoses && !check_string(parser, row, p, text, path)) return TRPT_IN_NOTHING;
  }
}

/* Policies and failures. */
static ALWAYS_INLINE trpt_context read_objects(trpt_parser *parser, fast *s, trpt_context array, trpt_context object) {
  bool ends;
  const unsigned char *p = next_token(parser, s, s->is_first, ']', &ends);
  if (!p) return TRPT_IN_NOTHING;
  if (ends) return take_end(parser, s, array, p);
  if (*p != '{') return leave_before(s, p);
  take_begin(parser, s, p, true);
  if (object == TRPT_IN_FAILURE) {
    trpt_current_next_failure(&parser->current);
    trpt_begin_failure(parser);
  } else {
    trpt_current_next_policy(&parser->current);
    trpt_begin_policy(parser);
  }
  return trpt_must_stop(parser) ? TRPT_IN_NOTHING : object;
}

static ALWAYS_INLINE trpt_context read_in(trpt_parser *parser, fast *s, trpt_context context, const bool diagnoses) {
  switch (context) { /* GCOVR_EXCL_BR_LINE: the path begins inside of the report */
                     /* clang-format off */
#define OBJECT(id, structure)  case TRPT_IN_##id: return read_members(parser, s, TRPT_IN_##id, diagnoses);
#define ELEMENT(object, array) case TRPT_IN_##array: return read_objects(parser, s, TRPT_IN_##array, TRPT_IN_##object);
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  case TRPT_IN_##id: return read_strings(parser, s, TRPT_IN_##id, diagnoses);
#include "../model/schema.def"
    /* clang-format on */
  default: return TRPT_IN_NOTHING; /* GCOVR_EXCL_LINE */
  }
}

/* Returns whether it has taken anything. */
static ALWAYS_INLINE bool run(trpt_parser *parser, size_t len, const bool diagnoses) {
  trpt_decoder *decoder = &parser->decoder;
  trpt_json *json = &decoder->json;
  const unsigned char *const begin = json->cursor;
  fast s = {begin, NULL, begin + len - STEP_ROOM, json->expect != TRPT_EXPECT_COMMA_OR_END};
  trpt_context context = decoder->context;
  do {
    context = read_in(parser, &s, context, diagnoses);
  } while (context != TRPT_IN_NOTHING);
  json->cursor = s.next ? s.next : s.p;
  if (s.next && *s.p == ',')
    json->expect = json->in_object ? TRPT_EXPECT_KEY : TRPT_EXPECT_VALUE;
  else if (!s.is_first && json->depth)
    json->expect = TRPT_EXPECT_COMMA_OR_END;
  return s.p != begin;
}

static NEVER_INLINE bool run_with(trpt_parser *parser, size_t len) { return run(parser, len, true); }
static NEVER_INLINE bool run_without(trpt_parser *parser, size_t len) { return run(parser, len, false); }

static bool read_ahead(trpt_parser *parser, size_t len) {
  return trpt_diagnoses(&parser->settings) ? run_with(parser, len) : run_without(parser, len);
}

/* The end of a chunk, from a copy with zeros after it: no token has or is followed by a zero, so none is taken that the chunk cuts. */
static NEVER_INLINE bool read_tail(trpt_parser *parser) {
  trpt_json *json = &parser->decoder.json;
  const unsigned char *cursor = json->cursor, *end = json->end;
  const uint64_t offset = trpt_json_offset(json);
  const size_t len = (size_t)(end - cursor);
  unsigned char tail[2 * STEP_ROOM];
  memcpy(tail, cursor, len);
  memset(tail + len, 0, STEP_ROOM);
  trpt_json_set_chunk(json, tail, len, offset);
  const bool taken = read_ahead(parser, len + STEP_ROOM);
  const size_t used = (size_t)(json->cursor - tail);
  trpt_json_set_chunk(json, cursor + used, len - used, offset + used);
  return taken;
}

static bool read_what_is_usual(trpt_parser *parser) {
  const trpt_decoder *decoder = &parser->decoder;
  const trpt_json *json = &decoder->json;
  bool taken = false;
  if (parser->settings.options.max_string < STRING_STEP) return false; /* the first step of a string is not too long */
  if (json->end - json->cursor >= STEP_ROOM) taken = read_ahead(parser, (size_t)(json->end - json->cursor));
  const bool is_tail = json->end - json->cursor < STEP_ROOM && json->cursor < json->end;
  if (is_tail && trpt_is_for_fast_path(decoder) && !trpt_must_stop(parser)) taken |= read_tail(parser);
  return taken;
}

/* Where it takes nothing again and again, it is tried less and less often, so that unusual reports do not pay for it. */
void trpt_fast_path(trpt_parser *parser) {
  trpt_decoder *decoder = &parser->decoder;
  if (decoder->exact_tokens) {
    decoder->exact_tokens--;
  } else if (read_what_is_usual(parser)) {
    decoder->vain = 0;
  } else {
    decoder->exact_tokens = decoder->vain;
    if (decoder->vain < MOST_VAIN) decoder->vain++;
  }
}
