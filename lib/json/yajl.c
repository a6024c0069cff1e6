/* SPDX-License-Identifier: MIT */
#include "engines.h"

#include <stdalign.h>
#include <yajl/yajl_parse.h>

#include "lexer.h"

/* yajl is fed word by word, so that it can be asked for one token at a time and never sees a word that a chunk cut (it would
   read such a word again from its start with each chunk). Words that need decoding are decoded here, since yajl accepts
   what is no UTF-8 and loses lone surrogates; yajl then sees an empty word of the same kind in their place, before they are
   read, since a word that may not stand there is the error that comes first. */
typedef struct yajl_state {
  yajl_handle handle;
  uint32_t max_depth;
  uint32_t depth;
  trpt_json_kind kind; /* of the token that the last word was */
  bool has_token;
  bool too_deep;
  trpt_str text; /* of a string */
  unsigned char *arena;
  size_t arena_used;
  unsigned char *stack;
} yajl_state;

/* yajl 2.1 makes five requests for each text, of 120, 32, 64, 32 and 2048 bytes, and never again: the last is a buffer that
   words pass through, which grows only for longer ones (LONGEST_WORD), and another is for escapes, which it never sees. Its
   stack, a byte a level, is the one block that it asks for by realloc. */
enum { ARENA_SIZE = 3072, LONGEST_WORD = 1024, STACK_STEP = 128 };

static size_t round_up(size_t size) {
  return (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
}

static void *arena_allocate(void *context, size_t size) {
  yajl_state *yajl = context;
  const size_t rounded = round_up(size);
  if (rounded > ARENA_SIZE - yajl->arena_used) return NULL;
  void *memory = yajl->arena + yajl->arena_used;
  yajl->arena_used += rounded;
  return memory;
}

static void *stack_reallocate(void *context, void *memory, size_t size) {
  yajl_state *yajl = context;
  (void)memory;
  (void)size;
  return yajl->stack;
}

static void arena_release(void *context, void *memory) {
  (void)context;
  (void)memory;
}

/* The bottom of yajl's stack is not a container, and it grows before it is full. */
static size_t stack_size(uint32_t max_depth) {
  return ((size_t)max_depth + 2) / STACK_STEP * STACK_STEP + 2 * STACK_STEP;
}

static size_t memory_size(uint32_t max_depth) {
  return round_up(sizeof(yajl_state)) + ARENA_SIZE + round_up(stack_size(max_depth));
}

static int give(yajl_state *yajl, trpt_json_kind kind) {
  yajl->kind = kind;
  yajl->has_token = true;
  return 1;
}

static int give_text(yajl_state *yajl, trpt_json_kind kind, const unsigned char *text, size_t len) {
  yajl->text = (trpt_str){(const char *)text, len};
  return give(yajl, kind);
}

static int on_null(void *yajl) { return give(yajl, TRPT_JSON_NULL); }
static int on_boolean(void *yajl, int value) {
  (void)value;
  return give(yajl, TRPT_JSON_BOOLEAN);
}
static int on_number(void *yajl, const char *text, size_t len) {
  (void)text;
  (void)len;
  return give(yajl, TRPT_JSON_NUMBER);
}
static int on_string(void *yajl, const unsigned char *text, size_t len) {
  return give_text(yajl, TRPT_JSON_STRING, text, len);
}
static int on_key(void *yajl, const unsigned char *text, size_t len) {
  return give_text(yajl, TRPT_JSON_KEY, text, len);
}

/* Called before yajl's stack grows, so that the limit keeps it within its block. */
static int open_container(yajl_state *yajl, trpt_json_kind kind) {
  yajl->too_deep = yajl->depth == yajl->max_depth;
  if (yajl->too_deep) return 0;
  yajl->depth++;
  return give(yajl, kind);
}
static int close_container(yajl_state *yajl, trpt_json_kind kind) {
  yajl->depth--;
  return give(yajl, kind);
}
static int on_object_begin(void *yajl) { return open_container(yajl, TRPT_JSON_OBJECT_BEGIN); }
static int on_array_begin(void *yajl) { return open_container(yajl, TRPT_JSON_ARRAY_BEGIN); }
static int on_object_end(void *yajl) { return close_container(yajl, TRPT_JSON_OBJECT_END); }
static int on_array_end(void *yajl) { return close_container(yajl, TRPT_JSON_ARRAY_END); }

static const yajl_callbacks callbacks = {on_null,     on_boolean,      NULL,   NULL,          on_number,
                                         on_string,   on_object_begin, on_key, on_object_end, on_array_begin,
                                         on_array_end};

static void reset(trpt_json *json) {
  yajl_state *yajl = json->memory;
  yajl->arena = (unsigned char *)json->memory + round_up(sizeof *yajl);
  yajl->stack = yajl->arena + ARENA_SIZE;
  yajl->max_depth = json->max_depth;
  yajl->has_token = false;
  yajl_alloc_funcs functions = {arena_allocate, stack_reallocate, arena_release, yajl};
  yajl->arena_used = 0;
  yajl->depth = 0;
  /* Nothing is given back: a new handle in the same arena costs less than freeing the old one. */
  yajl->handle = yajl_alloc(&callbacks, &functions, yajl);
  /* What yajl sees is ASCII. */
  yajl_config(yajl->handle, yajl_dont_validate_strings, 1);
}

static bool is_whole(const trpt_json *json) {
  const yajl_state *yajl = json->memory;
  return yajl->depth == 0 && yajl->has_token;
}

/* One word, or one that may stand where it may. */
static trpt_json_status feed(trpt_json *json, trpt_json_token *token, const unsigned char *p, const void *word,
                             size_t len) {
  yajl_state *yajl = json->memory;
  yajl->has_token = false;
  yajl->too_deep = false;
  if (yajl_parse(yajl->handle, word, len) == yajl_status_ok) {
    json->depth = yajl->depth;
    token->kind = yajl->kind;
    return TRPT_JSON_TOKEN;
  }
  return yajl->too_deep ? TRPT_JSON_TOO_DEEP : trpt_lexer_bad(json, token, p);
}

static trpt_json_status read_string(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const yajl_state *yajl = json->memory;
  const unsigned char *stop = trpt_scan_string(p + 1, json->end);
  if (stop < json->end && *stop == '"' && stop - p < LONGEST_WORD) {
    const trpt_json_status status = feed(json, token, p, p, (size_t)(stop + 1 - p));
    if (status != TRPT_JSON_TOKEN) return status;
    json->cursor = stop + 1;
    token->flaws = 0;
    token->text = yajl->text;
    return status;
  }
  const trpt_json_status status = feed(json, token, p, "\"\"", 2);
  if (status != TRPT_JSON_TOKEN) return status;
  const bool keep = token->kind == TRPT_JSON_KEY || json->wanted;
  const trpt_json_status read = trpt_lexer_string(json, token, p, keep);
  token->kind = yajl->kind;
  return read;
}

static trpt_json_status read_word(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  trpt_json_status status;
  switch (*p) {
  case '"': return read_string(json, token, p);
  case 'n':
  case 't':
  case 'f':
    status = feed(json, token, p, "null", 4);
    return status == TRPT_JSON_TOKEN ? trpt_lexer_literal(json, token, p) : status;
  case '{':
  case '}':
  case '[':
  case ']':
  case ':':
  case ',':
    status = feed(json, token, p, p, 1);
    if (status == TRPT_JSON_TOKEN) json->cursor = p + 1;
    return status;
  default:
    if (*p != '-' && (*p < '0' || *p > '9')) return trpt_lexer_bad(json, token, p);
    status = feed(json, token, p, "0 ", 2); /* yajl tells of a number with the byte behind it */
    return status == TRPT_JSON_TOKEN ? trpt_lexer_number(json, token, p) : status;
  }
}

static trpt_json_status next(trpt_json *json, trpt_json_token *token) {
  const yajl_state *yajl = json->memory;
  if (json->inside) {
    bool word;
    const trpt_json_status status = trpt_lexer_resume(json, token, &word);
    if (status == TRPT_JSON_TOKEN && word && token->kind == TRPT_JSON_STRING) token->kind = yajl->kind; /* or a key */
    if (status != TRPT_JSON_TOKEN || word) return status;
  }
  for (;;) {
    const unsigned char *p = trpt_lexer_blanks(json, json->cursor);
    if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NOTHING);
    token->offset = trpt_lexer_offset(json, p);
    json->cursor = p;
    if (is_whole(json)) return TRPT_JSON_TRAILING;
    const trpt_json_status status = read_word(json, token, p);
    if (status != TRPT_JSON_TOKEN || yajl->has_token) return status;
  }
}

const trpt_json_engine trpt_json_yajl = {memory_size, reset, next, is_whole};
