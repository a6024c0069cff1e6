/* SPDX-License-Identifier: MIT */
#ifndef TRPT_ROWS_H
#define TRPT_ROWS_H

/**
 * @file
 * @brief Writes TLSRPT reports as rows of a table
 *
 * Rows for databases, spreadsheets and data pipelines: each policy of a report becomes one row with its totals, and
 * each failure one row with its own count. docs/rows.md describes the columns, the formats and how databases load them.
 * Writing text allocates nothing.
 *
 * The rows of a report belong together. trpt_rows_report writes all of them, but the function that receives the text
 * may fail in between. A program that must not keep part of a report collects the text of one call, and stores it when
 * the call returns TRPT_OK.
 *
 * Programs that read columns, such as DuckDB, Polars and Spark, get the same rows from a trpt_batch by the Arrow C Data
 * Interface. A batch allocates its memory.
 */

#include <tlsrpt/writer.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * How rows are written. The text is UTF-8; NUL and bytes that are not UTF-8 become U+FFFD. JSON escapes invisible
 * characters. In CSV and TSV, C0 other than TAB, LF and CR, DEL, C1 and the bidirectional controls become U+FFFD, since
 * a terminal executes them.
 */
typedef int32_t trpt_rows_format;
enum {
  TRPT_ROWS_NDJSON = 0, /**< one JSON object in each line; a value that is absent is null */
  TRPT_ROWS_CSV = 1,    /**< RFC 4180; a value that is absent is an empty cell, and an empty text is "" */
  TRPT_ROWS_TSV = 2     /**< TAB, LF, CR and backslash in a cell are escaped; a value that is absent is an empty cell */
};

/** Flags of trpt_rows_options. */
enum {
  /**
   * TRPT_ROWS_CSV, TRPT_ROWS_TSV: write a cell that a spreadsheet could execute as a formula without the apostrophe in
   * front, so that a database stores the text of the report. Never open such a file in a spreadsheet.
   */
  TRPT_ROWS_NO_FORMULA_GUARD = 1
};

/** What rows look like. Zero in a member means its default. The caller fills it. */
typedef struct trpt_rows_options {
  size_t struct_size;      /**< sizeof(trpt_rows_options) */
  trpt_rows_format format; /**< [TRPT_ROWS_NDJSON] */
  uint32_t flags;          /**< 0 or TRPT_ROWS_NO_FORMULA_GUARD */
} trpt_rows_options;

/** Writes rows. It belongs to one thread at a time. */
typedef struct trpt_rows trpt_rows;

/** Bytes of memory that trpt_rows_init needs, including room to align it: about 10 KiB, whatever the reports. */
TRPT_API size_t trpt_rows_size(void);

/**
 * Makes a writer of rows in the caller's memory, which may have any alignment. The writer owns no other memory: there
 * is nothing to free. Call it again on the same memory to start anew, for example after TRPT_E_CANCELED.
 *
 * @param options  copied; NULL for the defaults
 * @param write    receives the text; it must not call functions on the same writer, which refuse with TRPT_E_STATE
 * @return TRPT_OK; TRPT_E_BUFFER if `size` is less than trpt_rows_size(); TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_init(trpt_rows **out, void *memory, size_t size, const trpt_rows_options *options,
                                    trpt_write_fn write, void *user);

/**
 * Writes the header line of TRPT_ROWS_CSV and TRPT_ROWS_TSV, the names of the columns; for TRPT_ROWS_NDJSON nothing.
 * Without this call there is no header.
 *
 * @return TRPT_OK; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_header(trpt_rows *rows);

/**
 * Writes all rows of a report; a report without policies has none. When it returns, `write` has received all of the
 * text. The writer keeps nothing of the report or the source.
 *
 * @param source  its name becomes the column `source` and must not be absent
 * @return TRPT_OK; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_report(trpt_rows *rows, const trpt_report *report, const trpt_source *source);

/**
 * Writes one row of kind `error` for an input that cannot be read: the code of the error, or the name of its status if
 * it has none, and its message. Its report_key identifies the name of the source and that code, so the same error is
 * stored once if it is loaded twice.
 *
 * @param source  as for trpt_rows_report; its key is ignored
 * @return TRPT_OK; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_error(trpt_rows *rows, const trpt_error *error, const trpt_source *source);

/**
 * Writes the rows of all reports of an input that is whole in memory, and one row of kind `error` for each that cannot
 * be read. The reports, their names and errors, and `source` are as for trpt_reports_json; its name must not be absent.
 *
 * @return TRPT_OK: all was written; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_MEMORY: the rows before
 *         are complete; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_reports(trpt_rows *rows, trpt_parser *parser, const void *data, size_t len,
                                       const trpt_source *source);

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

/** Flag of ArrowSchema: whether the order of a dictionary has a meaning. */
#define ARROW_FLAG_DICTIONARY_ORDERED 1
/** Flag of ArrowSchema: whether values may be null. */
#define ARROW_FLAG_NULLABLE 2
/** Flag of ArrowSchema: whether the keys of a map are sorted. */
#define ARROW_FLAG_MAP_KEYS_SORTED 4

/** A type of the Arrow C Data Interface, as that specification declares it. Whoever owns it calls `release` once. */
struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *self);
  void *private_data;
};

/** Values of the Arrow C Data Interface, as that specification declares them. Whoever owns them calls `release`
    once. */
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *self);
  void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/** A stream of the Arrow C Stream Interface, as that specification declares it. Functions return 0 or an errno. */
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *self, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *self, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *self);
  void (*release)(struct ArrowArrayStream *self);
  void *private_data;
};

#endif

/** The tables of a batch. Later versions may add columns at the end of a table. */
typedef int32_t trpt_table;
enum {
  TRPT_TABLE_ROWS = 0, /**< the rows of docs/rows.md */
  /** source, report_key, severity, code, line, column, offset, where, message, section: the diagnostics of all items */
  TRPT_TABLE_DIAGNOSTICS = 1,
  TRPT_TABLE_BAD = 2 /**< source, status, code, line, column, offset, where, message: items that could not be read */
};

/**
 * Describes the columns of a table as a struct type, whose children are the columns: utf8 for text, int32 for indexes,
 * lines and columns, int64 for counts and offsets, timestamp in microseconds and UTC for times. Columns that are never
 * null lack ARROW_FLAG_NULLABLE.
 *
 * @param allocator  allocates the description and must live until its release; copied; NULL for malloc and free
 * @param out        on TRPT_OK the caller owns it and calls its `release`; otherwise all zeros
 * @return TRPT_OK; TRPT_E_MEMORY; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_table_schema(trpt_table table, const trpt_allocator *allocator, struct ArrowSchema *out);

/** One item for a batch: a report, bytes that should be a report, or an error. The caller fills it. */
typedef struct trpt_batch_item {
  size_t struct_size;        /**< sizeof(trpt_batch_item) */
  const trpt_source *source; /**< its name becomes the column `source` and must not be absent */
  const void *data;          /**< bytes to parse, plain JSON or gzip; NULL if there is a report or an error */
  size_t len;
  /** A report. With `error`: NULL, or what trpt_report_unfinished returned, whose diagnostics then belong to the
      item. */
  const trpt_report *report;
  const trpt_error *error; /**< why the item could not be read */
} trpt_batch_item;

/** What a batch reads, and limits. The caller fills it; zero in a member means its default, in brackets. */
typedef struct trpt_batch_options {
  size_t struct_size; /**< sizeof(trpt_batch_options) */
  /** Bytes of all buffers of one table, at least 64 KiB and at most 1 GiB. Buffers grow by doubling [64 MiB]. */
  uint64_t max_table;
  /** How items are parsed. Its allocator also allocates the batch, its arrays and its streams. Arrays may be released
      in other threads, so it must allow that. Without TRPT_SEQUENCE: add the reports of trpt_report_next one by one.
      Copied [NULL: the parser's defaults] */
  const trpt_options *report;
  /**
   * Provides the next item for a stream. It fills `item`, whose members are zero before except for struct_size. What
   * they point to must stay valid until the next call or until `done`. It must not call functions on the same batch or
   * its streams, which return TRPT_E_STATE. TRPT_OK: there is an item; TRPT_END: there are no more; an error: the
   * stream fails.
   */
  trpt_status (*next)(void *user, trpt_batch_item *item);
  void (*done)(void *user); /**< called once, when the batch and all its streams are gone; may be NULL */
  void *user;
} trpt_batch_options;

/**
 * Collects reports as columns. One thread at a time may use a batch and its streams. The arrays that they export belong
 * to their consumers, who may use and release them in any thread, also after the batch is gone. For each table the memory
 * of one released array of at most 4 MiB stays for the next rows; it is freed with the batch and its last array.
 *
 * All rows of a report are in one array, followed by the rows of other reports. An item that cannot be read has one row
 * in TRPT_TABLE_BAD and none in TRPT_TABLE_ROWS.
 */
typedef struct trpt_batch trpt_batch;

/** Makes an empty batch. Free it with trpt_batch_free.
 *
 * @return TRPT_OK; TRPT_E_MEMORY; TRPT_E_UNSUPPORTED; TRPT_E_ARGUMENT */
TRPT_API trpt_status trpt_batch_new(trpt_batch **out, const trpt_batch_options *options);

/** Frees the batch, and the rows that were not exported. Streams of the batch stay usable, and the memory of the batch
    is freed with the last of them. Exported arrays are not affected. NULL is allowed. It does nothing inside `next`. */
TRPT_API void trpt_batch_free(trpt_batch *batch);

/**
 * Adds an item to the tables. Text is as in TRPT_ROWS_NDJSON: NUL and bytes that are not UTF-8 become U+FFFD. A value
 * that its type cannot hold, such as a count above 2^63 - 1, becomes null; see trpt_batch_overflow_count. A report that
 * does not fit into empty tables becomes an item that could not be read. The batch keeps nothing of the item. The cost
 * is that of parsing and of copying the cells.
 *
 * @return TRPT_OK: the item is in the tables, also if it could not be read. TRPT_E_LIMIT: a table is full, and nothing
 *         was added: export the tables that have rows, then add the item again. TRPT_E_MEMORY: nothing was added.
 *         TRPT_E_STATE; TRPT_E_ARGUMENT, also if the name of the source alone does not fit into an empty table
 */
TRPT_API trpt_status trpt_batch_add(trpt_batch *batch, const trpt_batch_item *item);

/** The number of rows that a table has and that were not exported; 0 for NULL and for an unknown table. */
TRPT_API uint64_t trpt_batch_count(const trpt_batch *batch, trpt_table table);

/** The number of values in all items added so far that became null because their column's type cannot hold them; 0 for
    NULL. */
TRPT_API uint64_t trpt_batch_overflow_count(const trpt_batch *batch);

/**
 * Moves the rows of a table to the caller, as a struct array whose children are the columns. The table is empty after
 * it, and the batch can be used again. O(columns): no cell is copied. A table without rows gives an array of length 0.
 *
 * @param out  on TRPT_OK the caller owns it and calls its `release`; otherwise all zeros
 * @return TRPT_OK; TRPT_E_MEMORY with the table unchanged; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_batch_export(trpt_batch *batch, trpt_table table, struct ArrowArray *out);

/**
 * Makes a stream of the rows of a table. Without `next` it consists of the rows that the table has when it is read.
 * Otherwise it calls `next` until the table has 512 KiB, is full, or there are no more items. The rows for the other
 * tables wait there. If another table is full before this one has a row, the stream fails with TRPT_E_LIMIT: read the
 * streams of all tables in turn, or let max_table be larger, or set TRPT_NO_DIAGNOSTICS. Rows that come before an error
 * are returned before it.
 *
 * @param out  on TRPT_OK the caller owns it and calls its `release`; otherwise all zeros
 * @return TRPT_OK; TRPT_E_MEMORY; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_batch_stream(trpt_batch *batch, trpt_table table, struct ArrowArrayStream *out);

#ifdef __cplusplus
}
#endif

#endif
