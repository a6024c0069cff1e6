/* SPDX-License-Identifier: MIT */
/* Each limit of trpt_options: what is exactly at it is read, what is one past it is TRPT_E_LIMIT, whole and byte by byte. yajl
   agrees as far as it must (engines_agree.h). */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "engines_agree.h"
#include "parser_cases.h"

/* ---- a text that grows ---- */

static char text[1 << 22];
static size_t text_len;

static void add(const char *more) {
  const size_t len = strlen(more);
  assert_true(text_len + len < sizeof text);
  memcpy(text + text_len, more, len + 1);
  text_len += len;
  for (size_t i = text_len - len; i < text_len; i++)
    if (text[i] == '\'') text[i] = '"';
}

static void add_times(const char *more, size_t count) {
  while (count--) add(more);
}

static void begin(const char *first) {
  text_len = 0;
  add(first);
}

/* ---- readings ---- */

static events e;

static trpt_parser *parser_new(trpt_options options, trpt_tokenizer tokenizer) {
  trpt_parser *parser;
  options.struct_size = sizeof options;
  options.tokenizer = tokenizer;
  const trpt_status status = trpt_parser_new(&parser, &options);
  if (status == TRPT_E_UNSUPPORTED) return NULL;
  assert_int_equal(status, TRPT_OK);
  return parser;
}

/* yajl agrees with what the built-in tokenizer said, which is in `e`, and with itself in pieces. Not of one byte, since its
   time is quadratic in the pieces of a token. */
static void check_yajl(trpt_options options, const void *bytes, size_t len) {
  const bool plain = len && *(const unsigned char *)bytes != 0x1F;
  events whole = {0}, pieces = {0};
  uint32_t seed = (uint32_t)len;
  trpt_parser *parser = parser_new(options, TRPT_TOKENIZER_YAJL);
  if (!parser) return;
  events_read(&whole, parser, bytes, len, events_whole, NULL);
  if (!engines_agree(&e, &whole, plain ? bytes : NULL, len)) fail_msg("yajl:\n%s----\n%s", e.text, whole.text);
  events_read(&pieces, parser, bytes, len, events_random, &seed);
  assert_string_equal(whole.text, pieces.text);
  trpt_parser_free(parser);
  events_free(&whole);
  events_free(&pieces);
}

static void check_bytes(trpt_options options, const void *bytes, size_t len, trpt_status status, const char *code) {
  events bytewise = {.what = EVENTS_PUSH};
  trpt_parser *parser = parser_new(options, TRPT_TOKENIZER_BUILTIN);
  events_read(&e, parser, bytes, len, events_whole, NULL);
  if (e.status != status || (code && strcmp(trpt_parser_error(parser)->code, code) != 0)) fprintf(stderr, "%s", e.text);
  assert_int_equal(e.status, status);
  if (code) assert_string_equal(trpt_parser_error(parser)->code, code);
  events_read(&bytewise, parser, bytes, len, events_byte, NULL);
  assert_string_equal(bytewise.text, e.text);
  trpt_parser_free(parser);
  events_free(&bytewise);
  check_yajl(options, bytes, len);
}

static void check_fits(trpt_options options) { check_bytes(options, text, text_len, TRPT_OK, NULL); }
static void check_beyond(trpt_options options) { check_bytes(options, text, text_len, TRPT_E_LIMIT, "json.limit"); }

#define OPTIONS(...) ((trpt_options){__VA_ARGS__})

/* ---- limits ---- */

static void make_depth(size_t depth, const char *open, const char *close) {
  begin("{'policies':[],'x':");
  add_times(open, depth - 1);
  add_times(close, depth - 1);
  add("}");
}

static void test_depth(void **state) {
  (void)state;
  make_depth(64, "[", "]");
  check_fits(OPTIONS(0));
  check_fits(OPTIONS(.max_depth = 2));
  make_depth(65, "[", "]");
  check_beyond(OPTIONS(0));
  assert_non_null(strstr(e.text, "line=1 column=83 offset=82 where=\"\""));
  check_beyond(OPTIONS(.max_depth = 2));
  make_depth(1000, "[", "]");
  check_beyond(OPTIONS(0));
  check_fits(OPTIONS(.max_depth = 1000));
  check_beyond(OPTIONS(.max_depth = 999));
  /* A value that is not read, of a member that is known. */
  begin("{'policies':[{'summary':");
  add_times("[", 61);
  add_times("]", 61);
  add("}]}");
  check_fits(OPTIONS(0));
  /* What is read is bounded by max_depth alone. */
  static const char *const levels[] = {"", "policies", "policies[0]", "policies[0].policy",
                                       "policies[0].policy.mx-host"};
  begin("{'policies':[{'policy':{'mx-host':[]}}],'x':[[[[[[]]]]]]}");
  check_fits(OPTIONS(.max_depth = 5));
  for (uint32_t depth = 1; depth < 5; depth++) {
    char where[64];
    check_beyond(OPTIONS(.max_depth = depth));
    snprintf(where, sizeof where, "where=\"%s\"", levels[depth]);
    if (!strstr(e.text, where)) fail_msg("%s is not where max_depth is %u:\n%s", where, (unsigned)depth, e.text);
  }
  begin("{}");
  check_bytes(OPTIONS(.max_depth = 1), text, text_len, TRPT_E_SCHEMA, "report.missing-member");
  begin("[]");
  check_bytes(OPTIONS(.max_depth = 1), text, text_len, TRPT_E_SCHEMA, "json.not-object");
  /* All sizes of the stacks that the tokenizers keep. */
  for (uint32_t depth = 100; depth < 400; depth++) {
    make_depth(depth, "[", "]");
    check_fits(OPTIONS(.max_depth = depth));
    check_beyond(OPTIONS(.max_depth = depth - 1));
  }
  /* Of ten million levels no more is read than the first few. */
  begin("");
  add_times("[[[[[[[[[[{'a':", 100000);
  check_bytes(OPTIONS(0), text, text_len, TRPT_E_SCHEMA, "json.not-object");
  begin("{'a':");
  add_times("[[[[[[[[[[{'a':", 100000);
  check_beyond(OPTIONS(0));
}

static size_t count_of(const char *code) {
  size_t count = 0;
  for (const char *at = e.text; (at = strstr(at, code)); at++) count++;
  return count;
}

/* Reads `text` cut in each place near its end, where the limit is. */
static void check_each_cut(trpt_options options, size_t from) {
  events cut = {0};
  trpt_parser *parser = parser_new(options, TRPT_TOKENIZER_BUILTIN);
  for (size_t at = from; at < text_len; at++) {
    size_t first = at;
    events_read(&cut, parser, text, text_len, events_cut_at, &first);
    assert_string_equal(cut.text, e.text);
  }
  trpt_parser_free(parser);
  events_free(&cut);
}

/* A string of `lead` plain bytes and `count` units. */
static void make_string(const char *before, size_t lead, const char *unit, size_t count, const char *after) {
  begin(before);
  add_times("x", lead);
  add_times(unit, count);
  add(after);
}

static char *elements_of(trpt_options options) {
  events elements = {.what = EVENTS_NO_DIAGNOSTICS};
  trpt_parser *parser = parser_new(options, TRPT_TOKENIZER_BUILTIN);
  events_read(&elements, parser, text, text_len, events_whole, NULL);
  assert_int_equal(elements.status, TRPT_OK);
  trpt_parser_free(parser);
  return elements.text;
}

/* Strings of a little less and a little more than max_string bytes. What is kept of a longer one is what a string of as many whole
   units as fit would have given. */
static void check_string(const char *before, const char *unit, size_t unit_size, const char *after, uint32_t max) {
  const trpt_options options = {.max_string = max, .max_entry = 1 << 20};
  const bool is_small = max < 100;
  for (size_t lead = 0; lead < (is_small ? unit_size : 1); lead++) {
    const size_t fits = (max - lead) / unit_size;
    for (size_t count = fits - (is_small ? 4 / unit_size : 0); count <= fits + 4 / unit_size; count++) {
      make_string(before, lead, unit, count, after);
      check_fits(options);
      assert_int_equal(count_of("report.string-cut"), count > fits);
      if (is_small) check_each_cut(options, strlen(before));
      char *kept = elements_of(options);
      make_string(before, lead, unit, count > fits ? fits : count, after);
      char *whole = elements_of(options);
      assert_string_equal(kept, whole);
      free(kept);
      free(whole);
    }
  }
}

static void test_string(void **state) {
  (void)state;
  static const uint32_t sizes[] = {24, 60, 66, 1026, 1200, 16 * 1024};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    const uint32_t max = sizes[i];
    check_string("{'policies':[],'report-id':'", "x", 1, "'}", max);
    check_string("{'policies':[],'report-id':'", "\\u0041", 1, "'}", max);
    check_string("{'policies':[],'report-id':'", "\\n", 1, "'}", max);
    check_string("{'policies':[],'report-id':'", "\xC3\xA9", 2, "'}", max);
    check_string("{'policies':[],'report-id':'", "\xE2\x82\xAC", 3, "'}", max);
    check_string("{'policies':[],'report-id':'", "\xF0\x9F\x98\x80", 4, "'}", max);
    check_string("{'policies':[],'report-id':'", "\\ud83d\\ude00", 4, "'}", max);
    check_string("{'policies':[],'report-id':'", "\xFF", 3, "'}", max); /* U+FFFD */
    check_string("{'policies':[{'policy':{'policy-domain':'", "x", 1, "'}}]}", max);
    check_string("{'policies':[{'policy':{'mx-host':['", "x", 1, "']}}]}", max);
    check_string("{'policies':[{'policy':{'mx-host':'", "\\t", 1, "'}}]}", max);
    check_string("{'policies':[{'policy':{'policy-string':['", "\xF0\x9F\x98\x80", 4, "']}}]}", max);
    check_string("{'policies':[{'failure-details':[{'failure-reason-code':'", "x", 1, "'}]}]}", max);
    check_string("{'policies':[{'failure-details':[{'failure-error-code':'", "x", 1, "'}]}]}", max);
  }
  /* Text that nothing is done with has no limit: names, and values of unknown members. */
  begin("{'policies':[],'x':'");
  add_times("xxxxxxxxxxxxxxxx", 10000);
  add("','");
  add_times("yyyyyyyyyyyyyyyy", 10000);
  add("\\n':1,'\\u0065\\u0078':'");
  add_times("\\u0041\xC3\xA9", 10000);
  add("'}");
  check_fits(OPTIONS(0));
  check_fits(OPTIONS(.max_string = 1));
  /* Nor in strict mode, which has nothing to say about a name that has no room. */
  begin("{'\\u0041");
  add_times("yyyyyyyyyyyyyyyy", 10000);
  add("':1," HEAD "'policies':[" ENTRY "]}");
  check_fits(OPTIONS(.flags = TRPT_STRICT));
  /* A name that its U+FFFD make too long for yajl. */
  begin("{'policies':[],'");
  add_times("\xFF", 25);
  add("':1}");
  check_fits(OPTIONS(.max_string = 20));
  /* Known names are known whatever the limit. */
  begin("{'polic\\u0069es':[{'summary':{'total-successful-session-count':1,'total-failure-session-coun\\u0074':5}}]}");
  check_fits(OPTIONS(.max_string = 1));
  assert_non_null(strstr(e.text, "successful=1 failed=5"));
  /* Text in text is no longer than it. */
  begin("{'policies':[{'policy':{'policy-type':'sts','policy-string':['[");
  add_times("                ", 64);
  add("]']}}]}");
  check_fits(OPTIONS(.max_string = 1026));
  assert_non_null(strstr(e.text, "strings=[] "));
  check_fits(OPTIONS(.max_string = 1025));
  assert_int_equal(count_of("report.string-cut"), 1);
  assert_null(strstr(e.text, "nested"));
}

/* What is cut, and what is then said: codes in their order with the paths, and what is kept. */
typedef struct cut_row {
  const char *why, *text;
  trpt_options options;
  const char *diagnostics, *kept;
} cut_row;

static void check_cut(const cut_row *row) {
  char found[1024] = "";
  size_t len = 0;
  begin(row->text);
  check_fits(row->options);
  for (const char *at = e.text; (at = strstr(at, "DIAGNOSTIC ")); at++) {
    char code[64], where[128];
    const char *path = strstr(at, "where=\"");
    if (sscanf(at, "DIAGNOSTIC %*s %63s", code) != 1 || !path) fail();
    if (sscanf(path, "where=\"%127[^\"]", where) != 1) *where = '\0';
    /* What the rest of these short reports lacks is not of interest. */
    if (strstr(code, "missing") || strstr(code, "no-policies") || strcmp(where, "policies[0]") == 0) continue;
    len +=
        (size_t)snprintf(found + len, sizeof found - len, "%s%s %s", len ? ", " : "", code + strlen("report."), where);
    assert_true(len < sizeof found);
  }
  if (strcmp(found, row->diagnostics) != 0) fail_msg("%s: %s\ninstead of: %s", row->why, found, row->diagnostics);
  if (!strstr(e.text, row->kept)) fail_msg("%s: no %s in\n%s", row->why, row->kept, e.text);
}

#define IN_OBJECT(members) "{'policies':[{'policy':{" members "}}]}"
#define AT_POLICY          "policies[0].policy."
#define AT_FAILURE         "policies[0].failure-details[0]."

static void test_cut_values(void **state) {
  (void)state;
  static const cut_row rows[] = {
      {"a type that begins like a known one",
       IN_OBJECT("'policy-type':'stsX'"),
       {.max_string = 3},
       "string-cut " AT_POLICY "policy-type",
       "type=0 name=\"sts\""},
      {"a result type likewise",
       "{'policies':[{'failure-details':[{'result-type':'dane-requiredX'}]}]}",
       {.max_string = 13},
       "string-cut " AT_FAILURE "result-type",
       "type=0 name=\"dane-required\""},
      {"a time likewise",
       "{'policies':[],'date-range':{'start-datetime':'2024-05-31T00:00:00ZX'}}",
       {.max_string = 20},
       "string-cut date-range.start-datetime",
       "start-text=\"2024-05-31T00:00:00Z\" end-text=- start=none"},
      {"a host that would be valid whole, and one that fits no pattern",
       "{'policies':[{'policy':{'policy-type':'sts','mx-host':['a.example']},"
       "'failure-details':[{'receiving-mx-hostname':'b.example.net'}]}]}",
       {.max_string = 9},
       "string-cut " AT_FAILURE "receiving-mx-hostname",
       "=\"b.example\""},
      {"patterns of which one is cut",
       "{'policies':[{'policy':{'policy-type':'sts','mx-host':['a.example','b.example.net']},"
       "'failure-details':[{'receiving-mx-hostname':'c.example'}]}]}",
       {.max_string = 9},
       "string-cut " AT_POLICY "mx-host[1]",
       "mx-hosts=[\"a.example\",\"b.example\"]"},
      {"control characters in what is kept",
       "{'policies':[],'report-id':'a\\u0007bc'}",
       {.max_string = 3},
       "string-cut report-id, control-chars report-id",
       "id=\"a\\x07b\""},
      {"markup in what is not kept",
       "{'policies':[],'report-id':'abc<b>'}",
       {.max_string = 3},
       "string-cut report-id",
       "id=\"abc\""},
      {"no room for a character",
       "{'policies':[],'report-id':'\xF0\x9F\x98\x80'}",
       {.max_string = 3},
       "string-cut report-id",
       "id=-"},
      {"an address of which the begin is one",
       "{'policies':[{'failure-details':[{'sending-mta-ip':'23.5.5.5x'}]}]}",
       {.max_string = 8},
       "string-cut " AT_FAILURE "sending-mta-ip",
       "=\"23.5.5.5\""},
      {"policies that differ behind the cut",
       "{'policies':[{'policy':{'policy-domain':'abcd1'}},{'policy':{'policy-domain':'abcd2'}}]}",
       {.max_string = 4},
       "string-cut " AT_POLICY "policy-domain, string-cut policies[1].policy.policy-domain",
       "index=1"},
      {"lines of an MTA-STS policy of which one is cut",
       IN_OBJECT("'policy-type':'sts','policy-string':['version: STSv1','mode: none','max_age: 8640000']"),
       {.max_string = 14},
       "string-cut " AT_POLICY "policy-string[2]",
       "\"mode: none\",\"max_age: 86400\"]"},
      {"records joined in a string that is cut",
       IN_OBJECT("'policy-type':'tlsa','policy-string':['3 1 1 ab;3 1 1 cd']"),
       {.max_string = 16},
       "string-cut " AT_POLICY "policy-string[0]",
       "strings=[\"3 1 1 ab;3 1 1 c\"]"},
      {"a list in a string that is cut",
       IN_OBJECT("'policy-string':'[\\'a\\',\\'b\\']'"),
       {.max_string = 8},
       "policy-string-not-array " AT_POLICY "policy-string, string-cut " AT_POLICY "policy-string",
       "strings=[\"[\\x22a\\x22,\\x22b\\x22\"]"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) check_cut(&rows[i]);
}

static void test_cut_entries(void **state) {
  (void)state;
  static const cut_row rows[] = {
      {"texts of a policy and its failures that fit",
       "{'policies':[{'policy':{'policy-domain':'a.b.c','mx-host':['a.b','c']},"
       "'failure-details':[{'failure-reason-code':'abc','receiving-mx-helo':'def'}]}]}",
       {.max_entry = 15},
       "",
       "helo=\"def\""},
      {"one byte less",
       "{'policies':[{'policy':{'policy-domain':'a.b.c','mx-host':['a.b','c']},"
       "'failure-details':[{'failure-reason-code':'abc','receiving-mx-helo':'def'}]}]}",
       {.max_entry = 14},
       "string-cut " AT_FAILURE "receiving-mx-helo",
       "helo=\"de\""},
      {"no byte left",
       "{'policies':[{'policy':{'policy-domain':'a.b.c'},'failure-details':["
       "{'failure-reason-code':'abcde','receiving-mx-helo':'def'},{'receiving-mx-helo':'def'}]}]}",
       {.max_entry = 10},
       "string-cut " AT_FAILURE "receiving-mx-helo",
       "helo=-"},
      {"pending failures lie elsewhere",
       "{'policies':[{'failure-details':[{'failure-reason-code':'abcdef'},{'failure-reason-code':'abcdef'}],"
       "'policy':{'policy-domain':'abc.de'}}]}",
       {.max_entry = 6},
       "",
       "domain=\"abc.de\""},
      {"lists that take half",
       IN_OBJECT("'policy-string':['ab','cd'],'mx-host':['e.f']"),
       {.max_entry = 14},
       "",
       "strings=[\"ab\",\"cd\"] mx-hosts=[\"e.f\"]"},
      {"a byte more",
       IN_OBJECT("'policy-string':['ab','cd'],'mx-host':['e.f']"),
       {.max_entry = 13},
       "string-cut " AT_POLICY "mx-host[0]",
       "strings=[\"ab\",\"cd\"] mx-hosts=[\"e.\"]"},
      {"no byte left for an element",
       IN_OBJECT("'policy-string':['ab','cd'],'mx-host':['e.f','g.h','']"),
       {.max_entry = 8},
       "elements-cut " AT_POLICY "mx-host[0]",
       "strings=[\"ab\",\"cd\"] mx-hosts=[]"},
      {"an empty element takes none",
       IN_OBJECT("'policy-string':['abcd',''],'mx-host':['','e']"),
       {.max_entry = 8},
       "empty-string " AT_POLICY "policy-string[1], empty-string " AT_POLICY "mx-host[0], elements-cut " AT_POLICY
       "mx-host[1]",
       "strings=[\"abcd\",\"\"] mx-hosts=[\"\"]"},
      {"the domain has room behind a list",
       IN_OBJECT("'policy-string':['abcdefgh','x'],'policy-domain':'a.b'"),
       {.max_entry = 8},
       "string-cut " AT_POLICY "policy-string[0], elements-cut " AT_POLICY "policy-string[1]",
       "domain=\"a.b\" strings=[\"abcd\"]"},
      {"nested text may be longer than what its strings need",
       IN_OBJECT("'policy-type':'sts','policy-string':['[\\'abc\\\\u0064\\',\\'efg\\']']"),
       {.max_entry = 14},
       "policy-string-nested-json " AT_POLICY "policy-string[0], sts-line-syntax " AT_POLICY "policy-string[0], "
       "sts-line-syntax " AT_POLICY "policy-string[0], sts-no-version " AT_POLICY
       "policy-string, sts-no-mode " AT_POLICY "policy-string, sts-bad-max-age " AT_POLICY "policy-string",
       "strings=[\"abcd\",\"efg\"]"},
      {"its last string is cut",
       IN_OBJECT("'policy-type':'sts','policy-string':['[\\'abcd\\',\\'ef\\\\u0067\\']']"),
       {.max_entry = 13},
       "policy-string-nested-json " AT_POLICY "policy-string[0], string-cut " AT_POLICY
       "policy-string[0], sts-line-syntax " AT_POLICY "policy-string[0]",
       "strings=[\"abcd\",\"ef\"]"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) check_cut(&rows[i]);
}

static void make_list(const char *member, size_t count) {
  begin("{'policies':[{'policy':{'policy-type':'tlsa','");
  add(member);
  add("':[");
  add_times("'a',", count - 1);
  add("'a']}}]}");
}

static void test_strings(void **state) {
  (void)state;
  static const char *const members[] = {"policy-string", "mx-host", "mx-host-pattern"};
  for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
    char where[64];
    make_list(members[i], 1024);
    check_fits(OPTIONS(0));
    assert_int_equal(count_of("elements-cut"), 0);
    make_list(members[i], 1026);
    check_fits(OPTIONS(0));
    assert_int_equal(count_of("elements-cut"), 1);
    snprintf(where, sizeof where, "where=\"policies[0].policy.%s[1024]\"", i == 2 ? "mx-host" : members[i]);
    if (!strstr(strstr(e.text, "elements-cut"), where)) fail_msg("no %s", where);
    assert_int_equal(count_of("\"a\""), 1024);
    check_fits(OPTIONS(.max_strings = 1026));
    assert_int_equal(count_of("elements-cut"), 0);
  }
  static const cut_row rows[] = {
#define JOINED IN_OBJECT("'policy-string':['1 1 1 aa;1 1 1 bb','c',' 1 1 1 dd ; ; 1 1 1 ee;']")
#define SPLIT  "\"1 1 1 aa\",\"1 1 1 bb\""
      {"all records of joined strings",
       JOINED,
       {.max_strings = 5},
       "policy-string-not-array " AT_POLICY "policy-string[0], policy-string-not-array " AT_POLICY "policy-string[2]",
       "strings=[" SPLIT ",\"c\",\"1 1 1 dd\",\"1 1 1 ee\"]"},
      {"all but the last",
       JOINED,
       {.max_strings = 4},
       "elements-cut " AT_POLICY "policy-string[2], policy-string-not-array " AT_POLICY
       "policy-string[0], policy-string-not-array " AT_POLICY "policy-string[2]",
       "strings=[" SPLIT ",\"c\",\"1 1 1 dd\"]"},
      {"none of the last string",
       JOINED,
       {.max_strings = 3},
       "elements-cut " AT_POLICY "policy-string[2], policy-string-not-array " AT_POLICY "policy-string[0]",
       "strings=[" SPLIT ",\"c\"]"},
      {"none of the last strings, of which one is cut before",
       JOINED,
       {.max_strings = 2},
       "elements-cut " AT_POLICY "policy-string[2], policy-string-not-array " AT_POLICY "policy-string[0]",
       "strings=[" SPLIT "]"},
      {"the first record alone",
       JOINED,
       {.max_strings = 1},
       "elements-cut " AT_POLICY "policy-string[1], policy-string-not-array " AT_POLICY "policy-string[0]",
       "strings=[\"1 1 1 aa\"]"},
      {"a string with delimiters and one record",
       IN_OBJECT("'policy-string':[';1 1 1 aa;','b','c']"),
       {.max_strings = 3},
       "policy-string-not-array " AT_POLICY "policy-string[0]",
       "strings=[\"1 1 1 aa\",\"b\",\"c\"]"},
      {"a nested list",
       IN_OBJECT("'policy-string':['[\\'a\\',\\'b\\',\\'c\\']','d']"),
       {.max_strings = 2},
       "policy-string-nested-json " AT_POLICY "policy-string[0], elements-cut " AT_POLICY "policy-string[0]",
       "strings=[\"a\",\"b\"]"},
      {"elements of a wrong type do not count",
       IN_OBJECT("'mx-host':['a.b',1,null,'c.d','e.f']"),
       {.max_strings = 2},
       "wrong-type " AT_POLICY "mx-host[1], null-member " AT_POLICY "mx-host[2], elements-cut " AT_POLICY "mx-host[4]",
       "mx-hosts=[\"a.b\",\"c.d\"]"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) check_cut(&rows[i]);
}

static void test_elements(void **state) {
  (void)state;
  begin("{'policies':[{},null,{},{}]}");
  check_fits(OPTIONS(.max_policies = 3));
  check_beyond(OPTIONS(.max_policies = 2));
  assert_non_null(strstr(e.text, "where=\"policies[3]\""));
  begin("{'policies':[{'failure-details':[{},[],{}]},{'failure-details':[{}]}]}");
  check_fits(OPTIONS(.max_failures = 3));
  check_beyond(OPTIONS(.max_failures = 2));
  assert_non_null(strstr(e.text, "where=\"policies[1].failure-details[0]\""));
  begin("{'policies':[");
  add_times("{},", 100000);
  add("null]}");
  check_fits(OPTIONS(0));
  text_len -= strlen("null]}");
  add("{}]}");
  check_beyond(OPTIONS(0));
}

static void test_diagnostics(void **state) {
  (void)state;
  begin("{'policies':[");
  add_times("1,", 1500);
  add("1],'organization-name':'','date-range':{},'contact-info':'a@b.example','report-id':'r'}");
  check_fits(OPTIONS(0));
  size_t told = 0;
  for (const char *at = e.text; (at = strstr(at, "DIAGNOSTIC")); at++) told++;
  assert_int_equal(told, 1000);
  assert_non_null(strstr(e.text, " errors=1503 warnings=1 infos=0\n"));
  check_fits(OPTIONS(.max_diagnostics = 1));
  told = 0;
  for (const char *at = e.text; (at = strstr(at, "DIAGNOSTIC")); at++) told++;
  assert_int_equal(told, 1);
  assert_non_null(strstr(e.text, " errors=1503 warnings=1 infos=0\n"));
  check_bytes(OPTIONS(.flags = TRPT_STRICT, .max_diagnostics = 1), text, text_len, TRPT_E_SCHEMA, "report.wrong-type");
  /* Types that are not known: the second one is only counted, and its failure is still returned. */
  begin("{'policies':[{'policy':{'policy-type':'sts'},'failure-details':[{'result-type':'one'},{'result-type':'two'},{}"
        "]}]}");
  check_fits(OPTIONS(.max_diagnostics = 1));
  assert_non_null(strstr(e.text, "two"));
}

/* ---- input ---- */

static unsigned char zipped[1 << 20];

static size_t zip(unsigned char *to, const void *bytes, size_t len) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (z_const Bytef *)(uintptr_t)bytes;
  z.avail_in = (uInt)len;
  z.next_out = to;
  z.avail_out = sizeof zipped / 2;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return sizeof zipped / 2 - z.avail_out;
}

static void test_input(void **state) {
  (void)state;
  begin("{'policies':[]}\n\n");
  check_fits(OPTIONS(.max_input = text_len));
  check_beyond(OPTIONS(.max_input = text_len - 1));
  check_beyond(OPTIONS(.max_input = 1));
  begin("{'policies':[]} trailing data counts too");
  check_fits(OPTIONS(.max_input = text_len));
  check_beyond(OPTIONS(.max_input = text_len - 1));
  const size_t len = zip(zipped, text, text_len);
  check_bytes(OPTIONS(.max_input = len), zipped, len, TRPT_OK, NULL);
  check_bytes(OPTIONS(.max_input = len - 1), zipped, len, TRPT_E_LIMIT, "json.limit");
  check_bytes(OPTIONS(.max_input = 5), zipped, len, TRPT_E_LIMIT, "json.limit"); /* inside the header */
  memcpy(zipped + len, "xx", 2);
  check_bytes(OPTIONS(.max_input = len + 2), zipped, len + 2, TRPT_OK, NULL);
  check_bytes(OPTIONS(.max_input = len + 1), zipped, len + 2, TRPT_E_LIMIT, "json.limit");
  check_bytes(OPTIONS(.max_inflated = text_len), zipped, len, TRPT_OK, NULL);
  check_bytes(OPTIONS(.max_inflated = text_len - 1), zipped, len, TRPT_E_LIMIT, "json.limit");
  check_bytes(OPTIONS(.max_inflated = 1), zipped, len, TRPT_E_LIMIT, "json.limit");
  /* At and about the size of the window. */
  for (size_t size = 65534; size < 65539; size++) {
    begin("{'policies':[]}");
    add_times(" ", size - text_len);
    const size_t zipped_len = zip(zipped, text, text_len);
    check_bytes(OPTIONS(.max_inflated = size), zipped, zipped_len, TRPT_OK, NULL);
    check_bytes(OPTIONS(.max_inflated = size - 1), zipped, zipped_len, TRPT_E_LIMIT, "json.limit");
    check_bytes(OPTIONS(.max_inflated = size + 1), zipped, zipped_len, TRPT_OK, NULL);
  }
}

/* What is wrong before the limit comes first, also behind findings that are handed out before, and where words were read ahead. */
static void test_error_before_input(void **state) {
  (void)state;
  begin("{'a':1,'b':2,'c'");
  const size_t wrong = text_len;
  add(",0}    ");
  for (size_t max = 1; max <= text_len; max++)
    if (max > wrong) {
      check_bytes(OPTIONS(.max_input = max), text, text_len, TRPT_E_JSON, "json.not-json");
    } else {
      check_beyond(OPTIONS(.max_input = max));
    }
}

/* 256 MiB and no byte more come out of gzip unless somebody says otherwise. */
static void test_default_inflated(void **state) {
  (void)state;
  static char blanks[1 << 20];
  static unsigned char file[1 << 20];
  const trpt_options options = {.struct_size = sizeof options, .max_ratio = UINT32_MAX};
  memset(blanks, ' ', sizeof blanks);
  const size_t member = zip(zipped, blanks, sizeof blanks);
  size_t len = 0;
  for (int i = 0; i < 255; i++, len += member) memcpy(file + len, zipped, member);
  begin("{'policies':[]}");
  memcpy(blanks, text, text_len);
  len += zip(file + len, blanks, sizeof blanks);
  assert_true(len < sizeof file / 2);
  trpt_report *report;
  assert_int_equal(trpt_report_parse(file, len, &options, &report, NULL), TRPT_OK);
  trpt_report_free(report);
  len += zip(file + len, " ", 1);
  assert_int_equal(trpt_report_parse(file, len, &options, &report, NULL), TRPT_E_LIMIT);
}

static void test_ratio(void **state) {
  (void)state;
  begin("{'policies':[]}");
  add_times("                ", 65535); /* a little less than a MiB: its ratio says nothing */
  size_t len = zip(zipped, text, text_len);
  check_bytes(OPTIONS(.max_ratio = 1), zipped, len, TRPT_OK, NULL);
  add_times("                ", 65536);
  len = zip(zipped, text, text_len);
  check_bytes(OPTIONS(0), zipped, len, TRPT_E_LIMIT, "gzip.ratio");
  check_bytes(OPTIONS(.max_ratio = 2000), zipped, len, TRPT_OK, NULL);
  /* Of two limits that are exceeded at once the error names the first. */
  check_bytes(OPTIONS(.max_ratio = 1, .max_inflated = (1 << 20) + 100), zipped, len, TRPT_E_LIMIT, "json.limit");
}

/* A bomb: 1 MB that gives 1 GB, RFC 8460 s7. */
static void test_bomb(void **state) {
  (void)state;
  static unsigned char blanks[1 << 16];
  z_stream z = {0};
  memset(blanks, ' ', sizeof blanks);
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_out = zipped;
  z.avail_out = sizeof zipped;
  while (z.avail_out > 2000) {
    z.next_in = blanks;
    z.avail_in = sizeof blanks;
    assert_int_equal(deflate(&z, Z_NO_FLUSH), Z_OK);
  }
  const size_t len = sizeof zipped - z.avail_out;
  deflateEnd(&z);
  check_bytes(OPTIONS(0), zipped, len, TRPT_E_LIMIT, "gzip.ratio");
  check_bytes(OPTIONS(.max_ratio = UINT32_MAX, .max_inflated = 4 << 20), zipped, len, TRPT_E_LIMIT, "json.limit");
}

/* ---- messages ---- */

static void check_message(trpt_options options, const void *bytes, size_t len, const char *message) {
  trpt_report *report;
  trpt_error error;
  options.struct_size = sizeof options;
  if (trpt_report_parse(bytes, len, &options, &report, &error) != TRPT_E_LIMIT)
    fail_msg("%s: %s", message, error.message);
  assert_string_equal(error.message, message);
}

/* The error names the option and its value. */
static void test_messages(void **state) {
  (void)state;
  static const struct {
    const char *text;
    trpt_options options;
    const char *message;
  } rows[] = {
      {"{'policies':[{}]}", {.max_depth = 2}, "Objects and arrays are nested deeper than max_depth (2)."},
      {"{'report-id':'12345'}",
       {.flags = TRPT_STRICT, .max_string = 4},
       "The string is longer than max_string (4 bytes)."},
      {"{'policies':[{'policy':{'mx-host':['12345']}}]}",
       {.flags = TRPT_STRICT, .max_string = 4},
       "The string is longer than max_string (4 bytes)."},
      {"{'policies':[{'policy':{'mx-host':['\\u0041\\u0041345']}}]}",
       {.flags = TRPT_STRICT, .max_string = 4},
       "The string is longer than max_string (4 bytes)."},
      {"{'policies':[{'failure-details':[{'result-type':'12345'}]}]}",
       {.flags = TRPT_STRICT, .max_string = 4},
       "The string is longer than max_string (4 bytes)."},
      {"{'policies':[{'policy':{'policy-string':['a','b','c']}}]}",
       {.flags = TRPT_STRICT, .max_strings = 2},
       "The list has more elements than max_strings (2)."},
      {"{'policies':[{'policy':{'policy-type':'tlsa','policy-domain':'a.b','policy-string':['1 1 1 a;1 1 1 b;1 1 1 "
       "c']}}]}",
       {.flags = TRPT_STRICT, .max_strings = 2},
       "The list has more elements than max_strings (2)."},
      {"{'policies':[{'policy':{'policy-type':'no-policy-found','policy-domain':'a.b.c'},"
       "'failure-details':[{'result-type':'12345'}]}]}",
       {.flags = TRPT_STRICT, .max_entry = 24},
       "The strings of the policy take more than max_entry (24 bytes)."},
      {"{'policies':[{'policy':{'mx-host':['a.b.c','a.b.c']}}]}",
       {.flags = TRPT_STRICT, .max_entry = 19},
       "The lists policy-string and mx-host take more than half of max_entry (19 bytes)."},
      {"{'policies':[{'policy':{'policy-string':['[\\'abcd\\',\\'ef\\\\u0067\\']']}}]}",
       {.flags = TRPT_STRICT, .max_entry = 6},
       "The lists policy-string and mx-host take more than half of max_entry (6 bytes)."},
      {"{'policies':[{},{},{}]}", {.max_policies = 2}, "The report has more policies than max_policies (2)."},
      {"{'policies':[{'failure-details':[{},{}]},{'failure-details':[{}]}]}",
       {.max_failures = 2},
       "The report has more failures than max_failures (2)."},
      {"{'policies':[]}", {.max_input = 14}, "The input is longer than max_input (14 bytes)."},
      {"{'policies':[{},{},{},{},{},{},{},{}]}",
       {.max_memory = 600},
       "The report needs more memory than max_memory (600 bytes)."},
      {"{'policies':[]}", {.max_memory = 1}, "The report needs more memory than max_memory (1 bytes)."},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    begin(rows[i].text);
    check_message(rows[i].options, text, text_len, rows[i].message);
  }
  begin("{'policies':[]}");
  check_message(OPTIONS(.max_inflated = 14), zipped, zip(zipped, text, text_len),
                "The gzip data inflates to more than max_inflated (14 bytes).");
  add_times("                ", 131071);
  check_message(OPTIONS(0), zipped, zip(zipped, text, text_len),
                "The gzip data inflates to more than max_ratio (200) times its own length.");
  /* The first of two that are exceeded in the same window. */
  check_message(OPTIONS(.max_inflated = (1 << 20) + 9), zipped, zip(zipped, text, text_len),
                "The gzip data inflates to more than max_inflated (1048585 bytes).");
}

/* ---- trees ---- */

static void test_memory(void **state) {
  (void)state;
  begin("{'policies':[{'failure-details':[");
  add_times("{'failure-reason-code':'abcdefghijklmnopqrstuvwxyz'},", 500);
  add("{}]}]}");
  trpt_options options = {.struct_size = sizeof options, .flags = TRPT_NO_DIAGNOSTICS};
  trpt_report *report;
  trpt_error error;
  uint64_t least = 0;
  for (uint64_t max = 1; max < 400000; max += max < 5000 ? 1 : 997) {
    options.max_memory = max;
    const trpt_status status = trpt_report_parse(text, text_len, &options, &report, &error);
    if (status == TRPT_OK) {
      if (!least) least = max;
      trpt_report_free(report);
    } else {
      assert_int_equal(status, TRPT_E_LIMIT);
      assert_int_equal(error.status, TRPT_E_LIMIT);
      assert_string_equal(error.code, "json.limit");
      assert_null(report);
      assert_int_equal(least, 0);
    }
  }
  assert_true(least > 50000);
}

/* Of every kind something, so that each copy is once the first for which there is no room. */
static void test_memory_of_each_part(void **state) {
  (void)state;
  static const struct {
    const char *begin, *unit, *end;
  } rows[] = {
      {"{'organization-name':'", "name", "','policies':[]}"},
      {"{'contact-info':'", "name", "','policies':[]}"},
      {"{'report-id':'", "name", "','policies':[]}"},
      {"{'date-range':{'start-datetime':'", "2024", "'},'policies':[]}"},
      {"{'date-range':{'end-datetime':'", "2024", "'},'policies':[]}"},
      {"{'policies':[{'policy':{'policy-type':'", "type", "'}}]}"},
      {"{'policies':[{'policy':{'policy-domain':'", "name", "'}}]}"},
      {"{'policies':[{'policy':{'policy-string':['a',", "'b',", "'c']}}]}"},
      {"{'policies':[{'policy':{'policy-string':['", "line", "']}}]}"},
      {"{'policies':[{'policy':{'mx-host':['", "name", "']}}]}"},
      {"{'policies':[{'failure-details':[{'result-type':'", "type", "'}]}]}"},
      {"{'policies':[{'failure-details':[{'sending-mta-ip':'", "1234", "'}]}]}"},
      {"{'policies':[{'failure-details':[{'receiving-mx-hostname':'", "name", "'}]}]}"},
      {"{'policies':[{'failure-details':[{'receiving-mx-helo':'", "name", "'}]}]}"},
      {"{'policies':[{'failure-details':[{'receiving-ip':'", "1234", "'}]}]}"},
      {"{'policies':[{'failure-details':[{'additional-information':'", "text", "'}]}]}"},
      {"{'policies':[{'failure-details':[{'failure-reason-code':'", "code", "'}]}]}"},
      {"{'policies':[{}", ",{}", "]}"},
      {"{'policies':[1", ",1", "]}"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    begin(rows[i].begin);
    add_times(rows[i].unit, 1000);
    add(rows[i].end);
    bool fits = false;
    for (uint64_t max = 200; max < 500000; max += max < 16000 ? 24 : 499) {
      const trpt_options options = {.struct_size = sizeof options, .max_memory = max};
      trpt_report *report;
      trpt_error error;
      const trpt_status status = trpt_report_parse(text, text_len, &options, &report, &error);
      assert_int_equal(status, fits || status == TRPT_OK ? TRPT_OK : TRPT_E_LIMIT);
      assert_int_equal(report != NULL, status == TRPT_OK);
      if (status == TRPT_OK && !fits) {
        /* The limit holds the whole text. */
        fits = true;
        assert_true(max > 1000);
      }
      trpt_report_free(report);
    }
    if (!fits) fail_msg("%s: does not fit", rows[i].begin);
  }
}

static int tear_down(void **state) {
  (void)state;
  events_free(&e);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_depth),
      cmocka_unit_test(test_string),
      cmocka_unit_test(test_strings),
      cmocka_unit_test(test_cut_values),
      cmocka_unit_test(test_cut_entries),
      cmocka_unit_test(test_elements),
      cmocka_unit_test(test_diagnostics),
      cmocka_unit_test(test_input),
      cmocka_unit_test(test_default_inflated),
      cmocka_unit_test(test_ratio),
      cmocka_unit_test(test_bomb),
      cmocka_unit_test(test_messages),
      cmocka_unit_test(test_memory),
      cmocka_unit_test(test_memory_of_each_part),
      cmocka_unit_test(test_error_before_input),
  };
  return cmocka_run_group_tests(tests, NULL, tear_down);
}
