/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include "batch.h"

/* The private data of a stream. */
typedef struct stream {
  trpt_batch *batch;
  trpt_table table;
  trpt_status status; /* of the last call */
} stream;

/* ---- reading ---- */

/* A stream returns rows once they have this many bytes. Such arrays stay in the processor's caches. The first one takes new
   pages of the system, and later ones the memory of those that their consumer released. */
enum { ARRAY_SIZE = 1 << 19 };

static bool has_array(const trpt_arrow_table *table) {
  return table->committed_row_count && trpt_arrow_block_used(table->block, table->committed_row_count) >= ARRAY_SIZE;
}

/* Adds items until the table has enough rows for an array (TRPT_OK), the batch has no room (TRPT_E_LIMIT), the input
   has ended (TRPT_END) or failed. */
static trpt_status read_items(trpt_batch *batch, trpt_table table) {
  while (!has_array(&batch->tables[table])) {
    if (!batch->has_pending && batch->input == TRPT_OK) {
      batch->pending = (trpt_batch_item){.struct_size = sizeof batch->pending};
      batch->is_in_callback = true;
      batch->input = batch->options.next(batch->options.user, &batch->pending);
      batch->is_in_callback = false;
      batch->has_pending = batch->input == TRPT_OK;
    }
    if (!batch->has_pending) return batch->input;
    const trpt_status status = trpt_batch_add(batch, &batch->pending);
    if (status != TRPT_OK) return status;
    batch->has_pending = false;
  }
  return TRPT_OK;
}

/* Fills `out` with the next rows. It stays released at the end. */
static trpt_status read_rows(const stream *s, struct ArrowArray *out) {
  if (s->batch->is_in_callback) return TRPT_E_STATE;
  const trpt_status status = read_items(s->batch, s->table);
  if (trpt_batch_count(s->batch, s->table)) return trpt_batch_export(s->batch, s->table, out);
  return status == TRPT_END ? TRPT_OK : status;
}

/* ---- callbacks ---- */

static int error_of(trpt_status status) {
  switch (status) {
  case TRPT_OK: return 0;
  case TRPT_E_MEMORY: return ENOMEM;
  case TRPT_E_LIMIT: return ENOBUFS;
  case TRPT_E_CANCELED: return ECANCELED;
  default: return EINVAL;
  }
}

static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out) {
  stream *s = self->private_data;
  s->status = trpt_table_schema(s->table, &s->batch->allocator, out);
  return error_of(s->status);
}

static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out) {
  stream *s = self->private_data;
  *out = (struct ArrowArray){0};
  s->status = read_rows(s, out);
  return error_of(s->status);
}

static const char *get_last_error(struct ArrowArrayStream *self) {
  const stream *s = self->private_data;
  switch (s->status) {
  case TRPT_OK: return NULL;
  case TRPT_E_LIMIT: return "Another table of the batch is full. Read its stream too, or let max_table be larger.";
  default: return trpt_status_message(s->status);
  }
}

static void release(struct ArrowArrayStream *self) {
  stream *s = self->private_data;
  trpt_batch *batch = s->batch;
  const trpt_allocator allocator = batch->allocator;
  self->release = NULL;
  allocator.release(allocator.user, s, sizeof *s);
  trpt_batch_drop(batch);
}

trpt_status trpt_batch_stream(trpt_batch *batch, trpt_table table, struct ArrowArrayStream *out) {
  if (!out) return TRPT_E_ARGUMENT;
  *out = (struct ArrowArrayStream){0};
  if (!batch || !trpt_table_is_valid(table)) return TRPT_E_ARGUMENT;
  if (batch->is_in_callback) return TRPT_E_STATE;
  stream *s = batch->allocator.allocate(batch->allocator.user, sizeof *s);
  if (!s) return TRPT_E_MEMORY;
  *s = (stream){.batch = batch, .table = table};
  atomic_fetch_add_explicit(&batch->references, 1, memory_order_relaxed);
  *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release, s};
  return TRPT_OK;
}
