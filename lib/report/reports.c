/* SPDX-License-Identifier: MIT */
#include "reports.h"

#include <string.h>

#include "../base/text.h"
#include "../base/versioned.h"
#include "../parser/parser.h"

enum { NUMBER_MAX_LEN = TRPT_DECIMAL_SIZE }; /* "#" takes the place of the NUL */

/* The source of one report of an input after another. */
typedef struct numbered {
  trpt_source source;
  trpt_str name; /* of the input */
  uint64_t number;
  const trpt_allocator *allocator;
  char *text; /* the name with a number; NULL until there is one */
} numbered;

/* Appends "#" and the number to the name. */
static void write_number(numbered *n) {
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str number = trpt_decimal(n->number, digits);
  char *end = n->text + n->name.len;
  *end = '#';
  memcpy(end + 1, number.ptr, number.len);
  n->source.name = (trpt_str){n->text, n->name.len + 1 + number.len};
}

static bool number_next(numbered *n) {
  if (++n->number == 1 || !n->name.ptr) return true;
  if (!n->text) {
    /* A text in memory is far shorter than SIZE_MAX. */
    n->text = n->allocator->allocate(n->allocator->user, n->name.len + NUMBER_MAX_LEN);
    if (!n->text) return false;
    memcpy(n->text, n->name.ptr, n->name.len);
  }
  write_number(n);
  return true;
}

static bool begin_numbers(numbered *n, const trpt_source *source, const trpt_parser *parser) {
  *n = (numbered){.allocator = &parser->settings.allocator};
  if (source && !trpt_versioned_copy(&n->source, sizeof n->source, source)) return false;
  n->source.struct_size = sizeof n->source;
  n->name = n->source.name;
  return !n->source.key.ptr && !n->source.error_status.ptr && !n->source.diagnostics;
}

static trpt_status read_all(trpt_parser *parser, trpt_str rest, numbered *n, trpt_reports_fn each, void *user) {
  trpt_report *report;
  for (;;) {
    trpt_status status = trpt_reports_next(parser, &rest, &report);
    if (status == TRPT_END) return TRPT_OK;
    if (status == TRPT_E_MEMORY) return status; /* nothing is wrong with the input */
    const trpt_error *error = status == TRPT_OK ? NULL : &parser->call.error;
    status = TRPT_E_MEMORY;
    if (number_next(n)) {
      parser->call.busy = true;
      status = each(user, error ? trpt_report_unfinished(parser) : report, error, &n->source);
      parser->call.busy = false;
    }
    trpt_report_free(report);
    if (status != TRPT_OK) return status;
  }
}

trpt_status trpt_reports_each(trpt_parser *parser, const void *data, size_t len, const trpt_source *source,
                              trpt_reports_fn each, void *user) {
  numbered n;
  trpt_status status = trpt_call_begin(parser);
  if (status != TRPT_OK) return status;
  if ((!data && len) || !begin_numbers(&n, source, parser)) return trpt_call_refuse(parser, TRPT_E_ARGUMENT);
  trpt_parser_reset(parser);
  status = read_all(parser, (trpt_str){data, len}, &n, each, user);
  trpt_parser_reset(parser);
  if (n.text) n.allocator->release(n.allocator->user, n.text, n.name.len + NUMBER_MAX_LEN);
  return status;
}
