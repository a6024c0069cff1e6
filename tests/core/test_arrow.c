/* SPDX-License-Identifier: MIT */
/* Batches: each cell of all reports is what ndjson has, a report is in the tables as a whole or not at all, consumers may move and
   release what they get in any order, and each allocation may fail. */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/trpt.h>

#include "arrow_cells.h"
#include "output_text.h"
#include "report_files.h"

#define STR(literal)                                                                                                   \
  { literal, sizeof literal - 1 }

enum { TABLES = 3 };

/* ---- an allocator that fails after so many ---- */

typedef struct heap {
  size_t asked;
  size_t allowed;
  size_t live; /* blocks */
} heap;

static void *allocate(void *user, size_t size) {
  heap *h = user;
  if (h->asked++ >= h->allowed) return NULL;
  h->live++;
  return malloc(size);
}

static void release(void *user, void *memory, size_t size) {
  heap *h = user;
  assert_non_null(memory);
  memset(memory, 0xDD, size); /* also checks the size */
  h->live--;
  free(memory);
}

/* ---- helpers ---- */

static trpt_batch *new_batch(uint64_t max_table) {
  const trpt_batch_options options = {.struct_size = sizeof options, .max_table = max_table};
  trpt_batch *batch;
  assert_int_equal(trpt_batch_new(&batch, &options), TRPT_OK);
  return batch;
}

static trpt_source named(const char *name) {
  return (trpt_source){.struct_size = sizeof(trpt_source), .name = {name, strlen(name)}};
}

static trpt_status add_bytes(trpt_batch *batch, const char *name, const void *data, size_t len) {
  const trpt_source source = named(name);
  return trpt_batch_add(
      batch, &(trpt_batch_item){.struct_size = sizeof(trpt_batch_item), .source = &source, .data = data, .len = len});
}

static trpt_status add_text(trpt_batch *batch, const char *name, const char *json) {
  return add_bytes(batch, name, json, strlen(json));
}

typedef struct table {
  struct ArrowSchema schema;
  struct ArrowArray array;
} table;

static void export_table(table *t, trpt_batch *batch, trpt_table which) {
  arrow_comparison c = {0};
  assert_int_equal(trpt_table_schema(which, NULL, &t->schema), TRPT_OK);
  assert_int_equal(trpt_batch_export(batch, which, &t->array), TRPT_OK);
  if (!arrow_is_sound(&c, &t->schema, &t->array)) fail_msg("table %d: %s", which, c.difference);
  assert_int_equal(trpt_batch_count(batch, which), 0);
}

static void free_table(table *t) {
  t->array.release(&t->array);
  assert_null(t->array.release);
  t->schema.release(&t->schema);
  assert_null(t->schema.release);
}

static void assert_cell(const table *t, int64_t row, const char *column, const char *expected) {
  const int64_t i = arrow_find(&t->schema, column);
  assert_true(i >= 0);
  const struct ArrowArray *values = t->array.children[i];
  char text[64] = "null";
  trpt_str found = {text, 4};
  if (!arrow_is_null(values, row)) {
    if (strcmp(t->schema.children[i]->format, "u") == 0)
      found = arrow_text(values, row);
    else
      found.len =
          (size_t)snprintf(text, sizeof text, "%lld", (long long)arrow_number(t->schema.children[i], values, row));
  }
  if (found.len != strlen(expected) || memcmp(found.ptr, expected, found.len) != 0)
    fail_msg("%s: %.*s instead of %s", column, (int)found.len, found.ptr, expected);
}

/* ---- all reports ---- */

typedef struct tally {
  arrow_comparison comparison;
  uint64_t rows[TABLES];
} tally;

static void compare(tally *t, const table *from, trpt_table which, int64_t *row, const char *name, const char *json,
                    size_t len, bool is_complete) {
  assert_true(*row < from->array.length);
  if (!arrow_row_equals(&t->comparison, &from->schema, &from->array, *row, json, len, is_complete))
    fail_msg("%s, row %lld: %s", name, (long long)*row, t->comparison.difference);
  assert_cell(from, *row, "source", name);
  t->rows[which]++;
  ++*row;
}

/* The rows of a report, which begin at `*row`. */
static void compare_rows(tally *t, const table *from, int64_t *row, const char *name, const trpt_report *report) {
  static output_text text;
  static char memory[32768];
  const trpt_source source = named(name);
  trpt_rows *rows;
  output_text_clear(&text);
  assert_int_equal(trpt_rows_init(&rows, memory, sizeof memory, NULL, output_text_append, &text), TRPT_OK);
  assert_int_equal(trpt_rows_report(rows, report, &source), TRPT_OK);
  for (const char *line = text.bytes, *end; (end = strchr(line, '\n')); line = end + 1)
    compare(t, from, TRPT_TABLE_ROWS, row, name, line, (size_t)(end - line), true);
}

static void compare_diagnostics(tally *t, const table *from, int64_t *row, const char *name, const trpt_report *report,
                                const char *key) {
  static output_text text;
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++) {
    output_text_clear(&text);
    assert_int_equal(trpt_diagnostic_json(trpt_report_diagnostic(report, i), 0, output_text_append, &text), TRPT_OK);
    assert_cell(from, *row, "report_key", key);
    compare(t, from, TRPT_TABLE_DIAGNOSTICS, row, name, text.bytes, text.len, false);
  }
}

/* Compares what one file has added to the tables. */
static void compare_file(tally *t, const table *from, int64_t rows[TABLES], const report_file *file,
                         trpt_parser *parser) {
  static output_text text;
  trpt_report *report;
  char key[33];
  trpt_parser_reset(parser);
  trpt_status status = file->len ? trpt_report_read(parser, file->bytes, file->len, &report) : TRPT_MORE;
  if (status == TRPT_MORE) status = trpt_report_read(parser, NULL, 0, &report);
  if (status != TRPT_OK) {
    output_text_clear(&text);
    assert_int_equal(trpt_error_json(trpt_parser_error(parser), NULL, 0, output_text_append, &text), TRPT_OK);
    compare(t, &from[TRPT_TABLE_BAD], TRPT_TABLE_BAD, &rows[TRPT_TABLE_BAD], file->name, text.bytes, text.len, false);
    compare_diagnostics(t, &from[TRPT_TABLE_DIAGNOSTICS], &rows[TRPT_TABLE_DIAGNOSTICS], file->name,
                        trpt_report_unfinished(parser), "null");
    return;
  }
  compare_rows(t, &from[TRPT_TABLE_ROWS], &rows[TRPT_TABLE_ROWS], file->name, report);
  assert_int_equal(trpt_report_key(report, key, sizeof key, NULL), TRPT_OK);
  compare_diagnostics(t, &from[TRPT_TABLE_DIAGNOSTICS], &rows[TRPT_TABLE_DIAGNOSTICS], file->name, report, key);
  trpt_report_free(report);
}

/* Exports all tables and compares them with the files that were added since the last time. */
static void compare_tables(tally *t, trpt_batch *batch, const report_file *files, size_t count, trpt_parser *parser) {
  int64_t rows[TABLES] = {0};
  table tables[TABLES];
  for (trpt_table i = 0; i < TABLES; i++) export_table(&tables[i], batch, i);
  for (size_t i = 0; i < count; i++) compare_file(t, tables, rows, &files[i], parser);
  for (int i = 0; i < TABLES; i++) {
    assert_int_equal(rows[i], tables[i].array.length);
    free_table(&tables[i]);
  }
}

/* Large tables take all files; small ones are exported whenever one is full. */
static void test_all_reports(void **state) {
  static const uint64_t limits[] = {0, 100000, 80000};
  size_t count;
  report_file *files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_EXAMPLES | REPORTS_OF_CORPUS, &count);
  trpt_parser *parser;
  (void)state;
  assert_int_equal(trpt_parser_new(&parser, NULL), TRPT_OK);
  for (size_t k = 0; k < sizeof limits / sizeof limits[0]; k++) {
    trpt_batch *batch = new_batch(limits[k]);
    tally t = {0};
    size_t first = 0, exports = 1;
    for (size_t i = 0; i < count; i++) {
      trpt_status status = add_bytes(batch, files[i].name, files[i].bytes, files[i].len);
      if (status == TRPT_E_LIMIT) {
        exports++;
        compare_tables(&t, batch, files + first, i - first, parser);
        first = i;
        status = add_bytes(batch, files[i].name, files[i].bytes, files[i].len);
      }
      if (status != TRPT_OK) fail_msg("%s: %s", files[i].name, trpt_status_name(status));
    }
    compare_tables(&t, batch, files + first, count - first, parser);
    assert_int_equal(t.comparison.overflows, trpt_batch_overflow_count(batch));
    assert_true((exports > 1) == (limits[k] != 0));
    assert_true(t.rows[TRPT_TABLE_ROWS] > 50 && t.rows[TRPT_TABLE_DIAGNOSTICS] > 100 && t.rows[TRPT_TABLE_BAD] > 5);
    printf("%zu files, %zu exports: %llu rows, %llu diagnostics, %llu bad; %llu cells, 0 differ, %llu overflow\n",
           count, exports, (unsigned long long)t.rows[0], (unsigned long long)t.rows[1], (unsigned long long)t.rows[2],
           (unsigned long long)t.comparison.cells, (unsigned long long)t.comparison.overflows);
    trpt_batch_free(batch);
  }
  trpt_parser_free(parser);
  report_files_free(files, count);
}

/* ---- single cells ---- */

static void test_schema(void **state) {
  static const char *const expected[TABLES] = {
      ("kind u, source u, report_key u, organization_name u?, contact_info u?, report_id u?, start tsu:UTC?, "
       "end tsu:UTC?, policy_index i, policy_type u?, policy_domain u?, policy_mode u?, mx_host u?, failure_index i, "
       "result_type u?, sending_mta_ip u?, receiving_mx_hostname u?, receiving_mx_helo u?, receiving_ip u?, "
       "successful_sessions l?, failed_sessions l?, failure_reason_code u?, additional_information u?, "
       "report_domain u?, report_submitter u?, message_id u?, dkim u?, dkim_domain u?, error_code u?, error_message "
       "u?, "),
      ("source u, report_key u?, severity u?, code u?, line i?, column i?, offset l?, where u?, message u?, section "
       "u?, "),
      "source u, status u, code u?, line i?, column i?, offset l?, where u, message u, "};
  (void)state;
  for (trpt_table i = 0; i < TABLES; i++) {
    struct ArrowSchema schema;
    char text[2048] = "";
    assert_int_equal(trpt_table_schema(i, NULL, &schema), TRPT_OK);
    assert_string_equal(schema.format, "+s");
    for (int64_t k = 0; k < schema.n_children; k++) {
      const struct ArrowSchema *child = schema.children[k];
      snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s%s, ", child->name, child->format,
               child->flags & ARROW_FLAG_NULLABLE ? "?" : "");
    }
    /* Later versions may add columns at the end. */
    if (strncmp(text, expected[i], strlen(expected[i])) != 0) fail_msg("%s", text);
    schema.release(&schema);
  }
}

static void test_no_rows(void **state) {
  trpt_batch *batch = new_batch(0);
  (void)state;
  for (trpt_table i = 0; i < TABLES; i++) {
    table t;
    export_table(&t, batch, i);
    assert_int_equal(t.array.length, 0);
    free_table(&t);
  }
  /* A report without policies has no rows. */
  assert_int_equal(add_text(batch, "a", "{\"policies\":[]}"), TRPT_OK);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_ROWS), 0);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_BAD), 0);
  trpt_batch_free(batch);
}

#define COUNTS(successful, failed)                                                                                     \
  "{\"policies\":[{\"policy\":{},\"summary\":{\"total-successful-session-count\":" successful                          \
  ",\"total-failure-session-count\":" failed "},\"failure-details\":[]}]}"

static void test_overflow(void **state) {
  static const struct {
    const char *json;
    const char *successful;
    const char *failed;
    uint64_t overflows; /* so far */
  } rows[] = {
      {COUNTS("9223372036854775807", "0"), "9223372036854775807", "0", 0},
      {COUNTS("9223372036854775808", "1"), "null", "1", 1},
      {COUNTS("18446744073709551615", "18446744073709551615"), "null", "null", 3},
      {"{\"policies\":[{}]}", "null", "null", 3},
  };
  trpt_batch *batch = new_batch(0);
  table t;
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    assert_int_equal(add_text(batch, "a", rows[i].json), TRPT_OK);
    assert_int_equal(trpt_batch_overflow_count(batch), rows[i].overflows);
  }
  export_table(&t, batch, TRPT_TABLE_ROWS);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    assert_cell(&t, (int64_t)i, "successful_sessions", rows[i].successful);
    assert_cell(&t, (int64_t)i, "failed_sessions", rows[i].failed);
  }
  free_table(&t);
  trpt_batch_free(batch);
}

/* Texts that a report cannot have come from the caller. */
static void test_texts(void **state) {
  static const struct {
    trpt_str text;
    const char *expected;
  } rows[] = {{STR("plain, with \" and \x7F"), "plain, with \" and \x7F"},
              {STR(""), ""},
              {STR("\t\r\n\x1B"), "\t\r\n\x1B"},
              {STR("a\0b"), "a\xEF\xBF\xBD"
                            "b"},
              {STR("\xFF\xFF"), "\xEF\xBF\xBD\xEF\xBF\xBD"},
              {STR("\xF0\x9F\x98"), "\xEF\xBF\xBD"},
              {STR("\xF0\x9F\x98\x80 \xE2\x80\xAE"), "\xF0\x9F\x98\x80 \xE2\x80\xAE"}};
  enum { COUNT = sizeof rows / sizeof rows[0] };
  const trpt_error error = {.status = TRPT_E_JSON, .line = UINT32_MAX, .offset = UINT64_MAX, .message = "m"};
  trpt_batch *batch = new_batch(0);
  table t;
  (void)state;
  for (size_t i = 0; i < COUNT; i++) {
    trpt_source source = named("");
    source.name = rows[i].text;
    if (i == 1) source.error_status = (trpt_str)STR("IO");
    assert_int_equal(
        trpt_batch_add(batch,
                       &(trpt_batch_item){.struct_size = sizeof(trpt_batch_item), .source = &source, .error = &error}),
        TRPT_OK);
  }
  /* Neither the line nor the offset fits. */
  assert_int_equal(trpt_batch_overflow_count(batch), 2 * COUNT);
  export_table(&t, batch, TRPT_TABLE_BAD);
  assert_int_equal(t.array.length, COUNT);
  for (size_t i = 0; i < COUNT; i++) {
    const int64_t row = (int64_t)i;
    assert_cell(&t, row, "source", rows[i].expected);
    assert_cell(&t, row, "status", i == 1 ? "IO" : "TRPT_E_JSON");
    assert_cell(&t, row, "code", "null");
    assert_cell(&t, row, "line", "null");
    assert_cell(&t, row, "column", "null");
    assert_cell(&t, row, "offset", "null");
    assert_cell(&t, row, "where", "");
    assert_cell(&t, row, "message", "m");
  }
  free_table(&t);
  trpt_batch_free(batch);
}

#define LIST "{\"policies\":[{\"policy\":{\"mx-host\":[\"a.example\",\"\",\"\\u00fc\"]}}]}"

static void test_lists_and_keys(void **state) {
  trpt_batch *batch = new_batch(0);
  trpt_source source = named("list");
  trpt_report *report;
  table t;
  (void)state;
  source.key = (trpt_str)STR("K");
  assert_int_equal(trpt_report_parse(LIST, strlen(LIST), NULL, &report, NULL), TRPT_OK);
  const trpt_batch_item item = {.struct_size = sizeof item, .source = &source, .report = report};
  assert_int_equal(trpt_batch_add(batch, &item), TRPT_OK);
  /* The diagnostics of the caller take the place of the report's own. */
  const trpt_diagnostic *diagnostics[] = {trpt_report_diagnostic(report, 1)};
  source.diagnostics = diagnostics;
  source.diagnostic_count = 1;
  const uint64_t before = trpt_batch_count(batch, TRPT_TABLE_DIAGNOSTICS);
  assert_int_equal(before, trpt_report_diagnostic_count(report));
  assert_int_equal(trpt_batch_add(batch, &item), TRPT_OK);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_DIAGNOSTICS), before + 1);
  trpt_report_free(report);
  export_table(&t, batch, TRPT_TABLE_ROWS);
  assert_cell(&t, 1, "mx_host", "a.example  \xC3\xBC");
  assert_cell(&t, 1, "report_key", "K");
  free_table(&t);
  trpt_batch_free(batch);
}

/* ---- ownership ---- */

/* Consumers may move children out of a table and release them later, after the table. */
static void test_moved_children(void **state) {
  trpt_batch *batch = new_batch(0);
  struct ArrowArray column;
  struct ArrowSchema type;
  table t;
  (void)state;
  assert_int_equal(add_text(batch, "moved", LIST), TRPT_OK);
  export_table(&t, batch, TRPT_TABLE_ROWS);
  trpt_batch_free(batch);
  const int64_t i = arrow_find(&t.schema, "source");
  column = *t.array.children[i];
  t.array.children[i]->release = NULL;
  type = *t.schema.children[i];
  t.schema.children[i]->release = NULL;
  free_table(&t);
  assert_string_equal(type.name, "source");
  assert_memory_equal(arrow_text(&column, 0).ptr, "moved", 5);
  column.release(&column);
  assert_null(column.release);
  type.release(&type);
  assert_null(type.release);
}

/* Memory of released arrays is used again, and rows are as in new memory. */
static void test_used_memory(void **state) {
  trpt_batch *batch = new_batch(0);
  table first, second;
  (void)state;
  assert_int_equal(add_text(batch, "a long name", COUNTS("1", "2")), TRPT_OK);
  export_table(&first, batch, TRPT_TABLE_ROWS);
  const uintptr_t address = (uintptr_t)first.array.private_data;
  free_table(&first);
  assert_int_equal(add_text(batch, "b", LIST), TRPT_OK);
  assert_int_equal(add_text(batch, "c", COUNTS("3", "9223372036854775808")), TRPT_OK);
  export_table(&first, batch, TRPT_TABLE_ROWS);
  assert_true((uintptr_t)first.array.private_data == address);
  assert_cell(&first, 0, "source", "b");
  assert_cell(&first, 0, "mx_host", "a.example  \xC3\xBC");
  assert_cell(&first, 0, "successful_sessions", "null");
  assert_cell(&first, 1, "source", "c");
  assert_cell(&first, 1, "mx_host", "null");
  assert_cell(&first, 1, "successful_sessions", "3");
  assert_cell(&first, 1, "failed_sessions", "null");
  /* Two arrays at once; the second is released after the batch. */
  export_table(&second, batch, TRPT_TABLE_ROWS);
  assert_true((uintptr_t)second.array.private_data != address);
  free_table(&first);
  trpt_batch_free(batch);
  free_table(&second);
}

/* ---- limits ---- */

/* A report with two policies. The first has so many failures, each with a text of `len` bytes. Free it. */
static char *make_report(size_t failures, size_t len) {
  char *json = malloc(failures * (len + 64) + 128), *to = json;
  assert_non_null(json);
  to += sprintf(to, "{\"policies\":[{\"policy\":{},\"failure-details\":[");
  for (size_t i = 0; i < failures; i++) {
    to += sprintf(to, "%s{\"failure-reason-code\":\"", i ? "," : "");
    memset(to, 'r', len);
    to += len;
    to += sprintf(to, "\"}");
  }
  sprintf(to, "]},{}]}");
  return json;
}

static trpt_batch *new_small_batch(uint32_t flags) {
  const trpt_options report = {.struct_size = sizeof report, .flags = flags};
  const trpt_batch_options options = {.struct_size = sizeof options, .max_table = 1, .report = &report};
  trpt_batch *batch;
  assert_int_equal(trpt_batch_new(&batch, &options), TRPT_OK);
  return batch;
}

static void test_full(void **state) {
  trpt_batch *batch = new_small_batch(TRPT_NO_DIAGNOSTICS);
  char *json = make_report(20, 100), *larger = make_report(2000, 1);
  uint64_t reports = 0;
  table t;
  (void)state;
  while (add_text(batch, "a", json) == TRPT_OK) reports++;
  assert_true(reports > 3);
  /* Nothing of the last one is there, and the same again changes nothing. */
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_ROWS), reports * 22);
  assert_int_equal(add_text(batch, "b", json), TRPT_E_LIMIT);
  assert_int_equal(add_text(batch, "b", larger), TRPT_E_LIMIT);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_ROWS), reports * 22);
  export_table(&t, batch, TRPT_TABLE_ROWS);
  assert_cell(&t, t.array.length - 1, "source", "a");
  free_table(&t);
  /* A report that never fits becomes a bad item, and those after it are as before. */
  assert_int_equal(add_text(batch, "b", larger), TRPT_OK);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_ROWS), 0);
  export_table(&t, batch, TRPT_TABLE_BAD);
  assert_cell(&t, 0, "source", "b");
  assert_cell(&t, 0, "status", "TRPT_E_LIMIT");
  assert_cell(&t, 0, "message", "The rows of the report need more memory than max_table (65536 bytes).");
  free_table(&t);
  for (uint64_t i = 0; i < reports; i++) assert_int_equal(add_text(batch, "c", json), TRPT_OK);
  free(json);
  free(larger);
  trpt_batch_free(batch);
}

/* What does not fit into the memory of earlier rows may do so in new memory. */
static void test_full_of_used_memory(void **state) {
  enum { LIMIT = 128 << 10 };
  static const char *const items[] = {LIST, "x"};
  static const trpt_table tables[] = {TRPT_TABLE_ROWS, TRPT_TABLE_BAD};
  static const size_t most[] = {104000, 116000};
  static char first[12001], second[116001];
  (void)state;
  memset(first, 'f', sizeof first - 1);
  for (int i = 0; i < 2; i++) {
    const trpt_options report = {.struct_size = sizeof report, .flags = TRPT_NO_DIAGNOSTICS};
    const trpt_batch_options options = {.struct_size = sizeof options, .max_table = LIMIT, .report = &report};
    trpt_batch *batch;
    table t;
    memset(second, 's', most[i]);
    assert_int_equal(trpt_batch_new(&batch, &options), TRPT_OK);
    assert_int_equal(add_text(batch, first, items[i]), TRPT_OK);
    export_table(&t, batch, tables[i]);
    const uintptr_t address = (uintptr_t)t.array.private_data;
    free_table(&t);
    assert_int_equal(add_text(batch, "", items[i]), TRPT_OK);
    assert_int_equal(add_text(batch, second, items[i]), TRPT_E_LIMIT);
    export_table(&t, batch, tables[i]);
    assert_true((uintptr_t)t.array.private_data == address);
    free_table(&t);
    assert_int_equal(add_text(batch, second, items[i]), TRPT_OK);
    assert_int_equal(trpt_batch_count(batch, tables[i]), 1);
    export_table(&t, batch, tables[i]);
    assert_cell(&t, 0, "source", second);
    free_table(&t);
    trpt_batch_free(batch);
  }
}

/* A name that fits once, but not for all rows of its report. */
static void test_repeated_name(void **state) {
  static char name[30001];
  trpt_batch *batch = new_small_batch(TRPT_NO_DIAGNOSTICS);
  (void)state;
  memset(name, 'n', sizeof name - 1);
  assert_int_equal(add_text(batch, name, COUNTS("1", "2")), TRPT_OK);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_ROWS), 1);
  assert_int_equal(add_text(batch, name, "{\"policies\":[{},{},{}]}"), TRPT_E_LIMIT);
  table t;
  export_table(&t, batch, TRPT_TABLE_ROWS);
  free_table(&t);
  assert_int_equal(add_text(batch, name, "{\"policies\":[{},{},{}]}"), TRPT_OK);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_ROWS), 0);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_BAD), 1);
  trpt_batch_free(batch);
}

/* A list that does not fit. */
static void test_long_list(void **state) {
  static char json[100000];
  trpt_batch *batch = new_small_batch(TRPT_NO_DIAGNOSTICS);
  char *to = json + sprintf(json, "{\"policies\":[{\"policy\":{\"mx-host\":[\"a\"");
  (void)state;
  for (int i = 0; i < 1000; i++) to += sprintf(to, ",\"%060d\"", i);
  sprintf(to, "]}}]}");
  assert_int_equal(add_text(batch, "a", json), TRPT_OK);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_ROWS), 0);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_BAD), 1);
  trpt_batch_free(batch);
}

/* The rows fit, the diagnostics do not. */
static void test_many_diagnostics(void **state) {
  trpt_batch *batch = new_small_batch(0);
  char *json = make_report(250, 0);
  table t;
  (void)state;
  assert_int_equal(add_text(batch, "good", json), TRPT_OK);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_ROWS), 0);
  /* The error is not lost with the diagnostics before it. */
  json[strlen(json) - 1] = 'x';
  assert_int_equal(add_text(batch, "bad", json), TRPT_OK);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_DIAGNOSTICS), 0);
  export_table(&t, batch, TRPT_TABLE_BAD);
  assert_int_equal(t.array.length, 2);
  assert_cell(&t, 0, "source", "good");
  assert_cell(&t, 0, "status", "TRPT_E_LIMIT");
  assert_cell(&t, 1, "source", "bad");
  assert_cell(&t, 1, "status", "TRPT_E_JSON");
  free_table(&t);
  free(json);
  trpt_batch_free(batch);
}

static void test_long_names(void **state) {
  trpt_batch *batch = new_small_batch(0);
  char *name = malloc(70001);
  (void)state;
  assert_non_null(name);
  memset(name, 'n', 70000);
  name[70000] = '\0';
  assert_int_equal(add_text(batch, name, "x"), TRPT_E_ARGUMENT);
  assert_int_equal(add_text(batch, name, LIST), TRPT_E_ARGUMENT);
  /* 20,000 bytes that are not UTF-8 need 60,000. */
  memset(name, 0xFF, 20000);
  name[20000] = '\0';
  assert_int_equal(add_text(batch, name, "x"), TRPT_E_ARGUMENT);
  for (trpt_table i = 0; i < TABLES; i++) assert_int_equal(trpt_batch_count(batch, i), 0);
  assert_int_equal(add_text(batch, "n", LIST), TRPT_OK);
  free(name);
  trpt_batch_free(batch);
}

/* ---- streams ---- */

typedef struct feed {
  size_t items; /* that are left */
  size_t given;
  const char *json;
  trpt_status end;
  trpt_batch *batch; /* calls from inside are refused */
  size_t done;
  trpt_source source;
  char name[16];
} feed;

static trpt_status next_item(void *user, trpt_batch_item *item) {
  feed *f = user;
  struct ArrowArray array;
  struct ArrowArrayStream stream;
  assert_int_equal(item->struct_size, sizeof *item);
  assert_null(item->data);
  if (f->batch) {
    assert_int_equal(add_text(f->batch, "inside", LIST), TRPT_E_STATE);
    assert_int_equal(trpt_batch_export(f->batch, TRPT_TABLE_ROWS, &array), TRPT_E_STATE);
    assert_int_equal(trpt_batch_stream(f->batch, TRPT_TABLE_ROWS, &stream), TRPT_E_STATE);
    trpt_batch_free(f->batch);
  }
  if (!f->items) return f->end;
  f->items--;
  snprintf(f->name, sizeof f->name, "%zu", f->given++);
  f->source = named(f->name);
  item->source = &f->source;
  item->data = f->given % 5 ? f->json : "x";
  item->len = f->given % 5 ? strlen(f->json) : 1;
  return TRPT_OK;
}

static void count_done(void *user) { ((feed *)user)->done++; }

static trpt_batch *new_fed_batch(feed *f, uint64_t max_table, const trpt_allocator *allocator) {
  const trpt_options report = {.struct_size = sizeof report, .allocator = allocator};
  const trpt_batch_options options = {.struct_size = sizeof options,
                                      .max_table = max_table,
                                      .report = &report,
                                      .next = next_item,
                                      .done = count_done,
                                      .user = f};
  trpt_batch *batch;
  assert_int_equal(trpt_batch_new(&batch, &options), TRPT_OK);
  return batch;
}

/* Reads one array. Returns its rows, or -1 at the end; fails on an error. */
static int64_t read_array(struct ArrowArrayStream *stream) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  arrow_comparison c = {0};
  assert_int_equal(stream->get_schema(stream, &schema), 0);
  assert_int_equal(stream->get_next(stream, &array), 0);
  assert_null(stream->get_last_error(stream));
  int64_t rows = -1;
  if (!array.release) assert_memory_equal(&array, &(struct ArrowArray){0}, sizeof array);
  if (array.release) {
    if (!arrow_is_sound(&c, &schema, &array)) fail_msg("%s", c.difference);
    rows = array.length;
    assert_true(rows > 0);
    array.release(&array);
  }
  schema.release(&schema);
  return rows;
}

static void test_streams_in_turn(void **state) {
  char *json = make_report(2, 100);
  feed f = {.items = 1000, .json = json, .end = TRPT_END};
  trpt_batch *batch = new_fed_batch(&f, 1, NULL);
  struct ArrowArrayStream streams[TABLES];
  int64_t rows[TABLES] = {0};
  int arrays = 0;
  (void)state;
  for (trpt_table i = 0; i < TABLES; i++) assert_int_equal(trpt_batch_stream(batch, i, &streams[i]), TRPT_OK);
  /* The streams outlive the batch. */
  trpt_batch_free(batch);
  for (bool has_more = true; has_more;) {
    has_more = false;
    for (int i = 0; i < TABLES; i++) {
      const int64_t more = read_array(&streams[i]);
      if (more < 0) continue;
      rows[i] += more;
      has_more = true;
      arrays++;
    }
  }
  assert_true(arrays > 10);
  assert_int_equal(rows[TRPT_TABLE_ROWS], 800 * 4);
  assert_int_equal(rows[TRPT_TABLE_BAD], 200);
  assert_true(rows[TRPT_TABLE_DIAGNOSTICS] >= 800);
  for (int i = 0; i < TABLES; i++) {
    assert_int_equal(read_array(&streams[i]), -1); /* again and again */
    assert_int_equal(f.done, 0);
    streams[i].release(&streams[i]);
    assert_null(streams[i].release);
  }
  assert_int_equal(f.done, 1);
  free(json);
}

/* Arrays stay small although there is room for larger ones. */
static void test_stream_size(void **state) {
  enum { MIB = 1 << 20 };
  char *json = make_report(1, 1000);
  feed f = {.items = 5000, .json = json, .end = TRPT_END};
  trpt_batch *batch = new_fed_batch(&f, 64 * MIB, NULL);
  struct ArrowArrayStream stream;
  int64_t more, most = 0, rows = 0;
  (void)state;
  assert_int_equal(trpt_batch_stream(batch, TRPT_TABLE_ROWS, &stream), TRPT_OK);
  while ((more = read_array(&stream)) > 0) {
    rows += more;
    if (more > most) most = more;
  }
  assert_int_equal(rows, 4000 * 3);
  assert_in_range(most, 100, 2000);
  stream.release(&stream);
  trpt_batch_free(batch);
  free(json);
}

/* Reading one stream alone fails once what belongs to the others has no room. */
static void test_stream_alone(void **state) {
  feed f = {.items = 100000, .json = LIST, .end = TRPT_END};
  trpt_batch *batch = new_fed_batch(&f, 1, NULL);
  struct ArrowArrayStream stream;
  struct ArrowArray array;
  (void)state;
  assert_int_equal(trpt_batch_stream(batch, TRPT_TABLE_BAD, &stream), TRPT_OK);
  int status = 0;
  int64_t rows = 0;
  while (!(status = stream.get_next(&stream, &array)) && array.release) {
    rows += array.length;
    array.release(&array);
  }
  assert_int_equal(status, ENOBUFS);
  assert_null(array.release);
  assert_non_null(strstr(stream.get_last_error(&stream), "max_table"));
  assert_true(rows > 0);
  assert_int_equal(stream.get_next(&stream, &array), ENOBUFS);
  /* The item that had no room is not lost. */
  const size_t given = f.given;
  assert_int_equal(trpt_batch_export(batch, TRPT_TABLE_DIAGNOSTICS, &array), TRPT_OK);
  array.release(&array);
  assert_int_equal(trpt_batch_export(batch, TRPT_TABLE_ROWS, &array), TRPT_OK);
  array.release(&array);
  assert_int_equal(stream.get_next(&stream, &array), 0);
  assert_true(f.given > given);
  array.release(&array);
  stream.release(&stream);
  trpt_batch_free(batch);
}

static void test_input_errors(void **state) {
  static const struct {
    trpt_status end;
    int expected;
  } rows[] = {{TRPT_E_CANCELED, ECANCELED}, {TRPT_E_MEMORY, ENOMEM}, {TRPT_E_STATE, EINVAL}, {-99, EINVAL}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    feed f = {.items = 2, .json = LIST, .end = rows[i].end};
    trpt_batch *batch = new_fed_batch(&f, 0, NULL);
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    f.batch = batch;
    assert_int_equal(trpt_batch_stream(batch, TRPT_TABLE_ROWS, &stream), TRPT_OK);
    assert_int_equal(read_array(&stream), 2); /* what came before the error */
    for (int again = 0; again < 2; again++) {
      assert_int_equal(stream.get_next(&stream, &array), rows[i].expected);
      assert_string_equal(stream.get_last_error(&stream), trpt_status_message(rows[i].end));
      assert_memory_equal(&array, &(struct ArrowArray){0}, sizeof array);
    }
    stream.release(&stream);
    assert_int_equal(f.done, 0);
    trpt_batch_free(batch);
    assert_int_equal(f.done, 1);
  }
}

static trpt_status next_nothing(void *user, trpt_batch_item *item) {
  (void)user;
  (void)item;
  return TRPT_OK;
}

/* An item without data, report or error. */
static void test_empty_item(void **state) {
  const trpt_batch_options options = {.struct_size = sizeof options, .next = next_nothing};
  struct ArrowArrayStream stream;
  struct ArrowArray array;
  trpt_batch *batch;
  (void)state;
  assert_int_equal(trpt_batch_new(&batch, &options), TRPT_OK);
  assert_int_equal(trpt_batch_stream(batch, TRPT_TABLE_ROWS, &stream), TRPT_OK);
  trpt_batch_free(batch);
  assert_int_equal(stream.get_next(&stream, &array), EINVAL);
  stream.release(&stream);
}

static struct ArrowArrayStream *stream_of_itself;
static trpt_status next_reads_stream(void *user, trpt_batch_item *item) {
  struct ArrowArray array;
  (void)user;
  (void)item;
  assert_int_equal(stream_of_itself->get_next(stream_of_itself, &array), EINVAL);
  return TRPT_END;
}

static void test_stream_in_its_callback(void **state) {
  const trpt_batch_options options = {.struct_size = sizeof options, .next = next_reads_stream};
  struct ArrowArrayStream stream;
  trpt_batch *batch;
  (void)state;
  stream_of_itself = &stream;
  assert_int_equal(trpt_batch_new(&batch, &options), TRPT_OK);
  assert_int_equal(trpt_batch_stream(batch, TRPT_TABLE_ROWS, &stream), TRPT_OK);
  assert_int_equal(read_array(&stream), -1);
  stream.release(&stream);
  trpt_batch_free(batch);
}

/* Without `next` a stream has what is in the batch. */
static void test_stream_of_batch(void **state) {
  trpt_batch *batch = new_batch(0);
  struct ArrowArrayStream stream;
  (void)state;
  assert_int_equal(trpt_batch_stream(batch, TRPT_TABLE_ROWS, &stream), TRPT_OK);
  assert_int_equal(read_array(&stream), -1);
  assert_int_equal(add_text(batch, "a", LIST), TRPT_OK);
  assert_int_equal(read_array(&stream), 1);
  assert_int_equal(read_array(&stream), -1);
  stream.release(&stream);
  trpt_batch_free(batch);
}

/* ---- failing allocations ---- */

/* Uses each function that allocates. Returns the first TRPT_E_MEMORY, or TRPT_OK. */
static trpt_status use_all(const trpt_allocator *allocator, const char *json) {
  feed f = {.items = 6, .json = json, .end = TRPT_END};
  const trpt_options report = {.struct_size = sizeof report, .allocator = allocator};
  const trpt_batch_options options = {
      .struct_size = sizeof options, .report = &report, .next = next_item, .done = count_done, .user = &f};
  struct ArrowArrayStream stream = {0};
  struct ArrowArray array = {0};
  struct ArrowSchema schema = {0};
  trpt_batch *batch;
  trpt_status status = trpt_batch_new(&batch, &options);
  if (status != TRPT_OK) {
    assert_null(batch);
    assert_int_equal(f.done, 0);
    return status;
  }
  status = trpt_table_schema(TRPT_TABLE_BAD, allocator, &schema);
  assert_true((schema.release != NULL) == (status == TRPT_OK));
  if (schema.release) schema.release(&schema);
  for (int i = 0; i < 3 && status == TRPT_OK; i++) {
    uint64_t before[TABLES];
    for (trpt_table k = 0; k < TABLES; k++) before[k] = trpt_batch_count(batch, k);
    status = i == 1 ? add_text(batch, "bad", "{\"policies\":[],") : add_text(batch, "good", json);
    for (trpt_table k = 0; k < TABLES && status != TRPT_OK; k++)
      assert_int_equal(trpt_batch_count(batch, k), before[k]);
  }
  /* Each table twice, the second time without rows and in memory of its own. */
  for (trpt_table i = 0; i < TABLES && status == TRPT_OK; i++) {
    struct ArrowArray arrays[2] = {{0}, {0}};
    for (int k = 0; k < 2 && status == TRPT_OK; k++) {
      const uint64_t before = trpt_batch_count(batch, i);
      status = trpt_batch_export(batch, i, &arrays[k]);
      assert_true((arrays[k].release != NULL) == (status == TRPT_OK));
      if (status != TRPT_OK) assert_int_equal(trpt_batch_count(batch, i), before);
    }
    for (int k = 0; k < 2; k++)
      if (arrays[k].release) arrays[k].release(&arrays[k]);
  }
  if (status == TRPT_OK) status = trpt_batch_stream(batch, TRPT_TABLE_ROWS, &stream);
  assert_true((stream.release != NULL) == (status == TRPT_OK));
  trpt_batch_free(batch);
  if (!stream.release) return status;
  int result = stream.get_schema(&stream, &schema);
  if (!result) schema.release(&schema);
  while (!result && !(result = stream.get_next(&stream, &array)) && array.release) array.release(&array);
  assert_true(!result || result == ENOMEM);
  stream.release(&stream);
  assert_int_equal(f.done, 1);
  return result ? TRPT_E_MEMORY : TRPT_OK;
}

static void test_failing_allocations(void **state) {
  char *json = make_report(300, 50);
  heap h = {.allowed = SIZE_MAX};
  const trpt_allocator allocator = {sizeof allocator, allocate, release, &h};
  (void)state;
  assert_int_equal(use_all(&allocator, json), TRPT_OK);
  assert_int_equal(h.live, 0);
  const size_t all = h.asked;
  assert_true(all > 50);
  for (size_t allowed = 0; allowed < all; allowed++) {
    h = (heap){.allowed = allowed};
    if (use_all(&allocator, json) == TRPT_OK) fail_msg("%zu of %zu allocations", allowed, all);
    if (h.live) fail_msg("%zu of %zu allocations: %zu blocks leak", allowed, all, h.live);
  }
  printf("%zu allocations failed\n", all);
  free(json);
}

/* ---- arguments ---- */

static void test_arguments(void **state) {
  const trpt_options both = {.struct_size = sizeof both, .flags = TRPT_STRICT | TRPT_NO_DIAGNOSTICS};
  const trpt_options sequence = {.struct_size = sizeof sequence, .flags = TRPT_SEQUENCE};
  const trpt_options wild = {.struct_size = 5000};
  const trpt_allocator half = {.struct_size = sizeof half, .allocate = allocate};
  const trpt_options without_release = {.struct_size = sizeof without_release, .allocator = &half};
  const trpt_batch_options wrong[] = {{.struct_size = 0},
                                      {.struct_size = sizeof wrong[0], .report = &both},
                                      {.struct_size = sizeof wrong[0], .report = &wild},
                                      {.struct_size = sizeof wrong[0], .report = &sequence},
                                      {.struct_size = sizeof wrong[0], .report = &without_release}};
  const trpt_error error = {.status = TRPT_E_JSON};
  trpt_source source = named("a"), nameless = named("a"), wild_source = named("a"), listless = named("a");
  trpt_batch *batch;
  trpt_report *report;
  struct ArrowSchema schema;
  struct ArrowArray array;
  struct ArrowArrayStream stream;
  (void)state;
  assert_int_equal(trpt_batch_new(NULL, NULL), TRPT_E_ARGUMENT);
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    assert_int_equal(trpt_batch_new(&batch, &wrong[i]), TRPT_E_ARGUMENT);
    assert_null(batch);
  }
  assert_int_equal(trpt_batch_new(&batch, NULL), TRPT_OK);
  assert_int_equal(trpt_report_parse(LIST, strlen(LIST), NULL, &report, NULL), TRPT_OK);
  nameless.name.ptr = NULL;
  wild_source.struct_size = 5000;
  listless.diagnostic_count = 1;
  const trpt_batch_item items[] = {
      {.struct_size = 0, .source = &source, .report = report},
      {.struct_size = sizeof items[0], .source = &source},
      {.struct_size = sizeof items[0], .report = report},
      {.struct_size = sizeof items[0], .error = &error},
      {.struct_size = sizeof items[0], .data = LIST, .len = strlen(LIST)},
      {.struct_size = sizeof items[0], .data = "x", .len = 1},
      {.struct_size = sizeof items[0], .source = &source, .data = "x", .len = 1, .report = report},
      {.struct_size = sizeof items[0], .source = &source, .data = "x", .len = 1, .error = &error},
      {.struct_size = sizeof items[0], .source = &nameless, .report = report},
      {.struct_size = sizeof items[0], .source = &nameless, .error = &error},
      {.struct_size = sizeof items[0], .source = &wild_source, .report = report},
      {.struct_size = sizeof items[0], .source = &listless, .report = report},
  };
  for (size_t i = 0; i < sizeof items / sizeof items[0]; i++)
    if (trpt_batch_add(batch, &items[i]) != TRPT_E_ARGUMENT) fail_msg("item %zu", i);
  assert_int_equal(trpt_batch_add(batch, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_batch_add(NULL, &items[0]), TRPT_E_ARGUMENT);
  for (trpt_table i = 0; i < TABLES; i++) assert_int_equal(trpt_batch_count(batch, i), 0);
  for (trpt_table i = -1; i <= TABLES; i += TABLES + 1) {
    assert_int_equal(trpt_batch_count(batch, i), 0);
    assert_int_equal(trpt_table_schema(i, NULL, &schema), TRPT_E_ARGUMENT);
    assert_null(schema.release);
    assert_int_equal(trpt_batch_export(batch, i, &array), TRPT_E_ARGUMENT);
    assert_null(array.release);
    assert_int_equal(trpt_batch_stream(batch, i, &stream), TRPT_E_ARGUMENT);
    assert_null(stream.release);
  }
  assert_int_equal(trpt_batch_count(NULL, TRPT_TABLE_ROWS), 0);
  assert_int_equal(trpt_batch_overflow_count(NULL), 0);
  assert_int_equal(trpt_table_schema(TRPT_TABLE_ROWS, NULL, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_table_schema(TRPT_TABLE_ROWS, &half, &schema), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_batch_export(NULL, TRPT_TABLE_ROWS, &array), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_batch_export(batch, TRPT_TABLE_ROWS, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_batch_stream(NULL, TRPT_TABLE_ROWS, &stream), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_batch_stream(batch, TRPT_TABLE_ROWS, NULL), TRPT_E_ARGUMENT);
  /* After a good item, which a function that goes on in spite of a wrong one would find again. */
  for (size_t i = 0; i < 2; i++) {
    const trpt_batch_item good = {.struct_size = sizeof good, .source = &source, .report = report};
    assert_int_equal(trpt_batch_add(batch, &good), TRPT_OK);
    assert_int_equal(trpt_batch_add(batch, i ? &items[0] : NULL), TRPT_E_ARGUMENT);
  }
  trpt_report_free(report);
  trpt_batch_free(batch);
  trpt_batch_free(NULL);
}

/* The greatest table that may be asked for is not allocated in advance. */
static void test_greatest_table(void **state) {
  trpt_batch *batch = new_batch(UINT64_MAX);
  (void)state;
  assert_int_equal(add_text(batch, "a", LIST), TRPT_OK);
  assert_int_equal(add_bytes(batch, "b", "", 0), TRPT_OK);
  assert_int_equal(trpt_batch_count(batch, TRPT_TABLE_BAD), 1);
  trpt_batch_free(batch);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_all_reports),
      cmocka_unit_test(test_schema),
      cmocka_unit_test(test_no_rows),
      cmocka_unit_test(test_overflow),
      cmocka_unit_test(test_texts),
      cmocka_unit_test(test_lists_and_keys),
      cmocka_unit_test(test_moved_children),
      cmocka_unit_test(test_used_memory),
      cmocka_unit_test(test_full),
      cmocka_unit_test(test_full_of_used_memory),
      cmocka_unit_test(test_repeated_name),
      cmocka_unit_test(test_long_list),
      cmocka_unit_test(test_many_diagnostics),
      cmocka_unit_test(test_long_names),
      cmocka_unit_test(test_streams_in_turn),
      cmocka_unit_test(test_stream_size),
      cmocka_unit_test(test_stream_alone),
      cmocka_unit_test(test_input_errors),
      cmocka_unit_test(test_empty_item),
      cmocka_unit_test(test_stream_in_its_callback),
      cmocka_unit_test(test_stream_of_batch),
      cmocka_unit_test(test_failing_allocations),
      cmocka_unit_test(test_arguments),
      cmocka_unit_test(test_greatest_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
