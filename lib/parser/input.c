/* SPDX-License-Identifier: MIT */
#include "input.h"

#include "emit.h"

/* The ratio is not checked before this many bytes, since small reports may compress extremely well. */
#define RATIO_FREE (UINT64_C(1) << 20)

static const unsigned char gzip_first_byte = 0x1F; /* RFC 1952 s2.3.1; no JSON text begins with it */

static void set_text(trpt_parser *parser, const void *text, size_t len) {
  trpt_json *json = &parser->decoder.json;
  trpt_json_set_chunk(json, text, len, parser->input.text_offset);
  if (parser->input.skips) json->cursor = json->end;
}

void trpt_input_reset(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  input->kind = TRPT_INPUT_UNKNOWN;
  input->status = TRPT_GZIP_MORE;
  input->over_limit = false;
  input->ended = false;
  input->skips = false;
  input->lends = false;
  input->consumed = 0;
  input->text_offset = 0;
  input->window_len = 0;
}

void trpt_input_skip(trpt_parser *parser) {
  trpt_json *json = &parser->decoder.json;
  parser->input.skips = true;
  json->cursor = json->end;
}

static void fail_limit(trpt_parser *parser, trpt_limit limit) {
  const trpt_json *json = &parser->decoder.json;
  trpt_fail_limit(parser, limit, trpt_json_position(json, trpt_json_offset(json)), trpt_path_now(parser));
  parser->events.scope = TRPT_FAILED_INPUT;
}

/* The remaining bytes of the chunk, as far as max_input allows them. */
static size_t allowed(const trpt_parser *parser) {
  const trpt_input *input = &parser->input;
  const size_t left = input->chunk_len - input->chunk_used;
  const uint64_t most = parser->settings.options.max_input - input->consumed;
  return left < most ? left : (size_t)most;
}

/* False, with the parser failed, if there are bytes and none is allowed. */
static bool check_max_input(trpt_parser *parser) {
  if (parser->input.chunk_used == parser->input.chunk_len || allowed(parser)) return true;
  fail_limit(parser, TRPT_LIMIT_INPUT);
  return false;
}

static void use(trpt_input *input, size_t len) {
  input->chunk_used += len;
  input->consumed += len;
}

/* ---- plain ---- */

static void lend(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  const size_t len = allowed(parser);
  input->lends = len != 0;
  if (len) set_text(parser, input->chunk + input->chunk_used, len);
}

static void take_back(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  if (!input->lends) return;
  const size_t used = (size_t)(parser->decoder.json.cursor - (input->chunk + input->chunk_used));
  use(input, used);
  input->text_offset += used;
  input->lends = false;
  set_text(parser, "", 0);
}

void trpt_input_begin(trpt_parser *parser, const void *chunk, size_t len) {
  trpt_input *input = &parser->input;
  input->chunk = chunk;
  input->chunk_len = len;
  input->chunk_used = 0;
  if (!chunk) input->ended = true;
  if (input->kind == TRPT_INPUT_PLAIN && !parser->events.failed.status) lend(parser);
}

size_t trpt_input_end(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  take_back(parser);
  input->chunk = NULL;
  input->chunk_len = 0;
  return input->chunk_used;
}

static bool next_plain(trpt_parser *parser) {
  take_back(parser);
  if (!check_max_input(parser)) return false;
  lend(parser);
  return parser->input.lends;
}

/* ---- gzip ---- */

/* A diagnostic or error of gzip is reported after all text before it has been read. */
static void report_gzip(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  const trpt_position position = {input->gzip.offset, 0, 0};
  const trpt_path path = trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE);
  if (input->status == TRPT_GZIP_BAD) {
    trpt_fail(parser, TRPT_E_COMPRESSION, input->gzip.code, position, path);
    parser->events.scope = TRPT_FAILED_INPUT;
  }
  if (input->status == TRPT_GZIP_DIAGNOSTIC) trpt_emit(parser, input->gzip.code, position, path);
}

static bool exceeds_max_ratio(const trpt_parser *parser) {
  const trpt_gzip *gzip = &parser->input.gzip;
  const uint64_t ratio = gzip->out_total / parser->settings.options.max_ratio;
  return gzip->out_total > RATIO_FREE && ratio > trpt_gzip_bits_used(gzip) / 8;
}

/* Room in the window. None if it is full and gzip has not yet said that more is to come, so that the limits are always
   checked in the same place. Otherwise up to its end, or one byte more than max_inflated allows, which shows that there is
   more. */
static size_t window_room(const trpt_parser *parser) {
  const trpt_input *input = &parser->input;
  const uint64_t most = parser->settings.options.max_inflated - input->gzip.out_total;
  const size_t filled = (size_t)(input->gzip.out_total % TRPT_WINDOW_SIZE);
  const bool full = !filled && input->gzip.out_total;
  if (full && input->status != TRPT_GZIP_OUTPUT && !input->ended) return 0;
  const size_t room = TRPT_WINDOW_SIZE - filled;
  return room > most ? (size_t)most + 1 : room;
}

static void inflate(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  trpt_gzip *gzip = &input->gzip;
  const size_t len = allowed(parser);
  const unsigned char *data = len ? input->chunk + input->chunk_used : input->window;
  size_t used;
  size_t out;
  input->status = trpt_gzip_read(gzip, data, len, &used, input->window, window_room(parser), &out);
  use(input, used);
  input->over_limit = gzip->out_total > parser->settings.options.max_inflated;
  input->window_len = out - input->over_limit;
  set_text(parser, input->window, input->window_len);
}

static bool next_inflated(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  for (;;) {
    input->text_offset += input->window_len;
    input->window_len = 0;
    set_text(parser, input->window, 0);
    if (input->over_limit) fail_limit(parser, TRPT_LIMIT_INFLATED);
    if (input->status == TRPT_GZIP_OUTPUT && exceeds_max_ratio(parser)) fail_limit(parser, TRPT_LIMIT_RATIO);
    report_gzip(parser);
    if (input->status == TRPT_GZIP_DIAGNOSTIC) input->status = TRPT_GZIP_MORE;
    if (parser->events.failed.status || parser->events.count || !check_max_input(parser)) return false;
    inflate(parser);
    if (input->window_len) return true;
    if (input->status == TRPT_GZIP_MORE && input->chunk_used == input->chunk_len) return false;
  }
}

/* ---- either ---- */

static void find_kind(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  const bool gzip = input->chunk[0] == gzip_first_byte && !(parser->settings.options.flags & TRPT_NO_INFLATE);
  input->kind = gzip ? TRPT_INPUT_GZIP : TRPT_INPUT_PLAIN;
  if (gzip) trpt_gzip_reset(&input->gzip);
}

bool trpt_input_next(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  if (input->kind == TRPT_INPUT_UNKNOWN) {
    if (!input->chunk_len) return false;
    find_kind(parser);
  }
  return input->kind == TRPT_INPUT_GZIP ? next_inflated(parser) : next_plain(parser);
}

void trpt_input_finish(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  if (input->kind != TRPT_INPUT_GZIP || trpt_gzip_finish(&input->gzip) != TRPT_GZIP_BAD) return;
  trpt_fail(parser, TRPT_E_TRUNCATED, input->gzip.code, (trpt_position){input->gzip.offset, 0, 0},
            trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE));
  parser->events.scope = TRPT_FAILED_INPUT;
}
