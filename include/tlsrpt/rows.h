/* SPDX-License-Identifier: MIT */
#ifndef TRPT_ROWS_H
#define TRPT_ROWS_H

/**
 * @file
 * @brief Writes TLSRPT reports as rows of a table
 *
 * Rows for databases, spreadsheets and data pipelines: each policy of a report becomes one row with its totals, and each failure
 * one row with its own count. docs/rows.md describes the columns, the formats and how databases load them. Nothing here
 * allocates.
 *
 * The rows of a report belong together. trpt_rows_report writes all of them, but the function that receives the text may
 * fail in between. A program that must not keep part of a report collects the text of one call, and stores it when the call
 * returns TRPT_OK.
 */

#include <tlsrpt/writer.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * How rows are written. The text is UTF-8; NUL and bytes that are not UTF-8 become U+FFFD. JSON escapes invisible characters. In
 * CSV and TSV, C0 other than TAB, LF and CR, DEL, C1 and the bidirectional controls become U+FFFD, since a terminal executes them.
 */
typedef int32_t trpt_rows_format;
enum {
  TRPT_ROWS_NDJSON = 0, /**< one JSON object in each line; a value that is absent is null */
  TRPT_ROWS_CSV = 1,    /**< RFC 4180; a value that is absent is an empty cell, and an empty text is "" */
  TRPT_ROWS_TSV =
      2 /**< separated by TAB, with TAB, LF, CR and backslash escaped; a value that is absent is an empty cell */
};

/** Flags of trpt_rows_options. */
enum {
  /**
   * TRPT_ROWS_CSV, TRPT_ROWS_TSV: write a cell that a spreadsheet could execute as a formula without the apostrophe in front, so
   * that a database stores the text of the report. Never open such a file in a spreadsheet.
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
 * Makes a writer of rows in the caller's memory, which may have any alignment. The writer owns no other memory: there is nothing
 * to free. Call it again on the same memory to start anew, for example after TRPT_E_CANCELED.
 *
 * @param options  copied; NULL for the defaults
 * @param write    receives the text; it must not call functions on the same writer, which refuse with TRPT_E_STATE
 * @return TRPT_OK; TRPT_E_BUFFER if `size` is less than trpt_rows_size(); TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_init(trpt_rows **out, void *memory, size_t size, const trpt_rows_options *options,
                                    trpt_write_fn write, void *user);

/**
 * Writes the header line of TRPT_ROWS_CSV and TRPT_ROWS_TSV, the names of the columns; for TRPT_ROWS_NDJSON nothing. Without
 * this call there is no header.
 *
 * @return TRPT_OK; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_header(trpt_rows *rows);

/**
 * Writes all rows of a report; a report without policies has none. When it returns, `write` has received all of the text. The
 * writer keeps nothing of the report or the source.
 *
 * @param source  its name becomes the column `source` and must not be absent
 * @return TRPT_OK; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_report(trpt_rows *rows, const trpt_report *report, const trpt_source *source);

#ifdef __cplusplus
}
#endif

#endif
