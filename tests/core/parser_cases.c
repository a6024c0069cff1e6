/* SPDX-License-Identifier: MIT */
#include "parser_cases.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engines_agree.h"

enum { MAX_MARKS = 64, MAX_TEXT = 1 << 16 };

typedef struct text {
  char bytes[MAX_TEXT];
  size_t len;
  size_t marks[MAX_MARKS]; /* [0]: the first byte */
  size_t mark_count;
} text;

static void read_text(text *t, const char *from) {
  t->len = 0;
  t->mark_count = 1;
  for (; *from; from++) {
    if (*from == '~')
      t->marks[t->mark_count++] = t->len;
    else
      t->bytes[t->len++] = *from == '\'' ? '"' : *from;
    assert_true(t->len < MAX_TEXT && t->mark_count < MAX_MARKS);
  }
}

/* The place of a mark, counted anew. */
static void write_place(char *to, size_t size, const text *t, size_t mark) {
  size_t line = 1, line_start = 0;
  assert_true(mark < t->mark_count);
  for (size_t i = 0; i < t->marks[mark]; i++)
    if (t->bytes[i] == '\n') {
      line++;
      line_start = i + 1;
    }
  snprintf(to, size, "line=%zu column=%zu offset=%zu", line, t->marks[mark] - line_start + 1, t->marks[mark]);
}

static const char *line_end(const char *line) { return line + strcspn(line, "\n"); }

static void complain(const parser_case *c, const char *how, const char *what, const events *e) {
  fprintf(stderr, "%s (%s): %s\n%s\n%s", c->why, how, what, c->text, e->text);
  fail();
}

/* The line of `e` that a finding, or the failure, of a case is expected to give. */
static void write_expected(char *to, size_t size, const text *t, const char *finding) {
  char severity[8], code[64], place[96], status[32], where[128] = "";
  unsigned mark;
  if (strncmp(finding, "FAIL ", 5) == 0) {
    assert_true(sscanf(finding, "FAIL %31s %63s %u%*1[ ]%127[^\n]", status, code, &mark, where) >= 3);
    write_place(place, sizeof place, t, mark);
    snprintf(to, size, "END %s code=\"%s\" %s where=\"%s\" ", status, code, place, where);
    return;
  }
  assert_true(sscanf(finding, "%7s %63s %u%*1[ ]%127[^\n]", severity, code, &mark, where) >= 3);
  write_place(place, sizeof place, t, mark);
  snprintf(to, size, "DIAGNOSTIC %s %s %s where=\"%s\" ",
           *severity == 'E'   ? "error"
           : *severity == 'W' ? "warning"
                              : "info",
           code, place, where);
}

static void check_findings(const parser_case *c, const text *t, const char *how, const events *e) {
  char expected[512];
  size_t counts[3] = {0};
  const char *line = e->text;
  bool failed = false;
  for (const char *finding = c->findings; *finding; finding = line_end(finding) + 1) {
    failed = *finding == 'F';
    write_expected(expected, sizeof expected, t, finding);
    while (*line && strncmp(line, "DIAGNOSTIC", 10) != 0 && strncmp(line, "END", 3) != 0) line = line_end(line) + 1;
    if (strncmp(line, expected, strlen(expected)) != 0) complain(c, how, expected, e);
    line = line_end(line) + 1;
    if (!failed) counts[*finding == 'E' ? 0 : *finding == 'W' ? 1 : 2]++;
    assert_true(*line_end(finding) == '\n');
  }
  if (strstr(line, "DIAGNOSTIC")) complain(c, how, "more findings", e);
  if (failed) return;
  if (!strstr(line, "END TRPT_OK\n")) complain(c, how, "refused", e);
  snprintf(expected, sizeof expected, " errors=%zu warnings=%zu infos=%zu\n", counts[0], counts[1], counts[2]);
  if (!strstr(line, expected)) complain(c, how, expected, e);
}

static void check_elements(const parser_case *c, const char *how, const events *e) {
  char element[512];
  for (const char *line = c->elements; line && *line; line = line_end(line) + 1) {
    snprintf(element, sizeof element, "%.*s", (int)(line_end(line) - line), line);
    if (!strstr(e->text, element)) complain(c, how, element, e);
    assert_true(*line_end(line) == '\n');
  }
}

static trpt_parser *parser_new(const trpt_options *options, uint32_t flags, trpt_tokenizer tokenizer) {
  trpt_options all = {0};
  trpt_parser *parser;
  if (options) all = *options;
  all.struct_size = sizeof all;
  all.flags |= flags;
  all.tokenizer = tokenizer;
  const trpt_status status = trpt_parser_new(&parser, &all);
  if (status == TRPT_E_UNSUPPORTED) return parser_new(options, flags, TRPT_TOKENIZER_BUILTIN);
  assert_int_equal(status, TRPT_OK);
  return parser;
}

static void check_yajl(const parser_case *c, const text *t, const trpt_options *options, const events *builtin) {
  events e = {0};
  trpt_parser *parser = parser_new(options, 0, TRPT_TOKENIZER_YAJL);
  for (int byte = 0; byte < 2; byte++) {
    e.what = byte ? EVENTS_MOVE | EVENTS_PUSH : EVENTS_MOVE;
    events_read(&e, parser, t->bytes, t->len, byte ? events_byte : events_whole, NULL);
    if (!engines_agree(builtin, &e, (const unsigned char *)t->bytes, t->len))
      complain(c, byte ? "yajl, byte by byte" : "yajl", builtin->text, &e);
  }
  trpt_parser_free(parser);
  events_free(&e);
}

/* Leaves in `e` what is said when the report is read whole. */
static void check_lenient(const parser_case *c, const text *t, const trpt_options *options, events *e) {
  static const struct {
    const char *how;
    unsigned what;
    events_next_fn next;
  } ways[] = {
      {"byte by byte", EVENTS_MOVE, events_byte},
      {"pushed", EVENTS_MOVE | EVENTS_PUSH, events_whole},
      {"whole", EVENTS_MOVE, events_whole},
  };
  for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
    trpt_parser *parser = parser_new(options, 0, TRPT_TOKENIZER_BUILTIN);
    e->what = ways[i].what;
    events_read(e, parser, t->bytes, t->len, ways[i].next, NULL);
    check_findings(c, t, ways[i].how, e);
    check_elements(c, ways[i].how, e);
    trpt_parser_free(parser);
  }
  check_yajl(c, t, options, e);
}

/* Strict mode fails at the first E, with its code and path. Its place is that of the finding, but of text that is no Unicode
   that of the first wrong byte. Without an E it says what lenient mode says, which is in `lenient`. */
static void check_strict(const parser_case *c, const text *t, const trpt_options *options, const events *lenient) {
  events e = {0};
  trpt_parser *parser = parser_new(options, TRPT_STRICT, TRPT_TOKENIZER_BUILTIN);
  const char *finding = c->findings;
  events_read(&e, parser, t->bytes, t->len, events_whole, NULL);
  while (*finding && *finding != 'E') finding = line_end(finding) + 1;
  if (*finding) {
    char code[64], where[128] = "", place[96], expected[512];
    unsigned mark;
    assert_true(sscanf(finding, "E %63s %u%*1[ ]%127[^\n]", code, &mark, where) >= 2);
    const char *status = *code == 'j' ? "JSON" : *code == 'g' ? "COMPRESSION" : "SCHEMA";
    const bool unicode = strcmp(code, "json.not-utf8") == 0 || strcmp(code, "json.bad-codepoint") == 0;
    write_place(place, sizeof place, t, mark);
    snprintf(expected, sizeof expected, "END TRPT_E_%s code=\"%s\" %s", status, code, unicode ? "" : place);
    if (!strstr(e.text, expected)) complain(c, "strict", expected, &e);
    snprintf(expected, sizeof expected, " where=\"%s\" message=", where);
    if (!strstr(strstr(e.text, "END"), expected)) complain(c, "strict", expected, &e);
  } else if (strcmp(e.text, lenient->text) != 0) {
    complain(c, "strict", "not as lenient", &e);
  }
  trpt_parser_free(parser);
  events_free(&e);
}

static void check_without_findings(const parser_case *c, const text *t, const trpt_options *options) {
  events with = {.what = EVENTS_NO_DIAGNOSTICS}, without = {.what = EVENTS_NO_DIAGNOSTICS}, all = {0};
  trpt_parser *parser = parser_new(options, 0, TRPT_TOKENIZER_BUILTIN);
  trpt_parser *blind = parser_new(options, TRPT_NO_DIAGNOSTICS, TRPT_TOKENIZER_BUILTIN);
  events_read(&with, parser, t->bytes, t->len, events_whole, NULL);
  events_read(&without, blind, t->bytes, t->len, events_whole, NULL);
  events_read(&all, blind, t->bytes, t->len, events_byte, NULL);
  if (strcmp(with.text, without.text) != 0) complain(c, "no findings", with.text, &without);
  if (strstr(all.text, "DIAGNOSTIC") || (all.status == TRPT_OK && !strstr(all.text, " errors=0 warnings=0 infos=0\n")))
    complain(c, "no findings", "findings", &all);
  trpt_parser_free(parser);
  trpt_parser_free(blind);
  events_free(&with);
  events_free(&without);
  events_free(&all);
}

void parser_cases_check(const parser_case *cases, size_t count, const trpt_options *options) {
  static text t;
  events e = {0};
  for (size_t i = 0; i < count; i++) {
    read_text(&t, cases[i].text);
    check_lenient(&cases[i], &t, options, &e);
    if (!options || !(options->flags & TRPT_NO_DIAGNOSTICS)) check_strict(&cases[i], &t, options, &e);
    check_without_findings(&cases[i], &t, options);
  }
  events_free(&e);
}

void parser_cases_check_strict(const parser_case *cases, size_t count) {
  static const trpt_options strict = {.flags = TRPT_STRICT};
  static text t;
  events e = {0};
  for (size_t i = 0; i < count; i++) {
    read_text(&t, cases[i].text);
    check_lenient(&cases[i], &t, &strict, &e);
  }
  events_free(&e);
}
