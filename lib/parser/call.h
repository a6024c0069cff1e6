/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CALL_H
#define TRPT_LIB_CALL_H

/* What every public function on a parser begins with, and the error that trpt_parser_error returns. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

typedef struct trpt_call {
  trpt_error error; /* why the last call failed; status 0: it did not */
  bool busy;        /* a callback is running */
  bool reads_tree;  /* trees are made of the input, not events */
  bool has_failed;  /* an error was returned that every call returns */
  bool has_result;  /* trpt_reports_next has returned a report or an error */
} trpt_call;

/* Begins a call and clears the error of the last one. TRPT_E_ARGUMENT without a parser, TRPT_E_STATE inside a callback. */
trpt_status trpt_call_begin(trpt_parser *parser);

/* Sets an error that applies to this call only. Returns `status`. */
trpt_status trpt_call_refuse(trpt_parser *parser, trpt_status status);

#endif
