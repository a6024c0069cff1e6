/* SPDX-License-Identifier: MIT */
#include "engines.h"

#include <stdalign.h>
#include <yajl/yajl_parse.h>

#include "slice.h"

/* A call of yajl costs several times what a word does, so yajl is asked for a whole slice of words at once, which are read
   ahead of the caller (slice.h): yajl is shown their skeleton.

   A word that is not plain, because it needs decoding or because the chunk cuts it, stands behind the slice. yajl judges
   whether it may stand there before it is read, since that is the error that comes first. So yajl never sees a word that a
   chunk cut, which it would read again from its start with each chunk, and never what is no UTF-8 or a lone surrogate, of
   which it accepts the one and loses the other. */
typedef struct yajl_state {
  trpt_slice slice; /* first, where trpt_slice_member looks for it */
  yajl_handle handle;
  uint32_t max_depth;
  uint32_t depth;
  bool is_odd; /* a word that is not plain, to be read next, is behind the slice */
  bool too_deep;
  trpt_json_status fault; /* what is wrong behind the words that are ready; TOKEN: nothing */
  uint64_t fault_offset;
  uint32_t line; /* of the cursor, or of the fault: trpt_json has that of the word that was handed out */
  uint64_t line_start;
  unsigned char *arena;
  size_t arena_used;
  unsigned char *stack;
} yajl_state;

/* yajl 2.1 makes five requests for each text, of 120, 32, 64, 32 and 2048 bytes, and never again: the last is a buffer that
   the first word of each slice passes through, which grows only for long ones, and another is for escapes, which it never
   sees. Its stack, a byte a level, is the one block that it asks for by realloc. */
enum { ARENA_SIZE = 3072, STACK_STEP = 128 };

static size_t round_up(size_t size) {
  return (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
}

static void *arena_allocate(void *context, size_t size) {
  yajl_state *yajl = context;
  const size_t rounded = round_up(size);
  if (rounded > ARENA_SIZE - yajl->arena_used) return NULL; /* GCOVR_EXCL_BR_LINE: no yajl up to 2.1 asks for more */
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

/* GCOVR_EXCL_START: yajl wants the function, but calls it only for buffers that grow. */
static void arena_release(void *context, void *memory) {
  (void)context;
  (void)memory;
}
/* GCOVR_EXCL_STOP */

/* The bottom of yajl's stack is not a container, and it grows before it is full. */
static uint64_t stack_size(uint32_t max_depth) {
  return ((uint64_t)max_depth + 2) / STACK_STEP * STACK_STEP + 2 * STACK_STEP;
}

static uint64_t memory_size(uint32_t max_depth) {
  return round_up(sizeof(yajl_state)) + ARENA_SIZE + stack_size(max_depth);
}

static int tell(yajl_state *yajl, trpt_json_kind kind) {
  trpt_slice_tell(&yajl->slice, kind);
  return 1;
}

static int on_null(void *yajl) { return tell(yajl, TRPT_JSON_NULL); }
static int on_boolean(void *yajl, int value) {
  (void)value;
  return tell(yajl, TRPT_JSON_BOOLEAN);
}
static int on_number(void *yajl, const char *text, size_t len) {
  (void)text;
  (void)len;
  return tell(yajl, TRPT_JSON_NUMBER);
}
static int on_string(void *yajl, const unsigned char *text, size_t len) {
  (void)text;
  (void)len;
  return tell(yajl, TRPT_JSON_STRING);
}
static int on_key(void *yajl, const unsigned char *text, size_t len) {
  (void)text;
  (void)len;
  return tell(yajl, TRPT_JSON_KEY);
}

/* Called before yajl's stack grows, so that the limit keeps it within its block. */
static int open_container(yajl_state *yajl, trpt_json_kind kind) {
  yajl->too_deep = yajl->depth == yajl->max_depth;
  if (yajl->too_deep) return 0;
  yajl->depth++;
  return tell(yajl, kind);
}
static int close_container(yajl_state *yajl, trpt_json_kind kind) {
  yajl->depth--;
  return tell(yajl, kind);
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
  yajl->depth = 0;
  yajl->slice.next = 0;
  yajl->slice.ready = 0;
  yajl->slice.told = 0;
  yajl->is_odd = false;
  yajl->too_deep = false;
  yajl->fault = TRPT_JSON_TOKEN;
  yajl->line = json->line;
  yajl->line_start = json->line_start;
  yajl_alloc_funcs functions = {arena_allocate, stack_reallocate, arena_release, yajl};
  yajl->arena_used = 0;
  /* Nothing is given back: a new handle in the same arena costs less than freeing the old one. */
  yajl->handle = yajl_alloc(&callbacks, &functions, yajl);
  /* What yajl sees is ASCII. */
  yajl_config(yajl->handle, yajl_dont_validate_strings, 1);
}

/* A word that is odd and at no depth is read in the call that saw it. */
static bool is_whole(const trpt_json *json) {
  const yajl_state *yajl = json->memory;
  return yajl->depth == 0 && yajl->slice.told;
}

/* What the skeleton has in place of a word that is not plain; NULL: no word begins so. */
static const char *stand_in(unsigned char c) {
  switch (c) {
  case '"': return "\"\"";
  case 'n':
  case 't':
  case 'f': return "null";
  default: return c == '-' || trpt_is_digit(c) ? "0" : NULL;
  }
}

static void set_fault(trpt_json *json, trpt_json_status status, const unsigned char *p) {
  yajl_state *yajl = json->memory;
  yajl->fault = status;
  yajl->fault_offset = trpt_lexer_offset(json, p);
}

/* Puts a word behind the slice that stands for the one there. False: no word begins so. */
static bool show_odd_word(trpt_json *json) {
  trpt_slice *slice = json->memory;
  const char *odd = stand_in(*json->cursor);
  if (!odd) return false;
  const size_t len = strlen(odd);
  memcpy(slice->skeleton + slice->skeleton_size, odd, len);
  slice->skeleton_size += (uint32_t)len;
  slice->shown_words[slice->shown++] = (uint16_t)slice->count;
  return true;
}

/* yajl says where the word is in the skeleton that it refuses, but now its end and now its start: it is the first behind those
   that were told that does not end before. */
static void find_fault(trpt_json *json) {
  yajl_state *yajl = json->memory;
  const size_t consumed = yajl_get_bytes_consumed(yajl->handle);
  const trpt_json_status status = yajl->too_deep ? TRPT_JSON_TOO_DEEP : TRPT_JSON_BAD;
  set_fault(json, status, trpt_slice_find(json, &yajl->slice, consumed));
}

/* The next slice, which begins at `p`, behind blanks. */
static void read_slice(trpt_json *json, const unsigned char *p) {
  yajl_state *yajl = json->memory;
  trpt_slice *slice = &yajl->slice;
  const uint32_t line = json->line;
  const uint64_t line_start = json->line_start;
  const bool plain = trpt_slice_read(json, slice, p, yajl->depth);
  yajl->is_odd = !plain && show_odd_word(json);
  if (!plain && !yajl->is_odd) set_fault(json, TRPT_JSON_BAD, json->cursor);
  /* yajl tells of a number with the byte behind it. */
  size_t size = slice->skeleton_size;
  if (size && slice->skeleton[size - 1] == '0') slice->skeleton[size++] = ' ';
  slice->told = 0;
  if (yajl_parse(yajl->handle, slice->skeleton, size) != yajl_status_ok) {
    json->line = line;
    json->line_start = line_start;
    find_fault(json);
    yajl->is_odd = false;
  }
  yajl->line = json->line;
  yajl->line_start = json->line_start;
  json->depth = yajl->depth;
  slice->next = 0;
  slice->ready = slice->told < slice->shown ? slice->shown_words[slice->told] : slice->count;
}

static trpt_json_status read_odd_word(trpt_json *json, trpt_json_token *token) {
  yajl_state *yajl = json->memory;
  const unsigned char *p = json->cursor;
  if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NOTHING);
  yajl->is_odd = false;
  token->offset = trpt_lexer_offset(json, p);
  const trpt_json_kind kind = yajl->slice.kinds[yajl->slice.count];
  if (*p == '"') {
    const trpt_json_status status = trpt_lexer_string(json, token, p, kind == TRPT_JSON_KEY || json->wanted);
    if (status == TRPT_JSON_TOKEN) token->kind = kind;
    return status;
  }
  return kind == TRPT_JSON_NUMBER ? trpt_lexer_number(json, token, p) : trpt_lexer_literal(json, token, p);
}

static trpt_json_status resume(trpt_json *json, trpt_json_token *token, bool *word) {
  const yajl_state *yajl = json->memory;
  const trpt_json_status status = trpt_lexer_resume(json, token, word);
  /* A string may be a key. */
  if (status == TRPT_JSON_TOKEN && *word && token->kind == TRPT_JSON_STRING)
    token->kind = yajl->slice.kinds[yajl->slice.count];
  return status;
}

/* What comes behind the words that were ready. */
static trpt_json_status read_on(trpt_json *json, trpt_json_token *token) {
  yajl_state *yajl = json->memory;
  json->line = yajl->line;
  json->line_start = yajl->line_start;
  if (json->inside) {
    bool word;
    const trpt_json_status status = resume(json, token, &word);
    if (status != TRPT_JSON_TOKEN || word) return status;
  }
  for (;;) {
    if (yajl->is_odd) return read_odd_word(json, token);
    if (yajl->fault != TRPT_JSON_TOKEN) {
      token->offset = yajl->fault_offset;
      return yajl->fault;
    }
    const unsigned char *p = trpt_lexer_blanks(json, json->cursor);
    yajl->line = json->line;
    yajl->line_start = json->line_start;
    if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NOTHING);
    token->offset = trpt_lexer_offset(json, p);
    json->cursor = p;
    if (is_whole(json)) return TRPT_JSON_TRAILING;
    read_slice(json, p);
    if (yajl->slice.ready) {
      trpt_slice_take(json, &yajl->slice, token);
      return TRPT_JSON_TOKEN;
    }
  }
}

static trpt_json_status next(trpt_json *json, trpt_json_token *token) {
  trpt_slice *slice = json->memory;
  if (slice->next == slice->ready) return read_on(json, token);
  trpt_slice_take(json, slice, token);
  return TRPT_JSON_TOKEN;
}

static void keep(trpt_json *json) { trpt_slice_keep(json->memory); }

const trpt_json_engine trpt_json_yajl = {memory_size, reset, next, is_whole, keep};
