/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_COLUMN_H
#define TRPT_LIB_ARROW_COLUMN_H

/* One column in memory, in the layout of the Arrow columnar format. When it is exported it becomes the private data of its
   array, so it contains all that its release needs. */

#include <tlsrpt/rows.h>

#include "columns.h"

/* Bytes of the buffers of a table. */
typedef struct trpt_arrow_budget {
  size_t limit;
  size_t bytes;
} trpt_arrow_budget;

/* The least capacity of a buffer, and the most memory that it takes with its alignment. */
enum { TRPT_ARROW_ALIGNMENT = 64, TRPT_ARROW_MIN_CAPACITY = 256 };
enum { TRPT_ARROW_MIN_SIZE = TRPT_ARROW_MIN_CAPACITY + TRPT_ARROW_ALIGNMENT - 1 };

/* Aligned to 64 bytes, as the format recommends. */
typedef struct trpt_arrow_buffer {
  void *memory;
  size_t size; /* of `memory` */
  char *data;
  size_t capacity; /* from `data` on */
} trpt_arrow_buffer;

enum { TRPT_ARROW_VALIDITY, TRPT_ARROW_VALUES, TRPT_ARROW_TEXT, TRPT_ARROW_BUFFERS };

/* The part of a column's state that a failed report restores. */
typedef struct trpt_arrow_mark {
  size_t text_len;
  int64_t null_count;
} trpt_arrow_mark;

typedef struct trpt_arrow_column {
  trpt_allocator allocator;
  trpt_value_type type;
  trpt_arrow_buffer buffers[TRPT_ARROW_BUFFERS]; /* VALUES has the offsets of text; only text has TEXT */
  trpt_arrow_mark now;
  trpt_arrow_mark committed;
  const void *exported[TRPT_ARROW_BUFFERS];
} trpt_arrow_column;

/* "u" and the like, of static lifetime. */
const char *trpt_arrow_format(trpt_value_type type);

/* Returns an empty column with buffers of a few rows, TRPT_E_LIMIT beyond the budget, or TRPT_E_MEMORY. */
trpt_status trpt_arrow_column_new(trpt_arrow_column **out, const trpt_allocator *allocator, trpt_value_type type,
                                  trpt_arrow_budget *budget);
void trpt_arrow_column_free(trpt_arrow_column *column);

/* Writes the value of row number `row`, the next one. Adds 1 to `*overflows` for a value that becomes null because the type
   cannot hold it. After TRPT_E_LIMIT or TRPT_E_MEMORY the row is undefined. */
trpt_status trpt_arrow_column_add(trpt_arrow_column *column, size_t row, const trpt_value *value,
                                  trpt_arrow_budget *budget, uint64_t *overflows);

/* Fills `out` with `length` rows of the column, which it owns from then on. */
void trpt_arrow_column_export(trpt_arrow_column *column, size_t length, struct ArrowArray *out);

#endif
