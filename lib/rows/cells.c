/* SPDX-License-Identifier: MIT */
#include "cells.h"

#include <tlsrpt/time.h>

#include "../base/cell_text.h"
#include "../base/text.h"

const trpt_cell_format trpt_cell_formats[TRPT_CELL_FORMAT_COUNT] = {
    [TRPT_ROWS_NDJSON] = {trpt_cell_json, true, TRPT_STR(""), TRPT_STR("null"), TRPT_STR("}\n")},
    [TRPT_ROWS_CSV] = {trpt_cell_csv, false, TRPT_STR(","), TRPT_STR(""), TRPT_STR("\r\n")},
    [TRPT_ROWS_TSV] = {trpt_cell_tsv, false, TRPT_STR("\t"), TRPT_STR(""), TRPT_STR("\n")},
};

static void put_time(trpt_output *output, const trpt_cell_format *format, int64_t seconds) {
  char text[32];
  trpt_str time = {text, 0};
  if (trpt_time_format(seconds, text, sizeof text, &time.len) != TRPT_OK)
    trpt_output_str(output, format->null);
  else
    format->text(output, &time, 1, false); /* never a formula */
}

void trpt_cell_write(trpt_output *output, const trpt_cell_format *format, bool has_guard, const trpt_value *value) {
  if (value->is_null) {
    trpt_output_str(output, format->null);
    return;
  }
  switch (value->type) {
  case TRPT_VALUE_TEXT:
    if (value->list)
      format->text(output, value->list, value->list_count, has_guard);
    else
      format->text(output, &value->text, 1, has_guard);
    break;
  case TRPT_VALUE_TIME: put_time(output, format, value->time); break;
  default: trpt_output_number(output, value->number);
  }
}
