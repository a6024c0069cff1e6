/* SPDX-License-Identifier: MIT */
#include "gap.h"

#include <string.h>

#include "lexer.h"

/* LOST: it is not known which comma or bracket comes next, so that each is passed over. */
enum { ARRAY_NONE, ARRAY_OPEN, ARRAY_CLOSED, ARRAY_LOST };

void trpt_gap_begin(trpt_gap *gap) {
  gap->matched = 0;
  gap->has_comma = gap->has_mark = gap->has_garbage = false;
}

void trpt_gap_reset(trpt_gap *gap) {
  gap->array = ARRAY_NONE;
  gap->any_text = false;
  trpt_gap_begin(gap);
}

void trpt_gap_lose_array(trpt_gap *gap) {
  if (gap->array == ARRAY_OPEN) gap->array = ARRAY_LOST;
}

static trpt_gap_status find_garbage(trpt_gap *gap, trpt_position position) {
  gap->matched = 0;
  gap->has_mark = gap->has_comma = false;
  gap->has_garbage = true;
  gap->garbage = position;
  trpt_gap_lose_array(gap);
  return TRPT_GAP_GARBAGE;
}

static trpt_position position_of(const trpt_json *json) { return trpt_json_position(json, trpt_json_offset(json)); }

/* Reads a bracket or comma of the array around the texts. Returns false for any other byte. */
static bool read_array(trpt_gap *gap, trpt_json *json) {
  switch (*json->cursor) {
  case '[':
    if (gap->array != ARRAY_NONE || gap->any_text) return false;
    gap->array = ARRAY_OPEN;
    break;
  case ',':
    if (gap->array != ARRAY_LOST && (gap->array != ARRAY_OPEN || !gap->any_text || gap->has_comma)) return false;
    gap->comma = position_of(json);
    gap->has_comma = true;
    break;
  case ']':
    if (gap->array != ARRAY_LOST && gap->array != ARRAY_OPEN) return false;
    if (gap->array == ARRAY_OPEN) gap->array = ARRAY_CLOSED;
    break;
  default: return false;
  }
  json->cursor++;
  return true;
}

/* Reads on in a byte order mark, RFC 8259 s8.1. TEXT: it is complete. */
static trpt_gap_status read_mark(trpt_gap *gap, trpt_json *json) {
  for (; gap->matched < sizeof trpt_byte_order_mark; gap->matched++, json->cursor++) {
    if (json->cursor == json->end) return TRPT_GAP_MORE;
    if (*json->cursor == trpt_byte_order_mark[gap->matched]) continue;
    gap->matched = 0;
    return gap->any_text ? find_garbage(gap, gap->mark) : TRPT_GAP_BAD;
  }
  gap->matched = 0;
  gap->has_mark = true;
  return TRPT_GAP_TEXT;
}

static void begin_mark(trpt_gap *gap, trpt_json *json) {
  gap->mark = position_of(json);
  gap->matched = 1;
  json->cursor++;
}

trpt_gap_status trpt_gap_read(trpt_gap *gap, trpt_json *json) {
  for (;;) {
    const trpt_gap_status status = gap->matched ? read_mark(gap, json) : TRPT_GAP_TEXT;
    if (status != TRPT_GAP_TEXT) return status;
    json->cursor = trpt_lexer_blanks(json, json->cursor);
    if (json->cursor == json->end) return TRPT_GAP_MORE;
    if (*json->cursor == '{') return TRPT_GAP_TEXT;
    if (*json->cursor == trpt_byte_order_mark[0] && !gap->has_mark && !gap->has_garbage)
      begin_mark(gap, json);
    else if (gap->has_mark && gap->any_text)
      return find_garbage(gap, gap->mark);
    else if (read_array(gap, json)) {
      if (gap->array == ARRAY_CLOSED && gap->has_comma) return find_garbage(gap, gap->comma);
    } else if (!gap->any_text)
      return TRPT_GAP_TEXT; /* the engine says what is wrong with it */
    else if (!gap->has_garbage)
      return find_garbage(gap, position_of(json));
    else
      json->cursor++;
  }
}

trpt_gap_status trpt_gap_finish(trpt_gap *gap) {
  if ((gap->matched || gap->has_mark) && gap->any_text) return find_garbage(gap, gap->mark);
  return gap->array == ARRAY_OPEN || (gap->array == ARRAY_NONE && !gap->any_text) ? TRPT_GAP_CUT : TRPT_GAP_END;
}

bool trpt_gap_find_line(trpt_json *json) {
  for (;;) {
    if (json->cursor == json->end) return false;
    if (*json->cursor == '{' && trpt_json_offset(json) == json->line_start) return true;
    const unsigned char *feed = memchr(json->cursor, '\n', (size_t)(json->end - json->cursor));
    json->cursor = feed ? feed + 1 : json->end;
    if (feed) trpt_lexer_begin_line(json, json->cursor);
  }
}
