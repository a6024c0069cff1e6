/* SPDX-License-Identifier: MIT */
/* One thread fills batches and frees them. Others read and release the arrays, columns and schemas, and drop streams, while it goes
   on. The thread sanitizer (tests/machines/run.sh tsan) sees what is shared without care. */

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/rows.h>

#include "arrow_cells.h"
#include "report_files.h"

enum { READERS = 3, BATCHES = 24, TABLES = 3 };

typedef struct delivery {
  struct ArrowSchema schema;
  struct ArrowArray array;
  struct ArrowArrayStream stream;
} delivery;

/* Deliveries go to the readers in turn. */
typedef struct queue {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  delivery deliveries[BATCHES * TABLES];
  size_t written, read;
  bool is_closed;
  uint64_t rows;
} queue;

static queue q = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void deliver(const delivery *d) {
  pthread_mutex_lock(&q.mutex);
  q.deliveries[q.written++] = *d;
  pthread_cond_signal(&q.changed);
  pthread_mutex_unlock(&q.mutex);
}

static bool receive(delivery *d) {
  pthread_mutex_lock(&q.mutex);
  while (q.read == q.written && !q.is_closed) pthread_cond_wait(&q.changed, &q.mutex);
  const bool is_there = q.read < q.written;
  if (is_there) *d = q.deliveries[q.read++];
  pthread_mutex_unlock(&q.mutex);
  return is_there;
}

static void *read_deliveries(void *failures) {
  delivery d;
  uint64_t rows = 0;
  while (receive(&d)) {
    arrow_comparison c = {0};
    if (!arrow_is_sound(&c, &d.schema, &d.array)) *(int *)failures = 1;
    rows += (uint64_t)d.array.length;
    /* Every second one first loses a column, which outlives it. */
    struct ArrowArray column = {0};
    if (rows % 2) {
      column = *d.array.children[0];
      d.array.children[0]->release = NULL;
    }
    d.stream.release(&d.stream);
    d.array.release(&d.array);
    d.schema.release(&d.schema);
    if (column.release) column.release(&column);
  }
  pthread_mutex_lock(&q.mutex);
  q.rows += rows;
  pthread_mutex_unlock(&q.mutex);
  return NULL;
}

/* Returns the number of rows in all tables. */
static uint64_t fill_batch(const report_file *files, size_t count) {
  trpt_batch *batch;
  uint64_t rows = 0;
  assert_int_equal(trpt_batch_new(&batch, NULL), TRPT_OK);
  for (size_t i = 0; i < count; i++) {
    const trpt_source source = {.struct_size = sizeof source, .name = {files[i].name, strlen(files[i].name)}};
    const trpt_batch_item item = {
        .struct_size = sizeof item, .source = &source, .data = files[i].bytes, .len = files[i].len};
    assert_int_equal(trpt_batch_add(batch, &item), TRPT_OK);
  }
  for (trpt_table i = 0; i < TABLES; i++) {
    delivery d;
    rows += trpt_batch_count(batch, i);
    assert_int_equal(trpt_table_schema(i, NULL, &d.schema), TRPT_OK);
    assert_int_equal(trpt_batch_export(batch, i, &d.array), TRPT_OK);
    assert_int_equal(trpt_batch_stream(batch, i, &d.stream), TRPT_OK);
    deliver(&d);
  }
  trpt_batch_free(batch);
  return rows;
}

static void test_release_elsewhere(void **state) {
  size_t count;
  report_file *files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_EXAMPLES, &count);
  pthread_t readers[READERS];
  int failures[READERS] = {0};
  uint64_t rows = 0;
  (void)state;
  for (int i = 0; i < READERS; i++)
    assert_int_equal(pthread_create(&readers[i], NULL, read_deliveries, &failures[i]), 0);
  for (int i = 0; i < BATCHES; i++) rows += fill_batch(files, count);
  pthread_mutex_lock(&q.mutex);
  q.is_closed = true;
  pthread_cond_broadcast(&q.changed);
  pthread_mutex_unlock(&q.mutex);
  for (int i = 0; i < READERS; i++) {
    pthread_join(readers[i], NULL);
    assert_int_equal(failures[i], 0);
  }
  assert_int_equal(q.rows, rows);
  assert_int_equal(q.read, BATCHES * TABLES);
  report_files_free(files, count);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_release_elsewhere)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
