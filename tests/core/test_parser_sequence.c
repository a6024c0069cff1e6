/* SPDX-License-Identifier: MIT */
/* TRPT_SEQUENCE: many texts in one input. Each case is read with both tokenizers, whole, cut in each place, byte by byte, pushed and as
   trees, which must all give the same. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "events.h"

typedef struct row {
  const char *why;
  /* With ' for ". R(x) of a text is a report whose report-id is x. */
  const char *text;
  /* In their order: "x" for the report x; "code@offset" for diagnostics other than report.*; "STATUS code@offset" for a fault; and at the
     end "!STATUS code@offset" for an error that stays. After a "|": what yajl says, where that is something else. */
  const char *expected;
} row;

#define R(id) "{'report-id':'" id "','policies':[]}" /* 31 bytes */

/* ---- reading ---- */

static trpt_parser *parser_new(trpt_options options, uint32_t flags, trpt_tokenizer tokenizer) {
  trpt_parser *parser;
  options.struct_size = sizeof options;
  options.flags |= flags;
  options.tokenizer = tokenizer;
  const trpt_status status = trpt_parser_new(&parser, &options);
  if (status == TRPT_E_UNSUPPORTED) return NULL;
  assert_int_equal(status, TRPT_OK);
  return parser;
}

/* The lines of the events in the form of `expected`. */
static void summarize(const events *e, char *to, size_t size) {
  size_t len = 0;
  *to = '\0';
  for (const char *line = e->text; *line; line += strcspn(line, "\n") + 1) {
    char a[64] = "", b[64] = "";
    const char *offset = strstr(line, " offset=");
    const char *gap = len ? " " : "";
    if (sscanf(line, "REPORT organization=%*s contact=%*s id=\"%63[^\"]\"", a) == 1)
      len += (size_t)snprintf(to + len, size - len, "%s%s", gap, a);
    else if (strncmp(line, "REPORT", 6) == 0)
      len += (size_t)snprintf(to + len, size - len, "%s-", gap);
    else if (sscanf(line, "DIAGNOSTIC %*s %63s", a) == 1 && strncmp(a, "report.", 7) != 0)
      len += (size_t)snprintf(to + len, size - len, "%s%s@%d", gap, a, atoi(offset + 8));
    else if (sscanf(line, "FAULT TRPT_E_%63s code=\"%63[^\"]\"", a, b) == 2)
      len += (size_t)snprintf(to + len, size - len, "%s%s %s@%d", gap, a, b, atoi(offset + 8));
    else if (sscanf(line, "END TRPT_E_%63s code=\"%63[^\"]\"", a, b) == 2)
      len += (size_t)snprintf(to + len, size - len, "%s!%s %s@%d", gap, a, b, atoi(offset + 8));
    assert_true(len < size);
  }
}

/* Reports and faults of trpt_report_next, as the events of `e` have them. */
static void check_trees(const events *e, trpt_parser *parser, const char *bytes, size_t len, size_t piece) {
  const char *line = e->text;
  trpt_error last = {0};
  trpt_parser_reset(parser);
  for (;;) {
    trpt_report *report;
    size_t used;
    const size_t size = piece < len ? piece : len;
    const trpt_status status = trpt_report_next(parser, size ? bytes : NULL, size, &used, &report);
    assert_int_equal(report != NULL, status == TRPT_OK);
    assert_true(used <= size);
    bytes += used;
    len -= used;
    if (status == TRPT_MORE) continue;
    const trpt_error *error = trpt_parser_error(parser);
    if (status == TRPT_END || (status < 0 && memcmp(error, &last, sizeof last) == 0)) break;
    if (status < 0) last = *error;
    while (strncmp(line, "REPORT", 6) != 0 && strncmp(line, "FAULT", 5) != 0 && strncmp(line, "END", 3) != 0)
      line += strcspn(line, "\n") + 1;
    if (status == TRPT_OK) {
      events tree = {0};
      events_of_report(&tree, report);
      const char *last_line = strstr(tree.text, "REPORT");
      assert_int_equal(strncmp(line, last_line, strlen(last_line)), 0);
      events_free(&tree);
      trpt_report_free(report);
    } else {
      assert_non_null(strstr(line, trpt_status_name(status)));
    }
    line += strcspn(line, "\n") + 1;
  }
  assert_null(strstr(line, "REPORT"));
  assert_null(strstr(line, "FAULT"));
}

static events whole, other;

static void same(const char *why, const char *how) {
  if (strcmp(whole.text, other.text) != 0) fail_msg("%s, %s:\n%s----\n%s", why, how, whole.text, other.text);
}

static void check_reading(const char *why, trpt_parser *parser, const char *bytes, size_t len) {
  whole.what = other.what = EVENTS_SEQUENCE;
  events_read(&whole, parser, bytes, len, events_whole, NULL);
  events_read(&other, parser, bytes, len, events_byte, NULL);
  same(why, "byte by byte");
  for (size_t at = 1; at < len; at++) {
    size_t cut = at;
    events_read(&other, parser, bytes, len, events_cut_at, &cut);
    same(why, "cut");
  }
  other.what |= EVENTS_MOVE;
  for (uint32_t seed = 1; seed < 4; seed++) {
    uint32_t random = seed;
    events_read(&other, parser, bytes, len, events_random, &random);
    same(why, "at random");
  }
  other.what |= EVENTS_PUSH;
  events_read(&other, parser, bytes, len, events_whole, NULL);
  same(why, "pushed");
  events_read(&other, parser, bytes, len, events_byte, NULL);
  same(why, "pushed byte by byte");
  check_trees(&whole, parser, bytes, len, len);
  check_trees(&whole, parser, bytes, len, 1);
}

static void check_bytes(const row *r, const char *bytes, size_t len, trpt_options options) {
  const char *why = r->why;
  static const trpt_tokenizer tokenizers[] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
  for (size_t i = 0; i < 2; i++) {
    char found[1024];
    char expected[1024];
    const char *of_yajl = strchr(r->expected, '|');
    snprintf(expected, sizeof expected, "%s", i && of_yajl ? of_yajl + 1 : r->expected);
    expected[strcspn(expected, "|")] = '\0';
    trpt_parser *parser = parser_new(options, TRPT_SEQUENCE, tokenizers[i]);
    if (!parser) continue;
    check_reading(why, parser, bytes, len);
    summarize(&whole, found, sizeof found);
    if (strcmp(found, expected) != 0) fail_msg("%s (%zu): %s\ninstead of: %s\n%s", why, i, found, expected, whole.text);
    trpt_parser_free(parser);
  }
}

static char text[4096];

static size_t make_text(const char *from) {
  const size_t len = strlen(from);
  assert_true(len < sizeof text);
  for (size_t i = 0; i <= len; i++) text[i] = from[i] == '\'' ? '"' : from[i];
  return len;
}

static void check_rows(const row *rows, size_t count, trpt_options options) {
  for (size_t i = 0; i < count; i++) check_bytes(&rows[i], text, make_text(rows[i].text), options);
}
#define CHECK_ROWS(rows, ...) check_rows(rows, sizeof(rows) / sizeof(rows)[0], (trpt_options){__VA_ARGS__})

/* ---- cases ---- */

static void test_texts(void **state) {
  (void)state;
  static const row rows[] = {
      {"one", R("a"), "a"},
      {"none", "", "TRUNCATED json.not-json@0"},
      {"blanks", " \n", "TRUNCATED json.not-json@2"},
      {"lines", R("a") "\n" R("b") "\n" R("c") "\n", "a b c"},
      {"lines with CR LF", R("a") "\r\n" R("b") "\r\n", "a b"},
      {"nothing between", R("a") R("b"), "a b"},
      {"pretty", "\n{\n 'report-id' : 'a',\n 'policies' : []\n}\n\n{\n 'report-id' : 'b',\n 'policies' : []\n}", "a b"},
      {"garbage after the last", R("a") " x", "json.trailing-data@32 a"},
      {"garbage between", R("a") " x y\n" R("b"), "json.trailing-data@32 a b"},
      {"garbage once for each text", R("a") "1 2 [3]" R("b") "4", "json.trailing-data@31 a json.trailing-data@69 b"},
      {"a comma without an array", R("a") "," R("b"), "json.trailing-data@31 a b"},
      {"an array after a text", R("a") "[" R("b") "]", "json.trailing-data@31 a json.trailing-data@63 b"},
      {"garbage before the first", "x " R("a") "\n" R("b"), "JSON json.not-json@0 b"},
      {"a text that is no object", "5 " R("a"), "SCHEMA json.not-object@0 a"},
      {"a string", "'x'" R("a") "\n", "SCHEMA json.not-object@0 a"},
      {"a number alone", "55", "SCHEMA json.not-object@0"},
      {"a number that is cut", "5.", "TRUNCATED json.not-json@2"},
      {"marks", "\xEF\xBB\xBF" R("a") "\n\xEF\xBB\xBF" R("b"), "json.bom@0 a json.bom@35 b"},
      {"a mark after the last", R("a") "\xEF\xBB\xBF", "json.trailing-data@31 a"},
      {"a mark that is cut at the end", R("a") "\xEF\xBB", "json.trailing-data@31 a"},
      {"a mark that is broken", R("a") "\xEF\xBB" R("b"), "json.trailing-data@31 a b"},
      {"broken before the first", "\xEF\xBB" R("a") "\n" R("b"), "JSON json.not-json@2 b"},
      {"two marks", R("a") "\xEF\xBB\xBF\xEF\xBB\xBF" R("b"), "json.trailing-data@31 a b"},
      {"two marks before the first", "\xEF\xBB\xBF\xEF\xBB\xBF" R("a"), "json.bom@0 JSON json.not-json@3"},
      {"a mark alone", "\xEF\xBB\xBF", "TRUNCATED json.not-json@3"},
  };
  CHECK_ROWS(rows, 0);
}

static void test_array(void **state) {
  (void)state;
  static const row rows[] = {
      {"of two", "[" R("a") "," R("b") "]", "a b"},
      {"pretty", " [\n  " R("a") ",\n  " R("b") "\n]\n", "a b"},
      {"of none", "[]", ""},
      {"of none, with blanks", " [ ] \n", ""},
      {"with a mark", "\xEF\xBB\xBF[" R("a") "]", "json.bom@0 a"},
      {"a mark before an element", "[" R("a") ",\xEF\xBB\xBF" R("b") "]", "a json.bom@33 b"},
      {"without a comma", "[" R("a") R("b") "]", "a b"},
      {"two commas", "[" R("a") ",," R("b") "]", "json.trailing-data@33 a b"},
      {"a comma before the first", "[," R("a") "]", "JSON json.not-json@1"},
      {"a comma at the end", "[" R("a") ", ]", "json.trailing-data@32 a"},
      {"elements that are no objects", "[1," R("a") ",2,[3]," R("b") "]",
       "SCHEMA json.not-object@1 json.trailing-data@35 a b"},
      {"no end", "[" R("a"), "a TRUNCATED json.not-json@32"},
      {"no end after a comma", "[" R("a") ",", "a TRUNCATED json.not-json@33"},
      {"no end of none", "[", "TRUNCATED json.not-json@1"},
      {"something after it", "[" R("a") "] x", "json.trailing-data@34 a"},
      {"something after none", "[] x", "JSON json.not-json@3"},
      {"a text after it", "[" R("a") "]" R("b"), "a b"},
      {"two arrays", "[" R("a") "][" R("b") "]", "json.trailing-data@33 a json.trailing-data@65 b"},
      {"where and depth count from the text", "[{'policies':1}," R("b") "]", "SCHEMA report.policies-not-array@13 b"},
      {"not JSON in it", "[{'x':}\n,{'y':1}\n,\n" R("b") "\n]", "JSON json.not-json@6 b"},
  };
  CHECK_ROWS(rows, 0);
}

static void test_faults(void **state) {
  (void)state;
  static const row rows[] = {
      {"no report", "{'a':1}" R("b"), "SCHEMA report.missing-member@0 b"},
      {"no report, the last", R("b") "{'a':1}", "b SCHEMA report.missing-member@31"},
      {"all of the text is read", "{'policies':{'x':[{}, '}']},'y':{}}" R("b"),
       "SCHEMA report.policies-not-array@12 b"},
      {"garbage after it has nothing to do with it", "{'policies':0} x" R("b"),
       "SCHEMA report.policies-not-array@12 b"},
      {"not JSON behind a fault", "{'policies':0,x}\n" R("b"), "SCHEMA report.policies-not-array@12 b"},
      {"the end behind a fault", "{'policies':0,", "SCHEMA report.policies-not-array@12"},
      {"not JSON", "{'a':x}\n" R("b"), "JSON json.not-json@5 b"},
      {"in the same line", "{'a':x} " R("b") "\n" R("c"), "JSON json.not-json@5 c"},
      {"an indented line does not count", "{'a':x}\n " R("b") "\n" R("c"), "JSON json.not-json@5 c"},
      {"nothing after it", "{'a':x}\n", "JSON json.not-json@5"},
      {"a text that is cut at the end of its line", "{'a':1\n" R("b"), "JSON json.not-json@7 b"},
      {"in a string", "{'a':'x\n" R("b"), "JSON json.not-json@7 b|JSON json.not-json@5 b"},
      {"in a string before a quote", "{'a':'x\n{'report-id':'b','policies':[]}",
       "JSON json.not-json@7 b|JSON json.not-json@5 b"},
      {"cut at a comma", "{'a':1,\n" R("b"), "JSON json.not-json@8 b"},
      {"cut at a colon: the text after it is its value", "{'a':\n" R("b") "\n" R("c"), "JSON json.not-json@38 c"},
      {"the end of the input", R("a") "{'x':", "a TRUNCATED json.not-json@36"},
      {"one after the other", "{x}\n{y}\n" R("c") "{z",
       "JSON json.not-json@1 JSON json.not-json@5 c JSON json.not-json@40"},
      {"a bracket too many", R("a") "}\n" R("b"), "json.trailing-data@31 a b"},
  };
  CHECK_ROWS(rows, 0);
  static const row deep[] = {
      {"a line in which values nest too deep",
       "{'x':[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n{[[\n" R("b"),
       "LIMIT json.limit@68 JSON json.not-json@71 b"},
      {"what is read nests too deep", "{'policies':[{'summary':{}}]}" R("b"), "LIMIT json.limit@24 b"},
  };
  CHECK_ROWS(deep, .max_depth = 3);
  static const row limits[] = {
      {"too many policies", "{'policies':[{},{}]}\n" R("b") "{'policies':[{}]}", "LIMIT json.limit@16 b -"},
      {"too many failures", "{'policies':[{'failure-details':[{},{}]}]}\n" R("b") "{'policies':[{}]}",
       "LIMIT json.limit@36 b -"},
  };
  CHECK_ROWS(limits, .max_policies = 1, .max_failures = 1);
  static const row input[] = {
      {"a limit of the input stays", R("a") R("b") R("c"), "a b !LIMIT json.limit@64"},
  };
  CHECK_ROWS(input, .max_input = 64);
}

#define GOOD(id)                                                                                                       \
  "{'organization-name':'O','date-range':{'start-datetime':'2024-05-31T00:00:00Z',"                                    \
  "'end-datetime':'2024-05-31T23:59:59Z'},'contact-info':'a@b.example','report-id':'" id "','policies':["              \
  "{'policy':{'policy-type':'no-policy-found','policy-domain':'b.example'},"                                           \
  "'summary':{'total-successful-session-count':5,'total-failure-session-count':0}}]}"

static void test_strict(void **state) {
  (void)state;
  static const row rows[] = {
      {"good", GOOD("a") "\n" GOOD("b"), "a b"},
      {"a text that strict refuses", R("a") GOOD("b"), "SCHEMA report.missing-member@0 b"},
      {"a member that strict refuses", "{'report-id':1,'x':[{},2]}\n" GOOD("b"), "SCHEMA report.wrong-type@13 b"},
      {"garbage", GOOD("a") " x" GOOD("b"), "JSON json.trailing-data@329 b"},
      {"garbage at the end", GOOD("a") " x", "JSON json.trailing-data@329"},
  };
  CHECK_ROWS(rows, .flags = TRPT_STRICT);
}

/* ---- gzip ---- */

static size_t zip(char *to, const char *bytes, size_t len) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (z_const Bytef *)(uintptr_t)bytes;
  z.avail_in = (uInt)len;
  z.next_out = (Bytef *)to;
  z.avail_out = 1024;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return 1024 - z.avail_out;
}

static void test_members(void **state) {
  (void)state;
  static char file[4096];
  size_t len = zip(file, text, make_text(R("a")));
  const size_t second = len;
  len += zip(file + len, text, make_text(R("b") "\n{'report-id':"));
  const size_t third = len;
  len += zip(file + len, text, make_text("'c','policies':[]}"));
  char expected[256];
  snprintf(expected, sizeof expected, "gzip.multi-member@%zu a b c", second);
  check_bytes(&(row){"texts and members", NULL, expected}, file, len, (trpt_options){0});
  file[second - 8] ^= 1;
  snprintf(expected, sizeof expected, "!COMPRESSION gzip.bad-crc@%zu", second - 8);
  check_bytes(&(row){"a bad CRC before the second", NULL, expected}, file, len, (trpt_options){0});
  file[second - 8] ^= 1;
  file[third - 8] ^= 1;
  snprintf(expected, sizeof expected, "gzip.multi-member@%zu a b !COMPRESSION gzip.bad-crc@%zu", second, third - 8);
  check_bytes(&(row){"after it", NULL, expected}, file, len, (trpt_options){0});
  file[third - 8] ^= 1;
  snprintf(expected, sizeof expected, "gzip.multi-member@%zu a b !TRUNCATED gzip.truncated@%zu", second, third - 3);
  check_bytes(&(row){"cut", NULL, expected}, file, third - 3, (trpt_options){0});
}

/* ---- glued inputs ---- */

static const char *const parts[] = {
    R("a"),
    R("b"),
    "{'report-id':'\\u0041\xC3\xA9\xF0\x9F\x98\x80 x','policies':[{'policy':{'mx-host':['a.b','b','c']}}]}",
    "{'policies':[{'failure-details':[{'result-type':'x','failure-reason-code':'0123456789'},{},1]},{}],'x':[[{}]]}",
    "{'policies':1,'x':{'y':[1,2.5e3,null,true]}}",
    "{'a':1",
    "{'a':'b",
    "{'a':[{'b':",
    "'a':1}",
    "'",
    "x",
    "nul",
    "12",
    "\\",
    "\xEF\xBB\xBF",
    "\xEF\xBB",
    "\xFF",
    "[",
    "]",
    ",",
    "}",
    "{",
    ":",
    "\n",
    "\n",
    "\n",
    "\r\n",
    " ",
};

static uint32_t random_of(uint32_t *seed, uint32_t below) {
  *seed = *seed * 1664525 + 1013904223;
  return (*seed >> 16) % below;
}

static size_t glue(uint32_t seed) {
  static char glued[4096];
  size_t len = 0;
  for (uint32_t count = 1 + random_of(&seed, 8); count; count--) {
    const char *part = parts[random_of(&seed, sizeof parts / sizeof parts[0])];
    size_t part_len = strlen(part);
    if (random_of(&seed, 6) == 0) part_len = random_of(&seed, (uint32_t)part_len + 1); /* cut */
    memcpy(glued + len, part, part_len);
    len += part_len;
    if (random_of(&seed, 3) == 0) glued[len++] = '\n';
  }
  glued[len] = '\0';
  return make_text(glued);
}

static size_t line_len(const char *line) { return strcspn(line, "\n"); }

/* Faults within a token have another offset with yajl, and the text before them may be read a token further. Everything else, and
   the order of reports and faults, is the same. */
static bool same_texts(const events *builtin, const events *yajl) {
  const char *a = builtin->text, *b = yajl->text;
  while (*a && *b) {
    const bool are_faults = strncmp(a, "FAULT", 5) == 0 && strncmp(b, "FAULT", 5) == 0;
    const size_t len = are_faults ? (size_t)(strstr(a, " column=") - a) : line_len(a);
    if (strncmp(a, b, len) != 0) return false;
    a += line_len(a) + 1;
    b += line_len(b) + 1;
  }
  return *a == *b;
}

/* Inputs of valid, cut and garbage texts, each whole, byte by byte and otherwise, with both tokenizers, also where texts and lists
   are cut. */
static void test_glued(void **state) {
  (void)state;
  const trpt_options options[] = {
      {0},
      {.flags = TRPT_STRICT},
      {.flags = TRPT_NO_DIAGNOSTICS},
      {.max_string = 5, .max_strings = 1, .max_entry = 24, .max_held = 100},
      {.max_policies = 1, .max_failures = 1, .max_depth = 3, .max_diagnostics = 2},
  };
  for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
    events builtin = {0};
    trpt_parser *parser = parser_new(options[i], TRPT_SEQUENCE, TRPT_TOKENIZER_BUILTIN);
    trpt_parser *yajl = parser_new(options[i], TRPT_SEQUENCE, TRPT_TOKENIZER_YAJL);
    for (uint32_t seed = 0; seed < 1000; seed++) {
      const size_t len = glue(seed);
      check_reading(text, parser, text, len);
      if (!yajl) continue;
      builtin.what = EVENTS_SEQUENCE;
      events_read(&builtin, parser, text, len, events_whole, NULL);
      check_reading(text, yajl, text, len);
      if (!same_texts(&builtin, &whole)) fail_msg("%s:\n%s---- yajl\n%s", text, builtin.text, whole.text);
    }
    events_free(&builtin);
    trpt_parser_free(parser);
    trpt_parser_free(yajl);
  }
}

/* ---- the interface ---- */

/* The state of one text does not reach the next: counts, limits of diagnostics, indexes, repetitions, the guesses at members. */
static void test_texts_are_apart(void **state) {
  (void)state;
  static const char one[] =
      "{'policies':[{'policy':{'policy-type':'tlsa','policy-domain':'a.example'},'failure-details':[{'x':1},{}]},{}],"
      "'report-id':'a'}";
  char twice[2 * sizeof one];
  events alone = {0};
  trpt_parser *parser = parser_new((trpt_options){.max_diagnostics = 5}, 0, TRPT_TOKENIZER_BUILTIN);
  const size_t len = make_text(one);
  events_read(&alone, parser, text, len, events_whole, NULL);
  trpt_parser_free(parser);
  parser = parser_new((trpt_options){.max_diagnostics = 5}, TRPT_SEQUENCE, TRPT_TOKENIZER_BUILTIN);
  memcpy(twice, text, len);
  memcpy(twice + len, text, len);
  whole.what = EVENTS_SEQUENCE;
  events_read(&whole, parser, twice, 2 * len, events_whole, NULL);
  /* The second report has other offsets, and nothing else. */
  const char *second = strstr(whole.text, "REPORT");
  second += strcspn(second, "\n") + 1;
  const char *first = alone.text;
  for (int lines = 0; strncmp(first, "END", 3) != 0; lines++) {
    const char *first_at = strstr(first, " column="), *second_at = strstr(second, " column=");
    const size_t first_len = strcspn(first, "\n"), second_len = strcspn(second, "\n");
    if (first_at && first_at < first + first_len) {
      assert_memory_equal(first, second, (size_t)(first_at - first));
      first_at = strstr(first_at, " where=");
      second_at = strstr(second_at, " where=");
      assert_memory_equal(first_at, second_at, (size_t)(first + first_len - first_at));
    } else {
      assert_int_equal(first_len, second_len);
      assert_memory_equal(first, second, first_len);
    }
    first += first_len + 1;
    second += second_len + 1;
  }
  trpt_parser_free(parser);
  events_free(&alone);
}

static int count_fault(void *count, const trpt_error *fault) {
  assert_true(fault->status < 0);
  return ++*(int *)count == 2;
}
static int count_report(void *count, const trpt_metadata *metadata) {
  assert_non_null(metadata);
  ++*(int *)count;
  return 0;
}

static void test_push(void **state) {
  (void)state;
  trpt_parser *parser = parser_new((trpt_options){0}, TRPT_SEQUENCE, TRPT_TOKENIZER_BUILTIN);
  trpt_handler handler = {.struct_size = sizeof handler, .on_report = count_report};
  int count = 0;
  const size_t len = make_text("{x}\n" R("a") "{'policies':1}" R("b") "{y}\n");
  /* Without on_fault: the first fault of each call, after all of the chunk was read. */
  assert_int_equal(trpt_parser_set_handler(parser, &handler, &count), TRPT_OK);
  assert_int_equal(trpt_parser_feed(parser, text, len), TRPT_E_JSON);
  assert_int_equal(trpt_parser_error(parser)->offset, 1);
  assert_int_equal(count, 2);
  assert_int_equal(trpt_parser_feed(parser, "{", 1), TRPT_OK);
  assert_int_equal(trpt_parser_finish(parser), TRPT_E_TRUNCATED);
  assert_int_equal(trpt_parser_finish(parser), TRPT_OK);
  assert_int_equal(trpt_parser_feed(parser, "{", 1), TRPT_E_STATE);
  /* on_fault stops at the second. */
  trpt_parser_reset(parser);
  handler = (trpt_handler){.struct_size = sizeof handler, .on_fault = count_fault};
  count = 0;
  assert_int_equal(trpt_parser_set_handler(parser, &handler, &count), TRPT_OK);
  assert_int_equal(trpt_parser_feed(parser, text, len), TRPT_E_CANCELED);
  assert_int_equal(trpt_parser_error(parser)->offset, 47);
  assert_string_equal(trpt_parser_error(parser)->where, "policies");
  assert_int_equal(trpt_parser_feed(parser, "{", 1), TRPT_E_CANCELED);
  assert_int_equal(trpt_parser_finish(parser), TRPT_E_CANCELED);
  assert_int_equal(count, 2);
  trpt_parser_free(parser);
}

static void test_arguments(void **state) {
  (void)state;
  const trpt_options options = {.struct_size = sizeof options, .flags = TRPT_SEQUENCE};
  trpt_parser *parser = parser_new((trpt_options){0}, TRPT_SEQUENCE, TRPT_TOKENIZER_BUILTIN);
  trpt_report *report = (trpt_report *)(uintptr_t)1;
  const trpt_event *event;
  size_t used = 7;
  const size_t len = make_text(R("a") "\n" R("b"));
  assert_int_equal(trpt_report_parse(text, len, &options, &report, NULL), TRPT_E_ARGUMENT);
  assert_null(report);
  report = (trpt_report *)(uintptr_t)1;
  assert_int_equal(trpt_report_read(parser, text, len, &report), TRPT_E_ARGUMENT);
  assert_null(report);
  assert_int_equal(trpt_report_next(parser, text, len, &used, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(used, 0);
  assert_int_equal(trpt_report_next(NULL, text, len, &used, &report), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_next(parser, NULL, 1, &used, &report), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_next(parser, text, len, NULL, &report), TRPT_OK);
  trpt_report_free(report);
  /* Trees and events do not mix, also between two reports. */
  assert_int_equal(trpt_parser_read(parser, text + 32, len - 32, &used, &event), TRPT_E_STATE);
  assert_int_equal(trpt_parser_feed(parser, text + 32, len - 32), TRPT_E_STATE);
  assert_int_equal(trpt_report_next(parser, text + 32, len - 32, &used, &report), TRPT_MORE);
  assert_int_equal(trpt_report_next(parser, NULL, 0, &used, &report), TRPT_OK);
  trpt_report_free(report);
  assert_int_equal(trpt_report_next(parser, NULL, 0, &used, &report), TRPT_END);
  assert_int_equal(trpt_report_next(parser, NULL, 0, &used, &report), TRPT_END);
  /* Nor after a text that failed. */
  trpt_parser_reset(parser);
  assert_int_equal(trpt_report_next(parser, "{\"policies\":1}{", 15, &used, &report), TRPT_E_SCHEMA);
  assert_int_equal(trpt_parser_read(parser, "{", 1, &used, &event), TRPT_E_STATE);
  trpt_parser_reset(parser);
  assert_int_equal(trpt_parser_read(parser, text, len, &used, &event), TRPT_OK);
  assert_int_equal(trpt_report_next(parser, text + used, len - used, &used, &report), TRPT_E_STATE);
  trpt_parser_free(parser);
  /* Without the flag there is one report. */
  parser = parser_new((trpt_options){0}, 0, TRPT_TOKENIZER_BUILTIN);
  assert_int_equal(trpt_report_next(parser, text, len, &used, &report), TRPT_MORE);
  assert_int_equal(used, len);
  assert_int_equal(trpt_report_next(parser, NULL, 0, &used, &report), TRPT_OK);
  trpt_report_free(report);
  assert_int_equal(trpt_report_next(parser, NULL, 0, &used, &report), TRPT_END);
  trpt_parser_free(parser);
}

/* A report that takes too much memory is one fault, and what was read of it can be had until the next call. */
static void test_memory(void **state) {
  (void)state;
  trpt_parser *parser = parser_new((trpt_options){.max_memory = 1500}, TRPT_SEQUENCE, TRPT_TOKENIZER_BUILTIN);
  trpt_report *report;
  size_t used, at = 0;
  const size_t len = make_text("{'policies':[{},{},{},{},{},{},{},{},{},{},{},{}],'x':[{}]}" R("b") "{'policies':1}");
  assert_int_equal(trpt_report_next(parser, text, len, &used, &report), TRPT_E_LIMIT);
  assert_string_equal(trpt_parser_error(parser)->message, "The report needs more memory than max_memory (1500 bytes).");
  assert_non_null(trpt_report_unfinished(parser));
  at += used;
  assert_int_equal(trpt_report_next(parser, text + at, len - at, &used, &report), TRPT_OK);
  assert_null(trpt_report_unfinished(parser));
  trpt_report_free(report);
  at += used;
  assert_int_equal(trpt_report_next(parser, text + at, len - at, &used, &report), TRPT_MORE);
  assert_int_equal(trpt_report_next(parser, NULL, 0, &used, &report), TRPT_E_SCHEMA);
  assert_int_equal(trpt_report_next(parser, NULL, 0, &used, &report), TRPT_END);
  trpt_parser_free(parser);
}

/* Whatever the limit, each text gives a report or a fault. */
static void test_each_limit_of_memory(void **state) {
  (void)state;
  const size_t len =
      make_text("{'report-id':'a','policies':[{},{},1]}" R("b") "[]{'organization-name':'long enough'}\n{x}\n" R("c"));
  unsigned counts[5] = {0};
  for (uint32_t max = 1; max < 4000; max++) {
    trpt_parser *parser = parser_new((trpt_options){.max_memory = max}, TRPT_SEQUENCE, TRPT_TOKENIZER_BUILTIN);
    size_t at = 0;
    unsigned good = 0, bad = 0;
    for (;;) {
      trpt_report *report;
      size_t used;
      const trpt_status status = trpt_report_next(parser, at < len ? text + at : NULL, len - at, &used, &report);
      at += used;
      trpt_report_free(report);
      good += status == TRPT_OK;
      bad += status < 0;
      if (status == TRPT_END) break;
      assert_true(good + bad <= 5);
    }
    assert_int_equal(good + bad, 5);
    counts[good]++;
    trpt_parser_free(parser);
  }
  assert_true(counts[0] && counts[1] + counts[2] && counts[3] && !counts[4]);
}

static int tear_down(void **state) {
  (void)state;
  events_free(&whole);
  events_free(&other);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_texts),
      cmocka_unit_test(test_array),
      cmocka_unit_test(test_faults),
      cmocka_unit_test(test_strict),
      cmocka_unit_test(test_members),
      cmocka_unit_test(test_texts_are_apart),
      cmocka_unit_test(test_push),
      cmocka_unit_test(test_arguments),
      cmocka_unit_test(test_memory),
      cmocka_unit_test(test_glued),
      cmocka_unit_test(test_each_limit_of_memory),
  };
  return cmocka_run_group_tests(tests, NULL, tear_down);
}
