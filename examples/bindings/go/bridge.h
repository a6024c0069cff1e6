/* SPDX-License-Identifier: MIT */
/* What Go needs to read a report in one call: a call from Go to C costs as much as parsing 30 bytes. */
#ifndef TRPT_GO_BRIDGE_H
#define TRPT_GO_BRIDGE_H

#ifdef TRPT_INSTALLED
#include <tlsrpt/trpt.h>
#else
#include "trpt.h"
#endif

/* A report and its parts: the metadata, all policies, all failures in the order of the policies, and the diagnostics. */
typedef struct trpt_go_report {
  trpt_report *tree;
  const void **parts;
  size_t part_count;
  char key[33];
} trpt_go_report;

/* Reads the next report of an input, which begins if `first`, in place of the last one. TRPT_OK; TRPT_END; or an error. */
trpt_status trpt_go_next(trpt_parser *parser, int first, const void *data, size_t len, size_t *used,
                         trpt_go_report *report);
void trpt_go_free(trpt_go_report *report);

/* Writes all reports of an input as rows, or without `rows` as JSON, one on a line. */
trpt_status trpt_go_print(trpt_rows *rows, trpt_parser *parser, const void *data, size_t len, const char *name,
                          size_t name_len, void *user);

/* Callbacks in Go. `user` is the address of a handle. cgo needs names for types that are const. */
typedef const char trpt_go_bytes;
typedef const trpt_diagnostic trpt_go_found;
int trpt_go_write(void *user, trpt_go_bytes *data, size_t len);
int trpt_go_diagnostic(void *user, trpt_go_found *diagnostic);

#endif
