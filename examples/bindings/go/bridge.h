/* SPDX-License-Identifier: MIT */
/* What Go needs to read a report in one call: a call from Go to C costs as much as parsing 30 bytes. */
#ifndef TRPT_GO_BRIDGE_H
#define TRPT_GO_BRIDGE_H

#ifdef TRPT_INSTALLED
#include <tlsrpt/trpt.h>
#else
#include "trpt.h"
#endif

/* A diagnostic with its path, which otherwise lives for the duration of a callback. */
typedef struct trpt_go_diagnostic {
  trpt_diagnostic diagnostic;
  char where[128];
} trpt_go_diagnostic;

/* A parser with its results. They are valid until the next call. */
typedef struct trpt_go {
  trpt_parser *parser;
  trpt_rows *rows;
  void *rows_memory;
  trpt_report *report;
  const trpt_metadata *metadata;
  const void **parts; /* each policy followed by its failures, then the diagnostics */
  size_t part_count, part_capacity;
  size_t text_size, text_count; /* of all texts of the report */
  char key[33];
  char *out; /* what the library wrote */
  size_t out_size, out_capacity;
} trpt_go;

/* `rows_format` is negative if no rows are wanted. */
trpt_status trpt_go_new(trpt_go **out, const trpt_options *options, int32_t rows_format);
void trpt_go_free(trpt_go *go);

/* The next report of an input, which begins if `first`. TRPT_OK: it is in `go`; TRPT_END; or an error. */
trpt_status trpt_go_next(trpt_go *go, int first, const void *data, size_t len, size_t *used);
/* Frees the report. */
void trpt_go_drop(trpt_go *go);

/* Writes all reports of an input as JSON, one on a line, or as rows. Returns TRPT_OK or TRPT_E_MEMORY. */
trpt_status trpt_go_json(trpt_go *go, const void *data, size_t len, const char *name, size_t name_len);
trpt_status trpt_go_rows(trpt_go *go, const void *data, size_t len, const char *name, size_t name_len);
trpt_status trpt_go_header(trpt_go *go);

/* Appends what the library writes to a trpt_go. */
int trpt_go_append(void *go, const char *data, size_t len);
/* All diagnostics of a record as an array of trpt_go_diagnostic in `out`. */
trpt_status trpt_go_diagnose(const char *text, size_t len, trpt_go *go);

#endif
