/* SPDX-License-Identifier: MIT */
/* All reports of an input that is whole in memory: one after another, as lines of JSON and as rows. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tlsrpt/trpt.h>

#include "output_text.h"

#define R(id) "{\"report-id\":\"" id "\",\"policies\":[]}"
#define STR(literal)                                                                                                   \
  { literal, sizeof literal - 1 }

typedef struct supply {
  size_t blocks;
  size_t allowed; /* allocations until there is no more memory */
} supply;

static void *allocate(void *user, size_t size) {
  supply *m = user;
  if (!m->allowed) return NULL;
  m->allowed--;
  m->blocks++;
  return malloc(size);
}

static void release(void *user, void *block, size_t size) {
  (void)size;
  ((supply *)user)->blocks--;
  free(block);
}

static trpt_parser *parser_new(trpt_options options, uint32_t flags) {
  trpt_parser *parser;
  options.struct_size = sizeof options;
  options.flags = flags;
  assert_int_equal(trpt_parser_new(&parser, &options), TRPT_OK);
  return parser;
}

static void append(char *to, size_t size, const char *text, size_t len) {
  const size_t used = strlen(to);
  snprintf(to + used, size - used, "%s%.*s", used ? " " : "", (int)len, text);
}

/* The next results, as identifiers of reports and names of errors; those of texts that failed with what was read of them. */
static void read_all(trpt_parser *parser, trpt_str rest, char *to, size_t size) {
  trpt_report *report;
  trpt_status status;
  *to = '\0';
  while ((status = trpt_reports_next(parser, &rest, &report)) != TRPT_END) {
    assert_int_equal(report != NULL, status == TRPT_OK);
    if (report) {
      const trpt_str id = trpt_report_metadata(report)->report_id;
      append(to, size, id.ptr, id.len);
    } else {
      const char *name = trpt_status_name(status) + strlen("TRPT_E_");
      assert_int_equal(trpt_parser_error(parser)->status, status);
      append(to, size, name, strlen(name));
      if (trpt_report_policy_count(trpt_report_unfinished(parser))) append(to, size, "+", 1);
    }
    trpt_report_free(report);
    assert_true(strlen(to) < size - 1);
  }
  assert_null(report);
  assert_true(trpt_parser_has_ended(parser));
  assert_int_equal(trpt_reports_next(parser, &rest, &report), TRPT_END);
}

static void test_reports(void **state) {
  (void)state;
  static const struct {
    const char *why;
    trpt_str input;
    const char *expected;
    const char *single; /* without TRPT_SEQUENCE */
    trpt_options options;
  } rows[] = {
      {"one report", STR(R("a")), "a", "a", {0}},
      {"texts one after another", STR(R("a") "\n" R("b") R("c")), "a b c", "a", {0}},
      {"an array", STR("[" R("a") "," R("b") "]"), "a b", "SCHEMA", {0}},
      {"no report is an error", STR("[]"), "NO_REPORT", "SCHEMA", {0}},
      {"an empty input", STR(""), "TRUNCATED", "TRUNCATED", {0}},
      {"blanks", STR(" \n"), "TRUNCATED", "TRUNCATED", {0}},
      {"an error of a text is followed by the next one",
       STR("{\"policies\":1}" R("a") "{x}\n" R("b")),
       "SCHEMA a JSON b",
       "SCHEMA",
       {0}},
      {"the same error twice", STR("{\"policies\":1}{\"policies\":1}"), "SCHEMA SCHEMA", "SCHEMA", {0}},
      {"a cut text comes with what was read", STR("{\"policies\":[{}, "), "TRUNCATED +", "TRUNCATED +", {0}},
      {"an error of the input ends it", STR("\x1f\x8b\x08\x01"), "TRUNCATED", "TRUNCATED", {0}},
      {"broken gzip", STR("\x1f\x8b\x09 more"), "COMPRESSION", "COMPRESSION", {0}},
      {"an error of the input after a report", STR(R("a") R("b") "          "), "a LIMIT", "LIMIT", {.max_input = 40}},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    for (int once = 0; once < 2; once++) {
      char found[256];
      const char *expected = once ? rows[i].single : rows[i].expected;
      trpt_parser *parser = parser_new(rows[i].options, once ? 0 : TRPT_SEQUENCE);
      for (int again = 0; again < 2; again++) {
        trpt_parser_reset(parser);
        assert_false(trpt_parser_has_ended(parser));
        read_all(parser, rows[i].input, found, sizeof found);
        if (strcmp(found, expected) != 0) fail_msg("%s: %s instead of %s", rows[i].why, found, expected);
      }
      trpt_parser_free(parser);
    }
  }
}

/* What the functions that read and push say after each call. */
static void test_has_ended(void **state) {
  (void)state;
  static const char text[] = "{\"policies\":1}\n" R("a");
  trpt_parser *parser = parser_new((trpt_options){0}, TRPT_SEQUENCE);
  const trpt_event *event;
  size_t used, at = 0;
  trpt_status status;
  assert_false(trpt_parser_has_ended(NULL));
  while ((status = trpt_parser_read(parser, text + at, sizeof text - 1 - at, &used, &event)) != TRPT_MORE) {
    assert_false(trpt_parser_has_ended(parser)); /* an event, or the error of a text */
    at += used;
  }
  while ((status = trpt_parser_read(parser, NULL, 0, &used, &event)) == TRPT_OK) {
  }
  assert_int_equal(status, TRPT_END);
  assert_true(trpt_parser_has_ended(parser));
  /* A call that is refused does not change it. */
  assert_int_equal(trpt_parser_read(parser, "{", 1, &used, &event), TRPT_E_STATE);
  assert_true(trpt_parser_has_ended(parser));
  trpt_parser_reset(parser);
  assert_false(trpt_parser_has_ended(parser));
  assert_int_equal(trpt_parser_feed(parser, "{x}\n", 4), TRPT_E_JSON);
  assert_false(trpt_parser_has_ended(parser));
  trpt_parser_reset(parser);
  assert_int_equal(trpt_parser_feed(parser, "\x1f\x8b\x09", 3), TRPT_E_COMPRESSION);
  assert_true(trpt_parser_has_ended(parser));
  assert_int_equal(trpt_parser_read(parser, NULL, 1, &used, &event), TRPT_E_ARGUMENT);
  assert_true(trpt_parser_has_ended(parser));
  trpt_parser_free(parser);
  /* An event before the error. */
  parser = parser_new((trpt_options){0}, 0);
  static const char broken[] = "{\"policies\":[1],x";
  assert_int_equal(trpt_parser_read(parser, broken, sizeof broken - 1, &used, &event), TRPT_OK);
  assert_int_equal(event->type, TRPT_EVENT_DIAGNOSTIC);
  assert_false(trpt_parser_has_ended(parser));
  assert_int_equal(trpt_parser_read(parser, broken + used, sizeof broken - 1 - used, &used, &event), TRPT_E_JSON);
  assert_true(trpt_parser_has_ended(parser));
  trpt_parser_free(parser);
}

/* ---- lines and rows ---- */

static const char input[] = R("a") "\n{\"policies\":[1],x\n" R("c");

/* The members `source` of the lines, and which of them are errors. */
static void names_of(const output_text *text, char *to, size_t size) {
  *to = '\0';
  for (const char *line = text->bytes; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
    const char *name = strstr(line, "\"source\":\"");
    const char *error = strstr(line, "\"error\":{");
    const char *end = strchr(line, '\n');
    append(to, size, name ? name + 10 : "-", name ? strcspn(name + 10, "\"") : 1);
    if (error && (!end || error < end)) append(to, size, "!", 1);
  }
}

static void test_names(void **state) {
  (void)state;
  static output_text got;
  char many[64 * 40] = "";
  char names[1024];
  for (int i = 0; i < 12; i++) strcat(many, "{\"policies\":[]}");
  static const trpt_source source = {.struct_size = sizeof source, .name = STR("a")};
  static const trpt_source empty = {.struct_size = sizeof empty, .name = STR("")};
  static const trpt_source unnamed = {.struct_size = sizeof unnamed, .message_id = STR("m")};
  trpt_parser *parser = parser_new((trpt_options){0}, TRPT_SEQUENCE);
  const struct {
    const char *text;
    const trpt_source *source;
    const char *expected;
  } rows[] = {
      {input, &source, "a a#2 ! a#3"}, {"{\"policies\":[]}", &source, "a"},
      {"[]", &source, "a !"},          {many, &source, "a a#2 a#3 a#4 a#5 a#6 a#7 a#8 a#9 a#10 a#11 a#12"},
      {input, &empty, " #2 ! #3"},     {input, &unnamed, "- - ! -"},
      {input, NULL, "- - ! -"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    output_text_clear(&got);
    assert_int_equal(
        trpt_reports_json(parser, rows[i].text, strlen(rows[i].text), rows[i].source, 0, output_text_append, &got),
        TRPT_OK);
    names_of(&got, names, sizeof names);
    assert_string_equal(names + strspn(names, " "), rows[i].expected + strspn(rows[i].expected, " "));
    assert_int_not_equal(got.bytes[got.len - 1], '\n');
    assert_int_equal(rows[i].source == &unnamed, strstr(got.bytes, "\"message_id\":\"m\"") != NULL);
  }
  trpt_parser_free(parser);
}

/* Each line is that of trpt_report_json, with the diagnostics of the text that failed. */
static void test_lines(void **state) {
  (void)state;
  static output_text got, one;
  static const trpt_source source = {.struct_size = sizeof source, .name = STR("n")};
  trpt_parser *parser = parser_new((trpt_options){0}, TRPT_SEQUENCE);
  trpt_str rest = {input, sizeof input - 1};
  trpt_report *report;
  trpt_status status;
  char name[16] = "n";
  output_text_clear(&one);
  for (int i = 1; (status = trpt_reports_next(parser, &rest, &report)) != TRPT_END; i++) {
    if (i > 1) output_text_append(&one, "\n", 1);
    if (i > 1) snprintf(name, sizeof name, "n#%d", i);
    const trpt_source numbered = {.struct_size = sizeof numbered, .name = {name, strlen(name)}};
    assert_int_equal(trpt_report_json(report ? report : trpt_report_unfinished(parser),
                                      report ? NULL : trpt_parser_error(parser), &numbered, 0, output_text_append,
                                      &one),
                     TRPT_OK);
    trpt_report_free(report);
  }
  output_text_clear(&got);
  assert_int_equal(trpt_reports_json(parser, input, sizeof input - 1, &source, 0, output_text_append, &got), TRPT_OK);
  assert_string_equal(got.bytes, one.bytes);
  assert_non_null(strstr(got.bytes, "\"code\":\"report.wrong-type\"")); /* before the error of the second */
  assert_false(trpt_parser_has_ended(parser));                          /* reset */
  output_text_clear(&got);
  assert_int_equal(trpt_reports_json(parser, R("a"), strlen(R("a")), NULL, TRPT_PRETTY, output_text_append, &got),
                   TRPT_OK);
  assert_non_null(strstr(got.bytes, "\n  \"report-id\": \"a\""));
  trpt_parser_free(parser);
}

static trpt_rows *rows_new(void **memory, trpt_write_fn write, void *user) {
  trpt_rows *rows;
  *memory = malloc(trpt_rows_size());
  assert_int_equal(trpt_rows_init(&rows, *memory, trpt_rows_size(), NULL, write, user), TRPT_OK);
  return rows;
}

static void test_rows(void **state) {
  (void)state;
  static output_text got;
  static const char text[] = "{\"policies\":[{}]}\n{x}\n{\"policies\":[{},{}]}";
  static const trpt_source source = {.struct_size = sizeof source, .name = STR("n")};
  static const trpt_source unnamed = {.struct_size = sizeof unnamed};
  void *memory;
  trpt_parser *parser = parser_new((trpt_options){0}, TRPT_SEQUENCE);
  trpt_rows *rows = rows_new(&memory, output_text_append, &got);
  output_text_clear(&got);
  assert_int_equal(trpt_rows_reports(rows, parser, text, sizeof text - 1, &source), TRPT_OK);
  assert_non_null(strstr(got.bytes, "{\"kind\":\"error\",\"source\":\"n#2\""));
  assert_int_equal(strncmp(got.bytes, "{\"kind\":\"policy\",\"source\":\"n\"", 28), 0);
  assert_non_null(strstr(got.bytes, "{\"kind\":\"policy\",\"source\":\"n#3\""));
  assert_int_equal(trpt_rows_reports(NULL, parser, text, sizeof text - 1, &source), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_rows_reports(rows, parser, text, sizeof text - 1, &unnamed), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_rows_reports(rows, NULL, text, sizeof text - 1, &source), TRPT_E_ARGUMENT);
  got.calls_left = 1;
  assert_int_equal(trpt_rows_reports(rows, parser, text, sizeof text - 1, &source), TRPT_E_CANCELED);
  free(memory);
  trpt_parser_free(parser);
}

/* ---- faults of the caller ---- */

/* Each call of `write` may be the one that stops; also that with the line feed. */
static void test_cancel(void **state) {
  (void)state;
  static output_text got;
  trpt_parser *parser = parser_new((trpt_options){0}, TRPT_SEQUENCE);
  trpt_status status = TRPT_E_CANCELED;
  for (int calls = 0; status != TRPT_OK; calls++) {
    output_text_clear(&got);
    got.calls_left = calls;
    status = trpt_reports_json(parser, input, sizeof input - 1, NULL, 0, output_text_append, &got);
    assert_int_equal(status, calls < 5 ? TRPT_E_CANCELED : TRPT_OK); /* three lines and two line feeds */
  }
  trpt_parser_free(parser);
}

/* Without memory there is no error line: nothing is wrong with the input. */
static void test_memory(void **state) {
  (void)state;
  static output_text got;
  static const trpt_source source = {.struct_size = sizeof source, .name = STR("n")};
  supply m = {.allowed = 1};
  const trpt_allocator allocator = {sizeof allocator, allocate, release, &m};
  trpt_parser *parser = parser_new((trpt_options){.allocator = &allocator}, TRPT_SEQUENCE);
  trpt_status status = TRPT_E_MEMORY;
  size_t allowed;
  for (allowed = 0; status != TRPT_OK; allowed++) {
    output_text_clear(&got);
    m.allowed = allowed;
    status = trpt_reports_json(parser, input, sizeof input - 1, &source, 0, output_text_append, &got);
    assert_int_equal(m.blocks, 1); /* the parser */
    if (status == TRPT_OK) break;
    assert_int_equal(status, TRPT_E_MEMORY);
    assert_null(strstr(got.bytes, "TRPT_E_MEMORY"));
  }
  assert_in_range(allowed, 3, 20);
  trpt_parser_free(parser);
  assert_int_equal(m.blocks, 0);
}

static int call_back(void *user, const char *data, size_t len) {
  trpt_parser *parser = user;
  trpt_report *report = (trpt_report *)(uintptr_t)1;
  trpt_str rest = {data, len};
  assert_int_equal(trpt_reports_next(parser, &rest, &report), TRPT_E_STATE);
  assert_null(report);
  assert_int_equal(rest.len, len);
  assert_int_equal(trpt_reports_json(parser, data, len, NULL, 0, call_back, parser), TRPT_E_STATE);
  trpt_parser_reset(parser);
  return 0;
}

static void test_arguments(void **state) {
  (void)state;
  static output_text got;
  static const trpt_diagnostic *const diagnostics[1] = {NULL};
  static const trpt_source wrong[] = {{.struct_size = 0},
                                      {.struct_size = sizeof wrong[0], .key = STR("k")},
                                      {.struct_size = sizeof wrong[0], .error_status = STR("IO")},
                                      {.struct_size = sizeof wrong[0], .diagnostics = diagnostics}};
  trpt_parser *parser = parser_new((trpt_options){0}, TRPT_SEQUENCE);
  trpt_report *report = (trpt_report *)(uintptr_t)1;
  const trpt_event *event;
  trpt_str rest = {input, sizeof input - 1}, null = {NULL, 1};
  output_text_clear(&got);
  assert_int_equal(trpt_reports_next(NULL, &rest, &report), TRPT_E_ARGUMENT);
  assert_null(report);
  assert_int_equal(trpt_reports_next(parser, NULL, &report), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_reports_next(parser, &rest, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_reports_next(parser, &null, &report), TRPT_E_ARGUMENT);
  assert_int_equal(rest.len, sizeof input - 1);
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
    assert_int_equal(trpt_reports_json(parser, input, 1, &wrong[i], 0, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_reports_json(NULL, input, 1, NULL, 0, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_reports_json(parser, NULL, 1, NULL, 0, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_reports_json(parser, input, 1, NULL, 1024, output_text_append, &got), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_reports_json(parser, input, 1, NULL, 0, NULL, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(got.calls, 0);
  assert_int_equal(trpt_reports_json(parser, NULL, 0, NULL, 0, output_text_append, &got), TRPT_OK); /* empty */
  assert_non_null(strstr(got.bytes, "\"status\":\"TRPT_E_TRUNCATED\""));
  assert_int_equal(trpt_reports_json(parser, input, sizeof input - 1, NULL, 0, call_back, parser), TRPT_OK);
  /* Trees and events do not mix. */
  assert_int_equal(trpt_parser_read(parser, R("a"), 10, NULL, &event), TRPT_MORE);
  assert_int_equal(trpt_reports_next(parser, &rest, &report), TRPT_E_STATE);
  assert_int_equal(rest.len, sizeof input - 1);
  trpt_parser_free(parser);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_reports), cmocka_unit_test(test_has_ended), cmocka_unit_test(test_names),
      cmocka_unit_test(test_lines),   cmocka_unit_test(test_rows),      cmocka_unit_test(test_cancel),
      cmocka_unit_test(test_memory),  cmocka_unit_test(test_arguments),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
