/* SPDX-License-Identifier: MIT */
/* lib/json: the tokens of both engines for all of JSON's words, numbers to the digit, and the scans of sixteen bytes at a time
   beside plain ones. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/parser.h>

#include "json/json.h"

/* ---- tokens as text ---- */

typedef struct reader {
  trpt_json json;
  char room[256];
  char found[4096];
  size_t len;
} reader;

static void say(reader *r, const char *text) {
  const size_t len = strlen(text);
  assert_true(r->len + len < sizeof r->found);
  memcpy(r->found + r->len, text, len + 1);
  r->len += len;
}

static void say_token(reader *r, const trpt_json_token *token) {
  static const char *const names[] = {
      [TRPT_JSON_NULL] = "null",     [TRPT_JSON_BOOLEAN] = "bool",  [TRPT_JSON_NUMBER] = "number",
      [TRPT_JSON_STRING] = "string", [TRPT_JSON_KEY] = "key",       [TRPT_JSON_OBJECT_BEGIN] = "{",
      [TRPT_JSON_OBJECT_END] = "}",  [TRPT_JSON_ARRAY_BEGIN] = "[", [TRPT_JSON_ARRAY_END] = "]"};
  char text[512];
  const trpt_position place = trpt_json_position(&r->json, token->offset);
  snprintf(text, sizeof text, "%s@%llu:%u:%u", names[token->kind], (unsigned long long)place.offset, place.line,
           place.column);
  say(r, text);
  if (token->kind == TRPT_JSON_STRING || token->kind == TRPT_JSON_KEY) {
    snprintf(text, sizeof text, "=%.*s", (int)token->text.len, token->text.ptr);
    say(r, text);
    if (token->string_errors) {
      snprintf(text, sizeof text, "!%u@%llu", token->string_errors, (unsigned long long)token->error_offset);
      say(r, text);
    }
  }
  say(r, " ");
}

static void say_end(reader *r, const char *what, const trpt_json_token *token) {
  char text[64];
  const trpt_position place = trpt_json_position(&r->json, token->offset);
  snprintf(text, sizeof text, "%s@%llu:%u:%u", what, (unsigned long long)place.offset, place.line, place.column);
  say(r, text);
}

/* All tokens of a text, given in pieces of `piece` bytes. */
static void read_all(reader *r, const char *bytes, size_t len, size_t piece) {
  size_t at = 0;
  trpt_json_token token = {0};
  trpt_json_reset(&r->json);
  r->len = 0;
  r->found[0] = '\0';
  for (;;) {
    switch (trpt_json_next(&r->json, &token)) {
    case TRPT_JSON_TOKEN: say_token(r, &token); continue;
    case TRPT_JSON_BOM: say(r, "BOM "); continue;
    case TRPT_JSON_TRAILING: say_end(r, "TRAILING", &token); return;
    case TRPT_JSON_BAD: say_end(r, "BAD", &token); return;
    case TRPT_JSON_TOO_DEEP: say_end(r, "TOO DEEP", &token); return;
    case TRPT_JSON_TOO_LONG: say_end(r, "TOO LONG", &token); return;
    case TRPT_JSON_MORE: break;
    }
    if (at == len) break;
    const size_t size = piece < len - at ? piece : len - at;
    trpt_json_set_chunk(&r->json, bytes + at, size, at);
    at += size;
  }
  trpt_json_status status;
  while ((status = trpt_json_finish(&r->json, &token)) == TRPT_JSON_TOKEN) say_token(r, &token);
  say_end(r, status == TRPT_JSON_MORE ? "END" : "CUT", &token);
}

static reader *reader_new(trpt_tokenizer tokenizer, uint32_t max_depth) {
  reader *r = calloc(1, sizeof *r);
  assert_non_null(r);
  r->json.engine = trpt_json_engine_find(tokenizer);
  if (!r->json.engine) {
    free(r);
    return NULL;
  }
  r->json.max_depth = max_depth;
  r->json.memory =
      malloc((size_t)r->json.engine->size(max_depth, sizeof r->room)); /* a sanitizer sees what is too much */
  assert_non_null(r->json.memory);
  r->json.string.text = r->room;
  r->json.string.capacity = sizeof r->room;
  return r;
}

static void reader_free(reader *r) {
  free(r->json.memory);
  free(r);
}

typedef struct json_case {
  const char *text, *tokens;
} json_case;

/* In pieces of each size. */
static void check_text(reader *r, const char *text, const char *expected) {
  const size_t len = strlen(text);
  for (size_t piece = 1; piece <= len + 1; piece++) {
    char *exact = malloc(len ? len : 1);
    assert_non_null(exact);
    memcpy(exact, text, len);
    read_all(r, exact, len, piece);
    if (strcmp(r->found, expected) != 0) fprintf(stderr, "pieces of %zu: %s\n", piece, text);
    assert_string_equal(r->found, expected);
    free(exact);
  }
}

static void check(const json_case *cases, size_t count, uint32_t max_depth) {
  for (trpt_tokenizer t = TRPT_TOKENIZER_BUILTIN; t <= TRPT_TOKENIZER_YAJL; t++) {
    reader *r = reader_new(t, max_depth);
    if (!r) continue;
    for (size_t i = 0; i < count; i++) check_text(r, cases[i].text, cases[i].tokens);
    reader_free(r);
  }
}

static void test_tokens(void **state) {
  (void)state;
  static const json_case cases[] = {
      {"", "CUT@0:1:1"},
      {" \r\n\t", "CUT@4:2:2"},
      {"null", "null@0:1:1 END@4:1:5"},
      {" true\n", "bool@1:1:2 END@6:2:1"},
      {"false", "bool@0:1:1 END@5:1:6"},
      {"12", "number@0:1:1 END@2:1:3"},
      {"-0.5e+1 ", "number@0:1:1 END@8:1:9"},
      {"\"a\"", "string@0:1:1=a END@3:1:4"},
      {"\"\"", "string@0:1:1= END@2:1:3"},
      {"[]", "[@0:1:1 ]@1:1:2 END@2:1:3"},
      {"{}", "{@0:1:1 }@1:1:2 END@2:1:3"},
      {"[1,\"a\",null]", "[@0:1:1 number@1:1:2 string@3:1:4=a null@7:1:8 ]@11:1:12 END@12:1:13"},
      {"{\"a\":1, \"b\" : \"c\"}",
       "{@0:1:1 key@1:1:2=a number@5:1:6 key@8:1:9=b string@14:1:15=c }@17:1:18 END@18:1:19"},
      {"{\"a\": {\"a\": [{}]}}", "{@0:1:1 key@1:1:2=a {@6:1:7 key@7:1:8=a [@12:1:13 {@13:1:14 }@14:1:15 ]@15:1:16 "
                                 "}@16:1:17 }@17:1:18 END@18:1:19"},
      {"{\n \"a\":\n\n 1\n}", "{@0:1:1 key@3:2:2=a number@10:4:2 }@12:5:1 END@13:5:2"},
      {"[\"\\u0041\\n\"]", "[@0:1:1 string@1:1:2=A\n ]@11:1:12 END@12:1:13"},
      {"{\"\\u0061\":\"b\"}", "{@0:1:1 key@1:1:2=a string@10:1:11=b }@13:1:14 END@14:1:15"},
      {"[\"\xC3\xA9\"]", "[@0:1:1 string@1:1:2=\xC3\xA9 ]@5:1:6 END@6:1:7"},
      {"\xEF\xBB\xBF[]", "BOM [@3:1:4 ]@4:1:5 END@5:1:6"},
      {"\xEF\xBB\xBF", "BOM CUT@3:1:4"},
      {"\xEF\xBB", "CUT@2:1:3"},
      {"\xEF\xBB[", "BAD@2:1:3"},
      {"\xEF\xBB\xBF\xEF\xBB\xBF", "BOM BAD@3:1:4"},
  };
  check(cases, sizeof cases / sizeof cases[0], 8);
}

/* Beyond what 32 bits count there are no lines and no columns, only offsets. */
static void test_far_places(void **state) {
  (void)state;
  static const struct {
    const char *why;
    uint32_t line;
    uint64_t offset;
    const char *text, *tokens;
  } rows[] = {
      {"the last line", UINT32_MAX - 1, 0, "[1,\n2]", "[@0:4294967294:1 number@1:4294967294:2 number@4:4294967295:1 ]"},
      {"beyond it", UINT32_MAX, 0, "[1,\n2,\n\n3]",
       "[@0:4294967295:1 number@1:4294967295:2 number@4:0:1 number@8:0:1 ]"},
      {"the last column", 1, UINT32_MAX - 1, "[1", "[@4294967294:1:4294967295"},
      {"beyond it", 1, UINT32_MAX, "[1,\n2,", "[@4294967295:1:0 number@4294967296:1:0 number@4294967299:2:1"},
  };
  for (trpt_tokenizer t = TRPT_TOKENIZER_BUILTIN; t <= TRPT_TOKENIZER_YAJL; t++) {
    reader *r = reader_new(t, 8);
    if (!r) continue;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
      trpt_json_token token = {0};
      trpt_json_reset(&r->json);
      r->len = 0;
      r->json.line = rows[i].line;
      r->json.engine->reset(&r->json);
      trpt_json_set_chunk(&r->json, rows[i].text, strlen(rows[i].text), rows[i].offset);
      while (trpt_json_next(&r->json, &token) == TRPT_JSON_TOKEN) say_token(r, &token);
      if (strncmp(r->found, rows[i].tokens, strlen(rows[i].tokens)) != 0) fail_msg("%s: %s", rows[i].why, r->found);
    }
    reader_free(r);
  }
}

static void test_no_json(void **state) {
  (void)state;
  static const json_case cases[] = {
      {"nul", "CUT@3:1:4"},
      {"True", "BAD@0:1:1"},
      {"-", "CUT@1:1:2"},
      {"01", "number@0:1:1 TRAILING@1:1:2"},
      {"[01]", "[@0:1:1 number@1:1:2 BAD@2:1:3"},
      {"[+1]", "[@0:1:1 BAD@1:1:2"},
      {"[.5]", "[@0:1:1 BAD@1:1:2"},
      {"[1", "[@0:1:1 CUT@2:1:3"},
      {"\"a", "CUT@2:1:3"},
      {"\"\\", "CUT@2:1:3"},
      {"[", "[@0:1:1 CUT@1:1:2"},
      {"]", "BAD@0:1:1"},
      {"[}", "[@0:1:1 BAD@1:1:2"},
      {"{]", "{@0:1:1 BAD@1:1:2"},
      {"[1}", "[@0:1:1 number@1:1:2 BAD@2:1:3"},
      {"[,1]", "[@0:1:1 BAD@1:1:2"},
      {"[1,,2]", "[@0:1:1 number@1:1:2 BAD@3:1:4"},
      {"[1,]", "[@0:1:1 number@1:1:2 BAD@3:1:4"},
      {"[1 2]", "[@0:1:1 number@1:1:2 BAD@3:1:4"},
      {"[1-2]", "[@0:1:1 number@1:1:2 BAD@2:1:3"},
      {"[1-", "[@0:1:1 number@1:1:2 BAD@2:1:3"},
      {"[01", "[@0:1:1 number@1:1:2 BAD@2:1:3"},
      {"[1x]", "[@0:1:1 number@1:1:2 BAD@2:1:3"},
      {"[nullx]", "[@0:1:1 null@1:1:2 BAD@5:1:6"},
      {"[true\xFF", "[@0:1:1 bool@1:1:2 BAD@5:1:6"},
      {"[\"a\"x", "[@0:1:1 string@1:1:2=a BAD@4:1:5"},
      /* Misplaced tokens that have no end are known by how they begin. */
      {"[1 \"a", "[@0:1:1 number@1:1:2 BAD@3:1:4"},
      {"[1 nu", "[@0:1:1 number@1:1:2 BAD@3:1:4"},
      {"[1 12", "[@0:1:1 number@1:1:2 BAD@3:1:4"},
      {"[1 -", "[@0:1:1 number@1:1:2 BAD@3:1:4"},
      {"{1", "{@0:1:1 BAD@1:1:2"},
      {"{\"a\":1,tru", "{@0:1:1 key@1:1:2=a number@5:1:6 BAD@7:1:8"},
      {"{\"a\" \"b\\", "{@0:1:1 key@1:1:2=a BAD@5:1:6"},
      {"[[1] \"a", "[@0:1:1 [@1:1:2 number@2:1:3 ]@3:1:4 BAD@5:1:6"},
      {"[\"a\\", "[@0:1:1 CUT@4:1:5"},
      {"[\"\\u00", "[@0:1:1 CUT@6:1:7"},
      {"[nu", "[@0:1:1 CUT@3:1:4"},
      {"[-", "[@0:1:1 CUT@2:1:3"},
      {"{\"a", "{@0:1:1 CUT@3:1:4"},
      {"[1:2]", "[@0:1:1 number@1:1:2 BAD@2:1:3"},
      {"{1:2}", "{@0:1:1 BAD@1:1:2"},
      {"{\"a\"}", "{@0:1:1 key@1:1:2=a BAD@4:1:5"},
      {"{\"a\",1}", "{@0:1:1 key@1:1:2=a BAD@4:1:5"},
      {"{\"a\":}", "{@0:1:1 key@1:1:2=a BAD@5:1:6"},
      {"{\"a\"::1}", "{@0:1:1 key@1:1:2=a BAD@5:1:6"},
      {"{\"a\":1,}", "{@0:1:1 key@1:1:2=a number@5:1:6 BAD@7:1:8"},
      {"{\"a\":1 \"b\":2}", "{@0:1:1 key@1:1:2=a number@5:1:6 BAD@7:1:8"},
      {"{,}", "{@0:1:1 BAD@1:1:2"},
      {"[]]", "[@0:1:1 ]@1:1:2 TRAILING@2:1:3"},
      {"{} {}", "{@0:1:1 }@1:1:2 TRAILING@3:1:4"},
      {"{}\n\nx", "{@0:1:1 }@1:1:2 TRAILING@4:3:1"},
      {"1 2", "number@0:1:1 TRAILING@2:1:3"},
      {"[\f]", "[@0:1:1 BAD@1:1:2"},
      {"\v[]", "BAD@0:1:1"},
      {"[\xC2\xA0]", "[@0:1:1 BAD@1:1:2"},
      {"[/**/]", "[@0:1:1 BAD@1:1:2"},
      {"[NaN]", "[@0:1:1 BAD@1:1:2"},
      {"['a']", "[@0:1:1 BAD@1:1:2"},
      {"\xFF\xFE", "BAD@0:1:1"},
  };
  check(cases, sizeof cases / sizeof cases[0], 8);
}

/* Where the engines may differ (docs/maintainers/tokenizers.md): of a malformed token yajl knows only where it begins, and it does not see
   lone surrogates. */
static void test_differences(void **state) {
  (void)state;
  static const struct {
    const char *text, *builtin, *yajl;
  } cases[] = {
      {"[\"a\\ud800\"]", "[@0:1:1 string@1:1:2=a\xEF\xBF\xBD!2@3 ]@10:1:11 END@11:1:12",
       "[@0:1:1 string@1:1:2=a? ]@10:1:11 END@11:1:12"},
      {"[\"a\xFF\"]", "[@0:1:1 string@1:1:2=a\xEF\xBF\xBD!1@3 ]@5:1:6 END@6:1:7",
       "[@0:1:1 string@1:1:2=a\xEF\xBF\xBD!1@1 ]@5:1:6 END@6:1:7"},
      {"[\"\xF0\x9F\x98\\ufffe\"]", "[@0:1:1 string@1:1:2=\xEF\xBF\xBD\xEF\xBF\xBE!3@2 ]@12:1:13 END@13:1:14",
       "[@0:1:1 string@1:1:2=\xEF\xBF\xBD\xEF\xBF\xBE!3@1 ]@12:1:13 END@13:1:14"},
      {"[\"\\ufdd0\xF0\x9F\x98\"]", "[@0:1:1 string@1:1:2=\xEF\xB7\x90\xEF\xBF\xBD!7@2 ]@12:1:13 END@13:1:14",
       "[@0:1:1 string@1:1:2=\xEF\xB7\x90\xEF\xBF\xBD!7@1 ]@12:1:13 END@13:1:14"},
      {"nulx", "BAD@3:1:4", "BAD@0:1:1"},
      {"-x", "BAD@1:1:2", "BAD@0:1:1"},
      {"[1.]", "[@0:1:1 BAD@3:1:4", "[@0:1:1 BAD@1:1:2"},
      {"[1e]", "[@0:1:1 BAD@3:1:4", "[@0:1:1 BAD@1:1:2"},
      {"[1e+]", "[@0:1:1 BAD@4:1:5", "[@0:1:1 BAD@1:1:2"},
      {"\"\\x\"", "BAD@2:1:3", "BAD@0:1:1"},
      {"\"\\u00g0\"", "BAD@5:1:6", "BAD@0:1:1"},
      {"\"a\nb\"", "BAD@2:1:3", "BAD@0:1:1"},
      {"[\"a\x1F\"]", "[@0:1:1 BAD@3:1:4", "[@0:1:1 BAD@1:1:2"},
  };
  for (trpt_tokenizer t = TRPT_TOKENIZER_BUILTIN; t <= TRPT_TOKENIZER_YAJL; t++) {
    reader *r = reader_new(t, 8);
    if (!r) continue;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
      check_text(r, cases[i].text, t == TRPT_TOKENIZER_YAJL ? cases[i].yajl : cases[i].builtin);
    reader_free(r);
  }
}

static void test_depth(void **state) {
  (void)state;
  static const json_case cases[] = {
      {"[{\"a\":[", "[@0:1:1 {@1:1:2 key@2:1:3=a [@6:1:7 CUT@7:1:8"},
      {"[{\"a\":[[", "[@0:1:1 {@1:1:2 key@2:1:3=a [@6:1:7 TOO DEEP@7:1:8"},
      {"[{\"a\":[ {", "[@0:1:1 {@1:1:2 key@2:1:3=a [@6:1:7 TOO DEEP@8:1:9"},
      {"[[[],[],[[", "[@0:1:1 [@1:1:2 [@2:1:3 ]@3:1:4 [@5:1:6 ]@6:1:7 [@8:1:9 TOO DEEP@9:1:10"},
      {"[[[]]]", "[@0:1:1 [@1:1:2 [@2:1:3 ]@3:1:4 ]@4:1:5 ]@5:1:6 END@6:1:7"},
      {"[[{\"a\":{", "[@0:1:1 [@1:1:2 {@2:1:3 key@3:1:4=a TOO DEEP@7:1:8"},
  };
  check(cases, sizeof cases / sizeof cases[0], 3);
}

/* The built-in tokenizer checks what is not wanted and does not keep it, and cuts what has no room. */
static void test_unwanted_and_cut(void **state) {
  (void)state;
  reader *r = reader_new(TRPT_TOKENIZER_BUILTIN, 4);
  static const char text[] = "[\"\\ud800abcdef\"]";
  trpt_json_token token = {0};
  trpt_json_reset(&r->json);
  trpt_json_set_chunk(&r->json, text, sizeof text - 1, 0);
  assert_int_equal(trpt_json_next(&r->json, &token), TRPT_JSON_TOKEN);
  r->json.wanted = false;
  assert_int_equal(trpt_json_next(&r->json, &token), TRPT_JSON_TOKEN);
  assert_int_equal(token.kind, TRPT_JSON_STRING);
  assert_int_equal(token.string_errors, TRPT_STRING_BAD_CODEPOINT);
  assert_int_equal(token.error_offset, 2);
  trpt_json_reset(&r->json);
  assert_true(r->json.wanted);
  r->json.string.capacity = 5;
  trpt_json_set_chunk(&r->json, text, sizeof text - 1, 0);
  assert_int_equal(trpt_json_next(&r->json, &token), TRPT_JSON_TOKEN);
  assert_int_equal(trpt_json_next(&r->json, &token), TRPT_JSON_TOKEN);
  assert_int_equal(token.string_errors, TRPT_STRING_BAD_CODEPOINT);
  assert_int_equal(token.text.len, 5);
  reader_free(r);
}

/* With yajl what a string or number is written in has the room of yajl's buffers: 2047 bytes, since 6 * 256 + 2 are less. However
   the text is cut, the answer is the same. */
static void test_yajl_room(void **state) {
  (void)state;
  static const struct {
    const char *before, *unit;
    size_t count;
    const char *after, *end;
  } rows[] = {
      {"[\"", "x", 2045, "\"]", "END"},          {"[\"", "x", 2046, "\"]", "TOO LONG@1:1:2"},
      {"[\"", "\\u0041", 340, "\"]", "END"},     {"[\"", "\\u0041", 341, "\"]", "TOO LONG@1:1:2"},
      {"[\"", "\xFF", 2045, "\"]", "END"},       {"[\"", "\xFF", 2046, "\"]", "TOO LONG@1:1:2"},
      {"{\"", "x", 2045, "\":0}", "END"},        {"{\"", "x", 2046, "\":0}", "TOO LONG@1:1:2"},
      {"[\"", "x", 2046, "\n", "BAD@1:1:2"},     {"[\"", "x", 2047, "\n", "TOO LONG@1:1:2"},
      {"\"", "x", 2047, "\n", "TOO LONG@0:1:1"}, {"[", "1", 2047, "]", "END"},
      {"[", "1", 2048, "]", "TOO LONG@1:1:2"},   {"", "1", 2048, "", "TOO LONG@0:1:1"},
      {"[1 ", "1", 2048, "", "BAD@3:1:4"},
  };
  static const size_t pieces[] = {1, 2, 7, 64, 1000, SIZE_MAX};
  reader *r = reader_new(TRPT_TOKENIZER_YAJL, 4);
  if (!r) skip();
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    static char text[4096];
    size_t len = (size_t)sprintf(text, "%s", rows[i].before);
    for (size_t k = 0; k < rows[i].count; k++) len += (size_t)sprintf(text + len, "%s", rows[i].unit);
    len += (size_t)sprintf(text + len, "%s", rows[i].after);
    for (size_t k = 0; k < sizeof pieces / sizeof pieces[0]; k++) {
      read_all(r, text, len, pieces[k]);
      if (!strstr(r->found, rows[i].end)) fail_msg("row %zu, pieces of %zu: %s", i, pieces[k], r->found);
    }
  }
  reader_free(r);
}

/* ---- numbers ---- */

static trpt_number number_of(const char *text) {
  trpt_number_reader digits;
  const unsigned char *p = (const unsigned char *)text;
  trpt_number_begin(&digits);
  assert_true(trpt_number_read(&digits, &p, p + strlen(text)));
  assert_true(trpt_number_is_whole(&digits));
  return trpt_number_value(&digits);
}

static void test_numbers(void **state) {
  (void)state;
  static const struct {
    const char *text;
    trpt_number_class class;
    uint64_t value;
    bool plain, beyond_double;
  } cases[] = {
      {"0", TRPT_NUMBER_COUNT, 0, true, false},
      {"-0", TRPT_NUMBER_COUNT, 0, false, false},
      {"0.0", TRPT_NUMBER_COUNT, 0, false, false},
      {"-0e-999999999999999999999", TRPT_NUMBER_COUNT, 0, false, false},
      {"7", TRPT_NUMBER_COUNT, 7, true, false},
      {"70", TRPT_NUMBER_COUNT, 70, true, false},
      {"7e1", TRPT_NUMBER_COUNT, 70, false, false},
      {"700e-2", TRPT_NUMBER_COUNT, 7, false, false},
      {"700e-3", TRPT_NUMBER_FRACTIONAL, 0, false, false},
      {"0.7e1", TRPT_NUMBER_COUNT, 7, false, false},
      {"0.07e1", TRPT_NUMBER_FRACTIONAL, 0, false, false},
      {"1.10e1", TRPT_NUMBER_COUNT, 11, false, false},
      {"9007199254740991", TRPT_NUMBER_COUNT, 9007199254740991, true, false},
      {"9007199254740992", TRPT_NUMBER_COUNT, 9007199254740992, true, true},
      {"18446744073709551615", TRPT_NUMBER_COUNT, UINT64_MAX, true, true},
      {"18446744073709551616", TRPT_NUMBER_HUGE, 0, true, true},
      {"1844674407370955161.5e1", TRPT_NUMBER_COUNT, UINT64_MAX, false, true},
      {"18446744073709551615000e-3", TRPT_NUMBER_COUNT, UINT64_MAX, false, true},
      {"100000000000000000000000000000000000000000e-41", TRPT_NUMBER_COUNT, 1, false, false},
      {"1e19", TRPT_NUMBER_COUNT, UINT64_C(10000000000000000000), false, true},
      {"1e20", TRPT_NUMBER_HUGE, 0, false, false},
      {"1e307", TRPT_NUMBER_HUGE, 0, false, false},
      {"1e308", TRPT_NUMBER_HUGE, 0, false, true}, /* from there on, though the last double is 1.8e308 */
      {"1e309", TRPT_NUMBER_HUGE, 0, false, true},
      {"1e-307", TRPT_NUMBER_FRACTIONAL, 0, false, false},
      {"1e-400", TRPT_NUMBER_FRACTIONAL, 0, false, true},
      {"-1", TRPT_NUMBER_NEGATIVE, 0, false, false},
      {"-1e-400", TRPT_NUMBER_NEGATIVE, 0, false, true},
      {"1.2345678901234567", TRPT_NUMBER_FRACTIONAL, 0, false, false},
      {"1.23456789012345678", TRPT_NUMBER_FRACTIONAL, 0, false, true},
      {"1e4611686018427387904", TRPT_NUMBER_HUGE, 0, false, true},
      {"1e-18446744073709551617", TRPT_NUMBER_FRACTIONAL, 0, false, true},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    const trpt_number n = number_of(cases[i].text);
    if (n.class != cases[i].class || n.value != cases[i].value || n.plain != cases[i].plain ||
        n.beyond_double != cases[i].beyond_double)
      fail_msg("%s: class %d, value %llu, plain %d, beyond_double %d", cases[i].text, (int)n.class,
               (unsigned long long)n.value, n.plain, n.beyond_double);
  }
}

/* A number by its digits: a value, a point somewhere and an exponent that takes it back. */
static void test_numbers_in_many_forms(void **state) {
  (void)state;
  uint64_t value = 1;
  for (unsigned i = 0; i < 2000; i++) {
    char digits[32], text[128];
    value = value * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    const uint64_t wanted = value >> i % 64;
    const int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)wanted);
    for (int point = 1; point <= len; point++) {
      snprintf(text, sizeof text, "%.*s%s%s000e%d", point, digits, ".", digits + point, len - point);
      const trpt_number n = number_of(text);
      if (n.class != TRPT_NUMBER_COUNT || n.value != wanted) fail_msg("%s: %llu", text, (unsigned long long)n.value);
      snprintf(text, sizeof text, "%s%0*de-%d", digits, point, 0, point);
      assert_int_equal(number_of(text).value, wanted);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_tokens),
      cmocka_unit_test(test_far_places),
      cmocka_unit_test(test_no_json),
      cmocka_unit_test(test_differences),
      cmocka_unit_test(test_depth),
      cmocka_unit_test(test_numbers),
      cmocka_unit_test(test_unwanted_and_cut),
      cmocka_unit_test(test_numbers_in_many_forms),
      cmocka_unit_test(test_yajl_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
