/* SPDX-License-Identifier: MIT */
/* Tables of several reports, separated by the byte 0x1E. Each item has all its rows or one bad row, in order, and each cell is what
   ndjson has. After a leading "#" two bytes choose the limit and how many allocations succeed. */

#include <stdbool.h>

#include <tlsrpt/trpt.h>

#include "arrow_cells.h"
#include "fuzzing.h"

enum { TABLES = 3, MAX_ITEMS = 64, SEPARATOR = 0x1E, TABLE_ALLOCATIONS = 300 };

typedef struct item {
  char *data;
  size_t len;
  char name[8];
} item;

/* ---- an allocator that fails after so many ---- */

static size_t allowed;

static void *allocate(void *user, size_t size) {
  (void)user;
  if (!allowed) return NULL;
  allowed--;
  return malloc(size);
}

static void release(void *user, void *memory, size_t size) {
  (void)user;
  (void)size;
  free(memory);
}

static const trpt_allocator allocator = {sizeof allocator, allocate, release, NULL};

/* ---- comparison ---- */

typedef struct table {
  struct ArrowSchema schema;
  struct ArrowArray array;
  int64_t row; /* the next one to compare */
} table;

static void fail(const arrow_comparison *c) {
  fprintf(stderr, "%s\n", c->difference);
  abort();
}

static void compare_row(table *t, const char *json, size_t len, bool is_complete) {
  arrow_comparison c = {0};
  CHECK(t->row < t->array.length);
  if (!arrow_row_equals(&c, &t->schema, &t->array, t->row++, json, len, is_complete)) fail(&c);
}

static void compare_rows(table *t, const item *i, const trpt_report *report) {
  static char memory[32768];
  const trpt_source source = {.struct_size = sizeof source, .name = {i->name, strlen(i->name)}};
  fuzz_output text = {0};
  trpt_rows *rows;
  CHECK(trpt_rows_init(&rows, memory, sizeof memory, NULL, fuzz_append, &text) == TRPT_OK);
  CHECK(trpt_rows_report(rows, report, &source) == TRPT_OK);
  for (size_t at = 0; at < text.len;) {
    const size_t len = (size_t)((char *)memchr(text.bytes + at, '\n', text.len - at) - (text.bytes + at));
    compare_row(t, text.bytes + at, len, true);
    at += len + 1;
  }
  free(text.bytes);
}

/* An item has either rows that are right, or a bad row. The limit of a table is another reason for a bad row. */
static void compare_item(table tables[TABLES], const item *i) {
  fuzz_output text = {0};
  trpt_report *report;
  trpt_error error;
  table *bad = &tables[TRPT_TABLE_BAD];
  const int64_t sources = arrow_find(&bad->schema, "source");
  trpt_report_parse(i->data, i->len, NULL, &report, &error);
  const bool is_bad = bad->row < bad->array.length;
  const trpt_str source = is_bad ? arrow_text(bad->array.children[sources], bad->row) : (trpt_str){"", 0};
  if (source.len == strlen(i->name) && memcmp(source.ptr, i->name, source.len) == 0) {
    CHECK(!report || strncmp(arrow_text(bad->array.children[sources + 1], bad->row).ptr, "TRPT_E_LIMIT", 12) == 0);
    if (!report) CHECK(trpt_error_json(&error, NULL, 0, fuzz_append, &text) == TRPT_OK);
    if (report)
      bad->row++;
    else
      compare_row(bad, text.bytes, text.len, false);
  } else {
    CHECK(report);
    compare_rows(&tables[TRPT_TABLE_ROWS], i, report);
  }
  trpt_report_free(report);
  free(text.bytes);
}

static void check_tables(trpt_batch *batch, const item *items, size_t count) {
  table tables[TABLES] = {0};
  for (trpt_table i = 0; i < TABLES; i++) {
    arrow_comparison c = {0};
    CHECK(trpt_table_schema(i, NULL, &tables[i].schema) == TRPT_OK);
    CHECK(trpt_batch_export(batch, i, &tables[i].array) == TRPT_OK);
    if (!arrow_is_sound(&c, &tables[i].schema, &tables[i].array)) fail(&c);
  }
  for (size_t i = 0; i < count; i++) compare_item(tables, &items[i]);
  CHECK(tables[TRPT_TABLE_ROWS].row == tables[TRPT_TABLE_ROWS].array.length);
  CHECK(tables[TRPT_TABLE_BAD].row == tables[TRPT_TABLE_BAD].array.length);
  for (int i = 0; i < TABLES; i++) {
    tables[i].array.release(&tables[i].array);
    tables[i].schema.release(&tables[i].schema);
  }
}

static trpt_status add(trpt_batch *batch, const item *i) {
  const trpt_source source = {.struct_size = sizeof source, .name = {i->name, strlen(i->name)}};
  return trpt_batch_add(
      batch,
      &(trpt_batch_item){.struct_size = sizeof(trpt_batch_item), .source = &source, .data = i->data, .len = i->len});
}

static void check_items(const item *items, size_t count, uint64_t max_table) {
  const trpt_options report = {.struct_size = sizeof report, .allocator = &allocator};
  const trpt_batch_options options = {.struct_size = sizeof options, .max_table = max_table, .report = &report};
  trpt_batch *batch;
  size_t first = 0;
  if (trpt_batch_new(&batch, &options) != TRPT_OK) return;
  for (size_t i = 0; i < count; i++) {
    trpt_status status = add(batch, &items[i]);
    if (status == TRPT_E_MEMORY || (status == TRPT_E_LIMIT && allowed < TABLE_ALLOCATIONS)) break;
    if (status == TRPT_E_LIMIT) {
      check_tables(batch, items + first, i - first);
      first = i;
      status = add(batch, &items[i]);
      if (status == TRPT_E_MEMORY) break;
    }
    CHECK(status == TRPT_OK);
    if (i + 1 == count && allowed > TABLE_ALLOCATIONS) check_tables(batch, items + first, count - first);
  }
  trpt_batch_free(batch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  item items[MAX_ITEMS];
  size_t count = 0;
  uint64_t max_table = 0;
  allowed = SIZE_MAX;
  if (size > 2 && data[0] == '#') {
    max_table = data[1] * UINT64_C(1024);
    if (data[2] != 0xFF) allowed = data[2] * (size_t)16;
    data += 3;
    size -= 3;
  }
  while (size && count < MAX_ITEMS) {
    const uint8_t *end = memchr(data, SEPARATOR, size);
    item *i = &items[count];
    i->len = end ? (size_t)(end - data) : size;
    i->data = fuzz_copy(data, i->len);
    snprintf(i->name, sizeof i->name, "%zu", count++);
    data += i->len + (end ? 1 : 0);
    size -= i->len + (end ? 1 : 0);
  }
  check_items(items, count, max_table);
  while (count--) free(items[count].data);
  return 0;
}
