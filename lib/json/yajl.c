/* SPDX-License-Identifier: MIT */
#include "engines.h"

#include <setjmp.h>
#include <stdalign.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "../base/text.h"
#include "../base/utf8.h"
#include "lexer.h"

/* yajl calls back for each token of the text that it is given, and cannot be stopped and resumed in between. So this adapter
   looks for the end of the next token and gives yajl the text up to there. yajl checks and decodes it and calls back once.

   The adapter keeps the blanks. It counts lines in them, and yajl would also skip FF and VT, which are not blanks in JSON. */
typedef struct yajl_state {
  yajl_handle handle; /* NULL: not yet made for this text */
  trpt_json_token *token;
  bool found;             /* yajl called back with a token, */
  size_t consumed;        /* which ended after this many bytes of what it was given */
  trpt_json_status fault; /* why yajl stopped */
  bool escaped;           /* a chunk ended after a backslash */
  jmp_buf no_memory;
  size_t small_used;
  size_t buffers_used;
  /* Blocks in the memory of the parser. */
  size_t stack_size;
  size_t buffer_size;
  unsigned char *small;
  unsigned char *stack;
  unsigned char *saved; /* room for a copy of the two above */
  unsigned char *buffers;
} yajl_state;

/* ---- memory ---- */

/* For each text yajl 2.1 asks for four structs of at most 120 bytes and two buffers of 2048 bytes: the token that it reads, and
   a string with its escapes decoded. It doubles the buffers by realloc. By realloc it also asks for its stack, a byte for each
   level, in steps of 128 bytes. The next text begins with a new handle in the same memory. */
enum { SMALL_SIZE = 512, BUFFER_START = 2048, BUFFERS = 2, STACK_STEP = 128 };

static size_t round_up(size_t size) {
  return (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
}

/* The bottom of yajl's stack is not a container. The callbacks for { and [ come before it grows, so max_depth bounds it. */
static uint64_t stack_size(uint32_t max_depth) { return ((uint64_t)max_depth / STACK_STEP + 1) * STACK_STEP; }

/* A buffer is longer than what it holds. Each byte of `max_text` can be written as an escape of six, between two quotes. */
static uint64_t buffer_size(uint64_t max_text) {
  uint64_t size = BUFFER_START;
  while (size <= 6 * max_text + 2) size *= 2;
  return size;
}

static uint64_t memory_size(uint32_t max_depth, uint64_t max_text) {
  return round_up(sizeof(yajl_state)) + 2 * (SMALL_SIZE + stack_size(max_depth)) + BUFFERS * buffer_size(max_text);
}

/* yajl never checks what its allocator returns, so it must not get control back where there is no room. Between here and feed()
   there are only frames of yajl. */
static _Noreturn void give_up(yajl_state *yajl) {
  yajl->fault = TRPT_JSON_TOO_LONG;
  longjmp(yajl->no_memory, 1);
}

static void *allocate(void *context, size_t size) {
  yajl_state *yajl = ((trpt_json *)context)->memory;
  if (size >= BUFFER_START) {
    /* GCOVR_EXCL_BR_START: no yajl up to 2.1 asks for more, and none for so many small blocks */
    if (yajl->buffers_used == BUFFERS || size > yajl->buffer_size) give_up(yajl);
    return yajl->buffers + yajl->buffers_used++ * yajl->buffer_size;
  }
  if (round_up(size) > SMALL_SIZE - yajl->small_used) give_up(yajl);
  /* GCOVR_EXCL_BR_STOP */
  void *memory = yajl->small + yajl->small_used;
  yajl->small_used += round_up(size);
  return memory;
}

/* Each block has its greatest size from the start, so it stays where it is. */
static void *reallocate(void *context, void *memory, size_t size) {
  yajl_state *yajl = ((trpt_json *)context)->memory;
  const bool is_stack = !memory || memory == yajl->stack;
  if (size > (is_stack ? yajl->stack_size : yajl->buffer_size)) give_up(yajl);
  return is_stack ? yajl->stack : memory;
}

/* GCOVR_EXCL_START: yajl wants the function, but calls it only in yajl_free. */
static void release(void *context, void *memory) {
  (void)context;
  (void)memory;
}
/* GCOVR_EXCL_STOP */

static void reset(trpt_json *json) {
  yajl_state *yajl = json->memory;
  *yajl = (yajl_state){.stack_size = (size_t)stack_size(json->max_depth),
                       .buffer_size = (size_t)buffer_size(json->string.capacity)};
  yajl->small = (unsigned char *)json->memory + round_up(sizeof *yajl);
  yajl->stack = yajl->small + SMALL_SIZE;
  yajl->saved = yajl->stack + yajl->stack_size;
  yajl->buffers = yajl->saved + SMALL_SIZE + yajl->stack_size;
  json->expect = TRPT_EXPECT_ENGINE;
}

/* ---- tokens ---- */

static int found(trpt_json *json, trpt_json_kind kind) {
  yajl_state *yajl = json->memory;
  yajl->token->kind = kind;
  yajl->token->offset = json->start;
  yajl->found = true;
  yajl->consumed = yajl_get_bytes_consumed(yajl->handle);
  return 1;
}

static int refuse(trpt_json *json, trpt_json_status fault) {
  yajl_state *yajl = json->memory;
  yajl->fault = fault;
  return 0;
}

/* Copies a string that yajl decoded, as much as there is room for. yajl does not look at UTF-8, so what is not UTF-8 becomes U+FFFD
   here. */
static int take_string(trpt_json *json, trpt_json_kind kind, const unsigned char *text, size_t len) {
  trpt_json_token *token = ((yajl_state *)json->memory)->token;
  trpt_json_string *string = &json->string;
  trpt_str rest = {(const char *)text, len};
  uint32_t errors = 0;
  string->len = 0;
  while (rest.len) {
    const trpt_utf8_char c = trpt_utf8_next(rest);
    const trpt_str out = c.is_valid ? (trpt_str){rest.ptr, c.len} : (trpt_str)TRPT_STR(TRPT_UTF8_REPLACEMENT);
    const size_t room = string->capacity - string->len;
    const size_t kept = out.len < room ? out.len : room;
    memcpy(string->text + string->len, out.ptr, kept);
    string->len += kept;
    if (!c.is_valid && errors == TRPT_STRING_BAD_CODEPOINT) errors |= TRPT_STRING_CODEPOINT_FIRST;
    if (!c.is_valid) errors |= TRPT_STRING_NOT_UTF8;
    if (trpt_is_noncharacter(c.code)) errors |= TRPT_STRING_BAD_CODEPOINT;
    rest = trpt_str_from(rest, c.len);
  }
  token->text = (trpt_str){string->text, string->len};
  token->string_errors = errors;
  token->error_offset = json->start;
  return found(json, kind);
}

static int on_null(void *json) { return found(json, TRPT_JSON_NULL); }
static int on_boolean(void *json, int value) {
  (void)value;
  return found(json, TRPT_JSON_BOOLEAN);
}
static int on_number(void *context, const char *text, size_t len) {
  trpt_json *json = context;
  const unsigned char *digits = (const unsigned char *)text;
  trpt_number_begin(&json->number);
  trpt_number_read(&json->number, &digits, digits + len);
  ((yajl_state *)json->memory)->token->number = trpt_number_value(&json->number);
  return found(json, TRPT_JSON_NUMBER);
}
static int on_string(void *json, const unsigned char *text, size_t len) {
  return take_string(json, TRPT_JSON_STRING, text, len);
}
static int on_key(void *json, const unsigned char *text, size_t len) {
  return take_string(json, TRPT_JSON_KEY, text, len);
}
static int open_container(trpt_json *json, trpt_json_kind kind) {
  if (json->depth == json->max_depth) return refuse(json, TRPT_JSON_TOO_DEEP);
  json->depth++;
  return found(json, kind);
}
static int close_container(trpt_json *json, trpt_json_kind kind) {
  json->depth--;
  return found(json, kind);
}
static int on_object_begin(void *json) { return open_container(json, TRPT_JSON_OBJECT_BEGIN); }
static int on_array_begin(void *json) { return open_container(json, TRPT_JSON_ARRAY_BEGIN); }
static int on_object_end(void *json) { return close_container(json, TRPT_JSON_OBJECT_END); }
static int on_array_end(void *json) { return close_container(json, TRPT_JSON_ARRAY_END); }

static const yajl_callbacks callbacks = {on_null,     on_boolean,      NULL,   NULL,          on_number,
                                         on_string,   on_object_begin, on_key, on_object_end, on_array_begin,
                                         on_array_end};

/* ---- text ---- */

/* Gives yajl a part of the text. False: it refuses it, for the reason in `fault`. */
static bool feed(trpt_json *json, const void *text, size_t len) {
  yajl_state *yajl = json->memory;
  yajl->fault = TRPT_JSON_BAD;
  if (setjmp(yajl->no_memory)) return false;
  if (!yajl->handle) {
    yajl_alloc_funcs functions = {allocate, reallocate, release, json};
    yajl->handle = yajl_alloc(&callbacks, &functions, json);
    yajl_config(yajl->handle, yajl_dont_validate_strings, 1);
  }
  return yajl_parse(yajl->handle, text, len) == yajl_status_ok;
}

/* Whether a token that the chunk cuts may begin here. yajl itself says so only once the token is whole. So it gets the shortest
   token of that kind first, and then its memory, all of which is here, is set back to what it was. */
static bool may_begin(trpt_json *json, const char *shortest) {
  yajl_state *yajl = json->memory;
  const size_t size = SMALL_SIZE + (size_t)json->depth + 1; /* as much of the stack as is in use */
  if (json->depth == 0) return true;
  memcpy(yajl->saved, yajl->small, size);
  yajl->found = false;
  feed(json, shortest, strlen(shortest));
  memcpy(yajl->small, yajl->saved, size);
  return yajl->found;
}

static bool is_structural(unsigned char c) {
  return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
}

/* The end of a string from within it, or of the part up to a control character, which no string has; NULL: it is not in this
   chunk. */
static const unsigned char *string_end(yajl_state *yajl, const unsigned char *p, const unsigned char *end) {
  for (; p < end; p++) {
    if (*p < ' ') return p + 1;
    if (yajl->escaped)
      yajl->escaped = false;
    else if (*p == '"')
      return p + 1;
    else
      yajl->escaped = *p == '\\';
  }
  return NULL;
}

/* The end of a number or literal, likewise. After one that is well formed comes a blank, a quote or a structural character. */
static const unsigned char *plain_end(const unsigned char *p, const unsigned char *end) {
  for (; p < end; p++)
    if (*p <= ' ' || *p == '"' || is_structural(*p)) return p;
  return NULL;
}

static trpt_json_status end_token(trpt_json *json, trpt_json_token *token) {
  const yajl_state *yajl = json->memory;
  json->inside = TRPT_INSIDE_NOTHING;
  token->offset = json->start;
  if (!yajl->found) return yajl->fault;
  if (json->depth == 0) json->expect = TRPT_EXPECT_NOTHING;
  return TRPT_JSON_TOKEN;
}

/* Reads on in a string, number or literal, up to its end at `stop`, or with NULL to the end of the chunk. If yajl finds a token
   and an error after it, as in 01, the token counts. The next call begins after the token, and yajl refuses whatever is there. */
static trpt_json_status read_on(trpt_json *json, trpt_json_token *token, const unsigned char *stop) {
  yajl_state *yajl = json->memory;
  const unsigned char *p = json->cursor;
  const size_t len = (size_t)((stop ? stop : json->end) - p);
  yajl->found = false;
  const bool good = len == 0 || feed(json, p, len);
  json->cursor = p + (yajl->found ? yajl->consumed : len);
  if (!good && json->inside == TRPT_INSIDE_STRING && stop && stop[-1] < ' ')
    json->cursor--; /* the next line is not part of the string */
  if (good && !yajl->found) {
    if (!stop) return trpt_lexer_cut(json, json->inside);
    feed(json, " ", 1); /* yajl sees the end of a number by the byte after it */
  }
  return end_token(json, token);
}

static trpt_json_status read_string(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  yajl_state *yajl = json->memory;
  yajl->escaped = false;
  const unsigned char *stop = string_end(yajl, p + 1, json->end);
  json->inside = TRPT_INSIDE_STRING;
  json->cursor = p + 1;
  if (!stop && !may_begin(json, "\"\"")) return end_token(json, token);
  /* The quote goes first and alone. So each string passes through yajl's buffer, which bounds it in the same way cut or not. */
  feed(json, p, 1);
  return read_on(json, token, stop);
}

static trpt_json_status read_plain(trpt_json *json, trpt_json_token *token, const unsigned char *p) {
  const bool number = *p == '-' || trpt_is_digit(*p);
  const unsigned char *stop = plain_end(p, json->end);
  /* FF and VT are among what is below the blank. */
  if (*p < ' ' || (!stop && !may_begin(json, number ? "0 " : "null"))) return trpt_lexer_bad(json, token, p);
  json->inside = number ? TRPT_INSIDE_NUMBER : TRPT_INSIDE_LITERAL;
  json->cursor = p;
  return read_on(json, token, stop);
}

static trpt_json_status next(trpt_json *json, trpt_json_token *token) {
  yajl_state *yajl = json->memory;
  yajl->token = token;
  if (json->inside == TRPT_INSIDE_STRING) return read_on(json, token, string_end(yajl, json->cursor, json->end));
  if (json->inside >= TRPT_INSIDE_NUMBER) return read_on(json, token, plain_end(json->cursor, json->end));
  if (json->inside) {
    bool resumed;
    const trpt_json_status status = trpt_lexer_resume(json, token, &resumed);
    if (status != TRPT_JSON_TOKEN) return status;
  }
  for (;;) {
    const unsigned char *p = trpt_lexer_blanks(json, json->cursor);
    if (p == json->end) return trpt_lexer_cut(json, TRPT_INSIDE_NOTHING);
    json->cursor = p;
    json->start = token->offset = trpt_lexer_offset(json, p);
    if (json->expect == TRPT_EXPECT_NOTHING) return TRPT_JSON_TRAILING;
    if (*p == '"') return read_string(json, token, p);
    if (!is_structural(*p)) return read_plain(json, token, p);
    json->cursor++;
    yajl->found = false;
    /* There is no callback for a comma and a colon. */
    const bool good = feed(json, p, 1);
    if (good && !yajl->found) continue;
    if (!yajl->found) json->cursor = p;
    return end_token(json, token);
  }
}

const trpt_json_engine trpt_json_yajl = {memory_size, reset, next};
